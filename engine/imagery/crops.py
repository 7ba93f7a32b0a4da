"""Cuts what the verifier looks at. Training rewards and served scores both come from here."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.errors import InputError
from engine.imagery.display import NEUTRAL
from engine.imagery.frames import clip_xyxy, whole_pixels
from engine.types import Chip, Pixels, Xyxy

MARGIN = 0.25


def crop_square(xyxy: Sequence[float], margin: float) -> Xyxy:
    """The square round a box's centre with side ``max(w, h) * (1 + 2 * margin)``, in the box's frame.

    Raises:
        InputError: a coordinate is not finite, or the margin is negative.
    """
    if not all(math.isfinite(value) for value in xyxy):
        raise InputError(f"The box {tuple(xyxy)} has a coordinate that is not a number: nothing to crop.")
    if not margin >= 0:
        raise InputError(f"The crop margin is {margin}: give 0 or more (the default is {MARGIN}).")
    x1, y1, x2, y2 = xyxy
    half = max(abs(x2 - x1), abs(y2 - y1), 1e-3) * (1 + 2 * margin) / 2
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    return (x - half, y - half, x + half, y + half)


def cut_crop(
    chip: Chip | Pixels, xyxy_px: Sequence[float], *, margin: float = MARGIN, crop_px: int
) -> Pixels:
    """Cut the square round a box and resize it to the verifier's input.

    What reaches beyond the chip is filled with mid-grey (``NEUTRAL``). Resizing is bilinear with
    antialiasing and honours fractions of a pixel.

    Args:
        chip: a chip, or its pixels (uint8 H x W x 3).
        xyxy_px: the box in chip pixels.
        margin: context on each side, as a share of the box's longer side.
        crop_px: side of the result.

    Returns:
        uint8 ``crop_px`` x ``crop_px`` x 3.

    Raises:
        InputError: the box, the margin or ``crop_px`` can't be used.
    """
    pixels = chip.pixels if isinstance(chip, Chip) else chip
    return resample_square(pixels, crop_square(xyxy_px, margin), crop_px)


def blank_box(
    chip: Chip | Pixels, xyxy_px: Sequence[float], *, margin: float = MARGIN, crop_px: int
) -> Pixels:
    """The same crop as :func:`cut_crop` with the box itself painted over.

    The paint is the mean colour of the surroundings that are left, so that no edge-high contrast
    is added; ``NEUTRAL`` where the box fills the whole crop.

    Returns:
        uint8 ``crop_px`` x ``crop_px`` x 3.
    """
    crop = cut_crop(chip, xyxy_px, margin=margin, crop_px=crop_px)
    square = crop_square(xyxy_px, margin)
    scale = crop_px / (square[2] - square[0])
    left, top, right, bottom = whole_pixels(
        (
            (min(xyxy_px[0], xyxy_px[2]) - square[0]) * scale,
            (min(xyxy_px[1], xyxy_px[3]) - square[1]) * scale,
            (max(xyxy_px[0], xyxy_px[2]) - square[0]) * scale,
            (max(xyxy_px[1], xyxy_px[3]) - square[1]) * scale,
        )
    )
    box = np.s_[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    left_over = crop_px * crop_px - crop[box].shape[0] * crop[box].shape[1]
    if left_over > 0:
        total = _sum(crop) - _sum(crop[box])
        crop[box] = np.rint(total / left_over).astype(np.uint8)
    else:
        crop[:] = NEUTRAL
    return crop


def resample_square(pixels: Pixels, rectangle_px: Xyxy, crop_px: int) -> Pixels:
    """Resize a square part of ``pixels`` to ``crop_px``; what lies beyond the edge is ``NEUTRAL``.

    Raises:
        InputError: ``crop_px`` is below 1.
    """
    if crop_px < 1:
        raise InputError(f"The crop size is {crop_px} pixels: give at least 1.")
    height_px, width_px = pixels.shape[:2]
    inside = clip_xyxy(rectangle_px, (0.0, 0.0, width_px, height_px))
    if inside is None:
        return np.full((crop_px, crop_px, 3), NEUTRAL, np.uint8)
    left, top, right, bottom = enclosing(rectangle_px)
    if inside == rectangle_px:
        patch = pixels[top:bottom, left:right]
    else:
        patch = np.full((bottom - top, right - left, 3), NEUTRAL, np.uint8)
        x1, y1, x2, y2 = max(left, 0), max(top, 0), min(right, width_px), min(bottom, height_px)
        patch[y1 - top : y2 - top, x1 - left : x2 - left] = pixels[y1:y2, x1:x2]
    box = (
        rectangle_px[0] - left,
        rectangle_px[1] - top,
        rectangle_px[2] - left,
        rectangle_px[3] - top,
    )
    image = Image.fromarray(np.ascontiguousarray(patch))
    return np.array(image.resize((crop_px, crop_px), Image.Resampling.BILINEAR, box=box))


def _sum(pixels: Pixels) -> NDArray[np.int64]:
    """Sum per channel; rows first, because that adds whole rows at a time."""
    rows: NDArray[np.int64] = pixels.sum(axis=0, dtype=np.uint32).sum(axis=0, dtype=np.int64)
    return rows


def enclosing(rectangle: Sequence[float]) -> tuple[int, int, int, int]:
    """The whole pixels that a rectangle touches, at least one each way."""
    left, top = math.floor(rectangle[0]), math.floor(rectangle[1])
    return (left, top, max(math.ceil(rectangle[2]), left + 1), max(math.ceil(rectangle[3]), top + 1))
