"""Golden completions of every family, and properties that hold for any text."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import CompletionParseError, ModelError
from engine.language.families import FAMILIES, answer_scale, sent_size
from engine.language.parser import parse_boxes

QWEN3_ONE = '[{"bbox_2d": [100, 200, 300, 400], "label": "ship"}]'
HALF = (50.0, 40.0, 150.0, 80.0)

# family, completion, boxes on a chip of 500 x 200 px (x1, y1, x2, y2, label), reasoning
GOLDEN = [
    ("qwen3-vl", QWEN3_ONE, [(*HALF, "ship")], ""),
    ("qwen3-vl", f"```json\n{QWEN3_ONE}\n```", [(*HALF, "ship")], ""),
    ("qwen3-vl", f"A ship lies at the pier.\n```json\n{QWEN3_ONE}\n```\nThat is it.", [(*HALF, "ship")],
     "A ship lies at the pier."),
    ("qwen3-vl", f"<think>the ship is in the west</think>\n{QWEN3_ONE}", [(*HALF, "ship")],
     "the ship is in the west"),
    ("qwen3-vl", '{"bbox_2d": [100, 200, 300, 400], "label": "ship"}', [(*HALF, "ship")], ""),
    ("qwen3-vl", '[ { "bbox_2d" : [ 100 , 200 , 300 , 400 ] , "label" : " ship " } ]', [(*HALF, "ship")], ""),
    ("qwen3-vl", '[{"label": "a } [ \\" b", "bbox_2d": [100, 200, 300, 400]}]', [(*HALF, 'a } [ " b')], ""),
    ("qwen3-vl", "[{'bbox_2d': [100, 200, 300, 400], 'label': 'ship'}]", [(*HALF, "ship")], ""),
    ("qwen3-vl", "[100, 200, 300, 400]", [(*HALF, "")], ""),
    ("qwen3-vl", "[[100, 200, 300, 400], [0, 0, 1000, 1000]]", [(*HALF, ""), (0, 0, 500, 200, "")], ""),
    ("qwen3-vl", "There are 2 ships.\n[]", [], "There are 2 ships."),
    ("qwen3-vl", "no ship here\nNone.", [], "no ship here"),
    ("qwen3-vl", "[ ]", [], ""),
    ("qwen3.5", '[{"bbox_2d": [-20, 200, 1010, 400], "label": "ship"}]', [(0, 40, 500, 80, "ship")], ""),
    ("qwen2.5-vl", '[{"bbox_2d": [50.4, 39.2, 151.2, 78.4], "label": "ship"}]',
     [(50, 40, 150, 80, "ship")], ""),
    ("internvl", "<ref>ship</ref><box>[[100, 200, 300, 400]]</box>", [(*HALF, "ship")], ""),
    ("internvl", "In the west.\n<ref>ship</ref><box>[[100, 200, 300, 400], [0, 0, 500, 500]]</box>",
     [(*HALF, "ship"), (0, 0, 250, 100, "ship")], "In the west."),
    ("internvl", "<ref>ship</ref><box>[]</box>", [], ""),
    ("deepseek-vl2", "<|ref|>ship<|/ref|><|det|>[[0, 0, 999, 999]]<|/det|>", [(0, 0, 500, 200, "ship")], ""),
    ("paligemma", "<loc0205><loc0102><loc0410><loc0307> ship ; <loc0000><loc0000><loc0512><loc0512> pier",
     [(49.8, 40.0, 149.9, 80.1, "ship"), (0, 0, 250, 100, "pier")], ""),
    ("moondream", '{"objects": [{"x_min": 0.1, "y_min": 0.2, "x_max": 0.3, "y_max": 0.4}]}',
     [(*HALF, "")], ""),
    ("moondream", '{"objects": []}', [], ""),
    ("remotereasoner", "<think>the pier</think> <answer>[[50, 40, 150, 80]]</answer>",
     [(*HALF, "")], "the pier"),
    ("remotereasoner", "<think>nothing fits</think> <answer>[]</answer>", [], "nothing fits"),
    ("remotereasoner", "<answer>[[1, 1, 2, 2]]</answer> or rather <answer>[[50, 40, 150, 80]]</answer>",
     [(*HALF, "")], ""),
]  # fmt: skip


@pytest.mark.parametrize(("family", "text", "boxes", "reasoning"), GOLDEN)
def test_golden_completion(family, text, boxes, reasoning):
    answer = parse_boxes(text, family, 500, 200)
    assert [proposal.label for proposal in answer.proposals] == [box[4] for box in boxes]
    for proposal, box in zip(answer.proposals, boxes, strict=True):
        assert proposal.xyxy_px == pytest.approx(box[:4], abs=0.06)
    if reasoning:
        assert answer.reasoning == reasoning
    assert not answer.truncated
    assert answer.dropped == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sorry, I can't see any image",
        "<think>the ship is",
        '[{"bbox_2d": [100, 200',
        '[{"point_2d": [100, 200], "label": "ship"}]',
        '[{"bbox_2d": [100, 200, 300], "label": "ship"}]',
        '[{"bbox_2d": [1e999, 0, 1e999, 4], "label": "infinite"}]',
        '[{"bbox_2d": [true, false, true, true], "label": "no numbers"}]',
        "[" * 5000,
    ],
)
def test_a_text_without_answer_raises(text):
    with pytest.raises(CompletionParseError):
        parse_boxes(text, "qwen3-vl", 256, 256)


def test_the_message_says_what_to_do_when_reasoning_never_ended():
    with pytest.raises(CompletionParseError, match="max_new_tokens"):
        parse_boxes("<think>first I look at the north", "qwen3-vl", 256, 256)
    assert issubclass(CompletionParseError, ModelError)


@pytest.mark.parametrize(
    ("family", "text", "count"),
    [
        ("qwen3-vl", '[{"bbox_2d": [1, 2, 30, 40], "label": "a"}, {"bbox_2d": [5, 6, 70, 8', 1),
        ("qwen3-vl", '[{"bbox_2d": [1, 2, 30, 40], "label": "a"}, {"bbox_2d": [5, 6, 70, 80], "la', 2),
        ("qwen3-vl", '```json\n[{"bbox_2d": [1, 2, 30, 40], "label": "a"},', 1),
        ("remotereasoner", "<think>x</think><answer>[[1, 2, 30, 40], [5, 6", 1),
        ("internvl", "<ref>a</ref><box>[[1, 2, 30, 40], [5, 6", 1),
        ("paligemma", "<loc0000><loc0000><loc0512><loc0512> a ; <loc0001><loc0", 1),
    ],
)
def test_a_cut_answer_gives_its_complete_boxes_only(family, text, count):
    answer = parse_boxes(text, family, 256, 256)
    assert answer.truncated
    assert len(answer.proposals) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x1=100, y1=200, x2=300, y2=400", None),
        ("- ship: [100, 200, 300, 400]\n- ship: [500, 600, 700, 8", 1),
        ("There are no ships", None),
        ("No ships are visible. The", None),
    ],
)
def test_what_ends_because_its_room_did_may_end_in_half_a_number_or_half_a_sentence(text, count):
    if count is None:
        with pytest.raises(CompletionParseError):
            parse_boxes(text, "qwen3-vl", 256, 256, full=True)
        return
    answer = parse_boxes(text, "qwen3-vl", 256, 256, full=True)
    assert answer.truncated
    assert len(answer.proposals) == count


def test_a_whole_answer_that_fills_its_room_is_whole():
    assert not parse_boxes(QWEN3_ONE, "qwen3-vl", 256, 256, full=True).truncated
    assert parse_boxes("There are no ships.", "qwen3-vl", 256, 256, full=True).proposals == []


def test_boxes_without_area_are_dropped_and_counted():
    text = (
        '[{"bbox_2d": [5, 5, 5, 9], "label": "a"}, {"bbox_2d": [1, 1, 9, 9], "label": "b"}, {"bbox_2d": [1]}]'
    )
    answer = parse_boxes(text, "qwen3-vl", 100, 100)
    assert [proposal.label for proposal in answer.proposals] == ["b"]
    assert answer.dropped == 2


@given(st.text(alphabet=st.sampled_from('[]{}",:0123456789.- bbox_2dlabelnone<think>/answerrefdetloc|`\n')))
def test_any_text_ends_in_boxes_inside_the_chip_or_in_the_one_error(text):
    for family in FAMILIES:
        try:
            answer = parse_boxes(text, family, 37, 91)
        except CompletionParseError:
            continue
        for proposal in answer.proposals:
            x1, y1, x2, y2 = proposal.xyxy_px
            assert 0 <= x1 < x2 <= 37
            assert 0 <= y1 < y2 <= 91


boxes = st.tuples(*[st.integers(0, 499)] * 2, *[st.integers(500, 1000)] * 2)


# A box that is named "none" is no box that can be believed; signs that steer a terminal are not kept.
names = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12).filter(
    lambda name: not re.match(r"\s*(?:n/a|no|null|nil|empty)", name.lower())
)


@given(st.lists(st.tuples(boxes, names), max_size=6), st.integers(28, 1200), st.integers(28, 1200))
def test_what_is_written_as_json_is_read_back(items, width, height):
    text = json.dumps([{"bbox_2d": box, "label": label} for box, label in items])
    answer = parse_boxes(text, "qwen3-vl", width, height)
    assert len(answer.proposals) == len(items)
    assert not answer.truncated
    for proposal, (box, label) in zip(answer.proposals, items, strict=True):
        expected = (box[0] * width, box[1] * height, box[2] * width, box[3] * height)
        assert [value * 1000 for value in proposal.xyxy_px] == pytest.approx(expected)
        assert proposal.label == label.strip()


@given(st.lists(boxes, min_size=1, max_size=5), st.integers(0, 400))
def test_cutting_an_answer_anywhere_never_invents_a_box(items, cut):
    text = json.dumps([{"bbox_2d": box, "label": "x"} for box in items])
    whole = parse_boxes(text, "qwen3-vl", 1000, 1000).proposals
    try:
        part = parse_boxes(text[:cut], "qwen3-vl", 1000, 1000)
    except CompletionParseError:
        return
    assert [p.xyxy_px for p in part.proposals] == [p.xyxy_px for p in whole[: len(part.proposals)]]
    assert part.truncated == (cut < len(text))


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_pictures_are_sent_in_whole_tokens_and_bounds(width, height):
    for family in FAMILIES.values():
        sent_width, sent_height = sent_size(family, width, height)
        if not family.factor_px:
            assert (sent_width, sent_height) == (width, height)
            continue
        assert sent_width % family.factor_px == sent_height % family.factor_px == 0
        assert family.min_pixels <= sent_width * sent_height <= family.max_pixels
        assert min(sent_width, sent_height) >= family.factor_px


def test_absolute_answers_are_scaled_by_the_size_that_was_sent():
    family = FAMILIES["qwen2.5-vl"]
    assert answer_scale(family, 500, 200) == (504.0, 196.0)
    answer = parse_boxes('[{"bbox_2d": [0, 0, 504, 196]}]', family, 500, 200)
    assert answer.proposals[0].xyxy_px == (0.0, 0.0, 500.0, 200.0)


def test_a_label_is_a_name_that_files_can_hold() -> None:
    text = r'[{"bbox_2d": [10, 20, 30, 40], "label": "ship\ud83d"}, {"bbox_2d": [50, 60, 70, 80], "label": "LONG"}]'
    short, long = parse_boxes(text.replace("LONG", "ship" * 90), "qwen3-vl", 1000, 1000).proposals
    assert short.label == "ship\ufffd"
    assert long.label == ("ship" * 50)[:199] + "…"


@pytest.mark.parametrize(
    ("asked", "text", "is_none"),
    [
        ("where could people shelter from a flood?", "There are no buildings visible.", True),
        ("where can ships dock?", "No piers are visible.", True),
        ("where are the people?", "There are no buildings visible.", False),
    ],
)
def test_who_is_to_do_something_is_not_what_is_asked_for(asked, text, is_none):
    if is_none:
        assert parse_boxes(text, "qwen3-vl", 100, 100, asked=asked).proposals == []
        return
    with pytest.raises(CompletionParseError):
        parse_boxes(text, "qwen3-vl", 100, 100, asked=asked)
