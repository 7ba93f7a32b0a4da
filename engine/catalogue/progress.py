"""How far the bringing of a model is: bytes added up, and told not too often."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

Tell = Callable[[str, dict[str, Any]], None]
"""Told an event: its type (``log`` or ``progress``), and its data."""
AT_LEAST_S, AT_MOST_S = 0.3, 5.0
"""Between two reports of progress."""


class Progress:
    """Adds up bytes and tells of them, not too often; ``seconds_left`` is by the speed of this run."""

    def __init__(self, total: int, tell: Tell) -> None:
        """Count up to ``total`` bytes."""
        self._total, self._tell = max(total, 1), tell
        self._done = self._came = self._told_done = 0
        self._began = self._told = time.monotonic()

    def advance(self, count: int) -> None:
        """Note that ``count`` more bytes are done."""
        first = self._done == 0
        self._done += count
        self._came += count if not first else 0
        now = time.monotonic()
        moved = (self._done - self._told_done) * 1000 >= self._total
        waited = now - self._told
        if first or self._done >= self._total or (waited > AT_LEAST_S and moved) or waited > AT_MOST_S:
            speed = self._came / max(now - self._began, 1e-3)
            left = (self._total - self._done) / speed if speed > 0 else None
            self._told, self._told_done = now, self._done
            self._tell("progress", {"done": self._done, "total": self._total, "seconds_left": left})
