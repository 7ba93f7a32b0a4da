"""The search and the training of a round as several processes share them: what the leader orders, how others follow.

The leader prepares, measures and judges alone. For a round it orders a search, in which each takes a part of the pairs,
then the training: the others read the round's lessons from the run's folder, and take their part of each step.
They write nothing but the state of their random numbers beside a checkpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.errors import InputError, JobCancelledError, RemoteZeroError
from engine.imagery.apart import never
from engine.remote.keys import KEYS
from engine.types import Stop
from trainer.clock import RunClock, Spent
from trainer.config import TrainingRequest
from trainer.lessons import Lessons
from trainer.preparation import PreparedRun, opened
from trainer.rewarder import RewardFunction
from trainer.rollout.callbacks import Budget, Evaluate, OnStep
from trainer.rollout.crew import Crew
from trainer.rollout.grpo import BatchSize, train
from trainer.search import SearchOrder, search
from trainer.state import RunState

SEED_STRIDE = 1000
"""Every round draws its own order: a second try after a refusal is not the first one again."""


@dataclass(frozen=True)
class Opening:
    """The first order: a prepared run.

    Attributes:
        request: as the leader fitted it to the memory.
        folder: of the run.
        keys: of model servers, as :meth:`engine.remote.keys.ServerKeys.as_line` writes them.
    """

    request: TrainingRequest
    folder: Path
    keys: str


@dataclass(frozen=True)
class Share:
    """The order to train a round together.

    Attributes:
        number: of the round.
        previous: folder of the last kept adapter, None before the first.
        budget: how long.
        batch: how much at once.
    """

    number: int
    previous: Path | None
    budget: Budget
    batch: BatchSize

    def folder(self, run: PreparedRun) -> Path:
        """Where the round keeps its lessons and checkpoints."""
        return run.folder / f"round-{self.number}"

    def learn(
        self,
        run: PreparedRun,
        lessons: Lessons,
        reward: RewardFunction,
        crew: Crew,
        *,
        stop: Stop,
        on_step: OnStep,
        evaluate: Evaluate,
    ) -> float:
        """Train, see :func:`trainer.rollout.grpo.train`."""
        config = run.request.config
        return train(
            run.student,
            lessons.pairs,
            reward,
            config.model_copy(update={"seed": config.seed + SEED_STRIDE * self.number}),
            self.batch,
            self.budget,
            self.folder(run),
            stop=stop,
            on_step=on_step,
            evaluate=evaluate,
            replay=reward.replay,
            crew=crew,
        )


def follow(crew: Crew) -> None:
    """Do what the leader orders until it lets this process go; what can't be done here is told to all."""
    run: PreparedRun | RemoteZeroError = InputError(
        "The run was not opened in one of its processes. Start it again."
    )
    while (order := crew.heard()) is not None:
        try:
            if isinstance(order, Opening):
                run = _opened(order)
            elif isinstance(order, SearchOrder):
                _search(order, run, crew)
            else:
                _train(order, run, crew)
        except JobCancelledError:
            continue
        except RemoteZeroError as error:
            run = run if isinstance(run, PreparedRun) else error


def _opened(order: Opening) -> PreparedRun:
    KEYS.take_line(order.keys)
    state, clock = RunState.load(order.folder), RunClock(order.request.minutes, Spent())
    return opened(order.request, order.folder, state, clock, lambda kind, data: None, never)


def _ready(run: PreparedRun | RemoteZeroError, previous: Path | None) -> PreparedRun:
    """The run where a round begins with the adapter that the leader begins with."""
    if isinstance(run, RemoteZeroError):
        raise run
    run.student.begin_round(previous)
    return run


def _search(order: SearchOrder, run: PreparedRun | RemoteZeroError, crew: Crew) -> None:
    ready = crew.together(lambda: _ready(run, order.previous))
    search(order.pairs, ready.student, ready.rewarder(order.adapter, never), order.adapter, crew)


def _train(share: Share, run: PreparedRun | RemoteZeroError, crew: Crew) -> None:
    def begun() -> tuple[PreparedRun, Lessons]:
        ready = _ready(run, share.previous)
        lessons = Lessons.load(share.folder(ready))
        if lessons is None:
            raise InputError(f"{share.folder(ready)} holds no lessons. All processes need the same folder.")
        return ready, lessons

    ready, lessons = crew.together(begun)
    reward = ready.reward_of(lessons, never)
    share.learn(ready, lessons, reward, crew, stop=never, on_step=lambda step: None, evaluate=lambda: {})
