"""The reward of a batch of answers: cut the crops, ask the verifier once, do the sums.

The crops and the prompt are the served pipeline's own, so what is rewarded is what is served.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.errors import CompletionParseError
from engine.imagery.crops import blank_box, cut_crop
from engine.imagery.display import NEUTRAL
from engine.language.parser import parse_boxes
from engine.types import ModelSpec, Pixels, Query, Stop, Verifier, Xyxy
from trainer.config import RewardName
from trainer.queries import Pair
from trainer.rewards import (
    AreaRule,
    consensus_reward,
    contrast_reward,
    covered_share,
    matched_iou,
    none_reward,
    paper_reward,
    with_format,
)


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


@dataclass(frozen=True)
class Answer:
    """One parsed completion, or ``boxes_px`` None when it could not be parsed."""

    boxes_px: tuple[Xyxy, ...] | None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scored:
    """An answer with its reward.

    Attributes:
        reward: with the format share.
        parsed: whether the completion could be parsed.
        scores: the verifier's score of each box.
        left_behind: score of the surroundings with the boxes blanked out, nan where it was not looked at.
        share: share of the chip that the boxes cover.
    """

    reward: float
    parsed: bool
    scores: tuple[float, ...] = ()
    left_behind: float = float("nan")
    share: float = 0.0


def read_answer(text: str, spec: ModelSpec, pixels: Pixels) -> Answer:
    """Parse one completion with the served parser; repeated boxes stay, the reward strikes them."""
    height_px, width_px = pixels.shape[:2]
    try:
        parsed = parse_boxes(text, spec.family, width_px, height_px)
    except CompletionParseError:
        return Answer(None)
    return Answer(tuple(p.xyxy_px for p in parsed.proposals), tuple(p.label for p in parsed.proposals))


def open_chips(pairs: Sequence[Pair], pixels_of: Callable[[int], Pixels]) -> list[Pixels]:
    """The pixels of each pair's chip; a chip that several pairs ask about is opened once."""
    opened = {chip: pixels_of(chip) for chip in dict.fromkeys(pair.chip for pair in pairs)}
    return [opened[pair.chip] for pair in pairs]


def read_answers(texts: Sequence[str], spec: ModelSpec, chips: Sequence[Pixels]) -> list[Answer]:
    """Parse one completion for each chip's pixels."""
    return [read_answer(text, spec, pixels) for text, pixels in zip(texts, chips, strict=True)]


@dataclass
class _Looks:
    """Crops waiting for one call of the verifier; equal ones are looked at once."""

    crops: list[Pixels] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)
    index: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def add(self, key: tuple[Any, ...], crop: Pixels, query: str) -> None:
        self.index[key] = len(self.crops)
        self.crops.append(crop)
        self.queries.append(Query(query))


def painted(pixels: Pixels, boxes_px: Sequence[Xyxy]) -> Pixels:
    """The chip with boxes painted over in the mean colour of the ring round each of them."""
    if not boxes_px:
        return pixels
    out = pixels.copy()
    height_px, width_px = pixels.shape[:2]
    for box in boxes_px:
        x0, y0, x1, y1 = (round(value) for value in box)
        grown = np.s_[max(0, y0 - 4) : min(height_px, y1 + 4), max(0, x0 - 4) : min(width_px, x1 + 4)]
        inner = np.s_[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]
        around, within = pixels[grown], pixels[inner]
        count = around.shape[0] * around.shape[1] - within.shape[0] * within.shape[1]
        total = around.sum(axis=(0, 1), dtype=np.int64) - within.sum(axis=(0, 1), dtype=np.int64)
        out[inner] = np.rint(total / count).astype(np.uint8) if count > 0 else NEUTRAL
    return out


