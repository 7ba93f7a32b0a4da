"""The pairs of a round: what is asked, and what was tried for it before the round began."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine.errors import InputError
from trainer.attempts import Attempt, Attempts, expected_iou
from trainer.chips import ChipSet
from trainer.dataset import presence_by
from trainer.queries import ABSENT_TO, PRESENT_FROM, Pair
from trainer.rewarder import Rewarder
from trainer.rollout.crew import Crew
from trainer.rollout.student import Student
from trainer.search import GUESSES, informed, search
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
        spread: question -> how far the rewards of its answers differed in the search, a mean over places.
    """

    pairs: list[Pair]
    tried: list[list[Attempt]]
    spread: dict[str, float] = field(default_factory=dict)

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


@dataclass(frozen=True)
class Harder:
    """What comes first among the pairs of a round; nothing by default.

    Attributes:
        questions: pairs whose answers earn different rewards.
        asked: question -> its spread in the round before; what was answered all alike is asked last.
    """

    questions: bool = False
    asked: Mapping[str, float] = field(default_factory=dict)

    def order(self, pairs: Sequence[Pair], order: Sequence[int]) -> list[int]:
        """Candidates in the order in which they are searched."""
        if not self.questions:
            return list(order)
        unknown = float(np.median([*self.asked.values(), 0.0]))
        return sorted(order, key=lambda i: -self.asked.get(pairs[i].query, unknown))

    def rank(self, pair: Pair, tried: Sequence[Attempt]) -> float:
        """The higher, the sooner a pair is learned from; 0 for all where nothing comes first."""
        return reward_spread(tried) if self.questions and not pair.absent else 0.0


def reward_spread(tried: Sequence[Attempt]) -> float:
    """Standard deviation of what a search's answers to one pair are worth; "none" is worth nothing."""
    attempts = list(tried)
    worth = [item.score * expected_iou(item.boxes_px, attempts) for item in attempts][: GUESSES + 1]
    return float(np.std([*worth, *[0.0] * (GUESSES + 1 - len(worth))]))


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
    harder: Harder | None = None,
    spread_over: Callable[[list[Pair]], Crew] = lambda pairs: Crew(),
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
        harder: what comes first, nothing by default.
        spread_over: tells other processes to share the search of some pairs, if there are any.

    Raises:
        InputError: nothing is seen in any of them.
        JobCancelledError: the rewarder's ``stop()`` became true.
    """
    harder = harder or Harder()
    drawn = harder.order(pairs, [int(i) for i in np.random.default_rng(seed).permutation(len(pairs))])
    order = judged_first(pairs, drawn, wanted)[: math.ceil(SEARCHED * wanted)]
    pairs = [pairs[i] for i in order]
    presence = presence_by(student.verifier(adapter), chips, rewarder.stop)
    beliefs = presence([pair.chip for pair in pairs], [pair.query for pair in pairs])
    believed = [pair.believed(float(b)) for pair, b in zip(pairs, beliefs, strict=True)]
    found = search(believed, student, rewarder, adapter, spread_over(believed))
    known = informed(believed, found)
    ranks = [harder.rank(pair, tried) for pair, tried in zip(known, found, strict=True)]
    chosen = choose(known, wanted, absent_share, seed, ranks)
    spread: dict[str, list[float]] = defaultdict(list)
    for pair, tried in zip(known, found, strict=True):
        if not pair.absent:
            spread[pair.query].append(reward_spread(tried))
    return Lessons(
        [known[i] for i in chosen],
        [found[i] for i in chosen],
        {text: float(np.mean(values)) for text, values in spread.items()},
    )


def judged_first(pairs: Sequence[Pair], order: Sequence[int], wanted: int) -> list[int]:
    """An order of pairs in which up to half of what is wanted are those that the user judged, if there are any."""
    first = [i for i in order if pairs[i].judged][: max(1, wanted // 2)]
    return [*first, *(i for i in order if i not in set(first))]


def choose(
    pairs: Sequence[Pair], wanted: int, absent_share: float, seed: int, ranks: Sequence[float] | None = None
) -> list[int]:
    """Which pairs to learn from: those with a target, and the surest ones without, in a random order.

    Args:
        pairs: with their presence after the search.
        wanted: at most so many.
        absent_share: share of the result that has no target.
        seed: of the order.
        ranks: the higher, the sooner a pair is taken; all alike by default.

    Returns:
        Indices into ``pairs``.

    Raises:
        InputError: no pair has a target.
    """
    rng, rank = np.random.default_rng(seed), ranks or [0.0] * len(pairs)
    drawn = sorted((int(i) for i in rng.permutation(len(pairs))), key=lambda i: -rank[i])
    order = judged_first(pairs, drawn, wanted)
    present = [i for i in order if pairs[i].presence >= PRESENT_FROM]
    if not present:
        queries = ", ".join(sorted({pair.query for pair in pairs})[:5])
        raise InputError(
            f"In {len(pairs)} places the model sees nothing of what is asked ({queries}). "
            "Ask for things that the imagery shows, or choose another resolution."
        )
    present = present[: max(1, round(wanted * (1 - absent_share)))]
    room = round(len(present) * absent_share / (1 - absent_share))
    empty = (i for i in order if pairs[i].presence <= ABSENT_TO)
    absent = sorted(empty, key=lambda i: (-rank[i], pairs[i].presence))
    mixed = [*present, *absent[:room]]
    return [mixed[int(i)] for i in rng.permutation(len(mixed))]
