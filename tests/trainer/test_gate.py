"""The gate promotes what is surely better and refuses everything else, with the reason in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from trainer.gate import NEEDED_PLACES, HeldOut, judge, place_interval, should_stop
from trainer.lab.bench.levels import NULLS, promoted_share


def held_out(reward: float = 0.5, spread: float = 0.1, n: int = 200, seed: int = 0) -> HeldOut:
    rng = np.random.default_rng(seed)
    return HeldOut(
        rewards=np.clip(rng.normal(reward, spread, n), 0, 1),
        places=np.arange(n) // 5,
        parsed=np.ones(n, dtype=bool),
        empty=np.zeros(n, dtype=bool),
        area_shares=rng.uniform(0.02, 0.06, n),
        wrong_yes=np.full(n, 0.1),
        wrong_boxes=np.zeros(50, dtype=bool),
    )


def test_a_clear_gain_with_quiet_controls_is_promoted() -> None:
    before = held_out()
    verdict = judge(before, replace(before, rewards=before.rewards + 0.05))
    assert verdict.promoted
    assert verdict.gain == pytest.approx(0.05)
    assert verdict.reason.startswith("Promoted: the held-out reward rose by +0.050")


def test_no_change_is_refused() -> None:
    verdict = judge(held_out(), held_out(seed=1))
    assert not verdict.promoted
    assert "not surely a gain" in verdict.reason


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"wrong_yes": np.full(200, 0.3)}, "yes to wrong queries went from 0.100 to 0.300"),
        ({"wrong_boxes": np.ones(50, dtype=bool)}, "boxes for absent targets"),
        ({"parsed": np.arange(200) > 60}, "answers that can't be parsed"),
        ({"empty": np.arange(200) < 60}, "empty answers"),
        ({"area_shares": np.full(200, 0.5)}, "median box area"),
    ],
)
def test_a_worse_control_refuses_a_gain(change: dict[str, np.ndarray], words: str) -> None:
    before = held_out()
    verdict = judge(before, replace(before, rewards=before.rewards + 0.2, **change))
    assert not verdict.promoted
    assert words in verdict.reason


def test_one_lucky_place_is_no_proof() -> None:
    """All of the gain in one place: pairs alone would look significant, places do not."""
    before = replace(held_out(), rewards=np.full(200, 0.5), places=np.repeat(np.arange(10), 20))
    after = replace(before, rewards=np.where(before.places == 0, 0.9, 0.5))
    assert not judge(before, after).promoted
    as_pairs = place_interval(before.rewards, after.rewards, np.arange(200), 0)
    assert as_pairs[1] > 0


@pytest.mark.parametrize("count", [1, 2, NEEDED_PLACES - 1])
def test_too_few_places_never_prove_a_gain_and_say_so(count: int) -> None:
    before = replace(held_out(), places=np.arange(200) % count)
    verdict = judge(before, replace(before, rewards=before.rewards + 0.3))
    assert not verdict.promoted
    assert f"{count} held-out places can't tell" in verdict.reason
    assert "Add imagery" in verdict.reason


@pytest.mark.parametrize("name", ["rewards", "area_shares", "wrong_yes"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_value_that_is_no_number_refuses_with_its_name(name: str, value: float) -> None:
    before = held_out()
    broken = getattr(before, name).copy()
    broken[3] = value
    for pair in ((before, replace(before, **{name: broken})), (replace(before, **{name: broken}), before)):
        verdict = judge(*pair)
        assert not verdict.promoted
        assert name.replace("_", " ") in verdict.reason
        assert np.isfinite([verdict.gain, verdict.gain_low, verdict.gain_high]).all()


def test_nothing_held_out_refuses() -> None:
    none = np.zeros(0)
    nothing = HeldOut(
        none, none.astype(int), none.astype(bool), none.astype(bool), none, none, none.astype(bool)
    )
    assert "Add imagery" in judge(nothing, nothing).reason


def test_a_doubtful_verifier_has_to_show_more() -> None:
    before = held_out(n=50)
    rng = np.random.default_rng(5)
    after = replace(before, rewards=before.rewards + rng.normal(0.03, 0.04, 50))
    sure, doubtful = judge(before, after, reliability=1.0), judge(before, after, reliability=0.3)
    assert doubtful.gain_low < sure.gain_low
    assert doubtful.gain == sure.gain
    assert (sure.certainty, doubtful.certainty) == (0.975, pytest.approx(1 - 0.025 * 0.3))


@pytest.mark.parametrize("places", [2, 3, 4, 6, 8, 12, 16])
@pytest.mark.parametrize("kind", NULLS)
def test_no_change_is_promoted_in_one_of_twenty_at_most(kind: str, places: int) -> None:
    """The level holds at every number of places, with places of unequal size."""
    assert promoted_share(kind, places) <= 0.05


def test_a_gain_in_most_places_is_seen() -> None:
    """The gate that refuses everything would keep any level."""
    rng = np.random.default_rng(0)
    seen = 0
    for _ in range(200):
        index = np.repeat(np.arange(16), 15)
        gains = rng.normal(0.05, 0.15, 240) + rng.normal(0, 0.03, 16)[index]
        seen += place_interval(np.zeros(240), gains, index, 0)[1] > 0
    assert seen >= 150


def test_two_refusals_stop_the_run() -> None:
    no = judge(held_out(), held_out(seed=1))
    yes = replace(no, promoted=True)
    assert not should_stop([no, yes])
    assert should_stop([no, yes, no])
