"""The Self-improve tab over a scripted engine: plan, curves, verdicts, pictures, adapters, and coming back."""

from __future__ import annotations

import os
import signal
import time

import pytest
from conftest import engine_pid
from qgis.core import QgsRectangle
from qgis.PyQt.QtWidgets import QAction

from remotezero_qgis import workbench
from remotezero_qgis.connection.process import ensure_engine, find_engine
from remotezero_qgis.connection.wire import NO_ADAPTER, AdapterChoice
from remotezero_qgis.improve import adapters_box, run_files
from remotezero_qgis.settings import change_settings, load_settings


@pytest.fixture
def tab(panel, wait):
    """The tab, in front, once the engine has answered: without the real one's lock, two could be started."""
    panel.dock.tabs.setCurrentWidget(panel.dock.improve)
    wait(lambda: listed(panel.dock.improve), "the adapters")
    return panel.dock.improve


@pytest.fixture
def learn(panel, tab, wait):
    """Ask for the plan with these questions and limits, then start; wait for the end unless told not to."""

    def start(questions="", rounds=2, to_end=True):
        tab.form.set_queries(tuple(questions.splitlines()))
        tab.form.set_limits(30, rounds)
        tab.strip.run_wanted.emit()
        wait(lambda: not panel.improve.running, "the plan")
        assert tab.strip._run.text() == "Start learning", tab.banner.text
        tab.strip.run_wanted.emit()
        assert panel.improve.running
        if to_end:
            wait(lambda: not panel.improve.running, "the run")

    return start


def jobs(panel):
    client = find_engine(panel.launch(), timeout_s=30.0)
    return client.jobs() if client is not None else []


def listed(tab):
    items = [tab.adapters.list.topLevelItem(row) for row in range(tab.adapters.list.topLevelItemCount())]
    return [item.text(0) for item in items]


def test_the_tab_begins_with_the_active_raster_and_the_questions_asked_before(
    project, iface, raster, home, launch, monkeypatch
):
    change_settings(history=("the largest ship", "piers"), minutes=20, rounds=5, false_alarms="few")
    engine = launch()
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: engine)
    iface.setActiveLayer(raster)
    panel = workbench.Panel(iface, QAction(iface.mainWindow()))
    form = panel.dock.improve.form
    assert form.rasters == (raster,)
    assert form.queries == ("the largest ship", "piers")
    assert (form.minutes.value(), form.rounds.value(), form.place.place) == (20, 5, "layer")
    assert form.false_alarms.choice == "few"
    form.set_queries(())
    form.recent.click()
    assert form.queries == ("the largest ship", "piers")
    panel.close()


def test_the_plan_is_shown_before_anything_is_learned(panel, tab, wait):
    tab.form.set_limits(30, 2, "none")
    tab.strip.run_wanted.emit()
    assert panel.improve.running
    assert tab.strip.running
    wait(lambda: not panel.improve.running, "the plan")
    words = " ".join(tab.form.plan.sentences)
    assert "24 separate places with 310 windows" in words
    assert "1.3 GB" in words
    assert "Up to 2 rounds of 20 steps. It ends after 30 min at the latest" in words
    assert "harbour-2" in words
    assert tab.strip._run.text() == "Start learning"
    assert jobs(panel) == [], "a plan leaves no job behind"
    assert (load_settings().minutes, load_settings().rounds) == (30, 2)
    assert load_settings().false_alarms == "none"


def test_the_model_proposes_questions_to_edit(panel, tab, wait):
    tab.form.set_queries(("what I typed",))
    tab.form.propose.click()
    assert tab.strip.running
    assert tab.form.queries == ("what I typed",), "nothing is lost before there is something better"
    wait(lambda: not panel.improve.running, "the questions")
    assert tab.form.queries == ("the ship", "the storage tank")
    assert tab.strip._run.text() == "Show the plan"
    assert jobs(panel) == [], "asking leaves no job behind"


def test_cancelled_proposals_leave_the_questions_alone(panel, tab, wait):
    tab.form.set_queries(("what I typed",))
    tab.form.propose.click()
    tab.strip.cancel_wanted.emit()
    wait(lambda: not panel.improve.running, "the end")
    assert tab.form.queries == ("what I typed",)


