"""Several processes that share a run learn what one process learns, and fail, stop and die as one."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from engine.errors import InputError
from engine.jobs.child import parse_line, trainer_command
from tests.trainer.crewed import Recorded, learn_with
from tests.trainer.patches import request_for, write_boxes, write_patches
from trainer.rollout.crew import Crew
from trainer.rollout.grpo import asked_as, read_asked
from trainer.rollout.student import luck_for


def crewed(model: Path, folder: Path, size: int) -> list[subprocess.Popen[bytes]]:
    """Start the processes of a crew, as a launcher would."""
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    shared = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": str(size)}
    shared |= {"LOCAL_WORLD_SIZE": str(size), "OMP_NUM_THREADS": "1", "GLOO_SOCKET_IFNAME": "lo"}
    return [
        subprocess.Popen(
            [sys.executable, "-m", "tests.trainer.crewed", str(model), str(folder)],
            env={**os.environ, **shared, "RANK": str(number), "LOCAL_RANK": str(number)},
            stderr=(folder / f"{number}.log").open("w"),
        )
        for number in range(size)
    ]


@pytest.mark.slow
def test_two_processes_learn_what_one_learns(tiny_folder: Path, tmp_path: Path) -> None:
    """Gradients and weights, though the processes cut their shares into parts of their own."""
    processes = crewed(tiny_folder, tmp_path / "two", 2)
    (tmp_path / "one").mkdir()
    learn_with(Recorded(), tiny_folder, tmp_path / "one")
    ended = [process.wait() for process in processes]
    assert ended == [0, 0], [path.read_text()[-2000:] for path in tmp_path.glob("two/*.log")]
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


def told(
    log: Path, command: list[str], home: Path
) -> tuple[subprocess.Popen[bytes], Iterator[dict[str, Any]]]:
    """Start a trainer; returns it and its events."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log.open("a"),
        env={**os.environ, "REMOTEZERO_HOME": str(home), "OMP_NUM_THREADS": "1"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"{}\n")
    process.stdin.flush()
    lines = process.stdout
    return process, (dict(zip(("type", "data"), parse_line(line), strict=True)) for line in lines)


def members_of(process: subprocess.Popen[bytes]) -> list[int]:
    """Ids of the processes that a launcher started, the leader first."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    number = {pid: Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") for pid in children}
    ranks = {
        int(pid): int(next(v for v in e if v.startswith(b"RANK=")).split(b"=")[1])
        for pid, e in number.items()
    }
    return sorted(ranks, key=ranks.__getitem__)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_run_on_several_processes_dies_in_a_sentence_and_goes_on(tiny_folder: Path, tmp_path: Path) -> None:
    write_patches(tmp_path / "patches.tif")
    write_boxes(tmp_path / "boxes.geojson")
    run, home, log = tmp_path / "run", tmp_path / "home", tmp_path / "log"
    values = {"run_dir": str(run), "minutes": 60, "steps": 20_000, "gpus": 2, "prompts": 2}
    path = tmp_path / "request.json"
    path.write_text(json.dumps(request_for(tmp_path, tiny_folder, **values)))
    process, events = told(log, trainer_command(path, 2), home)
    for event in events:
        assert event["type"] in ("log", "progress"), event
        if list(run.glob("round-1/checkpoint-*/whole.json")):
            break
    leader, _ = members_of(process)
    os.kill(leader, signal.SIGKILL)
    error = next(event["data"] for event in events if event["type"] == "error")
    assert error["type"] == "JobError"
    assert "one of its 2 processes failed or was ended from outside" in error["message"]
    assert "goes on from its last step" in error["message"]
    assert process.wait() != 0
    step = max(
        int(found.parent.name.rpartition("-")[2]) for found in run.glob("round-1/checkpoint-*/whole.json")
    )
    alone = values | {"steps": step + 2, "gpus": 1}
    path.write_text(json.dumps(request_for(tmp_path, tiny_folder, **alone)))
    process, events = told(log, trainer_command(path), home)
    seen = list(events)
    assert process.wait() == 0, log.read_text()[-3000:]
    steps = [
        event["data"]["step"] for event in seen if event["type"] == "progress" and "step" in event["data"]
    ]
    assert (min(steps), max(steps)) == (step + 1, step + 2), "one process goes on where two were"
    assert seen[-1]["type"] == "result"


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
