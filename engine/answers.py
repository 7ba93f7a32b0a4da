"""The answers of the wire as models: they document the service, and tests hold the service to them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from engine.types import Role
from engine.wire import Kind


class ExportAnswer(BaseModel):
    """The file that an adapter was written to.

    Attributes:
        file: path of it, on the engine's machine.
    """

    file: str


class ErrorText(BaseModel):
    """What went wrong.

    Attributes:
        type: the kind of error, a name that stays the same between versions.
        message: what happened, the value received, and what to do next, in English.
    """

    type: str
    message: str


class ErrorAnswer(BaseModel):
    """Every answer that is no success.

    Attributes:
        error: what went wrong.
    """

    error: ErrorText


class Health(BaseModel):
    """How the engine is.

    Attributes:
        version: of the engine.
        pid: its process.
        state: ``idle``: no model is in memory; ``loading``; ``ready``; ``busy``: a job works with the model.
        model: the model in memory; null while there is none.
        device: ``cpu`` or ``cuda``; null while no model is in memory.
        jobs_queued: how many jobs wait.
    """

    version: str
    pid: int
    state: Literal["idle", "loading", "ready", "busy"]
    model: str | None
    device: str | None
    jobs_queued: int


class AdapterAnswer(BaseModel):
    """A trained adapter: what a model has learned.

    Attributes:
        name: by which it is chosen.
        round: of learning that made it.
        current: whether it is in use.
        parent: the one it was trained from; null for the model as it came.
        created: when, in UTC; null where that is not known.
        gain: of its round, on places kept aside; null where that is not known.
    """

    name: str
    round: int
    current: bool
    parent: str | None
    created: str | None
    gain: float | None


class ModelAnswer(BaseModel):
    """A model that can be used now.

    Attributes:
        name: by which it is chosen.
        family: how it is asked and how it writes boxes.
        role: ``find``, or ``outline`` for one that draws outlines.
        path: its folder, on the engine's machine.
        licence: the name of its licence.
        commercial: whether its licence allows commercial use; null where that is not known.
        size_bytes: on disk.
        memory_bytes: estimate, to find.
        memory_learning_bytes: estimate, to learn.
        default: whether it is asked where a request names none.
        shipped: whether it came with the engine.
        in_place: whether it is used where it lay before.
        repository: on the hub; null where it is not known.
        commit: of the repository; null where it is not known.
        closed: whether it knows the words of a list only.
        things: what such a model can find, for people to read; empty for others.
        min_score: boxes below are not shown at first.
        adapters: what it has learned here.
        missing_adapter: one that is to be used and is not there; null if there is none.
    """

    name: str
    family: str
    role: Role
    path: str
    licence: str
    commercial: bool | None
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

    Attributes:
        name: by which it is got.
        repository: on the hub; null for a folder.
        commit: that is got; null where none is fixed yet.
        licence: the name of its licence.
        commercial: whether its licence allows commercial use; null where that is not known.
        size_bytes: of all its files.
        have_bytes: of these that are here.
        memory_bytes: estimate, to find; null where it is not known.
        memory_learning_bytes: estimate, to learn; null where it is not known.
        role: ``find`` or ``outline``; null where it is not known.
        state: ``offered``, ``unfinished``: a part of it is here, ``here``, or ``missing``: its disk is not there.
        folder: where it lies or is to lie; null while that is not decided.
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
    """A model that was removed.

    Attributes:
        name: of the model.
        left: a folder that was used in place, and stays; null where nothing stays.
    """

    name: str
    left: str | None


class ProgressAnswer(BaseModel):
    """How far a job is.

    Attributes:
        done: windows looked at, or bytes of a model that have come.
        total: of these; null while that is not known.
        seconds_left: estimate; null while there is none.
    """

    done: int
    total: int | None
    seconds_left: float | None


class JobAnswer(BaseModel):
    """One job; times are ISO 8601 in UTC.

    Attributes:
        id: by which it is asked for.
        kind: what it does.
        state: ``queued``, ``running``, ``done``, ``cancelled`` or ``failed``.
        request: what was asked, with its defaults.
        created: when it was handed in.
        started: when its work began; null before.
        finished: when it ended; null before.
        progress: how far it is.
        result: counts, times, the model and ``warnings`` for people to read; null before its end.
        error: why it failed; null where it did not.
    """

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
    """One line of a job's event stream.

    Attributes:
        seq: its number in the job, rising; ``?after=`` takes it.
        type: ``state``, ``progress``, ``detection``, ``round`` or ``log``.
        data: of that type: a state, a progress, one GeoJSON Feature, a round's verdict, a message.
    """

    seq: int
    type: Literal["state", "progress", "detection", "round", "log"]
    data: dict[str, Any]


class GeoFeature(BaseModel):
    """One box, or its outline, as a GeoJSON Feature.

    Attributes:
        type: as GeoJSON has it.
        id: of the box in its job; its picture is asked for by it.
        geometry: a polygon, in the raster's CRS.
        properties: ``score`` (0 to 1), ``rank``, ``label``, ``reasoning``, ``query``, ``model``, and whence it came.
    """

    type: Literal["Feature"]
    id: str
    geometry: dict[str, Any]
    properties: dict[str, Any]


class Collection(BaseModel):
    """What a job found, as a GeoJSON FeatureCollection.

    Attributes:
        type: as GeoJSON has it.
        crs_wkt: the CRS of all coordinates, as WKT; null where the raster has none.
        provisional: true until the job is done, and overlapping boxes of its windows are merged.
        features: the boxes, the best first.
    """

    type: Literal["FeatureCollection"]
    crs_wkt: str | None
    provisional: bool
    features: list[GeoFeature]
