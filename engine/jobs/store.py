"""Jobs and their events, on disk before anybody is told of them.

A job's state is what the store says: the job loop asks for leave with every write, so a job that
was cancelled can't report anything afterwards, however late its model notices.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from engine.counting import count
from engine.errors import JobCancelledError, JobLimitError, JobNotFoundError, JobStateError
from engine.jobs.database import Database
from engine.jsontext import json_text

State = Literal["queued", "running", "done", "cancelled", "failed"]
WORK_KINDS = ("locate", "verify", "compare", "improve", "evaluate", "scan")
MODEL_KINDS = ("get", "add")
EXPORT_KINDS = ("export",)
KINDS = (*WORK_KINDS, *MODEL_KINDS, *EXPORT_KINDS)
"""What a job can be: work with a model, and bringing one here."""
FINISHED: tuple[State, ...] = ("done", "cancelled", "failed")
MAX_QUEUED = 64
UNITS = {"get": "byte", "add": "byte", "export": "picture", "evaluate": "question"}
"""What the progress of a job counts, where that is no window."""


@dataclass(frozen=True)
class Job:
    """One row of the job table; times are ISO 8601 in UTC, ``seconds_left`` None while unknown."""

    id: str
    kind: str
    state: State
    request: dict[str, Any]
    created: str
    started: str | None
    finished: str | None
    done: int
    total: int | None
    seconds_left: float | None
    crs_wkt: str | None
    result: dict[str, Any] | None
    error: dict[str, str] | None

    def as_json(self) -> dict[str, Any]:
        """Return the job as the wire shows it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "request": self.request,
            "created": self.created,
            "started": self.started,
            "finished": self.finished,
            "progress": {"done": self.done, "total": self.total, "seconds_left": self.seconds_left},
            "result": self.result,
            "error": self.error,
        }


