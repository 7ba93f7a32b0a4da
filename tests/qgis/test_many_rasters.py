"""Many rasters in one run: chosen in each way, asked one after the other, gone on with, each with its reason."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from conftest import engine_pid, make_raster
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtWidgets import QFileDialog, QInputDialog

from remotezero_qgis.connection.process import find_engine
from remotezero_qgis.find.many_planning import ManyRasters
from remotezero_qgis.find.rasters import AssetError, RastersError, in_folder, of_items
from remotezero_qgis.layers.result_layers import RASTERS, result_layers
from remotezero_qgis.layers.results_file import table_of


@pytest.fixture
def folder(tmp_path):
    """A folder with three rasters, one of them in a folder of its own, and other files."""
    place = tmp_path / "tiles ü"
    (place / "north").mkdir(parents=True)
    for name in ("b.tif", "a.tif", "north/c.tif"):
        make_raster(place / name)
        (place / f"{name}.wkt").write_text(QgsCoordinateReferenceSystem("EPSG:32633").toWkt())
    (place / "notes.txt").write_text("no raster")
    (place / "a.tif.aux.xml").write_text("<PAMDataset/>")
    return place


@pytest.fixture
def run(panel, wait):
    """Asks a question over many rasters and waits for the end."""

    def start(rasters, question="tanks", to_end=True):
        panel.find.many.choose(rasters)
        panel.dock.question.setEditText(question)
        panel.dock.strip.run_wanted.emit()
        if to_end:
            wait(lambda: not panel.runs.running, "the run")

    return start


def chosen(folder):
    return ManyRasters(folder.name, tuple(in_folder(folder)))


def jobs_of(panel):
    engine = find_engine(panel.launch(), timeout_s=30.0)
    return [job for job in engine.jobs() if job.kind == "locate"] if engine is not None else []


def table_of_rasters():
    (layer,) = [one for one in QgsProject.instance().mapLayers().values() if one.customProperty(RASTERS)]
    return {row["raster"]: row for row in layer.getFeatures()}


# Which rasters


def test_a_folder_gives_its_rasters_in_order(folder):
    names = [os.path.relpath(path, folder) for path in in_folder(folder)]
    assert names == ["a.tif", "b.tif", os.path.join("north", "c.tif")]
    assert len(in_folder(folder, below=False)) == 2


def test_a_mosaic_is_left_out_beside_its_tiles_and_taken_alone(folder, tmp_path):
    (folder / "all.vrt").write_text("<VRTDataset/>")
    assert len(in_folder(folder)) == 3
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "all.vrt").write_text("<VRTDataset/>")
    assert [Path(path).name for path in in_folder(alone)] == ["all.vrt"]


@pytest.mark.parametrize("name", ["empty", "nowhere"])
def test_a_folder_without_rasters_is_told(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(RastersError, match="Choose"):
        in_folder(tmp_path / name)


def items(path, *assets):
    features = [{"type": "Feature", "id": str(n), "assets": one} for n, one in enumerate(assets)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


TIFF = "image/tiff; application=geotiff"


def test_items_give_their_pictures_wherever_they_are(tmp_path):
    found = of_items(
        items(
            tmp_path / "items.json",
            {
                "data": {"href": "./a/one.tif", "type": TIFF},
                "thumbnail": {"href": "t.png", "roles": ["thumbnail"]},
            },
            {"image": {"href": (tmp_path / "two.tif").as_uri()}, "metadata": {"href": "m.xml"}},
            {"visual": {"href": "https://host/3.tif", "type": TIFF}, "B04": {"href": "4.tif", "type": TIFF}},
        )
    )
    assert found == [str(tmp_path / "a" / "one.tif"), str(tmp_path / "two.tif"), "https://host/3.tif"]


def test_items_with_several_pictures_ask_which(tmp_path):
    several = {name: {"href": f"{name}.tif", "type": TIFF} for name in ("B02", "B03")}
    path = items(tmp_path / "items.json", several, several)
    with pytest.raises(AssetError) as told:
        of_items(path)
    assert told.value.names == ["B02", "B03"]
    assert of_items(path, "B03") == [str(tmp_path / "B03.tif")]
    with pytest.raises(RastersError, match="B09"):
        of_items(path, "B09")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"type": "FeatureCollection"}', '{"type": "FeatureCollection", "features": [1]}',
     '{"type": "Feature", "properties": {}}', '{"type": "Feature", "assets": {"a": {"href": 7}, "b": 3}}', "[" * 9000],
)  # fmt: skip
def test_what_is_no_item_collection_is_told_in_a_sentence(tmp_path, text):
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(RastersError, match=r"other\.json"):
        of_items(path)


# The run


def test_a_folder_is_one_run_with_a_table_that_names_the_raster(panel, folder, wait, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    panel.dock.scope.many_button.folder.trigger()
    wait(lambda: panel.find.many.rasters, "the list")
    assert not panel.dock.scope.many.isHidden()
    panel.dock.question.setEditText("tanks")
    panel.dock.strip.run_wanted.emit()
    wait(lambda: "raster 2 of 3" in panel.dock.strip.words, "the second raster")
    assert panel.dock.searched.text().startswith("3 raster")
    wait(lambda: not panel.runs.running, "the run")
    (layer,) = result_layers()
    assert {Path(row["source"]).name for row in layer.getFeatures()} == {"a.tif", "b.tif", "c.tif"}
    assert layer.featureCount() == panel.dock.results.model.rowCount() == 36
    assert sorted(row["rank"] for row in layer.getFeatures()) == list(range(1, 37))
    assert layer.crs().authid() == "EPSG:32633"
    assert {name: (row["state"], row["boxes"]) for name, row in table_of_rasters().items()} == dict.fromkeys(
        ("a.tif", "b.tif", "c.tif"), ("done", 12)
    )
    assert "3 of 3 raster" in panel.dock.banner.text
    assert "Searched: 3 of 3 raster" in panel.dock.searched.text()
    source = panel.dock.results.filter.source
    assert not source.isHidden()
    source.setCurrentIndex(2)
    assert panel.dock.results.model.rowCount() == 12
    panel.dock.scope.many.dropped.emit()
    assert panel.dock.scope.many.isHidden()


def test_a_raster_that_can_not_be_read_is_a_row_with_its_reason(panel, run, folder):
    (folder / "b.tif").write_text("unreadable")
    run(chosen(folder))
    rows = table_of_rasters()
    assert rows["b.tif"]["state"] == "failed"
    assert "can't be read" in rows["b.tif"]["reason"]
    assert [rows[name]["state"] for name in ("a.tif", "c.tif")] == ["done", "done"]
    assert result_layers()[0].featureCount() == 24
    assert "1 could not be searched: " in panel.dock.banner.text
    assert "b.tif can't be read" in panel.dock.banner.text
    assert "1 could not be searched" in panel.dock.searched.text()


def test_a_run_in_which_no_raster_can_be_read_failed(panel, run, tmp_path):
    (tmp_path / "x").mkdir()
    for name in ("a.tif", "b.tif"):
        (tmp_path / "x" / name).write_text("unreadable")
    run(chosen(tmp_path / "x"))
    assert result_layers() == []
    assert len(table_of_rasters()) == 2
    assert "0 of 2 raster" in panel.dock.banner.text


def test_a_raster_on_the_network_is_not_asked_for_without_leave(panel, run, folder):
    run(ManyRasters("items", (str(folder / "a.tif"), "https://host/3.tif")))
    assert "network" in table_of_rasters()["3.tif"]["reason"]
    assert [job.request["raster"] for job in jobs_of(panel)] == [str(folder / "a.tif")]


def test_cancelled_and_gone_on_with_nothing_is_asked_twice(panel, run, folder, wait):
    run(chosen(folder), "tanks stall-at-b", to_end=False)
    wait(lambda: len(jobs_of(panel)) == 2, "the second raster")
    wait(lambda: panel.dock.results.model.rowCount() == 12, "the boxes of the first raster")
    panel.dock.strip.stop()
    wait(lambda: not panel.runs.running, "the cancel", timeout_s=10)
    assert "Cancelled" in panel.dock.banner.text
    assert "1 left" in panel.dock.searched.text()
    (layer,) = result_layers()
    assert 12 <= layer.featureCount() < 24
    panel.dock.results.table.selectRow(0)
    panel.dock.results.card.judged.emit("accepted")
    judged = panel.dock.results.current.id
    (folder / "go-on").touch()
    panel.dock.banner._button.click()
    wait(lambda: not panel.runs.running, "the rest")
    assert len(jobs_of(panel)) == 3
    (layer,) = result_layers()
    assert layer.featureCount() == 36
    assert {row["id"]: row["verdict"] for row in layer.getFeatures()}[judged] == "accepted"
    assert "1 had been searched before" in panel.dock.banner.text
    assert len(table_of_rasters()) == 3


def test_an_engine_that_is_killed_does_not_end_the_run(panel, run, folder, wait, home):
    told = []
    panel.runs.interrupted.connect(told.append)
    run(chosen(folder), "tanks slow-at-b", to_end=False)
    wait(lambda: len(jobs_of(panel)) == 2, "the second raster")
    os.kill(engine_pid(home), signal.SIGKILL)
    wait(lambda: not panel.runs.running, "the run", timeout_s=60)
    assert len(told) == 1
    assert result_layers()[0].featureCount() == 36
    assert len(jobs_of(panel)) == 3


@pytest.mark.parametrize("word", ["dies-taking", "dies-telling", "dies-after"])
def test_an_engine_that_dies_at_the_edge_of_a_raster_is_told_and_nothing_is_asked_twice(
    panel, run, folder, word
):
    """Killed with the job taken and not yet said so, asked for what it found, and between two rasters."""
    told = []
    panel.runs.interrupted.connect(told.append)
    run(chosen(folder), f"tanks {word}")
    assert len(told) == 1, panel.dock.banner.text
    assert result_layers()[0].featureCount() == 36
    assert len(jobs_of(panel)) == 3


def test_a_qgis_that_is_gone_takes_the_run_up_where_it_was(panel, run, folder, wait):
    """What a crash of QGIS leaves is the engine's jobs and the note which is whose."""
    run(chosen(folder), "tanks slow-at-b", to_end=False)
    wait(lambda: len(jobs_of(panel)) == 2, "the second raster")
    panel.runs._task.ended.disconnect()
    panel.runs._task.detach()
    panel.runs._task = None
    panel.dock.strip.set_running(False)
    run(chosen(folder), "tanks slow-at-b")
    assert len(jobs_of(panel)) == 3
    assert result_layers()[0].featureCount() == 36


