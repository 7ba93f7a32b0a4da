"""A damaged job database: what is wrong with it, and a new one with all of it that can still be trusted.

The damaged file is put aside, never removed. A row is taken over when it can be read and is what the
engine would have written. A job whose findings are not all there any more is not shown as done.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

THOROUGH_BYTES = 200 * 2**20
"""Up to this size all of a database is looked at when it is opened, beyond it only the table of jobs."""

SIDE_FILES = ("-wal", "-shm", "-journal")


def _object(column: str, *keys: str) -> str:
    """SQL that holds where a column is the text of a JSON object that has ``keys``."""
    has = "".join(f" AND json_type({column}, '$.{key}') IS NOT NULL" for key in keys)
    # The cases are looked at in turn: json_type must not see what is no JSON.
    return (
        f"CASE WHEN typeof({column}) != 'text' THEN 0 WHEN NOT json_valid({column}) THEN 0 "
        f"ELSE json_type({column}) = 'object'{has} END"
    )


def _or_null(column: str, rule: str) -> str:
    return f"({column} IS NULL OR {rule})"


def _text(*columns: str) -> str:
    return " AND ".join(f"typeof({column}) = 'text'" for column in columns)


def _count(column: str) -> str:
    return f"(typeof({column}) = 'integer' AND {column} >= 0)"


_ERROR = _object("error", "type", "message")
RULES = {
    "jobs": " AND ".join(
        (
            _text("id", "created"),
            "length(id) BETWEEN 1 AND 80",
            "kind IN ('locate', 'verify', 'compare', 'improve', 'get', 'add', 'export')",
            "state IN ('queued', 'running', 'done', 'cancelled', 'failed')",
            _object("request"),
            _or_null("started", _text("started")),
            _or_null("finished", _text("finished")),
            _count("done"),
            _or_null("total", _count("total")),
            _or_null(
                "seconds_left", "abs(seconds_left) < 1e15 AND typeof(seconds_left) IN ('real', 'integer')"
            ),
            _or_null("crs_wkt", _text("crs_wkt")),
            _or_null("result", _object("result")),
            _or_null("error", _ERROR),
            "(state != 'done' OR result IS NOT NULL)",
            "(state != 'failed' OR error IS NOT NULL)",
            "typeof(queued_at) = 'integer'",
        )
    ),
    "events": " AND ".join(
        (
            "job_id IN (SELECT id FROM jobs)",
            _count("seq"),
            "type IN ('state', 'progress', 'detection', 'round', 'log')",
            _object("data"),
        )
    ),
    "windows": f"job_id IN (SELECT id FROM jobs) AND {_count('window')} AND {_object('report')}",
    "detections": " AND ".join(
        (
            "job_id IN (SELECT id FROM jobs)",
            _text("id"),
            _count("position"),
            _object("detection", "xyxy_src", "window", "score"),
            _object("feature", "geometry", "properties"),
            _or_null("crop", "typeof(crop) = 'blob'"),
        )
    ),
    "features": " AND ".join(
        (
            "job_id IN (SELECT id FROM jobs)",
            _text("id"),
            _count("rank"),
            _object("feature", "geometry", "properties"),
            _or_null("crop", "typeof(crop) = 'blob'"),
        )
    ),
}
"""What the engine would have written, as a condition on a row of each table."""


def damage(connection: sqlite3.Connection, path: Path, schema: str) -> str | None:
    """Say what is wrong with an open database, None where nothing is.

    Raises:
        sqlite3.Error: it can't be read; see :func:`is_damage`.
    """
    thorough = path.stat().st_size <= THOROUGH_BYTES
    if _columns(connection) != _columns_of(schema):
        return "its tables are not those of this engine"
    check = "PRAGMA quick_check(1)" if thorough else "PRAGMA quick_check('jobs')"
    if (found := connection.execute(check).fetchone()[0]) != "ok":
        return str(found).splitlines()[-1]
    for table in RULES if thorough else ("jobs",):
        wrong = connection.execute(f"SELECT count(*) FROM {table} WHERE NOT coalesce({RULES[table]}, 0)")
        if rows := wrong.fetchone()[0]:
            return f"{rows} of its {table} can't be read"
    return None


def is_damage(error: sqlite3.Error, *, opening: bool = False) -> bool:
    """Tell whether an error means a damaged file, and not a full disk or the like.

    Args:
        error: what SQLite said.
        opening: it came up while tables were looked at that must be there; later that would be a mistake of ours.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return False
    damaged = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
    return code & 0xFF in (damaged | {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA} if opening else damaged)


