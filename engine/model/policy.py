"""The policy: one batched generation over many chips and questions, stopped at any token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from engine.errors import JobCancelledError
from engine.language.repetition import is_loop
from engine.model.batches import last_token_only, pad_batch
from engine.model.steps import Prefill, begin_reading, open_step
from engine.model.vision import Features
from engine.model.weights import Weights
from engine.types import Chip, Completion, ModelSpec, Query, Stop


def read(model: Any, inputs: dict[str, Any]) -> Prefill:
    """Let the model read the prompts of one batch.

    Args:
        model: the model with its head; its adapters as they are set.
        inputs: of :func:`engine.model.batches.pad_batch`.
    """
    with last_token_only(model):
        output = model(**inputs, use_cache=True, logits_to_keep=1)
    places = inputs["position_ids"]
    counted = places.ndim == 2
    position = (places.amax(dim=1) if counted else places.amax(dim=(0, 2))) + 1
    cache, logits = output.past_key_values, output.logits[:, -1]
    return Prefill(cache, inputs["attention_mask"], logits, position, 1 if counted else 3)


def decode(
    model: Any,
    prefill: Prefill,
    *,
    max_new_tokens: int,
    temperature: float = 0.0,
    luck: Tensor | None = None,
    end_ids: Sequence[int],
    banned_ids: Sequence[int],
    stop: Stop,
) -> list[list[int]]:
    """Write one answer for each row.

    A row that repeats itself is ended there: what it would go on to write is known.

    Args:
        model: the model with its head; its adapters as they are set.
        prefill: the prompts.
        max_new_tokens: longest answer, the end token included.
        temperature: of the draw; 0 takes the likeliest token.
        luck: rows x at least ``max_new_tokens``, 0..1: what decides each draw, see :func:`draw_luck`. A row's
            answer so depends on its own numbers, and not on which rows were written beside it.
        end_ids: tokens that end an answer; the one that did is kept.
        banned_ids: tokens that are never written (picture placeholders).
        stop: asked at every token.

    Returns:
        Token ids of each answer.

    Raises:
        JobCancelledError: ``stop()`` became true.
    """
    rows, logits = len(prefill.mask), prefill.logits
    following = open_step(model, prefill, max_new_tokens)
    ban = torch.zeros(logits.shape[-1], device=logits.device)
    ban[list(banned_ids)] = float("-inf")
    ends = set(end_ids)
    answers: list[list[int]] = [[] for _ in range(rows)]
    alive = list(range(rows))
    luck = draw_luck(rows, max_new_tokens) if luck is None and temperature > 0 else luck
    for step in range(max_new_tokens):
        if stop():
            raise JobCancelledError("The job was cancelled while the model was writing.")
        logits = logits.float() + ban
        if luck is None or temperature == 0:
            token = logits.argmax(dim=-1)
        else:
            token = _drawn(logits / temperature, luck[[max(row, 0) for row in alive], step])
        written = begin_reading(token)
        last = step + 1 == max_new_tokens
        # On a GPU the next step begins before this token is known here: both go on at once.
        ahead = following(token) if following.ahead and not last else None
        alive = _note(written(), alive, answers, ends)
        left = [place for place, row in enumerate(alive) if row >= 0]
        if not left or last:
            break
        if len(left) <= (1 - following.drop_from) * len(alive):
            keep = torch.tensor(left, device=token.device)
            ahead = None if ahead is None else ahead[keep]
            following.keep(keep)
            alive = [alive[place] for place in left]
            token = token[keep]
        logits = following(token) if ahead is None else ahead
    return answers


def draw_luck(rows: int, tokens: int) -> Tensor:
    """Numbers from 0 to 1, one for each token of each row, by torch's generator on the CPU."""
    return torch.rand(rows, tokens)


def _drawn(logits: Tensor, luck: Tensor) -> Tensor:
    """For each row the token in which its number falls when the probabilities are laid side by side."""
    reach = torch.softmax(logits, dim=-1).cumsum(dim=-1)
    # Where rounding leaves the sum short of a number close to 1, the last token that has a share is taken.
    aim = torch.minimum(luck.to(logits.device)[:, None] * reach[:, -1:], reach[:, -1:] * (1 - 2**-20))
    return torch.searchsorted(reach, aim, right=True)[:, 0]


def _note(tokens: list[int], alive: list[int], answers: list[list[int]], ends: set[int]) -> list[int]:
    """Add each token to its answer; returns the rows again, -1 for those that have ended."""
    after = []
    for token, row in zip(tokens, alive, strict=True):
        if row >= 0:
            answers[row].append(token)
        ended = token in ends or (row >= 0 and is_loop(answers[row]))
        after.append(-1 if ended else row)
    return after


class HFPolicy:
    """Reasons over chips with a model of transformers; see :class:`engine.types.Policy`.

    Attributes:
        spec: the model.
        adapter: what it runs with; None for the base weights.
    """

    def __init__(self, weights: Weights) -> None:
        self.spec: ModelSpec = weights.spec
        self.adapter: str | None = None
        self._weights = weights

    def generate(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[Completion]:
        """Answer ``queries[i]`` over ``chips[i]``, greedily, in as few batches as memory allows.

        Each picture is looked at once, and not again when the verifier has just done so.

        Raises:
            JobCancelledError: at the first token after ``stop()`` became true.
            ModelError: even a single chip doesn't fit into memory.
        """
        if not chips:
            return []
        weights = self._weights

        def answer(rows: Sequence[int]) -> list[list[int]]:
            return self._answer([chips[row] for row in rows], [queries[row] for row in rows], stop)

        held = weights.costs.features(max(self.spec.chip_px, *(max(c.pixels.shape[:2]) for c in chips)))
        with weights.running(self.adapter):
            answers = weights.in_parts(answer, range(len(chips)), held, stop)
        texts = weights.texts(answers)
        return [Completion(text, len(ids)) for text, ids in zip(texts, answers, strict=True)]

    def _answer(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[list[int]]:
        """Token ids of the answers over some chips, whose features are held together."""
        weights = self._weights
        features = weights.encoder.encode(
            [chip.pixels for chip in chips], adapter=weights.vision_key(self.adapter), keep=True, stop=stop
        )
        prompts = [
            weights.prompts.ids("locate", query.text, picture.shown)
            for query, picture in zip(queries, features, strict=True)
        ]

        def run(batch: Sequence[int]) -> list[list[int]]:
            prefill = self._read([prompts[row] for row in batch], [features[row] for row in batch])
            return decode(
                weights.model,
                prefill,
                max_new_tokens=self.spec.max_new_tokens,
                end_ids=weights.end_ids,
                banned_ids=weights.silent_ids,
                stop=stop,
            )

        return weights.in_batches(
            run,
            range(len(prompts)),
            tokens_each=max(map(len, prompts)) + self.spec.max_new_tokens,
            answer_tokens=self.spec.max_new_tokens,
            stop=stop,
        )

    def _read(self, prompts: Sequence[tuple[int, ...]], features: Sequence[Features]) -> Prefill:
        """Let the model read the prompts of one batch."""
        weights = self._weights
        return read(weights.model, pad_batch(prompts, features, weights.prompts, weights.device))