def test_the_same_run_again_takes_what_is_there_and_can_ask_anew(panel, run, folder, wait):
    run(chosen(folder))
    run(chosen(folder))
    assert len(jobs_of(panel)) == 3
    assert len(result_layers()) == 1
    make_raster(folder / "d.tif")
    make_raster(folder / "a.tif", width=120)
    run(chosen(folder))
    assert sorted(Path(job.request["raster"]).name for job in jobs_of(panel)[:2]) == ["a.tif", "d.tif"]
    assert len(jobs_of(panel)) == 5
    panel.dock.banner._button.click()
    wait(lambda: not panel.runs.running, "all again")
    assert len(jobs_of(panel)) == 9


def test_another_question_or_adapter_is_another_run(panel, run, folder):
    run(chosen(folder))
    run(chosen(folder), "ships")
    assert len(jobs_of(panel)) == 6
    find_engine(panel.launch(), timeout_s=30.0).choose_adapter(
        "mini", type(panel.dock.scope.adapter)("harbour-1")
    )
    run(chosen(folder), "ships")
    assert len(jobs_of(panel)) == 9


def test_a_group_is_searched_as_its_layers_are_shown(panel, run, raster, folder, wait):
    group = QgsProject.instance().layerTreeRoot().addGroup("tiles of May")
    for name in ("a.tif", "b.tif"):
        layer = QgsRasterLayer(str(folder / name), name)
        layer.renderer().setRedBand(3)
        QgsProject.instance().addMapLayer(layer, False)
        group.addLayer(layer)
    menu = panel.dock.scope.many_button.group
    menu.aboutToShow.emit()
    (action,) = menu.actions()
    action.trigger()
    assert len(panel.find.many.rasters) == 2
    run(panel.find.many.rasters)
    assert [job.request["bands"] for job in jobs_of(panel)] == [[3, 2, 3]] * 2
    assert result_layers()[0].featureCount() == 24


