"""Turns raster values into the 8-bit picture that the analyst sees.

The default is what QGIS does with a new layer: 8-bit colour as it is, all else stretched by the values
of the whole raster, so that neighbouring windows agree.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rasterio.enums import ColorInterp

from engine.errors import InputError
from engine.types import Pixels, Rectangle

NEUTRAL = 128
"""The grey that stands for "no data" and for what lies beyond the edge, in every channel."""

ENDS = (0.1, 99.9)
BODY = (2.0, 98.0)
REACH = 3.0
"""The stretch goes to ``ENDS`` per cent of the values, but no further from ``BODY`` than this many times its width.

A cut at 2 and 98 % takes the brightest roofs and ships and the darkest water for one tone each, and models that learned
from 8-bit pictures find a third of what they find there; the limit is for clouds and defects, which may be many.
"""

MinMax = tuple[float, float]

SAMPLE_PX = 1024
"""The percentiles are of at most about this many pixels squared, spread over the whole raster."""

READ_WHOLE_PX = 4096
"""Rasters up to this side are read whole for it even without overviews."""

PATCHES = 16
PATCH_PX = 48
"""Larger ones without overviews are sampled in this many squared patches of this side."""


def sample_rectangles(width_src: int, height_src: int, *, coarser: bool | None) -> list[Rectangle]:
    """Where to read values for the percentiles; the cost does not grow with the raster.

    Args:
        width_src: width of the raster in source pixels.
        height_src: height of the raster in source pixels.
        coarser: whether the raster has overviews, so that a coarse read of all of it is cheap; None for
            patches whatever its size.
    """
    longer = max(width_src, height_src)
    if coarser or (coarser is False and longer <= READ_WHOLE_PX):
        scale = max(1.0, longer / SAMPLE_PX)
        width_px, height_px = max(1, round(width_src / scale)), max(1, round(height_src / scale))
        return [Rectangle(0, 0, width_src, height_src, width_px, height_px)]
    return [
        Rectangle(left, top, right - left, bottom - top, right - left, bottom - top)
        for top, bottom in _patches(height_src)
        for left, right in _patches(width_src)
    ]


def _patches(length: int) -> list[tuple[int, int]]:
    """First and last edge of patches spread evenly over one side of a raster."""
    cell = max(PATCH_PX, length / PATCHES)
    centres = [round((number + 0.5) * cell) for number in range(max(1, int(length / cell)))]
    edges = [(centre - PATCH_PX // 2, centre + PATCH_PX // 2) for centre in centres]
    return [(max(0, first), min(length, last)) for first, last in edges]


def percentile_stretch(samples: Sequence[NDArray[Any]]) -> tuple[tuple[MinMax, ...], bool]:
    """The range of each band's samples without its far ends, and whether there were any.

    Args:
        samples: per band, a flat array of valid values (complex ones already in decibels).

    Returns:
        ``(min, max)`` per band, widened where a band is flat; (0, 1) for a band with no value.
    """
    stretch = tuple(_range_of(values) if values.size else (0.0, 1.0) for values in samples)
    return stretch, any(values.size for values in samples)


def _range_of(values: NDArray[Any]) -> MinMax:
    first, low, high, last = (float(value) for value in np.percentile(values, (ENDS[0], *BODY, ENDS[1])))
    if high > low:
        first, last = max(first, low - REACH * (high - low)), min(last, high + REACH * (high - low))
    if not last > first:
        first, last = float(values.min()), float(values.max())
    return (first, last) if last > first else (first - 0.5, first + 0.5)


def check_stretch(stretch: Sequence[Sequence[float]], n_bands: int) -> tuple[MinMax, ...]:
    """The stretch as one ``(min, max)`` for each of ``n_bands``; a single one is used for all.

    Raises:
        InputError: another number of pairs, or a pair that does not rise.
    """
    pairs = [tuple(pair) for pair in stretch]
    if len(pairs) not in (1, n_bands):
        raise InputError(
            f"The stretch has {len(pairs)} pairs for {n_bands} bands: give one (min, max) or one per band."
        )
    for pair in pairs:
        if len(pair) != 2 or not all(math.isfinite(value) for value in pair) or not pair[0] < pair[1]:
            raise InputError(
                f"The stretch {list(pair)} is no (min, max): give two numbers, the smaller first."
            )
    checked = [(float(pair[0]), float(pair[1])) for pair in pairs]
    return tuple(checked * n_bands if len(checked) == 1 else checked)


class Stretcher:
    """Maps raw values of the chosen bands to 0..255; the same for every window."""

    def __init__(self, stretch_raw: Sequence[MinMax], dtype: str) -> None:
        """Prepare lookup tables for 8- and 16-bit integers.

        Args:
            stretch_raw: ``(min, max)`` per band in raw values, before scale and offset.
            dtype: numpy name of the bands' type.
        """
        self._stretch = tuple(stretch_raw)
        kind = np.dtype(dtype)
        self.identity = kind == np.uint8 and all(pair == (0.0, 255.0) for pair in self._stretch)
        self._tables: list[Pixels] = []
        self._lowest = 0
        if kind.kind in "iu" and kind.itemsize <= 2:
            info = np.iinfo(kind)
            self._lowest = int(info.min)
            values = np.arange(info.min, info.max + 1, dtype=np.float64)
            self._tables = [_to_uint8(values, pair) for pair in self._stretch]

    def apply(self, band: int, values: NDArray[Any]) -> Pixels:
        """One band's raw ``values`` (H x W) as 0..255; the same array where that is what they are."""
        if self.identity:
            return values
        if self._tables:
            index = values.astype(np.int64) - self._lowest if self._lowest else values
            return np.take(self._tables[band], index)
        return _to_uint8(values, self._stretch[band])


