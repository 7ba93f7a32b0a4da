"""Telling the engine that this QGIS is there, so that it stays while it is needed."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable

from qgis.PyQt.QtCore import QObject, QTimer

from ..settings import load_settings, token_is_locked
from .background import Background
from .process import Launch, find_engine

INTERVAL_MS = 45_000


class Presence(QObject):
    """Registers this window with the running engine again and again; never starts one."""

    def __init__(self, background: Background, launch: Callable[[], Launch], parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._launch = launch
        self._name = f"qgis-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._known = False
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.tell)

    def start(self) -> None:
        """Register now and from now on."""
        self.tell()
        self._timer.start()

    def stop(self) -> None:
        """Register no more, and say good-bye in the background."""
        self._timer.stop()
        if self._known:
            launch, name = self._launch(), self._name
            self._background.call(lambda: _leave(launch, name), lambda _: None)

    def tell(self) -> None:
        """Register once, if an engine runs and nobody has to be asked for a password first."""
        if token_is_locked(load_settings()):
            return
        launch, name = self._launch(), self._name
        self._background.call(lambda: _register(launch, name), self._told)

    def _told(self, known: bool) -> None:
        self._known = known


def _register(launch: Launch, name: str) -> bool:
    client = find_engine(launch)
    if client is None:
        return False
    client.register(name)
    return True


def _leave(launch: Launch, name: str) -> None:
    client = find_engine(launch)
    if client is not None:
        client.unregister(name)
