"""Figures of a scan beside their targets, in ``build/reports/bench-scan.json``.

    python -m tools.bench.scan [--only KEY …]

Efficiency and overhead are taken with everything of a scan, Ray and its readers included, kept to one core and to two,
after the start, with the default model. Where other programs use the cores, so that wall-clock time says nothing, the
efficiency is taken in processor time: what a window costs, which is what a core that is not shared would take. ``by``
says which. For the overhead a scan and the plain loop work in turns (:mod:`tools.bench.scan_turns`). What a scan takes
until its first windows are done is told beside it (``start_s``).

Memory is that of all processes together. For the kills the model is a server on loopback that answers by the pixels it
gets and counts them, so that what was asked twice shows. Exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import rasterio
from rasterio.windows import Window

from engine.files import write_atomic
from engine.wire import checked
from tools.bench.figure import Figure, table
from tools.bench.places import DEMO, QUERY, ROOT
from tools.bench.scan_kills import kills
from tools.bench.scan_turns import overhead

REPORT = ROOT / "build" / "reports" / "bench-scan.json"
SCENES, SIDE_PX = 48, 500
FEW, MANY, SMALL_PX = 200, 2000, 240
KILLED_SCENES = 16
NODE_SCENES, NODE_SIDE_PX = 8, 1200
WARM = 30
"""Windows before the measuring begins."""

TURN_SCENES = 1200
"""Scenes for both runs that work in turns: enough windows for all turns of either on a fast core."""

LOOK_S = 0.5

CALM = 0.5
"""Load of other programs, in cores, below which wall-clock time is believed."""

KEYS = (
    "scan_efficiency", "scan_overhead", "scan_memory_ratio", "scan_rows_wrong", "scan_node_rows_wrong", "scan_bytes",
)  # fmt: skip


def write_scenes(folder: Path, number: int, side: int, seed: int = 1) -> None:
    """Cut so many scenes out of the demo raster, each at a place of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = np.random.default_rng(seed)
    with rasterio.open(DEMO) as source:
        picture = source.read()
        for place in range(number):
            left, top = (int(draw.integers(0, length - side)) for length in (source.width, source.height))
            window = Window(left, top, side, side)
            profile = {
                "driver": "GTiff", "width": side, "height": side, "count": 3, "dtype": "uint8", "crs": source.crs,
                "transform": source.window_transform(window), "compress": "deflate", "interleave": "pixel",
            }  # fmt: skip
            with rasterio.open(folder / f"s{place:05}.tif", "w", **profile) as target:
                target.write(picture[:, top : top + side, left : left + side])


class Meter:
    """Watches another process and all below it: processor time, and memory at its highest.

    Looking takes 7 ms of processor. So it is done from outside, on whatever core is free, and not in what is measured.
    """

    def __init__(self, pid: int) -> None:
        """Begin to watch."""
        self._top, self.peak_mb, self._ended = psutil.Process(pid), 0.0, threading.Event()
        self._cpu: dict[tuple[int, float], float] = {}
        self._spent: dict[str, float] = {}
        self._looks: list[tuple[float, dict[str, float]]] = []
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def cpu_s(self, moment: float) -> dict[str, float]:
        """Processor time until a moment (seconds since 1970) by who took it, between two looks a share of it.

        What a process takes between two looks is its role's of the moment, since Ray gives processes to one task after
        another. Processes that have ended count with what they had taken when they were last looked at.
        """
        times = [when for when, _ in self._looks]
        roles = dict.fromkeys(role for _, spent in self._looks for role in spent)
        return {
            role: float(np.interp(moment, times, [spent.get(role, 0.0) for _, spent in self._looks]))
            for role in roles
        }

    def end(self) -> None:
        """Watch no longer."""
        self._ended.set()
        self._watcher.join()

    def _watch(self) -> None:
        while True:
            self._look()
            if self._ended.wait(LOOK_S):
                return

    def _role(self, process: psutil.Process) -> str:
        if process.pid == self._top.pid:
            return "driver"
        title = " ".join(process.cmdline()[:1])
        if "MapWorker" in title:
            return "workers"
        return "readers" if title.startswith("ray::") else "ray"

    def _look(self) -> None:
        memory = 0.0
        try:
            processes = [self._top, *self._top.children(recursive=True)]
        except psutil.Error:  # all of it has just ended
            return
        for process in processes:
            try:
                times, about, role = process.cpu_times(), process.memory_info(), self._role(process)
            except psutil.Error:  # it has just ended
                continue
            key, taken = (process.pid, process.create_time()), times.user + times.system
            self._spent[role] = self._spent.get(role, 0.0) + taken - self._cpu.get(key, 0.0)
            self._cpu[key] = taken
            memory += (about.rss - about.shared) / 2**20
        self.peak_mb = max(self.peak_mb, memory)
        self._looks.append((time.time(), dict(self._spent)))


