"""The panel over a scripted engine: asking, watching, filtering, judging, and surviving the user."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from conftest import engine_pid
from qgis.core import QgsProject, QgsRectangle, QgsVectorLayer

from remotezero_qgis.connection.process import find_engine
from remotezero_qgis.connection.wire import NO_ADAPTER
from remotezero_qgis.layers.result_layers import result_layers
from remotezero_qgis.settings import load_settings


@pytest.fixture
def ask(panel, wait):
    def start(question, to_end=True):
        panel.dock.question.setEditText(question)
        panel.dock.strip.run_wanted.emit()
        if to_end:
            wait(lambda: not panel.runs.running, f"the run of {question!r}")

    return start


def test_asking_adds_a_styled_layer_under_its_raster(panel, ask, raster):
    ask("round tanks")
    (layer,) = result_layers()
    assert (layer.name(), layer.featureCount(), layer.providerType()) == ("round tanks", 12, "ogr")
    assert layer.renderer().type() == "graduatedSymbol"
    assert layer.labelsEnabled()
    group = QgsProject.instance().layerTreeRoot().findLayer(layer.id()).parent()
    assert raster.name() in group.name()
    children = QgsProject.instance().layerTreeRoot().children()
    assert children.index(group) < children.index(
        QgsProject.instance().layerTreeRoot().findLayer(raster.id())
    )
    assert panel.dock.results.model.rowCount() == 12
    assert "remotezero" in Path(layer.source().split("|")[0]).parts[-1] or "results" in layer.source()
    assert load_settings().history == ("round tanks",)


def test_boxes_appear_while_the_run_goes_on(panel, ask, wait):
    ask("slow tanks", to_end=False)
    wait(lambda: panel.dock.results.model.rowCount() >= 1, "the first box")
    assert panel.runs.running
    names = [layer.name() for layer in QgsProject.instance().mapLayers().values()]
    assert "slow tanks (running)" in names
    wait(lambda: "of 12 windows" in panel.dock.strip.words, "progress in words")
    panel.dock.strip.cancel_wanted.emit()
    wait(lambda: not panel.runs.running, "cancel", timeout_s=10)
    names = [layer.name() for layer in QgsProject.instance().mapLayers().values()]
    assert "slow tanks (running)" not in names
    assert "slow tanks" in names
    assert "Cancelled" in panel.dock.banner.text


def test_the_slider_filters_table_and_map_without_a_run(panel, ask, wait):
    ask("tanks")
    (layer,) = result_layers()
    panel.dock.results.slider.setValue(50)
    expected = sum(row.score >= 0.5 for row in panel.dock.results.model.detections)
    assert 0 < expected < 12
    assert panel.dock.results.model.rowCount() == expected
    wait(lambda: layer.featureCount() == expected, "the map's filter")
    panel.dock.results.slider.setValue(0)
    wait(lambda: layer.featureCount() == 12, "all boxes back")


def test_a_verdict_is_an_attribute(panel, ask, wait):
    ask("tanks")
    (layer,) = result_layers()
    panel.dock.results.table.selectRow(0)
    chosen = panel.dock.results.current
    panel.dock.results.card.judged.emit("accepted")
    written = {feature["id"]: feature["verdict"] for feature in layer.getFeatures()}
    assert written[chosen.id] == "accepted"
    assert sum(value == "accepted" for value in written.values()) == 1
    assert panel.dock.results.current.verdict == "accepted"


def test_a_chosen_row_shows_what_the_verifier_saw_and_only_a_double_click_zooms(panel, ask, wait, iface):
    ask("tanks")
    before = iface.mapCanvas().extent()
    table = panel.dock.results.table
    table.selectRow(3)
    assert iface.mapCanvas().extent() == before
    table.doubleClicked.emit(table.currentIndex())
    box = panel.dock.results.current.extent
    view = iface.mapCanvas().extent()
    assert view.contains(box)
    assert view.width() < 12 * box.width()
    card = panel.dock.results.card
    wait(lambda: card._crop.pixmap() is not None and not card._crop.pixmap().isNull(), "the crop")


def test_a_killed_engine_is_told_once_and_the_run_goes_on(panel, ask, wait, home):
    told = []
    panel.runs.interrupted.connect(told.append)
    ask("slow tanks", to_end=False)
    wait(lambda: panel.dock.results.model.rowCount() >= 2, "two boxes")
    os.kill(engine_pid(home), signal.SIGKILL)
    wait(lambda: not panel.runs.running, "the run to end", timeout_s=40)
    assert len(told) == 1
    assert panel.dock.results.model.rowCount() == 12
    assert result_layers()[0].featureCount() == 12


def test_removing_the_raster_and_the_layer_mid_run_is_survived(panel, ask, wait, raster):
    ask("tanks slow", to_end=False)
    wait(lambda: panel.dock.results.model.rowCount() >= 1, "the first box")
    for layer_id in list(QgsProject.instance().mapLayers()):
        QgsProject.instance().removeMapLayer(layer_id)
    panel.runs.cancel()
    wait(lambda: not panel.runs.running, "the end")
    assert result_layers() == []
    assert panel.dock.results.model.rowCount() >= 1


def test_closing_the_project_mid_run_keeps_the_boxes_for_later(panel, ask, wait):
    ask("many slow tanks", to_end=False)
    wait(lambda: panel.dock.results.model.rowCount() >= 1, "the first box")
    QgsProject.instance().clear()
    wait(lambda: not panel.runs.running, "the end")
    assert result_layers() == []
    assert "Nothing is lost" in panel.dock.banner.text
    panel.dock.banner._button.click()
    wait(lambda: result_layers(), "the layer, added after all")
    assert result_layers()[0].featureCount() == 480


def test_an_earlier_run_can_be_loaded_again(panel, ask, wait):
    ask("tanks")
    QgsProject.instance().removeMapLayer(result_layers()[0].id())
    panel.dock.earlier.aboutToShow.emit()
    wait(lambda: any("tanks" in action.text() for action in panel.dock.earlier.actions()), "the list of jobs")
    panel.dock.earlier.actions()[0].trigger()
    wait(lambda: result_layers(), "the layer")
    assert result_layers()[0].featureCount() == 12


def test_loading_a_run_that_is_there_loses_no_edit(panel, ask, wait):
    ask("tanks")
    (layer,) = result_layers()
    layer.dataProvider().deleteFeatures([next(layer.getFeatures()).id()])
    panel.dock.earlier.aboutToShow.emit()
    wait(lambda: any("tanks" in action.text() for action in panel.dock.earlier.actions()), "the list of jobs")
    panel.dock.earlier.actions()[0].trigger()
    assert "in the project already" in panel.dock.banner.text
    wait(lambda: panel.dock.results.model.rowCount() == 11, "the layer's boxes")
    assert [layer.featureCount() for layer in result_layers()] == [11]


def test_a_result_layer_of_the_project_can_be_shown_again(panel, ask, wait):
    ask("first tanks")
    ask("second tanks")
    first = next(layer for layer in result_layers() if layer.name() == "first tanks")
    first.setName("renamed by the user")
    panel.earlier.refresh()
    assert panel.dock.runs.findText("renamed by the user") >= 0
    panel.dock.layer_chosen.emit(first.id())
    wait(lambda: panel.review.layer is first, "the first run's boxes")
    assert {row.query for row in panel.dock.results.model.detections} == {"first tanks"}


def test_a_failure_is_told_with_the_engines_words_and_can_go_on(panel, ask, wait):
    ask("fail tanks")
    assert "window 2" in panel.dock.banner.text
    assert panel.dock.results.model.rowCount() == 3
    (layer,) = result_layers()
    panel.dock.results.table.selectRow(0)
    judged = panel.dock.results.current.id
    panel.dock.results.card.judged.emit("rejected")
    panel.dock.banner._button.click()
    wait(lambda: not panel.runs.running, "the resumed run")
    assert result_layers() == [layer]
    assert (layer.featureCount(), panel.dock.results.model.rowCount()) == (12, 12)
    assert {row.id: row.verdict for row in panel.dock.results.model.detections}[judged] == "rejected"
    assert {row["id"]: row["verdict"] for row in layer.getFeatures()}[judged] == "rejected"


def test_nothing_found_is_said(panel, ask):
    ask("nothing")
    assert panel.dock.blank._title.text() == "Nothing found"
    assert "12 windows" in panel.dock.blank._text.text()


def test_what_the_engine_warns_of_is_shown_with_the_result(panel, ask):
    ask("unheard ships")
    assert "does not know the word" in panel.dock.banner.text
    ask("ships")
    assert panel.dock.banner.text == ""


def test_asking_without_words_or_outside_the_raster_is_refused_kindly(panel, ask, iface):
    ask("")
    assert "Type what" in panel.dock.banner.text
    iface.mapCanvas().setExtent(QgsRectangle(0, 0, 10, 10))
    ask("tanks")
    assert "does not touch" in panel.dock.banner.text
    assert not panel.runs.running


def test_the_current_adapter_goes_with_the_request(panel, ask):
    ask("tanks")
    job = find_engine(panel.launch(), timeout_s=30.0).jobs()[0]
    assert job.request["adapter"] == "harbour-2"
    panel.dock.scope.choose_model("", NO_ADAPTER)
    ask("other tanks")
    job = find_engine(panel.launch(), timeout_s=30.0).jobs()[0]
    assert job.request["adapter"] == "none"


def test_the_main_thread_never_waits_on_the_engine(panel, ask, wait, main_thread_watched):
    with main_thread_watched("during a run"):
        ask("many tanks")
        panel.dock.results.table.selectRow(2)
        wait(lambda: panel.dock.results.card._crop.pixmap() is not None, "the crop")
    assert panel.dock.results.model.rowCount() == 480


def test_the_written_table_can_be_opened_on_its_own(panel, ask):
    ask("tanks")
    (layer,) = result_layers()
    path, table = layer.source().split("|")[0], layer.source().split("layername=")[1]
    alone = QgsVectorLayer(f"{path}|layername={table}", "alone", "ogr")
    feature = next(alone.getFeatures())
    assert feature["query"] == "tanks"
    assert feature["model"] == "mini"
    assert feature["verdict"] == ""


def test_a_web_layer_is_rendered_and_asked_about(panel, ask, wait, iface, tile_layer):
    iface.setActiveLayer(tile_layer)
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(tile_layer.crs())
    canvas.setExtent(QgsRectangle(1490000, 6890000, 1490600, 6890400))
    assert "Rendered for the engine first" in panel.dock.scope._hint.text()
    ask("tanks on tiles")
    assert panel.dock.banner.text == ""
    (layer,) = result_layers()
    assert (layer.featureCount(), layer.crs().authid()) == (12, "EPSG:3857")
    rendered = find_engine(panel.launch(), timeout_s=30.0).jobs()[0].request["raster"]
    assert Path(rendered).is_file()
    assert tile_layer.asked
