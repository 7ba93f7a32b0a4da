"""The paper's own setting stays runnable: one whole round of it, on a tiny model with a scripted verifier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from affine import Affine
from typer.testing import CliRunner

from engine.cli.main import app
from tests.engine.fakes import FakeVerifier
from tests.engine.rasters import write_raster
from trainer.config import parse_request
from trainer.lab.bench.improve import METHODS
from trainer.preparation import prepare_run
from trainer.rollout.grpo import BatchSize
from trainer.rollout.student import Student
from trainer.rounds import Rounds
from trainer.trust import Trial

PLACE = Affine(2.0, 0.0, 500_000.0, 0.0, -2.0, 5_000_000.0)


def never() -> bool:
    return False


@pytest.mark.parametrize(("prompts", "at_once"), [(6, 6), (16, 8), (7, 7), (48, 8), (1, 1)])
def test_another_number_of_prompts_is_never_more_of_them_at_once(prompts: int, at_once: int) -> None:
    batch = BatchSize(prompts=16, prompts_at_once=8, max_new_tokens=6).of_prompts(prompts)
    assert (batch.prompts, batch.prompts_at_once) == (prompts, at_once)
    assert prompts % batch.prompts_at_once == 0


@pytest.mark.slow
def test_a_round_of_the_papers_recipe(
    tmp_path: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMOTEZERO_HOME", str(tmp_path / "home"))
    rng = np.random.default_rng(5)
    pixels = np.kron(rng.integers(0, 255, (3, 48, 48)), np.ones((1, 16, 16))).astype(np.uint8)
    raster = write_raster(tmp_path / "here.tif", list(pixels), transform=PLACE)
    asked: list[str | None] = []

    def verifier(student: Student, name: str | None) -> FakeVerifier:
        asked.append(name)
        return FakeVerifier(lambda crop, query: float(crop.mean()) / 255, presence=0.9)

    monkeypatch.setattr(Student, "verifier", verifier)
    monkeypatch.setattr(Trial, "check", lambda trial: None)
    request = parse_request({
        "rasters": [str(raster)], "queries": ["the ship", "a dam"], "model": str(tiny_folder), "recipe": "paper",
        "steps": 2, "rounds": 1, "group_size": 2, "run_dir": str(tmp_path / "run"),
    })  # fmt: skip
    events: list[tuple[str, dict[str, Any]]] = []
    prepared = prepare_run(request, tmp_path / "run", lambda *event: events.append(event), never)
    assert prepared.batch.prompts == 6
    result = Rounds(prepared, lambda *event: events.append(event), never).run()
    assert result["promoted"] + result["refused"] == 1
    steps = [data["step"] for kind, data in events if kind == "progress" and "step" in data]
    assert max(steps) == 2
    assert prepared.settings["recipe"] == "paper"
    assert prepared.settings["reward"] == "paper"
    assert "<th>recipe</th><td>paper</td>" in Path(result["report"]).read_text()


def test_the_bench_has_the_papers_recipe_beside_ours() -> None:
    assert {"recipe": "paper"} in METHODS.values()
    assert METHODS["self"] == {}, "ours is the default"


def test_the_command_line_takes_a_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(
        "engine.cli.learning.improve_here", lambda request, quiet: asked.append(request) or {}
    )
    monkeypatch.setattr("engine.jobs.precheck.precheck", lambda kind, request: None)
    done = CliRunner().invoke(app, ["improve", "x.tif", "--recipe", "paper", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(json.dumps(asked[0]))["recipe"] == "paper"
    CliRunner().invoke(app, ["improve", "x.tif", "--json"])
    assert "recipe" not in asked[1]


@pytest.mark.parametrize(
    ("words", "limit"), [([], None), (["--none-loss", "0.03"], 0.03), (["--none-loss", "0"], 0.0)]
)
def test_the_command_line_limits_what_is_lost_of_none(
    words: list[str], limit: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(
        "engine.cli.learning.improve_here", lambda request, quiet: asked.append(request) or {}
    )
    monkeypatch.setattr("engine.jobs.precheck.precheck", lambda kind, request: None)
    done = CliRunner().invoke(app, ["improve", "x.tif", *words, "--json"])
    assert done.exit_code == 0, done.output
    assert ("none_loss" in asked[0]) == (limit is not None)
    assert parse_request(asked[0]).none_loss == limit


@pytest.mark.parametrize("share", ["3", "-0.1"])
def test_a_share_of_none_that_is_no_share_is_refused_in_a_sentence(
    share: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the trainer's own check, which runs in the trainer's process otherwise."""
    monkeypatch.setattr("engine.cli.learning.improve_here", lambda request, quiet: parse_request(request))
    monkeypatch.setattr("engine.jobs.precheck.precheck", lambda kind, request: None)
    done = CliRunner().invoke(app, ["improve", "x.tif", "--none-loss", share])
    assert done.exit_code == 2, done.output
    assert f"none_loss is {float(share)}: give a value from 0.0 to 1.0" in " ".join(done.output.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--minutes", "nan"], "minutes is nan: it must be a finite number"),
        (["--none-loss", "nan"], "none_loss is nan"),
        (["--settings", "SETTINGS"], "learning_rate is inf"),
    ],
)
def test_what_is_no_number_is_refused_before_anything_is_written(
    words: list[str], told: str, tmp_path: Path
) -> None:
    """No JSON can carry one, so the child could not say it."""
    settings = tmp_path / "settings.json"
    settings.write_text('{"learning_rate": Infinity}', encoding="utf-8")
    raster = write_raster(tmp_path / "here.tif", [np.zeros((8, 8), np.uint8)] * 3, transform=PLACE)
    asked = ["improve", str(raster), *(str(settings) if word == "SETTINGS" else word for word in words)]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 2, done.output
    assert told in " ".join(done.output.split())
