"""``make bench-gpu``: memory and seconds of real shapes on a GPU, its memory capped as smaller cards have it.

Weights are random, in the exact shapes of the published configurations, the language model in NF4: what a model knows
changes neither its memory nor its speed. Without a GPU this says so and ends with exit code 0.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import torch

from engine.catalogue.fitting import LIBRARIES_BYTES, Costs, make_plan
from engine.catalogue.offers import Offer, read_offers
from engine.files import write_atomic
from engine.language.families import FAMILIES
from engine.model import torchvision_ops  # noqa: F401  (before transformers imports torchvision)
from engine.model.halving import memory_suffices
from engine.model.loading import NOT_QUANTISED, working_dtype
from tools.bench.places import ROOT

REPORT = ROOT / "build" / "reports" / "bench-gpu.json"
CARDS_GB = (8, 12, 16, 24)
CHIPS_PX = (512, 768, 1024)
CROPS, CROP_PX, GROUP, ANSWER, WRITTEN = 16, 384, 8, 256, 64
MODELS = ("Qwen3-VL-2B-Instruct", "Qwen3-VL-4B-Instruct", "Qwen3-VL-8B-Instruct", "Qwen2.5-VL-7B-Instruct")


def build(offer: Offer, device: torch.device) -> Any:
    """A model of the offer's shapes with random weights on ``device``, each layer quantised as it is made."""
    from bitsandbytes.nn import Linear4bit
    from transformers import AutoConfig, AutoModelForImageTextToText
    from transformers.quantizers.quantizers_utils import should_convert_module

    s, dtype = offer.shapes, working_dtype(device)
    kind = "qwen3_vl" if offer.family == "qwen3-vl" else "qwen2_5_vl"
    text = {
        "hidden_size": s.hidden, "intermediate_size": s.intermediate, "num_hidden_layers": s.layers,
        "num_attention_heads": s.heads, "num_key_value_heads": s.kv_heads, "head_dim": s.head_dim,
        "vocab_size": s.vocabulary,
    }  # fmt: skip
    vision = {
        "depth": s.vision_layers, "hidden_size": s.vision_hidden, "intermediate_size": s.vision_intermediate,
        "num_heads": 16, "out_hidden_size": s.hidden, "patch_size": s.patch_px,
    }  # fmt: skip
    tied = s.embedding < 2 * s.hidden * s.vocabulary
    config = AutoConfig.for_model(kind, text_config=text, vision_config=vision, tie_word_embeddings=tied)
    with torch.device("meta"):
        model = AutoModelForImageTextToText.from_config(config, dtype=dtype)
    for name, module in list(model.named_modules()):
        if isinstance(module, torch.nn.Linear) and should_convert_module(name, [*NOT_QUANTISED]):
            packed = Linear4bit(
                module.in_features, module.out_features, module.bias is not None, compute_dtype=dtype,
                compress_statistics=True, quant_type="nf4",
            )  # fmt: skip
            parent = model.get_submodule(name.rpartition(".")[0])
            setattr(parent, name.rpartition(".")[2], packed.to(dtype).to(device))
    for module in model.modules():
        for key, value in list(module._parameters.items()):
            if value is not None and value.is_meta:
                fresh = torch.randn(value.shape, device=device, dtype=dtype) * 0.02
                module._parameters[key] = torch.nn.Parameter(fresh, requires_grad=False)
        if hasattr(module, "inv_freq"):
            _turn(module, device)
    model.tie_weights()
    return model.eval()


def _turn(module: Any, device: torch.device) -> None:
    """Rotary frequencies, which a model made without memory lacks."""
    half = module.inv_freq.numel()
    steps = torch.arange(half, device=device, dtype=torch.float32) / half
    module.inv_freq = 1.0 / (10_000.0**steps)
    if hasattr(module, "original_inv_freq"):
        module.original_inv_freq = module.inv_freq.clone()


def taken(work: Callable[[], Any]) -> dict[str, float] | None:
    """Seconds and peak GiB of some work, after a first go; None where memory is not enough."""
    if not memory_suffices(work):
        return None
    torch.cuda.reset_peak_memory_stats()
    torch.cuda.synchronize()
    begun = time.perf_counter()
    if not memory_suffices(work):
        return None
    torch.cuda.synchronize()
    seconds = time.perf_counter() - begun
    return {"seconds": round(seconds, 4), "peak_gib": round(torch.cuda.max_memory_allocated() / 2**30, 2)}


def bandwidth(device: torch.device) -> float:
    """Bytes a second that the card copies, read and written, the best of a few."""
    source = torch.empty(2**28, dtype=torch.uint8, device=device)
    goal, best = torch.empty_like(source), 0.0
    for _ in range(8):
        torch.cuda.synchronize()
        begun = time.perf_counter()
        goal.copy_(source)
        torch.cuda.synchronize()
        best = max(best, 2 * source.numel() / (time.perf_counter() - begun))
    return best


