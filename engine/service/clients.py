"""Who needs the engine: clients that said so, or called, lately."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

GONE_AFTER_S = 120.0
FIRST_CLIENT_S = 120.0
LEAVING_S = 5.0


class Clients:
    """Presence by name, and by calls of those who gave none; whoever is silent for a while is gone."""

    def __init__(
        self,
        *,
        gone_after_s: float = GONE_AFTER_S,
        first_client_s: float = FIRST_CLIENT_S,
        leaving_s: float = LEAVING_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Say how long somebody is waited for.

        Args:
            gone_after_s: forget a client, or a caller, after this silence.
            first_client_s: wait for the first one.
            leaving_s: when the last named client leaves, wait this long for a call of another, because the
                calls so far may all have been its own.
            monotonic: the clock, in seconds.
        """
        self._gone_after_s = gone_after_s
        self._leaving_s = min(leaving_s, gone_after_s)
        self._monotonic = monotonic
        self._seen: dict[str, float] = {}
        self._calls = 0
        self._farewell = -1.0
        self._lock = threading.Lock()
        self._wait_until = monotonic() + first_client_s

    def seen(self, name: str) -> None:
        """Note that a client is there."""
        with self._lock:
            self._seen[name] = self._monotonic()

    def gone(self, name: str) -> None:
        """Note that a client has left."""
        with self._lock:
            self._seen.pop(name, None)
            if not self._seen:
                self._farewell = self._monotonic()
                self._wait_until = self._farewell + self._leaving_s

    @contextlib.contextmanager
    def calling(self) -> Iterator[None]:
        """Note that somebody who has the token is answered; only the call that says goodbye adds nothing."""
        begun = self._called()
        try:
            yield
        finally:
            self._answered(begun)

    def anybody(self) -> bool:
        """Tell whether somebody needs the engine, or its first client may still come."""
        now = self._monotonic()
        with self._lock:
            self._seen = {name: at for name, at in self._seen.items() if now - at < self._gone_after_s}
            return bool(self._seen) or self._calls > 0 or now < self._wait_until

    def _called(self) -> float:
        with self._lock:
            self._calls += 1
            now = self._monotonic()
            self._wait_until = max(self._wait_until, now + self._gone_after_s)
            return now

    def _answered(self, begun: float) -> None:
        with self._lock:
            self._calls -= 1
            if self._farewell < begun:
                self._wait_until = max(self._wait_until, self._monotonic() + self._gone_after_s)
