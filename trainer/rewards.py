"""Rewards as pure functions of scores and boxes.

The verifier's looks are taken elsewhere (``trainer.rewarder``); here they become numbers. With s in [0, 1] the
verifier's score of a box's crop, A the share of the chip that the boxes cover, lambda and tau the area knobs:

* ``paper``:    r = mean(s) - lambda * max(0, A - tau)
* ``contrast``: r = mean(s) * (1 - s_out) - the same penalty; s_out is the score with the boxes blanked out
* ``consensus``: r = (mean score + 2 * expected IoU with what was tried before the round) / 3
* ``iou``:      r = matched IoU with the drawn boxes (the supervised yardstick)

An answer "none" earns 1 - presence, under ``consensus`` all or nothing. A completion that can't be parsed
earns 0; every parsed one earns at least its format share, so that a readable wrong answer always beats an
unreadable one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.evaluate.overlap import AreaRule, area_penalty, box_iou, covered
from engine.types import Xyxy

FORMAT_SHARE = 0.1


def covered_share(boxes_px: Sequence[Xyxy], width_px: int, height_px: int) -> float:
    """Share of the chip that the boxes cover together, 0..1; overlaps count once."""
    return covered(boxes_px, [(0.0, 0.0, float(width_px), float(height_px))]) / (width_px * height_px)


def with_duplicates_struck(boxes_px: Sequence[Xyxy], scores: Sequence[float]) -> list[float]:
    """Scores in which a box that repeats an earlier one (IoU over 0.5) counts as 0.

    Without this, a policy could earn a plural query's whole reward by naming one object many times.
    """
    struck: list[float] = []
    for index, (box, score) in enumerate(zip(boxes_px, scores, strict=True)):
        repeats = any(box_iou(box, earlier) > 0.5 for earlier in boxes_px[:index])
        struck.append(0.0 if repeats else float(score))
    return struck


def paper_reward(boxes_px: Sequence[Xyxy], scores: Sequence[float], share: float, rule: AreaRule) -> float:
    """Mean score of the boxes minus the area penalty."""
    return float(np.mean(with_duplicates_struck(boxes_px, scores))) - area_penalty(share, rule)


def contrast_reward(
    boxes_px: Sequence[Xyxy], scores: Sequence[float], left_behind: float, share: float, rule: AreaRule
) -> float:
    """Mean score, times one minus the score of what is left without the boxes, minus the penalty."""
    inside = float(np.mean(with_duplicates_struck(boxes_px, scores)))
    return inside * (1.0 - left_behind) - area_penalty(share, rule)


def consensus_reward(boxes_px: Sequence[Xyxy], scores: Sequence[float], expected: float | None) -> float:
    """One part mean score, two parts expected IoU with what was tried before the round.

    Offline, on groups of two regions, this mixture follows the true IoU best (LOG.md); the score keeps the
    verifier's eye on every answer, the expected IoU can't be argued away by answers that repeat themselves.
    Where nothing was tried (``expected`` None) the score stands alone.
    """
    score = float(np.mean(with_duplicates_struck(boxes_px, scores)))
    return score if expected is None else (score + 2.0 * expected) / 3.0


def none_reward(presence: float) -> float:
    """Reward of the answer "none": the verifier's belief that nothing on the chip fits."""
    return 1.0 - presence


def with_format(reward: float | None) -> float:
    """Add the format share: None (not parsed) earns 0, everything else at least ``FORMAT_SHARE``."""
    if reward is None:
        return 0.0
    return FORMAT_SHARE + (1.0 - FORMAT_SHARE) * max(reward, 0.0)
