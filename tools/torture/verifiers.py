"""Sabotaged verifiers: one that can't tell right from wrong is not learned from, and what is kept is not worse.

A region is coloured squares on grey, and who measures it is another than who learns from it: the true boxes are in
an :class:`Evaluator`, and the verifier, its trial, the reward and the gate see pixels and questions alone.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.errors import InputError
from engine.evaluate.overlap import AreaRule, matched_iou
from engine.types import ModelSpec, Pixels, Xyxy
from tests.trainer.test_trust import KINDS, Watcher, colour
from trainer.attempts import Attempt, Attempts
from trainer.gate import HeldOut, Verdict, judge
from trainer.queries import Pair
from trainer.rewarder import Answer, Rewarder, ScoredAnswer
from trainer.trust import try_verifier

Look = Callable[[Pixels, str], float]
CHIP_PX, SIDE = 128, 24
TRAINED, HELD, ABSENT = 90, 36, 10
"""Pairs with a target to try the verifier on, held-out ones to judge by, and held-out ones without a target."""
REGIONS = 2
WAYS = 7
"""To answer: close, roughly, anywhere, anywhere else, the whole chip, its middle, or "none"."""


def _chance(crop: Pixels, text: str) -> float:
    return hashlib.sha256(crop.tobytes() + text.encode()).digest()[0] / 255


def _centre(crop: Pixels, text: str) -> float:
    side = crop.shape[0]
    return float(crop[side // 3 : 2 * side // 3, side // 3 : 2 * side // 3].mean()) / 255


SABOTAGED: dict[str, Look] = {
    "always yes": lambda crop, text: 0.99,
    "always no": lambda crop, text: 0.01,
    "random": _chance,
    "inverted": lambda crop, text: 1 - colour(crop, text),
    "big boxes": lambda crop, text: float(np.std(crop.astype(float))) / 128,
    "centre": _centre,
    "one kind": lambda crop, text: 0.95 if text == next(iter(KINDS)) else 0.05,
    "blind to a kind": lambda crop, text: (
        _chance(crop, text) if text == list(KINDS)[-1] else colour(crop, text)
    ),
}


class Evaluator:
    """The true boxes, and how good answers are by them; nothing that learns asks it."""

    def __init__(self) -> None:
        self._truth: dict[tuple[int, str], tuple[Xyxy, ...]] = {}

    def know(self, pair: Pair, truth_px: tuple[Xyxy, ...]) -> None:
        """Take down what is true of a pair."""
        self._truth[pair.chip, pair.query] = truth_px

    def mean_iou(self, pairs: Sequence[Pair], answers: Sequence[Answer]) -> float:
        """Mean matched IoU with the true boxes; where there is none, "none" counts 1."""
        told = zip(pairs, answers, strict=True)
        return float(np.mean([matched_iou(a.boxes_px or (), self._truth[p.chip, p.query]) for p, a in told]))


class Region:
    """Chips, questions, and what a policy answers: greedily, and when it is asked several times."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self.chips: list[Pixels] = []
        self.evaluator = Evaluator()
        self.greedy: dict[int, Answer] = {}
        self.several: dict[int, list[Answer]] = {}
        self.trained = [self._pair(there=True) for _ in range(TRAINED)]
        self.held = [self._pair(there=True) for _ in range(HELD)] + [
            self._pair(there=False) for _ in range(ABSENT)
        ]

    def _pair(self, *, there: bool) -> Pair:
        index = len(self.chips)
        query = list(KINDS)[index % len(KINDS)]
        pixels = self._rng.integers(90, 130, (CHIP_PX, CHIP_PX, 3)).astype(np.uint8)
        true = self._place()
        if there:
            x, y = int(true[0]), int(true[1])
            pixels[y : y + SIDE, x : x + SIDE] = 0
            pixels[y : y + SIDE, x : x + SIDE, KINDS[query]] = 255
        self.chips.append(pixels)
        pair = Pair(index, query, 0.9 if there else 0.02)
        self.evaluator.know(pair, (true,) if there else ())
        self.greedy[index] = Answer(
            (self._near(true, 4) if self._rng.random() < 0.6 else self._place(),) if there else ()
        )
        whole = (0.0, 0.0, float(CHIP_PX), float(CHIP_PX))
        middle = (CHIP_PX / 2 - 8, CHIP_PX / 2 - 8, CHIP_PX / 2 + 8, CHIP_PX / 2 + 8)
        boxes = [self._near(true, 3), self._near(true, 8), self._place(), self._place(), whole, middle]
        self.several[index] = [*(Answer((box,)) for box in boxes), Answer(())]
        return pair

    def _place(self) -> Xyxy:
        x, y = (float(value) for value in self._rng.integers(0, CHIP_PX - SIDE, 2))
        return (x, y, x + SIDE, y + SIDE)

    def _near(self, box: Xyxy, most: int) -> Xyxy:
        dx, dy = (float(value) for value in self._rng.integers(-most, most + 1, 2))
        return (box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy)


