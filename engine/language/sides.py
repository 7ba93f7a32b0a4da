"""What four numbers stand for: sides of a box by their keys, their order, their units; and points.

Nothing here looks for a box: it is given the fields of one record, a list of numbers, or a text that should be one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from engine.language.loose import Group, Measured

Four = tuple[float, float, float, float]

ORDERS = ("xyxy", "xywh", "cxcywh", "yxyx")
_TURNED = ("angle", "rotation", "theta")
_SIDES = (
    ("x1", "y1", "x2", "y2"), ("xmin", "ymin", "xmax", "ymax"), ("left", "top", "right", "bottom"),
    ("x0", "y0", "x1", "y1"), ("minx", "miny", "maxx", "maxy"), ("xstart", "ystart", "xend", "yend"),
    ("startx", "starty", "endx", "endy"), ("xleft", "ytop", "xright", "ybottom"),
)  # fmt: skip
_EXTENTS = (("x", "y", "width", "height"), ("x", "y", "w", "h"), ("left", "top", "width", "height"))
_CENTRES = (
    ("xcenter", "ycenter", "width", "height"), ("centerx", "centery", "width", "height"), ("cx", "cy", "w", "h"),
    ("xcenter", "ycenter", "w", "h"), ("cx", "cy", "width", "height"),
)  # fmt: skip
_CORNERS = (
    ("topleft", "bottomright"),
    ("upperleft", "lowerright"),
    ("p1", "p2"),
    ("start", "end"),
    ("min", "max"),
)
_NUMBERS_IN_TEXT = re.compile(
    r"(?<!\d)[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?: ?(?:%|px\b)|(?![\w%]))"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_X, _Y, _SIZES = r"(?:x\w*|left)", r"(?:y\w*|top)", r"w(?:idth)?,\s*h(?:eight)?"
_LEGEND = re.compile(
    rf"[\[(]\s*(?:(?P<cxcywh>(?:c_?x|x_?c\w*|cent\w*x),\s*(?:c_?y|y_?c\w*|cent\w*y),\s*{_SIZES})"
    rf"|(?P<xywh>{_X},\s*{_Y},\s*{_SIZES})|(?P<yxyx>{_Y},\s*{_X},\s*(?:y\w*|bottom),\s*(?:x\w*|right))"
    rf"|(?P<xyxy>{_X},\s*{_Y},\s*(?:x\w*|right),\s*(?:y\w*|bottom)))\s*[\])]",
    re.IGNORECASE,
)
_GROUND = re.compile(
    r"\b(?:latitudes?|longitudes?|lat|lon|lng|wgs ?84|epsg|utm|eastings?|northings?|geographic)\b|\d ?°"
    r"|经度|纬度|緯度|経度",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"(?<!box )(?<!bbox )(?<!coordinate )\b(?:ndvi|rgb|bands?|colou?rs?|values?|measures?|lengths?|widths?|heights?"
    r"|years?|scores?|areas?|sizes?)(?: (?:is|are|of|in|were|was|between))?\s*[:=]?\s*$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[^\])]*[\])]\s*(?:m|km|cm|ft|ha|met(?:re|er)s?|kilomet(?:re|er)s?|feet|hectares?|years?|respectively)\b",
    re.IGNORECASE,
)
_NEAR = 240
"""How far from four numbers a word still says what they are."""
_BETWEEN_NUMBERS = re.compile(r"[\s,;|()\[\]{}]*")


def sides_of(fields: dict[str, Any]) -> Four | None:
    """The four sides where a record names each of them."""
    plain = {key.replace("_", ""): value for key, value in fields.items()}
    for keys in _SIDES:
        numbers = [number_of(plain.get(key)) for key in keys]
        if None not in numbers:
            return four_of([number for number in numbers if number is not None])
    for keys in _EXTENTS:
        numbers = [number_of(plain.get(key)) for key in keys]
        if None not in numbers:
            x, y, width, height = (number for number in numbers if number is not None)
            return (x, y, x + width, y + height)
    for keys in _CENTRES:
        numbers = [number_of(plain.get(key)) for key in keys]
        if None not in numbers:
            return _round_centre(*(number for number in numbers if number is not None))
    centre, size = (
        point_of(plain.get("center") or plain.get("centre")),
        (number_of(plain.get("width")), number_of(plain.get("height"))),
    )
    if centre and None not in size:
        return _round_centre(*centre, *(number for number in size if number is not None))
    for first, second in _CORNERS:
        one, two = point_of(plain.get(first)), point_of(plain.get(second))
        if one and two:
            return (*one, *two)
    return None


def point_of(value: Any) -> tuple[float, float] | None:
    """Two numbers: as a list, as ``x`` and ``y``, or as a text of two."""
    if isinstance(value, str):
        found = numbers_of(value)
        return (found[0], found[1]) if found and len(found) == 2 else None
    if not isinstance(value, Group):
        return None
    if value.pairs:
        fields = {plain_key(key): item for key, item in value.pairs}
        x, y = number_of(fields.get("x")), number_of(fields.get("y"))
    elif len(value.items) == 2:
        x, y = number_of(value.items[0]), number_of(value.items[1])
    else:
        return None
    return (x, y) if x is not None and y is not None and value.closed else None


def order_of(fields: dict[str, Any]) -> str:
    """Which numbers a record says that its box has, "" where it says nothing; ``turned`` where it lies askew."""
    if any(number_of(fields.get(key)) for key in _TURNED):
        return "turned"
    if {"image_id", "category_id"} & fields.keys() and "bbox" in fields:
        return "xywh"
    said = next(
        (fields[key] for key in ("format", "bbox_format", "box_format") if isinstance(fields.get(key), str)),
        "",
    )
    return re.sub(r"[^a-z]", "", said.lower())


def said_order(before: str) -> str:
    """Which numbers a text announces last, as in ``[ymin, xmin, ymax, xmax]: …``; "" where it says nothing."""
    legends = list(_LEGEND.finditer(before))
    return (legends[-1].lastgroup or "") if legends else ""


def in_corners(numbers: Four, order: str) -> Four:
    """Numbers that stand in some order as two corners, x first."""
    a, b, c, d = numbers
    if order == "yxyx":
        return (b, a, d, c)
    if order == "xywh":
        return (a, b, a + c, b + d)
    return _round_centre(a, b, c, d) if order == "cxcywh" else numbers


def in_order(value: Any, order: str) -> Any:
    """A box whose numbers stand in another order, or are sizes, as a record that names its sides."""
    if order == "turned":
        return Group("list", items=[0.0], start=value.start if isinstance(value, Group) else 0)
    if order not in ORDERS or not isinstance(value, Group) or value.pairs:
        return value
    if all(isinstance(item, Group) for item in value.items):
        return Group(
            "list", [in_order(item, order) for item in value.items], start=value.start, closed=value.closed
        )
    keys = {"xyxy": _SIDES[0], "xywh": _EXTENTS[0], "cxcywh": _CENTRES[0], "yxyx": ("y1", "x1", "y2", "x2")}[
        order
    ]
    if len(value.items) != len(keys) or not value.closed:
        return value
    return Group("fields", pairs=list(zip(keys, value.items, strict=True)), start=value.start, end=value.end)


def boxes_in(numbers: Sequence[float]) -> list[Sequence[float]]:
    """The boxes in a list of plain numbers: one, one with its score, or several of which each has its corners in order.

    Eight numbers may be the four corners of one outline as well; going round it they are never so ordered.
    """
    if len(numbers) == 4:
        return [numbers]
    if len(numbers) == 5 and 0 <= numbers[4] <= 1:
        return [numbers[:4]]
    fours = [numbers[place : place + 4] for place in range(0, len(numbers), 4)]
    proper = len(numbers) % 4 == 0 and all(x1 < x2 and y1 < y2 for x1, y1, x2, y2 in fours)
    return fours if proper else []


def numbers_of(text: str) -> list[float] | None:
    """The numbers of a text that holds nothing else."""
    rest = _NUMBERS_IN_TEXT.sub(" ", text)
    return (
        list(map(Measured.read, _NUMBERS_IN_TEXT.findall(text))) if _BETWEEN_NUMBERS.fullmatch(rest) else None
    )


def number_of(value: Any) -> float | None:
    """A value as a number, with its unit where a text has one; None where it is none."""
    if isinstance(value, float):
        return value
    if isinstance(value, str) and value.strip()[:1] in "+-.0123456789":
        plain = value.strip()
        try:
            return Measured.read(plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain)
        except ValueError:
            return None
    return None


def _round_centre(x: float, y: float, width: float, height: float) -> Four:
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def rectangle_round(points: Sequence[tuple[float, float]]) -> Four:
    """The rectangle round some points."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def four_of(numbers: Sequence[float]) -> Four:
    """A sequence of four numbers as a tuple."""
    a, b, c, d = numbers
    return (a, b, c, d)


@lru_cache(maxsize=512)
def plain_key(key: str) -> str:
    """A key in lower case, with one underscore for whatever parts its words."""
    return re.sub(r"[\s-]+", "_", key.strip().lower())


def is_finite(numbers: Sequence[float]) -> bool:
    """Whether all numbers are finite."""
    return all(map(math.isfinite, numbers))


def is_a_measure(text: str, place: int) -> bool:
    """Whether the line round four numbers in the open speaks of degrees, metres or values, not of places."""
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    end = end if end >= 0 else len(text)
    return bool(
        _names_the_ground(text, start, end)
        or _MEASURED.search(text, max(start, place - _NEAR), place)
        or _UNIT.match(text, place, min(end, place + _NEAR))
    )


@lru_cache(maxsize=4)
def _names_the_ground(text: str, start: int, end: int) -> bool:
    """Whether a line of a text speaks of degrees; asked for each of its boxes, of which one line may hold thousands."""
    return bool(_GROUND.search(text, start, end))
