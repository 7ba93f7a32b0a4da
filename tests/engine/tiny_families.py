"""Tiny random models of the families beside Qwen-VL, each with the architecture, marks and chat format of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

HIDDEN = 64
Build = Callable[..., Any]

CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' }}"
    "{% for part in message.content %}{% if part.type == 'image' %}{{ 'PICTURE' }}{% else %}{{ part.text }}{% endif %}"
    "{% endfor %}{{ '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}"
    "{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
THINKS = (
    "{% if enable_thinking is defined and enable_thinking is false %}{{ '<think>\\n\\n</think>\\n\\n' }}"
    "{% else %}{{ '<think>\\n' }}{% endif %}"
)
TURNS = (
    "{{ bos_token }}{% for message in messages %}{{ 'BEGIN' + message.role + '\\n' }}"
    "{% for part in message.content %}{% if part.type == 'image' %}{{ 'PICTURE' }}{% else %}{{ part.text | trim }}"
    "{% endif %}{% endfor %}{{ 'END\\n' }}{% endfor %}{% if add_generation_prompt %}{{ 'BEGINmodel\\n' }}{% endif %}"
)
LLAVA = (
    "{% for message in messages %}{{ message.role | upper + ': ' }}"
    "{% for part in message.content %}{% if part.type == 'image' %}{{ '<image>\\n' }}{% endif %}{% endfor %}"
    "{% for part in message.content %}{% if part.type == 'text' %}{{ part.text + ' ' }}{% endif %}{% endfor %}"
    "{% endfor %}{% if add_generation_prompt %}{{ 'ASSISTANT:' }}{% endif %}"
)


def text_shape(tokenizer: Any, **changes: Any) -> dict[str, Any]:
    """The language model's part of a configuration."""
    shape = {
        "vocab_size": len(tokenizer),
        "hidden_size": HIDDEN,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 16,
        "max_position_embeddings": 4096,
        "pad_token_id": tokenizer.pad_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "bos_token_id": tokenizer.bos_token_id,
    }
    return shape | changes


def vision_shape(**changes: Any) -> dict[str, Any]:
    """The vision tower's part of a configuration."""
    shape = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2}
    return shape | changes


def id_of(tokenizer: Any, token: str) -> int:
    """The number of a token that is known."""
    number = tokenizer.convert_tokens_to_ids(token)
    assert number is not None
    assert number != tokenizer.unk_token_id
    return int(number)


def build_qwen3_5(tokenizer_of: Build) -> tuple[Any, Any]:
    """Qwen3.5: three layers with a state for each with attention; its template thinks unless told not to."""
    from transformers import (
        Qwen2VLImageProcessor,
        Qwen3_5Config,
        Qwen3_5ForConditionalGeneration,
        Qwen3VLProcessor,
        Qwen3VLVideoProcessor,
    )

    marks = ("<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>")
    template = CHATML.replace("PICTURE", "<|vision_start|><|image_pad|><|vision_end|>")
    template = template.removesuffix("{% endif %}") + THINKS + "{% endif %}"
    tokenizer = tokenizer_of(marks, template)
    rope = {
        "rope_type": "default",
        "rope_theta": 10000.0,
        "partial_rotary_factor": 0.5,
        "mrope_section": [2, 1, 1],
        "mrope_interleaved": True,
    }
    linear = {
        "linear_key_head_dim": 16,
        "linear_value_head_dim": 16,
        "linear_num_key_heads": 2,
        "linear_num_value_heads": 4,
        "linear_conv_kernel_dim": 4,
    }
    vision = vision_shape(
        depth=2, num_heads=2, patch_size=16, spatial_merge_size=2, temporal_patch_size=2,
        out_hidden_size=HIDDEN, num_position_embeddings=64,
    )  # fmt: skip
    for name in ("num_hidden_layers", "num_attention_heads"):
        del vision[name]
    names = ("vision_start", "vision_end", "image", "video")
    config = Qwen3_5Config(
        text_config=text_shape(tokenizer, num_hidden_layers=4, rope_parameters=rope, **linear),
        vision_config=vision,
        tie_word_embeddings=True,
        **{f"{name}_token_id": id_of(tokenizer, mark) for name, mark in zip(names, marks, strict=True)},
    )
    common = {"patch_size": 16, "merge_size": 2, "temporal_patch_size": 2}
    sizes = {"shortest_edge": 32 * 32, "longest_edge": 512 * 512}
    half = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3}
    processor = Qwen3VLProcessor(
        image_processor=Qwen2VLImageProcessor(size=sizes, **common, **half),
        tokenizer=tokenizer,
        video_processor=Qwen3VLVideoProcessor(size=sizes, **common),
        chat_template=template,
    )
    return Qwen3_5ForConditionalGeneration(config), processor


