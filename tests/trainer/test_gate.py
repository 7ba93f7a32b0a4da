"""The gate promotes what is surely better and refuses everything else, with the reason in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from trainer.gate import HeldOut, judge, paired_bootstrap, should_stop


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
    before = replace(held_out(), rewards=np.full(200, 0.5), places=np.repeat(np.arange(5), 40))
    after = replace(before, rewards=np.where(before.places == 0, 0.9, 0.5))
    assert not judge(before, after).promoted
    as_pairs = paired_bootstrap(before.rewards, after.rewards, np.arange(200), 0)
    assert as_pairs[1] > 0


def test_a_single_place_never_proves_a_gain() -> None:
    before = replace(held_out(), places=np.zeros(200, dtype=int))
    assert not judge(before, replace(before, rewards=before.rewards + 0.3)).promoted


def test_false_promotions_are_rare() -> None:
    """With no true gain at most a few per cent of rounds may pass."""
    passed = sum(
        judge(held_out(seed=2 * s, n=100), held_out(seed=2 * s + 1, n=100)).promoted for s in range(60)
    )
    assert passed <= 6


def test_two_refusals_stop_the_run() -> None:
    no = judge(held_out(), held_out(seed=1))
    yes = replace(no, promoted=True)
    assert not should_stop([no, yes])
    assert should_stop([no, yes, no])
