"""Polygons as GeoJSON and as shapes, and what can go wrong with files of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely
import shapely.geometry
from shapely.geometry.base import BaseGeometry

from engine.errors import InputError
from engine.imagery.network import without_secrets

VECTOR_ERRORS = (OSError, RuntimeError, IndexError, UnicodeDecodeError)
"""All of pyogrio's own are a RuntimeError; the last two where a file has no layer at all, or texts that are no text."""


def unreadable_layer(path: str | Path, layer: str | None, error: Exception) -> InputError:
    """The sentence for a vector file, or a layer of one, that GDAL can't read: what is wrong, and what helps."""
    from pyogrio.errors import DataLayerError

    told, named = str(error), without_secrets(str(path))
    if isinstance(error, IndexError):
        return InputError(f"{named} has no layer. Give a vector file with polygons.")
    if isinstance(error, DataLayerError):
        return InputError(f"{named} has no layer {layer!r} that can be read. Check the layer's name.")
    if "not recognized" in told and not _is_empty(path):
        return InputError(
            f"{named} is no vector file that can be read. Give a GeoPackage, GeoJSON, FlatGeobuf or Shapefile."
        )
    if "No such file" in told or "does not exist" in told:
        return InputError(f"There is no vector file {named}. Check the path.")
    if isinstance(error, PermissionError) or "ermission denied" in told:
        return InputError(f"The vector file {named} may not be read. Give this user leave to read it.")
    what = "empty" if _is_empty(path) else "damaged, or not all of it is there"
    return InputError(
        f"The vector file {named} can't be read: it is {what}. Take another copy of it, or open it in QGIS and "
        "export what can still be read."
    )


def _is_empty(path: str | Path) -> bool:
    try:
        return Path(path).stat().st_size == 0
    except (OSError, ValueError):
        return False


def shape_of(geometry: Mapping[str, Any], *, multi: bool = False) -> BaseGeometry:
    """A GeoJSON Polygon or MultiPolygon as a shape; ``multi`` makes a MultiPolygon of a Polygon too."""
    shape = shapely.geometry.shape(geometry)
    return shapely.MultiPolygon([shape]) if multi and geometry["type"] == "Polygon" else shape


def polygon_of(shape: BaseGeometry | None) -> dict[str, Any] | None:
    """A shape as GeoJSON; None for what is no polygon, or empty."""
    if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return None
    parts = [
        [[list(point) for point in ring.coords] for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(shape)
        if not part.is_empty
    ]
    coordinates = parts[0] if shape.geom_type == "Polygon" else parts
    return {"type": shape.geom_type, "coordinates": coordinates}


def corners(geometry: Mapping[str, Any]) -> list[list[float]]:
    """The points of the outer rings of a GeoJSON Polygon or MultiPolygon."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [point for polygon in polygons for point in polygon[0]]
