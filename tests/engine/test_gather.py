"""What becomes of the rows of a scan: sightings joined into things, layers for QGIS, and a page."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pyarrow.parquet
import pyogrio
import pytest
import shapely

from engine.errors import InputError, JobCancelledError
from engine.scan import sketch
from engine.scan.gather import gather
from engine.scan.ledger import Ledger
from engine.scan.rows import unrolled
from tests.engine.archives import METRE, row, square, write_scene, write_tables

EARLY, LATE = "2024-05-01T10:00:00Z", "2024-06-01T12:30:00+02:00"


def never() -> bool:
    return False


def run(out: Path, stop: Callable[[], bool] = never) -> dict[str, Any]:
    return gather(out, lambda kind, data: None, stop)


def layer(out: Path, name: str) -> Any:
    return pyogrio.read_dataframe(out / "found.gpkg", layer=name)


@pytest.fixture
def two_dates(tmp_path: Path) -> Path:
    """One ship seen on two dates, one on each date alone, and a car that lies where the first ship does."""
    write_scene(tmp_path, "a", [row(0, square(25, 60, 60), 0.8), row(1, square(25.1, 60, 60), 0.4)], EARLY)
    write_scene(
        tmp_path,
        "b",
        [
            row(0, square(25 + 5 * METRE, 60, 60), 0.9),
            row(1, square(25.2, 60, 60), 0.5),
            row(2, square(25, 60, 60), 0.7, "all cars"),
        ],
        LATE,
    )
    return tmp_path


def test_the_boxes_of_all_scenes_read_as_one_table(tmp_path: Path) -> None:
    """Ids that are numbers, too: nothing in the folders' names may be taken for a column of another type."""
    write_scene(tmp_path, "2019", [row(0, square(25, 60, 60), 0.8)])
    write_scene(tmp_path, "2020", [row(1, square(26, 60, 60), 0.7)])
    table = pyarrow.parquet.read_table(tmp_path / "detections")
    assert sorted(table["scene"].to_pylist()) == ["2019", "2020"]


def test_one_thing_of_two_dates_is_seen_twice(two_dates: Path) -> None:
    result = run(two_dates)
    assert (result["found"], result["sightings"], result["scenes_with_boxes"]) == (4, 5, 2)
    found = layer(two_dates, "found").set_index("thing")
    first = found.loc[1]
    assert (first["query"], first["score"], first["times_seen"], first["scenes"]) == (
        "all ships",
        0.9,
        2,
        "a, b",
    )
    assert first["first_seen"].isoformat() == "2024-05-01T10:00:00+00:00"
    assert first["last_seen"].isoformat() == "2024-06-01T10:30:00+00:00"
    assert first["scene"] == "b"
    assert sorted(found["times_seen"]) == [1, 1, 1, 2]


def test_every_sighting_says_its_thing_scene_and_time(two_dates: Path) -> None:
    run(two_dates)
    seen = layer(two_dates, "sightings")
    assert list(zip(seen["scene"], seen["thing"], seen["best"], strict=True)) == [
        ("a", 1, False),
        ("a", 4, True),
        ("b", 1, True),
        ("b", 3, True),
        ("b", 2, True),
    ]
    assert [moment.isoformat()[:16] for moment in seen["taken"][:3]] == [
        "2024-05-01T10:00",
        "2024-05-01T10:00",
        "2024-06-01T10:30",
    ]
    assert seen["reasoning"].iloc[0] == "Long, with a wake."


def test_two_boxes_of_one_scene_are_two_things(tmp_path: Path) -> None:
    write_scene(tmp_path, "a", [row(0, square(0, 0, 30), 0.9), row(1, square(10 * METRE, 0, 30), 0.8)])
    assert run(tmp_path)["found"] == 2


def test_a_row_of_things_does_not_become_one(tmp_path: Path) -> None:
    """Ships side by side, each scene shifted by a part of a ship: each is joined with itself."""
    for number, scene in enumerate("abc"):
        shift = number * 1.5 * METRE
        boxes = [row(ship, square(ship * 10 * METRE + shift, 0), 0.9 - ship / 100) for ship in range(6)]
        write_scene(tmp_path, scene, boxes)
    assert run(tmp_path)["found"] == 6
    seen = layer(tmp_path, "sightings")
    assert (seen["thing"] == seen["id"].str[1].astype(int) + 1).all()


def test_what_agrees_better_with_a_neighbour_is_left_to_it(tmp_path: Path) -> None:
    """The surest ship was missed by the second scene, whose box is that of the ship beside it."""
    write_scene(tmp_path, "a", [row(0, square(0, 0), 0.9), row(1, square(5 * METRE, 0), 0.5)])
    write_scene(tmp_path, "b", [row(0, square(4.5 * METRE, 0), 0.6)])
    run(tmp_path)
    assert layer(tmp_path, "sightings")["thing"].tolist() == [1, 2, 2]


