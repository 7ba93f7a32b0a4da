"""GRPO by TRL, through its seams: a rollout function, a reward function, callbacks. Only this file knows TRL.

What TRL is told is simpler than what happens. A prompt is the number of a pair; the rollout function draws
the answers with picture and prompt computed once (``trainer.rollout.sampling``); in the loss TRL
calls the model with handles, which the packed backbone resolves (``trainer.rollout.packing``). The loss
itself, the advantages, clipping, the optimiser, checkpoints and resuming are TRL's own.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from transformers import PrinterCallback

from engine.errors import ModelError
from engine.model.batches import backbone_of
from engine.model.loaded import LoadedModel
from engine.model.loading import available_bytes
from engine.types import Stop
from trainer.config import PROMPTS_PER_STEP, RoundConfig
from trainer.queries import Pair
from trainer.rollout.callbacks import (
    Budget,
    BudgetCallback,
    Evaluate,
    FallingRate,
    OnStep,
    latest_checkpoint,
    seconds_spent,
)
from trainer.rollout.packing import HANDLE_BASE, forwards_restored, handles_understood, shares_rows
from trainer.rollout.sampling import sample
from trainer.rollout.student import TRAINED, Student

WORKING_COPIES = 34
"""Tensors of the hidden size that one layer keeps for its backward pass, counted in Qwen's decoder layer."""

RewardOf = Callable[[Sequence[int], Sequence[str]], list[float]]
Replay = Callable[[int], tuple[int, ...] | None]


@dataclass(frozen=True)
class BatchSize:
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

    def of_prompts(self, prompts: int) -> BatchSize:
        """The same for another number of prompts per step, no more of them at once."""
        at_once = max(n for n in range(1, self.prompts_at_once + 1) if prompts % n == 0)
        return replace(self, prompts=prompts, prompts_at_once=at_once)


