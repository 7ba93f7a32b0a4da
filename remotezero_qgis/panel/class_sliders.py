"""A score slider for each of several questions, with the colour that its boxes have on the map."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QEvent, QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPixmap
from qgis.PyQt.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QSlider, QWidget

from ..i18n import tr
from ..layers.sought import Sought
from ..look import unit

ROWS_SHOWN = 5


class ElidedLabel(QLabel):
    """One line of text that takes the room there is; what does not fit is in its tool tip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.full = ""
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.full = text
        self.setToolTip(text)
        self._fit()

    def resizeEvent(self, event: QEvent) -> None:
        """Show as much as fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width()
        self.setText(self.fontMetrics().elidedText(self.full, Qt.TextElideMode.ElideRight, room))


def swatch(colour: str, side: int) -> QPixmap:
    """Return a square of a colour."""
    picture = QPixmap(side, side)
    picture.fill(QColor(colour))
    return picture


class ClassSliders(QScrollArea):
    """One row a question; hidden while there are fewer than two.

    Signals:
        changed(): a slider was moved.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.sliders: dict[str, QSlider] = {}
        self._numbers: dict[str, QLabel] = {}
        self.hide()

    @property
    def minimums(self) -> dict[str, float]:
        """The lowest score shown by question; {} for a single one."""
        return {question: slider.value() / 100 for question, slider in self.sliders.items()}

    def show_classes(self, sought: Sequence[Sought], least: float) -> None:
        """Have one slider for each of several questions, at ``least`` where it has no score of its own."""
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(max(1, round(unit(self) * 0.15)))
        self.sliders, self._numbers = {}, {}
        for row, one in enumerate(sought if len(sought) > 1 else ()):
            colour = QLabel()
            colour.setPixmap(swatch(one.colour, round(unit(self) * 0.7)))
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, 100)
            slider.setValue(round(100 * (least if one.minimum is None else one.minimum)))
            slider.setAccessibleName(tr("Lowest score shown of “{question}”").format(question=one.question))
            slider.setToolTip(slider.accessibleName())
            number = QLabel()
            number.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, widget in enumerate((colour, ElidedLabel(one.question), slider, number)):
                grid.addWidget(widget, row, column)
            slider.valueChanged.connect(self._moved)
            self.sliders[one.question], self._numbers[one.question] = slider, number
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        self.setWidget(page)
        self._show_numbers()
        height = page.sizeHint().height()
        rows = max(1, len(self.sliders))
        self.setFixedHeight(height if rows <= ROWS_SHOWN else round(height * (ROWS_SHOWN + 0.5) / rows))
        self.setVisible(bool(self.sliders))

    def set_all(self, least: float) -> None:
        """Move all sliders to one score, and tell nobody."""
        for slider in self.sliders.values():
            with QSignalBlocker(slider):
                slider.setValue(round(least * 100))
        self._show_numbers()

    def _moved(self, _value: int) -> None:
        self._show_numbers()
        self.changed.emit()

    def _show_numbers(self) -> None:
        for question, number in self._numbers.items():
            number.setText(tr("{n} %").format(n=self.sliders[question].value()))
