"""The pictures that a training set is made of, and which boxes are seen in which."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from affine import Affine
from shapely.geometry.base import BaseGeometry

from engine.errors import InputError
from engine.files import ROOM_BYTES
from engine.imagery.frames import points_crs_to_src, points_src_to_px, rectangle_xyxy_src
from engine.imagery.shapes import shape_of
from engine.types import Feature, Rectangle

SEEN = 0.5
"""A box belongs to a picture that shows at least so much of it, and always to the one that shows most."""

PIXEL_BYTES = {"jpg": 1.0, "png": 3.0}
"""What a picture's pixel takes on disk at most, on any but the noisiest raster."""

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


@dataclass(frozen=True)
class Part:
    """What one raster gives to a set.

    Attributes:
        raster: its name.
        features: its boxes, in its CRS.
        pictures: planned; the places in them count from the first of ``features``.
        lost: boxes that lie beside it or have no area.
    """

    raster: str
    features: list[Feature]
    pictures: list[Picture]
    lost: int
    crs_wkt: str | None


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


def stems_of(rasters: Sequence[str]) -> list[str]:
    """What the names of each raster's pictures begin with: its own name, with a number where others share it."""
    stems = [
        re.sub(r"[^A-Za-z0-9]+", "_", Path(raster).stem).strip("_")[:40] or "raster" for raster in rasters
    ]
    shared = {stem for stem, count in Counter(stem.casefold() for stem in stems).items() if count > 1}
    return [
        f"{stem}_{number}" if stem.casefold() in shared else stem
        for number, stem in enumerate(stems, start=1)
    ]


def pictures_of(
    stem: str, rectangles: Sequence[Rectangle], shapes: Sequence[BaseGeometry], ending: str
) -> list[Picture]:
    """A picture for each rectangle of a raster, with the outlines that belong to it.

    Args:
        stem: what the names of the pictures begin with.
        rectangles: of the raster.
        shapes: outlines in source pixels.
        ending: of the names.
    """
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


def moved(picture: Picture, places: int) -> Picture:
    """The picture with its boxes counted from the first of all rasters."""
    seen = tuple(Seen(one.place + places, one.outline_px) for one in picture.seen)
    return replace(picture, seen=seen)


def check_room(planned: Sequence[Picture], folder: Path) -> None:
    """Raise InputError where a folder's disk has no room for the planned pictures."""
    pixels = sum(picture.rectangle.width_px * picture.rectangle.height_px for picture in planned)
    needed = ROOM_BYTES + int(pixels * PIXEL_BYTES[Path(planned[0].name).suffix[1:]])
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise InputError(
            f"{len(planned)} pictures may need {needed / 2**20:.0f} MB, and the folder {folder.parent} has "
            f"{free / 2**20:.0f} MB free: make room, choose another folder, or take larger pixels (--gsd)."
        )
