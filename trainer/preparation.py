"""A prepared run: its request, data, model and reward, opened or made in the order in which it costs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from engine.catalogue.adapters import Registry, open_registry
from engine.catalogue.fitting import GROUPS
from engine.catalogue.models import find_model
from engine.errors import InputError, JobCancelledError
from engine.evaluate.overlap import AreaRule
from engine.imagery.crops import MARGIN
from engine.model.devices import choose_device
from engine.model.loaded import load_model
from engine.model.loading import fitted
from engine.types import NO_ADAPTER, AdapterChoice, ModelSpec, Stop
from trainer.attempts import Attempts
from trainer.calibrate import calibrate
from trainer.chips import ChipSet
from trainer.clock import RunClock, Spent, Work, forecast, keep_rates, minutes_words, parts_words
from trainer.config import SHARES, TUNING_PAIRS, TrainingRequest, as_json
from trainer.dataset import HELD_PAIRS, prepare_chips, prepare_pairs, presence_by, proposed
from trainer.external import External, named_verifier, try_named
from trainer.home import FOLDER, HomeSet, pictures_of
from trainer.keeping import AtHome
from trainer.lessons import SEARCHED, Harder, Lessons, choose, find_lessons
from trainer.measure import Measurement
from trainer.pictures import ShownPair, choose_shown, draw_disputed, draw_shown
from trainer.queries import Pair
from trainer.rewarder import Rewarder, RewardFunction, read_answers
from trainer.rollout.crew import Crew
from trainer.rollout.grpo import BatchSize, choose_batch
from trainer.rollout.student import Student
from trainer.search import SearchOrder
from trainer.state import RunState
from trainer.verdicts import about_verdicts, allowed_verdicts, fit_to_verdicts, prepare_home, use_verdicts

HELD_ABSENT = 1 / 3
"""Share of the held-out pairs that may have no target: enough to see that "none" stays an answer, and not so many that
the others, in which a gain shows, are few."""
ANYTHING = "everything"
Emit = Callable[[str, dict[str, Any]], None]


@dataclass
class PreparedRun:
    """One run's request, data, model and place on disk."""

    request: TrainingRequest
    folder: Path
    spec: ModelSpec
    chips: ChipSet
    student: Student
    registry: Registry
    state: RunState
    batch: BatchSize
    clock: RunClock
    start: str | None
    home: AtHome
    external: External | None = None
    shown: list[ShownPair] = field(default_factory=list)

    def judging_rewarder(self, stop: Stop) -> Rewarder:
        """The reward by which every round is judged: the first verifier, and what it believed at the start."""
        held = Lessons.load(self.folder)
        return self.rewarder(self.student.start_name, stop, held.attempts() if held else None)

    def rewarder(self, adapter: str | None, stop: Stop, attempts: Attempts | None = None) -> Rewarder:
        """The reward under the external verifier, where there is one, else under an adapter of the base."""
        calibration = self.state.calibration
        if calibration is None:
            raise RuntimeError("the reward was asked for before it was calibrated")
        named = self.external
        verifier = named.verifier if named else self.student.verifier(adapter)
        crop_px = named.crop_px if named else self.spec.crop_px
        return Rewarder(
            self.spec, verifier, self.request.config.reward, calibration.margin, calibration.rule,
            self.chips.pixels, stop, crop_px, attempts or Attempts(), self.state.score_map,
            self.chips.ground,
        )  # fmt: skip

    def reward_of(self, lessons: Lessons, stop: Stop) -> RewardFunction:
        """The reward of a round: under the last kept adapter, and by what was tried before it."""
        rewarder = self.rewarder(self.student.previous_name, stop, lessons.attempts())
        return RewardFunction(rewarder, lessons.pairs)

    def lessons(
        self,
        pairs: Sequence[Pair],
        adapter: str | None,
        wanted: int,
        seed: int,
        stop: Stop,
        spread: Mapping[str, float] | None = None,
        crew: Crew | None = None,
        absent_share: float | None = None,
    ) -> Lessons:
        """Which of the pairs to ask, after a search with an adapter; drawn pairs need none.

        Those by which a round is judged are chosen without ``spread`` (question -> how far its answers differed in
        the round before): there neither hard nor easy ones come first. A crew shares the search. ``absent_share``
        of them may have no target; where it is None, as many as are learned from.

        Raises:
            InputError: nothing is seen in any of them.
            JobCancelledError: ``stop()`` became true.
        """
        share = self.request.config.absent_share if absent_share is None else absent_share
        if self.state.drawn:
            chosen = [pairs[i] for i in choose(pairs, wanted, share, seed)]
            return Lessons(chosen, [[] for _ in chosen])
        sharing = crew or Crew()

        def spread_over(searched: list[Pair]) -> Crew:
            sharing.order(SearchOrder(searched, adapter, self.kept_folder()))
            return sharing

        return find_lessons(
            pairs, self.student, self.rewarder(adapter, stop), self.chips,
            adapter=adapter, wanted=wanted, absent_share=share, seed=seed, harder=self.harder(spread),
            spread_over=spread_over,
        )  # fmt: skip

    def harder(self, spread: Mapping[str, float] | None) -> Harder:
        """What comes first among the pairs of a round, as the request says; None of it for judging."""
        if spread is None:
            return Harder()
        return Harder(self.request.harder_questions, spread)

    def forecast(self) -> dict[str, float]:
        """Seconds of one round's search, training and check, by what this run has measured so far."""
        held, train = len(self.state.held or []), len(self.state.train or [])
        steps, asked = self.request.steps, len(self.home)
        work = Work(len(self.chips), train, held, steps, steps * self.request.prompts, asked, len(SHARES))
        return forecast(self.state.spent.rates(), work)

    def keep_rates(self) -> None:
        """Keep what this run measured of the machine, for the next plan."""
        keep_rates(self.spec.name, self.state.spent)

    def kept_folder(self) -> Path | None:
        """Folder of the last promoted adapter of this run, checked; None before the first."""
        return self.registry.path(self.state.kept[-1]) if self.state.kept else None

    def fingerprint(self) -> str:
        """SHA-256 over chips and pairs: what an adapter was trained on."""
        digest = hashlib.sha256(self.chips.fingerprint().encode())
        digest.update(json.dumps([asdict(pair) for pair in self.state.train or []]).encode())
        return digest.hexdigest()

    @property
    def settings(self) -> dict[str, Any]:
        """The recipe and the knobs, for manifests and reports."""
        return {"recipe": self.request.recipe, **as_json(self.request.config)}

    def draw_pictures(self, number: int, before: Measurement, after: Measurement) -> list[dict[str, Any]]:
        """The same places before and after, as files beside the state."""
        held = self.state.held or []
        if not self.shown:
            self.shown = choose_shown(held, [self.chips.records[pair.chip].place for pair in held])
        return [
            draw_shown(self.folder / "pictures", number, shown, held, self.chips.pixels, before, after)
            for shown in self.shown
        ]

    def _trial_data(self) -> dict[str, Any]:
        """The verifier's trial, and pictures of what a second one sees in another way."""
        trial = self.state.trial
        if trial is None:
            return {}
        return asdict(trial) | {
            "disputed": draw_disputed(self.folder / "pictures", trial.disputed, self.chips.pixels)
        }

    def about_verifier(self) -> dict[str, Any]:
        """Which model scored, and how, where the user named another one."""
        named = self.external
        return {"verifier": {"model": named.model, "scoring": named.scoring}} if named else {}

    def report_data(self) -> dict[str, Any]:
        """What the HTML report shows."""
        train, held = self.state.train or [], self.state.held or []
        calibration = self.state.calibration
        return {
            "model": self.spec.name,
            "rasters": [str(path) for path in (self.request.dataset,) if path]
            or [*map(str, self.request.rasters)],
            "queries": self.state.queries,
            "settings": self.settings | ({"external verifier": self.external.about} if self.external else {}),
            "calibration": asdict(calibration) if calibration else {},
            "trial": self._trial_data(),
            "verdicts": about_verdicts(self.state) if self.request.verdicts else {},
            "chips": {
                "train": len(self.chips.indices(held_out=False)),
                "held": len(self.chips.indices(held_out=True)),
            },
            "pairs": {
                "train": len(train),
                "held": len(held),
                "absent": sum(pair.absent for pair in [*train, *held]),
            },
            "rounds": self.state.rounds,
        }


