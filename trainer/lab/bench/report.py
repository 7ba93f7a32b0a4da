"""Puts the results of the bench together: the figures at the top, the tables below them."""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.files import write_atomic
from trainer.lab.real import REAL

Result = Mapping[str, Any]
SHOWN = ("absent_recall", "shown_acc50", "shown_absent_recall")


def write_bench_report(folder: Path, report: Path) -> dict[str, Any]:
    """Collect every ``result.json`` below ``folder`` and write the report as JSON and as a table beside it."""
    results = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*/result.json"))]
    speed = folder / "speed.json"
    data: dict[str, Any] = {
        **headline(results),
        **(json.loads(speed.read_text(encoding="utf-8")) if speed.is_file() else {}),
        "methods": by_method(results),
        "runs": results,
    }
    report.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(report, json.dumps(data, indent=2))
    write_atomic(report.with_suffix(".md"), as_table(data))
    return data


def last_kept(result: Result) -> Mapping[str, Any]:
    """The round that would be in use at the end."""
    kept: list[Mapping[str, Any]] = [entry for entry in result["rounds"] if entry["promoted"]]
    return kept[-1]


def gain(result: Result, side: str, figure: str) -> float:
    """Change of a figure from the base to the last kept round."""
    return float(last_kept(result)[side][figure]) - float(result["rounds"][0][side][figure])


def headline(results: Sequence[Result]) -> dict[str, float | None]:
    """The figures that are asked for, over the runs of the method ``self``."""
    drawn = [result for result in results if result["region"] != REAL]
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
        **{f"mean_gain_{name}": _mean([gain(r, "region", name) for r in mine]) for name in SHOWN},
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
            "gain_miou": _mean([gain(r, "region", "miou") for r in group]),
            "gain_auroc": _mean([gain(r, "region", "auroc") for r in group]),
            **{f"gain_{name}": _mean([gain(r, "region", name) for r in group]) for name in SHOWN},
            "home_drop": _mean([-gain(r, "home", "acc50") for r in group]),
            "acc50_by_round": _by_round(group),
        }
        for (method, region), group in sorted(groups.items())
    ]


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


def as_table(data: Mapping[str, Any]) -> str:
    """The report as Markdown; figures in percentage points where they are shares."""
    lines = ["| figure | value |", "|---|---|"]
    names = (
        "mean_gain_acc50",
        "gain_acc50_error",
        "self_runs",
        "share_of_supervised",
        "mean_gain_miou",
        "home_drop",
        *(f"mean_gain_{name}" for name in SHOWN),
    )
    lines += [f"| {name} | {_text(data.get(name))} |" for name in (*names, "speedup_vs_trl", "memory_ratio")]
    lines += [
        "",
        'Gains of the last kept round; "none" is the share of questions without a target that are answered so, '
        "and *shown* counts only boxes that score 0.5 or more. *self* is our own reward, `consensus`; *recipe of the "
        "paper* is the authors' setting as far as it is published.",
        "",
        "| method | region | runs | base Acc@0.5 | gain | ± | gain mIoU | gain AUROC "
        "| gain none | shown: gain Acc@0.5 | shown: gain none | home drop | by round |",
        "|" + "---|" * 13,
    ]
    for row in data["methods"]:
        by_round = " → ".join(_text(value) for value in row["acc50_by_round"])
        figures = (
            "base_acc50",
            "gain_acc50",
            "gain_acc50_error",
            "gain_miou",
            "gain_auroc",
            *(f"gain_{name}" for name in SHOWN),
            "home_drop",
        )
        cells = " | ".join(_text(row[name]) for name in figures)
        lines.append(f"| {row['method']} | {row['region']} | {row['runs']} | {cells} | {by_round} |")
    return "\n".join(lines) + "\n"


def _text(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
