"""Pictures to vision features, each distinct picture once.

The vision tower is the dearest part of a forward pass and its result depends on the picture and the
adapter alone. Queries over the same chip, the veto before them, and several samples of one answer all
reuse it: features are kept per pixel array for as long as that array lives, and handed to the model
through transformers' ``mm_encoder_outputs``.
"""

from __future__ import annotations

import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from engine.language.families import Family, sent_size
from engine.model import torchvision_ops  # noqa: F401  (before anything that imports torchvision)
from engine.types import Pixels, Stop


class BatchedVisionAttention(nn.Module):
    """Attention over a run of images; images of equal length go through one call.

    Args:
        attention: the library's module, whose ``qkv`` and ``proj`` are taken over.
    """

    def __init__(self, attention: Any) -> None:
        super().__init__()
        self.qkv: nn.Module = attention.qkv
        self.proj: nn.Module = attention.proj
        self.num_heads: int = attention.num_heads

    def forward(
        self,
        hidden_states: Tensor,
        cu_seqlens: Tensor,
        position_embeddings: tuple[Tensor, Tensor],
        **_: object,
    ) -> Tensor:
        """Attend within each image; ``hidden_states`` is ``tokens x width``, ``cu_seqlens`` the images' ends."""
        tokens = hidden_states.shape[0]
        qkv: Tensor = self.qkv(hidden_states).view(tokens, 3, self.num_heads, -1)
        cos, sin = (part.unsqueeze(1).unsqueeze(1).float() for part in position_embeddings)
        rotated = qkv[:, :2].float()
        first, second = rotated.chunk(2, dim=-1)
        rotated = (rotated * cos + torch.cat((-second, first), dim=-1) * sin).to(qkv.dtype)
        lengths = (cu_seqlens[1:] - cu_seqlens[:-1]).tolist()
        if len(set(lengths)) == 1:
            attended = self._attend(rotated, qkv[:, 2], len(lengths))
        else:
            parts = zip(rotated.split(lengths), qkv[:, 2].split(lengths), strict=True)
            attended = torch.cat([self._attend(part, value, 1) for part, value in parts])
        projected: Tensor = self.proj(attended)
        return projected

    def _attend(self, rotated: Tensor, value: Tensor, images: int) -> Tensor:
        def shaped(x: Tensor) -> Tensor:
            return x.reshape(images, -1, self.num_heads, x.shape[-1]).transpose(1, 2)

        out = F.scaled_dot_product_attention(shaped(rotated[:, 0]), shaped(rotated[:, 1]), shaped(value))
        return out.transpose(1, 2).reshape(value.shape[0], -1)


class LinearPatches(nn.Module):
    """A convolution whose kernel equals its stride, as a matrix product over flattened patches.

    Args:
        convolution: the library's ``Conv3d``; its parameters are taken over with their shapes.
    """

    def __init__(self, convolution: nn.Conv3d) -> None:
        super().__init__()
        self.weight, self.bias = convolution.weight, convolution.bias

    def forward(self, patches: Tensor) -> Tensor:
        """``N x C x T x P x P`` to ``N x width``."""
        return F.linear(patches.flatten(1), self.weight.flatten(1), self.bias)


def speed_up_vision(visual: Any) -> None:
    """Swap both modules into a Qwen3-VL vision tower, in place; call it before adding LoRA layers."""
    visual.patch_embed.proj = LinearPatches(visual.patch_embed.proj)
    for block in visual.blocks:
        block.attn = BatchedVisionAttention(block.attn)


GRID_KEYS = ("pixel_values", "image_grid_thw")
CACHE_BYTES = 256 * 2**20
PATCHES_PER_BATCH = {"cpu": 2048, "cuda": 32768}
BFLOAT16_CPU: bool = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)()
"""Whether this processor multiplies bfloat16 natively; elsewhere it would be slower than float32. The name is
torch's own and not promised: a torch without it gets float32."""


class Grid(NamedTuple):
    """Patches of a picture whose tokens have places in two dimensions.

    Attributes:
        name: the argument of the model's own rule of places that it is.
        sizes: of each part that the picture is shown in, ending in patch rows and patch columns.
    """

    name: str
    sizes: tuple[tuple[int, ...], ...]


Shown = int | str
"""What stands for a picture in a prompt: so many picture tokens, or a text that has them in it."""


@dataclass(frozen=True)
class Look:
    """A picture as the vision tower takes it.

    Attributes:
        values: arguments of the model's ``get_image_features``, on the CPU.
        written: the text that stands for it in a prompt; None: its tokens alone.
        grid: its patches; None where tokens are counted one after another.
    """

    values: dict[str, Tensor]
    written: str | None = None
    grid: Grid | None = None

    @property
    def bytes(self) -> int:
        """Memory that it holds."""
        return sum(value.numel() * value.element_size() for value in self.values.values())


