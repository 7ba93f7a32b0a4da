"""The requests of the wire as models: what may be asked, checked field by field."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from engine.errors import InputError
from engine.types import Zoom
from engine.wrong_fields import explain

Finite = Annotated[float, Field(allow_inf_nan=False)]
Position = Annotated[list[Finite], Field(min_length=2, max_length=3)]
Ring = Annotated[list[Position], Field(min_length=4)]
Text = Annotated[str, Field(min_length=1, max_length=500)]
PathText = Annotated[str, Field(min_length=1, max_length=4096, pattern=r"^[^\x00]+$")]
Band = Annotated[int, Field(ge=1, le=65535)]
MinMax = tuple[Finite, Finite]


def _rising(stretch: list[MinMax]) -> list[MinMax]:
    for low, high in stretch:
        if not low < high:
            raise ValueError(f"each stretch needs min < max, and one is [{low:g}, {high:g}]")
    return stretch


def _spoken(queries: list[str]) -> list[str]:
    if any(not query.strip() for query in queries):
        raise ValueError("a query is blank; write what you are looking for")
    return list(dict.fromkeys(query.strip() for query in queries))


Stretch = Annotated[list[MinMax], Field(min_length=1, max_length=3), AfterValidator(_rising)]
Queries = Annotated[list[Text], Field(min_length=1, max_length=64), AfterValidator(_spoken)]
Kind = Literal["locate", "verify", "compare", "improve", "get", "add", "export", "evaluate", "scan"]
Request = TypeVar("Request", bound=BaseModel)


class Strict(BaseModel):
    """Base of all requests: immutable, and no field that isn't named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Polygon(Strict):
    """GeoJSON Polygon, in the raster's CRS.

    Attributes:
        type: as GeoJSON has it.
        coordinates: rings of positions, the first of them the outer one.
    """

    type: Literal["Polygon"]
    coordinates: Annotated[list[Ring], Field(min_length=1)]


class MultiPolygon(Strict):
    """GeoJSON MultiPolygon, in the raster's CRS.

    Attributes:
        type: as GeoJSON has it.
        coordinates: polygons, each as rings of positions.
    """

    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Annotated[list[Ring], Field(min_length=1)]], Field(min_length=1)]


AreaGeometry = Annotated[Polygon | MultiPolygon, Field(discriminator="type")]


class RasterRequest(Strict):
    """What every request over a raster shares.

    Attributes:
        raster: path of any raster that GDAL opens.
        model: name or folder of the model, or the address of one on a server, see :mod:`engine.remote.address`; None
            for the default one.
        adapter: ``current``, ``none`` or a name, see :class:`engine.types.AdapterChoice`; None is ``current``.
        bands: one or three band numbers, from 1; None for the raster's own colours.
        stretch: (min, max) per chosen band; None for the default of the whole raster.
        margin: context round a box, as a share of its longer side, that the verifier also sees.
        gsd_src_m: metres on the ground per pixel of the raster, where its CRS does not tell them; None for the CRS.
        allow_network: raster and vector may lead to the network; otherwise such ones are refused.
        outline: draw the outline of what is in each box: true by the model for it that is here, or its name or folder.
        outline_tolerance_m: how far an outline may lie from the edge, in metres; 0 for none; None for half a pixel.
        outline_square: give outlines right angles where that fits.
    """

    raster: PathText
    model: PathText | None = None
    adapter: Text | None = None
    bands: Annotated[list[Band], Field(min_length=1, max_length=3)] | None = None
    stretch: Stretch | None = None
    margin: Annotated[float, Field(ge=0.0, le=4.0)] = 0.25
    gsd_src_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    allow_network: bool = False
    outline: bool | PathText = False
    outline_tolerance_m: Annotated[float, Field(ge=0.0, allow_inf_nan=False)] | None = None
    outline_square: bool = False


