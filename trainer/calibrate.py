"""alpha, lambda and tau without a single drawn box.

The rule, in three steps over the base policy's own boxes on training chips:

1. **alpha** is the margin under which the verifier best separates each crop under its own query from the
   same crop under another query (area under the ROC curve). The served margin stays unless another one
   separates better by a hundredth.
2. **tau** is the area share that nine tenths of the trusted boxes stay below. Trusted are the boxes in the
   best third by score, and of these only such that score at least one half, when there are any.
3. **lambda** is the smallest weight under which blowing a trusted box up (twice and four times its sides)
   lowers its reward in at least 95 % of the cases where the blown-up box covers more than tau.

Every figure that the rule looked at is kept, so that the panel can show why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.evaluate.overlap import AreaRule
from engine.evaluate.precision import auroc
from engine.imagery.crops import MARGIN
from engine.types import Xyxy, along_line
from trainer.config import RoundConfig
from trainer.queries import Pair, wrong_queries
from trainer.rewarder import Rewarder
from trainer.rewards import covered_share

MARGINS = (0.1, 0.25, 0.5, 1.0)
WEIGHTS = (0.0, 0.25, 0.5, 1.0, 2.0)
BLOW_UPS = (2.0, 4.0)
TARGET_SHARE = 0.95
ENOUGH = 0.01

FEWEST_JUDGED = 8
"""Boxes of each verdict from which a score can be calibrated."""

ScoresAt = Callable[[float], tuple[NDArray[np.float64], NDArray[np.float64]]]


@dataclass(frozen=True)
class Calibration:
    """The chosen settings and the tables behind them.

    Attributes:
        margin: alpha.
        rule: lambda and tau.
        separation: margin -> AUROC of right against wrong queries.
        price: weight -> share of blown-up boxes that lose.
        trusted: how many boxes steps 2 and 3 looked at.
    """

    margin: float
    rule: AreaRule
    separation: dict[float, float]
    price: dict[float, float]
    trusted: int


EDGE = 1e-4
"""Scores nearer to 0 and 1 count as this near: their log odds would decide alone."""


@dataclass(frozen=True)
class ScoreMap:
    """What a verifier's score is worth by the user's verdicts: its log odds, stretched and moved.

    Attributes:
        slope, offset: of the log odds; 1 and 0 leave a score as it is.
        accepted, rejected: how many boxes that rests on.
    """

    slope: float = 1.0
    offset: float = 0.0
    accepted: int = 0
    rejected: int = 0

    def __call__(self, score: float) -> float:
        """The share of boxes of this score that the user would accept."""
        if (self.slope, self.offset) == (1.0, 0.0):
            return score
        return along_line(min(max(score, EDGE), 1 - EDGE), self.slope, self.offset)


def platt_line(
    scores: ArrayLike, right: ArrayLike, *, pull_back: float = 1.0, edge: float = EDGE
) -> tuple[float, float]:
    """Slope and offset in log odds that turn scores into shares of what is right (Platt), by Newton's steps.

    Args:
        scores: 0..1.
        right: whether each was.
        pull_back: how much the line is drawn towards leaving scores as they are; next to 0 for the likeliest line.
        edge: scores nearer to 0 and 1 count as this near.
    """
    inside = np.clip(np.asarray(scores, dtype=float), edge, 1 - edge)
    x, y = np.log(inside / (1 - inside)), np.asarray(right, dtype=float)
    design = np.stack([x, np.ones_like(x)], axis=1)
    start = np.array([1.0, 0.0])

    def loss(weights: NDArray[np.float64]) -> float:
        odds = design @ weights
        return float(np.logaddexp(0, odds).sum() - y @ odds + pull_back * ((weights - start) ** 2).sum() / 2)

    weights = start.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        pull = design.T @ (p - y) + pull_back * (weights - start)
        curve = design.T @ (design * (p * (1 - p))[:, None]) + pull_back * np.eye(2)
        step = np.linalg.solve(curve, pull)
        # Newton's step overshoots where most scores are near 0 or 1.
        while loss(weights - step) > loss(weights) and np.abs(step).max() > 1e-9:
            step = step / 2
        weights = weights - step
    return float(weights[0]), float(weights[1])


def fit_scores(scores: ArrayLike, accepted: ArrayLike) -> ScoreMap:
    """Fit a score to verdicts (Platt's scaling), drawn towards leaving it as it is where there are few.

    Args:
        scores: the verifier's, 0..1.
        accepted: the user's verdict on each.

    Returns:
        The score as it is where either verdict is rare.
    """
    y = np.asarray(accepted, dtype=float)
    right, wrong = int(y.sum()), int(len(y) - y.sum())
    if min(right, wrong) < FEWEST_JUDGED:
        return ScoreMap(accepted=right, rejected=wrong)
    slope, offset = platt_line(scores, y)
    # A score may not turn round: that would say the verifier is inverted, and such ones are refused.
    return ScoreMap(max(slope, 0.05), offset, right, wrong)


def choose_margin(
    scores_at: ScoresAt, margins: Sequence[float] = MARGINS
) -> tuple[float, dict[float, float]]:
    """Step 1.

    Args:
        scores_at: margin -> (scores under the right queries, scores of the same crops under wrong ones).
        margins: candidates, in rising order.
    """
    separation = {margin: auroc(*scores_at(margin)) for margin in margins}
    best = max(separation, key=lambda margin: separation[margin])
    if MARGIN in separation and separation[MARGIN] >= separation[best] - ENOUGH:
        best = MARGIN
    return best, separation


def trusted_boxes(scores: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The best third by score, of these only such of at least one half when there are any."""
    if not len(scores):
        return np.zeros(0, dtype=bool)
    chosen = scores >= np.quantile(scores, 2 / 3)
    sure = chosen & (scores >= 0.5)
    return sure if sure.any() else chosen


def blow_up(xyxy_px: Xyxy, factor: float, width_px: int, height_px: int) -> Xyxy:
    """The box with ``factor`` times its sides round its centre, cut at the chip's edge."""
    x0, y0, x1, y1 = xyxy_px
    cx, cy, w, h = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) * factor / 2, (y1 - y0) * factor / 2
    return max(0.0, cx - w), max(0.0, cy - h), min(float(width_px), cx + w), min(float(height_px), cy + h)


