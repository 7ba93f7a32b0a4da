"""How much comes over the network for the windows of an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.env import get_gdal_config

from engine.imagery import reader
from engine.types import Window
from tests.engine.rasters import write_raster
from tools.bench.scan_bytes import Kind, needed_bytes, scan_bytes, write_scene

SMALL = Kind("small", 1536, 1024, "uint16", "DEFLATE")


@pytest.mark.slow
def test_no_more_is_read_than_the_windows_need() -> None:
    figure = scan_bytes((SMALL, Kind("far", 1024, 1024, "uint8", "DEFLATE", wanted=False)))
    assert figure.met
    assert list(figure.detail["scenes"]) == ["small"]
    assert figure.detail["of_unwanted_scenes"] == 0
    assert figure.value > 1


def test_needed_are_the_tiles_under_the_windows_each_once(tmp_path: Path) -> None:
    path = tmp_path / "small.tif"
    write_scene(path, SMALL)
    whole = [
        Window(0, 0, 1024, 1024, 1024, 1024, 0, "detail"),
        Window(512, 0, 1024, 1024, 1024, 1024, 1, "detail"),
    ]
    header, all_tiles = needed_bytes(path, whole)
    _, one_tile = needed_bytes(path, [Window(10, 10, 100, 100, 100, 100, 0, "detail")])
    _, coarse = needed_bytes(path, [Window(0, 0, 1536, 1024, 384, 256, 0, "overview")])
    assert 0 < header < 16_384
    assert 4 * one_tile < all_tiles < path.stat().st_size
    assert coarse < all_tiles / 2


@pytest.mark.parametrize(
    ("is_open", "shape", "cached"),
    [(False, (16, 40_000), 32), (True, (16, 64), 32), (True, (512, 40_000), 78), (True, (512, 400_000), 256)],
)
def test_tiles_of_a_row_of_windows_are_kept_where_they_come_from_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_open: bool, shape: tuple[int, int], cached: int
) -> None:
    class Wide:
        block_shapes = ((shape[0], 512),)
        width, dtypes = shape[1], ("uint8",)

    before = get_gdal_config("GDAL_CACHEMAX")
    told: dict[str, Any] = {}
    monkeypatch.setattr(reader, "is_open", lambda: is_open)
    monkeypatch.setattr(reader, "set_gdal_config", told.__setitem__)
    reader.bound_cache(Wide())
    assert told["GDAL_CACHEMAX"] // 2**20 == cached
    assert get_gdal_config("GDAL_CACHEMAX") == before
    write_raster(tmp_path / "a.tif", [np.zeros((4, 4), np.uint8)])
    with rasterio.open(tmp_path / "a.tif") as dataset:
        reader.bound_cache(dataset)
