"""Reads the command line's compact spellings: lists of numbers, pairs, areas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from engine.errors import InputError

Number = TypeVar("Number", int, float)


def numbers(text: str | None, option: str, kind: Callable[[str], Number]) -> list[Number] | None:
    """Return the numbers of a comma-separated list; raises InputError when one is none."""
    if text is None:
        return None
    try:
        return [kind(part) for part in text.split(",")]
    except ValueError as error:
        raise InputError(f"{option} is {text!r}: give numbers with commas between them.") from error


def pairs(text: str | None) -> list[tuple[float, float]] | None:
    """Return (min, max) pairs of a comma-separated list; raises InputError when the count is odd."""
    values = numbers(text, "--stretch", float)
    if values is None:
        return None
    if len(values) % 2:
        raise InputError(f"--stretch is {text!r}: give min,max for all bands, or one min,max for each.")
    return list(zip(values[::2], values[1::2], strict=True))


def area_geometry(
    text: str | None, raster_path: str, *, allow_network: bool = False
) -> dict[str, Any] | None:
    """Return an area as a GeoJSON geometry in the raster's CRS.

    Args:
        text: ``xmin,ymin,xmax,ymax`` in the raster's CRS, or a vector file with polygons; None for none.
        raster_path: the raster whose CRS is meant.
        allow_network: the user has said that the network may be asked for both.

    Raises:
        InputError: it is neither, or the file holds no polygon.
    """
    if text is None:
        return None
    from engine.imagery.sources import leads_away

    if leads_away(text) or Path(text).exists():
        return _polygons_of(text, raster_path, allow_network)
    box = numbers(text, "--area", float) or []
    if len(box) != 4 or not (box[0] < box[2] and box[1] < box[3]):
        raise InputError(f"--area is {text!r}: give xmin,ymin,xmax,ymax, or an existing vector file.")
    left, bottom, right, top = box
    ring = [[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]
    return {"type": "Polygon", "coordinates": [ring]}


def _polygons_of(path: str, raster_path: str, allow_network: bool) -> dict[str, Any]:
    from engine.imagery.dateline import extent_of
    from engine.imagery.raster import open_raster
    from engine.imagery.vectors import read_polygons

    with open_raster(raster_path, allow_network=allow_network) as raster:
        extent = extent_of(raster.transform, raster.width_src, raster.height_src)
        shapes = read_polygons(
            path, None, crs_wkt=raster.crs_wkt, extent_crs=extent, allow_network=allow_network
        )
    if not shapes:
        raise InputError(f"--area is {path!r}, which holds no polygon. Give a file that does.")
    parts: list[Any] = []
    for shape in shapes:
        parts += [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return {"type": "MultiPolygon", "coordinates": parts}