def choose_area_rule(
    shares: NDArray[np.float64],
    scores: NDArray[np.float64],
    blown_shares: NDArray[np.float64],
    blown_scores: NDArray[np.float64],
) -> tuple[AreaRule, dict[float, float]]:
    """Steps 2 and 3, over trusted boxes only.

    Args:
        shares: area share of each trusted box, ``n``.
        scores: the verifier's score of each, ``n``.
        blown_shares: area shares of its blown-up versions, ``n x len(BLOW_UPS)``.
        blown_scores: their scores.
    """
    if not len(shares):
        return AreaRule(0.5, 0.25), {}
    allowed = float(np.quantile(shares, 0.9))
    excess = np.maximum(0.0, blown_shares - allowed)
    own = np.maximum(0.0, shares - allowed)
    counted = excess > 0
    price = {}
    for weight in WEIGHTS:
        loses = blown_scores - weight * excess < (scores - weight * own)[:, None]
        price[weight] = float(loses[counted].mean()) if counted.any() else 1.0
    enough = [weight for weight, share in price.items() if share >= TARGET_SHARE]
    return AreaRule(enough[0] if enough else WEIGHTS[-1], allowed), price


def calibrate(
    rewarder: Rewarder, pairs: Sequence[Pair], texts: Sequence[str], config: RoundConfig
) -> Calibration:
    """Measure alpha, lambda and tau; those that the analyst set stay as they are.

    Args:
        rewarder: with the verifier of round 0; its margin and rule don't matter.
        pairs: training pairs.
        texts: the first policy's answers to them.
        config: the knobs that were set.

    Raises:
        JobCancelledError: the rewarder's ``stop()`` became true.
    """
    answers = rewarder.read(pairs, texts)
    asked = [(pair, box) for pair, a in zip(pairs, answers, strict=True) for box in (a.boxes_px or ())[:1]]
    chips, right, own = [p.chip for p, _ in asked], [p.query for p, _ in asked], [box for _, box in asked]
    wrong = wrong_queries([pair for pair, _ in asked], config.seed, rewarder.spec)

    def scores(boxes: Sequence[Xyxy], queries: Sequence[str], margin: float) -> NDArray[np.float64]:
        return replace(rewarder, margin=margin).score_crops(chips, boxes, queries)

    margin, separation = choose_margin(lambda m: (scores(own, right, m), scores(own, wrong, m)))
    if config.margin is not None:
        margin = config.margin
    sizes = [rewarder.pixels_of(chip).shape[:2] for chip in chips]
    rule, price, trusted = _area_rule(lambda boxes: scores(boxes, right, margin), own, sizes)
    weight = rule.weight if config.area_weight is None else config.area_weight
    allowed = rule.allowed if config.area_allowed is None else config.area_allowed
    return Calibration(margin, AreaRule(weight, allowed), separation, price, trusted)


def _area_rule(
    score: Callable[[Sequence[Xyxy]], NDArray[np.float64]],
    own: Sequence[Xyxy],
    sizes: Sequence[tuple[int, ...]],
) -> tuple[AreaRule, dict[float, float], int]:
    """Steps 2 and 3 for the boxes ``own`` on chips of the given (height, width)."""
    plain = score(own)
    chosen = trusted_boxes(plain)
    shares = np.array([covered_share([b], w, h) for b, (h, w) in zip(own, sizes, strict=True)])
    blown_shares, blown_scores = np.zeros((len(own), len(BLOW_UPS))), np.zeros((len(own), len(BLOW_UPS)))
    for column, factor in enumerate(BLOW_UPS):
        boxes = [blow_up(b, factor, w, h) for b, (h, w) in zip(own, sizes, strict=True)]
        blown_scores[:, column] = score(boxes)
        blown_shares[:, column] = [covered_share([b], w, h) for b, (h, w) in zip(boxes, sizes, strict=True)]
    rule, price = choose_area_rule(shares[chosen], plain[chosen], blown_shares[chosen], blown_scores[chosen])
    return rule, price, int(chosen.sum())
