"""From a model folder to a model in memory: checked first, quantised on the way, never unpickled.

NF4 by bitsandbytes on CUDA and on the CPU alike. On CPUs with AVX512-BF16 bitsandbytes would repack the
weights at the first forward pass; its repacked product rounds activations to bfloat16 and has no
gradient, so a model that was scored once could no longer be trained. It is switched off here; measured
on a 7 M-parameter model the price is nothing in the prefill and about a sixth of a generation's time.
"""

from __future__ import annotations

import json
import logging
import math
from dataclasses import replace
from typing import Any

import huggingface_hub.constants
import torch
from safetensors import SafetensorError

from engine.catalogue.checkpoints import check_whole
from engine.catalogue.fitting import (
    Costs,
    Plan,
    Task,
    make_plan,
    smallest_plan,
    what_would_fit,
    which_outlines_would_fit,
)
from engine.catalogue.footprint import VISION_PARTS, read_shapes
from engine.catalogue.offers import finders, outliners
from engine.counting import count
from engine.errors import ModelError, ModelMemoryError
from engine.language.families import OUTLINERS
from engine.model import torchvision_ops  # noqa: F401  (before transformers imports torchvision)
from engine.model.adapters import quiet
from engine.model.devices import available_bytes, working_dtype
from engine.model.halving import is_out_of_memory
from engine.types import ModelSpec

# Models are loaded from folders, and nothing is looked up elsewhere. Said in this process alone: what gets models
# from the hub is a child of it, and inherits the environment.
huggingface_hub.constants.HF_HUB_OFFLINE = True
logging.getLogger("bitsandbytes.backends.cpu.ops").setLevel(logging.ERROR)

NOT_QUANTISED = ("lm_head", rf".*(?:{'|'.join(VISION_PARTS)})[^.]*")
"""Patterns of modules that stay in the working precision: a vision tower is small beside its language model, and
what it gets wrong nothing after it can mend. Some round their pixels to the type of their first weights, which in
4 bit is one of whole numbers."""


def load_weights(spec: ModelSpec, device: torch.device, *, load_in_4bit: bool) -> Any:
    """Load the checkpoint onto ``device``, in NF4 or in the device's working precision.

    Raises:
        ModelError: damaged or incomplete weights, or not enough memory.
    """
    from transformers import AutoModelForImageTextToText

    size = check_whole(spec.path)
    check_room(spec, device, size * 0.35 if load_in_4bit else size * (2 if device.type == "cpu" else 1))
    dtype = working_dtype(device)
    options = {"quantization_config": _nf4(dtype)} if load_in_4bit and not _is_quantised(spec) else {}
    return read_weights(AutoModelForImageTextToText, spec, device, dtype=dtype, **options)


def read_weights(kind: Any, spec: ModelSpec, device: torch.device, **options: Any) -> Any:
    """Read a checkpoint as one of transformers' automatic classes, whole and ready to be asked.

    Raises:
        ModelError: damaged or incomplete weights, or not enough memory.
    """
    try:
        with quiet():
            model, report = kind.from_pretrained(
                spec.path,
                device_map={"": device},
                local_files_only=True,
                use_safetensors=True,
                trust_remote_code=False,
                output_loading_info=True,
                **options,
            )
    except (OSError, ValueError, RuntimeError, MemoryError, KeyError, SafetensorError) as error:
        if is_out_of_memory(error):
            raise out_of_memory(spec, device) from error
        raise ModelError(
            f"The model in {spec.path} can't be loaded ({_first_line(error)}). "
            "Download it again, or choose another."
        ) from error
    missing = sorted(set(report["missing_keys"]) - {"lm_head.weight"})
    if missing:
        raise ModelError(
            f"The weights in {spec.path} lack {count(len(missing), 'tensor')}, {missing[0]} among them. "
            "Download the model again."
        )
    return _prepared(model, spec)


