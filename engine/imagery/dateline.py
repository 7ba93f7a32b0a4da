"""Places near the date line have two longitudes: polygons are moved to the one that the raster has."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from affine import Affine
from rasterio.crs import CRS
from rasterio.warp import transform as transform_points

from engine.imagery.frames import src_to_crs
from engine.imagery.gdal_errors import GDAL_ERRORS
from engine.types import Xyxy

_CYLINDRICAL = re.compile(
    r'PROJECTION\["(?:Mercator|Equirectangular|Cylindrical_Equal_Area|Miller_Cylindrical|Gall_Stereographic)'
)
STEP_DEG = 10.0
"""How far apart the meridians are by which such a projection is measured."""


def extent_of(transform: Affine, width_src: int, height_src: int) -> Xyxy:
    """A raster's extent in map units, as (left, bottom, right, top); of a rotated one, the box round it."""
    xs, ys = zip(*src_to_crs((0.0, 0.0, float(width_src), float(height_src)), transform), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def turn_of(crs_wkt: str | None) -> float | None:
    """Map units once round the Earth eastward, in CRSs in which x grows with the longitude alone; else None.

    That is 360 in degrees, and 40 075 017 in Web Mercator. Elsewhere, as in UTM, a place near the date line
    has one x whichever of its longitudes was given.
    """
    if crs_wkt is None:
        return None
    try:
        crs = CRS.from_user_input(crs_wkt)
        if crs.is_geographic:
            return 2 * math.pi / float(crs.units_factor[1])
        if _CYLINDRICAL.search(crs.to_wkt()) is None:
            return None
        # Of two pairs of meridians one at least keeps clear of where x begins anew.
        for first in (0.0, 100.0):
            xs, _ = transform_points("EPSG:4326", crs, [first, first + STEP_DEG], [0.0, 0.0])
            if math.isfinite(xs[1] - xs[0]) and xs[1] > xs[0]:
                return float((xs[1] - xs[0]) * 360 / STEP_DEG)
    except GDAL_ERRORS:
        return None
    return None


def on_this_side(geometry: Mapping[str, Any], extent_crs: Xyxy, turn: float) -> dict[str, Any]:
    """A polygon with each part moved by whole turns to where the raster is; one that meets it stays.

    Args:
        geometry: GeoJSON Polygon or MultiPolygon in the raster's CRS.
        extent_crs: the raster's extent (:func:`extent_of`).
        turn: map units once round the Earth (:func:`turn_of`).
    """
    if geometry["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": _nearest(geometry["coordinates"], extent_crs, turn)}
    parts = [_nearest(part, extent_crs, turn) for part in geometry["coordinates"]]
    return {"type": "MultiPolygon", "coordinates": parts}


def _nearest(rings: list[Any], extent_crs: Xyxy, turn: float) -> list[Any]:
    xs = [point[0] for point in rings[0]]
    left, _, right, _ = extent_crs
    if min(xs) < right and max(xs) > left:
        return rings
    turns = round(((left + right) - (min(xs) + max(xs))) / 2 / turn)
    return [[[point[0] + turns * turn, *point[1:]] for point in ring] for ring in rings]
