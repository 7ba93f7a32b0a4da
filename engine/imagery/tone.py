"""Tells when a raster comes out as one flat tone, which finds nothing and says nothing of what is there."""

from __future__ import annotations

import numpy as np

from engine.errors import RasterReadError
from engine.imagery.display import sample_rectangles
from engine.imagery.raster import NO_DATA_MET, Raster
from engine.types import Rectangle

TONES: dict[tuple[int, ...], str] = {(0, 0, 0): "black", (255, 255, 255): "white"}


def flat_tone(raster: Raster) -> str | None:
    """A sentence where a sample of the whole raster is shown in a single colour, or has no data; else None.

    Costs one small read where the picture has anything in it, and some hundreds where it has not.
    """
    tones: set[tuple[int, ...]] = set()
    seen: list[Rectangle] = []
    for rectangle in sample_rectangles(raster.width_src, raster.height_src, coarser=None):
        try:
            chip = raster.read_chip(rectangle)
        except RasterReadError:
            continue
        shown = chip.pixels[chip.valid]
        seen.append(rectangle)
        if shown.size:
            tones |= {tuple(map(int, shown.min(axis=0))), tuple(map(int, shown.max(axis=0)))}
        if len(tones) > 1:
            return None
    if not seen:
        return None
    if not tones:
        return None if NO_DATA_MET in raster.warnings else NO_DATA_MET
    (tone,) = tones
    colour = TONES.get(tone) or "of one colour (red {}, green {}, blue {})".format(*tone)
    return f"The picture is all {colour} in a sample of the whole raster, so nothing can be found: {_why(raster, seen)}"


def _why(raster: Raster, seen: list[Rectangle]) -> str:
    ranges = [known for rectangle in seen if (known := raster.value_range(rectangle)) is not None]
    if not ranges:
        return "choose other bands or another stretch."
    low, high = min(pair[0] for pair in ranges), max(pair[1] for pair in ranges)
    if np.isclose(low, high, rtol=1e-12, atol=0.0):
        return f"all its pixels have the value {low:g}. Check the file, or choose other bands."
    shown = ", ".join(f"{pair[0]:g} to {pair[1]:g}" for pair in dict.fromkeys(raster.stretch))
    return f"its values go from {low:g} to {high:g}, the stretch from {shown}. Give another stretch or other bands."
