"""Answers that agree and are believed win; a popular mistake that nobody believes does not."""

from __future__ import annotations

import numpy as np
import pytest

from engine.types import Pixels, Query
from tests.engine.fakes import SPEC, FakeVerifier, box_text
from trainer.memory import MOST, Memory, Tried, believed
from trainer.queries import Pair
from trainer.rewards import AreaRule, with_format
from trainer.scoring import Rewarder
from trainer.teaching import Teacher

RIGHT = (100.0, 100.0, 150.0, 150.0)
WRONG = (10.0, 10.0, 60.0, 60.0)


def near(box: tuple[float, ...], by: float) -> tuple[tuple[float, float, float, float], ...]:
    return ((box[0] + by, box[1] + by, box[2] + by, box[3] + by),)


def test_few_believed_answers_outweigh_many_doubted_ones() -> None:
    doubted = [Tried(near(WRONG, i), 0.3, (i,)) for i in range(12)]
    trusted = [Tried(near(RIGHT, i), 0.8, (100 + i,)) for i in range(3)]
    beliefs = believed([*doubted, *trusted])
    assert int(np.argmax(beliefs)) >= len(doubted)


def test_one_lucky_look_does_not_outweigh_agreement() -> None:
    lucky = Tried(((200.0, 0.0, 250.0, 50.0),), 0.9, (1,))
    agreed = [Tried(near(RIGHT, i), 0.7, (10 + i,)) for i in range(5)]
    beliefs = believed([lucky, *agreed])
    assert int(np.argmax(beliefs)) > 0


def test_nothing_believed_is_nothing_known() -> None:
    assert believed([Tried((), 0.0, ())]) == [0.0]
    assert Memory().best(3) is None


def test_memory_keeps_the_believed_and_counts_equal_boxes_once() -> None:
    memory = Memory()
    memory.add(0, [Tried(near(RIGHT, 0), 0.9, (1,))] * 5)
    memory.add(0, [Tried(near(WRONG, i / 7), 0.01, (2,)) for i in range(3 * MOST)])
    best = memory.best(0)
    assert best is not None
    assert best.tokens == (1,)


def as_norm(box: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(value / 256 * 1000 for value in box)


def teacher(name: str = "search") -> Teacher:
    def score(crop: Pixels, query: Query) -> float:
        return 0.9 if crop.mean() > 100 else 0.1

    pixels = np.zeros((256, 256, 3), dtype=np.uint8)
    pixels[90:160, 90:160] = 255
    rewarder = Rewarder(SPEC, FakeVerifier(score), name, 0.1, AreaRule(0.0, 1.0))
    return Teacher(rewarder, [Pair(0, "the ship", 0.8)], lambda chip: pixels, lambda: False)


def test_search_rewards_agreement_with_the_best_answer() -> None:
    texts = [box_text(as_norm(box)) for box in (RIGHT, near(RIGHT, 5)[0], WRONG)] + ["sorry", "[]"]
    one = teacher()
    rewards = one.rewards([0] * 5, texts, [(i,) for i in range(5)])
    assert rewards[0] == pytest.approx(with_format(0.9), abs=0.02)
    assert rewards[0] > rewards[1] > rewards[2]
    assert rewards[2] == pytest.approx(with_format(0.0))
    assert rewards[3] == 0.0
    assert one.replay(0) == (0,)
    assert one.figures["parsed"] == pytest.approx(0.8)


def test_other_rewards_replay_nothing() -> None:
    one = teacher("paper")
    one.rewards([0], [box_text(as_norm(RIGHT))], [(1,)])
    assert one.replay(0) is None
