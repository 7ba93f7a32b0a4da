"""Polygons that have the other longitude of the date line than the raster; and what has no score says why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely
from affine import Affine
from rasterio.crs import CRS

from engine.imagery.dateline import extent_of, on_this_side, turn_of
from engine.imagery.vectors import read_outlines, read_polygons

DEGREES = CRS.from_epsg(4326).to_wkt()
EXTENT = (179.99, -17.01, 180.01, -17.0)


def square(left: float, bottom: float, side: float) -> list[list[list[float]]]:
    right, top = left + side, bottom + side
    return [[[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]]


def written(path: Path, geometries: list[dict[str, Any] | None]) -> Path:
    features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def lefts(geometry: dict[str, Any]) -> list[float]:
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [min(point[0] for point in part[0]) for part in parts]


@pytest.mark.parametrize(
    ("epsg", "turn"),
    [
        (4326, 360.0),
        (4258, 360.0),
        (4807, 400.0),
        (3857, 40_075_016.7),
        (3832, 40_075_016.7),
        (32660, None),
        (3031, None),
        (2056, None),
    ],
)
def test_once_round_the_earth_in_map_units(epsg: int, turn: float | None) -> None:
    assert turn_of(CRS.from_epsg(epsg).to_wkt()) == (turn if turn is None else pytest.approx(turn, rel=1e-6))
    assert turn_of(None) is None


@pytest.mark.parametrize(
    ("left", "moved"),
    [(-180.0005, 179.9995), (179.9995, 179.9995), (-179.995, 180.005), (539.9995, 179.9995), (10.0, 10.0)],
)
def test_a_polygon_is_moved_to_where_the_raster_is(left: float, moved: float) -> None:
    polygon = {"type": "Polygon", "coordinates": square(left, -17.005, 0.001)}
    assert lefts(on_this_side(polygon, EXTENT, 360.0)) == [pytest.approx(moved)]


def test_the_two_halves_of_a_cut_polygon_come_together() -> None:
    halves = [square(179.999, -17.005, 0.001), square(-180.0, -17.005, 0.001)]
    whole = on_this_side({"type": "MultiPolygon", "coordinates": halves}, EXTENT, 360.0)
    assert lefts(whole) == [pytest.approx(179.999), pytest.approx(180.0)]


def test_a_raster_of_the_whole_earth_moves_nothing_inside_it() -> None:
    for left in (-180.0, -90.0, 0.0, 179.0):
        polygon = {"type": "Polygon", "coordinates": square(left, 0.0, 1.0)}
        assert on_this_side(polygon, (-180.0, -90.0, 180.0, 90.0), 360.0) == polygon


def test_extent_of_a_rotated_raster_is_the_box_round_it() -> None:
    turned = Affine.rotation(45)
    assert extent_of(turned, 10, 10) == pytest.approx((-(50**0.5), 0, 50**0.5, 200**0.5))


def test_layers_are_read_on_the_rasters_side_in_degrees_and_projected(tmp_path: Path) -> None:
    path = written(
        tmp_path / "west.geojson", [{"type": "Polygon", "coordinates": square(-179.9995, -17.005, 0.0005)}]
    )
    (near,) = read_polygons(path, crs_wkt=DEGREES, extent_crs=EXTENT)
    assert lefts(near) == [pytest.approx(180.0005)]
    (left,) = lefts(read_polygons(path, crs_wkt=DEGREES)[0])
    assert left == pytest.approx(-179.9995)
    mercator = CRS.from_epsg(3857).to_wkt()
    half = 20_037_508.34
    (projected,) = read_polygons(
        path, crs_wkt=mercator, extent_crs=(half - 200, -1.93e6, half + 200, -1.92e6)
    )
    assert lefts(projected) == [pytest.approx(half + 55.66, abs=0.1)]
    utm = CRS.from_epsg(32760).to_wkt()
    (same,) = read_polygons(path, crs_wkt=utm, extent_crs=(8e5, 8e6, 9e5, 8.2e6))
    assert 8.1e5 < lefts(same)[0] < 8.3e5


def test_places_count_every_feature_and_what_is_left_out_is_counted(tmp_path: Path) -> None:
    polygon = {"type": "Polygon", "coordinates": square(0, 0, 1)}
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    several = {"type": "GeometryCollection", "geometries": [polygon, line]}
    empty = {"type": "Polygon", "coordinates": []}
    path = written(tmp_path / "a.geojson", [None, polygon, line, several, polygon, empty, line])
    layer = read_outlines(path, crs_wkt=None)
    assert [outline.place for outline in layer.found] == [1, 4]
    assert layer.skipped == {"GeometryCollection": 1, "LineString": 2, "empty": 1, "without geometry": 1}


def test_ids_are_those_of_the_layer(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    shapes = [None, *(shapely.box(n, 0, n + 1, 1) for n in range(3))]
    pyogrio.raw.write(
        path, geometry=shapely.to_wkb(np.array(shapes, object)), field_data=[], fields=[], driver="GPKG",
        geometry_type="Polygon", crs="EPSG:4326",
    )  # fmt: skip
    layer = read_outlines(path, crs_wkt=None)
    assert [(o.place, o.source_id, lefts(o.geometry)[0]) for o in layer.found] == [
        (1, 2, 0),
        (2, 3, 1),
        (3, 4, 2),
    ]