def test_boxes_of_rasters_in_different_crs_meet_in_that_of_the_project(panel, run, folder, monkeypatch):
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    make_raster(folder / "b.tif", crs=QgsCoordinateReferenceSystem("EPSG:32632"))
    (folder / "b.tif.wkt").write_text(QgsCoordinateReferenceSystem("EPSG:32632").toWkt())
    (folder / "north" / "c.tif").unlink()
    run(chosen(folder))
    (layer,) = result_layers()
    assert layer.crs().authid() == "EPSG:3857"
    lefts = {}
    for row in layer.getFeatures():
        lefts.setdefault(Path(row["source"]).name, []).append(row.geometry().boundingBox().xMinimum())
    assert min(lefts["a.tif"]) - min(lefts["b.tif"]) > 500_000
    assert all(row["width_m"] == pytest.approx(3.2, abs=0.1) for row in layer.getFeatures())


def test_boxes_are_written_beside_each_raster_when_wanted(panel, run, folder):
    panel.dock.scope.many.beside.setChecked(True)
    run(chosen(folder))
    for name in ("a", "b", "north/c"):
        path = folder / f"{name}_remotezero.gpkg"
        layer = QgsVectorLayer(str(path), "beside", "ogr")
        assert layer.featureCount() == 12
    run(chosen(folder))
    assert len(QgsVectorLayer(str(folder / "a_remotezero.gpkg"), "x", "ogr").dataProvider().subLayers()) == 1
    assert len(jobs_of(panel)) == 3


