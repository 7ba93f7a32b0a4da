"""Boxes as a table: which are shown and in what order is kept as numbers, rows are read as they come into view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer
from qgis.PyQt.QtGui import QColor

from ..compat import flag_value
from ..i18n import tr
from ..layers.changes import change_colour, change_sentence, change_word
from ..layers.detections import ACCEPTED, EDITED, REJECTED, VERIFIED, Detection
from ..layers.result_rows import VERDICTS, ResultRows, RowFilter
from ..layers.sought import Sought, colour_of, hue_of
from ..look import icon

RANK, SCORE, QUESTION, LABEL, RASTER, SIZE, REASONING = range(7)
SORTABLE = {
    RANK: "rank", SCORE: "score", QUESTION: "query", LABEL: "label", RASTER: "source", SIZE: "size",
}  # fmt: skip
DETECTION_ROLE = Qt.ItemDataRole.UserRole + 1
NO_PARENT = QModelIndex()
PAGE, TRY_AGAIN_MS = 64, 400
# What is nearest to this is the most doubtful where the slider hides nothing.
EVEN_ODDS = 0.5


@dataclass(frozen=True)
class Counts:
    """How many boxes of a run there are, are shown, score too little, and were judged in each way."""

    total: int
    shown: int
    below: int
    accepted: int
    rejected: int

    @property
    def open(self) -> int:
        """How many nobody has judged yet."""
        return self.total - self.accepted - self.rejected


class ResultsModel(QAbstractTableModel):
    """The shown boxes of one run, one a row.

    A row is where a box stands in the table; its *place* is where it stands in :attr:`rows`, and stays.
    """

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.rows = ResultRows()
        self.wanted = RowFilter()
        self._order: list[int] = []
        self._sorted: list[int] = []
        self._column, self._descending = SCORE, True
        self._icons = {ACCEPTED: icon("accept"), REJECTED: icon("reject")}
        self._hues: dict[str, str] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(TRY_AGAIN_MS)
        self._again.timeout.connect(self._all_changed)

    @property
    def total(self) -> int:
        """The number of boxes, hidden ones included."""
        return len(self.rows)

    @property
    def counts(self) -> Counts:
        """All boxes counted by their verdicts and scores, and how many are shown."""
        accepted, rejected = (
            self.rows.verdicts.count(VERDICTS.index(verdict)) for verdict in (ACCEPTED, REJECTED)
        )
        below = self.rows.below(self.wanted)
        return Counts(len(self.rows), len(self._order), below, accepted, rejected)

    @property
    def order(self) -> Sequence[int]:
        """The places of the rows shown."""
        return self._order

    @property
    def detections(self) -> list[Detection]:
        """All boxes with all their columns, hidden ones included; reads every one of them."""
        return list(self.rows.all_of(range(len(self.rows))))

    def replace_all(self, rows: ResultRows, sought: Iterable[Sought] | None = None) -> None:
        """Show another run and what it looked for; without ``sought`` the same one again."""
        self.beginResetModel()
        self.rows = rows
        if sought is not None:
            self._hues = {one.question: one.colour for one in sought if one.colour}
        self._sort()
        self.endResetModel()

    def add(self, detections: Iterable[Detection]) -> None:
        """Take up boxes of a run that goes on, and put them where they belong."""
        first = len(self.rows)
        self.rows.add(detections)
        fresh = self.rows.filtered(range(first, len(self.rows)), self.wanted)
        if fresh:
            below = len(self._order)
            self.beginInsertRows(NO_PARENT, below, below + len(fresh) - 1)
            self._order.extend(fresh)
            self.endInsertRows()
        self._sorted.extend(range(first, len(self.rows)))
        self.rows.sort(self._sorted, SORTABLE[self._column], self._descending)
        self._reorder(self.rows.filtered(self._sorted, self.wanted))

    def set_filter(self, wanted: RowFilter) -> None:
        """Show other boxes of the same run."""
        if wanted != self.wanted:
            self.beginResetModel()
            self.wanted = wanted
            self._order = self.rows.filtered(self._sorted, wanted)
            self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; reasoning has no order."""
        if column in SORTABLE:
            self.beginResetModel()
            self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
            self._sort()
            self.endResetModel()

    def judge(self, places: Sequence[int], verdicts: bytes) -> bytes:
        """Change verdicts (numbers of :data:`VERDICTS`), and return what they were before."""
        before = self.rows.judge(places, verdicts)
        if self.wanted.verdict is None:
            self._all_changed()
            return before
        staying = self.rows.filtered(self._order, self.wanted)
        coming = set(self.rows.filtered(places, self.wanted)) - set(self._order)
        if len(self._order) == len(staying) + 1 and not coming:
            row = self._order.index(places[0])
            self.beginRemoveRows(NO_PARENT, row, row)
            self._order = staying
            self.endRemoveRows()
        else:
            self.beginResetModel()
            self._order = self.rows.filtered(self._sorted, self.wanted)
            self.endResetModel()
        return before

    def next_unsure(self, after: int | None) -> int | None:
        """Return the row of the box without a verdict whose score is nearest to the threshold.

        Args:
            after: a row whose successor in doubt is wanted, if it has no verdict itself; None for the first.
        """
        verdicts = self.rows.verdicts
        doubts = sorted(
            (self._doubt(place), row) for row, place in enumerate(self._order) if not verdicts[place]
        )
        if not doubts:
            return None
        later = doubts
        if after is not None and not verdicts[self._order[after]]:
            now = (self._doubt(self._order[after]), after)
            later = [doubt for doubt in doubts if doubt > now] or doubts
        return later[0][1]

    def _doubt(self, place: int) -> float:
        """How near a box's score is to the lowest one shown of its question: the nearer, the more doubtful."""
        queries = self.rows.queries
        question = queries.names[queries.codes[place]]
        threshold = self.wanted.minimums.get(question, self.wanted.minimum) or EVEN_ODDS
        return abs(self.rows.scores[place] - threshold)

    def row_of(self, place: int) -> int | None:
        """Return the row that a box has now, None where it is hidden."""
        try:
            return self._order.index(place)
        except ValueError:
            return None

    def rows_of(self, places: Iterable[int]) -> list[int]:
        """Return the rows that boxes have now, hidden ones left out."""
        wanted = set(places)
        return [row for row, place in enumerate(self._order) if place in wanted]

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Return the number of boxes shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else REASONING + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole):
        """Return a column's title."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        titles = (
            tr("#"),
            tr("Score"),
            tr("Question"),
            tr("Label"),
            tr("Raster"),
            tr("Size"),
            tr("Reasoning"),
        )
        return titles[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            return flag_value(right) if column in (RANK, SIZE) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(self.detection(index.row()), column)
        if role == DETECTION_ROLE:
            return self.detection(index.row())
        if role == Qt.ItemDataRole.DecorationRole and column == RANK:
            return self._icons.get(VERDICTS[self.rows.verdicts[self._order[index.row()]]])
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(self.detection(index.row()), column)
        return None

    def detection(self, row: int) -> Detection:
        """Return a whole row, read with its neighbours where it is not in memory.

        While the file is busy that is what is known without it, and the table is drawn again soon.
        """
        place = self._order[row]
        found = self.rows.kept(place)
        if found is None:
            first = row // PAGE * PAGE
            if not self.rows.fetch(self._order[first : first + PAGE]):
                self._again.start()
            found = self.rows.kept(place)
        return found or self.rows.outline(place)

    def colour(self, box: Detection) -> QColor:
        """Return the colour that a box has on the map."""
        if box.change:
            return change_colour(box.change)
        hue = self._hues.get(box.query)
        if hue is None:
            hue = self._hues[box.query] = hue_of(box.query)
        return colour_of(hue, box.score)

    def _sort(self) -> None:
        self._sorted = list(range(len(self.rows)))
        self.rows.sort(self._sorted, SORTABLE[self._column], self._descending)
        self._order = self.rows.filtered(self._sorted, self.wanted)

    def _reorder(self, order: list[int]) -> None:
        """Put the same rows in another order; what is chosen stays chosen."""
        if order == self._order:
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        rows = {self._order[index.row()]: None for index in old}
        rows.update((place, row) for row, place in enumerate(order) if place in rows)
        moved = [self.index(rows[self._order[index.row()]], index.column()) for index in old]
        self._order = order
        self.changePersistentIndexList(old, moved)
        self.layoutChanged.emit()

    def _all_changed(self) -> None:
        if self._order:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, REASONING))


def size_text(detection: Detection) -> str:
    """Return the box's size on the ground in words."""
    if not detection.width_m or not detection.height_m:
        return ""
    if max(detection.width_m, detection.height_m) >= 10000:
        values = (f"{detection.width_m / 1000:.1f}", f"{detection.height_m / 1000:.1f}")
        return tr("{width} × {height} km").format(width=values[0], height=values[1])
    digits = 0 if min(detection.width_m, detection.height_m) >= 10 else 1
    values = (f"{detection.width_m:.{digits}f}", f"{detection.height_m:.{digits}f}")
    return tr("{width} × {height} m").format(width=values[0], height=values[1])


