"""Tiny random checkpoints of the real architectures, with a tokenizer and a processor of their own.

They know nothing, but every line of the model code runs on them: chat template, processor, 4-bit
loading, adapters, generation and scoring. ``python tests/engine/tiny_models.py qwen3-vl FOLDER``
writes one by hand.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers

from engine.language.families import FAMILIES
from engine.model import torchvision_ops  # noqa: F401  (declares what torchvision needs, before transformers)
from tests.engine.tiny_families import BUILDERS as OTHERS
from tests.engine.tiny_gemmas import GEMMAS

CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' }}"
    "{% if message.content is string %}{{ message.content }}{% else %}{% for part in message.content %}"
    "{% if part.type == 'image' %}{{ '<|vision_start|><|image_pad|><|vision_end|>' }}"
    "{% else %}{{ part.text }}{% endif %}{% endfor %}{% endif %}{{ '<|im_end|>\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
SPECIAL = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
    "<|video_pad|>",
)
HIDDEN = 64
BUILDERS = {**OTHERS, **GEMMAS}
KINDS = ("qwen3-vl", "qwen2.5-vl", *BUILDERS)
"""Tiny checkpoints that can be built, one of each architecture."""


def build_tokenizer(
    special: tuple[str, ...] = SPECIAL[3:],
    template: str = CHAT_TEMPLATE,
    *,
    names: dict[str, str] | None = None,
    begins: str | None = None,
) -> Any:
    """A byte-level BPE trained on the families' own prompts; yes and no are one token each.

    Args:
        special: control tokens beside those of every chat.
        template: of the chat.
        names: what the family's processor calls some of them.
        begins: the token that begins every text, if one does.
    """
    from transformers import PreTrainedTokenizerFast

    corpus = [text for family in FAMILIES.values() for text in family.prompts.values()]
    corpus += [
        '[{"bbox_2d": [100, 200, 300, 400], "label": "ship"}]',
        "the airplane in the north",
        "user assistant",
    ]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=600, initial_alphabet=sorted(alphabet), show_progress=False)
    tokenizer.train_from_iterator(corpus, trainer)
    special = (*SPECIAL[:3], *((begins,) if begins else ()), *special)
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    if begins:
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{begins} $A", special_tokens=[(begins, tokenizer.token_to_id(begins))]
        )
    words = ("Yes", "yes", "No", "no", "<think>", "</think>")
    tokenizer.add_tokens([AddedToken(word, single_word=word.isalpha(), normalized=False) for word in words])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<|endoftext|>",
        eos_token="<|im_end|>",
        bos_token=begins,
        padding_side="left",
        chat_template=template,
        extra_special_tokens=names or {},
        clean_up_tokenization_spaces=False,
    )


def _text_config(tokenizer: Any, rope: dict[str, Any]) -> dict[str, Any]:
    return {
        "vocab_size": len(tokenizer),
        "hidden_size": HIDDEN,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 16,
        "max_position_embeddings": 4096,
        "rope_parameters": {"rope_type": "default", "rope_theta": 10000.0, **rope},
        "pad_token_id": tokenizer.pad_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "bos_token_id": None,
    }


def _token_ids(tokenizer: Any) -> dict[str, int]:
    names = {
        "image_token_id": "<|image_pad|>",
        "video_token_id": "<|video_pad|>",
        "vision_start_token_id": "<|vision_start|>",
        "vision_end_token_id": "<|vision_end|>",
    }
    return {name: tokenizer.convert_tokens_to_ids(token) for name, token in names.items()}


def build_qwen3_vl(tokenizer: Any) -> Any:
    """A Qwen3-VL with random weights, deepstack included."""
    from transformers import Qwen3VLConfig, Qwen3VLForConditionalGeneration

    config = Qwen3VLConfig(
        text_config=_text_config(tokenizer, {"mrope_section": [4, 2, 2], "mrope_interleaved": True}),
        vision_config={
            "depth": 3,
            "hidden_size": HIDDEN,
            "intermediate_size": 128,
            "num_heads": 4,
            "patch_size": 16,
            "spatial_merge_size": 2,
            "temporal_patch_size": 2,
            "out_hidden_size": HIDDEN,
            "num_position_embeddings": 64,
            "deepstack_visual_indexes": [0, 1],
        },
        tie_word_embeddings=True,
        **_token_ids(tokenizer),
    )
    return Qwen3VLForConditionalGeneration(config)


def build_qwen2_5_vl(tokenizer: Any) -> Any:
    """A Qwen2.5-VL with random weights, window attention included."""
    from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

    config = Qwen2_5_VLConfig(
        text_config=_text_config(tokenizer, {"mrope_section": [4, 2, 2]})
        | {"hidden_size": 96, "num_attention_heads": 6},
        vision_config={
            "depth": 3,
            "hidden_size": HIDDEN,
            "intermediate_size": 128,
            "num_heads": 4,
            "patch_size": 14,
            "spatial_merge_size": 2,
            "temporal_patch_size": 2,
            "out_hidden_size": 96,
            "window_size": 112,
            "fullatt_block_indexes": [2],
        },
        tie_word_embeddings=True,
        **_token_ids(tokenizer),
    )
    return Qwen2_5_VLForConditionalGeneration(config)


def build_processor(tokenizer: Any, family: str) -> Any:
    """The family's own processor, with bounds that suit small pictures."""
    from transformers import (
        Qwen2_5_VLProcessor,
        Qwen2VLImageProcessor,
        Qwen2VLVideoProcessor,
        Qwen3VLProcessor,
        Qwen3VLVideoProcessor,
    )

    patch = 16 if family == "qwen3-vl" else 14
    common = {"patch_size": patch, "merge_size": 2, "temporal_patch_size": 2}
    sizes = {"shortest_edge": (2 * patch) ** 2, "longest_edge": 512 * 512}
    if family == "qwen3-vl":
        processor_class, video = Qwen3VLProcessor, Qwen3VLVideoProcessor(size=sizes, **common)
        common |= {"image_mean": [0.5] * 3, "image_std": [0.5] * 3}
    else:
        processor_class, video = Qwen2_5_VLProcessor, Qwen2VLVideoProcessor(size=sizes, **common)
    return processor_class(
        image_processor=Qwen2VLImageProcessor(size=sizes, **common),
        tokenizer=tokenizer,
        video_processor=video,
        chat_template=CHAT_TEMPLATE,
    )


