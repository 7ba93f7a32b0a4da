"""``python -m trainer.lab.bench.speed``: what packing, shared pictures and one set of weights are worth.

*speedup_vs_trl* is completions trained on per second, ours over the plain TRL set-up, in the same process
on the same model, prompts, group size, lengths and reward. The plain set-up is TRL's documented one: a
picture column, TRL's own generation, and a reward function that asks the verifier about one completion at
a time. A second figure lets the plain set-up score in one batch as we do, so that it is seen what comes
from where.

*memory_ratio* is the peak of a round with the verifier over the peak of a round whose reward needs none,
each in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from datasets import Dataset
from PIL import Image
from transformers import TrainerCallback

from engine.catalogue.models import find_model
from engine.errors import ModelError
from engine.evaluate.overlap import AreaRule
from engine.files import write_atomic
from engine.language.prompts import prompt_text
from engine.model.loaded import LoadedModel, load_model
from engine.types import Pixels, Query
from trainer.config import RoundConfig
from trainer.lab.bench.world import scenes
from trainer.queries import Pair
from trainer.rewarder import Rewarder, RewardFunction
from trainer.rollout.callbacks import Budget, FallingRate, OnStep
from trainer.rollout.crew import Crew
from trainer.rollout.grpo import BatchSize, RewardOf, grpo_arguments, grpo_trainer, train
from trainer.rollout.student import Student

REGION = "arid-sensor"
RULE = AreaRule(0.5, 0.1)
CONFIG = RoundConfig(reward="paper", group_size=8)


def never() -> bool:
    """Nothing is cancelled here."""
    return False


def drawn(count: int) -> tuple[list[Pixels], list[Pair]]:
    """Chips and one question for each."""
    chips, pairs = [], []
    for index, (found, asked) in enumerate(scenes(REGION, 90, count)):
        chips.append(found.chip.pixels)
        pairs.append(Pair(index, asked[0].query, 0.9))
    return chips, pairs


def train_plainly(
    model: Any,
    processor: Any,
    asked: Sequence[tuple[Image.Image, str]],
    reward_of: RewardOf,
    config: RoundConfig,
    batch: BatchSize,
    steps: int,
    folder: Path,
    on_step: OnStep,
) -> None:
    """TRL as its documentation sets it up, pictures in an ``image`` column: the yardstick of the benches.

    Args:
        model: a PEFT model.
        processor: the checkpoint's own.
        asked: picture and prompt of each pair.
        reward_of: (numbers of pairs, texts, which of them were cut off) -> rewards.
        config: as in :func:`train`.
        batch: as in :func:`train`.
        steps: optimiser steps.
        folder: for TRL's files.
        on_step: gets each step's figures.
    """

    class Steps(TrainerCallback):  # type: ignore[misc]
        def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float], **_: Any) -> None:
            if "loss" in logs:
                on_step({"step": float(state.global_step), **logs})

    def reward(completions: list[Any], pair: list[int], **_: Any) -> list[float]:
        return reward_of(pair, [turn[0]["content"] for turn in completions], [False] * len(pair))

    columns = {
        "prompt": [[{"role": "user", "content": text}] for _, text in asked],
        "image": [image for image, _ in asked],
        "pair": list(range(len(asked))),
    }
    trainer = grpo_trainer(
        model=model,
        reward_funcs=reward,
        args=grpo_arguments(config, batch, steps, folder),
        train_dataset=Dataset.from_dict(columns),
        processing_class=processor,
        refuse=lambda: ModelError("The yardstick doesn't fit into memory. Close other programs."),
        callbacks=[Steps(), FallingRate(Budget(1e9, steps), lambda: 0.0, Crew())],
    )
    trainer.train()


def seconds_per_step(step_times: Sequence[float]) -> float:
    """Median time between two steps; the first, which warms up, is left out."""
    gaps = [after - before for before, after in pairwise(step_times)]
    return statistics.median(gaps)


def paper_reward_by(student: Student, chips: list[Pixels], pairs: list[Pair]) -> RewardFunction:
    """The reward of both set-ups: the base weights look at the crops."""
    rewarder = Rewarder(
        student.loaded.spec, student.verifier(None), "paper", 0.25, RULE, chips.__getitem__, never
    )
    return RewardFunction(rewarder, pairs)


def ours(model: LoadedModel, chips: list[Pixels], pairs: list[Pair], batch: BatchSize, steps: int) -> float:
    """Seconds per step of our set-up."""
    student = Student(model, CONFIG.rank, chips.__getitem__, None)
    reward = paper_reward_by(student, chips, pairs)
    step_times: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        train(
            student, pairs, reward, CONFIG, batch, Budget(1e9, steps), Path(folder),
            stop=never, on_step=lambda step: step_times.append(time.perf_counter()), evaluate=dict,
        )  # fmt: skip
    return seconds_per_step(step_times)


def plain(
    model: LoadedModel,
    chips: list[Pixels],
    pairs: list[Pair],
    batch: BatchSize,
    steps: int,
    *,
    one_by_one: bool,
) -> float:
    """Seconds per step of the plain TRL set-up."""
    student = Student(model, CONFIG.rank, chips.__getitem__, None)
    reward = paper_reward_by(student, chips, pairs)

    def reward_of(numbers: Sequence[int], texts: Sequence[str], cut: Sequence[bool]) -> list[float]:
        if not one_by_one:
            return reward(numbers, texts)
        return [reward([n], [t])[0] for n, t in zip(numbers, texts, strict=True)]

    asked = [
        (Image.fromarray(chips[pair.chip]), prompt_text(model.spec, Query(pair.query))) for pair in pairs
    ]
    step_times: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        train_plainly(
            model.model, model.processor, asked, reward_of, CONFIG, batch, steps, Path(folder),
            lambda step: step_times.append(time.perf_counter()),
        )  # fmt: skip
    return seconds_per_step(step_times)


def peak_bytes(name: str | None, prompts: int, new_tokens: int, *, verifier: bool) -> int:
    """Peak memory of a process that trains two steps, with the verifier's reward or a constant-free one."""
    code = (
        "import sys; from trainer.lab.bench.speed import memory_child; "
        f"memory_child({name!r}, {prompts}, {new_tokens}, {verifier})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout.strip().splitlines()[-1])


def memory_child(name: str | None, prompts: int, new_tokens: int, verifier: bool) -> None:
    """Train two steps and print the peak memory of this process in bytes."""
    import torch

    chips, pairs = drawn(2 * prompts)
    model = load_model(find_model(name))
    student = Student(model, CONFIG.rank, chips.__getitem__, None)
    reward = paper_reward_by(student, chips, pairs)
    reward_of: Callable[..., list[float]] = reward if verifier else _lengths
    with tempfile.TemporaryDirectory() as folder:
        train(
            student, pairs, reward_of, CONFIG, BatchSize(prompts, prompts, new_tokens), Budget(1e9, 2),
            Path(folder), stop=never, on_step=lambda step: None, evaluate=dict,
        )  # fmt: skip
    peak = torch.cuda.max_memory_allocated() if torch.cuda.is_available() else own_peak_bytes()
    sys.stdout.write(f"{peak}\n")


def own_peak_bytes() -> int:
    """Peak resident memory of this program; ``getrusage`` would count that of the process it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def _lengths(numbers: Sequence[int], texts: Sequence[str]) -> list[float]:
    """A reward that needs no model."""
    return [len(text) / 100 for text in texts]


def main() -> None:
    """Measure and write ``speed.json``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("build/bench-improve"))
    parser.add_argument("--model", default=None)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--prompts", type=int, default=16)
    parser.add_argument("--new-tokens", type=int, default=64)
    arguments = parser.parse_args()
    spec = find_model(arguments.model)
    chips, pairs = drawn(4 * arguments.prompts)
    batch = BatchSize(arguments.prompts, arguments.prompts, arguments.new_tokens)
    figures: dict[str, Any] = {
        "ours_s": ours(load_model(spec), chips, pairs, batch, arguments.steps),
        "plain_s": plain(load_model(spec), chips, pairs, batch, arguments.steps, one_by_one=True),
        "plain_batched_verifier_s": plain(
            load_model(spec), chips, pairs, batch, arguments.steps, one_by_one=False
        ),
    }
    alone, both = (
        peak_bytes(arguments.model, arguments.prompts, arguments.new_tokens, verifier=flag)
        for flag in (False, True)
    )
    completions = arguments.prompts * CONFIG.group_size
    data = {
        "speedup_vs_trl": figures["plain_s"] / figures["ours_s"],
        "speedup_vs_trl_batched_verifier": figures["plain_batched_verifier_s"] / figures["ours_s"],
        "completions_per_s": completions / figures["ours_s"],
        "memory_ratio": both / alone,
        "speed": {**figures, "peak_alone_bytes": alone, "peak_with_verifier_bytes": both},
    }
    arguments.folder.mkdir(parents=True, exist_ok=True)
    write_atomic(arguments.folder / "speed.json", json.dumps(data, indent=2))
    sys.stdout.write(json.dumps(data, indent=2) + "\n")


if __name__ == "__main__":
    main()
