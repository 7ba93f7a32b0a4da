"""What was tried for each pair in a round, and which of it the verifier believes.

A single look of the verifier is noisy. Over a round every pair is answered many times, and answers that
agree with each other *and* are believed point to the same place. The best answer of a pair is the one with
the highest

    M(c) = s(c) * sum_j s(j)^2 * agree(c, j) / sum_j s(j)^2

over all its tried answers j, where s is the mean score of an answer's boxes (one minus the presence for
"none") and ``agree`` the matched IoU. No box of anybody's is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.types import Xyxy
from trainer.rewards import matched_iou

MOST = 48


@dataclass(frozen=True)
class Tried:
    """One parsed answer.

    Attributes:
        boxes_px: its boxes, none for "none".
        score: 0..1, how far the verifier believes it.
        tokens: as it was written.
    """

    boxes_px: tuple[Xyxy, ...]
    score: float
    tokens: tuple[int, ...]


class Memory:
    """Tried answers by the number of their pair."""

    def __init__(self) -> None:
        self._tried: dict[int, list[Tried]] = defaultdict(list)
        self._best: dict[int, Tried] = {}

    def add(self, number: int, tried: Sequence[Tried]) -> None:
        """Remember answers; equal boxes count once, and beyond ``MOST`` the least believed go."""
        known = {item.boxes_px: item for item in self._tried[number]}
        known.update({item.boxes_px: item for item in tried if item.boxes_px not in known})
        kept = sorted(known.values(), key=lambda item: -item.score)[:MOST]
        self._tried[number] = kept
        if kept:
            self._best[number] = kept[int(np.argmax(believed(kept)))]

    def best(self, number: int) -> Tried | None:
        """The best answer so far, None where nothing was parsed yet."""
        return self._best.get(number)


def believed(tried: Sequence[Tried]) -> list[float]:
    """M of every answer."""
    weights = np.array([item.score for item in tried]) ** 2
    total = float(weights.sum())
    if total == 0:
        return [0.0] * len(tried)
    agree = np.array([[matched_iou(a.boxes_px, b.boxes_px) for b in tried] for a in tried])
    return [item.score * float(row @ weights) / total for item, row in zip(tried, agree, strict=True)]
