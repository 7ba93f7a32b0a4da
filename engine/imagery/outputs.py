"""Writes what was found to vector files, without ever destroying anything else.

A result is made in a folder of its own and put in place whole. In a GeoPackage that is there already
only the layer of the result's name is replaced; its other layers and their styles stay. What is read,
and what another program has open, is never replaced. Where writing fails at the end after all, the
features are kept in the data folder, and the message says where.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import rasterio
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS

from engine.errors import InputError, OutputExistsError, RemoteZeroError
from engine.files import ROOM_BYTES, check_free, check_not_read, hidden_beside, sync
from engine.imagery.apart import never, read_apart
from engine.imagery.attributes import fields_of
from engine.imagery.gdal_errors import GDAL_ERRORS
from engine.imagery.network import without_secrets
from engine.imagery.rfc7946 import in_wgs84
from engine.imagery.shapes import VECTOR_ERRORS, shape_of
from engine.imagery.sources import leads_away, permitted
from engine.paths import data_dir
from engine.types import Feature

DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON", ".fgb": "FlatGeobuf"}

_REFUSED_NAME = re.compile(r"(?i)gpkg|sqlite_|[`~!@#$%^&*()+\-={}|\[\]\\:\";'<>?,./]")
"""How a layer's name may not begin in a GeoPackage."""
WAIT_S = 2.0
_LOST = (
    "and GeoJSON can't say so: readers take the coordinates in {path} for degrees of longitude and latitude. "
    "Write a .gpkg, which keeps them apart."
)


def check_output(
    path: str | Path,
    *,
    overwrite: bool = False,
    inputs: Sequence[str | Path] = (),
    read_layer: tuple[str | Path, str | None] | None = None,
) -> None:
    """Check that :func:`write_features` could write there, before the work is done.

    Args:
        path: where the result is to be.
        overwrite: the file, or its layer of that name, may be replaced.
        inputs: names of rasters that are read.
        read_layer: a vector file that is read, and its layer; None for its first one.

    Raises:
        OutputExistsError: the file exists and ``overwrite`` is false.
        InputError: it can't be written there, or what is read would be lost.
    """
    if leads_away(str(path)):
        raise InputError(
            f"The output {without_secrets(str(path))} is no file's name. Give the path of a file."
        )
    path = Path(path)
    if path.suffix.lower() not in DRIVERS:
        raise InputError(
            f"The output {path} ends in {path.suffix or 'nothing'}: end it in .gpkg, .geojson or .fgb."
        )
    check_free(path, overwrite=overwrite, inputs=[file for name in inputs for file in files_behind(name)])
    if not path.exists():
        return
    is_package = DRIVERS[path.suffix.lower()] == "GPKG"
    if read_layer is not None and not (is_package and _is_other_layer(path, *read_layer)):
        check_not_read(path, files_behind(read_layer[0], vector=True))
    if is_package:
        _check_package(path)


def check_rfc7946(raster: str, *, allow_network: bool = False) -> None:
    """Check that what is found on a raster can be brought to WGS 84, before the work is done.

    Raises:
        InputError: the raster has no CRS, or leads to the network, and that was not allowed.
    """
    hosts = permitted(raster, allow_network=allow_network).hosts
    known = read_apart(hosts[0], never, _has_place, raster) if hosts else _has_place(raster)
    if not known:
        raise InputError(
            f"--rfc7946 asks for WGS 84, and {raster} has no CRS. Give the raster its CRS, or leave --rfc7946 out."
        )


def _has_place(raster: str) -> bool:
    try:
        with rasterio.open(raster) as dataset:
            return bool(dataset.crs or dataset.gcps[1] or dataset.rpcs)
    except GDAL_ERRORS:
        return True  # whoever opens it to read it says more
    except OSError:
        return True


