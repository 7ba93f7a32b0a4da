"""One job from its request to its result: ``locate`` and ``verify`` over the store, ``improve`` as a child, ``export``.

The command line runs the same functions over a store of its own, so there is one way in which a
raster is searched.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from engine.catalogue.adding import add_model
from engine.catalogue.getting import getting_command
from engine.errors import CompletionParseError, InputError, JobError, JobStateError, RasterReadError
from engine.export.run import export
from engine.imagery.dateline import extent_of
from engine.imagery.frames import clip_xyxy, crs_to_src
from engine.imagery.network import without_secrets
from engine.imagery.raster import open_raster
from engine.imagery.tone import flat_tone
from engine.imagery.vectors import read_outlines
from engine.imagery.windows import pieces
from engine.jobs.child import run_child, trainer_command, write_request
from engine.jobs.exports import from_job
from engine.jobs.findings import Provenance, keep, ranked, ranked_as_they_are, unscored
from engine.jobs.host import ModelHost
from engine.jobs.outlining import Drawing, check_tolerance, outlined
from engine.jobs.precheck import half_known, questions_of
from engine.jobs.results import Results
from engine.jobs.store import Job
from engine.language.prompts import prompt_version
from engine.language.vocabulary import check_questions, passed_over
from engine.paths import job_dir
from engine.remote.keys import KEYS
from engine.search.pipeline import Search, SearchOptions, conclude, locate, plan
from engine.search.tally import Clock, Tally
from engine.search.verifying import plan_boxes, verify
from engine.types import NO_ADAPTER, AdapterChoice, Query, Stop, Window
from engine.wire import (
    AddRequest,
    ExportRequest,
    GetRequest,
    LocateRequest,
    RasterRequest,
    VerifyRequest,
    checked,
)

HubToken = Callable[[], str | None]

STRIP_FROM = 32
"""An overview of more windows than this is worth a word."""

AS_ASKED = ("logits", "log-probabilities")
"""Scorings that are the model's own for the very words of the prompt; others are part of the prompt's version."""

POLYGONS_AT_ONCE = 64
"""At least so many polygons are scored between two commits."""


@dataclass
class JobRun:
    """What one job works with while it runs."""

    job: Job
    results: Results
    host: ModelHost
    stop: Stop
    hub_token: HubToken = lambda: None
    clock: Clock = field(default_factory=Clock)

    def log(self, message: str) -> None:
        """Tell the job's listeners something in a sentence."""
        self.tell("log", {"message": message})

    def tell(self, kind: str, data: dict[str, Any]) -> None:
        """Tell the job's listeners of an event; how far it is, is kept as well."""
        store = self.results.store
        store.report(self.job.id, kind, data)
        if kind == "progress" and isinstance(data.get("done"), int):
            store.note_progress(self.job.id, data["done"], data.get("total"), data.get("seconds_left"))


def run_job(
    job: Job, results: Results, host: ModelHost, stop: Stop, hub_token: HubToken = lambda: None
) -> dict[str, Any]:
    """Run a job of any kind; returns its result.

    Args:
        job: what to run.
        results: where its findings are kept.
        host: has the model.
        stop: asked often; once it is true, the job ends soon.
        hub_token: the access token that models are got with, which is in no request.

    Raises:
        RemoteZeroError: whatever went wrong, as the class that says so.
    """
    runners = {
        "locate": run_locate,
        "verify": run_verify,
        "improve": run_improve,
        "get": run_get,
        "add": run_add,
        "export": run_export,
    }
    if job.kind not in runners:
        raise JobError(f"The job is of kind {job.kind!r}. This engine knows {', '.join(runners)}.")
    return runners[job.kind](JobRun(job, results, host, stop, hub_token))


def run_locate(run: JobRun) -> dict[str, Any]:
    """Search a raster: windows batch by batch into the store, then merged and ranked features."""
    request = checked(LocateRequest, run.job.request)
    done, tally = _finished(run)
    with open_search(run, request, **_choices(request)) as (search, provenance):
        queries = [Query(text) for text in request.queries]
        windows = plan(search, queries)
        _require_same_plan(run, done, windows)
        batches = locate(search, queries, windows, done=done.keys())
        keep(run.job.id, run.results, batches, provenance, tally=tally, total=len(windows), clock=run.clock)
        _require_readable(tally)
        earlier = run.results.findings(run.job.id)
        final = conclude(search, [finding.detection for finding in earlier], windows)
        features, notes = outlined(
            _drawing(run, search, request, windows), ranked(final, earlier, provenance)
        )
        run.results.save_features(run.job.id, features)
        origin = _origin(run, search, provenance, tally)
        origin["warnings"] += [*_strip(windows), *notes]
        return {**tally.summary(), "features": len(features), **origin}


