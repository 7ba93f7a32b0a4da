"""Chooses which bands of a raster are shown as red, green and blue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import ColorInterp

from engine.errors import InputError

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
    """The colour table of a single palette band as 4 x N (red, green, blue, alpha), else None."""
    if len(bands) != 1 or dataset.colorinterp[bands[0] - 1] != ColorInterp.palette:
        return None
    table = dataset.colormap(bands[0])
    colours = np.zeros((4, max(table) + 1), np.uint8)
    for value, colour in table.items():
        colours[:, value] = colour
    return colours
