"""Can the verifier tell right from wrong on this imagery? Asked before it may teach anything.

Nobody drew a box, so the trial rests on what must hold for every verifier that is worth learning from. Of the
policy's own boxes the half that the verifier likes best, question by question, stand for the right ones. They
are looked at a second time, slightly moved, and must stand above three kinds of wrong ones:

* **other question**: the same crop under a question for something else;
* **other crop**: the same question over crops that were found for something else;
* **elsewhere**: the same question over the same picture, at a place where the policy pointed at nothing.

A verifier that answers at random, always the same, the other way round, or by size, by position or by question
alone fails at least one of them, because its first look says nothing about its second. The worst of the three
is its *reliability*, which the gate takes into account.

Order is not enough: rewards are made of the scores themselves, and what was tried counts by its score. Where right
and wrong have nearly the same one, as when most of a score comes from something else than what is asked, everything
that was tried counts alike, and what is taught is what the policy does most often. So the right ones must also score
higher by a fifth of the scale; this difference is the trial's *contrast*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.evaluate.precision import auroc
from engine.types import Xyxy
from trainer.queries import Pair, named_by, other_things
from trainer.rewarder import Answer, Rewarder

FLOOR = 0.65
"""Least area under the ROC curve; a coin has 0.5."""
FLOOR_OF_A_QUESTION = 0.6
ERRORS_ABOVE_CHANCE = 3.0
"""Standard errors by which a verifier must do better than a coin: few looks need clearer ones."""
LEAST_CONTRAST = 0.2
"""By how much the mean score of right looks must be above that of wrong ones; scores go from 0 to 1."""
FEWEST_BOXES = 16
FEWEST_OF_A_QUESTION = 6
WRONG_LOOKS = 3
"""Wrong crops or questions for every right one, of each kind."""
MOST_DISPUTED = 6
"""Boxes on which two verifiers disagree that are shown."""
MOVED = 0.08
"""How far the second look is moved, as a share of the box's sides."""
PLACES_TRIED = 40

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Disputed:
    """A box of the policy on which two verifiers disagree.

    Attributes:
        chip: index into the chip set.
        query: what was asked.
        box_px: the box in chip pixels.
        score: of the verifier that the run learns from, 0..1.
        second: of the other one, 0..1.
    """

    chip: int
    query: str
    box_px: Xyxy
    score: float
    second: float


@dataclass(frozen=True)
class Trial:
    """What the trial of a verifier gave.

    Attributes:
        boxes: how many boxes the policy gave; the better half of them stood for the right ones.
        separation: kind of wrong look -> area under the ROC curve.
        questions: question -> the same over both of its wrong looks, where it has enough boxes.
        needed: what ``separation`` must reach, by kind: more where fewer looks could be had.
        disagreement: share of the policy's boxes to which one verifier says yes and a second one no; None
            without a second one.
        disputed: the boxes on which they disagree most, a few of them.
        contrast: kind of wrong look -> mean score of the right ones minus that of these.
    """

    boxes: int
    separation: dict[str, float]
    questions: dict[str, float] = field(default_factory=dict)
    needed: dict[str, float] = field(default_factory=dict)
    disagreement: float | None = None
    disputed: tuple[Disputed, ...] = ()
    contrast: dict[str, float] = field(default_factory=dict)

    @property
    def reliability(self) -> float:
        """0 for a coin, 1 for a verifier that never errs in the trial."""
        return float(np.clip(2 * min(self.separation.values(), default=0.5) - 1, 0.0, 1.0))

    def check(self) -> None:
        """Refuse to learn from a verifier that failed.

        Raises:
            InputError: says what it can't tell apart, or not clearly enough.
        """
        failed = [kind for kind, value in self.separation.items() if not value >= self.needed[kind]]
        faint = [kind for kind, value in self.contrast.items() if not value >= LEAST_CONTRAST]
        blind = [text for text, value in self.questions.items() if not value >= FLOOR_OF_A_QUESTION]
        if self.boxes < FEWEST_BOXES:
            raise InputError(
                f"The model found only {self.boxes} boxes to try its verifier on, {FEWEST_BOXES} are needed. "
                "Add imagery, ask for things that it shows, or choose another resolution."
            )
        if failed:
            told = " and ".join(f"{_FAILURES[kind]} ({self.separation[kind]:.2f}, where a coin has 0.50)"
                                for kind in failed)  # fmt: skip
            raise InputError(
                f"The verifier can't be learned from on this imagery: it hardly tells {told}. Nothing was "
                "changed. Ask for other things, choose another resolution, or name another verifier."
            )
        if faint:
            told = " and ".join(f"{_FAILURES[kind]} ({self.contrast[kind]:.2f})" for kind in faint)
            raise InputError(
                f"The verifier can't be learned from on this imagery: its scores hardly differ when it tells {told}. "
                f"{LEAST_CONTRAST:.2f} of a scale from 0 to 1 are needed, or what is tried most often would be taught, "
                "right or not. Nothing was changed. Name another verifier."
            )
        if blind:
            raise InputError(
                f"The verifier can't tell {_listed(blind)} from other things on this imagery. Nothing was "
                "changed. Leave out what it can't see, or name another verifier."
            )


