"""Answers written token by token, all rows of a batch at once; rows that have ended leave the batch.

The one loop for searching and for training: the engine writes the likeliest answer to each of many
prompts, the trainer draws a group of answers to each of a few. Both run the prompts themselves and hand
over what that left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from engine.errors import JobCancelledError
from engine.types import Stop

DROP_FROM = 0.25
"""Rows are taken out of the batch once this share of them has ended: copying the cache costs too."""


@dataclass(frozen=True)
class Begun:
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

    def repeated(self, times: int) -> Begun:
        """The same with each row ``times`` times in a row; the cache is shared with ``self`` no more."""
        self.cache.batch_repeat_interleave(times)
        mask, logits, position = (
            part.repeat_interleave(times, dim=0) for part in (self.mask, self.logits, self.position)
        )
        return Begun(self.cache, mask, logits, position)


def write(
    model: Any,
    begun: Begun,
    *,
    max_new_tokens: int,
    temperature: float = 0.0,
    end_ids: Sequence[int],
    banned_ids: Sequence[int],
    stop: Stop,
) -> list[list[int]]:
    """Write one answer for each row.

    Args:
        model: the model with its head; its adapters as they are set.
        begun: the prompts.
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
    rows, read = begun.mask.shape
    mask = torch.cat([begun.mask, begun.mask.new_ones(rows, max_new_tokens)], dim=1)
    logits, position, cache = begun.logits, begun.position, begun.cache
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
        after.append(-1 if token in ends else row)
    return after
