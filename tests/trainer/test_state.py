"""A run's state survives the way through its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.catalogue.adapters import Registry
from engine.errors import InputError
from engine.evaluate.overlap import AreaRule
from engine.types import CURRENT_ADAPTER, AdapterChoice
from trainer import preparation
from trainer.calibrate import Calibration
from trainer.config import parse_request
from trainer.gate import ControlFigure, Verdict
from trainer.measure import NegativeControl
from trainer.queries import Pair
from trainer.state import RunState


def test_state_comes_back_as_it_was(tmp_path: Path) -> None:
    assert RunState.load(tmp_path).train is None
    state = RunState(
        queries=["the ship"],
        train=[Pair(0, "the ship", 0.9), Pair(1, "the ship", 0.0, ((1.0, 2.0, 3.0, 4.0),))],
        held=[],
        calibration=Calibration(0.25, AreaRule(0.5, 0.1), {0.1: 0.7}, {0.0: 0.2, 0.5: 1.0}, 12),
        controls=[NegativeControl(1, (1.0, 2.0, 3.0, 4.0), "a dam")],
        verdicts=[Verdict(True, "Promoted.", 0.1, 0.05, 0.15, (ControlFigure("x", 0.1, 0.2, 0.3, False),))],
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
    monkeypatch.setattr(Registry, "find", lambda registry, choice: asked.append(choice) or Current)
    request, state = parse_request({"rasters": ["a.tif"], "model": str(tiny_folder)}), RunState()
    assert preparation._choose_start(request, state)[2] == "harbour-1"
    state.save(tmp_path)
    Current.name = "harbour-2"
    preparation._choose_start(request, RunState.load(tmp_path))
    assert asked == [CURRENT_ADAPTER, AdapterChoice("harbour-1")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"teachers": 3}, "unknown fields \\['teachers'\\]"),
        ({"train": [{"chip": 0}]}, "it is missing"),
        ({"calibration": 0.25}, "must be an object"),
    ],
)
def test_a_state_of_another_trainer_is_refused_in_one_sentence(
    tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    RunState().save(tmp_path)
    path = tmp_path / "state.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(InputError, match=f"not written by this version of the trainer .*{words}"):
        RunState.load(tmp_path)


def test_a_state_of_the_version_before_goes_on(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text(
        json.dumps(
            {
                "queries": ["the ship"],
                "train": [{"chip": 3, "query": "the ship", "presence": 0.7, "truth_px": [[1.0, 2.0, 3.0, 4.0]]}],
                "held_asked": None,
                "held": None,
                "start": "none",
                "calibration": {
                    "margin": 0.25,
                    "rule": {"weight": 0.5, "allowed": 0.06},
                    "separation": {"0.25": 0.98},
                    "price": {"0.0": 0.1},
                    "trusted": 9,
                },
                "controls": [{"chip": 1, "box_px": [1.0, 2.0, 3.0, 4.0], "query": "a dam"}],
                "verdicts": [
                    {
                        "promoted": False, "reason": "Refused.", "gain": 0.0, "gain_low": -0.1, "gain_high": 0.1,
                        "controls": [{"name": "x", "before": 0.1, "after": 0.2, "limit": 0.3, "worse": False}],
                    }
                ],
                "rounds": [{"round": 1, "curve": []}],
                "kept": [],
                "seconds": 3.5,
                "stamp": "20261126-101010-abcd",
            }
        )
    )  # fmt: skip
    state = RunState.load(tmp_path)
    assert state.train == [Pair(3, "the ship", 0.7, ((1.0, 2.0, 3.0, 4.0),))]
    assert state.calibration == Calibration(0.25, AreaRule(0.5, 0.06), {0.25: 0.98}, {0.0: 0.1}, 9)
    assert state.controls == [NegativeControl(1, (1.0, 2.0, 3.0, 4.0), "a dam")]
    assert state.verdicts[0].controls == (ControlFigure("x", 0.1, 0.2, 0.3, False),)
    assert (state.start, state.stamp, state.drawn) == ("none", "20261126-101010-abcd", False)
