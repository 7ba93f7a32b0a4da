"""Following a job's events to its end, across silences, cancellations and deaths of the engine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from ..errors import EngineRefusedError, EngineUnreachableError, RunCancelledError
from ..i18n import tr
from .client import EngineClient, read_events
from .process import Launch, Stop, ensure_engine, find_engine
from .transport import Lines
from .wire import Event, Job

MAX_RESTARTS = 3
CANCEL_WAIT_S = 5.0
RECONNECT_PAUSE_S = 0.3


class JobFollower:
    """Reads one job's events; used in one worker thread, woken up from any.

    Attributes:
        client: the engine that has the job now.
        job: the job as it was last seen.
    """

    def __init__(
        self,
        launch: Launch,
        client: EngineClient,
        job: Job,
        stop: Stop,
        announce: Callable[[str], None],
    ) -> None:
        self.client = client
        self.job = job
        self._launch = launch
        self._stop = stop
        self._announce = announce
        self._lines: Lines | None = None
        self._seq = 0
        self._restarts = 0

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

    def _recover(self, error: EngineUnreachableError) -> None:
        """Go on after a broken stream: with the same engine if it only was silent, else with a new one."""
        alive = find_engine(self._launch, timeout_s=5.0)
        if alive is not None and alive.endpoint == self.client.endpoint:
            return
        if self._restarts >= MAX_RESTARTS:
            raise EngineUnreachableError(
                tr(
                    "The engine stopped {count} times at the same place. What was found is safe; "
                    "look at its log in the settings, or load the run again later. ({reason})"
                ).format(count=self._restarts + 1, reason=str(error))
            ) from error
        self._restarts += 1
        self._announce(tr("The engine stopped unexpectedly. It is being started again, and the run goes on."))
        self.client = ensure_engine(self._launch, self._stop)
        self.job = self.client.job(self.job.id)
        if self.job.state in ("done", "cancelled"):
            return
        try:
            self.client.resume(self.job.id)
        except EngineRefusedError as refusal:
            if refusal.status != 409:  # 409: the new engine has taken the job up by itself
                raise

    def _raise_if_stopped(self) -> None:
        if self._stop():
            raise RunCancelledError(tr("Cancelled."))
