"""A small line chart, drawn with QPainter in the colours of the theme."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ..compat import flag_value
from ..look import blend, larger, theme_colours, unit

MOST_POINTS = 240


def ticks(low: float, high: float, wanted: int) -> list[float]:
    """Return round numbers that cover ``low`` to ``high``, about ``wanted`` of them.

    Raises:
        ValueError: ``high`` is not above ``low``.
    """
    if not high > low:
        raise ValueError(f"an axis from {low} to {high} has no length")
    rough = (high - low) / max(1, wanted)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(first, last + 1)]


def label(value: float, all_ticks: Sequence[float]) -> str:
    """Return a tick's number with as many decimals as its neighbours need."""
    step = all_ticks[1] - all_ticks[0] if len(all_ticks) > 1 else 1.0
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value if abs(value) > step / 1e6 else 0.0:.{decimals}f}".replace("-", "−")


def thinned(points: Sequence[tuple[float, float]], most: int = MOST_POINTS) -> list[tuple[float, float]]:
    """Return means over runs of points, at most ``most`` of them."""
    size = max(1, -(-len(points) // most))
    groups = [points[start : start + size] for start in range(0, len(points), size)]
    return [(sum(x for x, _ in g) / len(g), sum(y for _, y in g) / len(g)) for g in groups]


def smoothed(points: Sequence[tuple[float, float]], share: float = 0.08) -> list[tuple[float, float]]:
    """Return a running mean over ``share`` of the points to either side, at least one."""
    reach = max(1, round(len(points) * share))
    result = []
    for place, (x, _) in enumerate(points):
        near = points[max(0, place - reach) : place + reach + 1]
        result.append((x, sum(y for _, y in near) / len(near)))
    return result


LEFT = flag_value(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = flag_value(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
CENTRE = flag_value(Qt.AlignmentFlag.AlignCenter)
WRAPPED = CENTRE | flag_value(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class Series:
    """One curve.

    Attributes:
        noisy: drawn pale, with its running mean over it.
        dots: every point is marked.
    """

    name: str
    colour: str
    points: Sequence[tuple[float, float]]
    noisy: bool = False
    dots: bool = False


class Chart(QWidget):
    """Title, legend with the latest values, axes and curves; a sentence while there is nothing to draw.

    Args:
        title: above the curves.
        x_name: below the axis.
        nothing: the sentence.
        whole: the x axis counts whole things, such as rounds.
    """

    def __init__(
        self, title: str, x_name: str, nothing: str, whole: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title, self._x_name, self._nothing, self._whole = title, x_name, nothing, whole
        self._series: list[Series] = []
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_series(self, series: Sequence[Series]) -> None:
        """Draw these curves; empty ones are left out."""
        self._series = [item for item in series if item.points]
        values = ["{} {:.3f}".format(item.name, item.points[-1][1]) for item in self._series]
        self.setAccessibleDescription(", ".join(values) or self._nothing)
        self.updateGeometry()
        self.update()

    @property
    def series(self) -> list[Series]:
        """What is drawn."""
        return self._series

    def sizeHint(self) -> QSize:
        """Return room for a chart that can be read; every curve has a line in the legend."""
        return QSize(unit(self) * 20, round(unit(self) * (11.0 + 1.1 * max(1, len(self._series)))))

    def paintEvent(self, event) -> None:
        """Draw everything."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = unit(self)
        text, ground = theme_colours()
        painter.setPen(text)
        painter.setFont(larger(self.font(), 1.0, bold=True))
        painter.drawText(QRectF(0, 0, self.width(), line * 1.2), LEFT, self._title)
        painter.setFont(self.font())
        if not self._series:
            painter.setPen(blend(text, ground, 0.35))
            painter.drawText(QRectF(0, line, self.width(), self.height() - line), WRAPPED, self._nothing)
            return
        top = self._draw_legend(painter, text, line * 1.4)
        self._draw_curves(painter, text, ground, top)

    def _draw_legend(self, painter: QPainter, text: QColor, top: float) -> float:
        line = unit(self)
        for item in self._series:
            painter.setPen(QPen(QColor(item.colour), line * 0.18))
            middle = top + line * 0.55
            painter.drawLine(QPointF(line * 0.1, middle), QPointF(line * 1.2, middle))
            painter.setPen(text)
            room = QRectF(line * 1.6, top, self.width() - line * 1.6, line * 1.1)
            value, metrics = f"{item.points[-1][1]:.3f}".replace("-", "−"), painter.fontMetrics()
            left = round(room.width() - metrics.horizontalAdvance(value) - line * 0.5)
            painter.drawText(room, LEFT, metrics.elidedText(item.name, Qt.TextElideMode.ElideRight, left))
            painter.drawText(room, RIGHT, value)
            top += line * 1.1
        return top + line * 0.5

    def _draw_curves(self, painter: QPainter, text: QColor, ground: QColor, top: float) -> None:
        line = unit(self)
        xs = [x for item in self._series for x, _ in item.points]
        ys = [y for item in self._series for _, y in item.points]
        y_ticks = ticks(*_span(min(ys), max(ys), 0.02), 4)
        x_low, x_high = _span(min(0.0, *xs), max(xs), 1.0 if self._whole else 0.01)
        widest = max(painter.fontMetrics().horizontalAdvance(label(tick, y_ticks)) for tick in y_ticks)
        frame = QRectF(
            widest + line * 0.5, top, self.width() - widest - line * 1.3, self.height() - top - line * 2.4
        )

        def place(x: float, y: float) -> QPointF:
            across = (x - x_low) / (x_high - x_low)
            up = (y - y_ticks[0]) / (y_ticks[-1] - y_ticks[0])
            return QPointF(frame.left() + across * frame.width(), frame.bottom() - up * frame.height())

        soft = blend(text, ground, 0.35)
        for tick in y_ticks:
            y = place(x_low, tick).y()
            painter.setPen(QPen(blend(ground, text, 0.13), 1))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            painter.setPen(soft)
            painter.drawText(QRectF(0, y - line / 2, widest, line), RIGHT, label(tick, y_ticks))
        wanted = max(2, min(6, round(frame.width() / (line * 4))))
        x_ticks = ticks(x_low, x_high, min(wanted, round(x_high - x_low)) if self._whole else wanted)
        for tick in x_ticks:
            if tick > x_high:
                continue
            x = place(tick, y_ticks[0]).x()
            painter.drawText(
                QRectF(x - line * 2, frame.bottom(), line * 4, line * 1.2), CENTRE, label(tick, x_ticks)
            )
        below = QRectF(frame.left(), frame.bottom() + line * 1.1, frame.width(), line * 1.2)
        painter.drawText(below, CENTRE, self._x_name)
        for item in self._series:
            self._draw_series(painter, item, ground, place)

    def _draw_series(self, painter: QPainter, item: Series, ground: QColor, place) -> None:
        colour, line = QColor(item.colour), unit(self)
        points = thinned(item.points)
        curves = [(points, colour)]
        if item.noisy:
            curves = [(points, blend(ground, colour, 0.35)), (smoothed(points), colour)]
        for curve, ink in curves:
            painter.setPen(QPen(ink, max(1.5, line * 0.11)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([place(x, y) for x, y in curve]))
        if item.dots or len(points) == 1:
            painter.setPen(QPen(ground, 1))
            painter.setBrush(colour)
            for x, y in points:
                painter.drawEllipse(place(x, y), line * 0.2, line * 0.2)


def _span(low: float, high: float, least: float) -> tuple[float, float]:
    """Return an interval of at least ``least``, widened upwards and downwards alike."""
    missing = max(0.0, least - (high - low)) / 2
    return (
        (low - missing, high + missing) if low < 0 or low >= missing else (low, low + max(least, high - low))
    )
