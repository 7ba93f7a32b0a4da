"""Models of published shapes with random weights, made where they are to run.

What a model knows changes neither its memory nor its speed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from engine.catalogue.footprint import Shapes
from engine.catalogue.offers import Offer
from engine.language.families import FAMILIES
from engine.model import torchvision_ops  # noqa: F401  (before transformers imports torchvision)
from engine.model.devices import working_dtype
from engine.model.loaded import LoadedModel
from engine.model.loading import NOT_QUANTISED
from engine.model.steps import fuse_norms
from engine.model.vision import speed_up_vision
from engine.types import ModelSpec
from tests.engine.tiny_models import build_processor, build_tokenizer

SPREAD = 0.02
DEEPSTACK = {24: [5, 11, 17], 27: [8, 16, 24]}
"""Layers of Qwen3-VL's vision towers whose output is handed on, by how many there are."""


def build_loaded(
    offer: Offer, device: torch.device, *, load_in_4bit: bool = True, fused: bool = True
) -> LoadedModel:
    """A model of the offer's shapes on ``device``, as the engine would have loaded it.

    Its tokenizer is the tests', whose words are few; its vocabulary is the published one.

    Args:
        offer: of the catalogue, with shapes.
        device: where it is made, layer by layer: no whole copy of it is elsewhere before.
        load_in_4bit: the language model in NF4.
        fused: norms in one piece each, as the engine has it on a GPU.
    """
    assert offer.shapes is not None
    tokenizer = build_tokenizer()
    config = _config(offer, offer.shapes, tokenizer)
    model = _on_device(config, device, working_dtype(device), load_in_4bit)
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    processor = build_processor(tokenizer, offer.family)
    processor.image_processor.size = {"shortest_edge": 56 * 56, "longest_edge": 4096 * 4096}
    family = FAMILIES[offer.family]
    spec = ModelSpec(offer.name, Path("/"), offer.family, family.chip_px, family.crop_px, least_mass=0.0)
    if offer.family == "qwen3-vl":
        speed_up_vision(model.model.visual)
    if fused:
        fuse_norms(model)
    return LoadedModel(spec, model, processor)


def quantise(model: Any, name: str, dtype: torch.dtype, device: torch.device) -> None:
    """Put a linear layer of the model, by its name, into NF4; one without memory gets random weights."""
    from bitsandbytes.nn import Linear4bit

    module = model.get_submodule(name)
    packed = Linear4bit(
        module.in_features, module.out_features, module.bias is not None, compute_dtype=dtype,
        compress_statistics=True, quant_type="nf4", device="meta",
    )  # fmt: skip
    weight = module.weight.data
    if weight.is_meta:
        weight = torch.randn(weight.shape, device=device, dtype=dtype) * SPREAD
    packed = _filled(packed, weight, module.bias, dtype, device)
    parent, _, last = name.rpartition(".")
    setattr(model.get_submodule(parent), last, packed)


def _filled(
    packed: Any, weight: torch.Tensor, bias: torch.Tensor | None, dtype: torch.dtype, device: torch.device
) -> Any:
    from bitsandbytes.nn import Params4bit

    packed.weight = Params4bit(
        weight, requires_grad=False, compress_statistics=True, quant_type="nf4", module=packed
    )
    if bias is not None:
        start = torch.zeros(bias.shape, dtype=dtype) if bias.is_meta else bias.data
        packed.bias = torch.nn.Parameter(start.to(device), requires_grad=False)
    return packed.to(device)