def build_internvl(tokenizer_of: Build) -> tuple[Any, Any]:
    """InternVL3 in the form of transformers: tiles of one size and a thumbnail."""
    from transformers import (
        GotOcr2ImageProcessor,
        InternVLConfig,
        InternVLForConditionalGeneration,
        InternVLProcessor,
        InternVLVideoProcessor,
    )

    names = {
        "start_image_token": "<img>",
        "end_image_token": "</img>",
        "context_image_token": "<IMG_CONTEXT>",
        "video_token": "<video>",
    }
    template = CHATML.replace("PICTURE", "<IMG_CONTEXT>\\n")
    tokenizer = tokenizer_of(tuple(names.values()), template, names=names)
    side, tokens = 56, 4
    config = InternVLConfig(
        text_config={"model_type": "qwen2", **text_shape(tokenizer)},
        vision_config=vision_shape(image_size=[side, side], patch_size=[14, 14]),
        image_token_id=id_of(tokenizer, "<IMG_CONTEXT>"),
        image_seq_length=tokens,
        downsample_ratio=0.5,
        tie_word_embeddings=True,
    )
    size = {"height": side, "width": side}
    processor = InternVLProcessor(
        image_processor=GotOcr2ImageProcessor(size=size, crop_to_patches=True, min_patches=1, max_patches=6),
        tokenizer=tokenizer,
        video_processor=InternVLVideoProcessor(size=size),
        image_seq_length=tokens,
        chat_template=template,
    )
    return InternVLForConditionalGeneration(config), processor


def build_llava(tokenizer_of: Build) -> tuple[Any, Any]:
    """LLaVA-1.5: one picture of one size; its tokenizer begins each text itself."""
    from transformers import (
        LlavaConfig,
        LlavaForConditionalGeneration,
        LlavaImageProcessor,
        LlavaProcessor,
    )

    tokenizer = tokenizer_of(("<image>",), LLAVA, names={"image_token": "<image>"}, begins="<s>")
    side = 56
    config = LlavaConfig(
        text_config={"model_type": "llama", **text_shape(tokenizer)},
        vision_config={"model_type": "clip_vision_model", **vision_shape(image_size=side, patch_size=14)},
        image_token_index=id_of(tokenizer, "<image>"),
        image_seq_length=16,
    )
    processor = LlavaProcessor(
        image_processor=LlavaImageProcessor(
            size={"shortest_edge": side}, crop_size={"height": side, "width": side}
        ),
        tokenizer=tokenizer,
        patch_size=14,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=LLAVA,
    )
    return LlavaForConditionalGeneration(config), processor


def build_lfm2_vl(tokenizer_of: Build) -> tuple[Any, Any]:
    """LFM2-VL: short convolutions between layers with attention, tiles in rows and columns."""
    from transformers import (
        Lfm2VlConfig,
        Lfm2VlForConditionalGeneration,
        Lfm2VlImageProcessor,
        Lfm2VlProcessor,
    )

    names = {
        "image_token": "<image>",
        "image_start_token": "<|image_start|>",
        "image_end_token": "<|image_end|>",
        "image_thumbnail_token": "<|img_thumbnail|>",
    }
    places = tuple(f"<|img_row_{row}_col_{column}|>" for row in range(1, 5) for column in range(1, 5))
    template = "{{ bos_token }}" + CHATML.replace("PICTURE", "<image>")
    tokenizer = tokenizer_of((*names.values(), *places), template, names=names, begins="<|startoftext|>")
    text = text_shape(
        tokenizer,
        num_hidden_layers=3,
        layer_types=["conv", "full_attention", "conv"],
        block_auto_adjust_ff_dim=False,
    )
    config = Lfm2VlConfig(
        text_config={"model_type": "lfm2", **text},
        vision_config={
            "model_type": "siglip2_vision_model",
            **vision_shape(patch_size=8, num_patches=16, vision_use_head=False),
        },
        image_token_id=id_of(tokenizer, "<image>"),
        projector_hidden_size=HIDDEN,
        downsample_factor=2,
    )
    processor = Lfm2VlProcessor(
        image_processor=Lfm2VlImageProcessor(
            encoder_patch_size=8, tile_size=64, min_image_tokens=4, max_image_tokens=16, max_tiles=4,
            size={"height": 64, "width": 64},
        ),
        tokenizer=tokenizer,
        chat_template=template,
    )  # fmt: skip
    return Lfm2VlForConditionalGeneration(config), processor