def prepare_run(request: TrainingRequest, folder: Path, emit: Emit, stop: Stop) -> PreparedRun:
    """Prepare a run, or open a prepared one.

    Raises:
        InputError: the time is over before everything is prepared.
        RemoteZeroError: whatever can't be used, as the class that says so.
        JobCancelledError: ``stop()`` became true.
    """
    state = RunState.load(folder)
    clock = RunClock(request.minutes, state.spent)
    stage = ""

    def tell(kind: str, data: dict[str, Any]) -> None:
        nonlocal stage
        stage = data.get("stage", stage)
        emit(kind, data)

    in_time = clock.telling(
        clock.over(stop) if state.held is None else stop, lambda: emit("progress", clock.progress(stage))
    )
    try:
        return _prepared(request, folder, state, clock, tell, in_time)
    except JobCancelledError as error:
        if stop():
            raise
        raise InputError(
            f"{minutes_words(request.minutes)} are over before everything was prepared "
            f"({parts_words(state.spent.parts)}). Nothing was changed. Allow more time, or give fewer rasters "
            "or questions."
        ) from error


def opened(
    request: TrainingRequest, folder: Path, state: RunState, clock: RunClock, emit: Emit, stop: Stop
) -> PreparedRun:
    """The run's chips and model in memory; what was prepared before is taken from its folder.

    Raises:
        RemoteZeroError: whatever can't be used, as the class that says so.
        JobCancelledError: ``stop()`` became true.
    """
    spec, registry, start = _choose_start(request, state)
    spec, plan = fitted(spec, choose_device(None), "learn", load_in_4bit=spec.load_in_4bit)
    if plan is not None:
        group = request.config.group_size
        group = min(group, plan.group_size) if plan.group_size < GROUPS[0] else group
        fitting = request.config.model_copy(update={"group_size": group})
        request = request.model_copy(update={"config": fitting})
        _log(emit, "model", plan.sentence())
    start_folder = registry.path(start) if start else None
    chips, student, home = _open(spec, start_folder, request, folder, emit, stop, clock)
    external = named_verifier(request, partial(_log, emit, "model"), stop)
    batch = BatchSize(request.prompts, 1, spec.max_new_tokens)
    return PreparedRun(
        request, folder, spec, chips, student, registry, state, batch, clock, start, home, external
    )


