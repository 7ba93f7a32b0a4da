"""What became of the rows of a scan: things seen in overlapping scenes joined, as layers for QGIS and as a page.

Everything here is made anew from the files of rows, whatever was made of them before, so doing it twice gives the same.
Files appear under their names once they are whole.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import shapely
from numpy.typing import NDArray

from engine.counting import count
from engine.errors import InputError, RemoteZeroError
from engine.files import staging, sync, write_atomic
from engine.imagery.outputs import check_output
from engine.imagery.shapes import VECTOR_ERRORS
from engine.scan.ledger import Ledger
from engine.scan.overview import overview_page
from engine.scan.request import FAILED_FILE, part_of
from engine.scan.rows import (
    TYPES,
    Batch,
    DamagedPartError,
    Part,
    asked_questions,
    batches,
    columns_of,
    milliseconds,
    parts_of,
    searched_scenes,
    table_rows,
)
from engine.scan.styles import add_styles
from engine.scan.things import Things, leave_if
from engine.types import Stop

PACKAGE, PAGE = "found.gpkg", "map.html"
FOUND, SIGHTINGS = "found", "sightings"
TOLD_EVERY = 100_000
"""Boxes between two words on how far the joining is."""

INDEX_BYTES = 32 * 2**20
"""What of a layer's spatial index GDAL holds in memory before it goes on with it on disk."""

Tell = Callable[[str, dict[str, Any]], None]
MOMENT = pa.timestamp("ms", "UTC")
OF_THING: dict[str, pa.DataType] = {
    "thing": pa.int64(),
    "times_seen": pa.int64(),
    "scenes": pa.string(),
    "first_seen": MOMENT,
    "last_seen": MOMENT,
}
OF_SIGHTING: dict[str, pa.DataType] = {"thing": pa.int64(), "best": pa.bool_()}


def gather(out: Path, tell: Tell, stop: Stop) -> dict[str, Any]:
    """Join what was found in all scenes, and write ``found.gpkg`` and ``map.html`` into the scan's folder.

    Args:
        out: folder of a scan, with its files of rows.
        tell: is told in sentences what is being done, as events of type ``log``.
        stop: asked often; once it is true, the work ends and what was there before is still there.

    Returns:
        ``found`` (things), ``sightings``, ``scenes_with_boxes``, ``package`` and ``map`` (paths), ``damaged`` (a list
        of ``scene``, ``file`` and ``reason``; those scenes are searched anew when the scan is started again) and
        ``warnings``.

    Raises:
        JobCancelledError: ``stop`` became true.
        InputError: the folder can't be written to, or the package is open in another program.
    """
    package, page = out / PACKAGE, out / PAGE
    check_output(package, overwrite=True)
    parts = parts_of(out)
    with staging(out) as folder:
        things = Things(folder)
        try:
            _take_all(things, parts, tell, stop)
            _join(things, tell, stop)
            readable = [part for part in parts if part not in {part for part, _ in things.damaged}]
            damaged = _damage(out, things)
            for one in damaged:
                Ledger(out).reopen(one["scene"])
            tell("log", {"message": f"Writing {package}."})
            made = folder / PACKAGE
            questions = list(dict.fromkeys([*asked_questions(out), *things.questions()]))
            failed = sum(1 for _ in table_rows(out / FAILED_FILE))
            _write(made, readable, things, summary_of(things, damaged, failed), stop)
            add_styles(made, (FOUND, SIGHTINGS), questions)
            text = overview_page(out, things.db, questions, damaged, stop)
            sync(made)
            check_output(package, overwrite=True)
            os.replace(made, package)
            write_atomic(page, text)
            return {
                "found": things.count(),
                "sightings": things.sightings,
                "scenes_with_boxes": len({part.scene for part in readable}),
                "package": str(package),
                "map": str(page),
                "damaged": damaged,
                "warnings": [*failures(out), *(damage_sentence(one) for one in damaged)],
            }
        finally:
            things.close()


def _damage(out: Path, things: Things) -> list[dict[str, str]]:
    """The scenes whose boxes can't be read, or are not all there: ``scene``, ``file`` and ``reason``."""
    found = [
        {"scene": part.scene, "file": str(part.path), "reason": reason} for part, reason in things.damaged
    ]
    named = {one["scene"] for one in found}
    for scene in searched_scenes(out):
        there = things.boxes_of(scene.name)
        if there != scene.boxes and scene.name not in named:
            reason = f"{there} of {count(scene.boxes, 'box', 'boxes')} are there"
            found.append({"scene": scene.name, "file": str(part_of(out, scene.name)), "reason": reason})
    return found


def _take_all(things: Things, parts: list[Part], tell: Tell, stop: Stop) -> None:
    told = 0
    for place, part in enumerate(parts, start=1):
        leave_if(stop)
        things.take(part, stop)
        if things.sightings - told >= TOLD_EVERY:
            told = things.sightings
            tell("log", {"message": f"Read the boxes of {place:,} of {len(parts):,} scenes."})


def _join(things: Things, tell: Tell, stop: Stop) -> None:
    told = 0
    for done in things.join(stop):
        if done - told >= TOLD_EVERY:
            told = done
            tell("log", {"message": f"Joined {done:,} of {things.sightings:,} boxes."})


def summary_of(things: Things, damaged: list[dict[str, str]], failed: int) -> str:
    """What the package holds, in a sentence or two; it is the description of its layers."""
    left = f" The boxes of {count(len(damaged), 'scene')} are missing." if damaged else ""
    left += f" {count(failed, 'scene')} could not be searched." if failed else ""
    if not things.sightings:
        return f"Nothing was found in the scenes that were searched.{left}"
    (scenes,) = things.db.execute("SELECT count(DISTINCT name) FROM scene").fetchone()
    found = count(things.count(), "thing")
    return f"{found}, seen {count(things.sightings, 'time')} in {count(scenes, 'scene')}.{left}"


