"""The look of a scan's layers, kept in their GeoPackage: that of a run's boxes, one colour a question.

QGIS takes the style that stands in the table ``layer_styles`` of a package when it opens one of its layers.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import quoteattr

from engine.paths import resources_dir

STYLE = "styles/detections.qml"
HUES = ("#0f8b8d", "#d1495b", "#edae49", "#6a4c93", "#3a86ff", "#7a9e1c")
"""Colours of questions, told apart in the common kinds of colour blindness, too; as the panel in QGIS gives them."""

STRENGTHS = (0.4, 0.55, 0.7, 0.85, 1.0)
NO_HUE = "#7f7f7f"
SHIPPED_COLOURS = ("184,68,47,255", "224,123,57,255", "229,184,75,255", "90,169,160,255", "15,139,141,255")
"""Those of the five classes of scores in the shipped style, as a QML file has them."""

_SYMBOL = re.compile(r'<symbol [^>]*name="4" type="fill">.*?</symbol>', re.DOTALL)
_RANGES, _SYMBOLS = (
    re.compile(r"<ranges>.*?</ranges>", re.DOTALL),
    re.compile(r"<symbols>.*?</symbols>", re.DOTALL),
)
_METHOD = re.compile(r"<classificationMethod .*?</classificationMethod>", re.DOTALL)
_GRADUATED = 'attr="score" graduatedMethod="GraduatedColor"'

_DASHED = '<Option name="outlineStyle" type="Map">'
_BY_SCORE = (
    '<Option name="outlineColor" type="Map"><Option value="true" name="active" type="bool"/><Option value="{}" '
    'name="expression" type="QString"/><Option value="3" name="type" type="int"/></Option>'
)
_MIXED = (
    "color_mix_rgb('255,255,255', @symbol_color, array_get(array({}), min(4, floor(&quot;score&quot; * 5))))"
)

TABLE = """
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
    f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
    styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))
"""
LISTED = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('layer_styles', 'attributes', 'layer_styles', '', 0)
"""
ADDED = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
    styleSLD, useAsDefault, description, owner, ui) VALUES ('', '', ?, 'geom', 'scores', ?, '', 1, ?, '', '')
"""


def add_styles(package: Path, layers: Sequence[str], questions: Sequence[str]) -> None:
    """Give layers of a finished package their look.

    Args:
        package: the file, open nowhere.
        layers: their names.
        questions: what was asked, in the order in which they get their colours.
    """
    style = style_of(questions)
    with closing(sqlite3.connect(package)) as database, database:
        database.execute(TABLE)
        database.execute(LISTED)
        database.executemany(
            ADDED,
            [(layer, style, "Boxes by question, the stronger the higher they score") for layer in layers],
        )


def style_of(questions: Sequence[str]) -> str:
    """A QML style: classes of scores for one question, a category for each of several."""
    text = (resources_dir() / STYLE).read_text(encoding="utf-8")
    if len(questions) < 2:
        for shipped, strength in zip(SHIPPED_COLOURS, STRENGTHS, strict=True):
            text = text.replace(shipped, _rgba(HUES[0], strength))
        return text
    found = _SYMBOL.search(text)
    if found is None:
        raise ValueError(f"the style {STYLE} has no symbol for the highest scores")
    by_score = _BY_SCORE.format(_MIXED.format(", ".join(map(str, STRENGTHS))))
    symbol = found.group().replace(_DASHED, by_score + _DASHED)
    symbol = symbol.replace(
        'locked="0"', 'locked="1"', 1
    )  # the symbol's colour is that of its unlocked layers
    named = [*((text_of, HUES[place % len(HUES)]) for place, text_of in enumerate(questions)), ("", NO_HUE)]
    categories = "".join(
        f'<category render="true" symbol="{place}" value={quoteattr(name)} label={quoteattr(name or "other")} '
        f'type="{"string" if name else "NULL"}"/>'
        for place, (name, _) in enumerate(named)
    )
    symbols = "".join(
        symbol.replace('name="4"', f'name="{place}"').replace(SHIPPED_COLOURS[-1], _rgba(hue, 1.0))
        for place, (_, hue) in enumerate(named)
    )
    text = text.replace(_GRADUATED, 'attr="query"').replace(
        'type="graduatedSymbol"', 'type="categorizedSymbol"'
    )
    text = _METHOD.sub("", text)
    text = _RANGES.sub(lambda _: f"<categories>{categories}</categories>", text)
    return _SYMBOLS.sub(lambda _: f"<symbols>{symbols}</symbols>", text, count=1)


def _rgba(hue: str, strength: float) -> str:
    """A hue mixed with white, as a QML file has it."""
    parts = [int(hue[place : place + 2], 16) for place in (1, 3, 5)]
    mixed = [round(255 + (part - 255) * strength) for part in parts]
    return "{},{},{},255".format(*mixed)
