"""Runs the parts of the torture, each in child processes, and writes build/reports/torture.json after every part.

    python -m tools.torture [--parts raster,parser] [--count 50] [--seed 1]

A trial is one fault: drawn from the seed and its number alone, in a folder of its own. What came of it is
``read`` or ``resumed`` (it worked), ``refused`` (in the one right class), or else the fault is lost: another
class of error, a crash of the process, or no end within the time.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import selectors
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "build" / "reports" / "torture.json"


@dataclass(frozen=True)
class Part:
    """Trials of one kind.

    Attributes:
        trial: module and function, called with what draws and an empty folder.
        count: how many there are in a full run.
        tried, lost: keys of the report.
        seconds: a trial that takes longer hangs.
    """

    trial: str
    count: int
    tried: str
    lost: str
    seconds: float = 60.0


PARTS = {
    "raster": Part("files:raster", 2000, "raster_mutations", "raster_crashes"),
    "parser": Part("files:completion", 20_000, "completions", "stray_boxes"),
    "archives": Part("files:archive", 600, "adapter_archives", "archives_lost"),
    "folders": Part("files:folder", 200, "model_folders", "folders_lost"),
    "homes": Part("files:home", 300, "damaged_homes", "homes_lost"),
    "disk": Part("processes:full", 100, "full_disks", "full_disks_lost", 180.0),
    "limits": Part("processes:pinched", 100, "short_of_machine", "short_of_machine_lost", 300.0),
    "kills": Part("processes:killed", 100, "engine_kills", "lost_detections", 600.0),
    "trainer": Part("training:killed", 30, "trainer_kills", "adapter_mismatches", 1800.0),
    "races": Part("processes:raced", 50, "engine_races", "races_lost", 300.0),
    "strangers": Part("strangers:visited", 100, "strangers", "strangers_lost", 300.0),
    "verifiers": Part("verifiers:sabotaged", 20, "sabotaged_runs", "harmful_promotions", 300.0),
}


def main() -> int:
    """Run the parts that were asked for; returns 1 where a fault was lost."""
    reader = argparse.ArgumentParser(prog="python -m tools.torture", description=__doc__)
    reader.add_argument("--parts", default="", help=f"some of {', '.join(PARTS)}; all if left out")
    reader.add_argument("--count", type=int, help="trials of each part; those of a full run if left out")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--report", type=Path, default=REPORT)
    reader.add_argument("--go-on", action="store_true", help="leave out parts that the report has whole")
    reader.add_argument("--child", nargs=3, metavar=("PART", "FIRST", "END"), help=argparse.SUPPRESS)
    wanted = reader.parse_args()
    if wanted.child:
        name, first, end = wanted.child
        _child(name, wanted.seed, int(first), int(end))
        return 0
    names = [name for name in wanted.parts.replace(",", " ").split() if name] or list(PARTS)
    if unknown := set(names) - set(PARTS):
        reader.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    print(f"seed {wanted.seed}; a part again: make torture PARTS={names[0]} SEED={wanted.seed}")
    print(f"{'part':<10} {'tried':>7} {'survived':>9} {'refused':>8} {'lost':>5}")
    lost = 0
    for name in names:
        count = wanted.count or PARTS[name].count
        if wanted.go_on and is_whole(wanted.report, name, count, wanted.seed):
            print(f"{name:<10} is there")
            continue
        began = time.monotonic()
        counts, faults = run_part(name, count, wanted.seed)
        tried, gone = counts.total(), len(faults)
        worked = counts["read"] + counts["resumed"]
        print(f"{name:<10} {tried:>7} {worked:>9} {counts['refused']:>8} {gone:>5}", flush=True)
        for fault in faults[:5]:
            print(f"    {fault}")
        write(wanted.report, name, counts, faults, wanted.seed, time.monotonic() - began)
        lost += gone
    return 1 if lost else 0


def run_part(name: str, count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Run the trials 0 to ``count`` of a part; returns what came of them, and those that were lost."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    number = 0
    while number < count:
        number = _batch(name, seed, number, count, counts, faults)
    return counts, faults


def _batch(name: str, seed: int, first: int, end: int, counts: Counter[str], faults: list[str]) -> int:
    """Run trials in one child until all are done, or it died or hung; returns the number of the next one."""
    command = [
        sys.executable,
        "-m",
        "tools.torture",
        "--seed",
        str(seed),
        "--child",
        name,
        str(first),
        str(end),
    ]
    number = first
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        assert child.stdout is not None
        waiter = selectors.DefaultSelector()
        waiter.register(child.stdout, selectors.EVENT_READ)
        while number < end:
            how = "hung"
            line = ""
            if waiter.select(PARTS[name].seconds):
                line, how = child.stdout.readline(), "crashed"
            if not line:
                child.kill()
                counts[how] += 1
                faults.append(f"{name} {number}: {how}")
                return number + 1
            outcome = json.loads(line)
            counts[outcome["outcome"]] += 1
            if outcome["outcome"] == "wrong":
                faults.append(f"{name} {number}: {outcome['why']}")
            number += 1
    return number


def _child(name: str, seed: int, first: int, end: int) -> None:
    """Run trials here, one line of JSON each on what was standard output: libraries write to that, too."""
    told = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    module, function = PARTS[name].trial.split(":")
    trial = getattr(importlib.import_module(f"tools.torture.{module}"), function)
    for number in range(first, end):
        folder = Path(tempfile.mkdtemp(prefix="torture-"))
        os.environ["REMOTEZERO_HOME"] = str(folder / "home")
        (folder / "work").mkdir()
        about: dict[str, Any]
        try:
            about = {"outcome": trial(random.Random(f"{seed} {name} {number}"), folder / "work")}
        except Exception as error:  # noqa: BLE001 - whatever comes up here is what is looked for
            place = traceback.extract_tb(error.__traceback__)[-1]
            why = f"{type(error).__name__}: {str(error)[:300]} ({Path(place.filename).name}:{place.lineno})"
            about = {"outcome": "wrong", "why": why}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        told.write(json.dumps(about) + "\n")
        told.flush()


def is_whole(report: Path, name: str, count: int, seed: int) -> bool:
    """Whether a report has so many trials of a part, drawn from this seed."""
    known = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
    told = known.get("runs", {}).get(name, {})
    return bool(told.get("seed") == seed and told.get("tried", 0) >= count)


def write(
    report: Path, name: str, counts: Counter[str], faults: list[str], seed: int, seconds: float = 0.0
) -> None:
    """Put a part's figures into the report, beside those of parts that were run before."""
    known = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
    part = PARTS[name]
    known.setdefault("runs", {})[name] = {
        "tried": counts.total(),
        "seed": seed,
        "seconds": round(seconds),
        "finished": time.strftime("%Y-%m-%d %H:%M"),
        "faults": faults,
    }
    known.update({part.tried: counts.total(), part.lost: len(faults), "seed": seed})
    known.setdefault("wrong_classes", {})[name] = counts["wrong"]
    known.setdefault("outcomes", {})[name] = dict(sorted(counts.items()))
    known["wrong_class"] = sum(known["wrong_classes"].values())
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
