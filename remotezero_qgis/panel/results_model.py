"""Detections as a table: the model, and the proxy that sorts and filters it by score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt

from ..compat import flag_value
from ..i18n import tr
from ..layers.detections import ACCEPTED, REJECTED, Detection
from ..look import icon

RANK, SCORE, LABEL, SIZE, REASONING = range(5)
SORT_ROLE = Qt.ItemDataRole.UserRole
DETECTION_ROLE = Qt.ItemDataRole.UserRole + 1
NO_PARENT = QModelIndex()


class ResultsModel(QAbstractTableModel):
    """One row per box, in the order in which they came."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self._rows: list[Detection] = []
        self._places: dict[str, int] = {}
        self._icons = {ACCEPTED: icon("accept"), REJECTED: icon("reject")}

    @property
    def detections(self) -> list[Detection]:
        """All rows, filtered ones included."""
        return list(self._rows)

    def replace_all(self, detections: Iterable[Detection]) -> None:
        """Show these rows instead of the ones there."""
        self.beginResetModel()
        self._rows = list(detections)
        self._places = {row.id: place for place, row in enumerate(self._rows)}
        self.endResetModel()

    def add(self, detections: Iterable[Detection]) -> None:
        """Append rows; a box that is there already is left out."""
        fresh = [row for row in detections if row.id not in self._places]
        if not fresh:
            return
        first = len(self._rows)
        self.beginInsertRows(NO_PARENT, first, first + len(fresh) - 1)
        self._rows.extend(fresh)
        self._places.update({row.id: first + place for place, row in enumerate(fresh)})
        self.endInsertRows()

    def set_verdict(self, detection_id: str, verdict: str) -> None:
        """Change one row's verdict."""
        place = self._places[detection_id]
        self._rows[place] = replace(self._rows[place], verdict=verdict)
        self.dataChanged.emit(self.index(place, 0), self.index(place, REASONING))

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Return the number of boxes."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else REASONING + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole):
        """Return a column's title."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (tr("#"), tr("Score"), tr("Label"), tr("Size"), tr("Reasoning"))[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or what it is sorted by."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(row, index.column())
        if role == SORT_ROLE:
            return _sorted_by(row, index.column())
        if role == DETECTION_ROLE:
            return row
        if role == Qt.ItemDataRole.DecorationRole and index.column() == RANK:
            return self._icons.get(row.verdict)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == REASONING:
            return row.reasoning or None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (RANK, SIZE):
            return flag_value(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


class ByScore(QSortFilterProxyModel):
    """Rows of at least a score, sorted by what the user clicks on."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self._minimum = 0.0
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(True)

    def set_minimum(self, score: float) -> None:
        """Hide rows below ``score``."""
        self._minimum = score
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        """Say whether a row scores enough."""
        return self.sourceModel().index(row, 0, parent).data(DETECTION_ROLE).score >= self._minimum


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


def _shown(row: Detection, column: int) -> str:
    if column == RANK:
        return str(row.rank) if row.rank else ""
    return {
        SCORE: f"{row.score * 100:.0f}",
        LABEL: row.label,
        SIZE: size_text(row),
        REASONING: " ".join(row.reasoning.split()),
    }[column]


def _sorted_by(row: Detection, column: int) -> Any:
    return {
        RANK: row.rank,
        SCORE: row.score,
        LABEL: row.label.casefold(),
        SIZE: row.width_m * row.height_m,
        REASONING: row.reasoning.casefold(),
    }[column]
