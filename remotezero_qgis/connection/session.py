"""Questions to the engine from the main thread: asked in a worker thread, answered on the main one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from qgis.PyQt.QtCore import QObject

from .background import Background, Failed
from .client import EngineClient
from .process import Launch, ensure_engine, find_engine

Answer = TypeVar("Answer")
PATIENCE_S = 2.0


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
