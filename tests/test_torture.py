"""Each part of the torture at a small count; the full one is `make torture`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("rasterio")

from tools.torture.__main__ import Run, run_part
from tools.torture.page import KEYS, page
from tools.torture.parts import PARTS

SEED = 7
FEW = {
    "disk": 2,
    "limits": 3,
    "kills": 1,
    "trainer": 1,
    "races": 1,
    "strangers": 7,
    "verifiers": 4,
    "openapi": 4,
}


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_lost(part: str, tmp_path: Path) -> None:
    print(f"seed {SEED}")
    count, run = FEW.get(part, 12), Run(part, SEED)
    run_part(run, count)
    assert run.faults == []
    assert run.tried == count
    report = tmp_path / "torture.json"
    run.write(report)
    known = json.loads(report.read_text())
    assert known[PARTS[part].tried] == count
    assert known["wrong_class"] == known[PARTS[part].lost] == 0


def test_a_trial_is_the_same_whenever_it_is_drawn(tmp_path: Path) -> None:
    """In one go, and in two with the report between them."""
    whole, report = Run("parser", SEED), tmp_path / "torture.json"
    run_part(whole, 6)
    half = Run("parser", SEED)
    run_part(half, 3)
    half.write(report)
    rest = Run.read(report, "parser", SEED)
    assert rest.tried == 3
    run_part(rest, 6)
    assert rest.counts == whole.counts
    assert Run.read(report, "parser", SEED + 1).tried == 0


def test_the_page_says_what_was_tried_survived_and_lost(tmp_path: Path) -> None:
    report, run = tmp_path / "torture.json", Run("kills", 3)
    for outcome, why in (("resumed", ""), ("refused", ""), ("wrong", "kills 2: KeyError: 7")):
        run.tell(outcome, why)
    run.write(report)
    told = page(json.loads(report.read_text()))
    assert "| kills | 3 | 1 | 1 | 1 | 3 |" in told
    assert "kills 3 of 100" in told
    assert "raster not at all" in told
    assert "- kills 2: KeyError: 7" in told
    assert all(f"- `{key}`: " in told for key in KEYS)


def test_the_keys_are_those_of_the_parts() -> None:
    written = {name for part in PARTS.values() for name in (part.tried, part.lost)} | {"wrong_class", "seed"}
    assert set(KEYS) <= written
