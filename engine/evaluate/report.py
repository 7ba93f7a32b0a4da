"""An evaluation as JSON, as Markdown, and as one page with its best and worst pictures, without script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from engine.evaluate.figures import FEW_SCENES, SMALLER_IS_BETTER, TITLES, Figure, Figures
from engine.evaluate.pages import line_plot, whole_page
from engine.evaluate.pictures import Shown
from engine.files import write_atomic
from engine.jsontext import json_text

JSON_FILE, MARKDOWN_FILE, HTML_FILE = "report.json", "report.md", "report.html"
IN_PERCENT = frozenset(TITLES) - {"boundary_m", "boundary_px", "generalised_iou"}
COLUMNS = ("acc@0.5", "mean_iou", "ap50", "f1", "empty_accuracy", "boundary_m")
"""What a table of groups shows of each group."""
SHORT: Mapping[str, str] = {
    "acc@0.5": "Acc@0.5", "mean_iou": "mean IoU", "ap50": "AP50", "f1": "F1", "empty_accuracy": "no target: quiet",
    "boundary_m": "boundary m",
}  # fmt: skip
GROUP_HEAD = (*SHORT.values(), "questions")
SWEEP_COLUMNS = ("acc@0.5", "mean_iou", "ap50", "f1", "empty_accuracy", "verifier_auroc", "ece")
"""What a table of a sweep shows of each value."""
STYLE = """
.cases { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; }
.cases img { max-width: 100%; } .key span { padding: 0 .4rem; border: 2px solid; margin-right: .6rem; }
"""


def report_json(
    about: Mapping[str, Any], figures: Figures, against: Mapping[str, Figure] | None
) -> dict[str, Any]:
    """The report as plain values; a figure that is not known is null."""
    return {
        "about": dict(about),
        "figures": {name: figure.as_json() for name, figure in figures.all.items()},
        "groups": {
            by: {group: {name: f.as_json() for name, f in row.items()} for group, row in table.items()}
            for by, table in figures.groups.items()
        },
        "by_kind": {kind: _known(pair) for kind, pair in figures.by_kind.items()},
        "by_size": {size: _known(pair) for size, pair in figures.by_size.items()},
        "curves": figures.curves,
        "reliability": figures.bins,
        "scenes": figures.scenes,
        "difference": {name: figure.as_json() for name, figure in (against or {}).items()},
    }


def _known(pair: Sequence[float]) -> list[float | None]:
    return [value if value == value else None for value in pair]


def write_reports(
    folder: Path, report: Mapping[str, Any], best: Sequence[Shown], worst: Sequence[Shown]
) -> None:
    """Write all three into a folder; each appears whole or not at all."""
    write_atomic(folder / JSON_FILE, json_text(dict(report), indent=1) + "\n")
    write_atomic(folder / MARKDOWN_FILE, markdown(report))
    write_atomic(folder / HTML_FILE, page(report, best, worst))


def markdown(report: Mapping[str, Any]) -> str:
    """The report as Markdown."""
    about = report["about"]
    lines = [f"# {about['title']}", "", *(f"- {line}" for line in _said(report)), "", "## Figures", ""]
    lines += ["| figure | value | 95 % interval | over |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in figure_rows(report["figures"])]
    if report["difference"]:
        lines += ["", f"## Against {about['against']}", "", "| figure | difference | 95 % interval | |"]
        lines += ["|---|---|---|---|"]
        lines += [f"| {' | '.join(row)} |" for row in difference_rows(report["difference"])]
    for by, table in report["groups"].items():
        head = [by, *GROUP_HEAD]
        lines += ["", f"## By {by}", "", f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
        lines += [f"| {' | '.join(row)} |" for row in group_rows(table)]
    return "\n".join(lines) + "\n"


def sweep_table(found: Mapping[str, Any]) -> str:
    """A sweep as a Markdown table, one row a value; intervals are in each value's own report."""
    titles = [
        row[0] for row in figure_rows({key: {"value": 0, "low": None, "count": 0} for key in SWEEP_COLUMNS})
    ]
    lines = [f"# {found['title']}", "", f"| {found['sweep']} | {' | '.join(titles)} |"]
    lines.append("|" + "---|" * (len(titles) + 1))
    for row in found["rows"]:
        shown: Sequence[Sequence[str]] = figure_rows(
            {n: row["figures"][n] for n in SWEEP_COLUMNS if n in row["figures"]}
        )
        cells = {cell[0]: f"{cell[1]} ({cell[2]})" if cell[2] else cell[1] for cell in shown}
        lines.append(f"| {row['value']} | {' | '.join(cells.get(title, '') for title in titles)} |")
    return "\n".join(lines) + "\n"