def test_a_box_of_many_rasters_shows_its_picture_and_is_verified_on_its_raster(panel, run, folder, wait):
    run(chosen(folder))
    box, (layer,) = panel.dock.results, result_layers()
    box.table.selectRow(0)
    card = box.card
    wait(lambda: card._crop.pixmap() is not None and not card._crop.pixmap().isNull(), "the crop")
    wanted = {}
    layer.startEditing()
    for row in layer.getFeatures('"rank" in (1, 2, 3, 4)'):
        shape = row.geometry().boundingBox()
        wider = QgsRectangle(shape.xMinimum(), shape.yMinimum(), shape.xMaximum() + 2, shape.yMaximum())
        layer.changeGeometry(row.id(), type(row.geometry()).fromRect(wider))
        wanted.setdefault(row["source"], 0)
    layer.commitChanges()
    wait(lambda: len(box.model.rows.edited) == 4, "the marks")
    asked = []
    monkey = panel.review.edited
    monkey.verifying.connect(lambda on: asked.append(on))
    box._verify.click()
    wait(lambda: not box.model.rows.edited and box._edited.isHidden(), "the verification")
    assert asked.count(True) == len(wanted)
    assert {row["edited"] for row in layer.getFeatures('"rank" in (1, 2, 3, 4)')} == {"verified"}


def test_several_questions_over_many_rasters_and_the_project_opened_again(panel, run, folder, wait, tmp_path):
    for question in ("ships", "tanks"):
        panel.dock.question.setEditText(question)
        panel.dock.more_questions.click()
    path = tmp_path / "p.qgz"
    assert QgsProject.instance().write(str(path))
    run(chosen(folder), "")
    assert result_layers()[0].featureCount() == 72
    assert table_of(result_layers()[0])[0].parent == tmp_path
    assert QgsProject.instance().write()
    QgsProject.instance().clear()
    assert QgsProject.instance().read(str(path))
    wait(lambda: panel.dock.results.model.total == 72, "the boxes")
    assert "3 of 3 raster" in panel.dock.searched.text()
    assert list(panel.dock.results.filter.classes.sliders) == ["ships", "tanks"]


