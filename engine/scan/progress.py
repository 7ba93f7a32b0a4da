"""How far a scan is, as people know it: scenes and windows, per second, what is left, and what it costs."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from engine.scan.asking import Told
from engine.scan.request import ScanRequest
from engine.scan.scenes import Scene

EVERY_S = 1.0
"""So often at most progress is told."""

LATELY_S = 120.0
"""The pace is that of so many seconds."""


class Progress:
    """Counts what is told of a scan, and tells it on, once a second."""

    def __init__(
        self,
        request: ScanRequest,
        scenes: Sequence[Scene],
        dashboard: str | None,
        tell: Callable[[str, dict[str, Any]], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Count the scenes of a scan, and tell ``tell``."""
        self._price, self._scenes, self._tell = request.price_per_hour, len(scenes), tell
        self._dashboard, self._monotonic = dashboard, monotonic
        self._began = self._told = monotonic()
        self._lately: deque[tuple[float, int]] = deque([(self._began, 0)])
        self._planned: set[str] = set()
        self._known = (0, 0)
        self.scenes_done = self.failed = self.windows = self.questions = self.earlier = 0
        self.model_s = 0.0

    def begin(self, finished: int) -> None:
        """So many scenes are finished when the run begins."""
        self.scenes_done = self.earlier = finished
        self._say()

    def end(self) -> None:
        """All is done."""
        self._say(total=self.windows)

    def add(self, told: Told) -> None:
        """Count what became of a pile."""
        if told.planned and told.scene not in self._planned:
            self._planned.add(told.scene)
            self._known = (self._known[0] + 1, self._known[1] + told.planned)
        self.windows += told.windows
        self.questions += told.questions
        self.model_s += told.seconds
        self.scenes_done += told.finished or told.failed
        self.failed += told.failed
        now = self._monotonic()
        if now - self._told >= EVERY_S:
            self._say()

    def summary(self) -> dict[str, Any]:
        """What the whole run took."""
        seconds = self._monotonic() - self._began
        cost = None if self._price is None else round(self._price * seconds / 3600, 4)
        return {
            "asked_now": self.questions,
            "seconds": {"total": round(seconds, 1), "model": round(self.model_s, 1)},
            "cost": cost,
        }

    def _say(self, total: int | None = None) -> None:
        now = self._told = self._monotonic()
        self._lately.append((now, self.windows))
        while len(self._lately) > 2 and now - self._lately[0][0] > LATELY_S:
            self._lately.popleft()
        since, before = self._lately[0]
        pace = (self.windows - before) / (now - since) if now > since else 0.0
        scenes_known, windows_known = self._known
        to_search = self._scenes - self.earlier
        if total is None and scenes_known:
            total = round(windows_known * to_search / scenes_known)
        left = None if total is None or not pace else round(max(total - self.windows, 0) / pace, 1)
        hours = (now - self._began) / 3600
        self._tell(
            "progress",
            {
                "done": self.windows,
                "total": total,
                "seconds_left": left,
                "scenes_done": self.scenes_done,
                "scenes": self._scenes,
                "scenes_failed": self.failed,
                "windows_per_second": round(pace, 3),
                "cost": None if self._price is None else round(self._price * hours, 4),
                "cost_left": None
                if self._price is None or left is None
                else round(self._price * left / 3600, 4),
                "dashboard": self._dashboard,
            },
        )
