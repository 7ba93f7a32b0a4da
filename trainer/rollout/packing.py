"""One picture and, where the family allows it, one question computed once, however many answers are compared.

GRPO compares a group of answers to the same prompt. Plain batching runs the vision tower and the prompt's
tokens through the model once for every answer. Here a row holds the prompt once, followed by all answers of
the group; each answer attends to the prompt and to itself, and its positions go on from the prompt. Every
log-probability is the one that the answer has alone, only cheaper. Where a layer hands a state from token to
token, or looks at a picture in its own way, answers can't share a row: each has one, and the pictures alone are
shared.

To TRL a prompt is a single token: a *handle*, ``HANDLE_BASE`` plus the number of the pair. The model's
backbone is wrapped for the time of the training: where it is called with handles it computes the packed
rows, everywhere else it stays itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from transformers.modeling_outputs import BaseModelOutputWithPast

from engine.language.families import FAMILIES
from engine.model.batches import PromptEncoder, pad_batch
from engine.model.loaded import LoadedModel
from engine.model.vision import Features, encoder_outputs

HANDLE_BASE = 10_000_000


@dataclass(frozen=True)
class Prefix:
    """The prompt of one pair as the model sees it.

    Attributes:
        chip: which picture; prefixes of equal chips share its features.
        input_ids: ``P`` token ids, image placeholders included.
        positions: ``3 x P`` rotary positions (time, height, width), or ``1 x P``.
        next_position: position of the first answer token.
    """

    chip: int
    input_ids: Tensor
    positions: Tensor
    next_position: int

    def opened(self, opening: Sequence[int]) -> Prefix:
        """The prompt with the first tokens of its answer."""
        if not opening:
            return self
        first = self.next_position
        after = torch.arange(first, first + len(opening))[None].expand(len(self.positions), -1)
        return Prefix(
            self.chip,
            torch.cat([self.input_ids, torch.tensor(list(opening))]),
            torch.cat([self.positions, after], dim=1),
            first + len(opening),
        )


PrefixOf = Callable[[int], Prefix]
See = Callable[[Sequence[int]], list[Features]]


@dataclass(frozen=True)
class Packed:
    """Packed rows, one per prompt.

    Attributes:
        input_ids: ``M x L``: the prompt, then its answers one after another.
        positions: ``3 x M x L``, or ``1 x M x L``.
        mask: bool ``M x 1 x L x L``, True where a token may look.
        rows, columns: ``B x (1 + C)``: where the hidden state of each of TRL's positions is found.
    """

    input_ids: Tensor
    positions: Tensor
    mask: Tensor
    rows: Tensor
    columns: Tensor


def pack(prefixes: Sequence[Prefix], owner: Sequence[int], answers: Tensor, pad_id: int) -> Packed:
    """Lay out prompts and answers.

    Args:
        prefixes: one per row, ``M``.
        owner: row of each answer, ``B``.
        answers: ``B x C`` token ids, padded on the right.
        pad_id: fills the gaps; nothing looks at a gap.
    """
    count, width = len(prefixes), answers.shape[1]
    longest = max(len(p.input_ids) for p in prefixes)
    most = max(owner.count(row) for row in range(count))
    length = longest + most * width
    device = answers.device
    input_ids = torch.full((count, length), pad_id, device=device)
    planes = len(prefixes[0].positions)
    positions = torch.zeros((planes, count, length), dtype=torch.long, device=device)
    segment = torch.full((count, length), -1, device=device)
    for row, prefix in enumerate(prefixes):
        own = len(prefix.input_ids)
        input_ids[row, :own] = prefix.input_ids.to(device)
        positions[:, row, :own] = prefix.positions.to(device)
        segment[row, :own] = 0
    columns = torch.zeros((len(owner), 1 + width), dtype=torch.long, device=device)
    used = [0] * count
    for index, row in enumerate(owner):
        start = longest + used[row] * width
        used[row] += 1
        input_ids[row, start : start + width] = answers[index]
        first = prefixes[row].next_position
        positions[:, row, start : start + width] = torch.arange(first, first + width, device=device)
        segment[row, start : start + width] = used[row]
        columns[index, 0] = len(prefixes[row].input_ids) - 1
        columns[index, 1:] = torch.arange(start, start + width, device=device)
    rows = torch.tensor(owner, device=device)[:, None].expand(-1, 1 + width)
    return Packed(input_ids, positions, _mask(segment), rows, columns)


def _mask(segment: Tensor) -> Tensor:
    """Causal, and only within the same answer or back to the prompt; a gap looks at itself alone."""
    length = segment.shape[1]
    causal = torch.ones(length, length, dtype=torch.bool, device=segment.device).tril()
    same = segment[:, :, None] == segment[:, None, :]
    prompt = (segment == 0)[:, None, :] & (segment >= 0)[:, :, None]
    real = (segment >= 0)[:, None, :]
    itself = torch.eye(length, dtype=torch.bool, device=segment.device)
    return ((causal & (same | prompt) & real) | itself)[:, None]


def shares_rows(loaded: LoadedModel) -> bool:
    """Whether answers can share a row with their prompt: their family's can, and this checkpoint's layers do.

    A family's checkpoints may have other language models: one whose layers look through a window, or hand on a
    state, would take its neighbours in the row for its own past.
    """
    text = loaded.model.config.get_text_config()
    layers = getattr(text, "layer_types", None)
    if layers is None:
        plain = getattr(text, "sliding_window", None) is None
    else:
        plain = set(layers) == {"full_attention"}
    return plain and FAMILIES[loaded.spec.family].packs


@contextmanager
def handles_understood(
    backbone: Any, prefix_of: PrefixOf, see: See, encoder: PromptEncoder, *, packs: bool
) -> Iterator[None]:
    """Let ``backbone`` take handles in place of prompts while the context lasts.

    Args:
        backbone: the model without its head.
        prefix_of: number of a pair -> its prompt.
        see: chips -> their features, in the order given; each is looked at once.
        encoder: for the padding and picture tokens.
        packs: whether answers share a row with their prompt.
    """
    plain = backbone.forward

    def forward(input_ids: Tensor | None = None, **kwargs: Any) -> Any:
        if input_ids is None or not bool((input_ids[:, 0] >= HANDLE_BASE).all()):
            return plain(input_ids=input_ids, **kwargs)
        numbers, answers = (input_ids[:, 0] - HANDLE_BASE).tolist(), input_ids[:, 1:]
        if packs:
            hidden = packed_forward(plain, numbers, answers, prefix_of, see, encoder.pad_id)
        else:
            hidden = row_forward(plain, [prefix_of(number) for number in numbers], answers, see, encoder)
        return BaseModelOutputWithPast(last_hidden_state=hidden)

    backbone.forward = forward
    try:
        yield
    finally:
        del backbone.forward
        if backbone.forward != plain:
            backbone.forward = plain


@contextmanager
def forwards_restored(model: Any) -> Iterator[None]:
    """Undo what trainers wrap round a model's forward methods, so that rounds don't pile up wrappers."""
    before = [(module, vars(module).get("forward")) for module in (model, model.get_base_model())]
    try:
        yield
    finally:
        for module, forward in before:
            vars(module).pop("forward", None)
            if forward is not None:
                module.forward = forward


def packed_forward(
    plain: Callable[..., Any],
    numbers: Sequence[int],
    answers: Tensor,
    prefix_of: PrefixOf,
    see: See,
    pad_id: int,
) -> Tensor:
    """Hidden states of the prompts' last tokens and of all answer tokens, ``B x (1 + C) x width``.

    Args:
        plain: the backbone's own forward.
        numbers: pair of each answer.
        answers: ``B x C``, padded on the right.
        prefix_of: number of a pair -> its prompt.
        see: chips -> their features.
        pad_id: as in :func:`pack`.
    """
    order = list(dict.fromkeys(numbers))
    prefixes = [prefix_of(number) for number in order]
    packed = pack(prefixes, [order.index(number) for number in numbers], answers, pad_id)
    out = plain(
        input_ids=packed.input_ids,
        position_ids=packed.positions if len(packed.positions) > 1 else packed.positions[0],
        attention_mask=packed.mask,
        mm_encoder_outputs=encoder_outputs(see([prefix.chip for prefix in prefixes])),
        use_cache=False,
    )
    hidden: Tensor = out.last_hidden_state[packed.rows, packed.columns]
    return hidden


def row_forward(
    plain: Callable[..., Any],
    prefixes: Sequence[Prefix],
    answers: Tensor,
    see: See,
    encoder: PromptEncoder,
) -> Tensor:
    """The same as :func:`packed_forward` with a row for each answer.

    Args:
        plain: the backbone's own forward.
        prefixes: the prompt of each answer.
        answers: ``B x C``, padded on the right.
        see: chips -> their features.
        encoder: for the padding and picture tokens.
    """
    inputs = prompt_rows(prefixes, see, encoder, answers.device)
    width = answers.shape[1]
    after = torch.arange(1, width + 1, device=answers.device)
    places = inputs["position_ids"]
    first = places.amax(dim=-1, keepdim=True)
    first = first if places.ndim == 2 else first.amax(dim=0, keepdim=True).expand(len(places), -1, -1)
    inputs["position_ids"] = torch.cat([places, first + after], dim=-1)
    inputs["input_ids"] = torch.cat([inputs["input_ids"], answers], dim=1)
    inputs["attention_mask"] = torch.cat([inputs["attention_mask"], torch.ones_like(answers)], dim=1)
    if encoder.types_name:
        types = inputs[encoder.types_name]
        inputs[encoder.types_name] = torch.cat([types, torch.zeros_like(answers)], dim=1)
    hidden: Tensor = plain(**inputs, use_cache=False).last_hidden_state
    return hidden[:, -width - 1 :]


def prompt_rows(
    prefixes: Sequence[Prefix], see: See, encoder: PromptEncoder, device: torch.device
) -> dict[str, Any]:
    """Prompts as keyword arguments of the model, padded on the left, see :func:`engine.model.batches.pad_batch`."""
    ids = [tuple(prefix.input_ids.tolist()) for prefix in prefixes]
    return pad_batch(ids, see([prefix.chip for prefix in prefixes]), encoder, device)
