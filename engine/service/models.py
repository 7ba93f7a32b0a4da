"""The wire of the models: which there are, which can be got, their adapters, and their removal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Response
from fastapi.responses import JSONResponse

from engine.answers import CatalogueRow, ExportAnswer, ModelAnswer, RemovedAnswer
from engine.catalogue.adapters import open_registry
from engine.catalogue.archive import export_adapter, import_adapter
from engine.catalogue.models import ModelEntry, catalogue_json, list_models, remove_model
from engine.errors import InputError
from engine.jsontext import json_text
from engine.remote.address import read_address
from engine.remote.keys import KEYS, checked_key
from engine.submissions import AdapterExport, AdapterImport, CurrentAdapter, HubToken, ServerKey
from engine.types import AdapterChoice

ONE_PART = r"^[^/]+$"
"""A name in a path: one part of it, whatever else stands in it."""

ModelName = Annotated[
    str, Path(max_length=200, pattern=ONE_PART, description="A model's name, as GET /v1/models lists it.")
]
AdapterName = Annotated[str, Path(max_length=200, pattern=ONE_PART, description="An adapter's name.")]
Errors = dict[int | str, dict[str, Any]]


class JsonAnswer(JSONResponse):
    """JSON in plain ASCII, so that any text a user can type can be sent back."""

    def render(self, content: Any) -> bytes:
        """Encode ``content``."""
        return json_text(content).encode("ascii")


class HubTokenKeeper:
    """The access token for the hub, for as long as the engine lives; in no file, no request and no message."""

    def __init__(self) -> None:
        """Begin with none."""
        self._token: str | None = None

    def __call__(self) -> str | None:
        """The token, None where there is none."""
        return self._token

    def keep(self, token: str | None) -> None:
        """Use another one from now on; raises InputError, without showing it, where it can't be sent."""
        self._token = checked_key(token, "The access token") if token else None


def model_routes(in_use: Callable[[str], bool], hub_token: HubTokenKeeper, errors: Errors) -> APIRouter:
    """The routes of models and adapters; getting and adding one are jobs.

    Args:
        in_use: tells whether a job works with a model or waits for it; one in memory for no job is freed.
        hub_token: keeps the access token.
        errors: how the routes' errors are documented.
    """
    routes = APIRouter(prefix="/v1", responses=errors)

    @routes.get("/catalogue", response_model=list[CatalogueRow])
    def list_catalogue() -> Response:
        """List the models that can be got, are being got, or lie on a disk that is not there now."""
        return JsonAnswer(catalogue_json())

    @routes.put("/hub/token", status_code=204)
    def keep_token(given: Annotated[HubToken, Body()]) -> Response:
        """Keep the access token for models that are not given to everybody, in memory alone; null forgets it."""
        hub_token.keep(given.token.get_secret_value() if given.token else None)
        return Response(status_code=204)

    @routes.put("/servers/key", status_code=204)
    def keep_server_key(given: Annotated[ServerKey, Body()]) -> Response:
        """Keep the key of a model server, in memory alone; null forgets it."""
        KEYS.keep(read_address(given.address), given.key.get_secret_value() if given.key else None)
        return Response(status_code=204)

    @routes.delete("/models/{name}", response_model=RemovedAnswer)
    def remove(name: ModelName) -> Response:
        """Remove a model, or what has come of one; adapters that were trained on it stay."""
        return JsonAnswer(remove_model(name, in_use))

    routes.include_router(_adapters(errors))
    return routes


def _adapters(errors: Errors) -> APIRouter:
    routes = APIRouter(prefix="/models/{name}", responses=errors)

    @routes.put("/current", response_model=ModelAnswer)
    def choose(name: ModelName, choice: Annotated[CurrentAdapter, Body()]) -> Response:
        """Use another adapter of a model from now on, or none; jobs that run keep the one they began with."""
        open_registry(listed_model(name).spec).choose(AdapterChoice(choice.adapter))
        return JsonAnswer(listed_model(name).as_json())

    @routes.post("/adapters", status_code=201, response_model=ModelAnswer)
    def add(name: ModelName, wanted: Annotated[AdapterImport, Body()]) -> Response:
        """Add an exported adapter; the one in use stays in use."""
        import_adapter(open_registry(listed_model(name).spec), FilePath(wanted.file), name=wanted.name)
        return JsonAnswer(listed_model(name).as_json(), status_code=201)

    @routes.post("/adapters/{adapter}/export", response_model=ExportAnswer)
    def export(name: ModelName, adapter: AdapterName, wanted: Annotated[AdapterExport, Body()]) -> Response:
        """Write an adapter to one file on the engine's machine."""
        registry, target = open_registry(listed_model(name).spec), FilePath(wanted.file)
        if not target.is_absolute():
            raise InputError(
                f"The file {wanted.file} is no whole path, and the engine can't know from which folder it is meant. "
                "Give it from the root on."
            )
        return JsonAnswer(
            {"file": str(export_adapter(registry, adapter, target, overwrite=wanted.overwrite))}
        )

    @routes.delete("/adapters/{adapter}", response_model=ModelAnswer)
    def delete(name: ModelName, adapter: AdapterName) -> Response:
        """Remove an adapter that is neither in use nor the parent of another."""
        open_registry(listed_model(name).spec).delete(adapter)
        return JsonAnswer(listed_model(name).as_json())

    return routes


def listed_model(name: str) -> ModelEntry:
    """The model of a name; raises InputError when none is listed under it."""
    entries = list_models()
    for entry in entries:
        if entry.spec.name == name:
            return entry
    known = ", ".join(entry.spec.name for entry in entries) or "none"
    raise InputError(f"There is no model {name[:80]!r} (there are: {known}). Name one of these.")
