"""The panel against the real engine over HTTP, with a scripted model that finds bright rectangles."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, engine_pid
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsRasterBlock,
    QgsRasterFileWriter,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtWidgets import QAction, QFileDialog

from remotezero_qgis import workbench
from remotezero_qgis.connection.process import Launch, ensure_engine
from remotezero_qgis.connection.wire import NO_ADAPTER, AdapterChoice
from remotezero_qgis.errors import EngineRefusedError
from remotezero_qgis.find.many_planning import ManyRasters
from remotezero_qgis.find.rasters import in_folder
from remotezero_qgis.layers.detections import ACCEPTED, REJECTED
from remotezero_qgis.layers.result_layers import result_layers

PYTHON = ROOT / ".venv" / "bin" / "python"
SIDE, PIXEL_M = 1024, 0.5
WEST, SOUTH = 400000, 5800000
# Left, top, width and height in pixels, far enough apart that no two boxes are one.
ROOFS = ((100, 120, 60, 40), (700, 90, 50, 50), (420, 500, 80, 60), (130, 800, 40, 70), (860, 880, 64, 48))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PYTHON.exists(), reason="the engine's environment .venv is not set up here"),
]


@pytest.fixture
def roofs(project, tmp_path) -> QgsRasterLayer:
    """A dark raster with five bright roofs."""
    pixels = bytearray(b"\x3c" * SIDE * SIDE)
    for left, top, width, height in ROOFS:
        for row in range(top, top + height):
            pixels[row * SIDE + left : row * SIDE + left + width] = b"\xf0" * width
    path = tmp_path / "roofs ü.tif"
    writer = QgsRasterFileWriter(str(path))
    writer.setOutputFormat("GTiff")
    extent = QgsRectangle(WEST, SOUTH, WEST + SIDE * PIXEL_M, SOUTH + SIDE * PIXEL_M)
    crs = QgsCoordinateReferenceSystem("EPSG:32633")
    provider = writer.createMultiBandRaster(Qgis.DataType.Byte, SIDE, SIDE, extent, crs, 3)
    for band in (1, 2, 3):
        block = QgsRasterBlock(Qgis.DataType.Byte, SIDE, SIDE)
        block.setData(bytes(pixels))
        provider.writeBlock(block, band, 0, 0)
    provider.setEditable(False)
    layer = QgsRasterLayer(str(path), "roofs")
    project.addMapLayer(layer)
    return layer


@pytest.fixture
def real_panel(iface, roofs, home, monkeypatch):
    def make(seconds: float):
        engine = Launch(
            home,
            str(PYTHON),
            ("-m", "tests.engine.scripted"),
            folder=ROOT,
            environment={"SCRIPTED_SECONDS": str(seconds), "OMP_NUM_THREADS": "1"},
        )
        monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: engine)
        panels.append(workbench.Panel(iface, QAction(iface.mainWindow())))
        iface.mapCanvas().setDestinationCrs(roofs.crs())
        iface.mapCanvas().setExtent(roofs.extent())
        iface.setActiveLayer(roofs)
        panels[0].dock.show()
        panels[0].dock.scope.set_place("layer")
        panels[0].dock.scope.set_zoom("detail", 0.5)
        panels[0].dock.scope.choose_model("", NO_ADAPTER)
        panels[0].dock.results.slider.setValue(0)
        panels[0].dock.question.setEditText("bright roofs")
        return panels[0]

    panels = []
    yield make
    for panel in panels:
        panel.close()


def roofs_found() -> list[tuple[int, ...]]:
    """Return the boxes of the one result layer in pixels of the raster, rounded."""
    (layer,) = result_layers()
    found = []
    for feature in layer.getFeatures():
        box = feature.geometry().boundingBox()
        top = (SOUTH + SIDE * PIXEL_M - box.yMaximum()) / PIXEL_M
        left = (box.xMinimum() - WEST) / PIXEL_M
        found.append(tuple(round(n) for n in (left, top, box.width() / PIXEL_M, box.height() / PIXEL_M)))
    return sorted(found)


def matches(found: list[tuple[int, ...]]) -> bool:
    """Say whether every roof was found once, to within three pixels."""
    wanted = sorted(ROOFS)
    if len(found) != len(wanted):
        return False
    return all(abs(a - b) <= 3 for box, roof in zip(found, wanted) for a, b in zip(box, roof))  # noqa: B905


def test_boxes_land_where_the_roofs_are(real_panel, wait):
    panel = real_panel(0.0)
    panel.find.run()
    wait(lambda: not panel.runs.running, "the run", timeout_s=200)
    assert panel.dock.banner.text == ""
    assert matches(roofs_found()), roofs_found()
    (layer,) = result_layers()
    assert layer.crs().authid() == "EPSG:32633"
    rows = panel.dock.results.model.detections
    assert {row.label for row in rows} == {"roof"}
    assert all(0 < row.score <= 1 for row in rows)
    panel.dock.results.table.selectRow(0)
    card = panel.dock.results.card
    wait(
        lambda: card._crop.pixmap() is not None and not card._crop.pixmap().isNull(), "the verifier's picture"
    )


def test_killing_the_real_engine_loses_nothing(real_panel, wait, home):
    told = []
    panel = real_panel(0.4)
    panel.runs.interrupted.connect(told.append)
    panel.find.run()
    wait(lambda: panel.dock.results.model.rowCount() >= 2, "two boxes", timeout_s=200)
    assert panel.runs.running
    os.kill(engine_pid(home), signal.SIGKILL)
    wait(lambda: not panel.runs.running, "the run", timeout_s=300)
    assert len(told) == 1
    assert matches(roofs_found()), roofs_found()


def test_cancelling_the_real_engine_keeps_what_was_found(real_panel, wait):
    panel = real_panel(0.5)
    panel.find.run()
    wait(lambda: panel.dock.results.model.rowCount() >= 1, "the first box", timeout_s=200)
    panel.dock.strip.cancel_wanted.emit()
    wait(lambda: not panel.runs.running, "the end", timeout_s=60)
    assert "Cancelled" in panel.dock.banner.text
    assert len(roofs_found()) >= 1


def test_a_damaged_raster_is_reported_in_the_engines_words(real_panel, wait, tmp_path, roofs):
    panel = real_panel(0.0)
    path = Path(roofs.source())
    path.write_bytes(b"this is no raster")
    panel.find.run()
    wait(lambda: not panel.runs.running, "the failure", timeout_s=200)
    assert panel.dock.banner.text
    assert result_layers() == []


PUBLISH = """
import sys
from pathlib import Path
from engine.catalogue.adapters import ADAPTER_FILES, Manifest, open_registry
from engine.catalogue.models import find_model
registry, made = open_registry(find_model("mini")), Path(sys.argv[1])
made.mkdir()
for name in ADAPTER_FILES:
    (made / name).write_bytes(b"{}")