def child_scan(request: dict[str, Any]) -> dict[str, Any]:
    """Run a scan in this process; when it was how far."""
    from engine.model.serving import load_served
    from engine.scan.request import ScanRequest
    from engine.scan.run import scan

    marks: list[tuple[int, float]] = []

    def tell(kind: str, data: dict[str, Any]) -> None:
        if kind == "progress":
            marks.append((data["done"], time.time()))

    begun = time.time()
    result = scan(checked(ScanRequest, request), tell, lambda: False, load_served)
    return {"begun": begun, "marks": marks, "boxes": result["detections"]}


def child_plain(request: dict[str, Any]) -> dict[str, Any]:
    """The same work as a plain loop in this process: read, asked, kept and written by the same functions."""
    from engine.model.serving import load_served
    from engine.scan.asking import Asker
    from engine.scan.ledger import Ledger
    from engine.scan.probing import probed_here
    from engine.scan.reading import read_scene
    from engine.scan.request import ScanRequest
    from engine.scan.run import found

    begun = time.time()
    asked = checked(ScanRequest, request)
    ledger = Ledger(Path(asked.output))
    ledger.begin()
    look = probed_here(asked, load_served).look
    served = load_served(asked.model)
    asker, windows, marks = Asker(look, served, ledger), 0, []
    for scene in found(asked, lambda: False).scenes:
        for pile in read_scene(look, scene, {}):
            windows += asker.take(pile).windows
        marks.append((windows, time.time()))
    boxes = sum(row["detections"] for row in ledger.rows(failed=False))
    return {"begun": begun, "marks": marks, "boxes": boxes}


def child(kind: str, request: dict[str, Any], cores: list[int] | None) -> dict[str, Any]:
    """Run one of the two in a process of its own, kept to these cores; what it took from its warm state to its end.

    Its end is its last window. ``start_s`` is the time until its first windows were done, ``all_s`` that of everything.
    """
    command = [sys.executable, "-m", "tools.bench.scan", "--child", kind, json.dumps(request)]
    keep = (lambda: os.sched_setaffinity(0, cores)) if cores else None
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, preexec_fn=keep) as run:
        meter = Meter(run.pid)
        said, _ = run.communicate()
        ended = time.time()
        meter.end()
    if run.returncode:
        raise RuntimeError(f"The measured {kind} run ended with exit code {run.returncode}.")
    told = json.loads(said.splitlines()[-1])
    first = next((done, when) for done, when in told["marks"] if done)
    warm = next((done, when) for done, when in told["marks"] if done >= WARM)
    last = next((done, when) for done, when in told["marks"] if done == told["marks"][-1][0])
    before, after = meter.cpu_s(warm[1]), meter.cpu_s(last[1])
    spent = {role: round(after[role] - before[role], 2) for role in after}
    return {
        "windows": last[0] - warm[0],
        "wall_s": last[1] - warm[1],
        "cpu_s": sum(spent.values()),
        "cpu_of": spent,
        "start_s": round(first[1] - told["begun"], 1),
        "all_s": round(ended - told["begun"], 1),
        "peak_mb": meter.peak_mb,
        "boxes": told["boxes"],
    }


def efficiency(place: Path, calm: bool) -> Figure:
    """Windows a core and second with two workers against one, on pinned cores."""
    write_scenes(place / "scenes", SCENES, SIDE_PX)
    cores = sorted(os.sched_getaffinity(0))[:2]
    asked = {"source": str(place / "scenes"), "queries": [QUERY], "cores": 1}
    by = "wall_s" if calm else "cpu_s"
    one = child("scan", {**asked, "output": str(place / "one"), "workers": 1}, cores[:1])
    two = child("scan", {**asked, "output": str(place / "two"), "workers": 2}, cores)
    if two["boxes"] != one["boxes"]:
        raise RuntimeError(f"One worker found {one['boxes']} boxes, two found {two['boxes']}.")
    share = a_window(one, by) / a_window(two, by) / (2 if calm else 1)
    detail = {"by": by, "one": shown(one), "two": shown(two)}
    return Figure("scan_efficiency", share, 0.9, at_least=True, detail=detail)


