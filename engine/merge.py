"""Merges detections of overlapping windows: one box per object, whole across seams.

A *seam* is the edge of a window that is not an edge of the searched extent. A box that ends at
a seam is *cut* there. Three steps, per query, each decided by pairs alone, so that the order of
the input does not matter and merging twice changes nothing:

1. *join*: two boxes cut at facing seams of overlapping or touching windows, which agree along
   the seam, become the box round both; repeated until no pair is left.
2. *absorb*: a cut box that lies inside a larger box from a window that sees past the seam goes.
3. *non-maximum suppression* by score, in source pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.frames import window_xyxy_src
from engine.types import Detection, Window

SEAM_SHARE = 0.02
"""A box this close to a seam, as a share of the window's side, counts as cut by it."""

JOIN_AGREEMENT = 0.5
"""Overlap along the seam, as a share of the shorter part, from which two parts are one object."""

ABSORB_INSIDE = 0.8
"""Share of a cut box that must lie inside the box that absorbs it."""

ABSORB_SCORE = 0.5
"""The absorbing box must score at least this share of the cut box's score."""

Boxes = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class _Table:
    """Detections of one query as columns, sorted by the left side of their boxes.

    Attributes:
        items: the detections, N.
        boxes: N x 4, source pixels.
        views: N x 4, their windows in source pixels.
        scores: N.
        cut: N x 4, True where the box ends at a seam on that side (left, top, right, bottom).
        slack: N x 2, how close counts as touching, in x and y.
        widest: the largest width of a box.
    """

    items: list[Detection]
    boxes: Boxes
    views: Boxes
    scores: NDArray[np.float64]
    cut: Flags
    slack: Boxes
    widest: float

    def near(self, index: int) -> NDArray[np.intp]:
        """Indices of boxes that touch box ``index`` (itself too), give or take the slack."""
        x1, y1, x2, y2 = self.boxes[index]
        pad_x, pad_y = 2 * self.slack[index]
        first = np.searchsorted(self.boxes[:, 0], x1 - self.widest - pad_x, side="left")
        last = np.searchsorted(self.boxes[:, 0], x2 + pad_x, side="right")
        some = self.boxes[first:last]
        hit = (some[:, 2] >= x1 - pad_x) & (some[:, 1] <= y2 + pad_y) & (some[:, 3] >= y1 - pad_y)
        return np.flatnonzero(hit) + first


def merge_detections(
    detections: Sequence[Detection], windows: Sequence[Window], *, iou: float = 0.5
) -> list[Detection]:
    """Reduce the detections of all windows to one per object and query.

    A joined detection has the box and the window round its parts, the attributes of the
    best-scoring part, and ``crop`` None: the verifier has not seen it, so callers that want its
    own score cut it from the raster and ask again.

    Args:
        detections: of one raster, any queries, any order.
        windows: the whole plan they come from; its outline tells seams from edges of the extent.
        iou: overlap above which the lower-scoring of two boxes is dropped.

    Returns:
        The survivors, by query, then best score first.
    """
    if not detections:
        return []
    outline = np.array([window_xyxy_src(window) for window in [*windows, *(d.window for d in detections)]])
    extent = np.concatenate([outline[:, :2].min(axis=0), outline[:, 2:].max(axis=0)])
    merged: list[Detection] = []
    for query in sorted({detection.query for detection in detections}):
        group = sorted((d for d in detections if d.query == query), key=_rank)
        group = _join(group, extent)
        group = _absorb(group, extent)
        merged.extend(_suppress(group, extent, iou))
    return merged


def _rank(detection: Detection) -> tuple[object, ...]:
    """A total order on what can be seen of a detection: best score first."""
    window = detection.window
    return (
        -detection.score,
        detection.xyxy_src,
        window.level,
        window_xyxy_src(window),
        window.index,
        detection.label,
        detection.reasoning,
    )


def _table(items: Sequence[Detection], extent: NDArray[np.float64]) -> _Table:
    items = sorted(items, key=lambda detection: (detection.xyxy_src[0], _rank(detection)))
    boxes = np.array([detection.xyxy_src for detection in items], np.float64)
    views = np.array([window_xyxy_src(detection.window) for detection in items], np.float64)
    chips = np.array([(d.window.width_px, d.window.height_px) for d in items], np.float64)
    sides = views[:, 2:] - views[:, :2]
    slack = np.maximum(sides * SEAM_SHARE, sides / chips)
    tolerance = np.tile(slack, 2)
    cut = (np.abs(boxes - views) <= tolerance) & (views != extent)
    scores = np.array([detection.score for detection in items], np.float64)
    return _Table(list(items), boxes, views, scores, cut, slack, float((boxes[:, 2] - boxes[:, 0]).max()))


def _join(group: list[Detection], extent: NDArray[np.float64]) -> list[Detection]:
    while True:
        table = _table(group, extent)
        parts = _components(len(group), _continuations(table))
        if len(parts) == len(group):
            return group
        group = [_union([table.items[index] for index in part]) for part in parts]


