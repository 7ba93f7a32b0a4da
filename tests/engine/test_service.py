"""The wire, asked in this process: who is let in, what is answered, and that the OpenAPI tells the truth."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.loop import Jobs
from engine.jobs.precheck import precheck
from engine.jobs.runs import run_job
from engine.jobs.store import Store
from engine.service.app import create_app
from engine.service.clients import Clients
from engine.service.events import Notifier
from engine.service.guard import MAX_BODY_BYTES
from tests.engine.scripted import ScriptedModel

TOKEN = "0123456789-secret"
AUTH = {"Authorization": f"Bearer {TOKEN}"}
BASE = "http://127.0.0.1"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    database = Database(tmp_path / "jobs.sqlite")
    store = Store(database, max_queued=5)
    jobs = Jobs(store, ModelHost(lambda name: ScriptedModel()), run_job)
    jobs.start()
    yield create_app(store, jobs, TOKEN, models=lambda: [], hosts=("rz.example",))
    jobs.close()
    database.close()


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, base_url=BASE, headers=AUTH)


def ended(client: TestClient, job_id: str) -> dict[str, Any]:
    for _ in range(6000):
        job: dict[str, Any] = client.get(f"/v1/jobs/{job_id}").json()
        if job["state"] not in ("queued", "running"):
            return job
        time.sleep(0.01)
    raise AssertionError(job)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
        {"Authorization": "Bearer wrong", "Host": "evil.example", "Origin": "https://evil.example"},
    ],
)
def test_without_the_token_every_address_answers_alike(app: FastAPI, headers: dict[str, str]) -> None:
    stranger = TestClient(app, base_url=BASE)
    answers = set()
    for method, path in (
        ("GET", "/v1/health"),
        ("GET", "/v1/openapi.json"),
        ("GET", "/docs"),
        ("GET", "/no/such/place"),
        ("POST", "/v1/jobs"),
        ("DELETE", "/v1/jobs/1"),
        ("OPTIONS", "/v1/jobs"),
        ("PATCH", "/"),
    ):
        answer = stranger.request(method, path, headers=headers)
        answers.add((answer.status_code, answer.content, tuple(sorted(answer.headers.items()))))
    ((status, body, _),) = answers
    assert status == 401
    assert json.loads(body)["error"]["type"] == "TokenError"


def test_a_body_is_not_read_before_the_token_is_known(app: FastAPI) -> None:
    asked: list[str] = []

    async def receive() -> dict[str, Any]:
        asked.append("body")
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] == 401

    scope = {"type": "http", "method": "POST", "path": "/v1/jobs", "headers": [], "query_string": b""}
    asyncio.run(app(scope, receive, send))
    assert asked == []


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:4711", 200),
        ("localhost", 200),
        ("[::1]:80", 200),
        ("rz.example:8000", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("", 403),
        ("[::1", 403),
    ],
)
def test_the_host_header_is_one_the_engine_goes_by(client: TestClient, host: str, status: int) -> None:
    assert client.get("/v1/health", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost:3000", 200),
        ("http://127.0.0.1", 200),
        ("https://evil.example", 403),
        ("null", 403),
        ("http://localhost.evil.example", 403),
    ],
)
def test_web_pages_from_elsewhere_are_refused(client: TestClient, origin: str, status: int) -> None:
    assert client.get("/v1/health", headers={"Origin": origin}).status_code == status


def test_large_bodies_are_refused_announced_or_not(client: TestClient) -> None:
    body = b" " * (MAX_BODY_BYTES + 1)
    assert client.post("/v1/jobs", content=body).status_code == 413
    assert (
        client.post("/v1/jobs", content=(body[i : i + 65536] for i in range(0, len(body), 65536))).status_code
        == 413
    )


def test_health_names_version_state_and_queue(client: TestClient) -> None:
    health = client.get("/v1/health").json()
    assert health.keys() == {"version", "pid", "state", "model", "device", "jobs_queued"}
    assert health["state"] == "idle"


def test_a_job_over_the_wire(client: TestClient, town_tif: Path) -> None:
    request = {"raster": str(town_tif), "queries": ["roof"], "zoom": "detail"}
    answer = client.post("/v1/jobs", json={"kind": "locate", "request": request})
    assert answer.status_code == 201
    job_id = answer.json()["id"]
    with client.stream("GET", f"/v1/jobs/{job_id}/events") as stream:
        assert stream.headers["content-type"] == "application/x-ndjson"
        events = [json.loads(line) for line in stream.iter_lines()]
    assert events[-1]["data"]["state"] == "done"
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert {event["type"] for event in events} == {"state", "log", "detection", "progress"}
    job = client.get(f"/v1/jobs/{job_id}").json()
    assert job["state"] == "done"
    assert job["request"]["queries"] == ["roof"]
    collection = client.get(f"/v1/jobs/{job_id}/features").json()
    assert not collection["provisional"]
    assert len(collection["features"]) == 8
    crop = client.get(f"/v1/jobs/{job_id}/crops/{collection['features'][0]['id']}")
    assert crop.headers["content-type"] == "image/png"
    later = client.get(f"/v1/jobs/{job_id}/events", params={"after": len(events) - 1})
    assert [json.loads(line) for line in later.iter_lines()] == events[-1:]
    assert client.get("/v1/health").json()["state"] == "ready"
    assert [listed["id"] for listed in client.get("/v1/jobs").json()] == [job_id]
    assert client.delete(f"/v1/jobs/{job_id}").status_code == 204
    assert client.get(f"/v1/jobs/{job_id}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "kind"),
    [
        ("GET", "/v1/jobs/nobody", None, 404, "JobNotFoundError"),
        ("GET", "/v1/jobs/nobody/events", None, 404, "JobNotFoundError"),
        ("GET", "/v1/jobs/nobody/features", None, 404, "JobNotFoundError"),
        ("GET", "/v1/jobs/nobody/crops/w0-0", None, 404, "JobNotFoundError"),
        ("POST", "/v1/jobs/nobody/cancel", None, 404, "JobNotFoundError"),
        ("DELETE", "/v1/jobs/nobody", None, 404, "JobNotFoundError"),
        ("POST", "/v1/jobs", {"kind": "guess", "request": {}}, 400, "InputError"),
        ("POST", "/v1/jobs", {"kind": "locate", "request": {"raster": "a.tif"}}, 400, "InputError"),
        ("GET", "/v1/jobs/x/events?after=-1", None, 400, "InputError"),
        ("GET", "/v1/nothing", None, 404, "InputError"),
        ("PATCH", "/v1/jobs", None, 405, "InputError"),
    ],
)
def test_errors_have_one_shape(
    client: TestClient, method: str, path: str, body: Any, status: int, kind: str
) -> None:
    answer = client.request(method, path, json=body)
    assert answer.status_code == status
    assert answer.json()["error"]["type"] == kind
    assert len(answer.json()["error"]["message"]) > 20


def test_a_wrong_field_is_named_with_its_value(client: TestClient) -> None:
    request = {"raster": "a.tif", "queries": ["x"], "zoom": "closer", "colour": 3}
    message = client.post("/v1/jobs", json={"kind": "locate", "request": request}).json()["error"]["message"]
    assert "zoom is 'closer'" in message
    assert "colour is 3" in message


def test_a_full_queue_and_a_finished_job_have_their_own_status(
    client: TestClient, town_tif: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted, generate = threading.Event(), ScriptedModel.generate

    def held(*asked: Any) -> Any:
        assert posted.wait(60.0)
        return generate(*asked)

    monkeypatch.setattr(ScriptedModel, "generate", held)
    body = {"kind": "locate", "request": {"raster": str(town_tif), "queries": ["roof"]}}
    statuses = [client.post("/v1/jobs", json=body).status_code for _ in range(10)]
    posted.set()
    assert set(statuses) == {201, 429}
    for job in client.get("/v1/jobs").json():
        ended(client, job["id"])
    job_id = client.get("/v1/jobs").json()[0]["id"]
    assert client.post(f"/v1/jobs/{job_id}/cancel").status_code == 409
    assert client.post(f"/v1/jobs/{job_id}/resume").status_code == 409


def test_any_text_comes_back_as_it_was_sent(client: TestClient) -> None:
    request = {"raster": "/no/Übersicht 地图.tif", "queries": ["où est l'aéroport ? ✈"]}
    job = client.post("/v1/jobs", json={"kind": "locate", "request": request}).json()
    assert job["request"]["raster"] == request["raster"]
    assert job["request"]["queries"] == request["queries"]
    assert request["raster"] in ended(client, job["id"])["error"]["message"]


def test_clients_that_fall_silent_are_gone() -> None:
    now = [0.0]
    clients = Clients(gone_after_s=120, first_client_s=30, monotonic=lambda: now[0])
    assert clients.anybody()
    now[0] = 31
    assert not clients.anybody()
    clients.seen("qgis-1")
    clients.seen("qgis-2")
    clients.gone("qgis-2")
    clients.gone("never there")
    now[0] = 150
    assert clients.anybody()
    now[0] = 152
    assert not clients.anybody()


def test_whoever_calls_is_there_without_having_said_so(tmp_path: Path) -> None:
    now = [0.0]
    clients = Clients(gone_after_s=120, first_client_s=30, leaving_s=5, monotonic=lambda: now[0])
    database = Database(tmp_path / "jobs.sqlite")
    store = Store(database)
    jobs = Jobs(store, ModelHost(lambda name: ScriptedModel()), run_job)
    app = create_app(store, jobs, TOKEN, clients=clients)
    client = TestClient(app, base_url=BASE, headers=AUTH)
    stranger = TestClient(app, base_url=BASE)
    for now[0] in (20.0, 100.0, 200.0, 319.0):
        assert client.get("/v1/health").status_code == 200
        assert clients.anybody()
    now[0] = 430.0
    assert stranger.get("/v1/health").status_code == 401
    assert clients.anybody()
    now[0] = 440.0
    assert not clients.anybody()
    database.close()


def test_an_answer_that_takes_long_is_presence_as_well() -> None:
    now = [0.0]
    clients = Clients(gone_after_s=120, first_client_s=30, monotonic=lambda: now[0])
    with clients.calling():
        now[0] = 500.0
        assert clients.anybody()
    now[0] = 619.0
    assert clients.anybody()
    now[0] = 621.0
    assert not clients.anybody()


def test_who_leaves_is_not_waited_for_but_a_caller_beside_it_is_heard() -> None:
    now = [0.0]
    clients = Clients(gone_after_s=120, first_client_s=30, leaving_s=5, monotonic=lambda: now[0])
    with clients.calling():
        clients.seen("qgis")
    now[0] = 50.0
    with clients.calling():
        clients.gone("qgis")
    assert clients.anybody()
    now[0] = 56.0
    assert not clients.anybody()
    now[0] = 54.0
    with clients.calling():
        pass
    now[0] = 173.0
    assert clients.anybody()


LIBRARY_WORDS = (
    "Input should",
    "Field required",
    "pydantic",
    "Extra inputs",
    "Expecting",
    "type=",
    "JSON decode",
)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"kind": "locate", "request": {', "no valid JSON"),
        (b'{"kind": "\xff"}', "can't be read"),
        (b"[" * 100_000, "can't be read"),
        (b"3", "the request is 3"),
        (b"{}", "kind"),
        (b'{"kind": "guess"}', "kind"),
        (b'{"kind": "locate"}', "request"),
        (b'{"kind": "locate", "request": 3}', "an object"),
        (
            b'{"kind": "locate", "request": {"raster": 7, "queries": "a", "bands": [1.5], "gsd_m": "x"}}',
            "1 more",
        ),
    ],
)
def test_no_word_of_a_library_reaches_a_caller(client: TestClient, body: bytes, words: str) -> None:
    headers = {"Content-Type": "application/json"}
    answer = client.post("/v1/jobs", content=body, headers=headers)
    message = answer.json()["error"]["message"]
    assert answer.status_code == 400
    assert words in message
    assert len(message) < 500
    assert not [word for word in LIBRARY_WORDS if word in message]


def test_a_shape_of_nothing_but_nulls_is_one_wrong_field(client: TestClient) -> None:
    ring = [[None, None]] * 64
    area = {"type": "Polygon", "coordinates": [ring]}
    request = {"raster": "a.tif", "queries": ["a ship"], "area_crs": area}
    answer = client.post("/v1/jobs", json={"kind": "locate", "request": request})
    message = answer.json()["error"]["message"]
    assert message.startswith("area_crs.coordinates.0.0.0 is None: it must be a number.")
    assert message.count("area_crs") == 1
    assert len(message) < 120


def test_a_ring_before_the_wait_is_heard() -> None:
    async def listen() -> None:
        notifier = Notifier()
        with notifier.subscribe() as subscription:
            notifier.notify()
            await asyncio.wait_for(subscription.wait(60.0), 10.0)
        notifier.notify()

    asyncio.run(listen())


@pytest.mark.slow
@pytest.mark.draws
def test_the_service_does_what_its_openapi_says(app: FastAPI) -> None:
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", app, headers={**AUTH, "Host": "localhost"})
    operations = [operation.ok() for operation in schema.get_all_operations()]
    for operation in operations:
        refusable = operation.body or operation.query
        for mode in GenerationMode if refusable else [GenerationMode.POSITIVE]:

            @settings(
                max_examples=max(1, settings().max_examples // 10), suppress_health_check=list(HealthCheck)
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def check(case: schemathesis.Case) -> None:
                # That min is below max, for one, is a rule which a schema can't put into words.
                case.call_and_validate(
                    headers={**AUTH, "Host": "localhost"}, excluded_checks=[positive_data_acceptance]
                )

            check()
    assert len(operations) == 23


def test_a_question_in_vain_is_refused_when_it_is_handed_in(tmp_path: Path) -> None:
    database = Database(tmp_path / "jobs.sqlite")
    store = Store(database)
    jobs = Jobs(store, ModelHost(lambda name: ScriptedModel()), run_job, precheck)
    client = TestClient(create_app(store, jobs, TOKEN), base_url=BASE, headers=AUTH)
    request = {"raster": "a.tif", "queries": ["hvor er skipene"]}
    answer = client.post("/v1/jobs", json={"kind": "locate", "request": request})
    assert answer.status_code == 400
    assert "skipene" in answer.json()["error"]["message"]
    assert client.get("/v1/jobs").json() == []
    database.close()
