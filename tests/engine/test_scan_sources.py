"""Where the scenes of an archive come from: folders, lists, mosaics, and catalogues, the hostile ones among them."""

from __future__ import annotations

import json
import os
import re
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from stac_geoparquet.arrow import parse_stac_items_to_parquet

from engine.errors import InputError, JobCancelledError
from engine.scan import stac
from engine.scan.documents import Documents, Features, light
from engine.scan.rasters import Candidate
from engine.scan.sources import Archive, Wanted, find_scenes, safe_id
from engine.scan.wanted import bounds_of, meet
from tests.engine.servers import misbehaving, serving
from tests.engine.stac_files import COG, answering, api, catalogue, collection_of, item, tif, write


def ids(archive: Archive) -> list[str]:
    return [scene.id for scene in archive.scenes]


def reasons(archive: Archive) -> dict[str, str]:
    return {one.id: one.reason for one in archive.failed}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three rasters, one of them deeper, beside what is none."""
    here = tmp_path / "scenes"
    for number, name in enumerate(("b.tif", "a.TIF", "north/a.tif")):
        tif(here / name, west=10.0 + number)
    write(here / "readme.md", "x")
    tif(here / ".hidden" / "c.tif")
    return here


def test_a_folder_gives_its_rasters_in_order_and_each_its_own_name(folder: Path) -> None:
    found = find_scenes(str(folder))
    assert [scene.raster for scene in found.scenes] == [
        str(folder / name) for name in ("a.TIF", "b.tif", "north/a.tif")
    ]
    assert ids(found)[:2] == ["a.TIF", "b.tif"]
    assert re.fullmatch(r"north_a\.tif-[0-9a-f]{8}", ids(found)[2])
    assert find_scenes(str(folder)) == found


def test_names_stay_when_a_folder_grows(folder: Path) -> None:
    before = {scene.raster: scene.id for scene in find_scenes(str(folder)).scenes}
    tif(folder / "0" / "a.tif")
    after = {scene.raster: scene.id for scene in find_scenes(str(folder)).scenes}
    assert before.items() <= after.items()


def test_mosaics_in_a_folder_are_left_out_where_there_is_anything_else(folder: Path) -> None:
    write(folder / "all.vrt", "<VRTDataset/>")
    assert len(find_scenes(str(folder)).scenes) == 3


def test_a_pattern_and_a_single_raster(folder: Path) -> None:
    assert ids(find_scenes(str(folder / "*.tif"))) == ["b.tif"]
    assert len(find_scenes(str(folder / "**" / "*.tif")).scenes) == 2
    assert ids(find_scenes(str(folder / "b.tif"))) == ["b.tif"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "There is nothing at"),
        ("scenes/*.jp2", "Nothing matches"),
        ("scenes/.hidden/none", "There is nothing at"),
        ("scenes/readme.md.d", "There is nothing at"),
    ],
)
def test_a_source_that_is_none_is_refused_in_a_sentence(folder: Path, name: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        find_scenes(str(folder.parent / name))


def test_an_empty_folder_and_an_empty_list_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="There is no raster in"):
        find_scenes(str(tmp_path / "empty"))
    with pytest.raises(InputError, match="names no raster"):
        find_scenes(write(tmp_path / "list.txt", "# nothing\n\n"))


def test_a_list_takes_lines_and_a_missing_file_is_a_row(folder: Path) -> None:
    named = write(folder / "list.txt", "b.tif\n# a remark\n\nnorth/a.tif\ngone.tif\nb.tif\n")
    found = find_scenes(named)
    assert ids(found) == ["b.tif", "a.tif"]
    assert "There is no file" in reasons(found)["gone.tif"]


def test_a_list_of_columns_says_names_times_and_clouds(folder: Path) -> None:
    lines = "raster,id,time,cloud\nb.tif,spring,2026-03-01,10\na.TIF,summer,2026-07-01T12:00:00+02:00,80\n"
    named = write(folder / "list.csv", lines)
    first, second = find_scenes(named).scenes
    assert (first.id, first.time, first.cloud) == ("spring", "2026-03-01T00:00:00Z", 10.0)
    assert second.time == "2026-07-01T10:00:00Z"
    assert ids(find_scenes(named, Wanted.read(dates="2026-07"))) == ["summer"]
    assert ids(find_scenes(named, Wanted.read(cloud=20))) == ["spring"]
    bad = find_scenes(write(folder / "bad.csv", "raster,cloud\nb.tif,some\na.TIF,3\n"))
    assert "is no number" in reasons(bad)["b.tif"]
    with pytest.raises(InputError, match="no column raster"):
        find_scenes(write(folder / "worse.csv", "path\nb.tif\n"))


def test_the_network_is_asked_by_nobody_unasked(folder: Path) -> None:
    named = write(
        folder / "list.txt", "b.tif\nhttps://user:secret@example.org/c.tif?sig=abc\n/vsicurl/http://x/d.tif\n"
    )
    found = find_scenes(named)
    assert ids(found) == ["b.tif"]
    assert all("--allow-network" in reason for reason in reasons(found).values())
    assert len(found.failed) == 2
    assert "secret" not in str(found.failed)
    assert "sig=" not in str(found.failed)
    for source in ("https://example.org/c.tif", "https://example.org/stac", "s3://bucket/catalog.json"):
        with pytest.raises(InputError, match="--allow-network"):
            find_scenes(source)


def test_a_box_is_asked_of_the_rasters_themselves(folder: Path) -> None:
    found = find_scenes(str(folder), Wanted.read(bbox="10.5,49,11.5,51"))
    assert ids(found) == ["a.TIF"]
    assert found.left_out == 2
    assert found.scenes[0].bounds == pytest.approx((11.0, 49.99, 11.01, 50.0))


def test_rasters_that_can_t_say_are_rows(folder: Path) -> None:
    write(folder / "c.tif", "this is no raster")
    found = find_scenes(str(folder), Wanted.read(bbox="0,0,90,90"))
    assert len(found.scenes) == 3
    assert "can't be opened" in reasons(found)["c.tif"]
    with pytest.raises(InputError, match="does not say when it was taken"):
        find_scenes(str(folder), Wanted.read(dates="2026"))


def test_time_and_clouds_are_taken_from_the_metadata_of_the_image(folder: Path) -> None:
    with rasterio.open(folder / "b.tif", "r+") as dataset:
        dataset.update_tags(ns="IMAGERY", ACQUISITIONDATETIME="2026-05-31 10:00:00", CLOUDCOVER="12.5")
        dataset.update_tags(TIFFTAG_DATETIME="2020:01:01 00:00:00")
    found = find_scenes(str(folder), Wanted.read(dates="2026-05", cloud=20))
    assert [(scene.id, scene.time, scene.cloud) for scene in found.scenes] == [
        ("b.tif", "2026-05-31T10:00:00Z", 12.5)
    ]
    assert len(found.failed) == 2


def test_a_wish_that_nothing_meets_is_told(folder: Path) -> None:
    with pytest.raises(InputError, match="None of the 3 scenes"):
        find_scenes(str(folder), Wanted.read(bbox=(0, 0, 1, 1)))


def test_rasters_across_the_date_line_are_found_from_both_sides(tmp_path: Path) -> None:
    tif(tmp_path / "line.tif", west=179.5, side_deg=1.0)
    for box in ("179,40,-179,60", "-179.9,40,-179,60", "179,40,179.9,60", "170,40,190,60"):
        assert find_scenes(str(tmp_path), Wanted.read(bbox=box)).scenes[0].bounds == (
            179.5,
            49.0,
            -179.5,
            50.0,
        )
    with pytest.raises(InputError, match="is wanted"):
        find_scenes(str(tmp_path), Wanted.read(bbox="-179.4,40,179.4,60"))


MEMBER = """<{kind}><SourceFilename relativeToVRT="1">{name}</SourceFilename><SourceBand>{band}</SourceBand>
<SourceProperties RasterXSize="16" RasterYSize="16" DataType="Byte" BlockXSize="16" BlockYSize="16"/>
<SrcRect xOff="0" yOff="0" xSize="16" ySize="16"/>
<DstRect xOff="{x}" yOff="0" xSize="{size}" ySize="{size}"/>{more}</{kind}>"""


def mosaic(
    names: list[str], *, bands: int = 2, size: int = 16, more: str = "", kind: str = "SimpleSource"
) -> str:
    def band(number: int) -> str:
        laid = (
            MEMBER.format(name=name, band=number, x=16 * place, size=size, more=more, kind=kind)
            for place, name in enumerate(names)
        )
        return f'<VRTRasterBand dataType="Byte" band="{number}">{"".join(laid)}</VRTRasterBand>'

    return f'<VRTDataset rasterXSize="32" rasterYSize="16">{"".join(map(band, range(1, bands + 1)))}</VRTDataset>'


def test_the_parts_of_a_mosaic_are_its_scenes(folder: Path) -> None:
    parts = ["b.tif", "north/a.tif"]
    found = find_scenes(write(folder / "plain.vrt", mosaic(parts)))
    assert [scene.raster for scene in found.scenes] == [str(folder / name) for name in parts]


@pytest.mark.parametrize(
    "text",
    [
        mosaic(["b.tif"]),
        mosaic(["b.tif", "a.TIF"], size=8),
        mosaic(["b.tif", "a.TIF"], kind="ComplexSource", more="<ScaleRatio>2</ScaleRatio>"),
        mosaic(["b.tif", "a.TIF"]).replace("<VRTDataset", '<VRTDataset subClass="VRTWarpedDataset"'),
        mosaic(["b.tif", "a.TIF"]).replace('band="1">', 'band="1" subClass="VRTDerivedRasterBand">'),
        mosaic(["b.tif", "a.TIF"]).replace("<SourceBand>2", "<SourceBand>1"),
        mosaic(["b.tif", "a.TIF"])[:-9],
    ],
)
def test_a_mosaic_that_does_more_is_one_scene(folder: Path, text: str) -> None:
    assert ids(find_scenes(write(folder / "more.vrt", text))) == ["more.vrt"]


@pytest.mark.parametrize(
    "name", ["a/b", "..", ".", "", "con.tif", "x" * 300, "ä", "a.", "a b", "-", "a=b", "\0"]
)
def test_names_are_safe_as_those_of_folders(name: str) -> None:
    safe = safe_id(name)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", safe)
    assert safe != name
    assert safe_id(name) == safe


def test_names_that_differ_in_case_alone_are_told_apart(tmp_path: Path) -> None:
    tif(tmp_path / "a.tif"), tif(tmp_path / "A.tif")
    names = ids(find_scenes(str(tmp_path)))
    assert len({name.casefold() for name in names}) == 2


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026", ("2026-01-01T00:00:00", "2026-12-31T23:59:59.999999")),
        ("2024-02", ("2024-02-01T00:00:00", "2024-02-29T23:59:59.999999")),
        ("2026-05-31", ("2026-05-31T00:00:00", "2026-05-31T23:59:59.999999")),
        ("2026-05-31T10:00:00+02:00", ("2026-05-31T08:00:00", "2026-05-31T08:00:00")),
        ("2026-05/2026-06-02", ("2026-05-01T00:00:00", "2026-06-02T23:59:59.999999")),
        ("../2026", (None, "2026-12-31T23:59:59.999999")),
        ("2026/", ("2026-01-01T00:00:00", None)),
    ],
)
def test_dates_as_people_write_them(text: str, span: tuple[str | None, str | None]) -> None:
    wanted = Wanted.read(dates=text)
    read = [None if edge is None else datetime.fromisoformat(edge).replace(tzinfo=UTC) for edge in span]
    assert [wanted.start, wanted.end] == read


@pytest.mark.parametrize(
    "text", ["", "/", "../..", "2026-13", "2026-02-30", "yesterday", "2026/2025", "0000"]
)
def test_dates_that_are_none(text: str) -> None:
    with pytest.raises(InputError, match="The dates"):
        Wanted.read(dates=text)


@pytest.mark.parametrize(
    "box", ["1,2,3", "a,b,c,d", "0,10,5,0", "nan,0,1,1", "0,0,inf,1", "0,-100,1,1", "600,0,601,1"]
)
def test_boxes_that_are_none(box: str) -> None:
    with pytest.raises(InputError, match="bounding box"):
        Wanted.read(bbox=box)


@pytest.mark.parametrize("cloud", [-1, 101, float("nan")])
def test_clouds_that_are_none(cloud: float) -> None:
    with pytest.raises(InputError, match="cloud cover"):
        Wanted.read(cloud=cloud)


def test_boxes_meet_across_the_date_line() -> None:
    assert meet((170, 0, -170, 10), (175, 5, 178, 6))
    assert meet((170, 0, -170, 10), (-175, 5, -172, 6))
    assert meet((-10, 0, 10, 10), (5, 5, 5, 5))
    assert not meet((170, 0, -170, 10), (0, 5, 1, 6))
    assert not meet((0, 0, 1, 1), (1, 0, 2, 1))
    assert bounds_of([170, 0, 5, 190, 10, 9]) == (170, 0, -170, 10)
    assert bounds_of([-180, -90, 180, 90]) == (-180, -90, 180, 90)


@pytest.fixture
def items(tmp_path: Path) -> list[dict[str, Any]]:
    """Three items of which the rasters lie beside them."""
    here = tmp_path / "stac"
    for number in range(3):
        tif(here / f"s{number}.tif", west=10.0 + number)
    return [
        item(
            f"s{number}",
            bbox=[10.0 + number, 49.99, 10.01 + number, 50.0],
            datetime=f"2026-0{number + 4}-01T10:00:00Z",
            geometry={"type": "Point", "coordinates": [10.005 + number, 49.995]},
            **{"eo:cloud_cover": 10.0 * number},
        )
        for number in range(3)
    ]


@pytest.fixture
def stacked(tmp_path: Path, items: list[dict[str, Any]]) -> dict[str, str]:
    """The same items in every form, by the name of the form."""
    here = tmp_path / "stac"
    for one in items:
        write(here / f"{one['id']}.json", one)
    parse_stac_items_to_parquet(items, output_path=str(here / "table.parquet"))
    below = [("item", "../s1.json"), ("item", "../s2.json"), ("parent", "../catalog.json")]
    write(here / "deep" / "catalog.json", catalogue(*below))
    top = [("item", "./s0.json"), ("child", "./deep/catalog.json"), ("self", "catalog.json")]
    return {
        "collection": write(here / "all.json", collection_of(*items)),
        "lines": write(here / "all.ndjson", "\n".join(map(json.dumps, items)) + "\n\n"),
        "table": str(here / "table.parquet"),
        "catalogue": write(here / "catalog.json", catalogue(*top)),
    }


@pytest.mark.parametrize("form", ["collection", "lines", "table", "catalogue"])
def test_items_are_the_same_scenes_in_every_form(stacked: dict[str, str], form: str) -> None:
    found = find_scenes(stacked[form])
    here = Path(stacked["collection"]).parent
    assert [(scene.id, scene.raster, scene.time, scene.cloud) for scene in found.scenes] == [
        (f"s{n}", str(here / f"s{n}.tif"), f"2026-0{n + 4}-01T10:00:00Z", 10.0 * n) for n in range(3)
    ]
    assert found.scenes[1].bounds == pytest.approx((11.0, 49.99, 11.01, 50.0))
    assert ids(find_scenes(stacked[form], Wanted.read("10.9,49,13,51", "2026-05/..", 15))) == ["s1"]


def test_one_item_is_an_archive_as_well(stacked: dict[str, str]) -> None:
    assert ids(find_scenes(str(Path(stacked["collection"]).with_name("s2.json")))) == ["s2"]


def test_a_span_of_time_counts_where_it_meets_the_wanted_one(tmp_path: Path) -> None:
    tif(tmp_path / "s.tif")
    spread = item(
        "s", datetime=None, start_datetime="2026-01-01T00:00:00Z", end_datetime="2026-01-31T00:00:00Z"
    )
    named = write(tmp_path / "s.json", spread)
    assert find_scenes(named, Wanted.read(dates="2026-01-20")).scenes[0].time == "2026-01-01T00:00:00Z"
    with pytest.raises(InputError, match="is wanted"):
        find_scenes(named, Wanted.read(dates="2026-02"))


def picture(href: str, *roles: str, kind: str | None = COG) -> dict[str, Any]:
    return {"href": href, "roles": list(roles)} | ({"type": kind} if kind else {})


@pytest.mark.parametrize(
    ("assets", "asset", "taken"),
    [
        ({"b4": picture("b4.tif", "data"), "visual": picture("v.tif", "visual")}, None, "v.tif"),
        (
            {"jp2": picture("v.jp2", "visual", kind="image/jp2"), "tif": picture("v.tif", "visual")},
            None,
            "v.tif",
        ),
        ({"x": picture("t.png", "thumbnail", kind="image/png"), "y": picture("y.tif")}, None, "y.tif"),
        (
            {"x": picture("x.tif", kind=None), "m": picture("m.xml", "metadata", kind="application/xml")},
            None,
            "x.tif",
        ),
        ({"mask": picture("m.tif"), "x": picture("x.tif", "data")}, None, "x.tif"),
        ({"b4": picture("b4.tif", "data"), "b8": picture("b8.tif", "data")}, "b8", "b8.tif"),
        ({"old": picture("o.jp2", kind="image/jp2"), "new": picture("n.tif")}, None, "n.tif"),
    ],
)
def test_the_asset_with_the_pixels_is_taken(
    tmp_path: Path, assets: dict[str, Any], asset: str | None, taken: str
) -> None:
    tif(tmp_path / taken)
    named = write(tmp_path / "s.json", item("s", assets=assets))
    assert find_scenes(named, asset=asset).scenes[0].raster == str(tmp_path / taken)


def test_several_pictures_ask_which(tmp_path: Path) -> None:
    two = item("two", assets={"b4": picture("b4.tif", "data"), "b8": picture("b8.tif", "data")})
    with pytest.raises(InputError, match=r"several pictures \(b4, b8\).*--asset NAME"):
        find_scenes(write(tmp_path / "s.json", two))
    tif(tmp_path / "one.tif")
    found = find_scenes(write(tmp_path / "all.json", collection_of(two, item("one"))))
    assert ids(found) == ["one"]
    assert "--asset" in reasons(found)["two"]
    with pytest.raises(InputError, match="no asset 'b2'; it has b4, b8"):
        find_scenes(write(tmp_path / "s.json", two), asset="b2")
    with pytest.raises(InputError, match="leave the asset"):
        find_scenes(str(tmp_path / "one.tif"), asset="b2")


def test_addresses_with_blanks_and_of_files_lead_to_them(tmp_path: Path) -> None:
    here = tif(tmp_path / "a b.tif")
    for href in ("./a%20b.tif", "a b.tif", here.as_uri(), str(here)):
        assert find_scenes(write(tmp_path / "s.json", item("s", href))).scenes[0].raster == str(here)


def test_a_saved_answer_means_the_address_of_its_items(tmp_path: Path) -> None:
    links = [{"rel": "self", "href": "https://example.org/items/s/item.json"}]
    named = write(tmp_path / "all.json", collection_of(item("s", "./s.tif", links=links)))
    with pytest.raises(InputError, match=r"https://example.org/items/s/s.tif leads to example.org"):
        find_scenes(named)
    tif(tmp_path / "s.tif")
    assert find_scenes(named).scenes[0].raster == str(tmp_path / "s.tif")


def test_the_same_raster_in_two_items_is_searched_once(tmp_path: Path) -> None:
    tif(tmp_path / "s.tif")
    found = find_scenes(
        write(tmp_path / "all.json", collection_of(*(item(name, "s.tif") for name in ("one", "one", "two"))))
    )
    assert ids(found) == ["one"]
    assert reasons(found) == {"two": "It is the raster of the scene one once more."}


def test_items_of_one_name_keep_names_apart(tmp_path: Path) -> None:
    tif(tmp_path / "a.tif"), tif(tmp_path / "b.tif")
    names = ids(
        find_scenes(write(tmp_path / "all.json", collection_of(item("s", "a.tif"), item("s", "b.tif"))))
    )
    assert all(re.fullmatch(r"s-[0-9a-f]{8}", name) for name in names)
    assert len(set(names)) == 2


HOSTILE: list[Any] = [
    None, 7, [], {}, {"type": "Feature"}, {"type": "Feature", "id": 5, "assets": []},
    {**item("x"), "properties": None}, {**item("x"), "assets": {"a": None}}, {**item("x"), "links": 5},
    {**item("x"), "stac_version": None, "properties": {"datetime": 5}},
    {**item("x"), "stac_version": "0.6.0", "properties": []},
    {**item("x"), "properties": {"datetime": "no"}}, item("x", "\n"), item("x", "<VRTDataset/>"), item("x", "gone.tif"),
    item("x", assets={}), item("x", assets={"a": {"href": 5, "type": COG}}), item("x", "file://[/x.tif"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_broken_items_are_rows(tmp_path: Path, number: int) -> None:
    tif(tmp_path / "good.tif")
    found = find_scenes(write(tmp_path / "all.json", collection_of(HOSTILE[number], item("good"))))
    assert ids(found) == ["good"]
    assert len(found.failed) == 1
    assert found.failed[0].reason.endswith(".")


@pytest.mark.parametrize(
    "bbox", [[float("nan")] * 4, [1e400, 0, 1, 1], [10**400, 0, 1, 1], "10,0,1,1", [1], [0, 99, 1, 99]]
)
def test_a_box_that_is_none_is_asked_of_the_raster(tmp_path: Path, bbox: Any) -> None:
    tif(tmp_path / "s.tif")
    named = write(tmp_path / "s.json", item("s", bbox=bbox))
    assert find_scenes(named).scenes[0].bounds is None
    assert find_scenes(named, Wanted.read("9,49,11,51")).scenes[0].bounds == pytest.approx(
        (10, 49.99, 10.01, 50)
    )


def test_an_outline_or_a_projected_box_stands_in_for_a_box(tmp_path: Path) -> None:
    tif(tmp_path / "s.tif")
    outline = {"type": "Polygon", "coordinates": [[[1, 2], [3, 2], [3, 4], [1, 2]]]}
    assert find_scenes(write(tmp_path / "s.json", item("s", bbox=None, geometry=outline))).scenes[
        0
    ].bounds == (1, 2, 3, 4)
    projected = item(
        "s", bbox=None, **{"proj:code": "EPSG:32632", "proj:bbox": [500_000, 0, 600_000, 100_000]}
    )
    bounds = find_scenes(write(tmp_path / "s.json", projected)).scenes[0].bounds
    assert bounds == pytest.approx((9.0, 0.0, 9.9, 0.905), abs=0.01)


def test_catalogues_that_go_round_in_circles_end(tmp_path: Path) -> None:
    tif(tmp_path / "s.tif")
    write(tmp_path / "s.json", item("s"))
    write(tmp_path / "b.json", catalogue(("child", "a.json"), ("child", "b.json"), ("item", "s.json")))
    named = write(
        tmp_path / "a.json",
        catalogue(("child", "./b.json"), ("child", "a.json"), ("child", "../nowhere/c.json")),
    )
    found = find_scenes(named)
    assert ids(found) == ["s"]
    assert list(reasons(found)) == ["c.json"]


def test_a_catalogue_deeper_than_any_is_cut(tmp_path: Path) -> None:
    tif(tmp_path / "s.tif"), write(tmp_path / "s.json", item("s"))
    for number in range(40):
        write(tmp_path / f"{number}.json", catalogue(("child", f"{number + 1}.json"), ("item", "s.json")))
    found = find_scenes(str(tmp_path / "0.json"))
    assert ids(found) == ["s"]
    assert "catalogues deep" in found.failed[0].reason


def test_links_out_of_a_catalogue_read_nothing_of_the_system(tmp_path: Path) -> None:
    tif(tmp_path / "s.tif"), write(tmp_path / "s.json", item("s"))
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "linked.json").symlink_to("/dev/zero")
    leading = [
        "file:///etc/passwd",
        "/proc/self/environ",
        "pipe.json",
        "linked.json",
        "folder.json",
        "https://example.org/i",
    ]
    links = [("item", href) for href in [*leading, "s.json"]]
    found = find_scenes(
        write(tmp_path / "catalog.json", catalogue(*links, ("child", "http://example.org/c")))
    )
    assert ids(found) == ["s"]
    assert len(found.failed) == 7
    assert "root:" not in str(found.failed)
    assert sum("--allow-network" in one.reason for one in found.failed) == 2


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", "{", "no JSON"),
        ("a.json", "[" * 100_000, "no JSON"),
        ("a.json", "[]", "neither a STAC item"),
        ("a.json", '{"type": "FeatureCollection", "features": {}}', "neither a STAC item"),
        ("a.json", '{"type": "FeatureCollection", "features": []}', "There is no scene"),
        ("a.json", '{"type": ["Feature"]}', "neither a STAC item"),
        ("a.json", '{"links": [5, {"rel": "item"}, {"rel": [], "href": []}]}', "There is no scene"),
        ("a.parquet", "PAR1", "can't be read as a table"),
        ("a.ndjson", "{\n[]\n\n", "2 fail"),
    ],
)
def test_documents_that_are_none_end_in_a_sentence(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        find_scenes(write(tmp_path / name, text))


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet

    pa.parquet.write_table(pa.table({"name": ["x"]}), tmp_path / "a.parquet")
    with pytest.raises(InputError, match="no columns id and assets"):
        find_scenes(str(tmp_path / "a.parquet"))


def opened(content: Any) -> Any:
    """A document with its list of features as a list."""
    if isinstance(content, dict) and isinstance(content.get("features"), Features):
        return {**content, "features": list(content["features"])}
    return content


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(st.sampled_from(["type", "links", "features", 'é"]']), VALUES)


@given(DOCUMENTS | VALUES, st.sampled_from([None, 1, "\t"]))
def test_documents_are_read_as_json_whatever_stands_in_them(content: Any, indent: Any) -> None:
    text = f" {json.dumps(content, indent=indent)}\n"
    assert opened(light(text)) == json.loads(text)


def read_by(reader: Any, text: str) -> Any:
    """What a reader makes of a text, as text; that it refuses it, where it does."""
    try:
        return repr(opened(reader(text)))
    except ValueError:
        return "refused"


@given(DOCUMENTS, st.data())
def test_damaged_documents_are_refused_where_json_refuses_them(content: Any, data: Any) -> None:
    text = json.dumps(content)
    place = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:place] + data.draw(st.sampled_from(["", ",", "]", "}", '"', "x"])) + text[place + 1 :]
    assert read_by(light, damaged) == read_by(json.loads, damaged)


def test_a_collection_takes_little_more_memory_than_its_text(tmp_path: Path) -> None:
    many = collection_of(*({**item(f"i{number}"), "more": [0] * 2000} for number in range(400)))
    path = tmp_path / "items.json"
    path.write_text(json.dumps(many))
    tracemalloc.start()
    try:
        listing = stac.Listing(str(path), Wanted(), None, False)
        found = sum(isinstance(one, Candidate) for portion in iter(listing.more, []) for one in portion)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == 400
    assert peak < 3 * path.stat().st_size


def test_a_document_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.json").open("wb") as stream:
        stream.truncate(2 * 10**9)
    with pytest.raises(InputError, match="longer than 200 MB"):
        find_scenes(str(tmp_path / "a.json"))


def test_looking_for_scenes_can_be_left(stacked: dict[str, str], folder: Path) -> None:
    for source in (stacked["catalogue"], str(folder)):
        with pytest.raises(JobCancelledError):
            find_scenes(source, stop=lambda: True)


def test_missing_packages_are_named(stacked: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(__import__("sys").modules, "engine.scan.stac")
    monkeypatch.setitem(__import__("sys").modules, "pystac_client", None)
    with pytest.raises(InputError, match=r"pip install 'remotezero-engine\[scan\]'"):
        find_scenes(stacked["collection"])


@pytest.mark.slow
def test_a_catalogue_of_the_network_is_listed_in_another_process(
    tmp_path: Path, stacked: dict[str, str]
) -> None:
    here = Path(stacked["catalogue"]).parent
    bad = [
        ("item", "file:///etc/passwd"),
        ("item", "gone.json"),
        ("child", "/vsizip/x"),
        ("item", "evil.json"),
    ]
    write(here / "evil.json", item("evil", "file:///etc/hosts.tif"))
    content = json.loads(Path(stacked["catalogue"]).read_text())
    content["links"] += [{"rel": rel, "href": href} for rel, href in bad]
    write(here / "catalog.json", content)
    with serving(here) as server:
        found = find_scenes(f"{server.url}/catalog.json", allow_network=True)
        assert [scene.raster for scene in found.scenes] == [f"{server.url}/s{n}.tif" for n in range(3)]
        assert set(reasons(found)) == {"passwd", "gone.json", "x", "evil"}
        assert "404" in reasons(found)["gone.json"]
        assert all("Nothing of this computer" in reasons(found)[name] for name in ("passwd", "x", "evil"))
        one = find_scenes(f"{server.url}/s1.tif", Wanted.read("10.9,49,12,51"), allow_network=True)
        assert one.scenes[0].bounds == pytest.approx((11.0, 49.99, 11.01, 50.0))
        assert [one.scene.id for one in listed(f"{server.url}/table.parquet")] == ["s0", "s1", "s2"]
        with pytest.raises(InputError, match="404"):
            listed(f"{server.url}/nothing")


def listed(source: str, wanted: Wanted | None = None) -> list[Any]:
    """What a listing gives, here and not in a process of its own."""
    listing = stac.Listing(source, wanted or Wanted(), None, True)
    return [found for portion in iter(listing.more, []) for found in portion]


def test_an_api_is_searched_by_place_and_time(items: list[dict[str, Any]]) -> None:
    answer, searches = api(items)
    with answering(answer) as server:
        answer.home.append(server.url)  # type: ignore[attr-defined]
        for one in items:
            one["links"] = [{"rel": "self", "href": f"{server.url}/collections/images/items/{one['id']}"}]
            one["assets"]["image"]["href"] = "../pictures/p.tif"
        wanted = Wanted.read("10.5,49,20,51", "2026-05/..", 15)
        for source in (server.url, f"{server.url}/collections/images"):
            found = listed(source, wanted)
            assert [one.scene.id for one in found] == ["s0", "s1", "s2"]
            assert found[0].scene.raster == f"{server.url}/collections/images/pictures/p.tif"
            assert [search.get("token") for search in searches] == [None, 2]
            assert searches[0]["bbox"] == [10.5, 49, 20, 51]
            assert searches[0]["datetime"] == "2026-05-01T00:00:00Z/.."
            searches.clear()


def test_an_api_of_several_collections_asks_which(items: list[dict[str, Any]]) -> None:
    answer, _ = api(items, names=("one", "two"))
    with answering(answer) as server:
        answer.home.append(server.url)  # type: ignore[attr-defined]
        with pytest.raises(InputError, match=r"several collections \(one, two\).*/collections/one"):
            listed(server.url)


def test_an_api_that_goes_round_in_circles_is_left(
    items: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = ({"features": items} for _ in range(100))
    with pytest.raises(InputError, match="over and over"):
        list(stac._new_pages(pages, "http://x"))


def test_endless_answers_are_left(tmp_path: Path) -> None:
    with answering(lambda path, _: b"x" * 3_000_000) as server:
        documents = Documents(True)
        with pytest.raises(InputError, match="longer than 2 MB"):
            b"".join(documents.web.pieces(f"{server.url}/x", 2_000_000, 10.0))
        with pytest.raises(InputError, match="still sending"):
            b"".join(documents.web.pieces(f"{server.url}/x", 9_000_000, -1.0))
        with pytest.raises(InputError, match="no JSON"):
            documents.json(f"{server.url}/x")
        with pytest.raises(InputError, match="no address on the network"):
            documents.web.read_text("/etc/passwd")
    with pytest.raises(InputError, match="can't be reached"):
        documents.json("http://127.0.0.1:1/x")


def test_a_server_that_sends_a_byte_now_and_then_is_left() -> None:
    with misbehaving("trickle") as server, pytest.raises(InputError, match="still sending after 0 s"):
        b"".join(Documents(True).web.pieces(f"{server.url}/x", 10**6, 0.3))


@pytest.mark.slow
def test_a_server_that_says_nothing_is_left_when_the_user_leaves() -> None:
    with misbehaving("silent") as server, pytest.raises(JobCancelledError, match="waited for"):
        find_scenes(f"{server.url}/catalog.json", allow_network=True, stop=lambda: bool(server.asked))


@pytest.mark.slow
def test_catalogues_tables_and_rasters_of_a_bucket_are_read(
    tmp_path: Path, stacked: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = Path(stacked["catalogue"]).parent.rename(tmp_path / "bucket")
    with serving(bucket.parent) as server:
        settings = {
            "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_HTTPS": "NO",
            "AWS_REGION": "us-east-1", "AWS_S3_ENDPOINT": server.host, "AWS_VIRTUAL_HOSTING": "FALSE",
            "AWS_EC2_METADATA_DISABLED": "true",
        }  # fmt: skip
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        for source in ("s3://bucket/catalog.json", "s3://bucket/table.parquet"):
            assert [one.scene.raster for one in listed(source)] == [f"s3://bucket/s{n}.tif" for n in range(3)]
        with pytest.raises(InputError, match="can't be read from its store"):
            listed("s3://bucket/none.json")
        one = find_scenes("s3://bucket/s1.tif", Wanted.read("10.9,49,12,51"), allow_network=True)
        assert one.scenes[0].bounds == pytest.approx((11.0, 49.99, 11.01, 50.0))
