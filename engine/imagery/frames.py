"""The only place where coordinates change frame: ``_norm``, ``_px``, ``_src`` and ``_crs``.

Boxes are ``(x1, y1, x2, y2)`` with x to the right and y down in every frame but ``_crs``. Pixel
coordinates are continuous, with the origin at the outer corner of the top-left pixel, so that
the first pixel covers 0..1 and a full-width box ends at the width.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from affine import Affine
from numpy.typing import NDArray

from engine.types import Rectangle, Xyxy

Point = tuple[float, float]


def norm_to_px(
    xyxy_norm: Sequence[float],
    *,
    width_px: int,
    height_px: int,
    norm_max: float | tuple[float, float] = 1000.0,
) -> Xyxy:
    """Turn a box of the model's answer space into chip pixels.

    Args:
        xyxy_norm: the box, x first.
        width_px: width of the chip.
        height_px: height of the chip.
        norm_max: the value that means "right edge" (and "bottom edge"); a pair where the two
            differ, as for models that answer in pixels of a resized image.
    """
    x_max, y_max = norm_max if isinstance(norm_max, tuple) else (norm_max, norm_max)
    x1, y1, x2, y2 = xyxy_norm
    scale_x, scale_y = width_px / x_max, height_px / y_max
    return (x1 * scale_x, y1 * scale_y, x2 * scale_x, y2 * scale_y)


def px_to_src(xyxy_px: Sequence[float], rectangle: Rectangle) -> Xyxy:
    """Turn a box in the pixels of a rectangle's chip into source pixels."""
    scale_x, scale_y = rectangle.width_src / rectangle.width_px, rectangle.height_src / rectangle.height_px
    x1, y1, x2, y2 = xyxy_px
    return (
        rectangle.col_src + x1 * scale_x,
        rectangle.row_src + y1 * scale_y,
        rectangle.col_src + x2 * scale_x,
        rectangle.row_src + y2 * scale_y,
    )


def src_to_px(xyxy_src: Sequence[float], rectangle: Rectangle) -> Xyxy:
    """Turn a box in source pixels into pixels of a rectangle's chip (it may reach outside the chip)."""
    scale_x, scale_y = rectangle.width_px / rectangle.width_src, rectangle.height_px / rectangle.height_src
    x1, y1, x2, y2 = xyxy_src
    return (
        (x1 - rectangle.col_src) * scale_x,
        (y1 - rectangle.row_src) * scale_y,
        (x2 - rectangle.col_src) * scale_x,
        (y2 - rectangle.row_src) * scale_y,
    )


def rectangle_xyxy_src(rectangle: Rectangle) -> Xyxy:
    """The rectangle as a box in source pixels."""
    return (
        float(rectangle.col_src),
        float(rectangle.row_src),
        float(rectangle.col_src + rectangle.width_src),
        float(rectangle.row_src + rectangle.height_src),
    )


def chip_transform(rectangle: Rectangle, transform: Affine) -> Affine:
    """Transform of a rectangle's chip: chip pixel corner -> map units.

    Args:
        rectangle: where the chip was cut.
        transform: of the raster, source pixel corner -> map units.
    """
    scale_x, scale_y = rectangle.width_src / rectangle.width_px, rectangle.height_src / rectangle.height_px
    left, top = point_src_to_crs((rectangle.col_src, rectangle.row_src), transform)
    return Affine(
        transform.a * scale_x, transform.b * scale_y, left, transform.d * scale_x, transform.e * scale_y, top
    )


def point_src_to_crs(point_src: Point, transform: Affine) -> Point:
    """Turn one point in source pixels into map units."""
    x, y = point_src
    return (
        transform.a * x + transform.b * y + transform.c,
        transform.d * x + transform.e * y + transform.f,
    )


def point_crs_to_src(point_crs: Point, transform: Affine) -> Point:
    """Turn one point in map units into source pixels; the inverse of :func:`point_src_to_crs`."""
    return point_src_to_crs(point_crs, ~transform)


