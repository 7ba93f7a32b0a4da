"""Where a raster lies: its transform and CRS, warped first where it has no transform.

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

import numpy as np
import rasterio
import rasterio.shutil
from affine import Affine
from rasterio.enums import ColorInterp, Resampling
from rasterio.vrt import WarpedVRT

from engine.errors import InputError
from engine.imagery.frames import point_src_to_crs
from engine.imagery.gdal_errors import GDAL_ERRORS, reason

MOST_MAP_UNITS = 1e15
"""Coordinates beyond this are no places, in any unit and on any planet."""

IN_PIXELS = "boxes are in pixels, y downward negative, as in QGIS."
UNKNOWN_SIZE = (
    "Its metres per pixel are unknown: give them (--gsd-of-raster, gsd_src_m) to search at a chosen "
    "resolution."
)


def georeferenced(dataset: Any, path: str) -> tuple[Any, list[str]]:
    """Return ``dataset``, or a warped view of it, and a sentence for each thing worth knowing.

    Args:
        dataset: a rasterio dataset open for reading.
        path: for messages.

    Raises:
        InputError: GDAL can't derive a warp from the points.
    """
    if places(dataset):
        return dataset, [] if dataset.crs else ["The raster has no CRS: boxes are in its own map units."]
    gcps, gcps_crs = dataset.gcps
    if gcps and gcps_crs:
        return _warped_by_points(dataset, len(gcps), path)
    if dataset.rpcs is not None:
        rpc = {"src_crs": "EPSG:4326", "crs": "EPSG:4326", "RPC_HEIGHT": dataset.rpcs.height_off}
        try:
            view = _warped(dataset, rpc)
        except GDAL_ERRORS as error:
            raise InputError(
                f"The rational polynomial coefficients of {path} can't place it ({reason(error)}): "
                "orthorectify it first."
            ) from error
        return view, [
            "The raster has rational polynomial coefficients: it is warped at their mean height, so places "
            "on other heights are shifted; orthorectify it first where metres matter."
        ]
    if dataset.transform.is_identity:
        return dataset, [f"The raster has no georeference: {IN_PIXELS}"]
    values = ", ".join(f"{value:g}" for value in dataset.transform.to_gdal())
    return dataset, [f"The raster's transform ({values}) can't place it: {IN_PIXELS}"]


def places(dataset: Any) -> bool:
    """Tell whether the transform gives every pixel a place of its own that is a finite one."""
    transform: Affine = dataset.transform
    if transform.is_identity:
        return False
    corners = [(x, y) for x in (0, dataset.width) for y in (0, dataset.height)]
    coordinates = [value for corner in corners for value in point_src_to_crs(corner, transform)]
    largest = max(map(abs, coordinates))
    if not all(map(math.isfinite, coordinates)) or largest > MOST_MAP_UNITS:
        return False
    across, along = math.hypot(transform.a, transform.d), math.hypot(transform.b, transform.e)
    area = abs(transform.determinant)
    if not (across > 0 and along > 0 and area > 0):
        return False
    thinnest = min(area / across, area / along)
    return thinnest > 4 * float(np.spacing(largest)) and area > 1e-9 * across * along


def placement(dataset: Any) -> Affine:
    """Transform source pixel corner -> map units; always finite, with an inverse.

    A raster whose transform does not place it gets the one that QGIS gives a picture: x right and y up from
    the top-left corner, so that boxes lie on the picture.
    """
    return dataset.transform if places(dataset) else Affine.scale(1, -1)


def crs_wkt_of(dataset: Any) -> str | None:
    """WKT of the CRS that boxes are in; None without one, and where a broken transform leaves only pixels."""
    if not dataset.crs or not (places(dataset) or dataset.transform.is_identity):
        return None
    wkt: str = dataset.crs.to_wkt()
    return wkt


def _warped_by_points(dataset: Any, number: int, path: str) -> tuple[Any, list[str]]:
    plain = not dataset.crs and dataset.transform.is_identity
    try:
        view = _warped(dataset if plain else _without_transform(dataset), {})
        if not places(view):
            raise InputError(_unplaced(path, number, "they give no finite place"))
    except GDAL_ERRORS as error:
        raise InputError(_unplaced(path, number, reason(error))) from error
    said = f"The raster has {number} ground control points: it is warped."
    if number == 2:
        said = "The raster has 2 ground control points, which tell its place and size but no rotation: it is warped."
    return view, [said]


def _unplaced(path: str, number: int, why: str) -> str:
    return (
        f"The {number} ground control points of {path} can't place it ({why}): give at least three points "
        "that lie neither in one place nor on one line."
    )


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
