"""Crops: the right square, padded with grey, and the same from a chip as from the raster."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.imagery.crops import blank_box, crop_square, cut_crop
from engine.imagery.display import NEUTRAL
from engine.imagery.raster import open_raster
from tests.engine.rasters import ramp, write_raster


def picture(height=100, width=100):
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[40:60, 40:60] = (200, 100, 50)
    return pixels


def test_the_square_is_round_the_centre_with_its_margin():
    assert crop_square((10, 20, 30, 30), 0.25) == pytest.approx((5, 10, 35, 40))


def test_a_crop_without_margin_is_the_box():
    crop = cut_crop(picture(), (40, 40, 60, 60), margin=0.0, crop_px=20)
    assert crop.shape == (20, 20, 3)
    assert crop.dtype == np.uint8
    assert (crop == (200, 100, 50)).all()


def test_margin_shows_the_surroundings():
    crop = cut_crop(picture(), (40, 40, 60, 60), margin=0.5, crop_px=40)
    assert (crop[11:29, 11:29] == (200, 100, 50)).all()
    assert (crop[:9] == 0).all()


def test_beyond_the_edge_is_grey():
    crop = cut_crop(picture(), (0, 40, 20, 60), margin=0.5, crop_px=40)
    assert (crop[:, :9] == NEUTRAL).all()
    assert (crop[:, 11:] == 0).all()
    assert (cut_crop(picture(), (200, 200, 220, 220), crop_px=16) == NEUTRAL).all()


@given(
    st.floats(-50, 150),
    st.floats(-50, 150),
    st.floats(0, 150),
    st.floats(0, 150),
    st.floats(0, 2),
    st.integers(1, 70),
)
def test_any_box_gives_a_crop(x, y, width, height, margin, crop_px):
    pixels = np.full((60, 100, 3), NEUTRAL, np.uint8)
    box = (x, y, x + width, y + height)
    for cut in (cut_crop, blank_box):
        crop = cut(pixels, box, margin=margin, crop_px=crop_px)
        assert crop.shape == (crop_px, crop_px, 3)
        assert (crop == NEUTRAL).all()


def test_the_blanked_box_takes_the_colour_of_its_surroundings():
    pixels = picture()
    pixels[:, :] = np.where((pixels == 0).all(axis=2, keepdims=True), 30, pixels)
    crop = blank_box(pixels, (40, 40, 60, 60), margin=0.5, crop_px=40)
    assert (np.abs(crop.astype(int) - 30) <= 2).all()
    kept = cut_crop(pixels, (40, 40, 60, 60), margin=0.5, crop_px=40)
    assert np.array_equal(crop[:9], kept[:9])


def test_a_blanked_box_that_fills_the_crop_is_grey():
    assert (blank_box(picture(), (40, 40, 60, 60), margin=0.0, crop_px=16) == NEUTRAL).all()


def test_a_crop_from_the_raster_equals_the_one_from_a_full_resolution_chip(tmp_path):
    rng = np.random.default_rng(0)
    bands = rng.integers(0, 255, (3, 120, 200), dtype=np.uint8)
    whole = np.ascontiguousarray(np.moveaxis(bands, 0, -1))
    path = write_raster(tmp_path / "noise.tif", list(bands))
    with open_raster(path) as raster:
        for box in [(50.5, 40.25, 80.0, 70.0), (0.0, 0.0, 30.0, 20.0), (180.0, 100.0, 200.0, 120.0)]:
            with_raster = raster.read_crop(box, crop_px=64)
            assert np.array_equal(with_raster, cut_crop(whole, box, crop_px=64))


def test_a_large_crop_from_the_raster_keeps_its_proportions(tmp_path):
    path = write_raster(tmp_path / "ramp.tif", [ramp(400, 1000)] * 3)
    with open_raster(path) as raster:
        crop = raster.read_crop((0.0, 0.0, 1000.0, 400.0), margin=0.0, crop_px=100)
    assert (crop[:29] == NEUTRAL).all()
    assert (crop[71:] == NEUTRAL).all()
    expected = np.linspace(0, 255, 100)
    assert np.abs(crop[50, :, 0] - expected).max() < 4


@pytest.mark.parametrize(
    ("box", "kwargs"),
    [((float("nan"), 0, 1, 1), {}), ((0, 0, 1, 1), {"margin": -0.1}), ((0, 0, 1, 1), {"crop_px": 0})],
)
def test_what_can_not_be_cropped_is_refused(box, kwargs):
    with pytest.raises(InputError):
        cut_crop(picture(), box, **{"crop_px": 16, **kwargs})