def sabotaged(draw: random.Random, folder: Path) -> str:
    """One sabotaged verifier, wholly or in part, on two drawn regions: refused, or what it teaches does no harm.

    Learning is as thorough as it can be: of all ways of answering the one with the best reward on the training pairs
    becomes the new policy's habit, question by question. Whoever passes the trial has to pass the gate with that.
    """
    spec = ModelSpec(
        name="any", path=folder, family="qwen3-vl", chip_px=CHIP_PX, crop_px=64, max_new_tokens=32
    )
    name = draw.choice(list(SABOTAGED))
    share = 1.0 if draw.random() < 0.5 else draw.uniform(0.3, 1.0)
    kept = []
    for _ in range(REGIONS):
        region = Region(draw.randrange(2**32))
        verdict, better = learned(spec, region, spoilt(SABOTAGED[name], share), draw.randrange(2**16))
        told = f"the verifier '{name}' ({share:.2f})"
        if verdict is None:
            continue
        assert share < 1.0 or name != "random", f"{told} started a run"
        assert not verdict.promoted or better >= 0, f"{told}: true IoU {better:+.3f} and {verdict.reason}"
        kept.append(verdict.promoted)
    return "read" if any(kept) else "refused"


def spoilt(look: Look, share: float) -> Look:
    """A verifier that sees, with so much of its score by another one."""
    return lambda crop, text: float(
        np.clip((1 - share) * colour(crop, text) + share * look(crop, text), 0, 1)
    )


def learned(spec: ModelSpec, region: Region, look: Look, seed: int) -> tuple[Verdict | None, float]:
    """The gate's verdict on the best habits that a verifier can teach, and what they gain in true IoU.

    The verdict is None where the verifier did not pass its trial.
    """
    rewarder = Rewarder(
        spec, Watcher(look), "consensus", 0.25, AreaRule(0.0, 1.0), region.chips.__getitem__, lambda: False
    )
    try:
        trial = try_verifier(rewarder, region.trained, [region.greedy[p.chip] for p in region.trained], seed)
        trial.check()
    except InputError:
        return None, 0.0
    both = [*region.trained, *region.held]
    # As in a run's gate both sides' answers are what is compared with, or one side alone would agree with itself.
    tried = Attempts(
        both,
        [_attempts(rewarder, pair, [*region.several[pair.chip], region.greedy[pair.chip]]) for pair in both],
    )
    judging = replace(rewarder, attempts=tried)
    habits = {
        query: _habit(judging, [p for p in region.trained if p.query == query], region) for query in KINDS
    }
    held = region.held
    before = judging.rescore(held, [region.greedy[pair.chip] for pair in held])
    # What is absent stays unanswered: of that nobody learned anything here.
    new = [region.several[p.chip][-1 if p.absent else habits[p.query]] for p in held]
    after = judging.rescore(held, new)
    verdict = judge(_held_out(held, before), _held_out(held, after), seed, trial.reliability)
    truth = region.evaluator
    return verdict, truth.mean_iou(held, new) - truth.mean_iou(held, [region.greedy[p.chip] for p in held])


def _habit(judging: Rewarder, pairs: Sequence[Pair], region: Region) -> int:
    """Which way of answering has the best reward in the mean over training pairs."""
    scored = [
        [item.reward for item in judging.rescore([pair] * WAYS, region.several[pair.chip])] for pair in pairs
    ]
    return int(np.argmax(np.mean(scored, axis=0)))


def _attempts(rewarder: Rewarder, pair: Pair, answers: Sequence[Answer]) -> list[Attempt]:
    boxes = [answer.boxes_px[0] for answer in answers if answer.boxes_px]
    scores = rewarder.score_crops([pair.chip] * len(boxes), boxes, [pair.query] * len(boxes))
    return [Attempt((box,), float(score), ()) for box, score in zip(boxes, scores, strict=True)]


def _held_out(pairs: Sequence[Pair], scored: Sequence[ScoredAnswer]) -> HeldOut:
    """Figures as the trainer takes them, each pair a place of its own."""
    absent = np.array([pair.absent for pair in pairs], dtype=bool)
    boxes = np.array([len(item.answer.boxes_px or ()) for item in scored])
    return HeldOut(
        rewards=np.array([item.reward for item in scored]),
        places=np.arange(len(pairs)),
        parsed=np.ones(len(pairs), dtype=bool),
        empty=(boxes == 0)[~absent],
        area_shares=np.array([item.share for item in scored])[boxes > 0],
        wrong_yes=np.zeros(0),
        wrong_boxes=(boxes > 0)[absent],
    )
