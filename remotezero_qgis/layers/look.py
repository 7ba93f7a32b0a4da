"""The look of result layers: classes of scores for one question, a category for each of several."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsMarkerSymbol,
    QgsProperty,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

from ..compat import POINT_GEOMETRY
from ..files import resource_path
from ..i18n import tr
from .changes import has_changes, style_by_change
from .sought import STRENGTHS, Sought, colour_of, coloured, keep_sought

# Of the five classes of scores in resources/styles/detections.qml, in whose place a hue's strengths are put.
SHIPPED_COLOURS = ("#b8442f", "#e07b39", "#e5b84b", "#5aa9a0", "#0f8b8d")
STYLE = "styles/detections.qml"
POINT_MM = "4"
NO_HUE = "#7f7f7f"


def draw(layer: QgsVectorLayer, sought: Sequence[Sought]) -> None:
    """Draw boxes in their question's own colour, the stronger the higher they score, and note the colours."""
    sought = coloured(sought)
    text = resource_path(STYLE).read_text(encoding="utf-8")
    for step, shipped in enumerate(SHIPPED_COLOURS):
        shown = colour_of(sought[0].colour, step / len(SHIPPED_COLOURS))
        text = text.replace(_rgba(QColor(shipped)), _rgba(shown))
    style = QDomDocument()
    style.setContent(text)
    keep_sought(layer, sought)
    if layer.geometryType() == POINT_GEOMETRY:
        _draw_points(layer, sought)
        return
    layer.importNamedStyle(style)
    if has_changes(layer):
        style_by_change(layer)
    elif len(sought) > 1:
        _draw_classes(layer, sought)


def _rgba(colour: QColor) -> str:
    """Return a colour as a QML file has it."""
    return "{},{},{},255".format(colour.red(), colour.green(), colour.blue())


def _draw_points(layer: QgsVectorLayer, sought: Sequence[Sought]) -> None:
    """Draw points, of which no more than the place is known, in their question's colour."""

    def dot(hue: str) -> QgsSymbol:
        return QgsMarkerSymbol.createSimple({"color": hue, "size": POINT_MM})

    if len(sought) == 1:
        layer.setRenderer(QgsSingleSymbolRenderer(dot(sought[0].colour)))
        return
    categories = [QgsRendererCategory(one.question, dot(one.colour), one.question) for one in sought]
    layer.setRenderer(QgsCategorizedSymbolRenderer("query", categories))


def _draw_classes(layer: QgsVectorLayer, sought: Sequence[Sought]) -> None:
    """Replace the shipped style's classes of scores by one category a question.

    A category's colour is that of its symbol, so whoever changes it there changes the boxes; its strength is the
    score.
    """
    shipped = layer.renderer()
    # Named, because a symbol is gone with the list that it was taken from.
    ranges = shipped.ranges()
    symbol = ranges[-1].symbol()
    categories = [
        QgsRendererCategory(one.question, _in_colour(symbol, one.colour), one.question) for one in sought
    ]
    categories.append(QgsRendererCategory(None, _in_colour(symbol, NO_HUE), tr("other")))
    renderer = QgsCategorizedSymbolRenderer("query", categories)
    renderer.setOrderBy(shipped.orderBy())
    renderer.setOrderByEnabled(shipped.orderByEnabled())
    layer.setRenderer(renderer)


def _in_colour(symbol: QgsSymbol, hue: str) -> QgsSymbol:
    """Return a copy of the symbol in a hue; its first layer is the white line that sets it off."""
    own = symbol.clone()
    own.symbolLayer(0).setLocked(True)
    line = own.symbolLayer(own.symbolLayerCount() - 1)
    line.setColor(QColor(hue))
    strengths = ", ".join(map(str, STRENGTHS))
    step = f'min({len(STRENGTHS) - 1}, floor("score" * {len(STRENGTHS)}))'
    mixed = f"color_mix_rgb('255,255,255', @symbol_color, array_get(array({strengths}), {step}))"
    line.setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertyStrokeColor, QgsProperty.fromExpression(mixed)
    )
    return own
