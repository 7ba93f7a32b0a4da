"""Several processes that share a run learn what one process learns, and fail, stop and die as one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from engine.errors import InputError
from engine.jobs.child import parse_line
from tests.ports import free_port
from tests.trainer.conftest import MakeStudent
from tests.trainer.crewed import CONFIG, PAIRS, Recorded, learn_with, reward_of
from tests.trainer.patches import request_for, write_boxes, write_patches
from trainer.rollout.callbacks import Budget
from trainer.rollout.crew import Crew
from trainer.rollout.grpo import BatchSize, asked_as, read_asked, train
from trainer.rollout.student import luck_for


def started(size: int, module: list[str], log: Path, **more: str) -> list[subprocess.Popen[bytes]]:
    """Start the processes of a crew, as a launcher would."""
    shared = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(free_port()), "WORLD_SIZE": str(size), **more}
    shared |= {"LOCAL_WORLD_SIZE": str(size), "OMP_NUM_THREADS": "1"}
    return [
        subprocess.Popen(
            [sys.executable, "-m", *module],
            env={**os.environ, **shared, "RANK": str(number), "LOCAL_RANK": str(number)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log.open("a"),
        )
        for number in range(size)
    ]


def events_of(process: subprocess.Popen[bytes]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a trainer tells."""
    assert process.stdout is not None
    return (parse_line(line) for line in process.stdout)


@pytest.mark.slow
def test_two_processes_learn_what_one_learns(
    make_student: MakeStudent, tiny_folder: Path, tmp_path: Path
) -> None:
    """Gradients and weights, though the processes cut their shares into parts of their own."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    log = tmp_path / "log"
    processes = started(2, ["tests.trainer.crewed", str(tiny_folder), str(tmp_path / "two")], log)
    learn_with(Recorded(), tiny_folder, tmp_path / "one")
    ended = [process.wait() for process in processes]
    assert ended == [0, 0], log.read_text()[-3000:]
    one = load_file(tmp_path / "one" / "0.safetensors")
    for number in (0, 1):
        shared = load_file(tmp_path / "two" / f"{number}.safetensors")
        assert shared.keys() == one.keys()
        for name, value in one.items():
            if name.startswith("gradient"):
                assert torch.allclose(shared[name], value, rtol=1e-3, atol=1e-6), name
            else:
                # Adam makes steps of the rounding of a gradient that is next to nothing.
                assert torch.allclose(shared[name], value, atol=2e-4), name
    assert max(float(value.abs().max()) for name, value in one.items() if name.startswith("gradient")) > 1e-3
    leader, follower = (json.loads((tmp_path / "two" / f"{n}.json").read_text()) for n in (0, 1))
    alone = json.loads((tmp_path / "one" / "0.json").read_text())
    assert leader["found"] == follower["found"] == alone["found"], "a search that is shared finds the same"
    assert leader["raised"] == follower["raised"]
    assert leader["raised"]["failed"] == ["ModelError", "The second card is full. (Told by process 2 of 2.)"]
    assert leader["raised"]["stopped"][0] == "JobCancelledError"
    assert (leader["steps"], follower["steps"]) == ([1.0, 2.0], []), "one process tells of the steps"
    seen: list[dict[str, float]] = []
    train(
        make_student(), PAIRS, reward_of, CONFIG, BatchSize(4, 4, 6), Budget(1e6, 3), tmp_path / "two" / "whole",
        stop=lambda: False, on_step=seen.append, evaluate=dict,
    )  # fmt: skip
    assert [step["step"] for step in seen] == [3.0], "one process goes on where two were"


@pytest.mark.slow
def test_a_run_on_several_processes_dies_in_a_sentence(tiny_folder: Path, tmp_path: Path) -> None:
    """The leader is killed in the middle of the training, and the other one tells."""
    write_patches(tmp_path / "patches.tif")
    write_boxes(tmp_path / "boxes.geojson")
    values = {"run_dir": str(tmp_path / "run"), "minutes": 60, "steps": 20_000, "prompts": 2}
    path = tmp_path / "request.json"
    path.write_text(json.dumps(request_for(tmp_path, tiny_folder, **values)))
    log = tmp_path / "log"
    leader, follower = started(2, ["trainer", str(path)], log, REMOTEZERO_HOME=str(tmp_path / "home"))
    for kind, data in events_of(leader):
        assert kind in ("log", "progress"), (data, log.read_text()[-2000:])
        if "step" in data:
            break
    leader.kill()
    kind, data = next(events_of(follower))
    assert (kind, data["type"]) == ("error", "JobError")
    assert "one of its 2 processes failed or was ended from outside" in data["message"]
    assert "goes on from its last step" in data["message"]
    assert follower.wait() == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
def test_a_process_that_hangs_when_the_launcher_ends_it_tells_so() -> None:
    code = (
        "import os, signal, sys, threading\n"
        "from engine.telling import Events\n"
        "from trainer.rollout.crew import ending_together\n"
        "with ending_together(2, Events(sys.stdout)):\n"
        "    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()\n"
        "    threading.Event().wait()\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=False)
    assert ended.returncode == 1
    assert parse_line(ended.stdout)[1]["type"] == "JobError"


def test_a_crew_of_one_needs_no_other() -> None:
    crew = Crew()
    assert crew.leads
    assert crew.share_of(7) == 7
    assert crew.led(lambda: "led") == "led"
    assert crew.together(lambda: "together") == "together"
    assert crew.spread([1, 2, 3], lambda some: [2 * item for item in some]) == [2, 4, 6]
    crew.order("nobody hears it")


def test_questions_that_can_not_be_shared_evenly_are_refused() -> None:
    crew = Crew()
    crew.size = 3
    with pytest.raises(InputError, match="16 questions a step can't be shared evenly by 3 processes"):
        crew.share_of(16)
    assert crew.share_of(15) == 5


def test_luck_follows_from_what_is_asked_alone() -> None:
    assert torch.equal(luck_for("3 7", 4, 6), luck_for("3 7", 4, 6))
    assert not torch.equal(luck_for("3 7", 4, 6), luck_for("3 8", 4, 6))
    assert [read_asked(text) for text in asked_as([5, 2])] == [(0, 5), (1, 2)]