def write_features(
    path: str | Path,
    features: Sequence[Feature],
    crs_wkt: str | None,
    *,
    overwrite: bool = False,
    rfc7946: bool = False,
) -> list[str]:
    """Write features as GeoPackage, GeoJSON or FlatGeobuf, by the file's ending.

    The file appears at once under its name, complete, or not at all. Coordinates are in the
    raster's CRS in all three formats. In GeoJSON too: the file carries the ``crs`` member of the
    2008 specification, which GDAL and QGIS read, instead of the WGS 84 that RFC 7946 asks for, so
    that boxes do not move. Where that member can't name the raster's CRS, which has no authority code
    then, or where ``rfc7946`` is true, the file is GeoJSON as RFC 7946 has it: WGS 84, cut at the
    date line (:mod:`engine.imagery.rfc7946`). Of a raster without a CRS GeoJSON can't say that there
    is none. FlatGeobuf orders features by place for its spatial index; the others keep the order given.

    Args:
        path: ends in .gpkg, .geojson, .json or .fgb. The layer takes the file's name (:func:`layer_name`).
        features: of one raster.
        crs_wkt: the raster's CRS, None when it has none.
        overwrite: replace a file that is there already, or in a GeoPackage its layer of that name.
        rfc7946: write GeoJSON as RFC 7946 has it; other formats stay as they are.

    Returns:
        A sentence for each thing about the coordinates that a reader of the file could take wrongly.

    Raises:
        OutputExistsError: the file exists and ``overwrite`` is false.
        InputError: another ending, no such folder, or the file can't be written; the features are then kept
            elsewhere, which the message names.
    """
    path = Path(path)
    try:
        check_output(path, overwrite=overwrite)
        target = path.resolve()
        with tempfile.TemporaryDirectory(prefix="remotezero-") as folder:
            _check_room(Path(folder), target)
            made = Path(folder) / f"boxes{path.suffix.lower()}"
            before = _state(target)
            if before is not None and made.suffix == ".gpkg":
                shutil.copyfile(target, made)
            notes = _write_as_asked(made, path, features, crs_wkt, rfc7946)
            _put(made, target, before)
    except (InputError, *VECTOR_ERRORS, sqlite3.Error) as error:
        kept = keep_features(path, features, crs_wkt)
        reason = str(error) if isinstance(error, InputError) else f"{path} can't be written ({error})."
        raise (OutputExistsError if isinstance(error, OutputExistsError) else InputError)(
            f"{reason} {kept}"
        ) from error
    return notes


def layer_name(path: Path) -> str:
    """The layer of a result: its file's name, with a word before it where a GeoPackage wouldn't allow that."""
    return f"boxes_{path.stem}" if _REFUSED_NAME.match(path.stem) else path.stem


def files_behind(name: str | Path, *, vector: bool = False) -> list[Path]:
    """The files that a raster or vector of this name is made of, as far as that can be known.

    Raises:
        InputError: it is something that can't be read, such as a pipe.
    """
    sources = permitted(name, allow_network=True, vector=vector)
    found = [Path(name), *sources.files]
    if sources.hosts:
        return found
    with warnings.catch_warnings(), suppress(*GDAL_ERRORS, OSError):
        warnings.simplefilter("ignore")
        with rasterio.open(name) as dataset:
            found += [Path(file) for file in dataset.files]
    return found


def _is_other_layer(path: Path, source: str | Path, layer: str | None) -> bool:
    """Whether a vector's layer is another than the one that is to be written into ``path``."""
    if not (os.path.exists(source) and path.samefile(source)):
        return True
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(path)]
    except VECTOR_ERRORS:
        return False
    read = layer or (names[0] if names else "")
    return read.casefold() != layer_name(path).casefold()


