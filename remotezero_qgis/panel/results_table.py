"""The table of boxes as the user sees it: its columns, and the bar that shows a score."""

from __future__ import annotations

from qgis.PyQt.QtCore import QItemSelection, QItemSelectionModel, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QPainter, QPalette
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ..compat import flag_value
from ..look import blend, unit
from .results_model import (
    DETECTION_ROLE,
    LABEL,
    QUESTION,
    RANK,
    RASTER,
    REASONING,
    SCORE,
    SIZE,
    ResultsModel,
)

# Of the columns, in letters.
LEAST_SHARE = 0.9
WIDTHS = {RANK: 5, SCORE: 14, QUESTION: 15, LABEL: 15, RASTER: 14, SIZE: 14, REASONING: 8}


class ResultsTable(QTableView):
    """A table of any number of rows of one height."""

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes = model
        self.setModel(model)
        self.setItemDelegateForColumn(SCORE, ScoreDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.sortByColumn(SCORE, Qt.SortOrder.DescendingOrder)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(round(unit(self) * 1.6))
        letters = self.fontMetrics().averageCharWidth()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # With the table's own it would look through every row to see whether a column is chosen whole.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width * letters)
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)

    def fit(self, questions: bool, rasters: bool) -> None:
        """Show the columns that there is room for, those that tell most first; the card has the rest.

        Args:
            questions: there are several.
            rasters: there are several.
        """
        wanted = [(QUESTION, questions), (LABEL, True), (RASTER, rasters), (SIZE, True), (REASONING, True)]
        room = self.width() / self.fontMetrics().averageCharWidth() - WIDTHS[RANK] - WIDTHS[SCORE]
        full = False
        for column, there in wanted:
            # The first of them is always there, however narrow the table is.
            full = full or (
                room < WIDTHS[column] * LEAST_SHARE and column != (QUESTION if questions else LABEL)
            )
            self.setColumnHidden(column, full or not there)
            room -= WIDTHS[column] if there else 0
        # Where the last column has the rest of the room, a rounded pixel is no reason to scroll.
        off = self.isColumnHidden(REASONING)
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOff if off else policy.ScrollBarAsNeeded)

    @property
    def chosen(self) -> list[int]:
        """The places of the chosen rows, from top to bottom."""
        order, chosen = self._boxes.order, []
        ranges = sorted((part.top(), part.bottom()) for part in self.selectionModel().selection())
        for top, bottom in ranges:
            chosen.extend(order[top : bottom + 1])
        return chosen

    def choose(self, rows: list[int], current: int | None) -> None:
        """Choose rows, given from top to bottom, and make one of them the current one."""
        selection, model = QItemSelection(), self._boxes
        first = 0
        for place, row in enumerate(rows):
            if place + 1 == len(rows) or rows[place + 1] != row + 1:
                selection.select(model.index(rows[first], 0), model.index(row, REASONING))
                first = place + 1
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect)
        if current is not None:
            self.selectionModel().setCurrentIndex(model.index(current, 0), flags.NoUpdate)
            self.scrollTo(model.index(current, 0))


class ScoreDelegate(QStyledItemDelegate):
    """A rounded bar in the question's colour, as long as the score is high, and the percentage to its right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index) -> None:
        """Draw one cell."""
        box = index.data(DETECTION_ROLE)
        score = box.score
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
        painter.setBrush(text if selected else index.model().colour(box))
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
