"""Requests are read strictly: what is not known or not possible is refused with its value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.errors import InputError
from engine.types import CURRENT_ADAPTER
from trainer.config import PROMPTS_PER_STEP, RoundConfig, TrainingRequest, parse_request


def test_a_request_as_qgis_sends_it() -> None:
    request = parse_request(
        {
            "rasters": ["a.tif", "b.tif"],
            "queries": [" the ship ", "", "a dam"],
            "rounds": 2,
            "minutes": 15,
            "promote": False,
            "stretch": [[0, 255]],
            "bands": [1],
            "model": None,
            "run_dir": "/tmp/run",
            "group_size": 4,
        }
    )
    assert request.rasters == (Path("a.tif"), Path("b.tif"))
    assert request.queries == ("the ship", "a dam")
    assert request.stretch == ((0.0, 255.0),)
    assert request.config.group_size == 4
    assert not request.promote


def test_null_stands_for_the_default() -> None:
    names = {"rasters", "config"} ^ set(TrainingRequest.model_fields) | set(RoundConfig.model_fields)
    assert parse_request({"rasters": ["a.tif"], **dict.fromkeys(names)}) == parse_request(
        {"rasters": ["a.tif"]}
    )
    assert parse_request({"rasters": ["a.tif"], "adapter": None}).adapter == CURRENT_ADAPTER.text


def test_knobs_stand_at_the_top_or_in_config() -> None:
    inside = parse_request({"rasters": ["a.tif"], "config": {"rank": 4, "seed": 2}, "seed": 3})
    assert (inside.config.rank, inside.config.seed) == (4, 3)


def test_there_are_at_most_ten_knobs() -> None:
    assert len(RoundConfig.model_fields) <= 10


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rasters": []}, "no raster"),
        ({"learning": 1}, "unknown keys \\['learning'\\]"),
        ({"reward": "gold"}, "reward is 'gold': it must be 'paper', 'contrast'"),
        ({"reward": "iou"}, "Name a vector file"),
        ({"group_size": 1}, "group_size is 1"),
        ({"absent_share": 0.9}, "absent_share is 0.9: give a value from 0.0 to 0.5"),
        ({"rounds": 0}, "rounds is 0"),
        ({"minutes": 0}, "minutes is 0"),
        ({"bands": ["red"]}, "bands.0 is 'red': it must be a whole number"),
        ({"config": 3}, "config is 3"),
        ({"minutes": "60"}, "minutes is '60'"),
        ({"group_size": "8"}, "group_size is '8'"),
        ({"queries": "the ship"}, "queries is 'the ship': give a list"),
        ({"only": "gold"}, "only is 'gold': it must be 'plan' or 'questions'"),
        ({"minutes": float("nan")}, "minutes is nan"),
        ({"stretch": [[1]]}, "stretch.0.1 is missing"),
        ({"adapter": 3}, "adapter is 3"),
        ({"recipe": "theirs"}, "recipe is 'theirs': it must be 'ours' or 'paper'"),
        ({"recipe": ["paper"]}, "recipe"),
        ({"prompts": 0}, "prompts is 0"),
        ({"none_loss": 1.5}, "none_loss is 1.5"),
        ({"config": {"learning": 1}}, "unknown keys \\['learning'\\]"),
        ({"steps": 0, "rounds": "two"}, "rounds is 'two'.* steps is 0"),
    ],
)
def test_refusals(change: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        parse_request({"rasters": ["a.tif"], **change})


def test_the_papers_recipe_sets_what_is_published_and_nothing_that_was_asked_for() -> None:
    ours, paper = (parse_request({"rasters": ["a.tif"], "recipe": name}) for name in ("ours", "paper"))
    assert (ours.config.reward, ours.prompts) == ("consensus", PROMPTS_PER_STEP)
    assert parse_request({"rasters": ["a.tif"]}) == ours
    assert (paper.config.reward, paper.config.learning_rate, paper.prompts) == ("paper", 5e-6, 6)
    assert paper.steps > ours.steps
    assert paper.external_verifier is None, "the round before is the verifier"
    own = parse_request(
        {"rasters": ["a.tif"], "recipe": "paper", "steps": 3, "config": {"learning_rate": 1e-3}}
    )
    assert (own.steps, own.config.learning_rate, own.config.reward) == (3, 1e-3, "paper")
    assert (
        parse_request({"rasters": ["a.tif"], "recipe": "paper", "reward": "contrast"}).config.reward
        == "contrast"
    )
