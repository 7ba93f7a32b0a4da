"""A scripted policy and verifier: they answer what the test tells them to, and keep what they were asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.errors import JobCancelledError
from engine.types import Chip, Completion, ModelSpec, Pixels, Query, Stop

SPEC = ModelSpec(name="scripted", path=Path("scripted"), family="qwen3-vl", chip_px=256, crop_px=128)


def box_text(*boxes_norm: tuple[float, float, float, float], label: str = "ship", reasoning: str = "") -> str:
    """A completion in the Qwen3-VL format, boxes in 0..1000."""
    items = ", ".join(
        f'{{"bbox_2d": [{", ".join(f"{value:g}" for value in box)}], "label": "{label}"}}'
        for box in boxes_norm
    )
    return f"{reasoning}\n[{items}]" if reasoning else f"[{items}]"


class FakePolicy:
    """Answers with the texts put in its queue, in order; with ``default`` once the queue is empty.

    Attributes:
        asked: every (chip, query) pair, in the order it was answered.
        batches: how many pairs each call held.
        before_answer: called once per pair before it is answered; may sleep, raise or set a stop flag.
    """

    def __init__(self, default: str | None = "[]", spec: ModelSpec = SPEC) -> None:
        self.spec = spec
        self.default = default
        self.asked: list[tuple[Chip, Query]] = []
        self.batches: list[int] = []
        self.before_answer: Callable[[Chip, Query], None] = lambda chip, query: None
        self._texts: deque[str] = deque()

    def enqueue(self, *texts: str) -> FakePolicy:
        """Put completions at the end of the queue."""
        self._texts.extend(texts)
        return self

    def generate(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[Completion]:
        """Answer from the queue; raises AssertionError when the script has ended and there is no default."""
        self.batches.append(len(chips))
        completions = []
        for chip, query in zip(chips, queries, strict=True):
            self.before_answer(chip, query)
            if stop():
                raise JobCancelledError("The job was cancelled while the scripted policy was answering.")
            self.asked.append((chip, query))
            text = self._texts.popleft() if self._texts else self.default
            if text is None:
                raise AssertionError(f"the scripted policy has no answer left for {query.text!r}")
            completions.append(Completion(text=text, tokens=len(text.split())))
        return completions


class FakeVerifier:
    """Scores from a list (in order, then ``default``) or from a function of crop and query.

    Attributes:
        crops: every crop that was scored, in order.
        looked_at: every chip that was asked about with ``presence``.
    """

    def __init__(
        self,
        scores: Sequence[float] | Callable[[Pixels, Query], float] = (),
        *,
        presence: float | Callable[[Chip, Query], float] = 1.0,
        default: float = 0.9,
        spec: ModelSpec = SPEC,
    ) -> None:
        self.spec = spec
        self._scores = scores if callable(scores) else deque(scores)
        self._presence = presence
        self._default = default
        self.crops: list[Pixels] = []
        self.looked_at: list[Chip] = []

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        """Score each crop; raises JobCancelledError when stop() is true."""
        results = []
        for crop, query in zip(crops, queries, strict=True):
            if stop():
                raise JobCancelledError("The job was cancelled while the scripted verifier was looking.")
            self.crops.append(crop)
            if callable(self._scores):
                results.append(self._scores(crop, query))
            else:
                results.append(self._scores.popleft() if self._scores else self._default)
        return results

    def presence(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[float]:
        """The scripted presence for each chip; raises JobCancelledError when stop() is true."""
        results = []
        for chip, query in zip(chips, queries, strict=True):
            if stop():
                raise JobCancelledError("The job was cancelled while the scripted verifier was looking.")
            self.looked_at.append(chip)
            results.append(self._presence(chip, query) if callable(self._presence) else self._presence)
        return results
