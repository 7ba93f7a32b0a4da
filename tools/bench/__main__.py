"""Prints the engine's figures beside their targets and writes ``build/reports/bench.json``.

    python -m tools.bench [--model NAME_OR_FOLDER] [--only KEY …]

Every figure is taken against its baseline in the same run. With ``--only`` the report keeps the other
figures as they were; ``taken`` says when each one was, in seconds since 1970, and ``seconds`` how long the
latest run took. Exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time

from engine.files import write_atomic
from tools.bench.figure import Figure, table
from tools.bench.memory import memory_ratio
from tools.bench.places import DEMO, REPORT
from tools.bench.reading import read_ratio
from tools.bench.served import served

SERVED = {"overhead_share", "first_detection_s", "cancel_s"}
ON_MODEL = {"speedup_vs_naive", "verifier_speedup", "evaluate_ratio", "evaluate_growth_mb"}
KEYS = ("read_ratio", "memory_ratio", *sorted(SERVED), *sorted(ON_MODEL))


def measure(keys: set[str], model: str | None) -> list[Figure]:
    """The figures named in ``keys``; those that share a process are taken together."""
    figures: list[Figure] = []
    if "read_ratio" in keys:
        figures.append(read_ratio())
    if keys & SERVED:
        figures += served(model)
    if "memory_ratio" in keys:
        figures.append(memory_ratio(model))
    if keys & ON_MODEL:
        figures += on_model(keys, model)
    return [figure for figure in figures if figure.key in keys]


def on_model(keys: set[str], model: str | None) -> list[Figure]:
    """The figures that need the model in this process."""
    from engine.catalogue.models import find_model
    from engine.model.loaded import load_model
    from engine.model.serving import questions_at_once
    from tools.bench.deciding import verifier_speedup
    from tools.bench.evaluating import evaluate_ratio
    from tools.bench.speed import speedup_vs_naive

    loaded = load_model(find_model(model))
    figures = [speedup_vs_naive(loaded, questions_at_once(loaded))] if "speedup_vs_naive" in keys else []
    if "verifier_speedup" in keys:
        figures.append(verifier_speedup(loaded))
    return [*figures, *evaluate_ratio(loaded)] if keys & {"evaluate_ratio", "evaluate_growth_mb"} else figures


def write(figures: list[Figure], seconds: float) -> None:
    """Put the figures into the report, beside those that this run did not take."""
    earlier = json.loads(REPORT.read_text(encoding="utf-8")) if REPORT.is_file() else {}
    taken = round(time.time())
    parts = {
        "targets": {figure.key: figure.target for figure in figures},
        "met": {figure.key: figure.met for figure in figures},
        "detail": {figure.key: figure.detail for figure in figures},
        "taken": {figure.key: taken for figure in figures},
    }
    report = {
        **{key: earlier[key] for key in KEYS if key in earlier},
        **{figure.key: round(figure.value, 4) for figure in figures},
        **{name: {**earlier.get(name, {}), **part} for name, part in parts.items()},
        "machine": {
            "cores": os.cpu_count(),
            "processor": platform.machine(),
            "python": platform.python_version(),
        },
        "seconds": round(seconds, 1),
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(REPORT, json.dumps(report, indent=2) + "\n")


def main() -> int:
    """Measure, print, write."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--model", help="name or folder; default: the default model")
    arguments.add_argument("--only", nargs="+", choices=KEYS, default=KEYS, metavar="KEY")
    chosen = arguments.parse_args()
    if not DEMO.is_file():
        print(f"{DEMO} is missing; make it with: python -m trainer.lab.scenes.samples {DEMO.parent}")
        return 2
    begun = time.perf_counter()
    figures = measure(set(chosen.only), chosen.model)
    print(table(figures))
    write(figures, time.perf_counter() - begun)
    print(f"\n{sum(figure.met for figure in figures)} of {len(figures)} targets met; written to {REPORT}")
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
