"""Reads polygons from, and writes features to, vector files."""

from __future__ import annotations

import os
import uuid
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
import shapely.geometry
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError
from rasterio.crs import CRS
from rasterio.errors import RasterioError
from rasterio.warp import transform_geom
from shapely.geometry.base import BaseGeometry

from engine.errors import InputError
from engine.files import check_free
from engine.types import Feature

DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON", ".fgb": "FlatGeobuf"}

FIELDS: dict[str, type] = {
    "id": str,
    "rank": int,
    "score": float,
    "label": str,
    "reasoning": str,
    "query": str,
    "model": str,
    "adapter": str,
    "prompt_version": str,
    "source": str,
    "window": str,
    "gsd_m": float,
    "time": str,
}

VECTOR_ERRORS = (DataSourceError, DataLayerError, FieldError, GeometryError, OSError, RuntimeError)


def write_features(
    path: str | Path, features: Sequence[Feature], crs_wkt: str | None, *, overwrite: bool = False
) -> None:
    """Write features as GeoPackage, GeoJSON or FlatGeobuf, by the file's ending.

    The file appears at once under its name, complete, or not at all. Coordinates are in the
    raster's CRS in all three formats. In GeoJSON too: the file carries the ``crs`` member of the
    2008 specification, which GDAL and QGIS read, instead of the WGS 84 that RFC 7946 asks for, so
    that boxes do not move. It can't name a CRS that has no authority code, nor say that there is
    none (readers then take the coordinates for degrees): prefer .gpkg. FlatGeobuf orders features by
    place for its spatial index; the others keep the order given.

    Args:
        path: ends in .gpkg, .geojson, .json or .fgb. The layer takes the file's name.
        features: of one raster.
        crs_wkt: the raster's CRS, None when it has none.
        overwrite: replace a file that is there already.

    Raises:
        OutputExistsError: the file exists and ``overwrite`` is false.
        InputError: another ending, no such folder, or the file can't be written.
    """
    path = Path(path)
    check_output(path, overwrite=overwrite)
    multi = any(feature.geometry["type"] == "MultiPolygon" for feature in features)
    geometry = shapely.to_wkb([shape_of(feature.geometry, multi=multi) for feature in features])
    columns = [
        _column([feature.properties.get(name) for feature in features], FIELDS[name]) for name in FIELDS
    ]
    temporary = path.with_name(f".{path.stem}-{uuid.uuid4().hex}{path.suffix}")
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*crs.*was not provided", category=UserWarning)
            pyogrio.raw.write(
                temporary,
                geometry=geometry,
                field_data=[values for values, _ in columns],
                field_mask=[missing for _, missing in columns],
                fields=np.array(list(FIELDS), object),
                driver=DRIVERS[path.suffix.lower()],
                layer=path.stem,
                geometry_type="MultiPolygon" if multi else "Polygon",
                crs=crs_wkt,
            )
        os.replace(temporary, path)
    except VECTOR_ERRORS as error:
        raise InputError(
            f"The boxes can't be written to {path} ({error}): choose another file or folder, and check that "
            "the disk has room and the file is not open elsewhere."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def check_output(path: str | Path, *, overwrite: bool = False) -> None:
    """Check that :func:`write_features` could write there, before the work is done.

    Raises:
        OutputExistsError: the file exists and ``overwrite`` is false.
        InputError: the ending is unknown or the folder does not exist.
    """
    path = Path(path)
    if path.suffix.lower() not in DRIVERS:
        raise InputError(
            f"The output {path} ends in {path.suffix or 'nothing'}: end it in .gpkg, .geojson or .fgb."
        )
    check_free(path, overwrite=overwrite)


def read_polygons(path: str | Path, layer: str | None = None, *, crs_wkt: str | None) -> list[dict[str, Any]]:
    """Read the polygons of a vector layer in the raster's CRS.

    Args:
        path: any vector file GDAL opens.
        layer: its name; None for the only or first one.
        crs_wkt: the raster's CRS; when it or the layer's is missing the coordinates stay as they are.

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
    return _reprojected(polygons, meta["crs"], crs_wkt, path)


def _reprojected(
    polygons: Sequence[Mapping[str, Any]], crs: str, crs_wkt: str, path: str | Path
) -> list[dict[str, Any]]:
    try:
        if CRS.from_user_input(crs) == CRS.from_user_input(crs_wkt):
            return [dict(polygon) for polygon in polygons]
        moved: list[dict[str, Any]] = list(transform_geom(crs, crs_wkt, polygons))
    except RasterioError as error:
        raise InputError(
            f"The polygons of {path} can't be brought from {crs[:60]} into the raster's CRS ({error}): "
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


def _column(values: Sequence[Any], kind: type) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Values as an array of ``kind``, and where they are missing."""
    missing = np.array([value is None for value in values], bool)
    if kind is str:
        return np.array([None if value is None else str(value) for value in values], object), missing
    dtype = np.int64 if kind is int else np.float64
    return np.array([0 if value is None else value for value in values], dtype), missing


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
