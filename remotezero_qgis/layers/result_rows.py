"""The boxes of one run, however many: what they are sorted by in memory, whole rows read when looked at."""

from __future__ import annotations

import heapq
import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qgis.core import QgsGeometry

from ..errors import EngineError
from ..i18n import tr
from .detections import (
    ACCEPTED,
    CAMERA_COLUMNS,
    CHANGE_COLUMNS,
    COLUMNS,
    EDITED,
    REJECTED,
    UNDECIDED,
    VERIFIER_COLUMNS,
    Detection,
    from_values,
)
from .results_file import quoted, sqlite_uri

VERDICTS = (UNDECIDED, ACCEPTED, REJECTED)
"""A verdict's place in here is its number in :attr:`ResultRows.verdicts`."""
SORTED_BY = ("rank", "score", "size", "label", "query", "source")
KEPT_ROWS = 2000
ROWS_A_READ, ROWS_A_SORT = 500, 5000
# A page is read on the main thread, which must not wait for a file that another program is writing to.
PATIENCE_S, WORKER_PATIENCE_S = 0.03, 10.0
_INDEXED = (
    "rank", "score", "width_m", "height_m", "label", "query", "source", "verdict", "edited", "change",
)  # fmt: skip
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)


class RowsError(EngineError, OSError):
    """The table of a result layer can't be read."""


@dataclass(frozen=True)
class RowFilter:
    """Which boxes are wanted.

    Attributes:
        minimum: the lowest score.
        verdict, query, change, source: of one verdict, question, change and raster only; None for any.
        minimums: the lowest score by question, where questions have their own.
    """

    minimum: float = 0.0
    verdict: str | None = None
    query: str | None = None
    change: str | None = None
    source: str | None = None
    minimums: Mapping[str, float] = field(default_factory=dict)


class Words:
    """A column of texts of which few are different, as numbers."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.codes = array("l")
        self._known: dict[str, int] = {}

    def append(self, text: str) -> None:
        """Add one text."""
        code = self._known.setdefault(text, len(self.names))
        if code == len(self.names):
            self.names.append(text)
        self.codes.append(code)

    def code(self, text: str) -> int:
        """Return a text's number, -1 for one that is not there."""
        return self._known.get(text, -1)

    def sort_keys(self) -> array[int]:
        """Return for each text its place in the alphabet of all of them."""
        by_name = sorted(range(len(self.names)), key=lambda code: self.names[code].casefold())
        place = {code: position for position, code in enumerate(by_name)}
        return array("l", map(place.__getitem__, self.codes))


