"""Rewards of a round as TRL asks for them, and the answers that are shown to the policy again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.types import Pixels, Stop
from trainer.queries import Pair
from trainer.scoring import Rewarder, Scored, open_chips, read_answers


class Teacher:
    """Turns texts into rewards under the verifier of the round.

    Args:
        rewarder: the reward.
        pairs: what is asked.
        pixels_of: chip -> pixels.
        stop: asked often.

    Attributes:
        figures: means over the last batch, for the curves.
    """

    def __init__(
        self, rewarder: Rewarder, pairs: Sequence[Pair], pixels_of: Callable[[int], Pixels], stop: Stop
    ) -> None:
        self._rewarder, self._pairs, self._pixels_of, self._stop = rewarder, pairs, pixels_of, stop
        self.figures: dict[str, float] = {}

    def rewards(self, numbers: Sequence[int], texts: Sequence[str]) -> list[float]:
        """One reward per text.

        Args:
            numbers: the pair of each text.
            texts: the completions.
        """
        pairs = [self._pairs[number] for number in numbers]
        chips = open_chips(pairs, self._pixels_of)
        answers = read_answers(texts, self._rewarder.spec, chips)
        scored = self._rewarder.score(answers, pairs, chips, self._stop)
        self.figures = {
            "parsed": float(np.mean([item.parsed for item in scored])),
            "score": float(np.mean([belief(pair, item) for pair, item in zip(pairs, scored, strict=True)])),
        }
        return [item.reward for item in scored]

    def replay(self, number: int) -> tuple[int, ...] | None:
        """The best answer tried before the round, to stand in its pair's group once more; None without one."""
        pair = self._pairs[number]
        if self._rewarder.name != "consensus" or pair.absent:
            return None
        best = self._rewarder.memory.best(pair)
        return None if best is None else best.tokens


def belief(pair: Pair, scored: Scored) -> float:
    """How far the verifier believes an answer: its boxes' mean score, or that nothing is there."""
    if not scored.parsed:
        return 0.0
    return float(np.mean(scored.scores)) if scored.scores else 1.0 - pair.presence
