"""Which question is asked about which chip.

A raster shows few of the things in a list of questions, and a policy that is only ever asked about things
that are there learns to find something everywhere. So the verifier of round 0 looks at whole chips first:
a question joins a chip as *present* where it is fairly sure, as *absent* where it is quite sure that nothing
fits, and not at all in between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.errors import JobCancelledError
from engine.language.vocabulary import hear, naming_words
from engine.types import ModelSpec, Stop, Xyxy

PRESENT_FROM = 0.5
ABSENT_TO = 0.1
ASKED_PER_CHIP = 6
ENOUGH_ASKED = 3
"""Where fewer questions for something else were asked, nouns stand beside them."""
NOUNS = (
    "airplane", "helicopter", "ship", "boat", "harbour", "bridge", "storage tank", "wind turbine", "stadium",
    "tennis court", "basketball court", "baseball field", "swimming pool", "roundabout", "car park", "truck",
    "train", "container yard", "building", "warehouse", "greenhouse", "solar farm", "crop circle", "pond",
    "river", "dam", "quarry", "pier", "runway", "helipad", "tower", "chimney", "cemetery", "landslide",
)  # fmt: skip
"""Nouns of overhead imagery that the model is asked about when the analyst gives no question."""

Presence = Callable[[Sequence[int], Sequence[str]], NDArray[np.float64]]
"""(chip indices, questions of the same length) -> the verifier's belief that something fits, 0..1."""


