"""Merging: independent of order, done once, and blind to where the seams were."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.imagery.frames import clip_xyxy, rectangle_xyxy_src
from engine.imagery.windows import plan_windows
from engine.search.merge import merge_detections
from engine.types import Detection, Window

WIDTH, HEIGHT = 400, 300


def plan(zoom="detail", overlap=0.2):
    return plan_windows(WIDTH, HEIGHT, chip_px=100, zoom=zoom, gsd_src_m=None, gsd_m=None, overlap=overlap)


WINDOWS = plan("auto")


def found(box, window, score=0.9, query="q"):
    return Detection(tuple(map(float, box)), score, "thing", "", query, window, None)


@st.composite
def detections(draw):
    window = draw(st.sampled_from(WINDOWS))
    left, top, right, bottom = rectangle_xyxy_src(window)
    x1 = draw(st.sampled_from([left, left + 10, left + 40, right - 20]))
    y1 = draw(st.sampled_from([top, top + 7, top + 50]))
    x2 = draw(st.sampled_from([right, x1 + 15, (x1 + right) / 2]))
    y2 = draw(st.sampled_from([bottom, y1 + 15, (y1 + bottom) / 2]))
    score = draw(st.sampled_from([0.1, 0.5, 0.5, 0.9]))
    return found((x1, y1, x2, y2), window, score, draw(st.sampled_from(["a", "b"])))


@given(st.lists(detections(), max_size=14))
def test_merging_twice_changes_nothing(items):
    once = merge_detections(items, WINDOWS)
    assert merge_detections(once, WINDOWS) == once


@given(st.lists(detections(), max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(items, random):
    shuffled = list(items)
    random.shuffle(shuffled)
    assert merge_detections(shuffled, WINDOWS) == merge_detections(items, WINDOWS)


@given(st.lists(detections(), max_size=10))
def test_queries_are_merged_apart(items):
    apart = [
        *merge_detections([item for item in items if item.query == "a"], WINDOWS),
        *merge_detections([item for item in items if item.query == "b"], WINDOWS),
    ]
    assert merge_detections(items, WINDOWS) == apart


@given(
    x=st.integers(0, WIDTH - 12),
    y=st.integers(0, HEIGHT - 12),
    width=st.integers(12, WIDTH),
    height=st.integers(12, HEIGHT),
    overlap=st.sampled_from([0.0, 0.1, 0.2, 0.4]),
    zoom=st.sampled_from(["auto", "detail"]),
)
def test_an_object_cut_by_seams_becomes_the_box_found_without_seams(x, y, width, height, overlap, zoom):
    box = (float(x), float(y), float(min(x + width, WIDTH)), float(min(y + height, HEIGHT)))
    windows = plan(zoom, overlap)
    parts = [(clip_xyxy(box, rectangle_xyxy_src(window)), window) for window in windows]
    seen = [found(part, window) for part, window in parts if part is not None]
    assert [item.xyxy_src for item in merge_detections(seen, windows)] == [box]


@given(st.integers(0, 40), st.integers(0, 40), st.integers(10, 60), st.integers(10, 60))
def test_objects_far_apart_stay_apart(dx, dy, width, height):
    boxes = [
        (float(x + dx), float(y + dy), float(x + dx + width), float(y + dy + height))
        for x, y in itertools.product((0, 150, 290), (0, 180))
    ]
    windows = plan()
    seen = []
    for box, window in itertools.product(boxes, windows):
        part = clip_xyxy(box, rectangle_xyxy_src(window))
        if part is not None:
            seen.append(found(part, window))
    merged = {item.xyxy_src for item in merge_detections(seen, windows)}
    assert merged == {clip_xyxy(box, (0, 0, WIDTH, HEIGHT)) for box in boxes}


def side_by_side():
    return Window(0, 0, 100, 100, 100, 100, 0, "detail"), Window(80, 0, 100, 100, 100, 100, 1, "detail")


def test_a_joined_detection_takes_the_best_part_and_forgets_its_crop():
    left, right = side_by_side()
    (joined,) = merge_detections(
        [found((60, 10, 100, 30), left, 0.4), found((80, 11, 140, 30), right, 0.8)], [left, right]
    )
    assert joined.xyxy_src == (60, 10, 140, 30)
    assert joined.score == 0.8
    assert joined.crop is None
    assert rectangle_xyxy_src(joined.window) == (0, 0, 180, 100)
    assert (joined.window.width_px, joined.window.height_px) == (180, 100)


def test_parts_that_do_not_agree_along_the_seam_stay_apart():
    left, right = side_by_side()
    items = [found((60, 10, 100, 30), left), found((80, 60, 140, 80), right)]
    assert len(merge_detections(items, [left, right])) == 2


def test_the_edge_of_the_extent_is_no_seam():
    left, right = side_by_side()
    items = [found((0, 10, 30, 30), left), found((150, 10, 180, 30), right)]
    assert len(merge_detections(items, [left, right])) == 2


def test_a_part_gives_way_to_the_whole_even_when_it_scores_a_little_more():
    left, right = side_by_side()
    part, whole = found((88, 10, 100, 30), left, 0.9), found((88, 10, 140, 30), right, 0.8)
    assert merge_detections([part, whole], [left, right]) == [whole]


def test_a_part_does_not_give_way_to_a_box_hardly_anyone_believes_in():
    left, right = side_by_side()
    part, junk = found((88, 10, 100, 30), left, 0.9), found((85, 5, 140, 60), right, 0.1)
    assert merge_detections([part, junk], [left, right]) == [part, junk]


def test_the_better_of_two_overlapping_boxes_stays():
    left, right = side_by_side()
    better, worse = found((82, 10, 98, 30), left, 0.9), found((83, 10, 98, 30), right, 0.7)
    assert merge_detections([worse, better], [left, right]) == [better]
    assert len(merge_detections([worse, better], [left, right], iou=0.99)) == 2


def test_boxes_of_other_levels_are_not_joined_but_suppressed():
    overview = Window(0, 0, 180, 100, 90, 50, 0, "overview")
    left, right = (
        Window(0, 0, 100, 100, 100, 100, 1, "detail"),
        Window(80, 0, 100, 100, 100, 100, 2, "detail"),
    )
    items = [found((20, 20, 60, 60), overview, 0.5), found((21, 20, 60, 61), left, 0.6)]
    assert merge_detections(items, [overview, left, right]) == [items[1]]


def test_nothing_merges_to_nothing():
    assert merge_detections([], WINDOWS) == []


def test_ten_thousand_boxes_lose_none_that_stand_alone():
    big = plan_windows(10_100, 10_100, chip_px=10_100, zoom="detail", gsd_src_m=None, gsd_m=None)
    items = [
        found((x * 100, y * 100, x * 100 + 50, y * 100 + 50), big[0], 0.5)
        for x, y in itertools.product(range(100), range(100))
    ]
    assert len(merge_detections(items, big)) == 10_000


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_low_scores_are_kept(score):
    assert len(merge_detections([found((10, 10, 30, 30), WINDOWS[1], score)], WINDOWS)) == 1
