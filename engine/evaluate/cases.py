"""Answers against the truth, question by question: the numbers that every figure is a mean or a ranking of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.evaluate.overlap import AreaRule, area_penalty, box_area, covered, generalised_iou, hull, matches
from engine.evaluate.precision import Asked
from engine.evaluate.samples import Answer, Conventions, Sample
from engine.types import Xyxy

Floats = NDArray[np.float64]
EACH_QUESTION = "target"
"""The one kind of sets in which every question is its own."""


@dataclass(frozen=True)
class Case:
    """One question, measured.

    Attributes:
        sample, answer: what was asked, and what came.
        shown: boxes that count, best score first.
        iou: under the conventions; None where the question is in no mean.
        giou: Generalised IoU of rectangles, or its mean over matched pairs; None where a side has no box.
        inter, union: areas in square pixels.
        pairs: (shown box, true box, IoU), best first.
    """

    sample: Sample
    answer: Answer
    shown: tuple[Xyxy, ...]
    iou: float | None
    giou: float | None
    inter: float
    union: float
    pairs: tuple[tuple[int, int, float], ...]


def case_of(sample: Sample, answer: Answer, conventions: Conventions) -> Case:
    """Measure one answer.

    Args:
        sample: the question with its true boxes.
        answer: what was found.
        conventions: which boxes count, and how.
    """
    shown = _shown(sample, answer, conventions)
    truth = sample.truth_src
    pairs = matches(shown, truth)
    if conventions.boxes == "whole":
        compared = ([hull(shown)] if shown else [], [hull(truth)] if truth else [])
    else:
        compared = (list(shown), list(truth))
    iou: float | None
    if truth:
        together = matches(*compared)
        iou = sum(pair[2] for pair in together) / max(len(compared[0]), len(compared[1]))
    elif conventions.empty == "skip":
        together, iou = [], None
    else:
        together, iou = [], float(conventions.empty == "one" and not shown and not answer.unread)
    giou = [generalised_iou(compared[0][a], compared[1][b]) for a, b, _ in together]
    inter = covered(*compared)
    union = covered(compared[0]) + covered(compared[1]) - inter
    return Case(
        sample, answer, shown, iou, float(np.mean(giou)) if giou else None, inter, union, tuple(pairs)
    )


def _shown(sample: Sample, answer: Answer, conventions: Conventions) -> tuple[Xyxy, ...]:
    """Boxes that count: scored high enough, and not mostly within what counts neither way."""
    found = [
        box
        for box, score in zip(answer.boxes_src, answer.scores, strict=True)
        if score >= conventions.shown_from
    ]
    if sample.ignored_src:
        found = [box for box in found if not _ignored(box, sample)]
    if conventions.taken == "best" and found:
        return (found[0] if not conventions.area_weight else _best_priced(answer, found, conventions),)
    return tuple(found)


def _best_priced(answer: Answer, found: Sequence[Xyxy], conventions: Conventions) -> Xyxy:
    """The box with the highest score less the price of its area: the reward ``paper`` of a single box."""
    score_of = dict(zip(answer.boxes_src, answer.scores, strict=True))
    whole = max(1, answer.size_src[0] * answer.size_src[1])
    rule = AreaRule(conventions.area_weight, conventions.area_allowed)
    return max(found, key=lambda box: score_of[box] - area_penalty(box_area(box) / whole, rule))


def _ignored(box: Xyxy, sample: Sample) -> bool:
    inside = covered([box], list(sample.ignored_src)) / max(box_area(box), 1e-9)
    best = max((iou for _, _, iou in matches([box], sample.truth_src)), default=0.0)
    return inside >= 0.5 and best < 0.5


@dataclass(frozen=True)
class Cases:
    """All questions of a set, measured, as columns of one entry a question."""

    items: tuple[Case, ...]
    conventions: Conventions

    @cached_property
    def scenes(self) -> list[str]:
        """What is drawn in the bootstrap: every scene once."""
        return list(dict.fromkeys(item.sample.scene for item in self.items))

    @cached_property
    def scene(self) -> NDArray[np.intp]:
        """Of each question, its place in :attr:`scenes`."""
        place = {name: number for number, name in enumerate(self.scenes)}
        return np.array([place[item.sample.scene] for item in self.items], np.intp)

    @cached_property
    def iou(self) -> Floats:
        """NaN where a question is in no mean."""
        return np.array([np.nan if item.iou is None else item.iou for item in self.items], float)

    @cached_property
    def has_target(self) -> NDArray[np.bool_]:
        """Whether anything is true."""
        return np.array([bool(item.sample.truth_src) for item in self.items], bool)

    @cached_property
    def shows(self) -> NDArray[np.bool_]:
        """Whether any box counts."""
        return np.array([bool(item.shown) for item in self.items], bool)

    @cached_property
    def unread(self) -> NDArray[np.bool_]:
        """Whether the answer could not be read."""
        return np.array([bool(item.answer.unread) for item in self.items], bool)

    def hits(self, threshold: float) -> Floats:
        """Whether each question's IoU is a hit; NaN where it is in no mean."""
        right = self.iou > threshold if self.conventions.strict else self.iou >= threshold
        return np.where(np.isnan(self.iou), np.nan, right)

    def counts(self, threshold: float = 0.5) -> tuple[Floats, Floats, Floats]:
        """True positives, false positives and missed true boxes of each question, at an IoU."""
        strict = self.conventions.strict
        right = np.array(
            [
                sum(p[2] > threshold or (p[2] == threshold and not strict) for p in i.pairs)
                for i in self.items
            ],
            float,
        )
        shown = np.array([len(item.shown) for item in self.items], float)
        truth = np.array([len(item.sample.truth_src) for item in self.items], float)
        return right, shown - right, truth - right

    def asked(self) -> list[Asked]:
        """The questions as average precision sees them: all boxes, whatever their score."""
        return [
            Asked(
                item.sample.kind or EACH_QUESTION,
                item.sample.truth_src,
                item.sample.ignored_src,
                item.answer.boxes_src,
                item.answer.scores,
            )
            for item in self.items
        ]

    def where(self, keep: Sequence[bool]) -> Cases:
        """Some of the questions."""
        return Cases(tuple(i for i, kept in zip(self.items, keep, strict=True) if kept), self.conventions)