for number, name in enumerate(("winter", "spring"), 1):
    figures = {"gain": 0.02 * number}
    registry.publish(made, Manifest(name, "mini", registry.base_sha256, None, number, "1", "", number, figures))
"""


def test_adapters_go_out_come_back_and_are_deleted_in_the_real_engine(home, tmp_path):
    environment = {**os.environ, "REMOTEZERO_HOME": str(home)}
    made = [str(PYTHON), "-c", PUBLISH, str(tmp_path / "made")]
    subprocess.run(made, cwd=str(ROOT), env=environment, check=True)
    client = ensure_engine(
        Launch(home, str(PYTHON), ("-m", "tests.engine.scripted"), folder=ROOT), lambda: False
    )
    file = str(tmp_path / "winter ü.zip")
    assert client.export_adapter("mini", "winter", file, False) == file
    with pytest.raises(EngineRefusedError, match="exists already"):
        client.export_adapter("mini", "winter", file, False)
    used = client.choose_adapter("mini", AdapterChoice("winter"))
    assert used.in_use == AdapterChoice("winter")
    with pytest.raises(EngineRefusedError, match="in use"):
        client.delete_adapter("mini", "winter")
    assert client.choose_adapter("mini", NO_ADAPTER).in_use == NO_ADAPTER
    assert [adapter.name for adapter in client.delete_adapter("mini", "winter").adapters] == ["spring"]
    back = client.import_adapter("mini", file)
    assert [(adapter.name, adapter.gain) for adapter in back.adapters] == [("winter", 0.02), ("spring", 0.04)]


def test_accepted_boxes_leave_as_a_training_set(real_panel, wait, tmp_path, monkeypatch):
    panel = real_panel(0.0)
    assert not panel.dock.export.isEnabled()
    panel.find.run()
    wait(lambda: bool(result_layers()) and not panel.runs.running, 60)
    (layer,) = result_layers()
    wait(lambda: panel.dock.results.model.rowCount() == len(ROOFS))
    places = list(panel.dock.results.model.order[:3])
    names = [panel.dock.results.model.detection(row).id for row in range(3)]
    for place, verdict in zip(places, (ACCEPTED, REJECTED, ACCEPTED)):  # noqa: B905
        panel.dock.results.judged.emit([place], verdict)
    asked = []

    def answer(_parent, title, _proposed, filters):
        asked.append(title)
        chosen = next(name for name in filters.split(";;") if name.startswith("COCO"))
        return str(tmp_path / "set"), chosen

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    panel.dock.export.trigger()
    assert panel.exports.task is not None
    wait(lambda: panel.exports.task is None, 60)
    assert "bright roofs" in asked[0]
    assert "2 boxes are in" in panel.dock.banner.text, panel.dock.banner.text
    assert "1 rejected, 2 without a verdict" in panel.dock.banner.text
    document = json.loads((tmp_path / "set" / "annotations.json").read_text(encoding="utf-8"))
    assert {item["box_id"] for item in document["annotations"]} == {names[0], names[2]}
    assert all(
        (tmp_path / "set" / "images" / item["file_name"]).stat().st_size for item in document["images"]
    )
    told = json.loads((tmp_path / "set.provenance.json").read_text(encoding="utf-8"))
    assert told["source"]["vector"]["path"].endswith(".gpkg")
    # The folder is there now, and is not replaced.
    panel.dock.export.trigger()
    wait(lambda: panel.exports.task is None, 60)
    assert "exists already" in panel.dock.banner.text
    layer.startEditing()
    layer.deleteFeature(next(layer.getFeatures()).id())
    panel.dock.export.trigger()
    assert panel.exports.task is None
    assert "Save them first" in panel.dock.banner.text
    layer.rollBack()


def test_two_questions_over_a_folder_leave_as_one_training_set(
    real_panel, roofs, wait, tmp_path, monkeypatch
):
    """Several questions, many rasters, one that can't be read, review and export: with the real engine."""
    panel = real_panel(0.0)
    folder = tmp_path / "tiles ü"
    folder.mkdir()
    for name in ("east.tif", "west.tif"):
        shutil.copy(roofs.source(), folder / name)
    (folder / "broken.tif").write_bytes(b"this is no raster")
    dock = panel.dock
    for question in ("bright roofs", "white halls"):
        dock.question.setEditText(question)
        dock.more_questions.click()
    panel.find.many.choose(ManyRasters("tiles", tuple(in_folder(folder))))
    panel.find.run()
    wait(lambda: not panel.runs.running, "the run", timeout_s=300)
    (layer,) = result_layers()
    assert layer.crs().authid() == "EPSG:32633"
    found = {(Path(row["source"]).name, row["query"]) for row in layer.getFeatures()}
    assert found == {
        (name, one) for name in ("east.tif", "west.tif") for one in ("bright roofs", "white halls")
    }
    assert layer.featureCount() == 4 * len(ROOFS)
    assert "1 could not be searched" in dock.banner.text
    jobs = ensure_engine(panel.launch(), lambda: False).jobs()
    panel.find.run()
    wait(lambda: not panel.runs.running, "the same run again", timeout_s=300)
    after = ensure_engine(panel.launch(), lambda: False).jobs()
    assert len([job for job in after if job.state == "done"]) == len(
        [job for job in jobs if job.state == "done"]
    )
    dock.results.table.selectRow(0)
    card = dock.results.card
    wait(lambda: card._crop.pixmap() is not None and not card._crop.pixmap().isNull(), "the picture")
    dock.results.filter.query.setCurrentIndex(dock.results.filter.query.findData("white halls"))
    dock.results.commands.all_judged.emit(REJECTED)
    dock.results.filter.query.setCurrentIndex(dock.results.filter.query.findData("bright roofs"))
    dock.results.commands.all_judged.emit(ACCEPTED)
    wait(lambda: not panel.review.verdicts.writing, "the verdicts")
    target = (str(tmp_path / "set"), "YOLO with pictures (a folder) (*)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: target)
    dock.export.trigger()
    wait(lambda: panel.exports.task is None, "the export")
    assert '"bright roofs"' in (tmp_path / "set" / "data.yaml").read_text(encoding="utf-8")
    labels = [path.read_text() for path in (tmp_path / "set" / "labels").glob("*.txt")]
    assert sum(text.count("\n") for text in labels) >= 2 * len(ROOFS)
    stems = {path.name.split("_")[0] for path in (tmp_path / "set" / "images").iterdir()}
    assert stems == {"east", "west"}
