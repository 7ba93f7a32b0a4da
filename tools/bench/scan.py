"""Figures of a scan beside their targets, in ``build/reports/bench-scan.json``.

    python -m tools.bench.scan [--only KEY …]

Efficiency and overhead are taken with everything of a scan, Ray and its readers included, kept to one core and to two,
after the start, with the default model. Where other programs use the cores, so that wall-clock time says nothing, they
are taken in processor time: what a window costs, which is what a core that is not shared would take. ``by`` says which.
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

REPORT = ROOT / "build" / "reports" / "bench-scan.json"
SCENES, SIDE_PX = 48, 500
FEW, MANY, SMALL_PX = 200, 2000, 240
KILLED_SCENES = 16
WARM = 30
"""Windows before the measuring begins."""

CALM = 0.5
"""Load of other programs, in cores, below which wall-clock time is believed."""

KEYS = ("scan_efficiency", "scan_overhead", "scan_memory_ratio", "scan_rows_wrong", "scan_bytes")


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
    """Watches this process and all below it: processor time, and memory at its highest."""

    def __init__(self) -> None:
        """Begin to watch."""
        self._own, self.peak_mb, self._ended = psutil.Process(), 0.0, threading.Event()
        self._cpu: dict[tuple[int, float], tuple[str, float]] = {}
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def cpu_s(self) -> dict[str, float]:
        """Processor time so far by who took it, processes that have ended included."""
        self._look()
        spent = dict.fromkeys(("workers", "readers", "driver", "ray"), 0.0)
        for role, seconds in self._cpu.values():
            spent[role] += seconds
        return spent

    def _role(self, process: psutil.Process) -> str:
        if process.pid == self._own.pid:
            return "driver"
        try:
            title = " ".join(process.cmdline()[:1])
        except psutil.Error:  # it has just ended
            title = ""
        if "MapWorker" in title:
            return "workers"
        return "readers" if title.startswith("ray::") else "ray"

    def end(self) -> None:
        """Watch no longer."""
        self._ended.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.5):
            self._look()

    def _look(self) -> None:
        memory = 0.0
        for process in [self._own, *self._own.children(recursive=True)]:
            try:
                times, about = process.cpu_times(), process.memory_info()
            except psutil.Error:
                continue
            key = (process.pid, process.create_time())
            role = self._cpu[key][0] if key in self._cpu else ""
            role = role if role == "workers" else self._role(process)
            self._cpu[key] = (role, times.user + times.system)
            memory += (about.rss - about.shared) / 2**20
        self.peak_mb = max(self.peak_mb, memory)


def child_scan(request: dict[str, Any]) -> dict[str, Any]:
    """Run a scan in this process, and measure it between its first and its last told window."""
    from engine.model.serving import load_served
    from engine.scan.request import ScanRequest
    from engine.scan.run import scan

    meter, marks = Meter(), []

    def tell(kind: str, data: dict[str, Any]) -> None:
        if kind == "progress" and data["done"] >= WARM:
            marks.append((data["done"], time.perf_counter(), meter.cpu_s()))

    result = scan(checked(ScanRequest, request), tell, lambda: False, load_served)
    meter.end()
    (first, began, cpu), (last, ended, cpu_end) = marks[0], marks[-1]
    spent = {role: round(cpu_end[role] - cpu[role], 2) for role in cpu_end}
    return {
        "windows": last - first,
        "wall_s": ended - began,
        "cpu_s": sum(spent.values()),
        "cpu_of": spent,
        "peak_mb": meter.peak_mb,
        "boxes": result["detections"],
    }


def child_plain(request: dict[str, Any]) -> dict[str, Any]:
    """The same work as a plain loop in this process: read, asked, kept and written by the same functions."""
    from engine.model.serving import load_served
    from engine.scan.asking import Asker
    from engine.scan.ledger import Ledger
    from engine.scan.probing import probed_here
    from engine.scan.reading import read_scene
    from engine.scan.request import ScanRequest
    from engine.scan.run import found

    asked = checked(ScanRequest, request)
    ledger = Ledger(Path(asked.output))
    ledger.begin()
    look = probed_here(asked, load_served).look
    served = load_served(asked.model)
    asker, windows, marks = Asker(look, served, ledger), 0, []
    for scene in found(asked, lambda: False).scenes:
        for pile in read_scene(look, scene, {}):
            windows += asker.take(pile).windows
        if windows >= WARM:
            marks.append((windows, time.perf_counter(), time.process_time()))
    (first, began, cpu), (last, ended, cpu_end) = marks[0], marks[-1]
    boxes = sum(row["detections"] for row in ledger.rows(failed=False))
    return {"windows": last - first, "wall_s": ended - began, "cpu_s": cpu_end - cpu, "boxes": boxes}


def child(kind: str, request: dict[str, Any], cores: list[int] | None) -> dict[str, Any]:
    """Run one of the two in a process of its own, kept to these cores."""
    command = [sys.executable, "-m", "tools.bench.scan", "--child", kind, json.dumps(request)]
    keep = (lambda: os.sched_setaffinity(0, cores)) if cores else None
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, preexec_fn=keep, check=False)
    if done.returncode:
        raise RuntimeError(f"The measured {kind} run ended with exit code {done.returncode}.")
    return json.loads(done.stdout.splitlines()[-1])


def efficiency_and_overhead(place: Path, calm: bool) -> list[Figure]:
    """Windows a core and second with two workers against one, and one against the plain loop, on pinned cores."""
    write_scenes(place / "scenes", SCENES, SIDE_PX)
    cores = sorted(os.sched_getaffinity(0))[:2]
    asked = {"source": str(place / "scenes"), "queries": [QUERY], "cores": 1}
    plain = child("plain", {**asked, "output": str(place / "plain")}, cores[:1])
    one = child("scan", {**asked, "output": str(place / "one"), "workers": 1}, cores[:1])
    two = child("scan", {**asked, "output": str(place / "two"), "workers": 2}, cores)
    if not plain["boxes"] == one["boxes"] == two["boxes"]:
        raise RuntimeError(f"Three runs found {plain['boxes']}, {one['boxes']} and {two['boxes']} boxes.")
    by = "wall_s" if calm else "cpu_s"
    spent = {name: run[by] / run["windows"] for name, run in (("plain", plain), ("one", one), ("two", two))}
    efficiency = spent["one"] / spent["two"] / (2 if calm else 1)
    detail = {
        "by": by,
        **{f"one_{what}": round(one[what], 2) for what in ("wall_s", "cpu_s")},
        **{f"two_{what}": round(two[what], 2) for what in ("wall_s", "cpu_s")},
        "windows": one["windows"],
        "two": two["cpu_of"],
    }
    against = {
        "by": by,
        "one": one["cpu_of"],
        "windows": plain["windows"],
        "plain_wall_s": round(plain["wall_s"], 2),
        "plain_cpu_s": round(plain["cpu_s"], 2),
    }
    return [
        Figure("scan_efficiency", efficiency, 0.9, at_least=True, detail=detail),
        Figure("scan_overhead", spent["one"] / spent["plain"] - 1, 0.1, at_least=False, detail=against),
    ]


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
        if keys & {"scan_efficiency", "scan_overhead"}:
            figures += efficiency_and_overhead(place / "cores", others_load() < CALM)
        if "scan_memory_ratio" in keys:
            figures.append(memory(place / "memory"))
        if "scan_rows_wrong" in keys:
            write_scenes(place / "kills" / "scenes", KILLED_SCENES, SIDE_PX, seed=2)
            figures.append(kills(place / "kills"))
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
