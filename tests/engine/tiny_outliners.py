"""Tiny random checkpoints of the architectures that draw outlines, with the processor of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from engine.model import torchvision_ops  # noqa: F401  (declares what torchvision needs, before transformers)

SIDE_PX = 128
WIDTHS = [8, 16, 32, 64]


def build_outliner(folder: Path, family: str) -> Path:
    """Write a random checkpoint of ``sam2`` or ``edgetam`` into ``folder`` and return it."""
    import transformers

    torch.manual_seed(0)
    backbone: dict[str, Any] = {
        "model_type": "sam2_hiera_det_model",
        "hidden_size": WIDTHS[0],
        "image_size": [SIDE_PX, SIDE_PX],
        "blocks_per_stage": [1, 1, 2, 1],
        "embed_dim_per_stage": WIDTHS,
        "num_attention_heads_per_stage": [1, 1, 2, 2],
        "window_size_per_stage": [8, 4, 4, 2],
        "global_attention_blocks": [3],
    }
    if family == "edgetam":
        shape = {"embed_dim": WIDTHS, "depth": [1, 1, 1, 1]}
        backbone = {
            "model_type": "timm_wrapper",
            "architecture": "repvit_m1",
            "num_classes": 2,
            "label_names": ["a", "b"],
            "model_args": {"in_chans": 3, "features_only": True, "out_indices": [0, 1, 2, 3], **shape},
        }
    vision = {
        "backbone_config": backbone,
        "backbone_channel_list": WIDTHS[::-1],
        "backbone_feature_sizes": [[32, 32], [16, 16], [8, 8]],
        "fpn_hidden_size": 32,
    }
    prompts = {"hidden_size": 32, "image_size": SIDE_PX, "patch_size": 16}
    decoder = {"hidden_size": 32, "mlp_dim": 64, "num_attention_heads": 2, "iou_head_hidden_dim": 32}
    config_class, model_class = (
        (transformers.Sam2Config, transformers.Sam2Model)
        if family == "sam2"
        else (transformers.EdgeTamConfig, transformers.EdgeTamModel)
    )
    config = config_class(vision_config=vision, prompt_encoder_config=prompts, mask_decoder_config=decoder)
    folder.mkdir(parents=True, exist_ok=True)
    model_class(config).save_pretrained(folder)
    sizes = {"size": {"height": SIDE_PX, "width": SIDE_PX}, "mask_size": {"height": 32, "width": 32}}
    transformers.Sam2Processor(transformers.Sam2ImageProcessor(**sizes)).save_pretrained(folder)
    return folder
