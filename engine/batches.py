"""Questions over pictures as one left-padded batch of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from engine.errors import ModelError
from engine.prompts import Kind, build_messages
from engine.types import ModelSpec, Query
from engine.vision import Features, encoder_outputs


class PromptEncoder:
    """Turns a question and the size of its picture into token ids, as the checkpoint's processor would.

    Args:
        spec: the model, for its prompts.
        processor: the checkpoint's own, for chat template and tokenizer.

    Attributes:
        image_id: the token that stands for one merged patch of the picture.
        pad_id: the token that fills short rows on the left.
    """

    def __init__(self, spec: ModelSpec, processor: Any) -> None:
        self._spec = spec
        self._processor = processor
        self._tokenizer = processor.tokenizer
        self.image_id: int = processor.image_token_id
        self.pad_id: int = self._tokenizer.pad_token_id
        self.ids = lru_cache(maxsize=1024)(self._encode)

    def _encode(self, kind: Kind, text: str, picture_tokens: int) -> tuple[int, ...]:
        messages = build_messages(self._spec, Query(text), kind)
        prompt = self._processor.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        mark = self._processor.image_token
        if prompt.count(mark) != 1:
            raise ModelError(
                f"The chat template of model {self._spec.name} shows the picture {prompt.count(mark)} times; "
                f"once is needed. Restore chat_template.jinja in {self._spec.path}."
            )
        ids: list[int] = self._tokenizer(prompt.replace(mark, mark * picture_tokens))["input_ids"]
        if ids.count(self.image_id) != picture_tokens:
            raise ModelError(
                f"A question came out with {ids.count(self.image_id)} picture tokens where {picture_tokens} "
                f"were expected. Leave {mark} out of the question: {text!r}."
            )
        return tuple(ids)

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


def pad_batch(
    rows: Sequence[Sequence[int]], features: Sequence[Features], encoder: PromptEncoder, device: Any
) -> dict[str, Any]:
    """Rows of token ids and their pictures as keyword arguments of the model.

    Args:
        rows: token ids, one picture in each.
        features: the picture of each row.
        encoder: for the padding and picture tokens.
        device: where the model is.

    Returns:
        ``input_ids``, ``attention_mask`` and ``mm_token_type_ids`` (rows x length, padded on the left),
        ``image_grid_thw`` (rows x 3) and ``mm_encoder_outputs``.
    """
    length = max(map(len, rows))
    ids = torch.full((len(rows), length), encoder.pad_id, dtype=torch.long)
    mask = torch.zeros((len(rows), length), dtype=torch.long)
    for index, row in enumerate(rows):
        ids[index, length - len(row) :] = torch.tensor(row, dtype=torch.long)
        mask[index, length - len(row) :] = 1
    grids: Tensor = torch.tensor([picture.grid_thw for picture in features], dtype=torch.long)
    return {
        "input_ids": ids.to(device),
        "attention_mask": mask.to(device),
        "mm_token_type_ids": (ids == encoder.image_id).int().to(device),
        "image_grid_thw": grids.to(device),
        "mm_encoder_outputs": encoder_outputs(features),
    }
