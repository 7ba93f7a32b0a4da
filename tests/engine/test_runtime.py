"""Engine processes: one per user, found through its file, killed and started again without a loss."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from engine.files import take_lock, write_atomic
from engine.paths import data_dir, runtime_file
from engine.service.address import EngineAddress, answers, find_engine, read_address

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
COMMAND = [sys.executable, "-m", "tests.engine.scripted"]
QUERIES = ["roof", "bright roof"]


class Engines:
    """Starts engine processes in the test's own data folder, and sees to it that none is left."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *, stay: bool = True, **manners: Any) -> tuple[subprocess.Popen[bytes], dict[str, Any]]:
        options = {"stay": stay, **manners.pop("options", {})}
        words = {name.upper(): str(value) for name, value in manners.items()}
        environment = {**os.environ, **words, "SCRIPTED_OPTIONS": json.dumps(options)}
        process = subprocess.Popen(COMMAND, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        self.started.append(process)
        assert process.stdout is not None
        return process, json.loads(process.stdout.readline())

    def close(self) -> None:
        for process in self.started:
            process.kill()
            process.communicate()


@pytest.fixture
def engines() -> Iterator[Engines]:
    several = Engines()
    yield several
    several.close()


def client() -> httpx.Client:
    runtime = read_address(runtime_file())
    assert runtime is not None
    return httpx.Client(
        base_url=runtime.url, headers={"Authorization": f"Bearer {runtime.token}"}, timeout=30.0
    )


def wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)


def ended(http: httpx.Client, job_id: str) -> dict[str, Any]:
    wait_for(lambda: http.get(f"/v1/jobs/{job_id}").json()["state"] not in ("queued", "running"))
    job: dict[str, Any] = http.get(f"/v1/jobs/{job_id}").json()
    return job


def timeless(collection: dict[str, Any]) -> list[dict[str, Any]]:
    """Features without the moment at which they were found."""
    for feature in collection["features"]:
        feature["properties"].pop("time")
    found: list[dict[str, Any]] = collection["features"]
    return found


def counts(job: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in job["result"].items() if name != "seconds"}


def test_the_runtime_file_is_private_and_a_second_start_finds_the_first(engines: Engines) -> None:
    first, told = engines.start()
    assert stat.S_IMODE(runtime_file().stat().st_mode) == 0o600
    runtime = find_engine()
    assert runtime is not None
    assert told == {"url": runtime.url, "pid": first.pid, "here": True}
    second, found = engines.start()
    assert found == {**told, "here": False}
    assert second.wait(PATIENCE_S) == 0
    assert first.poll() is None
    assert find_engine() == runtime


def test_a_stopped_engine_leaves_no_runtime_file(engines: Engines) -> None:
    process, _ = engines.start()
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_S) == 0
    assert not runtime_file().exists()
    assert find_engine() is None


def test_what_a_killed_engine_left_is_swept_away(engines: Engines) -> None:
    process, told = engines.start()
    process.kill()
    process.wait()
    assert runtime_file().exists()
    assert find_engine() is None
    again, fresh = engines.start()
    assert fresh["here"]
    assert fresh["pid"] == again.pid != told["pid"]
    assert find_engine() is not None


def test_the_engine_ends_when_its_last_client_is_gone(engines: Engines) -> None:
    process, _ = engines.start(stay=False, options={"first_client_s": PATIENCE_S})
    with client() as http:
        assert http.put("/v1/clients/qgis-1").status_code == 204
        assert http.put("/v1/clients/qgis-2").status_code == 204
        assert http.delete("/v1/clients/qgis-1").status_code == 204
        time.sleep(1.2)
        assert process.poll() is None
        assert http.delete("/v1/clients/qgis-2").status_code == 204
    assert process.wait(PATIENCE_S) == 0
    assert not runtime_file().exists()


def test_the_engine_finishes_its_job_before_it_ends(engines: Engines, town_tif: Path) -> None:
    process, _ = engines.start(stay=False, scripted_seconds=0.05)
    with client() as http:
        http.put("/v1/clients/qgis")
        request = {"raster": str(town_tif), "queries": ["roof"]}
        job_id = http.post("/v1/jobs", json={"kind": "locate", "request": request}).json()["id"]
        http.delete("/v1/clients/qgis")
    assert process.wait(PATIENCE_S) == 0
    engines.start()
    with client() as http:
        assert http.get(f"/v1/jobs/{job_id}").json()["state"] == "done"


