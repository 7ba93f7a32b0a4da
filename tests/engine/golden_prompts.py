"""Prompts of each family as transformers' own chat template and processor make them, on disk.

One file a family in ``tests/engine/golden``: the chat as text, its token ids under the tiny tokenizer, and the shapes
of what the vision tower takes for three sizes of picture. ``python -m tests.engine.golden_prompts`` writes the files
anew, after a change of the words or of a tiny model; what changed is then seen in the diff.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, get_args

import numpy as np

from engine.language.families import FAMILIES, Family, family_of_model_type
from engine.language.prompts import Kind, build_messages
from engine.types import ModelSpec, Query
from tests.engine.tiny_models import KINDS, build_family
from tests.engine.yardsticks import plain_inputs

FOLDER = Path(__file__).parent / "golden"
QUESTIONS: dict[Kind, str] = {
    "locate": "all white ships at the quay",
    "verify": "Schiffe, 船",
    "presence": "where could people find shelter?",
}
SIZES = ((128, 128), (160, 96), (75, 100))
TEXT = ("input_ids", "attention_mask", "token_type_ids", "mm_token_type_ids")


def tiny(kind: str) -> tuple[Any, Any, ModelSpec]:
    """A tiny model of a family, its processor, and what it is taken for."""
    model, processor = build_family(kind)
    family = family_of_model_type(model.config.model_type)
    assert family is not None
    return model, processor, ModelSpec("tiny", Path("tiny"), family.name, 128, 64)


def picture_of(size: tuple[int, int]) -> np.ndarray:
    """A picture of this width and height, always the same."""
    width, height = size
    return np.random.default_rng(width).integers(0, 256, (height, width, 3), dtype=np.uint8)


def frame_of(family: Family) -> str:
    """How the numbers of a box are meant, in the words of the table of families in the documents."""
    order = "y first" if family.y_first else "x first"
    if family.full_scale is None:
        return f"{order}, pixels of the resized picture"
    whole = " of the picture filled up to a square" if family.square else ""
    return f"{order}, 0 to {family.full_scale:g}{whole}"


def short(ids: Sequence[int]) -> str:
    """Token ids in one line; a run of equal ones as ``id*times``."""
    runs = [(number, len([*run])) for number, run in groupby(ids)]
    return " ".join(str(number) if times == 1 else f"{number}*{times}" for number, times in runs)


def shapes(values: Mapping[str, Any]) -> dict[str, str]:
    """Of what the vision tower takes."""
    return {name: "x".join(map(str, value.shape)) for name, value in values.items() if name not in TEXT}


def by_the_library(processor: Any, spec: ModelSpec) -> dict[str, Any]:
    """What transformers makes of the questions, nothing of ours in between."""
    family = FAMILIES[spec.family]
    told = {"enable_thinking": False} if "enable_thinking" in processor.chat_template else {}
    prompts = {}
    for asked, question in QUESTIONS.items():
        chat = build_messages(spec, Query(question), asked)
        text = processor.apply_chat_template(chat, tokenize=False, add_generation_prompt=True, **told)
        inputs = plain_inputs(spec, processor, [picture_of(SIZES[0])], [Query(question)], asked)
        prompts[asked] = {"text": text, "ids": short(inputs["input_ids"][0].tolist())}
    pictures: dict[str, Any] = {}
    for size in SIZES:
        inputs = plain_inputs(spec, processor, [picture_of(size)], [Query(QUESTIONS["locate"])])
        pictures["x".join(map(str, size))] = {"tokens": inputs["input_ids"].shape[1], **shapes(inputs)}
    return {"family": family.name, "boxes": frame_of(family), "prompts": prompts, "pictures": pictures}


def file_of(kind: str) -> Path:
    """Where a family's file is."""
    return FOLDER / f"{kind}.json"


if __name__ == "__main__":
    assert set(get_args(Kind)) == set(QUESTIONS)
    FOLDER.mkdir(exist_ok=True)
    for name in KINDS:
        _, made, taken_for = tiny(name)
        text = json.dumps(by_the_library(made, taken_for), ensure_ascii=False, indent=1)
        file_of(name).write_text(text + "\n", encoding="utf-8")
