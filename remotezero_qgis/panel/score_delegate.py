"""Draws a score as a bar with its number."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QPainter, QPalette
from qgis.PyQt.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ..compat import flag_value
from ..look import blend, score_colour
from .results_model import DETECTION_ROLE


class ScoreDelegate(QStyledItemDelegate):
    """A rounded bar, as long as the score is high, and the percentage to its right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index) -> None:
        """Draw one cell."""
        score = index.data(DETECTION_ROLE).score
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        if selected:
            painter.fillRect(option.rect, palette.brush(QPalette.ColorRole.Highlight))
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        text = palette.color(role)
        ground = palette.color(QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Base)
        metrics = option.fontMetrics
        gap = metrics.height() * 0.3
        number_width = metrics.horizontalAdvance("100") + gap
        thick = metrics.height() * 0.42
        rail = QRectF(
            option.rect.left() + gap,
            option.rect.center().y() - thick / 2 + 0.5,
            max(thick, option.rect.width() - number_width - 3 * gap),
            thick,
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(ground, text, 0.3 if selected else 0.15))
        painter.drawRoundedRect(rail, thick / 2, thick / 2)
        bar = QRectF(rail)
        bar.setWidth(max(thick, rail.width() * score))
        painter.setBrush(text if selected else score_colour(score))
        painter.drawRoundedRect(bar, thick / 2, thick / 2)
        painter.setPen(text)
        place = QRectF(rail.right() + gap, option.rect.top(), number_width, option.rect.height())
        alignment = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flag_value(alignment), f"{score * 100:.0f}")
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index) -> QSize:
        """Return room for a bar that can be read."""
        metrics = option.fontMetrics
        return QSize(metrics.averageCharWidth() * 16, round(metrics.height() * 1.5))
