"""Prompts and pictures as tensors, the served ones, kept while they are needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

import torch

from engine.model.loaded import LoadedModel
from engine.model.vision import Features, Look
from engine.types import Pixels
from trainer.queries import Pair
from trainer.rollout.packing import Prefix

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
        self._looks: OrderedDict[int, Look] = OrderedDict()

    def prefix(self, pair: Pair) -> Prefix:
        """The prompt of one pair, kept for the next time."""
        key = (pair.chip, pair.query)
        if key not in self._prefixes:
            self._prefixes[key] = self._make(pair)
        return self._prefixes[key]

    def see(self, chips: Sequence[int]) -> list[Features]:
        """Features of the given chips, in this order; each looked at once, with gradients if they are on."""
        distinct = list(dict.fromkeys(chips))
        found = dict(
            zip(distinct, self._loaded.encoder.see([self._look(chip) for chip in distinct]), strict=True)
        )
        return [found[chip] for chip in chips]

    def _look(self, chip: int) -> Look:
        if chip not in self._looks:
            self._looks[chip] = self._loaded.encoder.look(self._pixels_of(chip))
            while len(self._looks) > 1 and sum(look.bytes for look in self._looks.values()) > KEPT_BYTES:
                self._looks.popitem(last=False)
        self._looks.move_to_end(chip)
        return self._looks[chip]

    def _make(self, pair: Pair) -> Prefix:
        shown, grid = self._loaded.encoder.shown(self._pixels_of(pair.chip))
        ids = self._loaded.prompts.ids("locate", pair.query, shown)
        own = self._loaded.prompts.positions(ids, grid)
        return Prefix(pair.chip, torch.tensor(ids), own, int(own.max()) + 1)
