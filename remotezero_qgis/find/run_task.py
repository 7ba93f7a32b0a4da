"""One run, from the question to a written table, in a QgsTask.

The task outlives crashes of the engine: it starts a new one and lets the job go on where it was.
It touches no layer, no project and no widget; the panel takes what it found with :meth:`RunTask.take`.
"""

from __future__ import annotations

import traceback
from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsMessageLog,
    QgsTask,
)
from qgis.PyQt.QtCore import pyqtSignal

from ..compat import TASK_FLAGS
from ..connection.client import EngineClient
from ..connection.following import JobFollower
from ..connection.process import Launch, ensure_engine
from ..connection.wire import Event, Job, LocateRequest, Progress
from ..errors import RunCancelledError
from ..i18n import tr
from ..layers.detections import Detection, Ruler, from_geojson
from ..layers.results_file import free_table, table_name, verdicts, write_table
from ..layers.snapshot import Snapshot, write


@dataclass(frozen=True)
class RunPlan:
    """All that a run needs, gathered on the main thread.

    Attributes:
        launch: how to come by an engine.
        request: what to ask; None when ``job_id`` names a job that exists already.
        job_id: an earlier or running job to load, "" for a new one.
        resume: have a failed or cancelled ``job_id`` go on first.
        query: the question, for names.
        current_adapter: use the model's current adapter, whatever it is by then.
        snapshot: a rendering to make first; its path is the request's raster.
        gpkg: where the result goes.
        crs: the raster layer's CRS, for the case that the engine knows none.
        crs_is_users: the user set that CRS over the file's own, so it wins.
        context, ellipsoid: the project's, for measuring.
    """

    launch: Launch
    gpkg: Path
    query: str
    crs: QgsCoordinateReferenceSystem
    context: QgsCoordinateTransformContext
    ellipsoid: str
    request: LocateRequest | None = None
    job_id: str = ""
    resume: bool = False
    current_adapter: bool = True
    snapshot: Snapshot | None = None
    crs_is_users: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    Attributes:
        state: ``done``, ``cancelled`` or ``failed``.
        job: the engine's job, None when it never got that far.
        detections: the final boxes, best first.
        table: the written table, "" when nothing was written.
        message: what went wrong, for the user.
    """

    state: str
    job: Job | None = None
    detections: tuple[Detection, ...] = ()
    crs: QgsCoordinateReferenceSystem = field(default_factory=QgsCoordinateReferenceSystem)
    table: str = ""
    message: str = ""


class RunTask(QgsTask):
    """Runs a plan.

    Signals:
        queued(str): the engine has the job, under this id.
        progressed(Progress): windows done and time left.
        noted(str): one line on what is going on.
        interrupted(str): the engine died; it is being started again.
        ended(Outcome): on the main thread, the last signal in every case.
    """

    queued = pyqtSignal(str)
    progressed = pyqtSignal(object)
    noted = pyqtSignal(str)
    interrupted = pyqtSignal(str)
    ended = pyqtSignal(object)

    def __init__(self, plan: RunPlan) -> None:
        super().__init__(tr("RemoteZero: {query}").format(query=plan.query), TASK_FLAGS)
        self.plan = plan
        self._found: deque[Detection] = deque()
        self._ruler: Ruler | None = None
        self._follower: JobFollower | None = None
        self._outcome = Outcome("failed")
        self._detached = False

    def take(self, limit: int) -> list[Detection]:
        """Return up to ``limit`` boxes that came in since the last call, oldest first; main thread."""
        taken = []
        while self._found and len(taken) < limit:
            taken.append(self._found.popleft())
        return taken

    def cancel(self) -> None:
        """Stop the run and the engine's job; what was found so far is still written."""
        super().cancel()
        if self._follower is not None:
            self._follower.wake()

    def detach(self) -> None:
        """Stop watching and let the engine go on; the job can be loaded later."""
        self._detached = True
        self.cancel()

    def run(self) -> bool:
        """Do the work (worker thread)."""
        try:
            self._outcome = self._work()
        except RunCancelledError as error:
            self._outcome = Outcome("cancelled", message=str(error))
        except Exception as error:  # the boundary of the thread: nothing may escape into QGIS
            QgsMessageLog.logMessage(traceback.format_exc(), "RemoteZero", Qgis.MessageLevel.Critical)
            job = self._follower.job if self._follower else None
            self._outcome = Outcome("failed", job=job, message=str(error) or type(error).__name__)
        return self._outcome.state == "done"

    def finished(self, result: bool) -> None:
        """Hand the outcome over (main thread)."""
        self.ended.emit(self._outcome)

    def _work(self) -> Outcome:
        plan = self.plan
        if plan.snapshot is not None:
            self.noted.emit(tr("Rendering the layer…"))
            write(plan.snapshot, self.isCanceled, self.setProgress)
        self.noted.emit(tr("Starting the engine…"))
        client = ensure_engine(plan.launch, self.isCanceled)
        job = self._job(client)
        self.queued.emit(job.id)
        self._ruler = Ruler(plan.crs, plan.context, plan.ellipsoid)
        self._follower = JobFollower(plan.launch, client, job, self.isCanceled, self.interrupted.emit)
        try:
            for event in self._follower.events():
                self._handle(event)
        except RunCancelledError:
            if self._detached:
                raise
            self._follower.cancel_job()
        return self._collect(self._follower.client, self._follower.job)

    def _job(self, client: EngineClient) -> Job:
        if not self.plan.job_id:
            return client.locate(self._request(client))
        job = client.job(self.plan.job_id)
        if self.plan.resume and job.state in ("failed", "cancelled"):
            client.resume(job.id)
        return job

    def _request(self, client: EngineClient) -> LocateRequest:
        """Return the request with the current adapter's name, when that is what the user wants."""
        request = self.plan.request
        if not self.plan.current_adapter:
            return request
        for model in client.models():
            if model.name == request.model or (request.model is None and model.default):
                current = [adapter.name for adapter in model.adapters if adapter.current]
                return replace(request, adapter=current[0] if current else None)
        return request

    def _handle(self, event: Event) -> None:
        if event.type == "detection":
            self._found.append(from_geojson(event.data, self._ruler))
        elif event.type == "progress":
            progress = Progress.from_json(event.data)
            self.progressed.emit(progress)
            if progress.total:
                self.setProgress(100 * progress.done / progress.total)
        elif event.type == "state":
            self.noted.emit(_state_words(str(event.data.get("state", ""))))
        elif event.type == "log" and event.data.get("message"):
            self.noted.emit(str(event.data["message"]))

    def _collect(self, client: EngineClient, job: Job) -> Outcome:
        """Fetch what the job found and write it; a failed job's boxes are written, too."""
        self.noted.emit(tr("Writing the results…"))
        collection = client.features(job.id)
        crs = self._crs(str(collection.get("crs_wkt") or ""))
        ruler = Ruler(crs, self.plan.context, self.plan.ellipsoid)
        detections = [from_geojson(feature, ruler) for feature in collection["features"]]
        detections.sort(key=lambda item: (-item.score, item.id))
        gpkg, table = self.plan.gpkg, table_name(self.plan.query, job.id)
        judged = verdicts(gpkg, table) if self.plan.job_id else {}
        ranked = tuple(
            replace(item, rank=place, verdict=judged.get(item.id, ""))
            for place, item in enumerate(detections, start=1)
        )
        table = free_table(gpkg, table) if ranked else ""
        if ranked:
            write_table(gpkg, table, ranked, crs, self.plan.context)
        state = job.state if job.ended else "cancelled"
        return Outcome(state, job, ranked, crs, table, str(job.error.get("message", "")))

    def _crs(self, wkt: str) -> QgsCoordinateReferenceSystem:
        """Prefer the CRS that the user gave the layer, then the engine's, then the layer's."""
        engines = QgsCoordinateReferenceSystem.fromWkt(wkt) if wkt else QgsCoordinateReferenceSystem()
        if self.plan.crs_is_users or not engines.isValid():
            return self.plan.crs
        return engines


def _state_words(state: str) -> str:
    return {
        "queued": tr("Waiting for another job to end…"),
        "running": tr("Looking…"),
        "loading": tr("Loading the model…"),
    }.get(state, "")