def load_processor(spec: ModelSpec) -> Any:
    """The checkpoint's tokenizer, chat template and image processor; raises ModelError without them."""
    from transformers import AutoProcessor

    try:
        processor = AutoProcessor.from_pretrained(spec.path, local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError, RuntimeError, KeyError, ImportError) as error:
        raise ModelError(
            f"The processor of the model in {spec.path} can't be loaded ({_first_line(error)}). "
            "The folder needs tokenizer.json, processor_config.json or preprocessor_config.json, "
            "and a chat template."
        ) from error
    if getattr(processor, "image_processor", None) is None or not processor.chat_template:
        raise ModelError(
            f"The model in {spec.path} has no image processor or no chat template. Download all of its files."
        )
    return processor


def fitted(
    spec: ModelSpec, device: torch.device, task: Task, *, load_in_4bit: bool
) -> tuple[ModelSpec, Plan | None]:
    """The model with chips that fit into the device's free memory, and the plan; None where its files tell no shapes.

    Raises:
        ModelError: not even the smallest plan fits; the sentence says which model would.
    """
    shapes, free = read_shapes(spec.path), available_bytes(device)
    if shapes is None or free is None:
        return spec, None
    costs = Costs(shapes, working_dtype(device).itemsize, load_in_4bit)
    plan = make_plan(costs, task, spec.chip_px, free)
    if plan is None:
        raise out_of_memory(spec, device, task)
    return replace(spec, chip_px=min(spec.chip_px, plan.chip_px)), plan


def out_of_memory(
    spec: ModelSpec, device: torch.device, task: Task = "locate", *, in_memory: float = 0.0
) -> ModelMemoryError:
    """The error for "it doesn't fit", with what is free now, and with what would fit.

    Args:
        spec: what doesn't fit.
        device: where.
        task: what it was to do.
        in_memory: bytes of it that are there now and would be free without it.
    """
    free = available_bytes(device)
    room, would = "how much is free is not known", ""
    if free is not None:
        room = f"{free / 2**30:.1f} GiB are free"
        would = f" {_what_would(spec, device, task, free + in_memory)}"
    ways = "close other programs, load it in 4 bit, set a smaller chip_px in its remotezero.json"
    if spec.family in OUTLINERS:
        ways = "close other programs"
    elif spec.load_in_4bit:
        ways = "close other programs, set a smaller chip_px in its remotezero.json"
    work = {"locate": "", "verify": " to score", "learn": " to learn"}[task]
    return ModelMemoryError(
        f"The model {spec.name} doesn't fit into the memory of {device}{work} ({room}).{would} "
        f"{ways[0].upper()}{ways[1:]}, or choose another model."
    )


def _what_would(spec: ModelSpec, device: torch.device, task: Task, free: float) -> str:
    """Which model of the catalogue would do the same work in so many bytes: one that takes less than ``spec``."""
    if spec.family in OUTLINERS:
        own = sum(path.stat().st_size for path in spec.path.glob("*.safetensors"))
        return which_outlines_would_fit(outliners(), free, own)
    item, shapes = working_dtype(device).itemsize, read_shapes(spec.path)
    below = math.inf
    if shapes is not None:
        side_px = spec.crop_px if task == "verify" else spec.chip_px
        costs = Costs(shapes, item, spec.load_in_4bit)
        below = smallest_plan(costs, task, side_px).needed_bytes
    offers = [offer for offer in finders() if offer[0] != spec.name]
    return what_would_fit(offers, task, free, item=item, below_bytes=below)


def check_room(spec: ModelSpec, device: torch.device, needed: float) -> None:
    """Raise ModelMemoryError where less than so many bytes are free."""
    free = available_bytes(device)
    if free is not None and needed > free:
        raise out_of_memory(spec, device)


def _nf4(dtype: torch.dtype) -> Any:
    from transformers import BitsAndBytesConfig

    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=dtype,
        llm_int8_skip_modules=[*NOT_QUANTISED],
    )


def _is_quantised(spec: ModelSpec) -> bool:
    config = json.loads((spec.path / "config.json").read_text(encoding="utf-8"))
    return "quantization_config" in config


def _prepared(model: Any, spec: ModelSpec) -> Any:
    model.eval()
    model.requires_grad_(False)
    for module in model.modules():
        if hasattr(module, "support_avx512bf16_for_cpu"):
            module.support_avx512bf16_for_cpu = False
    return model


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
