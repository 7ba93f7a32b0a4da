"""What a run's events add up to: curves, rounds and where it is now. Plain values, no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PureWindowsPath
from typing import Any

from ..connection.wire import Event, JobProgress

Curve = list[tuple[float, float]]
"""Points (x, y), x rising."""

USUAL_CERTAINTY = 0.975
"""Of rounds that do not say theirs: it is higher where the verifier is less to be trusted."""


@dataclass(frozen=True)
class GateControl:
    """A figure that must not get worse: its value before and after a round."""

    name: str
    before: float
    after: float
    worse: bool


@dataclass(frozen=True)
class Picture:
    """One held-out place before and after a round.

    Attributes:
        query: what was asked there.
        before, after: file names below the job's pictures.
        score_before, score_after: the best box's score, 0..1; None where no box was given.
    """

    query: str
    before: str
    after: str
    score_before: float | None
    score_after: float | None


@dataclass(frozen=True)
class Home:
    """What the model could do before: shares of right answers to its stored questions.

    Attributes:
        before, after: before the run, and after the round.
    """

    before: float
    after: float


@dataclass(frozen=True)
class Round:
    """A finished round and the gate's verdict.

    Attributes:
        kept: the gate let it pass.
        gain, low, high: change of the held-out reward and the interval in which the true one lies; None when unknown.
        before, after: summary figures by name: ``reward``, ``wrong_yes``, ``wrong_boxes``, ``empty``, …
        reason: the trainer's own sentence.
        home: what was known before; None where that was not measured.
        share: how much of what the round learned was judged, and kept where it was kept, 0..1.
        certainty: 0..1, with which the change lies in its interval.
    """

    number: int
    kept: bool
    gain: float | None
    low: float | None
    high: float | None
    controls: tuple[GateControl, ...]
    before: dict[str, float]
    after: dict[str, float]
    pictures: tuple[Picture, ...]
    reason: str
    home: Home | None = None
    share: float = 1.0
    certainty: float = USUAL_CERTAINTY

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Round:
        """Read the data of a ``round`` event."""
        return cls(
            number=int(data.get("round") or 0),
            kept=bool(data.get("promoted")),
            gain=data.get("gain"),
            low=data.get("gain_low"),
            high=data.get("gain_high"),
            controls=tuple(
                GateControl(str(c["name"]), float(c["before"]), float(c["after"]), bool(c["worse"]))
                for c in data.get("controls") or []
            ),
            before=data.get("before") or {},
            after=data.get("after") or {},
            pictures=tuple(_picture(item) for item in data.get("pictures") or []),
            reason=str(data.get("reason") or ""),
            home=_home(data.get("home")),
            share=_share(data),
            certainty=float(data.get("certainty") or USUAL_CERTAINTY),
        )


@dataclass
class RunRecord:
    """One run so far.

    Attributes:
        state: of the job, as the engine says.
        stage: ``chips``, ``model``, ``queries``, ``calibrate``, ``search``, ``train`` or ``gate``; "" before the
            first, and while the log says something of no stage.
        message: the latest sentence of the log.
        round: the round that goes on, 0 before the first.
        progress: seconds of the run done, of its budget, and left.
        reward: mean reward of the sampled answers, over minutes of training.
        held_out: reward on places kept aside, over minutes of training.
        rounds: the finished ones.
    """

    state: str = ""
    stage: str = ""
    message: str = ""
    round: int = 0
    progress: JobProgress = field(default_factory=JobProgress)
    reward: Curve = field(default_factory=list)
    held_out: Curve = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)

    def add(self, events: Iterable[Event]) -> None:
        """Take up events in their order."""
        for event in events:
            if event.type == "state":
                self.state = str(event.data.get("state", ""))
            elif event.type == "log":
                self.message = str(event.data.get("message") or "")
                self.stage = str(event.data.get("stage") or "")
            elif event.type == "progress":
                self._step(event.data)
            elif event.type == "round":
                self._end_round(Round.from_json(event.data))

    def figures(self, name: str) -> Curve:
        """Return one summary figure over the rounds, from the start (x = 0) on; [] before the first."""
        if not self.rounds or name not in self.rounds[0].before:
            return []
        points = [(0.0, float(self.rounds[0].before[name]))]
        return points + [(float(r.number), float(r.after[name])) for r in self.rounds if name in r.after]

    def rewards(self) -> Curve:
        """Return the held-out reward over the rounds; [] before the first.

        Every round is judged by what was tried for it, so gains are added up, not rewards compared.
        """
        if not self.rounds or "reward" not in self.rounds[0].before:
            return []
        held = float(self.rounds[0].before["reward"])
        points = [(0.0, held)]
        for done in self.rounds:
            gain = done.gain or 0.0
            points.append((float(done.number), held + gain))
            held += gain if done.kept else 0.0
        return points

    def _step(self, data: dict[str, Any]) -> None:
        self.stage, self.round = str(data.get("stage") or "train"), int(data.get("round") or 0)
        self.progress = JobProgress.from_json(data)
        minutes = self.progress.done / 60
        for name, curve in (("reward", self.reward), ("held_out", self.held_out)):
            # A run that went on after a crash does some steps again.
            while curve and curve[-1][0] > minutes:
                curve.pop()
            if data.get(name) is not None:
                curve.append((minutes, float(data[name])))

    def _end_round(self, ended: Round) -> None:
        self.rounds = [other for other in self.rounds if other.number < ended.number] + [ended]


def _home(data: dict[str, Any] | None) -> Home | None:
    if not data:
        return None
    return Home(float(data["before"]["right"]), float(data["after"]["right"]))


def _share(data: dict[str, Any]) -> float:
    """How much was kept: the last share that was tried; of rounds that name none, what is noted of home."""
    tried = data.get("tried") or [data.get("home") or {}]
    return float(tried[-1].get("share", 1.0))


def _picture(data: dict[str, Any]) -> Picture:
    # The engine may run on another system; this reads both kinds of paths.
    names = {side: PureWindowsPath(str(data.get(side) or "")).name for side in ("before", "after")}
    scores = (data.get("score_before"), data.get("score_after"))
    return Picture(str(data.get("query") or ""), names["before"], names["after"], *scores)
