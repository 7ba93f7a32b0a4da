"""Outlines as RFC 7946 wants them: WGS 84, cut at the date line, outer rings anticlockwise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.warp import transform as transform_points
from shapely.affinity import translate
from shapely.geometry import box, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from engine.errors import InputError
from engine.imagery.gdal_errors import GDAL_ERRORS
from engine.types import Feature

EDGES = 64
"""Pieces into which the outline of what goes half round the Earth is cut before it is projected."""


def in_wgs84(features: Sequence[Feature], crs_wkt: str) -> list[Feature]:
    """Bring features from a raster's CRS to WGS 84 as RFC 7946 has it.

    Longitudes stay within -180..180: what lies over the date line becomes a MultiPolygon of its parts, and what
    surrounds a pole reaches up to it.

    Raises:
        InputError: the CRS can't be brought to WGS 84, there or at all.
    """
    shapes = np.array([shape(feature.geometry) for feature in features], object)
    parts, owner = shapely.get_parts(shapes, return_index=True)
    try:
        moved = _moved(parts, CRS.from_user_input(crs_wkt)) if len(parts) else []
    except GDAL_ERRORS as error:
        raise InputError(
            f"The coordinates can't be brought to WGS 84 ({error}): leave --rfc7946 out, or write a .gpkg."
        ) from error
    sides: list[list[BaseGeometry]] = [[] for _ in features]
    for place, pieces in zip(owner, moved, strict=True):
        sides[place] += pieces
    return [replace(feature, geometry=_whole(own)) for feature, own in zip(features, sides, strict=True)]


def _moved(parts: NDArray[Any], crs: CRS) -> list[list[BaseGeometry]]:
    """The pieces of each polygon; most are moved all at once, those near the date line or a pole one by one."""
    plain = shapely.transform(parts, lambda points: _degrees(points, crs))
    before = shapely.bounds(parts)
    left, _, right, _ = after = shapely.bounds(plain).T
    plainly = (left >= -180) & (right <= 180) & (right - left <= 180)
    if crs.is_geographic:  # a change of datum moves nothing round the Earth
        unit = math.degrees(float(crs.units_factor[1]))
        plainly &= np.abs(before[:, 0] * unit - after[0]) < 180
        plainly &= np.abs(before[:, 2] * unit - after[2]) < 180
    turned = shapely.orient_polygons(plain)
    return [
        [turned[place]]
        if plainly[place]
        else [orient(piece) for piece in _between_date_lines(_unrolled(part, crs))]
        for place, part in enumerate(parts)
    ]


def _whole(sides: list[BaseGeometry]) -> dict[str, Any]:
    found: dict[str, Any] = mapping(sides[0] if len(sides) == 1 else shapely.MultiPolygon(sides))
    return found


def _unrolled(polygon: Any, crs: CRS) -> Any:
    """A polygon in degrees, its longitudes without a jump and so perhaps beyond 180."""
    if crs.is_geographic:  # as the raster has it there is no jump, and a change of datum may not make one
        unit = math.degrees(float(crs.units_factor[1]))
        return shapely.transform(polygon, lambda points: _beside(_degrees(points, crs), points[:, 0] * unit))
    plain = shapely.transform(polygon, lambda points: _degrees(points, crs))
    left, _, right, _ = plain.bounds
    if right - left > 180:  # over the date line, round a pole or most of the Earth: short edges tell which
        polygon = shapely.segmentize(polygon, max(polygon.length / EDGES, 1e-9))
    shell = _ring(_degrees(shapely.get_coordinates(polygon.exterior), crs), None)
    middle = (shell[:, 0].min() + shell[:, 0].max()) / 2
    holes = [_ring(_degrees(shapely.get_coordinates(hole), crs), middle) for hole in polygon.interiors]
    return shapely.Polygon(shell, holes)


def _degrees(points: NDArray[np.float64], crs: CRS) -> NDArray[np.float64]:
    lons, lats = transform_points(crs, "EPSG:4326", points[:, 0], points[:, 1])
    degrees = np.column_stack([lons, lats])
    if not np.isfinite(degrees).all():
        raise InputError(
            "A box lies where the raster's CRS is not defined: write a .gpkg, and clip the raster."
        )
    return degrees


def _beside(degrees: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points moved by whole turns to be near the longitudes ``lons``."""
    return np.column_stack([degrees[:, 0] + 360 * np.round((lons - degrees[:, 0]) / 360), degrees[:, 1]])


def _ring(degrees: NDArray[np.float64], near_lon: float | None) -> NDArray[np.float64]:
    """A ring whose longitudes go on without a jump; one round a pole is led along the pole back to its start."""
    lons, lats = degrees.T
    steps = np.diff(lons)
    lons = lons[0] + np.concatenate([[0.0], np.cumsum(steps - 360 * np.round(steps / 360))])
    if near_lon is not None:
        lons += 360 * round((near_lon - float(lons.mean())) / 360)
    if abs(lons[-1] - lons[0]) > 180:
        pole = math.copysign(90.0, float(lats.mean()))
        lons, lats = np.append(lons, [lons[-1], lons[0], lons[0]]), np.append(lats, [pole, pole, lats[0]])
    return np.column_stack([lons, lats])


def _between_date_lines(polygon: Any) -> list[BaseGeometry]:
    """The parts of a polygon between one date line and the next, each moved to -180..180."""
    left, _, right, _ = polygon.bounds
    first, last = math.floor((left + 180) / 360), math.ceil((right + 180) / 360) - 1
    if last <= first:
        return [translate(polygon, -360 * first)]
    valid = polygon if polygon.is_valid else shapely.make_valid(polygon)
    pieces: list[BaseGeometry] = []
    for turn in range(first, last + 1):
        side = valid.intersection(box(-180 + 360 * turn, -90, 180 + 360 * turn, 90))
        parts = shapely.get_parts(translate(side, -360 * turn))
        pieces += [part for part in parts if part.geom_type == "Polygon" and part.area > 0]
    return pieces
