"""The Self-improve tab against the real engine and the real trainer, over the sample raster."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from osgeo import gdal
from qgis.core import QgsRasterLayer
from qgis.PyQt.QtWidgets import QAction

from remotezero_qgis import workbench
from remotezero_qgis.connection.process import Launch, find_engine
from remotezero_qgis.improve import controller, run_files

PYTHON = ROOT / ".venv" / "bin" / "python"
SAMPLE = ROOT / "resources" / "sample" / "harbour.tif"
MODEL = ROOT / "resources" / "models" / "mini" / "model.safetensors"
WAIT_S = 1800.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PYTHON.exists(), reason="the engine's environment .venv is not set up here"),
    pytest.mark.skipif(not MODEL.exists(), reason="the default model has not been trained here"),
]


@pytest.fixture
def tab(project, iface, home, tmp_path, monkeypatch):
    """The tab over the sample raster under a name of its own, to learn for two steps a round."""
    path = tmp_path / "harbour ü.tif"
    gdal.Translate(str(path), str(SAMPLE))
    layer = QgsRasterLayer(str(path), "harbour")
    project.addMapLayer(layer)
    engine = Launch(home, str(PYTHON), folder=ROOT, environment={"HF_HUB_OFFLINE": "1"})
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: engine)
    plan_improve = controller.plan_improve

    def short(*given):
        plan = plan_improve(*given)
        return replace(plan, request={**plan.request, "steps": 2})

    monkeypatch.setattr(controller, "plan_improve", short)
    iface.mapCanvas().setDestinationCrs(layer.crs())
    iface.setActiveLayer(layer)
    panel = workbench.Panel(iface, QAction(iface.mainWindow()))
    panel.dock.show()
    panel.dock.tabs.setCurrentWidget(panel.dock.improve)
    panel.dock.improve.form.set_limits(60, 1)
    panel.dock.improve.form.set_queries(("all ships", "the largest ship", "the building"))
    yield panel.dock.improve, panel
    panel.close()


def test_a_plan_is_made_and_leaves_nothing_behind(tab, wait, home):
    page, panel = tab
    page.strip.run_wanted.emit()
    wait(lambda: not panel.improve.running, "the plan", timeout_s=WAIT_S)
    assert page.banner.text == ""
    assert "separate places with" in page.form.plan.sentences[0]
    assert page.form.plan.sentences[-1] == "Starts from the model as it came."
    assert find_engine(panel.launch(), timeout_s=30.0).jobs() == []
    assert list((home / "jobs").glob("*")) == []


def test_a_round_is_run_judged_and_reported(tab, wait, monkeypatch):
    page, panel = tab
    opened = []
    monkeypatch.setattr(run_files, "open_file", opened.append)
    for _ in range(2):
        page.strip.run_wanted.emit()
        wait(lambda: not panel.improve.running, page.strip.words, timeout_s=WAIT_S)
        assert page.banner.text == ""
    (verdict,) = page.view.verdicts
    (done,) = panel.improve.record.rounds
    assert verdict.startswith("Round 1: kept." if done.kept else "Round 1: not kept.")
    assert page.view.title.startswith("Finished: ")
    assert panel.improve.record.reward
    assert len(page.view.rounds.series) == 4
    wait(lambda: page.view.places.pairs and all(pair.complete for pair in page.view.places.pairs), "pictures")
    page.view.report.click()
    wait(lambda: opened, "the report")
    assert "Round 1" in opened[0].read_text(encoding="utf-8")
    current = find_engine(panel.launch(), timeout_s=30.0).models()[0].current
    assert (current is not None) == done.kept


def test_what_the_trainer_refuses_is_told_in_its_own_words(tab, wait):
    page, panel = tab
    (layer,) = page.form.rasters
    Path(layer.source()).write_bytes(b"this is no raster")
    page.strip.run_wanted.emit()
    wait(lambda: not panel.improve.running, "the plan", timeout_s=WAIT_S)
    assert "harbour ü.tif" in page.banner.text
    assert page.strip._run.text() == "Show the plan"