class LocateRequest(RasterRequest):
    """Find what the queries ask for.

    Attributes:
        queries: questions in natural language.
        zoom: ``overview``, ``detail`` or ``auto``.
        gsd_m: metres per pixel of the detail windows; None for the raster's own.
        overlap: share of a window that its neighbour repeats.
        area_crs: where to look, in the raster's CRS; None for everywhere.
        veto: drop windows in which the model, asked for yes or no, sees nothing of the kind.
        verifier, verifier_adapter: another model that scores the boxes, and its adapter; None for the model itself.
        by_camera: place boxes of a photograph without georeference by what it says of its camera.
        camera_height_m: of that camera above the ground; None for what the photograph says.
    """

    queries: Queries
    zoom: Zoom = "auto"
    gsd_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    overlap: Annotated[float, Field(ge=0.0, le=0.75)] = 0.2
    area_crs: AreaGeometry | None = None
    veto: bool = True
    verifier: PathText | None = None
    verifier_adapter: Text | None = None
    by_camera: bool = False
    camera_height_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _boxes_by_camera(self) -> LocateRequest:
        if self.by_camera and self.outline:
            raise ValueError("outlines are drawn in the picture alone; ask for them without by_camera")
        return self


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


class CompareRequest(LocateRequest):
    """Ask the same of two rasters of two dates: what is new, what is gone, what stayed.

    ``raster`` and all that is said of it are of the later date; results are in its CRS.

    Attributes:
        before: path of the raster of the earlier date.
        before_bands, before_stretch, before_gsd_src_m: as those without ``before_``, for that raster.
        tolerance_m: how far apart the centres of two boxes of one object may lie, in metres on the ground; None for
            5 m, or two pixels of the coarser raster where that is more.
        threshold: the score from which on the verifier's answer counts as yes; None for the model's ``min_score``.
    """

    before: PathText
    before_bands: Annotated[list[Band], Field(min_length=1, max_length=3)] | None = None
    before_stretch: Stretch | None = None
    before_gsd_src_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    tolerance_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    threshold: Annotated[float, Field(gt=0.0, lt=1.0)] | None = None

    @model_validator(mode="after")
    def _boxes_alone(self) -> CompareRequest:
        if self.outline or self.outline_square or self.outline_tolerance_m is not None:
            raise ValueError("a comparison draws no outlines; verify its boxes afterwards with outlines")
        if self.by_camera:
            raise ValueError(
                "pictures placed by their cameras are too far off to be compared; georeference them"
            )
        return self


SEARCHES: dict[str, type[RasterRequest]] = {
    "locate": LocateRequest,
    "verify": VerifyRequest,
    "compare": CompareRequest,
}
"""The requests that look for something, by kind."""


class ImproveRequest(BaseModel):
    """Train an adapter on the user's own rasters; fields beyond these are the trainer's to check.

    Those are ``queries`` (questions; the model proposes some where there are none), ``minutes`` (60), ``rounds`` (3),
    ``promote`` (true: use what is better from now on), ``only`` (``plan`` or ``questions``: end there), ``adapter``,
    ``area_crs``, ``gsd_m``, ``bands`` and ``stretch`` as in ``locate``, ``recipe`` (``ours`` or ``paper``),
    ``verdicts`` (result layers whose accepted and rejected boxes may be used), ``none_loss`` (the share of right "none"
    that may be lost, at home and on the held-out places) and ``external_verifier``; for a ``source`` also ``bbox``,
    ``start``, ``end``, ``cloud`` and ``asset``, which say which of its scenes are meant.

    Attributes:
        rasters: paths of the rasters to learn from; none where there is a source.
        source: an archive in their place: a folder, a list, a catalogue. Some of its scenes are learned from, spread
            over the ground.
        model: name or folder of the model; null for the default one.
        allow_network: rasters may lead to the network; otherwise such ones are refused.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    rasters: list[PathText] = []
    source: PathText | None = None
    model: PathText | None = None
    allow_network: bool = False

    @model_validator(mode="after")
    def _plain(self) -> ImproveRequest:
        if bool(self.rasters) == (self.source is not None):
            raise ValueError("give rasters, or a source of scenes, and not both")
        json.dumps(self.model_extra, allow_nan=False)
        return self


class ExportRequest(Strict):
    """Write a result as other programs want it, on the engine's machine.

    Attributes:
        vector: path of the written result; None for that of ``job``.
        layer: layer in it; None for the only one.
        job: id of the job that found the boxes; beside ``vector`` it only tells how the raster was shown.
        output: the file, or for ``coco`` and ``yolo`` the folder, to be made. Of a job, one that is no whole path lies
            in the job's own folder.
        format: ``gpkg``, ``geojson`` (RFC 7946), ``fgb``, ``parquet``, ``csv``, ``coco`` or ``yolo``; None for what
            the output's ending says.
        undecided: take boxes without a verdict too, though others have one. Rejected ones are never taken.
        min_score: the lowest score taken; None for all.
        min_scores: the lowest score by question, in place of ``min_score``.
        overwrite: a file, or its layer of that name, may be replaced; a folder never is.
        raster: the raster of the boxes; None for the one that they name.
        bands, stretch, gsd_src_m: as in :class:`RasterRequest`; None for what the job was asked with.
        classes: what a class of a training set is: a box's ``label``, or the ``query`` that found it.
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
    min_scores: dict[Text, Annotated[float, Field(ge=0.0, le=1.0)]] | None = None
    overwrite: bool = False
    raster: PathText | None = None
    bands: Annotated[list[Band], Field(min_length=1, max_length=3)] | None = None
    stretch: Stretch | None = None
    gsd_src_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    classes: Literal["label", "query"] = "label"
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