def _config(offer: Offer, shapes: Shapes, tokenizer: Any) -> Any:
    from transformers import AutoConfig

    qwen3 = offer.family == "qwen3-vl"
    rope = {"rope_type": "default", "rope_theta": 5e6 if qwen3 else 1e6}
    sections = [24, 20, 20] if qwen3 else [16, 24, 24]
    if shapes.head_dim < 128:
        sections = [shapes.head_dim // 4, shapes.head_dim // 8, shapes.head_dim // 8]
    rope |= {"mrope_section": sections, **({"mrope_interleaved": True} if qwen3 else {})}
    text = {
        "hidden_size": shapes.hidden, "intermediate_size": shapes.intermediate,
        "num_hidden_layers": shapes.layers, "num_attention_heads": shapes.heads,
        "num_key_value_heads": shapes.kv_heads, "head_dim": shapes.head_dim, "vocab_size": shapes.vocabulary,
        "rope_parameters": rope, "pad_token_id": tokenizer.pad_token_id, "eos_token_id": tokenizer.eos_token_id,
        "max_position_embeddings": 32768,
    }  # fmt: skip
    vision = {
        "depth": shapes.vision_layers, "hidden_size": shapes.vision_hidden,
        "intermediate_size": shapes.vision_intermediate, "num_heads": 16 if shapes.head_dim == 128 else 4,
        "out_hidden_size": shapes.hidden, "patch_size": shapes.patch_px, "spatial_merge_size": shapes.merge,
        "temporal_patch_size": 2,
    }  # fmt: skip
    if qwen3:
        vision["deepstack_visual_indexes"] = DEEPSTACK.get(shapes.vision_layers, [0])
    names = {
        "image_token_id": "<|image_pad|>", "video_token_id": "<|video_pad|>",
        "vision_start_token_id": "<|vision_start|>", "vision_end_token_id": "<|vision_end|>",
    }  # fmt: skip
    ids = {name: tokenizer.convert_tokens_to_ids(token) for name, token in names.items()}
    tied = shapes.embedding < 2 * shapes.hidden * shapes.vocabulary
    kind = "qwen3_vl" if qwen3 else "qwen2_5_vl"
    return AutoConfig.for_model(kind, text_config=text, vision_config=vision, tie_word_embeddings=tied, **ids)


def _on_device(config: Any, device: torch.device, dtype: torch.dtype, load_in_4bit: bool) -> Any:
    from transformers import AutoModelForImageTextToText
    from transformers.quantizers.quantizers_utils import should_convert_module

    with torch.device("meta"):
        model = AutoModelForImageTextToText.from_config(config, dtype=dtype)
    if load_in_4bit:
        linear = [name for name, module in model.named_modules() if isinstance(module, torch.nn.Linear)]
        for name in linear:
            if should_convert_module(name, [*NOT_QUANTISED]):
                quantise(model, name, dtype, device)
        model.is_loaded_in_4bit = True
    if config.tie_word_embeddings:
        model.lm_head.weight = model.get_input_embeddings().weight
    for name, module in model.named_modules():
        for key, value in list(module._parameters.items()):
            if value is not None and value.is_meta and not (config.tie_word_embeddings and name == "lm_head"):
                module._parameters[key] = torch.nn.Parameter(_begun(key, value, dtype, device), False)
        if hasattr(module, "inv_freq"):
            _turn(module, device)
    if config.tie_word_embeddings:
        model.lm_head.weight = model.get_input_embeddings().weight
    model.requires_grad_(False)
    return model.eval()


def _begun(key: str, value: torch.Tensor, dtype: torch.dtype, device: torch.device) -> torch.Tensor:
    """Random matrices, norms of one, no offsets."""
    if value.ndim > 1:
        return torch.randn(value.shape, device=device, dtype=dtype) * SPREAD
    make = torch.zeros if key == "bias" else torch.ones
    return make(value.shape, device=device, dtype=dtype)


def _turn(module: Any, device: torch.device) -> None:
    """Rotary frequencies, which a model made without memory lacks."""
    half = module.inv_freq.numel()
    steps = torch.arange(half, device=device, dtype=torch.float32) / half
    module.inv_freq = 1.0 / (10_000.0**steps)
    if hasattr(module, "original_inv_freq"):
        module.original_inv_freq = module.inv_freq.clone()
