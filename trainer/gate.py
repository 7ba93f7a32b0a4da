"""The gate: is the new adapter better, and did nothing get worse?

All figures come from held-out places. The reward is measured under the verifier of round 0, whatever the
round, so that a verifier that grows lenient can't lift the policy it judges. A round is promoted only when
the lower bound of the gain is above zero and no control got worse.

The bound comes from flipping the signs of whole places (Hartigan's typical values, JASA 1969): without a true
gain a place is as likely to win as to lose, whatever the number of places, so the level holds for few of them
as for many. A bootstrap over few places has no such level: over two it promotes noise in a fifth of all cases.

What may be lost at home is a plain difference over stored questions, not an interval. The same questions are asked
before and after, and answers are not drawn, so the difference is what was lost of exactly that; it is no estimate.
An interval in the place of it would either refuse nearly every round (is it surely less than 2 points? that takes
some thousands of questions) or pass a loss of four (is it surely more?).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.975
"""Of the two-sided interval. Its lower end errs in 1.25 % where gains are symmetric, and in less than 5 % where
many places gain a little and few lose much."""
NEEDED_PLACES = 8
"""Over fewer places no gain can be told from luck with that certainty and a verifier that errs at times."""
EXACT_PLACES = 14
"""All sets of places are tried up to this many, beyond it a random draw of them."""
DRAWN_SETS = 4095
REFUSALS_TO_STOP = 2
HOME_LOSS = 0.02
"""Share of the stored questions with a target that may be answered right before a round and not after it."""


@dataclass(frozen=True)
class HeldOut:
    """What one adapter does on the held-out pairs; arrays run over the same pairs in the same order.

    Attributes:
        rewards: reward of the greedy answer under the verifier of round 0.
        places: which place each pair lies in; places win or lose, not pairs.
        parsed: whether the answer could be parsed.
        empty: whether the answer to a query with a target was "none".
        area_shares: share of the chip covered, of each answer that has a box.
        wrong_yes: the adapted model's own scores for crops under deliberately wrong queries.
        wrong_boxes: whether a box was given for a query whose target is absent.
    """

    rewards: NDArray[np.float64]
    places: NDArray[np.int64]
    parsed: NDArray[np.bool_]
    empty: NDArray[np.bool_]
    area_shares: NDArray[np.float64]
    wrong_yes: NDArray[np.float64]
    wrong_boxes: NDArray[np.bool_]


@dataclass(frozen=True)
class Home:
    """What one adapter answers to the stored questions; arrays run over the same questions in the same order.

    Attributes:
        right: whether the answer is right.
        target: whether something fits the question; where nothing does, "none" is right.
    """

    right: NDArray[np.bool_]
    target: NDArray[np.bool_]

    @property
    def found(self) -> float:
        """Share of right answers where there is a target; 1 where no such question is stored."""
        return float(self.right[self.target].mean()) if self.target.any() else 1.0

    @property
    def none(self) -> float:
        """Share of "none" where there is no target; 1 where no such question is stored."""
        return float(self.right[~self.target].mean()) if not self.target.all() else 1.0

    def controls(self, after: Home, none_loss: float | None = None) -> list[ControlFigure]:
        """What an adapter that answers like ``after`` would lose against this.

        Args:
            after: the answers of that adapter.
            none_loss: how much of "none" may be lost; None where that is shown and not limited.
        """
        found = _falling("right answers at home", self.found, after.found, HOME_LOSS)
        if none_loss is None:
            return [found]
        return [found, _falling("“none” at home", self.none, after.none, none_loss)]


@dataclass(frozen=True)
class ControlFigure:
    """One figure that must not get worse.

    Attributes:
        name: as shown to the analyst.
        before, after: its values.
        limit: the most that it may change in the bad direction.
        worse: whether it changed by more.
    """

    name: str
    before: float
    after: float
    limit: float
    worse: bool


@dataclass(frozen=True)
class Verdict:
    """The gate's answer, with its reason in one sentence.

    Attributes:
        gain, gain_low, gain_high: how the held-out reward changed, and where the true change lies.
        measured: False where there was nothing to judge.
        certainty: 0..1, with which it lies there.
    """

    promoted: bool
    reason: str
    gain: float
    gain_low: float
    gain_high: float
    controls: tuple[ControlFigure, ...] = field(default=())
    measured: bool = True
    certainty: float = CONFIDENCE

    def passed_by(self) -> Verdict:
        """The verdict of a run without a gate: what it says is told, and the round is kept; but not a broken one."""
        if self.promoted or not self.measured:
            return self
        return replace(self, promoted=True, reason=f"Kept without the gate, which would say: {self.reason}")


def place_interval(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    places: NDArray[np.int64],
    seed: int,
    level: float = 1 - CONFIDENCE,
) -> tuple[float, float, float]:
    """Mean gain and its two-sided interval by flipping the signs of whole places.

    The mean gains over all sets of places, in rising order, cut the line into parts in each of which the true
    gain lies with the same probability, if a place is as likely to err upwards as downwards.

    Args:
        before: rewards of the held-out pairs.
        after: rewards of the same pairs.
        places: place of each pair.
        seed: of the draw where there are too many sets to try them all.
        level: how often the true gain may lie outside.

    Returns:
        ``(gain, low, high)``; with so few places that the level can't be had the interval is -1 to 1.
    """
    gains = after - before
    names, index = np.unique(places, return_inverse=True)
    sums, counts = np.bincount(index, gains), np.bincount(index).astype(float)
    chosen = _sets(len(names), seed)
    means = np.sort((chosen @ sums) / (chosen @ counts))
    outside = int(level / 2 * (len(means) + 1))
    if outside < 1:
        return float(gains.mean()), -1.0, 1.0
    return float(gains.mean()), float(means[outside - 1]), float(means[-outside])


@cache
def _sets(places: int, seed: int) -> NDArray[np.float64]:
    """Non-empty sets of places, one a row of zeros and ones: all of them, or a random draw."""
    if places <= EXACT_PLACES:
        numbers = np.arange(1, 2**places)[:, None]
        return ((numbers >> np.arange(places)) & 1).astype(float)
    drawn = np.random.default_rng(seed).integers(0, 2, (DRAWN_SETS, places))
    return drawn[drawn.any(axis=1)].astype(float)


def judge(
    before: HeldOut,
    after: HeldOut,
    seed: int = 0,
    reliability: float = 1.0,
    home: tuple[Home, Home] | None = None,
    none_loss: float | None = None,
) -> Verdict:
    """Compare the adapter before a round with the one after it.

    Args:
        before: the adapter that the round started from.
        after: the new one, on the same pairs.
        seed: of the interval.
        reliability: 0..1, how far the verifier that gave the rewards can be trusted. The error that is
            allowed shrinks with it: whom one believes half has to show twice the evidence.
        home: what was answered at home before anything was learned, and after the round; None where nothing is
            stored to ask.
        none_loss: how much of "none" may be lost, at home and on the held-out pairs; None where home has no limit
            and the held-out pairs have the usual one.
    """
    if unusable := _unusable(before, after):
        return Verdict(False, f"Refused: {unusable}.", 0.0, -1.0, 1.0, measured=False)
    level = (1 - CONFIDENCE) * reliability
    gain, low, high = place_interval(before.rewards, after.rewards, after.places, seed, level)
    controls = controls_of(before, after, home, none_loss)
    worse = [control for control in controls if control.worse]
    places = len(np.unique(after.places))
    interval = f"{gain:+.3f} ({100 * (1 - level):.3g} % interval {low:+.3f} to {high:+.3f}, {places} places)"
    enough = places >= NEEDED_PLACES
    if not enough:
        reason = (
            f"Refused: {places} held-out places can't tell a gain from luck, {NEEDED_PLACES} are needed. "
            "Add imagery."
        )
    elif low <= 0:
        reason = f"Refused: the held-out reward changed by {interval}, which is not surely a gain."
    elif worse:
        reason = f"Refused: the held-out reward rose by {interval}, but {_sentence(worse)}."
    else:
        reason = f"Promoted: the held-out reward rose by {interval} and no control got worse."
    return Verdict(enough and low > 0 and not worse, reason, gain, low, high, controls, certainty=1 - level)


def _unusable(before: HeldOut, after: HeldOut) -> str:
    """Why nothing can be said about these figures, empty where something can."""
    if not len(after.rewards):
        return "nothing was measured on held-out places. Add imagery"
    for item in fields(HeldOut):
        for when, side in (("before", before), ("after", after)):
            if not np.isfinite(getattr(side, item.name).astype(float)).all():
                return (
                    f"{item.name.replace('_', ' ')} {when} the round hold values that are no numbers, so the "
                    "model or its verifier is broken. The adapter before stays"
                )
    if len(before.rewards) != len(after.rewards) or len(after.places) != len(after.rewards):
        return "the figures before and after are not of the same questions. Start a new run"
    return ""


def controls_of(
    before: HeldOut,
    after: HeldOut,
    home: tuple[Home, Home] | None = None,
    none_loss: float | None = None,
) -> tuple[ControlFigure, ...]:
    """What must not get worse, whatever the reward says; arguments as those of :func:`judge`."""
    controls = [
        _rising("yes to wrong queries", before.wrong_yes, after.wrong_yes),
        _rising("boxes for absent targets", before.wrong_boxes, after.wrong_boxes, most=none_loss),
        _rising("answers that can't be parsed", ~before.parsed, ~after.parsed),
        _rising("empty answers where there is a target", before.empty, after.empty, floor=0.05),
    ]
    at_home = home[0].controls(home[1], none_loss) if home else ()
    return (*(one for one in controls if one is not None), *_areas(before, after), *at_home)


def _rising(
    name: str,
    before: NDArray[np.generic],
    after: NDArray[np.generic],
    floor: float = 0.02,
    most: float | None = None,
) -> ControlFigure | None:
    """A share that may rise by ``floor`` or two standard errors, whichever is more; by ``most`` where that is said."""
    if not len(before) or not len(after):
        return None
    a, b = before.astype(float), after.astype(float)
    error = float(np.std(b - a) / np.sqrt(len(b))) if len(a) == len(b) else float(np.std(b) / np.sqrt(len(b)))
    limit = max(floor, 2 * error) if most is None else most
    return ControlFigure(
        name, float(a.mean()), float(b.mean()), limit, bool(b.mean() - a.mean() > limit + 1e-9)
    )


def _falling(name: str, before: float, after: float, limit: float) -> ControlFigure:
    """A share that may fall by ``limit``."""
    return ControlFigure(name, before, after, limit, before - after > limit + 1e-9)


def _areas(before: HeldOut, after: HeldOut) -> list[ControlFigure]:
    """The median box may neither double nor halve, nor the largest tenth double."""
    if len(before.area_shares) < 5 or len(after.area_shares) < 5:
        return []
    controls = []
    for name, quantile, both in (("median box area", 0.5, True), ("area of the largest boxes", 0.9, False)):
        a, b = (float(np.quantile(side.area_shares, quantile)) for side in (before, after))
        ratio = max(b, 1e-6) / max(a, 1e-6)
        controls.append(ControlFigure(name, a, b, 2.0, ratio > 2.0 or (both and ratio < 0.5)))
    return controls


def _sentence(worse: Sequence[ControlFigure]) -> str:
    return " and ".join(f"{c.name} went from {c.before:.3f} to {c.after:.3f}" for c in worse)


def should_stop(verdicts: Sequence[Verdict]) -> bool:
    """Two refusals in all end the run."""
    return sum(not verdict.promoted for verdict in verdicts) >= REFUSALS_TO_STOP
