"""Reads the polygons of vector files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from rasterio.crs import CRS
from rasterio.warp import transform_geom
from shapely.geometry.base import BaseGeometry

from engine.counting import count
from engine.errors import InputError
from engine.imagery.apart import never, read_apart
from engine.imagery.dateline import on_this_side, turn_of
from engine.imagery.gdal_errors import GDAL_ERRORS, reason
from engine.imagery.shapes import VECTOR_ERRORS, polygon_of, shape_of, unreadable_layer
from engine.imagery.sources import leads_away, permitted
from engine.types import Stop, Xyxy


@dataclass(frozen=True)
class Outline:
    """One polygon of a vector layer.

    Attributes:
        geometry: GeoJSON Polygon or MultiPolygon.
        place: of its feature among all features of the layer, from 0; those left out count.
        source_id: the feature's own id (fid) in the layer.
    """

    geometry: dict[str, Any]
    place: int
    source_id: int


@dataclass(frozen=True)
class Outlines:
    """The polygons of a vector layer in its order, and the features that are none: how many of which kind."""

    found: list[Outline]
    skipped: dict[str, int]


def read_polygons(
    path: str | Path,
    layer: str | None = None,
    *,
    crs_wkt: str | None,
    extent_crs: Xyxy | None = None,
    allow_network: bool = False,
) -> list[dict[str, Any]]:
    """The geometries of :func:`read_outlines`: GeoJSON Polygons and MultiPolygons, in the file's order."""
    read = read_outlines(path, layer, crs_wkt=crs_wkt, extent_crs=extent_crs, allow_network=allow_network)
    return [outline.geometry for outline in read.found]


def read_outlines(
    path: str | Path,
    layer: str | None = None,
    *,
    crs_wkt: str | None,
    extent_crs: Xyxy | None = None,
    allow_network: bool = False,
    stop: Stop = never,
) -> Outlines:
    """Read the polygons of a vector layer in the raster's CRS.

    Args:
        path: any vector file GDAL opens.
        layer: its name; None for the only or first one.
        crs_wkt: the raster's CRS; when it or the layer's is missing the coordinates stay as they are.
        extent_crs: the raster's extent; polygons that lie beyond the date line from it are moved to its side.
        allow_network: the user has said that the network may be asked, from a process of its own.
        stop: asked often while something on the network is waited for.

    Returns:
        The polygons; features without a geometry, with an empty one or with another kind are counted.

    Raises:
        InputError: the file or layer can't be read, holds something other than polygons, or can't
            be brought into the raster's CRS; or it leads to the network, and that was not allowed.
        JobCancelledError: ``stop`` became true.
    """
    hosts = permitted(path, allow_network=allow_network, vector=True).hosts
    meta, fids, geometry = (
        read_apart(hosts[0], stop, _features, str(path), layer) if hosts else _features(str(path), layer)
    )
    data = [None] * len(fids) if geometry is None else list(geometry)
    shapes = shapely.from_wkb(np.array(data, object), on_invalid="fix")
    found, skipped = [], Counter[str]()
    for place, (shape, raw, fid) in enumerate(zip(shapes, data, fids, strict=True)):
        polygon = polygon_of(shape)
        if polygon is None:
            skipped[_kind(shape, raw)] += 1
        else:
            found.append(Outline(polygon, place, int(fid)))
    if not found and any(raw is not None for raw in data):
        raise InputError(
            f"The layer {layer or Path(path).name} holds {meta['geometry_type']}, not polygons: choose a "
            "polygon layer, or buffer the features first."
        )
    polygons = [outline.geometry for outline in found]
    if meta["crs"] is not None and crs_wkt is not None and polygons:
        polygons = reprojected(polygons, meta["crs"], crs_wkt, path)
    turn = turn_of(crs_wkt) if extent_crs is not None else None
    if extent_crs is not None and turn is not None:
        polygons = [on_this_side(polygon, extent_crs, turn) for polygon in polygons]
    moved = [replace(o, geometry=polygon) for o, polygon in zip(found, polygons, strict=True)]
    return Outlines(moved, dict(sorted(skipped.items())))


def _features(name: str, layer: str | None) -> tuple[dict[str, Any], Any, Any]:
    """What pyogrio says of a layer, the ids of its features, and their geometries as WKB."""
    import pyogrio.raw

    try:
        # A Path keeps pyogrio from taking a file's name apart; an address would lose a slash as one.
        path = name if leads_away(name) else Path(name)
        meta, fids, geometry, _ = pyogrio.raw.read(
            path, layer=layer, columns=[], force_2d=True, return_fids=True
        )
    except VECTOR_ERRORS as error:
        raise unreadable_layer(name, layer, error) from error
    return {"crs": meta["crs"], "geometry_type": meta["geometry_type"]}, fids, geometry


def _kind(shape: BaseGeometry | None, raw: bytes | None) -> str:
    """What a feature is that is no polygon."""
    if raw is None:
        return "without geometry"
    if shape is None:
        return "unreadable"
    return "empty" if shape.is_empty else str(shape.geom_type)


def reprojected(
    polygons: Sequence[Mapping[str, Any]], crs: str, crs_wkt: str, path: str | Path
) -> list[dict[str, Any]]:
    """Bring GeoJSON polygons of a file from one CRS into the raster's; raises InputError where that can't be."""
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
            f"{path} has {count(lost, 'polygon')} where the raster's CRS is not defined: clip the layer to "
            "the raster."
        )
    return moved


def _finite(polygon: Mapping[str, Any]) -> bool:
    return bool(np.isfinite(shapely.get_coordinates(shape_of(polygon))).all())
