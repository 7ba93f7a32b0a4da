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
import queue
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from filelock import FileLock

from engine.files import write_atomic
from tools.torture.page import page
from tools.torture.parts import PARTS

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "build" / "reports" / "torture.json"
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""What is forked has none of the threads that a library started before."""
KEEP_S = 60.0
PATIENCE = 10


class Run:
    """What came of the trials of a part so far, and its place in the report.

    Args:
        name: of the part.
        seed: from which its trials are drawn.
    """

    def __init__(self, name: str, seed: int) -> None:
        self.name, self.seed = name, seed
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self._before_s, self._began = 0.0, time.monotonic()

    @property
    def tried(self) -> int:
        """How many trials there were; the next one has this number."""
        return self.counts.total()

    def tell(self, outcome: str, why: str) -> None:
        """Count one trial; ``why`` says what was lost, empty where nothing was."""
        self.counts[outcome] += 1
        if why:
            self.faults.append(why)

    @classmethod
    def read(cls, report: Path, name: str, seed: int) -> Run:
        """The run that a report holds, to go on with; an empty one where it has none from this seed."""
        run, told = cls(name, seed), _known(report).get("runs", {}).get(name, {})
        if told.get("seed") == seed:
            run.counts, run.faults = Counter(told["outcomes"]), told["faults"]
            run._before_s = told["seconds"]
        return run

    def write(self, report: Path) -> None:
        """Put the figures into the report, beside those of other parts."""
        report.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(report.with_suffix(".lock")):
            self._write(report)

    def _write(self, report: Path) -> None:
        known, part = _known(report), PARTS[self.name]
        known.setdefault("runs", {})[self.name] = {
            "tried": self.tried,
            "outcomes": dict(sorted(self.counts.items())),
            "faults": self.faults,
            "seed": self.seed,
            "seconds": round(self._before_s + time.monotonic() - self._began),
            "finished": time.strftime("%Y-%m-%d %H:%M"),
        }
        known.update({part.tried: self.tried, part.lost: len(self.faults), "seed": self.seed})
        known["wrong_class"] = sum(run["outcomes"].get("wrong", 0) for run in known["runs"].values())
        write_atomic(report, json.dumps(known, indent=2, sort_keys=True) + "\n")


def _known(report: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
    return known


def main() -> int:
    """Run the parts that were asked for; returns 1 where a fault was lost."""
    reader = argparse.ArgumentParser(prog="python -m tools.torture", description=__doc__)
    reader.add_argument("--parts", default="", help=f"some of {', '.join(PARTS)}; all if left out")
    reader.add_argument("--count", type=int, help="trials of each part; those of a full run if left out")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--report", type=Path, default=REPORT)
    reader.add_argument("--go-on", action="store_true", help="go on with what the report has")
    reader.add_argument("--page", type=Path, help="write what the report has as a page, and run nothing")
    reader.add_argument("--child", nargs=3, metavar=("PART", "FIRST", "END"), help=argparse.SUPPRESS)
    wanted = reader.parse_args()
    if wanted.child:
        name, first, end = wanted.child
        _child(name, wanted.seed, int(first), int(end))
        return 0
    if wanted.page:
        wanted.page.write_text(page(_known(wanted.report)), encoding="utf-8")
        print(f"{wanted.page}")
        return 0
    names = [name for name in wanted.parts.replace(",", " ").split() if name] or list(PARTS)
    if unknown := set(names) - set(PARTS):
        reader.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    print(f"seed {wanted.seed}; a part again: make torture PARTS={names[0]} SEED={wanted.seed}")
    print(f"{'part':<10} {'tried':>7} {'survived':>9} {'refused':>8} {'lost':>5}")
    lost = 0
    for name in names:
        run = Run.read(wanted.report, name, wanted.seed) if wanted.go_on else Run(name, wanted.seed)
        run_part(run, wanted.count or PARTS[name].count, lambda run: run.write(wanted.report))
        run.write(wanted.report)
        worked = run.counts["read"] + run.counts["resumed"]
        gone = len(run.faults)
        print(f"{name:<10} {run.tried:>7} {worked:>9} {run.counts['refused']:>8} {gone:>5}", flush=True)
        for fault in run.faults[:5]:
            print(f"    {fault}")
        lost += gone
    return 1 if lost else 0


def run_part(run: Run, count: int, keep: Callable[[Run], None] = lambda run: None) -> None:
    """Run the trials of a part that are missing up to ``count``; ``keep`` is called about once a minute."""
    kept = time.monotonic()

    def told(outcome: str, why: str = "") -> None:
        nonlocal kept
        run.tell(outcome, why)
        if time.monotonic() - kept > KEEP_S:
            keep(run)
            kept = time.monotonic()

    while run.tried < count:
        if _batch(run, count, told, PARTS[run.name].seconds):
            # A machine that is busy with other things lets anything take long: once more, alone and with more time.
            alone = run.tried + 1
            if _batch(run, alone, told, PATIENCE * PARTS[run.name].seconds):
                told("hung", f"{run.name} {run.tried}: hung")


def _batch(run: Run, end: int, told: Callable[[str, str], None], seconds: float) -> bool:
    """Run trials in one child until all are done, or it died, or one took longer than ``seconds``: then true."""
    whole = ["--seed", str(run.seed), "--child", run.name, str(run.tried), str(end)]
    lines: queue.Queue[str] = queue.Queue()
    with subprocess.Popen(
        [sys.executable, "-m", "tools.torture", *whole],
        cwd=ROOT, env=ONE_THREAD, stdout=subprocess.PIPE, text=True, start_new_session=True,
    ) as child:  # fmt: skip
        threading.Thread(target=_hand_on, args=(child.stdout, lines), daemon=True).start()
        first = run.tried
        while run.tried < end:
            try:  # the first one waits for the libraries as well
                line = lines.get(timeout=PATIENCE * seconds if run.tried == first else seconds)
            except queue.Empty:
                os.killpg(child.pid, signal.SIGKILL)
                return True
            if not line:
                told("crashed", f"{run.name} {run.tried}: crashed with code {child.wait()}")
                return False
            outcome = json.loads(line)
            told(outcome["outcome"], f"{run.name} {run.tried}: {outcome['why']}" if "why" in outcome else "")
    return False


def _hand_on(stream: IO[str], lines: queue.Queue[str]) -> None:
    """Every line of a child, and an empty one at its end."""
    for line in stream:
        lines.put(line)
    lines.put("")


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
        except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001 - whatever comes up is what is looked for
            place = traceback.extract_tb(error.__traceback__)[-1]
            why = f"{type(error).__name__}: {str(error)[:300]} ({Path(place.filename).name}:{place.lineno})"
            about = {"outcome": "wrong", "why": why}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        told.write(json.dumps(about) + "\n")
        told.flush()


if __name__ == "__main__":
    sys.exit(main())
