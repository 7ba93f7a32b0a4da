"""Small rasters with one peculiarity each, written by the tests that read them back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray

NORTH_UP = Affine(2.0, 0.0, 500_000.0, 0.0, -2.0, 5_000_000.0)


def write_raster(
    path: Path,
    bands: Sequence[NDArray[Any]],
    *,
    crs: str | None = "EPSG:32632",
    transform: Affine | None = NORTH_UP,
    nodata: float | None = None,
    **profile: Any,
) -> Path:
    """Write bands (each H x W) as a GeoTIFF and return its path."""
    height, width = bands[0].shape
    places = {} if transform is None else {"transform": transform}
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=width,
        height=height,
        count=len(bands),
        dtype=profile.pop("dtype", bands[0].dtype),
        crs=crs,
        nodata=nodata,
        **places,
        **profile,
    ) as dataset:
        for number, band in enumerate(bands, start=1):
            dataset.write(band, number)
    return path


def ramp(height: int, width: int, dtype: str = "uint8", top: float = 255.0) -> NDArray[Any]:
    """Values that rise from 0 at the left to ``top`` at the right."""
    return np.broadcast_to(np.linspace(0, top, width), (height, width)).astype(dtype)
