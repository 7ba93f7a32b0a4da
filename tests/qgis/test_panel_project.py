"""The panel and what it stands in: the map's view, the active layer, the keyboard, and the project's life."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from conftest import delete_now, make_raster
from qgis.core import (
    QgsApplication,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication

import remotezero_qgis
from remotezero_qgis import workbench
from remotezero_qgis.connection.process import find_engine
from remotezero_qgis.layers.detections import polygon
from remotezero_qgis.layers.result_layers import result_layers
from remotezero_qgis.layers.results_file import free_table, table_of


@pytest.fixture
def ask(panel, wait):
    def start(question, to_end=True):
        panel.dock.question.setEditText(question)
        panel.dock.strip.run_wanted.emit()
        if to_end:
            wait(lambda: not panel.runs.running, f"the run of {question!r}")

    return start


@pytest.fixture
def asked(panel):
    """The newest job's request."""
    return lambda: find_engine(panel.launch(), timeout_s=30.0).jobs()[0].request


def searched_box(request):
    return polygon(request["area_crs"]).boundingBox()


# The zoom trap


def zoom_to_row(panel, row):
    panel.dock.results.table.selectRow(row)
    panel.dock.results.table.doubleClicked.emit(panel.dock.results.table.currentIndex())


def test_a_zoom_to_a_row_does_not_narrow_the_next_search(panel, ask, asked, raster, iface):
    ask("tanks")
    first = searched_box(asked())
    for row in (3, 5):
        zoom_to_row(panel, row)
    assert iface.mapCanvas().extent().width() < raster.extent().width() / 2
    assert "before the zoom" in panel.dock.scope._hint.text()
    ask("other tanks")
    assert searched_box(asked()) == first


def test_a_map_that_the_user_moved_is_searched_as_it_is_shown(panel, ask, asked, iface):
    ask("tanks")
    zoom_to_row(panel, 3)
    view = QgsRectangle(400010, 5800010, 400020, 5800018)
    iface.mapCanvas().setExtent(view)
    assert panel.dock.scope._hint.text() == ""
    ask("other tanks")
    assert searched_box(asked()).width() < 20


def test_a_zoom_to_all_boxes_is_the_panels_as_well(panel, ask, asked):
    ask("tanks")
    first = searched_box(asked())
    panel.dock.zoom_to_all.trigger()
    ask("other tanks")
    assert searched_box(asked()) == first


def test_a_window_that_grows_is_no_move_of_the_map(panel, ask, asked, iface, wait):
    ask("tanks")
    first = searched_box(asked())
    zoom_to_row(panel, 3)
    size = iface.mapCanvas().size()
    iface.window.resize(1000, 700)
    wait(lambda: iface.mapCanvas().size() != size, "another size")
    assert panel.view.zoomed
    ask("other tanks")
    assert searched_box(asked()).contains(panel.review.layer.extent())
    assert searched_box(asked()).width() >= first.width() * 0.9


# What was searched


def test_what_was_searched_is_named_and_outlined(panel, ask, iface, raster):
    iface.mapCanvas().setExtent(QgsRectangle(400010, 5800010, 400030, 5800025))
    ask("tanks")
    assert "what the map showed" in panel.dock.searched.text()
    assert "% of harbour" in panel.dock.searched.text()
    assert panel.dock.searched.isVisible()
    outline = panel._mark.geometry.boundingBox()
    assert raster.extent().contains(outline)
    assert outline.width() < raster.extent().width()
    panel.dock.scope.set_place("layer")
    ask("other tanks")
    assert "the whole raster, harbour" in panel.dock.searched.text()
    assert "href" not in panel.dock.searched.text()
    assert panel._mark.geometry.isEmpty()


def test_nothing_found_offers_the_whole_raster(panel, ask, asked, iface, wait):
    iface.mapCanvas().setExtent(QgsRectangle(400010, 5800010, 400030, 5800025))
    ask("nothing")
    assert "Nothing was found in what the map showed" in panel.dock.banner.text
    assert panel.dock.banner._button.text() == "Search the whole raster"
    panel.dock.banner._button.click()
    assert panel.runs.running
    wait(lambda: not panel.runs.running, "the second run")
    assert "area_crs" not in asked()
    assert asked()["queries"] == ["nothing"]
    assert panel.dock.scope.place == "layer"
    assert panel.dock.banner.text == ""