def draw(panel, left, right):
    """Have a rectangle drawn between two metres from the left edge of a.tif, as the user draws it."""
    panel.find.rectangle.set_rectangle(
        QgsRectangle(400000 + left, 5800000, 400000 + right, 5800048),
        QgsCoordinateReferenceSystem("EPSG:32633"),
    )
    panel.dock.scope.set_place("rectangle", draw=False)


def test_of_each_raster_what_lies_in_the_place_is_searched_and_those_beside_it_are_counted(
    panel, run, folder, project
):
    make_raster(folder / "b.tif", extent=QgsRectangle(401000, 5800000, 401064, 5800048))
    scope = panel.dock.scope
    scope.set_place("canvas")
    panel.find.many.choose(chosen(folder))
    assert scope.place == "layer", "each as a whole, unless the user says otherwise then"
    draw(panel, 16, 48)
    run(chosen(folder))
    rows = table_of_rasters()
    assert {name: row["state"] for name, row in rows.items()} == {
        "a.tif": "done",
        "b.tif": "beside",
        "c.tif": "done",
    }
    assert "does not touch" in rows["b.tif"]["reason"]
    asked = [job.request["area_crs"]["coordinates"][0] for job in jobs_of(panel)]
    assert [(min(x for x, _ in ring), max(x for x, _ in ring)) for ring in asked] == [(400016, 400048)] * 2
    assert "2 of 3 rasters searched" in panel.dock.banner.text
    assert "Beside the searched place: 1." in panel.dock.banner.text
    assert "could not be searched" not in panel.dock.banner.text
    assert "Searched: 2 of 3 rasters. Only the drawn rectangle; beside it: 1." in panel.dock.searched.text()
    run(chosen(folder))
    assert len(jobs_of(panel)) == 2, "nothing is asked twice"
    draw(panel, -100, 2000)
    run(chosen(folder))
    assert ["area_crs" in job.request for job in jobs_of(panel)] == [False] * 3 + [True] * 2
    panel.find.many.choose(None)
    assert scope.place == "canvas"


def test_layers_of_a_group_beside_the_place_are_counted_as_well(panel, run, folder):
    make_raster(folder / "b.tif", extent=QgsRectangle(401000, 5800000, 401064, 5800048))
    layers = [QgsRasterLayer(str(folder / name), name) for name in ("a.tif", "b.tif")]
    QgsProject.instance().addMapLayers(layers)
    group = ManyRasters("tiles", layer_ids=tuple(layer.id() for layer in layers))
    panel.find.many.choose(group)
    draw(panel, 16, 48)
    run(group)
    assert {name: row["state"] for name, row in table_of_rasters().items()} == {
        "a.tif": "done",
        "b.tif": "beside",
    }


def test_a_place_that_is_not_there_yet_is_told_before_anything_runs(panel, run, folder):
    panel.find.many.choose(chosen(folder))
    panel.dock.scope.set_place("selection")
    run(chosen(folder))
    assert "No polygon is selected" in panel.dock.banner.text
    assert jobs_of(panel) == []


def test_items_are_chosen_in_the_panel_and_which_picture_is_asked(panel, folder, wait, monkeypatch):
    several = {"B02": {"href": "a.tif", "type": TIFF}, "B03": {"href": "b.tif", "type": TIFF}}
    path = items(folder / "items.json", several)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("B03", True))
    panel.dock.scope.many_button.items.trigger()
    wait(lambda: panel.find.many.rasters, "the choice")
    assert panel.find.many.rasters.sources == (str(folder / "b.tif"),)
    path.write_text("{}")
    panel.dock.scope.many_button.items.trigger()
    wait(lambda: "no STAC item collection" in panel.dock.banner.text, "the refusal")
    assert panel.find.many.rasters is not None
