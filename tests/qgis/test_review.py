"""Review as work: keys, filters, the map and back, undo, the clipboard, and boxes drawn anew."""

from __future__ import annotations

import csv
import io

import pytest
from qgis.core import QgsGeometry, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QCoreApplication, QPoint, Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from remotezero_qgis.compat import QAction
from remotezero_qgis.connection.process import find_engine
from remotezero_qgis.find.copying import as_table
from remotezero_qgis.layers.detections import ACCEPTED, COLUMNS, REJECTED, UNDECIDED, from_values
from remotezero_qgis.layers.result_layers import result_layers
from remotezero_qgis.panel.results_model import DETECTION_ROLE, LABEL


@pytest.fixture
def reviewed(panel, wait):
    """The panel's results box after a run of twelve boxes, and the layer."""
    panel.dock.question.setEditText("tanks")
    panel.dock.strip.run_wanted.emit()
    wait(lambda: not panel.runs.running, "the run")
    (layer,) = result_layers()
    return panel.dock.results, layer


def verdicts_in(layer):
    return [row["verdict"] for row in sorted(layer.getFeatures(), key=lambda row: row["rank"])]


def press(box, key, modifier=Qt.KeyboardModifier.NoModifier):
    box.table.setFocus()
    QTest.keyClick(box.table, key, modifier)


CONTROL = Qt.KeyboardModifier.ControlModifier


def test_keys_judge_and_go_on_and_are_taken_back(reviewed):
    box, layer = reviewed
    box.table.selectRow(0)
    press(box, Qt.Key.Key_A)
    press(box, Qt.Key.Key_R)
    assert verdicts_in(layer)[:3] == [ACCEPTED, REJECTED, ""]
    assert box.table.currentIndex().row() == 2
    press(box, Qt.Key.Key_Z, CONTROL)
    assert verdicts_in(layer)[:2] == [ACCEPTED, ""]
    press(box, Qt.Key.Key_Y, CONTROL)
    assert verdicts_in(layer)[:2] == [ACCEPTED, REJECTED]
    press(box, Qt.Key.Key_Z, CONTROL)
    press(box, Qt.Key.Key_Z, CONTROL)
    assert set(verdicts_in(layer)) == {""}
    assert not box.commands.undo.isEnabled()


def test_our_keys_win_over_the_shortcuts_of_the_window(reviewed, iface):
    box, layer = reviewed
    stolen = []
    for keys in ("Ctrl+Z", "Ctrl+C", "A"):
        action = QAction(iface.window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda *_: stolen.append(1))
        iface.window.addAction(action)
    QApplication.setActiveWindow(iface.window)
    box.table.selectRow(0)
    press(box, Qt.Key.Key_A)
    box.slider.setFocus()
    QTest.keyClick(box.slider, Qt.Key.Key_Z, CONTROL)
    assert set(verdicts_in(layer)) == {""}
    assert stolen == []


def test_a_verdict_on_all_shown_is_one_step(reviewed):
    box, layer = reviewed
    box.table.selectRow(0)
    press(box, Qt.Key.Key_R)
    box.slider.setValue(50)
    shown = box.model.rowCount()
    box.commands.all_judged.emit(ACCEPTED)
    assert verdicts_in(layer).count(ACCEPTED) == shown
    box.commands.undo.trigger()
    assert verdicts_in(layer).count(ACCEPTED) == 0
    assert verdicts_in(layer)[0] == REJECTED


def test_several_chosen_rows_are_judged_together(reviewed):
    box, layer = reviewed
    box.table.choose([1, 2, 5], 5)
    press(box, Qt.Key.Key_A)
    assert [place for place, verdict in enumerate(verdicts_in(layer)) if verdict] == [1, 2, 5]
    press(box, Qt.Key.Key_Z, CONTROL)
    assert set(verdicts_in(layer)) == {""}


def test_the_filter_by_verdict_follows_the_verdicts(reviewed):
    box, _ = reviewed
    box.filter.verdict.setCurrentIndex(box.filter.verdict.findData(UNDECIDED))
    box.table.selectRow(0)
    first, second = (box.model.index(row, 0).data(DETECTION_ROLE).id for row in (0, 1))
    press(box, Qt.Key.Key_A)
    assert box.model.rowCount() == 11
    assert box.current.id == second
    box.filter.verdict.setCurrentIndex(box.filter.verdict.findData(ACCEPTED))
    assert [box.model.index(0, 0).data(DETECTION_ROLE).id] == [first]
    assert (box.model.counts.accepted, box.model.counts.open, box.model.counts.shown) == (1, 11, 1)
    assert "1 accepted" in box._count.text()
    press(box, Qt.Key.Key_Z, CONTROL)
    assert box.model.rowCount() == 0


