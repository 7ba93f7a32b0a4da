"""What the model could do before is asked again: a loss refuses a round, and a share that loses nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.errors import InputError, JobCancelledError
from engine.types import Pixels
from tests.engine.fakes import box_text
from tests.trainer.conftest import MakeStudent
from tests.trainer.test_gate import held_out
from trainer.clock import HOME, RunClock, Spent, Work, forecast
from trainer.config import SHARES
from trainer.gate import HOME_LOSS, Home, judge
from trainer.home import FILE, HomePair, HomeSet, pictures_of, write_home
from trainer.keeping import AtHome, Kept
from trainer.measure import Measurement
from trainer.rewarder import Answer
from trainer.rewards import judged_share
from trainer.rollout.student import TRAINED, Student
from trainer.state import RunState

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "models" / "mini" / "home"
BOX = (10.0, 10.0, 60.0, 60.0)
OTHER = (100.0, 100.0, 150.0, 150.0)


def never() -> bool:
    return False


def drawn(side: int = 128, count: int = 2) -> list[Pixels]:
    rng = np.random.default_rng(3)
    patches = rng.integers(0, 255, (count, side // 16, side // 16, 3))
    return list(np.kron(patches, np.ones((1, 16, 16, 1))).astype(np.uint8))


def home_of(right: int, of: int = 200, none: int = 50, of_none: int = 50) -> Home:
    answers = [i < right for i in range(of)] + [i < none for i in range(of_none)]
    return Home(np.array(answers), np.array([True] * of + [False] * of_none))


def test_a_set_comes_back_as_it_was_written(tmp_path: Path) -> None:
    pairs = [
        HomePair(0, "the ship", (BOX,)),
        HomePair(1, "a dam", ()),
        HomePair(1, "boats", (BOX,), (OTHER,), False),
    ]
    write_home(tmp_path / "a", drawn(), pairs)
    home = HomeSet([tmp_path / "nowhere", tmp_path / "a"])
    assert home.pairs == pairs
    assert home.pixels(1).shape == (128, 128, 3)
    assert np.abs(home.pixels(0).astype(int) - drawn()[0]).mean() < 5
    assert not len(HomeSet([tmp_path / "nowhere"]))


def test_several_sets_are_one_and_a_new_one_leaves_nothing_of_the_old(tmp_path: Path) -> None:
    write_home(tmp_path / "a", drawn(count=3), [HomePair(2, "the ship", (BOX,))])
    write_home(tmp_path / "a", drawn(), [HomePair(1, "the ship", (BOX,))])
    write_home(tmp_path / "b", drawn(64), [HomePair(0, "a dam", ())])
    assert not (tmp_path / "a" / "002.jpg").exists()
    home = HomeSet([tmp_path / "a", tmp_path / "b"])
    assert [pair.picture for pair in home.pairs] == [1, 2]
    assert home.pixels(2).shape == (64, 64, 3)
    pixels_of = pictures_of(lambda index: np.full((4, 4, 3), index, np.uint8), 5, home)
    assert pixels_of(4)[0, 0, 0] == 4
    assert pixels_of(7).shape == (64, 64, 3)
    assert [pair.chip for pair in home.asked(5)] == [6, 7]


@pytest.mark.parametrize(
    "damage", ["{", '{"pictures": ["000.jpg"], "pairs": [{"picture": 4, "query": "a", "boxes_px": []}]}']
)
def test_a_damaged_set_says_so(tmp_path: Path, damage: str) -> None:
    write_home(tmp_path, drawn(), [])
    (tmp_path / FILE).write_text(damage)
    with pytest.raises(InputError, match=FILE):
        HomeSet([tmp_path])


def test_a_picture_that_is_gone_says_so(tmp_path: Path) -> None:
    write_home(tmp_path, drawn(), [HomePair(0, "the ship", (BOX,))])
    (tmp_path / "000.jpg").write_bytes(b"no picture")
    with pytest.raises(InputError, match=r"000\.jpg can't be read"):
        HomeSet([tmp_path]).pixels(0)


def test_what_is_right_at_home() -> None:
    ship, nothing = HomePair(0, "the ship", (BOX,)), HomePair(0, "a dam", ())
    some = HomePair(0, "boats", (BOX,), (OTHER,), complete=False)
    third = (200.0, 200.0, 220.0, 220.0)
    assert ship.is_right(Answer((BOX,)))
    assert not ship.is_right(Answer((BOX, OTHER)))
    assert not ship.is_right(Answer(()))
    assert not ship.is_right(Answer(None))
    assert nothing.is_right(Answer(()))
    assert not nothing.is_right(Answer((BOX,)))
    assert some.is_right(Answer((BOX, third))), "the third was never judged"
    assert not some.is_right(Answer((BOX, OTHER))), "the other was rejected"


def test_judged_boxes_count_and_others_do_not() -> None:
    assert judged_share([BOX], [BOX], []) == 1.0
    assert judged_share([], [BOX], []) == 0.0
    assert judged_share([BOX, OTHER], [BOX], [OTHER]) == 0.5
    assert judged_share([], [], [OTHER]) == 1.0
    assert judged_share([OTHER], [], [OTHER]) == 0.0
    assert judged_share([BOX], [BOX], [BOX]) == 1.0, "accepted counts before rejected"


@pytest.mark.parametrize(("lost", "kept"), [(0, True), (4, True), (5, False), (60, False)])
def test_a_gain_that_costs_more_than_two_points_at_home_is_refused(lost: int, kept: bool) -> None:
    before = held_out()
    after = replace(before, rewards=before.rewards + 0.2)
    verdict = judge(before, after, home=(home_of(150), home_of(150 - lost)))
    assert verdict.promoted is kept
    figure = next(control for control in verdict.controls if control.name == "right answers at home")
    assert figure.limit == HOME_LOSS
    assert figure.worse is not kept
    if not kept:
        assert "right answers at home went from 0.750 to" in verdict.reason


def test_how_much_of_none_may_be_lost_is_the_users_choice() -> None:
    before = held_out()
    after = replace(before, rewards=before.rewards + 0.2)
    sides = (home_of(150, none=47), home_of(150, none=41))
    assert judge(before, after, home=sides).promoted, "shown, not limited"
    assert judge(before, after, home=sides, none_loss=0.12).promoted
    refused = judge(before, after, home=sides, none_loss=0.03)
    assert not refused.promoted
    assert "“none” at home went from 0.940 to 0.820" in refused.reason


def test_a_gain_at_home_is_no_gain_in_the_region() -> None:
    before = held_out()
    assert not judge(before, held_out(seed=1), home=(home_of(100), home_of(180))).promoted


def test_home_figures_without_questions_of_a_kind_lose_nothing() -> None:
    only = Home(np.array([True, False]), np.array([True, True]))
    assert (only.found, only.none) == (0.5, 1.0)
    assert Home(np.array([True]), np.array([False])).found == 1.0


@pytest.fixture
def at_home(
    make_student: MakeStudent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AtHome]:
    """A student whose share decides how many of ten stored questions it answers right."""

    def make(right_at: Callable[[str | None, float], int]) -> AtHome:
        student: Student = make_student()
        student.shares = [1.0]  # type: ignore[attr-defined]
        folder = write_home(
            tmp_path / "home", drawn(), [HomePair(0, f"the ship {i}", (BOX,)) for i in range(100)]
        )
        good = box_text(*[tuple(1000 * v / 128 for v in BOX)])

        def answer(pairs, adapter, stop):
            if stop():
                raise JobCancelledError("stopped")
            count = right_at(adapter, student.shares[-1])
            return [good if i < count else "[]" for i in range(len(pairs))]

        monkeypatch.setattr(student, "answer", answer)
        monkeypatch.setattr(student, "take_share", student.shares.append)
        return AtHome(HomeSet([folder]), student, 4, RunClock(60, Spent()))

    return make


def measured_with(wrong_boxes: int) -> Measurement:
    """Held-out figures like those before, but for so many boxes for the forty absent targets."""
    return Measurement(replace(held_out(), wrong_boxes=np.arange(40) < wrong_boxes), [])


def keep(home: AtHome, before: Home | None, none_loss: float | None = None) -> Kept:
    """What is kept where nothing changed on the held-out pairs."""
    side = replace(held_out(), wrong_boxes=np.zeros(40, dtype=bool))
    return home.keep(before, side, lambda: measured_with(0), none_loss, never)


def test_all_is_kept_where_nothing_is_lost(at_home: Callable[..., AtHome]) -> None:
    home = at_home(lambda adapter, share: 70)
    before = home.before(RunState(), lambda: None, never)
    assert before is not None
    kept = keep(home, before)
    assert [entry.share for entry in kept.tried] == [1.0]


def test_the_largest_share_that_keeps_home_is_kept(at_home: Callable[..., AtHome]) -> None:
    home = at_home(lambda adapter, share: 70 - round(7 * share * share) if adapter == TRAINED else 70)
    before = home.before(RunState(), lambda: None, never)
    assert before is not None
    kept = keep(home, before)
    assert [entry.share for entry in kept.tried] == [1.0, 0.75, 0.5]
    assert kept.last.home is not None
    assert kept.last.home.found == pytest.approx(0.68)
    assert "Judging 50%" in kept.sentence()
    assert "right answers at home would go from 0.700 to 0.630" in kept.sentence()
    report = kept.report()
    assert report is not None
    assert report["before"]["right"] == pytest.approx(0.7)
    json.dumps([report, *(one.figures(0.5) for one in kept.tried)], allow_nan=False)


def test_a_limit_on_none_is_kept_by_a_smaller_share(
    make_student: MakeStudent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    student, shares = make_student(), [1.0]
    pairs = [HomePair(0, f"the ship {i}", (BOX,) if i < 50 else ()) for i in range(100)]
    good = box_text(*[tuple(1000 * v / 128 for v in BOX)])

    def answer(asked, adapter, stop):
        silent = round(47 - 8 * shares[-1]) if adapter == TRAINED else 47
        return [good] * 50 + ["[]"] * silent + [good] * (50 - silent)

    monkeypatch.setattr(student, "answer", answer)
    monkeypatch.setattr(student, "take_share", shares.append)
    home = AtHome(HomeSet([write_home(tmp_path / "home", drawn(), pairs)]), student, 4, RunClock(60, Spent()))
    before = home.before(RunState(), lambda: None, never)
    assert before is not None
    assert before.none == pytest.approx(0.94)
    assert keep(home, before).last.share == 1.0
    kept = keep(home, before, 0.05)
    assert kept.last.share == 0.25
    assert [entry.home.none for entry in kept.tried if entry.home] == pytest.approx([0.78, 0.82, 0.86, 0.9])


def test_where_no_share_keeps_home_the_gate_refuses(at_home: Callable[..., AtHome]) -> None:
    home = at_home(lambda adapter, share: 20 if adapter == TRAINED else 70)
    before = home.before(RunState(), lambda: None, never)
    assert before is not None
    kept = keep(home, before)
    assert tuple(entry.share for entry in kept.tried) == SHARES
    gain = replace(held_out(), rewards=held_out().rewards + 0.2)
    assert not judge(held_out(), gain, home=kept.at_home).promoted


def test_a_smaller_share_is_kept_where_boxes_for_absent_targets_grow(at_home: Callable[..., AtHome]) -> None:
    """Nothing is lost at home, but the whole round would answer in vain on the held-out places."""
    home = at_home(lambda adapter, share: 70)
    before = home.before(RunState(), lambda: None, never)
    side = measured_with(0).held_out
    shares = iter(SHARES)
    wrong = {1.0: 12, 0.75: 8, 0.5: 1, 0.25: 0}

    def measured() -> Measurement:
        return measured_with(wrong[next(shares)])

    kept = home.keep(before, side, measured, None, never)
    assert kept.last.share == 0.5
    assert [entry.figures(0.0)["held_none"] for entry in kept.tried] == pytest.approx([0.7, 0.8, 0.975])
    assert "boxes for absent targets" in kept.sentence()
    shares = iter(SHARES)
    assert home.keep(None, side, measured, 0.0, never).last.share == 0.25


def test_the_better_of_start_and_model_as_it_came_is_what_was_known(at_home: Callable[..., AtHome]) -> None:
    """Adapter after adapter, each losing two points against the one before, would lose everything."""
    home = at_home(lambda adapter, share: 60 if adapter == "start" else 70)
    home._student.start_name = "start"
    state, saved = RunState(), []
    before = home.before(state, lambda: saved.append(1), never)
    assert before is not None
    assert before.found == pytest.approx(0.7)
    assert saved == [1]
    again = at_home(lambda adapter, share: 0).before(state, lambda: saved.append(2), never)
    assert again is not None
    assert again.found == pytest.approx(0.7), "it is asked once"
    assert saved == [1]


def test_without_stored_questions_nothing_is_asked(make_student: MakeStudent) -> None:
    home = AtHome(HomeSet([]), make_student(), 4, RunClock(60, Spent()))
    assert home.before(RunState(), lambda: None, never) is None
    assert not len(home)


def test_asking_at_home_can_be_left_and_its_time_is_counted(at_home: Callable[..., AtHome]) -> None:
    home = at_home(lambda adapter, share: 70)
    with pytest.raises(JobCancelledError):
        home.answered(None, lambda: True)
    home.answered(None, never)
    assert home._clock.spent.counts[HOME] == 100
    assert HOME in home._clock.spent.parts


def test_stored_questions_are_answered_by_the_model_in_their_own_pictures(
    make_student: MakeStudent, chips: list[Pixels], tmp_path: Path
) -> None:
    from engine.catalogue.specs import read_spec
    from engine.model.loaded import load_model

    folder = write_home(
        tmp_path / "home", drawn(96), [HomePair(1, "the ship", (BOX,)), HomePair(0, "a dam", ())]
    )
    home = HomeSet([folder])
    tiny = make_student().loaded.spec
    student = Student(
        load_model(read_spec(tiny.path), device="cpu", load_in_4bit=False), 4,
        pictures_of(chips.__getitem__, len(chips), home), None,
    )  # fmt: skip
    found = AtHome(home, student, len(chips), RunClock(60, Spent())).answered(None, never)
    assert found.right.shape == (2,)
    assert found.target.tolist() == [True, False]


def test_a_share_lies_on_the_line_between_start_and_end(make_student: MakeStudent) -> None:
    student = make_student()
    student.begin_round(None)
    start = student._weights()
    with torch.no_grad():
        for parameter in student.loaded.model.parameters():
            if parameter.requires_grad:
                parameter.add_(1.0)
    end = student._weights()
    for share in (0.5, 0.25, 1.0):
        student.take_share(share)
        for name, weight in student._weights().items():
            assert torch.allclose(weight, start[name] + share * (end[name] - start[name]), atol=1e-6), name
    assert all(torch.equal(weight, end[name]) for name, weight in student._weights().items())
    student.begin_round(None)
    assert all(torch.equal(weight, start[name]) for name, weight in student._weights().items())


def test_the_time_at_home_is_part_of_the_plan() -> None:
    rates = {"measuring": 0.5, "searching": 1.0}
    work = Work(chips=10, train=20, held=30, steps=20, prompts=320)
    asked = replace(work, home=100, shares=4)
    known = forecast({**rates, HOME: 0.1}, asked)
    assert known["preparing"] - forecast(rates, work)["preparing"] == pytest.approx(10)
    # Four shares at home, and the held-out pairs three times more.
    assert known["checking"] - forecast(rates, work)["checking"] == pytest.approx(40 + 3 * 30 * 0.5)
    assert forecast(rates, asked)["preparing"] - forecast(rates, work)["preparing"] == pytest.approx(50)


def test_the_shipped_model_has_a_home_of_places_that_nothing_else_draws() -> None:
    from trainer.lab.mini.home import FIRST, draw_home

    home = HomeSet([SHIPPED])
    targets = sum(bool(pair.boxes_px) for pair in home.pairs)
    assert targets >= 300
    assert len(home) - targets >= 100
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 2_000_000
    pictures, pairs = draw_home(3)
    assert pairs == home.pairs[: len(pairs)], "make home-set draws it anew when the drawn world changes"
    assert np.abs(home.pixels(2).astype(int) - pictures[2]).mean() < 8
    assert FIRST > 100_000, "the evaluation begins at the first test scene"
