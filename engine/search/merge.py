"""Joins the parts of boxes that a window's edge cut, and drops parts of boxes seen whole elsewhere.

A *seam* is the edge of a window that is not an edge of the searched extent; a box that ends there
is *cut*. Every decision is a property of two detections alone (their boxes, windows and scores),
so that neither the order of the input nor doing it twice makes a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.imagery.frames import rectangle_xyxy_src
from engine.types import Detection, Window, Xyxy

SEAM_SHARE = 0.02
"""A box this close to a seam, as a share of the window's side, counts as cut by it."""

JOIN_AGREEMENT = 0.5
"""Overlap along the seam, as a share of the shorter part, from which two parts are one object."""

ABSORB_INSIDE = 0.8
"""Share of a cut box that must lie inside the box that absorbs it."""

ABSORB_SCORE = 0.5
"""The absorbing box must score at least this share of the cut box's score."""

Boxes = NDArray[np.float64]
Values = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Table:
    """Detections of one query as columns, sorted by the left side of their boxes.

    Attributes:
        items: the detections, N.
        boxes: N x 4, source pixels.
        areas: N, square source pixels.
        scores: N.
        views: N x 4, their windows in source pixels.
        scales: N, equal for windows of one level and resolution.
        cut: N x 4, True where the box ends at a seam on that side (left, top, right, bottom).
        slack: N x 2, how close counts as touching, in x and y.
        widest: the largest width of a box.
    """

    items: list[Detection]
    boxes: Boxes
    areas: Values
    scores: Values
    views: Boxes
    scales: Indices
    cut: Flags
    slack: Boxes
    widest: float

    @classmethod
    def of(cls, items: Sequence[Detection], extent: Values) -> Table:
        """Tabulate detections; ``extent`` is the searched extent in source pixels."""
        items = sorted(items, key=lambda item: (item.xyxy_src[0], rank(item)))
        boxes = np.array([item.xyxy_src for item in items], np.float64)
        views = np.array([rectangle_xyxy_src(item.window) for item in items], np.float64)
        chips = np.array([(item.window.width_px, item.window.height_px) for item in items], np.float64)
        sides = views[:, 2:] - views[:, :2]
        slack = np.maximum(sides * SEAM_SHARE, sides / chips)
        return cls(
            items=list(items),
            boxes=boxes,
            areas=(boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]),
            scores=np.array([item.score for item in items], np.float64),
            views=views,
            scales=np.array([_scale(item.window) for item in items], np.intp),
            cut=(np.abs(boxes - views) <= np.tile(slack, 2)) & (views != extent),
            slack=slack,
            widest=float((boxes[:, 2] - boxes[:, 0]).max()),
        )

    def near(self, index: int) -> Indices:
        """Indices of boxes that touch box ``index`` (itself too), give or take the slack."""
        x1, y1, x2, y2 = self.boxes[index]
        pad_x, pad_y = 2 * self.slack[index]
        left = self.boxes[:, 0]
        first = int(np.searchsorted(left, x1 - self.widest - pad_x, side="left"))
        last = int(np.searchsorted(left, x2 + pad_x, side="right"))
        some = self.boxes[first:last]
        hit = (some[:, 2] >= x1 - pad_x) & (some[:, 1] <= y2 + pad_y) & (some[:, 3] >= y1 - pad_y)
        return np.asarray(np.flatnonzero(hit) + first, np.intp)


def rank(detection: Detection) -> tuple[float, Xyxy, str, Xyxy, int, str, str]:
    """A total order on what can be seen of a detection of one query: best score first."""
    window = detection.window
    return (
        -detection.score,
        detection.xyxy_src,
        window.level,
        rectangle_xyxy_src(window),
        window.index,
        detection.label,
        detection.reasoning,
    )


def join(group: list[Detection], extent: Values) -> list[Detection]:
    """Replace parts cut at facing seams by the box round them, until no such pair is left.

    Two parts belong together when their windows have one resolution, each window sees past the
    other's seam, and along the seam the parts overlap by ``JOIN_AGREEMENT`` of the shorter one.
    """
    while True:
        table = Table.of(group, extent)
        parts = _components(len(group), _continuations(table))
        if len(parts) == len(group):
            return group
        group = [_union([table.items[index] for index in part]) for part in parts]


def absorb(group: list[Detection], extent: Values) -> list[Detection]:
    """Drop a cut box that lies inside a larger box whose window sees past the cut."""
    table = Table.of(group, extent)
    return [item for a, item in enumerate(table.items) if not (table.cut[a].any() and _absorbed(table, a))]


def intersections(boxes: Boxes, box: Values) -> Values:
    """Area that each of ``boxes`` (N x 4) has in common with ``box``."""
    width = np.minimum(boxes[:, 2], box[2]) - np.maximum(boxes[:, 0], box[0])
    height = np.minimum(boxes[:, 3], box[3]) - np.maximum(boxes[:, 1], box[1])
    return np.asarray(np.maximum(width, 0) * np.maximum(height, 0))


def _scale(window: Window) -> int:
    """Level and source pixels per chip pixel, to a percent, as one number."""
    percent = round(100 * window.width_src / window.width_px)
    return percent if window.level == "detail" else -percent


def _continuations(table: Table) -> Iterator[tuple[int, int]]:
    """Pairs (a, b) of parts of one object, a cut at its right or bottom seam, b at the facing one."""
    for a in np.flatnonzero(table.cut[:, 2] | table.cut[:, 3]).tolist():
        others = table.near(a)
        others = others[table.scales[others] == table.scales[a]]
        for axis in (0, 1):
            if table.cut[a, axis + 2]:
                for b in others[_continues(table, a, others, axis)].tolist():
                    yield a, b