def _prepared(
    request: TrainingRequest, folder: Path, state: RunState, clock: RunClock, emit: Emit, stop: Stop
) -> PreparedRun:
    run = opened(request, folder, state, clock, emit, stop)
    request, spec, chips, student, external = run.request, run.spec, run.chips, run.student, run.external
    verifier = student.verifier(student.start_name)
    if state.train is None:
        _log(emit, "queries", "Looking for what is asked.")
        with clock.part("questions"):
            seen = presence_by(verifier, chips, stop)
            labels, points = partial(_labels, student, chips, stop), partial(_points, student, chips, stop)
            prepare_pairs(request, state, chips, seen, labels, stop, points)
            if request.verdicts:
                _log(emit, "queries", use_verdicts(state, allowed_verdicts(request, spec), chips, seen))
        clock.done("questions", len(chips))
        state.save(folder)
    _log(emit, "calibrate", "Choosing margin and area rule.")
    pairs = sorted(state.train or [], key=lambda pair: -pair.presence)[:TUNING_PAIRS]
    with clock.part("settings"):
        texts = student.answer(pairs, student.start_name, stop)
        if state.calibration is None:
            who = external.verifier if external else verifier
            rewarder = Rewarder(
                spec, who, request.config.reward, MARGIN, AreaRule(0.0, 1.0), chips.pixels, stop
            )
            state.calibration = calibrate(rewarder, pairs, texts, request.config)
            crop_px = external.crop_px if external else spec.crop_px
            looking = replace(rewarder, margin=state.calibration.margin, crop_px=crop_px)
            state.score_map = fit_to_verdicts(looking, state.train or [])
            state.save(folder)
        if state.trial is None and request.config.reward != "iou":
            _log(emit, "calibrate", "Trying the verifier on what it must tell apart.")
            state.trial = try_named(request, spec, verifier, external, state, chips, pairs, texts, stop)
            state.save(folder)
    clock.done("settings", len(pairs))
    if state.trial is not None and request.gated:
        state.trial.check()
    loaded = student.loaded
    lengths = [len(ids) for ids in loaded.tokenizer(texts, add_special_tokens=False)["input_ids"]]
    prompt = max((len(student.prompts.prefix(pair).input_ids) for pair in pairs), default=1)
    run.batch = choose_batch(loaded, request.config, prompt, lengths).of_prompts(request.prompts)
    if state.held is None:
        _log(emit, "search", "Looking for what is there in the held-out places.")
        asked = state.held_asked or []
        with clock.part("searching"):
            share = max(HELD_ABSENT, request.config.absent_share)
            held = run.lessons(
                asked, student.start_name, HELD_PAIRS, request.config.seed, stop, absent_share=share
            )
        clock.done("searching", min(len(asked), round(SEARCHED * HELD_PAIRS)))
        held.save(folder)
        state.held = held.pairs
        state.save(folder)
    return run