@pytest.mark.parametrize(
    "change",
    [lambda form: form.rounds.setValue(9), lambda form: form.false_alarms.setCurrentIndex(1)],
    ids=["rounds", "false alarms"],
)
def test_a_change_makes_the_plan_void(panel, tab, wait, change):
    tab.strip.run_wanted.emit()
    wait(lambda: not panel.improve.running, "the plan")
    assert tab.form.plan.isVisible()
    change(tab.form)
    assert not tab.form.plan.isVisible()
    assert tab.strip._run.text() == "Show the plan"


def test_a_run_shows_curves_verdicts_pictures_and_the_new_adapter(panel, tab, learn, wait, raster):
    learn("the largest ship\na pier")
    request = jobs(panel)[0].request
    assert request["rasters"] == [raster.source()]
    assert request["queries"] == ["the largest ship", "a pier"]
    assert (request["minutes"], request["rounds"], request["only"]) == (30, 2, None)
    assert request["bands"] == [1, 2, 3]
    assert "area_crs" not in request
    view = tab.view
    assert [series.name for series in view.learning.series] == [
        "score of what it tries",
        "score on places kept aside",
    ]
    assert [len(series.points) for series in view.learning.series] == [12, 6]
    assert [x for x, _ in view.rounds.series[0].points] == [0.0, 1.0, 2.0]
    assert len(view.verdicts) == 2
    assert view.verdicts[0].startswith("Round 1: kept.")
    assert "+0.050" in view.verdicts[0]
    assert view.title == "Finished: 2 of 2 rounds kept. harbour-4 is in use now."
    wait(lambda: [pair.complete for pair in view.places.pairs] == [True] * 3, "the pictures")
    assert view._choice.currentText() == "Round 2"
    view._choice.setCurrentIndex(0)
    assert view.places.pairs[0].picture.before == "round-1-place-0-before.jpg"
    wait(lambda: "harbour-4 (current)" in listed(tab), "the new adapter")
    names = [panel.dock.scope._adapter.itemText(row) for row in range(panel.dock.scope._adapter.count())]
    assert "harbour-4 (current)" in names, "the Find tab offers it, too"
    for widget in (view, tab.adapters, tab):
        assert not widget.grab().isNull()


def test_what_the_engine_warns_of_stands_in_the_plan_and_at_the_end(panel, tab, learn, wait):
    learn("the ship\nan unknown thing", rounds=1)
    warning = "The model does not know all words of “an unknown thing”."
    assert warning in tab.form.plan.sentences
    assert tab.banner.text == warning
    tab.strip.run_wanted.emit()
    learn("the ship", rounds=1)
    assert tab.banner.text == ""


def test_progress_is_told_while_it_learns(panel, tab, learn, wait):
    learn("slow", to_end=False)
    assert panel.dock.tabs.tabText(1) == "Learning…"
    wait(lambda: len(panel.improve.record.reward) >= 2, "two steps")
    assert tab.strip.words.startswith("Round 1 of 2: learning, at most ")
    assert tab.strip._bar.maximum() == 1800
    assert 0 < tab.strip._bar.value() < 1800
    assert "harbour" in tab.view.title
    assert "slow" in tab.view._about.text()
    tab.strip._cancel.click()
    wait(lambda: not panel.improve.running, "the cancel", timeout_s=10)
    assert "Cancelled" in tab.banner.text
    assert jobs(panel)[0].state == "cancelled"
    assert panel.dock.tabs.tabText(1) == "Self-improve"
    tab.banner._button.click()
    wait(lambda: jobs(panel)[0].state == "running", "the run to go on")
    panel.improve.stop()
    wait(lambda: not panel.improve.running, "the cancel", timeout_s=10)


def test_a_refused_round_says_why_and_changes_nothing(panel, tab, learn, wait):
    learn("refuse", rounds=1)
    assert tab.view.verdicts == [
        "Round 1: not kept. On places kept aside the score changed by +0.050 (−0.020 "
        "to +0.090 with 97.5 % certainty), which is not surely better."
    ]
    assert "no round was kept" in tab.view.title
    wait(lambda: "harbour-2 (current)" in listed(tab), "the adapters")
    learn_again = tab.strip._run.text()
    assert learn_again == "New run"
    tab.strip.run_wanted.emit()
    assert not tab.shows_run