@dataclass(frozen=True)
class Features:
    """What the vision tower made of one picture.

    Attributes:
        embeds: merged tokens x width of the language model.
        deepstack: one such tensor for each deepstack layer (none in families without).
        grid: its patches; None where tokens are counted one after another.
        written: the text that stands for it in a prompt; None: its tokens alone.
        joined: the model takes the tokens of all pictures as one tensor, not picture by picture.
    """

    embeds: Tensor
    deepstack: tuple[Tensor, ...]
    grid: Grid | None
    written: str | None = None
    joined: bool = False

    @property
    def tokens(self) -> int:
        """How many tokens the picture takes in the prompt."""
        return int(self.embeds.shape[0])

    @property
    def shown(self) -> Shown:
        """What stands for it in a prompt."""
        return self.tokens if self.written is None else self.written

    @property
    def bytes(self) -> int:
        """Memory that the features hold."""
        return sum(part.numel() * part.element_size() for part in (self.embeds, *self.deepstack))


class FeatureCache:
    """Features by pixel array and adapter, the least recently used dropped beyond ``limit_bytes``."""

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self.limit_bytes = limit_bytes
        self._entries: OrderedDict[tuple[int, str], tuple[weakref.ref[Any], Features]] = OrderedDict()
        self.hits = 0
        self.misses = 0

    def get(self, picture: Pixels, adapter: str) -> Features | None:
        """The features of exactly this array object, or None."""
        entry = self._entries.get((id(picture), adapter))
        if entry is None or entry[0]() is not picture:
            self.misses += 1
            return None
        self._entries.move_to_end((id(picture), adapter))
        self.hits += 1
        return entry[1]

    def put(self, picture: Pixels, adapter: str, features: Features) -> None:
        """Keep features until the array is gone or room is needed."""
        self._entries[id(picture), adapter] = (weakref.ref(picture), features)
        gone = [key for key, (alive, _) in self._entries.items() if alive() is None]
        for key in gone:
            del self._entries[key]
        while self.bytes > self.limit_bytes and len(self._entries) > 1:
            self._entries.popitem(last=False)

    def clear(self) -> None:
        """Forget everything, for instance because an adapter's weights changed."""
        self._entries.clear()

    @property
    def bytes(self) -> int:
        """Memory that all kept features hold."""
        return sum(features.bytes for _, features in self._entries.values())


InRuns = Callable[..., list[Features]]


