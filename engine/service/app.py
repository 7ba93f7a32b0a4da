"""The wire: jobs, their events and findings over HTTP, as DESIGN.md lists it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Body, FastAPI, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from engine import __version__
from engine.answers import Collection, ErrorAnswer, EventLine, Health, JobAnswer, ModelAnswer
from engine.errors import JobNotFoundError, RemoteZeroError, http_status
from engine.jobs.loop import Jobs
from engine.jobs.store import Store
from engine.paths import job_dir
from engine.service.clients import Clients
from engine.service.documented import document
from engine.service.events import Notifier, stream_events
from engine.service.guard import Guard
from engine.service.models import ONE_PART, HubTokenKeeper, JsonAnswer, model_routes
from engine.submissions import Submission
from engine.wrong_fields import explain

LOG = logging.getLogger(__name__)
REPORT = "report.html"
PICTURE = r"^round-\d{1,4}-place-\d{1,4}-(before|after)\.jpg$"

JobId = Annotated[str, Path(max_length=80, pattern=ONE_PART, description="A job's id.")]
DetectionId = Annotated[str, Path(max_length=80, pattern=ONE_PART, description="The id of a feature.")]
PictureName = Annotated[str, Path(pattern=PICTURE, description="The file name in a round event.")]
Seq = Annotated[int, Query(ge=0, le=2**53, description="Only events after this one.")]
ClientName = Annotated[
    str, Path(max_length=200, pattern=ONE_PART, description="Any name that is yours alone.")
]
ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ErrorAnswer, "description": "The request can't be served, and why."},
    "5XX": {"model": ErrorAnswer, "description": "The engine can't serve it now, and why."},
}


def create_app(
    store: Store,
    jobs: Jobs,
    token: str,
    *,
    clients: Clients | None = None,
    models: Callable[[], list[dict[str, Any]]] = list,
    hub_token: HubTokenKeeper | None = None,
    hosts: Iterable[str] = (),
) -> FastAPI:
    """Make the application.

    Args:
        store: where jobs are kept.
        jobs: the job loop, started and closed by the caller.
        token: what every request must carry.
        clients: who needs the engine.
        models: lists the models there are, as the wire shows them.
        hub_token: keeps the access token that models are got with.
        hosts: names beside the loopback ones under which the engine may be called.
    """
    notifier = Notifier()
    clients = clients or Clients()
    store.on_change = notifier.notify
    app = FastAPI(
        title="RemoteZero engine",
        version=__version__,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        default_response_class=JsonAnswer,
        redirect_slashes=False,
    )
    app.include_router(_about(jobs, models, clients))
    app.include_router(_jobs(store, jobs))
    app.include_router(_findings(store, jobs, notifier))
    app.include_router(model_routes(jobs.let_go, hub_token or HubTokenKeeper(), ERRORS))
    app.include_router(_training(store))
    document(app)
    app.add_exception_handler(RemoteZeroError, _domain_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _not_served)
    app.add_exception_handler(Exception, _internal_error)
    app.add_middleware(Guard, token=token, hosts=tuple(hosts), clients=clients)
    return app


def _about(jobs: Jobs, models: Callable[[], list[dict[str, Any]]], clients: Clients) -> APIRouter:
    routes = APIRouter(prefix="/v1", responses=ERRORS)

    @routes.get("/health", response_model=Health)
    def health() -> Response:
        """Tell how the engine is."""
        about = jobs.host.describe()
        busy = jobs.busy() and about["state"] == "ready"
        return JsonAnswer(
            {
                **about,
                "version": __version__,
                "pid": os.getpid(),
                "state": "busy" if busy else about["state"],
                "jobs_queued": jobs.store.queued(),
            }
        )

    @routes.get("/models", response_model=list[ModelAnswer])
    def list_models() -> Response:
        """List the models there are, and their adapters."""
        return JsonAnswer(models())

    @routes.put("/clients/{name}", status_code=204)
    def client_is_here(name: ClientName) -> Response:
        """Say that a client needs the engine, for the next two minutes."""
        clients.seen(name)
        return Response(status_code=204)

    @routes.delete("/clients/{name}", status_code=204)
    def client_leaves(name: ClientName) -> Response:
        """Say that a client needs the engine no more."""
        clients.gone(name)
        return Response(status_code=204)

    return routes


def _jobs(store: Store, jobs: Jobs) -> APIRouter:
    routes = APIRouter(prefix="/v1/jobs", responses=ERRORS)

    @routes.post("", status_code=201, response_model=JobAnswer)
    def submit(submission: Annotated[Submission, Body()]) -> Response:
        """Queue a job."""
        request = submission.request.model_dump(mode="json")
        return JsonAnswer(jobs.submit(submission.kind, request).as_json(), status_code=201)

    @routes.get("", response_model=list[JobAnswer])
    def list_jobs() -> Response:
        """List all jobs, the newest first."""
        return JsonAnswer([job.as_json() for job in store.jobs()])

    @routes.get("/{job_id}", response_model=JobAnswer)
    def show(job_id: JobId) -> Response:
        """Show one job."""
        return JsonAnswer(store.job(job_id).as_json())

    @routes.post("/{job_id}/cancel", response_model=JobAnswer)
    def cancel(job_id: JobId) -> Response:
        """Cancel a queued or running job."""
        return JsonAnswer(jobs.cancel(job_id).as_json())

    @routes.post("/{job_id}/resume", response_model=JobAnswer)
    def resume(job_id: JobId) -> Response:
        """Queue a failed, interrupted or cancelled job again; it goes on where it was."""
        return JsonAnswer(jobs.resume(job_id).as_json())

    @routes.delete("/{job_id}", status_code=204)
    def delete(job_id: JobId) -> Response:
        """Forget a job that does not run, with all it found."""
        jobs.delete(job_id)
        return Response(status_code=204)

    return routes


def _findings(store: Store, jobs: Jobs, notifier: Notifier) -> APIRouter:
    routes = APIRouter(prefix="/v1/jobs/{job_id}", responses=ERRORS)

    ndjson = {"content": {"application/x-ndjson": {"schema": EventLine.model_json_schema()}}}

    @routes.get("/events", response_class=StreamingResponse, responses={200: ndjson})
    async def events(job_id: JobId, after: Seq = 0) -> Response:
        """Stream a job's events, one JSON object a line, until it ends."""
        store.job(job_id)
        return StreamingResponse(
            stream_events(store, notifier, job_id, after), media_type="application/x-ndjson"
        )

    @routes.get("/features", response_model=Collection)
    def features(job_id: JobId) -> Response:
        """Give a job's findings as GeoJSON, in the raster's CRS."""
        return JsonAnswer(jobs.results.features(job_id))

    png: dict[int | str, dict[str, Any]] = {200: {"content": {"image/png": {}}}}

    @routes.get("/crops/{detection_id}", response_class=Response, responses=png)
    def crop(job_id: JobId, detection_id: DetectionId) -> Response:
        """Give the picture that the verifier saw."""
        return Response(jobs.results.crop(job_id, detection_id), media_type="image/png")

    return routes


