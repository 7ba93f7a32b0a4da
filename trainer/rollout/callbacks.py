"""When a round's training saves, looks and ends: a callback, and the checkpoints it leaves."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

from engine.types import Stop
from trainer.rollout.crew import Crew

WHOLE = "whole.json"
WARM_UP_STEPS = 5

OnStep = Callable[[dict[str, float]], None]
Evaluate = Callable[[], dict[str, float]]


@dataclass(frozen=True)
class Budget:
    """When a round's training ends, whichever comes first.

    Attributes:
        seconds: of training, those before an interruption included.
        steps: optimiser steps.
    """

    seconds: float
    steps: int = 20_000

    def left(self, seconds: float, steps: int) -> float:
        """Share of the budget that is left, 1 at the beginning and 0 at the end."""
        return max(0.0, 1.0 - max(seconds / self.seconds, steps / self.steps))

    @property
    def save_every_s(self) -> float:
        """Seconds between checkpoints: three minutes, less in a short round."""
        return min(180.0, max(2.0, self.seconds / 10))

    @property
    def evaluate_every_s(self) -> float:
        """Seconds between evaluations on held-out places."""
        return min(300.0, max(5.0, self.seconds / 8))


def latest_checkpoint(folder: Path) -> Path | None:
    """The newest checkpoint in ``folder`` that was written to its end, None when there is none."""
    whole = [path.parent for path in folder.glob(f"checkpoint-*/{WHOLE}")]
    return max(whole, key=lambda path: int(path.name.rpartition("-")[2]), default=None)


def seconds_spent(checkpoint: Path | None) -> float:
    """Seconds of training that a checkpoint stands for."""
    if checkpoint is None:
        return 0.0
    return float(json.loads((checkpoint / WHOLE).read_text(encoding="utf-8"))["seconds"])


class FallingRate(TrainerCallback):  # type: ignore[misc]
    """Learning rate: a short rise, then a straight fall to nothing at the end of the budget.

    TRL's own schedules count steps, but how many steps a time allows is only known at its end.

    Args:
        budget: when the training ends.
        seconds: of training so far.
        crew: whose leader looks at the clock.
    """

    def __init__(self, budget: Budget, seconds: Callable[[], float], crew: Crew) -> None:
        self._budget, self._seconds, self._crew = budget, seconds, crew

    def on_step_begin(self, args: Any, state: Any, control: Any, optimizer: Any = None, **_: Any) -> None:
        """Set the rate of the coming step."""
        rise = min(1.0, (state.global_step + 1) / WARM_UP_STEPS)
        left = self._crew.led(lambda: self._budget.left(self._seconds(), state.global_step))
        for group in optimizer.param_groups:
            group["lr"] = args.learning_rate * rise * left


class BudgetCallback(TrainerCallback):  # type: ignore[misc]
    """Ends the training in time, saves every few minutes, and reports each step; in a crew the leader decides."""

    def __init__(
        self,
        folder: Path,
        budget: Budget,
        spent_s: float,
        stop: Stop,
        on_step: OnStep,
        evaluate: Evaluate,
        crew: Crew,
    ) -> None:
        self._folder, self._budget, self._stop, self._crew = folder, budget, stop, crew
        self._on_step, self._evaluate = on_step, evaluate
        self._spent_s, self._started = spent_s, time.monotonic()
        self._saved = self._evaluated = self._started

    @property
    def seconds(self) -> float:
        """Seconds of training so far, those before an interruption included."""
        return self._spent_s + time.monotonic() - self._started

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Decide whether to save and whether to go on."""
        end, save = self._crew.led(lambda: self._decide(state.global_step))
        control.should_training_stop |= end
        control.should_save |= save

    def _decide(self, step: int) -> tuple[bool, bool]:
        """Whether to end and whether to save; an evaluation that is due comes first."""
        end = self.seconds >= self._budget.seconds or step >= self._budget.steps or self._stop()
        if not end and time.monotonic() - self._evaluated >= self._budget.evaluate_every_s:
            self._on_step({"step": float(step), "seconds": self.seconds, **self._evaluate()})
            self._evaluated = time.monotonic()
        save = end or self._stop() or time.monotonic() - self._saved >= self._budget.save_every_s
        if save:
            self._saved = time.monotonic()
        return end, save

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Mark the checkpoint as whole, then drop the older ones."""
        if not self._crew.leads:
            return
        mine = self._folder / f"checkpoint-{state.global_step}"
        text = json.dumps({"step": state.global_step, "seconds": self.seconds})
        (mine / f"{WHOLE}.part").write_text(text, encoding="utf-8")
        (mine / f"{WHOLE}.part").replace(mine / WHOLE)
        for other in self._folder.glob("checkpoint-*"):
            if other != mine:
                shutil.rmtree(other, ignore_errors=True)

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float], **_: Any) -> None:
        """Pass a step's figures on."""
        if "loss" in logs and self._crew.leads:
            self._on_step({"step": float(state.global_step), "seconds": self.seconds, **logs})
