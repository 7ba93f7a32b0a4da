"""The relay to the trainer: small child processes that behave, misbehave, and don't want to end."""

from __future__ import annotations

import json
import os
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from engine.errors import InputError, JobCancelledError, JobError
from engine.jobs.child import parse_line, run_child, trainer_command, write_request

Told = list[tuple[str, dict[str, Any]]]

SAY = """
import json, sys
def say(kind, **data): print(json.dumps({"type": kind, "data": data}), flush=True)
"""


def command(program: str) -> list[str]:
    return [sys.executable, "-c", SAY + textwrap.dedent(program)]


def run(
    tmp_path: Path, program: str, *, stop: Any = lambda: False, grace_s: float = 20.0
) -> tuple[Told, Any]:
    told: Told = []
    result = run_child(
        command(program),
        lambda kind, data: told.append((kind, data)),
        stop,
        log_file=tmp_path / "log",
        grace_s=grace_s,
    )
    return told, result


def test_a_child_that_ended_before_it_could_be_asked_to_is_a_cancelled_job(tmp_path: Path) -> None:
    """What it is asked by is a broken pipe then; that is no news for anybody."""
    gone, asked = tmp_path / "gone", []

    def tell(kind: str, data: dict[str, Any]) -> None:
        while not gone.exists():
            time.sleep(0.01)
        time.sleep(0.3)
        asked.append(kind)

    program = f"""
        import atexit, os, pathlib
        say("progress", done=1)
        os.close(0)
        pathlib.Path({str(gone)!r}).touch()
        """
    with pytest.raises(JobCancelledError):
        run_child(command(program), tell, lambda: bool(asked), log_file=tmp_path / "log", grace_s=20.0)


def test_events_are_handed_on_in_order_and_the_result_returned(tmp_path: Path) -> None:
    told, result = run(
        tmp_path,
        """
        say("progress", done=1, total=2)
        print("a library prints something")
        say("round", round=1, reward=0.25)
        say("result", adapter="r1")
        """,
    )
    assert told == [
        ("progress", {"done": 1, "total": 2}),
        ("log", {"message": "a library prints something"}),
        ("round", {"round": 1, "reward": 0.25}),
    ]
    assert result == {"adapter": "r1"}


def test_an_error_keeps_its_class_and_message(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^No raster was given\.$"):
        run(tmp_path, """say("error", type="InputError", message="No raster was given.")""")
    with pytest.raises(JobError, match="odd"):
        run(tmp_path, """say("error", type="SystemExit", message="odd")""")


def test_a_child_that_dies_says_why_as_far_as_it_is_known(tmp_path: Path) -> None:
    with pytest.raises(JobError, match=r"code 3.*out of luck"):
        run(tmp_path, """sys.stderr.write("out of luck"); sys.exit(3)""")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_child_that_was_killed_or_broke_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="ended by signal 9"):
        run(tmp_path, "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(
        JobError, match=r"ZeroDivisionError: division by zero\. All of them are in .*log"
    ) as caught:
        run(tmp_path, "1 / 0")
    assert "Traceback" not in str(caught.value)


def test_a_cancelled_child_has_the_time_to_keep_what_it_has(tmp_path: Path) -> None:
    ready, mark = threading.Event(), tmp_path / "mark"
    program = f"""
    say("log", message="ready")
    if sys.stdin.readline() == "cancel\\n": open({str(mark)!r}, "w").write("kept")
    """
    with pytest.raises(JobCancelledError):
        run_child(
            command(program),
            lambda kind, data: ready.set(),
            ready.is_set,
            log_file=tmp_path / "log",
            grace_s=60.0,
        )
    assert mark.read_text(encoding="utf-8") == "kept"


def test_what_a_cancelled_child_still_says_is_handed_on(tmp_path: Path) -> None:
    told: Told = []
    program = """
    say("log", message="ready")
    sys.stdin.readline()
    say("round", round=1, promoted=True)
    say("result", cancelled=True)
    """
    with pytest.raises(JobCancelledError):
        run_child(
            command(program),
            lambda kind, data: told.append((kind, data)),
            lambda: bool(told),
            log_file=tmp_path / "log",
            grace_s=60.0,
        )
    assert told[1:] == [("round", {"round": 1, "promoted": True})]


def test_a_child_that_does_not_listen_is_killed_and_what_it_leaves_is_told(tmp_path: Path) -> None:
    pids: list[int] = []
    program = """
    import os, signal, time
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    say("log", pid=os.getpid())
    while True: time.sleep(1)
    """
    with pytest.raises(JobCancelledError) as told:
        run_child(
            command(program),
            lambda kind, data: pids.append(data["pid"]),
            lambda: bool(pids),
            log_file=tmp_path / "log",
            work="scan",
            kept="What is finished is kept.",
            grace_s=0.2,
        )
    assert str(told.value) == "The scan was cancelled. What is finished is kept."
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def test_what_the_listener_raises_ends_the_child(tmp_path: Path) -> None:
    def refuse(kind: str, data: dict[str, Any]) -> None:
        raise JobCancelledError("The job was cancelled.")

    program = """
    say("log", message="ready")
    sys.stdin.readline()
    """
    with pytest.raises(JobCancelledError):
        run_child(command(program), refuse, lambda: False, log_file=tmp_path / "log", grace_s=60.0)


@pytest.mark.parametrize(
    ("line", "event"),
    [
        (b'{"type": "round", "data": {"a": 1}}\n', ("round", {"a": 1})),
        (b'{"type": "state", "data": {}}', ("log", {"message": '{"type": "state", "data": {}}'})),
        (b'{"type": "round", "data": 3}', ("log", {"message": '{"type": "round", "data": 3}'})),
        (b"[1]", ("log", {"message": "[1]"})),
        (b"\xff\xfe", ("log", {"message": "��"})),
    ],
)
def test_lines_that_are_no_events_are_kept_as_words(line: bytes, event: tuple[str, dict[str, Any]]) -> None:
    assert parse_line(line) == event


def test_the_request_lies_in_the_folder_it_names(tmp_path: Path) -> None:
    path = write_request(tmp_path / "job", {"rasters": ["a.tif"]})
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "rasters": ["a.tif"],
        "run_dir": str(tmp_path / "job"),
    }
    assert trainer_command(path)[-4:] == ["-m", "trainer", "--keys", str(path)]


def test_several_gpus_are_started_by_the_launcher_and_nonsense_is_left_to_the_trainer(tmp_path: Path) -> None:
    alone = trainer_command(tmp_path / "request.json")
    assert all(trainer_command(tmp_path / "request.json", gpus) == alone for gpus in (None, 1, 0, 999, "2"))
    shared = trainer_command(tmp_path / "request.json", 2)
    assert shared[3] == "accelerate.commands.launch"
    assert shared[shared.index("--num_processes") + 1] == "2"
    assert shared[-4:] == alone[-4:]
