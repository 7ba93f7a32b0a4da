"""Reading windows: the engine's chips against bare rasterio reads of the same windows."""

from __future__ import annotations

import time
from pathlib import Path

import rasterio
from rasterio.enums import Resampling
from rasterio.windows import Window as GdalWindow

from engine.imagery.raster import open_raster
from engine.imagery.windows import plan_windows
from engine.types import Window
from tools.bench.figure import Figure
from tools.bench.places import SMALL_PX, filled_raster

PASSES = 25
CHIP_PX = 256


def engine_s(path: Path, windows: list[Window]) -> float:
    """Seconds to read every window as a chip; opening is not counted."""
    with open_raster(path) as raster:
        begun = time.perf_counter()
        for window in windows:
            raster.read_chip(window)
        return time.perf_counter() - begun


def bare_s(path: Path, windows: list[Window]) -> float:
    """Seconds to read the same windows at the same sizes with nothing but rasterio."""
    with rasterio.open(path) as source:
        begun = time.perf_counter()
        for window in windows:
            finer = window.width_px >= window.width_src
            source.read(
                [1, 2, 3],
                window=GdalWindow(window.col_src, window.row_src, window.width_src, window.height_src),
                out_shape=(3, window.height_px, window.width_px),
                resampling=Resampling.nearest if finer else Resampling.average,
            )
        return time.perf_counter() - begun


def read_ratio() -> Figure:
    """Best of several passes, taken in turns so that both see the same machine."""
    path = filled_raster(*SMALL_PX)
    windows = plan_windows(*SMALL_PX, chip_px=CHIP_PX, zoom="auto", gsd_src_m=0.5, gsd_m=None)
    engine, bare = [], []
    for _ in range(PASSES):
        bare.append(bare_s(path, windows))
        engine.append(engine_s(path, windows))
    per_window = 1000 / len(windows)
    detail = {
        "windows": len(windows),
        "engine_ms": round(min(engine) * per_window, 3),
        "bare_ms": round(min(bare) * per_window, 3),
    }
    return Figure("read_ratio", min(engine) / min(bare), 1.3, at_least=False, detail=detail)
