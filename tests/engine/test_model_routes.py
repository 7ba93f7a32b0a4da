"""Models over the wire: got, added and removed by jobs beside the work with a model, with a token that nobody sees."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from engine.catalogue.models import models_json
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.loop import Jobs
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import Job, Store
from engine.paths import data_dir
from engine.service.app import create_app
from engine.service.models import HubTokenKeeper
from engine.types import Stop
from tests.engine.hub_server import Hub, serving, tiny_files
from tests.engine.scripted import ScriptedModel

TOKEN = "0123456789-secret"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    keeper = HubTokenKeeper()

    def run(job: Job, results: Results, host: ModelHost, stop: Stop) -> dict[str, Any]:
        if job.kind == "verify":
            while not stop():
                time.sleep(0.01)
        return run_job(job, results, host, stop, keeper)

    database = Database(data_dir() / "jobs.sqlite")
    store = Store(database)
    jobs = Jobs(store, ModelHost(lambda name: ScriptedModel()), run)
    jobs.start()
    app = create_app(store, jobs, TOKEN, models=models_json, hub_token=keeper)
    yield TestClient(app, base_url="http://127.0.0.1", headers={"Authorization": f"Bearer {TOKEN}"})
    jobs.close()
    database.close()


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with serving(Hub()) as served:
        served.publish("owner/tiny", tiny_files())
        monkeypatch.setenv("HF_ENDPOINT", served.url)
        monkeypatch.setenv("HF_HUB_OFFLINE", "0")
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
        monkeypatch.delenv("HF_TOKEN", raising=False)
        yield served


def submit(client: TestClient, kind: str, **request: Any) -> str:
    answer = client.post("/v1/jobs", json={"kind": kind, "request": request})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def ended(client: TestClient, job_id: str) -> dict[str, Any]:
    for _ in range(6000):
        job: dict[str, Any] = client.get(f"/v1/jobs/{job_id}").json()
        if job["state"] not in ("queued", "running"):
            return job
        time.sleep(0.01)
    raise AssertionError(job)


def test_a_gated_model_is_got_while_another_job_works_and_the_token_stays_unseen(
    client: TestClient, hub: Hub
) -> None:
    hub.gated.add("owner/tiny")
    working = submit(client, "verify", raster="a.tif", vector="b.gpkg", query="x", model="tiny")
    refused = ended(client, submit(client, "get", model="owner/tiny"))
    assert (refused["state"], refused["error"]["type"]) == ("failed", "HubError")
    assert client.put("/v1/hub/token", json={"token": hub.token}).status_code == 204
    got = submit(client, "get", model="owner/tiny")
    job = ended(client, got)
    assert job["state"] == "done", job
    assert job["progress"]["done"] == job["result"]["size_bytes"]
    assert client.get(f"/v1/jobs/{working}").json()["state"] in ("queued", "running")
    lines = [json.loads(line) for line in client.get(f"/v1/jobs/{got}/events").text.splitlines()]
    assert {line["type"] for line in lines} >= {"state", "log", "progress"}
    assert "tiny" in [row["name"] for row in client.get("/v1/models").json()]
    in_use = client.delete("/v1/models/tiny")
    assert (in_use.status_code, "in use" in in_use.text) == (400, True)
    client.post(f"/v1/jobs/{working}/cancel")
    assert client.delete("/v1/models/tiny").json() == {"name": "tiny", "left": None}
    everywhere = b"".join(path.read_bytes() for path in data_dir().rglob("*") if path.is_file())
    assert hub.token.encode() not in everywhere


def test_a_licence_is_a_class_of_error_and_the_job_can_be_asked_again(client: TestClient, hub: Hub) -> None:
    hub.publish("owner/limited", tiny_files(licence="cc-by-nc-4.0"))
    refused = ended(client, submit(client, "get", model="owner/limited"))
    assert refused["error"]["type"] == "LicenceError"
    (row,) = [row for row in client.get("/v1/catalogue").json() if row["name"] == "limited"]
    assert (row["state"], row["commercial"]) == ("unfinished", False)
    assert ended(client, submit(client, "get", model="owner/limited", accept_licence=True))["state"] == "done"


def test_a_folder_is_added_by_a_job(client: TestClient, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    for name, content in tiny_files().items():
        if "/" not in name:
            (folder / name).write_bytes(content)
    job = ended(client, submit(client, "add", folder=str(folder), name="carried", in_place=True))
    assert (job["state"], job["result"]["in_place"]) == ("done", True)
    assert client.delete("/v1/models/carried").json()["left"] == str(folder)
    assert client.delete("/v1/models/carried").status_code == 400


@pytest.mark.parametrize(
    "token",
    [["hf_verysecret"], "hf_verysecret\r\nX: y", "hf_verysecrét", "hf_verysecret" * 500, "a hf_verysecret"],
)
def test_a_wrong_token_is_not_repeated_in_the_refusal(client: TestClient, token: Any) -> None:
    answer = client.put("/v1/hub/token", json={"token": token})
    assert answer.status_code == 400
    assert "hf_verysecret" not in answer.text
