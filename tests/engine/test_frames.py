"""Frames: there and back again, and what a rotated raster does to a box."""

from __future__ import annotations

import itertools
import math

import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st

from engine.imagery import frames
from engine.types import Window

AFFINES = st.builds(
    lambda x, y, sx, sy, angle, flip: (
        Affine.translation(x, y) @ Affine.rotation(angle) @ Affine.scale(sx, sy if flip else -sy)
    ),
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.floats(0.05, 100),
    st.floats(0.05, 100),
    st.floats(0, 360),
    st.booleans(),
)
WINDOWS = st.builds(
    lambda col, row, w, h, wp, hp: Window(col, row, w, h, wp, hp, 0, "detail"),
    *[st.integers(0, 40_000)] * 2,
    *[st.integers(1, 5_000)] * 2,
    *[st.integers(1, 2_048)] * 2,
)
BOXES = st.tuples(st.floats(0, 1000), st.floats(0, 1000), st.floats(0.5, 1000), st.floats(0.5, 1000)).map(
    lambda v: (v[0], v[1], v[0] + v[2], v[1] + v[3])
)


@given(
    BOXES, st.integers(1, 4000), st.integers(1, 4000), st.sampled_from([1.0, 999.0, 1000.0, (640.0, 480.0)])
)
def test_norm_scales_to_px_and_back(box, width, height, norm_max):
    px = frames.norm_to_px(box, width_px=width, height_px=height, norm_max=norm_max)
    x_max, y_max = norm_max if isinstance(norm_max, tuple) else (norm_max, norm_max)
    back = (px[0] * x_max / width, px[1] * y_max / height, px[2] * x_max / width, px[3] * y_max / height)
    assert back == pytest.approx(box, rel=1e-9, abs=1e-9)


def test_norm_covers_the_chip():
    assert frames.norm_to_px((0, 0, 1000, 1000), width_px=640, height_px=200) == (0, 0, 640, 200)
    assert frames.norm_to_px((0, 0, 320, 48), width_px=640, height_px=96, norm_max=(320, 48)) == (
        0,
        0,
        640,
        96,
    )


@given(BOXES, WINDOWS)
def test_px_and_src_are_inverses(box, window):
    back = frames.src_to_px(frames.px_to_src(box, window), window)
    assert back == pytest.approx(box, rel=1e-6, abs=1e-6)


@given(WINDOWS)
def test_the_whole_chip_is_the_window(window):
    chip = (0, 0, window.width_px, window.height_px)
    assert frames.px_to_src(chip, window) == pytest.approx(frames.rectangle_xyxy_src(window))


@given(BOXES, AFFINES)
def test_src_and_crs_are_inverses(box, transform):
    ring = frames.src_to_crs(box, transform)
    assert frames.crs_to_src(ring, transform) == pytest.approx(box, rel=1e-5, abs=1e-3)


@given(BOXES, AFFINES)
def test_rings_are_closed_counter_clockwise_and_keep_their_area(box, transform):
    ring = frames.src_to_crs(box, transform)
    x0, y0 = ring[0]
    local = [(x - x0, y - y0) for x, y in ring]
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(local)) / 2
    assert ring[0] == ring[-1]
    assert len(ring) == 5
    expected = (box[2] - box[0]) * (box[3] - box[1]) * abs(transform.determinant)
    assert area == pytest.approx(expected, rel=1e-3)


@given(WINDOWS, AFFINES)
def test_chip_transform_agrees_with_the_two_steps(window, transform):
    chip = frames.chip_transform(window, transform)
    px = (window.width_px * 0.25, window.height_px * 0.75)
    src = frames.px_to_src((*px, *px), window)[:2]
    got, expected = frames.point_src_to_crs(px, chip), frames.point_src_to_crs(src, transform)
    assert math.dist(got, expected) < 1e-3


def test_clip():
    assert frames.clip_xyxy((-5, 2, 5, 20), (0, 0, 10, 10)) == (0, 2, 5, 10)
    assert frames.clip_xyxy((10, 0, 12, 5), (0, 0, 10, 10)) is None


def test_whole_pixels_forgives_rounding():
    assert frames.whole_pixels((0.9999, 1.2, 5.0001, 5.5)) == (1, 1, 5, 6)
