"""The time of a run: what was spent on what, what is left, and what the rest will take.

``minutes`` of a request counts everything, from reading the rasters to the last check. What each part took is
kept by model on this machine, so that the next plan can say how long a run takes before anything is loaded.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from engine.files import write_atomic
from engine.paths import data_dir
from engine.types import Stop
from trainer.config import TUNING_PAIRS

UNITS = ("reading", "loading", "questions", "settings", "searching", "measuring", "step")
"""Seconds a chip, a load, a chip, a tuned pair, a searched pair, a measured pair, an optimiser step."""
HOME = "home"
"""The same for a stored question; not every model has such."""
FEWEST_STEPS = 3
"""A round that can't have so many is not begun."""
TELL_EVERY_S = 1.0
GRACE_SHARE, GRACE_S = 0.1, 10.0
"""A check that has begun may take this share of the budget longer, at least so many seconds."""


@dataclass
class Spent:
    """What a run has spent so far; part of its state.

    Attributes:
        seconds: in all, of every attempt.
        parts: part -> seconds.
        counts: part -> how many chips, pairs or steps that was for.
    """

    seconds: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def rates(self) -> dict[str, float]:
        """Seconds for one of each part that was seen."""
        return {name: self.parts[name] / self.counts[name] for name in self.parts if self.counts.get(name)}


@dataclass(frozen=True)
class Work:
    """How much there is to do.

    Attributes:
        chips: to read.
        train, held: pairs to learn from and to check on.
        steps: of a round.
        prompts: pairs of a round.
        home: stored questions that are asked before and after a round.
        shares: how many shares of what a round learned may be asked after it, each at home and on the held pairs.
    """

    chips: int
    train: int
    held: int
    steps: int
    prompts: int
    home: int = 0
    shares: int = 1


class RunClock:
    """Measures a run against its budget.

    Args:
        minutes: the budget.
        spent: what earlier attempts took; filled further in place.
    """

    def __init__(self, minutes: float, spent: Spent) -> None:
        self.budget_s = 60.0 * minutes
        self.spent = spent
        self._before, self._began = spent.seconds, time.monotonic()

    @property
    def seconds(self) -> float:
        """Spent so far."""
        return self._before + time.monotonic() - self._began

    @property
    def left_s(self) -> float:
        """Left of the budget; negative once it is overdrawn."""
        return self.budget_s - self.seconds

    def over(self, stop: Stop, *, grace: bool = False) -> Stop:
        """A stop that is also true once the time is over, with ``grace`` somewhat later."""
        allowed = max(GRACE_S, GRACE_SHARE * self.budget_s) if grace else 0.0
        return lambda: stop() or self.left_s < -allowed

    def telling(self, stop: Stop, tell: Callable[[], None]) -> Stop:
        """A stop that also tells how far the run is, about once a second whenever it is asked."""
        last = time.monotonic()

        def asked() -> bool:
            nonlocal last
            if time.monotonic() - last >= TELL_EVERY_S:
                last = time.monotonic()
                tell()
            return stop()

        return asked

    def progress(self, stage: str, round_number: int = 0) -> dict[str, Any]:
        """A ``progress`` event's data: seconds done, of the budget, and left."""
        return {
            "stage": stage,
            "round": round_number,
            "done": round(min(self.seconds, self.budget_s)),
            "total": round(self.budget_s),
            "seconds_left": round(max(0.0, self.left_s), 1),
        }

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count the time of the block; :meth:`done` says afterwards for how many it was."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.spent.parts[name] = self.spent.parts.get(name, 0.0) + time.monotonic() - began
            self.spent.seconds = self.seconds

    def done(self, name: str, count: int) -> None:
        """So many more chips, pairs or steps of a part are done."""
        self.spent.counts[name] = self.spent.counts.get(name, 0) + count


def forecast(rates: Mapping[str, float], work: Work) -> dict[str, float]:
    """Seconds of preparing, of one round's search and training, of one check, and of what later checks know by then.

    Args:
        rates: seconds by unit; one that is missing counts nothing.
        work: what there is to do.
    """
    rate = {name: rates.get(name, 0.0) for name in UNITS}
    # Where no stored question was timed yet: a measured one is answered, too, and looked at besides.
    home = work.home * rates.get(HOME, rate["measuring"])
    preparing = (
        rate["loading"]
        + work.chips * (rate["reading"] + rate["questions"])
        + min(TUNING_PAIRS, work.train) * rate["settings"]
        + work.held * (rate["searching"] + rate["measuring"])
        + home
    )
    return {
        "preparing": preparing,
        "searching": min(work.train, work.prompts) * rate["searching"],
        "training": work.steps * rate["step"],
        "checking": work.held * 2 * rate["searching"] + work.shares * (home + work.held * rate["measuring"]),
        "checked before": work.held * rate["searching"],
    }


def _file() -> Path:
    return data_dir() / "improve-rates.json"


def keep_rates(model: str, spent: Spent) -> None:
    """Keep what a run measured, for the next plan."""
    known = _known()
    date = time.strftime("%Y-%m-%d")
    known[model] = {**known.get(model, {}), **spent.rates(), "date": date}
    write_atomic(_file(), json.dumps(known, indent=1))


def rates_of(model: str) -> tuple[dict[str, float], str] | None:
    """Seconds by unit as last measured on this machine and the date; None before a whole round was."""
    entry = dict(_known().get(model, {}))
    date = str(entry.pop("date", ""))
    try:
        rates = TypeAdapter(dict[str, float]).validate_python(entry)
    except ValidationError:
        return None
    return (rates, date) if all(name in rates for name in UNITS) else None


def _known() -> dict[str, Any]:
    """What is kept; a file that can't be read is as good as none, since every run writes it anew."""
    try:
        known = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) and all(isinstance(v, dict) for v in known.values()) else {}


def minutes_words(minutes: float) -> str:
    """A number of minutes as people say it."""
    return "1 minute" if minutes == 1 else f"{minutes:g} minutes"


def parts_words(parts: Mapping[str, float]) -> str:
    """What time was spent on, longest first."""
    longest = sorted(parts.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {seconds:.0f} s" for name, seconds in longest) or "nothing was begun"
