"""What was tried for each pair in a round, and how far the verifier believes it.

A single look of the verifier is noisy, and boxes that overlap well can earn very different scores. Over a
round every pair is answered many times; what is believed *and* overlapped by other believed answers is most
likely right. So an answer is worth the IoU that it can expect:

    E(c) = sum_j s(j) * agree(c, j) / sum_j s(j)

over all answers j tried for the pair, where s is the mean score of an answer's boxes and ``agree`` the
matched IoU. No box of anybody's is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.types import Xyxy
from trainer.rewards import matched_iou

MOST = 32


@dataclass(frozen=True)
class Tried:
    """One parsed answer that gives boxes.

    Attributes:
        boxes_px: its boxes, at least one.
        score: 0..1, how far the verifier believes them.
        tokens: as it was written.
    """

    boxes_px: tuple[Xyxy, ...]
    score: float
    tokens: tuple[int, ...]


class Memory:
    """Tried answers by the number of their pair."""

    def __init__(self) -> None:
        self._tried: dict[int, list[Tried]] = defaultdict(list)

    def add(self, number: int, tried: Sequence[Tried]) -> None:
        """Remember answers; equal boxes count once, and beyond ``MOST`` the least believed go."""
        known = {item.boxes_px: item for item in self._tried[number]}
        known.update({item.boxes_px: item for item in tried if item.boxes_px not in known})
        self._tried[number] = sorted(known.values(), key=lambda item: -item.score)[:MOST]

    def expected_iou(self, number: int, boxes_px: Sequence[Xyxy]) -> float:
        """E of an answer to this pair; 0 where nothing that was tried is believed."""
        tried = self._tried[number]
        total = sum(item.score for item in tried)
        if total == 0:
            return 0.0
        return sum(item.score * matched_iou(boxes_px, item.boxes_px) for item in tried) / total

    def best(self, number: int) -> Tried | None:
        """The answer with the highest score times E, None where nothing was tried yet."""
        tried = self._tried[number]
        if not tried:
            return None
        worth = [item.score * self.expected_iou(number, item.boxes_px) for item in tried]
        return tried[int(np.argmax(worth))]
