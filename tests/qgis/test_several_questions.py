"""Several questions in one run: their list, their colours and sliders, what becomes of them on the map and in files."""

from __future__ import annotations

import pytest
from qgis.core import QgsGeometry, QgsProject
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QFileDialog

from remotezero_qgis.connection.process import find_engine
from remotezero_qgis.layers.result_layers import result_layers
from remotezero_qgis.layers.sought import Sought, sought_of, subset_of
from remotezero_qgis.settings import load_settings


@pytest.fixture
def add(panel):
    """Puts questions on the list as a user does: types each and presses the button."""

    def put(*questions):
        for question in questions:
            panel.dock.question.setEditText(question)
            panel.dock.more_questions.click()

    return put


@pytest.fixture
def several(panel, add, wait):
    """The layer of a run that asked two questions."""
    add("ships", "storage tanks")
    panel.dock.strip.run_wanted.emit()
    wait(lambda: not panel.runs.running, "the run")
    (layer,) = result_layers()
    return layer


def by_question(layer):
    found = {}
    for row in layer.getFeatures():
        found.setdefault(row["query"], []).append(row["score"])
    return found


def test_a_user_of_one_question_sees_no_list(panel):
    assert panel.dock.questions.isHidden()
    panel.dock.more_questions.click()
    assert panel.dock.questions.isHidden()
    assert "Type what else" in panel.dock.banner.text


def test_questions_are_listed_each_once_with_a_colour_of_its_own(panel, add):
    add("ships", "tanks", "ships", "roads")
    rows = panel.dock.questions.sought
    assert [one.question for one in rows] == ["ships", "tanks", "roads"]
    assert len({one.colour for one in rows}) == 3
    panel.dock.questions.rows[1].removed.emit()
    assert [one.question for one in panel.find.sought] == ["ships", "roads"]
    panel.dock.question.setEditText("quays")
    assert [one.question for one in panel.find.sought] == ["ships", "roads", "quays"]
    panel.dock.question.setEditText("ships")
    assert len(panel.find.sought) == 2
    for row in list(panel.dock.questions.rows):
        row.removed.emit()
    assert panel.dock.questions.isHidden()


def test_all_questions_are_one_job_of_the_engine(panel, several):
    (job,) = find_engine(panel.launch(), timeout_s=30.0).jobs()
    assert job.request["queries"] == ["ships", "storage tanks"]
    assert load_settings().history[:2] == ("ships", "storage tanks")


def test_the_layer_has_a_category_for_each_question_in_its_colour(panel, several):
    assert several.name() == "ships, storage tanks"
    renderer = several.renderer()
    assert renderer.type() == "categorizedSymbol"
    colours = {one.value(): one.symbol().color().name() for one in renderer.categories() if one.value()}
    assert colours == {one.question: one.colour for one in panel.dock.questions.sought}
    assert QgsProject.instance().layerTreeRoot().findLayer(several.id()).isExpanded()
    box = panel.dock.results.model.detection(0)
    strong = max(panel.dock.results.model.detections, key=lambda one: one.score)
    assert panel.dock.results.model.colour(strong).name() == colours[strong.query]
    assert box.query in colours


def test_each_question_has_a_slider_of_its_own(panel, several, wait):
    box = panel.dock.results
    sliders = box.filter.classes.sliders
    assert list(sliders) == ["ships", "storage tanks"]
    everything = by_question(several)
    sliders["ships"].setValue(60)
    sliders["storage tanks"].setValue(20)
    wait(lambda: several.subsetString(), "the map's filter")
    kept = by_question(several)
    assert kept["ships"] == [score for score in everything["ships"] if score >= 0.6]
    assert kept["storage tanks"] == [score for score in everything["storage tanks"] if score >= 0.2]
    assert box.model.rowCount() == several.featureCount()
    assert box.model.counts.below == sum(map(len, everything.values())) - several.featureCount()
    assert {one.question: one.minimum for one in sought_of(several)} == {"ships": 0.6, "storage tanks": 0.2}
    box.slider.setValue(0)
    wait(lambda: not several.subsetString(), "all boxes")
    assert box.model.rowCount() == 24


