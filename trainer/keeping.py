"""What is kept of a round: as much as can be without losing at home what the model could do before.

Merging a trained adapter with the one it came from costs no training: on the straight line between both lie
adapters that gained nearly as much and lost less. The largest share that keeps home is the one that is judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from engine.types import Stop
from trainer.clock import HOME, RunClock
from trainer.gate import Home
from trainer.home import SHARES, HomeSet
from trainer.queries import Pair
from trainer.rewarder import read_answers
from trainer.rollout.student import TRAINED, Student
from trainer.state import RunState


@dataclass(frozen=True)
class Kept:
    """How much of a round was kept.

    Attributes:
        before: what was answered at home before anything was learned.
        after: what the kept share answers.
        share: of what the round learned.
        tried: every share that was asked, with its figures.
    """

    before: Home
    after: Home
    share: float
    tried: list[dict[str, float]] = field(default_factory=list)

    def report(self) -> dict[str, Any]:
        """Plain figures for events, reports and manifests."""
        return {
            "share": self.share,
            "questions": len(self.before.right),
            "before": {"right": self.before.found, "none": self.before.none},
            "after": {"right": self.after.found, "none": self.after.none},
            "tried": self.tried,
        }

    def sentence(self) -> str:
        """What was kept and why, for the log."""
        first = self.tried[0]
        return (
            f"Kept {self.share:.0%} of what the round learned: with all of it right answers at home went from "
            f"{self.before.found:.3f} to {first['right']:.3f}, so to {self.after.found:.3f}."
        )


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

    def keep(self, before: Home, none_loss: float | None, stop: Stop) -> Kept:
        """Leave the student with the largest share of what it learned that keeps home.

        Where none does, the smallest is left, for the gate to refuse.

        Args:
            before: what was known.
            none_loss: how much of "none" may be lost; None where that is not limited.
            stop: asked often.

        Raises:
            JobCancelledError: ``stop()`` became true.
        """
        tried = []
        for share in SHARES:
            self._student.take_share(share)
            after = self.answered(TRAINED, stop)
            tried.append({"share": share, "right": after.found, "none": after.none})
            if not any(control.worse for control in before.controls(after, none_loss)):
                break
        return Kept(before, after, share, tried)
