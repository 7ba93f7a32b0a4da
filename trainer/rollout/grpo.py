"""GRPO by TRL, through its seams: a rollout function, a reward function, callbacks. Only this file knows TRL.

What TRL is told is simpler than what happens. A prompt is the number of a pair; the rollout function draws
the answers with picture and prompt computed once (``trainer.rollout.sampling``); in the loss TRL
calls the model with handles, which the packed backbone resolves (``trainer.rollout.packing``). The loss
itself, the advantages, clipping, the optimiser, checkpoints and resuming are TRL's own.
"""

from __future__ import annotations

import json
import os
import shutil
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from transformers import PrinterCallback, TrainerCallback

from engine.errors import ModelError
from engine.types import Stop
from trainer.config import RoundConfig
from trainer.queries import Pair
from trainer.rollout.packing import HANDLE_BASE, handles_understood
from trainer.rollout.sampling import backbone_of, sample
from trainer.rollout.student import TRAINED, Student

WHOLE = "whole.json"
WARM_UP_STEPS = 5

RewardOf = Callable[[Sequence[Pair], Sequence[str]], list[float]]
Tell = Callable[[dict[str, float]], None]
Look = Callable[[], dict[str, float]]


@dataclass(frozen=True)
class Budget:
    """When a round's training ends, whichever comes first.

    Attributes:
        seconds: of training, those before an interruption included.
        steps: optimiser steps.
        save_every_s: seconds between checkpoints.
        look_every_s: seconds between looks at held-out places.
    """

    seconds: float
    steps: int = 1_000_000
    save_every_s: float = 180.0
    look_every_s: float = 240.0


@dataclass(frozen=True)
class Batch:
    """How many prompts a step compares, and how many of them at once.

    Attributes:
        prompts: per optimiser step.
        prompts_at_once: per forward pass; divides ``prompts``.
        max_new_tokens: of an answer.
        checkpointing: trade time for memory in the backward pass.
        bf16: autocast to bfloat16.
    """

    prompts: int
    prompts_at_once: int
    max_new_tokens: int
    checkpointing: bool = False
    bf16: bool = False


def latest_checkpoint(folder: Path) -> Path | None:
    """The newest checkpoint in ``folder`` that was written to its end, None when there is none."""
    whole = [path.parent for path in folder.glob(f"checkpoint-*/{WHOLE}")]
    return max(whole, key=lambda path: int(path.name.rpartition("-")[2]), default=None)


def seconds_spent(checkpoint: Path | None) -> float:
    """Seconds of training that a checkpoint stands for."""
    if checkpoint is None:
        return 0.0
    return float(json.loads((checkpoint / WHOLE).read_text(encoding="utf-8"))["seconds"])


class Watch(TrainerCallback):  # type: ignore[misc]
    """Ends the training in time, saves every few minutes, and reports each step."""

    def __init__(
        self, folder: Path, budget: Budget, spent_s: float, stop: Stop, tell: Tell, look: Look
    ) -> None:
        self._folder, self._budget, self._stop = folder, budget, stop
        self._tell, self._look = tell, look
        self._spent_s, self._started = spent_s, time.monotonic()
        self._saved = self._looked = self._started

    @property
    def seconds(self) -> float:
        """Seconds of training so far, those before an interruption included."""
        return self._spent_s + time.monotonic() - self._started

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Decide whether to save and whether to go on."""
        over = self.seconds >= self._budget.seconds or state.global_step >= self._budget.steps
        if over or self._stop():
            control.should_training_stop = True
        elif time.monotonic() - self._looked >= self._budget.look_every_s:
            self._tell({"step": float(state.global_step), "seconds": self.seconds, **self._look()})
            self._looked = time.monotonic()
        if over or self._stop() or time.monotonic() - self._saved >= self._budget.save_every_s:
            control.should_save = True
            self._saved = time.monotonic()

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Mark the checkpoint as whole, then drop the older ones."""
        mine = self._folder / f"checkpoint-{state.global_step}"
        text = json.dumps({"step": state.global_step, "seconds": self.seconds})
        (mine / f"{WHOLE}.part").write_text(text, encoding="utf-8")
        (mine / f"{WHOLE}.part").replace(mine / WHOLE)
        for other in self._folder.glob("checkpoint-*"):
            if other != mine:
                shutil.rmtree(other, ignore_errors=True)

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float], **_: Any) -> None:
        """Pass a step's figures on."""
        if "loss" in logs:
            self._tell({"step": float(state.global_step), "seconds": self.seconds, **logs})


