"""A job's events as a stream: told as they are written, by whichever thread writes them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import suppress

from engine.jobs.store import FINISHED, Store
from engine.jsontext import json_text

LISTEN_S = 15.0


class Notifier:
    """Wakes every coroutine that waits; called from any thread."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._lock = threading.Lock()
        self._waiting: set[Subscription] = set()

    def notify(self) -> None:
        """Wake everybody who waits."""
        with self._lock:
            waiting = list(self._waiting)
        for subscription in waiting:
            subscription.wake()

    def subscribe(self) -> Subscription:
        """Return something to wait with; what is notified between its making and its ``wait`` is not missed."""
        return Subscription(self)

    def add(self, subscription: Subscription) -> None:
        """Let a subscription be woken from now on."""
        with self._lock:
            self._waiting.add(subscription)

    def remove(self, subscription: Subscription) -> None:
        """Wake a subscription no more."""
        with self._lock:
            self._waiting.discard(subscription)


class Subscription:
    """One listener's place at a :class:`Notifier`, used as a context manager inside a coroutine."""

    def __init__(self, notifier: Notifier) -> None:
        """Listen to ``notifier``."""
        self._notifier = notifier
        self._event = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def __enter__(self) -> Subscription:
        """Begin to listen."""
        self._notifier.add(self)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._notifier.remove(self)

    def wake(self) -> None:
        """End the wait that goes on, or the next one; any thread."""
        with suppress(RuntimeError):  # the loop has ended, and its listener with it
            self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self, timeout_s: float) -> None:
        """Return once woken since the last ``wait``, or after ``timeout_s`` seconds."""
        try:
            await asyncio.wait_for(self._event.wait(), timeout_s)
        except TimeoutError:
            return
        self._event.clear()


async def stream_events(store: Store, notifier: Notifier, job_id: str, after: int) -> AsyncIterator[bytes]:
    """Yield a job's events after number ``after``, one line of JSON each, until the job has ended."""
    with notifier.subscribe() as subscription:
        while True:
            ended = store.state(job_id) in (*FINISHED, None)
            lines = store.events(job_id, after)
            for line in lines:
                after = line["seq"]
                yield json_text(line).encode("ascii") + b"\n"
            if not lines:
                if ended:
                    return
                await subscription.wait(LISTEN_S)
