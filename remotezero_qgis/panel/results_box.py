"""The results of one run: filters, table and the box up close."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qgis.PyQt.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent, QShowEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from ..i18n import tr
from ..layers.detections import Detection
from ..layers.result_rows import ResultRows
from ..layers.sought import Sought
from ..look import SoftLabel, icon
from .detail_card import DetailCard
from .results_actions import ResultsActions
from .results_filter import ResultsFilter
from .results_model import ResultsModel
from .results_table import ResultsTable

MOST_KEPT_CHOSEN = 1000
"""How many chosen rows stay chosen when the table is sorted or filtered, or are marked after a choice on the map."""


class ResultsBox(QWidget):
    """Shows the boxes of one run and lets the user judge them.

    Signals:
        picked(Detection): another box is the current one.
        chosen(list): the places of the rows that are chosen now.
        zoom_wanted(Detection): the user wants to see a box close by.
        judged(list, str): places, and the verdict on them.
        undo_wanted(), redo_wanted(): of the last verdicts.
        copy_wanted(list): the places of the rows to copy, from top to bottom.
        verify_wanted(): the boxes that were drawn anew are to be scored again.
        minimum_changed(float): the slider settled on a score.
        pick_wanted(bool): boxes are to be chosen by a click on the map, or no more.
    """

    picked = pyqtSignal(object)
    chosen = pyqtSignal(list)
    zoom_wanted = pyqtSignal(object)
    judged = pyqtSignal(list, str)
    undo_wanted = pyqtSignal()
    redo_wanted = pyqtSignal()
    copy_wanted = pyqtSignal(list)
    verify_wanted = pyqtSignal()
    minimum_changed = pyqtSignal(float)
    pick_wanted = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judgeable = True
        self._restoring = False
        self._before: tuple[list[int], int | None] = ([], None)
        self.model = ResultsModel(self)
        self.table = ResultsTable(self.model)
        self.filter = ResultsFilter()
        self.model.set_filter(self.filter.wanted)
        self.slider = self.filter.slider
        self.commands = ResultsActions(self)
        self.menu = self.commands.menu
        self.filter.menu_button.setMenu(self.menu)
        self.card = DetailCard()
        self._count = SoftLabel()
        self._unwritten = SoftLabel()
        self._unwritten.hide()
        self._keys = SoftLabel(tr("A accept · R reject · N next unsure · Z zoom · Ctrl+Z undo"))
        self._edited = QWidget()
        self._edited_text = QLabel()
        self._verify = QPushButton(icon("verify"), tr("Verify again"))
        self._verify.setToolTip(tr("Score the boxes that were drawn anew. Verdicts stay."))
        self._lay_out()
        self._connect()
        self._show_counts()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._edited)
        row.setContentsMargins(0, 0, 0, 0)
        self._edited_text.setWordWrap(True)
        row.addWidget(self._edited_text, 1)
        row.addWidget(self._verify)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.card)
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.filter)
        layout.addWidget(self._count)
        layout.addWidget(self._unwritten)
        layout.addWidget(split, 1)
        layout.addWidget(self._edited)
        layout.addWidget(self._keys)

    def _connect(self) -> None:
        self.filter.changed.connect(self._filter)
        self.filter.minimum_changed.connect(self.minimum_changed)
        self.filter.pick_wanted.connect(self.pick_wanted)
        self.model.modelAboutToBeReset.connect(self._remember)
        self.model.modelReset.connect(self._restore)
        self.model.rowsRemoved.connect(self._show_counts)
        self.model.rowsInserted.connect(self._show_counts)
        self.model.dataChanged.connect(self._show_counts)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.timeout.connect(self._tell_chosen)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._selection_changed())
        self.table.doubleClicked.connect(lambda _: self._zoom())
        self.table.installEventFilter(self)
        self.card.judged.connect(lambda verdict: self._judge(self._current_places(), verdict))
        self.card.zoom_wanted.connect(self._zoom)
        actions = self.commands
        actions.judged.connect(self._judge_chosen)
        actions.all_judged.connect(lambda verdict: self._judge(list(self.model.order), verdict))
        actions.unsure_wanted.connect(self.go_to_unsure)
        actions.zoom_wanted.connect(self._zoom)
        actions.undo_wanted.connect(self.undo_wanted)
        actions.redo_wanted.connect(self.redo_wanted)
        actions.copy_wanted.connect(lambda: self.copy_wanted.emit(self.table.chosen))
        actions.verify_wanted.connect(self.verify_wanted)
        self._verify.clicked.connect(lambda _: self.verify_wanted.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns that there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rows = self.model.rows
        self.table.fit(len(rows.queries.names) > 1, len(_rasters(rows)) > 1)

    @property
    def minimum(self) -> float:
        """The lowest score shown, 0..1."""
        return self.filter.minimum

    @property
    def current(self) -> Detection | None:
        """The current box."""
        index = self.table.currentIndex()
        return self.model.detection(index.row()) if index.isValid() else None

    @property
    def minimums(self) -> dict[str, float]:
        """The lowest score shown by question, where there are several."""
        return self.filter.classes.minimums

    def show_rows(
        self, rows: ResultRows, minimum: float, judgeable: bool, sought: Sequence[Sought] = ()
    ) -> None:
        """Show a run's boxes from the start."""
        self._judgeable = judgeable
        self.commands.set_judgeable(judgeable)
        self.filter.start(minimum, sought)
        self._restoring = True
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())
        self._restoring = False
        self.model.set_filter(self.filter.wanted)
        self.model.replace_all(rows, sought)
        self.card.show_detection(None)

    def renew(self, rows: ResultRows) -> None:
        """Show the same run after its table changed; filters, and what is chosen, stay."""
        fids, (chosen, current) = self.model.rows.fids, (self.table.chosen, self._current_places())
        wanted = {fids[place] for place in chosen[:MOST_KEPT_CHOSEN]}
        now = [fids[place] for place in current]
        self.model.replace_all(rows)
        self.choose_fids(wanted, now[0] if now else None)
        self.card.show_detection(self.current, self._judgeable)

    def add(self, detections: Iterable[Detection]) -> None:
        """Take up boxes of the run that goes on."""
        if len(self.table.chosen) > MOST_KEPT_CHOSEN:
            self.table.clearSelection()
        self.model.add(detections)

    def judge(self, places: list[int], verdicts: bytes) -> bytes:
        """Show verdicts (numbers of ``VERDICTS``) at places, and return what they were."""
        before = self.model.judge(places, verdicts)
        self.card.show_detection(self.current, self._judgeable)
        return before

    def choose_fids(self, fids: Iterable[int], current: int | None = None) -> None:
        """Choose the rows of features, as the map has them chosen; nobody is told of it."""
        places = self.model.rows.places_of(fids)
        rows = self.model.rows_of(places)[:MOST_KEPT_CHOSEN]
        first = self.model.rows_of(self.model.rows.places_of([current])) if current is not None else rows[:1]
        self._restoring = True
        self.table.choose(rows, first[0] if first else None)
        self._restoring = False
        self.card.show_detection(self.current if first else None, self._judgeable)

    def go_to_unsure(self) -> None:
        """Choose the box without a verdict that the verifier is least sure of."""
        index = self.table.currentIndex()
        row = self.model.next_unsure(index.row() if index.isValid() else None)
        if row is not None:
            self.table.selectRow(row)

    def set_history(self, undo: str, redo: str) -> None:
        """Say what can be undone and done again, "" for nothing."""
        self.commands.set_history(undo, redo)

    def set_unwritten(self, count: int) -> None:
        """Say how many verdicts are shown and not in the file yet."""
        number = self.locale().toString(count)
        self._unwritten.setText(tr("Writing verdicts: {n} left").format(n=number))
        self._unwritten.setVisible(count > 0)

    def set_picking(self, picking: bool) -> None:
        """Show whether a click on the map chooses a box."""
        self.filter.pick.setChecked(picking)

    def set_verifying(self, verifying: bool) -> None:
        """Show that the boxes drawn anew are being scored."""
        self._verify.setEnabled(not verifying)
        self.commands.verify.setEnabled(not verifying)
        self._verify.setText(tr("Verifying…") if verifying else tr("Verify again"))

    def event(self, event: QEvent) -> bool:
        """Answer our keys wherever in here the focus is."""
        return self._key(event) or super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer our keys before the table takes them for a search, or copies one cell."""
        return self._key(event) or super().eventFilter(watched, event)

    def start_at(self, minimum: float) -> None:
        """Begin a run at the score that its model proposes, unless the user has chosen one."""
        self.filter.propose(minimum)

    def showEvent(self, event: QShowEvent) -> None:
        """Count once more: nobody has been told while the box was hidden."""
        super().showEvent(event)
        self._show_counts()

    def _key(self, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        action = self.commands.for_key(event)
        if action is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            action.trigger()
        return True

    def _filter(self) -> None:
        self.model.set_filter(self.filter.wanted)
        self._show_counts()

    def _show_counts(self, *_: object) -> None:
        counts, number = self.model.counts, self.locale().toString
        rows = self.model.rows
        self.filter.offer(rows.queries.names, _rasters(rows), any(rows.changes.names))
        self._fit()
        text = tr("{shown} of {total} boxes shown")
        if counts.below:
            text = tr("{shown} of {total} boxes shown; {below} score less: move the slider to see them")
        text = text.format(shown=number(counts.shown), total=number(counts.total), below=number(counts.below))
        if counts.open < counts.total:
            text += " · " + tr("{accepted} accepted, {rejected} rejected, {open} open").format(
                accepted=number(counts.accepted), rejected=number(counts.rejected), open=number(counts.open)
            )
        self._count.setText(text)
        edited = len(self.model.rows.edited)
        self._edited.setVisible(edited > 0)
        self.commands.verify.setEnabled(edited > 0)
        self._edited_text.setText(tr("Edited boxes: {n}").format(n=edited))
        self._keys.setVisible(self._judgeable and counts.total > 0)

    def _remember(self) -> None:
        current = self._current_places()
        self._before = (self.table.chosen, current[0] if current else None)
        self._restoring = True

    def _restore(self) -> None:
        chosen, current = self._before
        rows = self.model.rows_of(chosen) if len(chosen) <= MOST_KEPT_CHOSEN else []
        row = self.model.row_of(current) if current is not None else None
        self.table.choose(rows or ([row] if row is not None else []), row)
        self._restoring = False
        self._show_counts()
        if row is None:
            self.card.show_detection(None)

    def _current_places(self) -> list[int]:
        index = self.table.currentIndex()
        return [self.model.order[index.row()]] if index.isValid() else []

    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._restoring:
            return
        self.card.show_detection(self.current if current.isValid() else None, self._judgeable)
        if current.isValid():
            self.picked.emit(self.model.detection(current.row()))

    def _selection_changed(self) -> None:
        if not self._restoring:
            self._follow.start()

    def _tell_chosen(self) -> None:
        self.chosen.emit(self.table.chosen)

    def _zoom(self) -> None:
        if self.current is not None:
            self.zoom_wanted.emit(self.current)

    def _judge(self, places: list[int], verdict: str) -> None:
        if places and self._judgeable:
            self.judged.emit(places, verdict)

    def _judge_chosen(self, verdict: str) -> None:
        """Judge what is chosen; after a single box the next one is the current."""
        places = self.table.chosen or self._current_places()
        row, count = self.table.currentIndex().row(), self.model.rowCount()
        self._judge(places, verdict)
        if len(places) == 1 and self._judgeable:
            below = row + 1 if self.model.rowCount() == count else row
            if below < self.model.rowCount():
                self.table.selectRow(below)


def _rasters(rows: ResultRows) -> Sequence[str]:
    """Return the rasters of a run; the two dates of a comparison are told apart by the change."""
    return () if any(rows.changes.names) else rows.sources.names
