"""A list with the servers that were used: another one can be named there, and one be forgotten."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from ..connection.server_keys import is_server, recall
from ..i18n import tr
from ..look import SoftLabel, let_shrink, unit
from ..settings import load_settings
from .server_model import ServerDialog, forget

SERVER, FORGET = "a server", "forget a server"


class ServerChoice(QComboBox):
    """A first entry that stands for no server, and those on servers below it.

    Signals:
        opened(): the user opened the list.
        forgotten(str): the user had the server of this address forgotten.
    """

    opened = pyqtSignal()
    forgotten = pyqtSignal(str)

    def __init__(self, first: str, parent: QWidget | None = None, servers: bool = True) -> None:
        super().__init__(parent)
        let_shrink(self)
        self._servers = servers
        self._chosen = ""
        self.addItem(first, "")
        self.list_servers()
        self.activated.connect(self._picked)

    def showPopup(self) -> None:
        """Open the list, with what was named or forgotten in another one."""
        self.list_servers()
        self.opened.emit()
        super().showPopup()

    def choose(self, name: str) -> None:
        """Choose an entry, adding it where it is not listed yet."""
        if name and self.findData(name) < 0:
            self.insertItem(1, name, name)
        self.setCurrentIndex(max(0, self.findData(name)))
        self._chosen = name

    @property
    def names(self) -> list[str]:
        """The models that can be chosen, without the first entry."""
        listed = [self.itemData(place) for place in range(1, self.count())]
        return [name for name in listed if name not in (SERVER, FORGET)]

    def drop(self, address: str) -> None:
        """List a server no more; where it was chosen, the first entry is."""
        if self._chosen == address:
            self.choose("")
        place = self.findData(address)
        if place > 0:
            self.removeItem(place)
        self.list_servers()

    def list_servers(self) -> None:
        """List the servers that the settings name, behind everything else."""
        if not self._servers:
            return
        known = load_settings().servers
        # What is chosen stays, so nobody has to be told.
        with QSignalBlocker(self):
            for place in range(self.count() - 1, 0, -1):
                listed = self.itemData(place)
                if listed in (SERVER, FORGET) or (is_server(listed) and listed != self._chosen):
                    self.removeItem(place)
            for address in known:
                if self.findData(address) < 0:
                    self.addItem(address, address)
                    self.setItemData(self.count() - 1, address, Qt.ItemDataRole.ToolTipRole)
            self.addItem(tr("A server…"), SERVER)
            if known:
                self.addItem(tr("Forget a server…"), FORGET)

    def _picked(self, place: int) -> None:
        """Ask for a server where that was picked; without one the choice stays what it was."""
        picked = self.itemData(place)
        if picked not in (SERVER, FORGET):
            self.choose(picked)
            recall(picked)
            return
        self.choose(self._chosen)
        if picked == SERVER:
            dialog = ServerDialog(self)
            dialog.accepted.connect(lambda: self.choose(dialog.address))
        else:
            dialog = ForgetDialog(self)
            dialog.accepted.connect(lambda: self._forgotten(dialog.address))
        dialog.open()

    def _forgotten(self, address: str) -> None:
        self.drop(address)
        self.forgotten.emit(address)


class ForgetDialog(QDialog):
    """Asks which server is to be forgotten, and says what goes with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Forget a server"))
        self.setMinimumWidth(unit(self) * 26)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Servers"))
        self.list.addItems(load_settings().servers)
        self.list.currentRowChanged.connect(self._chosen)
        self.problem = SoftLabel("")
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Cancel)
        self.forget = self.buttons.addButton(tr("Forget it"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.forget.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.addWidget(
            SoftLabel(
                tr(
                    "Its address goes from the lists, and its key from QGIS's authentication database, unless another "
                    "model of the same server stays. This can't be undone: the key has to be typed again. Runs that "
                    "were made with it stay."
                )
            )
        )
        layout.addWidget(self.list)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    @property
    def address(self) -> str:
        """The server that was chosen, "" for none."""
        item = self.list.currentItem()
        return item.text() if item is not None else ""

    def accept(self) -> None:
        """Forget the chosen server; say what stands against it otherwise."""
        if not self.address:
            return
        try:
            forget(self.address)
        except PermissionError as error:
            self.problem.setText(str(error))
            self.adjustSize()
            return
        super().accept()

    def _chosen(self, row: int) -> None:
        self.forget.setEnabled(row >= 0)
