"""The answers of the wire as models: they document the service, and tests hold the service to them."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from engine.errors import InputError
from engine.types import Role, Zoom
from engine.wrong_fields import explain

Finite = Annotated[float, Field(allow_inf_nan=False)]
Position = Annotated[list[Finite], Field(min_length=2, max_length=3)]
Ring = Annotated[list[Position], Field(min_length=4)]
Text = Annotated[str, Field(min_length=1, max_length=500)]
PathText = Annotated[str, Field(min_length=1, max_length=4096, pattern=r"^[^\x00]+$")]
Band = Annotated[int, Field(ge=1, le=65535)]
MinMax = tuple[Finite, Finite]
Kind = Literal["locate", "verify", "improve", "get", "add", "export"]
Request = TypeVar("Request", bound=BaseModel)


class Strict(BaseModel):
    """Base of all requests: immutable, and no field that isn't named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Polygon(Strict):
    """GeoJSON Polygon, in the raster's CRS."""

    type: Literal["Polygon"]
    coordinates: Annotated[list[Ring], Field(min_length=1)]


class MultiPolygon(Strict):
    """GeoJSON MultiPolygon, in the raster's CRS."""

    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Annotated[list[Ring], Field(min_length=1)]], Field(min_length=1)]


AreaGeometry = Annotated[Polygon | MultiPolygon, Field(discriminator="type")]


class RasterRequest(Strict):
    """What every request over a raster shares.

    Attributes:
        raster: path of any raster that GDAL opens.
        model: name or folder of the model; None for the default one.
        adapter: ``current``, ``none`` or a name, see :class:`engine.types.AdapterChoice`; None is ``current``.
        bands: one or three band numbers, from 1; None for the raster's own colours.
        stretch: (min, max) per chosen band; None for the default of the whole raster.
        margin: context round a box, as a share of its longer side, that the verifier also sees.
        gsd_src_m: metres on the ground per pixel of the raster, where its CRS does not tell them; None for the CRS.
        allow_network: raster and vector may lead to the network; otherwise such ones are refused.
        outline: draw the outline of what is in each box: true by the model for it that is here, or its name or folder.
        outline_tolerance_m: how far an outline may lie from the edge, in metres; None for half a pixel.
        outline_square: give outlines right angles where that fits.
    """

    raster: PathText
    model: PathText | None = None
    adapter: Text | None = None
    bands: Annotated[list[Band], Field(min_length=1, max_length=3)] | None = None
    stretch: Annotated[list[MinMax], Field(min_length=1, max_length=3)] | None = None
    margin: Annotated[float, Field(ge=0.0, le=4.0)] = 0.25
    gsd_src_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    allow_network: bool = False
    outline: bool | PathText = False
    outline_tolerance_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    outline_square: bool = False

    @field_validator("stretch")
    @classmethod
    def _rising(cls, stretch: list[MinMax] | None) -> list[MinMax] | None:
        for low, high in stretch or ():
            if not low < high:
                raise ValueError(f"each stretch needs min < max, and one is [{low:g}, {high:g}]")
        return stretch


class LocateRequest(RasterRequest):
    """Find what the queries ask for.

    Attributes:
        queries: questions in natural language.
        zoom: ``overview``, ``detail`` or ``auto``.
        gsd_m: metres per pixel of the detail windows; None for the raster's own.
        overlap: share of a window that its neighbour repeats.
        area_crs: where to look, in the raster's CRS; None for everywhere.
        veto: let the verifier drop windows in which it sees nothing of the kind.
    """

    queries: Annotated[list[Text], Field(min_length=1, max_length=64)]
    zoom: Zoom = "auto"
    gsd_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    overlap: Annotated[float, Field(ge=0.0, le=0.75)] = 0.2
    area_crs: AreaGeometry | None = None
    veto: bool = True

    @field_validator("queries")
    @classmethod
    def _spoken(cls, queries: list[str]) -> list[str]:
        if any(not query.strip() for query in queries):
            raise ValueError("a query is blank; write what you are looking for")
        return list(dict.fromkeys(query.strip() for query in queries))


class VerifyRequest(RasterRequest):
    """Score the polygons of an existing vector layer against one query.

    Attributes:
        vector: path of the vector file.
        layer: layer in it; None for the only or first one.
        query: the question each polygon is held against.
    """

    vector: PathText
    query: Text
    layer: Text | None = None

    @field_validator("query")
    @classmethod
    def _spoken(cls, query: str) -> str:
        if not query.strip():
            raise ValueError("the query is blank; write what the polygons should show")
        return query.strip()


class ImproveRequest(BaseModel):
    """Train an adapter on the user's own rasters; fields beyond these are the trainer's to check."""

    model_config = ConfigDict(frozen=True, extra="allow")

    rasters: Annotated[list[PathText], Field(min_length=1)]
    model: PathText | None = None
    allow_network: bool = False

    @model_validator(mode="after")
    def _plain(self) -> ImproveRequest:
        json.dumps(self.model_extra, allow_nan=False)
        return self


