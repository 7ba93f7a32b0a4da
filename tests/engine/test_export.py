"""Results for other programs: read back by those programs, with nothing else touched."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sqlite3
import threading
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyogrio
import pyogrio.raw
import pytest
import rasterio
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from typer.testing import CliRunner

import engine.export.run
from engine.cli.main import app
from engine.errors import InputError, JobCancelledError, JobNotFoundError, OutputExistsError
from engine.export.boxes import read_layer
from engine.export.run import export
from engine.imagery.attributes import FIELDS
from engine.imagery.outputs import write_features
from engine.jobs.database import Database
from engine.jobs.exports import from_job
from engine.jobs.host import ModelHost
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import EXPORT_KINDS, WORK_KINDS, Store
from engine.paths import job_dir, store_file
from engine.types import Feature
from engine.wire import ExportRequest, checked
from tests.engine.conftest import ROOF_PX, ROOFS_PX
from tests.engine.rasters import ramp, write_raster
from tests.engine.scripted import ScriptedModel

UTM = rasterio.crs.CRS.from_epsg(32632).to_wkt()
ROTATED = Affine.translation(500_000.0, 5_000_000.0) @ Affine.rotation(30) @ Affine.scale(2.0, -2.0)
TABLES = ("gpkg", "geojson", "fgb", "parquet", "csv")
VERDICTS = ("accepted", "rejected", "", "accepted")


def silent(*_: int) -> None:
    """Watches nothing."""


def go_on() -> bool:
    """Never stops."""
    return False


def run(stop: Any = go_on, watch: Any = silent, **values: Any) -> dict[str, Any]:
    plain = {name: str(value) if isinstance(value, Path) else value for name, value in values.items()}
    return export(checked(ExportRequest, plain), None, watch, stop)


def box_on(
    raster: Path, left: float, top: float, right: float, bottom: float, number: int, **more: Any
) -> Feature:
    with rasterio.open(raster) as dataset:
        place = dataset.transform
    corners = [(left, top), (left, bottom), (right, bottom), (right, top), (left, top)]
    about = {
        **dict.fromkeys(FIELDS),
        "id": f"w{number}-0",
        "rank": number + 1,
        "score": round(0.9 - 0.1 * number, 3),
        "label": ("ship", "Ship", "pier", "ship")[number % 4],
        "reasoning": 'four "ships", \n and a pier',
        "query": "all ships",
        "model": "scripted",
        "adapter": "winter",
        "source": str(raster),
        "gsd_m": 2.0,
        "time": "2026-11-26T09:00:00.000Z",
        **more,
    }
    return Feature({"type": "Polygon", "coordinates": [[list(place @ corner) for corner in corners]]}, about)


@pytest.fixture
def raster(tmp_path: Path) -> Path:
    return write_raster(tmp_path / "harbour.tif", [ramp(500, 700)] * 3)


@pytest.fixture
def boxes(raster: Path) -> list[Feature]:
    return [
        box_on(raster, 10, 20, 50, 60, 0),
        box_on(raster, 180, 30, 240, 44.5, 1),
        box_on(raster, 380, 300, 420, 330, 2),
        box_on(raster, 600, 470, 740, 560, 3),
    ]


@pytest.fixture
def result(tmp_path: Path, boxes: list[Feature]) -> Path:
    path = tmp_path / "result.gpkg"
    write_features(path, boxes, UTM)
    return path


@pytest.fixture
def judged(tmp_path: Path, boxes: list[Feature]) -> Path:
    path = tmp_path / "judged.gpkg"
    told = [
        Feature(box.geometry, {**box.properties, "verdict": v})
        for box, v in zip(boxes, VERDICTS, strict=True)
    ]
    write_features(path, told, UTM)
    return path


def prints(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and "home" not in path.parts
    }


def test_every_table_keeps_crs_outlines_and_columns(result: Path, boxes: list[Feature]) -> None:
    wanted = [shapely.geometry.shape(box.geometry) for box in boxes]
    for ending in ("gpkg", "fgb", "parquet"):
        path = result.with_name(f"out.{ending}")
        run(vector=result, output=path)
        frame = geopandas.read_parquet(path) if ending == "parquet" else geopandas.read_file(path)
        frame = frame.sort_values("rank")
        assert frame.crs.to_epsg() == 32632
        assert all(
            shapely.equals_exact(mine, theirs, 1e-9, normalize=True)
            for mine, theirs in zip(frame.geometry, wanted, strict=True)
        )
        assert frame["score"].tolist() == [box.properties["score"] for box in boxes]
        for name in ("id", "label", "query", "reasoning", "model", "adapter"):
            assert frame[name].tolist() == [box.properties[name] for box in boxes], (ending, name)


def test_geojson_is_in_wgs84(result: Path, boxes: list[Feature]) -> None:
    path = result.with_name("out.geojson")
    run(vector=result, output=path)
    assert "crs" not in json.loads(path.read_text(encoding="utf-8"))
    there = geopandas.read_file(path)
    assert there.crs.to_epsg() == 4326
    back = there.to_crs(32632).geometry
    wanted = [shapely.geometry.shape(box.geometry) for box in boxes]
    assert [float(a.distance(b)) for a, b in zip(back.centroid, wanted, strict=True)] == pytest.approx(
        [0.0] * 4
    )
    assert all(a.symmetric_difference(b).area < 1e-2 * b.area for a, b in zip(back, wanted, strict=True))


def test_csv_has_wkt_and_crs_beside_the_columns(result: Path, boxes: list[Feature]) -> None:
    path = result.with_name("out.csv")
    run(vector=result, output=path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [shapely.from_wkt(row["wkt"]) for row in rows] == [
        shapely.geometry.shape(box.geometry) for box in boxes
    ]
    assert {row["crs"] for row in rows} == {"EPSG:32632"}
    assert [row["reasoning"] for row in rows] == [box.properties["reasoning"] for box in boxes]
    assert [float(row["score"]) for row in rows] == [box.properties["score"] for box in boxes]
    frame = geopandas.read_file(path, engine="pyogrio")
    assert len(frame) == 4


@pytest.mark.parametrize(
    "crs",
    [
        None,
        'LOCAL_CS["site grid",UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH]]',
        "+proj=tmerc +lat_0=50.3 +lon_0=9.1 +ellps=bessel",
        "IAU_2015:49900",
    ],
)
def test_any_crs_is_kept_or_said_to_be_lost(tmp_path: Path, crs: str | None) -> None:
    raster = write_raster(tmp_path / "a.tif", [ramp(60, 80)] * 3, crs=crs)
    wkt = None if crs is None else rasterio.crs.CRS.from_user_input(crs).to_wkt()
    result = tmp_path / "result.gpkg"
    write_features(result, [box_on(raster, 10, 10, 40, 40, 0)], wkt)
    refused = set()
    for ending in TABLES:
        path = tmp_path / f"out.{ending}"
        try:
            done = run(vector=result, output=path)
        except InputError:
            refused.add(ending)
            continue
        assert path.exists()
        if ending == "geojson" and crs is None:
            assert "no CRS" in done["warnings"][0]
    assert refused <= {"geojson", "parquet"}
    for kind in ("coco", "yolo"):
        assert run(vector=result, output=tmp_path / kind, format=kind)["annotations"] == 1


def test_where_some_were_judged_only_accepted_boxes_go_out(judged: Path) -> None:
    done = run(vector=judged, output=judged.with_name("a.csv"))
    assert (done["features"], done["rejected"], done["undecided"]) == (2, 1, 1)
    done = run(vector=judged, output=judged.with_name("b.csv"), undecided=True)
    assert (done["features"], done["rejected"], done["undecided"]) == (3, 1, 0)
    done = run(vector=judged, output=judged.with_name("c.gpkg"), min_score=0.85)
    assert (done["features"], done["below"]) == (1, 1)
    assert geopandas.read_file(judged.with_name("c.gpkg"))["verdict"].tolist() == ["accepted"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"min_score": 0.99}, r"None of the 4 boxes.*1 are rejected, 1 have no verdict.*2 score below 0.99"),
        ({"layer": "roads"}, "has no layer 'roads'"),
        ({"output": "no-folder/a.csv"}, "does not exist"),
        ({"output": "a.shp"}, "end it in"),
        ({"output": "a.csv", "format": "parquet"}, "end it in .parquet"),
        ({"output": "judged.gpkg", "overwrite": True}, "being read"),
        ({"output": "harbour.tif", "format": "coco"}, "exists already"),
        ({"output": "judged.gpkg"}, "exists already"),
    ],
)
def test_what_can_not_be_exported_is_told(judged: Path, more: dict[str, Any], words: str) -> None:
    before = prints(judged.parent)
    asked = {"vector": judged, "output": "a.csv", **more}
    asked["output"] = judged.with_name("x").parent / asked["output"]
    with pytest.raises(InputError, match=words):
        run(**asked)
    assert prints(judged.parent) == before


def test_a_package_of_many_runs_asks_for_a_layer(result: Path, judged: Path) -> None:
    meta, _, geometry, columns = pyogrio.raw.read(judged)
    pyogrio.raw.write(
        result,
        geometry=geometry,
        field_data=columns,
        fields=meta["fields"],
        driver="GPKG",
        layer="judged",
        geometry_type="Polygon",
        crs=UTM,
        append=False,
    )
    with pytest.raises(InputError, match=r"several layers \(result, judged\)"):
        run(vector=result, output=result.with_name("a.csv"))
    assert run(vector=result, layer="judged", output=result.with_name("a.csv"))["features"] == 2


def test_a_layer_verified_in_processing_has_scores_too(tmp_path: Path) -> None:
    pyogrio.raw.write(
        tmp_path / "mine.gpkg",
        geometry=np.array([shapely.box(0, 0, 1, 1).wkb, None], object),
        field_data=[np.array([0.7, 0.1]), np.array(["a roof", "a roof"], object)],
        fields=np.array(["rz_score", "rz_query"], object),
        driver="GPKG",
        geometry_type="Polygon",
        crs=UTM,
    )
    read, name = read_layer(str(tmp_path / "mine.gpkg"), None)
    assert name == "mine"
    assert [(f.properties["score"], f.properties["query"]) for f in read.features] == [(0.7, "a roof")]
    assert read.counts == {"read": 1, "no_polygon": 1}


def test_coco_is_read_and_agrees_with_itself(result: Path, boxes: list[Feature]) -> None:
    folder = result.with_name("set")
    done = run(vector=result, output=folder, format="coco", chip_px=256)
    coco = COCO(folder / "annotations.json")
    assert [category["name"] for category in coco.loadCats(coco.getCatIds())] == ["pier", "ship"]
    assert len(coco.getImgIds()) == done["pictures"] == len(list((folder / "images").iterdir()))
    assert len(coco.getAnnIds()) == done["annotations"]
    assert sorted(coco.anns) == list(range(1, len(coco.anns) + 1))
    seen: dict[str, float] = {}
    for annotation in coco.anns.values():
        image = coco.imgs[annotation["image_id"]]
        x, y, width, height = annotation["bbox"]
        assert min(x, y) >= 0
        assert x + width <= image["width"]
        assert y + height <= image["height"]
        mask = coco.annToMask(annotation)
        assert mask.sum() == pytest.approx(annotation["area"], rel=0.1)
        assert annotation["area"] == pytest.approx(width * height, rel=1e-3)
        seen[annotation["box_id"]] = max(seen.get(annotation["box_id"], 0.0), annotation["area"])
        with Image.open(folder / "images" / image["file_name"]) as picture:
            assert picture.size == (image["width"], image["height"])
            # The ramp says where a column of the raster is.
            column = image["src"][0] + image["width"] / 2
            assert np.asarray(picture)[:, image["width"] // 2].mean() == pytest.approx(
                255 * column / 699, abs=3
            )
    assert seen == pytest.approx({"w0-0": 1600, "w1-0": 870, "w2-0": 1200, "w3-0": 3000})
    detections = [
        {key: annotation[key] for key in ("image_id", "category_id", "bbox", "score")}
        for annotation in coco.anns.values()
    ]
    judge = COCOeval(coco, coco.loadRes(detections), "bbox")
    judge.evaluate()
    judge.accumulate()
    judge.summarize()
    assert judge.stats[0] == pytest.approx(1.0)


def names_in(coco: COCO) -> set[str]:
    return {annotation["box_id"] for annotation in coco.anns.values()}


def yolo_boxes(folder: Path) -> list[tuple[str, str, list[float]]]:
    """Picture, class and box (left, top, right, bottom in pixels) of every line, as a trainer reads them."""
    text = (folder / "data.yaml").read_text(encoding="utf-8")
    head, _, listed = text.partition("names:\n")
    names = {
        int(line.split(":", 1)[0]): json.loads(line.split(":", 1)[1]) for line in listed.splitlines() if line
    }
    assert f"nc: {len(names)}\n" in head
    pictures = folder / next(line.split(": ")[1] for line in head.splitlines() if line.startswith("train: "))
    found = []
    for path in sorted(pictures.iterdir()):
        with Image.open(path) as picture:
            width, height = picture.size
        label = Path(str(path).replace(f"{os.sep}images{os.sep}", f"{os.sep}labels{os.sep}")).with_suffix(
            ".txt"
        )
        for line in label.read_text(encoding="utf-8").splitlines():
            kind, *shares = line.split()
            x, y, w, h = (float(share) for share in shares)
            assert all(0 <= share <= 1 for share in (x, y, w, h))
            sides = [(x - w / 2) * width, (y - h / 2) * height, (x + w / 2) * width, (y + h / 2) * height]
            found.append((path.name, names[int(kind)], sides))
    return found


@pytest.mark.parametrize("picture", ["jpg", "png"])
def test_yolo_has_the_boxes_of_coco(result: Path, picture: str) -> None:
    for kind in ("coco", "yolo"):
        run(vector=result, output=result.with_name(kind), format=kind, chip_px=256, picture=picture)
    document = json.loads((result.with_name("coco") / "annotations.json").read_text(encoding="utf-8"))
    images = {image["id"]: image["file_name"] for image in document["images"]}
    kinds = {category["id"]: category["name"] for category in document["categories"]}
    wanted = [
        (images[item["image_id"]], kinds[item["category_id"]], item["bbox"])
        for item in document["annotations"]
    ]
    found = yolo_boxes(result.with_name("yolo"))
    assert sorted((name, kind) for name, kind, _ in found) == sorted((name, kind) for name, kind, _ in wanted)
    for (_, _, (x, y, w, h)), (_, _, sides) in zip(
        sorted(wanted, key=str), sorted(found, key=lambda item: str((item[0], item[1]))), strict=False
    ):
        assert any(np.allclose([x, y, x + w, y + h], other, atol=0.01) for _, _, other in found), sides


def test_empty_places_are_cut_when_asked(result: Path) -> None:
    without = run(vector=result, output=result.with_name("a"), format="yolo", chip_px=128)
    done = run(vector=result, output=result.with_name("b"), format="yolo", chip_px=128, empty=True)
    assert without["empty"] == 0
    assert done["pictures"] == without["pictures"] + done["empty"]
    assert done["empty"] > 0
    texts = [path.read_text() for path in (result.with_name("b") / "labels").iterdir()]
    assert sum(text == "" for text in texts) == done["empty"]


def test_the_whole_raster_can_be_the_picture(result: Path) -> None:
    done = run(vector=result, output=result.with_name("a"), format="coco", chips=False)
    coco = COCO(result.with_name("a") / "annotations.json")
    assert (done["pictures"], done["annotations"]) == (0, 4)
    assert coco.imgs[1]["file_name"] == "harbour.tif"
    assert [a["bbox"] for a in coco.anns.values()][:2] == [[10, 20, 40, 40], [180, 30, 60, 14.5]]
    assert not (result.with_name("a") / "images").exists()


def test_boxes_on_a_rotated_raster_are_upright_in_its_pixels(tmp_path: Path) -> None:
    raster = write_raster(tmp_path / "a.tif", [ramp(300, 300)] * 3, transform=ROTATED)
    result = tmp_path / "r.gpkg"
    write_features(result, [box_on(raster, 40, 50, 90, 70, 0)], UTM)
    run(vector=result, output=tmp_path / "set", format="coco")
    (annotation,) = COCO(tmp_path / "set" / "annotations.json").anns.values()
    assert annotation["bbox"] == pytest.approx([40, 50, 50, 20], abs=0.01)


def test_boxes_in_wgs84_come_back_to_the_raster(result: Path) -> None:
    run(vector=result, output=result.with_name("wgs.geojson"))
    run(vector=result.with_name("wgs.geojson"), output=result.with_name("set"), format="coco", chips=False)
    boxes = [a["bbox"] for a in COCO(result.with_name("set") / "annotations.json").anns.values()]
    assert boxes[0] == pytest.approx([10, 20, 40, 40], abs=0.05)


def test_boxes_found_coarsely_are_cut_coarsely(raster: Path, tmp_path: Path) -> None:
    result = tmp_path / "r.gpkg"
    write_features(result, [box_on(raster, 100, 100, 300, 200, 0, gsd_m=8.0)], UTM)
    for name, more, sides in (("a", {"chip_px": 128}, [50, 25]), ("b", {"gsd_m": 4.0}, [100, 50])):
        run(vector=result, output=tmp_path / name, format="coco", **more)
        shown = COCO(tmp_path / name / "annotations.json").anns.values()
        largest = max(shown, key=lambda annotation: annotation["area"])
        assert largest["bbox"][2:] == pytest.approx(sides, rel=0.02)


@given(
    places=st.lists(
        st.tuples(st.floats(-20, 340), st.floats(-20, 240), st.floats(3, 90), st.floats(3, 90)),
        min_size=1,
        max_size=6,
    ),
    chip_px=st.integers(32, 200),
)
@settings(max_examples=30)
def test_every_box_on_the_raster_is_in_a_picture(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[float, float, float, float]], chip_px: int
) -> None:
    folder = tmp_path_factory.mktemp("set")
    raster = write_raster(folder / "a.tif", [ramp(250, 350)] * 3)
    features = [
        box_on(raster, left, top, left + width, top + height, number, id=str(number))
        for number, (left, top, width, height) in enumerate(places)
    ]
    on_it = {
        str(number)
        for number, (left, top, width, height) in enumerate(places)
        if min(left + width, 350) - max(left, 0) > 1 and min(top + height, 250) - max(top, 0) > 1
    }
    write_features(folder / "r.gpkg", features, UTM)
    try:
        run(vector=folder / "r.gpkg", output=folder / "set", format="coco", chip_px=chip_px)
    except InputError:
        assert not on_it
        return
    document = json.loads((folder / "set" / "annotations.json").read_text(encoding="utf-8"))
    assert on_it <= {annotation["box_id"] for annotation in document["annotations"]}


def test_boxes_beside_the_raster_are_counted(raster: Path, tmp_path: Path) -> None:
    result = tmp_path / "r.gpkg"
    beside = box_on(raster, 900, 900, 950, 950, 1)
    write_features(result, [box_on(raster, 10, 10, 20, 20, 0), beside], UTM)
    done = run(vector=result, output=tmp_path / "a", format="coco")
    assert done["annotations"] == 1
    assert "1 boxes lie beside the raster" in done["warnings"][0]
    write_features(result, [beside], UTM, overwrite=True)
    with pytest.raises(InputError, match="None of the 1 boxes lies on the raster"):
        run(vector=result, output=tmp_path / "b", format="coco")
    assert not (tmp_path / "b").exists()


def test_pictures_that_can_not_be_read_are_named(tmp_path: Path) -> None:
    raster = write_raster(
        tmp_path / "a.tif",
        [ramp(256, 512)] * 3,
        tiled=True,
        blockxsize=256,
        blockysize=256,
        compress="deflate",
    )
    features = [box_on(raster, 10, 10, 60, 60, 0), box_on(raster, 400, 100, 450, 150, 1)]
    write_features(tmp_path / "r.gpkg", features, UTM)
    content = bytearray(raster.read_bytes())
    half = len(content) // 2
    content[half:] = bytes(len(content) - half)
    raster.write_bytes(content)
    done = run(vector=tmp_path / "r.gpkg", output=tmp_path / "set", format="yolo", chip_px=200)
    assert done["pictures"] >= 1
    assert "could not be read" in done["warnings"][0]
    assert not list(tmp_path.glob(".staging*"))


def test_boxes_of_several_rasters_are_one_set(raster: Path, result: Path, boxes: list[Feature]) -> None:
    other = result.parent / "other folder" / raster.name
    other.parent.mkdir()
    other.write_bytes(raster.read_bytes())
    twins = [
        boxes[0],
        Feature(boxes[1].geometry, {**boxes[1].properties, "source": str(other), "label": "ship"}),
        Feature(boxes[2].geometry, {**boxes[2].properties, "source": "elsewhere.tif"}),
    ]
    write_features(result, twins, UTM, overwrite=True)
    watched: list[tuple[int, int]] = []
    done = run(
        vector=result,
        output=result.with_name("a"),
        format="coco",
        watch=lambda *counts: watched.append(counts),
    )
    document = COCO(result.with_name("a") / "annotations.json")
    assert {document.anns[one]["box_id"] for one in document.anns} == {
        twins[place].properties["id"] for place in (0, 1)
    }
    for one in document.anns.values():
        name = document.imgs[one["image_id"]]["file_name"]
        place = [twin.properties["id"] for twin in twins].index(one["box_id"])
        assert f"_{place + 1}_" in name, "the picture is of the raster on which the box was found"
        assert (result.with_name("a") / "images" / name).is_file()
    assert len({image["file_name"].casefold() for image in document.imgs.values()}) == len(document.imgs)
    assert watched[-1] == (len(document.imgs), len(document.imgs))
    assert "1 of 3 rasters gave no picture" in done["warnings"][0]
    write_features(result, twins[2:], UTM, overwrite=True)
    with pytest.raises(InputError):
        run(vector=result, output=result.with_name("c"), format="coco")
    write_features(result, twins, UTM, overwrite=True)
    run(vector=result, output=result.with_name("b"), format="coco", raster=raster, chips=False)
    assert len(COCO(result.with_name("b") / "annotations.json").anns) == 3


def test_a_class_is_a_label_or_what_was_asked(result: Path, boxes: list[Feature]) -> None:
    asked = [
        Feature(box.geometry, {**box.properties, "query": ("large ships", "quays", "")[place % 3]})
        for place, box in enumerate(boxes)
    ]
    write_features(result, asked, UTM, overwrite=True)
    for kind in ("coco", "yolo"):
        run(vector=result, output=result.with_name(kind), format=kind, classes="query")
    document = COCO(result.with_name("coco") / "annotations.json")
    label = str(boxes[2].properties["label"])
    assert [one["name"] for one in document.dataset["categories"]] == sorted(["large ships", "quays", label])
    named = {one["box_id"]: document.cats[one["category_id"]]["name"] for one in document.anns.values()}
    assert named[boxes[0].properties["id"]] == "large ships"
    assert '"large ships"' in (result.with_name("yolo") / "data.yaml").read_text()


def test_each_question_may_have_a_lowest_score_of_its_own(result: Path, boxes: list[Feature]) -> None:
    asked = [
        Feature(box.geometry, {**box.properties, "query": "ab"[place % 2], "score": place / 10})
        for place, box in enumerate(boxes)
    ]
    write_features(result, asked, UTM, overwrite=True)
    done = run(
        vector=result, output=result.with_name("a.csv"), min_score=0.9, min_scores={"a": 0.15, "b": 0.0}
    )
    kept = [place for place in range(len(boxes)) if place % 2 or place / 10 >= 0.15]
    assert (done["features"], done["below"]) == (len(kept), len(boxes) - len(kept))
    with pytest.raises(InputError, match="lowest score of their question"):
        run(vector=result, output=result.with_name("b.csv"), min_scores={"a": 1.0, "b": 1.0})


@pytest.mark.parametrize("kind", [*TABLES, "coco", "yolo"])
def test_only_output_and_sidecar_appear(result: Path, kind: str) -> None:
    folder = result.parent
    before = prints(folder)
    output = folder / ("set" if kind in ("coco", "yolo") else f"out.{kind}")
    run(vector=result, output=output, format=kind)
    after = prints(folder)
    new = {name for name in after if name not in before}
    assert {name: after[name] for name in before} == before
    assert all(
        name.startswith((output.name + "/", output.name + ".prov")) or name == output.name for name in new
    )
    sidecar = json.loads(output.with_name(output.name + ".provenance.json").read_text(encoding="utf-8"))
    if output.is_file():
        assert sidecar["output"]["sha256"] == after[output.name]
    else:
        told = {f"{output.name}/{item['name']}": item["sha256"] for item in sidecar["output"]["files"]}
        assert told == {name: after[name] for name in new if name.startswith(output.name + "/")}
    assert sidecar["source"]["vector"]["sha256"] == before["result.gpkg"]
    assert sidecar["rasters"][0]["sha256"] == before["harbour.tif"]
    assert (sidecar["model"], sidecar["adapter"], sidecar["query"]) == (
        ["scripted"],
        ["winter"],
        ["all ships"],
    )
    assert (sidecar["crs"], sidecar["gsd_m"], sidecar["format"]) == ("EPSG:32632", [2.0, 2.0], kind)
    with pytest.raises(OutputExistsError):
        run(vector=result, output=output, format=kind)
    assert prints(folder) == after


@pytest.mark.parametrize("name", ["a;b", "a!b", "-a", "a b", "schiffe-ä-船", "a.zip", "#", "a?b"])
@pytest.mark.parametrize("kind", [*TABLES, "coco"])
def test_hard_names_are_read_and_written(result: Path, name: str, kind: str) -> None:
    hard = result.with_name(f"{name}.gpkg")
    result.rename(hard)
    output = result.with_name(name + ".set" if kind == "coco" else f"{name}.out.{kind}")
    before = prints(result.parent)
    assert run(vector=hard, output=output, format=kind)["features"] == 4
    after = prints(result.parent)
    assert {key: after[key] for key in before} == before
    assert output.exists()


def test_a_full_disk_leaves_nothing(result: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = prints(result.parent)
    monkeypatch.setitem(engine.export.run.WRITERS, "csv", full)
    monkeypatch.setattr(engine.export.run, "write_coco", full)
    for values in (
        {"output": result.with_name("a.csv")},
        {"output": result.with_name("a"), "format": "coco"},
    ):
        with pytest.raises(InputError, match="No space left"):
            run(vector=result, **values)
    usage = type("Usage", (), {"free": 17 * 2**20})
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage)
    with pytest.raises(InputError, match="pictures may need"):
        run(vector=result, output=result.with_name("a"), format="coco", chip_px=64, gsd_m=0.2, empty=True)
    assert prints(result.parent) == before
    assert not list(result.parent.glob(".staging*"))


def test_an_export_whose_sidecar_fails_is_kept_and_says_so(
    result: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(engine.export.run, "write_atomic", full)
    done = run(vector=result, output=result.with_name("a.csv"))
    assert "No space left" in done["warnings"][0]
    assert result.with_name("a.csv").exists()


def test_a_cancelled_export_leaves_nothing(result: Path) -> None:
    before = prints(result.parent)
    stop, seen = threading.Event(), list[tuple[int, int]]()

    def watch(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            stop.set()

    with pytest.raises(JobCancelledError, match="nothing was written"):
        run(stop.is_set, watch, vector=result, output=result.with_name("a"), format="yolo", chip_px=64)
    assert seen == [(1, seen[0][1]), (2, seen[0][1])]
    assert prints(result.parent) == before
    assert not result.with_name("a").exists()


def test_a_package_that_is_open_elsewhere_can_be_read(result: Path) -> None:
    other = sqlite3.connect(result, isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        other.execute(f"DROP TRIGGER {name}")
    other.execute("UPDATE result SET label = 'tug' WHERE id = 'w0-0'")
    run(vector=result, output=result.with_name("a.csv"))
    other.close()
    assert "tug" in result.with_name("a.csv").read_text(encoding="utf-8")


@pytest.fixture
def kept(town_tif: Path) -> tuple[Store, str]:
    """A finished job in the engine's own store."""
    database = Database(store_file())
    store, host = Store(database), ModelHost(lambda name: ScriptedModel())
    job_id = store.submit("locate", {"raster": str(town_tif), "queries": ["roof"], "zoom": "detail"}).id
    job = store.begin_next()
    assert job is not None
    store.finish(job_id, "done", result=run_job(job, Results(store), host, go_on))
    return store, job_id