def build_family(family: str) -> tuple[Any, Any]:
    """A random model and its processor."""
    if family in BUILDERS:
        return BUILDERS[family](build_tokenizer)
    tokenizer = build_tokenizer()
    model = build_qwen3_vl(tokenizer) if family == "qwen3-vl" else build_qwen2_5_vl(tokenizer)
    return model, build_processor(tokenizer, family)


@torch.no_grad()
def make_attentive(model: Any) -> None:
    """Let what is written depend on the whole prompt, as random weights of these architectures do not.

    Words say little by themselves; where layers have a state it outlasts a prompt, and attention is sharp.
    """
    has_state = any(name.endswith("A_log") for name, _ in model.named_parameters())
    for name, parameter in model.named_parameters():
        if "embed_tokens" in name:
            parameter.mul_(0.25)
        elif name.endswith("A_log"):
            parameter.fill_(-6.0)
        elif has_state and name.endswith("q_norm.weight"):
            parameter.fill_(3.0)


def build_checkpoint(folder: Path, family: str = "qwen3-vl", *, seed: int = 0) -> Path:
    """Write a tiny random checkpoint of ``family`` into ``folder`` and return it."""
    torch.manual_seed(seed)
    model, processor = build_family(family)
    tokenizer = processor.tokenizer
    for name, parameter in model.named_parameters():
        if parameter.ndim > 1 and "norm" not in name:
            torch.nn.init.normal_(parameter, std=0.08)
    if family in BUILDERS:
        make_attentive(model)
    model.generation_config.pad_token_id = tokenizer.pad_token_id
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    spec = {
        "name": f"tiny-{family}",
        "chip_px": 128,
        "crop_px": 64,
        "max_new_tokens": 24,
        "licence": "CC0-1.0",
        "least_mass": 0,
    }
    (folder / "remotezero.json").write_text(json.dumps(spec), encoding="utf-8")
    return folder


def build_adapter(model_folder: Path, folder: Path, *, seed: int = 1, vision: bool = True) -> Path:
    """Write a random LoRA adapter (not the identity) for the Qwen checkpoint in ``model_folder``."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForImageTextToText

    torch.manual_seed(seed)
    model = AutoModelForImageTextToText.from_pretrained(model_folder)
    targets = r".*language_model.*\.(q_proj|v_proj|down_proj)"
    if vision:
        targets = rf"({targets})|(.*visual\.blocks.*\.(qkv|proj))"
    peft_model = get_peft_model(model, LoraConfig(r=4, lora_alpha=8, target_modules=targets))
    for name, parameter in peft_model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.3)
    peft_model.save_pretrained(folder)
    return folder


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("family", choices=KINDS)
    arguments.add_argument("folder", type=Path)
    chosen = arguments.parse_args()
    build_checkpoint(chosen.folder, chosen.family)
