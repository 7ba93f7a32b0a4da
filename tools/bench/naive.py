"""The obvious way to do it, as a yardstick: transformers' own classes, one window and one crop at a time.

Same raster, windows, prompts, parser, crops and merging as the engine. The policy generates for one
window after the other, and the verifier *writes* its yes or no for one crop after the other.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from PIL import Image

from engine.errors import CompletionParseError
from engine.imagery.crops import cut_crop
from engine.imagery.frames import px_to_src
from engine.imagery.raster import open_raster
from engine.language.parser import parse_boxes
from engine.language.prompts import Kind, build_messages
from engine.model import torchvision_ops  # noqa: F401  (before transformers)
from engine.search.merge import merge_detections
from engine.types import Chip, Detection, ModelSpec, Pixels, Query, Window

VERDICT_TOKENS = 3


class NaiveModel:
    """A checkpoint loaded and asked the way its model card shows.

    Args:
        spec: the model.
        four_bit: load it in NF4, as the engine does; else in float32.
    """

    def __init__(self, spec: ModelSpec, *, four_bit: bool) -> None:
        from transformers import AutoModelForImageTextToText, AutoProcessor, BitsAndBytesConfig

        nf4 = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.float32
        )
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self.spec = spec
        self.processor = AutoProcessor.from_pretrained(spec.path)
        self.model = AutoModelForImageTextToText.from_pretrained(
            spec.path, quantization_config=nf4 if four_bit else None, dtype=torch.float32, device_map=device
        ).eval()

    @torch.inference_mode()
    def ask(self, pixels: Pixels, query: Query, kind: Kind, max_new_tokens: int) -> str:
        """What the model writes about one picture."""
        inputs = self.inputs(pixels, query, kind)
        written = self.model.generate(**inputs, max_new_tokens=max_new_tokens, do_sample=False)
        answer = written[:, inputs["input_ids"].shape[1] :]
        text: str = self.processor.batch_decode(answer, skip_special_tokens=True)[0]
        return text

    def inputs(self, pixels: Pixels, query: Query, kind: Kind) -> Any:
        """One picture and one question through the checkpoint's processor."""
        messages = build_messages(self.spec, query, kind)
        text = self.processor.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        batch = self.processor(text=[text], images=[Image.fromarray(pixels)], return_tensors="pt")
        return batch.to(self.model.device)


def naive_locate(
    model: NaiveModel, raster_path: Path, windows: Sequence[Window], query: Query, margin: float
) -> tuple[list[Detection], float]:
    """Search every window; returns the detections of all windows and the seconds, merging included."""
    begun = time.perf_counter()
    found: list[Detection] = []
    with open_raster(raster_path) as raster:
        for window in windows:
            found += _one_window(model, window, raster.read_chip(window), query, margin)
    merge_detections(found, windows)
    return found, time.perf_counter() - begun


def _one_window(
    model: NaiveModel, window: Window, chip: Chip, query: Query, margin: float
) -> list[Detection]:
    spec = model.spec
    text = model.ask(chip.pixels, query, "locate", spec.max_new_tokens)
    try:
        answer = parse_boxes(text, spec.family, window.width_px, window.height_px, asked=query.text)
    except CompletionParseError:
        return []
    found = []
    for box in answer.proposals:
        crop = cut_crop(chip, box.xyxy_px, margin=margin, crop_px=spec.crop_px)
        verdict = model.ask(crop, query, "verify", VERDICT_TOKENS)
        found.append(
            Detection(
                xyxy_src=px_to_src(box.xyxy_px, window),
                score=float("yes" in verdict.lower()),
                label=box.label,
                reasoning=answer.reasoning,
                query=query.text,
                window=window,
                gsd_m=chip.gsd_m,
            )
        )
    return found
