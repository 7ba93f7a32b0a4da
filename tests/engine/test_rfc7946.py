"""GeoJSON that says where it is: WGS 84 where the CRS would be lost, cut at the date line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import rasterio.warp
import shapely
from affine import Affine
from rasterio.crs import CRS
from shapely.geometry import shape

from engine.errors import InputError
from engine.imagery import rfc7946
from engine.imagery.outputs import check_rfc7946, write_features
from engine.imagery.rfc7946 import in_wgs84
from engine.imagery.vectors import read_polygons
from engine.types import Feature
from tests.engine.rasters import ramp, write_raster

CUSTOM = CRS.from_proj4(
    "+proj=tmerc +lat_0=53.5 +lon_0=10 +k=1 +x_0=1000 +y_0=2000 +ellps=GRS80 +units=m"
).to_wkt()
LOCAL = 'LOCAL_CS["site",UNIT["metre",1]]'


def epsg(code: int) -> str:
    return str(CRS.from_epsg(code).to_wkt())


def boxed(left: float, bottom: float, right: float, top: float) -> Feature:
    ring = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]
    return Feature({"type": "Polygon", "coordinates": [ring]}, {"id": "w0-0", "rank": 1, "score": 0.5})


def moved(feature: Feature, wkt: str) -> Any:
    return shape(in_wgs84([feature], wkt)[0].geometry)


def test_a_box_over_the_date_line_is_cut_in_two() -> None:
    for wkt, feature in [
        (epsg(4326), boxed(179.999, -17.001, 180.001, -17.0)),
        (epsg(4326), boxed(-180.001, -17.001, -179.999, -17.0)),
        (epsg(4258), boxed(179.999, -17.001, 180.001, -17.0)),
        (epsg(32760), boxed(819_000.0, 8_100_000.0, 821_000.0, 8_102_000.0)),
        (epsg(3857), boxed(20_037_408.0, -1_920_000.0, 20_037_608.0, -1_919_000.0)),
    ]:
        cut = moved(feature, wkt)
        assert cut.geom_type == "MultiPolygon"
        west, east = sorted(cut.geoms, key=lambda part: part.bounds[0])
        assert west.bounds[0] == pytest.approx(-180)
        assert west.bounds[2] < -179.9
        assert east.bounds[2] == pytest.approx(180)
        assert east.bounds[0] > 179.9
        assert all(part.exterior.is_ccw and part.is_valid for part in cut.geoms)


def test_a_box_beyond_the_date_line_is_one_polygon_on_the_other_side() -> None:
    there = moved(boxed(180.1, 0.0, 180.2, 0.1), epsg(4326))
    assert there.geom_type == "Polygon"
    assert there.bounds == pytest.approx((-179.9, 0.0, -179.8, 0.1))


def test_a_box_round_a_pole_reaches_up_to_it() -> None:
    for wkt, side in ((epsg(3995), 1), (epsg(3031), -1)):
        cap = moved(boxed(-1e6, -1e6, 1e6, 1e6), wkt)
        assert cap.is_valid
        assert cap.covers(shapely.points(45.0, 89.9 * side))
        assert cap.bounds[0] == pytest.approx(-180)
        assert cap.bounds[2] == pytest.approx(180)
        assert not cap.intersects(shapely.points(0.0, 60.0 * side))


def test_a_box_of_the_whole_earth_stays_one() -> None:
    half = 20_037_508.342789244
    whole = moved(boxed(-half, -half, half, half), epsg(3857))
    assert whole.area == pytest.approx(360 * 170.1, rel=0.01)


def test_holes_stay_holes_over_the_date_line() -> None:
    outer = shapely.box(179.0, 0.0, 181.0, 2.0)
    holed = outer.difference(shapely.box(179.9, 0.9, 180.1, 1.1))
    feature = Feature(shapely.geometry.mapping(holed), {})
    assert moved(feature, epsg(4326)).area == pytest.approx(4 - 0.04)


def test_custom_crs_is_written_in_wgs84_and_said(tmp_path: Path) -> None:
    path = tmp_path / "boxes.geojson"
    (said,) = write_features(path, [boxed(1000.0, 1900.0, 1100.0, 2000.0)], CUSTOM)
    assert "no authority code" in said
    assert "WGS 84" in said
    document = json.loads(path.read_text())
    assert "crs" not in document
    outline = shape(document["features"][0]["geometry"])
    assert outline.bounds == pytest.approx((10.0, 53.4991, 10.0015, 53.5), abs=2e-4)
    (back,) = read_polygons(path, crs_wkt=CUSTOM)
    assert np.array(back["coordinates"][0]).min(axis=0) == pytest.approx([1000.0, 1900.0], abs=0.1)
    assert write_features(tmp_path / "boxes.gpkg", [boxed(0, 0, 1, 1)], CUSTOM) == []


def test_a_crs_with_a_code_is_kept_unless_asked(tmp_path: Path) -> None:
    box = boxed(565_000.0, 5_933_000.0, 565_100.0, 5_933_100.0)
    assert write_features(tmp_path / "own.geojson", [box], epsg(32632)) == []
    assert pyogrio.read_info(tmp_path / "own.geojson")["crs"] == "EPSG:32632"
    assert write_features(tmp_path / "asked.geojson", [box], epsg(32632), rfc7946=True) == []
    document = json.loads((tmp_path / "asked.geojson").read_text())
    assert "crs" not in document
    assert shape(document["features"][0]["geometry"]).bounds == pytest.approx(
        (9.98, 53.54, 9.99, 53.55), abs=0.01
    )
    assert shape(document["features"][0]["geometry"]).exterior.is_ccw


@pytest.mark.parametrize("wkt", [None, LOCAL])
def test_coordinates_that_are_nowhere_on_earth_are_written_and_said(tmp_path: Path, wkt: str | None) -> None:
    (said,) = write_features(tmp_path / "plain.geojson", [boxed(5.0, 5.0, 6.0, 6.0)], wkt)
    assert "degrees" in said
    assert ".gpkg" in said
    assert write_features(tmp_path / "plain.gpkg", [boxed(5.0, 5.0, 6.0, 6.0)], wkt) == []


def test_wgs84_that_can_not_be_had_is_refused_before_the_work(tmp_path: Path) -> None:
    plain = write_raster(tmp_path / "plain.tif", [ramp(8, 8)], crs=None, transform=Affine.scale(2, -2))
    with pytest.raises(InputError, match="no CRS"):
        check_rfc7946(str(plain))
    check_rfc7946(str(write_raster(tmp_path / "utm.tif", [ramp(8, 8)])))
    with pytest.raises(InputError, match="WGS 84"):
        in_wgs84([boxed(0, 0, 1, 1)], LOCAL)


def test_degrees_beyond_the_date_line_are_said(tmp_path: Path) -> None:
    (said,) = write_features(tmp_path / "own.geojson", [boxed(179.999, -17.001, 180.001, -17.0)], epsg(4326))
    assert "--rfc7946" in said
    beyond = [boxed(179.999, -17.001, 180.001, -17.0)]
    assert write_features(tmp_path / "asked.geojson", beyond, epsg(4326), rfc7946=True) == []
    assert write_features(tmp_path / "no.geojson", [boxed(179.0, -17.1, 180.0, -17.0)], epsg(4326)) == []
    assert write_features(tmp_path / "none.geojson", [], epsg(4326)) == []


@pytest.mark.parametrize("code", [4326, 4275, 4807, 32760, 3857, 3995, 2154])
def test_boxes_moved_together_are_those_moved_alone(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    crs = CRS.from_epsg(code)
    lons, lats = np.meshgrid([-179.9, -60.0, 2.0, 3.0, 100.0, 179.99], [46.0, 47.0])
    wanted = [(x, y) for x, y in zip(lons.ravel(), lats.ravel(), strict=True) if code != 2154 or 0 < x < 8]
    xs, ys = rasterio.warp.transform("EPSG:4326", crs, *zip(*wanted, strict=True))
    side = 0.02 if crs.is_geographic else 2000.0
    features = [boxed(x, y, x + side, y + side) for x, y in zip(xs, ys, strict=True)]
    calls = []
    real = rfc7946.transform_points
    monkeypatch.setattr(rfc7946, "transform_points", lambda *words: calls.append(1) or real(*words))
    together = in_wgs84(features * 50, crs.to_wkt())
    assert len(calls) <= 1 + 50 * 2 * sum(abs(x) > 179 for x, _ in wanted)
    alone = [in_wgs84([feature], crs.to_wkt())[0] for feature in features]
    assert [f.geometry for f in together[: len(features)]] == [f.geometry for f in alone]
    for feature, (x, y) in zip(alone, wanted, strict=True):
        assert shape(feature.geometry).distance(shapely.Point(x, y)) < 1e-5


def test_no_boxes_are_none_in_wgs84() -> None:
    assert in_wgs84([], epsg(32632)) == []
