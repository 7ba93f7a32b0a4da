"""What a scan on Ray takes above the plain loop, the two working in turns on one core.

A machine that others share changes its pace by a fifth within minutes, which is more than what is measured: readings
one after the other differed by 25 points. Here both runs are alive at once and all processes of one of them are stopped
while the other works, a few seconds each, so that whatever the machine does meets both alike.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil

from engine.scan.ledger import Ledger
from tools.bench.figure import Figure
from tools.bench.places import ROOT

TURN_S = 5.0
ORDER = ("scan", "plain", "plain", "scan")
"""Turns of one round: whoever comes later in it, on a core that others have warmed or taken, is each of them once."""

READINGS, ROUNDS = 3, 6
"""Readings, which show how far they differ, and rounds of each; the figure is of all of them together."""

WARM = 40
"""Windows before the measuring begins."""

LONGEST_START_S = 300.0


class Run:
    """One of the two, with all its processes; stopped except in its turns."""

    def __init__(self, kind: str, request: dict[str, Any], core: int) -> None:
        """Start it, wait until it is warm, and stop it."""
        command = [sys.executable, "-m", "tools.bench.scan", "--child", kind, json.dumps(request)]
        self._run = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            preexec_fn=lambda: os.sched_setaffinity(0, [core]),
        )
        self._ledger, self._kind = Ledger(Path(request["output"])), kind
        self.worked_s, self._spent = 0.0, dict[str, float]()
        before = time.monotonic()
        while self.windows() < WARM:
            self._require(time.monotonic() - before < LONGEST_START_S, "was not warm after five minutes")
            time.sleep(0.5)
        self._signal(signal.SIGSTOP)

    def windows(self) -> int:
        """Windows finished so far."""
        return self._ledger.windows()

    def turn(self) -> None:
        """Work for one turn."""
        before, spent = time.monotonic(), self._cpu_s()
        self._signal(signal.SIGCONT)
        time.sleep(TURN_S)
        self._require(self._run.poll() is None, "ended before the measuring did")
        self._signal(signal.SIGSTOP)
        self.worked_s += time.monotonic() - before
        for name, seconds in self._cpu_s().items():
            self._spent[name] = self._spent.get(name, 0.0) + seconds - spent.get(name, 0.0)

    def boxes(self) -> dict[str, int]:
        """Boxes found in each scene that is finished."""
        return {row["id"]: row["detections"] for row in self._ledger.rows(failed=False)}

    def spent(self) -> dict[str, float]:
        """Processor time of its turns by process, in seconds, where it is more than a tenth."""
        return {name: round(seconds, 1) for name, seconds in self._spent.items() if seconds > 0.1}

    def end(self) -> None:
        """Kill all of it."""
        self._signal(signal.SIGKILL)
        self._run.wait()

    def _require(self, condition: bool, what: str) -> None:
        if not condition:
            raise RuntimeError(f"The measured {self._kind} run {what}.")

    def _processes(self) -> list[psutil.Process]:
        try:
            top = psutil.Process(self._run.pid)
            return [top, *top.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def _cpu_s(self) -> dict[str, float]:
        spent: dict[str, float] = {}
        for process in self._processes():
            with suppress(psutil.Error, IndexError):  # it has just ended
                title = process.cmdline()[0].split("(")[0]
                name = (
                    "itself" if process.pid == self._run.pid else title.removeprefix("ray::").split("/")[-1]
                )
                times = process.cpu_times()
                spent[name] = spent.get(name, 0.0) + times.user + times.system
        return spent

    def _signal(self, number: int) -> None:
        for process in self._processes():
            with suppress(psutil.Error, IndexError):  # it has just ended
                process.send_signal(number)


def overhead(place: Path, core: int, request: Callable[[str], dict[str, Any]]) -> Figure:
    """By which share a window takes longer on Ray, by the clock of each run's own turns.

    Args:
        place: folder for what they write.
        core: which both are kept to, with all their processes.
        request: the scan that writes to a folder, long enough for all turns.
    """
    with ExitStack() as running:
        runs = {}
        for kind in ("scan", "plain"):
            runs[kind] = Run(kind, request(str(place / kind)), core)
            running.callback(runs[kind].end)
        marks = [{kind: (run.windows(), run.worked_s) for kind, run in runs.items()}]
        for _ in range(READINGS):
            for _ in range(ROUNDS):
                for kind in ORDER:
                    runs[kind].turn()
            marks.append({kind: (run.windows(), run.worked_s) for kind, run in runs.items()})
        spent = {kind: run.spent() for kind, run in runs.items()}
        found = [run.boxes() for run in runs.values()]
    both = found[0].keys() & found[1].keys()
    if not both or any(found[0][scene] != found[1][scene] for scene in both):
        raise RuntimeError(
            f"Of {len(both)} scenes that both finished, not all have the same number of boxes."
        )
    readings = [above(*pair) for pair in pairwise(marks)]
    detail = {
        "readings": [round(reading, 3) for reading in readings],
        "windows": {kind: marks[-1][kind][0] - marks[0][kind][0] for kind in runs},
        "worked_s": {kind: round(run.worked_s, 1) for kind, run in runs.items()},
        "processor_s": spent,
        "same_scenes": len(both),
    }
    return Figure("scan_overhead", above(marks[0], marks[-1]), 0.1, at_least=False, detail=detail)


def above(before: dict[str, tuple[int, float]], after: dict[str, tuple[int, float]]) -> float:
    """By which share a window took longer on Ray between two marks of windows and seconds."""
    a_window = {
        kind: (after[kind][1] - before[kind][1]) / (after[kind][0] - before[kind][0]) for kind in after
    }
    return a_window["scan"] / a_window["plain"] - 1
