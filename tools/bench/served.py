"""Times seen by a caller of the running service: first detection, cancel, time outside the model."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from engine.service.address import EngineAddress, read_address
from tools.bench.figure import Figure
from tools.bench.places import DEMO, QUERY, ROOT, SMALL_PX, filled_raster

ENGINE = [sys.executable, "-m", "engine", "serve", "--stay"]
RUNS = 3
START_S = 120.0
CANCEL_AFTER_S = (0.4, 1.0, 1.6)


class Caller:
    """A client of one engine."""

    def __init__(self, address: EngineAddress) -> None:
        self.address = address
        self._headers = {"Authorization": f"Bearer {address.token}", "Content-Type": "application/json"}

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request; raises RuntimeError for any status above 299."""
        connection = http.client.HTTPConnection(self.address.host, self.address.port, timeout=600)
        connection.request(method, path, body=json.dumps(body) if body else None, headers=self._headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        if answer.status > 299:
            raise RuntimeError(f"{method} {path}: {answer.status} {text}")
        return json.loads(text) if text else None

    def locate(self, raster: Path, **options: Any) -> str:
        """Submit a search and return the job's id."""
        request = {"raster": str(raster), "queries": [QUERY], **options}
        job: str = self.call("POST", "/v1/jobs", {"kind": "locate", "request": request})["id"]
        return job

    def events(self, job: str) -> Iterator[dict[str, Any]]:
        """A job's events as they come."""
        connection = http.client.HTTPConnection(self.address.host, self.address.port, timeout=600)
        connection.request("GET", f"/v1/jobs/{job}/events", headers=self._headers)
        for line in connection.getresponse():
            yield json.loads(line)
        connection.close()

    def finish(self, job: str) -> dict[str, Any]:
        """Wait for a job's end and return it; raises RuntimeError unless it is done."""
        for _ in self.events(job):
            pass
        ended: dict[str, Any] = self.call("GET", f"/v1/jobs/{job}")
        if ended["state"] != "done":
            raise RuntimeError(f"The job ended as {ended['state']}: {ended['error']}")
        return ended


@contextmanager
def engine(model: str | None) -> Iterator[Caller]:
    """An engine of its own in an empty data folder, with the model in memory."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "REMOTEZERO_HOME": home}
        process = subprocess.Popen(ENGINE, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            caller = Caller(_started(Path(home) / "engine.json"))
            caller.finish(caller.locate(DEMO, **_chosen(model)))
            yield caller
        finally:
            process.terminate()
            process.wait(120)


def _started(file: Path) -> EngineAddress:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        address = read_address(file)
        if address:
            return address
        time.sleep(0.05)
    raise RuntimeError(f"The engine did not write {file} within {START_S:.0f} s.")


def _chosen(model: str | None) -> dict[str, str]:
    return {"model": model} if model else {}


def warm_searches(caller: Caller, model: str | None) -> list[Figure]:
    """Warm demo searches: seconds from submit to the first detection event, and the share outside the model."""
    seconds, summaries = [], []
    for _ in range(RUNS):
        begun = time.perf_counter()
        job = caller.locate(DEMO, **_chosen(model))
        kinds = (event["type"] for event in caller.events(job))
        if next((kind for kind in kinds if kind == "detection"), None) is None:
            raise RuntimeError(
                f"The demo search found nothing for {QUERY!r}, so there is no first detection."
            )
        seconds.append(time.perf_counter() - begun)
        summaries.append(caller.finish(job)["result"]["seconds"])
    middle = sorted(summaries, key=lambda summary: summary["outside_share"])[RUNS // 2]
    stages = {f"{name}_s": value for name, value in middle.items() if name != "outside_share"}
    slowest = {"runs": RUNS, "slowest_s": round(max(seconds), 3)}
    return [
        Figure("overhead_share", middle["outside_share"], 0.10, at_least=False, detail=stages),
        Figure("first_detection_s", median(seconds), 3.0, at_least=False, unit="s", detail=slowest),
    ]


def cancel(caller: Caller, model: str | None) -> Figure:
    """Seconds from the cancel request until the engine really is free again; the slowest of several runs."""
    raster = filled_raster(*SMALL_PX)
    answered, free = [], []
    for wait_s in CANCEL_AFTER_S:
        job = caller.locate(raster, zoom="detail", veto=False, **_chosen(model))
        time.sleep(wait_s)
        begun = time.perf_counter()
        state = caller.call("POST", f"/v1/jobs/{job}/cancel")["state"]
        answered.append(time.perf_counter() - begun)
        while caller.call("GET", "/v1/health")["state"] == "busy":
            time.sleep(0.005)
        free.append(time.perf_counter() - begun)
        if state != "cancelled":
            raise RuntimeError(f"The job was {state} before it could be cancelled: take a larger raster.")
    detail = {"runs": len(free), "answered_s": round(max(answered), 3)}
    return Figure("cancel_s", max(free), 1.0, at_least=False, unit="s", detail=detail)


def served(model: str | None) -> list[Figure]:
    """All three figures, from one engine process."""
    with engine(model) as caller:
        return [*warm_searches(caller, model), cancel(caller, model)]
