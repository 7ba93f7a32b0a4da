"""Windows: they cover the extent, stay inside it, and have the size that was asked for."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.imagery.windows import (
    AUTO_DETAIL_FROM,
    LEAST_PX,
    LEAST_QUARTER_PX,
    OVERVIEW_MAX_ASPECT,
    pieces,
    plan_windows,
    quarters,
)
from engine.types import Window


def plan(
    width, height, *, chip_px=64, zoom="detail", gsd_src_m=1.0, gsd_m=None, overlap=0.2, extent_src=None
):
    return plan_windows(
        width,
        height,
        chip_px=chip_px,
        zoom=zoom,
        gsd_src_m=gsd_src_m,
        gsd_m=gsd_m,
        overlap=overlap,
        extent_src=extent_src,
    )


@given(
    width=st.integers(1, 700),
    height=st.integers(1, 700),
    chip_px=st.integers(16, 128),
    zoom=st.sampled_from(["auto", "overview", "detail"]),
    scale=st.floats(0.25, 8),
    overlap=st.floats(0, 0.7),
    data=st.data(),
)
def test_every_level_covers_the_extent_from_inside(width, height, chip_px, zoom, scale, overlap, data):
    left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    right, bottom = data.draw(st.integers(left + 1, width)), data.draw(st.integers(top + 1, height))
    longer = max(right - left, bottom - top)
    assume(longer < LEAST_PX or longer / scale >= LEAST_PX)
    windows = plan(
        width,
        height,
        chip_px=chip_px,
        zoom=zoom,
        gsd_m=scale,
        overlap=overlap,
        extent_src=(left, top, right, bottom),
    )
    assert [window.index for window in windows] == list(range(len(windows)))
    for level in {window.level for window in windows}:
        seen = np.zeros((height, width), bool)
        for window in windows:
            if window.level != level:
                continue
            assert left <= window.col_src
            assert top <= window.row_src
            assert window.col_src + window.width_src <= right
            assert window.row_src + window.height_src <= bottom
            assert window.width_src >= 1
            assert window.height_src >= 1
            seen[window.row_src :, window.col_src :][: window.height_src, : window.width_src] = True
        assert seen[top:bottom, left:right].all()


@given(st.integers(200, 900), st.integers(200, 900), st.integers(32, 100), st.floats(0, 0.6))
def test_detail_windows_are_full_chips_that_overlap_enough(width, height, chip_px, overlap):
    windows = plan(width, height, chip_px=chip_px, overlap=overlap)
    assert {(w.width_px, w.height_px, w.width_src, w.height_src) for w in windows} == {(chip_px,) * 4}
    lefts = sorted({window.col_src for window in windows})
    for one, next_one in itertools.pairwise(lefts):
        assert one + chip_px - next_one >= overlap * chip_px - 1


@given(st.integers(1, 3000), st.integers(1, 3000), st.integers(32, 512))
def test_the_overview_keeps_the_aspect_ratio(width, height, chip_px):
    for window in plan(width, height, chip_px=chip_px, zoom="overview"):
        assert max(window.width_px, window.height_px) == chip_px
        assert window.width_px == pytest.approx(
            chip_px * window.width_src / max(window.width_src, window.height_src), abs=1
        )
        shorter = min(window.width_src, window.height_src)
        assert max(window.width_src, window.height_src) <= max(OVERVIEW_MAX_ASPECT * shorter, chip_px)


def test_one_overview_window_unless_the_raster_is_a_strip():
    assert len(plan(3000, 1000, zoom="overview")) == 1
    assert len(plan(71, 2475, zoom="overview")) > 1


def test_a_thread_is_looked_at_in_no_more_windows_than_its_pixels_need():
    overview = plan(1, 1_000_000, chip_px=256, zoom="overview")
    assert len(overview) == len(plan(1, 1_000_000, chip_px=256, zoom="detail")) < 5000
    assert len(plan(1, 1_000_000, chip_px=256, zoom="auto")) == len(overview)
    with pytest.raises(InputError, match="choose a smaller area"):
        plan(1, 3_000_000, chip_px=256, zoom="overview")


@pytest.mark.parametrize("side", [4, 256, 5000])
def test_no_picture_of_one_pixel_comes_out_of_a_raster_that_is_larger(side):
    with pytest.raises(InputError, match="choose a finer"):
        plan(side, side, gsd_src_m=2.5e-5, gsd_m=2.0)
    (window,) = plan(1, 1, gsd_src_m=1.0, gsd_m=2.0)
    assert (window.width_px, window.height_px) == (1, 1)


def test_auto_adds_detail_only_where_the_overview_is_much_coarser():
    just_within = int(64 * AUTO_DETAIL_FROM)
    assert [w.level for w in plan(just_within, 64, zoom="auto")] == ["overview"]
    levels = [w.level for w in plan(just_within + 1, 64, zoom="auto")]
    assert levels[0] == "overview"
    assert set(levels[1:]) == {"detail"}


def test_the_ground_sample_distance_sets_the_side():
    (first, *_) = plan(1000, 1000, gsd_src_m=0.5, gsd_m=2.0)
    assert (first.width_src, first.width_px) == (256, 64)
    (finer, *_) = plan(1000, 1000, gsd_src_m=2.0, gsd_m=0.5)
    assert (finer.width_src, finer.width_px) == (16, 64)


def test_windows_keep_the_resolution_when_the_extent_is_smaller_than_a_chip():
    (window,) = plan(1000, 1000, gsd_m=2.0, extent_src=(10.5, 20.0, 40.0, 41.0))
    assert (window.col_src, window.row_src, window.width_src, window.height_src) == (10, 20, 30, 21)
    assert (window.width_px, window.height_px) == (15, 10)


@pytest.mark.parametrize(
    ("kwargs", "said"),
    [
        ({"extent_src": (200.0, 0.0, 300.0, 50.0)}, "200.0"),
        ({"gsd_m": 0.0}, "0.0 m"),
        ({"gsd_m": float("nan")}, "nan"),
        ({"gsd_m": 1e308}, "1e\\+308 m"),
        ({"gsd_m": 0.01, "gsd_src_m": 10.0}, "windows of 1 x 1"),
        ({"gsd_m": 1.0, "gsd_src_m": None}, "assign a CRS"),
        ({"overlap": 0.95}, "0.95"),
        ({"overlap": -0.1}, "-0.1"),
        ({"chip_px": 0}, "0 pixels"),
    ],
)
def test_what_can_not_be_planned_is_refused(kwargs, said):
    with pytest.raises(InputError, match=said):
        plan(100, 100, **kwargs)


@given(st.integers(1, 4000), st.integers(1, 4000), st.integers(1, 2000), st.integers(1, 2000))
def test_quarters_cover_their_window_and_no_more(width, height, width_px, height_px):
    whole = Window(7, 9, width, height, width_px, height_px, 3, "detail")
    parts = quarters(whole)
    assert len(parts) in (0, 4)
    for part in parts:
        assert (part.index, part.level) == (3, "detail")
        assert part.col_src >= 7
        assert part.col_src + part.width_src <= 7 + width
        assert part.row_src >= 9
        assert part.row_src + part.height_src <= 9 + height
        assert min(part.width_px, part.height_px) >= LEAST_QUARTER_PX
        assert part.width_px <= width_px
        assert part.height_px <= height_px
    if parts:
        first, right, below, last = parts
        assert right.col_src < first.col_src + first.width_src
        assert below.row_src < first.row_src + first.height_src
        assert last.col_src + last.width_src == 7 + width
        assert last.row_src + last.height_src == 9 + height
        assert pieces(whole)[:5] == [whole, *parts]
