"""Completions in the forms that models write in public, and torn ones made of them from a seed.

``completions.jsonl`` has one form a line: what it shows, the family, the size of the picture, the text, and
what it says: boxes in chip pixels with their labels, ``none`` for nothing found, ``unread`` for no answer. Where
it matters, ``asked`` is the question, and ``full`` is true where the answer had used all its room.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from pathlib import Path
from typing import Any

from engine.errors import CompletionParseError
from engine.language.families import FAMILIES
from engine.language.parser import parse_boxes

FILE = Path(__file__).with_name("completions.jsonl")
SIZES = ((37, 91), (256, 256), (1024, 640))
CANARY = (111, 222, 333, 444)
"""A box that stands in thoughts only, and in no form of the file."""

_THOUGHTS = (
    ("<think>", "</think>"), ("<thinking>", "</thinking>"), ("◁think▷", "◁/think▷"),
    ("<|channel>thought\n", "<channel|>"), ("", "</think>"),
)  # fmt: skip
_CANARIES = (
    '[{{"bbox_2d": [{0}, {1}, {2}, {3}], "label": "canary"}}]', "[[{0}, {1}, {2}, {3}]]",
    "<ref>canary</ref><box>[[{0}, {1}, {2}, {3}]]</box>", "({0},{1}),({2},{3})",
    "```json\n[{{'bbox_2d': [{0}, {1}, {2}, {3}]}}]\n```", "<answer>[[{0}, {1}, {2}, {3}]]</answer>",
    "<|begin_of_box|>[[{0},{1},{2},{3}]]<|end_of_box|>", "- bbox_2d: [{0}, {1}, {2}, {3}]\n  label: canary",
)  # fmt: skip
_SCRAPS = (
    "[", "]", "{", "}", "(", ")", '"', "'", ",", ":", "\n", "```", "```json\n", "<answer>", "</answer>", "<box>",
    "</box>", "<ref>", "<|det|>", "<loc0100>", "<loc_5>", "<loc", "NaN", "1e999", "-", "0.5", "1000", "null",
    "\\", "\\u00", "//", "/*", "#", "|", "| a | b |\n", "- ", "bbox_2d", '"label": "', "x1: ", "<|box_start|>",
    "１２", "“", "\x00", "\ufffd", "No ships.", "\\boxed{", "<|begin_of_box|>", "9" * 400,
)  # fmt: skip


def golden() -> list[dict[str, Any]]:
    """The forms of the file."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def torn(texts: list[str], draw: random.Random) -> str:
    """Some of the texts, cut, spliced, doubled and strewn with scraps."""
    text = draw.choice(texts)
    for _ in range(draw.randint(0, 4)):
        place, other = draw.randint(0, len(text)), draw.randint(0, len(text))
        low, high = min(place, other), max(place, other)
        how = draw.randint(0, 5)
        if how == 0:
            text = text[:place]
        elif how == 1:
            text = text[:low] + text[high:]
        elif how == 2:
            text = text[:place] + draw.choice(_SCRAPS) + text[place:]
        elif how == 3:
            text = text[:place] + draw.choice(texts)[draw.randint(0, 20) :]
        elif how == 4:
            text = text[:high] + text[low:high] * draw.randint(1, 3) + text[high:]
        else:
            text = (
                text[:place]
                + chr(draw.choice((draw.randint(1, 0x2FF), draw.randint(0xFF00, 0xFF5E))))
                + text[place:]
            )
    return text[:6000]


def fuzz(count: int, seed: int) -> Counter[str]:
    """Read ``count`` torn completions with the parser of every family; counts what came of them.

    Raises:
        AssertionError: something other than boxes or the one error came out, with the text.
    """
    draw = random.Random(seed)
    texts = [form["text"] for form in golden() if len(form["text"]) < 2000]
    counts: Counter[str] = Counter(completions=count)
    for _ in range(count):
        text = torn(texts, draw)
        thinks = draw.random() < 0.4
        if thinks:
            opens, closes = draw.choice(_THOUGHTS)
            thought = draw.choice(_CANARIES).format(*CANARY)
            text = opens + thought + closes + text if draw.random() < 0.8 or not opens else opens + thought
        width, height = draw.choice(SIZES)
        for family in FAMILIES:
            counts[_outcome(text, family, width, height, thinks)] += 1
    return counts


def _outcome(text: str, family: str, width: int, height: int, thinks: bool) -> str:
    try:
        answer = parse_boxes(text, family, width, height)
    except CompletionParseError:
        return "unread"
    for proposal in answer.proposals:
        x1, y1, x2, y2 = proposal.xyxy_px
        assert all(map(math.isfinite, proposal.xyxy_px)), (family, text)
        assert 0 <= x1 < x2 <= width and 0 <= y1 < y2 <= height, (family, text)  # noqa: PT018
    if thinks:
        scratch = parse_boxes(f"[[{', '.join(map(str, CANARY))}]]", "qwen3-vl", width, height).proposals[0]
        boxes = [proposal.xyxy_px for proposal in answer.proposals]
        assert family != "qwen3-vl" or scratch.xyxy_px not in boxes, (family, text)
        assert "canary" not in [proposal.label for proposal in answer.proposals], (family, text)
    return "boxes" if answer.proposals else "none"
