"""Set-up work in a task: its lines and steps come out as signals, its end as one outcome."""

from __future__ import annotations

import json
import shutil
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsMessageLog, QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from ..compat import TASK_FLAGS
from ..connection.job_task import ended_title
from ..connection.runtime import EngineRuntime, forget_runtime
from ..i18n import tr
from .bundle import bundle_plan, describe, move_models, read_bundle, unpacked
from .command import CommandError
from .installer import CHECK, ENVIRONMENTS, SetupContext, install, install_lock
from .plan import InstallPlan
from .problems import CHOOSE_RUNTIME, COPY_REPORT, SetupCancelledError, SetupError

UNPACK_SHARE = 0.4


@dataclass(frozen=True)
class Imported:
    """What came out of a bundle: the runtime, and the names of the models that are new."""

    runtime: EngineRuntime
    models: tuple[str, ...]


def install_online(plan: InstallPlan, context: SetupContext) -> EngineRuntime:
    """Install from package indexes; see :func:`.installer.install`."""
    return install(plan, context)


def import_bundle(path: Path, home: Path, context: SetupContext) -> Imported:
    """Install from the archive at ``path`` without any network, models included.

    Raises:
        SetupError: the archive is damaged or for another machine, or the installation failed.
    """
    bundle = read_bundle(path)
    context.log(describe(bundle))
    unpacking = replace(context, progress=lambda share, text: context.progress(share * UNPACK_SHARE, text))
    installing = replace(
        context,
        progress=lambda share, text: context.progress(UNPACK_SHARE + share * (1 - UNPACK_SHARE), text),
    )
    with unpacked(bundle, home, unpacking.progress, context.cancelled) as folder:
        runtime = install(bundle_plan(bundle, folder, home), installing)
        return Imported(runtime, tuple(move_models(folder, home)))


def check_runtime(python: Path, context: SetupContext) -> EngineRuntime:
    """Ask an interpreter the user brought whether the engine starts in it.

    Raises:
        SetupError: ``no_engine_there``, with what Python said.
    """
    context.progress(0.2, tr("Starting it for the first time"))
    try:
        answer = context.run(
            [str(python), "-I", "-c", CHECK], context.environment, context.log, context.cancelled
        )
        engine, _, sees_gpu = json.loads(answer.strip().splitlines()[-1])
    except (CommandError, ValueError, IndexError) as error:
        reason = str(getattr(error, "output", error)).strip().splitlines()
        message = tr("{python} does not have what the engine needs: {reason}. Choose another Python.")
        text = message.format(python=python, reason=reason[-1] if reason else tr("no answer"))
        raise SetupError("no_engine_there", text, CHOOSE_RUNTIME) from error
    if not engine:
        message = tr("{python} has the packages but not the engine. Install remotezero-engine into it first.")
        raise SetupError("no_engine_there", message.format(python=python), CHOOSE_RUNTIME)
    return EngineRuntime(str(python), engine, "cuda" if sees_gpu else "cpu")


def remove_runtime(home: Path, context: SetupContext) -> None:
    """Delete the installed environment; models, adapters and results stay."""
    with install_lock(home):
        forget_runtime(home)
        context.progress(0.2, tr("Removing the engine"))
        for folder in (ENVIRONMENTS, "cache", "tools", "python", "tmp"):
            shutil.rmtree(home / folder, ignore_errors=True)


LOG_FILE = "install.log"


@dataclass(frozen=True)
class SetupOutcome:
    """How the work ended: with a value, or with an error."""

    value: Any = None
    error: SetupError | None = None


class SetupTask(QgsTask):
    """Runs ``work`` with a context whose every line also goes to ``install.log`` in the data folder.

    Signals:
        line(str): one line of the log.
        step(float, str): share done, 0..1, and what is being done.
        ended(SetupOutcome): on the main thread, the last signal in every case.
    """

    line = pyqtSignal(str)
    step = pyqtSignal(float, str)
    ended = pyqtSignal(object)

    def __init__(
        self, title: str, work: Callable[[SetupContext], Any], environment: Mapping[str, str], home: Path
    ) -> None:
        super().__init__(title, TASK_FLAGS)
        self._work = work
        self._context = SetupContext(environment, self._log, self._step, self.isCanceled)
        self._log_file: Path | None = home / LOG_FILE
        # A task cancelled while it waits its turn never runs.
        self._outcome = SetupOutcome(error=SetupCancelledError())

    def run(self) -> bool:
        """Do the work (worker thread)."""
        try:
            self._outcome = SetupOutcome(self._work(self._context))
        except SetupError as error:
            self._log(f"{error.kind}: {error}")
            self._outcome = SetupOutcome(error=error)
        except Exception as error:  # noqa: BLE001 - the boundary of the thread: nothing may escape into QGIS
            QgsMessageLog.logMessage(traceback.format_exc(), "RemoteZero", Qgis.MessageLevel.Critical)
            message = tr(
                "Something unexpected happened ({reason}). Copy the report and send it with your question."
            )
            text = message.format(reason=f"{type(error).__name__}: {error}")
            self._outcome = SetupOutcome(error=SetupError("unexpected", text, COPY_REPORT))
        # The page tells how it ended; to QGIS, anything but True is a failure to tell of as well.
        return True

    def finished(self, result: bool) -> None:
        """Hand the outcome over (main thread)."""
        if self._outcome.error is not None:
            state = "cancelled" if self._outcome.error.kind == "cancelled" else "failed"
            self.setDescription(ended_title(self.description(), state))
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