def test_each_thing_that_a_run_warns_of_has_a_line(panel, ask, iface):
    iface.mapCanvas().setExtent(QgsRectangle(400010, 5800010, 400030, 5800025))
    ask("nothing unheard")
    known, found = panel.dock.banner.text.split("\n")
    assert known.endswith("passed over.")
    assert found == "Nothing was found in what the map showed."


def test_the_link_searches_the_whole_raster(panel, ask, asked, iface, wait):
    iface.mapCanvas().setExtent(QgsRectangle(400010, 5800010, 400030, 5800025))
    ask("tanks")
    panel.dock.searched.linkActivated.emit("#")
    wait(lambda: not panel.runs.running, "the second run")
    assert "area_crs" not in asked()


def test_a_view_of_the_world_is_asked_for_as_the_raster(panel, ask, asked, iface, raster):
    from qgis.core import QgsCoordinateReferenceSystem

    iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    iface.mapCanvas().setExtent(QgsRectangle(-300, -160, 300, 160))
    ask("tanks")
    assert panel.dock.banner.text == ""
    assert raster.extent().contains(searched_box(asked()))
    assert "the whole raster" in panel.dock.searched.text()


# Which raster


@pytest.fixture
def vector(project):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633", "fields", "memory")
    project.addMapLayer(layer)
    return layer


def test_a_raster_is_there_although_a_vector_was_active(iface, raster, vector, home, launch, monkeypatch):
    engine = launch()
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: engine)
    iface.setActiveLayer(vector)
    made = workbench.Panel(iface, QAction(iface.mainWindow()))
    made.dock.show()
    assert made.dock.scope.raster is raster
    assert made.dock.scope._rasters.currentText() == "Topmost raster: harbour"
    assert made.dock.strip._run.isEnabled()
    made.close()


def test_the_topmost_visible_raster_stands_in_and_the_active_one_takes_over(panel, iface, raster, tmp_path):
    scope = panel.dock.scope
    top = QgsRasterLayer(str(make_raster(tmp_path / "top.tif")), "top")
    hidden = QgsRasterLayer(str(make_raster(tmp_path / "hidden.tif")), "hidden")
    for layer in (top, hidden):
        QgsProject.instance().addMapLayer(layer)
    QgsProject.instance().layerTreeRoot().findLayer(hidden.id()).setItemVisibilityChecked(False)
    QgsProject.instance().removeMapLayer(raster.id())
    assert scope.raster is top
    iface.setActiveLayer(hidden)
    assert scope.raster is hidden
    for layer in (top, hidden):
        QgsProject.instance().removeMapLayer(layer.id())
    assert scope.raster is None
    assert not panel.dock.strip._run.isEnabled()
    again = QgsRasterLayer(str(make_raster(tmp_path / "again.tif")), "again")
    QgsProject.instance().addMapLayer(again)
    assert scope.raster is again


# The keyboard, and what is left on the map


def test_escape_cancels_a_run_and_nothing_else(panel, ask, wait, iface):
    ask("slow tanks", to_end=False)
    wait(lambda: panel.dock.results.model.rowCount() >= 1, "the first box")
    QApplication.setActiveWindow(iface.window)
    panel.dock.results.table.setFocus()
    QTest.keyClick(panel.dock.results.table, Qt.Key.Key_Escape)
    assert panel.dock.strip.words == "Stopping…"
    wait(lambda: not panel.runs.running, "the end")
    assert "Cancelled" in panel.dock.banner.text
    QTest.keyClick(panel.dock.results.table, Qt.Key.Key_Escape)
    assert "Cancelled" in panel.dock.banner.text


def test_escape_leaves_the_drawing_of_a_rectangle(panel, iface):
    canvas = iface.mapCanvas()
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    panel.dock.scope.set_place("rectangle")
    assert panel.find.rectangle.drawing
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.mapTool() is pan
    panel.find.rectangle.draw()
    QApplication.setActiveWindow(iface.window)
    panel.dock.question.setFocus()
    QTest.keyClick(panel.dock.question, Qt.Key.Key_Escape)
    assert canvas.mapTool() is pan
    canvas.unsetMapTool(pan)


