"""Where to look: a list of four ways to say it, and the button that draws a rectangle."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from ..i18n import tr
from ..layers.place import CANVAS, LAYER, RECTANGLE, SELECTION
from ..look import icon, let_shrink


class PlaceChoice(QWidget):
    """One of the four places.

    Signals:
        changed(): another place was chosen.
        draw_wanted(): the user wants to draw a rectangle.
    """

    changed = pyqtSignal()
    draw_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = True
        self._list = QComboBox()
        let_shrink(self._list)
        for place, text in (
            (CANVAS, tr("What the map shows")),
            (LAYER, tr("The whole raster")),
            (RECTANGLE, tr("A drawn rectangle")),
            (SELECTION, tr("Selected polygons")),
        ):
            self._list.addItem(text, place)
        self._draw = QToolButton()
        self._draw.setIcon(icon("/mActionSelectRectangle.svg"))
        self._draw.setToolTip(tr("Draw the rectangle on the map"))
        self._draw.setAccessibleName(self._draw.toolTip())
        self._draw.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._list, 1)
        row.addWidget(self._draw)
        self._list.currentIndexChanged.connect(self._changed)
        self._draw.clicked.connect(self.draw_wanted)

    @property
    def place(self) -> str:
        """``canvas``, ``layer``, ``rectangle`` or ``selection``."""
        return self._list.currentData()

    def choose(self, place: str, draw: bool = True) -> None:
        """Choose a place; with ``draw`` a rectangle is to be drawn."""
        self._drawing = draw
        self._list.setCurrentIndex(self._list.findData(place))
        self._drawing = True

    def _changed(self, _index: int) -> None:
        self._draw.setVisible(self.place == RECTANGLE)
        self.changed.emit()
        if self.place == RECTANGLE and self._drawing:
            self.draw_wanted.emit()
