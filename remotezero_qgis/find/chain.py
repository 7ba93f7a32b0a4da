"""The same questions over many rasters, one job of the engine after the other; what was finished is not asked twice."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..connection.client import EngineClient
from ..connection.job_task import JobFollower
from ..connection.process import Launch, Stop, ensure_engine
from ..connection.wire import Endpoint, Event, Job, Model
from ..errors import EngineError, EngineRefusedError, EngineUnreachableError, RunCancelledError
from ..i18n import tr

ASKED_FILE = "asked.sqlite"
ENDS_ALL = (
    "ModelError", "ModelMemoryError", "NotUnderstoodError", "ServerError", "HubError", "AdapterError", "RegistryError",
    "StoreError", "JobLimitError",
)  # fmt: skip
"""Classes of the engine's errors that the next raster would meet as well."""


class Asked:
    """Which job of the engine has which question over which raster, kept in the data folder.

    A raster that has changed since is another one. Losing the file costs nothing but asking again.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / ASKED_FILE

    def job_of(self, request: Mapping[str, Any]) -> str:
        """Return the id of the job that was asked this, "" for none."""
        with suppress(sqlite3.Error, OSError), closing(self._open()) as database:
            row = database.execute("SELECT job FROM asked WHERE key = ?", (_key(request),)).fetchone()
            return str(row[0]) if row else ""
        return ""

    def note(self, request: Mapping[str, Any], job_id: str) -> None:
        """Remember the job that was asked this."""
        with suppress(sqlite3.Error, OSError), closing(self._open()) as database, database:
            database.execute("INSERT OR REPLACE INTO asked VALUES (?, ?)", (_key(request), job_id))

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(str(self._path), timeout=10.0)
        database.execute("CREATE TABLE IF NOT EXISTS asked (key TEXT PRIMARY KEY, job TEXT NOT NULL)")
        return database


def _key(request: Mapping[str, Any]) -> str:
    stamp: list[int] = []
    with suppress(OSError):
        seen = os.stat(str(request.get("raster")))
        stamp = [seen.st_size, seen.st_mtime_ns]
    text = json.dumps([request, stamp], sort_keys=True, default=list)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Answer:
    """What one raster gave.

    Attributes:
        job: the engine's job as it ended; None when it never got that far.
        collection: its boxes as GeoJSON in the raster's CRS, with ``crs_wkt``; {} when there are none to be had.
        known: it had been finished before, and was not asked again.
        reason: why it could not be searched, "" where it was.
    """

    job: Job | None = None
    collection: Mapping[str, Any] | None = None
    known: bool = False
    reason: str = ""


class Chain:
    """Asks rasters one after the other; used in one worker thread, woken up from any.

    Args:
        launch: how to come by an engine.
        stop: asked many times a second; True ends the following.
        announce: given a sentence when the engine died and is being started again.
        again: ask also what was finished before.
    """

    def __init__(
        self, launch: Launch, stop: Stop, announce: Callable[[str], None], again: bool = False
    ) -> None:
        self._launch, self._stop, self._announce, self._again = launch, stop, announce, again
        self._asked = Asked(launch.home)
        self._follower: JobFollower | None = None
        self._models: list[Model] | None = None
        self._first: Endpoint | None = None

    @property
    def client(self) -> EngineClient | None:
        """The engine that has the job now."""
        return self._follower.client if self._follower is not None else None

    def wake(self) -> None:
        """Make a raster that is waited for look at ``stop`` at once; safe in any thread."""
        follower = self._follower
        if follower is not None:
            follower.wake()

    def ask(
        self,
        request: Mapping[str, Any],
        watch: Callable[[Event], None],
        queued: Callable[[Job], None] = lambda _: None,
    ) -> Answer:
        """Have one raster searched, or take what an earlier run found in it.

        Args:
            request: of a ``locate`` job.
            watch: given each event.
            queued: given the job when the engine has it.

        Returns:
            The answer; a raster that can't be searched is one with a reason.

        Raises:
            RunCancelledError: ``stop()`` became true; :meth:`cancel` then ends the engine's job.
            EngineError: what the next raster would meet as well.
        """
        request = self._exact(request)
        before = self._follower.client.endpoint if self.client is not None else self._first
        follower = self._follower = JobFollower(self._launch, self._stop, self._announce, before)
        try:
            job, known = self._begin(follower, request)
        except EngineRefusedError as error:
            if error.status >= 500 or error.kind in ENDS_ALL or error.status in (401, 403):
                raise
            return Answer(reason=str(error))
        queued(job)
        if known:
            return Answer(job, _features(follower), known=True)
        try:
            for event in follower.events():
                watch(event)
        except EngineUnreachableError as error:
            # It died again and again over this raster, and may well live with the next one.
            return Answer(follower.job, reason=str(error))
        job = follower.job
        if job.state == "failed":
            reason = str(job.error.get("message") or tr("The job ended as {state}.").format(state=job.state))
            if job.error.get("type") in ENDS_ALL:
                raise EngineError(reason)
            return Answer(job, reason=reason)
        if job.state == "cancelled":
            raise RunCancelledError(tr("Cancelled."))
        return Answer(job, _features(follower))

    def cancel(self) -> Answer:
        """End the job of the raster that is being searched, and return what was found in it so far."""
        follower = self._follower
        if follower is None or follower.job is None:
            return Answer()
        if not follower.job.ended:
            follower.cancel_job()
        return Answer(follower.job, follower.client.features(follower.job.id))

    def _exact(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Name the models and the adapters that will be asked: with others, nothing was asked yet."""
        if self._models is None:
            client = ensure_engine(self._launch, self._stop)
            self._models, self._first = client.models(), client.endpoint
        exact = dict(request)
        for role, adapter in (("model", "adapter"), ("verifier", "verifier_adapter")):
            name = request.get(role)
            by_default = role == "model" and name is None
            asked = (one for one in self._models if one.name == name or (by_default and one.default))
            model = next(asked, None)
            if model is None:
                continue
            exact[role] = model.name
            if adapter not in request and model.current is not None:
                exact[adapter] = model.in_use.text
        return exact

    def _begin(self, follower: JobFollower, request: Mapping[str, Any]) -> tuple[Job, bool]:
        """Take up the job of an earlier run, else queue a new one; also whether it is finished already."""
        job_id = "" if self._again else self._asked.job_of(request)
        if job_id:
            try:
                job = follower.begin(_never, job_id, resume=True)
                return job, job.state == "done"
            except EngineRefusedError as error:
                if error.status not in (404, 409):
                    raise
        job = follower.begin(lambda client: client.create_job("locate", dict(request)))
        self._asked.note(request, job.id)
        return job, False


def _features(follower: JobFollower) -> dict[str, Any]:
    return follower.surviving(lambda client: client.features(follower.job.id))


def _never(_client: EngineClient) -> Job:
    raise EngineError(tr("The engine has lost this job. Start the run again."))
