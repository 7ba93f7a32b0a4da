"""What a new user sees: what the model is, what scores enough, a map that can be read, and the sample."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtWidgets import QAction

from remotezero_qgis import workbench
from remotezero_qgis.connection.wire import NO_ADAPTER, Model
from remotezero_qgis.layers.result_layers import Origin, add_result_layer, result_layers
from remotezero_qgis.layers.sought import HUES, hue_of
from remotezero_qgis.panel.model_choice import ModelNote, shipped_model
from remotezero_qgis.panel.question_box import EXAMPLES


@pytest.fixture
def fresh(iface, raster, home, launch, monkeypatch):
    """The panel as it opens, its slider never touched."""
    engine = launch()
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: engine)
    iface.mapCanvas().setDestinationCrs(raster.crs())
    iface.mapCanvas().setExtent(raster.extent())
    iface.setActiveLayer(raster)
    made = workbench.Panel(iface, QAction(iface.mainWindow()))
    made.dock.show()
    yield made
    made.close()


@pytest.fixture
def ask(wait):
    def start(panel, question):
        panel.dock.question.setEditText(question)
        panel.dock.strip.run_wanted.emit()
        wait(lambda: not panel.runs.running, f"the run of {question!r}")

    return start


def counts(panel) -> tuple[int, int]:
    """Return how many boxes score enough, and how many there are."""
    results = panel.dock.results
    return results.model.rowCount(), results.model.total


def test_at_first_only_what_scores_enough_is_shown_and_the_rest_is_counted(fresh, ask, wait):
    ask(fresh, "tanks")
    (layer,) = result_layers()
    shown, found = counts(fresh)
    enough = sum(row.score >= 0.5 for row in fresh.dock.results.model.detections)
    assert 0 < shown == enough < found == 12
    assert layer.featureCount() == enough
    assert f"{found - enough} score less" in fresh.dock.results._count.text()
    fresh.dock.results.slider.setValue(0)
    wait(lambda: layer.featureCount() == 12, "all boxes")
    assert "less" not in fresh.dock.results._count.text()
    ask(fresh, "other tanks")
    assert counts(fresh) == (12, 12), "what the user chose is kept"


def test_the_first_score_shown_is_the_models_own(fresh, ask):
    fresh.dock.scope.set_models([replace(shipped_model(), min_score=0.8)])
    ask(fresh, "tanks")
    assert fresh.dock.results.minimum == 0.8


def test_boxes_below_the_score_are_not_drawn_while_the_run_goes_on(fresh, wait):
    fresh.dock.question.setEditText("many slow tanks")
    fresh.dock.strip.run_wanted.emit()
    wait(lambda: fresh.dock.results.model.total >= 40, "the first window")
    layers = QgsProject.instance().mapLayers().values()
    (running,) = [layer for layer in layers if isinstance(layer, QgsVectorLayer)]
    rows = fresh.dock.results.model.detections
    assert running.featureCount() == sum(row.score >= 0.5 for row in rows) < len(rows)
    fresh.runs.cancel()
    wait(lambda: not fresh.runs.running, "the end")


def test_the_legend_is_short_and_labels_stand_only_where_they_fit(fresh, ask):
    ask(fresh, "tanks")
    (layer,) = result_layers()
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    assert node.parent().isExpanded()
    assert not node.isExpanded()
    settings = layer.labeling().settings()
    assert not settings.displayAll
    assert settings.obstacleSettings().isObstacle()
    assert settings.thinningSettings().minimumFeatureSize() > 0


def test_each_question_has_one_colour_and_keeps_it(fresh, ask):
    def colours(layer):
        parts = layer.renderer().ranges()
        return [part.symbol().symbolLayer(1).color().name() for part in parts]

    ask(fresh, "tanks")
    ask(fresh, "ships")
    by_name = {layer.name(): colours(layer) for layer in result_layers()}
    assert by_name["tanks"][-1] == HUES[0]
    assert by_name["ships"][-1] == HUES[1]
    assert len(set(by_name["tanks"])) == 5
    assert hue_of("tanks") == HUES[0]
    assert hue_of("something else") == HUES[2]
    ask(fresh, "tanks")
    assert [colours(layer)[-1] for layer in result_layers() if layer.name().startswith("tanks")] == [
        HUES[0]
    ] * 2


def test_more_questions_than_colours_begin_anew(project, raster, tmp_path):
    for number in range(len(HUES) + 1):
        add_result_layer(tmp_path / "none.gpkg", "t", Origin(str(number), f"question {number}", "", "raster"))
    assert hue_of("one more") in HUES


def test_the_panel_says_what_its_model_is_before_an_engine_was_asked(fresh):
    note = fresh.dock.scope.model_note
    assert "demonstration model" in note.text()
    assert not note.isHidden()
    assert "airplanes" in note.text()
    assert "wind turbines" not in note.text()
    note.linkActivated.emit("all")
    assert "wind turbines" in note.text()


def test_a_click_on_the_note_opens_the_models(fresh):
    wanted = []
    fresh.models_page_wanted.connect(lambda: wanted.append(1))
    fresh.dock.scope.model_note.linkActivated.emit("others")
    assert wanted == [1]


def test_no_note_on_a_model_that_knows_all_words(qgis_app):
    note = ModelNote()
    note.show_model(shipped_model())
    assert not note.isHidden()
    note.show_model(Model("large", "qwen3-vl", "Apache-2.0", 1, 1, False, ()))
    assert note.isHidden()
    note.show_model(replace(shipped_model(), closed=False, licence="qwen-research", commercial=False))
    assert note.text() == "The licence of this model, qwen-research, forbids commercial use."
    assert not note.isHidden()
    note.show_model(replace(shipped_model(), things=()))
    assert "demonstration model." in note.text()
    note.show_model(replace(shipped_model(), things=("<ships>",)))
    assert "&lt;ships&gt;" in note.text()


def test_a_chosen_model_that_was_removed_is_told_before_a_run(fresh):
    scope, kept = fresh.dock.scope, replace(shipped_model(), name="kept", default=False)
    scope.set_models([shipped_model(), kept])
    scope.choose_model("kept", NO_ADAPTER)
    assert "not there" not in scope.model_note.text()
    scope.set_models([shipped_model()])
    assert scope.model == "kept", "the choice is the user's"
    assert "The model kept is not there" in scope.model_note.text()
    assert not scope.model_note.isHidden()
    for known in ("", "http://gpu.example:8000/v1", "/data/models/folder"):
        scope.choose_model(known, NO_ADAPTER)
        assert "not there" not in scope.model_note.text() or scope.model_note.isHidden(), known


def test_the_sample_is_loaded_once_shown_and_asked_about(fresh, wait, monkeypatch):
    asked = []
    monkeypatch.setattr(fresh.find, "run", lambda: asked.append(fresh.dock.question.question))
    fresh.dock.blank.steps.sample.click()
    fresh.dock.blank.steps.sample.click()
    samples = [layer for layer in QgsProject.instance().mapLayers().values() if "Sample" in layer.name()]
    assert len(samples) == 1
    assert samples[0].isValid()
    assert fresh.dock.scope.raster is samples[0]
    assert fresh.dock.scope.place == "layer"
    assert asked == [EXAMPLES[0]] * 2


def test_the_sample_waits_for_the_engine(iface, project, home, monkeypatch):
    from remotezero_qgis.connection.process import Launch

    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: Launch(home))
    panel = workbench.Panel(iface, QAction(iface.mainWindow()))
    asked = []
    monkeypatch.setattr(panel.find, "run", lambda: asked.append(panel.dock.question.question))
    panel.dock.setup.steps.sample.click()
    assert asked == []
    panel.dock.show_setup(False)
    panel.beginning.engine_changed()
    panel.beginning.engine_changed()
    assert asked == [EXAMPLES[0]]
    panel.close()


def test_a_raster_of_ones_own_is_added_and_one_that_is_none_is_told(fresh, raster, tmp_path):
    fresh.beginning.add_raster(raster.source())
    layers = QgsProject.instance().mapLayers().values()
    assert len([layer for layer in layers if isinstance(layer, QgsRasterLayer)]) == 2
    (tmp_path / "letter.tif").write_text("dear all")
    fresh.beginning.add_raster(str(tmp_path / "letter.tif"))
    assert "letter.tif can't be opened" in fresh.dock.banner.text


def test_the_ways_to_a_raster_stand_on_the_welcome_alone(fresh, ask):
    assert not fresh.dock.blank.steps.isHidden()
    ask(fresh, "nothing")
    assert fresh.dock.blank.steps.isHidden()
