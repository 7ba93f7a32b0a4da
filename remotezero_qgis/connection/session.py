"""The engine as the main thread has it: asked in a worker thread, answered on the main one, kept while needed."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from qgis.PyQt.QtCore import QObject, QTimer

from ..settings import load_settings, token_is_locked
from .background import Background, Failed
from .client import EngineClient
from .process import Launch, ensure_engine, find_engine

Answer = TypeVar("Answer")
PATIENCE_S = 2.0
PRESENCE_MS = 45_000


class Session(Background):
    """Background work that may have an engine to speak to.

    Args:
        launch: returns how to come by an engine, as the settings say at that moment; main thread.
    """

    def __init__(self, launch: Callable[[], Launch], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.launch = launch

    def ask(
        self,
        work: Callable[[EngineClient], Answer],
        done: Callable[[Answer], Any],
        failed: Failed | None = None,
        *,
        start: bool = True,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Call ``work(client)`` in a worker thread; then ``done(answer)`` or ``failed(error)`` on the main one.

        Args:
            work: asks the engine; touches no layer, no widget and no project.
            done: takes the answer.
            failed: takes the EngineError; without it the error is logged.
            start: start an engine where none runs. Without it, none running means that nothing is called.
            patience_s: how long a running engine may take to show itself when none is to be started.
        """
        launch = self.launch()

        def ask() -> tuple[Answer] | None:
            client = ensure_engine(launch, self._is_closed) if start else find_engine(launch, patience_s)
            return (work(client),) if client is not None else None

        def deliver(answer: tuple[Answer] | None) -> None:
            if answer is not None:
                done(answer[0])

        self.call(ask, deliver, failed)

    def _is_closed(self) -> bool:
        return self.closed


class Presence(QObject):
    """Has the engine know that this QGIS is there, so that it stays while it is needed.

    Registers this window with the running engine again and again; never starts one.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._name = f"qgis-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._known = False
        self._timer = QTimer(self)
        self._timer.setInterval(PRESENCE_MS)
        self._timer.timeout.connect(self.register)

    def start(self) -> None:
        """Register now and from now on."""
        self.register()
        self._timer.start()

    def stop(self) -> None:
        """Register no more, and have the engine forget this window."""
        self._timer.stop()
        if self._known:
            name = self._name
            self._session.ask(lambda client: client.unregister(name), lambda _: None, start=False)

    def register(self) -> None:
        """Register once, if an engine runs and nobody has to be asked for a password first."""
        if token_is_locked(load_settings()):
            return
        name = self._name
        self._session.ask(lambda client: client.register(name), self._registered, start=False)

    def _registered(self, _: None) -> None:
        self._known = True