class ExportRequest(Strict):
    """Write a result as other programs want it, on the engine's machine.

    Attributes:
        vector: path of the written result; None for that of ``job``.
        layer: layer in it; None for the only one.
        job: id of the job that found the boxes; beside ``vector`` it only tells how the raster was shown.
        output: the file, or for ``coco`` and ``yolo`` the folder, to be made.
        format: ``gpkg``, ``geojson`` (RFC 7946), ``fgb``, ``parquet``, ``csv``, ``coco`` or ``yolo``; None for what
            the output's ending says.
        undecided: take boxes without a verdict too, though others have one. Rejected ones are never taken.
        min_score: the lowest score taken; None for all.
        overwrite: a file, or its layer of that name, may be replaced; a folder never is.
        raster: the raster of the boxes; None for the one that they name.
        bands, stretch, gsd_src_m: as in :class:`RasterRequest`; None for what the job was asked with.
        chips: cut pictures; without them the whole raster counts as the one picture.
        chip_px: side of a picture.
        gsd_m: metres per pixel of the pictures; None for the finest at which a box was found.
        empty: cut pictures of places without boxes, too.
        picture: ``jpg`` or ``png``.
    """

    vector: PathText | None = None
    layer: Text | None = None
    job: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    output: PathText
    format: Literal["gpkg", "geojson", "fgb", "parquet", "csv", "coco", "yolo"] | None = None
    undecided: bool = False
    min_score: Annotated[float, Field(ge=0.0, le=1.0)] | None = None
    overwrite: bool = False
    raster: PathText | None = None
    bands: Annotated[list[Band], Field(min_length=1, max_length=3)] | None = None
    stretch: Annotated[list[MinMax], Field(min_length=1, max_length=3)] | None = None
    gsd_src_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    chips: bool = True
    chip_px: Annotated[int, Field(ge=32, le=4096)] = 640
    gsd_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    empty: bool = False
    picture: Literal["jpg", "png"] = "jpg"

    @model_validator(mode="after")
    def _has_source(self) -> ExportRequest:
        if self.vector is None and self.job is None:
            raise ValueError("it names neither a vector file nor a job; give one of them")
        return self


class GetRequest(Strict):
    """Get a model from the hub.

    Attributes:
        model: a name of the catalogue, or ``owner/repository`` with or without ``@revision``.
        name: another name for it here.
        accept_licence: its licence was shown and accepted, where it does not allow every use.
    """

    model: Text
    name: Text | None = None
    accept_licence: bool = False


class AddRequest(Strict):
    """Add a model from a folder of the engine's machine.

    Attributes:
        folder: a model folder, or a repository or snapshot in the hub's cache.
        name: another name for it here.
        in_place: use it where it lies instead of copying it.
        accept_licence: its licence was shown and accepted, where it does not allow every use.
    """

    folder: PathText
    name: Text | None = None
    in_place: bool = False
    accept_licence: bool = False


class HubToken(Strict):
    """The access token for models that are not given to everybody; None forgets it. It is kept in memory alone."""

    token: SecretStr | None = None


class CurrentAdapter(Strict):
    """Which adapter of a model to use from now on: a name, or ``none`` for the model as it came."""

    adapter: Text


class AdapterImport(Strict):
    """An exported adapter to add; ``name`` is another name for it."""

    file: PathText
    name: Text | None = None


class AdapterExport(Strict):
    """Where to write an adapter, as one file on the engine's machine."""

    file: PathText
    overwrite: bool = False


class ExportAnswer(BaseModel):
    """The file that an adapter was written to."""

    file: str


class LocateSubmission(Strict):
    """A ``locate`` job."""

    kind: Literal["locate"]
    request: LocateRequest


class VerifySubmission(Strict):
    """A ``verify`` job."""

    kind: Literal["verify"]
    request: VerifyRequest


class ImproveSubmission(Strict):
    """An ``improve`` job."""

    kind: Literal["improve"]
    request: ImproveRequest


class GetSubmission(Strict):
    """A ``get`` job."""

    kind: Literal["get"]
    request: GetRequest


class AddSubmission(Strict):
    """An ``add`` job."""

    kind: Literal["add"]
    request: AddRequest


class ExportSubmission(Strict):
    """An ``export`` job."""

    kind: Literal["export"]
    request: ExportRequest


Submission = Annotated[
    LocateSubmission
    | VerifySubmission
    | ImproveSubmission
    | GetSubmission
    | AddSubmission
    | ExportSubmission,
    Field(discriminator="kind"),
]


def checked(request: type[Request], values: dict[str, Any]) -> Request:
    """Build a request from plain values; raises InputError that names each wrong field and its value."""
    try:
        return request.model_validate(values)
    except ValidationError as error:
        raise InputError(explain(error.errors())) from error


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
