"""Requests are read strictly: what is not known or not possible is refused with its value."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from engine.errors import InputError
from trainer.config import RoundConfig, parse_request


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


def test_there_are_at_most_ten_knobs() -> None:
    assert len(fields(RoundConfig)) <= 10


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rasters": []}, "no raster"),
        ({"learning": 1}, "unknown keys \\['learning'\\]"),
        ({"reward": "gold"}, "'gold' is not known"),
        ({"reward": "iou"}, "Name a vector file"),
        ({"group_size": 1}, "group_size is 1"),
        ({"absent_share": 0.9}, "from 0.0 to 0.5"),
        ({"rounds": 0}, "rounds is 0"),
        ({"minutes": 0}, "minutes is 0"),
        ({"bands": ["red"]}, "can't be read"),
        ({"config": 3}, "config is 3"),
        ({"minutes": "60"}, "minutes is '60'"),
        ({"group_size": "8"}, "group_size is '8'"),
        ({"queries": "the ship"}, "Give a list"),
        ({"only": "gold"}, "only is 'gold'"),
    ],
)
def test_refusals(change: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        parse_request({"rasters": ["a.tif"], **change})
