"""Tiny random models of the Gemma families, see :mod:`tests.engine.tiny_families`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.engine.tiny_families import HIDDEN, TURNS, Build, id_of, text_shape, vision_shape


def build_gemma3(tokenizer_of: Build) -> tuple[Any, Any]:
    """Gemma 3: sliding windows, and picture tokens that look at each other."""
    from transformers import (
        Gemma3Config,
        Gemma3ForConditionalGeneration,
        Gemma3ImageProcessor,
        Gemma3Processor,
    )

    names = {
        "boi_token": "<start_of_image>",
        "eoi_token": "<end_of_image>",
        "image_token": "<image_soft_token>",
    }
    turns = ("<start_of_turn>", "<end_of_turn>")
    template = (
        TURNS.replace("PICTURE", "<start_of_image>").replace("BEGIN", turns[0]).replace("END", turns[1])
    )
    tokenizer = tokenizer_of((*names.values(), *turns), template, names=names, begins="<bos>")
    side, tokens = 56, 4
    config = Gemma3Config(
        text_config=text_shape(
            tokenizer,
            num_hidden_layers=3,
            sliding_window=16,
            layer_types=["sliding_attention", "full_attention", "sliding_attention"],
        ),
        vision_config=vision_shape(image_size=side, patch_size=14, vision_use_head=False),
        mm_tokens_per_image=tokens,
        boi_token_index=id_of(tokenizer, "<start_of_image>"),
        eoi_token_index=id_of(tokenizer, "<end_of_image>"),
        image_token_index=id_of(tokenizer, "<image_soft_token>"),
    )
    processor = Gemma3Processor(
        image_processor=Gemma3ImageProcessor(size={"height": side, "width": side}),
        tokenizer=tokenizer,
        image_seq_length=tokens,
        chat_template=template,
    )
    return Gemma3ForConditionalGeneration(config), processor


def gemma4_tokenizer(tokenizer_of: Build) -> tuple[Any, str]:
    """Tokenizer and chat template of Gemma 4."""
    names = {
        "image_token": "<|image|>",
        "boi_token": "<|image>",
        "eoi_token": "<image|>",
        "audio_token": "<|audio|>",
        "boa_token": "<|audio>",
        "eoa_token": "<audio|>",
    }
    turns = ("<|turn>", "<turn|>")
    template = TURNS.replace("PICTURE", "<|image|>").replace("BEGIN", turns[0]).replace("END", turns[1])
    tokenizer = tokenizer_of((*names.values(), *turns, "<|video|>"), template, names=names, begins="<bos>")
    return tokenizer, template


def gemma4_ids(tokenizer: Any) -> dict[str, int]:
    """Numbers of the marks of pictures, films and sounds."""
    marks = {
        "image_token_id": "<|image|>",
        "boi_token_id": "<|image>",
        "eoi_token_id": "<image|>",
        "video_token_id": "<|video|>",
        "audio_token_id": "<|audio|>",
        "boa_token_id": "<|audio>",
        "eoa_token_index": "<audio|>",
    }
    return {name: id_of(tokenizer, mark) for name, mark in marks.items()}


def build_gemma4(tokenizer_of: Build) -> tuple[Any, Any]:
    """Gemma 4: embeddings of each layer, shared keys and values, and pictures in their own shape."""
    from transformers import (
        Gemma4AudioFeatureExtractor,
        Gemma4Config,
        Gemma4ForConditionalGeneration,
        Gemma4ImageProcessor,
        Gemma4Processor,
        Gemma4VideoProcessor,
    )

    tokenizer, template = gemma4_tokenizer(tokenizer_of)
    layers = ["sliding_attention", "full_attention", "sliding_attention", "full_attention"]
    config = Gemma4Config(
        text_config=text_shape(
            tokenizer,
            num_hidden_layers=4,
            layer_types=layers,
            sliding_window=16,
            global_head_dim=32,
            num_kv_shared_layers=2,
            hidden_size_per_layer_input=8,
            vocab_size_per_layer_input=len(tokenizer),
            use_bidirectional_attention="vision",
            final_logit_softcapping=30.0,
        ),
        vision_config=vision_shape(num_key_value_heads=2, head_dim=16, pooling_kernel_size=3, patch_size=4),
        **gemma4_ids(tokenizer),
    )
    processor = Gemma4Processor(
        feature_extractor=Gemma4AudioFeatureExtractor(),
        image_processor=Gemma4ImageProcessor(patch_size=4, max_soft_tokens=70, pooling_kernel_size=3),
        tokenizer=tokenizer,
        video_processor=Gemma4VideoProcessor(),
        chat_template=template,
    )
    return Gemma4ForConditionalGeneration(config), processor


def build_gemma4_unified(tokenizer_of: Build) -> tuple[Any, Any]:
    """Gemma 4 12B: no vision tower; patches go into the language model through one layer."""
    from transformers import (
        Gemma4UnifiedAudioFeatureExtractor,
        Gemma4UnifiedConfig,
        Gemma4UnifiedForConditionalGeneration,
        Gemma4UnifiedImageProcessor,
        Gemma4UnifiedProcessor,
        Gemma4UnifiedVideoProcessor,
    )

    tokenizer, template = gemma4_tokenizer(tokenizer_of)
    layers = ["sliding_attention", "full_attention", "sliding_attention", "full_attention"]
    config = Gemma4UnifiedConfig(
        text_config=text_shape(
            tokenizer,
            num_hidden_layers=4,
            layer_types=layers,
            sliding_window=16,
            global_head_dim=32,
            num_global_key_value_heads=1,
            attention_k_eq_v=True,
            final_logit_softcapping=30.0,
        ),
        vision_config={
            "patch_size": 4,
            "pooling_kernel_size": 3,
            "mm_embed_dim": HIDDEN,
            "mm_posemb_size": 128,
            "output_proj_dims": HIDDEN,
        },
        audio_config=None,
        **gemma4_ids(tokenizer),
    )
    processor = Gemma4UnifiedProcessor(
        feature_extractor=Gemma4UnifiedAudioFeatureExtractor(),
        image_processor=Gemma4UnifiedImageProcessor(patch_size=4, max_soft_tokens=70, pooling_kernel_size=3),
        tokenizer=tokenizer,
        video_processor=Gemma4UnifiedVideoProcessor(),
        chat_template=template,
    )
    return Gemma4UnifiedForConditionalGeneration(config), processor


GEMMAS: Mapping[str, Callable[[Build], tuple[Any, Any]]] = {
    "gemma3": build_gemma3,
    "gemma4": build_gemma4,
    "gemma4-unified": build_gemma4_unified,
}
