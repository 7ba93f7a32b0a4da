"""From what the policy wrote to boxes in chip pixels; loud where there is no answer.

Every family's way of writing boxes is read here, and only here. An answer of "nothing" is an empty
list; a text without an answer raises. The two are never the same. Three steps, one module each: values
that stand in the text (:mod:`engine.language.loose`), what they mean (:mod:`engine.language.boxes`), and
here where the answer stands, and what its numbers are in pixels.

* Thoughts (``<think>`` and its like) are never an answer, also where they were cut off.
* An answer may stand in ``<answer>`` (the last one counts), in fences or ``<|begin_of_box|>`` (all of them
  count), or in the open. Boxes under a key, in a mark or with a name come before four mere numbers.
* Corners may be swapped. Numbers that all lie between 0 and 1 are shares of the picture. A fifth number
  between 0 and 1 is the model's own confidence and is passed over: only the verifier's score counts.
* A point is not a box: points are left out, and an answer of points alone is unread.
* A number far outside the picture belongs to another frame; its box is dropped and counted.
* "There are no ships" is an answer, in many languages (:mod:`engine.language.nothing`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.errors import CompletionParseError
from engine.imagery.frames import clip_xyxy, norm_to_px
from engine.jsontext import well_formed
from engine.language.boxes import Sighted, Written, in_said_order, sight
from engine.language.families import FAMILIES, Family, answer_scale
from engine.language.loose import Group, number_lines, read_json, read_values, table_rows
from engine.language.nothing import (
    as_to,
    denied_at,
    ends_in_a_denial,
    stands_as_answer,
    where_nothing_is_said,
)
from engine.language.repetition import repeated_tail
from engine.language.sides import is_a_measure, is_finite
from engine.language.thoughts import is_example, last_words, thinks_again, without_disguise, without_thoughts
from engine.types import Proposal, Xyxy

_ANSWER = re.compile(r"<answer>(.*?)(</answer>|\Z)", re.DOTALL | re.IGNORECASE)
_MARKED = re.compile(
    r"```[\w+-]*[ \t]*\n?(?P<fence>.*?)(?P<fenced>```|\Z)"
    r"|<\|begin_of_box\|>(?P<box>.*?)(?P<boxed><\|end_of_box\|>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"<\|?(?:ref|object_ref_start|p)\|?>")
_BRACKET, _MARKS = re.compile(r"[\[{(]"), re.compile(r"[<|:=＜｜：＝\d]")
_UNFINISHED = re.compile(r"(?:[\w%.+-]*[\w%+-]|\d\.)\s*\Z|(?<=[^\s.!?。！？।])[ \t]+\Z")
_LONGEST_NAME = 200
_NEAR = 400
"""How far before a box words are looked for that say what its numbers are."""
_OUTSIDE, _A_SHARE = 0.25, 1.1
"""How far outside the picture a side may lie, as a share of it, before it belongs to another frame; and the
largest number that can still be a share, of a model that is not exact at the border."""
_OF_PICTURE = re.compile(
    r"\b(?:image|picture|photo|frame|canvas|scene|range[sd]?|size|extents?|full|entire|coordinates)\b[^\[\](){}\n]*$",
    re.IGNORECASE,
)
_CHECKBOX = re.compile(r"^[ \t]*[-*][ \t]*$")


@dataclass(frozen=True)
class ParsedAnswer:
    """One completion, read.

    Attributes:
        reasoning: the text before the answer, "" when there was none.
        proposals: boxes in chip pixels, inside the chip, each with an area; empty for "nothing found".
        dropped: boxes left out because they had no area inside the chip or were no four numbers, and points.
        truncated: the text ends before its answer does; the boxes are those written out in full, and where
            the model repeated itself, each of them once.
    """

    reasoning: str
    proposals: list[Proposal]
    dropped: int = 0
    truncated: bool = False


@dataclass(frozen=True)
class _Found:
    """What an answer holds, where it starts in the text, and whether it was cut off."""

    boxes: list[Written]
    start: int
    truncated: bool
    points: int = 0
    denied: int = 0


def parse_boxes(
    text: str, family: str | Family, width_px: int, height_px: int, *, asked: str = "", full: bool = False
) -> ParsedAnswer:
    """Read one completion.

    Args:
        text: what the policy wrote, special tokens of the chat left out.
        family: the model family, or its name.
        width_px: width of the chip the question was asked about.
        height_px: height of that chip.
        asked: the question, where it is known: that there are no clouds is no answer to one for ships.
        full: the text ends because its room did, so its last word or number may be half of one.

    Returns:
        The reasoning and the boxes in chip pixels.

    Raises:
        CompletionParseError: the text holds no answer, or none of its boxes can be used.
    """
    row = FAMILIES[family] if isinstance(family, str) else family
    strict = _strict(text)
    thoughts, body, thinks_on = ("", text, False) if strict else without_thoughts(without_disguise(text))
    whole = _UNFINISHED.sub("", body) if full else body
    spoken = as_to(whole, asked)
    found = _read(spoken, _strict(spoken) if strict and spoken != whole else strict)
    if found and not found.boxes and not found.points and whole != body:
        found = None
    if found is None or (found.points and not found.boxes):
        raise CompletionParseError(_no_answer(text, body, thinks_on, found))
    lead = _NAME_BEFORE.split(body[: found.start])[0]
    proposals = _proposals(found.boxes, row, width_px, height_px)
    dropped = len(found.boxes) - len(proposals)
    if dropped and not proposals and where_nothing_is_said(as_to(body, asked)) is None:
        raise CompletionParseError(
            f"The model answered with {dropped} box(es), none of which has an area inside the chip of "
            f"{width_px} x {height_px} px: {_shorten(body)!r}. Ask in other words or choose another model."
        )
    if len(set(proposals)) < len(proposals) and _repeated(text):
        proposals = list(dict.fromkeys(proposals))
    reasoning = thoughts if thoughts.strip() else lead
    return ParsedAnswer(
        _tidy(well_formed(reasoning)),
        proposals,
        dropped + found.points + found.denied,
        found.truncated or thinks_on or whole != body,
    )


def _strict(text: str) -> Group | None:
    """The text as strict JSON, also where that was written as one string of JSON; None where it is neither."""
    strict = read_json(text)
    if strict and len(strict.items) == 1 and isinstance(strict.items[0], str):
        return read_json(strict.items[0])
    return strict


def _read(body: str, strict: Group | None) -> _Found | None:
    if strict is not None:
        return _judge(sight(strict.items, body), 0, False, body, records=True)
    for match in reversed(list(_ANSWER.finditer(body))):
        found = _read_region(match[1], match.start(), not match[2])
        if found:
            return found
    for place in last_words(body):
        found = _read_marked(body[place:])
        if found:
            found = replace(found, start=place + found.start)
            break
    else:
        found = _read_marked(body)
    unsure = found and found.boxes and not found.boxes[0].sure
    return None if found and unsure and thinks_again(body, found.start) else found


def _read_marked(body: str) -> _Found | None:
    """Read the fences and marks of a text, all of which count but examples; where there is none, the text."""
    marked = [
        _read_region(
            match["fence"] or match["box"] or "", match.start(), not (match["fenced"] or match["boxed"])
        )
        for match in _MARKED.finditer(body)
        if not is_example(body, match.start())
    ]
    answers = [found for found in marked if found]
    if not answers:
        return _read_region(body, 0, False, whole=True)
    boxes = [box for found in answers for box in found.boxes]
    if len(answers) > 1:
        boxes = list({(box.numbers, box.label): box for box in boxes}.values())
    cut, points = any(found.truncated for found in answers), sum(found.points for found in answers)
    return _Found(boxes, answers[0].start, cut, points, sum(found.denied for found in answers))


def _read_region(region: str, start: int, cut: bool, *, whole: bool = False) -> _Found | None:
    """Read one place where an answer may stand; ``start`` is its own place in the text."""
    first = _BRACKET.search(region)
    plain = first is not None and not _MARKS.search(region, 0, first.start())
    strict = read_json(region[first.start() :]) if first and plain else None
    if first is not None and strict is not None:
        seen = sight(strict.items, region)
        if seen.empty_at >= 0:
            seen.empty_at = first.start()
        seen.boxes = [replace(box, start=first.start()) for box in seen.boxes]
        return _judge(seen, first.start() if whole else start, cut, region)
    values = read_values(region)
    groups = [item for item in values.items if isinstance(item, Group) and not is_example(region, item.start)]
    marks = any(group.kind == "mark" for group in groups)
    seen = sight([] if marks else [*table_rows(region)], region)
    if not any(box.numbers for box in seen.boxes):
        empty_at = seen.empty_at
        seen = sight(groups, region)
        seen.empty_at = max(seen.empty_at, empty_at)
    if not seen.boxes and not seen.points and seen.empty_at < 0:
        seen = sight([*number_lines(region)], region)
    if seen.boxes and _ends_in_half_a_number(seen.boxes[-1], region):
        seen.boxes.pop()
        cut = True
    if whole and seen.boxes:
        start = _start_of(groups, seen.boxes[0], region)
    elif whole and seen.empty_at >= 0:
        start = seen.empty_at
    return _judge(seen, start, cut or not values.closed, region)


def _judge(seen: Sighted, start: int, cut: bool, region: str, *, records: bool = False) -> _Found | None:
    """Say what the sighted boxes and lists come to; None where they are no answer.

    In ``records`` a text says that there is nothing only where the answer belongs, which :func:`sight` sees.
    """
    boxes = [box for box in seen.boxes if box.sure] or seen.boxes
    if boxes and not boxes[0].sure:
        if seen.empty_at > boxes[-1].start and stands_as_answer(region, seen.empty_at):
            return _Found([], seen.empty_at, cut)
        boxes = [
            box for box in boxes if not denied_at(region, box.start) and not is_a_measure(region, box.start)
        ]
        if not boxes or ends_in_a_denial(region):
            return None
    if not records:
        boxes = [_as_announced(box, region) for box in boxes]
    if boxes or seen.points:
        return _Found(boxes, start, cut, seen.points if not boxes or boxes[0].sure else 0)
    if seen.failed:
        return None
    if seen.empty_at >= 0:
        stands = not _is_checkbox(region, seen.empty_at) and (
            records or stands_as_answer(region, seen.empty_at)
        )
        return _Found([], start, False, 0, seen.denied) if stands and not cut else None
    nothing = None if cut or (records and "{" in region) else where_nothing_is_said(region)
    return None if nothing is None else _Found([], start or nothing, False)


def _ends_in_half_a_number(box: Written, region: str) -> bool:
    """Whether a region ends in the last number of a box that would be whole with further digits, and isn't without."""
    return (
        region[-1:].isdigit()
        and box.numbers is not None
        and box.numbers[3] < box.numbers[1]
        and box.numbers[0] < box.numbers[2]
    )


