"""One job from its request to its result; what it looks for in a raster goes into the store.

The command line runs the same functions over a store of its own, so there is one way in which a
raster is searched.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from engine.catalogue.adding import add_model
from engine.catalogue.getting import getting_command
from engine.errors import InputError, JobError
from engine.export.run import export
from engine.imagery.camera import Camera, read_camera
from engine.imagery.crossing import Crossing, check_comparable, common_areas
from engine.imagery.dateline import extent_of
from engine.imagery.frames import clip_xyxy, crs_to_src
from engine.imagery.georeference import IN_PIXELS, UNKNOWN_SIZE
from engine.imagery.network import without_secrets
from engine.imagery.raster import Raster, open_raster
from engine.imagery.shapes import corners
from engine.imagery.tone import flat_tone
from engine.imagery.vectors import read_outlines
from engine.jobs.asked import ask_for
from engine.jobs.child import run_child
from engine.jobs.children import CHILDREN
from engine.jobs.comparing import EDGE_SHARE, Comparison, Looks, Side, plan_dates
from engine.jobs.exports import from_job
from engine.jobs.findings import Provenance, keep, polygon_json, ranked, ranked_as_they_are, unscored
from engine.jobs.host import ModelHost
from engine.jobs.jobrun import (
    HubToken,
    JobRun,
    finished,
    require_readable,
    require_same_models,
    require_same_plan,
    strip_note,
)
from engine.jobs.outlining import Drawing, check_tolerance, ground_of, outlined
from engine.jobs.precheck import half_known, questions_of
from engine.jobs.results import Finding, Results
from engine.jobs.store import Job
from engine.paths import job_dir
from engine.search.pipeline import Search, SearchOptions, conclude, locate, plan
from engine.search.scoring import require_understood
from engine.search.singling import left_unasked, one_each, sought
from engine.search.tally import Tally
from engine.search.verifying import plan_boxes, verify
from engine.types import Query, Stop, Window
from engine.wire import (
    AddRequest,
    CompareRequest,
    ExportRequest,
    GetRequest,
    LocateRequest,
    RasterRequest,
    VerifyRequest,
    checked,
)

POLYGONS_AT_ONCE = 64
"""At least so many polygons are scored between two commits."""


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
        "compare": run_compare,
        "get": run_get,
        "add": run_add,
        "export": run_export,
        **dict.fromkeys(CHILDREN, run_apart),
    }
    if job.kind not in runners:
        raise JobError(f"The job is of kind {job.kind!r}. This engine knows {', '.join(runners)}.")
    return runners[job.kind](JobRun(job, results, host, stop, hub_token))


def run_locate(run: JobRun) -> dict[str, Any]:
    """Search a raster: windows batch by batch into the store, then merged and ranked features."""
    request = checked(LocateRequest, run.job.request)
    done, tally = finished(run)
    with open_search(run, request, **_choices(request)) as (search, provenance):
        queries = [Query(text) for text in request.queries]
        windows = plan(search, queries)
        require_same_plan(run, done, windows)
        search.not_understood |= tally.not_understood
        batches = locate(search, queries, windows, done=done.keys())
        keep(run.job.id, run.results, batches, provenance, tally=tally, total=len(windows), clock=run.clock)
        require_readable(tally)
        earlier = run.results.findings(run.job.id)
        merged = conclude(search, [finding.detection for finding in earlier], windows)
        require_understood(search.not_understood, [sought(query).text for query in queries])
        final, singled = one_each(merged, ground_of(search.raster), search.verifier.spec.min_score)
        features, notes = outlined(
            _drawing(run, search, request, windows), ranked(final, earlier, provenance)
        )
        run.results.save_features(run.job.id, features)
        origin = _origin(run, search, provenance, tally)
        origin["warnings"] += [*strip_note(windows), *singled, *notes]
        return {**tally.summary(), "features": len(features), **origin}


def run_verify(run: JobRun) -> dict[str, Any]:
    """Score the polygons of a vector layer; they keep their own outlines."""
    request = checked(VerifyRequest, run.job.request)
    done, tally = finished(run)
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
        boxes = [crs_to_src(corners(outline.geometry), raster.transform) for outline in layer.found]
        windows = plan_boxes(search, boxes)
        require_same_plan(run, done, windows)
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
        require_readable(tally)
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


def run_compare(run: JobRun) -> dict[str, Any]:
    """Search two rasters of two dates, and look at each box on the other date as well."""
    request = checked(CompareRequest, run.job.request)
    kept, _ = finished(run)
    done = {index: report for index, report in kept.items() if "look" not in report}
    tally, queries = Tally(done.values()), [Query(text) for text in request.queries]
    with (
        open_raster(
            request.before,
            bands=request.before_bands,
            stretch=request.before_stretch,
            gsd_m=request.before_gsd_src_m,
            allow_network=request.allow_network,
            stop=run.stop,
        ) as before,
        open_search(run, request, partial(check_comparable, before), **_choices(request)) as (
            search,
            provenance,
        ),
    ):
        search.not_understood |= Tally(kept.values()).not_understood
        dates = _both_dates(search, before, provenance, request)
        plans = plan_dates(plan(dates[0][0], queries), plan(dates[1][0], queries))
        require_same_plan(run, done, [*plans[0], *plans[1]])
        found: list[list[Finding]] = []
        for (one, origin), windows in zip(dates, plans, strict=True):
            own = {window.index for window in windows}
            batches = locate(one, queries, windows, done=own & done.keys())
            total = len(plans[0]) + len(plans[1])
            keep(run.job.id, run.results, batches, origin, tally=tally, total=total, clock=run.clock)
            earlier = [f for f in run.results.findings(run.job.id) if f.detection.window.index in own]
            final = conclude(one, [finding.detection for finding in earlier], windows)
            found.append(ranked(final, earlier, origin))
        require_readable(tally)
        threshold = request.threshold or search.verifier.spec.min_score
        comparison = Comparison(
            (Side(dates[0][0], dates[0][1].source), Side(dates[1][0], dates[1][1].source)),
            request,
            threshold,
            Looks.of(run.job.id, run.results, kept, plans),
        )
        features, counts, notes = comparison.compare(found[0], found[1])
        require_understood(search.not_understood, [sought(query).text for query in queries])
        run.results.save_features(run.job.id, features)
        about = _origin(run, search, provenance, tally)
        return {**tally.summary(), **counts, **about, "warnings": [*about["warnings"], *notes]}


def run_apart(run: JobRun) -> dict[str, Any]:
    """Run a job of :data:`CHILDREN`, whose process gets all the memory there is."""
    run.host.free()
    asked, work = run.job.request, CHILDREN[run.job.kind]
    result = work(asked, job_dir(run.job.id), run.tell, run.stop)
    notes = [] if run.job.kind == "evaluate" else half_known(asked)  # an evaluation has a report for that
    return {**result, "warnings": [*result.get("warnings", ()), *notes]}


def run_export(run: JobRun) -> dict[str, Any]:
    """Write a result as other programs want it; needs no model."""
    request = checked(ExportRequest, run.job.request)
    if not Path(request.output).is_absolute():
        folder = job_dir(run.job.id)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        request = request.model_copy(update={"output": str(folder / request.output)})
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
    run: JobRun,
    request: RasterRequest,
    check: Callable[[Raster], None] = lambda raster: None,
    *,
    at_least: int = 1,
    **options: Any,
) -> Iterator[tuple[Search, Provenance]]:
    """Open the raster, then get the model: a wrong path is told before a long load.

    Args:
        run: the job.
        request: what was asked.
        check: of the raster, before the model is loaded.
        at_least: boxes or questions between two commits, even where the model takes fewer at once.
        options: of :class:`engine.search.pipeline.SearchOptions`, beyond margin and batch size.
    """
    camera = _camera(run, request)
    seen = open_raster(
        request.raster,
        bands=request.bands,
        stretch=request.stretch,
        gsd_m=request.gsd_src_m or (camera.gsd_m if camera else None),
        allow_network=request.allow_network,
        stop=run.stop,
    )
    with seen as raster:
        check_tolerance(raster, request)
        check(raster)
        if run.host.describe()["state"] == "idle":
            run.log("Loading the model.")
        with run.clock.stage("load"):
            asked = ask_for(request, run.host, run.stop)
        if asked.model.plan:
            run.log(asked.model.plan)
        run.results.describe(run.job.id, (camera or raster).crs_wkt, asked.pins)
        require_same_models(run, asked.identity)
        size = max(at_least, asked.model.batch_size)
        chosen = SearchOptions(margin=request.margin, batch_size=size, **options)
        search = Search(raster, asked.model.policy, asked.verifier, chosen, run.stop, run.clock)
        origin = Provenance(
            raster.transform,
            without_secrets(request.raster),
            asked.model.name,
            asked.adapter,
            asked.prompt_version,
            asked.scoring,
            (*asked.hear(questions_of(run.job.request)), *asked.notes, *(camera.notes if camera else ())),
            camera.place if camera else None,
            asked.identity,
        )
        yield search, origin
        run.host.touch()


def _camera(run: JobRun, request: RasterRequest) -> Camera | None:
    """The camera that places what is found, where the request asks for that and the picture has no georeference."""
    if not (isinstance(request, LocateRequest) and request.by_camera):
        return None
    return read_camera(
        request.raster,
        height_m=request.camera_height_m,
        allow_network=request.allow_network,
        stop=run.stop,
    )


def _drawing(run: JobRun, search: Search, request: RasterRequest, windows: Sequence[Window]) -> Drawing:
    return Drawing(
        run.job.id, run.results, run.host, search.raster, request, run.stop, run.clock, run.tell, len(windows)
    )


def _both_dates(
    search: Search, before: Raster, provenance: Provenance, request: CompareRequest
) -> tuple[tuple[Search, Provenance], tuple[Search, Provenance]]:
    """The search of the earlier and of the later raster, in what both of them cover."""
    area = _choices(request)["area_crs"]
    areas = common_areas(before, search.raster, area, search.policy.spec.chip_px // EDGE_SHARE)
    onto = Crossing(before, search.raster)
    early = replace(search, raster=before, options=replace(search.options, area_crs=areas[0]))
    late = replace(search, options=replace(search.options, area_crs=areas[1]))
    origin = replace(
        provenance,
        transform=before.transform,
        source=without_secrets(request.before),
        placed=lambda ring: (polygon_json(onto.ring(ring) or ring), {}),
    )
    return (early, origin), (late, provenance)


def _choices(request: LocateRequest) -> dict[str, Any]:
    """How to look, as far as the request says so."""
    return {
        "zoom": request.zoom,
        "gsd_m": request.gsd_m,
        "overlap": request.overlap,
        "area_crs": request.area_crs.model_dump() if request.area_crs else None,
        "veto": request.veto,
    }


def _origin(run: JobRun, search: Search, provenance: Provenance, tally: Tally) -> dict[str, Any]:
    tone = flat_tone(search.raster)
    notes = [
        *(said for said in search.raster.warnings if provenance.placed is None or not _is_of_pixels(said)),
        *([tone] if tone else []),
        *tally.notes(),
        *left_unasked(search.not_understood, questions_of(run.job.request)),
        *provenance.notes,
    ]
    return {
        "model": provenance.model,
        "adapter": provenance.adapter,
        **provenance.second,
        **({"models": dict(provenance.identity)} if provenance.identity else {}),
        "scoring": provenance.scoring,
        "warnings": notes,
        "seconds": search.clock.summary(),
    }


def _is_of_pixels(said: str) -> bool:
    """Tell whether a note on a raster is void once its boxes are placed by a camera."""
    return IN_PIXELS in said or said == UNKNOWN_SIZE
