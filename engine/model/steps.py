"""One token more for each row of a batch: what every answer is written with.

On a CPU, and for short answers, keys and values grow by a token at a time. On a GPU that is slow: a step of a small
model is a thousand little pieces of work, and handing them over one by one takes ten times as long as doing them.
There the cache has room for some hundred tokens more, and a step is recorded once and played again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor
from transformers.cache_utils import Cache, DynamicLayer, StaticLayer

from engine.model.halving import is_out_of_memory

_log = logging.getLogger(__name__)
ROOM = 256
"""Tokens for which a recorded step has room; after them it is laid out anew with as much again."""
BLOCK = 64
"""Attention kernels want lengths that are multiples of some power of two."""
FIRST = 6
"""Tokens that are written before a step is recorded: "none" is shorter than that, and recording costs as much."""


@dataclass(frozen=True)
class Prefill:
    """A batch of prompts that the model has read; an answer is to follow each of them.

    Attributes:
        cache: keys and values of the prompts; it is used up by writing.
        mask: rows x prompt length, 0 where a row is padded.
        logits: rows x words, for the first token.
        position: rows; position of the first token.
        planes: in how many dimensions tokens have places: three in the Qwen families, else one.
    """

    cache: Any
    mask: Tensor
    logits: Tensor
    position: Tensor
    planes: int = 3

    def repeated(self, times: int | Sequence[int]) -> Prefill:
        """The same with each row that many times in a row; the cache is shared with ``self`` no more."""
        counts = [times] * len(self.mask) if isinstance(times, int) else times
        if set(counts) == {1}:
            return self
        rows = torch.tensor([row for row, count in enumerate(counts) for _ in range(count)])
        rows = rows.to(self.mask.device)
        self.cache.reorder_cache(rows)  # the one way to choose rows that layers with a state have as well
        return Prefill(self.cache, self.mask[rows], self.logits[rows], self.position[rows], self.planes)


class GrowingStep:
    """Keys and values grow with every token.

    Args:
        model: the model with its head.
        prefill: the prompts.
        most: tokens that will be written at the most.
    """

    drop_from = 0.25
    """Rows are taken out of the batch once this share of them has ended: copying the cache costs too."""
    ahead = False
    """Whether a step is begun before it is known whether it is needed."""

    def __init__(self, model: Any, prefill: Prefill, most: int) -> None:
        self._model, self._cache = model, prefill.cache
        rows, self._length = prefill.mask.shape
        self._mask = torch.cat([prefill.mask, prefill.mask.new_ones(rows, most)], dim=1)
        self._position, self._planes = prefill.position[:, None], prefill.planes

    def keep(self, rows: Tensor) -> None:
        """Go on with these rows alone."""
        self._cache.reorder_cache(rows)
        self._mask, self._position = self._mask[rows], self._position[rows]

    def __call__(self, token: Tensor) -> Tensor:
        """Read one token in each row; returns rows x words for the next."""
        self._length += 1
        places, self._position = self._position, self._position + 1
        logits: Tensor = self._model(
            input_ids=token[:, None],
            position_ids=places if self._planes == 1 else places.expand(self._planes, -1, -1),
            attention_mask=self._mask[:, : self._length],
            past_key_values=self._cache,
            use_cache=True,
        ).logits[:, -1]
        return logits


class FixedLayer(StaticLayer):  # type: ignore[misc]
    """Keys and values of one layer with room for more; where the next ones go is said from outside.

    Args:
        keys, values: rows x heads x room x width.
        place: one number, shared by all layers.
    """

    def __init__(self, keys: Tensor, values: Tensor, place: Tensor) -> None:
        super().__init__(max_cache_len=keys.shape[2])
        self.keys, self.values, self.place = keys, values, place
        self.dtype, self.device, self.is_initialized = keys.dtype, keys.device, True

    def update(self, key_states: Tensor, value_states: Tensor, *_: Any, **__: Any) -> tuple[Tensor, Tensor]:
        """Put the keys and values of one token into their place; returns all."""
        self.keys.index_copy_(2, self.place, key_states)
        self.values.index_copy_(2, self.place, value_states)
        return self.keys, self.values


class FixedStep:
    """Keys and values have room, so that a step is always the same work in the same places.

    On a GPU it is recorded and played; elsewhere, and where recording fails, it is done.

    Args:
        model: the model with its head.
        prefill: the prompts; its cache is taken apart layer by layer, so that it is never there twice.
        most: tokens that will be written at the most.
    """

    drop_from = 0.5

    @property
    def ahead(self) -> bool:
        """Whether a step is begun before it is known whether it is needed: a played one costs nobody's time."""
        return self._play is not None

    def __init__(self, model: Any, prefill: Prefill, most: int) -> None:
        self._model = model
        rows, self._length = prefill.mask.shape
        self._end = self._length + most
        device = prefill.mask.device
        self._place = torch.zeros(1, dtype=torch.long, device=device)
        places = prefill.position[:, None]
        self._position = places.clone() if prefill.planes == 1 else places.repeat(prefill.planes, 1, 1)
        self._layers: list[Any] = list(prefill.cache.layers)
        hidden = torch.zeros((rows, self._length), dtype=prefill.logits.dtype, device=device)
        self._hidden = hidden.masked_fill(prefill.mask == 0, float("-inf"))[:, None, None]
        self._records = device.type == "cuda"
        self._done = 0
        self._lay_out(None)

    def keep(self, rows: Tensor) -> None:
        """Go on with these rows alone."""
        self._lay_out(rows)

    def __call__(self, token: Tensor) -> Tensor:
        """Read one token in each row; returns rows x words for the next, which the next step may overwrite."""
        if self._length == self._hidden.shape[-1]:
            self._lay_out(None)
        self._token.copy_(token[:, None])
        self._length += 1
        self._done += 1
        if self._play is None and self._records and self._done > FIRST:
            self._record()
        if self._play is None:
            return self._run()
        self._play()
        return self._logits

    def _lay_out(self, rows: Tensor | None) -> None:
        """Make room for more tokens, for some of the rows or all."""
        self._play: Callable[[], None] | None = None
        self._logits = torch.empty(0)
        room = -(-min(self._length + ROOM, self._end) // BLOCK) * BLOCK
        self._place.fill_(self._length)
        for number, layer in enumerate(self._layers):
            kept = [self._moved(part, rows, room) for part in (layer.keys, layer.values)]
            layer.keys = layer.values = None
            self._layers[number] = FixedLayer(kept[0], kept[1], self._place)
        self._cache = Cache(layers=self._layers)
        before = self._hidden if rows is None else self._hidden[rows]
        self._hidden = before.new_full((*before.shape[:-1], room), float("-inf"))
        self._hidden[..., : self._length] = before[..., : self._length]
        self._token = self._place.new_zeros((len(before), 1))
        if rows is not None:
            self._position = self._position[..., rows, :]

    def _moved(self, part: Tensor, rows: Tensor | None, room: int) -> Tensor:
        count = len(part) if rows is None else len(rows)
        moved = part.new_zeros((count, part.shape[1], room, part.shape[3]))
        seen = part[:, :, : self._length]
        moved[:, :, : self._length] = seen if rows is None else seen[rows]
        return moved

    def _run(self) -> Tensor:
        self._hidden.index_fill_(-1, self._place, 0.0)
        logits: Tensor = self._model(
            input_ids=self._token,
            position_ids=self._position,
            attention_mask=self._hidden,
            past_key_values=self._cache,
            use_cache=True,
        ).logits[:, -1]
        self._place.add_(1)
        self._position.add_(1)
        return logits

    def _record(self) -> None:
        """Record a step, after one on the stream of recordings, where libraries take their working memory first."""
        graph, aside = torch.cuda.CUDAGraph(), _recordings(self._place.device)
        try:
            aside.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(aside):
                self._run()
                self._place.sub_(1)
                self._position.sub_(1)
            torch.cuda.current_stream().wait_stream(aside)
            with torch.cuda.graph(graph, stream=aside):
                self._logits = self._run()
        except RuntimeError as error:
            if is_out_of_memory(error):
                raise
            _log.warning("A step of the model can't be recorded, writing goes on without: %s", error)
            self._records = False
            return
        self._play = graph.replay


@cache
def _recordings(device: torch.device) -> Any:
    """The one stream on which steps are recorded: libraries keep tens of megabytes for each that they ever saw."""
    return torch.cuda.Stream(device)


def begin_reading(token: Tensor) -> Callable[[], list[int]]:
    """Fetch tokens from where they are; the function that comes back waits for them, and for nothing after them."""
    if token.device.type != "cuda":
        return token.tolist
    fetched = torch.empty(token.shape, dtype=token.dtype, pin_memory=True)
    fetched.copy_(token, non_blocking=True)
    here = torch.cuda.Event()
    here.record()

    def wait() -> list[int]:
        here.synchronize()
        numbers: list[int] = fetched.tolist()
        return numbers

    return wait


def has_room_for_more(cache: Any) -> bool:
    """Whether all layers keep all keys and values, so that they can be laid out with room."""
    return all(type(layer) is DynamicLayer for layer in cache.layers)


def fuse_norms(model: Any) -> None:
    """Let torch compute each root-mean-square norm in one piece instead of six, in place; for GPUs.

    A step of one token has four norms in each layer, and is over in the time that their pieces take to start.
    """
    for module in model.modules():
        if type(module).__name__.endswith("RMSNorm") and hasattr(module, "variance_epsilon"):
            module.forward = partial(_norm, module)


def _norm(module: Any, hidden: Tensor) -> Tensor:
    """The root-mean-square norm of the Qwen and Llama families."""
    weight = module.weight.to(hidden.dtype)
    return F.rms_norm(hidden, (hidden.shape[-1],), weight, module.variance_epsilon)


def open_step(model: Any, prefill: Prefill, most: int) -> GrowingStep | FixedStep:
    """What the next tokens are written with, by where the model is."""
    fixed = prefill.mask.device.type == "cuda" and most > 2 * FIRST and has_room_for_more(prefill.cache)
    return FixedStep(model, prefill, most) if fixed else GrowingStep(model, prefill, most)
