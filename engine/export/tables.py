"""The formats of an export by name and ending, and the tables that GDAL does not write: GeoParquet, CSV with WKT."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import shapely
from rasterio.crs import CRS

from engine.errors import InputError
from engine.export.provenance import crs_name
from engine.imagery.attributes import fields_of
from engine.imagery.gdal_errors import GDAL_ERRORS, reason
from engine.imagery.shapes import shape_of
from engine.types import Feature
from engine.wire import ExportRequest

GEOPARQUET = "1.1.0"
_TYPES = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}

ENDINGS = {
    ".gpkg": "gpkg",
    ".geojson": "geojson",
    ".json": "geojson",
    ".fgb": "fgb",
    ".parquet": "parquet",
    ".geoparquet": "parquet",
    ".csv": "csv",
}
FOLDERS = ("coco", "yolo")


def format_of(asked: ExportRequest) -> str:
    """The format that was asked for, by name or by the output's ending; raises InputError where neither says."""
    ending = Path(asked.output).suffix.lower()
    by_ending = ENDINGS.get(ending)
    if asked.format is None and by_ending is None:
        raise InputError(
            f"The output {asked.output} ends in {ending or 'nothing'}: end it in {', '.join(sorted(ENDINGS))}, or say "
            "coco or yolo for a folder with pictures (--format)."
        )
    if asked.format is not None and asked.format not in FOLDERS and asked.format != by_ending:
        known = " or ".join(name for name, kind in ENDINGS.items() if kind == asked.format)
        raise InputError(f"The output {asked.output} is to be {asked.format}: end it in {known}.")
    return asked.format or str(by_ending)


def write_parquet(path: Path, features: Sequence[Feature], crs_wkt: str | None) -> None:
    """Write GeoParquet 1.1: one column of WKB, and the CRS as PROJJSON (null where there is none)."""
    shapes = np.array([shape_of(feature.geometry) for feature in features], object)
    named = fields_of(features)
    columns = {
        name: pa.array([_as(kind, feature.properties.get(name)) for feature in features], _TYPES[kind])
        for name, kind in named.items()
    }
    table = pa.table({**columns, "geometry": pa.array(list(shapely.to_wkb(shapes)), pa.binary())})
    about = {
        "version": GEOPARQUET,
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": sorted({shape.geom_type for shape in shapes}),
                "crs": _projjson(crs_wkt),
                "bbox": list(shapely.total_bounds(shapes)),
            }
        },
    }
    table = table.replace_schema_metadata({"geo": json.dumps(about)})
    pyarrow.parquet.write_table(table, path, compression="zstd")


def write_csv(path: Path, features: Sequence[Feature], crs_wkt: str | None) -> None:
    """Write CSV in UTF-8: the outline as WKT, the name of its CRS, and the columns of a result."""
    named = fields_of(features)
    crs = crs_name(crs_wkt)
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["wkt", "crs", *named])
        for feature in features:
            wkt = shapely.to_wkt(shape_of(feature.geometry), rounding_precision=-1)
            values = [_as(kind, feature.properties.get(name)) for name, kind in named.items()]
            rows.writerow([wkt, crs, *("" if value is None else value for value in values)])


def _projjson(crs_wkt: str | None) -> Any:
    if crs_wkt is None:
        return None
    try:
        return CRS.from_user_input(crs_wkt).to_dict(projjson=True)
    except GDAL_ERRORS as error:
        raise InputError(
            f"GeoParquet can't say which CRS this is ({reason(error)}): export a .gpkg instead."
        ) from error


def _as(kind: type, value: Any) -> Any:
    return None if value is None else kind(value)