class PictureEncoder:
    """Runs the vision tower over pictures in batches.

    Args:
        model: a Qwen vision-language model of transformers.
        image_processor: the checkpoint's own, whose bounds, mean and spread are used.
        family: the model's family.
        in_runs: (run, pictures, how many at once, ...) -> features; halves runs that don't fit into memory, see
            :class:`engine.model.halving.Halving`.
        patches_that_fit: how many patches are to be looked at together.
    """

    def __init__(
        self,
        model: Any,
        image_processor: Any,
        family: Family,
        in_runs: InRuns,
        patches_that_fit: Callable[[], int],
    ) -> None:
        self._model = model
        self._processor = image_processor
        self._family = family
        self._in_runs = in_runs
        self._patches_that_fit = patches_that_fit
        self.cache = FeatureCache()

    def encode(
        self, pictures: Sequence[Pixels], *, adapter: str, keep: bool, stop: Stop = lambda: False
    ) -> list[Features]:
        """Features of each picture; equal array objects are computed once.

        Args:
            pictures: uint8 arrays, height x width x 3.
            adapter: name of what the vision tower runs with; features of one are never given to another.
            keep: put them in the cache (chips, which are asked about again; crops are not). On a processor
                that has bfloat16, chips are looked at in it; crops never are, their scores are shown.
            stop: checked between batches.

        Raises:
            JobCancelledError: ``stop()`` became true.
            ModelError: even a single picture doesn't fit into memory.
        """
        found: dict[int, Features] = {}
        missing: dict[int, Pixels] = {}
        for picture in pictures:
            if id(picture) in found or id(picture) in missing:
                continue
            features = self.cache.get(picture, adapter) if keep else None
            if features is None:
                missing[id(picture)] = picture
            else:
                found[id(picture)] = features

        def look(batch: Sequence[Pixels]) -> list[Features]:
            seen = self._run(batch, exact=not keep)
            for picture, features in zip(batch, seen, strict=True):
                found[id(picture)] = features
                if keep:
                    self.cache.put(picture, adapter, features)
            return seen

        limit = min(PATCHES_PER_BATCH.get(self._model.device.type, 4096), self._patches_that_fit())
        for patches, group in self._by_size(list(missing.values())):
            self._in_runs(look, group, max(1, limit // patches), cost_each=patches, stop=stop)
        return [found[id(picture)] for picture in pictures]

    def size(self, picture: Pixels) -> tuple[int, int]:
        """Width and height at which a picture is shown to the model."""
        height, width = picture.shape[:2]
        bounds = self._processor.size
        return sent_size(
            self._family,
            width,
            height,
            min_pixels=bounds["shortest_edge"] if self._family.full_scale else None,
            max_pixels=bounds["longest_edge"] if self._family.full_scale else None,
        )

    def pixel_values(self, pictures: Sequence[Pixels]) -> tuple[Tensor, Tensor]:
        """Patches and grids as the processor makes them, for pictures that become one size each.

        Returns:
            (patches x patch values, pictures x 3), float32 and int64, on the CPU.
        """
        tensors = [self._resized(picture) for picture in pictures]
        batch = self._processor(images=tensors, do_resize=False, do_convert_rgb=False, return_tensors="pt")
        return batch["pixel_values"], batch["image_grid_thw"]

    def look(self, picture: Pixels) -> Look:
        """One picture as the vision tower takes it."""
        values, grids = self.pixel_values([picture])
        return Look(dict(zip(GRID_KEYS, (values, grids), strict=True)), grid=_grid(grids[0].tolist()))

    def shown(self, picture: Pixels) -> tuple[Shown, Grid | None]:
        """What stands for a picture in a prompt, and its grid, without a look at it."""
        width, height = self.size(picture)
        patch, merge = self._processor.patch_size, self._processor.merge_size
        rows, columns = height // patch, width // patch
        return rows * columns // merge**2, _grid((1, rows, columns))

    def see(self, looks: Sequence[Look]) -> list[Features]:
        """Run the vision tower as it is now, with gradients where they are on; nothing is kept.

        Args:
            looks: pictures, in one pass.
        """
        device, dtype = self._model.device, self._model.dtype
        values, grids = (torch.cat([look.values[key] for look in looks]) for key in GRID_KEYS)
        output = self._model.get_image_features(values.to(device), grids.to(device))
        stacks = getattr(output, "deepstack_features", None) or []
        return [
            Features(
                embeds=output.pooler_output[row].to(dtype),
                deepstack=tuple(stack[row].to(dtype) for stack in stacks),
                grid=_grid(grid),
            )
            for row, grid in enumerate(grids.tolist())
        ]

    def _resized(self, picture: Pixels) -> Tensor:
        tensor = torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1)
        width, height = self.size(picture)
        if tensor.shape[1:] == (height, width):
            return tensor
        from torchvision.transforms.v2 import functional as transforms

        mode = transforms.InterpolationMode.BICUBIC
        resized: Tensor = transforms.resize(tensor, [height, width], interpolation=mode, antialias=True)
        return resized

    def _by_size(self, pictures: Sequence[Pixels]) -> Iterator[tuple[int, list[Pixels]]]:
        """Pictures that are sent at one size, and how many patches each of them has."""
        by_size: dict[tuple[int, int], list[Pixels]] = {}
        for picture in pictures:
            by_size.setdefault(self.size(picture), []).append(picture)
        patch = self._processor.patch_size
        for (width, height), group in by_size.items():
            yield (width // patch) * (height // patch), group

    def _run(self, pictures: Sequence[Pixels], *, exact: bool) -> list[Features]:
        half = self._model.device.type == "cpu" and BFLOAT16_CPU and not exact
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            return self.see([self.look(picture) for picture in pictures])


def _grid(one: Sequence[int]) -> Grid:
    return Grid(GRID_KEYS[1], (tuple(one),))


def encoder_outputs(rows: Sequence[Features]) -> dict[str, Any]:
    """Features in the form of transformers' ``mm_encoder_outputs``, one picture for each row of a batch."""
    from transformers.modeling_outputs import BaseModelOutputWithPooling

    pictures = tuple(features.embeds for features in rows)
    output = BaseModelOutputWithPooling(pooler_output=torch.cat(pictures) if rows[0].joined else pictures)
    layers = len(rows[0].deepstack)
    stacks = [tuple(features.deepstack[layer] for features in rows) for layer in range(layers)]
    output.deepstack_features = stacks  # read by families with deepstack layers, unknown to the others
    return {"image": output}
