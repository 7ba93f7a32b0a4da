"""The models: licence, size and memory of each, and getting, adding and removing them by the engine."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent, QShowEvent
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..connection.job_task import JobOutcome
from ..connection.process import Launch, launch_from_settings
from ..connection.session import Session
from ..flow import FlowRow
from ..i18n import tr
from ..look import SoftLabel, unit
from ..panel.banner import ERROR, INFO, WARNING, Banner
from ..settings import load_settings
from .going import Going
from .models import LICENCE_ERROR, BringTask, ModelRow, list_rows
from .progress_box import ProgressBox

ROW = Qt.ItemDataRole.UserRole
LESS_NEEDED = (5, 2, 3, 4)
"""The columns that go where the names would be cut, in this order: the tip of a row has what they say."""


class ModelsBox(QWidget):
    """A list of models with Get, Add a folder and Remove; the engine does all three.

    Args:
        going: what is being brought; it outlives this page.

    Signals:
        changed(): a model was added or removed.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None, going: Going | None = None) -> None:
        super().__init__(parent)
        self._session = Session(self.launch, self)
        self.going = going or Going()
        self.banner = Banner()
        self.list = self._make_list()
        self.repository = QLineEdit()
        self.repository.setPlaceholderText(tr("or another one: owner/repository, owner/repository@revision"))
        self.repository.setAccessibleName(tr("Repository of a model"))
        self.token = QLineEdit()
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setPlaceholderText(tr("access token, for models that ask for one; it is not stored"))
        self.token.setAccessibleName(tr("Access token"))
        self.get = QPushButton(tr("Get"))
        self.take = QPushButton(tr("Add a folder…"))
        self.in_place = QCheckBox(tr("and leave it where it is"))
        self.remove = QPushButton(tr("Remove"))
        self.progress = ProgressBox()
        self.progress.hide()
        self._lay_out()
        self._connect()
        self._chosen()
        self.going.taken_up(self._show_work, self.progress, self._ended)

    def launch(self) -> Launch:
        """Return how to come by an engine, as the settings say now."""
        return launch_from_settings(load_settings())

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the models when the page comes up."""
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns that there is room for; the tip of a row has all of them."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        widths = [
            max(self.list.sizeHintForColumn(column), self.list.header().sectionSizeHint(column))
            for column in range(self.list.columnCount())
        ]
        # With the scroll bar, whether it is needed or not: showing it must not change what is shown.
        room = (
            self.list.width() - 2 * self.list.frameWidth() - self.list.verticalScrollBar().sizeHint().width()
        )
        for place, column in enumerate(LESS_NEEDED):
            needed = sum(widths) - sum(widths[gone] for gone in LESS_NEEDED[:place])
            self.list.setColumnHidden(column, needed > room)

    def refresh(self) -> None:
        """Ask the engine which models there are, starting it where it is installed."""
        if self.launch().possible:
            if self.list.topLevelItemCount() == 0 and self.banner.isHidden():
                self.banner.say(INFO, tr("Starting the engine…"))
            self._session.ask(list_rows, self._came, self._failed)
        else:
            self.banner.say(INFO, tr("Install the engine first: it lists, gets and checks the models."))

    @property
    def busy(self) -> bool:
        """Whether a model is on its way."""
        return self.going.task is not None

    def start_get(self) -> None:
        """Get the repository that was typed, or the chosen model."""
        row = self._row()
        model = self.repository.text().strip() or (row.name if row is not None else "")
        if model:
            self._start("get", {"model": model}, tr("Getting {name}").format(name=model))

    def add_folder(self, path: str) -> None:
        """Copy a model folder into the data folder, or use it where it is."""
        request = {"folder": path, "in_place": self.in_place.isChecked()}
        self._start("add", request, tr("Adding {name}").format(name=Path(path).name))

    def ask_remove(self) -> None:
        """Ask whether the chosen model is really to go."""
        row = self._row()
        if row is not None:
            text = tr("Remove {name}? What was learned with it stays, and counts again once it is back.")
            remove = partial(self._remove, row.name)
            self.banner.say(WARNING, text.format(name=row.name), tr("Remove it"), remove)

    def cancel(self) -> None:
        """Stop the work that goes on; what has come stays."""
        self.going.cancel()

    def shut_down(self) -> None:
        """Ask for nothing any more; what is being brought goes on."""
        self._session.close()

    def _show_work(self, title: str) -> None:
        self.progress.show()
        self.progress.begin(title)

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setHeaderLabels(
            [tr("Model"), tr("State"), tr("Size"), tr("Licence"), tr("Memory to find"), tr("to learn")]
        )
        made.setRootIsDecorated(False)
        made.setAlternatingRowColors(True)
        made.setMinimumHeight(unit(self) * 9)
        made.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.header().setStretchLastSection(False)
        made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        return made

    def _lay_out(self) -> None:
        intro = SoftLabel(
            tr(
                "The small model that comes with the engine is always there; larger ones see more. Models are "
                "checked file by file. Memory is an estimate for a GPU."
            )
        )
        buttons = FlowRow(self.get, self.take, self.in_place, self.remove)
        layout = QVBoxLayout(self)
        for part in (intro, self.banner, self.list, self.repository, self.token):
            layout.addWidget(part, 1 if part is self.list else 0)
        layout.addLayout(buttons)
        layout.addWidget(self.progress)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._chosen)
        self.list.itemPressed.connect(lambda *_: self.repository.clear())
        self.repository.textChanged.connect(self._chosen)
        self.get.clicked.connect(self.start_get)
        self.take.clicked.connect(self._ask_folder)
        self.remove.clicked.connect(self.ask_remove)
        self.progress.cancelled.connect(self.cancel)
        self.going.line.connect(self.progress.add_line)
        self.going.step.connect(self.progress.show_step)
        self.going.follow(self, self._ended)

    def _came(self, rows: list[ModelRow]) -> None:
        if self.banner.text == tr("Starting the engine…"):
            self.banner.hide()
        chosen = self._row()
        self.list.clear()
        for row in rows:
            item = QTreeWidgetItem(list(row.texts))
            item.setData(0, ROW, row)
            item.setToolTip(0, "\n".join(filter(None, (*row.texts[:4], row.whence))))
            self.list.addTopLevelItem(item)
            if chosen is not None and chosen.name == row.name:
                self.list.setCurrentItem(item)
        self._fit_columns()
        self._chosen()

    def _failed(self, error: Exception) -> None:
        self.banner.say(ERROR, str(error))

    def _row(self) -> ModelRow | None:
        item = self.list.currentItem()
        return None if item is None else item.data(0, ROW)

    def _chosen(self, *_: object) -> None:
        row, idle, launch = self._row(), not self.busy, self.launch()
        typed = bool(self.repository.text().strip())
        self.get.setEnabled(idle and launch.possible and (typed or (row is not None and row.can_get)))
        self.remove.setEnabled(idle and row is not None and row.can_remove)
        self.take.setEnabled(idle and launch.possible and launch.remote is None)
        for part in (self.list, self.repository, self.token, self.in_place):
            part.setEnabled(idle)

    def _ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, tr("Folder of a model"), str(Path.home()))
        if path:
            self.add_folder(path)

    def _remove(self, name: str) -> None:
        self._session.ask(
            lambda client: client.remove_model(name), partial(self._removed, name), self._failed
        )

    def _removed(self, name: str, left: str) -> None:
        text = tr("{name} was removed.").format(name=name)
        if left:
            text += " " + tr("Its folder stays: {folder}").format(folder=left)
        self._settled(text)

    def _start(self, kind: str, request: dict[str, Any], title: str) -> None:
        if self.busy:
            return
        self.banner.hide()
        self._show_work(title)
        task = BringTask(title, self.launch(), kind, request, self.token.text().strip())
        self.going.start(title, task, (kind, request, title))
        self._chosen()

    def _ended(self, about: tuple[str, dict[str, Any], str], outcome: JobOutcome) -> None:
        kind, request, title = about
        self.progress.hide()
        self._chosen()
        error = outcome.job.error if outcome.job is not None else {}
        if outcome.state == "done":
            name = outcome.job.result.get("name", "")
            self.repository.clear()
            self._settled(tr("{name} can be chosen in the panel now.").format(name=name))
        elif error.get("type") == LICENCE_ERROR:
            again = partial(self._start, kind, {**request, "accept_licence": True}, title)
            self.banner.say(WARNING, outcome.message, tr("I accept this licence"), again)
        elif outcome.state == "failed":
            self.banner.say(ERROR, outcome.message)
            self.refresh()
        else:
            text = tr("Cancelled. What has come so far is kept, and Get goes on with it.")
            self.banner.say(INFO, text if kind == "get" else tr("Cancelled."))
            self.refresh()

    def _settled(self, sentence: str) -> None:
        self.banner.say(INFO, sentence)
        self.refresh()
        self.changed.emit()