def choose_batch(
    loaded: LoadedModel, config: RoundConfig, prompt_tokens: int, answer_tokens: Sequence[int]
) -> BatchSize:
    """Fit a step into half of the free memory.

    Args:
        loaded: the model.
        config: group size.
        prompt_tokens: of the longest prompt.
        answer_tokens: lengths of the first policy's answers; longer ones than nearly all are cut off.
    """
    text = loaded.model.config.get_text_config()
    longest = sorted(answer_tokens)[int(0.95 * (len(answer_tokens) - 1))] if answer_tokens else 0
    max_new = min(loaded.spec.max_new_tokens, max(24, round(1.5 * longest) + 8))
    tokens = prompt_tokens * (1 if shares_rows(loaded) else config.group_size) + config.group_size * max_new
    each = tokens * text.hidden_size * torch.finfo(loaded.model.dtype).bits // 8
    room = (available_bytes(loaded.device) or 4 * 2**30) // 2
    plain, lean = (
        each * text.num_hidden_layers * WORKING_COPIES,
        each * (text.num_hidden_layers + WORKING_COPIES),
    )
    checkpointing = plain * PROMPTS_PER_STEP > room
    fit = max(1, room // (lean if checkpointing else plain))
    at_once = max(n for n in range(1, PROMPTS_PER_STEP + 1) if PROMPTS_PER_STEP % n == 0 and n <= fit)
    bf16 = loaded.device.type == "cuda" and torch.cuda.is_bf16_supported()
    return BatchSize(PROMPTS_PER_STEP, at_once, max_new, checkpointing, bf16)


def train(
    student: Student,
    pairs: Sequence[Pair],
    reward_of: RewardOf,
    config: RoundConfig,
    batch: BatchSize,
    budget: Budget,
    folder: Path,
    *,
    stop: Stop,
    on_step: OnStep,
    evaluate: Evaluate,
    replay: Replay = lambda number: None,
) -> float:
    """Train the student's adapter and return the seconds it took, those before an interruption included.

    Goes on from the last whole checkpoint in ``folder`` when there is one.

    Args:
        student: who learns.
        pairs: what is asked.
        reward_of: (numbers of pairs, texts) -> one reward per text.
        config: group size, learning rate, temperature, seed.
        batch: how much at once.
        budget: how long.
        folder: for the checkpoints.
        stop: asked at every token and step.
        on_step: gets each step's figures, and those of each evaluation.
        evaluate: measures a few held-out places now and then.
        replay: number of a pair -> an answer that stands in its group instead of the last one drawn, or None.

    Raises:
        JobCancelledError: ``stop()`` became true while answers were drawn.
        ModelError: the memory is not enough.
    """
    resume = latest_checkpoint(folder)
    callback = BudgetCallback(folder, budget, seconds_spent(resume), stop, on_step, evaluate)
    numbers = stream(len(pairs), batch.prompts * budget.steps, config.seed)
    loaded, prompts = student.loaded, student.prompts
    backbone, packs = backbone_of(loaded.model), shares_rows(loaded)
    prefixes = [prompts.prefix(pair) for pair in pairs]
    with (
        forwards_restored(loaded.model),
        handles_understood(backbone, prefixes.__getitem__, prompts.see, loaded.prompts, packs=packs),
    ):
        trainer = grpo_trainer(
            model=student.loaded.model,
            reward_funcs=_as_reward(reward_of),
            args=grpo_arguments(config, batch, budget.steps, folder),
            train_dataset=Dataset.from_dict({"prompt": [str(number) for number in numbers], "pair": numbers}),
            processing_class=student.loaded.tokenizer,
            rollout_func=Rollout(student, pairs, config, batch, replay, stop),
            callbacks=[callback, FallingRate(budget, lambda: callback.seconds)],
        )
        try:
            trainer.train(resume_from_checkpoint=str(resume) if resume else None)
        except torch.OutOfMemoryError as error:
            raise ModelError(
                f"The memory is not enough to compare {config.group_size} answers to {batch.prompts_at_once} "
                f"questions at once ({error}). Choose a smaller group, or a smaller model."
            ) from error
    return callback.seconds


def stream(pairs: int, length: int, seed: int) -> list[int]:
    """Numbers of pairs in the order of training: one epoch after another, each shuffled anew.

    It is drawn here and not by TRL's sampler, whose order after a resume is not the one of an unbroken run.
    """
    rng = np.random.default_rng(seed)
    epochs = -(-length // pairs)
    order = np.concatenate([rng.permutation(pairs) for _ in range(epochs)])[:length]
    return [int(number) for number in order]


def grpo_trainer(**parts: Any) -> Any:
    """TRL's trainer, without its advice and its own printing, and with the adapter in full precision."""
    os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")
    from trl import GRPOTrainer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trainer = GRPOTrainer(**parts)
    trainer.remove_callback(PrinterCallback)
    for parameter in parts["model"].parameters():
        # TRL casts the adapter of a 4-bit model to bfloat16, in which small steps are lost.
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    return trainer


def _as_reward(reward_of: RewardOf) -> Callable[..., list[float]]:
    def reward(completions: list[str], pair: list[int], **_: Any) -> list[float]:
        return reward_of(pair, completions)

    return reward


class Rollout:
    """TRL's rollout function: numbers of pairs in, handles and sampled answers out."""

    def __init__(
        self,
        student: Student,
        pairs: Sequence[Pair],
        config: RoundConfig,
        batch: BatchSize,
        replay: Replay,
        stop: Stop,
    ) -> None:
        self._student, self._pairs, self._replay = student, pairs, replay
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
                self._student.prompts.see,
                loaded.prompts,
                group_size=group,
                temperature=self._config.temperature,
                max_new_tokens=self._batch.max_new_tokens,
                eos_ids=loaded.end_ids,
                banned_ids=loaded.silent_ids,
                stop=self._stop,
            )
        for row, number in enumerate(numbers):
            if (again := self._replay(number)) is not None:
                answers[row * group + group - 1] = list(again)
        handles = [[HANDLE_BASE + int(text)] for text in asked]
        return {"prompt_ids": handles, "completion_ids": answers, "logprobs": None}


def grpo_arguments(config: RoundConfig, batch: BatchSize, steps: int, folder: Path) -> Any:
    """TRL's settings for ``steps`` optimiser steps; nothing is logged or saved of its own accord."""
    from trl import GRPOConfig

    return GRPOConfig(
        output_dir=str(folder),
        per_device_train_batch_size=batch.prompts_at_once * config.group_size,
        gradient_accumulation_steps=batch.prompts // batch.prompts_at_once,
        steps_per_generation=1,
        num_generations=config.group_size,
        max_completion_length=batch.max_new_tokens,
        max_steps=steps,
        learning_rate=config.learning_rate,
        lr_scheduler_type="constant",
        temperature=config.temperature,
        beta=0.0,
        scale_rewards="batch",
        seed=config.seed,
        shuffle_dataset=False,
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
