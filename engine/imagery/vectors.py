"""Reads the polygons of vector files."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
import shapely.geometry
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError
from rasterio.crs import CRS
from rasterio.warp import transform_geom
from shapely.geometry.base import BaseGeometry

from engine.errors import InputError
from engine.imagery.gdal_errors import GDAL_ERRORS, reason

VECTOR_ERRORS = (DataSourceError, DataLayerError, FieldError, GeometryError, OSError, RuntimeError)


def read_polygons(
    path: str | Path, layer: str | None = None, *, crs_wkt: str | None, middle_x: float | None = None
) -> list[dict[str, Any]]:
    """Read the polygons of a vector layer in the raster's CRS.

    Args:
        path: any vector file GDAL opens.
        layer: its name; None for the only or first one.
        crs_wkt: the raster's CRS; when it or the layer's is missing the coordinates stay as they are.
        middle_x: the raster's middle in map units; where these are degrees, each polygon is brought to the
            turn of the globe that is nearest to it (-179.9 and 180.1 are one place). None to leave them.

    Returns:
        GeoJSON Polygons and MultiPolygons, in the file's order; empty geometries are left out.

    Raises:
        InputError: the file or layer can't be read, holds something other than polygons, or can't
            be brought into the raster's CRS.
    """
    try:
        meta, _, geometry, _ = pyogrio.raw.read(Path(path), layer=layer, columns=[], force_2d=True)
    except VECTOR_ERRORS as error:
        named = f"layer {layer!r} of {path}" if layer else str(path)
        raise InputError(
            f"The {named} can't be read ({error}): check the path and the layer's name."
        ) from error
    present = [data for data in (() if geometry is None else geometry) if data is not None]
    shapes = shapely.from_wkb(np.array(present, object), on_invalid="fix")
    polygons = [polygon for polygon in map(polygon_of, shapes) if polygon is not None]
    if present and not polygons:
        raise InputError(
            f"The layer {layer or Path(path).name} holds {meta['geometry_type']}, not polygons: choose a "
            "polygon layer, or buffer the features first."
        )
    if meta["crs"] is None or crs_wkt is None or not polygons:
        return polygons
    moved = _reprojected(polygons, meta["crs"], crs_wkt, path)
    turn = None if middle_x is None else _whole_turn(crs_wkt)
    return moved if turn is None or middle_x is None else [_turned(p, middle_x, turn) for p in moved]


def _whole_turn(crs_wkt: str) -> float | None:
    """Once round the globe in the units of a geographic CRS; None for a map."""
    try:
        crs = CRS.from_user_input(crs_wkt)
        return math.tau / float(crs.units_factor[1]) if crs.is_geographic else None
    except GDAL_ERRORS:
        return None


def _turned(polygon: dict[str, Any], middle_x: float, turn: float) -> dict[str, Any]:
    shape = shape_of(polygon)
    west, _, east, _ = shape.bounds
    turns = round((middle_x - (west + east) / 2) / turn)
    if not turns:
        return polygon
    return polygon_of(shapely.transform(shape, lambda xy: xy + np.array((turns * turn, 0.0)))) or polygon


def _reprojected(
    polygons: Sequence[Mapping[str, Any]], crs: str, crs_wkt: str, path: str | Path
) -> list[dict[str, Any]]:
    try:
        if CRS.from_user_input(crs) == CRS.from_user_input(crs_wkt):
            return [dict(polygon) for polygon in polygons]
        moved: list[dict[str, Any]] = list(transform_geom(crs, crs_wkt, polygons))
    except GDAL_ERRORS as error:
        raise InputError(
            f"The polygons of {path} can't be brought from {crs[:60]} into the raster's CRS ({reason(error)}): "
            "reproject the layer first."
        ) from error
    lost = sum(not _finite(polygon) for polygon in moved)
    if lost:
        raise InputError(
            f"{lost} polygons of {path} lie where the raster's CRS is not defined: clip the layer to "
            "the raster."
        )
    return moved


def _finite(polygon: Mapping[str, Any]) -> bool:
    return bool(np.isfinite(shapely.get_coordinates(shape_of(polygon))).all())


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
