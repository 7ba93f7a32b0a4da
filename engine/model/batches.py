"""Questions over pictures as one left-padded batch of tokens."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import torch
from jinja2 import TemplateError
from torch import Tensor

from engine.errors import ModelError
from engine.language.prompts import Kind, build_messages, question_text
from engine.model.vision import Features, Grid, Shown, encoder_outputs
from engine.types import ModelSpec, Query

_STAND_IN = "\ue000question\ue001"
"""Stands in a prompt for a question that must be turned into tokens by itself; private signs, in no question."""
TYPES = ("token_type_ids", "mm_token_type_ids")
_BEGUN_THOUGHT = re.compile(r"<think>\s*\Z")


def backbone_of(model: Any) -> Any:
    """The model without its head, under whatever PEFT wrapped round it."""
    inner = model.get_base_model() if hasattr(model, "get_base_model") else model
    return inner.model


@contextmanager
def last_token_only(model: Any) -> Iterator[None]:
    """Spare the last layer's feed-forward part for all tokens but the last of each row.

    Where only the logits of the last token are read, nothing looks at the others once their keys and
    values are made. Their hidden states are meaningless inside this context.
    """
    feed_forward = getattr(backbone_of(model).language_model.layers[-1], "mlp", None)
    if feed_forward is None:
        yield
        return
    whole = feed_forward.forward
    feed_forward.forward = lambda hidden: whole(hidden[:, -1:])
    try:
        yield
    finally:
        del feed_forward.forward


class PromptEncoder:
    """Turns a question and the size of its picture into token ids, as the checkpoint's processor would.

    Args:
        spec: the model, for its prompts.
        model: the model itself, for its rule of rotary positions.
        processor: the checkpoint's own, for chat template and tokenizer.

    Attributes:
        image_id: the token that stands for one merged patch of the picture.
        pad_id: the token that fills short rows on the left.
        types_name: argument by which the model is told which tokens are a picture's, where it asks.
    """

    def __init__(self, spec: ModelSpec, model: Any, processor: Any) -> None:
        self._spec = spec
        self._backbone = backbone_of(model)
        self._processor = processor
        self._tokenizer = processor.tokenizer
        self.image_id: int = model.config.image_token_id
        self.pad_id: int = self._tokenizer.pad_token_id
        self._controls = _controls_of(self._tokenizer)
        self.ids = lru_cache(maxsize=1024)(self._encode)
        self.positions = lru_cache(maxsize=1024)(self._place)
        known = inspect.signature(self._backbone.forward).parameters
        self.types_name = next((name for name in TYPES if name in known), None)

    def _encode(self, kind: Kind, text: str, shown: Shown) -> tuple[int, ...]:
        question = question_text(self._spec, Query(text))
        controls = self._controls and self._controls.search(question)
        prompt = self._prompt(kind, _STAND_IN if controls else text)
        mark = self._processor.image_token
        if prompt.count(mark) != 1:
            raise ModelError(
                f"The chat template of model {self._spec.name} shows the picture {prompt.count(mark)} times; "
                f"once is needed. Restore chat_template.jinja in {self._spec.path}."
            )
        written = mark * shown if isinstance(shown, int) else shown
        first, *others = prompt.replace(mark, written).split(_STAND_IN)
        ids: list[int] = self._tokenizer(first, add_special_tokens=self._has_no_beginning(first))["input_ids"]
        for after in others:
            ids += self._as_text(question) + self._tokenizer(after, add_special_tokens=False)["input_ids"]
        token = self._tokenizer.convert_ids_to_tokens(self.image_id)
        if (found := ids.count(self.image_id)) != (wanted := written.count(token)):
            raise ModelError(
                f"The model {self._spec.name} shows a picture of {wanted} tokens in "
                f"{found}. Download its tokenizer and its chat template again."
            )
        return tuple(ids)

    def _has_no_beginning(self, prompt: str) -> bool:
        """Whether the tokenizer is to add the token that begins a text: some templates write it themselves."""
        begin = self._tokenizer.bos_token
        wanted = getattr(self._processor, "text_kwargs", {}).get("add_special_tokens", True)
        return bool(wanted) and not (begin and prompt.startswith(begin))

    def _prompt(self, kind: Kind, text: str) -> str:
        """The chat as the template writes it, up to where the answer begins; thinking is skipped.

        The words that are asked with want a sentence of reasoning at the most, and the room for an answer is
        bounded: a template that can leave thoughts out is told to, and thoughts that it has begun are ended.
        """
        # A name that a template does not use would be taken for one of the processor's own, with a warning.
        can_be_told = "enable_thinking" in str(self._processor.chat_template)
        try:
            prompt: str = self._processor.apply_chat_template(
                build_messages(self._spec, Query(text), kind),
                tokenize=False,
                add_generation_prompt=True,
                **({"enable_thinking": False} if can_be_told else {}),
            )
        except (TemplateError, TypeError, ValueError) as error:
            raise ModelError(
                f"The chat template of model {self._spec.name} can't be used. "
                f"Restore chat_template.jinja in {self._spec.path}."
            ) from error
        begun = _BEGUN_THOUGHT.search(prompt)
        return f"{prompt.rstrip()}\n\n</think>\n\n" if begun else prompt

    def _as_text(self, question: str) -> list[int]:
        """A question that spells control tokens as plain text: each is taken apart after its first sign."""
        ids: list[int] = []
        rest = question
        while rest:
            control = self._controls.search(rest) if self._controls else None
            cut = control.start() + 1 if control else len(rest)
            ids += self._tokenizer(rest[:cut], add_special_tokens=False)["input_ids"]
            rest = rest[cut:]
        return ids

    def _place(self, ids: tuple[int, ...], grid: Grid | None) -> Tensor:
        """Positions of a question over a picture: 3 x tokens in a patch grid, else 1 x tokens; on the CPU."""
        if grid is None:
            return torch.arange(len(ids))[None]
        row = torch.tensor([ids])
        positions, _ = self._backbone.get_rope_index(
            row,
            mm_token_type_ids=(row == self.image_id).int(),
            attention_mask=torch.ones_like(row),
            **{grid.name: torch.tensor(grid.sizes)},
        )
        placed: Tensor = positions[:, 0]
        return placed

    def answer_ids(self, spellings: Sequence[str]) -> list[int]:
        """Ids of those spellings that are one known token; raises ModelError when none is."""
        found: dict[int, None] = {}
        for spelling in spellings:
            ids = self._tokenizer(spelling, add_special_tokens=False)["input_ids"]
            if len(ids) == 1 and ids[0] != self._tokenizer.unk_token_id:
                found[ids[0]] = None
        if not found:
            raise ModelError(
                f"None of {list(spellings)} is one token of model {self._spec.name}, so its yes and no "
                "can't be read. Choose another model as verifier."
            )
        return list(found)


def _controls_of(tokenizer: Any) -> re.Pattern[str] | None:
    """What a tokenizer would take for a token of its own wherever it is spelled; plain words are none of that."""
    added = getattr(tokenizer, "added_tokens_decoder", {}).values()
    names = {*tokenizer.all_special_tokens, *(str(token) for token in added)}
    spelled = sorted((name for name in names if not name.replace(" ", "").isalnum()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, spelled))) if spelled else None


def pad_batch(
    rows: Sequence[tuple[int, ...]], features: Sequence[Features], encoder: PromptEncoder, device: Any
) -> dict[str, Any]:
    """Rows of token ids and their pictures as keyword arguments of the model.

    Args:
        rows: token ids, one picture in each.
        features: the picture of each row.
        encoder: for the padding and picture tokens.
        device: where the model is.

    Returns:
        ``input_ids`` and ``attention_mask`` (rows x length, padded on the left), ``position_ids``
        (3 x rows x length; rows x length where tokens are counted), ``mm_encoder_outputs``, and which tokens
        are a picture's where the model asks.
    """
    length = max(map(len, rows))
    ids = torch.full((len(rows), length), encoder.pad_id, dtype=torch.long)
    mask = torch.zeros((len(rows), length), dtype=torch.long)
    counted = features[0].grid is None
    positions = torch.zeros((1 if counted else 3, len(rows), length), dtype=torch.long)
    for index, (row, picture) in enumerate(zip(rows, features, strict=True)):
        ids[index, length - len(row) :] = torch.tensor(row, dtype=torch.long)
        mask[index, length - len(row) :] = 1
        positions[:, index, length - len(row) :] = encoder.positions(row, picture.grid)
    types = {encoder.types_name: (ids == encoder.image_id).long().to(device)} if encoder.types_name else {}
    return {
        "input_ids": ids.to(device),
        "attention_mask": mask.to(device),
        "position_ids": (positions[0] if counted else positions).to(device),
        "mm_encoder_outputs": encoder_outputs(features),
        **types,
    }
