"""The gate: is the new adapter better, and did nothing get worse?

All figures come from held-out places. The reward is measured under the verifier of round 0, whatever the
round, so that a verifier that grows lenient can't lift the policy it judges. A round is promoted only when
the lower bound of the gain (paired bootstrap over places) is above zero and no control got worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 4000
CONFIDENCE = 0.90
"""Of the two-sided interval: its lower end is a one-sided bound at 95 %."""
REFUSALS_TO_STOP = 2


@dataclass(frozen=True)
class HeldOut:
    """What one adapter does on the held-out pairs; arrays run over the same pairs in the same order.

    Attributes:
        rewards: reward of the greedy answer under the verifier of round 0.
        places: which place each pair lies in; the bootstrap draws places, not pairs.
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
    """The gate's answer, with its reason in one sentence."""

    promoted: bool
    reason: str
    gain: float
    gain_low: float
    gain_high: float
    controls: tuple[ControlFigure, ...] = field(default=())


def paired_bootstrap(
    before: NDArray[np.float64], after: NDArray[np.float64], places: NDArray[np.int64], seed: int
) -> tuple[float, float, float]:
    """Mean gain and its two-sided 90 % interval, resampling whole places.

    Args:
        before: rewards of the held-out pairs.
        after: rewards of the same pairs.
        places: place of each pair.
        seed: of the resampling.

    Returns:
        ``(gain, low, high)``; with fewer than two places nothing is known and the interval is -1 to 1.
    """
    gains = after - before
    names, index = np.unique(places, return_inverse=True)
    if len(names) < 2:
        return float(gains.mean()), -1.0, 1.0
    sums, counts = np.bincount(index, gains), np.bincount(index)
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, len(names), (RESAMPLES, len(names)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return float(gains.mean()), float(low), float(high)


def judge(before: HeldOut, after: HeldOut, seed: int = 0) -> Verdict:
    """Compare the adapter before a round with the one after it.

    Args:
        before: the adapter that the round started from.
        after: the new one, on the same pairs.
        seed: of the bootstrap.
    """
    gain, low, high = paired_bootstrap(before.rewards, after.rewards, after.places, seed)
    controls = tuple(_controls(before, after))
    worse = [control for control in controls if control.worse]
    interval = f"{gain:+.3f} (90 % interval {low:+.3f} to {high:+.3f})"
    if low <= 0:
        reason = f"Refused: the held-out reward changed by {interval}, which is not surely a gain."
    elif worse:
        reason = f"Refused: the held-out reward rose by {interval}, but {_sentence(worse)}."
    else:
        reason = f"Promoted: the held-out reward rose by {interval} and no control got worse."
    return Verdict(low > 0 and not worse, reason, gain, low, high, controls)


def _controls(before: HeldOut, after: HeldOut) -> list[ControlFigure]:
    controls = [
        _rising("yes to wrong queries", before.wrong_yes, after.wrong_yes),
        _rising("boxes for absent targets", before.wrong_boxes, after.wrong_boxes),
        _rising("answers that can't be parsed", ~before.parsed, ~after.parsed),
        _rising("empty answers where there is a target", before.empty, after.empty, floor=0.05),
    ]
    return [control for control in controls if control is not None] + _areas(before, after)


def _rising(
    name: str, before: NDArray[np.generic], after: NDArray[np.generic], floor: float = 0.02
) -> ControlFigure | None:
    """A share that may rise by ``floor`` or two standard errors, whichever is more."""
    if not len(before) or not len(after):
        return None
    a, b = before.astype(float), after.astype(float)
    error = float(np.std(b - a) / np.sqrt(len(b))) if len(a) == len(b) else float(np.std(b) / np.sqrt(len(b)))
    limit = max(floor, 2 * error)
    return ControlFigure(name, float(a.mean()), float(b.mean()), limit, bool(b.mean() - a.mean() > limit))


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
