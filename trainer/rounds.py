"""A run of self-improvement, top to bottom: prepare, then rounds of train, measure, judge, keep or refuse.

The previous promoted round is the verifier of the next one; the verifier of round 0 judges them all. Every
step leaves its result on disk before the next begins, so a run that was killed goes on where it was.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.catalogue.adapters import Manifest
from engine.errors import InputError, JobCancelledError
from engine.language.prompts import prompt_version
from engine.types import AdapterChoice, Stop
from trainer.attempts import Attempt, Attempts
from trainer.clock import FEWEST_STEPS, minutes_words
from trainer.gate import Home, Verdict, judge, should_stop
from trainer.keeping import Kept
from trainer.lessons import SEARCHED, Lessons
from trainer.measure import Measurement, choose_controls, measure, rescored
from trainer.preparation import Emit, PreparedRun
from trainer.report import write_report
from trainer.rollout.callbacks import Budget
from trainer.rollout.crew import Crew
from trainer.rollout.student import TRAINED
from trainer.search import search
from trainer.shares import SEED_STRIDE, Share

EVALUATED_PAIRS = 48
GATE_GRACE_S = 45.0
"""A cancelled round may still be judged, if that takes no longer than this."""


class Rounds:
    """The rounds of one run.

    Args:
        prepared: everything that the rounds work with.
        emit: sends an event.
        stop: becomes true when the analyst cancels.
        crew: the processes that share the training, led by this one; none but this one by default.
    """

    def __init__(self, prepared: PreparedRun, emit: Emit, stop: Stop, crew: Crew | None = None) -> None:
        self.prepared, self.emit, self.stop, self.crew = prepared, emit, stop, crew or Crew()
        self.state = prepared.state
        self.student = prepared.student
        self.curve: list[dict[str, float]] = []
        self._stage, self._number = "search", 0
        self._in_time = prepared.clock.telling(prepared.clock.over(stop, grace=True), self._tell)
        self._before: Measurement | None = None
        self._tried: tuple[list[list[Attempt]] | None, list[list[Attempt]] | None] = (None, None)
        self._home: Home | None = None
        self._cancelled_at: float | None = None

    def run(self) -> dict[str, Any]:
        """Run all rounds that are left and return the result."""
        prepared, state = self.prepared, self.state
        cancelled, ended = False, ""
        while (
            len(state.rounds) < prepared.request.rounds and not should_stop(state.verdicts) and not cancelled
        ):
            if self._before is None and not self._begin():
                ended = self._too_late()
                break
            if ended := self._too_late():
                break
            going_on = self._round(len(state.rounds) + 1)
            cancelled = not going_on and self.stop()
            self._save()
            if not going_on and not cancelled:
                ended = "The time was over before the last round was checked, so it was not kept."
                break
        if ended:
            self.emit("log", {"message": ended})
        if state.rounds:
            prepared.keep_rates()
        elif ended:
            raise InputError(ended)
        report = write_report(prepared.folder, prepared.report_data())
        return {
            "adapter": state.kept[-1] if state.kept else None,
            "promoted": len(state.kept),
            "refused": sum(not verdict.promoted for verdict in state.verdicts),
            "cancelled": cancelled,
            "reason": ended or (state.verdicts[-1].reason if state.verdicts else "No round was finished."),
            "seconds": round(prepared.clock.seconds, 1),
            "rounds": state.rounds,
            "report": str(report),
            "warnings": list(prepared.external.notes) if prepared.external else [],
            **prepared.about_verifier(),
        }

    def _begin(self) -> bool:
        """Measure the start; False where the time is over before that."""
        prepared = self.prepared
        try:
            if prepared.request.gated:
                self._home = prepared.home.before(self.state, self._save, self._in_time)
            with prepared.clock.part("measuring"):
                self._before = self._measured(prepared.kept_folder())
        except JobCancelledError:
            if self.stop():
                raise
            return False
        prepared.clock.done("measuring", len(self.state.held or []))
        start = f"Held-out reward at the start: {self._before.reward:.3f}."
        if self._home is not None:
            start += (
                f" Right answers at home: {self._home.found:.3f} of {len(self._home.right)} stored questions."
            )
        self.emit("log", {"stage": "search", "message": start})
        return True

    def _save(self) -> None:
        self.state.spent.seconds = self.prepared.clock.seconds
        self.state.save(self.prepared.folder)

    def _too_late(self) -> str:
        """Why no further round is begun, empty where the time is enough for one."""
        prepared, expected = self.prepared, self.prepared.forecast()
        fewest = FEWEST_STEPS * expected["training"] / prepared.request.steps
        needed = expected["searching"] + fewest + expected["checking"]
        if needed <= prepared.clock.left_s:
            return ""
        spent, minutes = prepared.clock.seconds, prepared.request.minutes
        if self.state.rounds:
            return f"The {minutes_words(minutes)} are used up; another round would take at least {needed:.0f} s more."
        return (
            f"{minutes_words(minutes)} are too few here: preparing took {spent:.0f} s, and the shortest round with "
            f"its check takes about {needed:.0f} s. Nothing was changed. Allow at least "
            f"{math.ceil((spent + needed) / 60 * 1.2)} minutes."
        )

    def _round(self, number: int) -> bool:
        """One round; False when it was cancelled or the time was over before it was checked."""
        prepared, folder = self.prepared, self.prepared.folder / f"round-{number}"
        self._number = number
        self.student.begin_round(prepared.kept_folder())
        try:
            finished = self._train(number, folder)
            stop = self._in_time if finished else self._grace
            kept = self._kept(stop)
            before, *shares = self._all_measured(kept, stop)
        except JobCancelledError:
            said = "Cancelled." if self.stop() else "The time is over before the round was checked."
            self.emit("log", {"message": f"{said} Everything that was promoted stays; resume to go on."})
            return False
        trial, after = self.state.trial, shares[-1]
        verdict = judge(
            before.held_out,
            after.held_out,
            prepared.request.config.seed,
            trial.reliability if trial is not None else 1.0,
            kept.at_home,
            prepared.request.none_loss,
        )
        if not prepared.request.gated:
            verdict = verdict.passed_by()
        tried = [one.figures(measured.reward) for one, measured in zip(kept.tried, shares, strict=True)]
        self._keep(number, folder, verdict, (before, after), kept, tried)
        return finished

    def _kept(self, stop: Stop) -> Kept:
        """Leave the student with as much of what it learned as makes nothing worse."""
        if self._before is None:
            raise RuntimeError("a round was begun before the start was measured")
        self._now("gate", "Asking what the model knew before, and on the held-out places.")
        kept = self.prepared.home.keep(
            self._home,
            self._before.held_out,
            lambda: self._measured_now(stop),
            self.prepared.request.none_loss,
            stop,
        )
        if kept.last.share < 1:
            self._now("gate", kept.sentence())
        return kept

    def _all_measured(self, kept: Kept, stop: Stop) -> list[Measurement]:
        """The last kept adapter and each share that was tried under the same reward, that of the first verifier.

        What the held-out answers are compared with must favour neither side: it is what both adapters answer
        when they are asked several times. The first policy's answers alone would favour the first policy. What is
        drawn depends on the questions alone, so the last kept adapter's answers are those that it was judged with.
        """
        prepared = self.prepared
        self._now("gate", "Judging the round on the held-out places.")
        if self._before is None:
            raise RuntimeError("a round was begun before the start was measured")
        measured = [self._before, *(one.measured for one in kept.tried)]
        if prepared.request.config.reward != "consensus":
            return measured
        rewarder, held = prepared.judging_rewarder(stop), self.state.held or []
        known, _ = self._tried
        with prepared.clock.part("searching"):
            old = known or search(held, self.student, rewarder, self.student.previous_name)
            new = search(held, self.student, rewarder, TRAINED)
        prepared.clock.done("searching", len(held) if known else 2 * len(held))
        self._tried = old, new
        both = Attempts(held, [[*one, *other] for one, other in zip(old, new, strict=True)])
        rewarder = replace(rewarder, attempts=both)
        return [rescored(one, rewarder, held) for one in measured]

    def _train(self, number: int, folder: Path) -> bool:
        """Train until the round's time is over; False when it was cancelled."""
        prepared, state = self.prepared, self.state
        lessons = self._lessons(number, folder)
        rounds_left = prepared.request.rounds - number + 1
        reserved = rounds_left * prepared.forecast()["checking"]
        seconds = max(1.0, (prepared.clock.left_s - reserved) / rounds_left)
        reward = prepared.reward_of(lessons, self.stop)
        share = Share(number, prepared.kept_folder(), Budget(seconds, prepared.request.steps), prepared.batch)
        self.crew.order(share)
        self.curve = []
        try:
            state.seconds += share.learn(
                prepared,
                lessons,
                reward,
                self.crew,
                stop=self.stop,
                on_step=lambda step: self._progress(number, {**step, **reward.figures}),
                evaluate=self._evaluate,
            )
        except JobCancelledError:
            self.emit("log", {"message": "Cancelled in the middle of a step; judging what was learned."})
            state.seconds += self.curve[-1]["seconds"] if self.curve else 0.0
        steps = max((int(point["step"]) for point in self.curve), default=0)
        prepared.clock.spent.parts["step"] = state.seconds
        prepared.clock.done("step", steps)
        return not self.stop()

    def _lessons(self, number: int, folder: Path) -> Lessons:
        """The pairs of a round, searched with the last kept adapter; those on disk after an interruption."""
        prepared, state = self.prepared, self.state
        found = Lessons.load(folder)
        if found is None:
            self._now("search", f"Round {number}: looking for what is there.")
            seed = prepared.request.config.seed + SEED_STRIDE * number
            wanted = prepared.request.steps * prepared.request.prompts
            pairs = state.train or []
            with prepared.clock.part("searching"):
                spread = self._spread(number)
                found = prepared.lessons(
                    pairs, self.student.previous_name, wanted, seed, self._in_time, spread, self.crew
                )
            prepared.clock.done("searching", min(len(pairs), round(SEARCHED * wanted)))
            found.save(folder)
        absent = sum(pair.absent for pair in found.pairs)
        self.emit(
            "log",
            {
                "stage": "search",
                "message": f"Round {number}: {len(found.pairs)} pairs to learn from, {absent} without a target.",
            },
        )
        return found

    def _spread(self, number: int) -> dict[str, float]:
        """How far the answers to each question differed in the round before; nothing unless that is asked for."""
        before = Lessons.load(self.prepared.folder / f"round-{number - 1}")
        return dict(before.spread) if before and self.prepared.request.harder_questions else {}

    def _progress(self, number: int, step: dict[str, float]) -> None:
        names = ("step", "seconds", "reward", "reward_std", "entropy", "parsed", "score", "held_out")
        point = {name: float(step[name]) for name in names if name in step}
        self.curve.append(point)
        self.emit("progress", {**self.prepared.clock.progress("train", number), **point})

    def _tell(self) -> None:
        self.emit("progress", self.prepared.clock.progress(self._stage, self._number))

    def _now(self, stage: str, message: str) -> None:
        """A new stage has begun."""
        self._stage = stage
        self.emit("log", {"stage": stage, "message": message})

    def _evaluate(self) -> dict[str, float]:
        """The held-out reward of a few pairs, in the middle of a round."""
        pairs = (self.state.held or [])[:EVALUATED_PAIRS]
        texts = self.student.answer(pairs, TRAINED, self.stop)
        scored = self.prepared.judging_rewarder(self.stop).score(pairs, texts)
        return {"held_out": float(np.mean([item.reward for item in scored]))}

    def _measured(self, folder: Path | None) -> Measurement:
        """Measure the last promoted adapter, or the start."""
        self.student.begin_round(folder)
        return self._measured_now(self._in_time)

    def _measured_now(self, stop: Stop) -> Measurement:
        prepared, state = self.prepared, self.state
        held, rewarder = state.held or [], prepared.judging_rewarder(stop)
        if state.controls is None:
            answers = rewarder.read(held, self.student.answer(held, self.student.start_name, stop))
            seed = prepared.request.config.seed
            state.controls = choose_controls(held, answers, seed, prepared.spec)
            state.save(prepared.folder)
        return measure(
            self.student.answer(held, TRAINED, stop),
            rewarder,
            replace(rewarder, verifier=self.student.verifier(TRAINED), crop_px=None),
            held,
            [prepared.chips.records[pair.chip].place for pair in held],
            state.controls,
        )

    def _keep(
        self,
        number: int,
        folder: Path,
        verdict: Verdict,
        sides: tuple[Measurement, Measurement],
        kept: Kept,
        tried: Sequence[Mapping[str, float]],
    ) -> None:
        """Publish the adapter when it was promoted; note the round either way."""
        prepared, state, (before, after) = self.prepared, self.state, sides
        report: dict[str, Any] = {
            "round": number,
            "promoted": verdict.promoted,
            "reason": verdict.reason,
            "gain": verdict.gain,
            "gain_low": verdict.gain_low,
            "gain_high": verdict.gain_high,
            "certainty": verdict.certainty,
            "controls": [asdict(control) for control in verdict.controls],
            "before": before.summary(),
            "after": after.summary(),
            "home": kept.report(),
            "tried": tried,
            "curve": self.curve,
            "adapter": None,
            "pictures": prepared.draw_pictures(number, before, after),
        }
        saved = self.student.save(folder / "adapter")
        if verdict.promoted:
            manifest = Manifest(
                name=f"{state.stamp}-r{number}",
                base_name=prepared.registry.base_name,
                base_sha256=prepared.registry.base_sha256,
                parent=state.kept[-1] if state.kept else prepared.start,
                round=number,
                prompt_version=prompt_version(prepared.spec),
                data_sha256=prepared.fingerprint(),
                created=time.time(),
                figures={
                    **report,
                    "curve": [],
                    "settings": prepared.settings,
                },
            )
            if manifest.name not in {item.name for item in prepared.registry.list()}:
                prepared.registry.publish(saved, manifest)
            state.kept.append(manifest.name)
            report["adapter"] = manifest.name
            if prepared.request.promote and prepared.request.gated:
                prepared.registry.choose(AdapterChoice(manifest.name))
            self._before, self._tried = after, (self._tried[1], None)
        state.verdicts.append(verdict)
        state.rounds.append(report)
        state.save(prepared.folder)
        self.emit("round", {key: value for key, value in report.items() if key != "curve"})

    def _grace(self) -> bool:
        """Stop of a judgement after a cancel: true once the grace is over."""
        if self._cancelled_at is None:
            self._cancelled_at = time.monotonic()
        return time.monotonic() - self._cancelled_at > GATE_GRACE_S
