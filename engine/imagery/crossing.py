"""From one raster to another that shows the same place: other pixels, CRS and extent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import shapely
from affine import Affine
from rasterio.crs import CRS
from rasterio.warp import transform as transform_points
from shapely.geometry.base import BaseGeometry

from engine.errors import InputError, RasterReadError
from engine.imagery.crops import enclosing
from engine.imagery.dateline import extent_of, on_this_side, turn_of
from engine.imagery.frames import Point, clip_xyxy, crs_to_src, src_to_crs
from engine.imagery.gdal_errors import GDAL_ERRORS
from engine.imagery.georeference import IN_PIXELS
from engine.imagery.network import without_secrets
from engine.imagery.shapes import polygon_of, shape_of
from engine.types import Chip, Rectangle, Xyxy

PIECES = 32
"""Into so many pieces the edge of a whole raster is cut before it is moved to another CRS."""

SIDE_PX = 128
"""A place is looked at for data at no more pixels a side than this."""


class Placed(Protocol):
    """What of an open raster is needed here; see :class:`engine.imagery.raster.Raster`."""

    path: str
    width_src: int
    height_src: int
    crs_wkt: str | None
    transform: Affine
    gsd_m: float | None
    warnings: tuple[str, ...]

    def read_chip(self, rectangle: Rectangle) -> Chip:
        """One rectangle at its chip's size."""
        ...


@dataclass(frozen=True)
class Crossing:
    """The way of places from one raster to another.

    Attributes:
        home: the raster that places are given on.
        other: the raster that they are wanted on.
    """

    home: Placed
    other: Placed

    def back(self) -> Crossing:
        """The way back."""
        return Crossing(self.other, self.home)

    def ring(self, points_crs: Sequence[Point]) -> list[Point] | None:
        """A closed ring of one raster's map units in those of the other; None where it has no place there."""
        if self.home.crs_wkt is None or self.other.crs_wkt is None or self.home.crs_wkt == self.other.crs_wkt:
            moved = [(x, y) for x, y in points_crs]
        else:
            try:
                xs, ys = transform_points(
                    CRS.from_user_input(self.home.crs_wkt),
                    CRS.from_user_input(self.other.crs_wkt),
                    [x for x, _ in points_crs],
                    [y for _, y in points_crs],
                )
            except GDAL_ERRORS:
                return None
            moved = list(zip(xs, ys, strict=True))
        if not np.isfinite(moved).all():
            return None
        turn = turn_of(self.other.crs_wkt)
        if turn is None:
            return moved
        polygon = {"type": "Polygon", "coordinates": [moved]}
        extent = extent_of(self.other.transform, self.other.width_src, self.other.height_src)
        return [(x, y) for x, y in on_this_side(polygon, extent, turn)["coordinates"][0]]

    def box(self, xyxy_src: Xyxy) -> Xyxy | None:
        """The upright box in the other raster's source pixels round a box of this one; None without a place."""
        ring = self.ring(_cut(src_to_crs(xyxy_src, self.home.transform), 4))
        return None if ring is None else crs_to_src(ring, self.other.transform)

    def shape(self, shape_crs: BaseGeometry) -> BaseGeometry | None:
        """Polygons in the other raster's map units, their holes left out; None without a place."""
        parts = []
        for part in shapely.get_parts(shape_crs):
            if not isinstance(part, shapely.Polygon) or part.is_empty:
                continue
            ring = self.ring(_cut([(x, y) for x, y, *_ in part.exterior.coords], PIECES))
            if ring is None:
                return None
            parts.append(shapely.make_valid(shapely.Polygon(ring)))
        return shapely.union_all(parts) if parts else None


def check_comparable(before: Placed, after: Placed) -> None:
    """Refuse two rasters that share no ground.

    Raises:
        InputError: one lies in a CRS and the other does not, or neither says how large its pixels are.
    """
    for raster in (before, after):
        if raster.gsd_m is None:
            raise InputError(
                f"Nothing says how many metres a pixel of {_name(raster)} has, so what is near to what can't be "
                "told. Georeference it in QGIS first, or give its metres per pixel (--gsd-of-raster, "
                "--gsd-of-before)."
            )
    if (before.crs_wkt is None) == (after.crs_wkt is None):
        pictures = [any(IN_PIXELS in said for said in raster.warnings) for raster in (before, after)]
        sizes = {(raster.width_src, raster.height_src) for raster in (before, after)}
        if not any(pictures) or (all(pictures) and len(sizes) == 1):
            return
        raise InputError(
            f"{_name(before)} and {_name(after)} have no georeference, and are not pictures of one size, so nobody "
            "knows where they meet. Georeference them in QGIS first (Layer, Georeferencer)."
        )
    without, with_one = (before, after) if before.crs_wkt is None else (after, before)
    raise InputError(
        f"{_name(without)} has no CRS and {_name(with_one)} has one, so nobody knows where they meet. Give the "
        "first one its CRS (in QGIS: Placed, Projections, Assign projection), then compare again."
    )


