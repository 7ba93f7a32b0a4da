"""Which sightings in overlapping scenes are one thing: an index of all rows on disk, and the joining over it.

Best score first, each sighting that belongs to no thing yet becomes one, and takes from every other scene at most one
sighting with it: the one that agrees best and agrees with no other sighting of the first one's scene better. Two boxes
of one scene are never one thing, since the search of that scene has told them apart. All is measured against that best
sighting, so a row of things can't grow into one thing link by link. Overlap and containment are shares of areas and are
the same in degrees as on the ground, because over one thing both axes keep their scales.

Rows lie in SQLite with its R-tree; in memory are a batch of them and the neighbours of one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from engine.errors import JobCancelledError
from engine.scan.rows import Batch, DamagedPartError, Part, batches, shifted, unrolled
from engine.types import Stop

SAME_IOU = 0.3
"""From this overlap on, two boxes of one question in two scenes are one thing: scenes lie a few pixels apart."""

INSIDE = 0.8
"""So much of the smaller one in the larger one is as good, where a scene shows only a part or a coarser outline."""

LARGER = 4.0
"""But not where the larger one has more than so many times the area: that is a group, or something else."""

CACHE_KIB = 32 * 1024
ANCHORS = 1024
"""Sightings that are looked at between two looks at whether to stop."""

TABLES = """
CREATE TABLE scene (no INTEGER PRIMARY KEY, name TEXT UNIQUE, taken INTEGER, boxes INTEGER DEFAULT 0);
CREATE TABLE question (no INTEGER PRIMARY KEY, text TEXT UNIQUE);
CREATE TABLE sighting (no INTEGER PRIMARY KEY, scene INTEGER, question INTEGER, score REAL, shape BLOB);
CREATE VIRTUAL TABLE place USING rtree (no, west, east, south, north, +scene INTEGER, +question INTEGER);
CREATE TABLE thing (no INTEGER PRIMARY KEY, best INTEGER UNIQUE, question INTEGER, score REAL, times INTEGER,
    first INTEGER, last INTEGER, scenes TEXT, lon REAL, lat REAL);
