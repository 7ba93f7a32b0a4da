"""A run's state survives the way through its file."""

from __future__ import annotations

from pathlib import Path

from trainer import setting
from trainer.calibrate import Calibration
from trainer.config import parse_request
from trainer.gate import Control, Verdict
from trainer.queries import Pair
from trainer.rewards import AreaRule
from trainer.state import RunState


def test_state_comes_back_as_it_was(tmp_path: Path) -> None:
    assert RunState.load(tmp_path).train is None
    state = RunState(
        queries=["the ship"],
        train=[Pair(0, "the ship", 0.9), Pair(1, "the ship", 0.0, ((1.0, 2.0, 3.0, 4.0),))],
        held=[],
        calibration=Calibration(0.25, AreaRule(0.5, 0.1), {0.1: 0.7}, {0.0: 0.2, 0.5: 1.0}, 12),
        controls=[{"chip": 1, "box_px": [1.0, 2.0, 3.0, 4.0], "query": "a dam"}],
        verdicts=[Verdict(True, "Promoted.", 0.1, 0.05, 0.15, (Control("x", 0.1, 0.2, 0.3, False),))],
        rounds=[{"round": 1}],
        kept=["a"],
        seconds=12.5,
    )
    state.save(tmp_path)
    assert RunState.load(tmp_path) == state


def test_a_run_goes_on_from_what_it_began_with(tmp_path: Path, tiny_folder: Path, monkeypatch) -> None:
    class Current:
        name = "harbour-1"

    asked = []
    monkeypatch.setattr(setting, "find_adapter", lambda spec, name: asked.append(name) or Current)
    request, state = parse_request({"rasters": ["a.tif"], "model": str(tiny_folder)}), RunState()
    assert setting._begin(request, state)[2] == "harbour-1"
    state.save(tmp_path)
    Current.name = "harbour-2"
    setting._begin(request, RunState.load(tmp_path))
    assert asked == [None, "harbour-1"]
