"""The results of one run: score slider, table and the box up close."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from qgis.PyQt.QtCore import QModelIndex, QRectF, QSignalBlocker, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QPainter, QPalette, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSlider,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ..compat import QAction, flag_value
from ..connection.wire import MIN_SCORE
from ..i18n import tr
from ..layers.detections import ACCEPTED, REJECTED, UNDECIDED, Detection
from ..look import blend, score_colour, unit
from .detail_card import DetailCard
from .results_model import DETECTION_ROLE, LABEL, RANK, REASONING, SCORE, SIZE, ByScore, ResultsModel

SLIDER_SETTLE_MS = 150
# Column -> width of the box, in letters, from which on it is shown.
LESS_NEEDED = {SIZE: 54, REASONING: 64}


class ResultsBox(QWidget):
    """Shows detections.

    Signals:
        picked(Detection): the user chose a row.
        judged(str, str): id and verdict.
        minimum_changed(float): the slider settled on a score.
    """

    picked = pyqtSignal(object)
    judged = pyqtSignal(str, str)
    minimum_changed = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judgeable = True
        self._just_picked = False
        self._slid_by_hand = False
        self.model = ResultsModel(self)
        self.proxy = ByScore(self)
        self.proxy.setSourceModel(self.model)
        self.table = self._make_table()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setValue(round(MIN_SCORE * 100))
        self.slider.setToolTip(tr("Hide boxes that the verifier is less sure of. Nothing is run again."))
        self.slider.setAccessibleName(tr("Lowest score shown"))
        self._minimum = QLabel()
        self._count = QLabel()
        self._count.setWordWrap(True)
        self.card = DetailCard()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SLIDER_SETTLE_MS)
        self._lay_out()
        self._connect()
        self._show_counts()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.proxy)
        table.setItemDelegateForColumn(SCORE, ScoreDelegate(table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSortingEnabled(True)
        table.sortByColumn(SCORE, Qt.SortOrder.DescendingOrder)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(unit(table) * 1.6))
        letters = table.fontMetrics().averageCharWidth()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in ((RANK, 5), (SCORE, 14), (LABEL, 15), (SIZE, 14), (REASONING, 8)):
            header.resizeSection(column, width * letters)
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        return table

    def _lay_out(self) -> None:
        filter_row = QHBoxLayout()
        filter_row.addWidget(QLabel(tr("Score at least")))
        filter_row.addWidget(self.slider, 1)
        filter_row.addWidget(self._minimum)
        self._minimum.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self._minimum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.card)
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(filter_row)
        layout.addWidget(split, 1)
        layout.addWidget(self._count)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._slid)
        self._settle.timeout.connect(lambda: self.minimum_changed.emit(self.minimum))
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.pressed.connect(self._pressed)
        self.card.judged.connect(self._judge)
        for model_signal in (self.proxy.rowsInserted, self.proxy.rowsRemoved, self.proxy.modelReset):
            model_signal.connect(self._show_counts)
        for key, verdict in (("A", ACCEPTED), ("R", REJECTED), ("U", UNDECIDED)):
            action = QAction(self.table)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(self._judge_and_go_on, verdict))
            self.table.addAction(action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns that there is room for; the card has the rest."""
        super().resizeEvent(event)
        room = event.size().width() / self.fontMetrics().averageCharWidth()
        for column, wanted in LESS_NEEDED.items():
            self.table.setColumnHidden(column, room < wanted)

    @property
    def minimum(self) -> float:
        """The lowest score shown, 0..1."""
        return self.slider.value() / 100

    @property
    def current(self) -> Detection | None:
        """The chosen box."""
        index = self.table.currentIndex()
        return index.data(DETECTION_ROLE) if index.isValid() else None

    def show_detections(self, detections: Iterable[Detection], minimum: float, judgeable: bool) -> None:
        """Show a run's boxes from the start."""
        self._judgeable = judgeable
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(minimum * 100))
        self.proxy.set_minimum(self.minimum)
        self.model.replace_all(detections)
        self.card.show_detection(None)
        self._show_counts()

    def add(self, detections: Iterable[Detection]) -> None:
        """Append boxes of the run that goes on."""
        self.model.add(detections)

    def set_verdict(self, detection_id: str, verdict: str) -> None:
        """Show a verdict that was written."""
        self.model.set_verdict(detection_id, verdict)
        self.card.show_detection(self.current, self._judgeable)

    def start_at(self, minimum: float) -> None:
        """Begin a run at the score that its model proposes, unless the user has chosen one."""
        if not self._slid_by_hand:
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(minimum * 100))

    def _slid(self) -> None:
        self._slid_by_hand = True
        self.proxy.set_minimum(self.minimum)
        self._show_counts()
        self._settle.start()

    def _show_counts(self, *_: object) -> None:
        self._minimum.setText(tr("{n} %").format(n=self.slider.value()))
        shown, total = self.proxy.rowCount(), self.model.rowCount()
        text = tr("{shown} of {total} boxes shown")
        if shown < total:
            text = tr("{shown} of {total} boxes shown; {below} score less: move the slider to see them")
        self._count.setText(text.format(shown=shown, total=total, below=total - shown))

    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        detection = current.data(DETECTION_ROLE) if current.isValid() else None
        self.card.show_detection(detection, self._judgeable)
        if detection is not None:
            self._just_picked = True
            QTimer.singleShot(0, self._forget_pick)
            self.picked.emit(detection)

    def _forget_pick(self) -> None:
        self._just_picked = False

    def _pressed(self, index: QModelIndex) -> None:
        """Zoom again to a row that was chosen already; a new choice has done so in the same press."""
        if index.isValid() and not self._just_picked:
            self.picked.emit(index.data(DETECTION_ROLE))

    def _judge(self, verdict: str) -> None:
        if self.current is not None and self._judgeable:
            self.judged.emit(self.current.id, verdict)

    def _judge_and_go_on(self, verdict: str, _checked: bool = False) -> None:
        self._judge(verdict)
        below = self.table.currentIndex().row() + 1
        if below < self.proxy.rowCount():
            self.table.selectRow(below)


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