def _check_package(path: Path) -> None:
    """Refuse a GeoPackage that is none, that another program has open, or whose raster has the layer's name."""
    try:
        with closing(sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)) as package:
            found = package.execute("SELECT lower(table_name), data_type FROM gpkg_contents").fetchall()
            if _is_open_elsewhere(path, package):
                raise InputError(
                    f"The GeoPackage {path} is open in another program, for instance in QGIS. Close it there, "
                    "or choose another name."
                )
    except sqlite3.Error as error:
        raise InputError(
            f"The file {path} is there and can't be used as a GeoPackage ({error}). Choose another name."
        ) from error
    kind = dict(found).get(layer_name(path).lower(), "features")
    if kind not in ("features", "attributes"):
        raise InputError(
            f"The GeoPackage {path} holds a raster named {layer_name(path)}. Choose another name for the output."
        )


def _is_open_elsewhere(path: Path, package: sqlite3.Connection) -> bool:
    """Whether another connection holds the database.

    QGIS keeps what it shows in write-ahead mode, and leaving that mode needs the file for oneself; in the
    other mode whoever writes or reads just now can be seen. Where both can be had, what a program which
    died has left in its log or journal is put right in the file, so nothing of it is lost.
    """
    try:
        if any(path.with_name(path.name + ending).exists() for ending in ("-wal", "-shm")):
            package.execute("PRAGMA journal_mode=DELETE")
        package.execute("BEGIN EXCLUSIVE")
        package.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    return False


def _write_as_asked(
    made: Path, path: Path, features: Sequence[Feature], crs_wkt: str | None, rfc7946: bool
) -> list[str]:
    """Write a file in the raster's CRS, or GeoJSON in WGS 84 where that is asked for or all that it can name."""
    layer = layer_name(path)
    if DRIVERS[made.suffix] != "GeoJSON":
        _write(made, layer, features, crs_wkt)
        return []
    if crs_wkt is None:
        _write(made, layer, features, None)
        return [f"The raster has no CRS, {_LOST.format(path=path)}"]
    if not rfc7946 and _has_a_name(crs_wkt, made.with_name("empty.geojson")):
        _write(made, layer, features, crs_wkt)
        return _beyond(path, features, crs_wkt)
    if any(feature.geometry["type"] == "Point" for feature in features):
        _write(made, layer, features, crs_wkt, RFC7946="YES")  # a camera's position is in WGS 84 already
        return []
    try:
        moved = in_wgs84(features, crs_wkt)
    except InputError:
        if rfc7946:
            raise
        _write(made, layer, features, crs_wkt)
        return [
            f"The raster's CRS has no authority code and can't be brought to WGS 84, {_LOST.format(path=path)}"
        ]
    _write(made, layer, moved, "EPSG:4326", RFC7946="YES")
    if rfc7946:
        return []
    return [
        f"The raster's CRS has no authority code, and GeoJSON can't name it: the boxes in {path} are in WGS 84 "
        "(RFC 7946). Write a .gpkg to keep them in the raster's own CRS."
    ]


def _beyond(path: Path, features: Sequence[Feature], crs_wkt: str) -> list[str]:
    """Say that boxes in degrees reach over the date line, which readers of GeoJSON may not expect."""
    if not features or not CRS.from_user_input(crs_wkt).is_geographic:
        return []
    left, _, right, _ = shapely.total_bounds([shape_of(feature.geometry) for feature in features])
    if not (left < -180 or right > 180):
        return []
    return [f"Boxes in {path} reach beyond 180 degrees of longitude: --rfc7946 cuts them at the date line."]


def _has_a_name(crs_wkt: str, probe: Path) -> bool:
    """Whether GeoJSON can name a CRS: an empty file is written to ``probe`` to see it."""
    _write(probe, "probe", [], crs_wkt)
    return "crs" in json.loads(probe.read_text(encoding="utf-8"))


def _write(path: Path, layer: str, features: Sequence[Feature], crs_wkt: str | None, **options: str) -> None:
    multi = any(feature.geometry["type"] == "MultiPolygon" for feature in features)
    points = any(feature.geometry["type"] == "Point" for feature in features)
    geometry = shapely.to_wkb([shape_of(feature.geometry, multi=multi) for feature in features])
    named = fields_of(features)
    columns = [_column([f.properties.get(name) for f in features], kind) for name, kind in named.items()]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*crs.*was not provided", category=UserWarning)
        pyogrio.raw.write(
            path,
            geometry=geometry,
            field_data=[values for values, _ in columns],
            field_mask=[missing for _, missing in columns],
            fields=np.array(list(named), object),
            driver=DRIVERS[path.suffix],
            layer=layer,
            geometry_type="MultiPolygon" if multi else "Point" if points else "Polygon",
            crs=crs_wkt,
            **options,
        )


