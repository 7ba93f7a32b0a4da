"""The run that goes on: its task, its layer while it fills, and what becomes of it at the end.

Knows layers and tasks, no widgets: the panel listens to its signals, and so does the locator's run.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..connection.background import Background
from ..connection.server_keys import is_server
from ..layers.result_layers import FINISHED, Origin, ProvisionalLayer, add_rasters_table, add_result_layer
from ..layers.results_file import drop_table, shown_tables
from ..panel.server_scores import note_scoring
from .many_task import ManyOutcome, ManyPlan, ManyTask
from .searched import SEARCHED, Searched
from .task import FindOutcome, FindPlan, FindTask

DRAIN_MS = 200
DRAIN_LIMIT = 100


class FindRuns(QObject):
    """Starts, watches and ends one run at a time.

    Signals:
        began(FindPlan): a run was started.
        found(list): new boxes, as Detection, while it goes on.
        queued(str): the engine gave the run this job id.
        progressed(JobProgress), noted(str), interrupted(str): as FindTask tells them.
        ended(FindOutcome, object): the outcome, and the result layer or None.
    """

    began = pyqtSignal(object)
    queued = pyqtSignal(str)
    found = pyqtSignal(list)
    progressed = pyqtSignal(object)
    noted = pyqtSignal(str)
    interrupted = pyqtSignal(str)
    ended = pyqtSignal(object, object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._task: FindTask | ManyTask | None = None
        self._origin = Origin("", "", "", "")
        # Tables that a newer one took the place of; the map may still be drawing them for a while.
        self._stale: list[tuple[Path, str]] = []
        self._provisional: ProvisionalLayer | None = None
        self._project_changed = False
        self._drain = QTimer(self)
        self._drain.setInterval(DRAIN_MS)
        self._drain.timeout.connect(self._take)
        QgsProject.instance().cleared.connect(self._note_project_change)

    @property
    def running(self) -> bool:
        """True from start to the ``ended`` signal."""
        return self._task is not None

    def start(self, plan: FindPlan, origin: Origin) -> None:
        """Start a run; the caller has made sure that none goes on."""
        self._drop_stale()
        self._origin = origin
        self._project_changed = False
        self._provisional = None
        self._task = ManyTask(plan) if isinstance(plan, ManyPlan) else FindTask(plan)
        self._task.queued.connect(self.queued)
        self._task.progressed.connect(self.progressed)
        self._task.noted.connect(self.noted)
        self._task.interrupted.connect(self.interrupted)
        self._task.ended.connect(self._end)
        self.began.emit(plan)
        self._drain.start()
        QgsApplication.taskManager().addTask(self._task)

    def cancel(self) -> None:
        """Cancel the run; ``ended`` follows."""
        if self._task is not None:
            self._task.cancel()

    def drop_later(self, path: Path, table: str) -> None:
        """Delete a table when the next run starts, if nothing shows it then."""
        self._stale.append((path, table))

    def close(self) -> None:
        """Leave a run to the engine and listen no more; for unloading."""
        self._drain.stop()
        QgsProject.instance().cleared.disconnect(self._note_project_change)
        if self._task is not None:
            self._task.ended.disconnect(self._end)
            self._task.detach()
            self._task = None
        if self._provisional is not None:
            self._provisional.remove()
            self._provisional = None

    def _drop_stale(self) -> None:
        """Delete the tables that nothing shows; a copy that the user made of a layer goes on showing its own."""
        shown = shown_tables()
        for path, table in self._stale:
            if (path, table) not in shown:
                self._background.call(partial(drop_table, path, table), lambda _: None)
        self._stale = [item for item in self._stale if item in shown]

    def _take(self) -> None:
        detections = self._task.take(DRAIN_LIMIT) if self._task is not None else []
        if not detections:
            return
        if self._provisional is None and not self._project_changed:
            self._provisional = ProvisionalLayer(self._origin, self._task.plan.crs)
        if self._provisional is not None:
            self._provisional.add(detections)
        self.found.emit(detections)

    def _end(self, outcome: FindOutcome) -> None:
        task, self._task = self._task, None
        self._drain.stop()
        wanted = not self._project_changed
        if self._provisional is not None:
            wanted = self._provisional.remove() and wanted
            self._provisional = None
        searched, layer = _scored(task.plan.searched, outcome), None
        if outcome.table and wanted:
            origin = replace(self._origin, job_id=outcome.run_id)
            layer, replaced = add_result_layer(task.plan.gpkg, outcome.table, origin)
            if not outcome.crs.isValid():
                # A GeoPackage reads as degrees of an unknown body where it has no CRS.
                layer.setCrs(outcome.crs)
            layer.setCustomProperty(FINISHED, outcome.state == "done")
            layer.setCustomProperty(SEARCHED, searched.text)
            if replaced:
                self._stale.append((task.plan.gpkg, replaced))
        if isinstance(outcome, ManyOutcome) and outcome.rasters_table and wanted:
            searched = self._add_rasters(task.plan, searched, outcome)
            if layer is not None:
                layer.setCustomProperty(SEARCHED, searched.text)
        self.ended.emit(replace(outcome, searched=searched), layer)

    def _add_rasters(self, plan: ManyPlan, searched: Searched, outcome: ManyOutcome) -> Searched:
        """Add what became of each raster to the project, and return what is to be told of it."""
        table = add_rasters_table(
            plan.gpkg, outcome.rasters_table, replace(self._origin, job_id=outcome.run_id)
        )
        left = len(plan.asks) - len(outcome.rasters)
        return replace(searched, unread=outcome.unread, left=left, beside=outcome.beside, table_id=table.id())

    def _note_project_change(self) -> None:
        self._project_changed = True


def _scored(searched: Searched, outcome: FindOutcome) -> Searched:
    """Say of a run where its scores came from, and keep that of a server's."""
    job = outcome.scored_by
    scoring = str(job.result.get("scoring") or "") if job is not None else ""
    if not scoring:
        return searched
    role = "verifier" if job.request.get("verifier") else "model"
    asked = job.request.get(role)
    note_scoring(asked, scoring)
    model = asked if is_server(asked) else job.result.get(role) or asked or ""
    return replace(searched, model=str(model), scoring=scoring)