def _to_uint8(values: NDArray[Any], pair: MinMax) -> Pixels:
    low, high = pair
    scaled = (values.astype(np.float64) - low) * (255.0 / (high - low))
    return np.rint(np.clip(np.nan_to_num(scaled, nan=0.0), 0.0, 255.0)).astype(np.uint8)


RGB = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
RGB_NAMES = ("red", "green", "blue")


def choose_bands(dataset: Any, bands: Sequence[int] | None, path: str) -> tuple[int, ...]:
    """Check the bands asked for, or find the raster's own.

    Its own are those marked red, green and blue by colour interpretation, else by description,
    else the first three that are not alpha; of one or two bands the first alone, shown as grey.

    Args:
        dataset: an open rasterio dataset.
        bands: band numbers from 1, or None.
        path: for messages.

    Returns:
        One band number (grey or palette) or three.

    Raises:
        InputError: a band does not exist, there are neither one nor three, or there is no band.
    """
    if dataset.count == 0:
        parts = ", ".join(dataset.subdatasets[:4])
        hint = f"open one of its parts: {parts}" if parts else "choose another file"
        raise InputError(f"The raster {path} has no bands of its own: {hint}.")
    if bands is None:
        return _own_bands(dataset)
    chosen = tuple(int(band) for band in bands)
    if len(chosen) not in (1, 3):
        raise InputError(
            f"{len(chosen)} bands were chosen ({list(chosen)}): give one, or three for red, green, blue."
        )
    missing = [band for band in chosen if not 1 <= band <= dataset.count]
    if missing:
        raise InputError(
            f"Band {missing[0]} was chosen, but {path} has bands 1 to {dataset.count}: choose among these."
        )
    return chosen


def _own_bands(dataset: Any) -> tuple[int, ...]:
    interpretation = list(dataset.colorinterp)
    if all(colour in interpretation for colour in RGB):
        return tuple(interpretation.index(colour) + 1 for colour in RGB)
    names = [(name or "").strip().lower() for name in dataset.descriptions]
    if all(name in names for name in RGB_NAMES):
        return tuple(names.index(name) + 1 for name in RGB_NAMES)
    if interpretation[0] == ColorInterp.palette:
        return (1,)
    shown = [band for band, colour in enumerate(interpretation, 1) if colour != ColorInterp.alpha]
    return tuple(shown[:3]) if len(shown) >= 3 else tuple(shown[:1] or [1])


def palette_of(dataset: Any, bands: Sequence[int]) -> NDArray[np.uint8] | None:
    """The colour table of a single palette band as 4 x N (red, green, blue, alpha), else None.

    A band that is called a palette but has no table is grey.
    """
    if len(bands) != 1 or dataset.colorinterp[bands[0] - 1] != ColorInterp.palette:
        return None
    try:
        table = dataset.colormap(bands[0])
    except ValueError:  # rasterio's word for "NULL color table"
        return None
    if not table:
        return None
    colours = np.zeros((4, max(table) + 1), np.uint8)
    for value, colour in table.items():
        colours[:, value] = colour
    return colours


def full_range(dataset: Any, bands: Sequence[int]) -> tuple[MinMax, ...] | None:
    """The raw range that is shown unstretched; None for what has to be stretched by its values.

    8-bit colour as it is, and bands of fewer bits (``NBITS`` of GDAL) over all that they can hold.
    """
    if any(dataset.dtypes[band - 1] != "uint8" for band in bands):
        return None
    bits = [_bits(dataset, band) for band in bands]
    if len(bands) == 1 and bits[0] == 8:
        return None
    return tuple((0.0, float(2**number - 1)) for number in bits)


def _bits(dataset: Any, band: int) -> int:
    """Bits in use of an 8-bit band, 1 to 8."""
    said = dataset.tags(band, ns="IMAGE_STRUCTURE").get("NBITS", "8")
    return min(8, max(1, int(said))) if said.isdigit() else 8


def reduced(
    pixels: Pixels, valid: NDArray[np.bool_] | None, rectangle: Rectangle
) -> tuple[Pixels, NDArray[np.bool_] | None]:
    """Average pixels down to the chip's size; a chip pixel is valid where most of it is."""
    size = (rectangle.width_px, rectangle.height_px)
    smaller = np.array(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))
    if valid is None:
        return smaller, None
    share = Image.fromarray(valid.astype(np.uint8) * 255).resize(size, Image.Resampling.BOX)
    return smaller, np.asarray(share) > 127
