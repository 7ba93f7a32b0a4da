"""The answers of the wire as models: they document the service, and tests hold the service to them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel


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
    """A model that can be used now."""

    name: str
    family: str
    path: str
    licence: str
    size_bytes: int
    memory_bytes: int
    default: bool
    adapters: list[AdapterAnswer]


class ProgressAnswer(BaseModel):
    """Windows done, windows in all, and seconds left; null while unknown."""

    done: int
    total: int | None
    seconds_left: float | None


class JobAnswer(BaseModel):
    """One job; times are ISO 8601 in UTC."""

    id: str
    kind: Literal["locate", "verify", "improve"]
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
