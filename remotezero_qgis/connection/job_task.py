"""One job of the engine from its start to its end, in a worker thread: by itself, or as a QgsTask.

The following outlives silences and deaths of the engine: a new one is started, and the job goes on where it
was. Nothing here touches a layer, a project or a widget.
"""

from __future__ import annotations

import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from qgis.core import Qgis, QgsMessageLog, QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from ..errors import EngineError, EngineRefusedError, EngineUnreachableError, RunCancelledError
from ..i18n import tr
from .client import EngineClient, read_events
from .process import Launch, Stop, ensure_engine, find_engine
from .transport import Lines
from .wire import Endpoint, Event, Job

Answer = TypeVar("Answer")
MAX_RESTARTS = 3
CANCEL_WAIT_S = 5.0
RECONNECT_PAUSE_S = 0.3
LEFT = "left"


class JobFollower:
    """Begins one job and reads its events; used in one worker thread, woken up from any.

    Args:
        launch: how to come by an engine.
        stop: asked many times a second; True ends the following.
        announce: given a sentence when the engine died and is being started again.
        before: where the engine was at the end of the job before; finding another one there is announced, too.

    Attributes:
        client: the engine that has the job now, None before :meth:`begin`.
        job: the job as it was last seen, None before :meth:`begin`.
    """

    def __init__(
        self, launch: Launch, stop: Stop, announce: Callable[[str], None], before: Endpoint | None = None
    ) -> None:
        self.client: EngineClient | None = None
        self.job: Job | None = None
        self._launch = launch
        self._stop = stop
        self._announce = announce
        self._before = before
        self._lines: Lines | None = None
        self._seq = 0
        self._restarts = 0

    def begin(self, submit: Callable[[EngineClient], Job], job_id: str = "", resume: bool = False) -> Job:
        """Find or start an engine, and have it take a job up.

        Args:
            submit: queues a new job; not called where ``job_id`` names one.
            job_id: a job that exists already, "" for a new one.
            resume: have a failed or cancelled ``job_id`` go on first.

        Raises:
            RunCancelledError: ``stop()`` became true.
            EngineError: no engine can be had, or it refuses the job.
        """
        self.client = ensure_engine(self._launch, self._stop)
        if self._before not in (None, self.client.endpoint):
            self._announce(_restarted())
        try:
            return self._take_up(submit, job_id, resume)
        except EngineUnreachableError as error:
            self._raise_if_stopped()
            self._have_engine_again(error)
            taken = self._taken(error)
            return self._take_up(submit, job_id or taken, resume or bool(taken))

    def surviving(self, work: Callable[[EngineClient], Answer]) -> Answer:
        """Call ``work`` with the engine that has the job; once more where that engine has died meanwhile."""
        try:
            return work(self.client)
        except EngineUnreachableError as error:
            if self._stop() or not self._have_engine_again(error):
                raise
            return work(self.client)

    def wake(self) -> None:
        """Make :meth:`events` look at ``stop`` at once; safe in any thread."""
        lines = self._lines
        if lines is not None:
            lines.close()

    def events(self) -> Iterator[Event]:
        """Yield each event once until the job has ended; :attr:`job` is then its last state.

        Raises:
            RunCancelledError: ``stop()`` became true.
            EngineUnreachableError: the engine died more often than ``MAX_RESTARTS`` without getting further.
        """
        while True:
            try:
                yield from self._read()
                self.job = self.client.job(self.job.id)
                if self.job.ended:
                    return
                time.sleep(RECONNECT_PAUSE_S)
            except EngineUnreachableError as error:
                self._raise_if_stopped()
                self._recover(error)

    def cancel_job(self) -> None:
        """Have the engine stop the job, and wait a moment for it to have stopped."""
        try:
            self.client.cancel(self.job.id)
        except EngineRefusedError as error:
            if error.status != 409:
                raise
        deadline = time.monotonic() + CANCEL_WAIT_S
        while time.monotonic() < deadline:
            self.job = self.client.job(self.job.id)
            if self.job.ended:
                return
            time.sleep(RECONNECT_PAUSE_S)

    def _read(self) -> Iterator[Event]:
        self._raise_if_stopped()
        self._lines = self.client.open_events(self.job.id, self._seq)
        try:
            for event in read_events(self._lines):
                self._raise_if_stopped()
                if event.seq > self._seq:
                    self._seq = event.seq
                    self._restarts = 0 if event.type in ("detection", "progress") else self._restarts
                    yield event
        finally:
            self._lines.close()
            self._lines = None
        self._raise_if_stopped()

    def _take_up(self, submit: Callable[[EngineClient], Job], job_id: str, resume: bool) -> Job:
        if not job_id:
            self.job = submit(self.client)
            return self.job
        self.job = self.client.job(job_id)
        if resume and self.job.state in ("failed", "cancelled"):
            self.client.resume(job_id, self.job.request)
        return self.job

    def _taken(self, error: EngineUnreachableError) -> str:
        """Return the job that an engine made of a request before it broke off, "" for none."""
        if error.asked is None:
            return ""
        kind, request = error.asked
        for job in self.client.jobs():
            asked = job.kind == kind and all(
                job.request.get(name) == value for name, value in request.items()
            )
            if asked and job.state not in ("done", "cancelled"):
                return job.id
        return ""

    def _recover(self, error: EngineUnreachableError) -> None:
        """Go on after a broken stream: with the same engine if it only was silent, else with a new one."""
        if not self._have_engine_again(error):
            time.sleep(RECONNECT_PAUSE_S)
            return
        self.job = self.client.job(self.job.id)
        if self.job.state in ("done", "cancelled"):
            return
        try:
            self.client.resume(self.job.id, self.job.request)
        except EngineRefusedError as refusal:
            if refusal.status != 409:  # 409: the new engine has taken the job up by itself
                raise

    def _have_engine_again(self, error: EngineUnreachableError) -> bool:
        """Start an engine where the one that was asked has died; False where that one only was silent."""
        alive = find_engine(self._launch, timeout_s=5.0)
        if alive is not None and alive.endpoint == self.client.endpoint:
            return False
        if self._restarts >= MAX_RESTARTS:
            raise EngineUnreachableError(
                tr(
                    "The engine stopped {count} times at the same place. What was found is safe; "
                    "look at its log in the settings, or load the run again later. ({reason})"
                ).format(count=self._restarts + 1, reason=str(error))
            ) from error
        self._restarts += 1
        self._announce(_restarted())
        self.client = ensure_engine(self._launch, self._stop)
        return True

    def _raise_if_stopped(self) -> None:
        if self._stop():
            raise RunCancelledError(tr("Cancelled."))


