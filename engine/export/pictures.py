"""The pictures that a training set is made of, and which boxes are seen in which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from affine import Affine
from shapely.geometry.base import BaseGeometry

from engine.imagery.frames import points_crs_to_src, points_src_to_px, rectangle_xyxy_src
from engine.imagery.shapes import shape_of
from engine.types import Feature, Rectangle

SEEN = 0.5
"""A box belongs to a picture that shows at least so much of it, and always to the one that shows most."""

LEAST_PX = 0.5
"""A box of which a picture shows less than this, in either direction, can't be drawn."""


@dataclass(frozen=True)
class Seen:
    """One box in one picture: the place of its feature, and its outline in the picture's pixels, clipped to it."""

    place: int
    outline_px: BaseGeometry


@dataclass(frozen=True)
class Picture:
    """One picture: a rectangle of the raster under a file name, and the boxes in it."""

    name: str
    rectangle: Rectangle
    seen: tuple[Seen, ...]


def shapes_src(features: Sequence[Feature], transform: Affine) -> list[BaseGeometry]:
    """Outlines of features in source pixels, valid ones; the features are in the raster's CRS already."""
    shapes = [
        shapely.transform(shape_of(feature.geometry), lambda xy: points_crs_to_src(xy, transform))
        for feature in features
    ]
    return [shape if shape.is_valid else shapely.make_valid(shape) for shape in shapes]


def finest_gsd(features: Sequence[Feature]) -> float | None:
    """The finest resolution at which any of the boxes was found, None where none says."""
    found = [feature.properties.get("gsd_m") for feature in features]
    return min((gsd for gsd in found if gsd and gsd > 0), default=None)


def pictures_of(
    raster: str, rectangles: Sequence[Rectangle], shapes: Sequence[BaseGeometry], ending: str
) -> list[Picture]:
    """A picture for each rectangle of a raster, with the outlines that belong to it.

    Args:
        raster: its name, which the names of the pictures begin with.
        rectangles: of the raster.
        shapes: outlines in source pixels.
        ending: of the names.
    """
    stem = re.sub(r"[^A-Za-z0-9]+", "_", Path(raster).stem).strip("_")[:40] or "raster"
    seen = seen_in(rectangles, shapes)
    return [
        Picture(f"{stem}_{frame.col_src}_{frame.row_src}.{ending}", frame, tuple(seen.get(place, ())))
        for place, frame in enumerate(rectangles)
    ]


def beside(shapes: Sequence[BaseGeometry], width_src: int, height_src: int) -> int:
    """How many outlines lie beside a raster or have no area, and so are in no picture."""
    whole = shapely.box(0, 0, width_src, height_src)
    return int(np.count_nonzero(shapely.area(shapely.intersection(np.array(shapes, object), whole)) == 0))


def seen_in(rectangles: Sequence[Rectangle], shapes: Sequence[BaseGeometry]) -> dict[int, list[Seen]]:
    """By the place of each rectangle the boxes that belong to it."""
    frames = shapely.box(*np.array([rectangle_xyxy_src(rectangle) for rectangle in rectangles]).T)
    outlines = np.array(shapes, object)
    box, frame = shapely.STRtree(frames).query(outlines, predicate="intersects")
    parts = shapely.intersection(outlines[box], frames[frame])
    areas = shapely.area(parts)
    largest = np.zeros(len(outlines))
    np.maximum.at(largest, box, areas)
    found: dict[int, list[Seen]] = {}
    taken: set[int] = set()
    for index in np.lexsort((frame, box)):
        place, area = int(box[index]), float(areas[index])
        most = area == largest[place] and place not in taken
        if not (most or area >= SEEN * shapely.area(outlines[place])) or area == 0:
            continue
        taken |= {place} if most else set()
        rectangle = rectangles[frame[index]]
        outline = _in_pixels(parts[index], rectangle)
        if outline is not None:
            found.setdefault(int(frame[index]), []).append(Seen(place, outline))
    return found


def _in_pixels(part: BaseGeometry, rectangle: Rectangle) -> BaseGeometry | None:
    """The polygons of a clipped outline in a picture's pixels; None where there is nothing to draw."""
    sides = [side for side in shapely.get_parts(part) if side.geom_type == "Polygon" and side.area > 0]
    if not sides:
        return None
    whole = sides[0] if len(sides) == 1 else shapely.MultiPolygon(sides)
    outline = shapely.transform(whole, lambda xy: points_src_to_px(xy, rectangle))
    left, top, right, bottom = outline.bounds
    return outline if min(right - left, bottom - top) >= LEAST_PX else None
