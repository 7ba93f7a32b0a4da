"""From what the policy wrote to boxes in chip pixels; loud where there is no answer.

Every family's way of writing boxes is read here, and only here. An answer of "nothing" is an empty
list; a text without an answer raises. The two are never the same.

How the styles look:

* ``brackets``: JSON objects with ``bbox_2d`` (Qwen), or plain lists of four numbers, which may stand
  in a code fence or in ``<answer>`` (RemoteReasoner), after free reasoning or ``<think>``.
* ``tags``: ``<ref>ship</ref><box>[[x1,y1,x2,y2]]</box>`` (InternVL), and the same with
  ``<|ref|>`` and ``<|det|>`` (DeepSeek-VL2).
* ``loc-tokens``: four ``<loc0000>`` tokens, then the label; several are joined by ``;`` (PaliGemma).
* ``corners``: objects with ``x_min``, ``y_min``, ``x_max``, ``y_max`` (Moondream).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import CompletionParseError
from engine.imagery.frames import clip_xyxy, norm_to_px
from engine.language.families import FAMILIES, Family, Style, answer_scale
from engine.language.repetition import repeated_tail
from engine.types import Proposal, Xyxy

Raw = tuple[Sequence[float] | None, str]
"""Four numbers as the model wrote them (None when they were no box) and the label."""

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_FOUR = re.compile(r"\[\s*" + r"\s*,\s*".join([f"({_NUMBER})"] * 4) + r"\s*,?\s*\]")
_OBJECT = re.compile(r'\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}')
_OPEN_BOX = re.compile(r"""["'](?:bbox_2d|bbox|box_2d|box)["']\s*:\s*""" + _FOUR.pattern)
_THINK = re.compile(r"<think>(.*?)(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
_ANSWER = re.compile(r"<answer>(.*?)(</answer>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"```[a-z]*\s*\n?(.*?)(```|\Z)", re.DOTALL | re.IGNORECASE)
_START = re.compile(r"\[\s*[\[{\]]|\[\s*" + _NUMBER + r"\s*,|\{\s*[\"'](?:bbox|box|objects|label|x_min)")
_TAGGED = re.compile(
    r"(?:<\|?ref\|?>(?P<label>.*?)<\|?/ref\|?>)?\s*"
    r"<\|?(?:box|det)\|?>(?P<boxes>.*?)(?P<close><\|?/(?:box|det)\|?>|\Z)",
    re.DOTALL,
)
_LOCATED = re.compile(r"((?:<loc\d{4}>){4})\s*([^;<]*)")
_BLANK = re.compile(r"\s*(?:\[\s*\])?\s*")
_EMPTY = re.compile(r"\[\s*\]")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_NOTHING = re.compile(r"(?:^|\n)\W*(?:none|nothing|no objects?|no objects? found)\W*\Z", re.IGNORECASE)
_BOX_KEYS = ("bbox_2d", "bbox", "box_2d", "box")
_CORNER_KEYS = ("x_min", "y_min", "x_max", "y_max")


@dataclass(frozen=True)
class ParsedAnswer:
    """One completion, read.

    Attributes:
        reasoning: the text before the answer, "" when there was none.
        proposals: boxes in chip pixels, inside the chip, each with an area; empty for "nothing found".
        dropped: boxes left out because they had no area inside the chip or were no four numbers.
        truncated: the text ends before its answer does; the boxes are those written out in full, and where
            the model repeated itself, each of them once.
    """

    reasoning: str
    proposals: list[Proposal]
    dropped: int = 0
    truncated: bool = False


@dataclass(frozen=True)
class _Found:
    """Boxes as written, where the answer starts in the text, and whether it was cut off."""

    raws: list[Raw]
    start: int
    truncated: bool


def parse_boxes(text: str, family: str | Family, width_px: int, height_px: int) -> ParsedAnswer:
    """Read one completion.

    Args:
        text: what the policy wrote, special tokens of the chat left out.
        family: the model family, or its name.
        width_px: width of the chip the question was asked about.
        height_px: height of that chip.

    Returns:
        The reasoning and the boxes in chip pixels.

    Raises:
        CompletionParseError: the text holds no answer, or none of its boxes can be used.
    """
    row = FAMILIES[family] if isinstance(family, str) else family
    thought = _THINK.search(text)
    body = text[thought.end() :] if thought else text
    found = _READERS[row.style](body)
    if found is None:
        raise CompletionParseError(_no_answer(text, body, thought is not None))
    lead = body[: found.start]
    reasoning = thought.group(1) if thought and thought.group(1).strip() else lead
    proposals = []
    for numbers, label in found.raws:
        box = _to_px(numbers, row, width_px, height_px) if numbers else None
        if box:
            proposals.append(Proposal(xyxy_px=box, label=label))
    dropped = len(found.raws) - len(proposals)
    if dropped and not proposals:
        raise CompletionParseError(
            f"The model answered with {dropped} box(es), none of which has an area inside the chip of "
            f"{width_px} x {height_px} px: {_shorten(body)!r}. Ask in other words or choose another model."
        )
    if len(set(proposals)) < len(proposals) and _repeated(text):
        proposals = list(dict.fromkeys(proposals))
    return ParsedAnswer(_tidy(reasoning), proposals, dropped, found.truncated)


def _to_px(numbers: Sequence[float], family: Family, width_px: int, height_px: int) -> Xyxy | None:
    """Clamp one box to the chip; None when nothing of it is left."""
    a, b, c, d = numbers
    x1, y1, x2, y2 = (b, a, d, c) if family.y_first else (a, b, c, d)
    if not all(map(math.isfinite, (x1, y1, x2, y2))):
        return None
    scale = answer_scale(family, width_px, height_px)
    box_px = norm_to_px((x1, y1, x2, y2), width_px=width_px, height_px=height_px, norm_max=scale)
    return clip_xyxy(box_px, (0.0, 0.0, float(width_px), float(height_px)))


def _read_brackets(body: str) -> _Found | None:
    for start, region, closed in _answer_regions(body):
        raws = [raw for raw in map(_from_object, _OBJECT.findall(region)) if raw]
        rest = _OBJECT.sub(" ", region)
        raws += [(_numbers(match.groups()), "") for match in _OPEN_BOX.finditer(rest)]
        if not raws:
            raws = [(_numbers(match.groups()), "") for match in _FOUR.finditer(rest)]
        if raws:
            return _Found(raws, start, not (closed and _closes(region)))
        if _EMPTY.search(region) or _NOTHING.search(region):
            return _Found([], start, False)
    nothing = _NOTHING.search(body)
    return _Found([], nothing.start(), False) if nothing else None


def _answer_regions(body: str) -> Iterator[tuple[int, str, bool]]:
    """Where an answer may stand, likeliest first: its start, its text, whether its closing mark is there."""
    for pattern in (_ANSWER, _FENCE):
        for match in reversed(list(pattern.finditer(body))):
            yield match.start(), match.group(1), bool(match.group(2))
    start = _START.search(body)
    if start:
        yield start.start(), body[start.start() :], True


def _closes(region: str) -> bool:
    """True when the first bracket of ``region`` is closed again; brackets inside strings don't count."""
    depth, opened = 0, False
    for bracket in _STRING.sub("", region):
        if bracket in "[{":
            depth, opened = depth + 1, True
        elif bracket in "]}":
            depth -= 1
        if opened and depth <= 0:
            return True
    return not opened


def _from_object(text: str) -> Raw | None:
    """One JSON object as a raw box; None when it isn't about a box at all."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        box = _OPEN_BOX.search(text)
        return (_numbers(box.groups()), "") if box else None
    if all(key in fields for key in _CORNER_KEYS):
        values: Any = [fields[key] for key in _CORNER_KEYS]
    else:
        values = next((fields[key] for key in _BOX_KEYS if key in fields), None)
        if values is None:
            return None
    label = fields.get("label", "")
    return _numbers(values), label.strip() if isinstance(label, str) else ""


def _numbers(values: Any) -> list[float] | None:
    """Four plain numbers as floats, or None."""
    if not isinstance(values, (list, tuple)) or len(values) != 4:
        return None
    if any(isinstance(value, bool) or not isinstance(value, (int, float, str)) for value in values):
        return None
    try:
        return [float(value) for value in values]
    except (ValueError, OverflowError):
        return None


def _read_tags(body: str) -> _Found | None:
    matches = list(_TAGGED.finditer(body))
    if not matches:
        return _read_brackets(body)
    raws: list[Raw] = []
    for match in matches:
        label = (match["label"] or "").strip()
        raws += [(_numbers(box.groups()), label) for box in _FOUR.finditer(match["boxes"])]
    cut = not matches[-1]["close"]
    if not raws and (cut or not all(_BLANK.fullmatch(match["boxes"]) for match in matches)):
        return None
    return _Found(raws, matches[0].start(), cut)


def _read_loc_tokens(body: str) -> _Found | None:
    matches = list(_LOCATED.finditer(body))
    if not matches:
        nothing = _NOTHING.search(body)
        return _Found([], nothing.start(), False) if nothing else None
    raws: list[Raw] = [
        ([float(number) for number in re.findall(r"\d{4}", match.group(1))], match.group(2).strip())
        for match in matches
    ]
    return _Found(raws, matches[0].start(), "<loc" in body[matches[-1].end() :])


_READERS: Mapping[Style, Callable[[str], _Found | None]] = {
    "brackets": _read_brackets,
    "tags": _read_tags,
    "loc-tokens": _read_loc_tokens,
    "corners": _read_brackets,
}


def _tidy(reasoning: str) -> str:
    lines: Iterator[str] = (line.strip() for line in reasoning.replace("```json", "").splitlines())
    return "\n".join(line for line in lines if line).strip()


def _shorten(text: str, limit: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def _repeated(text: str) -> str:
    """What the end of a text repeats, "" where it doesn't; a last sign that was cut in two is no part of it."""
    whole = text.rstrip("\ufffd")
    unit = repeated_tail(whole)
    return whole[-unit:] if unit else ""


def _no_answer(text: str, body: str, thought: bool) -> str:
    again = _repeated(text)
    if again:
        return (
            f"The model lost the thread: it gave no answer and wrote {_shorten(again, 60)!r} again and again. More "
            "room does not help it. Ask in other, simpler words, at another zoom, or choose another model."
        )
    if thought and not body.strip():
        return (
            f"The model's text ends while it is still reasoning, without an answer: {_shorten(text)!r}. "
            "Ask in other words; where the text is cut off, raise max_new_tokens in the model's remotezero.json."
        )
    return (
        f"The model's text holds no boxes and no empty list: {_shorten(text)!r}. "
        "Ask in other words or choose another model."
    )
