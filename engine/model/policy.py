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
        position: rows; rotary position of the first token.
    """

    cache: Any
    mask: Tensor
    logits: Tensor
    position: Tensor

    def repeated(self, times: int) -> Prefill:
        """The same with each row ``times`` times in a row; the cache is shared with ``self`` no more."""
        self.cache.batch_repeat_interleave(times)
        mask, logits, position = (
            part.repeat_interleave(times, dim=0) for part in (self.mask, self.logits, self.position)
        )
        return Prefill(self.cache, mask, logits, position)


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
            cache.batch_select_indices(keep)
            alive = [alive[place] for place in left]
            token, position, mask = token[keep], position[keep], mask[keep]
        logits = model(
            input_ids=token[:, None],
            position_ids=(position + step)[None, :, None].expand(3, -1, -1),
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
                weights.prompts.ids("locate", query.text, picture.tokens)
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
        inputs = pad_batch(prompts, features, weights.prompts, weights.device)
        with last_token_only(weights.model):
            output = weights.model(**inputs, use_cache=True, logits_to_keep=1)
        position = inputs["position_ids"].amax(dim=(0, 2)) + 1
        return Prefill(output.past_key_values, inputs["attention_mask"], output.logits[:, -1], position)
