"""Who needs the engine: clients that said so lately."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

GONE_AFTER_S = 120.0
FIRST_CLIENT_S = 120.0


class Clients:
    """Presence by name; a client not seen for a while is gone."""

    def __init__(
        self,
        *,
        gone_after_s: float = GONE_AFTER_S,
        first_client_s: float = FIRST_CLIENT_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Forget clients after ``gone_after_s``; wait ``first_client_s`` for the first one."""
        self._gone_after_s = gone_after_s
        self._monotonic = monotonic
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()
        self._wait_until = monotonic() + first_client_s

    def seen(self, name: str) -> None:
        """Note that a client is there."""
        with self._lock:
            self._seen[name] = self._monotonic()
            self._wait_until = self._seen[name]

    def gone(self, name: str) -> None:
        """Note that a client has left; nothing happens when it was not there."""
        with self._lock:
            self._seen.pop(name, None)

    def anybody(self) -> bool:
        """Tell whether somebody needs the engine, or its first client may still come."""
        now = self._monotonic()
        with self._lock:
            self._seen = {name: at for name, at in self._seen.items() if now - at < self._gone_after_s}
            return bool(self._seen) or now < self._wait_until
