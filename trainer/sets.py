"""What an answer with several boxes can expect: the objects that were tried, how far each is believed, and how many.

A mean over an answer's boxes likes fewer of them: the surest one alone has the best mean. And what is expected of
an answer by comparing it with others as a whole follows the habit of naming too few. So where several are meant,
boxes of all answers are put together to objects, and an answer is held against what is believed to be there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.evaluate.overlap import box_iou
from engine.types import Xyxy

SAME_FROM = 0.5
"""Boxes of so much IoU with the surest one of an object are of the same object."""
QUARTILE = 0.75
"""Several are meant where more than a quarter of the belief lies in answers that name several."""


@dataclass(frozen=True)
class Believed:
    """One object that was tried.

    Attributes:
        boxes_px: the boxes that point at it, the surest first.
        scores: how far each is believed.
    """

    boxes_px: tuple[Xyxy, ...]
    scores: tuple[float, ...]

    @property
    def belief(self) -> float:
        """How far it is believed to be there: the mean of its scores, the surer ones counting more."""
        total = sum(self.scores)
        return sum(score * score for score in self.scores) / total if total else 0.0

    def expected_iou(self, box_px: Xyxy) -> float:
        """IoU that a box can expect with it, if it is there."""
        total = sum(self.scores)
        pairs = zip(self.boxes_px, self.scores, strict=True)
        return sum(score * box_iou(box_px, own) for own, score in pairs) / total if total else 0.0


@dataclass(frozen=True)
class BelievedSet:
    """What is believed to be there of what was asked for.

    Attributes:
        objects: what was tried.
        several: more than one is meant, by what believed answers name.
    """

    objects: tuple[Believed, ...]
    several: bool

    @classmethod
    def of(cls, answers: Sequence[tuple[Sequence[Xyxy], Sequence[float]]]) -> BelievedSet:
        """Put answers together.

        Args:
            answers: boxes of each answer, and how far each of them is believed.
        """
        looks = [(score, box) for boxes, scores in answers for box, score in zip(boxes, scores, strict=True)]
        groups: list[list[tuple[float, Xyxy]]] = []
        for score, box in sorted(looks, key=lambda look: (-look[0], look[1])):
            home = next((group for group in groups if box_iou(box, group[0][1]) > SAME_FROM), None)
            if home is None:
                groups.append([(score, box)])
            else:
                home.append((score, box))
        objects = [
            Believed(tuple(box for _, box in group), tuple(score for score, _ in group)) for group in groups
        ]
        return cls(tuple(objects), _count(answers) > 1)

    @property
    def expected(self) -> float:
        """How many are expected to be there."""
        return sum(item.belief for item in self.objects)

    def recalled(self, scores: Sequence[float]) -> float:
        """Sum of an answer's scores over its number of boxes, or over the expected number where that is more."""
        return sum(scores) / max(len(scores), self.expected, 1e-9)

    def expected_iou(self, boxes_px: Sequence[Xyxy]) -> float:
        """Matched IoU that an answer can expect: over its number of boxes, or the expected one where that is more.

        Each object counts for one box of the answer, so that naming one twice earns nothing.
        """
        if not boxes_px or not self.objects:
            return 0.0
        table = np.array(
            [[item.belief * item.expected_iou(box) for item in self.objects] for box in boxes_px]
        )
        total = 0.0
        for _ in range(min(table.shape)):
            row, column = np.unravel_index(int(table.argmax()), table.shape)
            if table[row, column] <= 0:
                break
            total += float(table[row, column])
            table[row, :], table[:, column] = -1.0, -1.0
        return total / max(len(boxes_px), self.expected)


def _count(answers: Sequence[tuple[Sequence[Xyxy], Sequence[float]]]) -> float:
    """Upper quartile of the numbers of boxes, each answer counting as far as it is believed."""
    named = sorted((len(boxes), float(np.mean(scores))) for boxes, scores in answers if len(boxes))
    total, so_far = sum(weight for _, weight in named), 0.0
    for number, weight in named:
        so_far += weight
        if so_far >= QUARTILE * total:
            return float(number)
    return 0.0
