"""A run against a scripted engine over real HTTP: found, written, cancelled, and carried over a crash."""

from __future__ import annotations

import json
import os
import signal

import pytest
from conftest import engine_pid
from loopback import Answering, listening
from qgis.core import QgsApplication, QgsTask, QgsVectorLayer

from remotezero_qgis.connection.process import Launch, ensure_engine, find_engine
from remotezero_qgis.connection.wire import LocateRequest
from remotezero_qgis.errors import EngineMissingError
from remotezero_qgis.find.task import FindPlan, FindTask


@pytest.fixture
def plan(project, raster, home, launch):
    def make(query="storage tanks", **engine):
        extent = raster.extent()
        area = {
            "type": "Polygon",
            "coordinates": [[
                [extent.xMinimum(), extent.yMinimum()], [extent.xMaximum(), extent.yMinimum()],
                [extent.xMaximum(), extent.yMaximum()], [extent.xMinimum(), extent.yMaximum()],
                [extent.xMinimum(), extent.yMinimum()],
            ]],
        }  # fmt: skip
        return FindPlan(
            launch=launch(**engine),
            gpkg=home / "results" / "p.gpkg",
            query=query,
            crs=raster.crs(),
            context=project.transformContext(),
            ellipsoid=project.ellipsoid(),
            request=LocateRequest(raster.source(), (query,), area_crs=area),
        )

    return make


class Watcher:
    """Keeps what a task told."""

    def __init__(self, plan):
        self.task, self.interruptions, self.progress, self.outcome = FindTask(plan), [], [], None
        self.task.interrupted.connect(self.interruptions.append)
        self.task.progressed.connect(self.progress.append)
        self.task.ended.connect(self.end)
        # QGIS 3.22 tells of every task that ended otherwise than complete: "Task failed".
        self.told = []
        manager = QgsApplication.taskManager()
        number = manager.addTask(self.task)
        manager.statusChanged.connect(
            lambda other, status: other == number and self.told.append((status, self.task.description()))
        )

    def end(self, outcome):
        self.outcome = outcome


@pytest.mark.parametrize("word", ["dies-taking", "dies-telling"])
def test_an_engine_that_dies_at_either_end_of_a_run_is_told_and_started_again(plan, wait, word):
    """Killed with the job taken and not yet said so, and when it is asked for what it found."""
    watcher = Watcher(plan(f"tanks {word}"))
    wait(lambda: watcher.outcome, "the run")
    assert watcher.outcome.state == "done", watcher.outcome.message
    assert len(watcher.outcome.detections) == 12
    assert len(watcher.interruptions) == 1
    assert len(find_engine(watcher.task.plan.launch, timeout_s=30.0).jobs()) == 1


def test_a_run_is_measured_ranked_and_written(plan, wait):
    watcher = Watcher(plan())
    wait(lambda: watcher.outcome, "the run")
    outcome = watcher.outcome
    assert outcome.state == "done", outcome.message
    assert len(outcome.detections) == 12
    assert [item.rank for item in outcome.detections] == list(range(1, 13))
    assert [item.score for item in outcome.detections] == sorted(
        (i.score for i in outcome.detections), reverse=True
    )
    assert 3.1 < outcome.detections[0].width_m < 3.3
    assert 1.8 < outcome.detections[0].height_m < 2.0
    assert outcome.crs.authid() == "EPSG:32633"
    layer = QgsVectorLayer(f"{watcher.task.plan.gpkg}|layername={outcome.table}", "x", "ogr")
    assert layer.featureCount() == 12
    assert layer.crs().authid() == "EPSG:32633"
    assert watcher.progress[-1].done == watcher.progress[-1].total == 12
    assert len(watcher.task.take(100)) == 12


def test_killing_the_engine_loses_nothing(plan, wait, home):
    watcher = Watcher(plan(windows=30, delay_s=0.3))
    wait(lambda: len(watcher.progress) >= 4, "the first windows")
    first = engine_pid(home)
    os.kill(first, signal.SIGKILL)
    wait(lambda: watcher.outcome, "the run to end after the crash")
    assert watcher.outcome.state == "done", watcher.outcome.message
    assert len(watcher.interruptions) == 1
    assert engine_pid(home) != first
    assert sorted(int(item.id.split("-")[0]) for item in watcher.outcome.detections) == list(range(30))
    assert len(watcher.task.take(1000)) == 30


