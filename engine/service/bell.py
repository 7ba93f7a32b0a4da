"""Wakes the streams of the service when the job thread has written something."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress


class Bell:
    """Rung from any thread; heard by every coroutine that waits at that moment."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._lock = threading.Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def ring(self) -> None:
        """Wake everybody who waits."""
        with self._lock:
            waiting = list(self._waiting)
        for loop, event in waiting:
            with suppress(RuntimeError):  # that loop has ended, and its listener with it
                loop.call_soon_threadsafe(event.set)

    def ear(self) -> Ear:
        """Return something to listen with; rings between its making and its ``wait`` are not missed."""
        return Ear(self)


class Ear:
    """One listener's place at a :class:`Bell`, used as a context manager inside a coroutine."""

    def __init__(self, bell: Bell) -> None:
        """Listen to ``bell``."""
        self._bell = bell
        self._event = asyncio.Event()
        self._place = (asyncio.get_running_loop(), self._event)

    def __enter__(self) -> Ear:
        """Begin to listen."""
        with self._bell._lock:
            self._bell._waiting.add(self._place)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        with self._bell._lock:
            self._bell._waiting.discard(self._place)

    async def wait(self, timeout_s: float) -> None:
        """Return at the first ring since the last ``wait``, or after ``timeout_s`` seconds."""
        try:
            await asyncio.wait_for(self._event.wait(), timeout_s)
        except TimeoutError:
            return
        self._event.clear()
