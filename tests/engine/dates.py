"""Rasters of one invented town on two dates: roofs at known places on the ground, in any CRS, resolution and extent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from affine import Affine
from rasterio.warp import transform as transform_points

from tests.engine.rasters import NORTH_UP, write_raster

GROUND, ROOF, NO_DATA = 90, 240, 0
SIDE_M = 72.0
GROUND_CRS = "EPSG:32632"
Place = tuple[float, float]
"""The south-west corner of a roof, in metres east and south of the town's north-west corner."""


def town(
    path: Path,
    roofs: Sequence[Place],
    *,
    crs: str | None = GROUND_CRS,
    transform: Affine = NORTH_UP,
    size: tuple[int, int] = (800, 720),
    hidden: Sequence[tuple[float, float, float, float]] = (),
    side_m: float = SIDE_M,
) -> Path:
    """Write what a camera would see: bright roofs on grey ground.

    Args:
        path: of the GeoTIFF.
        roofs: where they are.
        crs: of the file; the town itself lies in ``GROUND_CRS``.
        transform: of the file, pixel corner -> map units.
        size: width and height in pixels.
        hidden: places under cloud, masked as nodata, as (west, north, east, south) in the town's metres.
        side_m: of a roof.
    """
    width, height = size
    columns, rows = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    xs, ys = transform @ (columns.ravel(), rows.ravel())
    if crs not in (None, GROUND_CRS):
        xs, ys = (np.array(values) for values in transform_points(crs, GROUND_CRS, xs.tolist(), ys.tolist()))
    east, south = np.asarray(xs) - NORTH_UP.c, NORTH_UP.f - np.asarray(ys)
    seen = np.full(width * height, GROUND, np.uint8)
    for left, top in roofs:
        seen[(east >= left) & (east < left + side_m) & (south >= top) & (south < top + side_m)] = ROOF
    for west, north, right, bottom in hidden:
        seen[(east >= west) & (east < right) & (south >= north) & (south < bottom)] = NO_DATA
    band = seen.reshape(height, width)
    return write_raster(path, [band] * 3, crs=crs, transform=transform, nodata=NO_DATA)