class Rewarder:
    """Rewards answers under one fixed verifier.

    Args:
        spec: the policy's model: parser family and crop size.
        verifier: who looks at the crops.
        name: which reward.
        margin: alpha.
        rule: lambda and tau.
        crop_px: side of the verifier's crops where it is another model; None for the policy's own.
        memory: what was tried for the pairs, for the reward ``consensus``.
    """

    def __init__(
        self,
        spec: ModelSpec,
        verifier: Verifier,
        name: RewardName,
        margin: float,
        rule: AreaRule,
        crop_px: int | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.spec, self.verifier, self.name, self.margin, self.rule = spec, verifier, name, margin, rule
        self.crop_px = crop_px or spec.crop_px
        self.memory = memory or Memory()

    def score(
        self, answers: Sequence[Answer], pairs: Sequence[Pair], chips: Sequence[Pixels], stop: Stop
    ) -> list[Scored]:
        """Reward ``answers[i]`` to ``pairs[i]`` over the pixels ``chips[i]``; one call of the verifier."""
        looks = _Looks()
        for answer, pair, pixels in zip(answers, pairs, chips, strict=True):
            boxes = answer.boxes_px or ()
            for box in boxes:
                self._look(looks, (pair.chip, pair.query, box), pixels, box)
                if self.name == "contrast":
                    others = tuple(other for other in boxes if other != box)
                    self._look(looks, (pair.chip, pair.query, box, others), pixels, box, others)
        found = self.verifier.score(looks.crops, looks.queries, stop) if looks.crops else []
        by_key = {key: found[index] for key, index in looks.index.items()}
        return [
            self._reward(answer, pair, pixels, by_key)
            for answer, pair, pixels in zip(answers, pairs, chips, strict=True)
        ]

    def _look(
        self,
        looks: _Looks,
        key: tuple[Any, ...],
        pixels: Pixels,
        box: Xyxy,
        others: tuple[Xyxy, ...] | None = None,
    ) -> None:
        """Queue the crop of a box; with ``others`` given, the crop from which every box is blanked out."""
        if key in looks.index:
            return
        if others is None:
            crop = cut_crop(pixels, box, margin=self.margin, crop_px=self.crop_px)
        else:
            crop = blank_box(painted(pixels, others), box, margin=self.margin, crop_px=self.crop_px)
        looks.add(key, crop, key[1])

    def _reward(
        self, answer: Answer, pair: Pair, pixels: Pixels, found: dict[tuple[Any, ...], float]
    ) -> Scored:
        if answer.boxes_px is None:
            return Scored(with_format(None), parsed=False)
        boxes = answer.boxes_px
        height_px, width_px = pixels.shape[:2]
        share = covered_share(boxes, width_px, height_px)
        scores = tuple(found[pair.chip, pair.query, box] for box in boxes)
        left = float("nan")
        if self.name == "iou":
            reward = matched_iou(boxes, pair.truth_px or ())
        elif self.name == "consensus":
            reward = self._consensus(boxes, scores, pair)
        elif not boxes:
            reward = none_reward(pair.presence)
        elif self.name == "contrast":
            left = max(
                found[pair.chip, pair.query, box, tuple(other for other in boxes if other != box)]
                for box in boxes
            )
            reward = contrast_reward(boxes, scores, left, share, self.rule)
        else:
            reward = paper_reward(boxes, scores, share, self.rule)
        return Scored(with_format(reward), True, scores, left, share)

    def _consensus(self, boxes: Sequence[Xyxy], scores: Sequence[float], pair: Pair) -> float:
        """Score and expected IoU together; "none" is right or wrong as a whole."""
        if pair.absent or not boxes:
            return float(pair.absent and not boxes)
        tried = self.memory.tried(pair)
        return consensus_reward(boxes, scores, expected_iou(boxes, tried) if tried else None)


class Teacher:
    """Turns texts into rewards under the verifier of the round.

    Args:
        rewarder: the reward.
        pairs: what is asked.
        pixels_of: chip -> pixels.
        stop: asked often.

    Attributes:
        figures: means over the last batch, for the curves.
    """

    def __init__(
        self, rewarder: Rewarder, pairs: Sequence[Pair], pixels_of: Callable[[int], Pixels], stop: Stop
    ) -> None:
        self._rewarder, self._pairs, self._pixels_of, self._stop = rewarder, pairs, pixels_of, stop
        self.figures: dict[str, float] = {}

    def rewards(self, numbers: Sequence[int], texts: Sequence[str]) -> list[float]:
        """One reward per text.

        Args:
            numbers: the pair of each text.
            texts: the completions.
        """
        pairs = [self._pairs[number] for number in numbers]
        chips = open_chips(pairs, self._pixels_of)
        answers = read_answers(texts, self._rewarder.spec, chips)
        scored = self._rewarder.score(answers, pairs, chips, self._stop)
        self.figures = {
            "parsed": float(np.mean([item.parsed for item in scored])),
            "score": float(np.mean([belief(pair, item) for pair, item in zip(pairs, scored, strict=True)])),
        }
        return [item.reward for item in scored]

    def replay(self, number: int) -> tuple[int, ...] | None:
        """The best answer tried before the round, to stand in its pair's group once more; None without one."""
        pair = self._pairs[number]
        if self._rewarder.name != "consensus" or pair.absent:
            return None
        best = self._rewarder.memory.best(pair)
        return None if best is None else best.tokens


def belief(pair: Pair, scored: Scored) -> float:
    """How far the verifier believes an answer: its boxes' mean score, or that nothing is there."""
    if not scored.parsed:
        return 0.0
    return float(np.mean(scored.scores)) if scored.scores else 1.0 - pair.presence
