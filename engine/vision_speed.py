"""Two drop-in modules that make the Qwen3-VL vision tower faster on a CPU, with the same weights and results.

The library's tower attends image by image in a Python loop and embeds patches with a 3-D convolution
whose kernel equals its stride. Chips of one job and crops of one batch have equal sizes, so one batched
attention serves them all, and such a convolution is a matrix product. Parameter names and shapes are
unchanged: state dicts, 4-bit loading and LoRA see the same model.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn


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
