"""Rewards are sums that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.evaluate.overlap import AreaRule, area_penalty, box_iou, matched_iou
from trainer.rewards import (
    FORMAT_SHARE,
    contrast_reward,
    covered_share,
    none_reward,
    paper_reward,
    with_format,
)

RULE = AreaRule(weight=0.5, allowed=0.1)
BOX = st.tuples(*[st.integers(0, 20)] * 4).map(
    lambda v: (
        float(min(v[0], v[2])),
        float(min(v[1], v[3])),
        float(max(v[0], v[2]) + 1),
        float(max(v[1], v[3]) + 1),
    )
)


def test_paper_reward_is_the_score_while_the_box_is_small() -> None:
    assert paper_reward([(0, 0, 5, 5)], [0.8], 0.05, RULE) == pytest.approx(0.8)


def test_paper_reward_pays_for_excess_area() -> None:
    assert paper_reward([(0, 0, 50, 50)], [0.8], 0.5, RULE) == pytest.approx(0.8 - 0.5 * 0.4)
    assert area_penalty(0.1, RULE) == 0.0


def test_contrast_reward_falls_with_what_is_left_behind() -> None:
    tight = contrast_reward([(0, 0, 5, 5)], [0.9], 0.1, 0.05, RULE)
    half = contrast_reward([(0, 0, 5, 5)], [0.9], 0.8, 0.05, RULE)
    assert tight == pytest.approx(0.81)
    assert half == pytest.approx(0.18)


def test_naming_one_object_twice_earns_no_more_than_half() -> None:
    assert paper_reward([(0, 0, 9, 9), (0, 0, 9, 9)], [1.0, 1.0], 0.01, RULE) == pytest.approx(0.5)


def test_an_unreadable_answer_earns_less_than_the_worst_readable_one() -> None:
    assert with_format(None) == 0.0
    assert with_format(-3.0) == pytest.approx(FORMAT_SHARE)
    assert with_format(1.0) == pytest.approx(1.0)


def test_none_is_right_where_nothing_is() -> None:
    assert none_reward(0.02) == pytest.approx(0.98)


def test_matched_iou_of_equal_and_of_empty_sides() -> None:
    assert matched_iou([], []) == 1.0
    assert matched_iou([(0, 0, 1, 1)], []) == 0.0
    assert matched_iou([(0, 0, 4, 4), (8, 8, 9, 9)], [(8, 8, 9, 9), (0, 0, 4, 4)]) == pytest.approx(1.0)
    assert matched_iou([(0, 0, 4, 4)], [(0, 0, 4, 4), (8, 8, 9, 9)]) == pytest.approx(0.5)


@given(BOX, BOX)
def test_iou_is_symmetric_and_bounded(a: tuple[float, ...], b: tuple[float, ...]) -> None:
    assert box_iou(a, b) == box_iou(b, a)
    assert 0.0 <= box_iou(a, b) <= 1.0
    assert box_iou(a, a) == pytest.approx(1.0)


@given(st.lists(BOX, max_size=5))
def test_covered_share_equals_counting_pixels(boxes: list[tuple[float, ...]]) -> None:
    mask = np.zeros((24, 24), dtype=bool)
    for x0, y0, x1, y1 in boxes:
        mask[int(y0) : int(y1), int(x0) : int(x1)] = True
    assert covered_share(boxes, 24, 24) == pytest.approx(mask.mean())
