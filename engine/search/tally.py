"""What a run counts while it goes on: seconds by stage, and windows by what became of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from engine.errors import RasterReadError
from engine.types import Window, WindowResult

MODEL_STAGES = ("presence", "generate", "score")

GAPS_NAMED = 3
"""So many windows that could not be read are named; the others are counted."""


class Clock:
    """Adds up the seconds spent in named stages.

    The stages ``presence``, ``generate`` and ``score`` are time in the model; all others are not.
    """

    def __init__(self) -> None:
        """Start counting now."""
        self.seconds: dict[str, float] = {}
        self._started = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time inside the ``with`` block as spent in ``name``."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun

    def elapsed(self) -> float:
        """Return the seconds since the clock was made."""
        return time.perf_counter() - self._started

    def summary(self) -> dict[str, Any]:
        """Return seconds by stage, in the model, in all, and the share spent outside the model.

        Loading the model (stage ``load``) is in the total, and on neither side of the share.
        """
        total = self.elapsed()
        working = total - self.seconds.get("load", 0.0)
        model = sum(self.seconds.get(name, 0.0) for name in MODEL_STAGES)
        stages = {name: round(seconds, 3) for name, seconds in sorted(self.seconds.items())}
        return {
            **stages,
            "model": round(model, 3),
            "total": round(total, 3),
            "outside_share": round((working - model) / working, 4) if working > 0 else 0.0,
        }


class Tally:
    """Adds up the reports of finished windows.

    Each report counts ``asked`` (questions put to the policy), ``vetoed`` (questions the verifier
    spared it), ``unparsed`` (answers that could not be read), ``truncated`` (answers that ran out of
    room for good), ``quartered`` (those asked again in quarters), ``dropped``, ``detections``, and
    whether the window was ``blank`` or ``unreadable`` (then where and why), and which questions were
    ``not_understood`` by the verifier, each with a sentence.
    """

    COUNTS = ("asked", "vetoed", "unparsed", "truncated", "quartered", "dropped", "detections")

    def __init__(self, reports: Iterable[Mapping[str, Any]] = ()) -> None:
        """Start from the reports of windows that were finished earlier."""
        self.windows = 0
        self.blank = 0
        self.unreadable = 0
        self.gaps: list[dict[str, Any]] = []
        self.counts: Counter[str] = Counter()
        self.unread: list[str] = []
        self.not_understood: dict[str, str] = {}
        for report in reports:
            self.add(report)

    def add(self, report: Mapping[str, Any]) -> None:
        """Count one more finished window."""
        self.windows += 1
        self.blank += bool(report.get("blank"))
        gap = report.get("unreadable")
        self.unreadable += gap is not None
        if gap is not None and len(self.gaps) < GAPS_NAMED:
            self.gaps.append(gap)
        for name in self.COUNTS:
            self.counts[name] += int(report.get(name, 0))
        self.not_understood.update(report.get("not_understood", {}))
        if len(self.unread) < 3:
            self.unread += list(report.get("unread", ()))[:1]

    def all_unread(self) -> bool:
        """Tell whether the policy was asked and not one of its answers could be read."""
        return 0 < self.counts["asked"] == self.counts["unparsed"]

    def nothing_read(self) -> bool:
        """Tell whether there were windows and not one of them could be read."""
        return 0 < self.windows == self.unreadable

    def notes(self) -> list[str]:
        """What a user must know to trust the run: windows that were not read, answers that ran out of room."""
        cut = self.counts["truncated"]
        if not cut:
            return self.gap_notes()
        answers = "1 answer" if cut == 1 else f"{cut} answers"
        return [
            *self.gap_notes(),
            f"{answers} of the model ended before all was written, in windows of the detections that say "
            "truncated: there may be more objects there. Look again at a finer zoom, or raise max_new_tokens in "
            "the model's remotezero.json, of one on a server in its address (?max_new_tokens=2048).",
        ]

    def gap_notes(self) -> list[str]:
        """A sentence that names the first windows that could not be read, and why; none where all could."""
        if not self.gaps:
            return []
        places = "; ".join("column {}, row {}, {} x {} pixels".format(*gap["at_src"]) for gap in self.gaps)
        more = " and others" if self.unreadable > len(self.gaps) else ""
        return [
            f"{self.unreadable} of {self.windows} windows could not be read, so nothing is known of what they show "
            f"({places}{more}): {self.gaps[0]['why']}"
        ]

    def summary(self) -> dict[str, Any]:
        """Return the counts, the share of questions spared by the veto, and up to three unreadable answers."""
        questions = self.counts["asked"] + self.counts["vetoed"]
        saved = self.counts["vetoed"] / questions if questions else 0.0
        examples = {"unparsed_examples": self.unread} if self.unread else {}
        return {
            "windows": self.windows,
            "blank": self.blank,
            "unreadable": self.unreadable,
            **{name: self.counts[name] for name in self.COUNTS},
            "veto_saved_share": round(saved, 4),
            **examples,
        }


def blank_window(window: Window) -> WindowResult:
    """Report a window in which the raster has no data."""
    return WindowResult(window, (), {"blank": True})


def unreadable_window(window: Window, error: RasterReadError) -> WindowResult:
    """Report a window that GDAL could not read: where it lies in source pixels, and why."""
    at = [window.col_src, window.row_src, window.width_src, window.height_src]
    return WindowResult(window, (), {"unreadable": {"at_src": at, "why": str(error)}})
