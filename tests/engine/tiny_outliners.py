"""Tiny random checkpoints of the architectures that draw outlines, with the processor of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from engine.model import torchvision_ops  # noqa: F401  (declares what torchvision needs, before transformers)

SIDE_PX = 128
WIDTHS = [8, 16, 32, 64]


PROMPTS = {"hidden_size": 32, "image_size": SIDE_PX, "patch_size": 16}
DECODER = {"hidden_size": 32, "mlp_dim": 64, "num_attention_heads": 2, "iou_head_hidden_dim": 32}
SIZES = {"size": {"height": SIDE_PX, "width": SIDE_PX}, "mask_size": {"height": 32, "width": 32}}


def build_outliner(folder: Path, family: str) -> Path:
    """Write a random checkpoint of ``sam2``, ``edgetam`` or ``sam3`` into ``folder`` and return it."""
    import transformers

    torch.manual_seed(0)
    if family == "sam3":
        return _build_sam3(folder)
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
    config_class, model_class = (
        (transformers.Sam2Config, transformers.Sam2Model)
        if family == "sam2"
        else (transformers.EdgeTamConfig, transformers.EdgeTamModel)
    )
    config = config_class(vision_config=vision, prompt_encoder_config=PROMPTS, mask_decoder_config=DECODER)
    folder.mkdir(parents=True, exist_ok=True)
    model_class(config).save_pretrained(folder)
    transformers.Sam2Processor(transformers.Sam2ImageProcessor(**SIZES)).save_pretrained(folder)
    return folder


def _build_sam3(folder: Path) -> Path:
    """As SAM 3 is published: a folder of the video model, whose tracker and eye the picture's model is made of."""
    import transformers

    backbone = {
        "model_type": "sam3_vit_model",
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "image_size": SIDE_PX,
        "patch_size": 16,
        "window_size": 4,
        "global_attn_indexes": [1],
        "pretrain_image_size": 64,
    }
    vision = {
        "model_type": "sam3_vision_model",
        "backbone_config": backbone,
        "fpn_hidden_size": 32,
        "backbone_feature_sizes": [[32, 32], [16, 16], [8, 8]],
    }
    config = transformers.Sam3TrackerConfig(
        vision_config=vision, prompt_encoder_config=PROMPTS, mask_decoder_config=DECODER
    )
    weights = transformers.Sam3TrackerModel(config).state_dict()
    folder.mkdir(parents=True, exist_ok=True)
    save_file(
        {_published(name): weight.contiguous() for name, weight in weights.items()},
        folder / "model.safetensors",
    )
    whole = {
        "model_type": "sam3_video",
        "tracker_config": {**config.to_dict(), "model_type": "sam3_tracker_video", "image_size": SIDE_PX},
    }
    (folder / "config.json").write_text(json.dumps(whole), encoding="utf-8")
    processor = transformers.Sam3TrackerProcessor(
        transformers.Sam3ImageProcessor(**SIZES), target_size=SIDE_PX
    )
    processor.save_pretrained(folder)
    return folder


def _published(name: str) -> str:
    """What a weight of the picture's model is called in the folder of the video model."""
    if name.startswith("vision_encoder.backbone."):
        return f"detector_model.{name}"
    if name.startswith("vision_encoder.neck."):
        return name.replace("vision_encoder.neck.", "tracker_neck.", 1)
    return f"tracker_model.{name}"
