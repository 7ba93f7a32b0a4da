"""Several questions for one run: a row each, with its colour; not to be seen until the first one is added."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.gui import QgsColorButton
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QToolButton, QVBoxLayout, QWidget

from ..i18n import tr
from ..layers.sought import Sought, coloured
from ..look import icon, unit

MOST = 64
"""The engine takes no more questions at once."""
ROWS_SHOWN = 5


class ColourButton(QgsColorButton):
    """QGIS's own button as a small square: it wants room for a text that it does not have."""

    def minimumSizeHint(self) -> QSize:
        """Return room for the colour."""
        side = round(unit(self) * 1.5)
        return QSize(side, side)


class QuestionRow(QWidget):
    """One question.

    Signals:
        removed(): the user wants it no more.
        asked(): the user pressed Return.
    """

    removed = pyqtSignal()
    asked = pyqtSignal()

    def __init__(self, sought: Sought, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minimum = sought.minimum
        self.colour = ColourButton()
        self.colour.setColor(QColor(sought.colour))
        self.colour.setShowMenu(False)
        self.colour.setFixedSize(self.colour.minimumSizeHint())
        self.colour.setToolTip(tr("Colour on the map"))
        self.colour.setAccessibleName(self.colour.toolTip())
        self.line = QLineEdit(sought.question)
        self.line.setCursorPosition(0)
        self.line.setAccessibleName(tr("Question"))
        self.line.returnPressed.connect(self.asked)
        remove = QToolButton()
        remove.setIcon(icon("/mIconClose.svg"))
        remove.setAutoRaise(True)
        remove.setToolTip(tr("Do not look for this"))
        remove.setAccessibleName(remove.toolTip())
        remove.clicked.connect(lambda _: self.removed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.colour)
        row.addWidget(self.line, 1)
        row.addWidget(remove)

    @property
    def sought(self) -> Sought:
        """The question as the row has it; "" where the line was emptied."""
        return Sought(" ".join(self.line.text().split()), self.colour.color().name(), self._minimum)

    def set_minimum(self, minimum: float) -> None:
        """Remember the lowest score shown of it."""
        self._minimum = minimum


class QuestionList(QScrollArea):
    """The rows.

    Signals:
        changed(): rows came or went.
        asked(): the user pressed Return in a row.
    """

    changed = pyqtSignal()
    asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows: list[QuestionRow] = []
        page = QWidget()
        self._lines = QVBoxLayout(page)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(max(1, round(unit(self) * 0.15)))
        self.setWidget(page)
        self._fit()

    @property
    def sought(self) -> tuple[Sought, ...]:
        """The questions, each once, emptied lines left out."""
        found = {one.question: one for one in reversed([row.sought for row in self.rows]) if one.question}
        return tuple(reversed(list(found.values())))

    def add(self, question: str) -> bool:
        """Add a question at the end; False when it is there already, or there are too many."""
        if len(self.rows) >= MOST or question in {one.question for one in self.sought}:
            return False
        *_, one = coloured([*(row.sought for row in self.rows), Sought(question)])
        self._append(one)
        self._fit()
        self.changed.emit()
        return True

    def show_all(self, sought: Iterable[Sought]) -> None:
        """Have these questions instead."""
        for row in self.rows:
            self._lines.removeWidget(row)
            row.deleteLater()
        self.rows = []
        for one in coloured(sought):
            self._append(one)
        self._fit()
        self.changed.emit()

    def keep_minimums(self, minimums: dict[str, float]) -> None:
        """Remember the lowest scores shown, for the next run and for presets."""
        for row in self.rows:
            if row.sought.question in minimums:
                row.set_minimum(minimums[row.sought.question])

    def _append(self, one: Sought) -> None:
        row = QuestionRow(one)
        row.removed.connect(lambda: self._remove(row))
        row.asked.connect(self.asked)
        self.rows.append(row)
        self._lines.addWidget(row)

    def _remove(self, row: QuestionRow) -> None:
        self.rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Be as high as the rows are, up to a few of them."""
        self.setVisible(bool(self.rows))
        if self.rows:
            high = self.rows[0].sizeHint().height() + self._lines.spacing()
            shown = len(self.rows) if len(self.rows) <= ROWS_SHOWN else ROWS_SHOWN + 0.5
            self.setFixedHeight(round(high * shown) + 1)


def with_typed(sought: tuple[Sought, ...], typed: str) -> tuple[Sought, ...]:
    """Return the listed questions and the typed one, if there is one that is not listed."""
    known = any(one.question == typed for one in sought)
    return sought if known or not typed else coloured([*sought, Sought(typed)])