def _restarted() -> str:
    return tr("The engine stopped unexpectedly. It is being started again, and the run goes on.")


def ended_title(title: str, state: str) -> str:
    """Return the title of a task that has ended: QGIS shows it, and takes all of them for done."""
    titles = {"cancelled": tr("{task} (cancelled)"), "failed": tr("{task} (failed)")}
    return titles.get(state, "{task}").format(task=title)


@dataclass(frozen=True)
class JobOutcome:
    """How the following of a job ended.

    Attributes:
        state: ``done``, ``cancelled``, ``failed``, or ``left`` when the job goes on in the engine.
        job: the engine's job, None when it never got that far.
        message: what went wrong, for the user.
    """

    state: str
    job: Job | None = None
    message: str = ""


class JobTask(QgsTask):
    """Follows one job; subclasses say what is asked, and what becomes of events and of the end.

    Their methods :meth:`prepare`, :meth:`submit`, :meth:`handle` and :meth:`conclude` are called in the
    worker thread. What came in is kept until the main thread takes it with :meth:`take`.

    Signals:
        queued(str): the engine has the job, under this id.
        noted(str): one line on what is going on.
        interrupted(str): the engine died; it is being started again.
        ended(JobOutcome): on the main thread, the last signal in every case.
    """

    queued = pyqtSignal(str)
    noted = pyqtSignal(str)
    interrupted = pyqtSignal(str)
    ended = pyqtSignal(object)

    OUTCOME = JobOutcome

    def __init__(
        self, title: str, flags: QgsTask.Flags, launch: Launch, job_id: str = "", resume: bool = False
    ) -> None:
        super().__init__(title, flags)
        self._follower = JobFollower(launch, self.isCanceled, self.interrupted.emit)
        self._job_id, self._resume = job_id, resume
        self._came: deque[Any] = deque()
        # A task cancelled while it waits its turn never runs.
        self._outcome = self.OUTCOME("cancelled")

    def prepare(self) -> None:
        """Do what has to be done before the engine is asked."""

    def submit(self, client: EngineClient) -> Job:
        """Queue the job; not called for one that exists already."""
        raise NotImplementedError

    def handle(self, event: Event) -> None:
        """Look at one event; what the main thread needs of it goes to :meth:`keep`."""
        raise NotImplementedError

    def conclude(self, client: EngineClient, job: Job) -> JobOutcome:
        """Make the outcome of a job that ended or was cancelled."""
        state = job.state if job.ended else "cancelled"
        return self.OUTCOME(state, job, str(job.error.get("message") or ""))

    def leaves_job(self) -> bool:
        """Whether the engine's job goes on after this task was cancelled."""
        return False

    def keep(self, item: Any) -> None:
        """Keep something for :meth:`take`; worker thread."""
        self._came.append(item)

    def take(self, limit: int) -> list[Any]:
        """Return up to ``limit`` of the items that were kept since the last call, oldest first; main thread."""
        taken = []
        while self._came and len(taken) < limit:
            taken.append(self._came.popleft())
        return taken

    def cancel(self) -> None:
        """Stop following, and the engine's job with it unless :meth:`leaves_job`."""
        super().cancel()
        self._follower.wake()

    def run(self) -> bool:
        """Do the work (worker thread)."""
        try:
            self._outcome = self._work()
        except RunCancelledError as error:
            state = LEFT if self.leaves_job() else "cancelled"
            self._outcome = self.OUTCOME(state, self._follower.job, str(error))
        except EngineError as error:
            self._outcome = self.OUTCOME("failed", self._follower.job, str(error))
        except Exception as error:  # noqa: BLE001 - the boundary of the thread: nothing may escape into QGIS
            QgsMessageLog.logMessage(traceback.format_exc(), "RemoteZero", Qgis.MessageLevel.Critical)
            text = tr(
                "Something unexpected went wrong in the plugin ({kind}). QGIS's log has the details, under "
                "“RemoteZero”: please report them. What was found is safe in “Earlier runs”."
            )
            self._outcome = self.OUTCOME("failed", self._follower.job, text.format(kind=type(error).__name__))
        # The panel tells how a run ended; to QGIS, anything but True is a failure to tell of as well.
        return True

    def finished(self, result: bool) -> None:
        """Hand the outcome over (main thread)."""
        self.setDescription(ended_title(self.description(), self._outcome.state))
        self.ended.emit(self._outcome)

    def _work(self) -> JobOutcome:
        self.prepare()
        self.noted.emit(tr("Starting the engine…"))
        follower = self._follower
        self.queued.emit(follower.begin(self.submit, self._job_id, self._resume).id)
        try:
            for event in follower.events():
                self.handle(event)
        except RunCancelledError:
            if self.leaves_job():
                raise
            follower.cancel_job()
        return follower.surviving(lambda client: self.conclude(client, follower.job))
