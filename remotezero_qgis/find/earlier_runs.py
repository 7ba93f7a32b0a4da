"""The menu beside the results: the runs in the project, earlier jobs of the engine, settings and log."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject

from ..connection.client import EngineClient
from ..connection.session import Session
from ..connection.wire import Job
from ..dock import Dock
from ..i18n import tr
from ..layers.marks import MapView
from ..panel.words import SHOWN, job_text
from ..setup.page import PAGE
from .controller import FindController
from .review import Review


class EarlierRuns(QObject):
    """Fills the list of runs, and the menu of jobs when it is opened."""

    def __init__(
        self,
        iface: QgisInterface,
        dock: Dock,
        controller: FindController,
        review: Review,
        view: MapView,
        session: Session,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._iface, self._dock, self._controller, self._review = iface, dock, controller, review
        self._view, self._session = view, session
        dock.earlier.aboutToShow.connect(self._fetch)
        dock.layer_chosen.connect(self._choose)
        dock.zoom_to_all.triggered.connect(self._zoom)
        dock.rasters_wanted.connect(self._open_rasters)
        dock.open_table.triggered.connect(self._open_table)
        dock.settings.triggered.connect(self._open_settings)
        dock.log.triggered.connect(controller.open_log)
        review.layers_changed.connect(self.refresh)
        review.shown.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List the project's result layers."""
        layer = self._review.layer
        items = [(other.id(), other.name()) for other in self._review.layers]
        self._dock.list_runs(items, layer.id() if layer is not None else "")
        for action in (self._dock.zoom_to_all, self._dock.open_table):
            action.setEnabled(layer is not None)

    def _choose(self, layer_id: str) -> None:
        for layer in self._review.layers:
            if layer.id() == layer_id:
                self._review.show_layer(layer)
                self._dock.show_results()

    def _zoom(self) -> None:
        layer = self._review.layer
        if layer is not None:
            self._view.show_boxes(layer.extent(), layer.crs())

    def _open_table(self) -> None:
        layer = self._review.layer
        if layer is not None:
            self._iface.showAttributeTable(layer)

    def _open_rasters(self) -> None:
        layer = QgsProject.instance().mapLayer(self._review.searched.table_id)
        if layer is not None:
            self._iface.showAttributeTable(layer)

    def _open_settings(self) -> None:
        self._iface.showOptionsDialog(self._iface.mainWindow(), PAGE)

    def _fetch(self) -> None:
        self._say(tr("Asking the engine…"))
        self._session.ask(_jobs, self._fill, self._failed)

    def _failed(self, error: Exception) -> None:
        self._say(str(error))

    def _say(self, text: str) -> None:
        self._dock.earlier.clear()
        self._dock.earlier.addAction(text).setEnabled(False)

    def _fill(self, jobs: list[Job]) -> None:
        if not jobs:
            self._say(tr("There are none yet."))
            return
        self._dock.earlier.clear()
        for job in jobs[:SHOWN]:
            action = self._dock.earlier.addAction(job_text(job))
            action.setToolTip(str(job.request.get("raster", "")))
            action.triggered.connect(partial(self._load, job))
        self._dock.earlier.setToolTipsVisible(True)

    def _load(self, job: Job, _checked: bool = False) -> None:
        self._controller.load(job)


def _jobs(client: EngineClient) -> list[Job]:
    return [job for job in client.jobs() if job.kind in ("locate", "verify", "compare")]
