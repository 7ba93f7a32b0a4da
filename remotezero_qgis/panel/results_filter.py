"""Which boxes are shown: the score sliders, the verdict, the question, the raster and the change of two dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

from qgis.PyQt.QtCore import QSignalBlocker, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..connection.wire import MIN_SCORE
from ..i18n import tr
from ..layers.changes import COLOURS, change_word
from ..layers.detections import ACCEPTED, REJECTED, UNDECIDED
from ..layers.result_rows import RowFilter
from ..layers.sought import Sought
from ..look import icon, let_shrink
from .class_sliders import ClassSliders

SLIDER_SETTLE_MS = 150


class ResultsFilter(QWidget):
    """The row of filters above the table.

    Signals:
        changed(): other boxes are wanted.
        minimum_changed(float): a slider settled; the scores of several questions are in ``wanted``.
        pick_wanted(bool): boxes are to be chosen by a click on the map, or no more.
    """

    changed = pyqtSignal()
    minimum_changed = pyqtSignal(float)
    pick_wanted = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setValue(round(MIN_SCORE * 100))
        self.slider.setToolTip(tr("Hide boxes that the verifier is less sure of. Nothing is run again."))
        self.slider.setAccessibleName(tr("Lowest score shown"))
        self._slid_by_hand = False
        self.classes = ClassSliders()
        self.classes.changed.connect(self._class_slid)
        self._minimum = QLabel()
        self._minimum.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self._minimum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.verdict = self._make_choice(tr("Verdict"))
        for text, verdict in (
            (tr("Verdict"), None),
            (tr("Open"), UNDECIDED),
            (tr("Accepted"), ACCEPTED),
            (tr("Rejected"), REJECTED),
        ):
            self.verdict.addItem(text, verdict)
        self.query = self._make_choice(tr("Question"))
        self.source = self._make_choice(tr("Raster"))
        self.change = self._make_choice(tr("Change"))
        for text, change in ((tr("Change"), None), *((change_word(one), one) for one in COLOURS)):
            self.change.addItem(text, change)
        self.change.hide()
        self.pick = QToolButton()
        self.pick.setIcon(icon("/mActionSelectRectangle.svg"))
        self.pick.setCheckable(True)
        self.pick.setToolTip(tr("Choose boxes by clicking on them on the map"))
        self.pick.setAccessibleName(self.pick.toolTip())
        self.pick.clicked.connect(self.pick_wanted)
        self.menu_button = QToolButton()
        self.menu_button.setText(tr("Review"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SLIDER_SETTLE_MS)
        self._settle.timeout.connect(lambda: self.minimum_changed.emit(self.minimum))
        self.slider.valueChanged.connect(self._slid)
        self._lay_out()
        self.offer((), ())
        self._show_minimum()

    def _make_choice(self, name: str) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(name)
        choice.setToolTip(name)
        let_shrink(choice)
        choice.currentIndexChanged.connect(lambda _: self.changed.emit())
        return choice

    def _lay_out(self) -> None:
        score = QHBoxLayout()
        score.addWidget(QLabel(tr("Score at least")))
        score.addWidget(self.slider, 1)
        score.addWidget(self._minimum)
        of_run = QHBoxLayout()
        for choice in (self.source, self.query, self.change):
            of_run.addWidget(choice, 1)
        choices = QHBoxLayout()
        choices.addWidget(self.verdict, 1)
        choices.addWidget(self.pick)
        choices.addWidget(self.menu_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(score)
        layout.addWidget(self.classes)
        layout.addLayout(of_run)
        layout.addLayout(choices)

    @property
    def minimum(self) -> float:
        """The lowest score shown, 0..1."""
        return self.slider.value() / 100

    @property
    def wanted(self) -> RowFilter:
        """What is chosen now."""
        choices = (self.verdict, self.query, self.change, self.source)
        return RowFilter(self.minimum, *(choice.currentData() for choice in choices), self.classes.minimums)

    def start(self, minimum: float, sought: Sequence[Sought]) -> None:
        """Begin with another run: its questions, the lowest scores, and any verdict, question and raster."""
        with QSignalBlocker(self.slider), QSignalBlocker(self.verdict):
            self.slider.setValue(round(minimum * 100))
            self.verdict.setCurrentIndex(0)
        for choice in (self.query, self.source):
            with QSignalBlocker(choice):
                choice.clear()
        with QSignalBlocker(self.change):
            self.change.setCurrentIndex(0)
        self.classes.show_classes(sought, minimum)
        self.offer((), ())
        self._show_minimum()

    def propose(self, minimum: float) -> None:
        """Take a lowest score, unless the user has chosen one."""
        if not self._slid_by_hand:
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(minimum * 100))
            self._show_minimum()

    def offer(self, queries: Sequence[str], sources: Sequence[str], compared: bool = False) -> None:
        """List the run's questions and rasters, of which a single one is no choice; and changes between two dates."""
        self.change.setVisible(compared)
        _list(self.query, tr("Question"), queries, str)
        _list(self.source, tr("Raster"), sources, lambda source: PurePath(source).name or source)

    def _slid(self) -> None:
        self._slid_by_hand = True
        self.classes.set_all(self.minimum)
        self._show_minimum()
        self.changed.emit()
        self._settle.start()

    def _class_slid(self) -> None:
        # The slider of all stands at the lowest of them, so that there is a way back from each.
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(100 * min(self.classes.minimums.values())))
        self._show_minimum()
        self.changed.emit()
        self._settle.start()

    def _show_minimum(self) -> None:
        self._minimum.setText(tr("{n} %").format(n=self.slider.value()))


def _list(choice: QComboBox, title: str, values: Sequence[str], text_of: Callable[[str], str]) -> None:
    """Fill a choice with what there is besides any, keeping what is chosen."""
    if choice.count() - 1 != len(values):
        chosen = choice.currentData()
        with QSignalBlocker(choice):
            choice.clear()
            choice.addItem(title, None)
            for value in values:
                choice.addItem(text_of(value), value)
            choice.setCurrentIndex(max(0, choice.findData(chosen) if chosen is not None else 0))
    choice.setVisible(len(values) > 1)
