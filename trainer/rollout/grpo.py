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
from engine.model.devices import working_dtype
from engine.model.halving import memory_suffices
from engine.model.loaded import LoadedModel
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
from trainer.rollout.crew import Crew
from trainer.rollout.packing import HANDLE_BASE, forwards_restored, handles_understood, shares_rows
from trainer.rollout.parts import GradientParts, as_if_alone
from trainer.rollout.student import TRAINED, Student, luck_for

RewardOf = Callable[[Sequence[int], Sequence[str], Sequence[bool]], list[float]]
Replay = Callable[[int], tuple[int, ...] | None]


@dataclass(frozen=True)
class BatchSize:
    """How many prompts a step compares, and how many of them at once.

    Attributes:
        prompts: per optimiser step.
        prompts_at_once: per forward pass; divides ``prompts``.
        max_new_tokens: of an answer.
        checkpointing: trade time for memory in the backward pass.
        bf16, fp16: autocast to what the card computes in; neither on a CPU.
    """

    prompts: int
    prompts_at_once: int
    max_new_tokens: int
    checkpointing: bool = False
    bf16: bool = False
    fp16: bool = False

    def of_prompts(self, prompts: int) -> BatchSize:
        """The same for another number of prompts per step, no more of them at once."""
        at_once = max(n for n in range(1, self.prompts_at_once + 1) if prompts % n == 0)
        return replace(self, prompts=prompts, prompts_at_once=at_once)


def choose_batch(
    loaded: LoadedModel, config: RoundConfig, prompt_tokens: int, answer_tokens: Sequence[int]
) -> BatchSize:
    """Fit a step into the memory that is free.

    Args:
        loaded: the model.
        config: group size.
        prompt_tokens: of the longest prompt.
        answer_tokens: lengths of the first policy's answers; longer ones than nearly all are cut off.
    """
    longest = sorted(answer_tokens)[int(0.95 * (len(answer_tokens) - 1))] if answer_tokens else 0
    max_new = min(loaded.spec.max_new_tokens, max(24, round(1.5 * longest) + 8))
    room = loaded.room()
    shared = shares_rows(loaded)

    def fits(prompts: int, checkpointing: bool) -> bool:
        rows, answers = (prompts, config.group_size) if shared else (prompts * config.group_size, 1)
        taken = loaded.costs.step(
            loaded.spec.chip_px, prompt_tokens, answers * max_new, rows, checkpointing=checkpointing
        )
        return taken <= room

    checkpointing = not fits(PROMPTS_PER_STEP, False)
    sizes = [n for n in range(1, PROMPTS_PER_STEP + 1) if PROMPTS_PER_STEP % n == 0]
    at_once = max((n for n in sizes if fits(n, checkpointing)), default=1)
    computed = working_dtype(loaded.device)
    bf16, fp16 = computed == torch.bfloat16, computed == torch.float16
    return BatchSize(PROMPTS_PER_STEP, at_once, max_new, checkpointing, bf16, fp16)


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
    crew: Crew | None = None,
) -> float:
    """Train the student's adapter and return the seconds it took, those before an interruption included.

    Goes on from the last whole checkpoint in ``folder`` when there is one. In a crew every process calls this with
    the same arguments and takes its share of each step; what is drawn for a question follows from the seed and from
    its place in the order of training, so the weights are those of one process but for rounding.

    Args:
        student: who learns.
        pairs: what is asked.
        reward_of: (numbers of pairs, texts, which of them were cut off) -> one reward per text.
        config: group size, learning rate, temperature, seed.
        batch: how much at once.
        budget: how long.
        folder: for the checkpoints.
        stop: asked at every token and step.
        on_step: gets each step's figures, and those of each evaluation.
        evaluate: measures a few held-out places now and then.
        replay: number of a pair -> an answer that stands in its group instead of the last one drawn, or None.
        crew: the processes that share the work; none but this one by default.

    Raises:
        InputError: the questions of a step can't be shared evenly.
        JobCancelledError: ``stop()`` became true while answers were drawn.
        ModelError: the memory is not enough.
    """
    crew = crew or Crew()
    resume = crew.led(lambda: latest_checkpoint(folder))
    callback = BudgetCallback(
        folder, budget, crew.led(lambda: seconds_spent(resume)), stop, on_step, evaluate, crew
    )
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
            reward_funcs=_as_reward(reward_of, student, crew),
            args=grpo_arguments(config, batch, budget.steps, folder, crew),
            train_dataset=Dataset.from_dict({"prompt": asked_as(numbers), "pair": numbers}),
            processing_class=student.loaded.tokenizer,
            rollout_func=Rollout(student, pairs, config, batch, replay, stop, crew),
            refuse=student.loaded.refusal,
            rows_at_once=batch.prompts_at_once * config.group_size,
            crew=crew,
            callbacks=[callback, FallingRate(budget, lambda: callback.seconds, crew)],
        )
        begun = str(resume) if resume else None
        if not memory_suffices(lambda: trainer.train(resume_from_checkpoint=begun)):
            raise loaded.refusal()
    return callback.seconds


