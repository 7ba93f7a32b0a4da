"""A run with very many boxes: what is read, kept and written at a time, and how long the window stands still.

The figures are printed as a table (``-s``), not asserted: a busy machine would fail them. ``ROWS=100000``
measures so many. Asserted is in how large pieces the work is done.
"""

from __future__ import annotations

import json
import os
import time
from itertools import pairwise

import pytest
from conftest import GapMeter
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, Qt

from remotezero_qgis.connection.background import Background
from remotezero_qgis.connection.client import EngineClient
from remotezero_qgis.connection.transport import Reply
from remotezero_qgis.find import verdicts as verdicts_room
from remotezero_qgis.find.review import Review
from remotezero_qgis.find.searched import Searched
from remotezero_qgis.find.task import ranked_from
from remotezero_qgis.layers import result_layers as result_layers_room
from remotezero_qgis.layers.detections import ACCEPTED, REJECTED, Ruler, from_values
from remotezero_qgis.layers.marks import AreaMark, MapView
from remotezero_qgis.layers.result_layers import Origin, ProvisionalLayer, add_result_layer
from remotezero_qgis.layers.result_rows import KEPT_ROWS, ResultRows
from remotezero_qgis.layers.results_file import write_table
from remotezero_qgis.panel.results_box import ResultsBox
from remotezero_qgis.panel.results_model import LABEL, PAGE, REASONING, SCORE, SIZE

UTM = QgsCoordinateReferenceSystem("EPSG:32633")
ROWS = int(os.environ.get("ROWS", "5000"))
BATCH = 100


class NoEngine(Background):
    """Worker threads without an engine to ask."""

    def ask(self, *_arguments, **_options):
        """Nobody is there."""


