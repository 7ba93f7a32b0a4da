"""Each part of the torture at a small count; the full one is `make torture`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("rasterio")

from tools.torture.__main__ import PARTS, run_part, write

SEED = 7
FEW = {"disk": 2, "limits": 3, "kills": 1, "trainer": 1, "races": 1, "strangers": 7, "verifiers": 4}


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_lost(part: str, tmp_path: Path) -> None:
    print(f"seed {SEED}")
    count = FEW.get(part, 12)
    counts, faults = run_part(part, count, SEED)
    assert faults == []
    assert counts.total() == count
    report = tmp_path / "torture.json"
    write(report, part, counts, faults, SEED)
    known = json.loads(report.read_text())
    assert known[PARTS[part].tried] == count
    assert known["wrong_class"] == known[PARTS[part].lost] == 0


def test_a_trial_is_the_same_whenever_it_is_drawn() -> None:
    assert run_part("parser", 6, SEED) == run_part("parser", 6, SEED)