def test_the_filter_by_question_is_there_when_there_are_several(qgis_app):
    from remotezero_qgis.panel.results_box import ResultsBox

    box = ResultsBox()
    made = [
        from_values({"id": str(n), "score": 0.5 + n / 8, "query": "ab"[n % 2]}, QgsGeometry())
        for n in range(4)
    ]
    box.add(made[:1])
    assert box.filter.query.isHidden()
    box.add(made)
    assert not box.filter.query.isHidden()
    box.filter.query.setCurrentIndex(box.filter.query.findData("b"))
    assert [box.model.detection(row).id for row in range(box.model.rowCount())] == ["3", "1"]


def test_next_unsure_goes_by_nearness_to_the_threshold_and_passes_over_what_is_judged(reviewed):
    box, _ = reviewed
    scores = []
    for _ in range(3):
        press(box, Qt.Key.Key_N)
        scores.append(abs(box.current.score - 0.5))
    assert scores == sorted(scores)
    assert len(set(scores)) > 1
    box.slider.setValue(60)
    press(box, Qt.Key.Key_N)
    lowest = min(box.model.rows.scores[place] for place in box.model.order)
    box.table.clearSelection()
    box.table.setCurrentIndex(box.model.index(-1, 0))
    press(box, Qt.Key.Key_N)
    assert box.current.score == lowest
    box.commands.all_judged.emit(ACCEPTED)
    before = box.table.currentIndex().row()
    press(box, Qt.Key.Key_N)
    assert box.table.currentIndex().row() == before


def test_a_row_is_chosen_on_the_map_and_a_box_of_the_map_in_the_table(reviewed, wait, iface):
    box, layer = reviewed
    view = iface.mapCanvas().extent()
    box.table.selectRow(4)
    wait(lambda: layer.selectedFeatureCount() == 1, "the map's selection")
    assert layer.selectedFeatures()[0]["id"] == box.current.id
    other = next(row for row in layer.getFeatures() if row["rank"] == 9)
    layer.selectByIds([other.id()])
    assert box.current.id == other["id"]
    assert box.table.chosen == [8]
    assert iface.mapCanvas().extent() == view
    layer.removeSelection()
    assert box.table.chosen == []


def test_a_click_with_the_tool_chooses_the_box_there(reviewed, wait, iface, panel):
    box, layer = reviewed
    canvas = iface.mapCanvas()
    before = canvas.mapTool()
    box.filter.pick.click()
    assert box.filter.pick.isChecked()
    target = next(row for row in layer.getFeatures() if row["rank"] == 3)
    centre = target.geometry().boundingBox().center()
    pixel = canvas.getCoordinateTransform().transform(centre)
    QTest.mouseClick(
        canvas.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(round(pixel.x()), round(pixel.y())),
    )
    wait(lambda: box.current is not None and box.current.id == target["id"], "the chosen box")
    assert layer.selectedFeatureIds() == [target.id()]
    box.filter.pick.click()
    assert canvas.mapTool() is before
    assert not box.filter.pick.isChecked()
    box.filter.pick.click()
    panel.review.close()
    assert canvas.mapTool() is before
    panel.review.close = lambda: None


def test_copied_rows_are_a_table_with_outlines(reviewed, wait):
    box, _ = reviewed
    QApplication.clipboard().clear()
    box.table.choose([2, 3], 2)
    press(box, Qt.Key.Key_C, CONTROL)
    wait(lambda: QApplication.clipboard().text(), "the clipboard")
    lines = list(csv.reader(io.StringIO(QApplication.clipboard().text()), delimiter="\t"))
    assert lines[0] == [*COLUMNS, "wkt"]
    assert [line[1] for line in lines[1:]] == ["3", "4"]
    copied = QgsGeometry.fromWkt(lines[1][-1]).boundingBox()
    assert copied.center().distance(box.current.extent.center()) < 1e-6


