"""From values to boxes as they were written: which key holds what, which numbers are one box.

The reader of :mod:`engine.language.loose` says what stands together; here it gets its meaning. Nothing
here knows a picture: numbers stay as the model wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.language.loose import Group, Measured, read_values
from engine.language.nothing import where_nothing_is_said
from engine.language.sides import (
    ORDERS,
    Four,
    boxes_in,
    four_of,
    in_corners,
    in_order,
    number_of,
    numbers_of,
    order_of,
    plain_key,
    point_of,
    rectangle_round,
    said_order,
    sides_of,
)

_BOX_TEXT = """
bbox_2d bbox2d bbox box_2d box2d box bboxes bboxes_2d boxes box_coordinates bounding_box bounding_boxes
bounding_box_2d boundingbox boundingboxes coordinates coordinate coords coord location locations position
region rect rectangle xyxy bbox_xyxy xywh bbox_xywh cxcywh yxyx
"""
_OUTLINE_TEXT = "polygon polygons quad quads poly segmentation outline vertices contour"
_POINT_TEXT = "point_2d point2d point points points_2d center centre keypoint keypoints click centroid"
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
_NAMES = ("labels", "bboxes_labels", "names", "classes", "categories", "phrases", "class_names")
_OTHER_TEXT = """
image_size size resolution image_width image_height width height color colour score confidence
probability prob area count id index think thought thoughts thinking thought_process reason reasoning explanation
analysis rationale rejected excluded ignored discarded example examples query question format image picture
photo canvas frame image_bbox image_box image_rect image_bounds origin shape dimensions
"""
_LISTS_TEXT = """
answer answers boxes objects object_list results result detections detected output outputs response predictions
instances items targets findings found matches annotations
"""
_ABSENT_TEXT = "present found visible exists exist detected match matches is_match"
_BOX, _OUTLINE, _POINT, _OTHER, _LISTS, _ABSENT = (
    frozenset(words.split())
    for words in (_BOX_TEXT, _OUTLINE_TEXT, _POINT_TEXT, _OTHER_TEXT, _LISTS_TEXT, _ABSENT_TEXT)
)
_FAILURES = ("error", "refusal", "failure")
_TURNED_BOX = re.compile(r"rotat|orient|(?:^|_)obb")
_DENIED_NAME = re.compile(
    r"(?:none|nothing|null|n/a|nil|empty|not found)\Z|(?:no|none of|not an?|not the) [a-z]", re.IGNORECASE
)
_SIGNS = re.compile(r"\b(?:parking|entry|fly|zone|sign|area|stopping)\b", re.IGNORECASE)
_BETWEEN_POINTS = re.compile(
    r"\s*(?:[,;-]|->|→|to|bis|à|至|到)?\s*|[^\d()\[\]{}.\n]*\b(?:bottom|lower)[ -]right\b[^\d()\[\]{}.\n]*"
)


@dataclass(frozen=True)
class Written:
    """One box as the model wrote it.

    Attributes:
        numbers: four numbers; None where what should be a box is no such thing.
        label: its name, "" without one.
        sure: it stands under a key or a mark for boxes, or with a name; not just as four numbers in a text.
        named: its sides are named (``x1`` and the like), so their order says nothing.
        of_picture: the words before it speak of the picture's own extent.
        unit: ``%`` or ``px`` where every number has it, "" where none has one.
        start: where it stands in the text.
    """

    numbers: Four | None
    label: str
    sure: bool
    named: bool = False
    start: int = 0
    unit: str = ""
    of_picture: bool = False


@dataclass
class Sighted:
    """All that a text holds.

    Attributes:
        boxes: in their order.
        points: how many places were given as points.
        empty_at: where the last list stands that is there and holds nothing; -1 without one.
        denied: how many boxes without an area stand in records that say of themselves that nothing is there.
        failed: the writer says that it could not do what was asked, so an empty list is no answer.
    """

    boxes: list[Written] = field(default_factory=list)
    points: int = 0
    empty_at: int = -1
    denied: int = 0
    failed: bool = False


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
            _note_text(value, place.label, seen)
        elif says == "list" and where_nothing_is_said(value) is not None:
            seen.empty_at = max(seen.empty_at, 0)
        return
    if not isinstance(value, Group):
        if says in ("box", "list") and value is None:
            seen.empty_at = max(seen.empty_at, 0)
        return
    says = "box" if value.kind == "mark" else says
    if value.kind == "fields" and value.pairs:
        yield from _fields(value, place.label, seen)
        return
    yield from _list(value, says, value.label or place.label, seen, text)


def _fields(group: Group, label: str, seen: Sighted) -> Iterator[_Place]:
    """A record: its sides, or what stands under its keys."""
    fields = {plain_key(key): value for key, value in reversed(group.pairs)}
    named = next((_text(fields[key]) for key in _NAME if isinstance(fields.get(key), str)), "")
    label = named or label
    seen.failed = seen.failed or any(isinstance(fields.get(key), str) and fields[key] for key in _FAILURES)
    if _is_denied(fields, named):
        _note_denied(group, seen)
        return
    holds_more = any(
        isinstance(v, Group) and any(isinstance(i, Group) for i in v.items) for v in fields.values()
    )
    sides = None if fields.keys() & _BOX or holds_more else sides_of(fields)
    if sides is not None:
        seen.boxes.append(_written(sides, label, True, named=True, start=group.start))
        return
    yield from _under_keys(group, label, order_of(fields), any(fields.get(key) for key in _BOX))
    for item in group.items:
        if isinstance(item, Group):
            yield _Place(item, label)


def _under_keys(group: Group, label: str, order: str, has_box: bool) -> Iterator[_Place]:
    """What stands under the keys of a record; beside its box, its outline and its points are the same thing again."""
    for key, value in group.pairs:
        plain = plain_key(key)
        if plain in _BOX:
            said = plain if plain in ORDERS else order or plain.rpartition("_")[2]
            names = _names_beside(group, value)
            for item, name in zip(value.items, names, strict=True) if names else [(value, label)]:
                yield _Place(in_order(item, said), name, "box")
        elif plain in _OUTLINE or plain in _POINT:
            if not has_box:
                yield _Place(value, label, "outline" if plain in _OUTLINE else "point")
        elif plain in _OTHER:
            continue
        elif isinstance(value, Group):
            own = "" if plain.endswith(("s", "answer", "list", "result", "output", "data")) else key.strip()
            is_box = bool(value.items) and not value.pairs
            if not _TURNED_BOX.search(plain):
                yield _Place(value, label or (own if is_box else ""), "named" if is_box and own else "key")
        elif plain in _LISTS or (len(group.pairs) == 1 and plain not in (*_NAME, *_FAILURES)):
            yield _Place(value, label, "list")


def _names_beside(group: Group, boxes: Any) -> list[str]:
    """The names in a list of their own beside a list of as many boxes; [] where there is none."""
    lists = {plain_key(key): value.items for key, value in group.pairs if isinstance(value, Group)}
    names = next((lists[key] for key in _NAMES if key in lists), [])
    fits = isinstance(boxes, Group) and len(names) == len(boxes.items) and boxes.closed
    fits = fits and all(isinstance(name, str) for name in names)
    return [_text(name) for name in names] if fits and all(isinstance(b, Group) for b in boxes.items) else []


def _is_denied(fields: dict[str, Any], named: str) -> bool:
    """Whether a record says of itself that what it is about is not there: by its name, or by a flag."""
    if any(_text(fields.get(key)).lower() in ("false", "no") for key in _ABSENT):
        return True
    return bool(_DENIED_NAME.match(named)) and not _SIGNS.search(named)


def _note_denied(group: Group, seen: Sighted) -> None:
    """A record that denies itself: nothing where it has no box with an area, else no box that can be believed."""
    inner = Sighted()
    left = [_Place(value, "", "box") for key, value in group.pairs if plain_key(key) in _BOX]
    left += [
        _Place(value, "")
        for key, value in group.pairs
        if isinstance(value, Group) and plain_key(key) not in _BOX
    ]
    has_box = bool(left)
    while left:
        left += _understand(left.pop(), inner, "")
    real = [box for box in inner.boxes if box.numbers is None or len(set(box.numbers)) > 1]
    if real:
        seen.boxes += [Written(None, "", True, start=box.start) for box in real]
    elif has_box and (inner.boxes or inner.empty_at >= 0):
        seen.denied += len(inner.boxes)
        seen.empty_at = max(seen.empty_at, group.start)


def in_said_order(box: Written, before: str) -> Written:
    """A box of which the text before it says what its numbers are, as in ``[ymin, xmin, ymax, xmax]: [1, 2, 3, 4]``."""
    order = said_order(before) if box.numbers and not box.named else ""
    return replace(box, numbers=in_corners(box.numbers, order), named=True) if order and box.numbers else box


def _list(group: Group, says: str, label: str, seen: Sighted, text: str) -> Iterator[_Place]:
    """Numbers, points, or further values."""
    items = group.items
    label = next((_text(value) for key, value in group.pairs if plain_key(key) in _NAME), label)
    if _is_empty(group, says):
        seen.empty_at = max(seen.empty_at, group.start if group.closed else -1)
        return
    names = [item for item in items if isinstance(item, str) and number_of(item) is None]
    numbers = [number for number in map(number_of, items) if number is not None]
    if items and len(names) <= 1 and len(numbers) + len(names) == len(items):
        _note_numbers(group, numbers, says, names[0].strip() if names else label, bool(names), seen)
        return
    points = [point for point in map(point_of, items) if point]
    if items and len(points) == len(items) and says != "point":
        (x1, y1), (x2, y2) = points[0], points[-1]
        if len(points) == 2:
            seen.boxes.append(_written((x1, y1, x2, y2), label, says != "", start=group.start))
            return
        if says in ("box", "outline"):
            if group.closed:
                seen.boxes.append(_written(rectangle_round(points), label, True, start=group.start))
            return
    name = names[0].strip() if len(names) == 1 and len(items) == 2 else label
    inner = Group("fields", pairs=group.pairs, start=group.start) if group.pairs else None
    for item in [*([inner] if inner else []), *_joined_points(items, text)]:
        if isinstance(item, Group):
            yield _Place(item, name, says if says in ("box", "outline", "point", "named", "key") else "")


def _is_empty(group: Group, says: str) -> bool:
    """Whether a list holds nothing, or is a box of nothing but ``null``."""
    if group.pairs or (group.kind == "fields" and not group.items and says != "box"):
        return False
    return not group.items or (says == "box" and group.closed and all(item is None for item in group.items))


def _note_numbers(
    group: Group, numbers: Sequence[float], says: str, label: str, named: bool, seen: Sighted
) -> None:
    """A list of plain numbers: one box, one point, or none of these."""
    sure = named or says in ("box", "named", "outline")
    if not group.closed:
        return
    boxes = boxes_in(numbers) if says != "outline" else []
    if boxes:
        seen.boxes += [_written(box, label, sure, start=group.start) for box in boxes]
    elif len(numbers) == 2 and says != "box":
        seen.points += says == "point" or group.kind == "list"
    elif len(numbers) % 2 == 0 and (len(numbers) >= 6 if says == "outline" else says and len(numbers) == 8):
        corners = list(zip(numbers[::2], numbers[1::2], strict=True))
        seen.boxes.append(_written(rectangle_round(corners), label, True, start=group.start))
    elif says in ("box", "outline"):
        seen.boxes.append(Written(None, label, True, start=group.start))


def _joined_points(items: Sequence[Any], text: str) -> list[Any]:
    """Values with each pair of neighbouring points, ``(1,2),(3,4)``, made one list of two.

    An odd number of points in a row is an outline or a list of points, and no pairs.
    """
    joined: list[Any] = []
    row: list[Group] = []
    for item in [*items, None]:
        if row and not (isinstance(item, Group) and _is_next_point(row[-1], item, text)):
            cut_short = isinstance(item, Group) and not item.closed
            joined += _pairs(row[:-1] if cut_short and len(row) % 2 else row)
            row = []
        if isinstance(item, Group) and (row or (_is_round(item, text) and point_of(item))):
            row.append(item)
        else:
            joined.append(item)
    return joined[:-1]


def _is_round(group: Group, text: str) -> bool:
    return group.closed and text[group.start : group.start + 1] in ("(", "（")


def _is_next_point(one: Group, two: Group, text: str) -> bool:
    return (
        _is_round(two, text)
        and point_of(two) is not None
        and _BETWEEN_POINTS.fullmatch(text[one.end : two.start]) is not None
    )


def _pairs(row: list[Group]) -> list[Any]:
    if len(row) % 2:
        return list(row)
    return [
        Group("mark", items=[one, two], label=one.label, start=one.start, end=two.end)
        for one, two in zip(row[::2], row[1::2], strict=True)
    ]


def _note_text(value: str, label: str, seen: Sighted) -> None:
    """A box as a text: numbers, any other way of writing boxes, or that there is none."""
    if not value.strip(" []{}()-") or where_nothing_is_said(value) is not None:
        seen.empty_at = max(seen.empty_at, 0)
        return
    boxes = boxes_in(numbers_of(value) or [])
    if not boxes:
        inner = sight(read_values(value).items, value)
        boxes = [box.numbers for box in inner.boxes if box.numbers]
        if any(box.named for box in inner.boxes):
            seen.boxes += [Written(box.numbers, label, True, box.named, unit=box.unit) for box in inner.boxes]
            return
    seen.boxes += [_written(box, label, True) for box in boxes] or [Written(None, label, sure=True)]


def _written(
    numbers: Sequence[float], label: str, sure: bool, *, named: bool = False, start: int = 0
) -> Written:
    """A box with its unit; no box where only some of its numbers have one."""
    units = {number.unit if isinstance(number, Measured) else "" for number in numbers}
    if len(units) > 1:
        return Written(None, label, sure, named, start)
    return Written(four_of([float(number) for number in numbers]), label, sure, named, start, units.pop())


def _label_of(value: Any) -> str:
    return value.label if isinstance(value, Group) else ""


def _text(value: Any) -> str:
    return str(value).strip()
