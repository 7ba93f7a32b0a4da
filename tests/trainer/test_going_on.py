"""A round that gained without certainty is gone on from; one that lost something, or gained nothing, is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from tests.engine.fakes import FakeVerifier
from tests.engine.model_servers import never
from tests.engine.rasters import write_raster
from tests.trainer.conftest import MakeStudent
from tests.trainer.test_gate import held_out
from tests.trainer.test_recipe import PLACE
from trainer import rounds
from trainer.config import parse_request
from trainer.gate import Verdict, judge
from trainer.preparation import prepare_run
from trainer.rollout.student import Student
from trainer.rounds import Rounds
from trainer.trust import Trial

UNSURE = Verdict(False, "Refused: not surely a gain.", 0.02, -0.01, 0.05)


def test_only_a_gain_that_harms_nothing_is_promising() -> None:
    before = held_out()
    uncertain = judge(before, replace(before, rewards=held_out(seed=2).rewards + 0.005))
    assert not uncertain.promoted
    assert uncertain.promising == (uncertain.gain > 0)
    assert UNSURE.promising
    assert not replace(UNSURE, gain=0.0).promising
    assert not replace(UNSURE, gain=-0.02).promising
    assert not replace(UNSURE, measured=False).promising
    assert not judge(before, replace(before, rewards=before.rewards + 0.05)).promising, "it is promoted"
    harmful = judge(
        before, replace(before, rewards=before.rewards + 0.2, wrong_boxes=np.ones(50, dtype=bool))
    )
    assert harmful.gain > 0
    assert not harmful.promising


def test_training_goes_on_from_what_was_learned_and_shares_count_from_the_last_kept(
    make_student: MakeStudent, tmp_path: Path
) -> None:
    student = make_student()
    student.begin_round(None)
    start = student._weights()
    with torch.no_grad():
        for parameter in student.loaded.model.parameters():
            if parameter.requires_grad:
                parameter.add_(1.0)
    learned = student._weights()
    saved = student.save(tmp_path / "adapter")
    student.begin_round(None, saved)
    assert all(torch.allclose(weight, learned[name]) for name, weight in student._weights().items())
    assert any(p.requires_grad for p in student.loaded.model.parameters())
    assert student.previous_name is None
    student.take_share(0.5)
    for name, weight in student._weights().items():
        assert torch.allclose(weight, (start[name] + learned[name]) / 2, atol=1e-6), name
    student.begin_round(None)
    assert all(torch.equal(weight, start[name]) for name, weight in student._weights().items())


@pytest.mark.slow
@pytest.mark.parametrize(("first", "goes_on"), [(UNSURE, True), (replace(UNSURE, gain=-0.01), False)])
def test_a_second_round_begins_where_the_first_one_promised(
    first: Verdict, goes_on: bool, tmp_path: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMOTEZERO_HOME", str(tmp_path / "home"))
    rng = np.random.default_rng(5)
    pixels = np.kron(rng.integers(0, 255, (3, 48, 48)), np.ones((1, 16, 16))).astype(np.uint8)
    raster = write_raster(tmp_path / "here.tif", list(pixels), transform=PLACE)
    looked: list[int] = []
    begun: list[tuple[Path | None, Path | None]] = []
    begin = Student.begin_round

    def noted(student: Student, previous: Path | None, going_on: Path | None = None) -> None:
        begun.append((previous, going_on))
        begin(student, previous, going_on)

    monkeypatch.setattr(Student, "begin_round", noted)
    monkeypatch.setattr(
        Student,
        "verifier",
        lambda self, name: FakeVerifier(lambda crop, query: float(crop.mean()) / 255, presence=0.9),
    )
    monkeypatch.setattr(Trial, "check", lambda trial: None)
    monkeypatch.setattr(rounds, "judge", lambda *sides: looked.append(sides[-1]) or first)
    request = parse_request({
        "rasters": [str(raster)], "queries": ["the ship", "a dam"], "model": str(tiny_folder),
        "steps": 1, "rounds": 3, "group_size": 2, "prompts": 4, "run_dir": str(tmp_path / "run"),
    })  # fmt: skip
    events: list[tuple[str, dict[str, Any]]] = []
    prepared = prepare_run(request, tmp_path / "run", lambda *event: events.append(event), never)
    result = Rounds(prepared, lambda *event: events.append(event), never).run()
    assert (result["promoted"], result["refused"]) == (0, 3 if goes_on else 2)
    learned = [tmp_path / "run" / f"round-{number}" / "adapter" for number in (1, 2)]
    assert all(folder.is_dir() for folder in learned)
    assert all(previous is None for previous, _ in begun)
    assert [going_on for _, going_on in begun if going_on] == (learned if goes_on else [])
    assert looked == ([1, 2, 3] if goes_on else [1, 1])
    told = [data.get("message", "") for kind, data in events if kind == "log"]
    assert any("goes on from what round 1 learned" in text for text in told) == goes_on
