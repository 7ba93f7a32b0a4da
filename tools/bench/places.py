"""The rasters and folders that the benches work on."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin
from rasterio.windows import Window

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "bench"
REPORT = ROOT / "build" / "reports" / "bench.json"
DEMO = ROOT / "resources" / "sample" / "harbour.tif"
QUERY = "all ships"

SMALL_PX = (2000, 2000)
LARGE_PX = (36000, 18000)


def demo_pixels() -> np.ndarray:
    """The demo raster's first three bands, height x width x 3."""
    with rasterio.open(DEMO) as source:
        return np.moveaxis(source.read([1, 2, 3]), 0, -1)


def filled_raster(width: int, height: int) -> Path:
    """A tiled GeoTIFF of this size with 0.5 m pixels, its first 2000 x 2000 pixels repeating the demo raster.

    The rest has no data, so that searches of both sizes ask the model the same number of questions
    while the whole of the larger one is planned and read.
    """
    version = hashlib.sha256(DEMO.read_bytes()).hexdigest()[:8]
    path = BUILD / f"filled_{width}x{height}_{version}.tif"
    if path.exists():
        return path
    BUILD.mkdir(parents=True, exist_ok=True)
    tile = demo_pixels()
    repeats = [-(-side // length) for side, length in zip(SMALL_PX[::-1], tile.shape, strict=False)]
    picture = np.tile(tile, (*repeats, 1))[: SMALL_PX[1], : SMALL_PX[0]]
    unfinished = path.with_suffix(".part.tif")
    profile = {
        "driver": "GTiff",
        "width": width,
        "height": height,
        "count": 3,
        "dtype": "uint8",
        "crs": "EPSG:32632",
        "transform": from_origin(500000, 5900000, 0.5, 0.5),
        "tiled": True,
        "blockxsize": 512,
        "blockysize": 512,
        "compress": "deflate",
        "nodata": 0,
        "sparse_ok": True,
        "photometric": "rgb",
    }
    with rasterio.open(unfinished, "w", **profile) as target:
        target.write(np.moveaxis(np.maximum(picture, 1), -1, 0), window=Window(0, 0, *SMALL_PX))
    unfinished.rename(path)
    return path