def remarks(detection: Detection) -> list[str]:
    """Return what else the user should know of a box, in sentences."""
    edited = {
        EDITED: tr("Drawn anew since it was scored."),
        VERIFIED: tr("Drawn anew, and verified again."),
    }.get(detection.edited)
    cut = tr("The model's answer was cut off here: there may be more than it listed.")
    change = change_sentence(detection) or _place_sentence(detection)
    return [
        *([change] if change else []),
        *([edited] if edited else []),
        *([cut] if detection.truncated else []),
    ]


def _place_sentence(box: Detection) -> str:
    if box.placed == "camera":
        return tr("Placed by the camera: right to about {n} m.").format(n=f"{box.accuracy_m or 0:.0f}")
    return tr("Not placed: the point is where the camera was.") if box.placed else ""


def _shown(box: Detection, column: int) -> str:
    if column == RANK:
        return str(box.rank) if box.rank else ""
    if column == LABEL:
        marks = ("✎ " if box.edited else "") + ("… " if box.truncated else "")
        change = change_word(box.change) + " · " if box.change else ""
        return marks + change + (box.label or box.query)
    return {
        QUESTION: box.query,
        RASTER: PurePath(box.source).name or box.source,
        SCORE: f"{box.score * 100:.0f}",
        SIZE: size_text(box),
        REASONING: " ".join(box.reasoning.split()),
    }[column]


def _tip(box: Detection, column: int) -> str | None:
    if column in (QUESTION, RASTER):
        return box.query if column == QUESTION else box.source
    if column == REASONING:
        return box.reasoning or None
    return "\n".join(remarks(box)) or None
