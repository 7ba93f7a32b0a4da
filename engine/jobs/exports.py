"""What a job knows of boxes that are exported: the boxes themselves, and how the raster was shown to it."""

from __future__ import annotations

from engine.errors import InputError, JobNotFoundError
from engine.export.boxes import Boxes, FromJob
from engine.jobs.results import Results
from engine.types import Feature
from engine.wire import ExportRequest


def from_job(results: Results, asked: ExportRequest) -> FromJob | None:
    """The job that an export names; None where it names none, or a forgotten one beside a vector file.

    Raises:
        JobNotFoundError: there is no such job, and no vector file was given either.
        InputError: the job looks for nothing, or has not ended.
    """
    if asked.job is None:
        return None
    try:
        job = results.store.job(asked.job)
    except JobNotFoundError:
        if asked.vector is None:
            raise
        return None
    if job.kind not in ("locate", "verify", "compare"):
        raise InputError(f"Job {job.id} is of kind {job.kind} and has no boxes. Name one that has some.")
    if job.state in ("queued", "running"):
        raise InputError(f"Job {job.id} is not finished. Wait for its end, or cancel it, and export again.")
    found = results.features(job.id)
    features = [Feature(item["geometry"], item["properties"]) for item in found["features"]]
    boxes = Boxes(features, found["crs_wkt"], {"read": len(features), "no_polygon": 0})
    return FromJob(boxes, job.request, not found["provisional"])