def _continuations(table: _Table) -> Iterator[tuple[int, int]]:
    """Pairs (a, b) of parts of one object, a cut at its right or bottom seam, b at the facing one."""
    for a in np.flatnonzero(table.cut[:, 2] | table.cut[:, 3]):
        others = table.near(int(a))
        for axis in (0, 1):
            if table.cut[a, axis + 2]:
                for b in others[_continues(table, int(a), others, axis)]:
                    yield int(a), int(b)


def _continues(table: _Table, a: int, others: NDArray[np.intp], axis: int) -> Flags:
    """Which of ``others`` continue box ``a`` past its right (axis 0) or bottom (axis 1) seam."""
    low, high = axis, axis + 2
    along_low, along_high = 1 - axis, 3 - axis
    views, boxes = table.views[others], table.boxes[others]
    seam = table.views[a, high]
    sees_past = (views[:, low] <= seam) & (views[:, high] > seam) & (views[:, low] > table.views[a, low])
    pad = table.slack[a, 1 - axis]
    shared_low = np.maximum(views[:, along_low], table.views[a, along_low]) - pad
    shared_high = np.minimum(views[:, along_high], table.views[a, along_high]) + pad
    a_low = np.maximum(table.boxes[a, along_low], shared_low)
    a_high = np.minimum(table.boxes[a, along_high], shared_high)
    b_low, b_high = np.maximum(boxes[:, along_low], shared_low), np.minimum(boxes[:, along_high], shared_high)
    shorter = np.minimum(a_high - a_low, b_high - b_low)
    common = np.minimum(a_high, b_high) - np.maximum(a_low, b_low)
    agree = (shorter > 0) & (common >= JOIN_AGREEMENT * shorter)
    same_scale = np.array([_scale(table.items[b]) == _scale(table.items[a]) for b in others], bool)
    return np.asarray(table.cut[others, low] & sees_past & agree & same_scale)


def _scale(detection: Detection) -> tuple[str, int]:
    """Level and source pixels per chip pixel, to a percent: only equal ones are joined."""
    window = detection.window
    return window.level, round(100 * window.width_src / window.width_px)


def _components(size: int, pairs: Iterator[tuple[int, int]]) -> list[list[int]]:
    """Connected components of a graph on 0..size-1, each sorted."""
    parent = list(range(size))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for a, b in pairs:
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    members: dict[int, list[int]] = {}
    for index in range(size):
        members.setdefault(root(index), []).append(index)
    return list(members.values())


def _union(parts: list[Detection]) -> Detection:
    if len(parts) == 1:
        return parts[0]
    best = min(parts, key=_rank)
    boxes = np.array([part.xyxy_src for part in parts])
    views = np.array([window_xyxy_src(part.window) for part in parts])
    x1, y1, x2, y2 = (*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())
    left, top = (int(value) for value in views[:, :2].min(axis=0))
    right, bottom = (int(value) for value in views[:, 2:].max(axis=0))
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


def _absorb(group: list[Detection], extent: NDArray[np.float64]) -> list[Detection]:
    table = _table(group, extent)
    areas = _areas(table.boxes)
    kept: list[Detection] = []
    for a, detection in enumerate(table.items):
        if not table.cut[a].any() or not _inside_larger(table, areas, a):
            kept.append(detection)
    return kept


def _inside_larger(table: _Table, areas: NDArray[np.float64], a: int) -> bool:
    others = table.near(a)
    views, view = table.views[others], table.views[a]
    past = np.concatenate([views[:, :2] < view[:2], views[:, 2:] > view[2:]], axis=1)
    sees_past = (past | ~table.cut[a]).all(axis=1)
    inside = _intersections(table.boxes[others], table.boxes[a]) >= ABSORB_INSIDE * areas[a]
    scores_enough = table.scores[others] >= ABSORB_SCORE * table.scores[a]
    return bool((sees_past & inside & scores_enough & (areas[others] > areas[a])).any())


def _suppress(group: list[Detection], extent: NDArray[np.float64], iou: float) -> list[Detection]:
    table = _table(group, extent)
    areas = _areas(table.boxes)
    order = sorted(range(len(table.items)), key=lambda index: _rank(table.items[index]))
    alive = np.ones(len(order), bool)
    kept: list[Detection] = []
    for index in order:
        if not alive[index]:
            continue
        kept.append(table.items[index])
        others = table.near(index)
        common = _intersections(table.boxes[others], table.boxes[index])
        union = areas[others] + areas[index] - common
        alive[others[common > iou * union]] = False
    return kept


def _areas(boxes: Boxes) -> NDArray[np.float64]:
    return np.asarray((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]))


def _intersections(boxes: Boxes, box: NDArray[np.float64]) -> NDArray[np.float64]:
    width = np.minimum(boxes[:, 2], box[2]) - np.maximum(boxes[:, 0], box[0])
    height = np.minimum(boxes[:, 3], box[3]) - np.maximum(boxes[:, 1], box[1])
    return np.asarray(np.maximum(width, 0) * np.maximum(height, 0))
