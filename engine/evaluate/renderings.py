"""What is made of a picture's values before a model looks at it: for SAR and for sensors with a single band.

* ``as-is``: what the engine shows; complex values as decibels.
* ``amplitude``: the magnitude of the first band's values.
* ``db``: 20 log10 of that magnitude.
* ``speckle``: decibels of the magnitude after a Lee filter of 5 x 5 pixels, whose noise is that of the picture's
  calmest tenth (J. S. Lee, IEEE PAMI 2, 1980).
* ``grey``: the mean of the bands, for asking what a picture in colour would be worth to a single-band sensor.

Each is a small GeoTIFF that is gone after its picture was asked; georeferencing is kept.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning

from engine.errors import InputError
from engine.imagery.gdal_errors import GDAL_ERRORS, unreadable
from engine.imagery.sources import permitted

Rendering = Literal["as-is", "amplitude", "db", "speckle", "grey"]
RENDERINGS: tuple[Rendering, ...] = get_args(Rendering)
MOST_PIXELS = 64_000_000
"""A picture is held whole for this, four bytes a value and a few times over."""
WINDOW_PX = 5


@contextmanager
def rendered(path: Path, rendering: Rendering) -> Iterator[Path]:
    """The picture under a rendering, as a file that is there inside the ``with`` block; its own one for ``as-is``.

    Raises:
        RasterReadError: it can't be read.
        InputError: it is too large to be held whole, or there is no such rendering.
    """
    if rendering not in RENDERINGS:
        raise InputError(f"There is no rendering {rendering!r}. Choose one of {', '.join(RENDERINGS)}.")
    if rendering == "as-is":
        yield path
        return
    permitted(path, allow_network=False)
    with tempfile.TemporaryDirectory(prefix="remotezero-") as folder:
        made = Path(folder) / "rendered.tif"
        try:
            _write(path, made, rendering)
        except GDAL_ERRORS as error:
            raise unreadable(str(path), "can't be rendered", error) from error
        yield made


def _write(path: Path, made: Path, rendering: Rendering) -> None:
    with warnings.catch_warnings(), rasterio.Env():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path) as source:
            if source.width * source.height > MOST_PIXELS:
                raise InputError(
                    f"{path} has {source.width:,} x {source.height:,} pixels, and a rendering holds a picture whole: "
                    f"{MOST_PIXELS:,} at most. Cut a part of it first."
                )
            values = source.read() if rendering == "grey" else source.read(1)
            about: dict[str, Any] = {
                "driver": "GTiff", "width": source.width, "height": source.height, "count": 1, "crs": source.crs,
                "transform": source.transform, "dtype": "float32", "nodata": np.nan,
            }  # fmt: skip
            valid = source.dataset_mask() > 0
        shown = np.abs(values.mean(axis=0)) if rendering == "grey" else render(values, rendering)
        with rasterio.open(made, "w", **about) as target:
            target.write(np.where(valid, shown, np.nan).astype(np.float32), 1)


def render(values: NDArray[Any], rendering: Rendering) -> NDArray[np.float32]:
    """One band, real or complex, H x W, as amplitude, decibels, or decibels without speckle.

    Values of zero have no logarithm; they are no data (NaN) in decibels.
    """
    amplitude = np.abs(values).astype(np.float32)
    if rendering == "amplitude":
        return np.asarray(amplitude, np.float32)
    if rendering == "speckle":
        amplitude = lee_filtered(amplitude)
    decibels = 20 * np.log10(amplitude, out=np.full_like(amplitude, np.nan), where=amplitude > 0)
    return np.asarray(decibels, np.float32)


def lee_filtered(amplitude: NDArray[np.float32], window_px: int = WINDOW_PX) -> NDArray[np.float32]:
    """A Lee filter: where a window varies no more than speckle does, its mean; where it varies more, its own value.

    Args:
        amplitude: H x W, not negative.
        window_px: odd side of the window.
    """
    mean = _box_mean(amplitude, window_px)
    variance = np.maximum(_box_mean(amplitude.astype(np.float64) ** 2, window_px) - mean**2, 0.0)
    relative = variance / np.maximum(mean**2, 1e-12)
    noise = float(np.quantile(relative[mean > 0], 0.1)) if (mean > 0).any() else 0.0
    signal = np.maximum(variance - noise * mean**2, 0.0) / (1.0 + noise)
    weight = signal / np.maximum(variance, 1e-12)
    return np.asarray(mean + weight * (amplitude - mean), np.float32)


def _box_mean(values: NDArray[Any], side: int) -> NDArray[np.float64]:
    """The mean over a square round every pixel; the edge is repeated outward."""
    half = side // 2
    padded = np.pad(values.astype(np.float64), half, mode="edge")
    sums = np.pad(padded.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    total = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return np.asarray(total / side**2)
