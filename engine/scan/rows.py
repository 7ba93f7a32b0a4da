"""The rows of a scan as they lie on disk: one GeoParquet file a scene, read in batches of bounded size.

A file that can't be read is named with its reason and none of its rows counts: half a scene would look like a scene
with little in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import shapely
from numpy.typing import NDArray

from engine.errors import InputError
from engine.imagery.attributes import ADDED_FIELDS, FIELDS
from engine.scan.request import DETECTIONS, SCAN_FILE, SCENE_FOLDER, SCENES_FILE

BATCH_ROWS = 8192
"""Rows that are in memory at once."""

TYPES = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
KINDS: dict[str, type] = {**FIELDS, **ADDED_FIELDS, "scene": str, "taken": str}
NEEDED = ("score", "query", "geometry")
READING_ERRORS = (pa.ArrowException, OSError, ValueError, shapely.errors.ShapelyError)


class DamagedPartError(ValueError):
    """A file of rows can't be read; says which and why."""


@dataclass(frozen=True)
class Part:
    """One file of rows.

    Attributes:
        scene: the scene that its folder names.
        path: the file.
    """

    scene: str
    path: Path


@dataclass(frozen=True)
class Batch:
    """Some rows of one part.

    Attributes:
        table: the columns of ``KINDS`` that the file has, and no geometry.
        shapes: N polygons or multipolygons in degrees of WGS 84, as RFC 7946 has them.
    """

    table: pa.RecordBatch
    shapes: NDArray[Any]

    @property
    def taken_ms(self) -> int | None:
        """When the batch's scene was taken, in milliseconds since 1970; None where nobody said."""
        if "taken" not in self.table.schema.names:
            return None
        first = next((text for text in self.table.column("taken").unique().to_pylist() if text), None)
        return None if first is None else milliseconds(first)


def parts_of(out: Path) -> list[Part]:
    """The files of rows of a scan's folder, by scene, then by name; hidden ones, which are not finished, left out."""
    found = [
        Part(folder.name.removeprefix(SCENE_FOLDER), path)
        for folder in sorted((out / DETECTIONS).glob(f"{SCENE_FOLDER}*"))
        for path in sorted(folder.glob("*.parquet"))
        if not path.name.startswith(".")
    ]
    return sorted(found, key=lambda part: (part.scene, part.path.name))


def columns_of(parts: list[Part]) -> dict[str, type]:
    """The columns that any of the parts has, in the order of ``KINDS``; parts that can't be read have none."""
    named: set[str] = set()
    for part in parts:
        try:
            named |= set(pyarrow.parquet.read_schema(part.path).names)
        except READING_ERRORS:
            continue
    always = {*FIELDS, "scene", "taken"}
    return {name: kind for name, kind in KINDS.items() if name in named or name in always}


def batches(part: Part) -> Iterator[Batch]:
    """The rows of a part in their order.

    Raises:
        DamagedPartError: the file is damaged, or is no file of rows of a scan.
    """
    try:
        with pyarrow.parquet.ParquetFile(part.path) as file:
            lacking = [name for name in NEEDED if name not in file.schema_arrow.names]
            if lacking:
                raise DamagedPartError(f"it has no column {' and no '.join(lacking)}")
            for rows in file.iter_batches(BATCH_ROWS):
                if rows.num_rows:
                    yield _batch(part, rows)
    except DamagedPartError:
        raise
    except READING_ERRORS as error:
        said = " ".join(str(error).split())
        raise DamagedPartError(said[:200] or type(error).__name__) from error


def _batch(part: Part, rows: pa.RecordBatch) -> Batch:
    shapes = shapely.from_wkb(rows.column("geometry").to_numpy(zero_copy_only=False))
    kinds = shapely.get_type_id(shapes)
    polygons = np.isin(kinds, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    if not (polygons & ~shapely.is_empty(shapes) & np.isfinite(shapely.bounds(shapes)).all(axis=1)).all():
        raise DamagedPartError("it has rows without a polygon")
    columns = {
        name: rows.column(name).cast(TYPES[kind]) for name, kind in KINDS.items() if name in rows.schema.names
    }
    scores = columns["score"].to_numpy(zero_copy_only=False)
    if columns["query"].null_count or not np.isfinite(scores).all():
        raise DamagedPartError("it has rows without a question or a score")
    if "scene" not in columns:
        columns["scene"] = pa.array([part.scene] * rows.num_rows, pa.string())
    return Batch(pa.RecordBatch.from_pydict(columns), shapes)


@dataclass(frozen=True)
class SearchedScene:
    """A scene that was searched.

    Attributes:
        name: its id.
        taken: when, RFC 3339; None where nobody said.
        bounds: west, south, east, north in degrees of WGS 84, west above east across the date line; None where nobody
            knows.
        boxes: how many were found in it.
    """

    name: str
    taken: str | None
    bounds: tuple[float, float, float, float] | None
    boxes: int


def searched_scenes(out: Path) -> Iterator[SearchedScene]:
    """The scenes of a scan that were searched, those without a box included."""
    for row in table_rows(out / SCENES_FILE):
        edges = [float(edge) for edge in row.get("bounds") or () if edge is not None]
        place = (edges[0], edges[1], edges[2], edges[3]) if len(edges) == 4 else None
        yield SearchedScene(str(row.get("id")), row.get("taken"), place, int(row.get("detections") or 0))


def table_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a table of a scan's folder; none where it is not there."""
    if not path.exists():
        return
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH_ROWS):
                yield from batch.to_pylist()
    except READING_ERRORS as error:
        raise InputError(
            f"The table {path} can't be read ({error}). Remove it and start the scan again, which writes it anew."
        ) from error


def asked_questions(out: Path) -> list[str]:
    """The questions of a scan, in their order; none where its description is not there."""
    try:
        about = json.loads((out / SCAN_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise InputError(
            f"The file {out / SCAN_FILE} can't be read ({error}). Scan into another folder."
        ) from error
    return [text for text in about.get("request", {}).get("queries", []) if isinstance(text, str)]


def milliseconds(time: str) -> int | None:
    """A time as RFC 3339 has it, in milliseconds since 1970; None for what is no time."""
    try:
        read = datetime.fromisoformat(time)
    except ValueError:
        return None
    aware = read if read.tzinfo else read.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1000)


def unrolled(shapes: NDArray[Any]) -> NDArray[Any]:
    """Valid shapes without a cut at the date line: one over it goes on beyond 180 degrees."""
    shapes = np.where(shapely.is_valid(shapes), shapes, shapely.make_valid(shapes))
    left, _, right, _ = shapely.bounds(shapes).T
    for place in np.flatnonzero(right - left > 180):
        sides = shapely.get_parts(shapes[place])
        lefts, _, rights, _ = shapely.bounds(sides).T
        if len(sides) > 1 and (rights - lefts < 180).all():
            moved = [
                shifted(side, 360.0) if edge < 0 else side for side, edge in zip(sides, lefts, strict=True)
            ]
            shapes[place] = shapely.union_all(moved)
    return shapes


def shifted(shape: Any, degrees: float) -> Any:
    """A shape, or an array of them, moved eastward."""
    return shapely.transform(shape, lambda points: points + np.array([degrees, 0.0]))