@pytest.mark.parametrize("die_after", [1, 4, 11])
def test_a_killed_run_resumes_to_the_same_result(engines: Engines, town_tif: Path, die_after: int) -> None:
    body = {"kind": "locate", "request": {"raster": str(town_tif), "queries": QUERIES, "overlap": 0.3}}
    process, _ = engines.start()
    with client() as http:
        whole = http.post("/v1/jobs", json=body).json()["id"]
        whole_job = ended(http, whole)
        whole_features = timeless(http.get(f"/v1/jobs/{whole}/features").json())
        whole_crops = [http.get(f"/v1/jobs/{whole}/crops/{f['id']}").content for f in whole_features]
    process.kill()
    process.wait()

    process, _ = engines.start(scripted_die_after=die_after)
    seen: list[dict[str, Any]] = []
    with client() as http:
        broken = http.post("/v1/jobs", json=body).json()["id"]
        with pytest.raises(httpx.HTTPError), http.stream("GET", f"/v1/jobs/{broken}/events") as stream:
            seen.extend(json.loads(line) for line in stream.iter_lines())
    assert process.wait(PATIENCE_S) == -signal.SIGKILL

    engines.start()
    with client() as http:
        left = http.get(f"/v1/jobs/{broken}").json()
        assert left["state"] == "failed"
        assert left["error"]["type"] == "JobInterruptedError"
        kept = http.get(f"/v1/jobs/{broken}/features").json()
        assert kept["provisional"]
        shown = [event["data"] for event in seen if event["type"] == "detection"]
        assert [f for f in kept["features"] if f in shown] == shown
        assert http.post(f"/v1/jobs/{broken}/resume").status_code == 200
        job = ended(http, broken)
        features = timeless(http.get(f"/v1/jobs/{broken}/features").json())
        crops = [http.get(f"/v1/jobs/{broken}/crops/{f['id']}").content for f in features]
        events = [json.loads(line) for line in http.get(f"/v1/jobs/{broken}/events").iter_lines()]
    assert job["state"] == "done"
    assert counts(job) == counts(whole_job)
    assert features == whole_features
    assert crops == whole_crops
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert events[: len(seen)] == seen
    ids = [event["data"]["id"] for event in events if event["type"] == "detection"]
    assert len(ids) == len(set(ids))


def test_two_callers_at_once_get_their_own_events(engines: Engines, town_tif: Path) -> None:
    engines.start(scripted_seconds=0.01)
    with client() as one, client() as two:
        ids = [
            http.post(
                "/v1/jobs", json={"kind": "locate", "request": {"raster": str(town_tif), "queries": [query]}}
            ).json()["id"]
            for http, query in ((one, "north"), (two, "south"))
        ]
        with (
            one.stream("GET", f"/v1/jobs/{ids[0]}/events") as a,
            two.stream("GET", f"/v1/jobs/{ids[1]}/events") as b,
        ):
            streams = [[json.loads(line) for line in stream.iter_lines()] for stream in (a, b)]
    for events, query in zip(streams, ("north", "south"), strict=True):
        assert {e["data"]["properties"]["query"] for e in events if e["type"] == "detection"} == {query}
        assert events[-1]["data"]["state"] == "done"


def test_cancel_is_heard_inside_generation(engines: Engines, town_tif: Path) -> None:
    engines.start(scripted_seconds=PATIENCE_S)
    with client() as http:
        body = {"kind": "locate", "request": {"raster": str(town_tif), "queries": ["roof"]}}
        job_id = http.post("/v1/jobs", json=body).json()["id"]
        wait_for(lambda: http.get("/v1/health").json()["state"] == "busy")
        assert http.post(f"/v1/jobs/{job_id}/cancel").json()["state"] == "cancelled"
        wait_for(lambda: http.get("/v1/health").json()["state"] == "ready")
        events = [json.loads(line) for line in http.get(f"/v1/jobs/{job_id}/events").iter_lines()]
    assert events[-1]["data"] == {"state": "cancelled"}


def test_a_damaged_or_foreign_runtime_file_is_no_engine(tmp_path: Path) -> None:
    path = tmp_path / "engine.json"
    assert read_address(path) is None
    for text in ("", "{", "[]", '{"port": 1}'):
        path.write_text(text, encoding="utf-8")
        assert read_address(path) is None
    assert not answers(EngineAddress("127.0.0.1", 9, "token", os.getpid(), "0", "now"), timeout_s=1.0)


def test_private_files_appear_whole(tmp_path: Path) -> None:
    path = tmp_path / "engine.json"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o644)
    write_atomic(path, "new", private=True)
    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["engine.json"]


def test_the_lock_is_held_by_one() -> None:
    path = data_dir() / "engine.lock"
    first = take_lock(path)
    assert first is not None
    assert take_lock(path) is None
    first.release()
    again = take_lock(path)
    assert again is not None
    again.release()
