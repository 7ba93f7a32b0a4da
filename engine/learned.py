"""What self-improvement leaves behind, over the wire: pictures, report, and which adapter is in use."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Response
from fastapi.responses import JSONResponse

from engine.catalogue import ModelEntry, list_models
from engine.errors import InputError, JobNotFoundError
from engine.paths import job_dir
from engine.registry import open_registry
from engine.requests import AdapterChoice
from engine.store import Store
from engine.wire import ModelAnswer

REPORT = "report.html"
PICTURE = r"^round-\d{1,4}-place-\d{1,4}-(before|after)\.jpg$"

JobId = Annotated[str, Path(max_length=80, description="A job's id.")]
ModelName = Annotated[str, Path(max_length=200, description="A model's name, as GET /v1/models lists it.")]
PictureName = Annotated[str, Path(pattern=PICTURE, description="The file name in a round event.")]


def learned_routes(store: Store, errors: dict[int | str, dict[str, Any]]) -> APIRouter:
    """Return the routes; ``errors`` documents the answers that are no success."""
    routes = APIRouter(prefix="/v1", responses=errors)
    jpeg: dict[int | str, dict[str, Any]] = {200: {"content": {"image/jpeg": {}}}}
    html: dict[int | str, dict[str, Any]] = {200: {"content": {"text/html": {}}}}

    @routes.put("/models/{name}/current", response_model=ModelAnswer)
    def choose_adapter(name: ModelName, choice: Annotated[AdapterChoice, Body()]) -> Response:
        """Use another adapter of a model from now on, or none; jobs that run keep the one they began with."""
        open_registry(listed_model(name).spec).choose(choice.adapter)
        return JSONResponse(listed_model(name).as_json())

    @routes.get("/jobs/{job_id}/report", response_class=Response, responses=html)
    def report(job_id: JobId) -> Response:
        """Give the report of an ``improve`` job: one HTML page that needs nothing else."""
        return Response(_file(store, job_id, REPORT), media_type="text/html")

    @routes.get("/jobs/{job_id}/pictures/{name}", response_class=Response, responses=jpeg)
    def picture(job_id: JobId, name: PictureName) -> Response:
        """Give one held-out place of an ``improve`` job, before or after a round."""
        return Response(_file(store, job_id, f"pictures/{name}"), media_type="image/jpeg")

    return routes


def listed_model(name: str) -> ModelEntry:
    """The model of a name; raises InputError when none is listed under it."""
    entries = list_models()
    for entry in entries:
        if entry.spec.name == name:
            return entry
    known = ", ".join(entry.spec.name for entry in entries) or "none"
    raise InputError(f"There is no model {name[:80]!r} (there are: {known}). Name one of these.")


def _file(store: Store, job_id: str, name: str) -> bytes:
    job = store.job(job_id)
    try:
        return (job_dir(job.id) / name).read_bytes()
    except OSError as error:
        raise JobNotFoundError(
            f"Job {job_id} has no {name} ({error.strerror}). Only jobs of the kind improve make one, "
            "and a report is written when the run ends. Wait for its end, or resume the job."
        ) from error
