"""Set-up work in a task: its lines and steps come out as signals, its end as one outcome."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsMessageLog, QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from ..i18n import tr
from .installer import Desk
from .problems import COPY_REPORT, SetupCancelledError, SetupError

LOG_FILE = "install.log"


@dataclass(frozen=True)
class Outcome:
    """How the work ended: with a value, or with an error."""

    value: Any = None
    error: SetupError | None = None


class SetupTask(QgsTask):
    """Runs ``work`` with a desk whose every line also goes to ``install.log`` in the data folder.

    Signals:
        line(str): one line of the log.
        step(float, str): share done, 0..1, and what is being done.
        ended(Outcome): on the main thread, the last signal in every case.
    """

    line = pyqtSignal(str)
    step = pyqtSignal(float, str)
    ended = pyqtSignal(object)

    def __init__(
        self, title: str, work: Callable[[Desk], Any], environment: Mapping[str, str], home: Path
    ) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._work = work
        self._desk = Desk(environment, self._log, self._step, self.isCanceled)
        self._log_file: Path | None = home / LOG_FILE
        # A task cancelled while it waits its turn never runs.
        self._outcome = Outcome(error=SetupCancelledError())

    def run(self) -> bool:
        """Do the work (worker thread)."""
        try:
            self._outcome = Outcome(self._work(self._desk))
        except SetupError as error:
            self._log(f"{error.kind}: {error}")
            self._outcome = Outcome(error=error)
        except Exception as error:  # noqa: BLE001 - the boundary of the thread: nothing may escape into QGIS
            QgsMessageLog.logMessage(traceback.format_exc(), "RemoteZero", Qgis.MessageLevel.Critical)
            message = tr(
                "Something unexpected happened ({reason}). Copy the report and send it with your question."
            )
            text = message.format(reason=f"{type(error).__name__}: {error}")
            self._outcome = Outcome(error=SetupError("unexpected", text, COPY_REPORT))
        return self._outcome.error is None

    def finished(self, result: bool) -> None:
        """Hand the outcome over (main thread)."""
        self.ended.emit(self._outcome)

    def _log(self, line: str) -> None:
        self.line.emit(line)
        if self._log_file is None:
            return
        try:
            self._log_file.parent.mkdir(parents=True, exist_ok=True)
            with self._log_file.open("a", encoding="utf-8") as stream:
                stream.write(line + "\n")
        except OSError as error:
            self.line.emit(f"{LOG_FILE}: {error.strerror}")
            self._log_file = None

    def _step(self, share: float, text: str) -> None:
        self.setProgress(100.0 * share)
        self.step.emit(share, text)
