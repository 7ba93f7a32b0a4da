"""What comes first among the pairs of a round: where policy and verifier disagree, and where answers differ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from engine.evaluate.overlap import AreaRule
from tests.engine.fakes import SPEC, FakeVerifier
from tests.trainer.conftest import MakeStudent
from trainer.chips import ChipSet
from trainer.config import parse_request
from trainer.lessons import Harder, Lessons, choose, disagreed, find_lessons, reward_spread
from trainer.queries import Pair
from trainer.rewarder import Attempt, Attempts, Rewarder, RewardFunction
from trainer.search import GUESSES, Searched

HERE, THERE = (0.0, 0.0, 10.0, 10.0), (40.0, 40.0, 60.0, 60.0)
NONE = (7, 7)


def looked(*scores: float, greedy: bool = True) -> list[Attempt]:
    """Answers with one box each, the first of them the policy's own."""
    boxes = [HERE if i % 2 == 0 else THERE for i in range(len(scores))]
    return [
        Attempt((b,), s, (i,), (s,), greedy and i == 0)
        for i, (b, s) in enumerate(zip(boxes, scores, strict=True))
    ]


def test_policy_and_verifier_disagree_where_no_box_of_its_own_answer_is_believed() -> None:
    assert disagreed(looked(0.05, 0.9))
    assert not disagreed(looked(0.2, 0.05))
    assert not disagreed(looked(0.05, 0.05, greedy=False)), "what it was made to say is not its own"
    assert not disagreed([])


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
    assert Harder().rank(pairs[0], looked(0.05, 0.9)) == 0.0
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


def test_lessons_take_the_pairs_in_dispute_and_keep_how_none_is_written(
    make_student: MakeStudent, chips: list[np.ndarray], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pairs = [Pair(i % 4, f"q{i}", 0.9) for i in range(8)] + [
        Pair(i % 4, f"empty {i}", 0.01) for i in range(4)
    ]
    tried = {pair.query: looked(0.9, 0.8) for pair in pairs[:8]}
    tried |= {"q3": looked(0.03, 0.9), "empty 2": looked(0.02), "empty 1": [], "empty 0": [], "empty 3": []}

    def searched(asked: list[Pair], *rest: object) -> Searched:
        return Searched([tried[pair.query] for pair in asked], NONE)

    monkeypatch.setattr("trainer.lessons.search", searched)
    believed = {pair.query: pair.presence for pair in pairs}
    monkeypatch.setattr(
        "trainer.lessons.presence_by",
        lambda *_: lambda _, texts: np.array([believed[text] for text in texts]),
    )
    judge = Rewarder(
        SPEC, FakeVerifier(), "consensus", 0.25, AreaRule(0.0, 1.0), chips.__getitem__, lambda: False
    )

    def found(harder: Harder | None, seed: int) -> Lessons:
        return find_lessons(
            pairs, make_student(), judge, ChipSet.__new__(ChipSet),
            adapter=None, wanted=9, absent_share=0.34, seed=seed, harder=harder,
        )  # fmt: skip

    lessons = found(Harder(negatives=True), 1)
    asked = [pair.query for pair in lessons.pairs]
    assert "q3" in asked
    assert "empty 2" in asked
    assert lessons.none == NONE
    assert lessons.spread["q3"] > 0
    assert "empty 2" not in lessons.spread
    lessons.save(tmp_path)
    assert Lessons.load(tmp_path) == lessons
    reward = RewardFunction(replace(judge, attempts=lessons.attempts()), lessons.pairs, lessons.none)
    assert reward.replay(asked.index("empty 2")) == NONE, "the answer it would not give stands in its group"
    empty = [number for number, pair in enumerate(lessons.pairs) if pair.absent and pair.query != "empty 2"]
    assert [reward.replay(number) for number in empty] == [None] * len(empty)
    assert reward.replay(asked.index("q3")) == (1,), "and so does the one that is believed"
    assert found(None, 1).none == ()


def test_where_nothing_is_kept_of_none_it_stands_in_no_group(chips: list[np.ndarray]) -> None:
    pair = Pair(0, "q", 0.01)
    judge = Rewarder(
        SPEC, FakeVerifier(), "consensus", 0.25, AreaRule(0.0, 1.0), chips.__getitem__, lambda: False,
        attempts=Attempts([pair], [looked(0.02)]),
    )  # fmt: skip
    assert RewardFunction(judge, [pair]).replay(0) is None
    assert RewardFunction(judge, [pair], NONE).replay(0) == NONE
    assert RewardFunction(replace(judge, name="paper"), [pair], NONE).replay(0) is None


def test_both_are_switches_of_a_request_and_off_by_default() -> None:
    plain = parse_request({"rasters": ["a.tif"]})
    assert (plain.hard_negatives, plain.harder_questions) == (False, False)
    assert parse_request({"rasters": ["a.tif"], "hard_negatives": True}).hard_negatives
    with pytest.raises(InputError, match="harder_questions"):
        parse_request({"rasters": ["a.tif"], "harder_questions": "yes"})
