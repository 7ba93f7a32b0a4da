"""One run of self-improvement, or its plan, followed to its end in a QgsTask.

A run belongs to the engine and may take hours: when QGIS cancels the task, as it does when it closes, the
run goes on and can be watched again later. Only :meth:`ImproveTask.stop` ends it.
"""

from __future__ import annotations

import traceback
from collections import deque
from dataclasses import dataclass
from typing import Any

from qgis.core import Qgis, QgsMessageLog, QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from ..compat import WATCHING_FLAGS
from ..connection.client import EngineClient
from ..connection.following import JobFollower
from ..connection.process import Launch, ensure_engine
from ..connection.wire import Event, Job
from ..errors import RunCancelledError
from ..i18n import tr
from ..layers.snapshot import Snapshot, write

LEFT = "left"


@dataclass(frozen=True)
class ImprovePlan:
    """All that a run needs, gathered on the main thread.

    Attributes:
        launch: how to come by an engine.
        request: what to ask, unless ``job_id`` names a job that exists already.
        snapshots: renderings of web layers to make first; made ones are left as they are.
        job_id: a job to follow, "" for a new one.
        resume: have a failed or cancelled ``job_id`` go on first.
        only: ``plan`` asks what the run would take, ``questions`` what the model would ask, "" has it learn; the
            job of a question is forgotten afterwards.
    """

    launch: Launch
    request: dict[str, Any]
    snapshots: tuple[Snapshot, ...] = ()
    job_id: str = ""
    resume: bool = False
    only: str = ""


@dataclass(frozen=True)
class Outcome:
    """How it ended: ``done``, ``cancelled``, ``failed``, or ``left`` when the run goes on without us."""

    state: str
    job: Job | None = None
    message: str = ""


class ImproveTask(QgsTask):
    """Follows a run.

    Signals:
        queued(str): the engine has the job, under this id.
        noted(str): one line on what is going on.
        interrupted(str): the engine died; it is being started again.
        ended(Outcome): on the main thread, the last signal in every case.
    """

    queued = pyqtSignal(str)
    noted = pyqtSignal(str)
    interrupted = pyqtSignal(str)
    ended = pyqtSignal(object)

    def __init__(self, plan: ImprovePlan) -> None:
        super().__init__(tr("RemoteZero: self-improvement"), WATCHING_FLAGS)
        self.plan = plan
        self._events: deque[Event] = deque()
        self._follower: JobFollower | None = None
        self._stopping = False
        self._outcome = Outcome("cancelled")

    def take(self, limit: int) -> list[Event]:
        """Return up to ``limit`` events that came in since the last call; main thread."""
        taken = []
        while self._events and len(taken) < limit:
            taken.append(self._events.popleft())
        return taken

    def stop(self) -> None:
        """Stop the run itself; rounds that were kept stay."""
        self._stopping = True
        self.cancel()

    def cancel(self) -> None:
        """Stop watching; the engine goes on."""
        super().cancel()
        if self._follower is not None:
            self._follower.wake()

    def run(self) -> bool:
        """Do the work (worker thread)."""
        try:
            self._outcome = self._work()
        except RunCancelledError:
            self._outcome = Outcome("cancelled" if self._stopping else LEFT)
        except Exception as error:  # noqa: BLE001 - the boundary of the thread: nothing may escape into QGIS
            QgsMessageLog.logMessage(traceback.format_exc(), "RemoteZero", Qgis.MessageLevel.Critical)
            job = self._follower.job if self._follower else None
            self._outcome = Outcome("failed", job, str(error) or type(error).__name__)
        return self._outcome.state == "done"

    def finished(self, result: bool) -> None:
        """Hand the outcome over (main thread)."""
        self.ended.emit(self._outcome)

    def _work(self) -> Outcome:
        plan = self.plan
        for snapshot in plan.snapshots:
            if not snapshot.path.exists():
                self.noted.emit(tr("Rendering the layer…"))
                write(snapshot, self.isCanceled, self.setProgress)
        self.noted.emit(tr("Starting the engine…"))
        client = ensure_engine(plan.launch, self.isCanceled)
        job = self._job(client)
        self.queued.emit(job.id)
        self._follower = JobFollower(plan.launch, client, job, self.isCanceled, self.interrupted.emit)
        try:
            for event in self._follower.events():
                self._events.append(event)
        except RunCancelledError:
            if not self._stopping and not plan.only:
                return Outcome(LEFT, self._follower.job)
            self._follower.cancel_job()
        job = self._follower.job
        if plan.only and job.ended:
            self._follower.client.delete(job.id)
        return Outcome(job.state if job.ended else "cancelled", job, str(job.error.get("message") or ""))

    def _job(self, client: EngineClient) -> Job:
        plan = self.plan
        if not plan.job_id:
            return client.create_job("improve", {**plan.request, "only": plan.only or None})
        job = client.job(plan.job_id)
        if plan.resume and job.state in ("failed", "cancelled"):
            client.resume(job.id)
        return job
