"""The parser against public completions, torn ones, and sentences that say there is nothing."""

from __future__ import annotations

import pytest

from engine.errors import CompletionParseError
from engine.language.families import FAMILIES
from engine.language.parser import parse_boxes
from tests.engine.completions import fuzz, golden

FORMS = golden()


def known(form):
    """What the caller of the parser knows of a form: the question, and whether its room was used up."""
    return {key: form[key] for key in ("asked", "full") if key in form}


def said(form):
    """What the parser makes of a form, in the words of the file."""
    try:
        answer = parse_boxes(form["text"], form["family"], *form["size"], **known(form))
    except CompletionParseError:
        return "unread", False, 0
    boxes = [[*proposal.xyxy_px, proposal.label] for proposal in answer.proposals]
    return boxes or "none", answer.truncated, answer.dropped


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["form"])
def test_every_public_form_is_read_right(form):
    found, truncated, dropped = said(form)
    wanted = form["expect"]
    if isinstance(wanted, str):
        assert found == wanted
    else:
        assert [box[4] for box in found] == [box[4] for box in wanted]
        for box, right in zip(found, wanted, strict=True):
            assert box[:4] == pytest.approx(right[:4], abs=0.06)
    assert truncated == form.get("truncated", False)
    assert dropped == form.get("dropped", 0)


def test_the_file_has_forms_of_every_family_and_of_every_outcome():
    assert len(FORMS) >= 120
    assert {form["family"] for form in FORMS} == set(FAMILIES)
    outcomes = [form["expect"] if isinstance(form["expect"], str) else "boxes" for form in FORMS]
    assert all(outcomes.count(outcome) >= 30 for outcome in ("boxes", "none", "unread"))


def test_torn_completions_end_in_boxes_inside_the_picture_or_in_the_one_error():
    counts = fuzz(500, seed=12)
    assert counts["boxes"] > 500
    assert counts["unread"] > 500
    assert counts["none"] > 100


@pytest.mark.slow
def test_twenty_thousand_torn_completions_through_every_family():
    counts = fuzz(20_000, seed=14)
    assert counts["boxes"] + counts["none"] + counts["unread"] == 20_000 * len(FAMILIES)


def test_points_are_told_as_what_they_are():
    with pytest.raises(CompletionParseError, match="2 point"):
        parse_boxes('[{"point_2d": [1, 2]}, {"point_2d": [3, 4]}]', "qwen3-vl", 100, 100)


@pytest.mark.parametrize(
    ("asked", "text", "is_none"),
    [
        ("", "No clouds are visible in the image.", True),
        ("all ships", "No clouds are visible in the image.", False),
        ("all ships", "No boats are visible in the image.", True),
        ("excavators", "No clouds are visible in the image.", False),
        ("excavators", "No vehicles are visible in the image.", True),
        ("all ships", "图中没有云。", False),
        ("cars", "图中没有船。", False),
        ("Schiffe", "Auf dem Bild sind keine Menschen zu sehen.", False),
        ("all ships", "There are no ships. There are no planes either.", True),
        ("all ships", "There are no planes. There are no cars either.", False),
    ],
)
def test_only_what_was_asked_for_can_be_absent(asked, text, is_none):
    if is_none:
        assert parse_boxes(text, "qwen3-vl", 100, 100, asked=asked).proposals == []
    else:
        with pytest.raises(CompletionParseError):
            parse_boxes(text, "qwen3-vl", 100, 100, asked=asked)


@pytest.mark.parametrize(
    ("after", "is_none"),
    [
        ("The image shows fields and trees.", True),
        ("There are several cars on the road.", True),
        ("Two vessels lie at the pier.", False),
        ("One is at the pier.", False),
        ("However, the image shows a harbour.", False),
        ("Something is at the pier.", False),
    ],
)
def test_what_else_is_seen_takes_a_denial_back_only_where_it_could_be_what_was_asked_for(after, is_none):
    text = f"There are no ships in the image. {after}"
    if is_none:
        assert parse_boxes(text, "qwen3-vl", 100, 100, asked="all ships").proposals == []
    else:
        with pytest.raises(CompletionParseError):
            parse_boxes(text, "qwen3-vl", 100, 100, asked="all ships")


def test_what_is_left_out_of_an_answer_stays_in_its_reasoning():
    text = 'There are no clouds. [{"bbox_2d": [10, 20, 30, 40], "label": "ship"}]'
    assert parse_boxes(text, "qwen3-vl", 100, 100, asked="all ships").reasoning == "There are no clouds."
