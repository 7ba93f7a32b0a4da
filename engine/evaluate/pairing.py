"""A policy and a verifier put together for a question: another verifier, crops of another size, answers spoilt."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np

from engine.errors import NotUnderstoodError
from engine.search.pairing import Scorer
from engine.types import (
    AdapterChoice,
    Chip,
    Pixels,
    Policy,
    Query,
    Scoring,
    Served,
    Stop,
    Verifier,
)


class Paired:
    """A served model whose verifier is another one's, whose crops are of another size, or whose scores are spoilt."""

    def __init__(
        self, model: Served, *, verifier: Served | None = None, crop_px: int | None = None,
        degraded: float = 0.0, seed: int = 0,
    ) -> None:  # fmt: skip
        """Put together.

        Args:
            model: proposes, and scores where there is no other verifier.
            verifier: scores; empty windows are vetoed by the model that proposes, as in a search.
            crop_px: side of the crops that are scored; None for what the scoring model works best on.
            degraded: this share of all scores is replaced by chance.
            seed: of that chance.
        """
        self._model, self._other = model, verifier
        scoring = verifier or model
        self.name, self.device, self.batch_size = model.name, model.device, model.batch_size
        self.scoring: Scoring = scoring.scoring
        self.notes = (*model.notes, *(verifier.notes if verifier else ()))
        self.plan = model.plan
        self._verifier: Verifier = Scorer(scoring.verifier, model.verifier, crop_px=crop_px)
        if degraded:
            self._verifier = Degraded(self._verifier, degraded, seed)

    @property
    def policy(self) -> Policy:
        """Reasons and proposes."""
        return self._model.policy

    @property
    def verifier(self) -> Verifier:
        """Scores."""
        return self._verifier

    def make_ready(self, stop: Stop) -> None:
        """Nothing: both were made ready before they were put together."""

    def use_adapter(self, choice: AdapterChoice) -> str | None:
        """Put an adapter on the proposing model; see :class:`engine.types.Served`."""
        return self._model.use_adapter(choice)

    def close(self) -> None:
        """Free the memory of both."""
        self._model.close()
        if self._other is not None:
            self._other.close()


class Degraded:
    """A verifier of which a known share of all scores is chance: how much of a figure rests on its eye.

    Which scores, and by what they are replaced, follows from the picture, the question and the seed alone, so that a
    run that was broken off goes on as it began.

    Attributes:
        spec: the model that looks.
    """

    def __init__(self, verifier: Verifier, share: float, seed: int) -> None:
        """Spoil ``share`` of the scores of ``verifier``."""
        self.spec = verifier.spec
        self._verifier, self._share, self._seed = verifier, share, seed

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        """P(yes), or chance."""
        return self._spoiling(lambda: self._verifier.score(crops, queries, stop), crops, queries)

    def presence(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[float]:
        """P(anything is there), or chance."""
        pictures = [chip.pixels for chip in chips]
        return self._spoiling(lambda: self._verifier.presence(chips, queries, stop), pictures, queries)

    def _spoiling(
        self, look: Callable[[], list[float]], pictures: Sequence[Pixels], queries: Sequence[Query]
    ) -> list[float]:
        def spoilt(scores: Sequence[float]) -> list[float]:
            return [self._spoilt(s, p, q) for s, p, q in zip(scores, pictures, queries, strict=True)]

        try:
            return spoilt(look())
        except NotUnderstoodError as error:
            error.scores = spoilt(error.scores)
            raise

    def _spoilt(self, score: float, pixels: Pixels, query: Query) -> float:
        seen = zlib.crc32(query.text.encode(), zlib.crc32(np.ascontiguousarray(pixels).tobytes()))
        rng = np.random.default_rng([self._seed, seen])
        return float(rng.random()) if rng.random() < self._share else score
