"""What became of boxes between two dates: the words for it, and how a layer of them is drawn."""

from __future__ import annotations

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ..i18n import tr
from .detections import Detection

NEW, GONE, STAYED, UNSURE, NOT_SEEN = "new", "gone", "stayed", "unsure", "not_seen"
# Told apart in the common kinds of colour blindness, and by their lines: what is uncertain is dashed.
COLOURS = {
    NEW: "#0f8b8d",
    GONE: "#d1495b",
    STAYED: "#7d828b",
    UNSURE: "#d99a1c",
    NOT_SEEN: "#7d828b",
}
DASHED = {UNSURE: "dash", NOT_SEEN: "dot"}
FILLED = (NEW, GONE)
WIDTH_MM = 0.66


def change_word(change: str) -> str:
    """Return what became of a box in a word or two, "" for boxes of one date."""
    return {
        NEW: tr("new"),
        GONE: tr("gone"),
        STAYED: tr("stayed"),
        UNSURE: tr("unsure"),
        NOT_SEEN: tr("not seen"),
    }.get(change, change)


def change_sentence(box: Detection) -> str:
    """Return what became of a box, with the scores of both dates, "" for boxes of one date."""
    if not box.change:
        return ""
    scores = [
        tr("nothing to see") if score is None else tr("{n} %").format(n=f"{score * 100:.0f}")
        for score in (box.score_before, box.score_after)
    ]
    text = tr("{change}: before {before}, after {after}.").format(
        change=change_word(box.change).capitalize(), before=scores[0], after=scores[1]
    )
    return " ".join(part for part in (text, box.change_note) if part)


def change_colour(change: str) -> QColor:
    """Return the colour of a change."""
    return QColor(COLOURS.get(change, COLOURS[STAYED]))


def has_changes(layer: QgsVectorLayer) -> bool:
    """Say whether a layer's boxes are of two dates."""
    return layer.fields().indexOf("change") >= 0


def style_by_change(layer: QgsVectorLayer) -> None:
    """Draw boxes by what became of them; labels stay as they are."""
    categories = []
    for change, name in COLOURS.items():
        colour = QColor(name)
        fill = QColor(colour)
        fill.setAlpha(48 if change in FILLED else 0)
        symbol = QgsFillSymbol.createSimple({
            "color": "{},{},{},{}".format(*fill.getRgb()),
            "outline_color": "{},{},{},255".format(*colour.getRgb()[:3]),
            "outline_width": str(WIDTH_MM),
            "outline_style": DASHED.get(change, "solid"),
            "joinstyle": "miter",
        })  # fmt: skip
        categories.append(QgsRendererCategory(change, symbol, change_word(change).capitalize()))
    layer.setRenderer(QgsCategorizedSymbolRenderer("change", categories))