def _state(path: Path) -> tuple[int, int] | None:
    """What changes when somebody writes to a file; None where there is none."""
    try:
        about = path.stat()
    except FileNotFoundError:
        return None
    return about.st_mtime_ns, about.st_size


def _check_room(folder: Path, target: Path) -> None:
    """A package is made from a copy of the one that is there, which must fit into ``folder``."""
    size, free = target.stat().st_size if target.exists() else 0, shutil.disk_usage(folder).free
    if target.suffix.lower() == ".gpkg" and free < size + ROOM_BYTES:
        raise InputError(
            f"The GeoPackage {target} has {size / 2**20:.0f} MB, and the folder for temporary files, "
            f"{folder.parent}, has {free / 2**20:.0f} MB free. Make room there, or choose another output."
        )


def _put(made: Path, path: Path, before: tuple[int, int] | None) -> None:
    """Put a finished file in place, unless what is there has changed since ``before``."""
    hidden = hidden_beside(path)
    try:
        shutil.copyfile(made, hidden)
        sync(hidden)
        if before is not None:
            shutil.copymode(path, hidden)
        if before is not None and path.suffix.lower() == ".gpkg":
            _check_package(path)
        if _state(path) != before:
            raise InputError(f"The file {path} was changed by another program meanwhile.")
        os.replace(hidden, path)
    finally:
        hidden.unlink(missing_ok=True)


def keep_features(path: Path | None, features: Sequence[Feature], crs_wkt: str | None) -> str:
    """Keep features as GeoJSON with nothing but the standard library; returns the sentence that says where.

    Args:
        path: where they were meant to be; None where the work ended before it was written.
        features: of one raster.
        crs_wkt: the raster's CRS, None when it has none.
    """
    code = _code(crs_wkt)
    document = {
        "type": "FeatureCollection",
        **({"crs": {"type": "name", "properties": {"name": code}}} if code else {}),
        "crs_wkt": crs_wkt,
        "meant_for": None if path is None else ascii(str(path)),
        "features": [
            {"type": "Feature", "geometry": feature.geometry, "properties": feature.properties}
            for feature in features
        ],
    }
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    for folder in (data_dir, lambda: Path(tempfile.gettempdir())):
        try:
            kept = folder() / f"kept-{moment}.geojson"
            kept.write_text(json.dumps(document), encoding="utf-8")
        except (OSError, RemoteZeroError):
            continue
        told = "" if code or crs_wkt is None else " and set the raster's CRS, which GeoJSON can't name,"
        return (
            f"Nothing that was found is lost: it is kept in {kept}, in the raster's own coordinates; "
            f"open that in QGIS{told} and export it to where you want it."
        )
    return "What was found could not be kept in the data folder or among the temporary files either."


def _code(crs_wkt: str | None) -> str | None:
    """The CRS as a name that GeoJSON readers know; None where it has no authority code."""
    try:
        found = CRS.from_user_input(crs_wkt).to_authority() if crs_wkt else None
    except GDAL_ERRORS:
        return None
    return f"urn:ogc:def:crs:{found[0]}::{found[1]}" if found else None


def _column(values: Sequence[Any], kind: type) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Values as an array of ``kind``, and where they are missing."""
    missing = np.array([value is None for value in values], bool)
    if kind is str:
        return np.array([None if value is None else str(value) for value in values], object), missing
    dtype = {int: np.int64, bool: np.bool_}.get(kind, np.float64)
    return np.array([0 if value is None else value for value in values], dtype), missing
