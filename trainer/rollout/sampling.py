"""Sampled answers: the prompt is run once, its cache repeated for the group, finished rows are dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from engine.errors import JobCancelledError
from engine.types import Stop
from trainer.rollout.packing import PicturesOf, Prefix, one_encoding_per_chip

DROP_FROM = 0.25
"""Rows are taken out of the batch once this share of them is finished: copying the cache costs too."""


@torch.no_grad()
def sample(
    model: Any,
    prefixes: Sequence[Prefix],
    pictures_of: PicturesOf,
    *,
    group_size: int,
    temperature: float,
    max_new_tokens: int,
    eos_ids: Sequence[int],
    pad_id: int,
    banned_ids: Sequence[int],
    stop: Stop,
) -> list[list[int]]:
    """Draw ``group_size`` answers to every prompt.

    Args:
        model: the model with its head; its adapters as they are set.
        prefixes: the prompts.
        pictures_of: chips -> patches.
        group_size: answers per prompt.
        temperature: of the draw; 0 takes the likeliest token.
        max_new_tokens: longest answer, the end token included.
        eos_ids: tokens that end an answer; the one that did is kept.
        pad_id: fills the prompts on the left.
        banned_ids: tokens that are never drawn (picture placeholders).
        stop: asked at every token.

    Returns:
        Token ids of each answer, the group of the first prompt first.

    Raises:
        JobCancelledError: ``stop()`` became true.
    """
    device = next(model.parameters()).device
    cache, mask, logits = _prefill(model, prefixes, pictures_of, pad_id, device)
    cache.batch_repeat_interleave(group_size)
    mask = mask.repeat_interleave(group_size, dim=0)
    logits = logits.repeat_interleave(group_size, dim=0)
    position = torch.tensor([p.next_position for p in prefixes], device=device).repeat_interleave(group_size)
    ends = torch.tensor(list(eos_ids), device=device)
    alive = torch.arange(len(position), device=device)
    answers: list[list[int]] = [[] for _ in range(len(position))]
    for step in range(max_new_tokens):
        if stop():
            raise JobCancelledError("The training was cancelled while answers were drawn.")
        token = _draw(logits, temperature, banned_ids)
        for row, value in zip(alive.tolist(), token.tolist(), strict=True):
            if row >= 0:
                answers[row].append(value)
        alive = torch.where(torch.isin(token, ends), -1, alive)
        if step + 1 == max_new_tokens or bool((alive < 0).all()):
            break
        if float((alive < 0).float().mean()) >= DROP_FROM:
            keep = (alive >= 0).nonzero()[:, 0]
            cache.batch_select_indices(keep)
            alive, token, position, mask = alive[keep], token[keep], position[keep], mask[keep]
        mask = torch.cat([mask, mask.new_ones(len(mask), 1)], dim=1)
        out = model(
            input_ids=token[:, None],
            position_ids=(position + step)[None, :, None].expand(3, -1, -1),
            attention_mask=mask,
            past_key_values=cache,
            use_cache=True,
        )
        logits = out.logits[:, -1]
    return answers


def _prefill(
    model: Any, prefixes: Sequence[Prefix], pictures_of: PicturesOf, pad_id: int, device: torch.device
) -> tuple[Any, Tensor, Tensor]:
    """Run the prompts, padded on the left; returns the cache, the mask and the last logits."""
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
    return out.past_key_values, mask, out.logits[:, -1]


def _draw(logits: Tensor, temperature: float, banned_ids: Sequence[int]) -> Tensor:
    logits = logits.float()
    logits[:, list(banned_ids)] = float("-inf")
    if temperature == 0:
        return logits.argmax(dim=-1)
    return torch.multinomial(torch.softmax(logits / temperature, dim=-1), 1)[:, 0]


def backbone_of(model: Any) -> Any:
    """The model without its head, under whatever PEFT wrapped round it."""
    inner = model.get_base_model() if hasattr(model, "get_base_model") else model
    return inner.model