def cases_of(samples: Sequence[Sample], answers: Mapping[str, Answer], conventions: Conventions) -> Cases:
    """Measure the answers of a set.

    Raises:
        InputError: a sample has no answer: the run was not finished.
    """
    missing = [sample.key for sample in samples if sample.key not in answers]
    if missing:
        raise InputError(
            f"{len(missing)} of the {len(samples)} questions have no answer yet, the first is {missing[0]}. Run the "
            "evaluation again: it goes on where it stopped."
        )
    items = []
    for sample in samples:
        parts = (
            in_blocks(sample, answers[sample.key]) if sample.block_src else [(sample, answers[sample.key])]
        )
        items += [case_of(part, answer, conventions) for part, answer in parts]
    return Cases(tuple(items), conventions)


def in_blocks(sample: Sample, answer: Answer) -> list[tuple[Sample, Answer]]:
    """A large raster as squares that are measured one by one: true boxes by their middle, found ones by their match.

    A found box belongs to the square of the true box that it overlaps most, or to that of its own middle. Squares
    in which nothing is true and nothing found are questions without a target, too.
    """
    side = sample.block_src
    width, height = (max(1, -(-size // side)) for size in answer.size_src)

    def square(box: Xyxy) -> int:
        column = min(max(int((box[0] + box[2]) / 2 // side), 0), width - 1)
        row = min(max(int((box[1] + box[3]) / 2 // side), 0), height - 1)
        return row * width + column

    def square_of_found(box: Xyxy) -> int:
        best = max(matches_of(box, sample.truth_src), key=lambda pair: pair[0], default=(0.0, box))
        return square(best[1] if best[0] > 0 else box)

    true, hidden = [square(b) for b in sample.truth_src], [square(b) for b in sample.ignored_src]
    found = [square_of_found(box) for box in answer.boxes_src]
    parts = []
    for number in range(width * height):
        mine = [place for place, where in enumerate(found) if where == number]
        part = replace(
            sample,
            key=f"{sample.key}@{number}",
            scene=f"{sample.scene}@{number}",
            truth_src=tuple(b for b, where in zip(sample.truth_src, true, strict=True) if where == number),
            ignored_src=tuple(
                b for b, where in zip(sample.ignored_src, hidden, strict=True) if where == number
            ),
            block_src=0,
        )
        share = replace(
            answer,
            key=part.key,
            boxes_src=tuple(answer.boxes_src[i] for i in mine),
            scores=tuple(answer.scores[i] for i in mine),
            labels=tuple(answer.labels[i] for i in mine),
            right=answer.right if number == 0 else (),
            wrong=answer.wrong if number == 0 else (),
        )
        parts.append((part, share))
    return parts


def matches_of(box: Xyxy, others: Sequence[Xyxy]) -> list[tuple[float, Xyxy]]:
    """(IoU, other box) for every other box."""
    return [(pair[2], other) for other in others for pair in matches([box], [other])]
