"""What may be asked: every wrong value is named, nothing unknown is swallowed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.cli.learning import improve_request
from engine.errors import InputError
from engine.wire import ImproveRequest, LocateRequest, VerifyRequest, checked

LOCATE = {"raster": "a.tif", "queries": ["a ship"]}
SQUARE = [[0, 0], [0, 1], [1, 1], [0, 0]]


def test_defaults_are_those_of_the_wire() -> None:
    request = checked(LocateRequest, LOCATE)
    assert (request.zoom, request.veto, request.overlap, request.margin) == ("auto", True, 0.2, 0.25)
    assert request.model is request.adapter is request.bands is request.area_crs is None


def test_queries_are_trimmed_and_asked_once() -> None:
    assert checked(LocateRequest, {**LOCATE, "queries": [" a ship ", "a pier", "a ship"]}).queries == [
        "a ship",
        "a pier",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"queries": []}, "queries"),
        ({"queries": ["  "]}, "a query is blank"),
        ({"raster": ""}, "raster is ''"),
        ({"raster": "a\x00b"}, "raster"),
        ({"zoom": "near"}, "zoom is 'near'"),
        ({"gsd_m": 0}, "gsd_m is 0"),
        ({"gsd_m": float("nan")}, "gsd_m is nan"),
        ({"overlap": 0.95}, "overlap is 0.95"),
        ({"bands": [0]}, "bands.0 is 0"),
        ({"bands": [1, 2, 3, 4]}, "bands"),
        ({"stretch": [[5, 5]]}, "min < max"),
        ({"margin": -1}, "margin is -1"),
        ({"area_crs": {"type": "Point", "coordinates": [0, 0]}}, "area_crs"),
        ({"area_crs": {"type": "Polygon", "coordinates": [SQUARE[:2]]}}, "area_crs"),
        ({"query": "a ship"}, "query is 'a ship'"),
    ],
)
def test_wrong_values_are_named(change: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        checked(LocateRequest, {**LOCATE, **change})
    assert words in str(caught.value)


def test_areas_are_polygons() -> None:
    area = {"type": "MultiPolygon", "coordinates": [[SQUARE]]}
    request = checked(LocateRequest, {**LOCATE, "area_crs": area})
    assert request.area_crs is not None
    assert request.area_crs.model_dump() == area


def test_verify_needs_a_layer_and_a_query() -> None:
    with pytest.raises(InputError, match=r"vector.*query"):
        checked(VerifyRequest, {"raster": "a.tif"})
    with pytest.raises(InputError, match="blank"):
        checked(VerifyRequest, {"raster": "a.tif", "vector": "b.gpkg", "query": "  "})


def test_improve_leaves_its_knobs_to_the_trainer_but_not_what_json_cannot_say() -> None:
    request = checked(ImproveRequest, {"rasters": ["a.tif"], "rounds": 2})
    assert request.model_dump() == {
        "rasters": ["a.tif"],
        "source": None,
        "model": None,
        "allow_network": False,
        "rounds": 2,
    }
    with pytest.raises(InputError):
        checked(ImproveRequest, {"rasters": ["a.tif"], "minutes": float("nan")})


def test_query_files_are_read_as_editors_write_them(tmp_path: Path) -> None:
    file = tmp_path / "queries.txt"
    file.write_text("\ufeff# harbour\nthe ship\n\n the crane \nthe ship\n", encoding="utf-8")
    assert improve_request([], file, None)["queries"] == ["the ship", "the crane"]
    file.write_text("# nothing\n")
    with pytest.raises(InputError, match="no query"):
        improve_request([], file, None)
    with pytest.raises(InputError, match="can't be read"):
        improve_request([], tmp_path / "missing.txt", None)


@pytest.mark.parametrize(
    "change",
    [
        {"raster": 3},
        {"raster": "x" * 5000},
        {"queries": "a ship"},
        {"queries": [3] * 70},
        {"veto": "perhaps"},
        {"overlap": "x"},
        {"overlap": None},
        {"gsd_m": float("inf")},
        {"bands": [1.5]},
        {"bands": 3},
        {"stretch": [[1, 2, 3]]},
        {"stretch": [["a", "b"]]},
        {"area_crs": {"coordinates": []}},
        {"area_crs": {"type": "Polygon", "coordinates": None}},
        {"area_crs": 3},
        {"zoom": None},
        {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5},
    ],
)
def test_what_is_wrong_is_said_in_our_words(change: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        checked(LocateRequest, {**LOCATE, **change})
    message = str(caught.value)
    assert next(iter(change)) in message
    assert len(message) < 420
    assert message.endswith("Correct it and send the request again.")
    for words in ("Input should", "Field required", "Extra inputs", "valid", "Unable", "should have"):
        assert words not in message
