"""How a scan starts Ray: without what nobody uses, and with nothing left of a try that failed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from engine.errors import JobError
from engine.scan import cluster
from engine.scan.cluster import MARK, TRIES, UNUSED, end_left_over

WAITS = "import sys, time; print('up', flush=True); time.sleep(600)"


def waiting(**marks: str) -> subprocess.Popen[str]:
    """A child that waits, with these marks in its environment; it is up."""
    command = [sys.executable, "-c", WAITS]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **marks})
    assert child.stdout is not None
    assert child.stdout.readline() == "up\n"
    return child


def test_what_a_failed_try_left_is_ended_and_nothing_else(tmp_path: Path) -> None:
    left, other = (waiting(**{MARK: str(tmp_path / name)}) for name in "01")
    try:
        end_left_over(tmp_path / "0")
        assert left.poll() is not None
        assert other.poll() is None
    finally:
        for child in (left, other):
            child.kill()
            child.wait()
            if child.stdout is not None:
                child.stdout.close()


class Ray:
    """As much of Ray as its start: notes which parts are started; each start leaves a process and fails so often."""

    def __init__(self, fails: int) -> None:
        class Node:
            def start_gcs_server(self) -> None:
                started.append("start_gcs_server")

        started = self.started = list[str]()
        for name in UNUSED:
            setattr(Node, name, lambda self, name=name: started.append(name))
        self._private = SimpleNamespace(node=SimpleNamespace(Node=Node))
        self.fails, self.left = fails, list[subprocess.Popen[str]]()

    def init(self, **settings: Any) -> str:
        node = self._private.node.Node()
        for name in ("start_gcs_server", *UNUSED):
            getattr(node, name)()
        self.left.append(waiting())
        if len(self.left) <= self.fails:
            raise OSError("timed out during startup")
        return "started"

    def shutdown(self) -> None:
        """Knows nothing of a start that failed."""

    def end(self) -> None:
        for child in self.left:
            child.kill()
            child.wait()
            if child.stdout is not None:
                child.stdout.close()


def start(ray: Ray, folder: Path, *, dashboard: bool = False) -> Any:
    return cluster._started(ray, folder, 2, 2**27, dashboard, lambda: False)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for between two tries, and no mark stays."""
    monkeypatch.setenv(MARK, "")
    monkeypatch.setattr(cluster, "time", SimpleNamespace(sleep=lambda seconds: None))


def test_a_class_does_other_things_for_a_while_and_its_own_again() -> None:
    class Keeper:
        @staticmethod
        def keep(number: int) -> int:
            return number

    with cluster._instead(Keeper, {"keep": cluster._nothing, "later_name": None}):
        assert Keeper.keep(1) is None
        assert not hasattr(Keeper, "later_name")
    assert Keeper.keep(1) == Keeper().keep(1) == 1
    assert not hasattr(Keeper, "later_name")


@pytest.mark.parametrize("dashboard", [False, True])
def test_what_nobody_uses_is_started_for_a_dashboard_alone(tmp_path: Path, dashboard: bool) -> None:
    ray = Ray(fails=0)
    try:
        start(ray, tmp_path, dashboard=dashboard)
        assert ray.started == ["start_gcs_server", *(UNUSED if dashboard else ())]
        ray.started.clear()
        for name in UNUSED:
            getattr(ray._private.node.Node(), name)()
        assert ray.started == list(UNUSED), "afterwards another who starts Ray here has all of it"
    finally:
        ray.end()


def test_a_later_try_starts_with_nothing_left_of_those_before(tmp_path: Path) -> None:
    ray = Ray(fails=2)
    try:
        assert start(ray, tmp_path) == "started"
        assert [child.poll() is None for child in ray.left] == [False, False, True]
    finally:
        ray.end()


def test_a_start_that_fails_each_time_ends_in_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    ray = Ray(fails=TRIES)
    try:
        with pytest.raises(JobError, match=r"can't be started on this machine \(timed out during startup\)"):
            start(ray, tmp_path)
        assert len(ray.left) == TRIES
        assert not [child for child in ray.left if psutil.pid_exists(child.pid) and child.poll() is None]
    finally:
        ray.end()
