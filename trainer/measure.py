"""What an adapter does on held-out places, measured the same way before and after every round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.imagery.crops import cut_crop
from engine.types import ModelSpec, Pixels, Query, Stop, Verifier, Xyxy
from trainer.gate import HeldOut
from trainer.queries import Pair, wrong_queries
from trainer.rewarder import Answer, Rewarder, Scored, open_chips, read_answers

Answerer = Callable[[Sequence[Pair]], list[str]]


@dataclass(frozen=True)
class Control:
    """A crop under a deliberately wrong query: the same ones for every adapter, so that changes are theirs.

    Attributes:
        chip: which chip it was cut from.
        box_px: a box that the first policy gave there.
        query: a question that was asked elsewhere.
    """

    chip: int
    box_px: Xyxy
    query: str


@dataclass(frozen=True)
class Measured:
    """An adapter's held-out figures, and its answers for the pictures of the report."""

    held_out: HeldOut
    answers: list[Answer]
    scored: list[Scored]

    @property
    def reward(self) -> float:
        """Mean held-out reward under the verifier of round 0."""
        return float(self.held_out.rewards.mean())

    def summary(self) -> dict[str, float]:
        """Plain figures for events and manifests."""
        side = self.held_out
        return {
            "reward": self.reward,
            "parsed": _mean(side.parsed),
            "empty": _mean(side.empty),
            "wrong_yes": _mean(side.wrong_yes),
            "wrong_boxes": _mean(side.wrong_boxes),
            "median_area": float(np.median(side.area_shares)) if len(side.area_shares) else 0.0,
        }


def _mean(values: np.ndarray) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def measure(
    answer: Answerer,
    own_verifier: Verifier,
    rewarder: Rewarder,
    pairs: Sequence[Pair],
    places: Sequence[int],
    controls: Sequence[Control],
    pixels_of: Callable[[int], Pixels],
    spec: ModelSpec,
    stop: Stop,
) -> Measured:
    """Answer every held-out pair greedily and score it.

    Args:
        answer: pairs -> texts, under the adapter to be measured.
        own_verifier: the adapter as verifier; only the controls are shown to it.
        rewarder: with the verifier of round 0.
        pairs: held out, absent ones among them.
        places: place of each pair.
        controls: crops under wrong queries.
        pixels_of: chip -> pixels.
        spec: of the model.
        stop: asked often.

    Raises:
        JobCancelledError: ``stop()`` became true.
    """
    chips = open_chips(pairs, pixels_of)
    texts = answer(pairs)
    answers = read_answers(texts, spec, chips)
    scored = rewarder.score(answers, pairs, chips, stop)
    crops = [
        cut_crop(pixels_of(c.chip), c.box_px, margin=rewarder.margin, crop_px=spec.crop_px) for c in controls
    ]
    wrong = own_verifier.score(crops, [Query(c.query) for c in controls], stop) if crops else []
    absent = np.array([pair.absent for pair in pairs], dtype=bool)
    parsed = np.array([item.parsed for item in scored], dtype=bool)
    boxes = np.array([len(item.boxes_px or ()) for item in answers])
    held_out = HeldOut(
        rewards=np.array([item.reward for item in scored]),
        places=np.asarray(places, dtype=np.int64),
        parsed=parsed,
        empty=(parsed & (boxes == 0))[~absent],
        area_shares=np.array([item.share for item in scored])[boxes > 0],
        wrong_yes=np.asarray(wrong, dtype=float),
        wrong_boxes=(boxes > 0)[absent],
    )
    return Measured(held_out, answers, scored)


def rescored(
    measured: Measured,
    rewarder: Rewarder,
    pairs: Sequence[Pair],
    pixels_of: Callable[[int], Pixels],
    stop: Stop,
) -> Measured:
    """The same answers under another reward; everything else stays.

    Raises:
        JobCancelledError: ``stop()`` became true.
    """
    chips = open_chips(pairs, pixels_of)
    scored = rewarder.score(measured.answers, pairs, chips, stop)
    rewards = np.array([item.reward for item in scored])
    return Measured(replace(measured.held_out, rewards=rewards), measured.answers, scored)


def choose_controls(
    pairs: Sequence[Pair], answers: Sequence[Answer], seed: int, most: int = 200
) -> list[Control]:
    """The first policy's own boxes on held-out chips, each under a query that was asked elsewhere."""
    wrong = wrong_queries(pairs, seed)
    found = [
        Control(pair.chip, answer.boxes_px[0], query)
        for pair, answer, query in zip(pairs, answers, wrong, strict=True)
        if answer.boxes_px
    ]
    return found[:most]
