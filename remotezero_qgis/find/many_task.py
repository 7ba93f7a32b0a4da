"""One run over many rasters, in a QgsTask: a job each, one table of boxes, and one of the rasters with reasons."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
)
from qgis.PyQt.QtCore import pyqtSignal

from ..compat import TASK_FLAGS
from ..connection.job_task import LEFT, JobTask
from ..connection.wire import (
    Event,
    Job,
    JobProgress,
    LocateRequest,
    RastersProgress,
)
from ..errors import EngineError, RunCancelledError
from ..i18n import tr
from ..layers.detections import SEPARATOR, Detection, Ruler, from_geojson
from ..layers.place import BesideError, Outline, PlaceError, area_on_file
from ..layers.result_rows import ResultRows
from ..layers.results_file import ResultsFileError, free_table, table_name, write_table
from ..layers.results_file import verdicts as verdicts_of
from ..layers.snapshot import Snapshot, write_snapshot
from .chain import Answer, Chain
from .rasters_table import RasterRow, write_rasters
from .task import FindOutcome, FindPlan, ranked_from

WHOLE = 1000
BESIDE = "_remotezero.gpkg"
BESIDE_IT = "beside"
"""State of a raster that has nothing of the place that is searched."""


@dataclass(frozen=True)
class RasterAsk:
    """One of the rasters.

    Attributes:
        source: as the engine opens it.
        request: what to ask; None for one that can't be asked.
        reason: why it can't, "" for one that can.
        snapshot: a rendering to make first; its path is the request's raster.
        crs: of the layer, for the case that the engine knows none; None for a file.
        crs_is_users: the user set that CRS over the file's own, so it wins.
        is_file: no map layer, so what the place covers of it is looked up when its turn comes.
        is_beside: it lies beside the place, which is the reason.
    """

    source: str
    request: LocateRequest | None = None
    reason: str = ""
    snapshot: Snapshot | None = None
    crs: QgsCoordinateReferenceSystem | None = None
    crs_is_users: bool = False
    is_file: bool = False
    is_beside: bool = False


@dataclass(frozen=True)
class ManyPlan(FindPlan):
    """All that a run over many rasters needs; ``crs`` is where boxes of different CRS meet.

    Attributes:
        asks: the rasters.
        beside: also write the boxes of each raster into a file beside it.
        again: ask also what was finished before.
        where: the place of which each raster's part is searched, None for all of every raster.
    """

    asks: tuple[RasterAsk, ...] = ()
    beside: bool = False
    again: bool = False
    where: Outline | None = None

    @property
    def run_id(self) -> str:
        """The same for the same questions over the same rasters."""
        asked: list[list[Any]] = [
            [ask.source, ask.request.to_json() if ask.request else None] for ask in self.asks
        ]
        if self.where is not None:
            asked.append([self.where.geometry.asWkt(), self.where.crs.authid()])
        text = json.dumps(asked, sort_keys=True, default=list)
        return "many" + hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class ManyOutcome(FindOutcome):
    """How a run over many rasters ended.

    Attributes:
        rasters: what became of each that was looked at.
        rasters_table: the table that says so, "" when none was written.
        plan_id: of the plan.
        known: how many rasters had been finished before, and were not asked again.
        last: the job of the last raster that was searched.
    """

    rasters: tuple[RasterRow, ...] = ()
    rasters_table: str = ""
    plan_id: str = ""
    known: int = 0
    last: Job | None = None

    @property
    def scored_by(self) -> Job | None:
        """A job whose result says where the scores come from; None where none ended."""
        return self.last

    @property
    def unread(self) -> int:
        """How many rasters could not be searched."""
        return sum(row.state == "failed" for row in self.rasters)

    @property
    def beside(self) -> int:
        """How many rasters lie beside the place that was searched."""
        return sum(row.state == BESIDE_IT for row in self.rasters)

    @property
    def run_id(self) -> str:
        """Names the run in its result layer."""
        return self.plan_id


class ManyTask(JobTask):
    """Runs a plan; :meth:`take` returns the boxes of a raster when it is done, the end comes as ManyOutcome.

    Signals:
        progressed(RastersProgress): which raster, how many boxes, and time left.
    """

    progressed = pyqtSignal(object)

    OUTCOME = ManyOutcome

    def __init__(self, plan: ManyPlan) -> None:
        title = tr("RemoteZero: {query}").format(query=plan.query)
        super().__init__(title, TASK_FLAGS, plan.launch)
        self.plan = plan
        self._chain = Chain(plan.launch, self.isCanceled, self.interrupted.emit, plan.again)
        self._detached = False
        self._rows: list[RasterRow] = []
        # With the CRS of each raster that has boxes.
        self._found: list[tuple[QgsCoordinateReferenceSystem, list[Detection]]] = []
        self._boxes = self._known = 0
        self._last: Job | None = None
        self._began = 0.0

    def detach(self) -> None:
        """Stop watching; what the engine is at goes on there, and the same run takes it up."""
        self._detached = True
        self.cancel()

    def leaves_job(self) -> bool:
        """Whether the engine goes on; otherwise what was found so far is still written."""
        return self._detached

    def cancel(self) -> None:
        """Stop the raster that is being searched, and ask no more."""
        super().cancel()
        self._chain.wake()

    def _work(self) -> ManyOutcome:
        self._began = time.monotonic()
        self.noted.emit(tr("Starting the engine…"))
        state, message = "done", ""
        for number, ask in enumerate(self.plan.asks):
            try:
                if self.isCanceled():
                    raise RunCancelledError(tr("Cancelled."))
                self._one(number, ask)
            except RunCancelledError:
                if self.leaves_job():
                    return ManyOutcome(LEFT, plan_id=self.plan.run_id)
                state = "cancelled"
                self._keep(ask, self._chain.cancel(), tr("cancelled"))
                break
            except EngineError as error:
                state, message = "failed", str(error)
                break
        reasons = {row.reason for row in self._rows if row.state == "failed"}
        if state == "done" and len(reasons) == 1 and all(row.state == "failed" for row in self._rows):
            state, message = "failed", next(iter(reasons))
        return self._write(state, message)

    def _one(self, number: int, ask: RasterAsk) -> None:
        """Have one raster searched, and keep what came of it."""
        self._tell(number, JobProgress())
        ask = self._placed(ask)
        if ask.request is None:
            self._rows.append(
                RasterRow(ask.source, BESIDE_IT if ask.is_beside else "failed", reason=ask.reason)
            )
            return
        if ask.snapshot is not None:
            try:
                write_snapshot(ask.snapshot, self.isCanceled, lambda _: None)
            except RunCancelledError:
                raise
            except EngineError as error:
                self._rows.append(RasterRow(ask.source, "failed", reason=str(error)))
                return

        def watch(event: Event) -> None:
            if event.type == "detection":
                self._boxes += 1
            elif event.type == "progress":
                self._tell(number, JobProgress.from_json(event.data))

        before = self._boxes
        answer = self._chain.ask(ask.request.to_json(), watch, lambda job: self.queued.emit(job.id))
        self._boxes = before
        self._known += answer.known
        self._keep(ask, answer)
        self._tell(number + 1, JobProgress())

    def _placed(self, ask: RasterAsk) -> RasterAsk:
        """Say what the place covers of a raster that is no layer."""
        where = self.plan.where
        if where is None or ask.request is None or not ask.is_file:
            return ask
        try:
            area = area_on_file(ask.source, where, self.plan.context)
        except PlaceError as error:
            return replace(ask, request=None, reason=str(error), is_beside=isinstance(error, BesideError))
        return replace(ask, request=replace(ask.request, area_crs=area))

    def _keep(self, ask: RasterAsk, answer: Answer, state: str = "") -> None:
        """Take the boxes of a raster, in a CRS that all of them can have."""
        if answer.reason or answer.job is None:
            if answer.reason:
                self._rows.append(RasterRow(ask.source, "failed", reason=answer.reason))
            return
        collection, self._last = answer.collection or {}, answer.job
        crs = self._crs_of(ask, collection)
        ruler = Ruler(crs, self.plan.context, self.plan.ellipsoid)
        boxes = [
            of_job(from_geojson(feature, ruler), answer.job.id) for feature in collection.get("features", ())
        ]
        row = RasterRow(ask.source, state or "done", len(boxes), " ".join(answer.job.warnings), answer.job.id)
        questions = [one.question for one in self.plan.sought]
        told = written_beside(row, boxes, crs, questions, self.plan.context) if self.plan.beside else ""
        self._rows.append(replace(row, reason=" ".join(text for text in (row.reason, told) if text)))
        if boxes:
            self._found.append((crs, boxes))
            self._boxes += len(boxes)
            for box in brought(boxes, crs, self.plan.crs, self.plan.context):
                self.keep(box)

    def _crs_of(self, ask: RasterAsk, collection: Mapping[str, Any]) -> QgsCoordinateReferenceSystem:
        wkt = str(collection.get("crs_wkt") or "")
        engines = QgsCoordinateReferenceSystem.fromWkt(wkt) if wkt else QgsCoordinateReferenceSystem()
        return ask.crs if ask.crs is not None and (ask.crs_is_users or not engines.isValid()) else engines

    def _name(self, run_id: str) -> str:
        return table_name(", ".join(one.question for one in self.plan.sought), run_id)

    def _write(self, state: str, message: str) -> ManyOutcome:
        """Write the boxes of all rasters as one table, and what became of each raster as another."""
        self.noted.emit(tr("Writing the results…"))
        plan = self.plan
        each = [crs for crs, _ in self._found]
        crs = each[0] if each and all(other == each[0] for other in each) else plan.crs
        boxes = [box for own, found in self._found for box in brought(found, own, crs, plan.context)]
        name = self._name(plan.run_id)
        ranked = ranked_from(boxes, verdicts_of(plan.gpkg, name))
        table = rasters_table = ""
        if ranked:
            table = free_table(plan.gpkg, name)
            write_table(plan.gpkg, table, ranked, crs, plan.context)
        if self._rows:
            rasters_table = free_table(plan.gpkg, name + "_rasters")
            write_rasters(plan.gpkg, rasters_table, self._rows, plan.context)
        return ManyOutcome(
            state,
            None,
            message,
            ranked,
            crs,
            table,
            ResultRows.written(ranked, plan.gpkg, table),
            rasters=tuple(self._rows),
            rasters_table=rasters_table,
            plan_id=plan.run_id,
            known=self._known,
            last=self._last,
        )

    def _tell(self, number: int, progress: JobProgress) -> None:
        """Tell how far the run is; the time left is that of the rasters that had to be asked."""
        total = len(self.plan.asks)
        done = min(total, number + (progress.done / progress.total if progress.total else 0.0))
        worked = done - self._known
        spent = time.monotonic() - self._began
        left = spent / worked * (total - done) if worked > 0 and spent > 0 else None
        told = RastersProgress(
            round(done * WHOLE), total * WHOLE, left, min(number + 1, total), total, self._boxes
        )
        self.progressed.emit(told)
        self.setProgress(100.0 * done / max(1, total))


def many_words(outcome: ManyOutcome, total: int) -> str:
    """Return how a run over ``total`` rasters ended, in sentences."""
    sentences = [outcome.message] if outcome.message else []
    if outcome.state == "cancelled":
        sentences.append(tr("Cancelled."))
    searched = sum(row.state == "done" for row in outcome.rasters)
    sentences.append(tr("%n of {total} raster(s) searched.", n=searched).format(total=total))
    sentences.append(tr("%n box(es) found.", n=len(outcome.detections)))
    if outcome.beside:
        sentences.append(tr("Beside the searched place: {n}.").format(n=outcome.beside))
    failed = [row for row in outcome.rasters if row.state == "failed"]
    if failed and failed[0].reason != outcome.message:
        name, reason = PurePath(failed[0].source).name or failed[0].source, failed[0].reason
        words = tr("%n could not be searched: {reason}", n=len(failed))
        sentences.append(words.format(reason=reason if name in reason else f"{name}: {reason}"))
    if outcome.known:
        sentences.append(tr("%n had been searched before and were not asked again.", n=outcome.known))
    return " ".join(sentences)


def brought(
    boxes: Sequence[Detection],
    crs: QgsCoordinateReferenceSystem,
    target: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> list[Detection]:
    """Return boxes in another CRS; those of a raster without one stay, those that can't be there are left out."""
    if not crs.isValid() or not target.isValid() or crs == target:
        return list(boxes)
    transform = QgsCoordinateTransform(crs, target, context)
    moved = []
    for box in boxes:
        geometry = QgsGeometry(box.geometry)
        try:
            geometry.transform(transform)
        except QgsCsException:
            continue
        moved.append(replace(box, geometry=geometry))
    return moved


def written_beside(
    row: RasterRow,
    boxes: Sequence[Detection],
    crs: QgsCoordinateReferenceSystem,
    questions: Sequence[str],
    context: QgsCoordinateTransformContext,
) -> str:
    """Write a raster's boxes into a file beside it; returns why that could not be done, "" where it was."""
    if not boxes:
        return ""
    raster = Path(row.source)
    if not raster.is_file():
        return tr("There is no folder beside it to write its boxes to.")
    path = raster.with_name(raster.stem + BESIDE)
    try:
        table = table_name(", ".join(questions), row.job)
        write_table(path, table, ranked_from(list(boxes), {}), crs, context)
    except (ResultsFileError, OSError):
        return tr("Its boxes can't be written to {path}; they are in the result of the run.").format(
            path=path
        )
    return ""


def of_job(box: Detection, job_id: str) -> Detection:
    """Return a box whose id names its job as well."""
    return replace(box, id=f"{job_id}{SEPARATOR}{box.id}")
