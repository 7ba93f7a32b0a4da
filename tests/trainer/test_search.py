"""Silent policies are made to point, and only sure pairs are learned from."""

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
from trainer.lessons import Lessons, choose
from trainer.queries import Pair
from trainer.rewarder import Answer, Rewarder
from trainer.search import GUESSES, compared, informed, opening, search

BOX = (1.0, 2.0, 30.0, 40.0)


def test_the_opening_is_where_boxes_and_none_part() -> None:
    with_boxes = [[5, 8, 1], [5, 8, 2], [5, 9, 1], [5, 8, 3]]
    assert opening(with_boxes, [[5, 7], [5, 7, 7]]) == (5, 8)


def test_no_opening_without_silence_or_where_answers_share_nothing() -> None:
    assert opening([[5, 8], [5, 9]], []) == ()
    assert opening([], [[5, 7]]) == ()
    assert opening([[5, n] for n in range(10, 20)], [[5, 7]]) == ()


def test_a_believed_look_makes_a_pair_present() -> None:
    pairs = [Pair(0, "the ship", 0.05), Pair(1, "the ship", 0.05), Pair(2, "the ship", 0.9)]
    known = informed(pairs, [[Attempt((BOX,), 0.7, (1,))], [], [Attempt((BOX,), 0.2, (1,))]])
    assert [pair.presence for pair in known] == [0.7, 0.05, 0.9]


def test_a_look_at_the_whole_that_crops_deny_is_not_counted() -> None:
    """Seldom denied, it stands, since a search may miss; denied often, crops alone decide."""
    no, yes = [Attempt((BOX,), 0.02, (1,))], [Attempt((BOX,), 0.8, (1,))]
    pairs = [Pair(i, "the pool", 0.9) for i in range(10)]
    seldom = informed(pairs, [no] * 2 + [yes] * 8)
    assert [pair.presence for pair in seldom] == [0.9] * 10
    pairs[9] = Pair(9, "the pool", 0.9, accepted_px=(BOX,))
    often = informed(pairs, [no] * 6 + [yes, yes, [], no])
    assert [pair.presence for pair in often] == [0.02] * 6 + [0.8, 0.8, pytest.approx(0.3), 1.0]
    assert sum(pair.absent for pair in often) == 6


def test_the_surest_empty_pairs_are_chosen_and_doubtful_ones_left_out() -> None:
    pairs = [Pair(i, "q", p) for i, p in enumerate([0.9] * 8 + [0.3] * 5 + [0.09, 0.001, 0.05, 0.002])]
    chosen = [pairs[i] for i in choose(pairs, 10, 0.2, 0)]
    assert sorted(pair.presence for pair in chosen) == [0.001, 0.002] + [0.9] * 8


def test_nothing_present_is_an_error_that_says_so() -> None:
    with pytest.raises(InputError, match="sees nothing of what is asked"):
        choose([Pair(0, "the plane", 0.2)], 5, 0.1, 0)


def test_lessons_come_back_as_they_were(tmp_path: Path) -> None:
    lessons = Lessons([Pair(3, "the ship", 0.8)], [[Attempt((BOX,), 0.7, (4, 5))]])
    lessons.save(tmp_path)
    assert Lessons.load(tmp_path) == lessons
    assert Lessons.load(tmp_path / "elsewhere") is None
    assert lessons.attempts().of(lessons.pairs[0]) == lessons.tried[0]