class ResultRows:
    """Columns of all boxes of a run, best first, and the way to their whole rows.

    A *place* is a box's number in here, from 0. Made in any thread, then used in one.

    Args:
        path, table: the GeoPackage that has the boxes; without them only those given with :meth:`add`.

    Attributes:
        fids: ids of the features in the table, -1 for boxes that are in none.
        scores, sizes, ranks: by place; sizes in square metres.
        verdicts: by place, as numbers (:data:`VERDICTS`). They count, whatever the file says.
        labels, queries, sources, changes: by place.
        edited: places of the boxes that were drawn anew and not verified since.
        rows_read: how many rows have been read from the file so far.
    """

    def __init__(self, path: Path | None = None, table: str = "") -> None:
        self._path, self._table = path, table
        self.fids, self.ranks = array("q"), array("q")
        self.scores, self.sizes = array("d"), array("d")
        self.verdicts = bytearray()
        self.labels, self.queries = Words(), Words()
        self.sources, self.changes = Words(), Words()
        self.edited: set[int] = set()
        self.rows_read = 0
        self._kept: OrderedDict[int, Detection] = OrderedDict()
        self._held: list[Detection] = []
        self._ids: set[str] = set()
        self._by_size: list[int] = []

    def __len__(self) -> int:
        return len(self.fids)

    @classmethod
    def read(cls, path: Path, table: str) -> ResultRows:
        """Read the columns of a written table; for a worker thread.

        Raises:
            RowsError: the file or the table can't be read.
        """
        rows = cls(path, table)
        try:
            with closing(_open(path, WORKER_PATIENCE_S)) as database:
                order = ["rank", "rowid"] if "rank" in _columns(database, table) else ["rowid"]
                for values in _select(database, table, _INDEXED, "ORDER BY " + ", ".join(order)):
                    rows._append(*values)
        except sqlite3.Error as error:
            message = tr(
                "The boxes in {path} can't be read ({reason}). Check that the file is still there and that no "
                "other program has locked it, then choose the run again."
            )
            raise RowsError(message.format(path=path, reason=error)) from error
        rows._settle()
        return rows

    @classmethod
    def written(cls, detections: Sequence[Detection], path: Path, table: str) -> ResultRows:
        """Return the columns of boxes that were just written to a new table in this order."""
        rows = cls(path, table)
        for fid, box in enumerate(detections, start=1):
            rows._append_box(fid, box)
        rows._settle()
        return rows

    def add(self, detections: Iterable[Detection]) -> int:
        """Keep boxes of a run that goes on, and return how many of them are new."""
        before = len(self)
        for box in detections:
            if box.id not in self._ids:
                self._ids.add(box.id)
                self._held.append(box)
                self._append_box(-1, box)
        return len(self) - before

    def judge(self, places: Sequence[int], verdicts: bytes) -> bytes:
        """Change the verdicts at places, and return what they were; bytes hold numbers of verdicts."""
        before = bytes(map(self.verdicts.__getitem__, places))
        for place, verdict in zip(places, verdicts):
            self.verdicts[place] = verdict
        return before

    def places_of(self, fids: Iterable[int]) -> list[int]:
        """Return the places of features, in the order of places; unknown ones are left out."""
        wanted = set(fids)
        return [place for place, fid in enumerate(self.fids) if fid in wanted]

    def sort(self, places: list[int], column: str, descending: bool) -> None:
        """Sort places by a column (:data:`SORTED_BY`); quick where most are in order already."""
        if column == "size" and len(places) == len(self._by_size):
            places[:] = reversed(self._by_size) if descending else self._by_size
            return
        keys: Any = {"rank": self.ranks, "score": self.scores, "size": self.sizes}.get(column)
        if keys is None:
            keys = {"label": self.labels, "query": self.queries, "source": self.sources}[column].sort_keys()
        places.sort(key=keys.__getitem__, reverse=descending)

    def filtered(self, places: Iterable[int], wanted: RowFilter) -> list[int]:
        """Return those of the places that a filter lets through, in their order."""
        kept = self._scoring(list(places), wanted)
        if wanted.verdict is not None:
            verdicts, verdict = self.verdicts, VERDICTS.index(wanted.verdict)
            kept = [place for place in kept if verdicts[place] == verdict]
        if wanted.query is not None:
            codes, code = self.queries.codes, self.queries.code(wanted.query)
            kept = [place for place in kept if codes[place] == code]
        if wanted.source is not None:
            codes, code = self.sources.codes, self.sources.code(wanted.source)
            kept = [place for place in kept if codes[place] == code]
        if wanted.change is not None:
            codes, code = self.changes.codes, self.changes.code(wanted.change)
            kept = [place for place in kept if codes[place] == code]
        return kept

    def below(self, wanted: RowFilter) -> int:
        """Return how many boxes score less than a filter wants of them."""
        return len(self) - len(self._scoring(range(len(self)), wanted))

    def _scoring(self, places: Sequence[int], wanted: RowFilter) -> Sequence[int]:
        """Return those of the places that score enough."""
        scores, minimum = self.scores, wanted.minimum
        if wanted.minimums:
            least = [wanted.minimums.get(query, minimum) for query in self.queries.names]
            codes = self.queries.codes
            return [place for place in places if scores[place] >= least[codes[place]]]
        return [place for place in places if scores[place] >= minimum] if minimum > 0 else places

    def kept(self, place: int) -> Detection | None:
        """Return a whole row if it is in memory."""
        if self._held:
            return self._held[place]
        box = self._kept.get(place)
        return None if box is None else self._judged(box, place)

    def fetch(self, places: Sequence[int]) -> bool:
        """Read whole rows for :meth:`kept`, which holds the last ``KEPT_ROWS``; False while the file is busy."""
        if self._held or self._path is None:
            return True
        try:
            with closing(_open(self._path, PATIENCE_S)) as database:
                found = dict(_read(database, self._table, [self.fids[place] for place in places]))
        except sqlite3.Error:
            return False
        self.rows_read += len(found)
        for place in places:
            self._kept[place] = found.get(self.fids[place]) or self.outline(place)
            self._kept.move_to_end(place)
        while len(self._kept) > KEPT_ROWS:
            self._kept.popitem(last=False)
        return True

    def outline(self, place: int) -> Detection:
        """Return what is known of a box without its row: score, rank, label, question, raster and verdict."""
        known = {
            "score": self.scores[place],
            "rank": self.ranks[place],
            "label": self.labels.names[self.labels.codes[place]],
            "query": self.queries.names[self.queries.codes[place]],
            "source": self.sources.names[self.sources.codes[place]],
            "change": self.changes.names[self.changes.codes[place]],
        }
        return self._judged(from_values(known, QgsGeometry()), place)

    def all_of(self, places: Sequence[int]) -> Iterator[Detection]:
        """Read whole rows past the memory, as many as wanted; for a worker thread.

        Raises:
            RowsError: the file can't be read.
        """
        if self._held or self._path is None:
            yield from (self._held[place] for place in places)
            return
        try:
            with closing(_open(self._path, WORKER_PATIENCE_S)) as database:
                for first in range(0, len(places), ROWS_A_READ):
                    part = places[first : first + ROWS_A_READ]
                    found = dict(_read(database, self._table, [self.fids[place] for place in part]))
                    yield from (
                        self._judged(found[self.fids[place]], place)
                        for place in part
                        if self.fids[place] in found
                    )
        except sqlite3.Error as error:
            message = tr(
                "The boxes in {path} can't be read ({reason}). Close what has the file open, then try again."
            )
            raise RowsError(message.format(path=self._path, reason=error)) from error

    def _judged(self, box: Detection, place: int) -> Detection:
        verdict = VERDICTS[self.verdicts[place]]
        return box if box.verdict == verdict else replace(box, verdict=verdict)

    def _settle(self) -> None:
        """Sort by size now, in a worker thread: alone among the columns it has nothing to do with the file's order.

        In pieces, because a sort lets no other thread work until it has ended.
        """
        key, count = self.sizes.__getitem__, len(self)
        pieces = [
            sorted(range(first, min(count, first + ROWS_A_SORT)), key=key)
            for first in range(0, count, ROWS_A_SORT)
        ]
        self._by_size = list(heapq.merge(*pieces, key=key))

    def _append_box(self, fid: int, box: Detection) -> None:
        sides = (box.width_m, box.height_m)
        words = (box.label, box.query, box.source, box.verdict, box.edited, box.change)
        self._append(fid, box.rank, box.score, *sides, *words)

    def _append(self, fid, rank, score, width_m, height_m, *words) -> None:
        label, query, source, verdict, edited, change = words
        if edited == EDITED:
            self.edited.add(len(self.fids))
        self.fids.append(fid)
        self.ranks.append(rank or 0)
        self.scores.append(score or 0.0)
        self.sizes.append((width_m or 0.0) * (height_m or 0.0))
        self.verdicts.append(VERDICTS.index(verdict) if verdict in VERDICTS else 0)
        self.labels.append(label or "")
        self.queries.append(query or "")
        self.sources.append(source or "")
        self.changes.append(change or "")


