"""The library's own way to prompts, pictures and scores, nothing of ours in between, to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image

from engine.language.families import FAMILIES
from engine.language.prompts import Kind, prompt_text
from engine.types import ModelSpec, Pixels, Query


def plain_inputs(
    spec: ModelSpec,
    processor: Any,
    pictures: Sequence[Pixels],
    queries: Sequence[Query],
    kind: Kind = "locate",
) -> Any:
    """What the library's own chat template and processor make of the same questions, all pictures anew.

    Args:
        spec: for the words that are asked with.
        processor: the checkpoint's own.
        pictures: one of each row.
        queries: one of each row.
        kind: what is asked.

    Returns:
        Keyword arguments of the model, padded on the left.
    """
    if FAMILIES[spec.family].square:
        pictures = [filled_up(picture) for picture in pictures]
    chats = [
        [
            {
                "role": "user",
                "content": [
                    {"type": "image", "image": Image.fromarray(picture)},
                    {"type": "text", "text": prompt_text(spec, query, kind)},
                ],
            }
        ]
        for picture, query in zip(pictures, queries, strict=True)
    ]
    told = {"enable_thinking": False} if "enable_thinking" in processor.chat_template else {}
    return processor.apply_chat_template(
        chats,
        tokenize=True,
        add_generation_prompt=True,
        return_dict=True,
        return_tensors="pt",
        **told,
        processor_kwargs={"padding": True, "padding_side": "left"},
    )


def filled_up(picture: Pixels) -> Pixels:
    """A picture made square with grey at its right or bottom."""
    height, width = picture.shape[:2]
    side = max(height, width)
    return np.pad(picture, ((0, side - height), (0, side - width), (0, 0)), constant_values=127)


def decision_pipeline(model: Any, processor: Any, labels: tuple[str, str] = ("yes", "no")) -> Any:
    """Transformers' ``DecisionPipeline`` over a model, asked in the very words our verifier uses.

    Args:
        model: a transformers model, without our changes to it.
        processor: the checkpoint's own.
        labels: the one spelling of yes and of no whose logits it reads.
    """
    from transformers import DecisionPipeline
    from transformers.decision import DecisionConfig

    asked = "{% set enable_thinking = false %}{% set messages = [{'role': 'user', 'content': state}] %}"
    template = asked + processor.chat_template
    config = DecisionConfig(labels={"noul": list(labels)}, chat_template=template)
    return DecisionPipeline(
        model=model, tokenizer=processor.tokenizer, processor=processor, decision_config=config
    )


def decision_scores(
    pipeline: Any, spec: ModelSpec, crops: Sequence[Pixels], queries: Sequence[Query]
) -> list[float]:
    """Its probability of yes for each crop, asked one by one, as it works."""
    scores = []
    for crop, query in zip(crops, queries, strict=True):
        request = {
            "state": "<crop>" + prompt_text(spec, query, "verify"),
            "questions": {"fits": {"type": "noul"}},
            "assets": {"<crop>": Image.fromarray(crop)},
        }
        scores.append(float(pipeline(request)["fits"]["noul"]))
    return scores