def test_a_control_that_got_worse_is_named(panel, tab, learn):
    learn("worse", rounds=1)
    assert tab.view.verdicts == [
        "Round 1: not kept. The score changed by +0.050, but this got worse: “yes” where the thing is not there."
    ]


def test_a_failed_run_goes_on_from_where_it_was(panel, tab, learn, wait):
    learn("fail here")
    assert "ended with code -9" in tab.banner.text
    assert tab.view.title == "The run failed"
    assert len(tab.view.verdicts) == 1
    tab.banner._button.click()
    wait(lambda: not panel.improve.running, "the resumed run")
    assert len(tab.view.verdicts) == 2
    xs = [x for x, _ in panel.improve.record.reward]
    assert xs == sorted(xs)
    assert len(jobs(panel)) == 1


def test_a_killed_engine_is_told_and_the_run_goes_on(panel, tab, learn, wait, home):
    learn("slow", rounds=1, to_end=False)
    wait(lambda: len(panel.improve.record.reward) >= 2, "two steps")
    os.kill(engine_pid(home), signal.SIGKILL)
    wait(lambda: "stopped unexpectedly" in tab.banner.text, "the message", timeout_s=40)
    wait(lambda: not panel.improve.running, "the run", timeout_s=60)
    assert len(tab.view.verdicts) == 1


def test_a_new_qgis_takes_up_the_run_that_goes_on(panel, tab, learn, wait, iface, monkeypatch):
    learn("slow", rounds=1, to_end=False)
    wait(lambda: len(panel.improve.record.reward) >= 2, "two steps")
    seen = len(panel.improve.record.reward)
    panel.improve._task.cancel()
    wait(lambda: not panel.improve.running, "the watching to end")
    assert jobs(panel)[0].state == "running", "a closed QGIS leaves the run to the engine"
    assert "no longer watched" in tab.banner.text
    other = workbench.Panel(iface, QAction(iface.mainWindow()))
    other.dock.show()
    wait(lambda: other.improve.running, "the run to be found")
    wait(lambda: len(other.improve.record.reward) > seen, "its curve, from the beginning")
    assert other.dock.improve.shows_run
    assert other.dock.tabs.tabText(1) == "Learning…"
    other.improve.stop()
    wait(lambda: not other.improve.running, "the cancel")
    other.close()


def test_an_earlier_run_can_be_looked_at_again(panel, tab, learn, wait):
    learn("the largest ship", rounds=1)
    tab.strip.run_wanted.emit()
    tab.earlier.aboutToShow.emit()
    wait(lambda: any("the largest ship" in action.text() for action in tab.earlier.actions()), "the list")
    tab.earlier.actions()[0].trigger()
    wait(lambda: not panel.improve.running, "the events")
    assert tab.shows_run
    assert len(tab.view.verdicts) == 1
    assert len(tab.view.learning.series[0].points) == 6
    wait(lambda: all(pair.complete for pair in tab.view.places.pairs), "the pictures")


def test_going_back_one_and_choosing_another_adapter(panel, tab, wait):
    assert listed(tab) == ["harbour-2 (current)", "harbour-1", "none: the model as it came"]
    assert not tab.adapters.use.isEnabled()
    tab.adapters.back.click()
    wait(lambda: "harbour-1 (current)" in listed(tab), "the parent")
    assert "harbour-1 is used from now on" in tab.banner.text
    tab.adapters.back.click()
    wait(lambda: "none: the model as it came (current)" in listed(tab), "the bare model")
    assert not tab.adapters.back.isEnabled()
    tab.adapters.pick(AdapterChoice("harbour-2"))
    tab.adapters.use.click()
    wait(lambda: "harbour-2 (current)" in listed(tab), "the chosen one")
    assert find_engine(panel.launch(), timeout_s=30.0).models()[0].current.name == "harbour-2"


def test_a_choice_the_engine_refuses_is_told(panel, tab, wait):
    panel.catalogue.choose("mini", AdapterChoice("gone"))
    wait(lambda: "no adapter" in tab.banner.text, "the refusal")
    assert tab.adapters.list.isEnabled()