def stream(pairs: int, length: int, seed: int) -> list[int]:
    """Numbers of pairs in the order of training: one epoch after another, each shuffled anew.

    It is drawn here and not by TRL's sampler, whose order after a resume is not the one of an unbroken run.
    """
    rng = np.random.default_rng(seed)
    epochs = -(-length // pairs)
    order = np.concatenate([rng.permutation(pairs) for _ in range(epochs)])[:length]
    return [int(number) for number in order]


def asked_as(numbers: Sequence[int]) -> list[str]:
    """What TRL takes for the prompts: each pair's place in the order of training and its number."""
    return [f"{place} {number}" for place, number in enumerate(numbers)]


def read_asked(text: str) -> tuple[int, int]:
    """Place and number of a pair as :func:`asked_as` wrote them."""
    place, number = text.split()
    return int(place), int(number)


def grpo_trainer(
    *,
    refuse: Callable[[], ModelError],
    rows_at_once: int | None = None,
    crew: Crew | None = None,
    **parts: Any,
) -> Any:
    """TRL's trainer, without its advice and its own printing, and with the adapter in full precision.

    A step that doesn't fit into memory is taken in parts, see :class:`GradientParts`, at first of ``rows_at_once``
    answers; ``refuse`` gives the error where not even one answer fits. The gradients of a crew are averaged after
    the last part.
    """
    sharing = crew or Crew()
    os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")
    from trl import GRPOTrainer

    class Trainer(GRPOTrainer):  # type: ignore[misc]
        """TRL's, but for where the memory ends."""

        def compute_loss(
            self,
            model: Any,
            inputs: dict[str, Any],
            return_outputs: bool = False,
            num_items_in_batch: Any = None,
        ) -> torch.Tensor:
            """The loss of a step, whose gradients are there already when it is returned."""
            plain = self.accelerator.unwrap_model(model)
            loss: torch.Tensor = sharing.together(lambda: self.parts(plain, inputs))
            sharing.average([weight for weight in plain.parameters() if weight.requires_grad])
            return loss.requires_grad_()

        def alone(self, model: Any, inputs: dict[str, Any]) -> torch.Tensor:
            """The loss of a part; its figures are this process's own, since others may take more parts or fewer."""
            loss: torch.Tensor
            with as_if_alone(self.accelerator):
                loss = self._compute_loss(model, inputs)
            return loss

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trainer = Trainer(**parts)
    trainer.parts = GradientParts(trainer.alone, trainer.accelerator.backward, refuse, rows_at_once)
    trainer.remove_callback(PrinterCallback)
    for parameter in parts["model"].parameters():
        # TRL casts the adapter of a 4-bit model to bfloat16, in which small steps are lost.
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    return trainer


def _as_reward(reward_of: RewardOf, student: Student, crew: Crew) -> Callable[..., list[float]]:
    def reward(
        completions: list[str], pair: list[int], completion_ids: list[list[int]], **_: Any
    ) -> list[float]:
        return crew.together(lambda: reward_of(pair, completions, student.cut(completion_ids)))

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
        crew: Crew,
    ) -> None:
        self._student, self._pairs, self._replay = student, pairs, replay
        self._config, self._batch, self._stop, self._crew = config, batch, stop, crew

    def __call__(self, asked: Sequence[str], trainer: Any) -> dict[str, Any]:
        """Answer ``asked``, in which each pair stands ``group_size`` times in a row."""
        group = self._config.group_size
        drawn = [read_asked(text) for text in asked[::group]]
        answers = self._crew.together(lambda: self._answers(drawn))
        for row, (_, number) in enumerate(drawn):
            if (again := self._replay(number)) is not None:
                answers[row * group + group - 1] = list(again)
        handles = [[HANDLE_BASE + number] for _, number in drawn for _ in range(group)]
        return {"prompt_ids": handles, "completion_ids": answers, "logprobs": None}

    def _answers(self, drawn: Sequence[tuple[int, int]]) -> list[list[int]]:
        """A group of answers to each (place, number)."""
        config, loaded, tokens = self._config, self._student.loaded, self._batch.max_new_tokens
        luck = [luck_for(f"{config.seed} {place}", config.group_size, tokens) for place, _ in drawn]
        device = loaded.device.type
        half = self._batch.bf16 or self._batch.fp16
        dtype = torch.bfloat16 if self._batch.bf16 else torch.float16
        with loaded.running(TRAINED), torch.autocast(device, dtype if half else None, enabled=half):
            return self._student.sample(
                [self._student.prompts.prefix(self._pairs[number]) for _, number in drawn],
                group_size=config.group_size,
                temperature=config.temperature,
                max_new_tokens=tokens,
                stop=self._stop,
                luck=torch.cat(luck),
            )


def grpo_arguments(
    config: RoundConfig, batch: BatchSize, steps: int, folder: Path, crew: Crew | None = None
) -> Any:
    """TRL's settings for ``steps`` optimiser steps; nothing is logged or saved of its own accord."""
    from trl import GRPOConfig

    arguments = GRPOConfig(
        output_dir=str(folder),
        per_device_train_batch_size=(crew or Crew()).share_of(batch.prompts) * config.group_size,
        gradient_accumulation_steps=1,
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
        fp16=batch.fp16,
        use_cpu=not torch.cuda.is_available(),
        gradient_checkpointing=batch.checkpointing,
        logging_steps=1,
        save_strategy="no",
        report_to=[],
        disable_tqdm=True,
        dataloader_pin_memory=torch.cuda.is_available(),
        log_level="error",
    )
    if arguments.n_gpu > 1:
        # Left alone, transformers would spread one process over all cards that it sees.
        arguments._n_gpu = 1
    return arguments
