"""Features out, polygons in: the same places and values in every format."""

from __future__ import annotations

import json

import numpy as np
import pyogrio.raw
import pytest
import shapely
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from rasterio.crs import CRS

from engine.errors import InputError, OutputExistsError
from engine.imagery.attributes import FIELDS
from engine.imagery.outputs import check_output, write_features
from engine.imagery.raster import open_raster
from engine.imagery.shapes import polygon_of, shape_of
from engine.imagery.vectors import read_outlines, read_polygons
from engine.jobs.findings import Provenance, window_name
from engine.types import Detection, Feature, Window
from tests.engine.rasters import ramp, write_raster

WKT = CRS.from_epsg(32632).to_wkt()
ENDINGS = ["gpkg", "geojson", "fgb"]
WINDOW = Window(10, 20, 30, 40, 30, 40, 4, "detail")


@pytest.fixture
def features(tmp_path):
    transform = Affine.translation(500_000, 5_000_000) @ Affine.rotation(30) @ Affine.scale(2, -2)
    path = write_raster(tmp_path / "a.tif", [ramp(60, 80)] * 3, transform=transform)
    detections = [
        Detection(
            (12.0, 22.0, 30.5, 40.0),
            0.912345678,
            "ship",
            "It lies at the pier – étrange.",
            "a ship",
            WINDOW,
            2.0,
        ),
        Detection((40.0, 20.0, 50.0, 30.0), 0.0, "ship", "", "a ship", WINDOW, None),
    ]
    with open_raster(path) as raster:
        provenance = Provenance(raster.transform, "a.tif", "mini", None, "1")
        return [
            provenance.feature(detection, f"w4-{rank}", rank, "2026-11-22T12:00:00.000Z")
            for rank, detection in enumerate(detections, start=1)
        ]


def attributes(path):
    meta, _, _, columns = pyogrio.raw.read(path)
    return {name: list(values) for name, values in zip(meta["fields"], columns, strict=True)}


def test_a_feature_says_where_it_comes_from(features):
    first = features[0].properties
    assert list(first) == list(FIELDS)
    assert first["score"] == 0.912346
    assert first["window"] == window_name(WINDOW) == "detail 10 20 30 40"
    assert features[1].properties["gsd_m"] is None
    json.dumps(features[0].geometry)


def test_a_feature_on_a_rotated_raster_is_a_rotated_rectangle(features):
    ring = np.array(features[0].geometry["coordinates"][0])
    sides = np.linalg.norm(np.diff(ring, axis=0), axis=1)
    assert sorted(sides) == pytest.approx([36, 36, 37, 37])
    assert len(np.unique(ring[:, 0].round(3))) == 4


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_written_is_read_back(tmp_path, features, ending):
    path = tmp_path / f"boxes.{ending}"
    write_features(path, features, WKT)
    table = attributes(path)
    back = dict(zip(table["rank"], read_polygons(path, crs_wkt=WKT), strict=True))
    for rank, feature in enumerate(features, start=1):
        polygon = back[rank]
        assert polygon["type"] == "Polygon"
        assert np.array(polygon["coordinates"]) == pytest.approx(
            np.array(feature.geometry["coordinates"]), abs=1e-6
        )
    assert list(table) == list(FIELDS)
    assert dict(zip(table["rank"], table["score"], strict=True)) == {1: 0.912346, 2: 0.0}
    assert set(table["reasoning"]) == {"It lies at the pier – étrange.", ""}
    assert table["adapter"] == [None, None]
    assert np.isnan(table["gsd_m"]).sum() == 1
    assert [file.name for file in tmp_path.iterdir() if file.suffix != ".tif"] == [path.name]


def test_geojson_keeps_the_raster_crs_and_says_so(tmp_path, features):
    path = tmp_path / "boxes.geojson"
    write_features(path, features, WKT)
    document = json.loads(path.read_text())
    assert "32632" in document["crs"]["properties"]["name"]
    assert document["name"] == "boxes"
    first = document["features"][0]["geometry"]["coordinates"][0][0]
    assert first == pytest.approx(features[0].geometry["coordinates"][0][0], abs=1e-6)


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_features_and_no_crs_are_written_too(tmp_path, features, ending):
    write_features(tmp_path / f"none.{ending}", [], WKT)
    assert read_polygons(tmp_path / f"none.{ending}", crs_wkt=WKT) == []
    write_features(tmp_path / f"plain.{ending}", features, None)
    assert len(read_polygons(tmp_path / f"plain.{ending}", crs_wkt=None)) == 2


@pytest.mark.parametrize("ending", ENDINGS)
def test_polygons_and_multipolygons_share_a_layer(tmp_path, features, ending):
    ring = features[0].geometry["coordinates"]
    hole = [[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]], [[2, 2], [2, 4], [4, 4], [2, 2]]]
    several = Feature({"type": "MultiPolygon", "coordinates": [ring, hole]}, features[0].properties)
    write_features(tmp_path / f"m.{ending}", [features[1], several], WKT)
    back = read_polygons(tmp_path / f"m.{ending}", crs_wkt=WKT)
    assert {polygon["type"] for polygon in back} == {"MultiPolygon"}
    assert sorted([len(rings) for rings in polygon["coordinates"]] for polygon in back) == [[1], [1, 2]]


