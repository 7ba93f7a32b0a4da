"""NF4 weights unpacked once for a call instead of once for every token.

bitsandbytes turns each 4-bit matrix back into floats whenever it is used. On a CPU, writing an answer
token by token spends about two fifths of its time on that where the model is small. Inside
:func:`unpacked` every matrix is turned back at its first use and kept until the call ends; the weights
at rest stay 4-bit, and the products are the same to the bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

WORKSPACE_BYTES = 512 * 2**20
"""Larger models keep being unpacked matrix by matrix: their time goes elsewhere, and memory is short."""


class UnpackedOnce:
    """Stands in for the forward pass of one 4-bit layer."""

    def __init__(self, layer: Any) -> None:
        self._layer = layer
        self._weight: Tensor | None = None

    def __call__(self, x: Tensor) -> Tensor:
        """The layer's output, in the type of its input."""
        dtype = self._layer.compute_dtype or x.dtype
        if self._weight is None:
            from bitsandbytes.functional import dequantize_4bit

            packed = self._layer.weight
            self._weight = dequantize_4bit(packed.data, packed.quant_state).to(dtype)
        bias = self._layer.bias
        return F.linear(x.to(dtype), self._weight, None if bias is None else bias.to(dtype)).to(x.dtype)


@contextmanager
def unpacked(model: Any) -> Iterator[None]:
    """Unpack each 4-bit layer of a small model on a CPU at most once until the context ends."""
    layers = _four_bit_layers(model)
    values = sum(layer.in_features * layer.out_features for layer in layers)
    if model.device.type != "cpu" or values * torch.float32.itemsize > WORKSPACE_BYTES:
        yield
        return
    before = [(layer, layer.__dict__.get("forward")) for layer in layers]
    for layer in layers:
        layer.forward = UnpackedOnce(layer)
    try:
        yield
    finally:
        for layer, forward in before:
            if forward is None:
                del layer.forward
            else:
                layer.forward = forward


def _four_bit_layers(model: Any) -> list[Any]:
    """The 4-bit layers themselves, not the adapter layers round them, which show the same weights."""
    if not getattr(model, "is_loaded_in_4bit", False):
        return []
    from bitsandbytes.nn import Linear4bit

    return [module for module in model.modules() if isinstance(module, Linear4bit)]
