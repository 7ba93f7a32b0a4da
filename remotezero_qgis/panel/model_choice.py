"""The list of models."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QSizePolicy, QWidget

from ..connection.wire import Model
from ..i18n import tr


class ModelChoice(QComboBox):
    """The models the engine has, asked for when the list is opened.

    Signals:
        opened(): the user opened the list.
    """

    opened = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.addItem(tr("Default model"), "")

    def showPopup(self) -> None:
        """Open the list."""
        self.opened.emit()
        super().showPopup()

    def fill(self, models: Sequence[Model]) -> None:
        """List the models with size and licence."""
        chosen = self.currentData()
        default = [model.name for model in models if model.default]
        self.setItemText(0, tr("Default: {name}").format(name=default[0]) if default else tr("Default model"))
        while self.count() > 1:
            self.removeItem(1)
        for model in models:
            self.addItem(model.name, model.name)
            facts = tr("{size} on disk, {memory} in use, licence {licence}").format(
                size=_bytes(model.size_bytes), memory=_bytes(model.memory_bytes), licence=model.licence
            )
            self.setItemData(self.count() - 1, facts, Qt.ItemDataRole.ToolTipRole)
        self.choose(chosen or "")

    def choose(self, name: str) -> None:
        """Choose a model, adding its name when the engine has not been asked yet."""
        if name and self.findData(name) < 0:
            self.addItem(name, name)
        self.setCurrentIndex(max(0, self.findData(name)))


def _bytes(count: int) -> str:
    if count >= 1_000_000_000:
        return tr("{n} GB").format(n=f"{count / 1e9:.1f}")
    return tr("{n} MB").format(n=f"{count / 1e6:.0f}")
