"""Sampled answers: the prompt is run once and its cache repeated for its answers before these are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from engine.model.batches import PromptEncoder
from engine.model.policy import decode, read
from engine.types import Stop
from trainer.rollout.packing import Prefix, See, prompt_rows


@torch.no_grad()
def sample(
    model: Any,
    prefixes: Sequence[Prefix],
    see: See,
    encoder: PromptEncoder,
    *,
    group_size: int | Sequence[int],
    temperature: float,
    max_new_tokens: int,
    eos_ids: Sequence[int],
    banned_ids: Sequence[int],
    stop: Stop,
    luck: Tensor | None = None,
) -> list[list[int]]:
    """Draw ``group_size`` answers to every prompt.

    Args:
        model: the model with its head; its adapters as they are set.
        prefixes: the prompts.
        see: chips -> their features.
        encoder: for the padding and picture tokens.
        group_size: answers per prompt, one number for all or one for each.
        temperature: of the draw; 0 takes the likeliest token.
        max_new_tokens: longest answer, the end token included.
        eos_ids: tokens that end an answer; the one that did is kept.
        banned_ids: tokens that are never drawn (picture placeholders).
        stop: asked at every token.
        luck: answers x at least ``max_new_tokens``, see :func:`engine.model.policy.decode`.

    Returns:
        Token ids of each answer, the group of the first prompt first.

    Raises:
        JobCancelledError: ``stop()`` became true.
    """
    device = next(model.parameters()).device
    prefill = read(model, prompt_rows(prefixes, see, encoder, device))
    return decode(
        model,
        prefill.repeated(group_size),
        max_new_tokens=max_new_tokens,
        temperature=temperature,
        luck=luck,
        end_ids=eos_ids,
        banned_ids=banned_ids,
        stop=stop,
    )
