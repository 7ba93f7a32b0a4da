"""Sampled answers: the prompt is run once and its cache repeated for its answers before these are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from engine.model.batches import backbone_of
from engine.model.policy import decode
from engine.model.steps import Prefill
from engine.types import Stop
from trainer.rollout.packing import PicturesOf, Prefix, one_encoding_per_chip


@torch.no_grad()
def sample(
    model: Any,
    prefixes: Sequence[Prefix],
    pictures_of: PicturesOf,
    *,
    group_size: int | Sequence[int],
    temperature: float,
    max_new_tokens: int,
    eos_ids: Sequence[int],
    pad_id: int,
    banned_ids: Sequence[int],
    stop: Stop,
    luck: Tensor | None = None,
) -> list[list[int]]:
    """Draw ``group_size`` answers to every prompt.

    Args:
        model: the model with its head; its adapters as they are set.
        prefixes: the prompts.
        pictures_of: chips -> patches.
        group_size: answers per prompt, one number for all or one for each.
        temperature: of the draw; 0 takes the likeliest token.
        max_new_tokens: longest answer, the end token included.
        eos_ids: tokens that end an answer; the one that did is kept.
        pad_id: fills the prompts on the left.
        banned_ids: tokens that are never drawn (picture placeholders).
        stop: asked at every token.
        luck: answers x at least ``max_new_tokens``, see :func:`engine.model.policy.decode`.

    Returns:
        Token ids of each answer, the group of the first prompt first.

    Raises:
        JobCancelledError: ``stop()`` became true.
    """
    device = next(model.parameters()).device
    prefill = _prefill(model, prefixes, pictures_of, pad_id, device)
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


def _prefill(
    model: Any, prefixes: Sequence[Prefix], pictures_of: PicturesOf, pad_id: int, device: torch.device
) -> Prefill:
    """Run the prompts, padded on the left."""
    longest = max(len(p.input_ids) for p in prefixes)
    input_ids = torch.full((len(prefixes), longest), pad_id, device=device)
    positions = torch.zeros((3, len(prefixes), longest), dtype=torch.long, device=device)
    mask = torch.zeros((len(prefixes), longest), dtype=torch.long, device=device)
    for row, prefix in enumerate(prefixes):
        own = len(prefix.input_ids)
        input_ids[row, -own:] = prefix.input_ids.to(device)
        positions[:, row, -own:] = prefix.positions.to(device)
        mask[row, -own:] = 1
    backbone = backbone_of(model)
    with one_encoding_per_chip(backbone, [prefix.chip for prefix in prefixes], pictures_of) as pictures:
        out = model(
            input_ids=input_ids,
            position_ids=positions,
            attention_mask=mask,
            pixel_values=pictures.pixel_values,
            image_grid_thw=pictures.image_grid_thw,
            use_cache=True,
            logits_to_keep=1,
        )
    position = torch.tensor([prefix.next_position for prefix in prefixes], device=device)
    return Prefill(out.past_key_values, mask, out.logits[:, -1], position)
