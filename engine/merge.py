"""Merges detections of overlapping windows: one box per object, whole across seams."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.frames import window_xyxy_src
from engine.seams import Table, Values, absorb, intersections, join, rank
from engine.types import Detection, Window


def merge_detections(
    detections: Sequence[Detection], windows: Sequence[Window], *, iou: float = 0.5
) -> list[Detection]:
    """Reduce the detections of all windows to one per object and query.

    Per query: boxes cut by a seam are joined with their continuation (:func:`engine.seams.join`),
    parts of boxes that another window saw whole are dropped (:func:`engine.seams.absorb`), and of
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
    outlines = np.array([window_xyxy_src(window) for window in windows])
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
