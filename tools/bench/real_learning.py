"""What learning takes of a real shape: drawing answers, and gradients through the trainer."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from transformers import TrainerCallback

from engine.catalogue.fitting import Costs, Plan
from engine.model import steps
from engine.model.batches import backbone_of
from engine.model.devices import working_dtype
from engine.model.loaded import LoadedModel
from tools.bench.real_work import QUESTION, Measure, picture
from trainer.config import PROMPTS_PER_STEP, RoundConfig
from trainer.queries import Pair
from trainer.rollout.grpo import BatchSize, grpo_arguments, grpo_trainer
from trainer.rollout.packing import HANDLE_BASE, forwards_restored, handles_understood
from trainer.rollout.student import ROWS_AT_ONCE, TRAINED, Student

LEARNED = 128
"""Tokens of an answer."""


def learn(loaded: LoadedModel, costs: Costs, measure: Measure, plan: Plan, folder: Path) -> dict[str, Any]:
    """Two optimiser steps through the trainer, answers given; the second is measured, the first warms up."""
    config, dtype = RoundConfig(group_size=plan.group_size), working_dtype(measure.device)
    half = {"bf16": dtype == torch.bfloat16, "fp16": dtype == torch.float16}
    batch = BatchSize(plan.rows, plan.rows, LEARNED, plan.checkpointing, **half)
    steps_seen = _Steps(measure)
    with a_student(loaded, plan.chip_px) as student:
        pairs = [Pair(number, QUESTION, 0.9) for number in range(PROMPTS_PER_STEP)]
        prefixes = [student.prompts.prefix(pair) for pair in pairs]
        numbers = [number % len(pairs) for number in range(plan.rows * 2)]
        backbone = backbone_of(loaded.model)
        with (
            forwards_restored(loaded.model),
            handles_understood(
                backbone, prefixes.__getitem__, student.prompts.see, loaded.prompts, packs=True
            ),
        ):
            trainer = grpo_trainer(
                model=loaded.model,
                reward_funcs=lambda completions, **_: [float(i % 3) for i in range(len(completions))],
                args=grpo_arguments(config, batch, 2, folder),
                train_dataset=Dataset.from_dict({"prompt": [str(n) for n in numbers], "pair": numbers}),
                processing_class=loaded.tokenizer,
                rollout_func=_given,
                refuse=loaded.refusal,
                callbacks=[steps_seen],
            )
            trainer.train()
    prompt, found = len(prefixes[0].input_ids), steps_seen.seen
    answers = plan.group_size * LEARNED
    step = costs.step(plan.chip_px, prompt, answers, plan.rows, checkpointing=plan.checkpointing)
    return {
        **found[-1],
        "first_s": found[0]["seconds"],
        "prompts": plan.rows,
        "group": plan.group_size,
        "prompt": prompt,
        "answer": LEARNED,
        "planned": round(costs.weights() + costs.adapter() + step),
        "halved_to": trainer.parts._most,
        "gradients_of_a_step_s": found[-1]["seconds"] * PROMPTS_PER_STEP / plan.rows,
    }


def _given(asked: Sequence[str], trainer: Any) -> dict[str, Any]:
    """Answers of full length, instead of drawn ones."""
    answers = torch.randint(10, 250, (len(asked), LEARNED)).tolist()
    return {
        "prompt_ids": [[HANDLE_BASE + int(text)] for text in asked],
        "completion_ids": answers,
        "logprobs": None,
    }


class _Steps(TrainerCallback):  # type: ignore[misc]
    """Seconds and peak of each optimiser step."""

    def __init__(self, measure: Measure) -> None:
        self._measure, self.seen = measure, list[dict[str, Any]]()

    def on_step_begin(self, *_: Any, **__: Any) -> None:
        self._measure.wait()
        if self._measure.device.type == "cuda":
            torch.cuda.reset_peak_memory_stats()
        self._begun = time.perf_counter()

    def on_step_end(self, *_: Any, **__: Any) -> None:
        self._measure.wait()
        found: dict[str, Any] = {"seconds": time.perf_counter() - self._begun}
        if self._measure.device.type == "cuda":
            found["peak"] = torch.cuda.max_memory_allocated()
            found["reserved"] = torch.cuda.max_memory_reserved()
        self.seen.append(found)


def draw(loaded: LoadedModel, costs: Costs, measure: Measure, plan: Plan) -> dict[str, Any]:
    """Answers of one run, with an adapter in training, as many as the engine draws at once."""
    dtype = working_dtype(measure.device)
    half, group = dtype != torch.float32, plan.group_size
    answers: list[Any] = []
    with a_student(loaded, plan.chip_px) as student:
        prefixes = [student.prompts.prefix(Pair(n, QUESTION, 0.9)) for n in range(PROMPTS_PER_STEP)]
        whole = len(prefixes[0].input_ids) + LEARNED
        at_once = loaded.rows_that_fit(whole, LEARNED, group, ROWS_AT_ONCE)
        group = min(group, at_once)
        asked = prefixes[: max(1, at_once // group)]

        def work() -> None:
            answers.extend(
                student.sample(
                    asked, group_size=group, temperature=1.0, max_new_tokens=LEARNED, stop=lambda: False
                )
            )

        with (
            loaded.running(TRAINED),
            torch.autocast(measure.device.type, dtype if half else None, enabled=half),
        ):
            found = measure(work)
    planned = at_once * costs.row(whole - LEARNED, min(LEARNED + steps.BLOCK, steps.ROOM), group)
    return {
        **found,
        "at_once": at_once,
        "answers": len(answers),
        "tokens": LEARNED,
        "planned": round(planned),
        "longest": max(map(len, answers)),
        "drawing_of_a_step_s": found["seconds"] * PROMPTS_PER_STEP * plan.group_size / len(answers),
    }


@contextmanager
def a_student(loaded: LoadedModel, px: int) -> Iterator[Student]:
    """The model with a fresh adapter on it; afterwards the model is as it was."""
    base = loaded.model
    torch.manual_seed(0)
    try:
        student = Student(loaded, 16, lambda chip: picture(px, chip), None)
        loaded.model.train()
        yield student
    finally:
        if loaded.model is not base:
            loaded.model.unload()
            loaded.model = base
        base.gradient_checkpointing_disable()
        base.requires_grad_(False)
        base.eval()