def run_verify(run: JobRun) -> dict[str, Any]:
    """Score the polygons of a vector layer; they keep their own outlines."""
    request = checked(VerifyRequest, run.job.request)
    done, tally = _finished(run)
    with open_search(run, request, at_least=POLYGONS_AT_ONCE) as (search, provenance):
        raster = search.raster
        extent = extent_of(raster.transform, raster.width_src, raster.height_src)
        layer = read_outlines(
            request.vector,
            request.layer,
            crs_wkt=raster.crs_wkt,
            extent_crs=extent,
            allow_network=request.allow_network,
            stop=run.stop,
        )
        if not layer.found:
            raise InputError(
                f"The layer {request.layer or request.vector!r} has no polygons. Choose one that has some."
            )
        boxes = [crs_to_src(_corners(outline.geometry), raster.transform) for outline in layer.found]
        windows = plan_boxes(search, boxes)
        _require_same_plan(run, done, windows)
        batches = verify(search, Query(request.query), boxes, windows, done=done.keys())
        keep(
            run.job.id,
            run.results,
            batches,
            provenance,
            tally=tally,
            total=len(windows),
            clock=run.clock,
            outlines=layer.found,
        )
        _require_readable(tally)
        features, notes = outlined(
            _drawing(run, search, request, windows),
            ranked_as_they_are(run.results.findings(run.job.id)),
        )
        run.results.save_features(run.job.id, features)
        whole = (0.0, 0.0, float(raster.width_src), float(raster.height_src))
        counts = {
            "polygons": len(boxes),
            "outside": sum(clip_xyxy(box, whole) is None for box in boxes),
            "blank": tally.blank,
            "unreadable": tally.unreadable,
            "skipped": layer.skipped,
            "features": len(features),
        }
        origin = _origin(run, search, provenance, tally)
        return {**counts, **origin, "warnings": [*origin["warnings"], *unscored(counts), *notes]}


def run_improve(run: JobRun) -> dict[str, Any]:
    """Hand the request to the trainer, whose process gets all the memory there is."""
    run.host.free()
    folder = job_dir(run.job.id)
    request_file = write_request(folder, run.job.request)
    result = run_child(
        trainer_command(request_file),
        run.tell,
        run.stop,
        log_file=folder / "trainer.log",
        opening=KEYS.as_line(),
    )
    return {**result, "warnings": [*result.get("warnings", ()), *half_known(run.job.request)]}


def run_export(run: JobRun) -> dict[str, Any]:
    """Write a result as other programs want it; needs no model."""
    request = checked(ExportRequest, run.job.request)
    known = from_job(run.results, request)

    def watch(done: int, total: int) -> None:
        run.tell("progress", {"done": done, "total": total, "seconds_left": None})

    return export(request, known, watch, run.stop)


