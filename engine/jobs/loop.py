"""The job loop: one thread that takes jobs from the store, one after the other."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import threading
from collections.abc import Callable
from typing import Any

from engine.errors import JobCancelledError, JobNotFoundError, RemoteZeroError
from engine.jobs.host import ModelHost
from engine.jobs.results import Results
from engine.jobs.store import Job, Store
from engine.paths import job_dir
from engine.types import Stop

LOG = logging.getLogger(__name__)
LOOK_AGAIN_S = 1.0

Runner = Callable[[Job, Results, ModelHost, Stop], dict[str, Any]]
"""Runs one job to its result; see :func:`engine.jobs.runs.run_job`."""

Check = Callable[[str, dict[str, Any]], None]
"""Raises InputError for a kind and request that would be run in vain; see :mod:`engine.jobs.precheck`."""


class Jobs:
    """Runs queued jobs in a thread of its own, and frees the model when there have been none for a while."""

    def __init__(self, store: Store, host: ModelHost, run_job: Runner, check: Check | None = None) -> None:
        """Take jobs from ``store`` and run them by ``run_job`` with the model of ``host``.

        What ``check`` refuses is not queued.
        """
        self.store = store
        self.results = Results(store)
        self.host = host
        self._run_job = run_job
        self._check = check
        self._news = threading.Event()
        self._closing = threading.Event()
        self._stop_job = threading.Event()
        self._lock = threading.Lock()
        self._running: str | None = None
        self._thread = threading.Thread(target=self._loop, name="jobs", daemon=True)

    def start(self) -> None:
        """Mark what a stopped engine left running as interrupted, and begin."""
        self.store.interrupt_running()
        self._thread.start()

    def close(self, timeout_s: float = 10.0) -> bool:
        """Stop the running job (it can be resumed) and end the thread; false where that did not end in time."""
        self._closing.set()
        self._stop_job.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        self.store.interrupt_running()
        return not self._thread.is_alive()

    def submit(self, kind: str, request: dict[str, Any]) -> Job:
        """Queue a job; raises JobLimitError, or InputError where it would be run in vain."""
        if self._check is not None:
            self._check(kind, request)
        job = self.store.submit(kind, request)
        self._news.set()
        return job

    def resume(self, job_id: str) -> Job:
        """Queue a failed or cancelled job again; raises JobNotFoundError or JobStateError."""
        job = self.store.resume(job_id)
        self._news.set()
        return job

    def cancel(self, job_id: str) -> Job:
        """Cancel a job; from now on nothing more is written to it, and the model stops within a token."""
        with self._lock:
            job = self.store.cancel(job_id)
            if self._running == job_id:
                self._stop_job.set()
        return job

    def delete(self, job_id: str) -> None:
        """Forget a job, all it found, and its working folder; raises JobNotFoundError or JobStateError."""
        with self._lock:
            self.store.delete(job_id)
            working = self._running == job_id
        if not working:
            shutil.rmtree(job_dir(job_id), ignore_errors=True)

    def busy(self) -> bool:
        """Tell whether a job runs."""
        return self._running is not None

    def idle(self) -> bool:
        """Tell whether no job runs and none waits."""
        return not self.busy() and self.store.queued() == 0

    def _loop(self) -> None:
        while not self._closing.is_set():
            self._news.clear()
            try:
                job = self._begin()
                if job is None:
                    self.host.free_when_idle()
                    self._news.wait(LOOK_AGAIN_S)
                else:
                    self._run(job)
                    self._sweep(job.id)
            except sqlite3.Error:
                LOG.exception("The job database can't be written; trying again soon.")
                self._closing.wait(5 * LOOK_AGAIN_S)
            finally:
                self._running = None

    def _begin(self) -> Job | None:
        with self._lock:
            self.store.interrupt_running()
            job = self.store.begin_next()
            if job is not None:
                self._running = job.id
                if not self._closing.is_set():
                    self._stop_job.clear()
        return job

    def _sweep(self, job_id: str) -> None:
        """Remove the folder of a job that was deleted while its trainer was still on its way out."""
        with self._lock:
            self._running = None
            try:
                self.store.job(job_id)
            except JobNotFoundError:
                shutil.rmtree(job_dir(job_id), ignore_errors=True)

    def _run(self, job: Job) -> None:
        try:
            result = self._run_job(job, self.results, self.host, self._stop_job.is_set)
        except JobCancelledError:
            LOG.info("Job %s was stopped.", job.id)
        except RemoteZeroError as error:
            LOG.warning("Job %s failed: %s", job.id, error)
            self.store.finish(job.id, "failed", error={"type": type(error).__name__, "message": str(error)})
        except Exception as error:  # the loop must outlive whatever a job runs into
            LOG.exception("Job %s failed unexpectedly.", job.id)
            message = (
                f"Something unexpected went wrong: {type(error).__name__}: {error}. "
                "Run `remotezero doctor` and report it; resume the job to try again."
            )
            self.store.finish(job.id, "failed", error={"type": "InternalError", "message": message})
        else:
            self.store.finish(job.id, "done", result=result)