class EvaluateRequest(Strict):
    """Measure a model against known boxes: a labelled set on the engine's machine, or a layer over a raster.

    Attributes:
        dataset, layout, split: folder of a labelled set, how it lies there, and which part of it; None for what its
            files say, and for the part that its field measures on.
        question, questions, absent: the question about a kind, with ``{kind}`` or ``{kinds}`` in it; the question by
            kind where that is wrong; and about how many kinds that are not there a picture is asked as well.
        raster, vector, layer: in place of a set: a raster, and a layer with all that is to be found on it.
        query, query_column: one question for all polygons, or the column that holds each one's.
        model, adapter: who is asked, as in :class:`RasterRequest`.
        verifier, verifier_adapter: another model that scores; None for the model itself.
        predictions, family: a file of another program's answers, and in whose space raw ones are; no model is asked.
        bands, stretch, margin, gsd_src_m: as in :class:`RasterRequest`.
        zoom, veto: as in :class:`LocateRequest`; a ``zoom`` of None is the usual one of the set's field.
        crop_px: side of the pictures that are scored; None for what suits the model.
        degrade_verifier: this share of all scores is replaced by chance.
        rendering: what is made of a picture's values before anything looks at it.
        probe: show the verifier true boxes and other places as well, to measure it alone.
        limit, seed: at most so many questions, drawn by picture, by the seed, which draws everything else, too.
        by, draws: groupings to make tables of (None: all), and how often scenes are drawn for the intervals.
        conventions: those of :class:`engine.evaluate.samples.Conventions` that differ from the usual ones of the
            set's field.
        against: folder of an earlier evaluation to compare with.
        output: folder of the reports and of the answers; None for one of the engine's own. Of a job, one that is no
            whole path lies in the job's own folder.
    """

    dataset: PathText | None = None
    layout: Text | None = None
    split: Text | None = None
    question: Text = "all {kinds}"
    questions: dict[str, Text] = {}
    absent: Annotated[int, Field(ge=0, le=10_000)] = 1
    raster: PathText | None = None
    vector: PathText | None = None
    layer: Text | None = None
    query: Text | None = None
    query_column: Text | None = None
    model: PathText | None = None
    adapter: Text | None = None
    verifier: PathText | None = None
    verifier_adapter: Text | None = None
    predictions: PathText | None = None
    family: Text | None = None
    bands: Annotated[list[Band], Field(min_length=1, max_length=3)] | None = None
    stretch: Stretch | None = None
    margin: Annotated[float, Field(ge=0.0, le=4.0)] = 0.25
    gsd_src_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    zoom: Zoom | None = None
    veto: bool = True
    crop_px: Annotated[int, Field(ge=16, le=4096)] | None = None
    rendering: Literal["as-is", "amplitude", "db", "speckle", "grey"] = "as-is"
    degrade_verifier: Annotated[float, Field(ge=0.0, le=1.0)] = 0.0
    probe: bool = True
    limit: Annotated[int, Field(ge=1)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**31)] = 0
    by: list[Text] | None = None
    draws: Annotated[int, Field(ge=1, le=100_000)] = 1000
    conventions: dict[str, bool | int | float | str | None] = {}
    against: PathText | None = None
    output: PathText | None = None

    @model_validator(mode="after")
    def _has_truth(self) -> EvaluateRequest:
        if (self.dataset is None) == (self.raster is None or self.vector is None):
            raise ValueError(
                "it needs the folder of a labelled set, or a raster and a layer over it; not both"
            )
        return self


def checked(request: type[Request], values: dict[str, Any]) -> Request:
    """Build a request from plain values; raises InputError that names each wrong field and its value."""
    try:
        return request.model_validate(values)
    except ValidationError as error:
        raise InputError(explain(error.errors())) from error