def test_a_cell_never_breaks_its_row_and_is_no_formula(qgis_app):
    text = as_table([from_values({"id": "1", "label": "=1+1", "reasoning": 'a\t"b"\nc'}, QgsGeometry())])
    (row,) = list(csv.reader(io.StringIO(text), delimiter="\t"))[1:]
    cells = dict(zip(COLUMNS, row))  # noqa: B905 (QGIS 3.22 may come with Python 3.9)
    assert (cells["label"], cells["reasoning"]) == ("'=1+1", 'a "b" c')
    assert len(text.splitlines()) == 2


def test_an_answer_that_was_cut_off_is_marked(qgis_app):
    from remotezero_qgis.panel.results_box import ResultsBox

    box = ResultsBox()
    box.add([from_values({"id": "1", "score": 1.0, "label": "ship", "truncated": 1}, QgsGeometry())])
    cell = box.model.index(0, LABEL)
    assert cell.data() == "… ship"
    assert "cut off" in cell.data(Qt.ItemDataRole.ToolTipRole)


def move(layer, rank, metres):
    """Draw a box anew, as the vertex tool does, and save."""
    row = next(row for row in layer.getFeatures() if row["rank"] == rank)
    shape = row.geometry().boundingBox()
    wider = QgsRectangle(shape.xMinimum(), shape.yMinimum(), shape.xMaximum() + metres, shape.yMaximum())
    layer.startEditing()
    layer.changeGeometry(row.id(), QgsGeometry.fromRect(wider))
    assert layer.commitChanges()


def test_a_box_drawn_anew_is_marked_and_verified_again(reviewed, wait, panel):
    box, layer = reviewed
    box.table.selectRow(0)
    press(box, Qt.Key.Key_A)
    width = box.model.detection(0).width_m
    move(layer, 1, 5.0)
    wait(lambda: len(box.model.rows.edited) == 1, "the mark")
    assert not box._edited.isHidden()
    edited = next(row for row in layer.getFeatures() if row["rank"] == 1)
    assert (edited["edited"], edited["verdict"]) == ("edited", ACCEPTED)
    assert edited["width_m"] == pytest.approx(width + 5.0, abs=0.05)
    before = len(find_engine(panel.launch(), timeout_s=30.0).jobs())
    box._verify.click()
    wait(lambda: not box.model.rows.edited and box._edited.isHidden(), "the verification")
    verified = next(row for row in layer.getFeatures() if row["rank"] == 1)
    assert (verified["edited"], verified["verdict"], verified["score"]) == ("verified", ACCEPTED, 0.5)
    assert len(find_engine(panel.launch(), timeout_s=30.0).jobs()) == before
    box.choose_fids([verified.id()])
    assert "again" in box.card._reasoning.text()


def test_boxes_are_not_verified_while_they_are_edited(reviewed, wait, panel):
    box, layer = reviewed
    move(layer, 2, 3.0)
    wait(lambda: box.model.rows.edited, "the mark")
    layer.startEditing()
    box.verify_wanted.emit()
    assert "Save the edits first" in panel.dock.banner.text
    layer.rollBack()


def test_edits_of_a_layer_that_is_not_shown_are_marked_too(reviewed, panel, wait):
    _, layer = reviewed
    panel.dock.question.setEditText("other tanks")
    panel.dock.strip.run_wanted.emit()
    wait(lambda: not panel.runs.running, "the second run")
    assert panel.review.layer is not layer
    move(layer, 4, 2.0)
    assert [row["rank"] for row in layer.getFeatures() if row["edited"] == "edited"] == [4]


def test_what_is_chosen_stays_when_the_table_is_sorted_filtered_or_read_again(reviewed, wait):
    box, layer = reviewed
    box.table.choose([1, 3], 3)
    ids = {box.model.rows.fids[place] for place in box.table.chosen}
    box.table.sortByColumn(LABEL, Qt.SortOrder.AscendingOrder)
    box.slider.setValue(1)
    wait(lambda: layer.subsetString(), "the map's filter")
    assert set(layer.selectedFeatureIds()) == ids
    move(layer, 2, 1.0)
    wait(lambda: box.model.rows.edited, "the rows read again")
    assert {box.model.rows.fids[place] for place in box.table.chosen} == ids
    QgsProject.instance().removeMapLayer(layer.id())
    QCoreApplication.processEvents()
    press(box, Qt.Key.Key_R)
