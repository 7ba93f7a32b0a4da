"""Shared looks: sizes that follow the font, colours that follow the palette, icons."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEvent, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QIcon, QPalette, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTabWidget,
    QWidget,
)

from .files import resource_path

ACCENT = "#0f8b8d"
FLASH = "#ec9a29"
SHORTEST_ENTRY = 2
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


class _Wrapping:
    """A button whose text breaks into lines where it is narrow; beside ``QAbstractButton``."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._text = text
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return room for the text in one line."""
        rim, metrics = self._rim(), self.fontMetrics()
        return QSize(
            metrics.horizontalAdvance(self._text) + rim.width(), metrics.lineSpacing() + rim.height()
        )

    def minimumSizeHint(self) -> QSize:
        """Return room for the longest word, and for as many lines as the text has now."""
        words = map(self.fontMetrics().horizontalAdvance, self._text.split())
        return QSize(max(words, default=0) + self._rim().width(), self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        """Return that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width."""
        lines = len(self._lines(width))
        return lines * self.fontMetrics().lineSpacing() + self._rim().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the text anew."""
        super().resizeEvent(event)
        text = "\n".join(self._lines(self.width()))
        if text != self.text():
            super().setText(text)

    def _rim(self) -> QSize:
        """Return what the style adds to the text: frame, indicator, margins."""
        shown = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        whole = super().sizeHint()
        return QSize(whole.width() - shown.width(), whole.height() - shown.height())

    def _lines(self, width: int) -> list[str]:
        room, metrics, lines = width - self._rim().width(), self.fontMetrics(), [""]
        for word in self._text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and metrics.horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines


class WrappingCheck(_Wrapping, QCheckBox):
    """A tick whose text breaks into lines."""


class WrappingButton(_Wrapping, QPushButton):
    """A button whose text breaks into lines."""


class FittingTabs(QTabWidget):
    """Tabs whose titles are never cut off: where there is little room they lose their icons, then become smaller."""

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
        for icons, size in ((True, 1.0), (False, 1.0), (False, 0.95), (False, 0.9), (False, 0.85)):
            self.tabBar().setFont(larger(self.font(), size))
            for index, (image, title) in enumerate(self._made):
                self.setTabIcon(index, image if icons else QIcon())
                self.setTabText(index, title)
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
