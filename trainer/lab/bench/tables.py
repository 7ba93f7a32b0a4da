"""The report of the bench as Markdown: the figures at the top, then a table for each part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from trainer.lab.bench.levels import LEVEL_NOTE, levels_table

SHOWN = ("absent_recall", "shown_acc50", "shown_absent_recall")
CURVE = ("acc50", "plural", "ap50", "absent_recall", "shown_acc50", "shown_absent_recall")


def as_table(data: Mapping[str, Any]) -> str:
    """The report as Markdown; figures are shares, so that 0.01 is a point."""
    lines = ["| figure | value |", "|---|---|"]
    lines += [f"| {name} | {_text(data.get(name))} |" for name in HEADLINES]
    lines += ["", *_lacking(data["missing"]), NOTE, "", *_methods(data["methods"])]
    if data["real"]:
        lines += ["", "## Real sets", "", REAL_NOTE, "", *_sets(data["real"])]
    if data["traded"]:
        lines += ["", "## What is traded at home", "", TRADE_NOTE, "", *_traded(data["traded"])]
    if data["curves"]:
        lines += ["", "## What a gain costs", "", CURVE_NOTE, "", *_curves(data["curves"])]
    if data["no_change"]:
        lines += ["", "## Rounds that change nothing", "", LEVEL_NOTE, "", *levels_table(data["no_change"])]
    return "\n".join(lines) + "\n"


HEADLINES = (
    "mean_gain_acc50",
    "gain_acc50_error",
    "self_runs",
    "share_of_supervised",
    "mean_gain_miou",
    "mean_gain_plural",
    "home_drop",
    "most_lost_at_home",
    "harmful_rounds_kept",
    *(f"mean_gain_{name}" for name in SHOWN),
    "real_sets",
    "mean_gain_real_ap50",
    "speedup_vs_trl",
    "memory_ratio",
)
NOTE = (
    'Gains of the last kept round; "none" is the share of questions without a target that are answered so, and *shown* '
    "counts only boxes that score 0.5 or more. *self* is our own reward, `consensus`; *recipe of the paper* is the "
    "authors' setting as far as it is published."
)
REAL_NOTE = (
    "Learned from without boxes, measured on other places as a search finds, “all …s” over each picture. AP50 counts "
    "all boxes; recall, precision and silence (nothing shown where nothing is) those that score 0.5 or more. Intervals "
    "hold 95 % of 1,000 draws of places."
)
TRADE_NOTE = (
    "Right answers and “none” on the stored questions of home, before the round and with so much of what it learned; "
    "the first share that loses no more than two points of right answers is kept."
)
CURVE_NOTE = (
    "The first round of a run at several shares of what it learned, by the truth; 0 is the model before."
)


def _lacking(missing: Sequence[str]) -> list[str]:
    return [f"**Not run:** {'; '.join(missing)}.", ""] if missing else []


def _methods(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = [
        "| method | region | runs | base Acc@0.5 | gain | ± | gain plural | gain mIoU | gain AUROC "
        "| gain none | shown: gain Acc@0.5 | shown: gain none | home drop | by round |",
        "|" + "---|" * 14,
    ]
    figures = (
        "base_acc50",
        "gain_acc50",
        "gain_acc50_error",
        "gain_plural",
        "gain_miou",
        "gain_auroc",
        *(f"gain_{name}" for name in SHOWN),
        "home_drop",
    )
    for row in rows:
        by_round = " → ".join(_text(value) for value in row["acc50_by_round"])
        cells = " | ".join(_text(row[name]) for name in figures)
        lines.append(f"| {row['method']} | {row['region']} | {row['runs']} | {cells} | {by_round} |")
    return lines


def _sets(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = [
        "| set | method | seed | pictures | rounds kept, refused | AP50 before → after | gain AP50 | of refused rounds "
        "| recall | precision | silence | home drop |",
        "|" + "---|" * 12,
    ]
    for row in rows:
        before, after = row["before"], row["after"]
        moved = [
            f"{_text(before[name])} → {_text(after[name])}"
            for name in ("ap50", "recall", "precision", "absent_recall")
        ]
        refused = ", ".join(_interval(values) for values in row["refused_gain"]) or "–"
        lines.append(
            f"| {row['set']} | {row['method']} | {row['seed']} | {row['questions']} "
            f"| {row['kept']}, {row['refused']} | {moved[0]} | {_interval(row['gain'].get('ap50'))} | {refused} "
            f"| {' | '.join(moved[1:])} | {_text(row['home_drop'])} |"
        )
    return lines


def _traded(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = [
        "| region | method | seed | round | right, “none” before | at each share | kept share |",
        "|" + "---|" * 7,
    ]
    for row in rows:
        shares = "; ".join(
            f"{tried['share']:.0%}: {tried['right']:.3f}, {tried['none']:.3f}" for tried in row["shares"]
        )
        before = f"{row['before']['right']:.3f}, {row['before']['none']:.3f}"
        lines.append(
            f"| {row['region']} | {row['method']} | {row['seed']} | {row['round']} | {before} | {shares} "
            f"| {row['kept_share']:.0%} |"
        )
    return lines


def _curves(curves: Sequence[Mapping[str, Any]]) -> list[str]:
    names = CURVE
    lines = ["| run | share | " + " | ".join(names) + " |", "|" + "---|" * (2 + len(names))]
    for curve in curves:
        for point in curve["points"]:
            cells = " | ".join(_text(point.get(name)) for name in names)
            lines.append(f"| {curve['run']} | {point['share']:.0%} | {cells} |")
    return lines


def _interval(values: Sequence[float | None] | None) -> str:
    if not values or values[0] is None:
        return "–"
    value, low, high = values
    return f"{value:+.3f}" + (f" ({low:+.3f} to {high:+.3f})" if low is not None and high is not None else "")


def _text(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