def build_minicpmv(tokenizer_of: Build, version: str = "4_6") -> tuple[Any, Any]:
    """MiniCPM-V 4.6: a tower that merges halfway, slices of their own size, the language model of Qwen3.5."""
    import transformers

    def of(name: str, numbered: str = version) -> Any:
        return getattr(transformers, f"MiniCPMV{numbered}{name}")

    names = {
        "image_token": "<|image_pad|>",
        "video_token": "<|video_pad|>",
        "image_start_token": "<image>",
        "image_end_token": "</image>",
        "slice_start_token": "<slice>",
        "slice_end_token": "</slice>",
        "image_id_start_token": "<image_id>",
        "image_id_end_token": "</image_id>",
    }
    template = (
        CHATML.replace("PICTURE", "<|image_pad|>\\n").removesuffix("{% endif %}") + THINKS + "{% endif %}"
    )
    tokenizer = tokenizer_of(tuple(names.values()), template, names=names)
    linear = {
        "linear_key_head_dim": 16,
        "linear_value_head_dim": 16,
        "linear_num_key_heads": 2,
        "linear_num_value_heads": 4,
        "rope_parameters": {
            "rope_type": "default",
            "rope_theta": 10000.0,
            "partial_rotary_factor": 0.5,
            "mrope_section": [2, 1, 1],
        },
    }
    marks = {} if version == "4_6" else canvas_marks(tokenizer)
    config = of("Config")(
        text_config={"model_type": "qwen3_5_text", **text_shape(tokenizer, num_hidden_layers=4, **linear)},
        vision_config=vision_shape(image_size=64, patch_size=8),
        insert_layer_id=0,
        image_size=64,
        image_token_id=id_of(tokenizer, "<|image_pad|>"),
        video_token_id=id_of(tokenizer, "<|video_pad|>"),
        tie_word_embeddings=True,
        **marks,
    )
    how = {"patch_size": 8, "scale_resolution": 64, "max_slice_nums": 4}
    processor = of("Processor")(
        image_processor=of("ImageProcessor", "4_6")(**how),
        video_processor=of("VideoProcessor", "4_6")(**how),
        tokenizer=tokenizer,
        chat_template=template,
    )
    return of("ForConditionalGeneration")(config), processor


def build_minicpmv4_7(tokenizer_of: Build) -> tuple[Any, Any]:
    """MiniCPM-V 4.7: as 4.6, but its picture and slices have places on one canvas, which marks in the text pin."""
    return build_minicpmv(tokenizer_of, "4_7")


def canvas_marks(tokenizer: Any) -> dict[str, int]:
    """Numbers of the tokens that say where a canvas, its slices and its rows begin and end."""
    marks = {
        "image_start": "<image>",
        "image_end": "</image>",
        "slice_start": "<slice>",
        "slice_end": "</slice>",
    }
    (line_end,) = tokenizer("\n", add_special_tokens=False)["input_ids"]
    return {f"{name}_id": id_of(tokenizer, mark) for name, mark in marks.items()} | {"newline_id": line_end}


BUILDERS: Mapping[str, Callable[[Build], tuple[Any, Any]]] = {
    "qwen3.5": build_qwen3_5,
    "internvl": build_internvl,
    "llava": build_llava,
    "lfm2-vl": build_lfm2_vl,
    "minicpm-v": build_minicpmv,
    "minicpm-v-4.7": build_minicpmv4_7,
}
"""What a tiny checkpoint can be, beside the Qwen-VLs and the Gemmas."""
