"""The library's own way to the verifier's score, one question after the other, to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PIL import Image

from engine.language.prompts import prompt_text
from engine.types import ModelSpec, Pixels, Query


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
