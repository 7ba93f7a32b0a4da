"""Windows of different places share no pixel, and every raster is represented however early one stops."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from engine.errors import InputError, JobCancelledError
from engine.imagery.raster import open_raster
from trainer.chips import check_rasters, chips_of, plan_blocks


@pytest.fixture
def raster(tmp_path: Path) -> Path:
    rng = np.random.default_rng(0)
    pixels = np.kron(rng.integers(0, 255, (3, 30, 50)), np.ones((1, 16, 16))).astype(np.uint8)
    path = tmp_path / "a.tif"
    profile = {"driver": "GTiff", "width": 800, "height": 480, "count": 3, "dtype": "uint8"}
    with rasterio.open(path, "w", crs="EPSG:32632", transform=from_origin(5e5, 5e6, 2, 2), **profile) as file:
        file.write(pixels)
    return path


def test_blocks_share_no_pixel_and_cover_the_raster(raster: Path) -> None:
    with open_raster(raster) as opened:
        plans = plan_blocks(opened, 64, None, 24)
    owner = np.full((480, 800), -1)
    for number, windows in enumerate(plans.values()):
        for w in windows:
            part = owner[w.row_src : w.row_src + w.height_src, w.col_src : w.col_src + w.width_src]
            assert np.isin(part, (-1, number)).all()
            part[:] = number
    assert len(plans) >= 4
    assert (owner >= 0).all()


@pytest.mark.parametrize("wanted", [1, 4, 24, 60, 1000])
def test_smaller_blocks_are_cut_where_few_large_ones_fit(raster: Path, wanted: int) -> None:
    with open_raster(raster) as opened:
        plans = plan_blocks(opened, 64, None, wanted)
    owner = np.full((480, 800), -1)
    for number, windows in enumerate(plans.values()):
        for w in windows:
            part = owner[w.row_src : w.row_src + w.height_src, w.col_src : w.col_src + w.width_src]
            assert np.isin(part, (-1, number)).all()
            part[:] = number
    assert len(plans) >= min(wanted, 84)


def test_a_coarser_chip_covers_more_ground(raster: Path) -> None:
    with open_raster(raster) as opened:
        windows = [w for block in plan_blocks(opened, 64, 4.0, 24).values() for w in block]
    assert {w.width_src for w in windows} == {128}
    assert {w.width_px for w in windows} == {64}


def test_every_block_comes_before_a_second_window_of_any(raster: Path) -> None:
    arguments = {"chip_px": 64, "gsd_m": None, "area_crs": None, "bands": None, "stretch": None}
    found = list(chips_of([raster], stop=lambda: False, **arguments))
    with open_raster(raster) as opened:
        count = len(plan_blocks(opened, 64, None, 24))
    assert len({item.block for item in found[:count]}) == count


def test_rasters_take_turns(raster: Path, tmp_path: Path) -> None:
    other = tmp_path / "b.tif"
    other.write_bytes(raster.read_bytes())
    arguments = {"chip_px": 64, "gsd_m": None, "area_crs": None, "bands": None, "stretch": None}
    found = list(chips_of([raster, other], stop=lambda: False, **arguments))
    assert [item.raster for item in found[:4]] == [str(raster), str(other)] * 2
    assert len(found) == 2 * len(list(chips_of([raster], stop=lambda: False, **arguments)))


def test_a_cancelled_reading_is_no_finished_one(raster: Path) -> None:
    arguments = {"chip_px": 64, "gsd_m": None, "area_crs": None, "bands": None, "stretch": None}
    with pytest.raises(JobCancelledError):
        list(chips_of([raster], stop=lambda: True, **arguments))


def test_an_area_keeps_only_what_it_touches(raster: Path) -> None:
    west, north = 5e5, 5e6
    ring = [[west, north], [west + 100, north], [west + 100, north - 100], [west, north - 100], [west, north]]
    arguments = {"chip_px": 64, "gsd_m": None, "bands": None, "stretch": None}
    area = {"type": "Polygon", "coordinates": [ring]}
    found = list(chips_of([raster], area_crs=area, stop=lambda: False, **arguments))
    assert found
    assert all(item.chip.rectangle.col_src < 50 and item.chip.rectangle.row_src < 50 for item in found)


def test_a_raster_listed_twice_is_refused(raster: Path) -> None:
    with pytest.raises(InputError, match="listed twice"):
        check_rasters([raster, raster.parent / "." / raster.name])
