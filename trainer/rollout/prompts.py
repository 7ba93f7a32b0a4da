"""Prompts and pictures as tensors, the served ones, kept while they are needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from engine.model.batches import backbone_of
from engine.model.loaded import LoadedModel
from engine.types import Pixels
from trainer.queries import Pair
from trainer.rollout.packing import Pictures, Prefix

KEPT_BYTES = 256 * 2**20


class Prompts:
    """The prompts of pairs.

    Args:
        loaded: whose prompts and pictures they are.
        pixels_of: chip index -> uint8 H x W x 3.
    """

    def __init__(self, loaded: LoadedModel, pixels_of: Callable[[int], Pixels]) -> None:
        self._loaded, self._pixels_of = loaded, pixels_of
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
        device = self._loaded.device
        values = torch.cat([values for values, _ in found]).to(device)
        return Pictures(values, torch.cat([grid for _, grid in found]).to(device))

    def _picture(self, chip: int) -> tuple[Tensor, Tensor]:
        if chip not in self._pictures:
            self._pictures[chip] = self._loaded.encoder.pixel_values([self._pixels_of(chip)])
            while len(self._pictures) > 1 and self._bytes() > KEPT_BYTES:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(chip)
        return self._pictures[chip]

    def _bytes(self) -> int:
        return sum(values.numel() * values.element_size() for values, _ in self._pictures.values())

    def _make(self, pair: Pair) -> Prefix:
        backbone = backbone_of(self._loaded.model)
        vision = backbone.config.vision_config
        width, height = self._loaded.encoder.size(self._pixels_of(pair.chip))
        grid = torch.tensor([[1, height // vision.patch_size, width // vision.patch_size]])
        merged = int(grid.prod()) // vision.spatial_merge_size**2
        ids = torch.tensor([self._loaded.prompts.ids("locate", pair.query, merged)])
        types = (ids == self._loaded.prompts.image_id).int()
        positions, _ = backbone.get_rope_index(
            ids, mm_token_type_ids=types, image_grid_thw=grid, attention_mask=torch.ones_like(ids)
        )
        own = positions[:, 0]
        return Prefix(pair.chip, ids[0], own, int(own.max()) + 1)
