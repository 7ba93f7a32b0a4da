"""Detections inside QGIS: from the wire's GeoJSON to table rows and to features of a layer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsDistanceArea,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
)

from ..compat import MULTI_POLYGON, POINT, POINT_GEOMETRY, integer_field, real_field, text_field

ACCEPTED, REJECTED, UNDECIDED = "accepted", "rejected", ""
EDITED, VERIFIED = "edited", "verified"
SEPARATOR = "/"
"""Between a job's id and a box's in the ids of a table that holds the boxes of many jobs."""


@dataclass(frozen=True)
class Detection:
    """One scored box.

    Attributes:
        id: the engine's id of the detection, unique within its job.
        rank: 1 is the best; 0 while the run goes on.
        score: the verifier's probability of "yes", 0..1.
        width_m, height_m: sides of the box on the ground in metres, 0 where the CRS is unknown.
        window: the window it was found in, as JSON text.
        verdict: ``accepted``, ``rejected`` or "".
        geometry: polygon in the raster's CRS.
        edited: ``edited`` once the user drew the box anew, ``verified`` when it was scored since, else "".
        truncated: the model's answer for that window was cut off, so there may be more there.
        change: what became of it between two dates (:mod:`.changes`), "" where only one was looked at.
        score_before, score_after: the verifier's on both dates, None where the raster shows nothing of the place.
        change_note: why nothing certain can be said of it, "" where it can.
        source_other: the raster of the other date.
        placed: ``camera`` where a photograph's camera put it on the ground, ``position`` where it is a point at that
            camera, else "".
        accuracy_m: how far off such a place may be, None where that is not known.
        box: WKT of such a box in the photograph.
        verifier, verifier_adapter: what scored it, where that is another model than the one that found it, else "".
    """

    id: str
    rank: int
    score: float
    label: str
    reasoning: str
    query: str
    model: str
    adapter: str
    prompt_version: str
    source: str
    window: str
    gsd_m: float
    time: str
    width_m: float
    height_m: float
    verdict: str
    geometry: QgsGeometry
    edited: str = ""
    truncated: bool = False
    change: str = ""
    score_before: float | None = None
    score_after: float | None = None
    change_note: str = ""
    source_other: str = ""
    placed: str = ""
    accuracy_m: float | None = None
    box: str = ""
    verifier: str = ""
    verifier_adapter: str = ""

    @property
    def extent(self) -> QgsRectangle:
        """The box's extent in the raster's CRS."""
        return self.geometry.boundingBox()


TEXTS = (
    "id",
    "label",
    "reasoning",
    "query",
    "model",
    "adapter",
    "prompt_version",
    "source",
    "window",
    "time",
)
NUMBERS = ("score", "gsd_m", "width_m", "height_m")
COLUMNS = (
    "id", "rank", "score", "label", "verdict", "reasoning", "width_m", "height_m", "query", "model",
    "adapter", "prompt_version", "source", "window", "gsd_m", "time",
    "edited", "truncated",
)  # fmt: skip
MORE_TEXTS = ("change", "change_note", "source_other", "placed", "box", "verifier", "verifier_adapter")
MORE_NUMBERS = ("score_before", "score_after", "accuracy_m")
CHANGE_COLUMNS = ("change", "score_before", "score_after", "change_note", "source_other")
"""Those that boxes of two dates have behind the others."""
CAMERA_COLUMNS = ("placed", "accuracy_m", "box")
"""Those of boxes that a photograph's camera placed."""
VERIFIER_COLUMNS = ("verifier", "verifier_adapter")
"""Those of boxes that another model scored than found them."""


def columns_of(detections: Sequence[Detection]) -> tuple[str, ...]:
    """Return the columns that a table of these boxes has."""
    more: tuple[str, ...] = ()
    if any(box.change for box in detections):
        more = CHANGE_COLUMNS
    elif any(box.placed for box in detections):
        more = CAMERA_COLUMNS
    return (*COLUMNS, *more, *(VERIFIER_COLUMNS if any(box.verifier for box in detections) else ()))


def geometry_type(detections: Sequence[Detection]):
    """Return the kind of geometry of a table of these boxes: points where nothing but their camera's place is known."""
    points = bool(detections) and all(box.geometry.type() == POINT_GEOMETRY for box in detections)
    return POINT if points else MULTI_POLYGON


def fields(names: Sequence[str] = COLUMNS) -> QgsFields:
    """Return the columns of a result layer."""
    columns = QgsFields()
    for name in names:
        columns.append(_field(name))
    return columns


