"""Puts the results of the bench together: the figures at the top, the tables below them."""

from __future__ import annotations

import itertools
import json
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.files import write_atomic
from trainer.lab.bench.tables import CURVE, SHOWN, as_table
from trainer.lab.scenes.regions import REGIONS

Result = Mapping[str, Any]
ASKED_SEEDS = 3
REAL_ASKED = 4
HOME_LOSS = 0.01
REAL_FIGURES = ("ap50", "recall", "precision", "absent_recall", "acc50", "miou")


def write_bench_report(folder: Path, report: Path) -> dict[str, Any]:
    """Collect every ``result.json`` below ``folder`` and write the report as JSON and as a table beside it."""
    results = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*/result.json"))]
    data: dict[str, Any] = {
        **headline(results),
        **_kept(folder / "speed.json"),
        "no_change": _kept(folder / "levels.json"),
        "missing": missing(results),
        "methods": by_method([r for r in results if is_drawn(r)]),
        "real": by_set([r for r in results if not is_drawn(r)]),
        "traded": traded(results),
        "curves": curves(folder),
        "runs": results,
    }
    report.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(report, json.dumps(data, indent=2))
    write_atomic(report.with_suffix(".md"), as_table(data))
    return data


def _kept(path: Path) -> dict[str, Any]:
    """What another part of the bench left, nothing where it was not run."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def is_drawn(result: Result) -> bool:
    """Whether a run learned from the drawn world; the others are named after a real set."""
    return result["region"] in REGIONS


def last_kept(result: Result) -> Mapping[str, Any]:
    """The round that would be in use at the end."""
    kept: list[Mapping[str, Any]] = [entry for entry in result["rounds"] if entry["promoted"]]
    return kept[-1]


def gain(result: Result, side: str, figure: str) -> float:
    """Change of a figure from the base to the last kept round."""
    return value_of(last_kept(result)[side], figure) - value_of(result["rounds"][0][side], figure)


def value_of(side: Mapping[str, Any], figure: str) -> float:
    """A figure of one side; ``plural`` is Acc@0.5 of the questions for several."""
    if figure == "plural":
        return float(side["by_type"]["plural"]["acc50"])
    return float(side[figure])


def harmful(result: Result) -> int:
    """Kept rounds that are worse than what was kept before them, by the truth: on their own ground or at home."""
    figure = "acc50" if is_drawn(result) else "ap50"
    kept = [entry for entry in result["rounds"] if entry["promoted"]]
    return sum(
        value_of(after["region"], figure) < value_of(before["region"], figure)
        or value_of(after["home"], "acc50") < value_of(before["home"], "acc50") - HOME_LOSS
        for before, after in itertools.pairwise(kept)
    )


def missing(results: Sequence[Result]) -> list[str]:
    """What was asked of the bench and not run, in words."""
    runs = {(r["region"], r["method"], r["seed"]) for r in results}
    regions = [name for name in REGIONS if name != "home"]
    real = {region for region, method, _ in runs if region not in REGIONS and method == "self"}
    lacking = []
    for method in ("self", "supervised"):
        count = sum((name, method, seed) in runs for name in regions for seed in range(ASKED_SEEDS))
        if count < ASKED_SEEDS * len(regions):
            lacking.append(f"{method}: {count} of {ASKED_SEEDS * len(regions)} runs on drawn regions")
    if len(real) < REAL_ASKED:
        lacking.append(f"real sets: {len(real)} of {REAL_ASKED}")
    return lacking


def headline(results: Sequence[Result]) -> dict[str, float | None]:
    """The figures that are asked for, over the runs of the method ``self``."""
    drawn = [result for result in results if is_drawn(result)]
    real = [result for result in results if not is_drawn(result) and result["method"] == "self"]
    mine = [result for result in drawn if result["method"] == "self"]
    taught = {(r["region"], r["seed"]): r for r in drawn if r["method"] == "supervised"}
    shared = [(r, taught[r["region"], r["seed"]]) for r in mine if (r["region"], r["seed"]) in taught]
    own = sum(_after(one, _steps_shared(one, other)) for one, other in shared)
    supervised = sum(_after(other, _steps_shared(one, other)) for one, other in shared)
    gains = [gain(r, "region", "acc50") for r in mine]
    return {
        "mean_gain_acc50": _mean(gains),
        "gain_acc50_error": _error(gains),
        "self_runs": float(len(mine)),
        "share_of_supervised": own / supervised if supervised > 0 else None,
        "mean_gain_miou": _mean([gain(r, "region", "miou") for r in mine]),
        "home_drop": _mean([-gain(r, "home", "acc50") for r in mine]),
        "most_lost_at_home": max(
            (
                value_of(r["rounds"][0]["home"], "acc50") - value_of(e["home"], "acc50")
                for r in [*mine, *real]
                for e in r["rounds"][1:]
                if e["promoted"]
            ),
            default=None,
        ),
        "harmful_rounds_kept": float(sum(harmful(r) for r in [*mine, *real])),
        "mean_gain_plural": _mean([gain(r, "region", "plural") for r in mine]),
        **{f"mean_gain_{name}": _mean([gain(r, "region", name) for r in mine]) for name in SHOWN},
        "real_sets": float(len({r["region"] for r in real})),
        "mean_gain_real_ap50": _mean([gain(r, "region", "ap50") for r in real]),
    }


def _steps_shared(one: Result, other: Result) -> int:
    """Rounds that both runs finished: they have the same number of steps each."""
    return min(len(one["rounds"]), len(other["rounds"])) - 1


def _after(result: Result, rounds: int) -> float:
    """Change of the region's Acc@0.5 after so many rounds, refused ones included."""
    return float(result["rounds"][rounds]["region"]["acc50"] - result["rounds"][0]["region"]["acc50"])


