"""From written answers to rewards: parse them, cut the crops, ask the verifier once, do the sums.

Parser, crops and prompt are the served pipeline's own, so what is rewarded is what is served.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import CompletionParseError
from engine.evaluate.overlap import AreaRule, matched_iou
from engine.imagery.crops import blank_box, cut_crop
from engine.imagery.display import NEUTRAL
from engine.imagery.ground_plane import Ground
from engine.language.parser import parse_boxes
from engine.language.understanding import scores_on_the_whole
from engine.search.singling import NOWHERE, sought
from engine.types import ModelSpec, Pixels, Query, Stop, Verifier, Xyxy
from trainer.attempts import Attempts
from trainer.config import RewardName
from trainer.queries import Pair
from trainer.rewards import (
    consensus_reward,
    contrast_reward,
    covered_share,
    judged_reward,
    none_reward,
    paper_reward,
    told_scores,
    with_format,
)

PixelsOf = Callable[[int], Pixels]
"""Chip -> its pixels, uint8 H x W x 3."""


@dataclass(frozen=True)
class Answer:
    """One parsed completion, or ``boxes_px`` None when it could not be parsed; ``truncated`` where it has no end."""

    boxes_px: tuple[Xyxy, ...] | None
    labels: tuple[str, ...] = ()
    truncated: bool = False

    @property
    def parsed(self) -> bool:
        """Whether the completion could be parsed."""
        return self.boxes_px is not None


@dataclass(frozen=True)
class ScoredAnswer:
    """An answer with its reward.

    Attributes:
        answer: as it was parsed.
        reward: with the format share.
        scores: the verifier's score of each box.
        share: share of the chip that the boxes cover.
    """

    answer: Answer
    reward: float
    scores: tuple[float, ...] = ()
    share: float = 0.0


def read_answer(text: str, spec: ModelSpec, pixels: Pixels, asked: str = "", *, full: bool = False) -> Answer:
    """Parse one completion with the served parser; repeated boxes stay, the reward strikes them."""
    height_px, width_px = pixels.shape[:2]
    try:
        parsed = parse_boxes(text, spec.family, width_px, height_px, asked=asked, full=full)
    except CompletionParseError:
        return Answer(None)
    boxes_px, labels = [p.xyxy_px for p in parsed.proposals], [p.label for p in parsed.proposals]
    return Answer(tuple(boxes_px), tuple(labels), parsed.truncated)


def read_answers(
    pairs: Sequence[Pair], texts: Sequence[str], spec: ModelSpec, pixels_of: PixelsOf
) -> list[Answer]:
    """Parse ``texts[i]``, the answer to ``pairs[i]``; each chip is opened once, for its size."""
    return _read(spec, pairs, texts, _open_chips([pair.chip for pair in pairs], pixels_of))


def _read(
    spec: ModelSpec,
    pairs: Sequence[Pair],
    texts: Sequence[str],
    chips: Sequence[Pixels],
    cut: Sequence[bool] | None = None,
) -> list[Answer]:
    rows = zip(pairs, texts, chips, cut or [False] * len(pairs), strict=True)
    return [read_answer(text, spec, pixels, pair.query, full=full) for pair, text, pixels, full in rows]


def _open_chips(chips: Sequence[int], pixels_of: PixelsOf) -> list[Pixels]:
    """The pixels of each chip; one that is named several times is opened once."""
    opened = {chip: pixels_of(chip) for chip in dict.fromkeys(chips)}
    return [opened[chip] for chip in chips]


@dataclass
class _Looks:
    """Crops waiting for one call of the verifier; equal ones are looked at once."""

    crops: list[Pixels] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)
    index: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def add(self, key: tuple[Any, ...], crop: Pixels, query: Query) -> None:
        self.index[key] = len(self.crops)
        self.crops.append(crop)
        self.queries.append(query)


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


@dataclass(frozen=True)
class Rewarder:
    """Reads and rewards answers under one fixed verifier.

    Attributes:
        spec: the policy's model: parser family and crop size.
        verifier: who looks at the crops.
        name: which reward.
        margin: alpha.
        rule: lambda and tau.
        pixels_of: chip -> its pixels.
        stop: asked often.
        crop_px: side of the verifier's crops where it is another model; None for the policy's own.
        attempts: what was tried for the pairs, for the reward ``consensus``.
        worth: what a score of the verifier is worth, by the user's verdicts.
        ground_of: chip -> where its pixels lie on the ground.
    """

    spec: ModelSpec
    verifier: Verifier
    name: RewardName
    margin: float
    rule: AreaRule
    pixels_of: PixelsOf
    stop: Stop
    crop_px: int | None = None
    attempts: Attempts = field(default_factory=Attempts)
    worth: Callable[[float], float] = float
    ground_of: Callable[[int], Ground] = lambda chip: NOWHERE

    def read(self, pairs: Sequence[Pair], texts: Sequence[str]) -> list[Answer]:
        """Parse ``texts[i]``, the answer to ``pairs[i]``; the verifier is not asked."""
        return read_answers(pairs, texts, self.spec, self.pixels_of)

    def score(
        self, pairs: Sequence[Pair], texts: Sequence[str], cut: Sequence[bool] | None = None
    ) -> list[ScoredAnswer]:
        """Parse and reward ``texts[i]``, the answer to ``pairs[i]``; one call of the verifier.

        Args:
            pairs: what was asked.
            texts: the answers.
            cut: which of them ended before the model ended them; None where only the text can tell.

        Raises:
            JobCancelledError: ``stop()`` became true.
        """
        chips = _open_chips([pair.chip for pair in pairs], self.pixels_of)
        return self._score(pairs, _read(self.spec, pairs, texts, chips, cut), chips)

    def rescore(self, pairs: Sequence[Pair], answers: Sequence[Answer]) -> list[ScoredAnswer]:
        """Reward answers that were parsed before, for instance under another verifier.

        Raises:
            JobCancelledError: ``stop()`` became true.
        """
        return self._score(pairs, answers, _open_chips([pair.chip for pair in pairs], self.pixels_of))

    def score_crops(
        self, chips: Sequence[int], boxes_px: Sequence[Xyxy], queries: Sequence[str]
    ) -> NDArray[np.float64]:
        """The verifier's score of box ``boxes_px[i]`` on ``chips[i]`` under any ``queries[i]``, 0..1.

        Raises:
            JobCancelledError: ``stop()`` became true.
        """
        opened = _open_chips(chips, self.pixels_of)
        crops = [self._crop(pixels, box) for pixels, box in zip(opened, boxes_px, strict=True)]
        asked = [self._asked(text) for text in queries]
        return np.asarray(self._scores(crops, asked), dtype=float)

    def _score(
        self, pairs: Sequence[Pair], answers: Sequence[Answer], chips: Sequence[Pixels]
    ) -> list[ScoredAnswer]:
        looks = _Looks()
        for answer, pair, pixels in zip(answers, pairs, chips, strict=True):
            boxes = answer.boxes_px or ()
            for box in boxes:
                self._look(looks, (pair.chip, pair.query, box), pixels, box)
                if self.name == "contrast":
                    others = tuple(other for other in boxes if other != box)
                    self._look(looks, (pair.chip, pair.query, box, others), pixels, box, others)
        found = self._scores(looks.crops, looks.queries)
        by_key = {key: self.worth(found[index]) for key, index in looks.index.items()}
        return [
            self._reward(answer, pair, pixels, by_key)
            for answer, pair, pixels in zip(answers, pairs, chips, strict=True)
        ]

    def _scores(self, crops: Sequence[Pixels], queries: Sequence[Query]) -> list[float]:
        """The verifier's scores, as long as it understands most of what it is asked."""
        if not crops:
            return []
        return scores_on_the_whole(lambda: self.verifier.score(crops, queries, self.stop))

    def _asked(self, text: str) -> Query:
        """What a crop is asked, as in a search; the paper's recipe asks it the whole question."""
        return Query(text) if self.name == "paper" else sought(Query(text))

    def _crop(self, pixels: Pixels, box: Xyxy) -> Pixels:
        return cut_crop(pixels, box, margin=self.margin, crop_px=self.crop_px or self.spec.crop_px)

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
            crop = self._crop(pixels, box)
        else:
            side = self.crop_px or self.spec.crop_px
            crop = blank_box(painted(pixels, others), box, margin=self.margin, crop_px=side)
        looks.add(key, crop, self._asked(key[1]))

    def _reward(
        self, answer: Answer, pair: Pair, pixels: Pixels, found: dict[tuple[Any, ...], float]
    ) -> ScoredAnswer:
        if answer.boxes_px is None:
            return ScoredAnswer(answer, with_format(None))
        boxes = answer.boxes_px
        height_px, width_px = pixels.shape[:2]
        share = covered_share(boxes, width_px, height_px)
        seen = [found[pair.chip, pair.query, box] for box in boxes]
        scores = tuple(told_scores(boxes, seen, pair.accepted_px, pair.rejected_px))
        if self.name == "iou":
            reward = matched_iou(boxes, pair.truth_px or ())
        elif pair.accepted_px:
            reward = judged_reward(boxes, seen, pair.accepted_px, pair.rejected_px)
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
        return ScoredAnswer(answer, with_format(reward, whole=not answer.truncated), scores, share)

    def _consensus(self, boxes: Sequence[Xyxy], scores: Sequence[float], pair: Pair) -> float:
        """Score and expected IoU together; "none" is right or wrong as a whole."""
        if pair.absent or not boxes:
            return float(pair.absent and not boxes)
        if not self.attempts.of(pair):
            return consensus_reward(boxes, scores, None)
        believed = self.attempts.believed(pair)
        count = believed.expected if believed.several else 0.0
        return consensus_reward(boxes, scores, self.attempts.expected_iou(pair, boxes), count)


