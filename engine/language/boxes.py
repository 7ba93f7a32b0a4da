"""From values to boxes as they were written: which key holds what, which numbers are one box.

The reader of :mod:`engine.language.loose` says what stands together; here it gets its meaning. Nothing
here knows a picture: numbers stay as the model wrote them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from engine.language.loose import Group

_BOX_TEXT = """
bbox_2d bbox2d bbox box_2d box2d box bboxes bboxes_2d boxes box_coordinates bounding_box bounding_boxes
bounding_box_2d boundingbox boundingboxes coordinates coordinate coords coord location locations position
region rect rectangle xyxy
"""
_OUTLINE_TEXT = "polygon polygons quad quads poly points_2d segmentation outline vertices"
_POINT_TEXT = "point_2d point2d point points center centre keypoint click"
_NAME = (
    "label",
    "name",
    "class",
    "category",
    "object",
    "type",
    "description",
    "text",
    "ref",
    "phrase",
    "title",
)
_OTHER_TEXT = """
image_size size resolution image_width image_height width height color colour score confidence
probability prob area count id index thought thoughts thinking reasoning explanation
"""
_BOX, _OUTLINE, _POINT, _OTHER = (
    frozenset(words.split()) for words in (_BOX_TEXT, _OUTLINE_TEXT, _POINT_TEXT, _OTHER_TEXT)
)
_SIDES = (
    ("x1", "y1", "x2", "y2"), ("xmin", "ymin", "xmax", "ymax"), ("left", "top", "right", "bottom"),
    ("x0", "y0", "x1", "y1"), ("minx", "miny", "maxx", "maxy"), ("xstart", "ystart", "xend", "yend"),
)  # fmt: skip
_EXTENTS = (("x", "y", "width", "height"), ("x", "y", "w", "h"), ("left", "top", "width", "height"))
_CORNERS = (("topleft", "bottomright"), ("p1", "p2"), ("start", "end"), ("min", "max"))
_NUMBERS_IN_TEXT = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w%])")
_BETWEEN_NUMBERS = re.compile(r"[\s,;|()\[\]{}]*")
_BETWEEN_POINTS = re.compile(r"\s*[,;-]?\s*")


@dataclass(frozen=True)
class Written:
    """One box as the model wrote it.

    Attributes:
        numbers: four numbers; None where what should be a box is no such thing.
        label: its name, "" without one.
        sure: it stands under a key or a mark for boxes, or with a name; not just as four numbers in a text.
        named: its sides are named (``x1`` and the like), so their order says nothing.
        start: where it stands in the text.
    """

    numbers: tuple[float, float, float, float] | None
    label: str
    sure: bool
    named: bool = False
    start: int = 0


@dataclass
class Sighted:
    """All that a text holds.

    Attributes:
        boxes: in their order.
        points: how many places were given as points.
        empty_at: where the last list stands that is there and holds nothing; -1 without one.
    """

    boxes: list[Written] = field(default_factory=list)
    points: int = 0
    empty_at: int = -1


@dataclass(frozen=True)
class _Place:
    """A value on its way to being understood: its label, and whether a key said that it is a box."""

    value: Any
    label: str
    says: str = ""


def sight(groups: Sequence[Any], text: str) -> Sighted:
    """Find the boxes in the values of one text, in the order in which they were written.

    Args:
        groups: items of what :func:`engine.language.loose.read_values` returned.
        text: the text itself, to see what stands between two points.
    """
    seen = Sighted()
    left = [_Place(value, _label_of(value)) for value in reversed(_joined_points(groups, text))]
    while left:
        place = left.pop()
        left += reversed(list(_understand(place, seen, text)))
    return seen


def _understand(place: _Place, seen: Sighted, text: str) -> Iterator[_Place]:
    """Note what one value is; yields the values in it that have to be looked at in their turn."""
    value, says = place.value, place.says
    if isinstance(value, str):
        if says == "box":
            seen.boxes.append(_from_text(value, place.label))
        return
    if not isinstance(value, Group):
        if says == "box" and value is None:
            seen.empty_at = max(seen.empty_at, 0)
        return
    says = "box" if value.kind == "mark" else says
    if value.kind == "fields" and value.pairs:
        yield from _fields(value, place.label, seen)
        return
    yield from _list(value, says, value.label or place.label, seen, text)


def _fields(group: Group, label: str, seen: Sighted) -> Iterator[_Place]:
    """A record: its sides, or what stands under its keys."""
    fields = {_key(key): value for key, value in reversed(group.pairs)}
    named = next((_text(fields[key]) for key in _NAME if isinstance(fields.get(key), str)), "")
    label = named or label
    sides = None if fields.keys() & _BOX else _sides(fields)
    if sides is not None:
        seen.boxes.append(Written(sides, label, sure=True, named=True, start=group.start))
        return
    for key, value in group.pairs:
        plain = _key(key)
        if plain in _BOX:
            yield _Place(value, label, "box")
        elif plain in _OUTLINE:
            yield _Place(value, label, "outline")
        elif plain in _POINT:
            yield _Place(value, label, "point")
        elif isinstance(value, Group) and plain not in _OTHER:
            own = "" if plain.endswith(("s", "answer", "list", "result", "output", "data")) else key.strip()
            is_box = bool(value.items) and not value.pairs
            yield _Place(value, label or (own if is_box else ""), "named" if is_box and own else "key")
    for item in group.items:
        if isinstance(item, Group):
            yield _Place(item, label)


def _list(group: Group, says: str, label: str, seen: Sighted, text: str) -> Iterator[_Place]:
    """Numbers, points, or further values."""
    items = group.items
    label = next((_text(value) for key, value in group.pairs if _key(key) in _NAME), label)
    if not items and not group.pairs:
        if group.closed and group.kind != "fields":
            seen.empty_at = max(seen.empty_at, group.start)
        return
    names = [item for item in items if isinstance(item, str) and _number(item) is None]
    numbers = [number for number in map(_number, items) if number is not None]
    if items and len(names) <= 1 and len(numbers) + len(names) == len(items):
        _note_numbers(group, numbers, says, names[0].strip() if names else label, bool(names), seen)
        return
    points = [point for point in map(_point, items) if point]
    if items and len(points) == len(items) and says != "point":
        (x1, y1), (x2, y2) = points[0], points[-1]
        if len(points) == 2:
            seen.boxes.append(Written((x1, y1, x2, y2), label, sure=says != "", start=group.start))
            return
        if says in ("box", "outline"):
            if group.closed:
                seen.boxes.append(Written(_round(points), label, sure=True, start=group.start))
            return
    name = names[0].strip() if len(names) == 1 and len(items) == 2 else label
    inner = Group("fields", pairs=group.pairs, start=group.start) if group.pairs else None
    for item in [*([inner] if inner else []), *_joined_points(items, text)]:
        if isinstance(item, Group):
            yield _Place(item, name, says if says in ("box", "outline", "point", "named", "key") else "")


def _note_numbers(
    group: Group, numbers: Sequence[float], says: str, label: str, named: bool, seen: Sighted
) -> None:
    """A list of plain numbers: one box, one point, or none of these."""
    sure = named or says in ("box", "named", "outline")
    if not group.closed:
        return
    if len(numbers) == 4:
        seen.boxes.append(Written(_four(numbers), label, sure, start=group.start))
    elif len(numbers) == 5 and 0 <= numbers[4] <= 1:
        seen.boxes.append(Written(_four(numbers[:4]), label, sure, start=group.start))
    elif len(numbers) == 2 and says != "box":
        seen.points += says == "point" or group.kind == "list"
    elif len(numbers) % 2 == 0 and (len(numbers) >= 6 if says == "outline" else says and len(numbers) == 8):
        corners = list(zip(numbers[::2], numbers[1::2], strict=True))
        seen.boxes.append(Written(_round(corners), label, True, start=group.start))
    elif says in ("box", "outline"):
        seen.boxes.append(Written(None, label, True, start=group.start))


def _joined_points(items: Sequence[Any], text: str) -> list[Any]:
    """Values with each pair of neighbouring points, ``(1,2),(3,4)``, made one list of two."""
    joined: list[Any] = []
    place = 0
    while place < len(items):
        one = items[place]
        two = items[place + 1] if place + 1 < len(items) else None
        if (
            isinstance(one, Group)
            and isinstance(two, Group)
            and text[one.start : one.start + 1] in "(（"
            and one.closed
            and two.closed
            and _point(one)
            and _point(two)
            and _BETWEEN_POINTS.fullmatch(text[one.end : two.start])
        ):
            joined.append(Group("mark", items=[one, two], label=one.label, start=one.start, end=two.end))
            place += 2
        else:
            joined.append(one)
            place += 1
    return joined


def _sides(fields: dict[str, Any]) -> tuple[float, float, float, float] | None:
    """The four sides where a record names each of them."""
    plain = {key.replace("_", ""): value for key, value in fields.items()}
    for keys in _SIDES:
        numbers = [_number(plain.get(key)) for key in keys]
        if None not in numbers:
            return _four([number for number in numbers if number is not None])
    for keys in _EXTENTS:
        numbers = [_number(plain.get(key)) for key in keys]
        if None not in numbers:
            x, y, width, height = (number for number in numbers if number is not None)
            return (x, y, x + width, y + height)
    for first, second in _CORNERS:
        one, two = _point(plain.get(first)), _point(plain.get(second))
        if one and two:
            return (*one, *two)
    return None


def _point(value: Any) -> tuple[float, float] | None:
    """Two numbers: as a list, as ``x`` and ``y``, or as a text of two."""
    if isinstance(value, str):
        found = _numbers_of(value)
        return (found[0], found[1]) if found and len(found) == 2 else None
    if not isinstance(value, Group):
        return None
    if value.pairs:
        fields = {_key(key): item for key, item in value.pairs}
        x, y = _number(fields.get("x")), _number(fields.get("y"))
    elif len(value.items) == 2:
        x, y = _number(value.items[0]), _number(value.items[1])
    else:
        return None
    return (x, y) if x is not None and y is not None and value.closed else None


def _from_text(value: str, label: str) -> Written:
    found = _numbers_of(value) or []
    fits = len(found) == 4 or (len(found) == 5 and 0 <= found[4] <= 1)
    return Written(_four(found[:4]) if fits else None, label, sure=True)


def _numbers_of(text: str) -> list[float] | None:
    """The numbers of a text that holds nothing else."""
    rest = _NUMBERS_IN_TEXT.sub(" ", text)
    return [float(n) for n in _NUMBERS_IN_TEXT.findall(text)] if _BETWEEN_NUMBERS.fullmatch(rest) else None


def _number(value: Any) -> float | None:
    if isinstance(value, float):
        return value
    if isinstance(value, str) and value.strip()[:1] in "+-.0123456789":
        try:
            return float(value)
        except ValueError:
            return None
    return None


def _round(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """The rectangle round some points."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def _four(numbers: Sequence[float]) -> tuple[float, float, float, float]:
    a, b, c, d = numbers
    return (a, b, c, d)


@lru_cache(maxsize=512)
def _key(key: str) -> str:
    return re.sub(r"[\s-]+", "_", key.strip().lower())


def _label_of(value: Any) -> str:
    return value.label if isinstance(value, Group) else ""


def _text(value: Any) -> str:
    return str(value).strip()


def is_finite(numbers: Sequence[float]) -> bool:
    """Whether all numbers are finite."""
    return all(map(math.isfinite, numbers))
