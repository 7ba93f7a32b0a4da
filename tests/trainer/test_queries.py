"""Questions join chips where the verifier is sure, one way or the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.errors import JobCancelledError
from engine.types import ModelSpec
from trainer.queries import PRESENT_FROM, Pair, join, propose_queries, wrong_queries


def presence(chips: Sequence[int], texts: Sequence[str]) -> np.ndarray:
    """Ships on even chips, planes nowhere, cranes on every third chip with doubt."""
    table = {"ship": lambda c: 0.9 if c % 2 == 0 else 0.02, "crane": lambda c: 0.3 if c % 3 else 0.6}
    found = [
        next((f(c) for noun, f in table.items() if noun in t), 0.01)
        for c, t in zip(chips, texts, strict=True)
    ]
    return np.array(found)


def test_candidates_are_the_present_the_doubtful_and_a_few_empty_ones() -> None:
    pairs = join(range(60), ["the ship", "the plane", "the crane"], presence, wanted=20, seed=1)
    present = [pair for pair in pairs if pair.presence >= PRESENT_FROM]
    rest = sorted((pair.presence for pair in pairs if pair.presence < PRESENT_FROM), reverse=True)
    assert len(present) == 20
    assert rest[:10] == [0.3] * 10
    assert rest[-1] == 0.01
    assert all(pair.presence == presence([pair.chip], [pair.query])[0] for pair in pairs)
    assert len({(pair.chip, pair.query) for pair in pairs}) == len(pairs)


def test_the_same_seed_gives_the_same_pairs() -> None:
    first = join(range(40), ["the ship", "the plane"], presence, wanted=20, seed=4)
    assert first == join(range(40), ["the ship", "the plane"], presence, wanted=20, seed=4)


def test_proposed_queries_are_seen_somewhere_and_missed_elsewhere() -> None:
    proposed = propose_queries(range(30), presence, ["Ship", "submarine"], seed=0)
    assert "the ship" in proposed
    assert "the submarine" not in proposed
    assert "the airplane" not in proposed


def test_wrong_queries_are_for_something_else(tmp_path: Path) -> None:
    spec = ModelSpec(name="any", path=tmp_path, family="qwen3-vl", chip_px=128, crop_px=64, max_new_tokens=32)
    pairs = [Pair(i, ["a ship", "a plane", "a dam", "a quarry"][i % 4], 0.9) for i in range(30)]
    wrong = wrong_queries(pairs, 0, spec)
    assert set(wrong) <= {pair.query for pair in pairs}
    assert all(text != pair.query for text, pair in zip(wrong, pairs, strict=True))
    sayings = ["any ship ?", "all ships", "the largest ship"]
    alike = wrong_queries([Pair(i, sayings[i % 3], 0.9) for i in range(50)], 0, spec)
    assert len(set(alike)) > 5
    assert not any("ship" in text for text in alike), "another saying of the same question is not wrong"


def test_a_cancelled_search_for_pairs_is_no_finished_one() -> None:
    with pytest.raises(JobCancelledError):
        join(range(30), ["the ship"], presence, wanted=5, seed=0, stop=lambda: True)
