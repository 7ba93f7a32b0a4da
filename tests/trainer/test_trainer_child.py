"""The trainer as a process: events, SIGKILL and resume, cancel, and refusals in one line."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import JobCancelledError
from engine.telling import Events
from tests.trainer.patches import request_for, write_boxes, write_patches
from trainer.__main__ import alone_in
from trainer.home import FOLDER, HomePair, write_home

pytestmark = pytest.mark.slow
WAIT_S = 900
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    write_patches(folder / "patches.tif")
    write_boxes(folder / "boxes.geojson")
    return folder


@pytest.fixture
def request_file(tmp_path: Path, world: Path, tiny_folder: Path) -> Path:
    path = tmp_path / "request.json"
    path.write_text(json.dumps(request_for(world, tiny_folder, run_dir=str(tmp_path / "run"))))
    return path


class Child:
    """The trainer process and its events."""

    def __init__(self, request_file: Path) -> None:
        home = str(request_file.parent / "home")
        environment = {**os.environ, "REMOTEZERO_HOME": home, "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "trainer", str(request_file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(request_file.parent / "log").open("a"),
            env=environment,
            text=True,
        )

    def events(self) -> Iterator[dict[str, Any]]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield json.loads(line)

    def say(self, text: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(text)
        self.process.stdin.flush()


def is_step(event: dict[str, Any]) -> bool:
    """Whether an event tells of a step of training, and not of preparing or checking."""
    return event["type"] == "progress" and "step" in event["data"]


def change(request_file: Path, **values: Any) -> None:
    request_file.write_text(json.dumps({**json.loads(request_file.read_text()), **values}))


def test_a_killed_run_goes_on_from_its_checkpoint(request_file: Path, tmp_path: Path) -> None:
    change(request_file, minutes=60, steps=20_000)
    child = Child(request_file)
    run = tmp_path / "run"
    deadline = time.monotonic() + WAIT_S
    for event in child.events():
        assert event["type"] in ("log", "progress"), event
        assert time.monotonic() < deadline
        if list(run.glob("round-1/checkpoint-*/whole.json")):
            break
    child.process.send_signal(signal.SIGKILL)
    child.process.wait()
    checkpoint = next(run.glob("round-1/checkpoint-*/whole.json")).parent
    step = int(checkpoint.name.rpartition("-")[2])
    change(request_file, minutes=60, steps=step + 3)
    again = Child(request_file)
    events = list(again.events())
    assert again.process.wait() == 0
    first = next(event["data"] for event in events if is_step(event))
    assert first["step"] > step
    assert events[-1]["type"] == "result"
    result = events[-1]["data"]
    assert result["refused"] + result["promoted"] == 1
    assert Path(result["report"]).read_text().startswith("<!doctype html>")
    third = Child(request_file)
    events = list(third.events())
    assert events[-1]["type"] == "result", "a finished run gives its result again"
    assert not any(is_step(event) for event in events)


def test_a_round_is_judged_at_home_as_well(request_file: Path, tmp_path: Path, tiny_folder: Path) -> None:
    folder = shutil.copytree(tiny_folder, tmp_path / "at-home")
    pictures = [np.full((128, 128, 3), shade, np.uint8) for shade in (60, 120)]
    write_home(folder / FOLDER, pictures, [HomePair(i % 2, f"the ship {i}", ()) for i in range(6)])
    change(request_file, model=str(folder), minutes=60, steps=1)
    events = list(Child(request_file).events())
    assert events[-1]["type"] == "result", events[-1]
    (done,) = [event["data"] for event in events if event["type"] == "round"]
    assert done["home"]["questions"] == 6
    assert done["tried"][-1]["share"] == done["home"]["share"]
    assert {"reward", "held_none", "right", "none"} <= set(done["tried"][-1])
    assert "right answers at home" in {control["name"] for control in done["controls"]}
    said = " ".join(str(event["data"].get("message")) for event in events if event["type"] == "log")
    assert "of 6 stored questions" in said
    assert "6 stored questions, never learned from" in Path(events[-1]["data"]["report"]).read_text()


def test_cancel_ends_the_run_with_a_result(request_file: Path) -> None:
    change(request_file, minutes=60, steps=20_000)
    child = Child(request_file)
    for event in child.events():
        if is_step(event):
            child.say("cancel\n")
            break
    events = list(child.events())
    assert child.process.wait(timeout=WAIT_S) == 0
    assert events[-1]["type"] == "result"
    assert events[-1]["data"]["cancelled"] is True


def test_a_model_that_answers_at_random_never_starts(request_file: Path) -> None:
    change(request_file, reward="consensus", boxes=None, queries=["the ship", "the airplane"])
    child = Child(request_file)
    events = list(child.events())
    assert child.process.wait() == 2
    assert events[-1]["data"]["type"] == "InputError"
    assert not any((is_step(event) or event["type"] == "round") for event in events)


def test_too_short_a_time_is_told_with_what_would_do(request_file: Path) -> None:
    change(request_file, minutes=0.0001)
    child = Child(request_file)
    events = list(child.events())
    assert child.process.wait() == 2
    assert events[-1]["data"]["type"] == "InputError"
    assert "0.0001 minutes are" in events[-1]["data"]["message"]
    assert "Nothing was changed" in events[-1]["data"]["message"]


def test_refusals_are_one_line_with_the_class(request_file: Path) -> None:
    change(request_file, rasters=["/nowhere.tif"])
    child = Child(request_file)
    events = list(child.events())
    assert child.process.wait() == 2
    assert events[-1]["type"] == "error"
    assert events[-1]["data"]["type"] == "RasterReadError"
    assert "/nowhere.tif" in events[-1]["data"]["message"]


def test_questions_are_proposed_and_nothing_is_learned(tmp_path: Path) -> None:
    folder, harbour = tmp_path / "run", ROOT / "resources" / "sample" / "harbour.tif"
    path = tmp_path / "request.json"
    path.write_text(json.dumps({"rasters": [str(harbour)], "only": "questions", "run_dir": str(folder)}))
    *_, last = Child(path).events()
    assert last["type"] == "result", last
    assert "the ship" in last["data"]["queries"]
    assert not (folder / "state.json").exists()


@contextmanager
def held_elsewhere(folder: Path, until: threading.Event) -> Iterator[None]:
    """Another thread that holds the run's folder for as long as is wanted."""
    holds = threading.Event()

    def hold() -> None:
        with alone_in(folder, Events(io.StringIO()), threading.Event()):
            holds.set()
            assert until.wait(60.0)

    thread = threading.Thread(target=hold)
    thread.start()
    holds.wait()
    try:
        yield
    finally:
        until.set()
        thread.join()


class Heard(io.StringIO):
    """What was said, and whether it was that somebody waits."""

    def __init__(self) -> None:
        super().__init__()
        self.waits = threading.Event()

    def write(self, text: str, /) -> int:
        if "Waiting for the earlier trainer" in text:
            self.waits.set()
        return super().write(text)


def test_trainers_of_one_run_take_turns(tmp_path: Path) -> None:
    said, cancelled = Heard(), threading.Event()
    with alone_in(tmp_path, Events(said), cancelled):
        assert not said.getvalue()
    with held_elsewhere(tmp_path, said.waits), alone_in(tmp_path, Events(said), cancelled):
        assert said.getvalue().count("Waiting for the earlier trainer") == 1
    cancelled.set()
    waiting = alone_in(tmp_path, Events(said), cancelled)
    with held_elsewhere(tmp_path, threading.Event()), pytest.raises(JobCancelledError), waiting:
        pass
