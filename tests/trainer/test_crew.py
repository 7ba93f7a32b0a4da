"""Several processes that share a run learn what one process learns, and fail, stop and die as one."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from engine.errors import InputError
from trainer.rollout.crew import Crew, ending_together, place_in_crew
from trainer.rollout.grpo import asked_as, luck_at, read_asked


def crewed(model: Path, folder: Path, size: int) -> list[subprocess.Popen[bytes]]:
    """Start the processes of a crew, as a launcher would."""
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    alone = {name: value for name, value in os.environ.items() if name not in ("RANK", "WORLD_SIZE")}
    shared = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": str(size)}
    shared |= {"LOCAL_WORLD_SIZE": str(size), "OMP_NUM_THREADS": "1", "GLOO_SOCKET_IFNAME": "lo"}
    return [
        subprocess.Popen(
            [sys.executable, "-m", "tests.trainer.crewed", str(model), str(folder)],
            env={**alone, **shared, "RANK": str(number), "LOCAL_RANK": str(number)} if size > 1 else alone,
            stderr=(folder / f"{number}.log").open("w"),
        )
        for number in range(size)
    ]


@pytest.mark.slow
def test_two_processes_learn_what_one_learns(tiny_folder: Path, tmp_path: Path) -> None:
    """Gradients and weights, though the processes cut their shares into parts of their own."""
    processes = [*crewed(tiny_folder, tmp_path / "one", 1), *crewed(tiny_folder, tmp_path / "two", 2)]
    assert [process.wait() for process in processes] == [0, 0, 0], [
        path.read_text()[-2000:] for path in tmp_path.glob("*/*.log")
    ]
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
    assert leader["raised"] == follower["raised"]
    assert leader["raised"]["failed"] == ["ModelError", "The second card is full. (Told by process 2 of 2.)"]
    assert leader["raised"]["stopped"][0] == "JobCancelledError"
    assert (leader["steps"], follower["steps"]) == ([1.0, 2.0], []), "one process tells of the steps"


def test_a_crew_of_one_needs_no_other() -> None:
    crew = Crew()
    assert crew.leads
    assert crew.share_of(7) == 7
    assert crew.led(lambda: "led") == "led"
    assert crew.together(lambda: "together") == "together"
    crew.order("nobody hears it")
    crew.leave()


def test_questions_that_can_not_be_shared_evenly_are_refused() -> None:
    crew = Crew()
    crew.size = 3
    with pytest.raises(InputError, match="16 questions a step can't be shared evenly by 3 processes"):
        crew.share_of(16)
    assert crew.share_of(15) == 5


def test_the_launcher_says_who_is_who(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RANK", raising=False)
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    assert place_in_crew() == (0, 1)
    monkeypatch.setenv("RANK", "2")
    monkeypatch.setenv("WORLD_SIZE", "4")
    assert place_in_crew() == (2, 4)


def test_luck_follows_from_the_seed_and_the_place_alone() -> None:
    assert torch.equal(luck_at(3, 7, 4, 6), luck_at(3, 7, 4, 6))
    assert not torch.equal(luck_at(3, 7, 4, 6), luck_at(3, 8, 4, 6))
    assert not torch.equal(luck_at(3, 7, 4, 6), luck_at(4, 7, 4, 6))
    assert [read_asked(text) for text in asked_as([5, 2])] == [(0, 5), (1, 2)]
