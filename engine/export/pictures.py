"""Cuts a raster into the pictures that a training set is made of, and says which boxes are seen in which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import shapely
from PIL import Image
from shapely.geometry.base import BaseGeometry

from engine.errors import InputError, RasterReadError
from engine.imagery.frames import points_crs_to_src, points_src_to_px, rectangle_xyxy_src
from engine.imagery.raster import Raster
from engine.imagery.vectors import shape_of
from engine.imagery.windows import plan_windows
from engine.types import Feature, Rectangle

OVERLAP = 0.2
SEEN = 0.5
"""A box belongs to a picture that shows at least so much of it, and always to the one that shows most."""

SAME_GSD = 0.02
"""A resolution that differs by less than this share from the raster's is the raster's: nothing is resampled."""

LEAST_PX = 0.5
"""A box of which a picture shows less than this, in either direction, can't be drawn."""

PictureFormat = Literal["jpg", "png"]


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


def shapes_src(features: Sequence[Feature], raster: Raster) -> list[BaseGeometry]:
    """Outlines of features in source pixels; they are in the raster's CRS already."""
    return [
        shapely.transform(shape_of(feature.geometry), lambda xy: points_crs_to_src(xy, raster.transform))
        for feature in features
    ]


def finest_gsd(features: Sequence[Feature]) -> float | None:
    """The finest resolution at which any of the boxes was found, None where none says."""
    found = [feature.properties.get("gsd_m") for feature in features]
    return min((gsd for gsd in found if gsd and gsd > 0), default=None)


def plan_pictures(
    raster: Raster,
    shapes: Sequence[BaseGeometry],
    *,
    chip_px: int,
    gsd_m: float | None,
    ending: PictureFormat,
) -> list[Picture]:
    """Plan pictures of ``chip_px`` a side over the whole raster, those without boxes included.

    Args:
        raster: what they are cut from.
        shapes: outlines in source pixels.
        chip_px: side of a picture; less where the raster is smaller.
        gsd_m: metres per pixel of the pictures; None for the raster's own.
        ending: of the file names.

    Raises:
        InputError: ``gsd_m`` can't be had from the raster.
    """
    own = raster.gsd_m
    if gsd_m is not None and own is not None and abs(gsd_m / own - 1) < SAME_GSD:
        gsd_m = None
    windows = plan_windows(
        raster.width_src,
        raster.height_src,
        chip_px=chip_px,
        zoom="detail",
        gsd_src_m=own,
        gsd_m=gsd_m,
        overlap=OVERLAP,
    )
    stem = re.sub(r"[^A-Za-z0-9]+", "_", Path(raster.path).stem).strip("_")[:40] or "raster"
    seen = _seen(shapes, windows)
    return [
        Picture(f"{stem}_{window.col_src}_{window.row_src}.{ending}", window, tuple(seen.get(place, ())))
        for place, window in enumerate(windows)
    ]


def whole_picture(raster: Raster, shapes: Sequence[BaseGeometry]) -> Picture:
    """The raster itself as the one picture, under its own file name."""
    width, height = raster.width_src, raster.height_src
    rectangle = Rectangle(0, 0, width, height, width, height)
    return Picture(Path(raster.path).name, rectangle, tuple(_seen(shapes, [rectangle]).get(0, ())))


def cut(
    raster: Raster, pictures: Sequence[Picture], folder: Path, unreadable: list[str]
) -> Iterator[Picture | None]:
    """Write picture after picture into ``folder``; yields each, or None for one that is not written.

    Left out are pictures without data and without boxes, and those that can't be read: ``unreadable`` is given the
    reason for each of the latter.
    """
    for picture in pictures:
        try:
            chip = raster.read_chip(picture.rectangle)
        except RasterReadError as error:
            unreadable.append(str(error))
            yield None
            continue
        if not picture.seen and not chip.valid.any():
            yield None
            continue
        image, path = Image.fromarray(np.ascontiguousarray(chip.pixels)), folder / picture.name
        if path.suffix == ".png":
            image.save(path, format="PNG")
        else:
            image.save(path, format="JPEG", quality=95, subsampling=0)
        yield picture


def check_cut(raster: Raster, shapes: Sequence[BaseGeometry]) -> int:
    """How many outlines lie beside the raster or have no area, and so are in no picture.

    Raises:
        InputError: all of them.
    """
    whole = shapely.box(0, 0, raster.width_src, raster.height_src)
    lost = sum(shapely.area(shapely.intersection(shape, whole)) == 0 for shape in map(_valid, shapes))
    if lost == len(shapes):
        raise InputError(
            f"None of the {lost} boxes lies on the raster {raster.path}: give the raster on which they were found "
            "(--raster)."
        )
    return int(lost)


def _seen(shapes: Sequence[BaseGeometry], rectangles: Sequence[Rectangle]) -> dict[int, list[Seen]]:
    """By the place of each rectangle the boxes that belong to it."""
    frames = shapely.box(*np.array([rectangle_xyxy_src(rectangle) for rectangle in rectangles]).T)
    outlines = np.array([_valid(shape) for shape in shapes], object)
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


def _valid(shape: BaseGeometry) -> BaseGeometry:
    return shape if shape.is_valid else shapely.make_valid(shape)