@pytest.fixture
def dialogs(monkeypatch):
    """What the file dialogs and the question answer; each says what it was asked."""
    answers = {"open": "", "save": "", "sure": False, "asked": []}

    def answer(what):
        return lambda parent, title, start, kinds: (
            answers["asked"].append((title, start)) or (answers[what], kinds)
        )

    def sure(parent, title, text, buttons, default):
        answers["asked"].append((title, text))
        kinds = adapters_box.QMessageBox.StandardButton
        assert default == kinds.Cancel
        return kinds.Yes if answers["sure"] else kinds.Cancel

    monkeypatch.setattr(adapters_box.QFileDialog, "getOpenFileName", answer("open"))
    monkeypatch.setattr(adapters_box.QFileDialog, "getSaveFileName", answer("save"))
    monkeypatch.setattr(adapters_box.QMessageBox, "question", sure)
    return answers


def test_an_adapter_is_exported_deleted_and_imported(panel, tab, wait, dialogs, tmp_path):
    box, file = tab.adapters, tmp_path / "one.zip"
    assert not box.export.isEnabled()
    assert not box.delete.isEnabled()
    box.pick(NO_ADAPTER)
    assert not box.export.isEnabled(), "the model as it came is no adapter"
    box.pick(AdapterChoice("harbour-1"))
    box.export.click()
    assert tab.banner.text == "", "the dialog was closed without a file"
    dialogs["save"] = str(tmp_path / "one")
    box.export.click()
    assert not box.import_file.isEnabled(), "one thing at a time"
    wait(lambda: str(file) in tab.banner.text, "the export")
    assert file.is_file()
    assert dialogs["asked"][-1][1].endswith("harbour-1.zip")
    wait(lambda: "harbour-1" in listed(tab) and box.list.isEnabled(), "the list")
    box.pick(AdapterChoice("harbour-1"))
    box.delete.click()
    assert "harbour-1" in dialogs["asked"][-1][1]
    assert box.list.isEnabled(), "nothing happens before it is confirmed"
    dialogs["sure"] = True
    box.delete.click()
    wait(lambda: "harbour-1" not in listed(tab), "the deletion")
    assert tab.banner.text == "harbour-1 is deleted."
    dialogs["open"] = str(file)
    box.import_file.click()
    wait(lambda: "harbour-1" in listed(tab), "the import")
    assert "harbour-1 is imported" in tab.banner.text
    assert box.picked == AdapterChoice("harbour-1")
    scope = panel.dock.scope._adapter
    assert "harbour-1" in [scope.itemText(row) for row in range(scope.count())], "the Find tab offers it, too"


def test_a_file_is_overwritten_only_when_the_dialog_has_asked(panel, tab, wait, dialogs, tmp_path):
    (tmp_path / "one.zip").write_text("something else")
    tab.adapters.pick(AdapterChoice("harbour-2"))
    dialogs["save"] = str(tmp_path / "one")
    tab.adapters.export.click()
    wait(lambda: "is there already" in tab.banner.text, "the refusal")
    assert (tmp_path / "one.zip").read_text() == "something else"
    dialogs["save"] = str(tmp_path / "one.zip")
    tab.adapters.export.click()
    wait(lambda: "harbour-2" in (tmp_path / "one.zip").read_text(), "the export")


def test_what_the_engine_says_about_adapters_is_shown_as_it_is(panel, tab, wait, dialogs, tmp_path):
    dialogs.update(sure=True, open=str(tmp_path / "missing.zip"))
    tab.adapters.import_file.click()
    wait(lambda: tab.banner.text == f"There is no file {tmp_path / 'missing.zip'}.", "the refused import")
    tab.adapters.pick(AdapterChoice("harbour-2"))
    tab.adapters.delete.click()
    wait(lambda: tab.banner.text == "harbour-2 is in use. Use another one first.", "the refused deletion")
    assert tab.adapters.list.isEnabled()
    assert "harbour-2 (current)" in listed(tab)


def test_an_adapter_can_be_imported_where_there_is_none_yet(panel, tab, wait, dialogs, tmp_path):
    file = tmp_path / "first.zip"
    file.write_text('{"name": "first", "round": 1, "current": false, "parent": null}')
    dialogs["open"] = str(file)
    tab.form.model.choose("Qwen3-VL-4B")
    assert tab.adapters.import_file.isVisible()
    assert not tab.adapters.delete.isVisible()
    tab.adapters.import_file.click()
    wait(lambda: listed(tab) == ["first", "none: the model as it came (current)"], "the import")


