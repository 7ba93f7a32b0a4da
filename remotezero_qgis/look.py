"""Shared looks: sizes that follow the font, colours that follow the palette, icons."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QColor, QFont, QIcon, QPalette
from qgis.PyQt.QtWidgets import QComboBox, QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from .files import resource_path

ACCENT = "#0f8b8d"
FLASH = "#ec9a29"
SHORTEST_ENTRY = 4
LEAST_CONTRAST = 90


def unit(widget: QWidget) -> int:
    """Return the height of a line of text in pixels: every other size is a multiple of it."""
    return widget.fontMetrics().height()


def icon(name: str) -> QIcon:
    """Return an icon of the plugin, or with a leading ``/`` one of QGIS's own."""
    if name.startswith("/"):
        return QgsApplication.getThemeIcon(name)
    return QIcon(str(resource_path(f"icons/{name}.svg")))


def let_shrink(box: QComboBox) -> QComboBox:
    """Have a list take the room that there is, however long its entries are, and return it."""
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(SHORTEST_ENTRY)
    return box


def scrolled(page: QWidget) -> QScrollArea:
    """Return an area in which ``page`` scrolls up and down where it is too low for it, and never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area


def blend(first: QColor, second: QColor, share: float) -> QColor:
    """Return ``first`` with ``share`` of ``second`` mixed in."""
    parts = zip((first.red(), first.green(), first.blue()), (second.red(), second.green(), second.blue()))
    return QColor(*(round(a * (1 - share) + b * share) for a, b in parts))


def theme_colours() -> tuple[QColor, QColor]:
    """Return the colours of text and ground; a themed QGIS has them in its own palette, not in a widget's."""
    palette = QgsApplication.palette()
    text, ground = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    # QGIS's dark themes colour text by their style sheet, and leave a palette in which it can't be read.
    if abs(text.lightness() - ground.lightness()) < LEAST_CONTRAST:
        text = blend(ground, QColor("white" if ground.lightness() < 128 else "black"), 0.75)
    return text, ground


class SoftLabel(QLabel):
    """A wrapping label in a softer text colour; it follows changes of theme."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)
        self._recolour()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._recolour()

    def _recolour(self) -> None:
        palette = QPalette(QgsApplication.palette())
        text, ground = theme_colours()
        palette.setColor(QPalette.ColorRole.WindowText, blend(text, ground, 0.35))
        self.setPalette(palette)


def larger(font: QFont, factor: float, bold: bool = False) -> QFont:
    """Return ``font`` scaled, whether its size is in points or in pixels."""
    scaled = QFont(font)
    if font.pointSizeF() > 0:
        scaled.setPointSizeF(font.pointSizeF() * factor)
    else:
        scaled.setPixelSize(round(font.pixelSize() * factor))
    scaled.setBold(bold or font.bold())
    return scaled
