"""Answering every pair several times before a round, and looking for what the policy keeps silent about.

On strange imagery a policy says "none" where there is something, and then nothing that it samples tells it
so: a group of eight times "none" teaches nothing. But the same policy, made to begin its answer as if
something were there, often knows where to point, and the verifier recognises it in the crop. So before a
round every doubtful pair is answered once more with the *opening* of an answer that has boxes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from engine.evaluate.overlap import box_iou
from engine.language.comparing import comparison_of
from engine.search.singling import singled_out
from trainer.attempts import Attempt
from trainer.queries import ABSENT_TO, PRESENT_FROM, Pair
from trainer.rewarder import Rewarder
from trainer.rollout.crew import Crew
from trainer.rollout.student import Student

GUESSES = 6
"""Answers drawn per pair, beside the greedy one."""
LONGEST_OPENING = 12
SHARED_BY = 0.2
DENIED_SHARE = 0.25
"""Of the whole chips that are said to show something, so many may have no believed box before that is not counted."""
DOUBT = (ABSENT_TO + PRESENT_FROM) / 2
"""The presence of a pair of which nothing is known."""


def opening(with_boxes: Sequence[Sequence[int]], empty: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """The tokens that most answers with boxes begin with and no answer "none" does.

    Args:
        with_boxes: token ids of answers that give boxes.
        empty: token ids of answers that say "none".

    Returns:
        The opening; empty where no opening is shared by a fifth of the answers, or nothing is "none".
    """
    starts: Counter[tuple[int, ...]] = Counter()
    for answer in with_boxes:
        for length in range(1, min(len(answer), LONGEST_OPENING) + 1):
            start = tuple(answer[:length])
            if all(tuple(other[:length]) != start for other in empty):
                starts[start] += 1
                break
    if not starts or not empty:
        return ()
    start, count = starts.most_common(1)[0]
    return start if count >= SHARED_BY * len(with_boxes) else ()


@dataclass(frozen=True)
class SearchOrder:
    """The order to share a search.

    Attributes:
        pairs: with their presence.
        adapter: whose answers, and whose look at the boxes; "previous" is what ``previous`` holds.
        previous: folder of the last kept adapter, None before the first.
    """

    pairs: list[Pair]
    adapter: str | None
    previous: Path | None


def search(
    pairs: Sequence[Pair], student: Student, rewarder: Rewarder, adapter: str | None, crew: Crew | None = None
) -> list[list[Attempt]]:
    """Answer each pair several times, the doubtful ones with the opening, and score what gives boxes.

    Args:
        pairs: with their presence.
        student: who answers.
        rewarder: its verifier scores the boxes.
        adapter: whose answers.
        crew: the processes that share the work, each of which calls this with the same arguments.

    Returns:
        The answers with boxes to each pair.

    Raises:
        JobCancelledError: the rewarder's ``stop()`` became true.
    """
    crew = crew or Crew()
    drawn = crew.spread(pairs, lambda part: student.draw(part, adapter, rewarder.stop))
    greedy = [ids for (ids,) in drawn]
    found = rewarder.read(pairs, student.decode(greedy))
    rows = list(range(len(pairs)))
    silent = [row for row in rows if found[row].boxes_px == ()]
    start = opening(
        [ids for ids, answer in zip(greedy, found, strict=True) if answer.boxes_px],
        [greedy[row] for row in silent],
    )
    doubtful = {row for row in rows if pairs[row].presence < PRESENT_FROM}.union(silent)
    parts = [([row for row in rows if row not in doubtful], ()), (sorted(doubtful), start)]
    tokens = list(greedy)
    for part, first_tokens in parts:
        if part:
            draw = partial(student.draw, group_size=GUESSES, temperature=1.0, opening=first_tokens)
            groups = crew.spread(
                [pairs[row] for row in part],
                lambda some, draw=draw: draw(some, adapter, rewarder.stop),  # type: ignore[misc]
            )
            rows += [row for row in part for _ in range(GUESSES)]
            tokens += [ids for group in groups for ids in group]
    asked = [pairs[row] for row in rows]
    answered = list(zip(asked, student.decode(tokens), student.cut(tokens), strict=True))
    scored = crew.spread(
        answered,
        lambda some: rewarder.score(
            [pair for pair, _, _ in some], [text for _, text, _ in some], [cut for _, _, cut in some]
        ),
    )
    attempts: list[list[Attempt]] = [[] for _ in pairs]
    for row, ids, item in zip(rows, tokens, scored, strict=True):
        if item.answer.boxes_px:
            score = float(np.mean(item.scores))
            attempts[row].append(Attempt(item.answer.boxes_px, score, tuple(ids), item.scores))
    return [compared(pair, tried, rewarder) for pair, tried in zip(pairs, attempts, strict=True)]


def compared(pair: Pair, tried: Sequence[Attempt], rewarder: Rewarder) -> list[Attempt]:
    """The answers to a question that singles one out: those that point at another one are believed no more.

    A crop shows whether something is a ship, not whether it is the largest. So of all boxes that were tried and are
    believed the one that is meant is measured, as it is in a search.

    Args:
        pair: what was asked.
        tried: the answers to it.
        rewarder: knows where the chip lies, and from which score its model's boxes count.
    """
    comparison = comparison_of(pair.query)
    if comparison is None or comparison.measure is None or not tried or rewarder.name == "paper":
        return list(tried)
    boxes = [box for item in tried for box in item.boxes_px]
    scores = [score for item in tried for score in item.scores]
    meant = boxes[
        singled_out(boxes, scores, comparison.measure, rewarder.ground_of(pair.chip), rewarder.spec.min_score)
    ]
    return [
        item
        if len(item.boxes_px) == 1 and box_iou(item.boxes_px[0], meant) > 0.5
        else replace(item, score=0.0, each=())
        for item in tried
    ]


def informed(pairs: Sequence[Pair], attempts: Sequence[Sequence[Attempt]]) -> list[Pair]:
    """The pairs with the presence that the best look at a crop gives, where that is more.

    On some imagery a look at the whole chip says yes to nearly everything, and no box that is tried is believed. Where
    that is so for more than :data:`DENIED_SHARE` of its yeses it is not counted, and crops alone decide: a pair is
    present where one is believed, absent where none is. Where it is seldom so, the search is likelier to have missed
    the target than the look to be wrong (LOG.md has the figures of both).
    """
    best = [max((item.score for item in tried), default=None) for tried in attempts]
    yes = [score for pair, score in zip(pairs, best, strict=True) if pair.presence >= PRESENT_FROM]
    denied = sum(score is not None and score <= ABSENT_TO for score in yes)
    if denied <= DENIED_SHARE * len(yes):
        return [
            replace(pair, presence=max(pair.presence, score or 0.0))
            for pair, score in zip(pairs, best, strict=True)
        ]
    return [
        pair.believed(min(pair.presence, DOUBT) if score is None else score)
        for pair, score in zip(pairs, best, strict=True)
    ]
