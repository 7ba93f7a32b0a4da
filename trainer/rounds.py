"""A run of self-improvement, top to bottom: prepare, then rounds of train, measure, judge, keep or refuse.

The previous promoted round is the verifier of the next one; the verifier of round 0 judges them all. Every
step leaves its result on disk before the next begins, so a run that was killed goes on where it was.
"""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.catalogue.adapters import Manifest
from engine.errors import JobCancelledError
from engine.language.prompts import prompt_version
from engine.types import AdapterChoice, Stop
from trainer.config import PROMPTS_PER_STEP, as_json
from trainer.gate import Verdict, judge, should_stop
from trainer.lessons import Lessons
from trainer.measure import Measurement, choose_controls, measure, rescored
from trainer.preparation import Emit, PreparedRun
from trainer.report import write_report
from trainer.rewarder import Attempts, RewardFunction
from trainer.rollout.callbacks import Budget
from trainer.rollout.grpo import train
from trainer.rollout.student import TRAINED
from trainer.search import search

EVALUATED_PAIRS = 48
SEED_STRIDE = 1000
"""Every round draws its own order: a second try after a refusal is not the first one again."""
GATE_GRACE_S = 45.0
"""A cancelled round may still be judged, if that takes no longer than this."""


class Rounds:
    """The rounds of one run.

    Args:
        prepared: everything that the rounds work with.
        emit: sends an event.
        stop: becomes true when the analyst cancels.
    """

    def __init__(self, prepared: PreparedRun, emit: Emit, stop: Stop) -> None:
        self.prepared, self.emit, self.stop = prepared, emit, stop
        self.state = prepared.state
        self.student = prepared.student
        self.curve: list[dict[str, float]] = []
        self._before: Measurement | None = None
        self._cancelled_at: float | None = None

    def run(self) -> dict[str, Any]:
        """Run all rounds that are left and return the result."""
        prepared, state = self.prepared, self.state
        cancelled = False
        self._before = self._measured(prepared.kept_folder())
        start = f"Held-out reward at the start: {self._before.reward:.3f}."
        self.emit("log", {"stage": "search", "message": start})
        while (
            len(state.rounds) < prepared.request.rounds and not should_stop(state.verdicts) and not cancelled
        ):
            cancelled = not self._round(len(state.rounds) + 1)
        report = write_report(prepared.folder, prepared.report_data())
        return {
            "adapter": state.kept[-1] if state.kept else None,
            "promoted": len(state.kept),
            "refused": sum(not verdict.promoted for verdict in state.verdicts),
            "cancelled": cancelled,
            "reason": state.verdicts[-1].reason if state.verdicts else "No round was finished.",
            "rounds": state.rounds,
            "report": str(report),
        }

    def _round(self, number: int) -> bool:
        """One round; False when it was cancelled."""
        prepared, folder = self.prepared, self.prepared.folder / f"round-{number}"
        self.student.begin_round(prepared.kept_folder())
        try:
            finished = self._train(number, folder)
            before, after = self._both_measured(self.stop if finished else self._grace)
        except JobCancelledError:
            self.emit("log", {"message": "Cancelled. Everything that was promoted stays; resume to go on."})
            return False
        trial = self.state.trial
        verdict = judge(
            before.held_out,
            after.held_out,
            prepared.request.config.seed,
            trial.reliability if trial is not None else 1.0,
        )
        self._keep(number, folder, verdict, before, after)
        return finished

    def _both_measured(self, stop: Stop) -> tuple[Measurement, Measurement]:
        """The last kept adapter and the new one under the same reward, that of the first verifier.

        What the held-out answers are compared with must favour neither side: it is what both adapters answer
        when they are asked several times. The first policy's answers alone would favour the first policy.
        """
        prepared = self.prepared
        self.emit("log", {"stage": "gate", "message": "Judging the round on the held-out places."})
        before, after = self._before, self._measured_now(stop)
        if before is None:
            raise RuntimeError("a round was begun before the start was measured")
        if prepared.request.config.reward != "consensus":
            return before, after
        rewarder, held = prepared.judging_rewarder(stop), self.state.held or []
        sides = [search(held, self.student, rewarder, name) for name in (self.student.previous_name, TRAINED)]
        both = Attempts(held, [[*one, *other] for one, other in zip(*sides, strict=True)])
        rewarder = replace(rewarder, attempts=both)
        return rescored(before, rewarder, held), rescored(after, rewarder, held)

    def _train(self, number: int, folder: Path) -> bool:
        """Train until the round's time is over; False when it was cancelled."""
        prepared, state = self.prepared, self.state
        left_s = max(1.0, prepared.request.minutes * 60 - state.seconds)
        seconds = left_s / (prepared.request.rounds - number + 1)
        lessons = self._lessons(number, folder)
        rewarder = prepared.rewarder(self.student.previous_name, self.stop, lessons.attempts())
        reward = RewardFunction(rewarder, lessons.pairs)
        config = prepared.request.config
        self.curve = []
        try:
            state.seconds += train(
                self.student,
                lessons.pairs,
                reward,
                config.model_copy(update={"seed": config.seed + SEED_STRIDE * number}),
                prepared.batch,
                Budget(seconds, prepared.request.steps),
                folder,
                stop=self.stop,
                on_step=lambda step: self._progress(number, {**step, **reward.figures}),
                evaluate=self._evaluate,
                replay=reward.replay,
            )
        except JobCancelledError:
            self.emit("log", {"message": "Cancelled in the middle of a step; judging what was learned."})
            state.seconds += self.curve[-1]["seconds"] if self.curve else 0.0
        return not self.stop()

    def _lessons(self, number: int, folder: Path) -> Lessons:
        """The pairs of a round, searched with the last kept adapter; those on disk after an interruption."""
        prepared, state = self.prepared, self.state
        found = Lessons.load(folder)
        if found is None:
            self.emit("log", {"stage": "search", "message": f"Round {number}: looking for what is there."})
            seed = prepared.request.config.seed + SEED_STRIDE * number
            wanted = prepared.request.steps * PROMPTS_PER_STEP
            found = prepared.lessons(state.train or [], self.student.previous_name, wanted, seed, self.stop)
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

    def _progress(self, number: int, step: dict[str, float]) -> None:
        names = ("step", "seconds", "reward", "reward_std", "entropy", "parsed", "score", "held_out")
        point = {name: float(step[name]) for name in names if name in step}
        self.curve.append(point)
        done, total = self.state.seconds + point["seconds"], self.prepared.request.minutes * 60
        self.emit(
            "progress",
            {
                "stage": "train",
                "round": number,
                "done": round(done),
                "total": round(total),
                "seconds_left": round(max(0.0, total - done), 1),
                **point,
            },
        )

    def _evaluate(self) -> dict[str, float]:
        """The held-out reward of a few pairs, in the middle of a round."""
        pairs = (self.state.held or [])[:EVALUATED_PAIRS]
        texts = self.student.answer(pairs, TRAINED, self.stop)
        scored = self.prepared.judging_rewarder(self.stop).score(pairs, texts)
        return {"held_out": float(np.mean([item.reward for item in scored]))}

    def _measured(self, folder: Path | None) -> Measurement:
        """Measure the last promoted adapter, or the start."""
        self.student.begin_round(folder)
        return self._measured_now(self.stop)

    def _measured_now(self, stop: Stop) -> Measurement:
        prepared, state = self.prepared, self.state
        held, rewarder = state.held or [], prepared.judging_rewarder(stop)
        if state.controls is None:
            answers = rewarder.read(held, self.student.answer(held, self.student.start_name, stop))
            state.controls = choose_controls(held, answers, prepared.request.config.seed)
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
        self, number: int, folder: Path, verdict: Verdict, before: Measurement, after: Measurement
    ) -> None:
        """Publish the adapter when it was promoted; note the round either way."""
        prepared, state = self.prepared, self.state
        report: dict[str, Any] = {
            "round": number,
            "promoted": verdict.promoted,
            "reason": verdict.reason,
            "gain": verdict.gain,
            "gain_low": verdict.gain_low,
            "gain_high": verdict.gain_high,
            "controls": [asdict(control) for control in verdict.controls],
            "before": before.summary(),
            "after": after.summary(),
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
                figures={**report, "curve": [], "settings": as_json(prepared.request.config)},
            )
            if manifest.name not in {item.name for item in prepared.registry.list()}:
                prepared.registry.publish(saved, manifest)
            state.kept.append(manifest.name)
            report["adapter"] = manifest.name
            if prepared.request.promote:
                prepared.registry.choose(AdapterChoice(manifest.name))
            self._before = after
        state.verdicts.append(verdict)
        state.rounds.append(report)
        state.save(prepared.folder)
        self.emit("round", {key: value for key, value in report.items() if key != "curve"})

    def _grace(self) -> bool:
        """Stop of a judgement after a cancel: true once the grace is over."""
        if self._cancelled_at is None:
            self._cancelled_at = time.monotonic()
        return time.monotonic() - self._cancelled_at > GATE_GRACE_S
