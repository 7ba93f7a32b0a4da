"""What was tried before a round, how far it is believed, and what an answer is worth beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.evaluate.overlap import matched_iou
from engine.types import Xyxy
from trainer.queries import Pair
from trainer.sets import BelievedSet


@dataclass(frozen=True)
class Attempt:
    """An answer with boxes that was tried before a round.

    Attributes:
        boxes_px: its boxes, at least one.
        score: 0..1, how far the verifier believes them.
        tokens: as it was written.
        each: how far it believes each of them; () where only the mean is known.
    """

    boxes_px: tuple[Xyxy, ...]
    score: float
    tokens: tuple[int, ...]
    each: tuple[float, ...] = ()

    @property
    def scores(self) -> tuple[float, ...]:
        """How far each box is believed."""
        return self.each or (self.score,) * len(self.boxes_px)


class Attempts:
    """What was tried before a round, by pair.

    Args:
        pairs: what was asked.
        tried: the answers to each of them.
    """

    def __init__(self, pairs: Sequence[Pair] = (), tried: Sequence[Sequence[Attempt]] = ()) -> None:
        self._tried = {(pair.chip, pair.query): list(looks) for pair, looks in zip(pairs, tried, strict=True)}
        self._believed: dict[tuple[int, str], BelievedSet] = {}

    def of(self, pair: Pair) -> list[Attempt]:
        """What was tried for a pair."""
        return self._tried.get((pair.chip, pair.query), [])

    def believed(self, pair: Pair) -> BelievedSet:
        """What is believed to be there by what was tried for a pair, put together once."""
        key = (pair.chip, pair.query)
        if key not in self._believed:
            tried = [(item.boxes_px, item.scores) for item in self.of(pair)]
            self._believed[key] = BelievedSet.of(tried)
        return self._believed[key]

    def expected_iou(self, pair: Pair, boxes_px: Sequence[Xyxy]) -> float:
        """E of an answer: held against what others say as a whole, or where several are meant object by object."""
        believed = self.believed(pair)
        return believed.expected_iou(boxes_px) if believed.several else expected_iou(boxes_px, self.of(pair))

    def best(self, pair: Pair) -> Attempt | None:
        """The answer with the highest score times E, None where nothing was tried."""
        tried = self.of(pair)
        if not tried:
            return None
        believed = self.believed(pair)
        worth = [
            (believed.recalled(item.scores) if believed.several else item.score)
            * self.expected_iou(pair, item.boxes_px)
            for item in tried
        ]
        return tried[int(np.argmax(worth))]


def expected_iou(boxes_px: Sequence[Xyxy], tried: Sequence[Attempt]) -> float:
    """E of an answer; 0 where nothing that was tried is believed."""
    total = sum(item.score for item in tried)
    if total == 0:
        return 0.0
    return sum(item.score * matched_iou(boxes_px, item.boxes_px) for item in tried) / total