def put_aside(path: Path) -> Path:
    """Move a database and the files beside it to a name that says so; returns that name."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}-damaged-{stamp}-{number}{path.suffix}")
    for ending in SIDE_FILES:
        side = path.with_name(path.name + ending)
        if side.exists():
            side.replace(aside.with_name(aside.name + ending))
    path.replace(aside)
    return aside


def put_back(aside: Path, path: Path) -> None:
    """Undo :func:`put_aside`: the new database could not be made, and nothing is in it."""
    for ending in ("", *SIDE_FILES):
        here, there = path.with_name(path.name + ending), aside.with_name(aside.name + ending)
        here.unlink(missing_ok=True)
        if there.exists():
            there.replace(here)


def take_over(aside: Path, fresh: sqlite3.Connection) -> int:
    """Copy what can be trusted of a damaged database into a new, empty one; returns how many jobs that was."""
    try:
        damaged = sqlite3.connect(aside, isolation_level=None)
        damaged.text_factory = lambda value: value.decode("utf-8", "replace")
    except sqlite3.Error:
        return 0
    whole = True
    try:
        fresh.execute("BEGIN IMMEDIATE")
        for table, rule in RULES.items():
            whole &= _copy(damaged, fresh, table, rule)
        _own_up(fresh, whole)
        fresh.execute("COMMIT")
    finally:
        if fresh.in_transaction:
            fresh.execute("ROLLBACK")
        with suppress(sqlite3.Error):
            damaged.close()
    return int(fresh.execute("SELECT count(*) FROM jobs").fetchone()[0])


def _copy(damaged: sqlite3.Connection, fresh: sqlite3.Connection, table: str, rule: str) -> bool:
    """Copy a table's rows, from both of its ends where the way is broken; tells whether all were good."""
    columns = [row[1] for row in fresh.execute(f"PRAGMA table_info({table})")]
    keys = [row[1] for row in fresh.execute(f"PRAGMA table_info({table})") if row[5]]
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    seen, whole = 0, True
    for order in ("ASC", "DESC"):
        try:
            by = ", ".join(f"{key} {order}" for key in keys)
            for row in damaged.execute(f"SELECT {names} FROM {table} ORDER BY {by}"):
                seen += 1
                with suppress(sqlite3.IntegrityError):
                    fresh.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", row)
            break
        except sqlite3.Error as error:
            if not is_damage(error, opening=True):
                raise
            whole = False
    fresh.execute(f"DELETE FROM {table} WHERE NOT coalesce({rule}, 0)")
    kept = fresh.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return whole and kept == seen


def _own_up(fresh: sqlite3.Connection, whole: bool) -> None:
    """Have jobs begin anew whose findings may not all be there: nothing is shown as whole that isn't."""
    message = (
        "The job database was damaged, and what this job had found is not all there any more. Resume the job "
        "to look again."
    )
    error = json.dumps({"type": "JobError", "message": message})
    searches = "kind IN ('locate', 'verify', 'compare')"
    lost = (
        f"{searches} AND state = 'done' AND json_type(result, '$.features') = 'integer' "
        "AND json_extract(result, '$.features') != (SELECT count(*) FROM features WHERE job_id = jobs.id)"
    )
    fresh.execute(f"UPDATE jobs SET state = 'failed', result = NULL, error = ? WHERE {lost}", (error,))
    unsure = f"{searches} AND (error = ? OR (state != 'done' AND ?))"
    for table in ("windows", "detections", "features"):
        fresh.execute(
            f"DELETE FROM {table} WHERE job_id IN (SELECT id FROM jobs WHERE {unsure})", (error, not whole)
        )
    fresh.execute(f"UPDATE jobs SET done = 0 WHERE {unsure}", (error, not whole))


def _columns(connection: sqlite3.Connection) -> dict[str, list[tuple[str, str, int]]]:
    """Name, type and place in the key of each column of each table."""
    return {
        table: [(row[1], row[2], row[5]) for row in connection.execute(f"PRAGMA table_info({table})")]
        for table in RULES
    }


def _columns_of(schema: str) -> dict[str, list[tuple[str, str, int]]]:
    model = sqlite3.connect(":memory:")
    model.executescript(schema)
    try:
        return _columns(model)
    finally:
        model.close()
