"""What a scan keeps of its scenes is never a row that is being written, or that a killed worker left half written."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.files import hidden_beside
from engine.scan.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A finished scene of three windows, and one that failed."""
    ledger = Ledger(tmp_path)
    ledger.begin()
    ledger.finish("a", {"scene": "a", "windows": 3, "detections": 1})
    ledger.fail("b", "b.tif", "gone")
    return ledger


@pytest.mark.parametrize(
    "text", ['{"scene": "b", "reason": "gone"}', '{"scene": "a", "windows": 3}', '{"sce', ""]
)
@pytest.mark.parametrize("name", ["b.failed.json", "a.json"])
def test_a_row_that_is_being_written_is_none_yet(name: str, text: str, ledger: Ledger) -> None:
    hidden = hidden_beside(ledger.private / "scenes" / name)
    hidden.write_text(text, encoding="utf-8")
    assert ledger.windows() == 3
    assert [row["scene"] for row in ledger.rows(failed=False)] == ["a"]
    assert [row["scene"] for row in ledger.rows(failed=True)] == ["b"]
    ledger.begin()
    assert not hidden.exists(), "a killed worker left it"
    assert ledger.is_finished("a")
    assert ledger.has_failed("b")


def test_windows_of_a_scene_that_is_just_being_finished_count_once(ledger: Ledger) -> None:
    for scene in ("a", "c"):
        ledger.commit(scene, 0, [{}, {}], 0.1, None)
        ledger.commit(scene, 2, [{}], 0.1, None)
    assert ledger.windows() == 3 + 3, "the batches of a finished scene are counted beside its row"
    assert ledger.batches("gone") == {}
