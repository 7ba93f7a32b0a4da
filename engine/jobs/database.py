"""The SQLite file under the job store: one connection, one lock, write-ahead log.

``synchronous=FULL``: when a transaction returns, its rows survive a killed process and a power cut. The log is
worked into the database after every transaction, so that they survive the loss of the log as well.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.counting import count
from engine.errors import RemoteZeroError, StoreError
from engine.jobs.salvage import SIDE_FILES, damage, is_damage, put_aside, put_back, take_over
from engine.shortage import shortage

LOG = logging.getLogger(__name__)

SCHEMA_VERSION = 1

SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    request TEXT NOT NULL,
    created TEXT NOT NULL,
    started TEXT,
    finished TEXT,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER,
    seconds_left REAL,
    crs_wkt TEXT,
    result TEXT,
    error TEXT,
    queued_at INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS events (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (job_id, seq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS windows (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
    window INTEGER NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (job_id, window)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS detections (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    detection TEXT NOT NULL,
    feature TEXT NOT NULL,
    crop BLOB,
    PRIMARY KEY (job_id, id)
);
CREATE TABLE IF NOT EXISTS features (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    feature TEXT NOT NULL,
    crop BLOB,
    PRIMARY KEY (job_id, id)
);
"""

LATER = """
CREATE TABLE IF NOT EXISTS plans (
    job_id TEXT NOT NULL PRIMARY KEY REFERENCES jobs(id) ON DELETE CASCADE,
    windows INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outlines (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
    box TEXT NOT NULL,
    model TEXT NOT NULL,
    geometry TEXT,
    PRIMARY KEY (job_id, box)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS models (
    job_id TEXT NOT NULL PRIMARY KEY REFERENCES jobs(id) ON DELETE CASCADE,
    identity TEXT NOT NULL
) WITHOUT ROWID;
"""
"""Tables that came later; they are added to what is there."""


class Database:
    """One connection for all threads of the engine, used by one at a time."""

    def __init__(self, path: Path) -> None:
        """Open or make the database at ``path``.

        A damaged one is put aside, and what can be read of it is in the new one.

        Raises:
            StoreError: the disk is full, nothing can be written there, or the database is of a newer engine.
        """
        self.path = path
        self._lock = threading.RLock()
        with self._told():
            try:
                self._connection = _opened(path)
            except _DamagedError as error:
                self._connection = _renewed(path, str(error))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold the connection for one all-or-nothing change; raises StoreError when it can't be written."""
        with self._told(), self._lock, self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """Return all rows of a SELECT; raises StoreError when they can't be read."""
        with self._told(), self._lock:
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: Any) -> sqlite3.Row | None:
        """Return the first row of a SELECT, or None."""
        found = self.rows(query, *values)
        return found[0] if found else None

    def close(self) -> None:
        """Close the file; the database can't be used any more."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the machine or the file lacks into a sentence."""
        try:
            yield
        except sqlite3.IntegrityError:
            raise
        except (sqlite3.DatabaseError, OSError) as error:
            if isinstance(error, RemoteZeroError) or not (sentence := self._sentence(error)):
                raise
            raise StoreError(sentence) from error

    def _sentence(self, error: sqlite3.DatabaseError | OSError) -> str | None:
        if isinstance(error, sqlite3.DatabaseError) and is_damage(error):
            return (
                f"The job database {self.path} is damaged. End the engine and start it again: what can be read "
                "is then taken into a new one, and the damaged file is kept beside it."
            )
        lacking = shortage(error, self.path)
        return f"The job database {self.path} can't be used. {lacking}" if lacking else None


class _DamagedError(Exception):
    """What is wrong with a database."""


def _connected(path: Path) -> sqlite3.Connection:
    """Open or make a database, so that what is committed stands in its own file, whatever becomes of the others."""
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
    connection.row_factory = sqlite3.Row
    # A letter that was damaged is shown as such; it makes no row unreadable.
    connection.text_factory = lambda value: value.decode("utf-8", "replace")
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=1"):
            connection.execute(f"PRAGMA {pragma}")
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version == 0:
            connection.executescript(SCHEMA)
            connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        if 0 <= version <= SCHEMA_VERSION:
            connection.executescript(LATER)
    except sqlite3.Error:
        connection.close()
        raise
    if version < 0:
        connection.close()
        raise _DamagedError(f"it says that it has format {version}")
    if version > SCHEMA_VERSION:
        connection.close()
        raise StoreError(
            f"The job database {path} has format {version} and this engine knows format "
            f"{SCHEMA_VERSION}. Update the engine, or choose another data folder."
        )
    return connection


def _opened(path: Path) -> sqlite3.Connection:
    """Open a database that is whole; raises _DamagedError where it isn't."""
    for ending in ("", *SIDE_FILES):
        file = path.with_name(path.name + ending)
        if file.exists() and not file.is_file():
            raise IsADirectoryError(errno.EISDIR, "is no file", str(file))
    connection = None
    try:
        connection = _connected(path)
        found = damage(connection, path, SCHEMA + LATER)
    except sqlite3.DatabaseError as error:
        if connection is not None:
            connection.close()
        if not is_damage(error, opening=True):
            raise
        raise _DamagedError(str(error)) from error
    if found is not None:
        connection.close()
        raise _DamagedError(found)
    return connection


def _renewed(path: Path, why: str) -> sqlite3.Connection:
    """Put a damaged database aside and make a new one of all that can be read."""
    aside = put_aside(path)
    try:
        connection = _connected(path)
        jobs = take_over(aside, connection)
    except BaseException:
        put_back(aside, path)
        raise
    LOG.warning(
        "The job database was damaged (%s). %s could be read and are in a new one; the damaged file is kept: %s",
        why,
        count(jobs, "job"),
        aside,
    )
    return connection
