"""Before the token: idle, slow and malformed connections can't keep out those who have it."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.testclient import TestClient

from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.loop import Jobs
from engine.jobs.runs import run_job
from engine.jobs.store import Store
from engine.service.app import create_app
from engine.service.door import Door
from engine.service.guard import MAX_DEPTH
from tests.engine.scripted import ScriptedModel
from tests.engine.test_service import AUTH, BASE, TOKEN

PATIENCE_S = 30.0


@contextlib.contextmanager
def served(folder: Path, door: Door) -> Iterator[tuple[str, int]]:
    """A real server behind a door; yields where it listens."""
    database = Database(folder / "jobs.sqlite")
    store = Store(database)
    app = create_app(store, Jobs(store, ModelHost(lambda name: ScriptedModel()), run_job), TOKEN)
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=door.protocol(), log_level="error", ws="none", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()
    finally:
        server.should_exit = True
        thread.join(PATIENCE_S)
        listener.close()
        database.close()


def healthy(address: tuple[str, int]) -> bool:
    answer = httpx.get(f"http://{address[0]}:{address[1]}/v1/health", headers=AUTH, timeout=PATIENCE_S)
    return answer.status_code == 200


def connected(address: tuple[str, int]) -> socket.socket:
    connection = socket.create_connection(address, timeout=PATIENCE_S)
    connection.settimeout(PATIENCE_S)
    return connection


def is_ended(connection: socket.socket) -> bool:
    """Wait until the other side has ended a connection."""
    with contextlib.suppress(ConnectionError):
        while connection.recv(4096):
            pass
    return True


def test_idle_strangers_make_room_for_a_newcomer(tmp_path: Path) -> None:
    with served(
        tmp_path, Door(TOKEN, strangers=8, strangers_a_peer=6, head_s=PATIENCE_S, grace_s=0.2)
    ) as address:
        idle = [connected(address) for _ in range(40)]
        assert healthy(address)
        assert all(is_ended(connection) for connection in idle[:30])
        for connection in idle:
            connection.close()


def test_many_clients_that_call_at_once_are_no_crowd(tmp_path: Path) -> None:
    """All connect before the first of them sends anything, as the clients of a busy machine do."""
    with served(tmp_path, Door(TOKEN, strangers=8, strangers_a_peer=6, grace_s=PATIENCE_S)) as address:
        clients = [connected(address) for _ in range(20)]
        head = f"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n\r\n"
        for connection in clients:
            connection.sendall(head.encode())
        assert all(connection.recv(12) == b"HTTP/1.1 200" for connection in clients)
        for connection in clients:
            connection.close()


def test_far_too_many_strangers_make_room_at_once(tmp_path: Path) -> None:
    with served(tmp_path, Door(TOKEN, strangers=8, strangers_a_peer=6, grace_s=10 * PATIENCE_S)) as address:
        idle = [connected(address) for _ in range(40)]
        assert healthy(address)
        assert all(is_ended(connection) for connection in idle[: 40 - 4 * 6])
        for connection in idle:
            connection.close()


def test_who_has_shown_the_token_is_not_pushed_out(tmp_path: Path) -> None:
    with served(
        tmp_path, Door(TOKEN, strangers=4, strangers_a_peer=4, head_s=PATIENCE_S, grace_s=0.2)
    ) as address:
        with httpx.Client(
            base_url=f"http://{address[0]}:{address[1]}", headers=AUTH, timeout=PATIENCE_S
        ) as http:
            job = http.post("/v1/jobs", json={"kind": "locate", "request": {"raster": "a", "queries": ["b"]}})
            with http.stream("GET", f"/v1/jobs/{job.json()['id']}/events") as stream:
                lines = stream.iter_lines()
                assert json.loads(next(lines))["data"] == {"state": "queued"}
                idle = [connected(address) for _ in range(20)]
                assert all(is_ended(connection) for connection in idle[:15])
                assert healthy(address)
                with httpx.Client(base_url=http.base_url, headers=AUTH, timeout=PATIENCE_S) as other:
                    other.post(f"/v1/jobs/{job.json()['id']}/cancel")
                assert json.loads(next(lines))["data"] == {"state": "cancelled"}
        for connection in idle:
            connection.close()


@pytest.mark.parametrize(
    "sent", [b"", b"GET /v1/health HTTP/1.1\r\n", b"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "]
)
def test_the_head_of_a_request_has_to_come_in_time(tmp_path: Path, sent: bytes) -> None:
    with served(tmp_path, Door(TOKEN, head_s=1.0)) as address:
        connection = connected(address)
        connection.sendall(sent)
        with contextlib.suppress(OSError):
            for _ in range(400):  # a byte now and then buys no time
                connection.sendall(b"x" if sent else b"")
                time.sleep(0.01)
                if not sent:
                    break
        assert is_ended(connection)
        assert healthy(address)


@pytest.mark.parametrize("sent", [b"hello\r\n\r\n", b"\x16\x03\x01\x02\x00" * 40 + b"\r\n\r\n"])
def test_what_is_no_http_is_told_in_the_one_shape(tmp_path: Path, sent: bytes) -> None:
    with served(tmp_path, Door(TOKEN)) as address:
        connection = connected(address)
        connection.sendall(sent)
        answer = b""
        while part := connection.recv(4096):
            answer += part
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 400")
        assert json.loads(body)["error"]["type"] == "InputError"


@pytest.mark.parametrize(
    "smuggled",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 4\r\nContent-Length: 5\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Content-Length: +4\r\n",
        b"Transfer-Encoding : chunked\r\n",
    ],
)
def test_a_request_inside_another_is_never_answered(tmp_path: Path, smuggled: bytes) -> None:
    """Two lengths of one body: a proxy and the engine must not read different requests out of it."""
    with served(tmp_path, Door(TOKEN)) as address:
        connection = connected(address)
        inner = (
            b"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
            + TOKEN.encode()
            + b"\r\n\r\n"
        )
        head = b"POST /v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        connection.sendall(head + smuggled + b"\r\n0\r\n\r\n" + inner)
        answer = b""
        with contextlib.suppress(ConnectionError):
            while part := connection.recv(4096):
                answer += part
        assert b" 200 " not in answer


def client(tmp_path: Path) -> TestClient:
    store = Store(Database(tmp_path / "jobs.sqlite"))
    jobs = Jobs(store, ModelHost(lambda name: ScriptedModel()), run_job)
    return TestClient(
        create_app(store, jobs, TOKEN), base_url=BASE, headers=AUTH, raise_server_exceptions=False
    )


@pytest.mark.parametrize("depth", [MAX_DEPTH, 200, 900, 5000, 100_000])
@pytest.mark.parametrize("kind", ["improve", "locate"])
def test_deep_bodies_are_the_callers_fault(tmp_path: Path, depth: int, kind: str) -> None:
    nested = "[" * depth + "]" * depth
    field = "boxes" if kind == "improve" else "area_crs"
    named = '"rasters": ["a.tif"]' if kind == "improve" else '"raster": "a.tif", "queries": ["b"]'
    body = f'{{"kind": "{kind}", "request": {{{named}, "{field}": {nested}}}}}'
    answer = client(tmp_path).post("/v1/jobs", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "InputError"
    assert "is not served" not in answer.text


def test_brackets_in_a_text_are_no_depth(tmp_path: Path) -> None:
    request = {"raster": "[" * 500, "queries": ['say "[[[[" ' + "{" * 300]}
    answer = client(tmp_path).post("/v1/jobs", json={"kind": "locate", "request": request})
    assert answer.status_code == 201
    assert answer.json()["request"]["raster"] == "[" * 500


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/jobs", "GET, POST"),
        ("/v1/jobs/x", "DELETE, GET"),
        ("/v1/clients/x", "DELETE, PUT"),
        ("/v1/health", "GET"),
        ("/v1/jobs/x/events", "GET"),
    ],
)
def test_a_method_that_is_not_served_is_told_which_are(tmp_path: Path, path: str, allowed: str) -> None:
    answer = client(tmp_path).patch(path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize("name", ["a b", "Übersicht", "a;b?c", "..", "%2e", "x" * 200, "\n"])
def test_a_name_that_the_schema_takes_is_taken(tmp_path: Path, name: str) -> None:
    quoted = "".join(f"%{byte:02X}" for byte in name.encode())
    answer = client(tmp_path).put(f"/v1/clients/{quoted}")
    assert answer.status_code == 204


def test_no_number_that_is_not_finite_leaves_the_engine(tmp_path: Path, town_tif: Path) -> None:
    class Damaged(ScriptedModel):
        def score(self, crops: Any, queries: Any, stop: Any) -> list[float]:
            return [float("nan") for _ in crops]

    store = Store(Database(tmp_path / "jobs.sqlite"))
    jobs = Jobs(store, ModelHost(lambda name: Damaged()), run_job)
    jobs.start()
    http = TestClient(create_app(store, jobs, TOKEN), base_url=BASE, headers=AUTH)
    request = {"raster": str(town_tif), "queries": ["roof"]}
    job_id = http.post("/v1/jobs", json={"kind": "locate", "request": request}).json()["id"]
    with http.stream("GET", f"/v1/jobs/{job_id}/events") as stream:
        lines = list(stream.iter_lines())
    jobs.close()
    job = store.job(job_id)
    assert job.state == "failed"
    assert job.error is not None
    assert job.error["type"] == "ModelError"
    assert "scripted" in job.error["message"]
    assert not any("NaN" in line for line in lines)