def _as_announced(box: Written, region: str) -> Written:
    """A box in the light of what its text says before it: of its order, and of the picture."""
    before = region[max(0, box.start - _NEAR) : box.start]
    in_the_open = not box.sure or region[box.start : box.start + 1] in ("(", "（")
    ordered = in_said_order(box, before)
    return replace(ordered, of_picture=in_the_open and bool(_OF_PICTURE.search(before)))


def _is_checkbox(region: str, place: int) -> bool:
    line = region[:place].rpartition("\n")[2]
    return bool(_CHECKBOX.match(line)) and bool(re.match(r"\[ \][ \t]*\w", region[place:]))


def _start_of(groups: Sequence[Any], box: Written, region: str) -> int:
    """Where the value that holds the first box begins; for a record in lines, its first line."""
    holding = [group for group in groups if group.start <= box.start]
    start = max((group.start for group in holding), default=box.start)
    return start if region[start : start + 1] in "[{(<（［｛【" else region.rfind("\n", 0, start) + 1


def _proposals(boxes: Sequence[Written], row: Family, width_px: int, height_px: int) -> list[Proposal]:
    """The boxes that can be used, in chip pixels."""
    numbers = [number for box in boxes if box.numbers for number in box.numbers if -1e9 < number < 1e9]
    scale = answer_scale(row, width_px, height_px)
    if row.full_scale != 1 and numbers and min(numbers) >= 0 and max(numbers) <= _A_SHARE:
        scale = (1.0, 1.0) if any(number % 1 for number in numbers) else (0.0, 0.0)
    boxes = [box for box in boxes if not (box.of_picture and box.numbers == (0, 0, *scale))]
    proposals = []
    for box in boxes:
        xyxy_px = _to_px(box, row, _scale_of(box, row, scale), width_px, height_px) if box.numbers else None
        if xyxy_px:
            proposals.append(Proposal(xyxy_px=xyxy_px, label=_name(box.label)))
    return proposals


