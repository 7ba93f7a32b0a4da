"""The verifier against transformers' own DecisionPipeline, asked the same yes/no questions one by one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image

from engine.imagery.crops import cut_crop
from engine.language.families import FAMILIES
from engine.language.prompts import build_messages
from engine.model.loaded import LoadedModel
from engine.types import Pixels, Query
from tools.bench.figure import Figure
from tools.bench.naive import NaiveModel
from tools.bench.places import QUERY, demo_pixels

CROPS = 64
RUNS = 2
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


def decision_pipeline(model: Any, processor: Any, family: str) -> Any:
    """The pipeline of transformers, asking in our words."""
    from transformers import DecisionPipeline
    from transformers.decision.configuration_utils import DecisionConfig

    tokenizer = processor.tokenizer
    spellings = (FAMILIES[family].yes, FAMILIES[family].no)
    labels = [one_token_spelling(tokenizer, words) for words in spellings]
    config = DecisionConfig(
        labels={"noul": labels},
        chat_template=TEMPLATE.replace("%IMAGE%", processor.image_token),
        sanitize_control_tokens=False,
    )
    return DecisionPipeline(model=model, tokenizer=tokenizer, processor=processor, decision_config=config)


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
    """Crops per second of both, taken in turns, the best run of each; and how far the scores are apart.

    For speed the pipeline has the checkpoint as transformers loads it. For the scores it is put on the
    engine's own weights, since bitsandbytes multiplies in another precision when left to itself.
    """
    query, spec = Query(QUERY), loaded.spec
    crops = demo_crops(spec.crop_px)
    plain = NaiveModel(spec, four_bit=spec.load_in_4bit)
    pipeline = decision_pipeline(plain.model, plain.processor, spec.family)
    same_weights = decision_pipeline(loaded.model, plain.processor, spec.family)
    messages = build_messages(spec, query, "verify")
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
        for crop in crops:
            decide(pipeline, prompt, crop)
        theirs_s.append(time.perf_counter() - begun)
    theirs = [decide(same_weights, prompt, crop) for crop in crops]
    detail = {
        "crops": len(crops),
        "ours_per_s": round(len(crops) / min(ours_s), 1),
        "pipeline_per_s": round(len(crops) / min(theirs_s), 1),
        "largest_score_difference": round(float(np.abs(np.subtract(ours, theirs)).max()), 6),
    }
    return Figure(
        "verifier_speedup", min(theirs_s) / min(ours_s), 3.0, at_least=True, unit="x", detail=detail
    )
