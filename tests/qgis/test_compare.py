"""Two dates in QGIS: the algorithm, the way into it from the panel, and results drawn and filtered by change."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest
from algorithms import run
from conftest import PYTHON_OF_ENGINE, ROOT, make_raster
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterBlock,
    QgsRasterFileWriter,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtWidgets import QAction, QApplication

from remotezero_qgis import workbench
from remotezero_qgis.connection.process import Launch, ensure_engine
from remotezero_qgis.layers.changes import COLOURS
from remotezero_qgis.layers.detections import CHANGE_COLUMNS
from remotezero_qgis.layers.result_layers import result_layers
from remotezero_qgis.panel.results_model import LABEL

PICTURES = os.environ.get("REMOTEZERO_PICTURES", "")


@pytest.fixture
def earlier(project, raster, tmp_path) -> QgsRasterLayer:
    """Another raster of the same place."""
    layer = QgsRasterLayer(str(make_raster(tmp_path / "earlier.tif", 200, 150, raster.extent())), "in 2019")
    project.addMapLayer(layer)
    return layer


compare = partial(run, "remotezero:compare")


def test_the_algorithm_asks_for_both_dates_and_tells_what_changed(
    provider, engine, raster, earlier, tmp_path
) -> None:
    output, feedback = tmp_path / "changes.gpkg", QgsProcessingFeedback()
    parameters = {
        "BEFORE": earlier, "INPUT": raster, "QUERY": "tanks", "TOLERANCE": 3.5, "THRESHOLD": 0.6,
        "OUTPUT": str(output),
    }  # fmt: skip
    results, _ = compare(parameters, feedback)
    (job,) = engine.jobs()
    assert job.kind == "compare"
    assert job.request["before"] == earlier.source()
    assert job.request["raster"] == raster.source()
    assert job.request["before_bands"] == job.request["bands"] == [1, 2, 3]
    assert (job.request["tolerance_m"], job.request["threshold"]) == (3.5, 0.6)
    assert "outline" not in job.request
    assert (results["NEW"], results["GONE"], results["STAYED"]) == (3, 3, 2)
    assert "3 new, 3 gone, 2 stayed" in feedback.textLog()
    layer = QgsVectorLayer(str(output), "changes", "ogr")
    rows = {feature["change"]: feature for feature in layer.getFeatures()}
    assert set(rows) == set(COLOURS)
    assert not rows["not_seen"]["score_after"], "NULL"
    assert rows["gone"]["score_after"] == pytest.approx(0.2)
    assert rows["gone"]["source_other"] == earlier.source()


def test_the_algorithm_refuses_what_it_would_destroy_and_web_layers(
    provider, engine, raster, earlier
) -> None:
    with pytest.raises(QgsProcessingException, match="earlier"):
        compare({"BEFORE": earlier, "INPUT": raster, "QUERY": "tanks", "OUTPUT": earlier.source()})
    tiles = QgsRasterLayer("type=xyz&url=http://127.0.0.1:9/%7Bz%7D.png&zmax=3&zmin=0", "tiles", "wms")
    with pytest.raises(QgsProcessingException, match="tiles is not a raster file"):
        compare({"BEFORE": tiles, "INPUT": raster, "QUERY": "tanks", "OUTPUT": "memory:"})


def picture(panel, name: str, width: int) -> None:
    """Keep a picture of the panel for a person to look at, where one is wanted."""
    if PICTURES:
        panel.dock.setFloating(True)
        panel.dock.resize(width, 900)
        for _ in range(5):
            QApplication.processEvents()
        panel.dock.grab().save(str(Path(PICTURES) / f"{name}-{width}.png"))


def test_the_row_for_the_earlier_raster_is_there_only_when_wanted(panel, earlier, raster) -> None:
    scope = panel.dock.scope
    assert not scope.compare.isVisibleTo(scope)
    assert not scope._before_label.isVisibleTo(scope)
    scope.compare.button.click()
    assert scope.compare.isVisibleTo(scope)
    assert not scope._outline.isEnabled()
    offered = {scope.compare._rasters.layer(n).name() for n in range(1, scope.compare._rasters.count())}
    assert offered == {"in 2019"}, "not the raster that is searched"
    picture(panel, "compare-form", 280)
    scope.compare.button.click()
    assert not scope.compare.isVisibleTo(scope)
    assert scope._outline.isEnabled()


def test_without_an_earlier_raster_the_panel_says_so_and_nothing_runs(panel, raster) -> None:
    panel.dock.scope.compare.button.click()
    panel.dock.question.setEditText("tanks")
    panel.dock.strip.run_wanted.emit()
    assert not panel.runs.running
    assert "earlier raster" in panel.dock.banner.text


@pytest.fixture
def compared(panel, earlier, wait):
    """The panel with the boxes of two dates."""
    panel.dock.scope.compare.choose(earlier, 2.5)
    panel.dock.question.setEditText("tanks")
    panel.dock.strip.run_wanted.emit()
    wait(lambda: not panel.runs.running, "the comparison")
    return panel


def test_the_panel_compares_draws_by_change_and_filters(compared, earlier, raster, wait) -> None:
    panel = compared
    (layer,) = result_layers()
    assert layer.crs() == raster.crs()
    assert [field.name() for field in layer.fields()][-len(CHANGE_COLUMNS) :] == list(CHANGE_COLUMNS)
    renderer = layer.renderer()
    assert renderer.type() == "categorizedSymbol"
    assert [category.value() for category in renderer.categories()] == list(COLOURS)
    assert layer.labelsEnabled()
    results = panel.dock.results
    assert results.filter.change.isVisibleTo(results)
    assert results.model.rowCount() == 12
    results.filter.change.setCurrentIndex(results.filter.change.findData("gone"))
    assert {box.change for box in map(results.model.detection, range(results.model.rowCount()))} == {"gone"}
    results.table.selectRow(0)
    box = results.current
    assert results.model.index(0, LABEL).data() == "gone · storage tank"
    assert results.model.colour(box).name() == COLOURS["gone"]
    assert "Gone: before 90 %, after 20 %." in results.card._reasoning.text()
    results.filter.change.setCurrentIndex(results.filter.change.findData("not_seen"))
    results.table.selectRow(0)
    assert "after nothing to see. The later raster has no data there." in results.card._reasoning.text()
    results.card.judged.emit("accepted")
    picture(panel, "compare-results", 280)
    picture(panel, "compare-results", 500)
    results.filter.change.setCurrentIndex(0)
    assert results.model.rowCount() == 12


def test_a_plain_search_afterwards_is_one_again(compared, wait) -> None:
    panel = compared
    panel.dock.scope.compare.button.click()
    panel.dock.question.setEditText("piers")
    panel.dock.strip.run_wanted.emit()
    wait(lambda: not panel.runs.running, "the search")
    assert not panel.dock.results.filter.change.isVisibleTo(panel.dock.results)
    newest = next(layer for layer in result_layers() if layer.name() == "piers")
    assert newest.renderer().type() == "graduatedSymbol"
    assert newest.fields().indexOf("change") < 0


def test_a_comparison_of_before_is_loaded_again(compared, wait) -> None:
    panel = compared
    (layer,) = result_layers()
    client = ensure_engine(panel.session.launch(), lambda: False)
    (job,) = client.jobs()
    QgsProject.instance().removeMapLayer(layer.id())
    panel.find.load(job)
    wait(lambda: not panel.runs.running, "the loading")
    (again,) = result_layers()
    assert again.renderer().type() == "categorizedSymbol"
    assert panel.dock.results.model.counts.total == 12


def test_a_box_that_is_drawn_anew_no_longer_says_what_became_of_it(compared, wait) -> None:
    panel = compared
    (layer,) = result_layers()
    before = {row["id"]: row["change"] for row in layer.getFeatures()}
    drawn = next(row for row in layer.getFeatures() if row["change"] == "stayed")
    shape = drawn.geometry().boundingBox()
    shape.grow(1)
    layer.startEditing()
    layer.changeGeometry(drawn.id(), QgsGeometry.fromRect(shape))
    layer.commitChanges()
    wait(lambda: len(panel.dock.results.model.rows.edited) == 1, "the mark")
    after = {row["id"]: row["change"] for row in layer.getFeatures()}
    assert after == {**before, drawn["id"]: "unsure"}
    assert "not looked at again" in layer.getFeature(drawn.id())["change_note"]
    panel.dock.results.table.selectRow(
        panel.dock.results.model.row_of(min(panel.dock.results.model.rows.edited))
    )
    assert "not looked at again" in panel.dock.results.card._reasoning.text()


SIDE, PIXEL_M, WEST, SOUTH = 512, 0.5, 400000, 5800000
STAYED, GONE, NEW = (60, 60), (300, 90), (180, 330)


def roofs(path: Path, places, factor: int = 1) -> QgsRasterLayer:
    """A dark raster with bright roofs of 48 pixels; ``factor`` makes its pixels coarser."""
    side = SIDE // factor
    pixels = bytearray(b"\x3c" * side * side)
    for left, top in places:
        for row in range(top // factor, (top + 48) // factor):
            pixels[row * side + left // factor : row * side + (left + 48) // factor] = b"\xf0" * (
                48 // factor
            )
    writer = QgsRasterFileWriter(str(path))
    writer.setOutputFormat("GTiff")
    extent = QgsRectangle(WEST, SOUTH, WEST + SIDE * PIXEL_M, SOUTH + SIDE * PIXEL_M)
    crs = QgsCoordinateReferenceSystem("EPSG:32633")
    provider = writer.createMultiBandRaster(Qgis.DataType.Byte, side, side, extent, crs, 3)
    for band in (1, 2, 3):
        block = QgsRasterBlock(Qgis.DataType.Byte, side, side)
        block.setData(bytes(pixels))
        provider.writeBlock(block, band, 0, 0)
    provider.setEditable(False)
    layer = QgsRasterLayer(str(path), path.stem)
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.mark.slow
@pytest.mark.skipif(not PYTHON_OF_ENGINE.exists(), reason="the engine's environment .venv is not set up here")
def test_the_real_engine_tells_new_gone_and_stayed_in_the_panel(
    iface, project, home, tmp_path, monkeypatch, wait
) -> None:
    before = roofs(tmp_path / "before.tif", [STAYED, GONE], 2)
    after = roofs(tmp_path / "after.tif", [STAYED, NEW])
    launch = Launch(
        home, str(PYTHON_OF_ENGINE), ("-m", "tests.engine.scripted"), folder=ROOT,
        environment={"OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: launch)
    panel = workbench.Panel(iface, QAction(iface.mainWindow()))
    try:
        iface.mapCanvas().setDestinationCrs(after.crs())
        iface.mapCanvas().setExtent(after.extent())
        iface.setActiveLayer(after)
        panel.dock.show()
        panel.dock.results.slider.setValue(50)
        panel.dock.scope.set_place("layer")
        panel.dock.scope.compare.choose(before)
        panel.dock.question.setEditText("roof")
        panel.dock.strip.run_wanted.emit()
        wait(lambda: not panel.runs.running, "the comparison", timeout_s=120)
        (layer,) = result_layers()
        found = {feature["change"]: feature for feature in layer.getFeatures()}
        assert set(found) == {"new", "gone", "stayed"}
        box = found["gone"].geometry().boundingBox()
        assert box.xMinimum() == pytest.approx(WEST + GONE[0] * PIXEL_M, abs=1.5)
        assert box.yMaximum() == pytest.approx(SOUTH + (SIDE - GONE[1]) * PIXEL_M, abs=1.5)
        panel.dock.results.table.selectRow(0)
        card = panel.dock.results.card
        wait(lambda: card._crop.pixmap() is not None and not card._crop.pixmap().isNull(), "both pictures")
        assert card._crop.width() > 1.9 * card._crop.height()
        picture(panel, "compare-real", 280)
        if PICTURES:
            iface.window.grab().save(str(Path(PICTURES) / "compare-map.png"))
    finally:
        panel.close()
