"""From a mask to the polygon of what it shows: parts and holes, simplified and squared in metres, on the map.

Nothing here knows a model: a mask is an array, and where it lies is a square of source pixels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import rasterio.features
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon, box, shape
from shapely.geometry.base import BaseGeometry

from engine.imagery.crops import crop_square
from engine.imagery.frames import points_square_to_src, src_to_square_px
from engine.imagery.ground_plane import Ground, Plane
from engine.imagery.shapes import polygon_of
from engine.types import Xyxy

MARGIN = 0.5
"""Context on each side of a box in the picture, as a share of its longer side."""
ENLARGED_AT_MOST = 8
"""A picture shows at least its side over this many source pixels: what is enlarged more has no edges left."""
SPILL = 0.15
"""How far beyond its box an object may reach, as a share of the box's longer side: boxes are a little off."""
PART_SHARE = 0.2
"""Parts smaller than this share of the largest one are crumbs."""
HOLE_SHARE = 0.02
"""Holes smaller than this share of their part are filled."""
TRUE_ENOUGH = 0.85
"""An outline is simplified less where its IoU with the mask would fall below."""
SQUARE_IOU = 0.9
"""An outline is squared only where its IoU with the mask stays at least so high."""
PLAINER = 0.02
"""A rectangle is preferred to other right-angled shapes whose IoU is not higher by more than this."""


@dataclass(frozen=True)
class OutlineStyle:
    """How outlines are drawn.

    Attributes:
        tolerance_m: how far the outline may lie from the mask's edge, in metres, 0 for not at all; None for half a
            pixel of the raster, or three quarters of one of the picture's where those are larger.
        square: give it right angles where that fits.
    """

    tolerance_m: float | None = None
    square: bool = False


def square_round(box_src: Xyxy, picture_px: int) -> tuple[Xyxy, float]:
    """The square of the raster that a model is shown for a box, and its margin for ``Raster.read_crop``.

    Large boxes are shown coarser than the raster is, small ones with more of what is round them.

    Args:
        box_src: the box in source pixels.
        picture_px: side of the picture that the model looks at.
    """
    longer = max(abs(box_src[2] - box_src[0]), abs(box_src[3] - box_src[1]), 1e-3)
    side = max(longer * (1 + 2 * MARGIN), picture_px / ENLARGED_AT_MOST)
    margin = (side / longer - 1) / 2
    return crop_square(box_src, margin), margin


def draw_outline(
    mask: NDArray[np.bool_],
    square_src: Xyxy,
    box_src: Xyxy,
    ground: Ground,
    size_src: tuple[int, int],
    style: OutlineStyle,
) -> dict[str, Any] | None:
    """Draw the outline of what a mask shows in a box.

    Args:
        mask: N x N, true where the object is.
        square_src: the square of the raster that the mask covers.
        box_src: the box that the object was asked for by.
        ground: where the raster's pixels lie.
        size_src: width and height of the raster; what lies beyond is cut off.
        style: how to draw.

    Returns:
        GeoJSON Polygon or MultiPolygon in the raster's CRS, valid and finite; None where the mask shows nothing
        in the box.
    """
    side_px = mask.shape[0]
    plane = ground.plane(box_src)
    extent = box(0, 0, *size_src)
    kept = _parts(_within(mask, src_to_square_px(box_src, square_src, side_px)))
    on_src = [shapely.transform(p, lambda at: points_square_to_src(at, square_src, side_px)) for p in kept]
    inside = [piece for part in on_src for piece in _polygons(part.intersection(extent))]
    asked = box(*_upright(box_src))
    inside = [part for part in inside if part.intersection(asked).area > 0]
    if not inside:
        return None
    whole = shapely.union_all([shapely.transform(_whole(part), plane.from_src) for part in inside])
    mask_px = (square_src[2] - square_src[0]) / side_px
    tolerance = style.tolerance_m
    if tolerance is None:
        tolerance = max(0.5, 0.75 * mask_px) * plane.pixel
    drawn = simplified(whole, tolerance)
    if style.square:
        drawn = squared(whole, drawn) or drawn
    return _on_map(_cut(drawn, extent, plane), plane) or _on_map(whole, plane)


def simplified(whole: BaseGeometry, tolerance: float) -> BaseGeometry:
    """Simplify within a tolerance, and within less where little of a small shape would be left."""
    while tolerance > 0:
        plain = shapely.simplify(whole, tolerance, preserve_topology=True)
        if plain.is_valid and iou(plain, whole) >= TRUE_ENOUGH:
            return plain
        tolerance = tolerance / 2 if tolerance > 1e-6 * math.sqrt(whole.area) else 0.0
    return whole


def squared(whole: BaseGeometry, drawn: BaseGeometry) -> BaseGeometry | None:
    """The right-angled shape that fits best, part by part; None where none fits well enough.

    Args:
        whole: the mask, in metres.
        drawn: its simplified outline, whose edges tell the directions.
    """
    parts = []
    for part in _polygons(drawn):
        outer = _squared_ring(part.exterior)
        holes = [_squared_ring(hole) for hole in part.interiors]
        if outer is None:
            return None
        parts.append(outer.difference(shapely.union_all([hole for hole in holes if hole is not None])))
    made = shapely.union_all(parts)
    same_parts = len(_polygons(made)) == len(parts)
    return made if same_parts and made.is_valid and iou(made, whole) >= SQUARE_IOU else None


def iou(one: BaseGeometry, other: BaseGeometry) -> float:
    """Area of the intersection over that of the union; 0 for empty shapes."""
    union = one.union(other).area
    return float(one.intersection(other).area / union) if union > 0 else 0.0


