"""Reads the boxes that are to be exported, from a vector file or a job, and leaves out those that are not wanted."""

from __future__ import annotations

import math
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from rasterio.crs import CRS

from engine.errors import InputError
from engine.imagery.attributes import ADDED_FIELDS, FIELDS
from engine.imagery.gdal_errors import GDAL_ERRORS, reason
from engine.imagery.shapes import VECTOR_ERRORS, polygon_of, unreadable_layer
from engine.types import Feature

ACCEPTED, REJECTED = "accepted", "rejected"

ALSO_CALLED = {"rz_score": "score", "rz_query": "query", "rz_model": "model"}
"""Columns that the Processing algorithm *Verify features* adds to a layer of the user's own."""

_TAKEN_APART = ("!", ";", ".zip")
"""What pyogrio would take apart in the name of a file."""


@dataclass(frozen=True)
class Boxes:
    """Boxes to be exported.

    Attributes:
        features: polygons in ``crs_wkt``, with the properties of the engine's own results as far as they are there.
        crs_wkt: their CRS, None where it is not known.
        counts: how many were ``read``, and why some were left out: ``rejected``, ``undecided``, ``below`` the lowest
            score, and features that are ``no_polygon``.
    """

    features: list[Feature]
    crs_wkt: str | None
    counts: dict[str, int]


@dataclass(frozen=True)
class FromJob:
    """What a job of the engine adds: its features and CRS where no vector file was given, and what it was asked."""

    boxes: Boxes
    request: Mapping[str, Any]
    finished: bool


def read_layer(path: str, layer: str | None) -> tuple[Boxes, str]:
    """Read all polygons of a vector file's layer, and the layer's name.

    Raises:
        InputError: the file can't be read, or has several layers and none was named.
    """
    import pyogrio.raw

    try:
        with _plain_name(Path(path)) as readable:
            name = layer or _only_layer(readable, path)
            meta, _, geometry, columns = pyogrio.raw.read(
                readable, layer=name, force_2d=True, datetime_as_string=True
            )
    except VECTOR_ERRORS as error:
        if isinstance(error, InputError):
            raise
        raise unreadable_layer(path, layer, error) from error
    names = [ALSO_CALLED.get(str(field), str(field)) for field in meta["fields"]]
    known = {name: list(column) for name, column in zip(names, columns, strict=True) if name in _KINDS}
    count = len(geometry) if geometry is not None else max(map(len, columns), default=0)
    data = [None] * count if geometry is None else list(geometry)
    features = []
    for row, shape in enumerate(shapely.from_wkb(np.array(data, object), on_invalid="fix")):
        polygon = polygon_of(shape)
        if polygon is not None:
            values = {name: _value(column[row], _KINDS[name]) for name, column in known.items()}
            features.append(Feature(polygon, {**dict.fromkeys(FIELDS), **values}))
    counts = {"read": len(features), "no_polygon": count - len(features)}
    return Boxes(features, _wkt(meta["crs"], path), counts), name


def wanted(
    boxes: Boxes, *, undecided: bool, min_score: float | None, min_scores: Mapping[str, float] | None = None
) -> Boxes:
    """Leave out what was rejected, what nobody accepted where others were judged, and what scored too low.

    Args:
        boxes: as they were read.
        undecided: take those without a verdict, too, though others have one.
        min_score: the lowest score taken; a box without a score is below any. None takes all.
        min_scores: the lowest score by question, in place of ``min_score``.

    Raises:
        InputError: nothing is left.
    """
    judged = not undecided and any(_verdict(feature) for feature in boxes.features)
    counts = {**boxes.counts, "rejected": 0, "undecided": 0, "below": 0}
    kept = []
    for feature in boxes.features:
        verdict, score = _verdict(feature), feature.properties.get("score")
        least = (min_scores or {}).get(str(feature.properties.get("query")), min_score)
        if verdict == REJECTED:
            counts["rejected"] += 1
        elif judged and verdict != ACCEPTED:
            counts["undecided"] += 1
        elif least is not None and (score is None or score < least):
            counts["below"] += 1
        else:
            kept.append(feature)
    if not kept:
        raise InputError(_nothing_left(counts, None if min_scores else min_score))
    return Boxes(kept, boxes.crs_wkt, counts)


def of_raster(features: Sequence[Feature], name: str) -> list[Feature]:
    """Those of the features that were found on one raster."""
    return [feature for feature in features if str(feature.properties.get("source")) == name]


def of_this_date(features: list[Feature], raster: str) -> tuple[list[Feature], int]:
    """Of a comparison's boxes those that were found on this raster, and how many were not; of others all."""
    if not any(feature.properties.get("change") for feature in features):
        return features, 0
    name = Path(raster).name
    kept = [one for one in features if Path(str(one.properties.get("source") or "")).name == name]
    if not kept:
        raise InputError(
            f"None of the boxes was found on {raster}: give one of the two rasters that were compared (--raster)."
        )
    return kept, len(features) - len(kept)


def _nothing_left(counts: Mapping[str, int], min_score: float | None) -> str:
    if not counts["read"]:
        return "There are no polygons to export. Choose a result that has some."
    why = [f"{counts['rejected']} are rejected"] if counts["rejected"] else []
    why += [f"{counts['undecided']} have no verdict while others do"] if counts["undecided"] else []
    least = "the lowest score of their question" if min_score is None else f"{min_score:g}"
    why += [f"{counts['below']} score below {least}"] if counts["below"] else []
    return (
        f"None of the {counts['read']} boxes is left to export: {', '.join(why)}. Accept some, take the undecided "
        "ones, too (--all), or lower the score."
    )


def _verdict(feature: Feature) -> str:
    return str(feature.properties.get("verdict") or "").strip().lower()


_KINDS: dict[str, type] = {**FIELDS, **ADDED_FIELDS}


def _value(value: Any, kind: type) -> Any:
    """A value of a column as text, whole number or finite number; None where it is none."""
    if value is None or (isinstance(value, float | np.floating) and not math.isfinite(value)):
        return None
    try:
        return kind(value)
    except (TypeError, ValueError):
        return None


def _only_layer(readable: Path, path: str) -> str:
    import pyogrio

    names = [str(name) for name, kind in pyogrio.list_layers(readable) if kind is not None]
    if len(names) > 1:
        raise InputError(f"{path} has several layers ({', '.join(names)}): name one of them (--layer).")
    if not names:
        raise InputError(f"{path} has no layer with polygons. Choose a result.")
    return names[0]


def _wkt(crs: str | None, path: str) -> str | None:
    try:
        return CRS.from_user_input(crs).to_wkt() if crs else None
    except GDAL_ERRORS as error:
        raise InputError(
            f"The CRS of {path} can't be used ({reason(error)}): set another one in QGIS and save the layer again."
        ) from error


@contextmanager
def _plain_name(path: Path) -> Iterator[Path]:
    """A name for a file that is not taken apart: its own, or that of a link to it."""
    whole = path.absolute()
    with warnings.catch_warnings(), tempfile.TemporaryDirectory(prefix="remotezero-") as folder:
        warnings.simplefilter("ignore")
        if not any(piece in str(whole) for piece in _TAKEN_APART) or not whole.exists():
            yield path
            return
        link = Path(folder) / f"boxes{path.suffix}"
        link.symlink_to(whole)
        yield link