def propose_questions(request: TrainingRequest, folder: Path, emit: Emit, stop: Stop) -> list[str]:
    """What the model would ask about the rasters, most frequent first, for the analyst to edit.

    Raises:
        InputError: it recognises nothing with certainty.
        RemoteZeroError: whatever can't be used, as the class that says so.
        JobCancelledError: ``stop()`` became true.
    """
    spec, registry, start = _choose_start(request, RunState())
    clock = RunClock(request.minutes, Spent())
    start_folder = registry.path(start) if start else None
    chips, student, _ = _open(spec, start_folder, request, folder, emit, stop, clock)
    _log(emit, "queries", "Looking for what is asked.")
    seen = presence_by(student.verifier(student.start_name), chips, stop)
    train = chips.indices(held_out=False)
    return proposed(train, seen, partial(_labels, student, chips, stop), request.config.seed)


def _choose_start(request: TrainingRequest, state: RunState) -> tuple[ModelSpec, Registry, str | None]:
    """The model, its adapters, and the name of the one to start from.

    A run that goes on starts from what it once began with: its verifier of round 0 must stay the same,
    whatever adapter is current by then.
    """
    spec, choice = find_model(request.model), AdapterChoice.read(state.start or request.adapter)
    registry = open_registry(spec)
    found = registry.find(choice)
    start = found.name if found else None
    state.start = start or NO_ADAPTER.text
    return spec, registry, start


def _open(
    spec: ModelSpec,
    start: Path | None,
    request: TrainingRequest,
    folder: Path,
    emit: Emit,
    stop: Stop,
    clock: RunClock,
) -> tuple[ChipSet, Student, AtHome]:
    """The chips, the model in memory with the adapter to start from, and what it can be asked at home."""
    _log(emit, "chips", "Reading the rasters.")
    with clock.part("reading"):
        chips = prepare_chips(request, spec, folder, stop)
    clock.done("reading", len(chips))
    _log(emit, "model", f"{len(chips)} chips. Loading {spec.name}.")
    if request.verdicts:
        for sentence in prepare_home(request, spec, folder, stop):
            _log(emit, "chips", sentence)
    home = HomeSet([spec.path / FOLDER, folder / FOLDER])
    pixels_of = pictures_of(chips.pixels, len(chips), home)
    with clock.part("loading"):
        student = Student(load_model(spec), request.config.rank, pixels_of, start, request.config.seed)
    clock.done("loading", 1)
    return chips, student, AtHome(home, student, len(chips), clock)


def _labels(student: Student, chips: ChipSet, stop: Stop, indices: Sequence[int]) -> list[str]:
    """What the policy calls the things that it sees when asked for everything."""
    pairs = [Pair(index, ANYTHING, 1.0) for index in indices]
    texts = student.answer(pairs, student.start_name, stop)
    answers = read_answers(pairs, texts, student.loaded.spec, chips.pixels)
    return [label for answer in answers for label in answer.labels]


def _points(student: Student, chips: ChipSet, stop: Stop, pairs: Sequence[Pair]) -> list[bool | None]:
    """Whether the policy points at anything in each pair; None where its answer can't be read."""
    texts = student.answer(pairs, student.start_name, stop)
    answers = read_answers(pairs, texts, student.loaded.spec, chips.pixels)
    return [None if answer.boxes_px is None else bool(answer.boxes_px) for answer in answers]


def _log(emit: Emit, stage: str, message: str) -> None:
    emit("log", {"stage": stage, "message": message})
