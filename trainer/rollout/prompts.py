"""Prompts and pictures as tensors, made by the model's own processor and kept while they are needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from engine.prompts import build_messages
from engine.types import ModelSpec, Pixels, Query
from trainer.queries import Pair
from trainer.rollout.packing import Pictures, Prefix

KEPT_PICTURES = 64


class Prompts:
    """The prompts of a list of pairs.

    Args:
        spec: prompt templates and family.
        processor: the model's own.
        backbone: knows how positions are counted over a picture.
        pixels_of: chip index -> uint8 H x W x 3.
        device: where the tensors go.
    """

    def __init__(
        self,
        spec: ModelSpec,
        processor: Any,
        backbone: Any,
        pixels_of: Callable[[int], Pixels],
        device: torch.device,
    ) -> None:
        self.spec, self.processor, self.backbone, self.device = spec, processor, backbone, device
        self._pixels_of = pixels_of
        self._prefixes: dict[tuple[int, str], Prefix] = {}
        self._pictures: OrderedDict[int, tuple[Tensor, Tensor]] = OrderedDict()

    def prefix(self, pair: Pair) -> Prefix:
        """The prompt of one pair, kept for the next time."""
        key = (pair.chip, pair.query)
        if key not in self._prefixes:
            self._prefixes[key] = self._make(pair)
        return self._prefixes[key]

    def pictures(self, chips: Sequence[int]) -> Pictures:
        """Patches of the given chips, in this order."""
        found = [self._picture(chip) for chip in chips]
        values = torch.cat([values for values, _ in found]).to(self.device)
        return Pictures(values, torch.cat([grid for _, grid in found]).to(self.device))

    def _picture(self, chip: int) -> tuple[Tensor, Tensor]:
        if chip not in self._pictures:
            image = Image.fromarray(self._pixels_of(chip))
            out = self.processor.image_processor(images=[image], return_tensors="pt")
            self._pictures[chip] = (out["pixel_values"], out["image_grid_thw"])
            while len(self._pictures) > KEPT_PICTURES:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(chip)
        return self._pictures[chip]

    def _make(self, pair: Pair) -> Prefix:
        messages = build_messages(self.spec, Query(pair.query), "locate")
        text = self.processor.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        image = Image.fromarray(self._pixels_of(pair.chip))
        out = self.processor(text=[text], images=[image], return_tensors="pt", return_mm_token_type_ids=True)
        positions, _ = self.backbone.get_rope_index(
            out["input_ids"],
            mm_token_type_ids=out["mm_token_type_ids"],
            image_grid_thw=out["image_grid_thw"],
            attention_mask=out["attention_mask"],
        )
        own = positions[:, 0]
        return Prefix(pair.chip, out["input_ids"][0], own, int(own.max()) + 1)
