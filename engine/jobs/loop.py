"""The job loop: takes jobs from the store, one after the other; models are got beside the work with one."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import threading
from collections.abc import Callable
from typing import Any

from engine.errors import JobCancelledError, JobNotFoundError, RemoteZeroError, StoreError
from engine.jobs.host import ModelHost
from engine.jobs.results import Results
from engine.jobs.store import EXPORT_KINDS, FINISHED, MODEL_KINDS, WORK_KINDS, Job, Store
from engine.paths import job_dir
from engine.types import Stop

LOG = logging.getLogger(__name__)
LOOK_AGAIN_S = 1.0

Runner = Callable[[Job, Results, ModelHost, Stop], dict[str, Any]]
"""Runs one job to its result; see :func:`engine.jobs.runs.run_job`."""

Check = Callable[[str, dict[str, Any]], None]
"""Raises InputError for a kind and request that would be run in vain; see :mod:`engine.jobs.precheck`."""


class _Lane:
    """Jobs of some kinds, run one after the other in a thread of their own."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self.kinds = kinds
        self.news = threading.Event()
        self.stop_job = threading.Event()
        self.running: str | None = None
        self.thread: threading.Thread | None = None


class Jobs:
    """Runs queued jobs, and frees the model when there have been none for a while.

    There are three lanes, in each of which one job runs at a time: work with a model; the bringing of models,
    which may take hours; and exports. The last two need no memory worth speaking of.
    """

    def __init__(self, store: Store, host: ModelHost, run_job: Runner, check: Check | None = None) -> None:
        """Take jobs from ``store`` and run them by ``run_job`` with the model of ``host``.

        What ``check`` refuses is not queued.
        """
        self.store = store
        self.results = Results(store)
        self.host = host
        self._run_job = run_job
        self._check = check
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._work = _Lane(WORK_KINDS)
        self._lanes = (self._work, _Lane(MODEL_KINDS), _Lane(EXPORT_KINDS))

    def start(self) -> None:
        """Mark what a stopped engine left running as interrupted, and begin."""
        self.store.interrupt_running()
        for lane in self._lanes:
            lane.thread = threading.Thread(target=self._loop, args=(lane,), name="jobs", daemon=True)
            lane.thread.start()

    def close(self, timeout_s: float = 10.0) -> bool:
        """Stop the running jobs (they can be resumed) and end the threads; false where one did not end in time."""
        self._closing.set()
        for lane in self._lanes:
            lane.stop_job.set()
            lane.news.set()
        for lane in self._lanes:
            if lane.thread is not None and lane.thread.is_alive():
                lane.thread.join(timeout_s)
        self.store.interrupt_running()
        return not any(lane.thread is not None and lane.thread.is_alive() for lane in self._lanes)

    def submit(self, kind: str, request: dict[str, Any]) -> Job:
        """Queue a job; raises JobLimitError, or InputError where it would be run in vain."""
        if self._check is not None:
            self._check(kind, request)
        job = self.store.submit(kind, request)
        self._tell()
        return job

    def resume(self, job_id: str) -> Job:
        """Queue a failed or cancelled job again; raises JobNotFoundError or JobStateError."""
        job = self.store.resume(job_id)
        self._tell()
        return job

    def cancel(self, job_id: str) -> Job:
        """Cancel a job; from now on nothing more is written to it, and the model stops within a token."""
        with self._lock:
            job = self.store.cancel(job_id)
            for lane in self._lanes:
                if lane.running == job_id:
                    lane.stop_job.set()
        return job

    def delete(self, job_id: str) -> None:
        """Forget a job, all it found, and its working folder; raises JobNotFoundError or JobStateError."""
        with self._lock:
            self.store.delete(job_id)
            working = any(lane.running == job_id for lane in self._lanes)
        if not working:
            shutil.rmtree(job_dir(job_id), ignore_errors=True)

    def busy(self) -> bool:
        """Tell whether a job works with a model."""
        return self._work.running is not None

    def idle(self) -> bool:
        """Tell whether no job runs and none waits."""
        return all(lane.running is None for lane in self._lanes) and self.store.queued() == 0

    def let_go(self, model: str) -> bool:
        """Tell whether a job works with a model or waits for it; where none does, it is not in memory afterwards."""
        for job in self.store.jobs():
            asked = (job.request.get("model"), job.request.get("verifier"))
            if job.kind in WORK_KINDS and job.state not in FINISHED and model in asked:
                return True
        if self.host.holds(model):
            if self.busy():
                return True
            self.host.free()
        return False

    def _tell(self) -> None:
        for lane in self._lanes:
            lane.news.set()

    def _loop(self, lane: _Lane) -> None:
        while not self._closing.is_set():
            lane.news.clear()
            try:
                job = self._begin(lane)
                if job is None:
                    if lane is self._work:
                        self.host.free_when_idle()
                    lane.news.wait(LOOK_AGAIN_S)
                else:
                    self._run(job, lane.stop_job.is_set)
                    self._sweep(lane, job.id)
            except StoreError as error:
                LOG.warning("%s Trying again soon.", error)
                self._closing.wait(5 * LOOK_AGAIN_S)
            except sqlite3.Error:
                LOG.exception("The job database can't be written; trying again soon.")
                self._closing.wait(5 * LOOK_AGAIN_S)
            finally:
                lane.running = None

    def _begin(self, lane: _Lane) -> Job | None:
        with self._lock:
            self.store.interrupt_running(lane.kinds)
            job = self.store.begin_next(lane.kinds)
            if job is not None:
                lane.running = job.id
                if not self._closing.is_set():
                    lane.stop_job.clear()
        return job

    def _sweep(self, lane: _Lane, job_id: str) -> None:
        """Remove the folder of a job that was deleted while its child was still on its way out."""
        with self._lock:
            lane.running = None
            try:
                self.store.job(job_id)
            except JobNotFoundError:
                shutil.rmtree(job_dir(job_id), ignore_errors=True)

    def _run(self, job: Job, stop: Stop) -> None:
        try:
            result = self._run_job(job, self.results, self.host, stop)
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