def test_a_part_in_a_whole_is_one_thing_and_one_in_a_group_is_not(tmp_path: Path) -> None:
    write_scene(tmp_path, "a", [row(0, square(0, 0, 20), 0.9), row(1, square(1, 0, 20), 0.9)])
    part = shapely.box(0, 0, 20 * METRE, 5.5 * METRE)
    write_scene(tmp_path, "b", [row(0, part, 0.5), row(1, square(1, 0, 60), 0.8)])
    run(tmp_path)
    assert layer(tmp_path, "sightings")["thing"].tolist() == [1, 2, 1, 3]


def test_a_thing_on_the_date_line_is_one_from_either_side(tmp_path: Path) -> None:
    halves = shapely.MultiPolygon(
        [
            shapely.box(180 - 30 * METRE, 0, 180, 40 * METRE),
            shapely.box(-180, 0, -180 + 15 * METRE, 40 * METRE),
        ]
    )
    west = shapely.box(-180, 0, -180 + 15 * METRE, 40 * METRE)
    for name, scores in (("anchor", (0.9, 0.5)), ("other", (0.5, 0.9))):
        out = tmp_path / name
        write_scene(out, "a", [row(0, halves, scores[0])])
        write_scene(out, "b", [row(0, west, scores[1])])
        assert run(out)["found"] == 1
        assert layer(out, "sightings").geometry.iloc[0].bounds == pytest.approx((-180, 0, 180, 40 * METRE))


def test_what_is_cut_at_the_date_line_is_put_together(tmp_path: Path) -> None:
    cut = shapely.MultiPolygon([shapely.box(179, 0, 180, 1), shapely.box(-180, 0, -179, 1)])
    (whole,) = unrolled(np.array([cut], object))
    assert whole.bounds == (179, 0, 181, 1)
    assert whole.geom_type == "Polygon"


def test_layers_have_an_index_a_look_and_a_description(two_dates: Path) -> None:
    run(two_dates)
    with closing(sqlite3.connect(two_dates / "found.gpkg")) as package:
        indexed = package.execute(
            "SELECT table_name FROM gpkg_extensions WHERE extension_name LIKE '%rtree%'"
        )
        assert sorted(name for (name,) in indexed) == ["found", "sightings"]
        styles = package.execute("SELECT f_table_name, useAsDefault, styleQML FROM layer_styles").fetchall()
        told = package.execute("SELECT description FROM gpkg_contents WHERE table_name = 'found'").fetchone()[
            0
        ]
    assert [style[:2] for style in styles] == [("found", 1), ("sightings", 1)]
    root = ElementTree.fromstring(styles[0][2].split("\n", 1)[1])
    assert [one.get("value") for one in root.iter("category")] == ["all cars", "all ships", ""]
    assert told == "4 things, seen 5 times in 2 scenes."


def test_nothing_found_is_a_package_and_a_page_that_say_so(tmp_path: Path) -> None:
    write_tables(tmp_path, [("a", EARLY, [24, 60, 25, 61], 0)], queries=["all ships"])
    result = run(tmp_path)
    assert (result["found"], result["sightings"]) == (0, 0)
    assert {name: len(layer(tmp_path, name)) for name in ("found", "sightings")} == {
        "found": 0,
        "sightings": 0,
    }
    with closing(sqlite3.connect(tmp_path / "found.gpkg")) as package:
        (told,) = package.execute(
            "SELECT DISTINCT description FROM gpkg_contents WHERE description <> ''"
        ).fetchone()
    assert told == "Nothing was found in the scenes that were searched."
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "Nothing was found</b> in 1 scene." in page
    assert "all ships" in page


@pytest.mark.parametrize("damage", ["cut", "no parquet", "no geometry"])
def test_a_damaged_file_is_named_and_the_others_count(two_dates: Path, damage: str) -> None:
    path = write_scene(two_dates, "c", [row(0, square(26, 60), 0.9)])
    if damage == "no geometry":
        write_scene(
            two_dates, "c", [row(0, square(26, 60), 0.9), {**row(1, square(0, 0), 0.5), "geometry": None}]
        )
    else:
        path.write_bytes(path.read_bytes()[:-100] if damage == "cut" else b"nothing of the kind")
    result = run(two_dates)
    assert (result["found"], result["sightings"]) == (4, 5)
    (one,) = result["damaged"]
    assert (one["scene"], one["file"]) == ("c", str(path))
    assert str(path) in result["warnings"][0]
    assert "Start the same scan again" in result["warnings"][0]
    assert "Its boxes are damaged" in (two_dates / "map.html").read_text(encoding="utf-8")
    path.unlink()
    assert run(two_dates)["damaged"] == []