def by_method(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Mean and standard error over seeds, for every method and region, and for every round."""
    groups: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in results:
        groups[result["method"], result["region"]].append(result)
    return [
        {
            "method": method,
            "region": region,
            "runs": len(group),
            "base_acc50": _mean([float(r["rounds"][0]["region"]["acc50"]) for r in group]),
            "gain_acc50": _mean([gain(r, "region", "acc50") for r in group]),
            "gain_acc50_error": _error([gain(r, "region", "acc50") for r in group]),
            "gain_plural": _mean([gain(r, "region", "plural") for r in group]),
            "gain_miou": _mean([gain(r, "region", "miou") for r in group]),
            "gain_auroc": _mean([gain(r, "region", "auroc") for r in group]),
            **{f"gain_{name}": _mean([gain(r, "region", name) for r in group]) for name in SHOWN},
            "home_drop": _mean([-gain(r, "home", "acc50") for r in group]),
            "acc50_by_round": _by_round(group),
        }
        for (method, region), group in sorted(groups.items())
    ]


def by_set(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Every run on a real set: before, after the last kept round, and what changed with its 95 % interval."""
    rows = []
    for result in results:
        before, after = result["rounds"][0]["region"], last_kept(result)
        rows.append(
            {
                "method": result["method"],
                "set": result["region"],
                "seed": result["seed"],
                "questions": before["questions"],
                "kept": sum(entry["promoted"] for entry in result["rounds"][1:]),
                "refused": sum(not entry["promoted"] for entry in result["rounds"][1:]),
                "before": {name: before.get(name) for name in REAL_FIGURES},
                "after": {name: after["region"].get(name) for name in REAL_FIGURES},
                "gain": after["region"].get("gain", {}),
                "refused_gain": [
                    entry["region"]["gain"].get("ap50")
                    for entry in result["rounds"][1:]
                    if not entry["promoted"]
                ],
                "home_drop": -gain(result, "home", "acc50"),
            }
        )
    return rows


def traded(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Of every round at home: right answers and "none" before it, and at each share of it that was asked."""
    return [
        {
            "method": result["method"],
            "region": result["region"],
            "seed": result["seed"],
            "round": entry["round"],
            "kept_share": entry["kept"]["share"],
            "before": entry["kept"]["before"],
            "shares": entry["kept"]["tried"],
        }
        for result in results
        for entry in result["rounds"][1:]
        if entry.get("kept")
    ]


def curves(folder: Path) -> list[dict[str, Any]]:
    """Of runs whose first round was measured at several shares: gain, plural, "none" and home at each of them."""
    found = []
    for path in sorted(folder.glob("*/traded.json")):
        points = json.loads(path.read_text(encoding="utf-8"))
        found.append(
            {
                "run": path.parent.name,
                "points": [
                    {
                        "share": point["share"],
                        **{
                            name: value_of(point["region"], name)
                            for name in CURVE
                            if ("by_type" if name == "plural" else name) in point["region"]
                        },
                    }
                    for point in points
                ],
            }
        )
    return found


def _by_round(group: Sequence[Result]) -> list[float | None]:
    """Mean Acc@0.5 after each round, refused ones included."""
    longest = max(len(result["rounds"]) for result in group)
    return [
        _mean([float(r["rounds"][n]["region"]["acc50"]) for r in group if len(r["rounds"]) > n])
        for n in range(longest)
    ]


def _mean(values: Sequence[float]) -> float | None:
    return statistics.fmean(values) if values else None


def _error(values: Sequence[float]) -> float | None:
    """Standard error of the mean, None for fewer than two runs."""
    return statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else None
