"""One job from its request to its result: ``locate`` and ``verify`` over the store, ``improve`` as a child.

The command line runs the same functions over a store of its own, so there is one way in which a
raster is searched.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from engine.errors import CompletionParseError, InputError, JobError
from engine.imagery.frames import crs_to_src
from engine.imagery.raster import Raster, open_raster
from engine.imagery.vectors import read_polygons
from engine.jobs.child import run_child, trainer_command, write_request
from engine.jobs.findings import Provenance, keep, ranked, ranked_as_they_are
from engine.jobs.host import NO_ADAPTER, ModelHost
from engine.jobs.results import Results
from engine.jobs.store import Job
from engine.language.prompts import prompt_version
from engine.paths import job_dir
from engine.search.pipeline import LocateOptions, conclude, locate, plan, verify
from engine.search.tally import Clock, Tally
from engine.types import Query, Served, Stop
from engine.wire import LocateRequest, RasterRequest, VerifyRequest, checked

POLYGONS_AT_ONCE = 64
"""At least so many polygons are scored between two commits."""


@dataclass
class Run:
    """What one job works with while it runs."""

    job: Job
    results: Results
    host: ModelHost
    stop: Stop
    clock: Clock = field(default_factory=Clock)

    def log(self, message: str) -> None:
        """Tell the job's listeners something in a sentence."""
        self.results.store.report(self.job.id, "log", {"message": message})


@dataclass(frozen=True)
class Scene:
    """An open raster and a loaded model, for as long as one job needs both."""

    raster: Raster
    model: Served
    provenance: Provenance


def run_job(run: Run) -> dict[str, Any]:
    """Run a job of any kind; returns its result.

    Raises:
        RemoteZeroError: whatever went wrong, as the class that says so.
    """
    runners = {"locate": run_locate, "verify": run_verify, "improve": run_improve}
    if run.job.kind not in runners:
        raise JobError(f"The job is of kind {run.job.kind!r}. This engine knows {', '.join(runners)}.")
    return runners[run.job.kind](run)


def run_locate(run: Run) -> dict[str, Any]:
    """Search a raster: windows batch by batch into the store, then merged and ranked features."""
    request = checked(LocateRequest, run.job.request)
    done = run.results.finished_windows(run.job.id)
    tally = Tally(done.values())
    with scene(run, request) as at:
        options = _options(request, at.model.batch_size)
        windows = plan(at.raster, at.model.policy.spec.chip_px, options)
        batches = locate(
            at.raster,
            [Query(text) for text in request.queries],
            at.model.policy,
            at.model.verifier,
            options=options,
            stop=run.stop,
            done_windows=done.keys(),
            clock=run.clock,
        )
        keep(
            run.job.id, run.results, batches, at.provenance, tally=tally, total=len(windows), clock=run.clock
        )
        _require_readable(tally)
        earlier = run.results.found(run.job.id)
        final = conclude(
            at.raster,
            [found.detection for found in earlier],
            windows,
            at.model.verifier,
            crop_px=at.model.policy.spec.crop_px,
            margin=request.margin,
            stop=run.stop,
            clock=run.clock,
        )
        features = ranked(final, earlier, at.provenance)
        run.results.save_features(run.job.id, features)
        return {**tally.summary(), "features": len(features), **_origin(at, run)}


def run_verify(run: Run) -> dict[str, Any]:
    """Score the polygons of a vector layer; they keep their own outlines."""
    request = checked(VerifyRequest, run.job.request)
    done = run.results.finished_windows(run.job.id)
    tally = Tally(done.values())
    with scene(run, request) as at:
        shapes = read_polygons(request.vector, request.layer, crs_wkt=at.raster.crs_wkt)
        if not shapes:
            raise InputError(
                f"The layer {request.layer or request.vector!r} has no polygons. Choose one that has some."
            )
        boxes = [crs_to_src(_corners(shape), at.raster.transform) for shape in shapes]
        batches = verify(
            at.raster,
            boxes,
            Query(request.query),
            at.model.verifier,
            crop_px=at.model.policy.spec.crop_px,
            margin=request.margin,
            batch_size=max(POLYGONS_AT_ONCE, at.model.batch_size),
            stop=run.stop,
            done_windows=done.keys(),
            clock=run.clock,
        )
        keep(
            run.job.id,
            run.results,
            batches,
            at.provenance,
            tally=tally,
            total=len(boxes),
            clock=run.clock,
            shapes=shapes,
        )
        features = ranked_as_they_are(run.results.found(run.job.id))
        run.results.save_features(run.job.id, features)
        return {"polygons": len(boxes), "blank": tally.blank, "features": len(features), **_origin(at, run)}


def run_improve(run: Run) -> dict[str, Any]:
    """Hand the request to the trainer, whose process gets all the memory there is."""
    run.host.free()
    folder = job_dir(run.job.id)
    request_file = write_request(folder, run.job.request)
    store = run.results.store

    def tell(kind: str, data: dict[str, Any]) -> None:
        store.report(run.job.id, kind, data)
        if kind == "progress" and isinstance(data.get("done"), int):
            store.note_progress(run.job.id, data["done"], data.get("total"), data.get("seconds_left"))

    return run_child(trainer_command(request_file), tell, run.stop, log_file=folder / "trainer.log")


@contextmanager
def scene(run: Run, request: RasterRequest) -> Iterator[Scene]:
    """Open the raster, then get the model: a wrong path is told before a long load."""
    with open_raster(request.raster, bands=request.bands, stretch=request.stretch) as raster:
        if run.host.describe()["state"] == "idle":
            run.log("Loading the model.")
        with run.clock.stage("load"):
            model, adapter = run.host.acquire(request.model, request.adapter)
        run.results.describe(run.job.id, raster.crs_wkt, adapter or NO_ADAPTER)
        words = prompt_version(model.policy.spec)
        yield Scene(raster, model, Provenance(raster, request.raster, model.name, adapter, words))
        run.host.touch()


def _options(request: LocateRequest, batch_size: int) -> LocateOptions:
    return LocateOptions(
        zoom=request.zoom,
        gsd_m=request.gsd_m,
        overlap=request.overlap,
        area_crs=request.area_crs.model_dump() if request.area_crs else None,
        veto=request.veto,
        margin=request.margin,
        batch_size=batch_size,
    )


def _require_readable(tally: Tally) -> None:
    if tally.all_unread():
        raise CompletionParseError(
            f"Not one of the model's {tally.counts['asked']} answers could be read, so nothing is known of "
            f"this raster. {' '.join(tally.unread[:1])}"
        )


def _origin(at: Scene, run: Run) -> dict[str, Any]:
    return {
        "model": at.model.name,
        "adapter": at.provenance.adapter,
        "warnings": list(at.raster.warnings),
        "seconds": run.clock.summary(),
    }


def _corners(shape: dict[str, Any]) -> list[list[float]]:
    """Return the points of a Polygon's or MultiPolygon's outer rings."""
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [point for polygon in polygons for point in polygon[0]]
