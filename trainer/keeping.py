"""What is kept of a round: as much as can be without losing what the model could do before.

Merging a trained adapter with the one it came from costs no training: on the straight line between both lie
adapters that gained nearly as much and lost less. The largest share with which no control of the gate gets worse, at
home or on the held-out places, is the one that is judged. The controls alone choose it, never the reward, so the
gate's bound on the reward is that of one comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from engine.types import Stop
from trainer.clock import HOME, RunClock
from trainer.config import SHARES
from trainer.gate import ControlFigure, HeldOut, Home, controls_of
from trainer.home import HomeSet
from trainer.measure import Measurement
from trainer.queries import Pair
from trainer.rewarder import read_answers
from trainer.rollout.student import TRAINED, Student
from trainer.state import RunState


@dataclass(frozen=True)
class Tried:
    """What a share of a round does: on the held-out pairs, and at home where there is one."""

    share: float
    measured: Measurement
    home: Home | None
    worse: tuple[ControlFigure, ...]

    def figures(self, reward: float) -> dict[str, float]:
        """Plain figures for a report; ``reward`` is that of the held-out answers."""
        at_home = {} if self.home is None else {"right": self.home.found, "none": self.home.none}
        return {"share": self.share, **at_home, "reward": reward, "held_none": self.measured.none}


@dataclass(frozen=True)
class Kept:
    """How much of a round was kept: the last of what was tried.

    Attributes:
        before: what was answered at home before anything was learned; None where nothing is stored.
        tried: every share that was asked, the largest first.
    """

    before: Home | None
    tried: Sequence[Tried]

    @property
    def last(self) -> Tried:
        """What was kept."""
        return self.tried[-1]

    @property
    def at_home(self) -> tuple[Home, Home] | None:
        """What was answered at home before anything was learned, and with what was kept."""
        return None if self.before is None or self.last.home is None else (self.before, self.last.home)

    def report(self) -> dict[str, Any] | None:
        """Plain figures of home for events, reports and manifests; None where nothing is stored."""
        if self.at_home is None:
            return None
        before, after = self.at_home
        return {
            "share": self.last.share,
            "questions": len(before.right),
            "before": {"right": before.found, "none": before.none},
            "after": {"right": after.found, "none": after.none},
        }

    def sentence(self) -> str:
        """How much is judged and why, for the log."""
        why = " and ".join(
            f"{c.name} would go from {c.before:.3f} to {c.after:.3f}" for c in self.tried[0].worse
        )
        return f"Judging {self.last.share:.0%} of what the round learned: with all of it {why}."


class AtHome:
    """Asks a student the stored questions.

    Args:
        home: the questions; there may be none.
        student: who answers; the pictures are its chips from ``first`` on.
        first: number of chips of the run.
        clock: where the time is counted.
    """

    def __init__(self, home: HomeSet, student: Student, first: int, clock: RunClock) -> None:
        self._home, self._student, self._clock = home, student, clock
        self._asked: list[Pair] = home.asked(first)
        self._pixels_of = lambda index: home.pixels(index - first)

    def __len__(self) -> int:
        return len(self._asked)

    def answered(self, adapter: str | None, stop: Stop) -> Home:
        """What the model answers under an adapter, None for the model as it came.

        Raises:
            JobCancelledError: ``stop()`` became true.
        """
        with self._clock.part(HOME):
            texts = self._student.answer(self._asked, adapter, stop)
            answers = read_answers(self._asked, texts, self._student.loaded.spec, self._pixels_of)
        self._clock.done(HOME, len(self._asked))
        return self._home.judge(answers)

    def before(self, state: RunState, save: Callable[[], None], stop: Stop) -> Home | None:
        """What was known before the run, asked once; None where nothing is stored.

        Where the run starts from an adapter, the model as it came is asked as well, and the better one counts: a
        little may not be lost again and again.

        Args:
            state: keeps the answers.
            save: called when it has them.
            stop: asked often.

        Raises:
            JobCancelledError: ``stop()`` became true.
        """
        if not self._asked:
            return None
        if state.home is None or len(state.home) != len(self._asked):
            sides = [self.answered(name, stop) for name in dict.fromkeys((self._student.start_name, None))]
            state.home = [bool(right) for right in max(sides, key=lambda side: side.found).right]
            save()
        return self._home.remembered(state.home)

    def keep(
        self,
        before: Home | None,
        held: HeldOut,
        measured: Callable[[], Measurement],
        none_loss: float | None,
        stop: Stop,
    ) -> Kept:
        """Leave the student with the largest share of what it learned that makes no control worse.

        Where none does, the smallest is left, for the gate to refuse.

        Args:
            before: what was known at home; None where nothing is stored.
            held: what the last kept adapter does on the held-out pairs.
            measured: measures the student on them.
            none_loss: how much of "none" may be lost, as :func:`trainer.gate.judge` has it.
            stop: asked often.

        Raises:
            JobCancelledError: ``stop()`` became true.
        """
        tried: list[Tried] = []
        for share in SHARES:
            self._student.take_share(share)
            after = self.answered(TRAINED, stop) if before is not None else None
            now = measured()
            at_home = None if before is None or after is None else (before, after)
            controls = controls_of(held, now.held_out, at_home, none_loss)
            tried.append(Tried(share, now, after, tuple(control for control in controls if control.worse)))
            if not tried[-1].worse:
                break
        return Kept(before, tried)
