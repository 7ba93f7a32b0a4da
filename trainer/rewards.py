"""Rewards as pure functions of scores and boxes.

The verifier's looks are taken elsewhere (``trainer.rewarder``); here they become numbers. With s in [0, 1] the
verifier's score of a box's crop, A the share of the chip that the boxes cover, lambda and tau the area knobs:

* ``paper``:    r = mean(s) - lambda * max(0, A - tau)
* ``contrast``: r = mean(s) * (1 - s_out) - the same penalty; s_out is the score with the boxes blanked out
* ``consensus``: r = (score + 2 * expected IoU with what was tried before the round) / 3, over the number of boxes
  that are believed to be there where an answer names fewer (``trainer.sets``)
* ``iou``:      r = matched IoU with the drawn boxes (the supervised yardstick)

An answer "none" earns 1 - presence, under ``consensus`` all or nothing. A completion that can't be parsed
earns 0; every parsed one earns at least its format share, so that a readable wrong answer always beats an
unreadable one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.evaluate.overlap import AreaRule, area_penalty, box_iou, covered, matches
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


def consensus_reward(
    boxes_px: Sequence[Xyxy], scores: Sequence[float], expected: float | None, count: float = 0.0
) -> float:
    """One part score, two parts expected IoU with what was tried before the round.

    Offline, on groups of two regions, this mixture follows the true IoU best (LOG.md); the score keeps the
    verifier's eye on every answer, the expected IoU can't be argued away by answers that repeat themselves.
    Where nothing was tried (``expected`` None) the score stands alone.

    Args:
        boxes_px: the answer, at least one box.
        scores: of each box.
        expected: IoU that the answer can expect.
        count: how many are believed to be there, where several are meant; the scores are summed up over so many
            at least, since the mean of fewer boxes is nearly always the better one.
    """
    score = sum(with_duplicates_struck(boxes_px, scores)) / max(len(boxes_px), count)
    return score if expected is None else (score + 2.0 * expected) / 3.0


def none_reward(presence: float) -> float:
    """Reward of the answer "none": the verifier's belief that nothing on the chip fits."""
    return 1.0 - presence


def matched_boxes(boxes_px: Sequence[Xyxy], truth_px: Sequence[Xyxy]) -> dict[int, float]:
    """Boxes paired with others greedily, best first: index of a box -> IoU with its partner; none that miss."""
    return {box: iou for box, _, iou in matches(boxes_px, truth_px) if iou > 0}


def told_scores(
    boxes_px: Sequence[Xyxy],
    scores: Sequence[float],
    accepted_px: Sequence[Xyxy],
    rejected_px: Sequence[Xyxy],
) -> list[float]:
    """The verifier's scores, but 1 for a box that was accepted (IoU over 0.5), and 0 for one that was rejected."""
    told = []
    for box, score in zip(boxes_px, scores, strict=True):
        right = any(box_iou(box, other) > 0.5 for other in accepted_px)
        wrong = any(box_iou(box, other) > 0.5 for other in rejected_px)
        told.append(1.0 if right else 0.0 if wrong else float(score))
    return told


def judged_reward(
    boxes_px: Sequence[Xyxy],
    scores: Sequence[float],
    accepted_px: Sequence[Xyxy],
    rejected_px: Sequence[Xyxy],
) -> float:
    """Reward where the user accepted boxes, which need not be all that are right.

    A box matched with an accepted one earns their IoU, one that repeats a rejected box nothing, any other what
    the verifier says; all over the number of boxes given and of accepted ones that were missed.

    Args:
        boxes_px: the answer.
        scores: the verifier's, of each box.
        accepted_px: boxes that were found right, at least one.
        rejected_px: boxes that were found wrong.
    """
    matched = matched_boxes(boxes_px, accepted_px)
    told = with_duplicates_struck(boxes_px, told_scores(boxes_px, scores, (), rejected_px))
    rest = sum(score for index, score in enumerate(told) if index not in matched)
    return (sum(matched.values()) + rest) / (len(boxes_px) + len(accepted_px) - len(matched))


def judged_share(boxes_px: Sequence[Xyxy], accepted_px: Sequence[Xyxy], rejected_px: Sequence[Xyxy]) -> float:
    """How well an answer agrees with boxes that were judged, where others may be right as well.

    Boxes are matched with the accepted ones as in :func:`matched_iou`. Of those that are left, the ones that
    repeat a rejected box (IoU over 0.5) count against the answer, all others neither for nor against it.

    Args:
        boxes_px: the answer.
        accepted_px: boxes of the query on this chip that were found right.
        rejected_px: those that were found wrong.
    """
    matched = matched_boxes(boxes_px, accepted_px)
    left = [box for index, box in enumerate(boxes_px) if index not in matched]
    wrong = sum(any(box_iou(box, bad) > 0.5 for bad in rejected_px) for box in left)
    count = len(accepted_px) + wrong
    return sum(matched.values()) / count if count else 1.0


def with_format(reward: float | None, *, whole: bool = True) -> float:
    """Add the format share: None (not parsed) earns 0, a whole answer at least ``FORMAT_SHARE``.

    An answer that was cut off (not ``whole``) earns what its boxes do, without that share: whoever ends an answer does
    better than whoever writes the same boxes and doesn't come to an end.
    """
    if reward is None:
        return 0.0
    return (FORMAT_SHARE if whole else 0.0) + (1.0 - FORMAT_SHARE) * max(reward, 0.0)
