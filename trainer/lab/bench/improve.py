"""``python -m trainer.lab.bench.improve``: does the model get better on imagery that nobody labelled?

One run is a region, a method and a seed: a child process like any other run of the trainer, on chips of the
drawn world without their boxes, measured afterwards on other scenes of the region and at home. Each run's
result is kept as it ends; the bench goes on where it was stopped, and the report is made of what is there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.catalogue.models import find_model
from engine.errors import JobError
from engine.files import write_atomic
from trainer.chips import CutChip
from trainer.lab.bench.report import write_bench_report
from trainer.lab.real import REAL, pictures, records
from trainer.queries import Pair

METHODS: Mapping[str, Mapping[str, Any]] = {
    "self": {},
    "supervised": {"reward": "iou"},
    "paper": {"reward": "paper"},
    "recipe of the paper": {"recipe": "paper"},
    "paper, no area penalty": {"reward": "paper", "area_weight": 0.0},
    "paper, strict crops": {"reward": "paper", "margin": 0.0},
    "contrast": {"reward": "contrast"},
    "contrast, no area penalty": {"reward": "contrast", "area_weight": 0.0},
    "harder questions": {"harder_questions": True},
    "external verifier": {"external_verifier": "BASE"},
}
MAIN = ("self", "supervised")
ABLATED = "winter"
"""Where the other methods are compared, with one seed: each of them takes as long as any run."""


def main() -> None:
    """Run what is missing, then write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("build/bench-improve"), help="keeps every run")
    parser.add_argument("--report", type=Path, default=Path("build/reports/bench-improve.json"))
    parser.add_argument("--model", default=None, help="name or folder; the default model otherwise")
    parser.add_argument("--regions", nargs="*", default=None)
    parser.add_argument(
        "--methods", nargs="*", default=[], choices=sorted(METHODS),
        help=f"else {' and '.join(MAIN)} everywhere, the others in {ABLATED}",
    )  # fmt: skip
    parser.add_argument("--seeds", type=int, nargs="*", default=[0, 1, 2])
    parser.add_argument("--minutes", type=float, default=60.0, help="of training per run, at most")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--real", type=Path, default=Path("../shared/data/windows"), help="real pictures")
    parser.add_argument("--steps", type=int, default=20, help="a round")
    parser.add_argument("--scenes", type=int, default=400)
    parser.add_argument("--test-scenes", type=int, default=100)
    parser.add_argument("--settings", type=json.loads, default={}, help="JSON with more knobs")
    parser.add_argument("--report-only", action="store_true")
    arguments = parser.parse_args()
    for region, method, seed in [] if arguments.report_only else _order(arguments):
        run = BenchRun(arguments, region, method, seed)
        if not (run.folder / "result.json").is_file():
            sys.stdout.write(f"{region} / {method} / seed {seed}\n")
            sys.stdout.flush()
            if not (run.folder / "report.html").is_file():
                run.train()
            run.evaluate()
    write_bench_report(arguments.folder, arguments.report)


def _order(arguments: argparse.Namespace) -> Iterable[tuple[str, str, int]]:
    """Seeds outermost, so that a bench that was stopped early has every region once; the other methods last."""
    from trainer.lab.scenes import REGIONS

    everywhere = [name for name in REGIONS if name != "home"]
    if records(arguments.real, test=True):
        everywhere.append(REAL)
    regions = arguments.regions or everywhere
    methods = arguments.methods or MAIN
    yield from ((r, m, s) for s in arguments.seeds for r in regions for m in methods)
    if not arguments.methods and ABLATED in regions:
        yield from ((ABLATED, m, arguments.seeds[0]) for m in METHODS if m not in MAIN)