def test_doubtful_pairs_are_answered_again_with_the_opening(
    make_student: MakeStudent, chips: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    student = make_student()
    spec = student.loaded.spec
    words = student.loaded.tokenizer
    box = words('[{"bbox_2d": [0, 0, 500, 500]}]', add_special_tokens=False)["input_ids"]
    none = words("[]", add_special_tokens=False)["input_ids"]
    asked: list[tuple[int, ...]] = []

    def draw(pairs, adapter, stop, *, group_size=1, temperature=0.0, opening=()):
        asked.append(tuple(opening))
        return [[box if opening or pair.chip == 0 else none] * group_size for pair in pairs]

    monkeypatch.setattr(student, "draw", draw)
    rewarder = Rewarder(
        spec, FakeVerifier(lambda crop, query: 0.6), "paper", 0.25, AreaRule(0.0, 1.0),
        chips.__getitem__, lambda: False,
    )  # fmt: skip
    pairs = [Pair(0, "the ship", 0.9), Pair(1, "the ship", 0.02)]
    tried = search(pairs, student, rewarder, None)
    assert asked[:2] == [(), ()]
    assert asked[2] != ()
    assert [len(looks) for looks in tried] == [1 + GUESSES, GUESSES]
    assert tried[1][0].score == 0.6
    assert informed(pairs, tried)[1].presence == 0.6


def test_an_opening_stands_at_the_beginning_of_what_is_drawn(make_student: MakeStudent) -> None:
    student = make_student()
    opening_ids = student.loaded.tokenizer("[{", add_special_tokens=False)["input_ids"]
    pairs = [Pair(0, "the ship", 0.5), Pair(1, "a plane", 0.5)]
    drawn = student.draw(pairs, None, lambda: False, group_size=3, temperature=1.0, opening=opening_ids)
    assert [len(group) for group in drawn] == [3, 3]
    assert all(ids[: len(opening_ids)] == opening_ids for group in drawn for ids in group)
    assert all(len(ids) <= student.loaded.spec.max_new_tokens for group in drawn for ids in group)


def judge_of(chips: list[np.ndarray], name: str = "consensus") -> Rewarder:
    return Rewarder(
        replace(SPEC, min_score=0.5), FakeVerifier(), name, 0.25, AreaRule(0.0, 1.0), chips.__getitem__,
        lambda: False,
    )  # fmt: skip


SMALL, LARGE, HUGE = (0.0, 0.0, 10.0, 10.0), (20.0, 20.0, 50.0, 50.0), (0.0, 0.0, 120.0, 120.0)


def test_answers_that_point_at_another_than_the_one_that_is_meant_are_believed_no_more(
    chips: list[np.ndarray],
) -> None:
    tried = [
        Attempt((SMALL,), 0.95, (1,)), Attempt((LARGE,), 0.8, (2,)), Attempt((SMALL, LARGE), 0.9, (3,)),
        Attempt((HUGE,), 0.1, (4,)),
    ]  # fmt: skip
    largest = compared(Pair(0, "the largest ship", 0.9), tried, judge_of(chips))
    assert [item.score for item in largest] == [0.0, 0.8, 0.0, 0.0], "the huge one is hardly a ship"
    north = compared(Pair(0, "the northernmost ship", 0.9), tried, judge_of(chips))
    assert [item.score for item in north] == [0.95, 0.0, 0.0, 0.0], "up is north where a chip lies nowhere"
    for question in ("all ships", "the ship next to the pier", "the largest ships"):
        assert compared(Pair(0, question, 0.9), tried, judge_of(chips)) == tried
    assert compared(Pair(0, "the largest ship", 0.9), [], judge_of(chips)) == []


def test_the_papers_recipe_asks_the_crop_the_whole_question(chips: list[np.ndarray]) -> None:
    tried = [Attempt((SMALL,), 0.95, (1,)), Attempt((LARGE,), 0.8, (2,))]
    assert compared(Pair(0, "the largest ship", 0.9), tried, judge_of(chips, "paper")) == tried
    for name, asked in (("paper", "the largest ship"), ("consensus", "the ship")):
        seen: list[str] = []
        verifier = FakeVerifier(lambda crop, query, seen=seen: seen.append(query.text) or 0.5)
        rewarder = replace(judge_of(chips, name), verifier=verifier)
        rewarder.rescore([Pair(0, "the largest ship", 0.9)], [Answer((SMALL,))])
        rewarder.score_crops([0], [SMALL], ["the largest ship"])
        assert seen == [asked, asked]