@pytest.mark.parametrize("tab", ["find", "improve"])
def test_unloading_gives_the_map_tool_back_and_leaves_nothing(iface, raster, launch, monkeypatch, wait, tab):
    engine = launch()
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: engine)
    canvas = iface.mapCanvas()
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    scene = set(canvas.scene().items())
    threads = set(threading.enumerate())
    plugin = remotezero_qgis.classFactory(iface)
    plugin.initGui()
    panel = plugin.open()
    canvas.setDestinationCrs(raster.crs())
    canvas.setExtent(QgsRectangle(400010, 5800010, 400030, 5800025))
    panel.dock.question.setEditText("tanks")
    panel.find.run()
    wait(lambda: not panel.runs.running, "the run")
    assert not panel._mark.geometry.isEmpty()
    (panel.find if tab == "find" else panel.improve).rectangle.draw()
    assert canvas.mapTool() is not pan
    plugin.unload()
    delete_now()
    assert canvas.mapTool() is pan
    assert set(canvas.scene().items()) == scene
    ours = [child for child in iface.window.findChildren(QAction) if "RemoteZero" in child.text()]
    assert ours == []
    wait(lambda: not set(threading.enumerate()) - threads, "the worker threads to end")
    assert QgsApplication.taskManager().countActiveTasks() == 0
    canvas.unsetMapTool(pan)


def test_a_map_tool_that_is_gone_by_then_is_not_brought_back(panel, iface):
    from qgis.PyQt import sip

    canvas = iface.mapCanvas()
    other = QgsMapToolPan(canvas)
    canvas.setMapTool(other)
    panel.find.rectangle.draw()
    sip.delete(other)
    panel.find.rectangle.leave()
    assert canvas.mapTool() is None


# The project's life


@pytest.fixture
def saved(panel, ask, tmp_path):
    """A saved project with a run in it; returns its path."""
    path = tmp_path / "flood" / "flood 2026.qgz"
    path.parent.mkdir()
    assert QgsProject.instance().write(str(path))
    ask("tanks")
    assert QgsProject.instance().write()
    return path


def test_a_project_that_is_opened_again_shows_its_runs(panel, saved, wait):
    QgsProject.instance().clear()
    assert panel.dock.results.model.total == 0
    assert QgsProject.instance().read(str(saved))
    wait(lambda: panel.dock.results.model.total == 12, "the boxes of the project")
    assert panel.dock.runs.count() == 1
    assert panel.review.layer is result_layers()[0]
    assert "Searched" in panel.dock.searched.text()
    panel.dock.results.table.selectRow(0)
    panel.dock.results.card.judged.emit("accepted")
    assert [row["verdict"] for row in result_layers()[0].getFeatures()].count("accepted") == 1


def test_a_panel_that_is_opened_later_shows_the_projects_runs(panel, saved, wait, iface):
    later = workbench.Panel(iface, QAction(iface.mainWindow()))
    wait(lambda: later.dock.results.model.total == 12, "the boxes of the project")
    later.close()


def test_a_new_project_leaves_no_ghosts(panel, ask, iface):
    iface.mapCanvas().setExtent(QgsRectangle(400010, 5800010, 400030, 5800025))
    ask("tanks")
    panel.find.rectangle.set_rectangle(
        QgsRectangle(400010, 5800010, 400020, 5800015), iface.canvas.mapSettings().destinationCrs()
    )
    QgsProject.instance().clear()
    assert panel.dock.results.model.total == 0
    assert panel.dock._body.currentWidget() is panel.dock.blank
    assert (panel.dock.runs.count(), panel.review.layer) == (0, None)
    assert panel.dock.searched.isHidden()
    assert panel._mark.geometry.isEmpty()
    assert panel.find.rectangle.rectangle.isEmpty()
    assert not panel.dock.zoom_to_all.isEnabled()


def test_a_layer_that_the_user_removes_takes_its_boxes_along(panel, ask):
    ask("tanks")
    QgsProject.instance().removeMapLayer(result_layers()[0].id())
    assert panel.dock.results.model.total == 0
    assert panel.dock._body.currentWidget() is panel.dock.blank


