"""Answering every pair several times before a round, and looking for what the policy keeps silent about.

On strange imagery a policy says "none" where there is something, and then nothing that it samples tells it
so: a group of eight times "none" teaches nothing. But the same policy, made to begin its answer as if
something were there, often knows where to point, and the verifier recognises it in the crop. So before a
round every doubtful pair is answered once more with the *opening* of an answer that has boxes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from engine.types import Pixels, Stop
from trainer.queries import PRESENT_FROM, Pair
from trainer.rewarder import Answer, Rewarder, Tried, open_chips, read_answers
from trainer.rollout.student import Student

GUESSES = 6
"""Answers drawn per pair, beside the greedy one."""
LONGEST_OPENING = 12
SHARED_BY = 0.2


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


class Searcher:
    """Answers pairs, with the opening where they are doubtful, and scores what comes.

    Args:
        student: who answers.
        rewarder: its verifier, margin and crops.
        pixels_of: chip -> pixels.
        stop: asked often.
    """

    def __init__(
        self, student: Student, rewarder: Rewarder, pixels_of: Callable[[int], Pixels], stop: Stop
    ) -> None:
        self._student, self._rewarder, self._pixels_of, self._stop = student, rewarder, pixels_of, stop

    def search(self, pairs: Sequence[Pair], adapter: str | None) -> list[list[Tried]]:
        """Answers to each pair, the doubtful ones drawn with the opening.

        Args:
            pairs: with their presence.
            adapter: whose answers.

        Raises:
            JobCancelledError: ``stop()`` became true.
        """
        greedy = [ids for (ids,) in self._student.draw(pairs, adapter, self._stop)]
        rows = list(range(len(pairs)))
        found = self._read(pairs, rows, greedy)
        silent = [row for row in rows if found[row].boxes_px == ()]
        start = opening(
            [ids for ids, answer in zip(greedy, found, strict=True) if answer.boxes_px],
            [greedy[row] for row in silent],
        )
        doubtful = {row for row in rows if pairs[row].presence < PRESENT_FROM}.union(silent)
        parts = [([row for row in rows if row not in doubtful], ()), (sorted(doubtful), start)]
        tokens = list(greedy)
        for part, begun in parts:
            if part:
                groups = self._student.draw(
                    [pairs[row] for row in part], adapter, self._stop,
                    group_size=GUESSES, temperature=1.0, opening=begun,
                )  # fmt: skip
                again = [row for row in part for _ in range(GUESSES)]
                drawn = [ids for group in groups for ids in group]
                found += self._read(pairs, again, drawn)
                rows, tokens = rows + again, tokens + drawn
        return self._scored(pairs, rows, found, tokens)

    def _read(self, pairs: Sequence[Pair], rows: Sequence[int], drawn: Sequence[list[int]]) -> list[Answer]:
        loaded = self._student.loaded
        texts = loaded.tokenizer.batch_decode(drawn, skip_special_tokens=True)
        return read_answers(texts, loaded.spec, open_chips([pairs[row] for row in rows], self._pixels_of))

    def _scored(
        self, pairs: Sequence[Pair], rows: Sequence[int], found: Sequence[Answer], tokens: Sequence[list[int]]
    ) -> list[list[Tried]]:
        given = [(row, a, ids) for row, a, ids in zip(rows, found, tokens, strict=True) if a.boxes_px]
        asked = [pairs[row] for row, _, _ in given]
        scored = self._rewarder.score(
            [a for _, a, _ in given], asked, open_chips(asked, self._pixels_of), self._stop
        )
        tried: list[list[Tried]] = [[] for _ in pairs]
        for (row, answer, ids), item in zip(given, scored, strict=True):
            tried[row].append(Tried(answer.boxes_px or (), float(np.mean(item.scores)), tuple(ids)))
        return tried


def informed(pairs: Sequence[Pair], tried: Sequence[Sequence[Tried]]) -> list[Pair]:
    """The pairs with the presence that the best look at a crop gives, where that is more."""
    return [
        replace(pair, presence=max([pair.presence, *(item.score for item in looks)]))
        for pair, looks in zip(pairs, tried, strict=True)
    ]