def _said(report: Mapping[str, Any]) -> list[str]:
    about = report["about"]
    few = report["scenes"] < FEW_SCENES
    return [
        *about["lines"],
        *about["conventions"],
        *about["notes"],
        f"Intervals: {about['draws']} draws of {report['scenes']} scenes with replacement, seed {about['seed']}."
        + (" So few scenes make them too narrow." if few else ""),
    ]


def figure_rows(figures: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    """Title, value, interval and count of each figure, in the order of the titles."""
    return [
        [TITLES[name], _number(name, f["value"]), _interval(name, f), str(f["count"])]
        for name in TITLES
        if (f := figures.get(name)) is not None
    ]


def difference_rows(figures: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    """Title, difference, interval, and whether that is sure."""
    rows = []
    for name in TITLES:
        figure = figures.get(name)
        if figure is None:
            continue
        verdict = ""
        if figure["low"] is not None and (figure["low"] > 0 or figure["high"] < 0):
            better = (figure["value"] > 0) != (name in SMALLER_IS_BETTER)
            verdict = "better" if better else "worse"
        rows.append(
            [TITLES[name], _number(name, figure["value"], sign=True), _interval(name, figure), verdict]
        )
    return rows


def group_rows(table: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[list[str]]:
    """One row a group: its name, :data:`COLUMNS`, and how many questions it has."""
    rows = []
    for group, figures in table.items():
        cells = [_number(name, figures[name]["value"]) if name in figures else "" for name in COLUMNS]
        asked = figures["unread"]["count"] if "unread" in figures else 0
        rows.append([group, *cells, str(asked)])
    return rows


def _number(name: str, value: float, *, sign: bool = False) -> str:
    plus = "+" if sign else ""
    if name in IN_PERCENT and name != "mean_iou":
        return f"{100 * value:{plus}.1f} %"
    return f"{value:{plus}.3f}" if name != "boundary_px" else f"{value:{plus}.2f}"


def _interval(name: str, figure: Mapping[str, Any]) -> str:
    if figure["low"] is None:
        return ""
    return f"{_number(name, figure['low'])} to {_number(name, figure['high'])}"


def page(report: Mapping[str, Any], best: Sequence[Shown], worst: Sequence[Shown]) -> str:
    """The report as one HTML page: nothing in it is fetched or run."""
    about = report["about"]
    body = [
        f"<h1>{escape(about['title'])}</h1>",
        "<ul>",
        *(f"<li>{escape(line)}</li>" for line in _said(report)),
        "</ul>",
    ]
    body += [
        "<h2>Figures</h2>",
        _table(["figure", "value", "95 % interval", "over"], figure_rows(report["figures"])),
    ]
    if report["difference"]:
        head = ["figure", "difference", "95 % interval", ""]
        body += [
            f"<h2>Against {escape(about['against'])}</h2>", _table(head, difference_rows(report["difference"]))
        ]  # fmt: skip
    body += ["<h2>Curves</h2>", f'<div class="plots">{_curves(report)}</div>']
    for by, table in report["groups"].items():
        head = [by, *GROUP_HEAD]
        body += [f"<h2>By {escape(by)}</h2>", _table(head, group_rows(table))]
    key = (
        '<p class="key"><span style="border-color:#35c46a">true</span>'
        '<span style="border-color:#ff8a3d">shown</span>'
        '<span style="border-color:#9aa0a6">found, not counted</span></p>'
    )
    body += ["<h2>Worst</h2>", key, _cases(worst), "<h2>Best</h2>", _cases(best)]
    return whole_page(about["title"], body, STYLE)


def _curves(report: Mapping[str, Any]) -> str:
    plots = [
        line_plot(name, axis, [(name, report["curves"][name])], shares=True)
        for name, axis in (
            ("Acc by IoU", "IoU threshold"),
            ("precision by recall, IoU 0.5", "recall"),
            ("F1 by lowest score", "lowest score"),
        )
    ]
    points = [(score, hits) for _, score, hits in report["reliability"]]
    plots.append(
        line_plot(
            "Reliability: share of right boxes by score",
            "score",
            [("share of right boxes", points), ("perfect", [(0.0, 0.0), (1.0, 1.0)])],
            shares=True,
        )
    )
    return "".join(plots)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    titles = "".join(f'<th class="{"number" if i else ""}">{escape(t)}</th>' for i, t in enumerate(head))
    cells = "".join(
        "<tr>"
        + "".join(f'<td class="{"number" if i else ""}">{escape(cell)}</td>' for i, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return f"<table><tr>{titles}</tr>{cells}</table>"


def _cases(shown: Sequence[Shown]) -> str:
    figures = "".join(
        f'<figure><img src="data:image/jpeg;base64,{item.picture}" alt="">'
        f"<figcaption><b>{escape(item.question)}</b><br>{escape(item.said)}</figcaption></figure>"
        for item in shown
    )
    return f'<div class="cases">{figures}</div>' if figures else "<p>None.</p>"
