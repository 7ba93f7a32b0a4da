"""What comes first among the pairs of a round, if that is asked for: where answers differ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from engine.evaluate.overlap import AreaRule
from tests.engine.fakes import SPEC, FakeVerifier
from tests.trainer.conftest import MakeStudent
from trainer.attempts import Attempt
from trainer.chips import ChipSet
from trainer.config import parse_request
from trainer.lessons import Harder, Lessons, choose, find_lessons, reward_spread
from trainer.queries import Pair
from trainer.rewarder import Rewarder
from trainer.search import GUESSES

HERE, THERE = (0.0, 0.0, 10.0, 10.0), (40.0, 40.0, 60.0, 60.0)


def looked(*scores: float) -> list[Attempt]:
    """Answers with one box each, here and there in turns."""
    boxes = [HERE if i % 2 == 0 else THERE for i in range(len(scores))]
    return [Attempt((box,), score, (1,), (score,)) for box, score in zip(boxes, scores, strict=True)]


def test_answers_that_agree_or_are_all_wrong_have_no_spread() -> None:
    sure = [Attempt((HERE,), 0.9, (1,))] * (1 + GUESSES)
    assert reward_spread(sure) == pytest.approx(0.0)
    assert reward_spread([]) == 0.0
    split = [Attempt((HERE,), 0.9, (1,))] * 4 + [Attempt((THERE,), 0.1, (1,))] * 3
    half_silent = [Attempt((HERE,), 0.9, (1,))] * 4
    assert 0.3 < reward_spread(split) < reward_spread(half_silent)


def test_nothing_comes_first_unless_it_is_asked_for() -> None:
    pairs = [Pair(i, f"q{i}", 0.9) for i in range(4)]
    assert Harder().order(pairs, [2, 0, 1, 3]) == [2, 0, 1, 3]
    assert Harder().rank(pairs[0], looked(0.5, 0.9)) == 0.0
    assert choose(pairs, 2, 0.0, 3, [0.0] * 4) == choose(pairs, 2, 0.0, 3)


def test_what_was_answered_in_different_ways_is_asked_next() -> None:
    pairs = [Pair(0, "easy", 0.9), Pair(1, "hard", 0.9), Pair(2, "new", 0.9)]
    harder = Harder(questions=True, asked={"easy": 0.01, "hard": 0.4})
    assert harder.order(pairs, [0, 1, 2]) == [1, 0, 2] or harder.order(pairs, [0, 1, 2]) == [1, 2, 0]
    assert replace(harder, questions=False).order(pairs, [0, 1, 2]) == [0, 1, 2]


def test_the_highest_ranks_are_taken_first_among_those_with_a_target_and_those_without() -> None:
    pairs = [Pair(i, "q", 0.9) for i in range(6)] + [Pair(6 + i, "q", 0.001) for i in range(3)]
    ranks = [0.0, 0.5, 0.0, 0.4, 0.0, 0.0, 0.0, 1.0, 0.0]
    assert set(choose(pairs, 3, 0.34, 0, ranks)) == {1, 3, 7}


def test_lessons_take_what_was_answered_in_different_ways_and_keep_how_far(
    make_student: MakeStudent, chips: list[np.ndarray], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pairs = [Pair(i % 4, f"q{i}", 0.9) for i in range(8)] + [Pair(i, f"empty {i}", 0.01) for i in range(4)]
    sure = [Attempt((HERE,), 0.9, (1,))] * (1 + GUESSES)
    tried = {pair.query: sure for pair in pairs[:8]} | {pair.query: [] for pair in pairs[8:]}
    tried |= {"q3": looked(0.9, 0.4, 0.9), "q6": looked(0.8, 0.3)}
    believed = {pair.query: pair.presence for pair in pairs}
    monkeypatch.setattr("trainer.lessons.search", lambda asked, *_: [tried[pair.query] for pair in asked])
    monkeypatch.setattr(
        "trainer.lessons.presence_by",
        lambda *_: lambda _, texts: np.array([believed[text] for text in texts]),
    )
    judge = Rewarder(
        SPEC, FakeVerifier(), "consensus", 0.25, AreaRule(0.0, 1.0), chips.__getitem__, lambda: False
    )
    lessons = find_lessons(
        pairs, make_student(), judge, ChipSet.__new__(ChipSet), adapter=None, wanted=9, absent_share=0.7, seed=1,
        harder=Harder(questions=True),
    )  # fmt: skip
    assert {"q3", "q6"} <= {pair.query for pair in lessons.pairs}
    assert lessons.spread["q3"] > 0.2
    assert lessons.spread["q0"] == pytest.approx(0.0)
    assert "empty 2" not in lessons.spread
    lessons.save(tmp_path)
    assert Lessons.load(tmp_path) == lessons


def test_it_is_a_switch_of_a_request_and_off_by_default() -> None:
    assert not parse_request({"rasters": ["a.tif"]}).harder_questions
    assert parse_request({"rasters": ["a.tif"], "harder_questions": True}).harder_questions
    with pytest.raises(InputError, match="harder_questions"):
        parse_request({"rasters": ["a.tif"], "harder_questions": "yes"})
