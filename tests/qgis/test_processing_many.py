"""Many rasters as an algorithm: lists, folders and items, a row for each, and nothing asked twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from algorithms import run
from conftest import make_raster
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)
from test_many_rasters import TIFF, folder, items  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("provider", "engine")
MANY = "remotezero:locatemany"
TO_MEMORY = {"QUERY": "tanks", "OUTPUT": "memory:", "RASTERS": "memory:"}


def rows_of(results, context):
    return {row["raster"]: row for row in context.takeResultLayer(results["RASTERS"]).getFeatures()}


def refusal(parameters):
    """What is said where listing the rasters fails."""
    feedback = QgsProcessingFeedback(False)
    with pytest.raises(AssertionError):
        run(MANY, parameters, feedback)
    return feedback.textLog()


class Canceller(QgsProcessingFeedback):
    """Cancels when a raster of a name begins."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def pushInfo(self, text):
        if self.name in text:
            self.cancel()


def test_a_folder_and_layers_come_in_one_layer_with_a_row_each(engine, folder, raster):  # noqa: F811
    (folder / "b.tif").write_text("unreadable")
    results, context = run(MANY, {**TO_MEMORY, "INPUT": [raster], "FOLDER": str(folder)})
    boxes = context.takeResultLayer(results["OUTPUT"])
    assert results["COUNT"] == boxes.featureCount() == 36
    assert results["FAILED"] == 1
    assert {Path(row["source"]).name for row in boxes.getFeatures()} == {"harbour.tif", "a.tif", "c.tif"}
    rows = rows_of(results, context)
    assert {name: row["state"] for name, row in rows.items()} == {
        "harbour.tif": "done", "a.tif": "done", "b.tif": "failed", "c.tif": "done",
    }  # fmt: skip
    assert "can't be read" in rows["b.tif"]["reason"]
    assert rows["a.tif"]["boxes"] == 12
    asked = {Path(job.request["raster"]).name: job.request for job in engine.jobs()}
    assert asked["harbour.tif"]["bands"] == [1, 2, 3]
    assert "bands" not in asked["a.tif"]


def test_a_run_that_was_broken_off_goes_on_and_asks_nothing_twice(engine, folder):  # noqa: F811
    with pytest.raises(QgsProcessingException, match="goes on"):
        run(MANY, {**TO_MEMORY, "FOLDER": str(folder)}, Canceller("Raster 2 of 3"))
    results, _ = run(MANY, {**TO_MEMORY, "FOLDER": str(folder)})
    assert results["COUNT"] == 36
    assert len(engine.jobs()) == 3
    run(MANY, {**TO_MEMORY, "FOLDER": str(folder), "AGAIN": True})
    assert len(engine.jobs()) == 6


def test_items_lie_where_they_say_and_the_network_is_not_asked(engine, folder):  # noqa: F811
    path = items(
        folder / "items.json",
        {"visual": {"href": "a.tif", "type": TIFF}},
        {"visual": {"href": "https://host/x.tif", "type": TIFF}},
    )
    results, context = run(MANY, {**TO_MEMORY, "ITEMS": str(path), "QUERY": "ships\ntanks"})
    assert "network" in rows_of(results, context)["x.tif"]["reason"]
    (job,) = engine.jobs()
    assert job.request["queries"] == ["ships", "tanks"]
    assert "B9" in refusal({**TO_MEMORY, "ITEMS": str(path), "ASSET": "B9"})


def test_boxes_come_in_the_crs_that_is_wanted_and_beside_each_raster(engine, folder):  # noqa: F811
    parameters = {**TO_MEMORY, "FOLDER": str(folder), "BELOW": False, "BESIDE": True, "CRS": "EPSG:4326"}
    results, context = run(MANY, parameters)
    boxes = context.takeResultLayer(results["OUTPUT"])
    assert boxes.crs() == QgsCoordinateReferenceSystem("EPSG:4326")
    assert 13.0 < boxes.extent().xMinimum() < 15.0
    assert QgsVectorLayer(str(folder / "a_remotezero.gpkg"), "beside", "ogr").featureCount() == 12


def test_nothing_to_search_and_nothing_to_look_for_are_refused(engine, folder, tmp_path):  # noqa: F811
    for parameters, words in (
        ({**TO_MEMORY}, "no raster to search"),
        ({**TO_MEMORY, "FOLDER": str(folder), "QUERY": " "}, "question is empty"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            run(MANY, parameters)
    assert "no folder" in refusal({**TO_MEMORY, "FOLDER": str(tmp_path / "nowhere")})
    assert engine.jobs() == []


def test_a_folder_in_which_nothing_is_found_gives_an_empty_layer(engine, tmp_path):
    make_raster(tmp_path / "only.tif")
    results, context = run(MANY, {**TO_MEMORY, "FOLDER": str(tmp_path), "BELOW": False, "QUERY": "nothing"})
    assert context.takeResultLayer(results["OUTPUT"]).featureCount() == 0
    assert rows_of(results, context)["only.tif"]["state"] == "done"