def common_areas(
    before: Placed, after: Placed, area_crs: dict[str, Any] | None, edge_px: int
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """What both rasters cover, as a search area on each, with an edge round it, so that what lies there is seen whole.

    Args:
        before: the earlier raster.
        after: the later raster.
        area_crs: GeoJSON geometry in the later raster's CRS; None for everywhere.
        edge_px: how much more, in pixels of the coarser raster.

    Returns:
        For the earlier and for the later raster a GeoJSON geometry in its own CRS; None where all of it is meant.

    Raises:
        InputError: they show no place in common.
    """
    wanted = _extent(after) if area_crs is None else shapely.make_valid(shape_of(area_crs))
    there = Crossing(after, before)
    # The smaller one is moved: all of a world map has no place in the CRS of a town.
    if _width_m(after) <= _width_m(before):
        moved = there.shape(wanted)
        on_before = None if moved is None else shapely.intersection(moved, _extent(before))
        back = there.back().shape(on_before) if on_before is not None else None
        on_after = None if back is None else shapely.intersection(back, wanted)
    else:
        moved = there.back().shape(_extent(before))
        on_after = None if moved is None else shapely.intersection(moved, wanted)
        on_before = there.shape(on_after) if on_after is not None else None
    if on_before is None or on_after is None or not (on_before.area > 0 and on_after.area > 0):
        where = "" if area_crs is None else " in the chosen area"
        raise InputError(
            f"{_name(before)} and {_name(after)} show no place in common{where}. Check that both show the same "
            "place, and the CRS of both."
        )
    edge_m = edge_px * max(before.gsd_m or 1.0, after.gsd_m or 1.0)
    return _as_area(before, on_before, edge_m), _as_area(after, on_after, edge_m)


def covered_share(raster: Placed, xyxy_src: Xyxy) -> float:
    """Which share of a box in source pixels the raster has data for, 0..1.

    Raises:
        RasterReadError: GDAL can't read that part.
    """
    inside = clip_xyxy(xyxy_src, (0.0, 0.0, raster.width_src, raster.height_src))
    size = (xyxy_src[2] - xyxy_src[0]) * (xyxy_src[3] - xyxy_src[1])
    if inside is None or size <= 0:
        return 0.0
    left, top, right, bottom = enclosing(inside)
    right, bottom = min(right, raster.width_src), min(bottom, raster.height_src)
    if right <= left or bottom <= top:
        return 0.0
    scale = min(1.0, SIDE_PX / max(right - left, bottom - top))
    sides = (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale)))
    chip = raster.read_chip(Rectangle(left, top, right - left, bottom - top, *sides))
    part = (inside[2] - inside[0]) * (inside[3] - inside[1]) / size
    return float(chip.valid.mean()) * part


def covers(raster: Placed, xyxy_src: Xyxy, share: float) -> bool | None:
    """Whether a raster has data for at least a share of a box; None where it can't be read."""
    try:
        return covered_share(raster, xyxy_src) >= share
    except RasterReadError:
        return None


def _cut(ring: Sequence[Point], pieces: int) -> list[Point]:
    """A closed ring with each edge cut into pieces, since straight lines are bent by other projections."""
    cut: list[Point] = []
    for (x1, y1), (x2, y2) in pairwise(ring):
        cut += [(x1 + (x2 - x1) * n / pieces, y1 + (y2 - y1) * n / pieces) for n in range(pieces)]
    return [*cut, ring[-1]]


def _extent(raster: Placed) -> BaseGeometry:
    return shapely.Polygon(
        src_to_crs((0.0, 0.0, float(raster.width_src), float(raster.height_src)), raster.transform)
    )


def _as_area(raster: Placed, shape: BaseGeometry, edge_m: float) -> dict[str, Any] | None:
    """A search area with its edge; None where it is the whole raster, but for what rounding takes off."""
    unit_m = (raster.gsd_m or 1.0) / math.sqrt(abs(raster.transform.determinant))
    shape = shapely.intersection(shapely.buffer(shape, edge_m / unit_m, join_style="mitre"), _extent(raster))
    if shape.area >= _extent(raster).area * (1 - 1e-6):
        return None
    polygons = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
    return polygon_of(shapely.MultiPolygon(polygons))


def _width_m(raster: Placed) -> float:
    return float(raster.width_src) * (raster.gsd_m or 1.0)


def _name(raster: Placed) -> str:
    return without_secrets(raster.path)
