"""Runs one job in this process, for the command line: the engine's own code over a store of its own."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from engine.database import Database
from engine.errors import JobCancelledError
from engine.host import Loader, ModelHost
from engine.results import Results
from engine.runs import Run, run_job
from engine.store import Job, Store
from engine.types import Feature


@dataclass(frozen=True)
class Outcome:
    """What a finished job gave."""

    result: dict[str, Any]
    collection: dict[str, Any]

    @property
    def features(self) -> list[Feature]:
        """The findings, best first."""
        return [Feature(f["geometry"], f["properties"]) for f in self.collection["features"]]


def run_here(kind: str, request: dict[str, Any], load: Loader, watch: Callable[[Job], None]) -> Outcome:
    """Run one job to its end.

    Args:
        kind: as on the wire.
        request: as on the wire.
        load: loads the model.
        watch: told the state of the job after every change.

    Raises:
        JobCancelledError: the user interrupted it.
        RemoteZeroError: whatever else went wrong.
    """
    with tempfile.TemporaryDirectory(prefix="remotezero-") as folder, interruptible() as stop:
        database = Database(Path(folder) / "job.sqlite")
        store = Store(database)
        host = ModelHost(load)
        try:
            job_id = store.submit(kind, request).id
            job = store.begin_next()
            if job is None:
                raise JobCancelledError("The job was cancelled before it began.")
            store.on_change = lambda: watch(store.job(job_id))
            results = Results(store)
            result = run_job(Run(job, results, host, stop))
            store.finish(job_id, "done", result=result)
            return Outcome(result, results.features(job_id))
        finally:
            host.free()
            database.close()


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Turn Ctrl-C into a question that long work asks; a second one interrupts at once."""
    asked = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = signal.signal(signal.SIGINT, note)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
