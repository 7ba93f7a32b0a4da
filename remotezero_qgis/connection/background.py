"""Short calls off the main thread, their answers delivered on it.

Runs have a task of their own; this is for questions such as "which models are there?".
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from qgis.core import Qgis, QgsMessageLog
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..errors import EngineError

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Background(QObject):
    """A few worker threads, and the main-thread callbacks of what they work on."""

    _ended = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=3, thread_name_prefix="remotezero")
        self._callbacks: dict[Future[Any], tuple[Done, Failed]] = {}
        self._closed = False
        self._ended.connect(self._deliver)

    def call(self, work: Callable[[], Any], done: Done, failed: Failed | None = None) -> None:
        """Run ``work`` in a thread; then ``done(value)`` or ``failed(error)`` on the main thread."""
        future = self._pool.submit(work)
        self._callbacks[future] = (done, failed or _log)
        future.add_done_callback(self._announce)

    @property
    def closed(self) -> bool:
        """True after :meth:`close`; long work should look at it and stop."""
        return self._closed

    def close(self) -> None:
        """Take no more work; what goes on ends by itself, and nothing is delivered."""
        self._closed = True
        self._callbacks.clear()
        self._pool.shutdown(wait=False)

    def _announce(self, future: Future[Any]) -> None:
        if not self._closed:
            # What asked may have been deleted with its window: then there is nobody to tell.
            with contextlib.suppress(RuntimeError):
                self._ended.emit(future)

    def _deliver(self, future: Future[Any]) -> None:
        callbacks = self._callbacks.pop(future, None)
        if callbacks is None or future.cancelled():
            return
        done, failed = callbacks
        error = future.exception()
        if error is None:
            done(future.result())
        elif isinstance(error, EngineError):
            failed(error)
        else:
            raise error


def _log(error: Exception) -> None:
    QgsMessageLog.logMessage(str(error), "RemoteZero", Qgis.MessageLevel.Warning)
