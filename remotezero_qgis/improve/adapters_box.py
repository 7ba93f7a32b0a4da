"""The adapters of a model: which one is in use, where each came from, the way back, and files of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.PyQt.QtCore import QDateTime, QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..connection.wire import NO_ADAPTER, Adapter, AdapterChoice, Model
from ..flow import FlowRow
from ..i18n import tr
from ..look import SoftLabel, icon, larger, unit
from .words import signed

CHOICE = Qt.ItemDataRole.UserRole
ROWS = 4
SUFFIX = ".zip"


class AdaptersBox(QWidget):
    """Lists adapters.

    Signals:
        chosen(str, AdapterChoice): model and what to use from now on, an adapter by name or none.
        export_wanted(str, str, str, bool): model, adapter, file, and whether the file may be overwritten.
        import_wanted(str, str): model and file.
        delete_wanted(str, str): model and adapter; the user has confirmed it.
    """

    chosen = pyqtSignal(str, object)
    export_wanted = pyqtSignal(str, str, str, bool)
    import_wanted = pyqtSignal(str, str)
    delete_wanted = pyqtSignal(str, str)

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
        self.import_file = _button(
            "/mActionSharingImport.svg", tr("Import an adapter from a file"), self._import
        )
        self.export = _button("/mActionSharingExport.svg", tr("Export this adapter to a file"), self._export)
        self.delete = _button("/mActionDeleteSelected.svg", tr("Delete this adapter"), self._delete)
        buttons = FlowRow(self.use, self.back, self.import_file, self.export, self.delete)
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
        missing = model.missing if model else ""
        if missing:
            self._add(missing, tr("missing"), True, tr("Its files are gone."), "/mIconWarning.svg")
        for adapter in adapters:
            self._add(adapter.name, _gain(adapter), adapter.current, _origin(adapter))
        if adapters or missing:
            self._add(
                NO_ADAPTER.text,
                "",
                model.in_use == NO_ADAPTER,
                tr("The weights alone, without anything learned here"),
            )
        self.list.setVisible(bool(adapters or missing))
        self.note.setVisible(bool(missing) or not adapters)
        if missing:
            text = tr(
                "{name} is in use, and its files are gone, so nothing can be asked of this model. Choose another "
                "adapter, or the model as it came, and press “Use this one”; or import {name} again."
            )
            self.note.setText(text.format(name=missing))
        elif model is not None:
            self.note.setText(tr("None yet. Every round that is kept adds one; you can go back at any time."))
        self._show_buttons()

    def set_enabled(self, enabled: bool) -> None:
        """Allow choices, or not while one is being carried out."""
        self.list.setEnabled(enabled)
        self._show_buttons()

    @property
    def picked(self) -> AdapterChoice | None:
        """What the chosen row stands for, an adapter by name or none; None when no row is chosen."""
        item = self.list.currentItem()
        return None if item is None else AdapterChoice(item.data(0, CHOICE))

    def pick(self, choice: AdapterChoice) -> None:
        """Choose the row of an adapter, or the one of the model as it came."""
        for place in range(self.list.topLevelItemCount()):
            if self.list.topLevelItem(place).data(0, CHOICE) == choice.text:
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

    def _add(self, text: str, gain: str, current: bool, tip: str, picture: str = "accept") -> None:
        shown = tr("none: the model as it came") if text == NO_ADAPTER.text else text
        item = QTreeWidgetItem([tr("{name} (current)").format(name=shown) if current else shown, gain])
        item.setData(0, CHOICE, text)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column in (0, 1):
            item.setToolTip(column, tip)
            item.setFont(column, larger(self.font(), 1.0, bold=current))
        if current:
            item.setIcon(0, icon(picture))
        self.list.addTopLevelItem(item)

    def _current(self) -> Adapter | None:
        return self._model.current if self._model is not None else None

    def _show_buttons(self, *_: object) -> None:
        current, model = self._current(), self._model
        there = model is not None and bool(model.adapters)
        self.use.setVisible(there or (model is not None and bool(model.missing)))
        self.import_file.setVisible(model is not None)
        for button in (self.back, self.export, self.delete):
            button.setVisible(there)
        enabled, picked = self.list.isEnabled(), self.picked if model is not None else None
        self.use.setEnabled(enabled and picked is not None and picked != model.in_use)
        self.back.setEnabled(enabled and current is not None)
        self.import_file.setEnabled(enabled)
        names = {adapter.name for adapter in model.adapters} if model is not None else set()
        for button in (self.export, self.delete):
            button.setEnabled(enabled and picked is not None and picked.name in names)
        target = current.parent.name if current is not None else None
        self.back.setToolTip(tr("Use {name} again").format(name=target or tr("the model as it came")))

    def _use(self) -> None:
        if self._model is not None and self.picked is not None:
            self.chosen.emit(self._model.name, self.picked)

    def _import(self) -> None:
        model, title, kinds = self._model.name, tr("Import an adapter"), tr("Adapters (*.zip)")
        path, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if path:
            self.import_wanted.emit(model, path)

    def _export(self) -> None:
        model, name, kinds = self._model.name, self.picked.name, tr("Adapters (*.zip)")
        proposed = str(Path.home() / (name + SUFFIX))
        title = tr("Export the adapter {name}").format(name=name)
        path, _ = QFileDialog.getSaveFileName(self, title, proposed, kinds)
        if not path:
            return
        # The dialog has asked before it gave the path of a file that exists; with a suffix added here it has not.
        whole = path.lower().endswith(SUFFIX)
        self.export_wanted.emit(model, name, path if whole else path + SUFFIX, whole)

    def _delete(self) -> None:
        model, name = self._model.name, self.picked.name
        buttons = QMessageBox.StandardButton
        question = tr("Delete the adapter {name}? Its files are removed, and only an export can restore it.")
        answer = QMessageBox.question(
            self,
            tr("Delete an adapter"),
            question.format(name=name),
            buttons.Yes | buttons.Cancel,
            buttons.Cancel,
        )
        if answer == buttons.Yes:
            self.delete_wanted.emit(model, name)

    def _go_back(self) -> None:
        current = self._current()
        if self._model is not None and current is not None:
            self.chosen.emit(self._model.name, current.parent)


def _button(picture: str, tip: str, act: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(picture))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.clicked.connect(act)
    return button


def _gain(adapter: Adapter) -> str:
    return "" if adapter.gain is None else signed(adapter.gain)


def _origin(adapter: Adapter) -> str:
    """Return what an adapter was learned from, and when."""
    origin = tr("Round {number}, learned from {parent}").format(
        number=adapter.round, parent=adapter.parent.name or tr("the model as it came")
    )
    created = QDateTime.fromString(adapter.created[:19] + "Z", Qt.DateFormat.ISODate).toLocalTime()
    when = QLocale().toString(created, QLocale.FormatType.ShortFormat)
    return f"{origin}\n{when}" if created.isValid() else origin