class BenchRun:
    """One region, method and seed."""

    def __init__(self, arguments: argparse.Namespace, region: str, method: str, seed: int) -> None:
        self.arguments, self.region, self.method, self.seed = arguments, region, method, seed
        self.spec = find_model(arguments.model)
        name = f"{region}-{method}-s{seed}".replace(", ", "-").replace(" ", "-")
        self.folder: Path = (arguments.folder / name).absolute()

    def train(self) -> None:
        """Lay out the region and run the trainer over it, in a process of its own.

        Raises:
            JobError: the trainer failed.
        """
        from engine.model.loaded import load_model
        from trainer.lab.bench.world import write_run

        supervised = self.method == "supervised"
        if not (self.folder / "state.json").is_file():
            shutil.rmtree(self.folder, ignore_errors=True)
            model = load_model(self.spec)
            write_run(self.folder, model, self._chips(), self.seed, with_boxes=supervised)
            model.close()
        knobs = {key: value for key, value in METHODS[self.method].items() if value != "BASE"}
        request = {
            "rasters": [f"{self.region}.tif"],
            "model": str(self.spec.path),
            "adapter": "none",
            "rounds": self.arguments.rounds,
            "minutes": self.arguments.minutes,
            **({} if "recipe" in knobs else {"steps": self.arguments.steps}),
            "run_dir": str(self.folder),
            "seed": self.seed,
            **self.arguments.settings,
            **knobs,
        }
        if METHODS[self.method].get("external_verifier") == "BASE":
            request["external_verifier"] = str(self.spec.path)
        if supervised:
            request["boxes"] = "kept-with-the-pairs"
        self._spawn(request)

    def _chips(self) -> Iterable[tuple[CutChip, list[Pair]]]:
        from trainer.lab.bench.world import scenes

        if self.region == REAL:
            return pictures(self.arguments.real, self.spec.chip_px)
        return scenes(self.region, self.seed, self.arguments.scenes)

    def _spawn(self, request: Mapping[str, Any]) -> None:
        path = self.folder / "request.json"
        path.write_text(json.dumps(request, indent=2), encoding="utf-8")
        environment = {**os.environ, "REMOTEZERO_HOME": str(self.folder / "home")}
        with (self.folder / "events.ndjson").open("a") as events, (self.folder / "log").open("a") as log:
            done = subprocess.run(
                [sys.executable, "-m", "trainer", str(path)],
                stdin=subprocess.DEVNULL, stdout=events, stderr=log, env=environment, check=False,
            )  # fmt: skip
        if done.returncode:
            raise JobError(f"The run in {self.folder} ended with code {done.returncode}. Read its log.")

    def evaluate(self) -> None:
        """Measure the base and every round's adapter with the truth, and keep the result."""
        from engine.model.loaded import load_model
        from trainer.lab.mini.evaluate import measure_airplanes, measure_region

        rounds = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))["rounds"]
        model = load_model(self.spec)
        sides = {"region": self.region, "home": "home"}

        def side(region: str, adapter: str | None) -> dict[str, Any]:
            kept = self.arguments.folder / f"base-{region}-{self.arguments.test_scenes}.json"
            if adapter is None and kept.is_file():
                before: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
                return before
            if region == REAL:
                real = self.arguments.real
                found = measure_airplanes(model, real, records(real, test=True))
            else:
                found = measure_region(model, region, self.arguments.test_scenes)
            if adapter is None:
                write_atomic(kept, json.dumps(found))
            return found

        def measured(adapter: str | None) -> dict[str, Any]:
            model.use(policy=adapter, verifier=adapter)
            return {name: side(region, adapter) for name, region in sides.items()}

        results: list[dict[str, Any]] = [{"round": 0, "promoted": True, **measured(None)}]
        for entry in rounds:
            name = f"r{entry['round']}"
            model.add_adapter(name, self.folder / f"round-{entry['round']}" / "adapter")
            results.append(
                {
                    "round": entry["round"],
                    "promoted": entry["promoted"],
                    "reason": entry["reason"],
                    "steps": max((int(point["step"]) for point in entry["curve"]), default=0),
                    "seconds": max((point["seconds"] for point in entry["curve"]), default=0.0),
                    **measured(name),
                }
            )
        text = json.dumps(
            {
                "region": self.region,
                "method": self.method,
                "seed": self.seed,
                "minutes": self.arguments.minutes,
                "settings": {**METHODS[self.method], **self.arguments.settings},
                "finished": time.strftime("%Y-%m-%d %H:%M"),
                "rounds": results,
            },
            indent=2,
        )
        write_atomic(self.folder / "result.json", text)
        _print(results)


def _print(results: Sequence[Mapping[str, Any]]) -> None:
    for entry in results:
        region, home = entry["region"], entry["home"]
        sys.stdout.write(
            f"  round {entry['round']}: region Acc@0.5 {region['acc50']:.3f}, mIoU {region['miou']:.3f}, "
            f"AUROC {region['auroc']:.3f}; home Acc@0.5 {home['acc50']:.3f}; "
            f"{'kept' if entry['promoted'] else 'refused'}\n"
        )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
