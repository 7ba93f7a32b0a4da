"""Presets: kept and taken up, shared as a file, and refused with a sentence where they are something else."""

from __future__ import annotations

import json

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.PyQt.QtWidgets import QFileDialog, QInputDialog

from remotezero_qgis.find.presets import Preset, PresetError, Presets, read_file, read_preset, write_file
from remotezero_qgis.layers.place import RECTANGLE
from remotezero_qgis.layers.renderer import BandStretch, band_stretch_of
from remotezero_qgis.layers.sought import Sought

FULL = Preset(
    "harbours & docks",
    (Sought("ships", "#112233", 0.4), Sought("storage tanks", "#445566")),
    "mini",
    "harbour-1",
    "detail",
    0.5,
    True,
    RECTANGLE,
    (400010.0, 5800010.0, 400020.0, 5800020.0),
    "EPSG:32633",
    BandStretch((3, 2, 1), ((0.0, 200.0), (10.0, 210.0), (20.0, 220.0))),
    "Qwen3-VL-4B",
)


def test_a_preset_comes_back_from_its_text():
    assert read_preset(FULL.text, "x") == FULL
    single = Preset("one", (Sought("ships"),))
    assert read_preset(single.text, "x") == single


def changed(**values):
    content = json.loads(FULL.text)
    for path, value in values.items():
        where, *names = path.split("__")
        target = content
        for name in [where, *names][:-1]:
            target = target[int(name) if name.isdigit() else name]
        target[[where, *names][-1]] = value
    return json.dumps(content)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "7", "{", '{"format": "other"}', "[" * 9000, changed(version=2), changed(name=""), changed(name=7),
        changed(questions=[]), changed(questions=[{}]), changed(questions="ships"), changed(questions=[7]),
        changed(questions__0__question="x" * 501), changed(questions__0__colour="red"),
        changed(questions__0__min_score=1.5), changed(questions__0__min_score="0.5"), changed(zoom="near"),
        changed(zoom=["auto"]), changed(gsd_m=-1), changed(gsd_m=float("nan")), changed(gsd_m=True),
        changed(model=["mini"]), changed(area__place="moon"), changed(area__rectangle=[1, 2, 3]),
        changed(area__rectangle=["1", 2, 3, 4]), changed(area=[]), changed(look__bands=[0, 1, 2]),
        changed(look__bands=[1, 2]), changed(look__stretch=[[1, 0]] * 3), changed(look__stretch=[[0, 1]]),
        changed(look=7), changed(questions=[{"question": f"kind {n}"} for n in range(65)]), changed(name="\ud800"),
        changed(verifier=["mini"]), changed(model="\ud800"), changed(area__crs="\ud800"), changed(gsd_m=10**400),
        changed(area__rectangle=[1, 2, 3, 10**400]),
    ],
)  # fmt: skip
def test_what_is_no_preset_is_refused_in_a_sentence(text):
    with pytest.raises(PresetError, match=r"shared\.json"):
        read_preset(text, "shared.json")


def test_files_that_can_not_be_read_are_told(tmp_path):
    (tmp_path / "a.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.json").write_bytes(b" " * 1_000_001)
    for name in ("a.json", "b.json", "nowhere.json"):
        with pytest.raises(PresetError, match=name):
            read_file(tmp_path / name)
    (tmp_path / "file").touch()
    with pytest.raises(PresetError, match="another place"):
        write_file(tmp_path / "file" / "x.json", FULL)


def test_presets_are_kept_by_name_and_a_damaged_one_hides_no_other(tmp_path):
    kept = Presets(tmp_path)
    assert kept.all() == []
    for name in ("Häfen", "häfen!", "docks"):
        kept.keep(Preset(name, (Sought(name),)))
    (tmp_path / "presets" / "broken.json").write_text("{")
    assert [preset.name for preset in kept.all()] == ["docks", "Häfen", "häfen!"]
    kept.keep(Preset("docks", (Sought("quays"),)))
    assert {preset.name: preset.sought[0].question for preset in kept.all()}["docks"] == "quays"
    kept.forget("docks")
    assert len(kept.all()) == 2
    assert not list(tmp_path.rglob("*.part"))


def entry(menu, text):
    return next(action for action in menu.actions() if action.text().startswith(text))


