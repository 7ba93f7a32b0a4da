"""The time of a run is counted whole, and told before it is spent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.catalogue.specs import read_spec
from tests.trainer.test_plan import raster
from trainer import clock as module
from trainer.clock import RunClock, Spent, Work, forecast, keep_rates, minutes_words, parts_words, rates_of
from trainer.config import parse_request
from trainer.dataset import plan_run
from trainer.state import RunState


class Hands:
    """The hands of a clock that the test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(module.time, "monotonic", lambda: self.now)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REMOTEZERO_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def test_everything_counts_towards_the_budget_earlier_attempts_too(hands: Hands) -> None:
    spent = Spent(seconds=30.0)
    clock = RunClock(2, spent)
    with clock.part("reading"):
        hands.now += 50
    clock.done("reading", 10)
    hands.now += 10
    assert clock.seconds == 90
    assert clock.left_s == 30
    assert spent.rates() == {"reading": 5.0}
    assert spent.seconds == 80


def test_a_part_that_was_broken_off_is_counted_and_the_rest_is_not_lost(hands: Hands) -> None:
    clock = RunClock(1, Spent())

    def broken_off() -> None:
        with clock.part("searching"):
            hands.now += 7
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert clock.spent.parts == {"searching": 7.0}
    assert clock.spent.rates() == {}


def test_the_stop_comes_true_with_the_time_and_later_with_grace(hands: Hands) -> None:
    clock = RunClock(1, Spent())
    plain, lenient = clock.over(lambda: False), clock.over(lambda: False, grace=True)
    hands.now += 61
    assert plain()
    assert not lenient()
    hands.now += 20
    assert lenient()
    assert RunClock(1, Spent()).over(lambda: True)()


def test_progress_is_told_about_once_a_second_and_never_beyond_its_end(hands: Hands) -> None:
    clock, told = RunClock(1, Spent()), []
    stop = clock.telling(lambda: False, lambda: told.append(clock.progress("search", 2)))
    for _ in range(30):
        stop()
        hands.now += 0.25
    assert len(told) in (6, 7)
    assert [entry["done"] for entry in told] == sorted(entry["done"] for entry in told)
    hands.now += 1000
    stop()
    assert told[-1] == {"stage": "search", "round": 2, "done": 60, "total": 60, "seconds_left": 0.0}


def test_the_forecast_adds_up_what_was_measured() -> None:
    rates = {"reading": 1.0, "loading": 5.0, "questions": 2.0, "settings": 0.1, "searching": 0.5, "measuring": 0.2,
             "step": 3.0}  # fmt: skip
    found = forecast(rates, Work(chips=10, train=50, held=20, steps=4, prompts=64))
    assert found == {
        "preparing": pytest.approx(5 + 10 * 3 + 50 * 0.1 + 20 * 0.7),
        "searching": 25.0,
        "training": 12.0,
        "checking": pytest.approx(20 * 1.2),
        "checked before": pytest.approx(20 * 0.5),
    }


def test_a_plan_tells_the_time_once_it_was_measured(home: Path, tmp_path: Path, tiny_folder: Path) -> None:
    request = parse_request({"rasters": [str(raster(tmp_path / "a.tif", 512))], "model": str(tiny_folder)})
    assert plan_run(request)["seconds"] is None
    name = read_spec(tiny_folder).name
    keep_rates(name, Spent(parts={"reading": 4.0}, counts={"reading": 2}))
    assert plan_run(request)["seconds"] is None, "no round was measured yet"
    parts = dict.fromkeys(module.UNITS, 2.0)
    keep_rates(name, Spent(parts=parts, counts=dict.fromkeys(parts, 2)))
    plan = plan_run(request)
    assert plan["seconds"]["learning"] >= 3 * 20
    assert len(plan["measured"]) == 10


@pytest.mark.parametrize("text", ["", "[]", "{", '{"any": 3}', '{"any": {"reading": "slow"}}'])
def test_kept_rates_that_are_damaged_are_none(home: Path, text: str) -> None:
    (home / "improve-rates.json").write_text(text)
    assert rates_of("any") is None
    keep_rates("any", Spent(parts={"reading": 4.0}, counts={"reading": 2}))
    assert json.loads((home / "improve-rates.json").read_text())["any"]["reading"] == 2.0


def test_time_spent_survives_in_the_state(tmp_path: Path) -> None:
    state = RunState(spent=Spent(12.0, {"reading": 3.0}, {"reading": 4}))
    state.save(tmp_path)
    assert RunState.load(tmp_path).spent == state.spent


def test_words() -> None:
    assert minutes_words(1) == "1 minute"
    assert minutes_words(2.5) == "2.5 minutes"
    assert parts_words({"reading": 2.0, "loading": 30.4}) == "loading 30 s, reading 2 s"
