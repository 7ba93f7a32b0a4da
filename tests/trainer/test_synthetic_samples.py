from __future__ import annotations

import numpy as np
import pytest
import rasterio

from engine.paths import resources_dir
from trainer.lab.scenes.samples import SAMPLES, draw_sample, transform_of, write_sample


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    return {sample.name: write_sample(sample, folder) for sample in SAMPLES}


def test_the_shipped_ones_are_there_and_where_they_should_be():
    total = 0
    for sample in SAMPLES:
        path = resources_dir() / "sample" / f"{sample.name}.tif"
        total += path.stat().st_size
        with rasterio.open(path) as raster:
            assert raster.crs.to_string() == sample.crs
            assert raster.transform.almost_equals(transform_of(sample), precision=1e-9)
            assert raster.shape == (sample.size_px, sample.size_px)
    assert total <= 4_000_000


def test_they_are_small_enough_to_ship(written):
    assert sum(path.stat().st_size for path in written.values()) <= 4_000_000


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_each_is_georeferenced_and_holds_the_drawn_scene(sample, written):
    scene = draw_sample(sample)
    with rasterio.open(written[sample.name]) as raster:
        assert raster.crs.to_string() == sample.crs
        assert raster.transform.almost_equals(transform_of(sample), precision=1e-9)
        pixels = np.moveaxis(raster.read(), 0, -1)
    assert pixels.shape == scene.pixels.shape
    difference = np.abs(pixels.astype(int) - scene.pixels).mean()
    assert difference < 6 if sample.creation["compress"] == "jpeg" else difference == 0


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_each_has_things_to_find(sample):
    kinds = [o.kind for o in draw_sample(sample).objects]
    assert kinds.count(sample.focus) >= 2
    assert len(kinds) >= 5


def test_the_harbour_is_much_larger_than_a_chip(written):
    with rasterio.open(written["harbour"]) as raster:
        assert min(raster.shape) >= 1024
        assert raster.overviews(1)
