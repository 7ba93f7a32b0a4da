"""The settings come out of scores and areas alone."""

from __future__ import annotations

import numpy as np
import pytest

from engine.evaluate.precision import auroc
from trainer.calibrate import blow_up, choose_area_rule, choose_margin, trusted_boxes


def test_auroc_counts_pairs() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([0.1, 0.9], [0.5]) == 0.5
    assert auroc([], [0.5]) == 0.5


def test_auroc_equals_brute_force() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.integers(0, 9, 40), rng.integers(0, 7, 30)
    brute = np.mean([(x > y) + 0.5 * (x == y) for x in a for y in b])
    assert auroc(a, b) == pytest.approx(brute)


def test_the_margin_that_separates_best_is_chosen_and_the_served_one_on_ties() -> None:
    def margin_for(separating: set[float]) -> float:
        def look(margin: float) -> tuple[np.ndarray, np.ndarray]:
            return np.full(10, 0.5), np.full(10, 0.4 if margin in separating else 0.5)

        chosen, separation = choose_margin(look, [0.1, 0.25, 0.5])
        assert separation == {m: 1.0 if m in separating else 0.5 for m in (0.1, 0.25, 0.5)}
        return chosen

    assert margin_for({0.1}) == 0.1
    assert margin_for({0.1, 0.25, 0.5}) == 0.25
    assert margin_for(set()) == 0.25


def test_trusted_boxes_are_the_best_third_that_is_also_sure() -> None:
    scores = np.array([0.1, 0.2, 0.3, 0.4, 0.6, 0.9])
    assert trusted_boxes(scores).tolist() == [False] * 4 + [True] * 2
    assert trusted_boxes(scores / 3).sum() == 2
    assert not trusted_boxes(np.zeros(0)).any()


def test_lambda_is_the_smallest_that_makes_blown_up_boxes_lose() -> None:
    shares, scores = np.full(20, 0.05), np.full(20, 0.8)
    blown_shares = np.tile([0.2, 0.6], (20, 1))
    rule, price = choose_area_rule(shares, scores, blown_shares, np.full((20, 2), 0.8))
    assert rule.allowed == pytest.approx(0.05)
    assert rule.weight == 0.25
    assert price[0.0] == 0.0
    rule, _ = choose_area_rule(shares, scores, blown_shares, np.full((20, 2), 0.4))
    assert rule.weight == 0.0


def test_blow_up_stays_inside_the_chip() -> None:
    assert blow_up((10, 10, 20, 20), 2.0, 256, 256) == (5, 5, 25, 25)
    assert blow_up((0, 0, 20, 20), 4.0, 30, 30) == (0, 0, 30, 30)