def box_at(number):
    x, y = 400000 + (number % 400) * 12, 5800000 + (number // 400) * 12
    values = {
        "id": f"w{number // 40}-{number % 40}",
        "score": ((number * 7919) % 10007) / 10007,
        "label": ("storage tank", "ship", "roof")[number % 3],
        "query": "tanks" if number % 2 else "ships",
        "reasoning": f"A round white roof with a shadow to the north-west, number {number}.",
        "model": "mini",
        "source": "/a.tif",
        "width_m": 5.0 + number % 7,
        "height_m": 4.0 + number % 5,
    }
    return from_values(values, QgsGeometry.fromRect(QgsRectangle(x, y, x + 8, y + 7)))


@pytest.fixture(scope="module")
def found(qgis_app):
    return [box_at(number) for number in range(ROWS)]


@pytest.fixture
def large(project, iface, found, tmp_path):
    """A box and its review over a written run of ``ROWS`` boxes, shown in a window with a map."""
    iface.canvas.setDestinationCrs(UTM)
    iface.canvas.setExtent(QgsRectangle(400000, 5800000, 405000, 5803000))
    background = NoEngine()
    made = Large(iface, background, found, tmp_path / "p.gpkg")
    yield made
    made.review.close()
    background.close()
    made.box.deleteLater()


class Large:
    def __init__(self, iface, background, found, path):
        from qgis.PyQt.QtWidgets import QDockWidget

        self.box = ResultsBox()
        dock = QDockWidget(iface.window)
        dock.setWidget(self.box)
        iface.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self.canvas = iface.canvas
        self.background = background
        self.review = Review(
            self.box, MapView(iface.canvas), AreaMark(iface.canvas), background, iface.window
        )
        self.box.start_at(0.0)
        self.found, self.path, self.layer = found, path, None

    def write(self):
        """Write the table as a run's worker does, and return its rows."""
        ranked = ranked_from(self.found, {})
        write_table(self.path, "t", ranked, UTM, QgsProject.instance().transformContext())
        return ResultRows.written(ranked, self.path, "t")

    def show(self, rows):
        """Show them as the end of a run does."""
        self.layer, _ = add_result_layer(self.path, "t", Origin("", "tanks", "", "harbour"))
        self.review.show_run(self.layer, "", rows, UTM)


def pump(until=lambda: True, at_least_s=0.0):
    """Run the event loop until a condition holds, and for a while."""
    start = time.monotonic()
    while not until() or time.monotonic() < start + at_least_s:
        assert time.monotonic() < start + 300
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        time.sleep(0.001)


@pytest.fixture
def measured():
    """Do something and run the event loop; at the end a table says how long the main thread stood still."""
    figures = {}

    def measure(what, do, until=lambda: True, at_least_s=0.3):
        pump(at_least_s=0.05)
        meter = GapMeter()
        start = time.perf_counter()
        do()
        pump(until, at_least_s)
        meter.stop()
        took = time.perf_counter() - start
        before = figures.get(what, (0.0, 0.0, 0.0))
        figures[what] = tuple(map(max, before, (meter.own_ms, meter.wall_ms, took)))
        return meter

    yield measure
    print(
        f"\n{ROWS} boxes: the main thread at once, in ms of its own work and by the clock, and seconds in all"
    )
    for what, (own_ms, wall_ms, took) in figures.items():
        print(f"{what:<36}{own_ms:6.0f}{wall_ms:8.0f}{took:8.1f}")


def test_a_run_of_many_boxes_never_fills_the_window_with_waiting(large, measured):
    """Filling while it runs, the end, sorting, filtering, choosing, judging and loading, one after the other."""
    box, review = large.box, large.review
    review.follow("", UTM, Searched())
    layer = ProvisionalLayer(Origin("", "tanks", "", "harbour"), UTM)
    for first in [*range(0, ROWS, ROWS // 5)]:
        for start in range(first, first + ROWS // 5 - BATCH * 5, BATCH):
            layer.add(large.found[start : start + BATCH])
            review.add(large.found[start : start + BATCH])
        for start in range(first + ROWS // 5 - BATCH * 5, first + ROWS // 5, BATCH):
            part = large.found[start : start + BATCH]
            measured("a batch comes", lambda part=part: (layer.add(part), review.add(part)), at_least_s=0.2)
    assert box.model.rowCount() == ROWS
    scores = [box.model.rows.scores[place] for place in box.model.order]
    assert scores == sorted(scores, reverse=True)
    got = []
    measured("the table is written", lambda: large.background.call(large.write, got.append), lambda: got)
    measured("the running layer goes", layer.remove)
    measured("the end of the run", lambda: large.show(got[0]))
    order, table = Qt.SortOrder, box.table
    for column in (LABEL, SIZE, SCORE):
        measured(f"sorted by column {column}", lambda c=column: table.sortByColumn(c, order.DescendingOrder))
    for value in (30, 90, 0):
        measured(f"slider to {value} %", lambda v=value: box.slider.setValue(v))
    measured("one question", lambda: box.filter.query.setCurrentIndex(1))
    measured("open ones", lambda: box.filter.verdict.setCurrentIndex(1))
    measured(
        "all again", lambda: (box.filter.query.setCurrentIndex(0), box.filter.verdict.setCurrentIndex(0))
    )
    measured("a row is chosen", lambda: table.selectRow(5))
    measured("next unsure", box.go_to_unsure)
    measured("a verdict", lambda: box.commands.judged.emit(ACCEPTED))
    measured("the end of the table", table.scrollToBottom)
    measured("all rows chosen", table.selectAll)
    measured("one chosen on the map", lambda: large.layer.selectByIds([ROWS // 2]))
    measured("all chosen on the map", large.layer.selectAll)
    alone = QgsVectorLayer(large.layer.source(), "alone", "ogr")
    measured("… the same by QGIS without the panel", alone.selectAll)
    measured("none chosen", large.layer.removeSelection)
    verdicts = review.verdicts
    measured("all rejected", lambda: box.commands.all_judged.emit(REJECTED), lambda: not verdicts.writing)
    measured("undone", box.undo_wanted.emit, lambda: not verdicts.writing)
    shown = []
    review.shown.connect(lambda: shown.append(1))
    measured("the layer is loaded", lambda: review.show_layer(large.layer), lambda: shown)
    assert box.model.counts.accepted == 1
    table.selectAll()
    QCoreApplication.processEvents()
    from qgis.PyQt.QtWidgets import QApplication

    copied = []
    QApplication.clipboard().dataChanged.connect(lambda: copied.append(1))
    measured("all copied", box.commands.copy_wanted.emit, lambda: copied)
    assert QApplication.clipboard().text().count("\n") == ROWS + 1


def test_the_engines_answer_is_read_in_small_steps(found, measured):
    features = [
        {"type": "Feature", "id": box.id, "geometry": json.loads(box.geometry.asJson()),
         "properties": {"id": box.id, "score": box.score, "label": box.label, "reasoning": box.reasoning * 4}}
        for box in found
    ]  # fmt: skip
    body = json.dumps(
        {"type": "FeatureCollection", "crs_wkt": 'A["b"]', "features": features, "provisional": False}
    )

    class Canned:
        endpoint = None

        def send(self, *_):
            return Reply(200, body.encode())

    def read():
        ruler = Ruler(UTM, QgsProject.instance().transformContext(), "EPSG:7030")
        answer = EngineClient(Canned()).features("j")
        from remotezero_qgis.layers.detections import from_geojson

        return answer, ranked_from([from_geojson(item, ruler) for item in answer["features"]], {})

    background, got = Background(), []
    measured(f"an answer of {len(body) / 1e6:.0f} MB", lambda: background.call(read, got.append), lambda: got)
    background.close()
    answer, ranked = got[0]
    assert answer == json.loads(body)
    assert [item.rank for item in ranked] == list(range(1, ROWS + 1))


def test_only_rows_that_are_looked_at_are_read(large):
    large.show(large.write())
    rows, table = large.box.model.rows, large.box.table
    pump(at_least_s=0.2)
    assert 0 < rows.rows_read <= 2 * PAGE
    for value in (30, 0):
        large.box.slider.setValue(value)
        table.sortByColumn(LABEL, Qt.SortOrder.AscendingOrder)
        pump(at_least_s=0.1)
    before = rows.rows_read
    assert before <= 10 * PAGE
    for row in range(0, ROWS, PAGE):
        large.box.model.index(row, REASONING).data()
    assert len(rows._kept) <= KEPT_ROWS


def test_a_batch_is_told_once_and_what_is_chosen_stays(large):
    box = large.box
    large.review.follow("", UTM, Searched())
    large.review.add(large.found[:BATCH])
    box.table.selectRow(3)
    chosen, told = box.current.id, []
    for signal in (box.model.rowsInserted, box.model.layoutChanged, box.model.modelReset):
        signal.connect(lambda *_: told.append(1))
    large.review.add(large.found[BATCH : 3 * BATCH])
    assert len(told) == 2
    assert box.current.id == chosen
    large.review.add(large.found[:BATCH])
    assert box.model.rowCount() == 3 * BATCH


def test_many_verdicts_are_written_a_part_at_a_time(large, monkeypatch):
    sizes, write = [], verdicts_room.set_values
    monkeypatch.setattr(
        verdicts_room, "set_values", lambda layer, values: sizes.append(len(values)) or write(layer, values)
    )
    large.show(large.write())
    large.box.commands.all_judged.emit(ACCEPTED)
    assert large.box.model.counts.accepted == ROWS
    large.box.table.selectRow(0)
    large.box.commands.judged.emit(REJECTED)
    assert sizes == [verdicts_room.PART]
    pump(lambda: not large.review.verdicts.writing)
    assert max(sizes) == verdicts_room.PART
    assert sum(sizes) == ROWS + 1
    written = [row["verdict"] for row in large.layer.getFeatures()]
    assert (written.count(ACCEPTED), written.count(REJECTED)) == (ROWS - 1, 1)
    for _ in range(2):
        large.box.commands.undo.trigger()
    pump(lambda: not large.review.verdicts.writing)
    assert {row["verdict"] for row in large.layer.getFeatures()} == {""}


def test_very_many_verdicts_are_shown_a_piece_at_a_time_and_are_one_step(large, monkeypatch):
    monkeypatch.setattr(verdicts_room, "SHOWN", 1000)
    large.show(large.write())
    box, pieces, told = large.box, [], []
    judge = box.model.judge
    monkeypatch.setattr(
        box.model, "judge", lambda places, codes: pieces.append(len(places)) or judge(places, codes)
    )
    told_of = box.set_unwritten
    monkeypatch.setattr(box, "set_unwritten", lambda left: told.append(left) or told_of(left))
    box.commands.all_judged.emit(REJECTED)
    assert pieces == [1000]
    QCoreApplication.processEvents()
    pump(lambda: not large.review.verdicts.writing)
    assert max(pieces) == 1000
    assert sum(pieces) == box.model.counts.rejected == ROWS
    assert told == sorted(told, reverse=True)
    assert told[0] > told[-1] == 0
    assert box._unwritten.isHidden()
    # Who judges on before all are shown judges what they will be.
    box.commands.all_judged.emit(ACCEPTED)
    box.table.selectRow(0)
    box.commands.judged.emit(REJECTED)
    box.commands.undo.trigger()
    box.commands.undo.trigger()
    pump(lambda: not large.review.verdicts.writing)
    assert box.model.counts.rejected == ROWS
    box.commands.undo.trigger()
    pump(lambda: not large.review.verdicts.writing)
    assert {row["verdict"] for row in large.layer.getFeatures()} == {""}


def test_the_layer_of_a_run_that_ended_goes_a_piece_at_a_time(project, found, monkeypatch):
    monkeypatch.setattr(result_layers_room, "EMPTIED", 1000)
    made = ProvisionalLayer(Origin("", "tanks", "", "harbour"), UTM)
    made.add(found)
    provider, left = made.layer.dataProvider(), [ROWS]
    go_on = result_layers_room._Emptying._go_on

    def one_piece(emptying):
        gone = provider.featureCount() <= 1000
        go_on(emptying)
        left.append(0 if gone else provider.featureCount())

    monkeypatch.setattr(result_layers_room._Emptying, "_go_on", one_piece)
    assert made.remove()
    assert not made.remove()
    assert not project.mapLayers()
    pump(lambda: left[-1] == 0)
    assert {before - after for before, after in pairwise(left)} == {1000}


def test_many_verdicts_in_a_layer_that_is_edited_are_edits_a_part_at_a_time(large, monkeypatch):
    sizes, write = [], verdicts_room.set_values
    monkeypatch.setattr(
        verdicts_room, "set_values", lambda layer, values: sizes.append(len(values)) or write(layer, values)
    )
    large.show(large.write())
    large.layer.startEditing()
    large.box.slider.setValue(90)
    shown = large.box.model.rowCount()
    large.box.commands.all_judged.emit(ACCEPTED)
    pump(lambda: not large.review.verdicts.writing)
    assert max(sizes) == verdicts_room.PART
    assert sum(sizes) == shown
    assert large.box.model.counts.accepted == shown
    large.layer.rollBack()
    pump(lambda: large.box.model.counts.accepted == 0)