def test_nothing_is_overwritten_unless_asked(tmp_path, features):
    path = tmp_path / "boxes.gpkg"
    write_features(path, features, WKT)
    with pytest.raises(OutputExistsError, match=r"boxes\.gpkg"):
        write_features(path, features[:1], WKT)
    assert len(read_polygons(path, crs_wkt=WKT)) == 2
    write_features(path, features[:1], WKT, overwrite=True)
    assert len(read_polygons(path, crs_wkt=WKT)) == 1


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, features, monkeypatch):
    path = tmp_path / "boxes.gpkg"
    write_features(path, features, WKT)

    def break_off(target, **_):
        target.write_bytes(b"half")
        raise OSError("no space left on device")

    monkeypatch.setattr("pyogrio.raw.write", break_off)
    with pytest.raises(InputError, match="no space left"):
        write_features(path, features[:1], WKT, overwrite=True)
    assert len(read_polygons(path, crs_wkt=WKT)) == 2
    assert [file.name for file in tmp_path.glob(".*")] == []


@pytest.mark.parametrize(
    ("name", "said"), [("a.shp", r"\.shp"), ("boxes", "nothing"), ("no/a.gpkg", "does not exist")]
)
def test_outputs_that_can_not_be_are_refused_before_the_work(tmp_path, name, said):
    with pytest.raises(InputError, match=said):
        check_output(tmp_path / name)


def test_a_folder_is_no_output(tmp_path):
    (tmp_path / "a.gpkg").mkdir()
    with pytest.raises(InputError, match="folder"):
        check_output(tmp_path / "a.gpkg", overwrite=True)


def test_polygons_come_in_the_crs_of_the_raster(tmp_path, features):
    path = tmp_path / "boxes.gpkg"
    write_features(path, features, WKT)
    degrees = read_polygons(path, crs_wkt=CRS.from_epsg(4326).to_wkt())
    corners = np.array(degrees[0]["coordinates"][0])
    assert np.abs(corners[:, 0] - 9.0).max() < 0.01
    assert np.abs(corners[:, 1] - 45.15).max() < 0.01


def test_polygons_beyond_the_projection_are_told_from_a_fault_of_the_engine(tmp_path):
    ring = [[99, 0], [101, 0], [101, 1], [99, 0]]
    item = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path = tmp_path / "far.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [item]}))
    with pytest.raises(InputError, match="CRS"):
        read_polygons(path, crs_wkt=WKT)


def test_layers_by_name(tmp_path, features):
    path = tmp_path / "boxes.gpkg"
    write_features(path, features, WKT)
    assert len(read_polygons(path, "boxes", crs_wkt=WKT)) == 2
    with pytest.raises(InputError, match="trees"):
        read_polygons(path, "trees", crs_wkt=WKT)


def test_files_that_hold_no_polygons_are_refused(tmp_path):
    points = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}
    path = tmp_path / "points.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [points]}))
    with pytest.raises(InputError, match="Point"):
        read_polygons(path, crs_wkt=None)
    with pytest.raises(InputError, match=r"missing\.gpkg"):
        read_polygons(tmp_path / "missing.gpkg", crs_wkt=None)


def test_empty_geometries_are_left_out_and_heights_dropped(tmp_path):
    ring = [[0, 0, 5], [1, 0, 5], [1, 1, 5], [0, 0, 5]]
    geometries = [None, {"type": "Polygon", "coordinates": [ring]}]
    items = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": items}))
    (polygon,) = read_polygons(path, crs_wkt=None)
    assert polygon["coordinates"] == [[[0, 0], [1, 0], [1, 1], [0, 0]]]


POINTS = st.lists(
    st.tuples(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7)).map(list), min_size=3, max_size=5
).map(lambda points: [*points, points[0]])
RINGS = st.lists(POINTS, min_size=1, max_size=2)


def there_and_back(geometry, *, multi=False):
    """Through the form in which GDAL takes and gives geometries."""
    return polygon_of(shapely.from_wkb(shapely.to_wkb(shape_of(geometry, multi=multi))))


@given(RINGS, st.lists(RINGS, min_size=1, max_size=2))
def test_geometries_there_and_back(rings, polygons):
    one = {"type": "Polygon", "coordinates": rings}
    several = {"type": "MultiPolygon", "coordinates": polygons}
    assert there_and_back(one) == one
    assert there_and_back(several) == several
    assert there_and_back(one, multi=True) == {"type": "MultiPolygon", "coordinates": [rings]}


def test_other_kinds_and_empty_ones_are_no_polygons():
    assert polygon_of(shapely.Point(3, 4)) is None
    assert polygon_of(shapely.Polygon()) is None
    assert polygon_of(None) is None


@pytest.mark.parametrize(
    ("name", "content", "layer", "words"),
    [
        ("cut.gpkg", slice(0, 20_000), None, "damaged, or not all of it is there"),
        ("empty.gpkg", slice(0, 0), None, "is empty"),
        ("a.txt", b"no vector file", None, "is no vector file"),
        ("whole.gpkg", slice(None), "roads", "has no layer 'roads'"),
        ("none.geojson", None, None, "There is no vector file"),
    ],
)
def test_what_is_no_whole_layer_is_refused_with_what_helps(tmp_path, name, content, layer, words):
    ring = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}
    write_features(tmp_path / "good.gpkg", [Feature(ring, dict.fromkeys(FIELDS))], "EPSG:32632")
    path = tmp_path / name
    if content is not None:
        path.write_bytes(
            (tmp_path / "good.gpkg").read_bytes()[content] if isinstance(content, slice) else content
        )
    with pytest.raises(InputError, match=words) as caught:
        read_outlines(path, layer, crs_wkt=None)
    assert "sqlite" not in str(caught.value)
