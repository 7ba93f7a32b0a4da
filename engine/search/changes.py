"""What is new, what is gone, what stayed: boxes of two dates matched one to one, and what two looks say of each."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

Change = Literal["new", "gone", "stayed", "unsure", "not_seen"]
CHANGES: tuple[Change, ...] = ("new", "gone", "stayed", "unsure", "not_seen")

SAME_IOU = 0.3
"""Boxes that share this much are of one object, however far their centres lie from each other."""

MOST_TIMES = 3.0
"""Boxes whose longer sides differ by more than this factor are not of one object."""


@dataclass(frozen=True)
class Sight:
    """What is known of one place on one date.

    Attributes:
        found: the search has a box there.
        score: the verifier's P(yes) there; None where the raster shows nothing of the place.
    """

    found: bool
    score: float | None

    def agreed(self, threshold: float) -> bool:
        """Tell whether search and verifier say the same; a place that was not seen contradicts nothing."""
        return self.score is None or self.found == (self.score >= threshold)


def change_of(before: Sight, after: Sight, threshold: float) -> Change:
    """Say what became of a place.

    ``gone`` and ``new`` need the verifier's word that there is nothing on the other date: that the search found
    nothing is not enough. Where search and verifier disagree on a date the answer is ``unsure``.

    Args:
        before: on the earlier date.
        after: on the later date.
        threshold: the score from which on the verifier's answer is yes.
    """
    if before.score is None or after.score is None:
        return "not_seen"
    if not (before.agreed(threshold) and after.agreed(threshold)):
        return "unsure"
    if before.found and after.found:
        return "stayed"
    return "new" if after.found else "gone"


def match(
    before: Sequence[shapely.Polygon],
    after: Sequence[shapely.Polygon],
    queries_before: Sequence[str],
    queries_after: Sequence[str],
    tolerance: float,
    scale: NDArray[np.float64],
) -> dict[int, int]:
    """Match boxes of two dates one to one.

    Two boxes may belong together when the same question found them, they are of a like size, and their centres
    lie within the tolerance or they overlap by ``SAME_IOU``. Of all that may, those that overlap most are taken
    first, then the nearest; after that boxes change partners where one more pair comes of it, so that no box of
    a row is left over because its neighbour was a little nearer.

    Args:
        before: boxes of the earlier date, in map units of the later raster.
        after: boxes of the later date, in the same.
        queries_before: the question that found each.
        queries_after: the same for the later date.
        tolerance: in metres.
        scale: metres to a map unit in x and y at each box of the later date, N x 2.

    Returns:
        From places in ``after`` to places in ``before``.
    """
    if not before or not after:
        return {}
    wishes: list[tuple[float, float, int, int]] = []
    tree, centres = shapely.STRtree(before), shapely.centroid(before)
    for place, box in enumerate(after):
        reach = tolerance / scale[place]
        left, bottom, right, top = box.bounds
        near = tree.query(shapely.box(left - reach[0], bottom - reach[1], right + reach[0], top + reach[1]))
        for other in sorted(int(one) for one in near):
            if queries_before[other] != queries_after[place]:
                continue
            if not _alike(_sides(box, scale[place]), _sides(before[other], scale[place])):
                continue
            middle, there = box.centroid, centres[other]
            apart = float(np.hypot(*((middle.x - there.x, middle.y - there.y) * scale[place])))
            overlap = _iou(box, before[other])
            if apart <= tolerance or overlap >= SAME_IOU:
                wishes.append((-overlap, apart, place, other))
    return _assigned(sorted(wishes), len(after))


def _assigned(wishes: Sequence[tuple[float, float, int, int]], count: int) -> dict[int, int]:
    """Pairs by the order of wishes, then as many as there can be, by paths along which partners are changed."""
    may: list[list[int]] = [[] for _ in range(count)]
    pairs: dict[int, int] = {}
    taken: dict[int, int] = {}
    for _, _, place, other in wishes:
        may[place].append(other)
        if place not in pairs and other not in taken:
            pairs[place], taken[other] = other, place
    for place in range(count):
        if may[place] and place not in pairs:
            _make_room(place, may, pairs, taken)
    return pairs


def _make_room(
    start: int, may: Sequence[Sequence[int]], pairs: dict[int, int], taken: dict[int, int]
) -> None:
    """Pair ``start`` by having others change their partners, the fewest that will do; else nothing changes."""
    came_from: dict[int, int] = {}
    waiting = deque([start])
    while waiting:
        place = waiting.popleft()
        for other in may[place]:
            if other in came_from:
                continue
            came_from[other] = place
            if other in taken:
                waiting.append(taken[other])
                continue
            while True:
                owner = came_from[other]
                left = pairs.get(owner)
                pairs[owner], taken[other] = other, owner
                if left is None:
                    return
                other = left


def _sides(box: shapely.Polygon, scale: NDArray[np.float64]) -> float:
    left, bottom, right, top = box.bounds
    return float(max((right - left) * scale[0], (top - bottom) * scale[1]))


def _alike(one: float, other: float) -> bool:
    return max(one, other) <= MOST_TIMES * min(one, other)


def _iou(one: shapely.Polygon, other: shapely.Polygon) -> float:
    shared = float(shapely.intersection(one, other).area)
    whole = one.area + other.area - shared
    return shared / whole if whole > 0 else 0.0