def test_the_sliders_are_those_of_the_layer_that_is_shown(panel, several, wait):
    sliders = panel.dock.results.filter.classes.sliders
    sliders["ships"].setValue(70)
    wait(lambda: several.subsetString(), "the filter")
    panel.dock.questions.show_all(())
    panel.dock.question.setEditText("quays")
    panel.dock.strip.run_wanted.emit()
    wait(lambda: not panel.runs.running, "a run of one question")
    assert panel.dock.results.filter.classes.isHidden()
    panel.review.show_layer(several)
    wait(lambda: panel.dock.results.filter.classes.sliders, "the run of two")
    assert panel.dock.results.filter.classes.minimums["ships"] == 0.7


def test_a_slider_that_was_moved_counts_for_the_next_run(panel, several, wait):
    panel.dock.results.filter.classes.sliders["ships"].setValue(70)
    wait(lambda: several.subsetString(), "the filter")
    assert panel.find.sought[0].minimum == 0.7
    panel.dock.strip.run_wanted.emit()
    wait(lambda: not panel.runs.running, "the second run")
    assert panel.dock.results.filter.classes.minimums["ships"] == 0.7
    assert min(by_question(panel.review.layer)["ships"]) >= 0.7


def test_a_question_with_a_quote_in_it_is_filtered_by(panel, add, wait):
    add("the harbour's ships", "tanks")
    panel.dock.strip.run_wanted.emit()
    wait(lambda: not panel.runs.running, "the run")
    (layer,) = result_layers()
    panel.dock.results.filter.classes.sliders["the harbour's ships"].setValue(50)
    wait(lambda: layer.subsetString(), "the filter")
    kept = by_question(layer)
    assert min(kept["the harbour's ships"]) >= 0.5
    assert len(kept["tanks"]) == 12


def test_boxes_that_somebody_drew_anew_with_no_question_are_not_hidden_by_the_sliders():
    assert subset_of(0.0, {"a": 0.0}) == ""
    assert "NOT IN" in subset_of(0.0, {"a": 0.5})


def test_the_table_is_filtered_by_question_and_judged(panel, several):
    box = panel.dock.results
    assert not box.filter.query.isHidden()
    box.filter.query.setCurrentIndex(box.filter.query.findData("ships"))
    assert box.model.rowCount() == 12
    box.commands.all_judged.emit("accepted")
    verdicts = {(row["query"], row["verdict"]) for row in several.getFeatures()}
    assert verdicts == {("ships", "accepted"), ("storage tanks", "")}
    assert "12 accepted" in box._count.text()


def test_several_questions_are_asked_over_the_whole_raster(panel, several, wait, iface, raster):
    view = raster.extent()
    view.scale(0.5)
    iface.mapCanvas().setExtent(view)
    panel.dock.strip.run_wanted.emit()
    wait(lambda: not panel.runs.running, "a run over a part")
    assert panel.review.searched.partial
    panel.dock.questions.show_all(())
    panel.dock.whole_wanted.emit()
    wait(lambda: not panel.runs.running, "the run over all")
    jobs = find_engine(panel.launch(), timeout_s=30.0).jobs()
    assert jobs[0].request["queries"] == ["ships", "storage tanks"]
    assert "area_crs" not in jobs[0].request


def test_the_locator_asks_its_own_question_alone(panel, several, wait):
    panel.find.run((Sought("quays"),))
    wait(lambda: not panel.runs.running, "the run")
    assert find_engine(panel.launch(), timeout_s=30.0).jobs()[0].request["queries"] == ["quays"]
    assert len(panel.dock.questions.sought) == 2


def test_an_earlier_run_of_several_questions_is_loaded_with_its_classes(panel, several, wait):
    (job,) = find_engine(panel.launch(), timeout_s=30.0).jobs()
    QgsProject.instance().removeMapLayer(several.id())
    panel.find.load(job)
    wait(lambda: not panel.runs.running, "the loading")
    (layer,) = result_layers()
    assert layer.renderer().type() == "categorizedSymbol"
    assert list(panel.dock.results.filter.classes.sliders) == ["ships", "storage tanks"]


def test_many_questions_scroll_in_the_list_and_in_the_results(panel, add, wait):
    add(*(f"kind {number}" for number in range(9)))
    panel.dock.strip.run_wanted.emit()
    wait(lambda: not panel.runs.running, "the run")
    QApplication.processEvents()
    (layer,) = result_layers()
    assert layer.name() == "kind 0 and 8 more"
    row = panel.dock.questions.rows[0].sizeHint().height()
    assert panel.dock.questions.height() < 7 * row
    assert len(panel.dock.results.filter.classes.sliders) == 9
    assert panel.dock.results.filter.classes.height() < 9 * row