def _field(name: str) -> QgsField:
    if name in ("rank", "truncated"):
        return integer_field(name)
    return real_field(name) if name in (*NUMBERS, *MORE_NUMBERS) else text_field(name)


def job_and_box(job_id: str, box_id: str) -> tuple[str, str]:
    """Return the job that found a box and its id in there: a table of many jobs has both in the box's id."""
    job, separator, box = box_id.partition(SEPARATOR)
    return (job, box) if separator else (job_id, box_id)


class Ruler:
    """Measures box sides in metres; made once per CRS, usable in any one thread."""

    def __init__(
        self, crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext, ellipsoid: str
    ) -> None:
        self._known = crs.isValid()
        self._area = QgsDistanceArea()
        self._area.setSourceCrs(crs, context)
        self._area.setEllipsoid(ellipsoid if ellipsoid not in ("", "NONE") else "EPSG:7030")

    def sides_m(self, geometry: QgsGeometry) -> tuple[float, float]:
        """Return the lengths of a box's first two sides in metres, (0, 0) without a CRS."""
        if not self._known:
            return 0.0, 0.0
        corners = [QgsPointXY(vertex) for vertex, _ in zip(geometry.vertices(), range(3))]
        if len(corners) < 3:
            return 0.0, 0.0
        first = self._area.measureLine(corners[0], corners[1])
        second = self._area.measureLine(corners[1], corners[2])
        flat = abs(corners[1].x() - corners[0].x()) >= abs(corners[1].y() - corners[0].y())
        return (first, second) if flat else (second, first)


def from_geojson(feature: dict[str, Any], ruler: Ruler) -> Detection:
    """Read one Feature of the wire."""
    properties = feature.get("properties") or {}
    at = feature["geometry"]
    if properties.get("placed") and at.get("type") == "Point":
        geometry = QgsGeometry.fromPointXY(QgsPointXY(*at["coordinates"][:2]))
    else:
        geometry = polygon(at)
    width_m, height_m = ruler.sides_m(geometry)
    texts = {name: _text(properties.get(name)) for name in TEXTS}
    texts["id"] = str(properties.get("id", feature.get("id")))
    return Detection(
        rank=int(properties.get("rank") or 0),
        score=float(properties.get("score") or 0.0),
        gsd_m=float(properties.get("gsd_m") or 0.0),
        width_m=round(width_m, 2),
        height_m=round(height_m, 2),
        verdict=UNDECIDED,
        geometry=geometry,
        truncated=bool(properties.get("truncated")),
        **texts,
        **_more(properties),
    )


def from_values(values: Mapping[str, Any], geometry: QgsGeometry) -> Detection:
    """Read one row of a result table by its columns; those that are missing or None read as empty."""
    return Detection(
        rank=int(values.get("rank") or 0),
        verdict=_text(values.get("verdict")),
        geometry=geometry,
        edited=_text(values.get("edited")),
        truncated=bool(values.get("truncated")),
        **{name: _text(values.get(name)) for name in TEXTS},
        **{name: float(values.get(name) or 0.0) for name in NUMBERS},
        **_more(values),
    )


def _more(values: Mapping[str, Any]) -> dict[str, Any]:
    scores = {name: values.get(name) for name in MORE_NUMBERS}
    return {
        **{name: _text(values.get(name)) for name in MORE_TEXTS},
        **{name: None if score is None else float(score) for name, score in scores.items()},
    }


def to_features(detections: Iterable[Detection], names: Sequence[str] = COLUMNS) -> list[QgsFeature]:
    """Return layer features with the columns of :func:`fields`."""
    columns = fields(names)
    features = []
    for detection in detections:
        feature = QgsFeature(columns)
        feature.setGeometry(detection.geometry)
        feature.setAttributes(attributes(detection, names))
        features.append(feature)
    return features


def attributes(detection: Detection, names: Sequence[str] = COLUMNS) -> list[Any]:
    """Return a box's values in the order of the names."""
    values = [getattr(detection, name) for name in names]
    return [int(value) if isinstance(value, bool) else value for value in values]


def polygon(geometry: dict[str, Any]) -> QgsGeometry:
    """Build a multi-polygon from a GeoJSON Polygon or MultiPolygon; raises ValueError for anything else."""
    parts = {"Polygon": [geometry.get("coordinates")], "MultiPolygon": geometry.get("coordinates")}.get(
        geometry.get("type", "")
    )
    if parts is None:
        raise ValueError(f"A detection came with a {geometry.get('type')} instead of a polygon.")
    return QgsGeometry.fromMultiPolygonXY(
        [[[QgsPointXY(x, y) for x, y, *_ in ring] for ring in part] for part in parts]
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
