"""What was tried for each pair before a round, and how far the verifier believes it.

A single look of the verifier is noisy, boxes that overlap well can earn very different scores, and a crop
can't tell the largest ship from another one. But the policy that the round began with answered every pair
several times: where it points often *and* the verifier agrees is most likely right. So an answer is worth
the IoU that it can expect,

    E(c) = sum_j s(j) * agree(c, j) / sum_j s(j)

over the answers j drawn for the pair before the round. s is the mean score of an answer's boxes and ``agree``
the matched IoU: policy as prior, verifier as likelihood. Answers of the round itself don't count, or a policy
could agree with itself. No box of anybody's is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.types import Xyxy
from trainer.queries import Pair
from trainer.rewards import matched_iou


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
    """Tried answers by pair.

    Args:
        pairs: what was asked.
        tried: the answers to each of them.
    """

    def __init__(self, pairs: Sequence[Pair] = (), tried: Sequence[Sequence[Tried]] = ()) -> None:
        self._tried = {(pair.chip, pair.query): list(looks) for pair, looks in zip(pairs, tried, strict=True)}

    def tried(self, pair: Pair) -> list[Tried]:
        """What was tried for a pair."""
        return self._tried.get((pair.chip, pair.query), [])

    def best(self, pair: Pair) -> Tried | None:
        """The answer with the highest score times E, None where nothing was tried."""
        tried = self.tried(pair)
        if not tried:
            return None
        worth = [item.score * expected_iou(item.boxes_px, tried) for item in tried]
        return tried[int(np.argmax(worth))]


def expected_iou(boxes_px: Sequence[Xyxy], tried: Sequence[Tried]) -> float:
    """E of an answer; 0 where nothing that was tried is believed."""
    total = sum(item.score for item in tried)
    if total == 0:
        return 0.0
    return sum(item.score * matched_iou(boxes_px, item.boxes_px) for item in tried) / total
