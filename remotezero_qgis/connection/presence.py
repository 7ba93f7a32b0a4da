"""Telling the engine that this QGIS is there, so that it stays while it is needed."""

from __future__ import annotations

import os
import uuid

from qgis.PyQt.QtCore import QObject, QTimer

from ..settings import load_settings, token_is_locked
from .session import Session

INTERVAL_MS = 45_000


class Presence(QObject):
    """Registers this window with the running engine again and again; never starts one."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._name = f"qgis-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._known = False
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
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
