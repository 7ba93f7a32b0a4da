"""One run, from the question to a written table, in a QgsTask.

It touches no layer, no project and no widget; the panel takes what it found with :meth:`FindTask.take`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext
from qgis.PyQt.QtCore import pyqtSignal

from ..compat import TASK_FLAGS
from ..connection.client import EngineClient
from ..connection.job_task import JobOutcome, JobTask
from ..connection.process import Launch
from ..connection.wire import CURRENT_ADAPTER, Event, Job, JobProgress, LocateRequest
from ..i18n import tr
from ..layers.detections import Detection, Ruler, from_geojson
from ..layers.result_rows import ResultRows
from ..layers.results_file import free_table, table_name, verdicts, write_table
from ..layers.snapshot import Snapshot, write_snapshot
from ..layers.sought import Sought
from .searched import Searched


@dataclass(frozen=True)
class FindPlan:
    """All that a run needs, gathered on the main thread.

    Attributes:
        launch: how to come by an engine.
        request: what to ask; None when ``job_id`` names a job that exists already.
        job_id: an earlier or running job to load, "" for a new one.
        resume: have a failed or cancelled ``job_id`` go on first.
        query: the question or questions, for names.
        sought: the questions with their colours and lowest scores.
        snapshot: a rendering to make first; its path is the request's raster.
        snapshot_before: the same for the raster of the earlier date.
        gpkg: where the result goes.
        crs: the raster layer's CRS, for the case that the engine knows none.
        crs_is_users: the user set that CRS over the file's own, so it wins.
        searched: where the run looks, to be told with its result.
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
    snapshot: Snapshot | None = None
    snapshot_before: Snapshot | None = None
    crs_is_users: bool = False
    sought: tuple[Sought, ...] = ()
    searched: Searched = field(default_factory=Searched)


@dataclass(frozen=True)
class FindOutcome(JobOutcome):
    """How a run ended.

    Attributes:
        detections: the final boxes, best first.
        crs: of the boxes.
        table: the written table, "" when nothing was written.
        rows: the boxes as the panel shows them.
        searched: what is to be told of it, once its layer is in the project.
    """

    detections: tuple[Detection, ...] = ()
    crs: QgsCoordinateReferenceSystem = field(default_factory=QgsCoordinateReferenceSystem)
    table: str = ""
    rows: ResultRows = field(default_factory=ResultRows)
    searched: Searched | None = None

    @property
    def scored_by(self) -> Job | None:
        """A job whose result says where the scores come from; None where none ended."""
        return self.job

    @property
    def run_id(self) -> str:
        """Names the run in its result layer, "" when the engine never had it."""
        return self.job.id if self.job else ""


class FindTask(JobTask):
    """Runs a plan; :meth:`take` returns boxes as Detection, and the end comes as FindOutcome.

    Signals:
        progressed(JobProgress): windows done and time left.
    """

    progressed = pyqtSignal(object)

    OUTCOME = FindOutcome

    def __init__(self, plan: FindPlan) -> None:
        title = tr("RemoteZero: {query}").format(query=plan.query)
        super().__init__(title, TASK_FLAGS, plan.launch, plan.job_id, plan.resume)
        self.plan = plan
        self._ruler = Ruler(plan.crs, plan.context, plan.ellipsoid)
        self._detached = False

    def detach(self) -> None:
        """Stop watching and let the engine go on; the job can be loaded later."""
        self._detached = True
        self.cancel()

    def leaves_job(self) -> bool:
        """Whether the engine goes on; otherwise what was found so far is still written."""
        return self._detached

    def prepare(self) -> None:
        """Render a layer that the engine can't open."""
        for snapshot in (self.plan.snapshot, self.plan.snapshot_before):
            if snapshot is not None:
                self.noted.emit(tr("Rendering the layer…"))
                write_snapshot(snapshot, self.isCanceled, self.setProgress)

    def submit(self, client: EngineClient) -> Job:
        """Queue the job."""
        return client.locate(self._request(client))

    def _request(self, client: EngineClient) -> LocateRequest:
        """Return the request with the name of the adapter in use, when that is what the user wants."""
        request = self.plan.request
        if request.adapter != CURRENT_ADAPTER:
            return request
        for model in client.models():
            if model.name == request.model or (request.model is None and model.default):
                return replace(request, adapter=model.in_use) if model.current is not None else request
        return request

    def handle(self, event: Event) -> None:
        """Measure boxes as they come, and pass the rest on."""
        if event.type == "detection":
            self.keep(from_geojson(event.data, self._ruler))
        elif event.type == "progress":
            progress = JobProgress.from_json(event.data)
            self.progressed.emit(progress)
            self.setProgress(progress.percent)
        elif event.type == "state":
            self.noted.emit(_state_words(str(event.data.get("state", ""))))
        elif event.type == "log" and event.data.get("message"):
            self.noted.emit(str(event.data["message"]))

    def conclude(self, client: EngineClient, job: Job) -> FindOutcome:
        """Fetch what the job found and write it; a failed job's boxes are written, too."""
        self.noted.emit(tr("Writing the results…"))
        collection = client.features(job.id)
        crs = self._crs(str(collection.get("crs_wkt") or ""))
        ruler = Ruler(crs, self.plan.context, self.plan.ellipsoid)
        detections = [from_geojson(feature, ruler) for feature in collection["features"]]
        questions = ", ".join(one.question for one in self.plan.sought) or self.plan.query
        gpkg, table = self.plan.gpkg, table_name(questions, job.id)
        ranked = ranked_from(detections, verdicts(gpkg, table) if self.plan.job_id else {})
        table = free_table(gpkg, table) if ranked else ""
        if ranked:
            write_table(gpkg, table, ranked, crs, self.plan.context)
        rows = ResultRows.written(ranked, gpkg, table)
        return replace(super().conclude(client, job), detections=ranked, crs=crs, table=table, rows=rows)

    def _crs(self, wkt: str) -> QgsCoordinateReferenceSystem:
        """Prefer the CRS that the user gave the layer, then the engine's, then the layer's."""
        engines = QgsCoordinateReferenceSystem.fromWkt(wkt) if wkt else QgsCoordinateReferenceSystem()
        if self.plan.crs_is_users or not engines.isValid():
            return self.plan.crs
        return engines


def ranked_from(detections: list[Detection], judged: Mapping[str, str]) -> tuple[Detection, ...]:
    """Return boxes best first, with ranks from 1 and the verdicts that ``judged`` has by id."""
    # Twice by a plain value: tuples compare slowly, and nothing else of this program runs meanwhile.
    detections = sorted(sorted(detections, key=lambda item: item.id), key=lambda item: -item.score)
    return tuple(
        replace(item, rank=place, verdict=judged.get(item.id, ""))
        for place, item in enumerate(detections, start=1)
    )


def _state_words(state: str) -> str:
    return {
        "queued": tr("Waiting for another job to end…"),
        "running": tr("Looking…"),
        "loading": tr("Loading the model…"),
    }.get(state, "")
