"""The set-up page in its states, with scripted work behind it; nothing blocks and nothing pops up."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import delete_now
from qgis.core import QgsApplication, QgsProject, QgsTask
from qgis.PyQt.QtWidgets import QAbstractButton, QDialog, QLabel
from wheelhouse import make_bundle, make_wheelhouse

from remotezero_qgis.connection.runtime import EngineRuntime, write_runtime
from remotezero_qgis.i18n import install_translator, remove_translator, tr
from remotezero_qgis.settings import (
    Settings,
    change_settings,
    default_home,
    load_settings,
    remote_token,
    save_settings,
)
from remotezero_qgis.setup import task as work
from remotezero_qgis.setup import widget as widget_module
from remotezero_qgis.setup.bundle import read_bundle
from remotezero_qgis.setup.driver import Gpu
from remotezero_qgis.setup.going import Going
from remotezero_qgis.setup.page import SetupPageFactory
from remotezero_qgis.setup.problems import classify
from remotezero_qgis.setup.widget import SetupWidget


@pytest.fixture
def page(project: QgsProject, home: Path, wait, monkeypatch) -> Iterator[SetupWidget]:
    """The widget, after it has asked the driver."""
    monkeypatch.setattr(widget_module, "find_gpu", lambda: None)
    page = SetupWidget()
    page.show()
    wait(lambda: "No NVIDIA" in page.build._cuda_note.text(), "the answer of the driver")
    yield page
    page.shut_down()
    page.deleteLater()


def finish(page: SetupWidget, wait) -> None:
    wait(lambda: not page.busy, "the end of the work")


def test_first_run_says_what_will_happen_before_anything_does(page: SetupWidget, home: Path) -> None:
    assert page._title.text() == "Set up RemoteZero"
    assert page.build.accelerator == "cpu"
    assert "needed on this disk" in page.what.text()
    assert page.more.isCollapsed()
    assert "MB" in page.install.text()
    assert page.more.folder.filePath() == str(home)
    assert not page.more.remove.isEnabled()


def test_the_network_is_asked_only_after_a_tick(page: SetupWidget) -> None:
    assert not load_settings().allow_network
    assert not page.more.network.isChecked()
    page.more.network.setChecked(True)
    assert load_settings().allow_network
    page.more.network.setChecked(False)
    assert not load_settings().allow_network
    change_settings(allow_network=True)
    page.refresh()
    assert page.more.network.isChecked()


def test_gpu_is_offered_when_its_driver_fits(page: SetupWidget) -> None:
    page.build.show_gpu(Gpu("RTX 4070", 12 << 30, (13, 0)))
    if sys.platform == "linux":
        assert page.build.accelerator == "cuda"
    assert "RTX 4070" in page.build._cuda_note.text()
    page.build.show_gpu(Gpu("Old card", 4 << 30, (11, 2)))
    assert page.build.accelerator == "cpu"
    assert "too old" in page.build._cuda_note.text()


def test_installation_shows_progress_and_ends_ready(page: SetupWidget, home: Path, wait, monkeypatch) -> None:
    go, changes = threading.Event(), []

    def install(plan, context):
        context.progress(0.4, "Installing packages")
        context.log("Downloading torch")
        go.wait(60)
        runtime = EngineRuntime(sys.executable, "0.1.0", plan.accelerator)
        write_runtime(home, runtime)
        return runtime

    monkeypatch.setattr(work, "install_online", install)
    page.changed.connect(lambda: changes.append(1))
    page.start_install()
    wait(lambda: page.progress.step.text() == "Installing packages", "the step")
    assert page.busy
    assert page.progress.bar.value() == 400
    assert not page.install.isVisibleTo(page)
    wait(lambda: "Downloading torch" in page.progress.log.toPlainText(), "the log")
    go.set()
    finish(page, wait)
    assert page._title.text() == "RemoteZero is ready"
    assert page.more.remove.isEnabled()
    assert changes == [1]
    assert "Downloading torch" in (home / "install.log").read_text()


def test_cancel_ends_the_work_and_is_no_error(page: SetupWidget, wait, monkeypatch) -> None:
    begun = threading.Event()

    def install(plan, context):
        begun.set()
        while not context.cancelled():
            time.sleep(0.01)
        raise widget_module.problems.SetupCancelledError()

    monkeypatch.setattr(work, "install_online", install)
    manager, told = QgsApplication.taskManager(), []
    manager.statusChanged.connect(lambda _number, status: told.append(status))
    page.start_install()
    wait(begun.is_set, "the start")
    task = page.going.task
    title = task.description()
    task.ended.connect(lambda _outcome: told.append(task.description()))
    page.progress.cancel.click()
    finish(page, wait)
    assert "cancelled" in page.banner.text
    wait(lambda: QgsTask.TaskStatus.Complete in told, "the task's end")
    assert QgsTask.TaskStatus.Terminated not in told, "QGIS would show it as failed"
    assert f"{title} (cancelled)" in told
    assert page.install.isEnabled()


def test_a_page_that_is_closed_leaves_the_work_to_the_next_one(page: SetupWidget, wait, monkeypatch) -> None:
    begun, may_end, left = threading.Event(), threading.Event(), []

    def install(plan, context):
        context.progress(0.5, "half of it")
        begun.set()
        may_end.wait(60)
        return None

    monkeypatch.setattr(work, "install_online", install)
    change_settings(runtime_python="/elsewhere/python")
    going = Going()
    for _ in range(2):
        left.append(SetupWidget(going=going))
        left[-1].show()
        if not going.task:
            left[-1].start_install()
            wait(begun.is_set, "the start")
            wait(lambda: going.share == 0.5, "the first step")
        assert left[-1].progress.step.text() == "half of it"
        assert left[-1].choices.isHidden()
        left[-1].shut_down()
        left[-1].deleteLater()
        delete_now()
    may_end.set()
    wait(lambda: going.task is None, "the end")
    assert load_settings().runtime_python == "", "it counts although no page was open"
    last = SetupWidget(going=going)
    assert last.banner.text == "The engine is installed."
    last.shut_down()
    last.deleteLater()


def test_each_failure_offers_its_one_remedy(page: SetupWidget, wait, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(page, "start_import", lambda *_: opened.append("import"))

    def install(plan, context):
        raise classify("Temporary failure in name resolution")

    monkeypatch.setattr(work, "install_online", install)
    page.start_install()
    finish(page, wait)
    assert "no connection to the internet" in page.banner.text
    assert "index" not in page.banner.text
    assert page.banner._button.text() == "Import an offline bundle…"
    page.banner._button.click()
    assert opened == ["import"]


def test_every_action_of_a_failure_has_a_button(page: SetupWidget) -> None:
    actions = {cause.action for cause in widget_module.problems.CAUSES} | {"copy_report"}
    assert actions <= set(page._remedies())


def test_unexpected_errors_become_one_sentence(page: SetupWidget, wait, monkeypatch) -> None:
    def install(plan, context):
        raise ZeroDivisionError("the moon")

    monkeypatch.setattr(work, "install_online", install)
    page.start_install()
    finish(page, wait)
    assert "ZeroDivisionError: the moon" in page.banner.text


def test_existing_runtime_is_looked_at_before_it_is_used(page: SetupWidget, home: Path, wait) -> None:
    page.choose_runtime(sys.executable)
    finish(page, wait)
    assert "does not have what the engine needs" in page.banner.text
    assert load_settings().runtime_python == ""


def test_bundle_that_is_none_is_told(page: SetupWidget, tmp_path: Path, wait) -> None:
    path = tmp_path / "holiday.zip"
    path.write_bytes(b"no")
    page.start_import(str(path))
    finish(page, wait)
    assert "not a whole RemoteZero bundle" in page.banner.text


def test_removing_keeps_the_users_own(page: SetupWidget, home: Path, wait) -> None:
    write_runtime(home, EngineRuntime(sys.executable, "0.1.0", "cpu"))
    for name in ("runtime/one", "models/big", "results"):
        (home / name).mkdir(parents=True)
    page.start_remove()
    finish(page, wait)
    assert not (home / "runtime").exists()
    assert not (home / "runtime.json").exists()
    assert (home / "models" / "big").is_dir()
    assert (home / "results").is_dir()


def test_too_small_a_disk_disables_the_button(page: SetupWidget, monkeypatch) -> None:
    monkeypatch.setattr("remotezero_qgis.setup.build_choice.free_bytes", lambda folder: 1000)
    page.refresh()
    assert not page.install.isEnabled()
    assert "only" in page.what.text()


def test_a_bundle_that_lies_ready_is_installed_with_the_same_click(
    page: SetupWidget, tmp_path, monkeypatch
) -> None:
    opened = []
    monkeypatch.setattr(page, "start_import", opened.append)
    bundle = read_bundle(make_bundle(make_wheelhouse(tmp_path / "house"), tmp_path / "remotezero-0.1.0.zip"))
    page._bundle_found(bundle)
    assert "remotezero-0.1.0.zip, without a network" in page.what.text()
    page.install.click()
    assert opened == [str(bundle.path)]


def test_where_the_small_build_is_not_offered_the_large_one_is_a_click_away(page, wait, monkeypatch) -> None:
    asked = []

    def install(plan, context):
        asked.append(plan.accelerator)
        raise classify("No matching distribution found for torch==2.13.0+cpu")

    monkeypatch.setattr(work, "install_online", install)
    page.build.choose("cpu")
    page.install.click()
    finish(page, wait)
    page.banner._button.click()
    finish(page, wait)
    assert asked == ["cpu", "cuda" if sys.platform == "linux" else "cpu"]


def test_the_first_page_has_no_words_of_the_trade(page: SetupWidget) -> None:
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    shown += [button.text() for button in page.findChildren(QAbstractButton) if button.isVisibleTo(page)]
    words = " ".join(shown).lower()
    assert words
    for word in ("wheel", "index", "pip", "runtime", "torch", "cuda", "lock", "environment"):
        assert word not in words, word


def test_report_goes_to_the_clipboard_without_names(page: SetupWidget, home: Path, wait) -> None:
    (home / "install.log").write_text(f"token=abc {Path.home()}/secret.tif\n")
    page.copy_report()
    wait(lambda: "clipboard" in page.banner.text, "the report")
    text = QgsApplication.clipboard().text()
    assert "RemoteZero:" in text
    assert "token=[hidden]" in text
    assert f"{Path.home()}/" not in text


def test_nothing_is_modal(page: SetupWidget) -> None:
    assert QgsApplication.activeModalWidget() is None
    assert not isinstance(page, QDialog)


def test_options_page_has_engine_models_and_another_computer(project: QgsProject, home: Path) -> None:
    factory = SetupPageFactory()
    page = factory.createWidget(None)
    page.models.refresh()
    assert "Install the engine first" in page.models.banner.text
    page.apply()
    page.setup.shut_down()
    page.models.shut_down()
    page.remote.shut_down()


def test_address_that_is_none_is_told_at_once(project: QgsProject, home: Path) -> None:
    page = SetupPageFactory().createWidget(None)
    page.remote.address.setText("gopher://x")
    page.remote.try_connection()
    assert "can't be used" in page.remote.banner.text
    page.setup.shut_down()
    page.models.shut_down()
    page.remote.shut_down()


def test_settings_come_back_as_they_were_stored(project: QgsProject) -> None:
    stored = Settings(
        data_folder="/srv/rz ü", model="mini", zoom="detail", gsd_m=0.5, history=("ships", "a “big” one")
    )
    save_settings(stored)
    assert load_settings({}) == stored
    assert change_settings(gsd_m=1.0).gsd_m == 1.0
    assert load_settings({}).history == stored.history


def test_environment_wins_and_is_not_stored(project: QgsProject, monkeypatch) -> None:
    change_settings(data_folder="/srv/mine")
    monkeypatch.setenv("REMOTEZERO_HOME", "/srv/other")
    assert str(load_settings().home) == "/srv/other"
    change_settings(model="mini")
    assert load_settings({}).data_folder == "/srv/mine"


def test_default_home_is_the_platforms_own() -> None:
    assert default_home({"LOCALAPPDATA": "/l"}, "win32") == Path("/l/RemoteZero")
    assert default_home({"XDG_DATA_HOME": "/x"}, "linux") == Path("/x/remotezero")
    assert default_home({}, "darwin").parts[-2:] == ("Application Support", "RemoteZero")


def test_token_is_in_the_environment_or_the_authentication_database(project: QgsProject, monkeypatch) -> None:
    assert remote_token(Settings(engine_url="https://gpu:8421")) == ""
    monkeypatch.setenv("REMOTEZERO_ENGINE_TOKEN", "from-the-environment")
    assert remote_token(Settings(engine_url="https://gpu:8421")) == "from-the-environment"


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "zh"])
def test_page_speaks_the_language(project: QgsProject, language: str) -> None:
    english = tr("Install ({size})")
    translator = install_translator(language)
    try:
        assert translator is not None
        assert tr("Install ({size})") != english
        assert "{size}" in tr("Install ({size})")
    finally:
        remove_translator(translator)
    assert tr("Install ({size})") == english


def test_language_without_a_catalogue_stays_english(project: QgsProject) -> None:
    translator = install_translator("xx")
    try:
        assert tr("Cancel") == "Cancel"
        assert [tr("%n box(es)", n=n) for n in (1, 2)] == ["1 box", "2 boxes"]
    finally:
        remove_translator(translator)
