"""The models box: what it lists, and how it has the engine get, add and remove models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import delete_now, kill_engine
from qgis.core import QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QApplication, QLineEdit

from remotezero_qgis.connection.environment import Proxy
from remotezero_qgis.connection.process import Launch, _variables, find_engine
from remotezero_qgis.i18n import install_translator, remove_translator
from remotezero_qgis.setup import models_box as module
from remotezero_qgis.setup.models_box import ModelsBox


@pytest.fixture
def box(project: QgsProject, launch, wait, monkeypatch) -> Iterator[ModelsBox]:
    """The box over the scripted engine, after its first answer."""
    engine = launch()
    monkeypatch.setattr(module, "launch_from_settings", lambda settings: engine)
    box = ModelsBox()
    box.show()
    assert box.banner.text == "Starting the engine…"
    wait(lambda: box.list.topLevelItemCount(), "the list")
    assert box.banner.isHidden()
    yield box
    box.going.cancel()
    if not sip.isdeleted(box):
        box.shut_down()
        box.deleteLater()


def rows(box: ModelsBox) -> dict[str, list[str]]:
    items = [box.list.topLevelItem(place) for place in range(box.list.topLevelItemCount())]
    return {item.text(0): [item.text(column) for column in range(1, 6)] for item in items}


def choose(box: ModelsBox, name: str) -> None:
    for place in range(box.list.topLevelItemCount()):
        if box.list.topLevelItem(place).text(0) == name:
            box.list.setCurrentItem(box.list.topLevelItem(place))
            return
    raise AssertionError(f"{name} is not in {list(rows(box))}")


def ended(box: ModelsBox, wait) -> None:
    wait(lambda: not box.busy, "the end of the work")


def test_here_and_to_be_had_are_listed_with_size_licence_and_memory(box: ModelsBox) -> None:
    listed = rows(box)
    assert listed["mini"][0] == "default"
    assert listed["Qwen3-VL-4B-Instruct"] == ["not installed", "8.9 GB", "Apache-2.0", "4.9 GB", "7.7 GB"]
    assert listed["half-limited"][:3] == ["25 % has come", "4.0 GB", "qwen-research (no commercial use)"]
    assert listed["On the disk"][0] == "its disk is not there"
    assert listed["sam2.1-hiera-tiny: outlines"][0] == "not installed"


def test_only_what_can_be_done_is_enabled(box: ModelsBox) -> None:
    for name, can_get, can_remove in (
        ("mini", False, False),
        ("Qwen3-VL-4B", False, True),
        ("Qwen3-VL-4B-Instruct", True, False),
        ("half-limited", True, True),
        ("On the disk", False, True),
    ):
        choose(box, name)
        assert (box.get.isEnabled(), box.remove.isEnabled()) == (can_get, can_remove), name
    choose(box, "mini")
    box.repository.setText("owner/other")
    assert box.get.isEnabled()


def test_getting_shows_progress_and_the_model_can_be_chosen(box: ModelsBox, wait) -> None:
    changes, steps = [], []
    box.changed.connect(lambda: changes.append(1))
    choose(box, "Qwen3-VL-4B-Instruct")
    box.get.click()
    box.going.step.connect(lambda share, text: steps.append((share, text)))
    assert not box.get.isEnabled()
    ended(box, wait)
    assert "can be chosen in the panel" in box.banner.text
    assert steps[0] == (0.25, "Getting Qwen3-VL-4B-Instruct: 1.0 GB of 4.0 GB, about 1 s left")
    assert steps[-1] == (1.0, "Getting Qwen3-VL-4B-Instruct: 4.0 GB of 4.0 GB")
    wait(lambda: rows(box).get("Qwen3-VL-4B-Instruct", [""])[0] == "installed", "the new list")
    assert changes == [1]


def test_a_licence_that_forbids_something_is_accepted_by_a_click(box: ModelsBox, wait) -> None:
    choose(box, "half-limited")
    box.get.click()
    ended(box, wait)
    assert "forbids commercial use" in box.banner.text
    assert box.banner._button.text() == "I accept this licence"
    box.banner._button.click()
    ended(box, wait)
    assert "can be chosen in the panel" in box.banner.text
    wait(lambda: rows(box).get("half-limited", [""])[0] == "installed", "the new list")
    assert rows(box)["half-limited"][2] == "qwen-research (no commercial use)"


def test_no_name_is_cut_however_narrow_or_long_worded_the_page_is(box: ModelsBox, wait) -> None:
    german = install_translator("de")
    try:
        made = ModelsBox()
        made.show()
        wait(made.list.topLevelItemCount, "the list")
        shown = {}
        for width in (1200, 850, 600, 450):
            made.resize(width, 600)
            wait(lambda: made.width() == width, "the layout")
            QApplication.processEvents()
            assert made.list.columnWidth(0) >= made.list.sizeHintForColumn(0), width
            shown[width] = sum(not made.list.isColumnHidden(column) for column in range(6))
        assert shown[1200] == 6
        assert shown[450] < shown[850]
        made.shut_down()
        made.deleteLater()
    finally:
        remove_translator(german)


def test_what_was_touched_last_is_got(box: ModelsBox) -> None:
    box.repository.setText("owner/left-from-before")
    choose(box, "Qwen3-VL-4B-Instruct")
    box.list.itemPressed.emit(box.list.currentItem(), 0)
    assert box.repository.text() == ""
    assert box.get.isEnabled()


def test_a_gated_model_opens_with_a_token_that_is_shown_nowhere(box: ModelsBox, wait, home: Path) -> None:
    assert box.token.echoMode() == QLineEdit.EchoMode.Password
    box.repository.setText("owner/gated")
    box.get.click()
    ended(box, wait)
    assert "accept its conditions" in box.banner.text
    box.token.setText("hf_secret")
    box.get.click()
    ended(box, wait)
    assert "can be chosen in the panel" in box.banner.text
    stored = "".join(path.read_text() for path in home.rglob("*") if path.is_file() and path.suffix != ".png")
    assert "hf_secret" not in stored + box.progress.log.toPlainText()


def test_a_failure_is_told_in_the_engines_words(box: ModelsBox, wait) -> None:
    box.repository.setText("owner/broken")
    box.get.click()
    ended(box, wait)
    assert "what has come so far is kept" in box.banner.text
    assert box.get.isEnabled()


def test_cancelling_ends_the_job_and_keeps_what_came(box: ModelsBox, wait) -> None:
    box.repository.setText("owner/slow")
    box.get.click()
    wait(lambda: box.progress.bar.value() > 0, "the first bytes")
    box.progress.cancel.click()
    ended(box, wait)
    assert "Get goes on with it" in box.banner.text
    (job,) = find_engine(box.launch(), timeout_s=30.0).jobs()
    assert job.state == "cancelled"


def test_a_page_that_is_closed_leaves_what_it_brings_to_the_next_one(box: ModelsBox, wait) -> None:
    going = box.going
    box.repository.setText("owner/slow")
    box.get.click()
    wait(lambda: going.share > 0, "the first bytes")
    box.deleteLater()
    delete_now()
    second = ModelsBox(going=going)
    second.show()
    assert second.busy
    assert not second.get.isEnabled()
    assert "Getting owner/slow: " in second.progress.step.text()
    assert "is at eeee" in second.progress.log.toPlainText()
    wait(lambda: second.list.topLevelItemCount(), "the list")
    second.deleteLater()
    delete_now()
    going.cancel()
    wait(lambda: going.task is None, "the end")
    third = ModelsBox(going=going)
    assert "Get goes on with it" in third.banner.text
    assert ModelsBox(going=going).banner.isHidden(), "it is told once"
    third.show()
    wait(lambda: third.list.topLevelItemCount(), "the list")
    third.shut_down()
    third.deleteLater()


def test_a_token_that_was_taken_out_of_its_field_is_forgotten(box: ModelsBox, wait) -> None:
    for name, token, said in (("one", "hf_secret", "can be chosen"), ("two", "", "accept its conditions")):
        box.repository.setText(f"owner/gated-{name}")
        box.token.setText(token)
        box.get.click()
        ended(box, wait)
        assert said in box.banner.text


def test_a_folder_is_added_by_copying_or_where_it_is(box: ModelsBox, wait) -> None:
    box.in_place.setChecked(True)
    box.add_folder("/media/stick/field-model")
    ended(box, wait)
    (job,) = find_engine(box.launch(), timeout_s=30.0).jobs()
    assert (job.kind, job.request) == ("add", {"folder": "/media/stick/field-model", "in_place": True})
    wait(lambda: "field-model" in rows(box), "the new list")


def test_removing_asks_first_and_tells_what_stays(box: ModelsBox, wait) -> None:
    choose(box, "On the disk")
    box.remove.click()
    assert "Remove On the disk?" in box.banner.text
    box.banner._button.click()
    wait(lambda: "was removed" in box.banner.text, "the removal")
    assert "/media/disk/model" in box.banner.text
    wait(lambda: "On the disk" not in rows(box), "the new list")
    choose(box, "Qwen3-VL-4B")
    box.remove.click()
    box.banner._button.click()
    wait(lambda: "is in use" in box.banner.text, "the refusal")


def test_without_an_engine_it_says_what_to_do(project: QgsProject, home: Path, monkeypatch) -> None:
    monkeypatch.setattr(module, "launch_from_settings", lambda settings: Launch(home))
    box = ModelsBox()
    box.show()
    assert "Install the engine first" in box.banner.text
    assert not box.get.isEnabled()
    assert not box.take.isEnabled()
    box.shut_down()


def test_a_dead_engine_is_told(box: ModelsBox, wait, home: Path, monkeypatch) -> None:
    kill_engine(home)
    monkeypatch.setattr(module, "launch_from_settings", lambda settings: Launch(home, "/no/such/python"))
    box.refresh()
    wait(lambda: "can't be started" in box.banner.text, "the failure")


def test_the_engine_gets_models_through_the_proxy_of_qgis(home: Path, monkeypatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    launch = Launch(home, "python", proxy=Proxy("http", "proxy.example", 3128, "name", "p:w"))
    assert _variables(launch)["HTTPS_PROXY"] == "http://name:p%3Aw@proxy.example:3128"
