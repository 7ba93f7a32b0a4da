"""Polygons as GeoJSON and as shapes, and what can go wrong with files of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import shapely
import shapely.geometry
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError
from shapely.geometry.base import BaseGeometry

VECTOR_ERRORS = (DataSourceError, DataLayerError, FieldError, GeometryError, OSError, RuntimeError)


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