def test_saving_the_project_offers_to_take_its_runs_in(panel, ask, wait, tmp_path, home):
    ask("tanks")
    (layer,) = result_layers()
    panel.dock.results.table.selectRow(2)
    judged = panel.dock.results.current.id
    panel.dock.results.card.judged.emit("rejected")
    panel.dock.results.slider.setValue(40)
    wait(lambda: layer.subsetString(), "the filter")
    kept = layer.featureCount()
    outside = table_of(layer)
    assert outside[0].parent == home / "results"
    path = tmp_path / "flood.qgz"
    assert QgsProject.instance().write(str(path))
    wait(lambda: "1 run" in panel.dock.banner.text, "the offer")
    panel.dock.banner._button.click()
    wait(lambda: table_of(layer)[0] == tmp_path / "flood_remotezero.gpkg", "the move")
    assert (layer.featureCount(), layer.renderer().type()) == (kept, "graduatedSymbol")
    assert {row["verdict"] for row in layer.getFeatures(f"id = '{judged}'")} <= {"rejected"}
    assert not QgsProject.instance().isDirty()
    elsewhere = tmp_path / "sent to a colleague"
    elsewhere.mkdir()
    for file in list(tmp_path.iterdir()):
        if file.is_file():
            os.replace(file, elsewhere / file.name)
    QgsProject.instance().clear()
    assert QgsProject.instance().read(str(elsewhere / "flood.qgz"))
    (again,) = result_layers()
    assert Path(table_of(again)[0]).parent == elsewhere
    wait(lambda: panel.dock.results.model.total == 12, "the boxes at the colleague's")
    assert {row.id: row.verdict for row in panel.dock.results.model.detections}[judged] == "rejected"


def test_a_layer_that_is_being_edited_is_not_moved_under_the_hand(panel, ask, wait, tmp_path):
    ask("tanks")
    (layer,) = result_layers()
    layer.startEditing()
    before = layer.source()
    assert QgsProject.instance().write(str(tmp_path / "flood.qgz"))
    wait(lambda: "1 run" in panel.dock.banner.text, "the offer")
    panel.dock.banner._button.click()
    assert "being edited" in panel.dock.banner.text
    assert layer.source() == before
    layer.rollBack()


def test_a_copy_of_a_result_layer_keeps_its_boxes(panel, ask, wait):
    ask("fail tanks")
    (layer,) = result_layers()
    copy = layer.clone()
    copy.setName("my copy")
    QgsProject.instance().addMapLayer(copy)
    assert copy.featureCount() == 3
    panel.dock.banner._button.click()
    wait(lambda: not panel.runs.running, "the resumed run")
    assert [other.featureCount() for other in result_layers()] == [12, 12]
    ask("other tanks")
    ask("more tanks")
    for other in (copy, layer):
        fresh = QgsVectorLayer(other.source(), "fresh", "ogr")
        assert fresh.featureCount() == 12


def test_a_table_that_a_layer_still_shows_is_not_deleted(panel, ask, wait):
    ask("tanks")
    (layer,) = result_layers()
    path, table = table_of(layer)
    panel.runs.drop_later(path, table)
    ask("other tanks")
    assert QgsVectorLayer(layer.source(), "fresh", "ogr").featureCount() == 12
    QgsProject.instance().removeMapLayer(layer.id())
    ask("more tanks")
    wait(lambda: free_table(path, table) == table, "the table that nothing shows to go")


# Among the other layers


def test_results_lie_above_polygons_and_have_names_of_their_own(panel, ask, vector):
    tree = QgsProject.instance().layerTreeRoot()
    ask("tanks")
    ask("tanks")
    ask("other tanks")
    order = tree.layerOrder()
    assert all(order.index(layer) < order.index(vector) for layer in result_layers())
    assert sorted(layer.name() for layer in result_layers()) == ["other tanks", "tanks", "tanks (2)"]


def test_results_lie_above_polygons_in_an_order_that_the_user_made(panel, ask, vector):
    tree = QgsProject.instance().layerTreeRoot()
    tree.setHasCustomLayerOrder(True)
    tree.setCustomLayerOrder([vector, *[layer for layer in tree.layerOrder() if layer is not vector]])
    ask("tanks")
    order = tree.layerOrder()
    assert order.index(result_layers()[0]) < order.index(vector)