def _name(label: str) -> str:
    """A label as a name: none is longer than a line, and one that a model says again and again is cut."""
    plain = well_formed(label)
    return plain if len(plain) <= _LONGEST_NAME else plain[: _LONGEST_NAME - 1] + "…"


def _scale_of(box: Written, row: Family, scale: tuple[float, float]) -> tuple[float, float]:
    """The scale of one box: percent mean shares whatever the family, pixels only a family that answers in them."""
    if box.unit == "%":
        return (100.0, 100.0)
    return (0.0, 0.0) if box.unit and row.full_scale is not None else scale


def _to_px(
    box: Written, row: Family, scale: tuple[float, float], width_px: int, height_px: int
) -> Xyxy | None:
    """Clamp one box to the chip; None when nothing of it is left, or it isn't in the family's frame."""
    a, b, c, d = box.numbers or (0.0, 0.0, 0.0, 0.0)
    x1, y1, x2, y2 = (b, a, d, c) if row.y_first and not box.named else (a, b, c, d)
    if not is_finite((x1, y1, x2, y2)) or not all(scale):
        return None
    x1, x2, y1, y2 = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
    shares = (x1 / scale[0], y1 / scale[1], x2 / scale[0], y2 / scale[1])
    if min(shares) < -_OUTSIDE or max(shares) > 1 + _OUTSIDE or (max(scale) > 1 and max(x2, y2) <= _A_SHARE):
        return None
    if max(scale) > 100 and max(x2 - x1, y2 - y1) < 1 and any(side % 1 for side in (x1, y1, x2, y2)):
        return None
    box_px = norm_to_px((x1, y1, x2, y2), width_px=width_px, height_px=height_px, norm_max=scale)
    return clip_xyxy(box_px, (0.0, 0.0, float(width_px), float(height_px)))


