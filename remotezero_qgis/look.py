"""Shared looks: sizes that follow the font, colours that follow the palette, icons."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QColor, QFont, QIcon, QPalette, QResizeEvent
from qgis.PyQt.QtWidgets import QComboBox, QFrame, QLabel, QScrollArea, QSizePolicy, QTabWidget, QWidget

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


class FittingTabs(QTabWidget):
    """Tabs whose titles are never cut off: where there is little room they break into lines, and lose their icons."""

    FRAME_PX = 4
    """What the frame, and its corner, keep for themselves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self._made: list[tuple[QIcon, str]] = []

    def tabInserted(self, index: int) -> None:
        """Keep what the tab was made with."""
        super().tabInserted(index)
        self._made.insert(index, (self.tabIcon(index), self.tabText(index)))

    def rename(self, index: int, title: str) -> None:
        """Give a tab another title."""
        self._made[index] = (self._made[index][0], title)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the titles into the new width."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        corner = self.cornerWidget()
        room = self.width() - self.FRAME_PX - (corner.sizeHint().width() if corner is not None else 0)
        for icons, lines in ((True, False), (True, True), (False, True)):
            for index, (image, title) in enumerate(self._made):
                self.setTabIcon(index, image if icons else QIcon())
                self.setTabText(index, title.replace(" ", "\n", 1) if lines else title)
            if self.tabBar().sizeHint().width() <= room:
                break


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