def test_boxes_that_are_gone_are_missed_and_searched_anew(two_dates: Path) -> None:
    scenes = [("a", EARLY, [24, 60, 25, 61], 2), ("b", LATE, [24, 60, 25, 61], 4), ("c", LATE, None, 5)]
    write_tables(two_dates, scenes)
    ledger = Ledger(two_dates)
    ledger.begin()
    for name, *_ in scenes:
        ledger.finish(name, {"id": name})
    result = run(two_dates)
    assert {one["scene"]: one["reason"] for one in result["damaged"]} == {
        "b": "3 of 4 boxes are there",
        "c": "0 of 5 boxes are there",
    }
    assert [name for name, *_ in scenes if ledger.is_finished(name)] == ["a"]


def test_doing_it_twice_gives_the_same(two_dates: Path) -> None:
    run(two_dates)
    once = {name: layer(two_dates, name).to_csv() for name in ("found", "sightings")}
    page = (two_dates / "map.html").read_text(encoding="utf-8")
    run(two_dates)
    assert {name: layer(two_dates, name).to_csv() for name in ("found", "sightings")} == once
    assert (two_dates / "map.html").read_text(encoding="utf-8") == page


def test_cancelled_at_any_moment_it_leaves_what_was_there(two_dates: Path) -> None:
    run(two_dates)
    before = {path.name: path.read_bytes() for path in two_dates.iterdir() if path.is_file()}
    write_scene(two_dates, "c", [row(0, square(26, 60), 0.9)])
    looks = 0
    for most in range(100):
        looked = iter(range(most))
        try:
            run(two_dates, lambda looked=looked: next(looked, None) is None)
        except JobCancelledError:
            looks += 1
            assert {path.name: path.read_bytes() for path in two_dates.iterdir() if path.is_file()} == before
            assert sorted(path.name for path in two_dates.iterdir() if path.is_dir()) == ["detections"]
        else:
            break
    assert looks >= 10
    assert len(layer(two_dates, "sightings")) == 6


def test_a_package_that_a_program_has_open_is_not_replaced(two_dates: Path) -> None:
    run(two_dates)
    with closing(sqlite3.connect(two_dates / "found.gpkg", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InputError, match="open in another program"):
            run(two_dates)


def test_the_page_names_failures_and_escapes_what_others_wrote(two_dates: Path) -> None:
    write_tables(
        two_dates,
        [("a", EARLY, [24.9, 59.9, 25.1, 60.1], 2), ("b", LATE, [24.9, 59.9, 25.3, 60.1], 3)],
        [("<b>lost</b>", "It is <i>no raster</i>.")],
        ["all ships", "all cars", "piers"],
    )
    (warning,) = run(two_dates)["warnings"]
    assert warning.startswith("1 scene could not be searched: ")
    assert warning.endswith("The first is <b>lost</b>: It is <i>no raster</i>.")
    page = (two_dates / "map.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;lost&lt;/b&gt;" in page
    assert "<i>no raster" not in page
    assert not re.search(r"<script|src=|https?://", page)
    assert page.count("<circle") == 4
    assert '<td class="text">2024-05-01</td><td class="number">1</td><td class="number">2</td>' in page
    assert "all ships: 90 %, in 2 scenes: a, b" in page


def test_the_page_does_not_grow_with_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketch, "MARKS_AT_MOST", 20)
    monkeypatch.setattr(sketch, "FOOTPRINTS_AT_MOST", 10)
    scenes = []
    for number in range(40):
        west = -60.0 + 3 * number
        write_scene(
            tmp_path, f"s{number:02d}", [row(box, square(west + box / 10, 0), 0.5) for box in range(5)]
        )
        scenes.append((f"s{number:02d}", None, [west, -1.0, west + 1, 1.0], 5))
    write_tables(tmp_path, scenes)
    run(tmp_path)
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert 0 < page.count("<circle") <= 20
    assert 0 < page.count('<rect class="scene"') <= 10
    assert sum(map(int, re.findall(r"<title>(\d+) things?,", page))) == 200


def test_the_map_of_places_on_both_sides_of_the_date_line_is_small(tmp_path: Path) -> None:
    write_scene(tmp_path, "a", [row(0, square(179.5, -17), 0.9)])
    write_scene(tmp_path, "b", [row(0, square(-179.5, -17), 0.9)])
    write_tables(
        tmp_path,
        [("a", None, [179.0, -17.5, 179.9, -16.5], 1), ("b", None, [179.9, -17.5, -179.0, -16.5], 1)],
    )
    run(tmp_path)
    places = re.findall(r'cx="([\d.]+)"', (tmp_path / "map.html").read_text(encoding="utf-8"))
    assert [round(float(place), -1) for place in sorted(places, key=float)] == [260, 700]