def _training(store: Store) -> APIRouter:
    routes = APIRouter(prefix="/v1/jobs/{job_id}", responses=ERRORS)
    jpeg: dict[int | str, dict[str, Any]] = {200: {"content": {"image/jpeg": {}}}}
    html: dict[int | str, dict[str, Any]] = {200: {"content": {"text/html": {}}}}

    @routes.get("/report", response_class=Response, responses=html)
    def report(job_id: JobId) -> Response:
        """Give the report of an ``improve`` or ``evaluate`` job: one HTML page that needs nothing else."""
        return Response(_file(store, job_id, REPORT), media_type="text/html")

    @routes.get("/pictures/{name}", response_class=Response, responses=jpeg)
    def picture(job_id: JobId, name: PictureName) -> Response:
        """Give one held-out place of an ``improve`` job, before or after a round."""
        return Response(_file(store, job_id, f"pictures/{name}"), media_type="image/jpeg")

    return routes


def _file(store: Store, job_id: str, name: str) -> bytes:
    job = store.job(job_id)
    try:
        return (job_dir(job.id) / name).read_bytes()
    except OSError as error:
        raise JobNotFoundError(
            f"Job {job_id} has no {name} ({error.strerror}). Only jobs of the kinds improve and evaluate make one, "
            "and a report is written when the run ends. Wait for its end, or resume the job."
        ) from error


def _error(status: int, kind: str, message: str) -> JsonAnswer:
    return JsonAnswer({"error": {"type": kind, "message": message}}, status_code=status)


def _domain_error(_: Request, error: Exception) -> Response:
    return _error(http_status(error), type(error).__name__, str(error))


def _invalid_request(_: Request, error: Exception) -> Response:
    problems = error.errors() if isinstance(error, RequestValidationError) else ()
    return _error(400, "InputError", explain(problems))


def _not_served(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    message = f"{request.method} {request.url.path[:200]} is not served. GET /v1/openapi.json lists what is."
    if status not in (404, 405):
        message = "The body of the request can't be read. Send JSON in UTF-8."
    answer = _error(status, "InputError", message)
    answer.headers.update(getattr(error, "headers", None) or {})
    if status == 405:
        answer.headers["allow"] = ", ".join(_methods(request))
    return answer


def _methods(request: Request) -> list[str]:
    """All methods that the request's address takes; its first route alone knows only its own."""
    found: set[str] = set()
    for path, operations in request.app.openapi()["paths"].items():
        if compile_path(path)[0].match(request.scope["path"]):
            found |= operations.keys()
    return sorted(method.upper() for method in found)


def _internal_error(request: Request, error: Exception) -> Response:
    LOG.error("%s %s failed unexpectedly.", request.method, request.url.path, exc_info=error)
    message = (
        f"Something unexpected went wrong: {type(error).__name__}. Run `remotezero doctor` and report it."
    )
    return _error(500, "InternalError", message)
