"""What an adapter does on held-out places, measured the same way before and after every round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.types import ModelSpec, Xyxy
from trainer.gate import HeldOut
from trainer.queries import Pair, wrong_queries
from trainer.rewarder import Answer, Rewarder, ScoredAnswer


@dataclass(frozen=True)
class NegativeControl:
    """A crop under a deliberately wrong query: the same ones for every adapter, so that changes are theirs.

    Attributes:
        chip: which chip it was cut from.
        box_px: a box that the first policy gave there.
        query: a question for something else.
    """

    chip: int
    box_px: Xyxy
    query: str


@dataclass(frozen=True)
class Measurement:
    """An adapter's held-out figures, and its answers for the pictures of the report."""

    held_out: HeldOut
    scored: list[ScoredAnswer]

    @property
    def reward(self) -> float:
        """Mean held-out reward under the verifier of round 0."""
        return float(self.held_out.rewards.mean())

    @property
    def none(self) -> float:
        """Share of "none" for absent targets; 1 where there is none."""
        return 1.0 - _mean(self.held_out.wrong_boxes)

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
    texts: Sequence[str],
    rewarder: Rewarder,
    own: Rewarder,
    pairs: Sequence[Pair],
    places: Sequence[int],
    controls: Sequence[NegativeControl],
) -> Measurement:
    """Score an adapter's greedy answers to every held-out pair.

    Args:
        texts: the answers.
        rewarder: with the verifier of round 0.
        own: with the adapter itself as verifier; only the controls are shown to it.
        pairs: held out, absent ones among them.
        places: place of each pair.
        controls: crops under wrong queries.

    Raises:
        JobCancelledError: the rewarder's ``stop()`` became true.
    """
    scored = rewarder.score(pairs, texts)
    wrong_yes = own.score_crops(
        [c.chip for c in controls], [c.box_px for c in controls], [c.query for c in controls]
    )
    absent = np.array([pair.absent for pair in pairs], dtype=bool)
    parsed = np.array([item.answer.parsed for item in scored], dtype=bool)
    boxes = np.array([len(item.answer.boxes_px or ()) for item in scored])
    held_out = HeldOut(
        rewards=np.array([item.reward for item in scored]),
        places=np.asarray(places, dtype=np.int64),
        parsed=parsed,
        empty=(parsed & (boxes == 0))[~absent],
        area_shares=np.array([item.share for item in scored])[boxes > 0],
        wrong_yes=wrong_yes,
        wrong_boxes=(boxes > 0)[absent],
    )
    return Measurement(held_out, scored)


def rescored(measured: Measurement, rewarder: Rewarder, pairs: Sequence[Pair]) -> Measurement:
    """The same answers under another reward; everything else stays.

    Raises:
        JobCancelledError: the rewarder's ``stop()`` became true.
    """
    scored = rewarder.rescore(pairs, [item.answer for item in measured.scored])
    rewards = np.array([item.reward for item in scored])
    return Measurement(replace(measured.held_out, rewards=rewards), scored)


def choose_controls(
    pairs: Sequence[Pair], answers: Sequence[Answer], seed: int, spec: ModelSpec, most: int = 200
) -> list[NegativeControl]:
    """The first policy's own boxes on held-out chips, each under a question for something else."""
    wrong = wrong_queries(pairs, seed, spec)
    found = [
        NegativeControl(pair.chip, answer.boxes_px[0], query)
        for pair, answer, query in zip(pairs, answers, wrong, strict=True)
        if answer.boxes_px
    ]
    return found[:most]