def train(
    student: Student,
    pairs: Sequence[Pair],
    reward_of: RewardOf,
    config: RoundConfig,
    batch: Batch,
    budget: Budget,
    folder: Path,
    *,
    stop: Stop,
    tell: Tell,
    look: Look,
) -> int:
    """Train the student's adapter and return the number of optimiser steps.

    Goes on from the last whole checkpoint in ``folder`` when there is one.

    Args:
        student: who learns.
        pairs: what is asked.
        reward_of: (pairs, texts) -> one reward per text.
        config: group size, learning rate, temperature, seed.
        batch: how much at once.
        budget: how long.
        folder: for the checkpoints.
        stop: asked at every token and step.
        tell: gets each step's figures, and those of each look.
        look: measures a few held-out places now and then.

    Raises:
        JobCancelledError: ``stop()`` became true while answers were drawn.
        ModelError: the memory is not enough.
    """
    os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")
    from trl import GRPOTrainer

    resume = latest_checkpoint(folder)
    watch = Watch(folder, budget, seconds_spent(resume), stop, tell, look)
    rollout = Rollout(student, pairs, config, batch, stop)
    model = student.loaded.model

    def reward(completions: list[str], pair: list[int], **_: Any) -> list[float]:
        return reward_of([pairs[number] for number in pair], completions)

    numbers = list(range(len(pairs)))
    dataset = Dataset.from_dict({"prompt": [str(number) for number in numbers], "pair": numbers})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trainer = GRPOTrainer(
            model=model,
            reward_funcs=reward,
            args=_arguments(config, batch, budget, folder),
            train_dataset=dataset,
            processing_class=student.loaded.tokenizer,
            rollout_func=rollout,
            callbacks=[watch],
        )
    trainer.remove_callback(PrinterCallback)
    _train_in_full_precision(model)
    backbone, prompts = backbone_of(model), student.prompts
    prefixes = [prompts.prefix(pair) for pair in pairs]
    with handles_understood(backbone, prefixes.__getitem__, prompts.pictures, student.loaded.prompts.pad_id):
        try:
            trainer.train(resume_from_checkpoint=str(resume) if resume else None)
        except torch.OutOfMemoryError as error:
            raise ModelError(
                f"The memory is not enough to compare {config.group_size} answers to {batch.prompts_at_once} "
                f"questions at once ({error}). Choose a smaller group, or a smaller model."
            ) from error
    return int(trainer.state.global_step)


class Rollout:
    """TRL's rollout function: numbers of pairs in, handles and sampled answers out."""

    def __init__(
        self, student: Student, pairs: Sequence[Pair], config: RoundConfig, batch: Batch, stop: Stop
    ) -> None:
        self._student, self._pairs = student, pairs
        self._config, self._batch, self._stop = config, batch, stop

    def __call__(self, asked: Sequence[str], trainer: Any) -> dict[str, Any]:
        """Answer ``asked``, in which each number stands ``group_size`` times in a row."""
        group, loaded = self._config.group_size, self._student.loaded
        numbers = [int(text) for text in asked[::group]]
        device = loaded.device.type
        with loaded.running(TRAINED), torch.autocast(device, torch.bfloat16, enabled=self._batch.bf16):
            answers = sample(
                loaded.model,
                [self._student.prompts.prefix(self._pairs[number]) for number in numbers],
                self._student.prompts.pictures,
                group_size=group,
                temperature=self._config.temperature,
                max_new_tokens=self._batch.max_new_tokens,
                eos_ids=loaded.end_ids,
                pad_id=loaded.prompts.pad_id,
                banned_ids=loaded.silent_ids,
                stop=self._stop,
            )
        handles = [[HANDLE_BASE + int(text)] for text in asked]
        return {"prompt_ids": handles, "completion_ids": answers, "logprobs": None}


def _arguments(config: RoundConfig, batch: Batch, budget: Budget, folder: Path) -> Any:
    from trl import GRPOConfig

    return GRPOConfig(
        output_dir=str(folder),
        per_device_train_batch_size=batch.prompts_at_once * config.group_size,
        gradient_accumulation_steps=batch.prompts // batch.prompts_at_once,
        steps_per_generation=1,
        num_generations=config.group_size,
        max_completion_length=batch.max_new_tokens,
        max_steps=budget.steps,
        learning_rate=config.learning_rate,
        lr_scheduler_type="constant_with_warmup",
        warmup_steps=WARM_UP_STEPS,
        temperature=config.temperature,
        beta=0.0,
        seed=config.seed,
        bf16=batch.bf16,
        use_cpu=not torch.cuda.is_available(),
        gradient_checkpointing=batch.checkpointing,
        logging_steps=1,
        save_strategy="no",
        report_to=[],
        disable_tqdm=True,
        dataloader_pin_memory=torch.cuda.is_available(),
        log_level="error",
    )


def _train_in_full_precision(model: Any) -> None:
    """Keep the adapter in float32; in bfloat16, TRL's choice for 4-bit models, small steps are lost."""
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