def test_a_job_is_exported_as_a_job(kept: tuple[Store, str], tmp_path: Path) -> None:
    store, job_id = kept
    request = {"job": job_id, "output": str(tmp_path / "set"), "format": "coco"}
    export_id = store.submit("export", request).id
    job = store.begin_next()
    assert job is not None
    result = run_job(job, Results(store), ModelHost(lambda name: ScriptedModel()), go_on)
    assert result["features"] == len(ROOFS_PX)
    assert (store.job(export_id).done, store.job(export_id).total) == (result["pictures"],) * 2
    coco = COCO(tmp_path / "set" / "annotations.json")
    largest = {
        name: max(a["area"] for a in coco.anns.values() if a["box_id"] == name) for name in names_in(coco)
    }
    assert len(largest) == len(ROOFS_PX)
    assert all(area == pytest.approx(ROOF_PX**2, rel=0.3) for area in largest.values())


def test_a_job_that_names_no_whole_path_writes_into_its_own_folder(
    kept: tuple[Store, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the engine was started is nobody's choice: nothing may be written there, or be in the way."""
    store, job_id = kept
    started_in = tmp_path / "elsewhere"
    (started_in / "a.csv").mkdir(parents=True)
    monkeypatch.chdir(started_in)
    export_id = store.submit("export", {"job": job_id, "output": "a.csv"}).id
    job = store.begin_next()
    assert job is not None
    result = run_job(job, Results(store), ModelHost(lambda name: ScriptedModel()), go_on)
    assert Path(result["output"]) == job_dir(export_id) / "a.csv"
    assert Path(result["output"]).is_file()
    assert Path(result["provenance"]).parent == job_dir(export_id)
    assert [path.name for path in started_in.rglob("*")] == ["a.csv"]


def test_an_export_is_not_kept_waiting_by_work_with_a_model(kept: tuple[Store, str], tmp_path: Path) -> None:
    store, job_id = kept
    improve_id = store.submit("improve", {}).id
    export_id = store.submit("export", {"job": job_id, "output": str(tmp_path / "a.csv")}).id
    begun = [store.begin_next(kinds) for kinds in (WORK_KINDS, EXPORT_KINDS)]
    assert [job.id if job else None for job in begun] == [improve_id, export_id]


def test_jobs_without_boxes_are_refused(kept: tuple[Store, str], tmp_path: Path) -> None:
    store, _ = kept
    results, output = Results(store), str(tmp_path / "a.csv")
    waiting = store.submit("locate", {"raster": "a.tif", "queries": ["x"]}).id
    learning = store.submit("improve", {}).id
    for name, words in ((waiting, "not finished"), (learning, "has no boxes")):
        with pytest.raises(InputError, match=words):
            from_job(results, checked(ExportRequest, {"job": name, "output": output}))
    with pytest.raises(JobNotFoundError):
        from_job(results, checked(ExportRequest, {"job": "gone", "output": output}))
    beside = checked(ExportRequest, {"job": "gone", "vector": "a.gpkg", "output": output})
    assert from_job(results, beside) is None


def test_the_command_line_exports_files_and_jobs(kept: tuple[Store, str], judged: Path) -> None:
    def invoke(*words: Any) -> Any:
        return CliRunner().invoke(app, ["export", *map(str, words)])

    done = invoke(judged, "-o", judged.with_name("a.parquet"))
    assert done.exit_code == 0, done.output
    assert "2 boxes exported; left out: 1 rejected, 1 without a verdict." in done.output
    done = invoke(kept[1], "-o", judged.with_name("set"), "--format", "yolo", "--chip", "256", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["features"] == len(ROOFS_PX)
    for words in (["nothing.gpkg"], ["no job/at all"], [judged, "--format", "dwg"], [judged, "--chip", "3"]):
        done = invoke(*words, "-o", judged.with_name("b.csv"))
        assert done.exit_code in (1, 2)
        assert "Error: " in done.output
    assert not judged.with_name("b.csv").exists()
