"""Polygons on the other side of the date line are the same places; those beside the raster are counted."""

from __future__ import annotations

import json

import numpy as np
import pytest
from affine import Affine

from engine.imagery.raster import open_raster
from engine.imagery.vectors import read_polygons, shape_of
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import Store
from tests.engine.rasters import write_raster
from tests.engine.scripted import ScriptedModel


def box(path, *corners):
    """Squares of 0.1 degrees from their lower left corners, as GeoJSON."""
    features = []
    for west, south in corners:
        ring = [
            (west, south),
            (west + 0.1, south),
            (west + 0.1, south + 0.1),
            (west, south + 0.1),
            (west, south),
        ]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {}, "geometry": geometry})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def raster(path, west, crs="EPSG:4326"):
    band = np.full((200, 300), 60, np.uint8)
    band[80:120, 80:120] = 250
    return write_raster(path, [band] * 3, crs=crs, transform=Affine(0.01, 0, west, 0, -0.01, 1.0))


@pytest.mark.parametrize("west", [178.5, -181.5, 538.5])
@pytest.mark.parametrize("at", [-179.5, 180.5, 179.2])
def test_polygons_come_to_the_rasters_side_of_the_line(tmp_path, west, at):
    layer = box(tmp_path / "a.geojson", (at, 0.1))
    with open_raster(raster(tmp_path / "a.tif", west)) as opened:
        (shape,) = read_polygons(layer, crs_wkt=opened.crs_wkt, middle_x=opened.middle_x)
        left, bottom, right, top = shape_of(shape).bounds
    assert west <= left <= right <= west + 3
    assert (right - left, bottom, top) == pytest.approx((0.1, 0.1, 0.2))
    assert (left - at) % 360 == pytest.approx(0.0, abs=1e-9) or (left - at) % 360 == pytest.approx(360.0)


def test_a_map_has_no_turns(tmp_path):
    layer = box(tmp_path / "a.geojson", (9.0, 45.0))
    with open_raster(write_raster(tmp_path / "a.tif", [np.zeros((9, 9), np.uint8)])) as opened:
        plain = read_polygons(layer, crs_wkt=opened.crs_wkt)
        assert read_polygons(layer, crs_wkt=opened.crs_wkt, middle_x=opened.middle_x) == plain


def test_polygons_beside_the_raster_are_counted(tmp_path):
    layer = box(tmp_path / "a.geojson", (-179.5, 0.1), (10.0, 0.1), (-170.0, 0.1))
    database = Database(tmp_path / "jobs.sqlite")
    store = Store(database)
    store.submit(
        "verify", {"raster": str(raster(tmp_path / "a.tif", 178.5)), "vector": str(layer), "query": "roof"}
    )
    result = run_job(
        store.begin_next(), Results(store), ModelHost(lambda name: ScriptedModel()), lambda: False
    )
    database.close()
    assert (result["polygons"], result["features"]) == (3, 1)
    assert "2 of 3 polygons lie outside the raster" in result["warnings"][-1]
