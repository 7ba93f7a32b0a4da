"""Answers that agree and are believed win; a popular mistake that nobody believes does not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from engine.evaluate.overlap import AreaRule, box_iou
from engine.types import Pixels, Query
from tests.engine.fakes import SPEC, FakeVerifier, box_text
from trainer.attempts import Attempt, Attempts, expected_iou
from trainer.queries import Pair
from trainer.rewarder import Rewarder, RewardFunction
from trainer.rewards import FORMAT_SHARE, with_format

RIGHT = (100.0, 100.0, 150.0, 150.0)
PAIR = Pair(0, "the ship", 0.8)
WRONG = (10.0, 10.0, 60.0, 60.0)


def near(box: tuple[float, ...], by: float) -> tuple[tuple[float, float, float, float], ...]:
    return ((box[0] + by, box[1] + by, box[2] + by, box[3] + by),)


def test_few_believed_answers_outweigh_many_doubted_ones() -> None:
    doubted = [Attempt(near(WRONG, i), 0.1, (i,)) for i in range(12)]
    trusted = [Attempt(near(RIGHT, i), 0.8, (100 + i,)) for i in range(3)]
    tried = [*doubted, *trusted]
    assert expected_iou((RIGHT,), tried) > expected_iou((WRONG,), tried)
    best = Attempts([PAIR], [tried]).best(PAIR)
    assert best is not None
    assert best.tokens[0] >= 100


def test_one_lucky_look_does_not_outweigh_agreement() -> None:
    lucky = Attempt(((200.0, 0.0, 250.0, 50.0),), 0.9, (1,))
    tried = [lucky, *(Attempt(near(RIGHT, i), 0.7, (10 + i,)) for i in range(5))]
    best = Attempts([PAIR], [tried]).best(PAIR)
    assert best is not None
    assert best.tokens[0] >= 10


def test_expected_iou_is_the_mean_overlap_weighted_by_the_scores() -> None:
    tried = [Attempt((RIGHT,), 0.6, (1,)), Attempt((WRONG,), 0.2, (2,))]
    assert expected_iou((RIGHT,), tried) == pytest.approx(0.75)
    assert expected_iou((RIGHT, WRONG), tried) == pytest.approx(0.5)


def test_what_is_answered_often_counts_often() -> None:
    tried = [Attempt((RIGHT,), 0.9, (1,))] * 3 + [Attempt((WRONG,), 0.9, (2,))]
    assert expected_iou((RIGHT,), tried) == pytest.approx(0.75)


def test_nothing_believed_is_nothing_known() -> None:
    assert expected_iou((RIGHT,), [Attempt((RIGHT,), 0.0, ())]) == 0.0
    assert Attempts().best(PAIR) is None


def as_norm(box: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(value / 256 * 1000 for value in box)


def reward_function(
    name: str = "consensus", presence: float = 0.8, tried: Sequence[Attempt] = ()
) -> RewardFunction:
    def score(crop: Pixels, query: Query) -> float:
        return 0.9 if crop.mean() > 100 else 0.0

    pixels = np.zeros((256, 256, 3), dtype=np.uint8)
    pixels[90:160, 90:160] = 255
    pair = Pair(0, "the ship", presence)
    attempts = Attempts([pair], [tried])
    rewarder = Rewarder(
        SPEC, FakeVerifier(score), name, 0.1, AreaRule(0.0, 1.0), lambda chip: pixels, lambda: False,
        attempts=attempts,
    )  # fmt: skip
    return RewardFunction(rewarder, [pair])


def test_consensus_rewards_the_overlap_with_what_is_believed() -> None:
    texts = [box_text(as_norm(box)) for box in (RIGHT, near(RIGHT, 5)[0], WRONG)] + ["sorry", "[]"]
    one = reward_function(tried=[Attempt((RIGHT,), 0.9, (77,))])
    rewards = one([0] * 5, texts)
    between = box_iou(RIGHT, near(RIGHT, 5)[0])
    assert rewards[0] == pytest.approx(with_format((0.9 + 2) / 3), abs=0.02)
    assert rewards[1] == pytest.approx(with_format((0.9 + 2 * between) / 3), abs=0.03)
    assert rewards[2] == rewards[4] == pytest.approx(with_format(0.0))
    assert rewards[3] == 0.0
    assert one.replay(0) == (77,)
    assert one.figures["parsed"] == pytest.approx(0.8)


def test_consensus_without_anything_tried_is_the_score() -> None:
    rewards = reward_function()([0], [box_text(as_norm(RIGHT))])
    assert rewards == [pytest.approx(with_format(0.9))]


def test_where_nothing_is_only_none_is_right() -> None:
    one = reward_function(presence=0.01)
    rewards = one([0, 0], [box_text(as_norm(RIGHT)), "[]"])
    assert rewards == [pytest.approx(with_format(0.0)), pytest.approx(1.0)]
    assert one.replay(0) is None


def test_where_nothing_is_none_is_compared_with_the_box_that_is_denied_least() -> None:
    tried = [Attempt((WRONG,), score, (number,)) for number, score in enumerate((0.01, 0.08, 0.02))]
    assert reward_function(presence=0.08, tried=tried).replay(0) == (1,)


def test_other_rewards_replay_nothing() -> None:
    one = reward_function("paper")
    one([0], [box_text(as_norm(RIGHT))])
    assert one.replay(0) is None


def test_an_answer_that_was_cut_off_earns_less_than_the_same_boxes_in_a_whole_one() -> None:
    whole = box_text(as_norm(RIGHT))
    half = whole.rstrip("]` \n")
    told, cut, unclosed = (
        reward_function("paper")([0], [text], [ended])[0]
        for text, ended in ((whole, False), (whole + "\nThere is al", True), (half, False))
    )
    assert told == pytest.approx(cut + FORMAT_SHARE)
    assert unclosed == pytest.approx(cut)
    assert cut > 0.5, "its boxes count all the same"
