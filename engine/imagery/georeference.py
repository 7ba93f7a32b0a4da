"""Where a raster lies: its transform, CRS and pixel size, warped first where it has no transform.

Rasters that carry ground control points (GCPs) or rational polynomial coefficients (RPCs)
instead of a transform are read through a warped view in the CRS of those points. Source pixels
(``_src``) are then pixels of that view.
"""

from __future__ import annotations

import math
import re
import tempfile
from pathlib import Path
from typing import Any

import rasterio
import rasterio.shutil
from affine import Affine
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, Resampling
from rasterio.errors import RasterioError
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform as transform_points

from engine.imagery.frames import Point, point_src_to_crs

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG 1980)."""

TRUSTED_SCALE = 0.02
"""A projection whose scale at the centre is off by more than this share is not trusted for metres."""


def georeferenced(dataset: Any) -> tuple[Any, list[str]]:
    """Return ``dataset``, or a warped view of it, and a sentence for each thing worth knowing.

    Args:
        dataset: a rasterio dataset open for reading.

    Raises:
        RasterioError: GDAL can't derive a warp from the points.
    """
    if not dataset.transform.is_identity:
        return dataset, [] if dataset.crs else ["The raster has no CRS: boxes are in its own map units."]
    gcps, gcps_crs = dataset.gcps
    if gcps and gcps_crs:
        source = _without_transform(dataset) if dataset.crs else dataset
        return _warped(source, {}), [f"The raster has {len(gcps)} ground control points: it is warped."]
    if dataset.rpcs is not None:
        rpc = {"src_crs": "EPSG:4326", "crs": "EPSG:4326", "RPC_HEIGHT": dataset.rpcs.height_off}
        return _warped(dataset, rpc), [
            "The raster has rational polynomial coefficients: it is warped at their mean height, so places "
            "on other heights are shifted; orthorectify it first where metres matter."
        ]
    return dataset, ["The raster has no georeference: boxes are in pixels, y downward negative, as in QGIS."]


def placement(dataset: Any) -> Affine:
    """Transform source pixel corner -> map units.

    A raster with no transform gets the one that QGIS gives it, with or without a CRS: x right and y up from
    the top-left corner, so that boxes lie on the picture.
    """
    transform: Affine = dataset.transform
    return Affine.scale(1, -1) if transform.is_identity else transform


def ground_sample_distance_m(dataset: Any) -> float | None:
    """Metres on the ground per source pixel at the raster's centre, None without a CRS or a transform.

    The square root of a pixel's area. In projected CRSs the map unit is trusted unless the
    projection's scale at the centre is off by more than ``TRUSTED_SCALE`` (Web Mercator away from
    the equator); geographic CRSs are measured on the sphere.
    """
    crs: CRS | None = dataset.crs
    if crs is None or dataset.transform.is_identity:
        return None
    on_sphere = _gsd_on_sphere_m(dataset, crs)
    if crs.is_geographic:
        return on_sphere
    on_map = math.sqrt(abs(dataset.transform.determinant)) * float(crs.linear_units_factor[1])
    if on_sphere is None or abs(on_sphere / on_map - 1) <= TRUSTED_SCALE:
        return on_map
    return on_sphere


def _gsd_on_sphere_m(dataset: Any, crs: CRS) -> float | None:
    x, y = dataset.width / 2, dataset.height / 2
    points = [point_src_to_crs(point, dataset.transform) for point in ((x, y), (x + 1, y), (x, y + 1))]
    try:
        lons, lats = transform_points(crs, "EPSG:4326", [p[0] for p in points], [p[1] for p in points])
    except RasterioError:
        return None
    if not all(math.isfinite(value) for value in (*lons, *lats)) or max(map(abs, lats)) > 90:
        return None
    centre, right, below = zip(lons, lats, strict=True)
    (ax, ay), (bx, by) = _metres(centre, right), _metres(centre, below)
    area = abs(ax * by - ay * bx)
    return math.sqrt(area) if area > 0 else None


def _metres(start: Point, end: Point) -> Point:
    """East and north distance between two close points in degrees."""
    across = (end[0] - start[0] + 180) % 360 - 180
    east = math.radians(across) * math.cos(math.radians(start[1])) * EARTH_RADIUS_M
    return east, math.radians(end[1] - start[1]) * EARTH_RADIUS_M


def _warped(dataset: Any, options: dict[str, Any]) -> WarpedVRT:
    alpha = dataset.nodata is None and ColorInterp.alpha not in dataset.colorinterp
    return WarpedVRT(dataset, resampling=Resampling.bilinear, add_alpha=alpha, warp_mem_limit=32, **options)


def _without_transform(dataset: Any) -> Any:
    """The same dataset with its meaningless identity transform removed, so that GDAL takes the GCPs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gcps.vrt"
        rasterio.shutil.copy(dataset, str(path), driver="VRT")
        xml = path.read_text(encoding="utf-8")
    for element in ("SRS", "GeoTransform"):
        xml = re.sub(f"<{element}[ >].*?</{element}>", "", xml, flags=re.DOTALL)
    return rasterio.open(xml)