def failures(out: Path) -> list[str]:
    """A sentence where scenes could not be searched; nothing is known of those, however little was found."""
    first, total = None, 0
    for row in table_rows(out / FAILED_FILE):
        first, total = first or row, total + 1
    if first is None:
        return []
    said = f"{count(total, 'scene')} could not be searched: {out / FAILED_FILE} says why."
    return [f"{said} The first is {first['scene']}: {first['reason']}"]


def damage_sentence(one: dict[str, str]) -> str:
    """What to know and do about a file of rows that can't be read."""
    return (
        f"Boxes of the scene {one['scene']} are missing: {one['file']} is damaged ({one['reason']}). Start the same "
        "scan again: it searches that scene anew, and no other."
    )


def _write(path: Path, parts: list[Part], things: Things, summary: str, stop: Stop) -> None:
    """Write both layers in two runs over the parts; neither is ever held as a whole."""
    columns = columns_of(parts)
    plain = {name: MOMENT if name == "taken" else TYPES[kind] for name, kind in columns.items()}
    try:
        for layer, added in ((FOUND, OF_THING), (SIGHTINGS, OF_SIGHTING)):
            own = {name: kind for name, kind in plain.items() if not (layer == FOUND and name == "rank")}
            schema = pa.schema({**added, **own, "geometry": pa.binary()})
            rows = _Rows(parts, things, schema, layer == FOUND, stop)
            _write_layer(path, layer, rows, summary)
    except VECTOR_ERRORS as error:
        if isinstance(error, RemoteZeroError):
            raise
        raise InputError(
            f"What was found can't be written to {path.parent.parent / PACKAGE} ({error}). Free some space there and "
            "start the scan again: no scene is searched twice."
        ) from error


def _write_layer(path: Path, layer: str, rows: _Rows, summary: str) -> None:
    pyogrio.set_gdal_config_options({"OGR_GPKG_MAX_RAM_USAGE_RTREE": INDEX_BYTES})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        try:
            pyogrio.write_arrow(
                pa.RecordBatchReader.from_batches(rows.schema, rows),
                path,
                layer=layer,
                driver="GPKG",
                geometry_name="geometry",
                geometry_type="MultiPolygon",
                crs="EPSG:4326",
                layer_options={"DESCRIPTION": summary, "SPATIAL_INDEX": "YES"},
            )
        finally:
            if rows.error is not None:  # on its way through GDAL it became another
                raise rows.error


class _Rows:
    """Rows of a layer, batch by batch.

    Attributes:
        schema: of the batches.
        error: what ended the rows early, if anything did.
    """

    def __init__(
        self, parts: list[Part], things: Things, schema: pa.Schema, best_only: bool, stop: Stop
    ) -> None:
        self.schema, self.error = schema, None
        self._parts, self._things, self._best_only, self._stop = parts, things, best_only, stop
        self._cache: dict[str | None, int | None] = {}

    error: Exception | None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._batches()
        except DamagedPartError as error:
            self.error = InputError(
                f"A file of the scan was changed while it was read ({error}). Start the scan again."
            )
        except Exception as error:
            self.error = error
            raise

    def _batches(self) -> Iterator[pa.RecordBatch]:
        number = 1
        for part in self._parts:
            for batch in batches(part):
                leave_if(self._stop)
                things, best = self._things.things_of(number, len(batch.shapes))
                number += len(batch.shapes)
                yield (
                    self._of_things(batch, things, best)
                    if self._best_only
                    else self._of_all(batch, things, best)
                )

    def _of_all(self, batch: Batch, things: NDArray[np.int32], best: NDArray[np.bool_]) -> pa.RecordBatch:
        return self._whole(batch, {"thing": pa.array(things, pa.int64()), "best": pa.array(best)})

    def _of_things(self, batch: Batch, things: NDArray[np.int32], best: NDArray[np.bool_]) -> pa.RecordBatch:
        kept = Batch(batch.table.filter(pa.array(best)), batch.shapes[best])
        rows = [
            self._things.db.execute(
                "SELECT no, times, scenes, first, last FROM thing WHERE no = ?", (int(thing),)
            ).fetchone()
            for thing in things[best]
        ]
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(OF_THING)
        named = zip(OF_THING.items(), columns, strict=True)
        return self._whole(kept, {name: pa.array(values, kind) for (name, kind), values in named})

    def _whole(self, batch: Batch, added: dict[str, pa.Array]) -> pa.RecordBatch:
        single = shapely.get_type_id(batch.shapes) == shapely.GeometryType.POLYGON
        shapes = batch.shapes.copy()
        shapes[single] = shapely.multipolygons(shapes[single], indices=np.arange(single.sum()))
        has = set(batch.table.schema.names)
        columns = []
        for field in self.schema:
            if field.name == "geometry":
                columns.append(pa.array(list(shapely.to_wkb(shapes)), pa.binary()))
            elif field.name in added:
                columns.append(added[field.name])
            elif field.name not in has:
                columns.append(pa.nulls(len(shapes), field.type))
            elif field.name == "taken":
                columns.append(
                    pa.array([self._moment(text) for text in batch.table.column("taken").to_pylist()], MOMENT)
                )
            else:
                columns.append(batch.table.column(field.name))
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _moment(self, text: str | None) -> int | None:
        if text not in self._cache:
            self._cache = {text: None if text is None else milliseconds(text)}
        return self._cache[text]
