"""What the evaluation counts: overlap of box sets, and how well scores separate right from wrong."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.types import Xyxy


def iou_matrix(first: Sequence[Xyxy], second: Sequence[Xyxy]) -> NDArray[np.float64]:
    """Intersection over union of every pair, ``len(first) x len(second)``."""
    a = np.asarray(first, dtype=np.float64).reshape(-1, 4)
    b = np.asarray(second, dtype=np.float64).reshape(-1, 4)
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    inner = np.prod(np.clip(high - low, 0, None), axis=2)
    areas = [np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) for boxes in (a, b)]
    union = areas[0][:, None] + areas[1][None] - inner
    overlap: NDArray[np.float64] = np.divide(inner, union, out=np.zeros_like(inner), where=union > 0)
    return overlap


def set_iou(found: Sequence[Xyxy], truth: Sequence[Xyxy]) -> float:
    """Overlap of two sets of boxes, 0..1.

    Pairs are matched best first; the sum of their IoU is divided by the larger count, so that a missed
    box and an invented one cost the same. One box against one is plain IoU. Both empty is 1 (the
    convention of EarthReason's evaluation).
    """
    if not found and not truth:
        return 1.0
    if not found or not truth:
        return 0.0
    overlaps = iou_matrix(found, truth)
    total = 0.0
    for _ in range(min(overlaps.shape)):
        row, column = np.unravel_index(int(overlaps.argmax()), overlaps.shape)
        total += float(overlaps[row, column])
        overlaps[row, :] = -1
        overlaps[:, column] = -1
    return total / max(len(found), len(truth))


def auroc(right: Sequence[float], wrong: Sequence[float]) -> float:
    """Probability that a right crop scores above a wrong one (ties count half)."""
    scores = np.concatenate([right, wrong])
    order = scores.argsort(kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    for value in np.unique(scores):
        tied = scores == value
        ranks[tied] = ranks[tied].mean()
    n, m = len(right), len(wrong)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))
