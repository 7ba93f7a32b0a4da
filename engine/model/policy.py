"""The policy: one batched generation over many chips and questions, stopped at any token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from engine.errors import JobCancelledError
from engine.language.repetition import is_loop
from engine.model.batches import last_token_only, pad_batch
from engine.model.vision import Features
from engine.model.weights import Weights
from engine.types import Chip, Completion, ModelSpec, Query, Stop

DROP_FROM = 0.25
"""Rows are taken out of the batch once this share of them has ended: copying the cache costs too."""


@dataclass(frozen=True)
class Prefill:
    """A batch of prompts that the model has read; an answer is to follow each of them.

    Attributes:
        cache: keys and values of the prompts; it is used up by writing.
        mask: rows x prompt length, 0 where a row is padded.
        logits: rows x words, for the first token.
        position: rows; position of the first token.
        planes: in how many dimensions tokens have places: three in the Qwen families, else one.
    """

    cache: Any
    mask: Tensor
    logits: Tensor
    position: Tensor
    planes: int = 3

    def repeated(self, times: int) -> Prefill:
        """The same with each row ``times`` times in a row; the cache is shared with ``self`` no more."""
        rows = torch.arange(len(self.mask), device=self.mask.device).repeat_interleave(times)
        self.cache.reorder_cache(rows)  # the one way to choose rows that layers with a state have as well
        return Prefill(self.cache, self.mask[rows], self.logits[rows], self.position[rows], self.planes)


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
        end_ids: tokens that end an answer; the one that did is kept.
        banned_ids: tokens that are never written (picture placeholders).
        stop: asked at every token.

    Returns:
        Token ids of each answer.

    Raises:
        JobCancelledError: ``stop()`` became true.
    """
    rows, read = prefill.mask.shape
    mask = torch.cat([prefill.mask, prefill.mask.new_ones(rows, max_new_tokens)], dim=1)
    logits, position, cache = prefill.logits, prefill.position, prefill.cache
    ban = torch.zeros(logits.shape[-1], device=logits.device)
    ban[list(banned_ids)] = float("-inf")
    ends = set(end_ids)
    answers: list[list[int]] = [[] for _ in range(rows)]
    alive = list(range(rows))
    for step in range(max_new_tokens):
        if stop():
            raise JobCancelledError("The job was cancelled while the model was writing.")
        token = _choose(logits.float() + ban, temperature)
        alive = _note(token.tolist(), alive, answers, ends)
        left = [place for place, row in enumerate(alive) if row >= 0]
        if not left or step + 1 == max_new_tokens:
            break
        if len(left) <= (1 - DROP_FROM) * len(alive):
            keep = torch.tensor(left, device=token.device)
            cache.reorder_cache(keep)
            alive = [alive[place] for place in left]
            token, position, mask = token[keep], position[keep], mask[keep]
        places = (position + step)[:, None]
        logits = model(
            input_ids=token[:, None],
            position_ids=places if prefill.planes == 1 else places.expand(prefill.planes, -1, -1),
            attention_mask=mask[:, : read + step + 1],
            past_key_values=cache,
            use_cache=True,
        ).logits[:, -1]
    return answers


def _choose(logits: Tensor, temperature: float) -> Tensor:
    if temperature == 0:
        return logits.argmax(dim=-1)
    return torch.multinomial(torch.softmax(logits / temperature, dim=-1), 1)[:, 0]


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
            ModelError: even a single chip doesn't fit in memory.
        """
        if not chips:
            return []
        weights = self._weights
        with weights.running(self.adapter):
            features = weights.encoder.encode(
                [chip.pixels for chip in chips],
                adapter=weights.vision_key(self.adapter),
                keep=True,
                stop=stop,
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

            longest = max(map(len, prompts)) + self.spec.max_new_tokens
            answers = weights.in_batches(
                run, range(len(prompts)), tokens_each=longest, keeps_cache=True, stop=stop
            )
        texts = weights.texts(answers)
        return [Completion(text, len(answer)) for text, answer in zip(texts, answers, strict=True)]

    def _read(self, prompts: Sequence[tuple[int, ...]], features: Sequence[Features]) -> Prefill:
        """Let the model read the prompts of one batch."""
        weights = self._weights
        return read(weights.model, pad_batch(prompts, features, weights.prompts, weights.device))
