"""What a scan found as one small page without script: where, of which question, how sure, in which scene and when.

Its size does not grow with the archive: things that are close together become one circle, and long tables end with
what is left out and where it stands.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Sequence
from html import escape
from pathlib import Path

from engine.counting import count
from engine.evaluate.pages import whole_page
from engine.scan.request import FAILED_FILE
from engine.scan.rows import searched_scenes, table_rows
from engine.scan.sketch import LOOK, MARKS_AT_MOST, sketch, thing_count
from engine.scan.styles import HUES
from engine.scan.things import leave_if
from engine.types import Stop

ROWS_AT_MOST = 300
PERIODS_AT_MOST = 60
"""Longer tables of days are tables of months, and those of months are tables of years."""

COLUMNS_AT_MOST = 8
"""Of more questions than this, tables by scene and date show the sum alone."""

TEXT_AT_MOST = 300
CLASSES = ("0 – 20 %", "20 – 40 %", "40 – 60 %", "60 – 80 %", "80 – 100 %")

STYLE = """
body { max-width: 64rem; } label { margin-right: 1.2rem; } .swatch { display: inline-block; width: .8em;
height: .8em; border-radius: 50%; } td.text { overflow-wrap: anywhere; max-width: 26rem; }
th { vertical-align: bottom; } .scroll { overflow-x: auto; } .warn { border-left: 4px solid #d1495b;
padding-left: .8rem; }
"""


def overview_page(
    out: Path, db: sqlite3.Connection, questions: Sequence[str], damaged: Sequence[dict[str, str]], stop: Stop
) -> str:
    """The page as HTML.

    Args:
        out: the scan's folder.
        db: the tables of :class:`engine.scan.things.Things`, joined.
        questions: all that were asked, in the order in which they get their colours.
        damaged: scenes whose boxes can't be read: ``scene`` and ``reason``.
        stop: once it is true, JobCancelledError is raised.
    """
    colours = {text: HUES[place % len(HUES)] for place, text in enumerate(questions)}
    searched = sum(1 for _ in searched_scenes(out))
    failed = len(damaged) + sum(1 for _ in table_rows(out / FAILED_FILE))
    leave_if(stop)
    body = [
        "<h1>What was found in the archive</h1>",
        _summary(db, searched, failed),
        *_map(out, db, colours),
        _scores(db, questions),
        _failures(out, damaged, failed),
    ]
    leave_if(stop)
    body += [_by_date(db, questions), _by_scene(db, questions)]
    switches = "".join(
        f"#q{place}:not(:checked) ~ svg .q{place} {{ display: none; }} " for place in range(len(colours))
    )
    return whole_page("What was found", body, LOOK + STYLE + switches)


def _summary(db: sqlite3.Connection, searched: int, failed: int) -> str:
    (times,) = db.execute("SELECT count(*) FROM sighting").fetchone()
    (holding,) = db.execute("SELECT count(*) FROM scene").fetchone()
    searched = max(searched, holding)
    found = (
        f"<b>{count(thing_count(db), 'thing')}</b>, seen {count(times, 'time')} in {holding} of "
        f"{count(searched, 'scene')}. "
        "One that several scenes show counts once."
        if times
        else f"<b>Nothing was found</b> in {count(searched, 'scene')}."
    )
    lost = f" {count(failed, 'scene')} could not be searched or read; see below." if failed else ""
    return f'<p>{found}{lost} All of it is in <a href="found.gpkg">found.gpkg</a>, to be opened in QGIS.</p>'


def _failures(out: Path, damaged: Sequence[dict[str, str]], total: int) -> str:
    """The scenes of which nothing is known, with the reason."""
    if not total:
        return ""
    unread = (
        (one["scene"], f"Its boxes are damaged: {one['reason']}. The next run searches it anew.")
        for one in damaged
    )
    unsearched = ((str(row.get("scene")), str(row.get("reason"))) for row in table_rows(out / FAILED_FILE))
    shown = itertools.islice(itertools.chain(unread, unsearched), ROWS_AT_MOST)
    rows = [[escape(_short(scene)), escape(_short(reason))] for scene, reason in shown]
    more = total - len(rows)
    end = f"<p>And {count(more, 'other')}: all are in {FAILED_FILE}.</p>" if more else ""
    table = _table(["Scene", "Why"], rows)
    return f'<div class="warn"><h2>Not searched, or not readable</h2>{table}{end}</div>'


def _short(text: str) -> str:
    return text if len(text) <= TEXT_AT_MOST else text[:TEXT_AT_MOST] + "…"


def _map(out: Path, db: sqlite3.Connection, colours: dict[str, str]) -> list[str]:
    picture = sketch(out, db, colours)
    if not picture:
        return ["<h2>Where</h2><p>No place is known of these scenes.</p>"]
    switches = "".join(
        f'<input type="checkbox" id="q{place}" checked><label for="q{place}">'
        f'<span class="swatch" style="background:{colour}"></span> {escape(_short(text))}</label>'
        for place, (text, colour) in enumerate(colours.items())
    )
    about = "Scenes are grey rectangles, north is up; a dot is what was found, in the colour of its question."
    if (things := thing_count(db)) > MARKS_AT_MOST:
        about = (
            "Scenes are grey, north is up. A circle stands for all things of a question near it, "
            f"{things:,} in all; its area grows with their number."
        )
    return [
        "<h2>Where</h2>",
        f"<div>{switches}{picture}</div>",
        f"<p>{about} Point at one to read of it.</p>",
    ]


def _scores(db: sqlite3.Connection, questions: Sequence[str]) -> str:
    """How many things of each question there are, by class of score."""
    counted: dict[str, list[int]] = {text: [0] * len(CLASSES) for text in questions}
    rows = db.execute(
        "SELECT text, min(CAST(score * 5 AS INTEGER), 4) AS class, count(*) FROM thing "
        "JOIN question ON question.no = thing.question GROUP BY text, class"
    )
    for text, place, number in rows:
        counted[text][max(0, place)] = number
    table = _table(
        ["Question", "Things", *CLASSES],
        [[escape(_short(text)), sum(row), *row] for text, row in counted.items()],
    )
    return f"<h2>How sure</h2>{table}"


def _by_date(db: sqlite3.Connection, questions: Sequence[str]) -> str:
    """Boxes by the date on which their scene was taken: days, or months or years where there are many of them."""
    word, when = _periods(db)
    scenes = dict(db.execute(f"SELECT {when}, count(*) FROM scene GROUP BY 1").fetchall())
    counted: dict[str | None, dict[str, int]] = {}
    for period, text, number in db.execute(
        f"SELECT {when}, text, count(*) FROM sighting JOIN scene ON scene.no = sighting.scene "
        "JOIN question ON question.no = sighting.question GROUP BY 1, 2"
    ):
        counted.setdefault(period, {})[text] = number
    if not counted:
        return ""
    shown = questions if len(questions) <= COLUMNS_AT_MOST else ()
    ordered = sorted(counted, key=lambda period: (period is None, period))[:ROWS_AT_MOST]
    rows = [
        [period or "not known", scenes[period], sum(counted[period].values())]
        + [counted[period].get(text, 0) for text in shown]
        for period in ordered
    ]
    head = [f"Taken ({word})", "Scenes with boxes", "Boxes", *(escape(_short(text)) for text in shown)]
    return f"<h2>By date</h2>{_table(head, rows)}"


def _periods(db: sqlite3.Connection) -> tuple[str, str]:
    """The shortest periods of which there are not too many, in a word, and as SQL makes them of ``taken``."""
    known = {
        word: f"strftime('{form}', taken / 1000, 'unixepoch')"
        for word, form in (("day", "%Y-%m-%d"), ("month", "%Y-%m"), ("year", "%Y"))
    }
    for word, when in known.items():
        (periods,) = db.execute(f"SELECT count(DISTINCT {when}) FROM scene").fetchone()
        if periods <= PERIODS_AT_MOST:
            return word, when
    return "year", known["year"]


def _by_scene(db: sqlite3.Connection, questions: Sequence[str]) -> str:
    """The scenes with most boxes."""
    shown = questions if len(questions) <= COLUMNS_AT_MOST else ()
    each = "".join(", sum(text = ?)" for _ in shown)
    found = db.execute(
        f"SELECT name, strftime('%Y-%m-%d %H:%M', taken / 1000, 'unixepoch'), max(score), count(*){each} "
        "FROM sighting JOIN scene ON scene.no = sighting.scene JOIN question ON question.no = sighting.question "
        "GROUP BY name ORDER BY count(*) DESC, name LIMIT ?",
        (*shown, ROWS_AT_MOST),
    )
    rows = [
        [escape(_short(name)), taken or "", f"{best * 100:.0f} %", *numbers]
        for name, taken, best, *numbers in found
    ]
    if not rows:
        return ""
    (all_of_them,) = db.execute("SELECT count(*) FROM scene").fetchone()
    head = ["Scene", "Taken (UTC)", "Surest", "Boxes", *(escape(_short(text)) for text in shown)]
    left = all_of_them - len(rows)
    end = (
        f"<p>And {count(left, 'other')} with fewer boxes: see the layer sightings of found.gpkg.</p>"
        if left
        else ""
    )
    return f"<h2>By scene</h2>{_table(head, rows)}{end}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str | int]]) -> str:
    """A table; texts in it are escaped already, and numbers stand to the right."""
    titles = "".join(f"<th>{title}</th>" for title in head)
    lines = "".join("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows)
    return f'<div class="scroll"><table><tr>{titles}</tr>{lines}</table></div>'


def _cell(value: str | int) -> str:
    if isinstance(value, str):
        return f'<td class="text">{value}</td>'
    return f'<td class="number">{value:,}</td>'