def src_to_crs(xyxy_src: Sequence[float], transform: Affine) -> list[Point]:
    """Turn a box in source pixels into a closed ring in map units.

    On rotated rasters the ring is a rotated rectangle. It runs counter-clockwise, as GeoJSON
    (RFC 7946, 3.1.6) wants exterior rings, also on south-up rasters.
    """
    x1, y1, x2, y2 = xyxy_src
    corners = [(x1, y1), (x1, y2), (x2, y2), (x2, y1)]
    if transform.determinant > 0:
        corners.reverse()
    ring = [point_src_to_crs(corner, transform) for corner in corners]
    return [*ring, ring[0]]


def crs_to_src(points_crs: Iterable[Sequence[float]], transform: Affine) -> Xyxy:
    """The upright box in source pixels round points given in map units.

    Raises:
        ValueError: there are no points.
    """
    inverse = ~transform
    points_src = [point_src_to_crs((point[0], point[1]), inverse) for point in points_crs]
    xs, ys = [x for x, _ in points_src], [y for _, y in points_src]
    return (min(xs), min(ys), max(xs), max(ys))


def points_crs_to_src(points_crs: NDArray[np.float64], transform: Affine) -> NDArray[np.float64]:
    """Turn points in map units, N x 2, into source pixels."""
    a, b, c, d, e, f = (~transform)[:6]
    x, y = points_crs[:, 0], points_crs[:, 1]
    return np.column_stack([a * x + b * y + c, d * x + e * y + f])


def points_src_to_crs(points_src: NDArray[np.float64], transform: Affine) -> NDArray[np.float64]:
    """Turn points in source pixels, N x 2, into map units."""
    a, b, c, d, e, f = transform[:6]
    x, y = points_src[:, 0], points_src[:, 1]
    return np.column_stack([a * x + b * y + c, d * x + e * y + f])


def points_square_to_src(
    points_px: NDArray[np.float64], square_src: Xyxy, side_px: int
) -> NDArray[np.float64]:
    """Turn points in the pixels of a crop, N x 2, into source pixels.

    Args:
        points_px: in the crop.
        square_src: the square of the raster that the crop shows.
        side_px: side of the crop.
    """
    return points_px * ((square_src[2] - square_src[0]) / side_px) + np.array(square_src[:2])


def src_to_square_px(xyxy_src: Sequence[float], square_src: Xyxy, side_px: int) -> Xyxy:
    """Turn a box in source pixels into the pixels of a crop; the inverse of :func:`points_square_to_src`."""
    scale, (left, top) = side_px / (square_src[2] - square_src[0]), square_src[:2]
    x1, y1, x2, y2 = xyxy_src
    return ((x1 - left) * scale, (y1 - top) * scale, (x2 - left) * scale, (y2 - top) * scale)


def points_src_to_px(points_src: NDArray[np.float64], rectangle: Rectangle) -> NDArray[np.float64]:
    """Turn points in source pixels, N x 2, into pixels of a rectangle's chip."""
    corner = (rectangle.col_src, rectangle.row_src)
    scale = (rectangle.width_px / rectangle.width_src, rectangle.height_px / rectangle.height_src)
    return (points_src - corner) * scale


def clip_xyxy(xyxy: Sequence[float], bounds: Sequence[float]) -> Xyxy | None:
    """The part of a box inside ``bounds``, both in one frame; None when nothing is left."""
    x1, y1 = max(xyxy[0], bounds[0]), max(xyxy[1], bounds[1])
    x2, y2 = min(xyxy[2], bounds[2]), min(xyxy[3], bounds[3])
    return (x1, y1, x2, y2) if x1 < x2 and y1 < y2 else None


def whole_pixels(xyxy: Sequence[float]) -> tuple[int, int, int, int]:
    """The smallest box of whole pixels round ``xyxy``; a thousandth of a pixel is forgiven."""
    x1, y1, x2, y2 = xyxy
    return (
        math.floor(x1 + 1e-3),
        math.floor(y1 + 1e-3),
        math.ceil(x2 - 1e-3),
        math.ceil(y2 - 1e-3),
    )
