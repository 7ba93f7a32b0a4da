"""What a student draws depends on the seed and the question, so that an interrupted run goes on as if it were not."""

from __future__ import annotations

from tests.trainer.conftest import MakeStudent
from trainer.queries import Pair


def test_what_is_drawn_does_not_depend_on_what_was_drawn_before(make_student: MakeStudent) -> None:
    student = make_student()
    pairs = [Pair(0, "the ship", 0.5), Pair(1, "the car", 0.5)]
    drawn = student.draw(pairs, None, lambda: False, group_size=3, temperature=1.0)
    student.draw(pairs[:1], None, lambda: False, group_size=2, temperature=1.0)
    assert student.draw(pairs, None, lambda: False, group_size=3, temperature=1.0) == drawn
    assert make_student().draw(pairs, None, lambda: False, group_size=3, temperature=1.0) == drawn
    assert student.draw(pairs[::-1], None, lambda: False, group_size=3, temperature=1.0) == drawn[::-1]
