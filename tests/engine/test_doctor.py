"""The support report: complete when things are broken, and silent about whose machine it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli import doctor
from engine.errors import InputError


@pytest.fixture
def alice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/alice"))
    monkeypatch.setattr("getpass.getuser", lambda: "alice")


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/home/alice", "~"),
        ("/home/alice/data/x.tif", "~/data/x.tif"),
        ("/home/alicia/x", "/home/alicia/x"),
        ("/media/alice/disk", "/media/<user>/disk"),
        ("malice and alice's", "malice and <user>'s"),
        ("can't open '/home/alice': no", "can't open '~': no"),
    ],
)
def test_home_and_user_are_left_out(text: str, shown: str) -> None:
    assert doctor.redact_text(text) == shown
    assert doctor.redact({"a": [text, 3, None]}) == {"a": [shown, 3, None]}


def test_the_plan_of_a_model_is_part_of_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "QUESTIONS", {})
    tasks = doctor.diagnose("mini")["plan"]["tasks"]
    assert [task.split(":")[0] for task in tasks] == [
        "Plan for finding",
        "Plan for scoring",
        "Plan for learning",
    ]
    assert all("takes" in task and "are free" in task for task in tasks)
    with pytest.raises(InputError, match="models list"):
        doctor.diagnose("nothing")


def test_a_broken_library_is_reported_not_suffered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doctor.QUESTIONS, "torch", "import os; os.abort()")
    monkeypatch.setitem(doctor.QUESTIONS, "bitsandbytes", "raise ImportError('no such symbol')")
    report = doctor.diagnose()
    assert "code -6" in report["torch"]["error"]
    assert "no such symbol" in report["bitsandbytes"]["error"]
    assert report["rasterio"]["gdal"][0].isdigit()
    assert report["packages"]["numpy"]
    assert report["data"]["free_bytes"] > 0
    assert report["running_engine"] is None
    assert str(Path.home()) + "/" not in json.dumps(report)
