"""``python -m trainer.lab.bench.improve``: does the model get better on imagery that nobody labelled?

One run is a region, a method and a seed: a child process like any other run of the trainer, on chips of the
drawn world or of real pictures without their boxes, measured afterwards on other scenes of the region, or other
places, and at home. Each run's result is kept as it ends; the bench goes on where it was stopped, and the report
is made of what is there. Several processes may share a folder: each is given regions, methods and seeds of its own
and ``--runs-only``, and a last one makes the report with ``--report-only``. With ``OMP_NUM_THREADS=1`` each of them
keeps to one core.
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

from filelock import FileLock

from engine.catalogue.models import find_model
from engine.errors import JobError
from engine.evaluate.cases import Cases
from engine.files import write_atomic
from engine.model.loaded import LoadedModel
from engine.types import Pixels
from trainer.chips import CutChip
from trainer.config import RoundConfig
from trainer.lab.bench.levels import no_change
from trainer.lab.bench.report import write_bench_report
from trainer.lab.bench.tables import as_table
from trainer.lab.real import REAL_SETS, measure_set, pictures, set_figures, set_gain
from trainer.queries import Pair

TRADED = (0.25, 0.5, 0.75)
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
    parser.add_argument("--photos", type=Path, default=Path("../shared/data/real"), help="real sets")
    parser.add_argument(
        "--abroad",
        type=Path,
        default=Path("../shared/data/windows"),
        help="airplanes that are only measured on",
    )
    parser.add_argument("--steps", type=int, default=20, help="a round")
    parser.add_argument("--scenes", type=int, default=400)
    parser.add_argument("--test-scenes", type=int, default=100)
    parser.add_argument("--settings", type=json.loads, default={}, help="JSON with more knobs")
    parser.add_argument(
        "--trade",
        action="store_true",
        help="measure shares of the first round, too: what gain costs in “none”",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--report-only", action="store_true", help="run nothing")
    what.add_argument(
        "--runs-only",
        action="store_true",
        help="write no report: for processes side by side in one folder, each with runs of its own",
    )
    arguments = parser.parse_args()
    for region, method, seed in [] if arguments.report_only else _order(arguments):
        run = BenchRun(arguments, region, method, seed)
        if not (run.folder / "result.json").is_file():
            sys.stdout.write(f"{region} / {method} / seed {seed}\n")
            sys.stdout.flush()
            if not (run.folder / "report.html").is_file():
                run.train()
            run.evaluate()
        if arguments.trade and not (run.folder / "traded.json").is_file():
            run.trade()
    if arguments.runs_only:
        return
    levels = arguments.folder / "levels.json"
    if not levels.is_file():
        write_atomic(levels, json.dumps(no_change()))
    sys.stdout.write(as_table(write_bench_report(arguments.folder, arguments.report)))


def _order(arguments: argparse.Namespace) -> Iterable[tuple[str, str, int]]:
    """Seeds outermost, so that a bench that was stopped early has every region once; the other methods last."""
    from trainer.lab.scenes import REGIONS

    everywhere = [name for name in REGIONS if name != "home"]
    if arguments.photos.is_dir():
        everywhere += REAL_SETS
    regions = arguments.regions or everywhere
    methods = arguments.methods or MAIN
    yield from (
        (r, m, s)
        for s in arguments.seeds
        for r in regions
        for m in methods
        if r not in REAL_SETS or METHODS[m].get("reward") != "iou"
    )
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

        if self.region in REAL_SETS:
            return pictures(self.region, self.arguments.photos, self.spec.chip_px)
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

        rounds = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))["rounds"]
        model = load_model(self.spec)
        measured = Measuring(self.arguments, model, self.region)
        results: list[dict[str, Any]] = [{"round": 0, "promoted": True, **measured(None)}]
        for entry in rounds:
            name = f"r{entry['round']}"
            model.add_adapter(name, self.folder / f"round-{entry['round']}" / "adapter")
            results.append(
                {
                    "round": entry["round"],
                    "promoted": entry["promoted"],
                    "reason": entry["reason"],
                    "kept": entry["home"] and {**entry["home"], "tried": entry.get("tried", [])},
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

    def trade(self) -> None:
        """Measure the region at several shares of what the first round learned, and keep the figures.

        Raises:
            JobError: the run has no round, or kept only a share of it, so that the rest is not on disk.
        """
        from engine.model.loaded import load_model
        from trainer.rollout.student import Student

        state = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
        first = state["rounds"][0] if state["rounds"] else None
        if first is None or first["tried"][-1]["share"] < 1:
            raise JobError(f"The run in {self.folder} has no whole first round, so nothing can be traded.")
        request = json.loads((self.folder / "request.json").read_text(encoding="utf-8"))
        rank = RoundConfig().rank if request.get("rank") is None else int(request["rank"])
        loaded = load_model(self.spec)
        student = Student(loaded, rank, _no_pixels, None, self.seed)
        for share in TRADED:
            student.begin_between(self.folder / "round-1" / "adapter", share)
            student.save(self.folder / f"share-{round(100 * share)}")
        loaded.close()
        model = load_model(self.spec)
        measured = Measuring(self.arguments, model, self.region)
        ends = json.loads((self.folder / "result.json").read_text(encoding="utf-8"))["rounds"]
        points = [{"share": 0.0, "region": ends[0]["region"]}]
        for share in TRADED:
            name = f"share-{round(100 * share)}"
            model.add_adapter(name, self.folder / name)
            points.append({"share": share, "region": measured.region(name)})
        points.append({"share": 1.0, "region": ends[1]["region"]})
        write_atomic(self.folder / "traded.json", json.dumps(points, indent=2))


def _no_pixels(chip: int) -> Pixels:
    raise NotImplementedError(f"chip {chip} was asked for where weights alone are")


class Measuring:
    """Measures adapters of a model in a region, or on the pictures of a real set, and at home.

    Args:
        arguments: of the bench.
        model: the base.
        region: or the name of a real set.
    """

    def __init__(self, arguments: argparse.Namespace, model: LoadedModel, region: str) -> None:
        self._arguments, self._model, self._region = arguments, model, region
        self._before: Cases | None = None

    def __call__(self, adapter: str | None) -> dict[str, Any]:
        """The figures under an adapter, the base first."""
        return {"region": self.region(adapter), "home": self._drawn("home", adapter)}

    def region(self, adapter: str | None) -> dict[str, Any]:
        """Those of the region alone."""
        self._model.use(policy=adapter, verifier=adapter)
        return self._set(adapter) if self._region in REAL_SETS else self._drawn(self._region, adapter)

    def _drawn(self, region: str, adapter: str | None) -> dict[str, Any]:
        """Other scenes of a region; the base is measured once for all runs."""
        from trainer.lab.mini.evaluate import measure_region

        scenes = self._arguments.test_scenes
        if adapter is not None:
            return measure_region(self._model, region, scenes)
        kept = self._arguments.folder / f"base-{region}-{scenes}.json"
        # A run beside this one may be measuring the base just now: what it finds is waited for.
        with FileLock(kept.with_suffix(".lock")):
            if not kept.is_file():
                write_atomic(kept, json.dumps(measure_region(self._model, region, scenes)))
        before: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        return before

    def _set(self, adapter: str | None) -> dict[str, Any]:
        """A real set, with what changed against the base and its interval."""
        cases = measure_set(self._model, self._region, self._arguments.photos, self._arguments.abroad)
        figures = set_figures(cases)
        if adapter is None:
            self._before = cases
        elif self._before is not None:
            figures["gain"] = set_gain(cases, self._before)
        return figures


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