def test_the_report_is_opened_from_a_file_of_its_own(panel, tab, learn, wait, home, monkeypatch):
    opened = []
    monkeypatch.setattr(run_files, "open_file", opened.append)
    learn(rounds=1)
    assert not tab.view.report.isHidden()
    tab.view.report.click()
    wait(lambda: opened, "the report")
    assert opened[0].parent == home / "reports"
    assert "Kept in" in opened[0].read_text()


def test_nothing_ticked_and_no_place_are_refused_kindly(panel, tab, iface, raster):
    tab.form.list.item(0).setCheckState(type(tab.form.list.item(0).checkState())(0))
    tab.strip.run_wanted.emit()
    assert "No raster is ticked" in tab.banner.text
    tab.form.tick(raster.id())
    tab.form.place.choose("rectangle")
    tab.strip.run_wanted.emit()
    assert "No rectangle is drawn yet" in tab.banner.text
    iface.mapCanvas().setExtent(QgsRectangle(0, 0, 10, 10))
    tab.form.place.choose("canvas")
    tab.strip.run_wanted.emit()
    assert "does not touch" in tab.banner.text
    assert not panel.improve.running


def test_a_drawn_rectangle_limits_the_places(panel, tab, wait, raster):
    panel.improve.rectangle.set_rectangle(QgsRectangle(400010, 5800010, 400040, 5800030), raster.crs())
    tab.form.place.choose("rectangle")
    tab.strip.run_wanted.emit()
    wait(lambda: not panel.improve.running, "the plan")
    tab.strip.run_wanted.emit()
    wait(lambda: jobs(panel), "the job")
    (ring,) = jobs(panel)[0].request["area_crs"]["coordinates"]
    assert (min(x for x, _ in ring), max(y for _, y in ring)) == (400010, 5800030)
    panel.improve.stop()
    wait(lambda: not panel.improve.running, "the cancel")


def test_a_web_layer_is_rendered_once_and_learned_from(panel, tab, wait, iface, tile_layer, raster):
    raster_row = [tab.form.list.item(row).text() for row in range(tab.form.list.count())].index("harbour")
    item = tab.form.list.item(raster_row)
    item.setCheckState(type(item.checkState())(0))
    tab.form.tick(tile_layer.id())
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(tile_layer.crs())
    canvas.setExtent(QgsRectangle(1490000, 6890000, 1490600, 6890400))
    tab.form.place.choose("canvas")
    tab.strip.run_wanted.emit()
    wait(lambda: not panel.improve.running, "the plan")
    assert tab.banner.text == ""
    (snapshot,) = panel.improve._ready.snapshots
    written = snapshot.path.stat().st_mtime_ns
    tab.strip.run_wanted.emit()
    wait(lambda: jobs(panel), "the job")
    request = jobs(panel)[0].request
    assert request["rasters"] == [str(snapshot.path)]
    assert request["stretch"] == [[0.0, 255.0]] * 3
    assert snapshot.path.stat().st_mtime_ns == written
    panel.improve.stop()
    wait(lambda: not panel.improve.running, "the cancel")


def test_an_engine_that_was_not_started_is_not_started_by_looking_at_the_panel(panel, home, wait):
    panel.catalogue.refresh()
    time.sleep(0.5)
    wait(lambda: True)
    assert engine_pid(home) is None


def test_a_run_of_another_window_is_found_when_the_tab_is_opened(panel, wait):
    client = ensure_engine(panel.launch(), lambda: False)
    client.create_job(
        "improve", {"rasters": ["/data/other.tif"], "queries": ["slow"], "rounds": 1, "minutes": 5}
    )
    panel.dock.tabs.setCurrentWidget(panel.dock.improve)
    wait(lambda: panel.improve.running, "the run")
    wait(lambda: panel.improve.record.reward, "its curve")
    assert "other" in panel.dock.improve.view.title
    panel.improve.stop()
    wait(lambda: not panel.improve.running, "the cancel")


def test_the_main_thread_never_waits_while_it_learns(panel, tab, learn, main_thread_watched):
    with main_thread_watched("while learning is watched"):
        learn("the largest ship", rounds=3)