_FAILURES = {
    "other question": "what is asked from something else in the same crop",
    "other crop": "crops of what is asked from crops of other things",
    "elsewhere": "the places that were found from others in the same picture",
}


def try_verifier(
    rewarder: Rewarder,
    pairs: Sequence[Pair],
    answers: Sequence[Answer],
    seed: int,
    second: Rewarder | None = None,
) -> Trial:
    """Try a verifier on the policy's own boxes.

    Args:
        rewarder: with the verifier and the margin of the run.
        pairs: training pairs.
        answers: the first policy's answers to them.
        seed: of what is drawn.
        second: with another verifier, for a second opinion.

    Raises:
        InputError: the verifier gives values that are no numbers.
        JobCancelledError: the rewarder's ``stop()`` became true.
    """
    asked = [(pair, answer) for pair, answer in zip(pairs, answers, strict=True) if answer.boxes_px]
    boxes = [answer.boxes_px[0] for _, answer in asked if answer.boxes_px]
    chips, texts = [pair.chip for pair, _ in asked], [pair.query for pair, _ in asked]
    first = _finite(rewarder.score_crops(chips, boxes, texts))
    disagreement: float | None = None
    disputed: tuple[Disputed, ...] = ()
    if second is not None and len(first):
        other = _finite(second.score_crops(chips, boxes, texts))
        apart = (first >= 0.5) != (other >= 0.5)
        disagreement = float(np.mean(apart))
        order = np.argsort(-np.where(apart, np.abs(first - other), -1.0), kind="stable")
        worst = [int(i) for i in order[: min(MOST_DISPUTED, int(apart.sum()))]]
        disputed = tuple(
            Disputed(chips[i], texts[i], boxes[i], float(first[i]), float(other[i])) for i in worst
        )
    right = _best_half(texts, first)
    looks = _Looks(rewarder, seed, [asked[i] for i in right], [boxes[i] for i in right])
    seen = {kind: looks.wrong(kind) for kind in _FAILURES}
    sure = looks.right()
    tried = {kind: wrong for kind, wrong in seen.items() if len(wrong[0])}
    separation = {kind: auroc(sure, values) for kind, (values, _) in tried.items()}
    needed = {kind: _needed(len(sure), len(values)) for kind, (values, _) in tried.items()}
    contrast = {kind: float(sure.mean() - values.mean()) for kind, (values, _) in tried.items()}
    questions = {}
    for text in dict.fromkeys(looks.texts):
        mine = np.array([other == text for other in looks.texts])
        under = [values[[t == text for t in texts_]] for kind, (values, texts_) in tried.items()
                 if kind != "other question"]  # fmt: skip
        wrong = np.concatenate(under) if under else np.zeros(0)
        if mine.sum() >= FEWEST_OF_A_QUESTION and len(wrong):
            questions[text] = auroc(sure[mine], wrong)
    return Trial(len(boxes), separation, questions, needed, disagreement, disputed, contrast)