"""
NEAR = """
SELECT sighting.no, sighting.scene, sighting.shape FROM place JOIN sighting ON sighting.no = place.no
WHERE west <= ? AND east >= ? AND south <= ? AND north >= ? AND place.question = ? AND (place.scene = ?) = ?
"""
TURN = 360.0
MARKS = 500
"""Places for values in one statement."""


@dataclass(frozen=True)
class _Near:
    """Sightings near a place: their numbers, scenes and shapes, N each."""

    numbers: NDArray[np.int64]
    scenes: NDArray[np.int64]
    shapes: NDArray[Any]

    def only(self, which: Any) -> _Near:
        return _Near(self.numbers[which], self.scenes[which], self.shapes[which])


class Things:
    """The index of one scan; its files lie in a folder that whoever made it removes.

    Attributes:
        db: the tables, for those who count and show.
        sightings: rows in all.
        damaged: files that could not be read, with the reason.
    """

    def __init__(self, folder: Path) -> None:
        """Make an empty index in an empty folder."""
        self.folder = folder
        self.db = sqlite3.connect(folder / "index.sqlite", isolation_level=None)
        self.db.execute("PRAGMA journal_mode = MEMORY")
        self.db.execute("PRAGMA synchronous = OFF")  # thrown away after a crash
        self.db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self.db.executescript(TABLES)
        self.sightings = 0
        self.damaged: list[tuple[Part, str]] = []
        self._thing_of: NDArray[np.int32] = np.zeros(1, np.int32)
        self._east = self._west = 0.0

    def close(self) -> None:
        """Let go of the files."""
        self.db.close()
        self._thing_of = np.zeros(1, np.int32)

    def take(self, part: Part, stop: Stop) -> None:
        """Take in the rows of a part: all of them, or, where it can't be read, none and its name."""
        first = self.sightings
        self.db.execute("BEGIN")
        try:
            for batch in batches(part):
                leave_if(stop)
                self._insert(part, batch)
        except DamagedPartError as error:
            self.db.execute("ROLLBACK")
            self.sightings = first
            self.damaged.append((part, str(error)))
            return
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def _insert(self, part: Part, batch: Batch) -> None:
        named = {name: self._scene(name, batch) for name in batch.table.column("scene").unique().to_pylist()}
        scenes = [named[name] for name in batch.table.column("scene").to_pylist()]
        self.db.executemany("UPDATE scene SET boxes = boxes + 1 WHERE no = ?", ((no,) for no in scenes))
        questions = [self._question(text) for text in batch.table.column("query").to_pylist()]
        shapes = unrolled(batch.shapes)
        bounds = shapely.bounds(shapes)
        self._east = max(self._east, float(bounds[:, 2].max()) - TURN / 2)
        west, south, east, north = bounds.T.tolist()
        numbers = range(self.sightings + 1, self.sightings + 1 + len(shapes))
        scores = batch.table.column("score").to_pylist()
        self.db.executemany(
            "INSERT INTO sighting VALUES (?, ?, ?, ?, ?)",
            zip(numbers, scenes, questions, scores, shapely.to_wkb(shapes), strict=True),
        )
        self.db.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)",
            zip(numbers, west, east, south, north, scenes, questions, strict=True),
        )
        self.sightings += len(shapes)

    def _scene(self, name: str, batch: Batch) -> int:
        self.db.execute("INSERT OR IGNORE INTO scene (name, taken) VALUES (?, ?)", (name, batch.taken_ms))
        return int(self.db.execute("SELECT no FROM scene WHERE name = ?", (name,)).fetchone()[0])

    def _question(self, text: str) -> int:
        known = self.db.execute("SELECT no FROM question WHERE text = ?", (text,)).fetchone()
        if known:
            return int(known[0])
        return int(self.db.execute("INSERT INTO question (text) VALUES (?)", (text,)).lastrowid or 0)

    def join(self, stop: Stop) -> Iterator[int]:
        """Give every sighting its thing; yields, now and then, how many have been looked at."""
        # A plain view, since a memmap makes a new one of itself at each look.
        self._thing_of = np.memmap(self.folder / "things", np.int32, "w+", shape=(self.sightings + 1,)).view(
            np.ndarray
        )
        self.db.execute("CREATE INDEX best_first ON sighting (score DESC, no, scene, question)")
        order = self.db.execute("SELECT no, scene, question, score FROM sighting ORDER BY score DESC, no")
        things, done = 0, 0
        self.db.execute("BEGIN")
        while rows := order.fetchmany(ANCHORS):
            leave_if(stop)
            made: list[tuple[Any, ...]] = []
            for number, scene, question, score in rows:
                if self._thing_of[number]:
                    continue
                things += 1
                made.append(self._thing(things, number, scene, question, score))
            self.db.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", made)
            done += len(rows)
            yield done
        self.db.execute("COMMIT")

    def _thing(self, thing: int, number: int, scene: int, question: int, score: float) -> tuple[Any, ...]:
        (wkb,) = self.db.execute("SELECT shape FROM sighting WHERE no = ?", (number,)).fetchone()
        shape = shapely.from_wkb(wkb)
        taken = self._partners(number, scene, question, shape)
        self._thing_of[[number, *taken.numbers.tolist()]] = thing
        seen = sorted({scene, *taken.scenes.tolist()})
        names, first, last = self._told(seen)
        middle = shapely.centroid(shape)
        lon = (middle.x + TURN / 2) % TURN - TURN / 2
        return thing, number, question, score, len(seen), first, last, names, lon, middle.y

    def _told(self, scenes: list[int]) -> tuple[str, int | None, int | None]:
        """The names of scenes, in their order, and the first and last time one was taken."""
        rows: list[tuple[str, int | None]] = []
        for begin in range(0, len(scenes), MARKS):
            some = scenes[begin : begin + MARKS]
            marks = ",".join("?" * len(some))
            rows += self.db.execute(f"SELECT name, taken FROM scene WHERE no IN ({marks})", tuple(some))
        times = [taken for _, taken in rows if taken is not None]
        return ", ".join(sorted(name for name, _ in rows)), min(times, default=None), max(times, default=None)

    def _partners(self, number: int, scene: int, question: int, shape: Any) -> _Near:
        """The sightings of other scenes that are the same thing, one a scene."""
        near = self._near(shapely.bounds(shape).tolist(), question, scene, own=False)
        if not len(near.numbers):
            return near
        common, agree = _agreement(near.shapes, shape)
        near, common = near.only(agree), common[agree]
        if not len(near.numbers):
            return near
        lows, highs = np.split(shapely.bounds(near.shapes), 2, axis=1)
        around = [*lows.min(axis=0).tolist(), *highs.max(axis=0).tolist()]
        rivals = self._near(around, question, scene, own=True)
        for rival in rivals.shapes[rivals.numbers != number]:
            keep = _agreement(near.shapes, rival)[0] <= common
            near, common = near.only(keep), common[keep]
        best_first = np.lexsort((near.numbers, -common, near.scenes))
        _, firsts = np.unique(near.scenes[best_first], return_index=True)
        return near.only(best_first[firsts])

    def _near(self, bounds: list[float], question: int, scene: int, *, own: bool) -> _Near:
        """Sightings without a thing that meet a box: of its own scene or of all others, moved to its side."""
        west, south, east, north = bounds
        turns = [0.0]
        if self._east > 0:  # something lies over the date line, so its other side has two longitudes
            turns += [TURN] if west < self._east - TURN / 2 else []
            turns += [-TURN] if east > TURN / 2 else []
        numbers: list[int] = []
        scenes: list[int] = []
        shapes: list[Any] = []
        for turn in turns:
            where = (east + turn, west + turn, north, south, question, scene, int(own))
            for found, of, wkb in self.db.execute(NEAR, where):
                if not self._thing_of[found]:
                    other = shapely.from_wkb(wkb)
                    numbers.append(found)
                    scenes.append(of)
                    shapes.append(shifted(other, -turn) if turn else other)
        return _Near(np.array(numbers, np.int64), np.array(scenes, np.int64), np.array(shapes, object))

    def things_of(self, first: int, count: int) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """The things of ``count`` sightings from ``first`` on, and which of them are the best of theirs."""
        things = np.array(self._thing_of[first : first + count])
        best = np.zeros(count, bool)
        rows = self.db.execute(
            "SELECT best FROM thing WHERE best BETWEEN ? AND ?", (first, first + count - 1)
        )
        best[[number - first for (number,) in rows]] = True
        return things, best

    def boxes_of(self, scene: str) -> int:
        """How many sightings a scene has."""
        found = self.db.execute("SELECT boxes FROM scene WHERE name = ?", (scene,)).fetchone()
        return int(found[0]) if found else 0

    def questions(self) -> list[str]:
        """The questions that found something."""
        return [text for (text,) in self.db.execute("SELECT text FROM question ORDER BY text")]

    def count(self) -> int:
        """How many things there are."""
        return int(self.db.execute("SELECT count(*) FROM thing").fetchone()[0])


def _agreement(shapes: NDArray[Any], shape: Any) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The IoU of each of N shapes with one, and whether the two are one thing."""
    common = shapely.area(shapely.intersection(shapes, shape))
    areas, area = shapely.area(shapes), shapely.area(shape)
    smaller, larger = np.minimum(areas, area), np.maximum(areas, area)
    iou = common / np.maximum(areas + area - common, np.finfo(float).tiny)
    inside = (common >= INSIDE * smaller) & (larger <= LARGER * smaller)
    return iou, (iou >= SAME_IOU) | inside


def leave_if(stop: Stop) -> None:
    """Raise JobCancelledError once the work was cancelled."""
    if stop():
        raise JobCancelledError("The scan was cancelled.")
