"""Several short dialogues over one image, packed so that the image is encoded once.

Every turn attends to the image and to itself only, and its positions continue from the image: each
turn is computed exactly as it would be alone, which is how it is served.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from trainer.lab.mini import vocabulary as v

T = TypeVar("T")


@dataclass(frozen=True)
class Turn:
    """One question about an image and its answer, as token ids.

    Attributes:
        question: ids of the user's text, without markup.
        answer: ids of the assistant's text, without the end token.
        soft: which answer ids are coordinates (learned with neighbours sharing the credit).
        p_yes: for a yes/no question the probability of "yes" to learn; None otherwise.
        goes_on: the answer is only the beginning of a longer one: no end is learned.
    """

    question: tuple[int, ...]
    answer: tuple[int, ...]
    soft: tuple[bool, ...]
    p_yes: float | None = None
    goes_on: bool = False


class TurnWriter:
    """Turns texts into :class:`Turn` with cached tokenization."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast) -> None:
        self._tokenizer = tokenizer
        self._cache: dict[str, tuple[int, ...]] = {}
        self._structure = {t: tokenizer.convert_tokens_to_ids(t) for t in v.STRUCTURE}
        self._zero = tokenizer.convert_tokens_to_ids("▁0")
        self.yes, self.no = tokenizer.convert_tokens_to_ids(["▁yes", "▁no"])

    def ids(self, text: str) -> tuple[int, ...]:
        """Token ids of a text without special tokens."""
        if text not in self._cache:
            self._cache[text] = tuple(self._tokenizer(text, add_special_tokens=False)["input_ids"])
        return self._cache[text]

    def locate(
        self,
        query: str,
        reasoning: str,
        boxes: Sequence[tuple[float, ...]],
        label: str,
        size_px: int,
        *,
        goes_on: bool = False,
    ) -> Turn:
        """The main task: a query, short reasoning, boxes in 0..1000 (``boxes`` in chip pixels)."""
        s = self._structure
        answer = [s[v.THINK], *self.ids(reasoning), s[v.THINK_END], s[v.NEWLINE]]
        soft = [False] * len(answer)
        for i, box in enumerate(boxes):
            answer.append(s[v.NEXT_BOX if i else v.FIRST_BOX])
            soft.append(False)
            for j, value in enumerate(box):
                if j:
                    answer.append(s[v.COMMA])
                    soft.append(False)
                answer.append(self._zero + v.to_number(value, size_px))
                soft.append(True)
            tail = [s[v.LABEL], *self.ids(label), s[v.BOX_END]]
            answer += tail
            soft += [False] * len(tail)
        if not goes_on:
            answer.append(s[v.LIST_END] if boxes else s[v.NO_BOX])
            soft.append(False)
        question = self.ids(v.PROMPTS["locate"].format(query=query))
        return Turn(question, tuple(answer), tuple(soft), goes_on=goes_on)

    def yes_no(self, prompt: str, query: str, p_yes: float) -> Turn:
        """A yes/no question by prompt name; the answer is one token with probability ``p_yes``."""
        return Turn(self.ids(v.PROMPTS[prompt].format(query=query)), (self.yes,), (False,), p_yes)

    def name(self, question: str, answer: str) -> Turn:
        """A question answered with a kind and colour in words."""
        ids = self.ids(answer)
        return Turn(self.ids(question), ids, (False,) * len(ids))


@dataclass(frozen=True)
class PackedDialogues:
    """A batch of packed dialogues: everything the language model needs beside image features.

    Attributes:
        segments: ``B x L``: 0 the image, 1 and on the turns over it, -1 padding.
    """

    input_ids: Tensor
    position_ids: Tensor
    segments: Tensor
    image_mask: Tensor
    rows: Tensor
    columns: Tensor
    labels: Tensor
    soft: Tensor
    p_yes: Tensor
    weight: Tensor

    def attention_mask(self) -> Tensor:
        """``B x 1 x L x L``: what each token sees; made where it is used, for it is larger than all the rest."""
        longest = self.segments.shape[1]
        causal = torch.ones(longest, longest, dtype=torch.bool, device=self.segments.device).tril()
        of_keys = self.segments[:, None, :]
        return (causal & ((self.segments[:, :, None] == of_keys) | (of_keys == 0)))[:, None]


