"""The model catalogue: licence, size and memory of each model, and what can be done with it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..connection.environment import child_environment
from ..flow import FlowRow
from ..i18n import tr
from ..look import SoftLabel, unit
from ..panel.banner import ERROR, INFO, Banner
from ..settings import load_settings
from .download import qgis_proxy
from .installer import SetupContext
from .models import Offer, download_model, import_model, installed_models, read_catalogue
from .plan import human_size
from .progress_box import ProgressBox
from .task import SetupOutcome, SetupTask

OFFER = Qt.ItemDataRole.UserRole
# Column -> width of the page, in lines of text, from which on it is shown.
LESS_NEEDED = {1: 34, 3: 28, 4: 22}


class ModelsBox(QWidget):
    """A list of models with Download and Import.

    Signals:
        changed(): a model was added.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: SetupTask | None = None
        self.banner = Banner()
        self.list = QTreeWidget()
        self.list.setHeaderLabels([tr("Model"), tr("Licence"), tr("Size"), tr("GPU memory"), tr("State")])
        self.list.setRootIsDecorated(False)
        self.list.setAlternatingRowColors(True)
        self.list.setMinimumHeight(unit(self) * 8)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.currentItemChanged.connect(self._chosen)
        self.note = SoftLabel()
        self.download = QPushButton(tr("Download"))
        self.download.clicked.connect(self.start_download)
        self.take = QPushButton(tr("Import a folder…"))
        self.take.clicked.connect(partial(self._import, ""))
        self.progress = ProgressBox()
        self.progress.cancelled.connect(self.cancel)
        self.progress.hide()
        row = FlowRow(self.download, self.take)
        layout = QVBoxLayout(self)
        intro = SoftLabel(
            tr("The small model that comes with the engine is always there; larger ones see more.")
        )
        for part in (intro, self.banner, self.list, self.note):
            layout.addWidget(part)
        layout.addLayout(row)
        layout.addWidget(self.progress)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns that there is room for; the tip of a row has all of them."""
        super().resizeEvent(event)
        room = event.size().width() / unit(self)
        for column, wanted in LESS_NEEDED.items():
            self.list.setColumnHidden(column, room < wanted)

    def refresh(self) -> None:
        """List the catalogue, and the user's own models after it."""
        self.list.clear()
        here = installed_models(load_settings().home)
        for offer in read_catalogue():
            state = tr("installed") if offer.name in here else tr("not installed")
            memory = f"{offer.memory_gb:g} GB"
            self._add([offer.name, offer.licence, human_size(offer.size_bytes), memory, state], offer)
            here.pop(offer.name, None)
        for name, size in here.items():
            self._add([name, "", human_size(size), "", tr("installed")], None)
        self._chosen()

    def start_download(self) -> None:
        """Download the chosen model."""
        offer = self._offer()
        if offer is not None:
            job = partial(download_model, offer, load_settings().home, qgis_proxy())
            self._start(tr("Downloading {name}").format(name=offer.name), job)

    def import_folder(self, path: str) -> None:
        """Copy a model folder into the data folder."""
        job = partial(import_model, Path(path), load_settings().home)
        self._start(tr("Importing {name}").format(name=Path(path).name), job)

    def cancel(self) -> None:
        """Stop the work that goes on."""
        if self._task is not None:
            self._task.cancel()

    def _import(self, path: str, *_: object) -> None:
        path = path or QFileDialog.getExistingDirectory(self, tr("Folder of a model"), str(Path.home()))
        if path:
            self.import_folder(path)

    def _add(self, texts: list[str], offer: Offer | None) -> None:
        item = QTreeWidgetItem(texts)
        item.setData(0, OFFER, offer)
        titles = self.list.headerItem()
        tip = "\n".join(f"{titles.text(place)}: {text}" for place, text in enumerate(texts) if text)
        for column in range(len(texts)):
            item.setToolTip(column, tip)
        self.list.addTopLevelItem(item)

    def _offer(self) -> Offer | None:
        item = self.list.currentItem()
        return None if item is None else item.data(0, OFFER)

    def _chosen(self, *_: object) -> None:
        offer = self._offer()
        installed = offer is not None and offer.name in installed_models(load_settings().home)
        self.download.setEnabled(offer is not None and offer.can_download and not installed)
        note = ""
        if offer is not None and not installed and not offer.can_download:
            text = tr(
                "No revision of {name} was checked for this version, so it is not downloaded. Import its "
                "folder."
            )
            note = text.format(name=offer.name)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _start(self, title: str, job: Callable[[SetupContext], Any]) -> None:
        if self._task is not None:
            return
        home = load_settings().home
        self.banner.hide()
        self.progress.show()
        self.progress.begin(title)
        self._set_enabled(False)
        self._task = SetupTask(title, job, child_environment(os.environ, home), home)
        self._task.line.connect(self.progress.add_line)
        self._task.step.connect(self.progress.show_step)
        self._task.ended.connect(self._ended)
        QgsApplication.taskManager().addTask(self._task)

    def _ended(self, outcome: SetupOutcome) -> None:
        self._task = None
        self.progress.hide()
        self._set_enabled(True)
        self.refresh()
        if outcome.error is not None:
            kind = INFO if outcome.error.kind == "cancelled" else ERROR
            self.banner.say(kind, str(outcome.error))
            return
        self.banner.say(INFO, tr("{name} can be chosen in the panel now.").format(name=outcome.value))
        self.changed.emit()

    def _set_enabled(self, enabled: bool) -> None:
        for part in (self.list, self.download, self.take):
            part.setEnabled(enabled)