def test_an_engine_that_crashes_by_itself_is_started_again(plan, wait):
    watcher = Watcher(plan("crash"))
    wait(lambda: watcher.outcome, "the run")
    assert (watcher.outcome.state, len(watcher.outcome.detections)) == ("done", 12)
    assert len(watcher.interruptions) == 1


def test_cancel_keeps_what_was_found(plan, wait):
    watcher = Watcher(plan("stall"))
    wait(lambda: len(watcher.progress) >= 1, "the first window")
    watcher.task.cancel()
    wait(lambda: watcher.outcome, "the cancelled run", timeout_s=10)
    assert watcher.outcome.state == "cancelled"
    assert 1 <= len(watcher.outcome.detections) <= 3
    client = find_engine(watcher.task.plan.launch, timeout_s=30.0)
    assert client.job(watcher.outcome.job.id).state == "cancelled"
    assert watcher.told[-1] == (QgsTask.TaskStatus.Complete, "RemoteZero: stall (cancelled)")


def test_an_error_of_our_own_making_is_told_without_its_words(plan, wait, monkeypatch):
    monkeypatch.setattr(FindTask, "prepare", lambda self: {}["no such key"])
    watcher = Watcher(plan())
    wait(lambda: watcher.outcome, "the end")
    assert watcher.outcome.state == "failed"
    assert "KeyError" in watcher.outcome.message
    assert "no such key" not in watcher.outcome.message
    assert watcher.told[-1] == (QgsTask.TaskStatus.Complete, "RemoteZero: storage tanks (failed)")


def test_cancel_wakes_a_run_whose_engine_is_silent(plan, wait):
    watcher = Watcher(plan("stall"))
    wait(lambda: len(watcher.progress) >= 3, "the stall")
    watcher.task.cancel()
    wait(lambda: watcher.outcome, "the cancelled run", timeout_s=15)
    assert watcher.outcome.state == "cancelled"


def test_detach_leaves_the_engine_working_and_the_job_can_be_loaded(plan, wait):
    watcher = Watcher(plan(windows=20, delay_s=0.5))
    wait(lambda: len(watcher.progress) >= 2, "the first windows")
    watcher.task.detach()
    wait(lambda: watcher.outcome, "the detached task", timeout_s=10)
    client = find_engine(watcher.task.plan.launch, timeout_s=30.0)
    job = client.jobs()[0]
    assert not job.ended
    from dataclasses import replace

    again = Watcher(replace(watcher.task.plan, request=None, job_id=job.id))
    wait(lambda: again.outcome, "the loaded job")
    assert (again.outcome.state, len(again.outcome.detections)) == ("done", 20)


def test_a_failed_job_says_why_and_keeps_its_boxes(plan, wait):
    watcher = Watcher(plan("fail"))
    wait(lambda: watcher.outcome, "the failure")
    assert watcher.outcome.state == "failed"
    assert "window 2" in watcher.outcome.message
    assert len(watcher.outcome.detections) == 3


def test_nothing_found_is_not_an_error(plan, wait):
    watcher = Watcher(plan("nothing"))
    wait(lambda: watcher.outcome, "the run")
    assert (watcher.outcome.state, watcher.outcome.detections, watcher.outcome.table) == ("done", (), "")


def test_no_engine_installed(home):
    with pytest.raises(EngineMissingError, match="not installed"):
        ensure_engine(Launch(home), lambda: False)


def test_an_engine_that_dies_at_once_is_reported_with_its_log(home):
    import sys

    from remotezero_qgis.errors import EngineUnreachableError

    launch = Launch(home, sys.executable, ("-c", "raise SystemExit('no disk left')"))
    with pytest.raises(EngineUnreachableError, match="no disk left"):
        ensure_engine(launch, lambda: False)


class Stranger(Answering):
    """Whatever listens where an engine did before the power cut."""

    def do_GET(self):
        self.answer(401, "text/html", b"<h1>Unauthorized</h1>")


def test_a_stranger_at_the_engines_port_keeps_none_from_starting(home, launch):
    with listening(Stranger) as port:
        record = {"host": "127.0.0.1", "port": port, "token": "old", "pid": os.getpid()}
        (home / "engine.json").write_text(json.dumps(record))
        assert find_engine(launch()) is None
        client = ensure_engine(launch(), lambda: False)
        assert client.endpoint.port != port