def _open(path: Path, patience_s: float) -> sqlite3.Connection:
    """Open for reading; unlike QGIS's own classes, sqlite3 lets the main thread work meanwhile."""
    return sqlite3.connect(f"{sqlite_uri(path)}?mode=ro", uri=True, timeout=patience_s)


def _columns(database: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in database.execute("SELECT * FROM pragma_table_info(?)", (table,))}


def _select(
    database: sqlite3.Connection, table: str, names: Sequence[str], tail: str, values: Sequence[Any] = ()
) -> sqlite3.Cursor:
    """Select the feature id and columns; those that the user removed are NULL."""
    there = _columns(database, table)
    columns = ", ".join(["rowid", *(quoted(name) if name in there else "NULL" for name in names)])
    return database.execute(" ".join(("SELECT", columns, "FROM", quoted(table), tail)), values)


def _read(database: sqlite3.Connection, table: str, fids: Sequence[int]) -> Iterator[tuple[int, Detection]]:
    found = database.execute(
        "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (table,)
    ).fetchone()
    columns = (*COLUMNS, *CHANGE_COLUMNS, *CAMERA_COLUMNS, *VERIFIER_COLUMNS)
    names = (*columns, found[0] if found else "geom")
    marks = ", ".join("?" * len(fids))
    for fid, *values, blob in _select(database, table, names, f"WHERE rowid IN ({marks})", fids):
        yield fid, from_values(dict(zip(columns, values)), _geometry(blob))


def _geometry(blob: bytes | None) -> QgsGeometry:
    """Read a GeoPackage's binary: a header of eight bytes, an envelope whose kind the flags name, and WKB."""
    geometry = QgsGeometry()
    if blob:
        geometry.fromWkb(blob[8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7] :])
    return geometry