def _continues(table: Table, a: int, others: Indices, axis: int) -> Flags:
    """Which of ``others`` continue box ``a`` past its right (axis 0) or bottom (axis 1) seam."""
    low, high = axis, axis + 2
    views, view = table.views[others], table.views[a]
    past = (views[:, low] <= view[high]) & (views[:, high] > view[high]) & (views[:, low] > view[low])
    return np.asarray(table.cut[others, low] & past & _agree_along(table, a, others, 1 - axis))


def _agree_along(table: Table, a: int, others: Indices, axis: int) -> Flags:
    """Whether boxes overlap enough along ``axis``, in the stretch that both windows see."""
    low, high = axis, axis + 2
    views, view = table.views[others], table.views[a]
    boxes, box = table.boxes[others], table.boxes[a]
    pad = table.slack[a, axis]
    seen_low = np.maximum(views[:, low], view[low]) - pad
    seen_high = np.minimum(views[:, high], view[high]) + pad
    a_low, a_high = np.maximum(box[low], seen_low), np.minimum(box[high], seen_high)
    b_low, b_high = np.maximum(boxes[:, low], seen_low), np.minimum(boxes[:, high], seen_high)
    shorter = np.minimum(a_high - a_low, b_high - b_low)
    common = np.minimum(a_high, b_high) - np.maximum(a_low, b_low)
    return np.asarray((shorter > 0) & (common >= JOIN_AGREEMENT * shorter))


def _components(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Connected components of a graph on 0..size-1."""
    parent = list(range(size))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for a, b in pairs:
        parent[root(a)] = root(b)
    members: dict[int, list[int]] = {}
    for index in range(size):
        members.setdefault(root(index), []).append(index)
    return list(members.values())


def _union(parts: list[Detection]) -> Detection:
    """The box and the window round the parts, with the attributes of the best one."""
    if len(parts) == 1:
        return parts[0]
    best = min(parts, key=rank)
    x1, y1, x2, y2 = _outline([part.xyxy_src for part in parts])
    left, top, right, bottom = (
        round(edge) for edge in _outline([rectangle_xyxy_src(p.window) for p in parts])
    )
    window = best.window
    whole = replace(
        window,
        col_src=left,
        row_src=top,
        width_src=right - left,
        height_src=bottom - top,
        width_px=max(1, round((right - left) * window.width_px / window.width_src)),
        height_px=max(1, round((bottom - top) * window.height_px / window.height_src)),
    )
    return replace(best, xyxy_src=(x1, y1, x2, y2), window=whole, crop=None)


def _outline(boxes: Sequence[Xyxy]) -> Xyxy:
    left, top, right, bottom = zip(*boxes, strict=True)
    return (min(left), min(top), max(right), max(bottom))


def _absorbed(table: Table, a: int) -> bool:
    others = table.near(a)
    views, view = table.views[others], table.views[a]
    past = np.concatenate([views[:, :2] < view[:2], views[:, 2:] > view[2:]], axis=1)
    sees_past = (past | ~table.cut[a]).all(axis=1)
    inside = intersections(table.boxes[others], table.boxes[a]) >= ABSORB_INSIDE * table.areas[a]
    scores_enough = table.scores[others] >= ABSORB_SCORE * table.scores[a]
    return bool((sees_past & inside & scores_enough & (table.areas[others] > table.areas[a])).any())


def merge_detections(
    detections: Sequence[Detection], windows: Sequence[Window], *, iou: float = 0.5
) -> list[Detection]:
    """Reduce the detections of all windows to one per object and query.

    Per query: boxes cut by a seam are joined with their continuation (:func:`engine.search.merge.join`),
    parts of boxes that another window saw whole are dropped (:func:`engine.search.merge.absorb`), and of
    boxes that overlap by more than ``iou`` the best-scoring stays (non-maximum suppression). The
    result does not depend on the order of the input, and merging it again changes nothing.

    A joined detection has the box and the window round its parts, the attributes of the
    best-scoring part, and ``crop`` None: the verifier has not seen it, so callers that want its
    own score cut it from the raster and ask again.

    Args:
        detections: of one raster, any queries, any order.
        windows: the whole plan they come from; its outline tells seams from edges of the extent.
        iou: intersection over union above which the lower-scoring of two boxes goes.

    Returns:
        The survivors, by query, then best score first.
    """
    if not detections:
        return []
    extent = _extent_src([*windows, *(detection.window for detection in detections)])
    groups: dict[str, list[Detection]] = {}
    for detection in detections:
        groups.setdefault(detection.query, []).append(detection)
    merged: list[Detection] = []
    for query in sorted(groups):
        whole = absorb(join(groups[query], extent), extent)
        merged.extend(_suppress(whole, extent, iou))
    return merged


def _extent_src(windows: Sequence[Window]) -> Values:
    outlines = np.array([rectangle_xyxy_src(window) for window in windows])
    return np.concatenate([outlines[:, :2].min(axis=0), outlines[:, 2:].max(axis=0)])


def _suppress(group: list[Detection], extent: Values, iou: float) -> list[Detection]:
    """Greedy non-maximum suppression, best score first."""
    table = Table.of(group, extent)
    alive = np.ones(len(table.items), bool)
    kept: list[Detection] = []
    for index in sorted(range(len(table.items)), key=lambda index: rank(table.items[index])):
        if not alive[index]:
            continue
        kept.append(table.items[index])
        others = table.near(index)
        common = intersections(table.boxes[others], table.boxes[index])
        alive[others[common > iou * (table.areas[others] + table.areas[index] - common)]] = False
    return kept