class _Looks:
    """The second looks at the boxes that stand for the right ones."""

    def __init__(
        self, rewarder: Rewarder, seed: int, asked: Sequence[tuple[Pair, Answer]], boxes: Sequence[Xyxy]
    ) -> None:
        self._rewarder, self._rng = rewarder, np.random.default_rng(seed)
        self._asked, self._boxes = asked, boxes
        self.texts = [pair.query for pair, _ in asked]
        self._others = {t: other_things(t, self.texts, rewarder.spec) for t in dict.fromkeys(self.texts)}
        self._sizes = {pair.chip: rewarder.pixels_of(pair.chip).shape[:2] for pair, _ in asked}

    def right(self) -> Scores:
        """Scores of the right boxes under their own questions."""
        chips = [pair.chip for pair, _ in self._asked]
        return _finite(self._rewarder.score_crops(chips, self._moved(self._boxes), self.texts))

    def wrong(self, kind: str) -> tuple[Scores, list[str]]:
        """Scores of wrong looks of one kind, and the question of each."""
        found = {
            "other question": self._other_question,
            "other crop": self._other_crop,
            "elsewhere": self._elsewhere,
        }[kind]
        chips: list[int] = []
        boxes: list[Xyxy] = []
        texts: list[str] = []
        for (pair, answer), box in zip(self._asked, self._boxes, strict=True):
            for chip, place, text in found(pair, answer, box):
                chips.append(chip)
                boxes.append(place)
                texts.append(text)
        return _finite(self._rewarder.score_crops(chips, self._moved(boxes), texts)), texts

    def _other_question(self, pair: Pair, answer: Answer, box: Xyxy) -> list[tuple[int, Xyxy, str]]:
        choices = self._others[pair.query]
        drawn = self._rng.permutation(len(choices))[:WRONG_LOOKS]
        return [(pair.chip, box, choices[int(i)]) for i in drawn]

    def _other_crop(self, pair: Pair, answer: Answer, box: Xyxy) -> list[tuple[int, Xyxy, str]]:
        others = [
            (other.chip, place)
            for (other, _), place in zip(self._asked, self._boxes, strict=True)
            if other.chip != pair.chip and not named_by(other.query) & named_by(pair.query)
        ]
        drawn = self._rng.permutation(len(others))[:WRONG_LOOKS]
        return [(*others[int(i)], pair.query) for i in drawn]

    def _elsewhere(self, pair: Pair, answer: Answer, box: Xyxy) -> list[tuple[int, Xyxy, str]]:
        height_px, width_px = self._sizes[pair.chip]
        w, h = box[2] - box[0], box[3] - box[1]
        found: list[Xyxy] = []
        for _ in range(PLACES_TRIED):
            if len(found) == WRONG_LOOKS or w >= width_px or h >= height_px:
                break
            x, y = self._rng.uniform(0, width_px - w), self._rng.uniform(0, height_px - h)
            place = (float(x), float(y), float(x + w), float(y + h))
            if not any(_meet(place, other) for other in (answer.boxes_px or ())):
                found.append(place)
        return [(pair.chip, place, pair.query) for place in found]

    def _moved(self, boxes: Sequence[Xyxy]) -> list[Xyxy]:
        """The boxes, each moved a little, so that a second look is no repetition of the first."""
        moved = []
        for x0, y0, x1, y1 in boxes:
            dx, dy = self._rng.choice((-MOVED, MOVED), 2) * (x1 - x0, y1 - y0)
            moved.append((float(x0 + dx), float(y0 + dy), float(x1 + dx), float(y1 + dy)))
        return moved


def _best_half(texts: Sequence[str], scores: Scores) -> list[int]:
    """Of every question the better half of its boxes, at least one."""
    chosen: list[int] = []
    for text in dict.fromkeys(texts):
        mine = np.array([i for i, other in enumerate(texts) if other == text])
        order = mine[np.argsort(-scores[mine], kind="stable")]
        chosen += [int(i) for i in order[: max(1, len(order) // 2)]]
    return sorted(chosen)


def _needed(right: int, wrong: int) -> float:
    """The floor, or so many standard errors of a coin above one half that chance does not get there."""
    error = np.sqrt((right + wrong + 1) / (12 * right * wrong))
    return float(max(FLOOR, 0.5 + ERRORS_ABOVE_CHANCE * error))


def _meet(one: Xyxy, other: Xyxy) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _finite(scores: Scores) -> Scores:
    if not np.isfinite(scores).all():
        raise InputError(
            "The verifier gives scores that are no numbers, so its weights or its server are broken. "
            "Nothing was changed. Check the model or adapter, or name another verifier."
        )
    return scores


def _listed(texts: Sequence[str]) -> str:
    return " nor ".join(f"“{text}”" for text in texts)
