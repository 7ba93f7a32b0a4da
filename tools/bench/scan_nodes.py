"""A scan on a cluster of two Ray nodes, of which one is lost in the middle: what is lost, doubled, or asked twice.

Both nodes are real, with processes and stores of their own, and both are on this machine: a network between them, and
a disk that they share over it, are not part of what is measured.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from engine.scan.cluster import QUIET, TRIES
from tests.engine.scans import watched
from tools.bench.figure import Figure
from tools.bench.scan_kills import POLL_S, finish, finished_windows, rows_of, start

CORES, PORT, STORE_BYTES = 3, 6391, 128 * 2**20
LOST_AT = 1 / 3
"""Of all windows; then the second node is gone."""


def lost_node(place: Path) -> Figure:
    """Rows that are lost or doubled where a node is lost, against the scan of a cluster that keeps both."""
    with watched() as (server, model), two_nodes() as second:
        asked = {"source": str(place / "scenes"), "queries": ["all roofs"], "model": model, "workers": 2}
        asked["cluster"] = f"127.0.0.1:{PORT}"
        finish(start(place, {**asked, "output": str(place / "both")}))
        whole, once = rows_of(place / "both"), server.pictures.copy()
        server.pictures.clear()
        driver = start(place, {**asked, "output": str(place / "lost")})
        stood_s = _losing(second, driver, place / "lost", round(sum(once.values()) * LOST_AT))
        by_itself = driver.wait() == 0
        if not by_itself:
            finish(start(place, {**asked, "output": str(place / "lost")}))
        rows = rows_of(place / "lost")
        detail: dict[str, Any] = {
            "rows": sum(whole.values()),
            "windows": sum(once.values()),
            "asked_twice": sum((server.pictures - once).values()),
            "went_on_by_itself": by_itself,
            "stood_s": round(stood_s, 1),
        }
    wrong = sum(((whole - rows) + (rows - whole)).values())
    return Figure("scan_node_rows_wrong", wrong, 0, at_least=False, detail=detail)


def _losing(second: psutil.Process, driver: subprocess.Popen[bytes], out: Path, at: int) -> float:
    """Kill a node with all that runs on it once so many windows are finished; seconds until the next one is."""
    while driver.poll() is None and finished_windows(out) < at:
        time.sleep(POLL_S)
    _end(second)
    killed, known = time.monotonic(), finished_windows(out)
    while driver.poll() is None and finished_windows(out) <= known:
        time.sleep(POLL_S)
    return time.monotonic() - killed


def _end(process: psutil.Process) -> None:
    """Kill a process and all below it, as far as they still are."""
    with suppress(psutil.NoSuchProcess):
        for one in (*process.children(recursive=True), process):
            one.kill()


@contextmanager
def two_nodes() -> Iterator[psutil.Process]:
    """A cluster of two nodes on loopback inside the ``with`` block; the second's process.

    Raises:
        RuntimeError: they did not start, however often that was tried.
    """
    with tempfile.TemporaryDirectory(prefix="rz-nodes-") as folder, _with_a_token():
        try:
            yield _started(Path(folder))
        finally:
            _end_all(Path(folder))


def _started(folder: Path) -> psutil.Process:
    """Start both, each time from nothing: Ray gives its parts a fixed time, which a busy machine may need twice."""
    for number in range(TRIES):
        place = folder / str(number)
        try:
            _ray("start", "--head", f"--port={PORT}", "--node-ip-address=127.0.0.1", "--include-dashboard=false",
                 "--no-monitor", "--include-log-monitor=false", f"--temp-dir={place}", *_size())  # fmt: skip
            first = {process.pid for process in _nodes(place)}
            _ray("start", f"--address=127.0.0.1:{PORT}", "--node-ip-address=127.0.0.2",
                 "--include-log-monitor=false", *_size())  # fmt: skip
            return next(process for process in _nodes(place) if process.pid not in first)
        except RuntimeError as error:
            _end_all(place)
            if number == TRIES - 1:
                raise
            print(f"The two nodes did not start ({error}); once more.", file=sys.stderr, flush=True)
            time.sleep(1 + number)
    raise AssertionError("the last try returns or raises")


def _of_cluster(place: Path) -> Iterator[psutil.Process]:
    """The processes that have the cluster's folder or address on their command lines; others are the user's."""
    for process in psutil.process_iter(["name", "cmdline"]):
        if any(str(place) in word or f"127.0.0.1:{PORT}" in word for word in process.info["cmdline"] or ()):
            yield process


def _nodes(place: Path) -> list[psutil.Process]:
    return [process for process in _of_cluster(place) if process.info["name"] == "raylet"]


def _end_all(place: Path) -> None:
    """End a cluster. Not ``ray stop``: that ends every cluster of this machine."""
    for process in list(_of_cluster(place)):
        _end(process)


@contextmanager
def _with_a_token() -> Iterator[None]:
    """A token for both nodes and for the scans that join them, inside the ``with`` block."""
    own = os.environ.get("RAY_AUTH_TOKEN")
    os.environ["RAY_AUTH_TOKEN"] = own or secrets.token_hex(32)
    try:
        yield
    finally:
        if own is None:
            del os.environ["RAY_AUTH_TOKEN"]


def _size() -> tuple[str, ...]:
    return f"--num-cpus={CORES}", f"--object-store-memory={STORE_BYTES}", "--disable-usage-stats"


def _ray(*arguments: str) -> None:
    command = [str(Path(sys.executable).with_name("ray")), *arguments]
    environment = {**os.environ, **QUIET, "RAY_AUTH_MODE": "token"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{json.dumps(command)} ended with {done.returncode}: {done.stderr[-400:]}")