def _tidy(reasoning: str) -> str:
    lines = (line.strip() for line in reasoning.replace("```json", "").splitlines())
    return "\n".join(line for line in lines if line).strip()


def _shorten(text: str, limit: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def _repeated(text: str) -> str:
    """What the end of a text repeats, "" where it doesn't.

    A last sign that was cut in two is no part of it, nor is what closes brackets and fences after it.
    """
    for ends in ("\ufffd", "\ufffd]}) \n`"):
        whole = text.rstrip(ends)
        if unit := repeated_tail(whole):
            return whole[-unit:]
    return ""


def _no_answer(text: str, body: str, thinks_on: bool, found: _Found | None) -> str:
    again = _repeated(text)
    if again:
        return (
            f"The model lost the thread: it gave no answer and wrote {_shorten(again, 60)!r} again and again. More "
            "room does not help it. Ask in other, simpler words, at another zoom, or choose another model."
        )
    if thinks_on:
        return (
            f"The model's text ends while it is still reasoning, without an answer: {_shorten(text)!r}. "
            "Ask in other words; where the text is cut off, raise max_new_tokens in the model's remotezero.json."
        )
    if found is not None:
        return (
            f"The model answered with {found.points} point(s) where boxes were asked for: {_shorten(body)!r}. "
            "Ask in other words or choose another model."
        )
    return (
        f"The model's text holds no boxes and no empty list: {_shorten(text)!r}. "
        "Ask in other words or choose another model."
    )