def test_the_form_is_kept_and_taken_up_again(panel, monkeypatch, raster):
    dock = panel.dock
    for question in ("ships", "tanks"):
        dock.question.setEditText(question)
        dock.more_questions.click()
    dock.questions.keep_minimums({"ships": 0.7})
    dock.scope.set_zoom("detail", 0.25)
    panel.find.rectangle.set_rectangle(
        QgsRectangle(400010, 5800010, 400020, 5800015), QgsCoordinateReferenceSystem("EPSG:32633")
    )
    dock.scope.set_place("rectangle")
    panel.find.rectangle.leave()
    shown = band_stretch_of(raster)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("my harbour & docks", True))
    dock.presets.aboutToShow.emit()
    entry(dock.presets, "Keep").trigger()
    assert "is kept" in dock.banner.text
    wanted = panel.find.sought
    dock.questions.show_all(())
    dock.scope.set_zoom("auto", 0.0)
    dock.scope.set_place("canvas")
    panel.find.rectangle.forget()
    raster.renderer().setRedBand(3)
    dock.presets.aboutToShow.emit()
    entry(dock.presets, "my harbour && docks").trigger()
    assert panel.find.sought == wanted
    assert (wanted[0].minimum, wanted[1].minimum) == (0.7, None)
    assert (dock.scope.zoom, dock.scope.gsd_m, dock.scope.place) == ("detail", 0.25, "rectangle")
    assert panel.find.rectangle.rectangle.width() == 10
    assert not panel.find.rectangle.drawing
    assert band_stretch_of(raster) == shown
    assert "bands 1, 2, 3" in dock.banner.text
    dock.banner._button.click()
    assert band_stretch_of(raster).bands == (3, 2, 3)
    entry(dock.presets, "Delete").menu().actions()[0].trigger()
    assert "is deleted" in dock.banner.text
    dock.presets.aboutToShow.emit()
    assert not entry(dock.presets, "Delete").isEnabled()
    dock.banner._button.click()
    dock.presets.aboutToShow.emit()
    assert entry(dock.presets, "my harbour && docks") is not None


def test_a_single_question_keeps_its_lowest_score(panel):
    panel.dock.question.setEditText("ships")
    panel.dock.results.slider.setValue(40)
    preset = panel.presets.preset("p")
    assert [one.minimum for one in preset.sought] == [0.4]
    panel.dock.results.slider.setValue(0)
    panel.dock.question.setEditText("")
    panel.presets.take(preset)
    assert (panel.dock.question.question, panel.dock.results.minimum) == ("ships", 0.4)
    assert panel.dock.questions.isHidden()


def test_a_preset_without_a_question_is_none(panel):
    panel.presets.keep()
    assert "Type what" in panel.dock.banner.text


def test_a_preset_is_shared_as_a_file_and_its_stretch_is_shown(panel, monkeypatch, tmp_path, raster, home):
    path = tmp_path / "shared"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path) + ".json", ""))
    panel.presets.export(FULL)
    assert read_file(tmp_path / "shared.json") == FULL
    panel.dock.presets.aboutToShow.emit()
    entry(panel.dock.presets, "Import").trigger()
    assert "is here now" in panel.dock.banner.text
    assert [preset.name for preset in Presets(home).all()] == [FULL.name]
    assert band_stretch_of(raster) == FULL.look
    assert panel.dock.scope.adapter.text == "harbour-1"
    assert panel.find.sought == FULL.sought
    (tmp_path / "shared.json").write_text("{}")
    panel.presets.bring()
    assert "no preset of RemoteZero" in panel.dock.banner.text


def test_a_server_neither_leaves_with_a_preset_nor_comes_with_one(panel, monkeypatch, tmp_path, home):
    """Whoever imports a preset must not send imagery to a server that its maker chose."""
    told = Preset("p", (Sought("ships"),), "http://elsewhere:8000/v1#m")
    path = tmp_path / "p.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    panel.presets.export(told)
    assert "elsewhere" not in path.read_text()
    path.write_text(told.text)
    panel.presets.bring()
    assert "left out" in panel.dock.banner.text
    assert panel.dock.scope.model == ""
    assert Presets(home).all()[0].model == ""


def test_a_server_that_scores_stays_here_and_the_model_that_finds_goes_along(panel, monkeypatch, tmp_path):
    told = Preset("p", (Sought("ships"),), "mini", verifier="http://elsewhere:8000/v1#m")
    path = tmp_path / "p.json"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    assert "elsewhere" not in told.shared.text
    path.write_text(told.text)
    panel.presets.bring()
    assert "left out" in panel.dock.banner.text
    assert (panel.dock.scope.model, panel.dock.scope.verifier) == ("mini", "")


def test_a_raster_with_too_few_bands_stays_as_it_is(panel, raster):
    before = band_stretch_of(raster)
    panel.presets.take(Preset("p", (Sought("ships"),), look=BandStretch((5, 4, 3))))
    assert "no band 5" in panel.dock.banner.text
    assert band_stretch_of(raster) == before