def _upright(box_src: Xyxy) -> Xyxy:
    x1, y1, x2, y2 = box_src
    return (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _within(mask: NDArray[np.bool_], box_px: Xyxy) -> NDArray[np.bool_]:
    """The mask as far as it lies in its box or a little beyond."""
    left, top, right, bottom = _upright(box_px)
    spill = max(SPILL * max(right - left, bottom - top), 2.0)
    near = np.zeros_like(mask, dtype=bool)
    rows = slice(max(math.floor(top - spill), 0), max(math.ceil(bottom + spill), 0))
    columns = slice(max(math.floor(left - spill), 0), max(math.ceil(right + spill), 0))
    near[rows, columns] = mask[rows, columns]
    return near


def _parts(mask: NDArray[np.bool_]) -> list[Polygon]:
    """The mask's parts as polygons along its pixels' edges, without crumbs and pinholes."""
    found = rasterio.features.shapes(mask.astype(np.uint8), mask=mask, connectivity=4)
    parts = [shape(geometry) for geometry, _ in found]
    largest = max((part.area for part in parts), default=0.0)
    return [_without_pinholes(part) for part in parts if part.area >= PART_SHARE * largest]


def _without_pinholes(part: Polygon) -> Polygon:
    least = HOLE_SHARE * Polygon(part.exterior).area
    return Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area >= least])


def _polygons(found: BaseGeometry) -> list[Polygon]:
    """The polygons of whatever an operation gave, without points, lines and what has no area."""
    pieces = shapely.get_parts(found)
    if any(piece.geom_type == "GeometryCollection" for piece in pieces):
        pieces = [inner for piece in pieces for inner in shapely.get_parts(piece)]
    return [piece for piece in pieces if piece.geom_type == "Polygon" and piece.area > 0]


def _whole(part: BaseGeometry) -> BaseGeometry:
    return part if part.is_valid else shapely.make_valid(part)


def _cut(drawn: BaseGeometry, extent_src: BaseGeometry, plane: Plane) -> BaseGeometry:
    """What a right-angled shape has beyond the raster's edge is cut off; nothing else reaches there."""
    there = shapely.transform(extent_src, plane.from_src)
    return drawn if there.covers(drawn) else shapely.union_all(_polygons(_whole(drawn).intersection(there)))


def _on_map(found: BaseGeometry, plane: Plane) -> dict[str, Any] | None:
    """A shape in metres as GeoJSON in map units, valid and finite there; None where nothing is left of it."""
    placed = shapely.transform(found, plane.to_crs)
    if not np.isfinite(shapely.get_coordinates(placed)).all():
        return None
    pieces = _polygons(placed if placed.is_valid else shapely.make_valid(placed))
    if not pieces:
        return None
    turned = list(shapely.orient_polygons(np.array(pieces, object)))
    return polygon_of(turned[0] if len(turned) == 1 else shapely.MultiPolygon(turned))


def _squared_ring(ring: BaseGeometry) -> Polygon | None:
    """The rectangle round a ring, or the right-angled shape along one of its main directions; None without one."""
    area = Polygon(ring)
    rectangle = shapely.minimum_rotated_rectangle(area)
    if rectangle.geom_type != "Polygon" or rectangle.area <= 0:
        return None
    edges = np.diff(shapely.get_coordinates(rectangle.exterior), axis=0)
    angles = [math.atan2(edges[0][1], edges[0][0]), _main_direction(ring)]
    made = [shaped for angle in angles if (shaped := _right_angled(ring, angle)) is not None]
    best = max(made, key=lambda shaped: iou(shaped, area), default=rectangle)
    return best if iou(best, area) > iou(rectangle, area) + PLAINER else rectangle


def _main_direction(ring: BaseGeometry) -> float:
    """The direction of most of a ring's length, in radians, right angles taken as the same."""
    edges = np.diff(shapely.get_coordinates(ring), axis=0)
    lengths = np.hypot(edges[:, 0], edges[:, 1])
    turned = lengths * np.exp(4j * np.arctan2(edges[:, 1], edges[:, 0]))
    return float(np.angle(turned.sum()) / 4)


def _right_angled(ring: BaseGeometry, angle: float) -> Polygon | None:
    """A ring with each edge turned to the nearer of a direction and its normal; None where that makes no polygon."""
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    points = shapely.get_coordinates(ring) @ turn
    edges = np.diff(points, axis=0)
    lengths = np.hypot(edges[:, 0], edges[:, 1])
    points, edges, lengths = points[:-1][lengths > 0], edges[lengths > 0], lengths[lengths > 0]
    level = np.abs(edges[:, 0]) >= np.abs(edges[:, 1])
    starts = np.flatnonzero(level != np.roll(level, 1))
    if len(starts) < 4:
        return None
    middles = points + edges / 2
    order = np.roll(np.arange(len(level)), -starts[0])
    runs: Sequence[NDArray[np.int64]] = np.split(order, np.cumsum(np.diff(starts)))
    lines = []
    for run in runs:
        axis = 1 if level[run[0]] else 0
        lines.append((axis, float(np.average(middles[run, axis], weights=lengths[run]))))
    corners = []
    for (axis, here), (_, there) in zip(lines, lines[1:] + lines[:1], strict=True):
        corners.append((there, here) if axis == 1 else (here, there))
    made = Polygon(np.array(corners) @ turn.T)
    return made if made.is_valid and made.area > 0 else None
