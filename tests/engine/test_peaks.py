"""The planner's arithmetic against what torch allocates on a CPU, in float32, on random models of other shapes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.profiler import ProfilerActivity, profile

from engine.catalogue.specs import read_spec
from engine.model import vision
from engine.model.batches import backbone_of
from engine.model.loaded import load_model
from engine.model.policy import decode
from tests.engine import tiny_models
from trainer.queries import Pair
from trainer.rollout.packing import packed_forward
from trainer.rollout.student import Student

CHIP_PX, WRITTEN, GROUP = 256, 32, 4
SIZES = {
    "narrow": {
        "hidden_size": 512,
        "intermediate_size": 1536,
        "num_attention_heads": 8,
        "num_key_value_heads": 4,
    },
    "many heads": {
        "hidden_size": 512,
        "intermediate_size": 1536,
        "num_attention_heads": 16,
        "num_key_value_heads": 8,
    },
    "wide": {
        "hidden_size": 768,
        "intermediate_size": 3072,
        "num_attention_heads": 8,
        "num_key_value_heads": 4,
    },
}


def build(folder: Path, size: dict[str, int]) -> Path:
    """A random Qwen3-VL of a few million weights."""
    from transformers import Qwen3VLConfig, Qwen3VLForConditionalGeneration

    torch.manual_seed(0)
    tokenizer = tiny_models.build_tokenizer()
    text = tiny_models._text_config(tokenizer, {"mrope_section": [16, 8, 8], "mrope_interleaved": True})
    config = Qwen3VLConfig(
        text_config=text | {"num_hidden_layers": 3, "head_dim": 64} | size,
        vision_config={
            "depth": 4,
            "hidden_size": 384,
            "intermediate_size": 1536,
            "num_heads": 6,
            "patch_size": 16,
            "spatial_merge_size": 2,
            "temporal_patch_size": 2,
            "out_hidden_size": size["hidden_size"],
            "num_position_embeddings": 64,
            "deepstack_visual_indexes": [1],
        },
        tie_word_embeddings=True,
        **tiny_models._token_ids(tokenizer),
    )
    model = Qwen3VLForConditionalGeneration(config)
    model.generation_config.pad_token_id = tokenizer.pad_token_id
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    model.save_pretrained(folder)
    tiny_models.build_processor(tokenizer, "qwen3-vl").save_pretrained(folder)
    (folder / "remotezero.json").write_text(
        '{"name": "mid", "chip_px": 256, "crop_px": 64, "max_new_tokens": 32}'
    )
    return folder


def peak_bytes(work: Callable[[], Any]) -> int:
    """The most that was allocated at once, beyond what there was before; as torch's own allocator records it."""
    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as seen:
        work()
    events = [event for event in seen.profiler.kineto_results.events() if event.name() == "[memory]"]
    sizes = [event.nbytes() for event in sorted(events, key=lambda event: event.start_ns())]
    return int(np.cumsum(sizes).max())


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_what_is_planned_is_what_is_allocated(
    tmp_path: Path, size: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vision, "BFLOAT16_CPU", False)
    loaded = load_model(read_spec(build(tmp_path, size)), device="cpu", load_in_4bit=False)
    costs, model = loaded.costs, loaded.model
    pixels = np.random.default_rng(0).integers(0, 255, (CHIP_PX, CHIP_PX, 3)).astype(np.uint8)
    found: dict[str, tuple[float, float]] = {}
    with loaded.running(None):
        looked = peak_bytes(lambda: loaded.encoder.encode([pixels], adapter="", keep=False))
        found["looking"] = (costs.looking(CHIP_PX), looked)
        features = loaded.encoder.encode([pixels], adapter="", keep=False)
        prompt = loaded.prompts.ids("locate", "all ships", features[0].shown)

        def write() -> None:
            prefill = loaded.policy._read([prompt] * 4, features * 4)
            decode(model, prefill, max_new_tokens=WRITTEN, end_ids=[], banned_ids=[], stop=lambda: False)

        found["writing"] = (4 * costs.row(len(prompt), WRITTEN), peak_bytes(write))
    for checkpointing in (False, True):
        found[f"learning, checkpointing {checkpointing}"] = _step(loaded, pixels, checkpointing=checkpointing)
        loaded = load_model(read_spec(tmp_path), device="cpu", load_in_4bit=False)
    off = {name: planned / measured for name, (planned, measured) in found.items()}
    assert all(0.85 <= share <= 1.15 for share in off.values()), off


def _step(loaded: Any, pixels: Any, *, checkpointing: bool) -> tuple[float, float]:
    """Planned and measured bytes of the gradients of one prompt, the vocabulary's share left out of both."""
    student = Student(loaded, 16, lambda _: pixels, None)
    model, pair = loaded.model, Pair(0, "all ships", 0.9)
    model.train()
    if checkpointing:
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    backbone, prefix = backbone_of(model), student.prompts.prefix(pair)
    answers = torch.randint(10, 400, (GROUP, WRITTEN))

    def work() -> None:
        out = packed_forward(backbone.forward, [0] * GROUP, answers, lambda _: prefix, student.prompts.see, 0)
        out.pow(2).sum().backward()

    student.prompts.see([0])
    planned = loaded.costs.step(CHIP_PX, len(prefix.input_ids), GROUP * WRITTEN, checkpointing=checkpointing)
    return planned, peak_bytes(work)
