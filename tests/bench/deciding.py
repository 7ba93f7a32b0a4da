"""The verifier against transformers' own DecisionPipeline, asked the same yes/no questions one by one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from figure import Figure
from naive import NaiveModel
from PIL import Image
from places import QUERY, demo_pixels

from engine.crops import cut_crop
from engine.families import FAMILIES
from engine.models import LoadedModel
from engine.prompts import build_messages
from engine.types import Pixels, Query

CROPS = 128
RUNS = 3
PICTURE = "the-picture"

TEMPLATE = (
    "{% for part in state %}"
    "{% if part.type == 'image' %}%IMAGE%{% else %}{{ part.text }}{% endif %}"
    "{% endfor %}"
)
"""The decision prompt is our prompt, word for word, with the picture where the chat template puts it."""


def demo_crops(crop_px: int) -> list[Pixels]:
    """Crops of boxes of many sizes, spread over the demo raster."""
    pixels = demo_pixels()
    height, width = pixels.shape[:2]
    rng = np.random.default_rng(7)
    crops = []
    for _ in range(CROPS):
        side_x, side_y = rng.uniform(20, 100, size=2)
        left, top = rng.uniform(0, width - side_x), rng.uniform(0, height - side_y)
        box = (left, top, left + side_x, top + side_y)
        crops.append(cut_crop(pixels, box, margin=0.25, crop_px=crop_px))
    return crops


def one_token_spelling(tokenizer: Any, spellings: Sequence[str]) -> str:
    """The first spelling that is one known token of this model."""
    for spelling in spellings:
        ids = tokenizer(spelling, add_special_tokens=False)["input_ids"]
        if len(ids) == 1 and ids[0] != tokenizer.unk_token_id:
            return spelling
    raise ValueError(f"None of {list(spellings)} is one token of this model.")


def decision_pipeline(loaded: LoadedModel) -> Any:
    """transformers' pipeline over the same checkpoint in the same precision, asking in our words."""
    from transformers import DecisionPipeline
    from transformers.decision.configuration_utils import DecisionConfig

    plain = NaiveModel(loaded.spec, four_bit=loaded.spec.load_in_4bit)
    family = FAMILIES[loaded.spec.family]
    tokenizer = plain.processor.tokenizer
    labels = [one_token_spelling(tokenizer, family.yes), one_token_spelling(tokenizer, family.no)]
    config = DecisionConfig(
        labels={"noul": labels},
        chat_template=TEMPLATE.replace("%IMAGE%", plain.processor.image_token),
        sanitize_control_tokens=False,
    )
    return DecisionPipeline(
        model=plain.model, tokenizer=tokenizer, processor=plain.processor, decision_config=config
    )


def decide(pipeline: Any, prompt: str, crop: Pixels) -> float:
    """P(yes) of one crop by the pipeline."""
    request = {
        "state": prompt,
        "questions": {"fits": {"type": "noul"}},
        "assets": {PICTURE: Image.fromarray(crop)},
    }
    probability: float = pipeline(request)["fits"]["noul"]
    return probability


def verifier_speedup(loaded: LoadedModel) -> Figure:
    """Crops per second of both, taken in turns, the best run of each; and how far the scores are apart."""
    query = Query(QUERY)
    crops = demo_crops(loaded.spec.crop_px)
    pipeline = decision_pipeline(loaded)
    messages = build_messages(loaded.spec, query, "verify")
    text = pipeline.processor.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    prompt = text.replace(pipeline.processor.image_token, PICTURE)
    loaded.verifier.score(crops[:8], [query] * 8, lambda: False)
    decide(pipeline, prompt, crops[0])
    ours_s, theirs_s = [], []
    for _ in range(RUNS):
        begun = time.perf_counter()
        ours = loaded.verifier.score(crops, [query] * len(crops), lambda: False)
        ours_s.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        theirs = [decide(pipeline, prompt, crop) for crop in crops]
        theirs_s.append(time.perf_counter() - begun)
    detail = {
        "crops": len(crops),
        "ours_per_s": round(len(crops) / min(ours_s), 1),
        "pipeline_per_s": round(len(crops) / min(theirs_s), 1),
        "largest_score_difference": round(float(np.abs(np.subtract(ours, theirs)).max()), 6),
    }
    return Figure(
        "verifier_speedup", min(theirs_s) / min(ours_s), 3.0, at_least=True, unit="x", detail=detail
    )
