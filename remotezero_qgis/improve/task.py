"""One run of self-improvement, or its plan, followed to its end in a QgsTask.

A run belongs to the engine and may take hours: when QGIS cancels the task, as it does when it closes, the
run goes on and can be watched again later. Only :meth:`ImproveTask.stop` ends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..compat import WATCHING_FLAGS
from ..connection.client import EngineClient
from ..connection.job_task import JobOutcome, JobTask
from ..connection.process import Launch
from ..connection.wire import Event, Job
from ..i18n import tr
from ..layers.snapshot import Snapshot, write_snapshot


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


class ImproveTask(JobTask):
    """Follows a run; :meth:`take` returns its events."""

    def __init__(self, plan: ImprovePlan) -> None:
        title = tr("RemoteZero: self-improvement")
        super().__init__(title, WATCHING_FLAGS, plan.launch, plan.job_id, plan.resume)
        self.plan = plan
        self._stopping = False

    def stop(self) -> None:
        """Stop the run itself; rounds that were kept stay."""
        self._stopping = True
        self.cancel()

    def leaves_job(self) -> bool:
        """Whether the engine goes on: a run does unless it was stopped, a question that nobody waits for not."""
        return not self._stopping and not self.plan.only

    def prepare(self) -> None:
        """Render layers that the engine can't open."""
        for snapshot in self.plan.snapshots:
            if not snapshot.path.exists():
                self.noted.emit(tr("Rendering the layer…"))
                write_snapshot(snapshot, self.isCanceled, self.setProgress)

    def submit(self, client: EngineClient) -> Job:
        """Queue the job."""
        return client.create_job("improve", {**self.plan.request, "only": self.plan.only or None})

    def handle(self, event: Event) -> None:
        """Keep every event for the main thread."""
        self.keep(event)

    def conclude(self, client: EngineClient, job: Job) -> JobOutcome:
        """Have the engine forget the job of a question."""
        if self.plan.only and job.ended:
            client.delete(job.id)
        return super().conclude(client, job)
