"""``python -m tests.trainer.crewed MODEL FOLDER``: a tiny student learns two steps, alone or as one of a crew.

Writes the gradients of the first step and the weights after the last, and what was raised where one of the crew failed
or was stopped.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file

from engine.catalogue.specs import read_spec
from engine.errors import ModelError, RemoteZeroError
from engine.evaluate.overlap import AreaRule
from engine.model.loaded import load_model
from tests.engine.fakes import FakeVerifier
from trainer.config import RoundConfig
from trainer.queries import Pair
from trainer.rewarder import Rewarder
from trainer.rollout.callbacks import Budget
from trainer.rollout.crew import Crew
from trainer.rollout.grpo import BatchSize, train
from trainer.rollout.student import TRAINED, Student
from trainer.search import search

PAIRS = [Pair(0, "the ship", 0.9), Pair(0, "a dam", 0.9), Pair(1, "the ship", 0.9), Pair(2, "a pier", 0.9)]
CONFIG = RoundConfig(group_size=4, learning_rate=1e-2)
STEPS = 2


def reward_of(numbers: Sequence[int], texts: Sequence[str], cut: Sequence[bool]) -> list[float]:
    """A reward that depends on question and text alone."""
    return [
        hashlib.sha256(f"{n} {text}".encode()).digest()[0] / 255
        for n, text in zip(numbers, texts, strict=True)
    ]


class Recorded(Crew):
    """A crew that keeps the gradients of every step."""

    def average(self, weights: Sequence[torch.Tensor]) -> None:
        """Average, then keep."""
        super().average(weights)
        self.gradients = [
            *getattr(self, "gradients", []),
            [w.grad.clone() for w in weights if w.grad is not None],
        ]


def fails_in(
    number: int, crew: Crew
) -> Callable[[Sequence[int], Sequence[str], Sequence[bool]], list[float]]:
    """A reward that can't be told in one of the processes."""

    def reward(numbers: Sequence[int], texts: Sequence[str], cut: Sequence[bool]) -> list[float]:
        if crew.number == number:
            raise ModelError("The second card is full.")
        return reward_of(numbers, texts, cut)

    return reward


@contextmanager
def told_boxes(student: Student) -> Iterator[None]:
    """What is drawn is read as a box that depends on its tokens: a random model writes none."""

    def decode(answers: Sequence[Sequence[int]]) -> list[str]:
        return [f'[{{"bbox_2d": [0, 0, {100 + ids[0] % 800}, {100 + ids[-1] % 800}]}}]' for ids in answers]

    student.decode = decode  # type: ignore[method-assign]
    yield
    del student.decode


def main(model: Path, folder: Path) -> None:
    """Join the crew that the environment names, if it names one, and learn."""
    with Recorded.joined() if "RANK" in os.environ else nullcontext(Recorded()) as crew:
        learn_with(crew, model, folder)
        if not crew.leads and crew.heard() is not None:
            raise RuntimeError("the leader still had an order")


def learn_with(crew: Recorded, model: Path, folder: Path) -> None:
    """Learn, fail and be stopped as one of a crew, or alone."""
    chips = [np.random.default_rng(n).integers(0, 255, (128, 128, 3)).astype(np.uint8) for n in range(4)]
    student = Student(
        load_model(read_spec(model), device="cpu", load_in_4bit=False), 4, chips.__getitem__, None
    )
    # Every process takes other parts of its share: what fits into the memory of one need not fit into another's.
    batch = BatchSize(prompts=4, prompts_at_once=1 + crew.number, max_new_tokens=6)
    seen: list[dict[str, float]] = []

    def learn(name: str, reward: Any, stop: Callable[[], bool] = lambda: False) -> None:
        train(
            student, PAIRS, reward, CONFIG, batch, Budget(1e6, STEPS), folder / name,
            stop=stop, on_step=seen.append, evaluate=dict, crew=crew,
        )  # fmt: skip

    student.begin_round(None)
    learn("whole", reward_of)
    named = student.loaded.model.named_parameters()
    weights = {name: p.detach().clone() for name, p in named if f".{TRAINED}." in name}
    first = {f"gradient {i}": gradient for i, gradient in enumerate(crew.gradients[0])}
    save_file({**weights, **first}, folder / f"{crew.number}.safetensors")
    raised = {}
    for name, reward, stop in (
        ("failed", fails_in(1, crew), lambda: False),
        ("stopped", reward_of, lambda: crew.leads),
    ):
        try:
            learn(name, reward, stop)
        except RemoteZeroError as error:
            raised[name] = [type(error).__name__, str(error)]
    student.begin_round(None)
    looking = Rewarder(
        student.loaded.spec, FakeVerifier(lambda crop, query: crop.mean() / 255), "paper", 0.25, AreaRule(0.0, 1.0),
        chips.__getitem__, lambda: False,
    )  # fmt: skip
    with told_boxes(student):
        searched = search(PAIRS[:3], student, looking, None, crew)
    found = [[[list(item.boxes_px[0]), round(item.score, 6)] for item in tried] for tried in searched]
    told = {"found": found, "raised": raised, "steps": [step["step"] for step in seen if "loss" in step]}
    (folder / f"{crew.number}.json").write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