@dataclass(frozen=True)
class Pair:
    """One question about one chip.

    Attributes:
        chip: index into the chip set.
        query: the question.
        presence: the verifier's belief that something on the chip fits.
        truth_px: drawn boxes in chip pixels, only for the supervised yardstick; None when unknown.
        accepted_px: boxes that the user found right here, in chip pixels; there may be more.
        rejected_px: boxes that the user found wrong here.
    """

    chip: int
    query: str
    presence: float
    truth_px: tuple[Xyxy, ...] | None = None
    accepted_px: tuple[Xyxy, ...] = ()
    rejected_px: tuple[Xyxy, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether the user judged a box here."""
        return bool(self.accepted_px or self.rejected_px)

    def believed(self, presence: float) -> Pair:
        """The pair with the verifier's belief, which the user's word comes before."""
        return replace(self, presence=1.0 if self.accepted_px else presence)

    @property
    def absent(self) -> bool:
        """Whether the right answer is surely "none"."""
        return self.presence <= ABSENT_TO


def propose_queries(chips: Sequence[int], presence: Presence, labels: Sequence[str], seed: int) -> list[str]:
    """Questions for imagery about which nobody asked anything yet.

    Candidates are the policy's own labels and :data:`NOUNS`; kept are those that the verifier sees on at
    least two of a sample of chips and misses on at least one (a question that everything answers teaches
    nothing), most frequent first.

    Args:
        chips: training chips to look at; at most 24 are drawn.
        presence: the verifier.
        labels: what the policy called the things it found.
        seed: of the draw.
    """
    candidates = list(dict.fromkeys([label.strip().lower() for label in labels if label.strip()] + [*NOUNS]))
    drawn = np.random.default_rng(seed).permutation(np.asarray(chips))[:24]
    asked = [(int(chip), text) for text in candidates for chip in drawn]
    seen = presence([chip for chip, _ in asked], [text for _, text in asked]).reshape(len(candidates), -1)
    counts = (seen >= PRESENT_FROM).sum(axis=1)
    order = [int(i) for i in np.argsort(-counts, kind="stable") if 2 <= counts[i] < len(drawn)]
    return [f"the {candidates[i]}" for i in order[:24]]


def join(
    chips: Sequence[int],
    queries: Sequence[str],
    presence: Presence,
    *,
    wanted: int,
    seed: int,
    stop: Stop = lambda: False,
) -> list[Pair]:
    """Join questions to chips until ``wanted`` pairs with a target are found or every chip was looked at.

    Every chip is asked at most ``ASKED_PER_CHIP`` questions. Beside the pairs with a target come those that
    the search may find one for, highest presence first, and a few of the surely empty ones.

    Args:
        chips: indices of chips.
        queries: questions.
        presence: the verifier.
        wanted: pairs with a target; half as many doubtful ones and a fifth as many empty ones are added.
        seed: of the order.
        stop: asked between batches.

    Raises:
        JobCancelledError: ``stop()`` became true.
    """
    rng = np.random.default_rng(seed)
    order = [int(chip) for chip in rng.permutation(np.asarray(chips))]
    found: list[Pair] = []
    for start in range(0, len(order), 16):
        if stop():
            raise JobCancelledError("The run was cancelled while it looked for what is asked.")
        if sum(pair.presence >= PRESENT_FROM for pair in found) >= wanted:
            break
        part = order[start : start + 16]
        asked = [
            (chip, queries[int(i)]) for chip in part for i in rng.permutation(len(queries))[:ASKED_PER_CHIP]
        ]
        beliefs = presence([chip for chip, _ in asked], [text for _, text in asked])
        found += [Pair(chip, text, float(b)) for (chip, text), b in zip(asked, beliefs, strict=True)]
    ranked = sorted(found, key=lambda pair: -pair.presence)
    present = [pair for pair in ranked if pair.presence >= PRESENT_FROM][:wanted]
    rest = [pair for pair in ranked if pair.presence < PRESENT_FROM]
    doubtful = rest[: wanted // 2]
    empty = rest[len(doubtful) :][-max(1, wanted // 5) :]
    mixed = [*present, *doubtful, *empty]
    return [mixed[int(i)] for i in rng.permutation(len(mixed))]


def disputed(pairs: Sequence[Pair], points: Sequence[bool | None], most: int, seed: int) -> list[Pair]:
    """Pairs about which policy and verifier disagree most, and as many others by chance, in a random order.

    They disagree where the policy points at something that the verifier does not see, or is silent about what it
    sees: one of them is wrong there. What neither doubts is not left out, so that nothing of it is forgotten.

    Args:
        pairs: with the verifier's presence.
        points: for each whether the policy points at anything; None where nobody can read what it says, which counts
            as undecided.
        most: at most so many.
        seed: of the draw.
    """
    rng = np.random.default_rng(seed)
    said = [0.5 if one is None else float(one) for one in points]
    doubt = np.abs(np.asarray(said) - np.asarray([pair.presence for pair in pairs]))
    order = [int(i) for i in np.argsort(-doubt, kind="stable")]
    first, rest = order[: most - most // 2], order[most - most // 2 :]
    chosen = [*first, *(rest[int(i)] for i in rng.permutation(len(rest))[: most // 2])]
    return [pairs[chosen[int(i)]] for i in rng.permutation(len(chosen))]


def wrong_queries(pairs: Sequence[Pair], seed: int, spec: ModelSpec) -> list[str]:
    """For each pair a question for something else: one that was asked elsewhere, or a noun of overhead imagery.

    Args:
        pairs: with their own questions.
        seed: of the draw.
        spec: a model with a closed vocabulary is asked in its own words only.
    """
    texts = sorted({pair.query for pair in pairs})
    choices = {text: other_things(text, texts, spec) or _differing(text, texts) for text in texts}
    rng = np.random.default_rng(seed)
    return [choices[pair.query][int(rng.integers(len(choices[pair.query])))] for pair in pairs]


def _differing(text: str, texts: Sequence[str]) -> list[str]:
    """Questions that are written otherwise, for a model that knows no word for anything else."""
    return [other for other in texts if other != text] or [f"the {noun}" for noun in NOUNS]


def other_things(text: str, texts: Sequence[str], spec: ModelSpec) -> list[str]:
    """Questions for something else: those asked that share no naming word, else nouns of overhead imagery.

    Args:
        text: the question that they must differ from.
        texts: what was asked in the run.
        spec: a model with a closed vocabulary is asked in its own words only.
    """
    own = named_by(text)
    asked = [other for other in dict.fromkeys(texts) if not named_by(other) & own]
    nouns = [f"the {noun}" for noun in NOUNS if not named_by(noun) & own]
    known = [noun for noun in nouns if not hear(spec, noun).unknown]
    return asked if len(asked) >= ENOUGH_ASKED else list(dict.fromkeys([*asked, *known]))


def named_by(text: str) -> set[str]:
    """The words of a question that may name something, without the plural's ending."""
    return {word.lower().removesuffix("s") for word in naming_words(text)}
