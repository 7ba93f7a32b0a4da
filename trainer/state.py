"""What a run has reached, on disk, so that it goes on after a crash exactly where it was.

``state.json`` is replaced by a rename after every step that took time. What is in it is done; what is not is
done again, except for the training of a round, which goes on from its last checkpoint.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trainer.calibrate import Calibration, ScoreMap
from trainer.clock import Spent
from trainer.gate import Verdict
from trainer.measure import NegativeControl
from trainer.queries import Pair
from trainer.stored import read_stored, write_stored
from trainer.trust import Trial

STATE = "state.json"


def new_stamp() -> str:
    """The time to the second and four random digits."""
    return f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{uuid.uuid4().hex[:4]}"


@dataclass
class RunState:
    """Everything of a run but its chips, checkpoints and adapters, which are files of their own.

    Attributes:
        queries: the questions, given or proposed.
        train: pairs that a round may learn from; None until they are joined.
        held_asked: the same for the held-out places.
        held: the held-out pairs by which every round is judged; None until the search chose them.
        start: adapter that the run began with, ``none`` for the base weights; None until it was opened.
        drawn: whether the pairs come from drawn boxes, so that nothing needs to be searched for.
        score_map: what the verifier's score is worth by the user's verdicts.
        calibration: alpha, lambda and tau with their tables.
        trial: how far the verifier can be trusted on this imagery; None until it was tried.
        controls: crops under wrong queries; None until they were chosen.
        home: which stored questions were answered right before the run; None until they were asked.
        verdicts: one for each finished round.
        rounds: each finished round's report, plain JSON.
        kept: names of the promoted adapters, oldest first.
        seconds: training time of the finished rounds.
        spent: all of the run's time, by part.
        stamp: when the run began; its adapters are named after it, so that none is published twice.
    """

    queries: list[str] = field(default_factory=list)
    train: list[Pair] | None = None
    held_asked: list[Pair] | None = None
    held: list[Pair] | None = None
    start: str | None = None
    drawn: bool = False
    score_map: ScoreMap = field(default_factory=ScoreMap)
    calibration: Calibration | None = None
    trial: Trial | None = None
    controls: list[NegativeControl] | None = None
    home: list[bool] | None = None
    verdicts: list[Verdict] = field(default_factory=list)
    rounds: list[dict[str, Any]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    seconds: float = 0.0
    spent: Spent = field(default_factory=Spent)
    stamp: str = field(default_factory=new_stamp)

    def save(self, folder: Path) -> None:
        """Write the state; readers see the old one or the new one."""
        write_stored(folder / STATE, self)

    @classmethod
    def load(cls, folder: Path) -> RunState:
        """Read the state, an empty one where there is none.

        Raises:
            InputError: the file was not written by a trainer that this one understands.
        """
        if not (folder / STATE).is_file():
            return cls()
        return read_stored(cls, folder / STATE)
