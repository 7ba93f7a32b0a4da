"""What a run of self-improvement leaves behind, asked for over the wire."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from engine.catalogue.adapters import Manifest, open_registry
from engine.catalogue.models import find_model, list_models
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.loop import Jobs
from engine.jobs.runs import run_job
from engine.jobs.store import Store
from engine.paths import job_dir
from engine.service.app import create_app
from engine.types import AdapterChoice
from tests.engine.scripted import ScriptedModel

TOKEN = "0123456789-secret"
CREATED = 1_790_000_000.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = Database(tmp_path / "jobs.sqlite")
    yield Store(database)
    database.close()


@pytest.fixture
def client(store: Store) -> TestClient:
    jobs = Jobs(store, ModelHost(lambda name: ScriptedModel()), run_job)
    models = lambda: [entry.as_json() for entry in list_models()]  # noqa: E731
    app = create_app(store, jobs, TOKEN, models=models)
    return TestClient(app, base_url="http://127.0.0.1", headers={"Authorization": f"Bearer {TOKEN}"})


@pytest.fixture
def learned(tmp_path: Path) -> tuple[str, str]:
    """Two adapters of the default model, the second trained from the first and in use."""
    folder = tmp_path / "trained"
    folder.mkdir()
    (folder / "adapter_config.json").write_text("{}")
    (folder / "adapter_model.safetensors").write_bytes(b"weights")
    registry = open_registry(find_model("mini"))
    for number, (name, parent) in enumerate((("first", None), ("second", "first")), start=1):
        registry.publish(
            folder,
            Manifest(
                name, "mini", registry.base_sha256, parent, number, "1", "cd" * 32, CREATED, {"gain": 0.25}
            ),
        )
    registry.choose(AdapterChoice("second"))
    return "first", "second"


def adapters(client: TestClient) -> dict[str, dict]:
    (mini,) = (model for model in client.get("/v1/models").json() if model["name"] == "mini")
    return {adapter["name"]: adapter for adapter in mini["adapters"]}


def test_adapters_say_where_they_come_from(client: TestClient, learned: tuple[str, str]) -> None:
    assert adapters(client)["second"] == {
        "name": "second",
        "round": 2,
        "current": True,
        "parent": "first",
        "created": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(CREATED)),
        "gain": 0.25,
    }
    assert adapters(client)["first"]["parent"] is None


def test_another_adapter_or_none_is_chosen(client: TestClient, learned: tuple[str, str]) -> None:
    for wanted in ("first", "none", "second"):
        answer = client.put("/v1/models/mini/current", json={"adapter": wanted})
        assert answer.status_code == 200
        current = [item["name"] for item in answer.json()["adapters"] if item["current"]]
        assert current == ([wanted] if wanted != "none" else [])
        assert [name for name, item in adapters(client).items() if item["current"]] == current


def test_what_is_not_there_is_not_chosen(client: TestClient, learned: tuple[str, str]) -> None:
    answer = client.put("/v1/models/mini/current", json={"adapter": "third"})
    assert (answer.status_code, answer.json()["error"]["type"]) == (409, "RegistryError")
    answer = client.put("/v1/models/maxi/current", json={"adapter": "first"})
    assert answer.status_code == 400
    assert "'maxi'" in answer.json()["error"]["message"]
    for unclear in ({}, {"adapter": None}, {"adapter": "current"}):
        assert client.put("/v1/models/mini/current", json=unclear).status_code == 400
    assert adapters(client)["second"]["current"]


def test_a_damaged_adapter_is_not_chosen(client: TestClient, learned: tuple[str, str]) -> None:
    open_registry(find_model("mini")).path("first").joinpath("adapter_model.safetensors").write_bytes(b"x")
    answer = client.put("/v1/models/mini/current", json={"adapter": "first"})
    assert answer.json()["error"]["type"] == "RegistryError"
    assert adapters(client)["second"]["current"]


def test_an_adapter_goes_out_as_a_file_and_comes_back(
    client: TestClient, learned: tuple[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "first.zip"
    out = client.post("/v1/models/mini/adapters/first/export", json={"file": str(file)})
    assert (out.status_code, out.json()) == (200, {"file": str(file)})
    lost = client.post("/v1/models/mini/adapters/first/export", json={"file": file.name})
    assert (lost.status_code, lost.json()["error"]["type"]) == (400, "InputError")
    assert "whole path" in lost.json()["error"]["message"]
    again = client.post("/v1/models/mini/adapters/first/export", json={"file": str(file)})
    assert (again.status_code, again.json()["error"]["type"]) == (400, "OutputExistsError")
    taken = client.post("/v1/models/mini/adapters", json={"file": str(file)})
    assert (taken.status_code, taken.json()["error"]["type"]) == (409, "RegistryError")
    back = client.post("/v1/models/mini/adapters", json={"file": str(file), "name": "copy"})
    assert back.status_code == 201
    assert adapters(client)["copy"] == {**adapters(client)["first"], "name": "copy"}
    assert adapters(client)["second"]["current"]
    reserved = client.post("/v1/models/mini/adapters", json={"file": str(file), "name": "current"})
    assert reserved.status_code == 409
    text = tmp_path / "text.zip"
    text.write_text("hello")
    refused = client.post("/v1/models/mini/adapters", json={"file": str(text)})
    assert (refused.status_code, refused.json()["error"]["type"]) == (409, "RegistryError")


def test_an_adapter_is_deleted_when_nothing_needs_it(client: TestClient, learned: tuple[str, str]) -> None:
    for needed, why in (("second", "in use"), ("first", "would go back")):
        answer = client.delete(f"/v1/models/mini/adapters/{needed}")
        assert answer.status_code == 409
        assert why in answer.json()["error"]["message"]
    client.put("/v1/models/mini/current", json={"adapter": "none"})
    assert client.delete("/v1/models/mini/adapters/second").status_code == 200
    assert set(adapters(client)) == {"first"}


def test_pictures_and_report_of_a_run(client: TestClient, store: Store) -> None:
    job_id = store.submit("improve", {"rasters": ["a.tif"]}).id
    assert client.get(f"/v1/jobs/{job_id}/report").status_code == 404
    pictures = job_dir(job_id) / "pictures"
    pictures.mkdir(parents=True)
    (pictures / "round-1-place-0-after.jpg").write_bytes(b"a picture")
    (job_dir(job_id) / "report.html").write_text("<p>Größe")
    answer = client.get(f"/v1/jobs/{job_id}/pictures/round-1-place-0-after.jpg")
    assert (answer.content, answer.headers["content-type"]) == (b"a picture", "image/jpeg")
    answer = client.get(f"/v1/jobs/{job_id}/report")
    assert (answer.text, answer.headers["content-type"]) == ("<p>Größe", "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("round-1-place-9-after.jpg", 404),
        ("..%2Frequest.json", 404),
        ("request.json", 400),
        ("..\\request.json", 400),
    ],
)
def test_nothing_else_is_handed_out(client: TestClient, store: Store, name: str, status: int) -> None:
    job_id = store.submit("improve", {"rasters": ["a.tif"]}).id
    job_dir(job_id).mkdir(parents=True)
    (job_dir(job_id) / "request.json").write_text("{}")
    assert client.get(f"/v1/jobs/{job_id}/pictures/{name}").status_code == status
    assert client.get("/v1/jobs/nobody/pictures/round-1-place-0-after.jpg").status_code == 404
