"""A loop is told from a long answer, in tokens and in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import CompletionParseError
from engine.language.parser import parse_boxes
from engine.language.repetition import LEAST, TIMES, is_loop, repeated_tail

BOX = '{"bbox_2d": [100, 200, 300, 400], "label": "ship"}'
OTHER = '{"bbox_2d": [500, 500, 600, 700], "label": "ship"}'


@pytest.mark.parametrize(
    ("tokens", "unit"),
    [
        ([7] * 64, 1),
        ([7] * 63, 0),
        ([1, 2, 3] + [7, 8] * 32, 2),
        ([7, 8] * 32 + [7], 2),
        ([*range(100), *([*range(20)] * 4)], 20),
        ([*range(100), *([*range(20)] * 3), *range(19)], 0),
        (list(range(400)), 0),
        ([], 0),
        ([7] * 64 + [8], 0),
    ],
)
def test_units_that_are_repeated_at_the_end(tokens: list[int], unit: int) -> None:
    assert repeated_tail(tokens) == unit


@given(st.lists(st.integers(0, 9), max_size=80), st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_every_loop_is_found_by_its_shortest_unit(before: list[int], unit: list[int]) -> None:
    times = max(TIMES, -(-LEAST // len(unit)))
    found = repeated_tail(before + unit * times)
    assert 0 < found <= len(unit)
    tokens = before + unit * times
    assert tokens[-found * TIMES :] == tokens[-found:] * TIMES


def test_boxes_of_one_row_are_no_loop() -> None:
    """A row of piers, as the small model writes it: all but one number of each box is the same."""
    tokens = [
        token
        for n in range(40)
        for token in (1258, 8 + 4 * n, 1260, 300, 1260, 20 + 4 * n, 1260, 340, 1261, 9, 1262)
    ]
    assert not any(is_loop(tokens[:end]) for end in range(len(tokens)))


def test_it_is_looked_at_now_and_then_only() -> None:
    assert [end for end in range(200) if is_loop([7] * end)] == [64, 80, 96, 112, 128, 144, 160, 176, 192]


@pytest.mark.parametrize(
    "text",
    [
        "<think>" + "the ship is at the pier and " * 9,
        "It is near, very near" + ", very near" * 12,
        "<think>hm</think>" + "\n" * 80,
        "<think>the ship</think>" + "[[[[" * 40,
        "<think>" + "é" * 70 + "\ufffd",
    ],
)
def test_a_loop_without_an_answer_is_named_and_no_more_room_is_asked_for(text: str) -> None:
    with pytest.raises(CompletionParseError, match="lost the thread") as caught:
        parse_boxes(text, "qwen3-vl", 256, 256)
    assert "max_new_tokens" not in str(caught.value)
    assert "again and again" in str(caught.value)


def test_a_text_that_is_only_cut_off_may_have_more_room() -> None:
    with pytest.raises(CompletionParseError, match="raise max_new_tokens"):
        parse_boxes("<think>The ships lie at the pier in the north of", "qwen3-vl", 256, 256)


def test_boxes_written_before_and_in_a_loop_count_once() -> None:
    answer = parse_boxes(f"[{OTHER}, " + f"{BOX}, " * 9 + BOX[:20], "qwen3-vl", 1000, 1000)
    assert [box.xyxy_px for box in answer.proposals] == [(500, 500, 600, 700), (100, 200, 300, 400)]
    assert answer.truncated


def test_boxes_given_twice_without_a_loop_are_left_as_they_are() -> None:
    assert len(parse_boxes(f"[{BOX}, {BOX}, {OTHER}]", "qwen3-vl", 1000, 1000).proposals) == 3
