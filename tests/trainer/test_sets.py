"""Where several are meant, naming fewer is no better: known groups, and what each of their answers earns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.evaluate.overlap import box_iou, matched_iou
from engine.types import Xyxy
from tests.trainer.test_verdicts import judging
from trainer.attempts import Attempt, Attempts
from trainer.lessons import Lessons
from trainer.queries import Pair
from trainer.rewarder import Answer
from trainer.rewards import with_format
from trainer.sets import BelievedSet

A, B, C = (0.0, 0.0, 20.0, 20.0), (50.0, 0.0, 70.0, 20.0), (100.0, 0.0, 120.0, 20.0)
NOISE = (150.0, 150.0, 200.0, 200.0)
PLURAL = Pair(0, "all ships", 0.95)
SINGULAR = Pair(0, "the ship", 0.95)
BELIEF = {A: 0.95, B: 0.85, C: 0.7, NOISE: 0.1}


def tried(*answers: tuple[Xyxy, ...]) -> list[Attempt]:
    looks = []
    for boxes in answers:
        each = tuple(BELIEF[box] for box in boxes)
        looks.append(Attempt(boxes, float(np.mean(each)), (1,), each))
    return looks


def rewards(pair: Pair, looks: list[Attempt], *answers: tuple[Xyxy, ...]) -> list[float]:
    """What answers earn under a verifier that believes the boxes as the table says."""
    attempts = Attempts([pair], [looks])
    judge = judging(attempts=attempts)
    found = []
    for boxes in answers:
        from dataclasses import replace

        from tests.engine.fakes import FakeVerifier

        verifier = FakeVerifier([BELIEF[box] for box in dict.fromkeys(boxes)])
        found.append(replace(judge, verifier=verifier).rescore([pair], [Answer(boxes)])[0].reward)
    return found


TIMID = tried((A,), (A, B), (A,), (A, B), (B, C), (A, B, C), (A, C))
"""Three ships, and a policy that mostly names one or two of them."""


def test_more_of_what_is_there_earns_more_though_the_habit_is_to_name_fewer() -> None:
    one, two, three = rewards(PLURAL, TIMID, (A,), (A, B), (A, B, C))
    assert one < two < three


def test_the_old_sum_preferred_fewer_boxes() -> None:
    """What was wrong: the mean score of the surest box alone is the best, and answers agree with short ones."""
    from trainer.attempts import expected_iou

    mean = {boxes: np.mean([BELIEF[box] for box in boxes]) for boxes in ((A,), (A, B), (A, B, C))}
    old = {boxes: (score + 2 * expected_iou(boxes, TIMID)) / 3 for boxes, score in mean.items()}
    assert old[A,] > old[A, B, C]


def test_naming_what_is_not_there_or_one_thing_twice_earns_less() -> None:
    three, noisy, twice = rewards(PLURAL, TIMID, (A, B, C), (A, B, C, NOISE), (A, B, C, C))
    assert noisy < three
    assert twice < three


def test_a_doubtful_object_is_worth_naming_only_if_it_is_believed() -> None:
    looks = tried((A, B), (A, B), (A, B, NOISE))
    two, noisy = rewards(PLURAL, looks, (A, B), (A, B, NOISE))
    assert noisy < two


def test_where_each_answer_names_one_the_habit_counts_as_before() -> None:
    """ "The ship" means one: of three ships that all look like one, the one most answers point at."""
    looks = tried((A,), (A,), (A,), (B,), (C,))
    one, other, all_three = rewards(SINGULAR, looks, (A,), (B,), (A, B, C))
    assert one > other
    assert one > all_three
    attempts = Attempts([SINGULAR], [looks])
    assert not attempts.believed(SINGULAR).several
    total = sum(item.score for item in looks)
    assert one == pytest.approx(with_format((0.95 + 2 * 3 * 0.95 / total) / 3))


def test_one_stray_answer_with_many_boxes_makes_no_plural() -> None:
    assert not BelievedSet.of([((A,), (0.9,))] * 6 + [((A, B, C), (0.9, 0.9, 0.9))]).several
    unbelieved = [((A, B, C, NOISE), (0.0,) * 4)] * 6
    assert not BelievedSet.of([((A,), (0.9,))] * 6 + unbelieved).several
    assert not BelievedSet.of([]).several


def test_the_best_answer_tried_is_a_whole_one() -> None:
    best = Attempts([PLURAL], [TIMID]).best(PLURAL)
    assert best is not None
    assert best.boxes_px == (A, B, C)


def test_sums_can_be_checked_by_hand() -> None:
    believed = BelievedSet.of([((A, B), (0.8, 0.4)), ((A, B), (0.8, 0.4))])
    assert [item.belief for item in believed.objects] == pytest.approx([0.8, 0.4])
    assert (believed.several, believed.expected) == (True, pytest.approx(1.2))
    assert believed.expected_iou([A, B]) == pytest.approx((0.8 + 0.4) / 2)
    assert believed.expected_iou([A]) == pytest.approx(0.8 / 1.2)
    assert believed.recalled([0.8]) == pytest.approx(0.8 / 1.2)
    assert believed.recalled([0.8, 0.4]) == pytest.approx(0.6)
    assert believed.expected_iou([]) == 0.0
    assert BelievedSet.of([((A,), (0.0,))]).expected_iou([A]) == 0.0


BOX = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 6), st.integers(1, 6)).map(
    lambda v: (10.0 * v[0], 10.0 * v[1], 10.0 * (v[0] + v[2]), 10.0 * (v[1] + v[3]))
)


@given(st.lists(BOX, min_size=1, max_size=4, unique=True), st.lists(BOX, max_size=5))
def test_where_everything_is_sure_it_is_the_matched_iou(truth: list[Xyxy], answer: list[Xyxy]) -> None:
    """With answers that all name the truth, and no two of its boxes alike, the expectation is the figure itself."""

    if any(box_iou(a, b) > 0.5 for i, a in enumerate(truth) for b in truth[:i]):
        return
    believed = BelievedSet.of([(truth, [1.0] * len(truth))] * 3)
    assert believed.expected_iou(answer) == pytest.approx(matched_iou(answer, truth) if answer else 0.0)


def test_what_each_box_was_worth_survives_the_way_through_a_file(tmp_path: Path) -> None:
    lessons = Lessons([PLURAL], [TIMID])
    lessons.save(tmp_path)
    assert Lessons.load(tmp_path) == lessons
    assert Attempt((A, B), 0.6, (1,)).scores == (0.6, 0.6), "as versions before kept it"
