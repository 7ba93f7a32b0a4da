"""The adapters of a model: which one is in use, where each came from, and the way back."""

from __future__ import annotations

from qgis.PyQt.QtCore import QDateTime, QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..connection.wire import Adapter, Model
from ..i18n import tr
from ..look import SoftLabel, icon, larger, unit
from .words import signed

NAME = Qt.ItemDataRole.UserRole
ROWS = 4


class AdaptersBox(QWidget):
    """Lists adapters.

    Signals:
        chosen(str, str): model and the adapter to use from now on, "" for the model as it came.
    """

    chosen = pyqtSignal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: Model | None = None
        self._title = QLabel(tr("Adapters"))
        self._title.setFont(larger(self.font(), 1.05, bold=True))
        self.note = SoftLabel(
            tr("What earlier rounds learned is listed here once the engine has been asked.")
        )
        self.list = self._make_list()
        self.use = QPushButton(tr("Use this one"))
        self.use.clicked.connect(self._use)
        self.back = QPushButton(icon("/mActionUndo.svg"), tr("Go back one"))
        self.back.clicked.connect(self._go_back)
        buttons = QHBoxLayout()
        buttons.addWidget(self.use)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._title, self.note, self.list):
            layout.addWidget(part)
        layout.addLayout(buttons)
        self.list.currentItemChanged.connect(self._show_buttons)
        self.show_model(None)

    def show_model(self, model: Model | None) -> None:
        """List a model's adapters, the newest first; None when it is not known."""
        self._model = model
        self.list.clear()
        adapters = (
            sorted(model.adapters, key=lambda item: (item.created, item.name), reverse=True) if model else []
        )
        self._title.setText(tr("Adapters of {model}").format(model=model.name) if model else tr("Adapters"))
        for adapter in adapters:
            self._add(adapter.name, _gain(adapter), adapter.current, _origin(adapter))
        if adapters:
            self._add("", "", model.current is None, tr("The weights alone, without anything learned here"))
        self.list.setVisible(bool(adapters))
        self.note.setVisible(not adapters)
        if model is not None:
            self.note.setText(tr("None yet. Every round that is kept adds one; you can go back at any time."))
        self._show_buttons()

    def set_enabled(self, enabled: bool) -> None:
        """Allow choices, or not while one is being carried out."""
        self.list.setEnabled(enabled)
        self._show_buttons()

    @property
    def picked(self) -> str | None:
        """The adapter of the chosen row, "" for the model as it came; None when no row is chosen."""
        item = self.list.currentItem()
        return None if item is None else item.data(0, NAME)

    def pick(self, name: str) -> None:
        """Choose the row of an adapter."""
        for place in range(self.list.topLevelItemCount()):
            if self.list.topLevelItem(place).data(0, NAME) == name:
                self.list.setCurrentItem(self.list.topLevelItem(place))

    def _make_list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels([tr("Adapter"), tr("Gain")])
        tree.setRootIsDecorated(False)
        tree.setAlternatingRowColors(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        tree.setFixedHeight(round(unit(tree) * (ROWS + 1) * 1.55))
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        return tree

    def _add(self, name: str, gain: str, current: bool, tip: str) -> None:
        shown = name or tr("none: the model as it came")
        item = QTreeWidgetItem([tr("{name} (current)").format(name=shown) if current else shown, gain])
        item.setData(0, NAME, name)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column in (0, 1):
            item.setToolTip(column, tip)
            item.setFont(column, larger(self.font(), 1.0, bold=current))
        if current:
            item.setIcon(0, icon("accept"))
        self.list.addTopLevelItem(item)

    def _current(self) -> Adapter | None:
        return self._model.current if self._model is not None else None

    def _show_buttons(self, *_: object) -> None:
        current = self._current()
        for button in (self.use, self.back):
            button.setVisible(self._model is not None and bool(self._model.adapters))
        name = current.name if current is not None else ""
        enabled = self.list.isEnabled()
        self.use.setEnabled(enabled and self.picked is not None and self.picked != name)
        self.back.setEnabled(enabled and current is not None)
        target = current.parent if current is not None else ""
        self.back.setToolTip(tr("Use {name} again").format(name=target or tr("the model as it came")))

    def _use(self) -> None:
        if self._model is not None and self.picked is not None:
            self.chosen.emit(self._model.name, self.picked)

    def _go_back(self) -> None:
        current = self._current()
        if self._model is not None and current is not None:
            self.chosen.emit(self._model.name, current.parent)


def _gain(adapter: Adapter) -> str:
    return "" if adapter.gain is None else signed(adapter.gain)


def _origin(adapter: Adapter) -> str:
    """Return what an adapter was learned from, and when."""
    origin = tr("Round {number}, learned from {parent}").format(
        number=adapter.round, parent=adapter.parent or tr("the model as it came")
    )
    created = QDateTime.fromString(adapter.created[:19] + "Z", Qt.DateFormat.ISODate).toLocalTime()
    when = QLocale().toString(created, QLocale.FormatType.ShortFormat)
    return f"{origin}\n{when}" if created.isValid() else origin
