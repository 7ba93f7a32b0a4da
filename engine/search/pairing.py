"""A verifier of its own: another model than the one that proposes scores the boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.errors import NotUnderstoodError
from engine.types import Chip, Pixels, Query, Stop, Verifier


class Scorer:
    """Scores by one model, and looks at whole windows by the one that proposes; see :class:`engine.types.Verifier`.

    Windows have the size that suits the proposing model, and skipping empty ones costs what it costs without another
    verifier. So a server that is named as verifier is shown the crops of found boxes, and nothing else.

    Attributes:
        spec: the model that scores.
    """

    def __init__(self, scores: Verifier, looks: Verifier, *, crop_px: int | None = None) -> None:
        """Put together.

        Args:
            scores: the verifier of the one model.
            looks: that of the proposing model.
            crop_px: side of the crops; None for what suits the model that scores.
        """
        self.spec = scores.spec if crop_px is None else replace(scores.spec, crop_px=crop_px)
        self._scores, self._looks = scores, looks

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        """P(yes) by the model that scores."""
        return self._scores.score(crops, queries, stop)

    def presence(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[float]:
        """P(anything is there) by the model that proposes; 1 under a question to which it says neither yes nor no.

        It need not judge: of such a question no window is skipped, and the boxes are scored by the other model.
        """
        try:
            return self._looks.presence(chips, queries, stop)
        except NotUnderstoodError as error:
            pairs = zip(queries, error.scores, strict=True)
            return [1.0 if query.text in error.questions else score for query, score in pairs]
