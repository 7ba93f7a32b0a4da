"""The pairs of a round: what is asked, and what was tried for it before the round began."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import InputError
from trainer.chips import ChipSet
from trainer.dataset import presence_by
from trainer.queries import ABSENT_TO, PRESENT_FROM, Pair
from trainer.rewarder import Attempt, Attempts, Rewarder
from trainer.rollout.student import Student
from trainer.search import informed, search
from trainer.stored import read_stored, write_stored

FILE = "lessons.json"
SEARCHED = 1.4
"""Pairs that are searched over those that are wanted: some turn out to be doubtful."""


@dataclass(frozen=True)
class Lessons:
    """Pairs of one round.

    Attributes:
        pairs: what is asked.
        tried: answers to each pair that the search found.
    """

    pairs: list[Pair]
    tried: list[list[Attempt]]

    def attempts(self) -> Attempts:
        """What was tried, for the rewards."""
        return Attempts(self.pairs, self.tried)

    def save(self, folder: Path) -> None:
        """Keep the lessons, so that a round that was broken off goes on with the same ones."""
        folder.mkdir(parents=True, exist_ok=True)
        write_stored(folder / FILE, self)

    @classmethod
    def load(cls, folder: Path) -> Lessons | None:
        """The lessons in ``folder``, None where there are none.

        Raises:
            InputError: the file was not written by a trainer that this one understands.
        """
        if not (folder / FILE).is_file():
            return None
        return read_stored(cls, folder / FILE)


def find_lessons(
    pairs: Sequence[Pair],
    student: Student,
    rewarder: Rewarder,
    chips: ChipSet,
    *,
    adapter: str | None,
    wanted: int,
    absent_share: float,
    seed: int,
) -> Lessons:
    """Look for the targets of the pairs with an adapter, and choose those to learn from.

    Args:
        pairs: candidates.
        student: who searches.
        rewarder: with the verifier of the round.
        chips: of the run.
        adapter: who answers, and who says what is present.
        wanted: at most so many pairs.
        absent_share: share of them without a target.
        seed: of their order.

    Raises:
        InputError: nothing is seen in any of them.
        JobCancelledError: the rewarder's ``stop()`` became true.
    """
    drawn = np.random.default_rng(seed).permutation(len(pairs))
    order = judged_first(pairs, [int(i) for i in drawn], wanted)[: math.ceil(SEARCHED * wanted)]
    pairs = [pairs[i] for i in order]
    presence = presence_by(student.verifier(adapter), chips, rewarder.stop)
    beliefs = presence([pair.chip for pair in pairs], [pair.query for pair in pairs])
    believed = [pair.believed(float(b)) for pair, b in zip(pairs, beliefs, strict=True)]
    tried = search(believed, student, rewarder, adapter)
    known = informed(believed, tried)
    chosen = choose(known, wanted, absent_share, seed)
    return Lessons([known[i] for i in chosen], [tried[i] for i in chosen])


def judged_first(pairs: Sequence[Pair], order: Sequence[int], wanted: int) -> list[int]:
    """An order of pairs in which up to half of what is wanted are those that the user judged, if there are any."""
    first = [i for i in order if pairs[i].judged][: max(1, wanted // 2)]
    return [*first, *(i for i in order if i not in set(first))]


def choose(pairs: Sequence[Pair], wanted: int, absent_share: float, seed: int) -> list[int]:
    """Which pairs to learn from: those with a target, and the surest ones without, in a random order.

    Args:
        pairs: with their presence after the search.
        wanted: at most so many.
        absent_share: share of the result that has no target.
        seed: of the order.

    Returns:
        Indices into ``pairs``.

    Raises:
        InputError: no pair has a target.
    """
    rng = np.random.default_rng(seed)
    order = judged_first(pairs, [int(i) for i in rng.permutation(len(pairs))], wanted)
    present = [i for i in order if pairs[i].presence >= PRESENT_FROM]
    if not present:
        queries = ", ".join(sorted({pair.query for pair in pairs})[:5])
        raise InputError(
            f"In {len(pairs)} places the model sees nothing of what is asked ({queries}). "
            "Ask for things that the imagery shows, or choose another resolution."
        )
    present = present[: max(1, round(wanted * (1 - absent_share)))]
    room = round(len(present) * absent_share / (1 - absent_share))
    absent = sorted((i for i in order if pairs[i].presence <= ABSENT_TO), key=lambda i: pairs[i].presence)
    mixed = [*present, *absent[:room]]
    return [mixed[int(i)] for i in rng.permutation(len(mixed))]