def test_return_in_a_row_starts_the_run(panel, add, wait):
    add("ships", "tanks")
    line = panel.dock.questions.rows[0].line
    line.setText("large ships")
    QTest.keyClick(line, Qt.Key.Key_Return)
    wait(lambda: not panel.runs.running and result_layers(), "the run")
    assert find_engine(panel.launch(), timeout_s=30.0).jobs()[0].request["queries"] == [
        "large ships",
        "tanks",
    ]


def test_all_classes_are_exported_together_each_from_its_own_score_on(
    panel, several, wait, tmp_path, monkeypatch
):
    sliders = panel.dock.results.filter.classes.sliders
    sliders["ships"].setValue(60)
    wait(lambda: several.subsetString(), "the filter")
    target = (str(tmp_path / "set"), "COCO with pictures (a folder) (*)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: target)
    panel.dock.export.trigger()
    wait(lambda: panel.exports.task is None, "the export")
    asked = next(
        job for job in find_engine(panel.launch(), timeout_s=30.0).jobs() if job.kind == "export"
    ).request
    assert asked["min_scores"] == {"ships": 0.6, "storage tanks": 0.0}
    assert (asked["classes"], asked["min_score"], asked["format"]) == ("query", None, "coco")


# Review as work, with several questions


def test_next_unsure_goes_by_the_lowest_score_of_each_question(panel, several, wait):
    box = panel.dock.results
    sliders = box.filter.classes.sliders
    sliders["ships"].setValue(70)
    sliders["storage tanks"].setValue(20)
    wait(lambda: several.subsetString(), "the filter")
    least = {"ships": 0.7, "storage tanks": 0.2}
    doubts = []
    for _ in range(6):
        box.table.setFocus()
        QTest.keyClick(box.table, Qt.Key.Key_N)
        doubts.append(abs(box.current.score - least[box.current.query]))
    assert doubts == sorted(doubts)
    assert doubts[0] < 0.05


def test_a_click_on_the_map_chooses_the_row_whatever_its_question(panel, several, iface, wait):
    box, canvas = panel.dock.results, iface.mapCanvas()
    box.filter.pick.click()
    for question in ("ships", "storage tanks"):
        box.filter.query.setCurrentIndex(box.filter.query.findData(question))
        several.removeSelection()
        wanted = box.model.detection(3)
        # Both questions find the same box here: the one that the table shows is meant.
        centre = wanted.extent.center()
        pixel = canvas.getCoordinateTransform().transform(centre)
        place = QPoint(round(pixel.x()), round(pixel.y()))
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        wait(lambda: several.selectedFeatureCount() == 1, "a choice")
        (chosen,) = several.selectedFeatures()
        assert (chosen["query"], box.current.id) == (question, chosen["id"])
        assert chosen.geometry().boundingBox().contains(centre)
    box.filter.pick.click()


def test_boxes_of_two_questions_are_drawn_anew_verified_and_undone(panel, several, wait):
    box = panel.dock.results
    several.startEditing()
    first = {}
    for row in several.getFeatures():
        first.setdefault(row["query"], row)
    for row in first.values():
        shape = row.geometry().boundingBox()
        shape.setXMaximum(shape.xMaximum() + 3)
        several.changeGeometry(row.id(), QgsGeometry.fromRect(shape))
    assert several.commitChanges()
    wait(lambda: len(box.model.rows.edited) == 2, "the marks")
    box._verify.click()
    wait(lambda: not box.model.rows.edited and box._edited.isHidden(), "the verification")
    assert sum(row["edited"] == "verified" for row in several.getFeatures()) == 2
    box.choose_fids([first["ships"].id()])
    box.table.setFocus()
    QTest.keyClick(box.table, Qt.Key.Key_R)
    assert [row["verdict"] for row in several.getFeatures()].count("rejected") == 1
    QTest.keyClick(box.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [row["verdict"] for row in several.getFeatures()].count("rejected") == 0


def test_the_choices_fold_away_and_come_back_with_a_new_question(panel, several, add):
    panel.dock.fold.click()
    assert not panel.dock.scope.isVisible()
    add("quays")
    assert panel.dock.scope.isVisible()