def run_get(run: JobRun) -> dict[str, Any]:
    """Get a model from the hub, in a process whose environment says how the hub is reached."""
    request = checked(GetRequest, run.job.request)
    folder = job_dir(run.job.id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = json.dumps({**request.model_dump(), "token": run.hub_token()})
    log_file = folder / "download.log"
    return run_child(
        getting_command(), run.tell, run.stop, log_file=log_file, opening=wanted, work="download"
    )


def run_add(run: JobRun) -> dict[str, Any]:
    """Add a model from a folder of the engine's machine."""
    request = checked(AddRequest, run.job.request)
    return add_model(**request.model_dump(), tell=run.tell, stop=run.stop)


@contextmanager
def open_search(
    run: JobRun, request: RasterRequest, *, at_least: int = 1, **options: Any
) -> Iterator[tuple[Search, Provenance]]:
    """Open the raster, then get the model: a wrong path is told before a long load.

    Args:
        run: the job.
        request: what was asked.
        at_least: boxes or questions between two commits, even where the model takes fewer at once.
        options: of :class:`engine.search.pipeline.SearchOptions`, beyond margin and batch size.
    """
    seen = open_raster(
        request.raster,
        bands=request.bands,
        stretch=request.stretch,
        gsd_m=request.gsd_src_m,
        allow_network=request.allow_network,
        stop=run.stop,
    )
    with seen as raster:
        check_tolerance(raster, request)
        if run.host.describe()["state"] == "idle":
            run.log("Loading the model.")
        with run.clock.stage("load"):
            model, adapter = run.host.acquire(request.model, AdapterChoice.read(request.adapter))
            model.make_ready(run.stop)
        if model.plan:
            run.log(model.plan)
        run.results.describe(run.job.id, raster.crs_wkt, adapter or NO_ADAPTER.text)
        chosen = SearchOptions(margin=request.margin, batch_size=max(at_least, model.batch_size), **options)
        spec = model.policy.spec
        check_questions(spec, questions_of(run.job.request))
        yield (
            Search(raster, model.policy, model.verifier, chosen, run.stop, run.clock),
            Provenance(
                raster.transform,
                without_secrets(request.raster),
                model.name,
                adapter,
                prompt_version(spec) + ("" if model.scoring in AS_ASKED else f"+{model.scoring}"),
                model.scoring,
                model.notes,
            ),
        )
        run.host.touch()


def _finished(run: JobRun) -> tuple[dict[int, dict[str, Any]], Tally]:
    """The windows that an earlier, broken-off run finished, by index, and their counts.

    Those it could not read are looked at again.
    """
    run.results.forget_unreadable(run.job.id)
    done = run.results.finished_windows(run.job.id)
    return done, Tally(done.values())


def _require_same_plan(run: JobRun, done: Mapping[int, Any], windows: Sequence[Window]) -> None:
    """Refuse to go on where the windows are others than those that were finished earlier.

    Raises:
        JobStateError: the raster, the layer or the engine that plans has changed since then.
    """
    found_in = [finding.detection.window for finding in run.results.findings(run.job.id)] if done else []
    plan_of = {window.index: window for window in windows}
    others = any(
        window != (planned := plan_of.get(window.index))
        and (planned is None or window not in pieces(planned))
        for window in found_in
    )
    # A job that was broken off before plans were noted has their number in its progress alone.
    settled = run.results.settle_plan(run.job.id, (run.job.total if done else 0) or len(windows))
    if done and (settled != len(windows) or others or not done.keys() <= plan_of.keys()):
        raise JobStateError(
            f"The job was broken off after {len(done)} of {settled} windows, and there would be "
            f"{len(windows)} others now: the raster, the layer or the engine has changed since. What was found "
            "until then is kept with this job; ask again to search anew."
        )


def _drawing(run: JobRun, search: Search, request: RasterRequest, windows: Sequence[Window]) -> Drawing:
    return Drawing(
        run.job.id, run.results, run.host, search.raster, request, run.stop, run.clock, run.tell, len(windows)
    )


def _choices(request: LocateRequest) -> dict[str, Any]:
    """How to look, as far as the request says so."""
    return {
        "zoom": request.zoom,
        "gsd_m": request.gsd_m,
        "overlap": request.overlap,
        "area_crs": request.area_crs.model_dump() if request.area_crs else None,
        "veto": request.veto,
    }


def _require_readable(tally: Tally) -> None:
    if tally.nothing_read():
        raise RasterReadError(tally.gaps[0]["why"])
    if tally.all_unread():
        raise CompletionParseError(
            f"Not one of the model's {tally.counts['asked']} answers could be read, so nothing is known of "
            f"this raster. {' '.join(tally.unread[:1])}"
        )


def _origin(run: JobRun, search: Search, provenance: Provenance, tally: Tally) -> dict[str, Any]:
    tone = flat_tone(search.raster)
    unheard = passed_over(search.policy.spec, questions_of(run.job.request))
    notes = [
        *search.raster.warnings,
        *([tone] if tone else []),
        *tally.notes(),
        *unheard,
        *provenance.notes,
    ]
    return {
        "model": provenance.model,
        "adapter": provenance.adapter,
        "scoring": provenance.scoring,
        "warnings": notes,
        "seconds": search.clock.summary(),
    }


def _strip(windows: list[Window]) -> list[str]:
    """A sentence where the raster is so long and thin that its overview is many windows."""
    pieces = [window for window in windows if window.level == "overview"]
    if len(pieces) <= STRIP_FROM:
        return []
    width, height = pieces[0].width_src, pieces[0].height_src
    return [
        f"The raster is a thin strip: its overview took {len(pieces)} windows of {width} x {height} pixels."
    ]


def _corners(shape: dict[str, Any]) -> list[list[float]]:
    """Return the points of a Polygon's or MultiPolygon's outer rings."""
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [point for polygon in polygons for point in polygon[0]]
