"""How well boxes agree: overlap of pairs, of sets, and the matching that both rewards and figures use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.types import Xyxy


def box_iou(a_px: Xyxy, b_px: Xyxy) -> float:
    """Intersection over union of two boxes, 0 when either is empty."""
    inter = box_area(common(a_px, b_px))
    union = box_area(a_px) + box_area(b_px) - inter
    return inter / union if union > 0 else 0.0


def common(a_px: Xyxy, b_px: Xyxy) -> Xyxy:
    """What two boxes have in common; turned inside out where that is nothing."""
    return max(a_px[0], b_px[0]), max(a_px[1], b_px[1]), min(a_px[2], b_px[2]), min(a_px[3], b_px[3])


def box_area(xyxy_px: Xyxy) -> float:
    """Area in square pixels, 0 when the box is turned inside out."""
    return max(0.0, xyxy_px[2] - xyxy_px[0]) * max(0.0, xyxy_px[3] - xyxy_px[1])


def hull(boxes_px: Sequence[Xyxy]) -> Xyxy:
    """The rectangle round boxes, of which there is at least one."""
    left, top, right, bottom = zip(*boxes_px, strict=True)
    return min(left), min(top), max(right), max(bottom)


@dataclass(frozen=True)
class AreaRule:
    """lambda (``weight``) and tau (``allowed``): the price of covering more of the chip than needed."""

    weight: float
    allowed: float


def area_penalty(share: float, rule: AreaRule) -> float:
    """``weight * max(0, share - allowed)``."""
    return rule.weight * max(0.0, share - rule.allowed)


def generalised_iou(a_px: Xyxy, b_px: Xyxy) -> float:
    """Generalised IoU: IoU less the share of the rectangle round both that neither covers, -1 to 1."""
    inter = box_area(common(a_px, b_px))
    union = box_area(a_px) + box_area(b_px) - inter
    around = box_area(hull([a_px, b_px]))
    return (inter / union if union > 0 else 0.0) - ((around - union) / around if around > 0 else 0.0)


def covered(boxes_px: Sequence[Xyxy], others_px: Sequence[Xyxy] | None = None) -> float:
    """Area that boxes cover together, or that they and the others both cover; overlaps count once."""
    every = [*boxes_px, *(others_px or ())]
    if not boxes_px or (others_px is not None and not others_px):
        return 0.0
    edges_x = sorted({x for box in every for x in (box[0], box[2])})
    edges_y = sorted({y for box in every for y in (box[1], box[3])})
    cells = np.outer(np.diff(edges_y), np.diff(edges_x))
    inside = _inside(boxes_px, edges_x, edges_y)
    if others_px is not None:
        inside &= _inside(others_px, edges_x, edges_y)
    return float(cells[inside].sum())


def _inside(
    boxes_px: Sequence[Xyxy], edges_x: Sequence[float], edges_y: Sequence[float]
) -> NDArray[np.bool_]:
    middles_x = np.array([(a + b) / 2 for a, b in pairwise(edges_x)])
    middles_y = np.array([(a + b) / 2 for a, b in pairwise(edges_y)])
    inside = np.zeros((len(middles_y), len(middles_x)), dtype=bool)
    for x0, y0, x1, y1 in boxes_px:
        rows = (middles_y > y0) & (middles_y < y1)
        inside |= np.outer(rows, (middles_x > x0) & (middles_x < x1))
    return inside


def matches(boxes_px: Sequence[Xyxy], truth_px: Sequence[Xyxy]) -> list[tuple[int, int, float]]:
    """Pairs of box and true box, the best overlap first, each in at most one pair: (box, true box, IoU).

    Pairs without overlap come last; there are as many pairs as the shorter side has boxes.
    """
    if not boxes_px or not truth_px:
        return []
    table = np.array([[box_iou(a, b) for b in truth_px] for a in boxes_px])
    found = []
    for _ in range(min(table.shape)):
        row, column = (int(i) for i in np.unravel_index(int(table.argmax()), table.shape))
        found.append((row, column, float(table[row, column])))
        table[row, :], table[:, column] = -1.0, -1.0
    return found


def matched_iou(boxes_px: Sequence[Xyxy], truth_px: Sequence[Xyxy]) -> float:
    """Sum of greedily matched IoU over the larger number of boxes; 1 when both sides are empty.

    Args:
        boxes_px: the answer.
        truth_px: the true boxes of the query on this chip.
    """
    if not boxes_px and not truth_px:
        return 1.0
    total = sum(iou for _, _, iou in matches(boxes_px, truth_px))
    return total / max(len(boxes_px), len(truth_px))