def overhead_in_turns(place: Path) -> Figure:
    """A window's time with one worker against the plain loop, both in turns on one core."""
    write_scenes(place / "scenes", TURN_SCENES, SIDE_PX)
    asked = {"source": str(place / "scenes"), "queries": [QUERY], "cores": 1, "workers": 1}
    return overhead(place, min(os.sched_getaffinity(0)), lambda output: {**asked, "output": output})


def a_window(run: dict[str, Any], by: str) -> float:
    """Seconds that a window took."""
    return float(run[by] / run["windows"])


def shown(run: dict[str, Any]) -> dict[str, Any]:
    """A run as the report has it."""
    names = ("windows", "wall_s", "cpu_s", "cpu_of", "start_s", "all_s")
    return {name: round(run[name], 2) if isinstance(run[name], float) else run[name] for name in names}


def memory(place: Path) -> Figure:
    """Peak memory of all processes of a scan of many scenes against one of few; each scene is one window."""
    peaks = []
    for number in (FEW, MANY):
        write_scenes(place / f"scenes{number}", number, SMALL_PX)
        asked = {
            "source": str(place / f"scenes{number}"),
            "queries": [QUERY],
            "zoom": "overview",
            "workers": 2,
        }
        peaks.append(child("scan", {**asked, "output": str(place / f"out{number}")}, None)["peak_mb"])
    detail = {f"{number}_mb": round(peak) for number, peak in zip((FEW, MANY), peaks, strict=True)}
    return Figure("scan_memory_ratio", peaks[1] / peaks[0], 1.1, at_least=False, detail=detail)


def others_load() -> float:
    """Cores that other programs use, over two seconds."""
    return psutil.cpu_percent(2.0) / 100 * (psutil.cpu_count() or 1)


def measure(keys: set[str]) -> list[Figure]:
    """The figures named in ``keys``."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="bench-scan-") as name:
        place = Path(name)
        os.environ["REMOTEZERO_HOME"] = str(place / "home")
        if "scan_efficiency" in keys:
            figures.append(efficiency(place / "cores", others_load() < CALM))
        if "scan_overhead" in keys:
            figures.append(overhead_in_turns(place / "turns"))
        if "scan_memory_ratio" in keys:
            figures.append(memory(place / "memory"))
        if "scan_rows_wrong" in keys:
            write_scenes(place / "kills" / "scenes", KILLED_SCENES, SIDE_PX, seed=2)
            figures.append(kills(place / "kills"))
        if "scan_node_rows_wrong" in keys:
            from tools.bench.scan_nodes import lost_node

            write_scenes(place / "nodes" / "scenes", NODE_SCENES, NODE_SIDE_PX, seed=2)
            figures.append(lost_node(place / "nodes"))
    if "scan_bytes" in keys:
        from tools.bench.scan_bytes import scan_bytes

        figures.append(scan_bytes())
    return figures


def main() -> int:
    """Measure, print, write."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--only", nargs="+", choices=KEYS, default=KEYS, metavar="KEY")
    arguments.add_argument("--child", nargs=2, metavar=("KIND", "REQUEST"), help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.child:
        kind, request = chosen.child
        run = {"scan": child_scan, "plain": child_plain}[kind]
        print("\n" + json.dumps(run(json.loads(request))))
        return 0
    begun = time.perf_counter()
    figures = measure(set(chosen.only))
    print(table(figures))
    earlier = json.loads(REPORT.read_text(encoding="utf-8")) if REPORT.is_file() else {}
    taken = {
        figure.key: {
            "value": round(figure.value, 4), "target": figure.target, "met": figure.met, "detail": figure.detail,
            "taken": round(time.time()),
        }
        for figure in figures
    }  # fmt: skip
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(REPORT, json.dumps({**earlier, **taken}, indent=2) + "\n")
    print(f"\n{time.perf_counter() - begun:.0f} s; written to {REPORT}")
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