def over_tensors(record: T, change: Callable[[Tensor], Tensor]) -> T:
    """A copy of a dataclass whose tensors, and those of dataclasses in it, were changed."""
    changed: dict[str, Any] = {}
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if isinstance(value, Tensor):
            changed[field.name] = change(value)
        elif is_dataclass(value):
            changed[field.name] = over_tensors(value, change)
    return replace(record, **changed)  # type: ignore[type-var]


class Packer:
    """Packs turns over images of one size into a batch."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast, tokens_per_side: int) -> None:
        ids = tokenizer.convert_tokens_to_ids
        side = tokens_per_side
        newline, start = ids(v.NEWLINE), ids(v.START)
        self._image, self._pad, self._end = ids(v.IMAGE), ids(v.PAD), ids(v.END)
        before = [start, ids("▁user"), newline, ids(v.VISION_START)]
        self._prefix = [*before, *[self._image] * (side * side), ids(v.VISION_END)]
        self._middle = [self._end, newline, start, ids("▁assistant"), newline]
        grid = np.arange(side * side)
        p = len(before)
        text = np.arange(p)
        image = np.stack([np.full(side * side, p), p + grid // side, p + grid % side])
        last = np.full((3, 1), p + side)
        self._prefix_positions = np.concatenate([np.stack([text] * 3), image, last], axis=1)
        self._first = p + side + 1

    def pack(self, dialogues: Sequence[Sequence[Turn]]) -> PackedDialogues:
        """Pack ``dialogues[i]``, the turns over image ``i``, into padded tensors."""
        prefix = len(self._prefix)
        lengths = [
            prefix + sum(len(t.question) + len(self._middle) + len(t.answer) for t in turns)
            for turns in dialogues
        ]
        count, longest = len(dialogues), max(lengths)
        ids = np.full((count, longest), self._pad)
        positions = np.zeros((3, count, longest), dtype=np.int64)
        segment = np.full((count, longest), -1)
        rows: list[int] = []
        columns: list[int] = []
        labels: list[int] = []
        soft: list[bool] = []
        p_yes: list[float] = []
        weight: list[float] = []
        for row, turns in enumerate(dialogues):
            ids[row, :prefix] = self._prefix
            positions[:, row, :prefix] = self._prefix_positions
            segment[row, :prefix] = 0
            at = prefix
            for number, turn in enumerate(turns, start=1):
                # The last answer token is not an input: the end token is only ever predicted.
                tokens = [*turn.question, *self._middle, *turn.answer]
                stop = at + len(tokens)
                ids[row, at:stop] = tokens
                positions[:, row, at:stop] = self._first + np.arange(len(tokens))
                segment[row, at:stop] = number
                first = at + len(turn.question) + len(self._middle) - 1
                ends = turn.p_yes is None and not turn.goes_on
                targets = [*turn.answer, self._end] if ends else list(turn.answer)
                n = len(targets)
                rows += [row] * n
                columns += range(first, first + n)
                labels += targets
                soft += [*turn.soft, False][:n]
                p_yes += [-1.0 if turn.p_yes is None else turn.p_yes] * n
                weight += [
                    3.0 if is_soft or turn.p_yes is not None else 1.0 for is_soft in [*turn.soft, False][:n]
                ]
                at = stop
        input_ids = torch.from_numpy(ids)
        return PackedDialogues(
            input_ids,
            torch.from_numpy(positions),
            torch.from_numpy(segment),
            input_ids == self._image,
            torch.tensor(rows),
            torch.tensor(columns),
            torch.tensor(labels),
            torch.tensor(soft),
            torch.tensor(p_yes),
            torch.tensor(weight),
        )
