"""Answers that agree and are believed win; a popular mistake that nobody believes does not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from engine.types import Pixels, Query
from tests.engine.fakes import SPEC, FakeVerifier, box_text
from trainer.queries import Pair
from trainer.rewarder import Memory, Rewarder, Teacher, Tried, expected_iou
from trainer.rewards import AreaRule, box_iou, with_format

RIGHT = (100.0, 100.0, 150.0, 150.0)
PAIR = Pair(0, "the ship", 0.8)
WRONG = (10.0, 10.0, 60.0, 60.0)


def near(box: tuple[float, ...], by: float) -> tuple[tuple[float, float, float, float], ...]:
    return ((box[0] + by, box[1] + by, box[2] + by, box[3] + by),)


def test_few_believed_answers_outweigh_many_doubted_ones() -> None:
    doubted = [Tried(near(WRONG, i), 0.1, (i,)) for i in range(12)]
    trusted = [Tried(near(RIGHT, i), 0.8, (100 + i,)) for i in range(3)]
    tried = [*doubted, *trusted]
    assert expected_iou((RIGHT,), tried) > expected_iou((WRONG,), tried)
    best = Memory([PAIR], [tried]).best(PAIR)
    assert best is not None
    assert best.tokens[0] >= 100


def test_one_lucky_look_does_not_outweigh_agreement() -> None:
    lucky = Tried(((200.0, 0.0, 250.0, 50.0),), 0.9, (1,))
    tried = [lucky, *(Tried(near(RIGHT, i), 0.7, (10 + i,)) for i in range(5))]
    best = Memory([PAIR], [tried]).best(PAIR)
    assert best is not None
    assert best.tokens[0] >= 10


def test_expected_iou_is_the_mean_overlap_weighted_by_the_scores() -> None:
    tried = [Tried((RIGHT,), 0.6, (1,)), Tried((WRONG,), 0.2, (2,))]
    assert expected_iou((RIGHT,), tried) == pytest.approx(0.75)
    assert expected_iou((RIGHT, WRONG), tried) == pytest.approx(0.5)


def test_what_is_answered_often_counts_often() -> None:
    tried = [Tried((RIGHT,), 0.9, (1,))] * 3 + [Tried((WRONG,), 0.9, (2,))]
    assert expected_iou((RIGHT,), tried) == pytest.approx(0.75)


def test_nothing_believed_is_nothing_known() -> None:
    assert expected_iou((RIGHT,), [Tried((RIGHT,), 0.0, ())]) == 0.0
    assert Memory().best(PAIR) is None


def as_norm(box: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(value / 256 * 1000 for value in box)


def teacher(name: str = "consensus", presence: float = 0.8, tried: Sequence[Tried] = ()) -> Teacher:
    def score(crop: Pixels, query: Query) -> float:
        return 0.9 if crop.mean() > 100 else 0.0

    pixels = np.zeros((256, 256, 3), dtype=np.uint8)
    pixels[90:160, 90:160] = 255
    pair = Pair(0, "the ship", presence)
    memory = Memory([pair], [tried])
    rewarder = Rewarder(SPEC, FakeVerifier(score), name, 0.1, AreaRule(0.0, 1.0), memory=memory)
    return Teacher(rewarder, [pair], lambda chip: pixels, lambda: False)


def test_consensus_rewards_the_overlap_with_what_is_believed() -> None:
    texts = [box_text(as_norm(box)) for box in (RIGHT, near(RIGHT, 5)[0], WRONG)] + ["sorry", "[]"]
    one = teacher(tried=[Tried((RIGHT,), 0.9, (77,))])
    rewards = one.rewards([0] * 5, texts)
    between = box_iou(RIGHT, near(RIGHT, 5)[0])
    assert rewards[0] == pytest.approx(with_format((0.9 + 2) / 3), abs=0.02)
    assert rewards[1] == pytest.approx(with_format((0.9 + 2 * between) / 3), abs=0.03)
    assert rewards[2] == rewards[4] == pytest.approx(with_format(0.0))
    assert rewards[3] == 0.0
    assert one.replay(0) == (77,)
    assert one.figures["parsed"] == pytest.approx(0.8)


def test_consensus_without_anything_tried_is_the_score() -> None:
    rewards = teacher().rewards([0], [box_text(as_norm(RIGHT))])
    assert rewards == [pytest.approx(with_format(0.9))]


def test_where_nothing_is_only_none_is_right() -> None:
    one = teacher(presence=0.01)
    rewards = one.rewards([0, 0], [box_text(as_norm(RIGHT)), "[]"])
    assert rewards == [pytest.approx(with_format(0.0)), pytest.approx(1.0)]
    assert one.replay(0) is None


def test_other_rewards_replay_nothing() -> None:
    one = teacher("paper")
    one.rewards([0], [box_text(as_norm(RIGHT))])
    assert one.replay(0) is None
