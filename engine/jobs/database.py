"""The SQLite file under the job store: one connection, one lock, write-ahead log.

``synchronous=FULL``: when a transaction returns, its rows survive a killed process and a power cut.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.errors import JobError

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
"""


class Database:
    """One connection for all threads of the engine, used by one at a time."""

    def __init__(self, path: Path) -> None:
        """Open or make the database at ``path``; raises JobError when it is damaged or of a newer engine."""
        self.path = path
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(
                path, check_same_thread=False, isolation_level=None, timeout=10
            )
            self._connection.row_factory = sqlite3.Row
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                self._connection.execute(f"PRAGMA {pragma}")
            version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
            if version <= SCHEMA_VERSION:  # tables that came later are added to what is there
                self._connection.executescript(SCHEMA)
                self._connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        except sqlite3.DatabaseError as error:
            raise JobError(
                f"The job database {path} can't be used ({error}). Move it away; "
                "a new one is made at the next start."
            ) from error
        if version > SCHEMA_VERSION:
            raise JobError(
                f"The job database {path} has format {version} and this engine knows format "
                f"{SCHEMA_VERSION}. Update the engine, or choose another data folder."
            )

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold the connection for one all-or-nothing change."""
        with self._lock, self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """Return all rows of a SELECT."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: Any) -> sqlite3.Row | None:
        """Return the first row of a SELECT, or None."""
        found = self.rows(query, *values)
        return found[0] if found else None

    def close(self) -> None:
        """Close the file; the database can't be used any more."""
        with self._lock:
            self._connection.close()