class RewardFunction:
    """Turns sampled texts into rewards under the verifier of the round.

    Args:
        rewarder: the reward.
        pairs: what is asked.

    Attributes:
        figures: means over the last batch, for the curves.
    """

    def __init__(self, rewarder: Rewarder, pairs: Sequence[Pair]) -> None:
        self._rewarder, self._pairs = rewarder, pairs
        self.figures: dict[str, float] = {}

    def __call__(
        self, numbers: Sequence[int], texts: Sequence[str], cut: Sequence[bool] | None = None
    ) -> list[float]:
        """One reward per text.

        Args:
            numbers: the pair of each text.
            texts: the completions.
            cut: which of them ran out of room, or were broken off; None where only the text can tell.
        """
        pairs = [self._pairs[number] for number in numbers]
        scored = self._rewarder.score(pairs, texts, cut)
        self.figures = {
            "parsed": float(np.mean([item.answer.parsed for item in scored])),
            "score": float(np.mean([belief(pair, item) for pair, item in zip(pairs, scored, strict=True)])),
        }
        return [item.reward for item in scored]

    def replay(self, number: int) -> tuple[int, ...] | None:
        """An answer tried before the round, to stand in its pair's group once more; None without one.

        The best one where there is a target, so that silence is compared with it. Where there is none, the one that
        the verifier denies least: a policy that says "none" to all that is surely empty has nothing to compare that
        with, and would forget it unseen.
        """
        pair, attempts = self._pairs[number], self._rewarder.attempts
        if self._rewarder.name != "consensus":
            return None
        if pair.absent:
            best = max(attempts.of(pair), key=lambda item: item.score, default=None)
        else:
            best = attempts.best(pair)
        return None if best is None else best.tokens


def belief(pair: Pair, scored: ScoredAnswer) -> float:
    """How far the verifier believes an answer: its boxes' mean score, or that nothing is there."""
    if not scored.answer.parsed:
        return 0.0
    return float(np.mean(scored.scores)) if scored.scores else 1.0 - pair.presence
