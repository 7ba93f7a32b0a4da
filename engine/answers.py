"""The answers of the wire as models: they document the service, and tests hold the service to them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from engine.types import Role
from engine.wire import Kind


class ExportAnswer(BaseModel):
    """The file that an adapter was written to."""

    file: str


class ErrorText(BaseModel):
    """What went wrong."""

    type: str
    message: str


class ErrorAnswer(BaseModel):
    """Every answer that is no success."""

    error: ErrorText


class Health(BaseModel):
    """How the engine is; ``model`` and ``device`` are null while no model is in memory."""

    version: str
    pid: int
    state: Literal["idle", "loading", "ready", "busy"]
    model: str | None
    device: str | None
    jobs_queued: int


class AdapterAnswer(BaseModel):
    """A trained adapter; ``parent`` is the one it was trained from, null for the model as it came."""

    name: str
    round: int
    current: bool
    parent: str | None
    created: str | None
    gain: float | None


class ModelAnswer(BaseModel):
    """A model that can be used now: memory for finding and for learning; repository and commit where they are known.

    ``role`` is ``find``, or ``outline`` for one that draws outlines.
    ``missing_adapter`` is one that is to be used and is not there.
    """

    name: str
    family: str
    role: Role
    path: str
    licence: str
    size_bytes: int
    memory_bytes: int
    memory_learning_bytes: int
    default: bool
    shipped: bool
    in_place: bool
    repository: str | None
    commit: str | None
    closed: bool
    things: list[str]
    min_score: float
    adapters: list[AdapterAnswer]
    missing_adapter: str | None


class CatalogueRow(BaseModel):
    """A model that can be got, is being got, or lies on a disk that is not there now.

    ``commercial`` is null where the licence is not known to allow or to forbid commercial use, ``role`` where what
    the model is for is not known.
    """

    name: str
    repository: str | None
    commit: str | None
    licence: str
    commercial: bool | None
    size_bytes: int
    have_bytes: int
    memory_bytes: int | None
    memory_learning_bytes: int | None
    role: Role | None
    state: Literal["offered", "unfinished", "here", "missing"]
    folder: str | None


class RemovedAnswer(BaseModel):
    """A model that was removed; ``left`` is the folder that was used in place, which stays."""

    name: str
    left: str | None


class ProgressAnswer(BaseModel):
    """Windows (or bytes of a model) done, in all, and seconds left; null while unknown."""

    done: int
    total: int | None
    seconds_left: float | None


class JobAnswer(BaseModel):
    """One job; times are ISO 8601 in UTC."""

    id: str
    kind: Kind
    state: Literal["queued", "running", "done", "cancelled", "failed"]
    request: dict[str, Any]
    created: str
    started: str | None
    finished: str | None
    progress: ProgressAnswer
    result: dict[str, Any] | None
    error: ErrorText | None


class EventLine(BaseModel):
    """One line of a job's event stream."""

    seq: int
    type: Literal["state", "progress", "detection", "round", "log"]
    data: dict[str, Any]


class GeoFeature(BaseModel):
    """One GeoJSON Feature."""

    type: Literal["Feature"]
    id: str
    geometry: dict[str, Any]
    properties: dict[str, Any]


class Collection(BaseModel):
    """A GeoJSON FeatureCollection; ``provisional`` until the job is done and its windows are merged."""

    type: Literal["FeatureCollection"]
    crs_wkt: str | None
    provisional: bool
    features: list[GeoFeature]