def now() -> str:
    """Return the time of day as the store writes it: ISO 8601, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Store:
    """The job table and the event log.

    Attributes:
        on_change: called (from any thread) after every committed change; set by the service.
    """

    def __init__(self, database: Database, *, max_queued: int = MAX_QUEUED) -> None:
        """Use ``database``; at most ``max_queued`` jobs may wait at once."""
        self.database = database
        self.max_queued = max_queued
        self.on_change: Callable[[], None] = lambda: None

    def submit(self, kind: str, request: dict[str, Any]) -> Job:
        """Put a job at the end of the queue; raises JobLimitError when the queue is full."""
        job_id = secrets.token_hex(6)
        with self.database.transaction() as rows:
            waiting = rows.execute("SELECT count(*) FROM jobs WHERE state = 'queued'").fetchone()[0]
            if waiting >= self.max_queued:
                raise JobLimitError(
                    f"{count(waiting, 'job is', 'jobs are')} waiting and {self.max_queued} is the limit. "
                    "Wait for one to finish, or cancel one."
                )
            rows.execute(
                "INSERT INTO jobs (id, kind, state, request, created, queued_at) "
                "VALUES (?, ?, 'queued', ?, ?, (SELECT coalesce(max(queued_at), 0) + 1 FROM jobs))",
                (job_id, kind, json_text(request), now()),
            )
            append_event(rows, job_id, "state", {"state": "queued"})
        self.on_change()
        return self.job(job_id)

    def job(self, job_id: str) -> Job:
        """Return one job; raises JobNotFoundError."""
        row = self.database.row("SELECT * FROM jobs WHERE id = ?", job_id)
        if row is None:
            raise JobNotFoundError(f"There is no job {job_id[:80]!r}. GET /v1/jobs lists the jobs there are.")
        return _job(row)

    def state(self, job_id: str) -> State | None:
        """Return the state of a job, None when there is no such job."""
        row = self.database.row("SELECT state FROM jobs WHERE id = ?", job_id)
        return row["state"] if row else None

    def jobs(self) -> list[Job]:
        """Return all jobs, the newest first."""
        return [_job(row) for row in self.database.rows("SELECT * FROM jobs ORDER BY number DESC")]

    def queued(self) -> int:
        """Return how many jobs wait."""
        row = self.database.row("SELECT count(*) AS waiting FROM jobs WHERE state = 'queued'")
        return int(row["waiting"]) if row else 0

    def begin_next(self, kinds: Sequence[str] = KINDS) -> Job | None:
        """Mark the job of these kinds that waited longest as running and return it; None when none waits."""
        with self.database.transaction() as rows:
            row = rows.execute(
                "SELECT id FROM jobs WHERE state = 'queued' AND kind IN (SELECT value FROM json_each(?)) "
                "ORDER BY queued_at LIMIT 1",
                (json.dumps(kinds),),
            ).fetchone()
            if row is None:
                return None
            rows.execute(
                "UPDATE jobs SET state = 'running', started = coalesce(started, ?) WHERE id = ?",
                (now(), row["id"]),
            )
            append_event(rows, row["id"], "state", {"state": "running"})
        self.on_change()
        return self.job(row["id"])

    def finish(
        self,
        job_id: str,
        state: State,
        *,
        result: dict[str, Any] | None = None,
        error: dict[str, str] | None = None,
    ) -> bool:
        """End a queued or running job; returns False, changing nothing, when it has ended already."""
        with self.database.transaction() as rows:
            changed = rows.execute(
                "UPDATE jobs SET state = ?, finished = ?, seconds_left = NULL, result = ?, error = ? "
                "WHERE id = ? AND state IN ('queued', 'running')",
                (state, now(), _dumped(result), _dumped(error), job_id),
            ).rowcount
            if changed:
                data = {"state": state, "result": result, "error": error}
                append_event(rows, job_id, "state", {k: v for k, v in data.items() if v is not None})
        self.on_change()
        return bool(changed)

    def cancel(self, job_id: str) -> Job:
        """Cancel a queued or running job at once; raises JobStateError when it has ended."""
        job = self.job(job_id)
        if not self.finish(job_id, "cancelled"):
            state = self.job(job_id).state
            raise JobStateError(
                f"Job {job.id} is {state} already. Only queued and running jobs can be cancelled."
            )
        return self.job(job_id)

    def resume(self, job_id: str) -> Job:
        """Queue a failed or cancelled job again, keeping what it found; others are left as they are.

        Raises:
            JobStateError: the job is done.
        """
        job = self.job(job_id)
        if job.state == "done":
            raise JobStateError(f"Job {job.id} is done. Submit a new one to run it again.")
        with self.database.transaction() as rows:
            changed = rows.execute(
                "UPDATE jobs SET state = 'queued', finished = NULL, error = NULL, result = NULL, "
                "queued_at = (SELECT max(queued_at) + 1 FROM jobs) "
                "WHERE id = ? AND state IN ('failed', 'cancelled')",
                (job_id,),
            ).rowcount
            if changed:
                append_event(rows, job_id, "state", {"state": "queued"})
        self.on_change()
        return self.job(job_id)

    def delete(self, job_id: str) -> None:
        """Forget a job and all it found; raises JobStateError while it runs."""
        job = self.job(job_id)
        with self.database.transaction() as rows:
            gone = rows.execute("DELETE FROM jobs WHERE id = ? AND state != 'running'", (job_id,)).rowcount
        if not gone:
            raise JobStateError(f"Job {job.id} is running. Cancel it first, then delete it.")
        self.on_change()

    def interrupt_running(self, kinds: Sequence[str] = KINDS) -> None:
        """Mark jobs of these kinds that a stopped engine left running as failed, so that they can be resumed."""
        for row in self.database.rows("SELECT id, kind, done, total FROM jobs WHERE state = 'running'"):
            if row["kind"] not in kinds:
                continue
            unit = UNITS.get(row["kind"], "window")
            share = f"{row['done']} of {count(row['total'], unit)}" if row["total"] else "nothing"
            message = (
                f"The engine stopped while this job ran, with {share} done. Resume it to go on from there."
            )
            self.finish(row["id"], "failed", error={"type": "JobInterruptedError", "message": message})

    def report(self, job_id: str, kind: str, data: dict[str, Any]) -> None:
        """Append an event to a running job; raises JobCancelledError when it no longer runs."""
        with self.database.transaction() as rows:
            require_running(rows, job_id)
            append_event(rows, job_id, kind, data)
        self.on_change()

    def note_progress(self, job_id: str, done: int, total: int | None, seconds_left: float | None) -> None:
        """Keep how far a running job is; raises JobCancelledError when it no longer runs."""
        with self.database.transaction() as rows:
            require_running(rows, job_id)
            rows.execute(
                "UPDATE jobs SET done = ?, total = ?, seconds_left = ? WHERE id = ?",
                (done, total, seconds_left, job_id),
            )
        self.on_change()

    def events(self, job_id: str, after: int = 0) -> list[dict[str, Any]]:
        """Return the events of a job whose ``seq`` is above ``after``, in order."""
        found = self.database.rows(
            "SELECT seq, type, data FROM events WHERE job_id = ? AND seq > ? ORDER BY seq LIMIT 1000",
            job_id,
            after,
        )
        return [{"seq": row["seq"], "type": row["type"], "data": json.loads(row["data"])} for row in found]


def require_running(rows: sqlite3.Connection, job_id: str) -> None:
    """Raise JobCancelledError, inside the caller's transaction, unless the job runs."""
    row = rows.execute("SELECT state FROM jobs WHERE id = ?", (job_id,)).fetchone()
    if row is None or row["state"] != "running":
        raise JobCancelledError(
            f"Job {job_id} is {row['state'] if row else 'deleted'}; nothing more is written to it."
        )


def append_event(rows: sqlite3.Connection, job_id: str, kind: str, data: dict[str, Any]) -> None:
    """Append one event, inside the caller's transaction, with the job's next ``seq`` (from 1)."""
    rows.execute(
        "INSERT INTO events (job_id, seq, type, data) "
        "SELECT ?, coalesce(max(seq), 0) + 1, ?, ? FROM events WHERE job_id = ?",
        (job_id, kind, json_text(data), job_id),
    )


def set_progress(
    rows: sqlite3.Connection, job_id: str, done: int, total: int | None, seconds_left: float | None
) -> None:
    """Note and report progress, inside the caller's transaction."""
    rows.execute(
        "UPDATE jobs SET done = ?, total = ?, seconds_left = ? WHERE id = ?",
        (done, total, seconds_left, job_id),
    )
    append_event(rows, job_id, "progress", {"done": done, "total": total, "seconds_left": seconds_left})


def _dumped(value: Any) -> str | None:
    return None if value is None else json_text(value)


def _job(row: sqlite3.Row) -> Job:
    values = {name: row[name] for name in Job.__dataclass_fields__}
    for name in ("request", "result", "error"):
        values[name] = json.loads(values[name]) if values[name] else None
    return Job(**values)