def figures(offer: Offer, model: Any, device: torch.device, speed: float) -> list[dict[str, Any]]:
    """What a chip, 16 crops, writing and a step take, at three chip sizes."""
    costs, rows = Costs(offer.shapes), []
    for chip_px in CHIPS_PX:
        inputs = _inputs(offer, model, chip_px, 1, device)
        crops = _inputs(offer, model, CROP_PX, CROPS, device)
        with torch.inference_mode():
            chip = taken(lambda inputs=inputs: model(**inputs, use_cache=False, logits_to_keep=1))
            scored = taken(lambda crops=crops: model(**crops, use_cache=False, logits_to_keep=1))
            written = taken(
                lambda inputs=inputs: model.generate(
                    **inputs,
                    max_new_tokens=WRITTEN,
                    min_new_tokens=WRITTEN,
                    do_sample=False,
                    eos_token_id=None,
                )
            )
        bound = None
        if written and chip:
            each = (written["seconds"] - chip["seconds"]) / (WRITTEN - 1)
            read = (
                costs.weights()
                - offer.shapes.vision * 2
                + costs.cache(inputs["input_ids"].shape[1] + WRITTEN // 2)
            )
            bound = round(read / speed / each, 3)
        rows.append(
            {
                "chip_px": chip_px, "chip": chip, "crops": scored, "written": written, "share_of_bandwidth": bound,
                "step": _step(offer, model, chip_px, device),
            }
        )  # fmt: skip
    return rows


def _inputs(offer: Offer, model: Any, side_px: int, rows: int, device: torch.device) -> dict[str, Any]:
    costs, s, config = Costs(offer.shapes), offer.shapes, model.config
    side = side_px // s.token_px * s.merge
    picture = [config.image_token_id] * costs.tokens(side_px)
    row = [config.vision_start_token_id, *picture, config.vision_end_token_id, *range(100, 300)]
    ids = torch.tensor([row] * rows, device=device)
    values = torch.randn(rows * side * side, 2 * 3 * s.patch_px**2, device=device)
    return {
        "input_ids": ids,
        "attention_mask": torch.ones_like(ids),
        "pixel_values": values,
        "image_grid_thw": torch.tensor([[1, side, side]] * rows, device=device),
        "mm_token_type_ids": (ids == config.image_token_id).int(),
    }


def _step(offer: Offer, model: Any, chip_px: int, device: torch.device) -> dict[str, float] | None:
    """Gradients of one prompt with its answers behind it in one row, layers computed again."""
    from peft import LoraConfig, get_peft_model

    from trainer.rollout.student import linear_layers

    config = LoraConfig(r=16, lora_alpha=32, target_modules=linear_layers(model), task_type="CAUSAL_LM")
    learner = get_peft_model(model, config)
    learner.train()
    learner.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    inputs = _inputs(offer, model, chip_px, 1, device)
    answers = torch.randint(100, 1000, (1, GROUP * ANSWER), device=device)
    inputs["input_ids"] = torch.cat([inputs["input_ids"], answers], dim=1)
    inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
    inputs["mm_token_type_ids"] = (inputs["input_ids"] == model.config.image_token_id).int()

    def work() -> None:
        with torch.autocast("cuda", working_dtype(device)):
            loss = (
                learner(**inputs, use_cache=False, logits_to_keep=ANSWER).logits.float().logsumexp(-1).mean()
            )
        loss.backward()
        learner.zero_grad(set_to_none=True)

    result = taken(work)
    learner.gradient_checkpointing_disable()
    learner.unload()
    model.eval()
    return result


def main() -> int:
    """Measure, print, write."""
    if not torch.cuda.is_available():
        print("There is no GPU here, so nothing was measured. The planner's arithmetic is tested on the CPU.")
        return 0
    device, report = torch.device("cuda"), list[dict[str, Any]]()
    whole, speed = torch.cuda.get_device_properties(device).total_memory, bandwidth(device)
    for offer in (offer for offer in read_offers() if offer.name in MODELS):
        for card in (card for card in CARDS_GB if card * 2**30 <= whole):
            free = card * 2**30 - LIBRARIES_BYTES
            torch.cuda.set_per_process_memory_fraction(free / whole)
            plans = {
                task: make_plan(Costs(offer.shapes), task, FAMILIES[offer.family].chip_px, free)
                for task in ("locate", "learn")
            }
            row: dict[str, Any] = {"model": offer.name, "card_gb": card}
            row["plans"] = {task: plan and asdict(plan) for task, plan in plans.items()}
            made: list[Any] = []
            if memory_suffices(lambda offer=offer, made=made: made.append(build(offer, device))):
                row["figures"] = figures(offer, made[0], device, speed)
            made.clear()
            torch.cuda.empty_cache()
            report.append(row)
            print(json.dumps(row), flush=True)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(REPORT, json.dumps({"bytes_a_second": speed, "rows": report}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
