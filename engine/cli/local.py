"""Runs one job in this process, for the command line: the engine's own code over a store of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from engine.cli.terminal import (
    console,
    error_json,
    exit_code,
    interruptible,
    print_json,
    show_features,
    show_summary,
)
from engine.counting import count
from engine.errors import InputError, JobCancelledError, RemoteZeroError
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import Job, Store
from engine.types import Feature, Loader, OutlinerLoader

WRITTEN = ("output", "preview")


@dataclass(frozen=True)
class JobOutput:
    """What a finished job gave."""

    result: dict[str, Any]
    collection: dict[str, Any]

    @property
    def features(self) -> list[Feature]:
        """The findings, best first."""
        return [Feature(f["geometry"], f["properties"]) for f in self.collection["features"]]


def run_here(
    kind: str,
    request: dict[str, Any],
    load: Loader,
    watch: Callable[[Job], None],
    load_outliner: OutlinerLoader | None = None,
) -> JobOutput:
    """Run one job to its end.

    Args:
        kind: as on the wire.
        request: as on the wire.
        load: loads the model.
        watch: told the state of the job after every change.
        load_outliner: loads models that draw outlines.

    Raises:
        JobCancelledError: the user interrupted it.
        RemoteZeroError: whatever else went wrong.
    """
    with tempfile.TemporaryDirectory(prefix="remotezero-") as folder, interruptible() as stop:
        database = Database(Path(folder) / "job.sqlite")
        store = Store(database)
        host = ModelHost(load, load_outliner=load_outliner)
        try:
            job_id = store.submit(kind, request).id
            job = store.begin_next()
            if job is None:
                raise JobCancelledError("The job was cancelled before it began.")
            store.on_change = lambda: watch(store.job(job_id))
            results = Results(store)
            try:
                result = run_job(job, results, host, stop)
                store.finish(job_id, "done", result=result)
            except RemoteZeroError as error:
                raise _with_what_is_kept(error, results, job_id) from error
            return JobOutput(result, results.features(job_id))
        finally:
            host.free()
            database.close()


def _with_what_is_kept(error: RemoteZeroError, results: Results, job_id: str) -> RemoteZeroError:
    """The error of a run that ended early, and where the boxes are that it had found until then."""
    from engine.imagery.outputs import keep_features

    with suppress(RemoteZeroError):
        found = results.features(job_id)
        features = [Feature(one["geometry"], one["properties"]) for one in found["features"]]
        if features:
            kept = keep_features(None, features, found["crs_wkt"])
            return type(error)(
                f"{error} Until then {count(len(features), 'box', 'boxes')} had been found. {kept}"
            )
    return error


@dataclass(frozen=True)
class Target:
    """Where a run's result is to be written, and how."""

    output: Path | None
    preview: Path | None
    overwrite: bool
    rfc7946: bool

    def check(self, kind: str, request: dict[str, Any], others: list[str]) -> None:
        """Check that all can be written; ``others`` are files that are read beside raster and vector."""
        from engine.imagery.outputs import DRIVERS, check_output, check_rfc7946, files_behind

        read = [request["raster"], *([request["before"]] if kind == "compare" else []), *others]
        if self.rfc7946:
            if self.output is None or DRIVERS.get(self.output.suffix.lower()) != "GeoJSON":
                raise InputError(
                    f"--rfc7946 is for GeoJSON, and the output is {self.output or 'not given'}: end it in .geojson."
                )
            if not request.get("by_camera"):
                check_rfc7946(request["raster"], allow_network=request["allow_network"])
        if self.output is not None:
            layer = (request["vector"], request["layer"]) if kind == "verify" else None
            check_output(self.output, overwrite=self.overwrite, inputs=read, read_layer=layer)
        if self.preview is not None:
            from engine.cli.preview import check_preview

            behind = [file for name in read for file in files_behind(name)]
            behind += files_behind(request["vector"], vector=True) if kind == "verify" else []
            check_preview(self.preview, behind, overwrite=self.overwrite)

    def write(self, request: dict[str, Any], outcome: JobOutput) -> None:
        """Write what was found; adds to the result's warnings what a reader of the files should know."""
        from engine.imagery.outputs import write_features

        if self.output is not None:
            crs = outcome.collection["crs_wkt"]
            outcome.result["warnings"] += write_features(
                self.output, outcome.features, crs, overwrite=self.overwrite, rfc7946=self.rfc7946
            )
        if self.preview is not None:
            _draw(self.preview, request, outcome.features)


def tell(request: dict[str, Any], outcome: JobOutput, target: Target, *, as_json: bool) -> None:
    """Write what was found and show it; where it can't be written, it is shown all the same."""
    try:
        target.write(request, outcome)
    except RemoteZeroError as error:
        if not as_json:
            show_features(outcome.collection["features"], outcome.result)
            raise
        print_json({**error_json(error), "result": outcome.result, "features": outcome.collection})
        raise typer.Exit(exit_code(error)) from error
    if as_json:
        written = {
            name: str(path) if path else None for name, path in vars(target).items() if name in WRITTEN
        }
        print_json({**written, "result": outcome.result, "features": outcome.collection})
        return
    show_features(outcome.collection["features"], outcome.result)
    show_summary(outcome.result)
    for path in (target.output, target.preview):
        if path is not None:
            console().print(f"Written: {path}", highlight=False)


def _draw(path: Path, request: dict[str, Any], features: list[Any]) -> None:
    from engine.cli.preview import write_preview
    from engine.imagery.attributes import in_picture
    from engine.imagery.raster import open_raster

    asked = "; ".join(request.get("queries") or [request["query"]])
    title = f"{asked} - {len(features)} found"
    allowed, bands, stretch = request["allow_network"], request["bands"], request["stretch"]
    features = [in_picture(feature) for feature in features]
    with open_raster(request["raster"], bands=bands, stretch=stretch, allow_network=allowed) as raster:
        write_preview(path, raster, features, title)
