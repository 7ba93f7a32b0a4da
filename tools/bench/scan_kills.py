"""Workers and drivers of a scan killed again and again: which rows are lost or doubled, and what is asked twice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet

from engine.scan.ledger import Ledger
from tests.engine.scans import Watched, watched
from tools.bench.figure import Figure
from tools.bench.places import ROOT

WORKER_KILLS, DRIVER_KILLS = 20, 5
SLOW_S = 0.01
POLL_S = 0.02

Rows = Counter[tuple[Any, ...]]


def kills(place: Path, workers: int = WORKER_KILLS, drivers: int = DRIVER_KILLS) -> Figure:
    """Rows that are lost or doubled after so many kills, against a scan that nothing disturbed."""
    with watched(slow_s=SLOW_S) as (server, model):
        asked = {"source": str(place / "scenes"), "queries": ["all roofs"], "model": model, "workers": 2}
        finish(start(place, {**asked, "output": str(place / "whole")}))
        whole, once = rows_of(place / "whole"), server.pictures.copy()
        detail: dict[str, Any] = {"rows": sum(whole.values()), "windows": sum(once.values())}
        wrong = 0
        done = {"workers": 0, "drivers": 0}
        for kind, wanted, disturb in (("workers", workers, kill_workers), ("drivers", drivers, kill_drivers)):
            runs = 0
            again = 0
            while done[kind] < wanted:
                runs += 1
                server.pictures.clear()
                out = place / f"{kind}{runs}"
                done[kind] += disturb(place, {**asked, "output": str(out)}, wanted - done[kind], server)
                rows = rows_of(out)
                wrong += sum(((whole - rows) + (rows - whole)).values())
                again += sum((server.pictures - once).values())
            detail |= {
                f"killed_{kind}": done[kind],
                f"{kind}_scans": runs,
                f"{kind}_unfinished_asked_again": again,
            }
    return Figure("scan_rows_wrong", wrong, 0, at_least=False, detail=detail)


def kill_workers(place: Path, request: dict[str, Any], most: int, server: Watched) -> int:
    """Scan once, and kill a process with the model each time a batch has been finished; how many were killed."""
    driver, out, killed = start(place, request), Path(request["output"]), 0
    finished = 0
    while driver.poll() is None:
        if killed < most and (now := Ledger(out).windows()) > finished:
            hit = kill_one(driver, killed)
            killed, finished = killed + hit, now if hit else finished
        time.sleep(POLL_S)
    finish(driver)
    return killed


def kill_one(driver: subprocess.Popen[bytes], number: int) -> int:
    """Kill one of the processes that hold the model; 0 where there is none."""
    found = []
    for process in psutil.Process(driver.pid).children(recursive=True):
        try:
            if "MapWorker" in " ".join(process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    if not found:
        return 0
    found[number % len(found)].kill()
    return 1


def kill_drivers(place: Path, request: dict[str, Any], most: int, server: Watched) -> int:
    """Scan, kill the whole driver at some moment of its work, start again, as often as asked; then to the end."""
    draw, out, killed = random.Random(5), Path(request["output"]), 0
    most_between = 20
    while killed < most:
        driver, until = start(place, request), Ledger(out).windows() + draw.randrange(1, most_between)
        while driver.poll() is None and Ledger(out).windows() < until:
            time.sleep(POLL_S)
        if driver.poll() is not None:
            break
        below = psutil.Process(driver.pid).children(recursive=True)
        driver.kill()
        driver.wait()
        psutil.wait_procs(below, timeout=60)
        killed += 1
    finish(start(place, request))
    return killed


def start(place: Path, request: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start a scan as the command line does."""
    path = place / "request.json"
    path.write_text(json.dumps(request), encoding="utf-8")
    command = [sys.executable, "-m", "engine.scan.run", str(path)]
    driver = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=(place / "events.jsonl").open("ab"),
        stderr=(place / "log.txt").open("ab"),
    )
    if driver.stdin is not None:
        driver.stdin.write(b"{}\n")
        driver.stdin.flush()
    return driver


def finish(driver: subprocess.Popen[bytes]) -> None:
    """Wait for a scan's end; raises RuntimeError where it did not end well."""
    if driver.wait():
        raise RuntimeError(f"A scan ended with exit code {driver.returncode}.")


def rows_of(out: Path) -> Rows:
    """The rows of a scan, without the moment at which each was found."""
    rows: Rows = Counter()
    for path in out.glob("detections/*/*.parquet"):
        for row in pyarrow.parquet.read_table(path, partitioning=None).to_pylist():
            rows[tuple(sorted((name, str(value)) for name, value in row.items() if name != "time"))] += 1
    return rows
