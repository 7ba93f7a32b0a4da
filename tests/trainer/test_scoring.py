"""Rewards of parsed answers under a scripted verifier: one call, the served crops, no free lunch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.evaluate.overlap import AreaRule
from engine.imagery.crops import blank_box, cut_crop
from engine.types import Pixels, Query
from tests.engine.fakes import SPEC, FakeVerifier, box_text
from trainer.queries import Pair
from trainer.rewarder import Answer, Rewarder, painted, read_answer
from trainer.rewards import with_format

RULE = AreaRule(1.0, 0.5)
PIXELS = np.random.default_rng(0).integers(0, 255, (256, 256, 3)).astype(np.uint8)
PAIR = Pair(0, "the ship", presence=0.8)
BOX = (10.0, 10.0, 60.0, 60.0)
OTHER = (100.0, 100.0, 150.0, 150.0)


def rewarder(verifier: FakeVerifier, name: str = "paper", pixels: Pixels = PIXELS) -> Rewarder:
    return Rewarder(SPEC, verifier, name, 0.25, RULE, lambda chip: pixels, lambda: False)


def test_answers_are_read_by_the_served_parser() -> None:
    answer = read_answer(box_text((0, 0, 500, 500)), SPEC, PIXELS)
    assert answer.boxes_px == ((0.0, 0.0, 128.0, 128.0),)
    assert read_answer("[]", SPEC, PIXELS).boxes_px == ()
    assert read_answer("I am sorry", SPEC, PIXELS).boxes_px is None


def test_the_verifier_sees_the_served_crop() -> None:
    verifier = FakeVerifier([0.7])
    scored = rewarder(verifier).rescore([PAIR], [Answer((BOX,))])
    assert np.array_equal(verifier.crops[0], cut_crop(PIXELS, BOX, margin=0.25, crop_px=SPEC.crop_px))
    assert scored[0].reward == pytest.approx(with_format(0.7))
    assert scored[0].scores == (0.7,)


def test_a_rewarder_reads_scores_and_scores_again() -> None:
    texts = [box_text((0, 0, 500, 500)), "[]", "I am sorry"]
    opened: list[int] = []
    verifier = FakeVerifier([0.7, 0.2])
    one = replace(rewarder(verifier), pixels_of=lambda chip: opened.append(chip) or PIXELS)
    answers = one.read([PAIR] * 3, texts)
    assert not verifier.crops
    scored = one.score([PAIR] * 3, texts)
    assert [item.answer for item in scored] == answers
    again = one.rescore([PAIR] * 3, answers)
    assert (scored[0].scores, again[0].scores) == ((0.7,), (0.2,))
    assert opened == [0, 0, 0], "once for each call, however many pairs ask about the chip"


def test_crops_are_scored_under_any_question() -> None:
    verifier = FakeVerifier([0.7, 0.2])
    scores = rewarder(verifier).score_crops([0, 0], [BOX, OTHER], ["the ship", "a dam"])
    assert scores.tolist() == [0.7, 0.2]
    assert np.array_equal(verifier.crops[1], cut_crop(PIXELS, OTHER, margin=0.25, crop_px=SPEC.crop_px))
    assert not len(rewarder(verifier).score_crops([], [], []))


def test_equal_boxes_of_a_group_are_looked_at_once() -> None:
    verifier = FakeVerifier()
    rewarder(verifier).rescore([PAIR] * 8, [Answer((BOX,))] * 8)
    assert len(verifier.crops) == 1


def test_unreadable_answers_earn_nothing_and_are_counted() -> None:
    scored = rewarder(FakeVerifier()).score([PAIR] * 2, ["I am sorry", "[]"])
    assert (scored[0].reward, scored[0].answer.parsed) == (0.0, False)
    assert scored[1].answer.parsed
    assert scored[1].reward == pytest.approx(with_format(1 - PAIR.presence))


def test_that_there_is_nothing_of_another_kind_is_no_answer() -> None:
    ships = replace(PAIR, query="all ships")
    scored = rewarder(FakeVerifier()).score([ships] * 2, ["There are no clouds.", "There are no ships."])
    assert [item.answer.parsed for item in scored] == [False, True]


def test_contrast_looks_at_what_is_left_behind() -> None:
    def score(crop: Pixels, query: Query) -> float:
        blanked = np.array_equal(crop, blank_box(PIXELS, BOX, margin=0.25, crop_px=SPEC.crop_px))
        return 0.5 if blanked else 0.8

    verifier = FakeVerifier(score)
    scored = rewarder(verifier, "contrast").rescore([PAIR], [Answer((BOX,))])
    assert len(verifier.crops) == 2
    assert scored[0].reward == pytest.approx(with_format(0.8 * 0.5))


def test_contrast_blanks_every_box_of_an_answer() -> None:
    """Two neighbours of one kind: with both named nothing is left behind that could say yes."""
    near = (62.0, 10.0, 112.0, 60.0)
    bright = np.zeros((256, 256, 3), dtype=np.uint8)
    for x0, y0, x1, y1 in (BOX, near):
        bright[int(y0) : int(y1), int(x0) : int(x1)] = 255
    verifier = FakeVerifier(lambda crop, query: float(crop.max() > 200))
    alone, both = rewarder(verifier, "contrast", bright).rescore(
        [PAIR] * 2, [Answer((BOX,)), Answer((BOX, near))]
    )
    assert alone.reward == pytest.approx(with_format(1.0 - 1.0)), "all is left behind"
    assert both.reward == pytest.approx(with_format(1.0 - 0.0)), "nothing is left behind"


def test_supervised_reward_never_asks_about_truth_it_lacks() -> None:
    pair = Pair(0, "the ship", 0.8, truth_px=(BOX,))
    scored = rewarder(FakeVerifier(), "iou").rescore(
        [pair] * 3, [Answer((BOX,)), Answer((OTHER,)), Answer(())]
    )
    assert [s.reward for s in scored] == pytest.approx([with_format(1.0), with_format(0.0), with_format(0.0)])


def test_painting_leaves_the_rest_untouched() -> None:
    out = painted(PIXELS, [BOX])
    outside = np.ones(PIXELS.shape[:2], dtype=bool)
    outside[10:60, 10:60] = False
    assert np.array_equal(out[outside], PIXELS[outside])
    assert len(np.unique(out[10:60, 10:60].reshape(-1, 3), axis=0)) == 1
    assert painted(PIXELS, [(0, 0, 256, 256)]).std() == 0
