"""A model is asked every question of a set, through the engine's own search; pictures share its batches.

A batch is filled with the windows of as many pictures as it takes, so that small pictures cost what the bare calls
of the model cost. While the model works on one, the pictures of the next are read in another thread: no more than
these two are held. Nothing is kept but the answers, and these leave as soon as their batch is done.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from engine.errors import JobCancelledError, NotUnderstoodError
from engine.evaluate.overlap import box_iou
from engine.evaluate.renderings import Rendering, rendered
from engine.evaluate.samples import Answer, Sample
from engine.imagery.ground_plane import Ground
from engine.imagery.raster import open_raster
from engine.language.vocabulary import hear
from engine.search.pipeline import (
    Ask,
    Search,
    SearchOptions,
    ask_all,
    ask_in_quarters,
    conclude,
    locate,
    plan,
    score,
)
from engine.search.scoring import require_understood
from engine.search.singling import one_each, sayings, sought
from engine.search.tally import Clock
from engine.search.verifying import read_crop
from engine.types import Chip, Pixels, Query, Served, Stop, Window, WindowResult, Xyxy

PROBES, PROBES_OF_RASTER = 2, 60
"""Of each sample, or of one that is a whole raster, so many true boxes, and as many places that are none, are shown
to the verifier."""
APART = 0.05
"""A place with no more overlap than this with any true box is no target."""
TRIES = 20
"""So often a place is drawn before a crowded picture is given up."""


@dataclass(frozen=True)
class Looking:
    """How pictures are looked at, beside the options of the search.

    Attributes:
        rendering: what is made of a picture's values before anything looks at it.
        bands, stretch: as in :func:`engine.imagery.raster.open_raster`.
        probe: show the verifier true boxes and other places, for its AUROC.
        seed: of the other places.
    """

    rendering: Rendering = "as-is"
    bands: tuple[int, ...] | None = None
    stretch: tuple[tuple[float, float], ...] | None = None
    probe: bool = True
    seed: int = 0


@dataclass
class _Task:
    """One sample on its way through the steps.

    Attributes:
        windows: of its plan; empty where the model has no word of the question, or does not understand it.
        asks: one a window with data; empty for a raster that is searched by itself.
        alone: it has more windows than a batch takes, and so is searched by itself.
        found: what such a search gave.
    """

    sample: Sample
    search: Search
    windows: list[Window]
    asks: list[Ask]
    alone: bool = False
    found: list[WindowResult] = field(default_factory=list)


def answer_all(
    model: Served,
    samples: Iterable[Sample],
    options: SearchOptions,
    looking: Looking,
    stop: Stop,
    clock: Clock | None = None,
) -> Iterator[list[Answer]]:
    """Ask a model about samples; yields their answers batch by batch, in order.

    Args:
        model: loaded, its adapter chosen.
        samples: those of one picture follow each other, so that it is read once a batch.
        options: of the search; the batch size is that of the model.
        looking: how pictures are looked at.
        stop: asked often.
        clock: where seconds by stage are added up; what is read while the model works is in none of them.

    Raises:
        ModelError: the model failed.
        InputError, RasterReadError: a picture can't be read: a set that can't be read whole measures nothing. It
            is raised after the answers of the batches before that of the picture.
        JobCancelledError: ``stop`` became true.
    """
    clock, left = clock or Clock(), threading.Event()
    options = replace(options, batch_size=model.batch_size)
    batches = _filled(
        samples,
        lambda: _Batch(model, options, looking, stop, clock),
        lambda: _go_on(lambda: left.is_set() or stop()),
    )
    with ThreadPoolExecutor(1, "pictures") as reader:
        coming = reader.submit(next, batches, None)
        try:
            while True:
                with clock.stage("read"):
                    batch = coming.result()
                if batch is None:
                    return
                with batch:
                    coming = reader.submit(next, batches, None)
                    _go_on(stop)
                    answers = batch.answers()
                yield answers
        finally:
            left.set()
            if coming.exception() is None and (unasked := coming.result()) is not None:
                unasked.close()


def _go_on(stop: Stop) -> None:
    if stop():
        raise JobCancelledError("The evaluation was cancelled; its answers so far are kept.")


def _filled(
    samples: Iterable[Sample], begin: Callable[[], _Batch], check: Callable[[], None]
) -> Iterator[_Batch]:
    """Batches with their pictures read, in order; whoever takes one closes it.

    Args:
        samples: of all batches.
        begin: makes an empty batch.
        check: called before each sample; what it raises ends the reading.
    """
    left = iter(samples)
    while True:
        batch = begin()
        try:
            while not batch.full and (sample := next(left, None)) is not None:
                check()
                batch.take(sample)
        except BaseException:
            batch.close()
            raise
        if not batch.tasks:
            return
        yield batch


class _Batch:
    """The samples whose windows are asked together, with their open pictures.

    It is filled by one thread, then asked about by another: neither touches it while the other does.
    """

    def __init__(
        self, model: Served, options: SearchOptions, looking: Looking, stop: Stop, clock: Clock
    ) -> None:
        self._model, self._options, self._looking = model, options, looking
        self._stop, self._clock = stop, clock
        self._open = ExitStack()
        self._searches: dict[str, Search] = {}
        self._chips: dict[tuple[str, Window], Chip] = {}
        self._not_understood: dict[str, str] = {}
        self.tasks: list[_Task] = []

    @property
    def full(self) -> bool:
        """Whether its windows fill a batch of the model."""
        return sum(max(1, len(task.asks)) for task in self.tasks) >= self._options.batch_size

    def __enter__(self) -> _Batch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the pictures back."""
        self._open.close()

    def take(self, sample: Sample) -> None:
        """Read what a sample is asked about; of a raster of many windows nothing is read yet."""
        search = self._search(sample)
        spec, query = self._model.policy.spec, Query(sample.question)
        if spec.words and not hear(spec, sample.question).known:
            self.tasks.append(_Task(sample, search, [], []))
            return
        windows = plan(search, [query])
        if len(windows) > self._options.batch_size:
            self.tasks.append(_Task(sample, search, windows, [], alone=True))
            return
        chips = [(window, self._chip(sample.picture, search, window)) for window in windows]
        asks = [
            Ask(window, window, chip, query, said)
            for window, chip in chips
            if chip.valid.any()
            for said in sayings(query, spec)
        ]
        self.tasks.append(_Task(sample, search, windows, asks))

    def answers(self) -> list[Answer]:
        """Ask about all windows at once, and put each sample's boxes together."""
        for task in self.tasks:
            if task.alone:
                query = Query(task.sample.question)
                with suppress(NotUnderstoodError):
                    task.found = [
                        result for part in locate(task.search, [query], task.windows) for result in part
                    ]
        every = [ask for task in self.tasks for ask in task.asks]
        if every:
            ask_all(self.tasks[0].search, every)
            further = {id(task): ask_in_quarters(task.search, task.asks) for task in self.tasks}
            for task in self.tasks:
                task.asks += further[id(task)]
            score(self.tasks[0].search, [ask for task in self.tasks for ask in task.asks])
        self._drop_not_understood()
        answers = [_answer(task) for task in self.tasks]
        return self._probed(answers) if self._looking.probe else answers

    def _drop_not_understood(self) -> None:
        """Have questions that the verifier does not understand count as those of which the model has no word.

        Raises:
            NotUnderstoodError: they are all that this batch has, and the model is one that has all words: it is of
                the wrong kind.
        """
        texts = [sought(Query(task.sample.question)).text for task in self.tasks]
        if not self._model.policy.spec.words:
            require_understood(self._not_understood, texts)
        for task, text in zip(self.tasks, texts, strict=True):
            if text in self._not_understood:
                task.windows = []

    def _search(self, sample: Sample) -> Search:
        if sample.picture not in self._searches:
            path = self._open.enter_context(rendered(Path(sample.picture), self._looking.rendering))
            raster = self._open.enter_context(
                open_raster(
                    path,
                    bands=self._looking.bands,
                    stretch=self._looking.stretch,
                    gsd_m=sample.gsd_m,
                    stop=self._stop,
                )
            )
            self._searches[sample.picture] = Search(
                raster, self._model.policy, self._model.verifier, self._options, self._stop, self._clock,
                self._not_understood,
            )  # fmt: skip
        return self._searches[sample.picture]

    def _chip(self, picture: str, search: Search, window: Window) -> Chip:
        if (picture, window) not in self._chips:
            self._chips[picture, window] = search.raster.read_chip(window)
        return self._chips[picture, window]

    def _probed(self, answers: Sequence[Answer]) -> list[Answer]:
        """The answers with what the verifier says of true boxes and of other places."""
        looks: list[tuple[int, bool, Pixels, Query]] = []
        for place, task in enumerate(self.tasks):
            if not task.windows:
                continue
            right, wrong = probe_boxes(task.sample, self._size(task), self._looking.seed)
            for box, is_right in [*((b, True) for b in right), *((b, False) for b in wrong)]:
                with self._clock.stage("crop"):
                    crop = read_crop(task.search, box)
                looks.append((place, is_right, crop, Query(task.sample.question)))
        if not looks:
            return list(answers)
        scores = self.tasks[0].search.score([look[2] for look in looks], [look[3] for look in looks])
        told: list[tuple[list[float], list[float]]] = [([], []) for _ in answers]
        for (place, is_right, _, _), probability in zip(looks, scores, strict=True):
            if probability is not None:
                told[place][0 if is_right else 1].append(probability)
        return [
            replace(answer, right=tuple(right), wrong=tuple(wrong))
            for answer, (right, wrong) in zip(answers, told, strict=True)
        ]

    @staticmethod
    def _size(task: _Task) -> tuple[int, int]:
        return task.search.raster.width_src, task.search.raster.height_src


def _answer(task: _Task) -> Answer:
    """What a sample's windows gave, merged and ranked."""
    raster = task.search.raster
    size_src = raster.width_src, raster.height_src
    if not task.windows:
        return Answer(task.sample.key, unheard=True, gsd_m=raster.gsd_m, size_src=size_src)
    if not task.alone:
        detections = [d for ask in task.asks for d in ask.detections]
        unread = [ask.unread for ask in task.asks if ask.unread]
        answered = sum(ask.answer is not None or ask.vetoed for ask in task.asks)
    else:
        detections = [d for result in task.found for d in result.detections]
        unread = [said for result in task.found for said in result.report.get("unread", ())]
        answered = sum(not result.report.get("unparsed") for result in task.found)
    merged = conclude(task.search, detections, task.windows)
    ground = Ground.of(raster.transform, raster.crs_wkt, raster.gsd_m, *size_src)
    found, _ = one_each(merged, ground, task.search.verifier.spec.min_score)
    return Answer(
        key=task.sample.key,
        boxes_src=tuple(d.xyxy_src for d in found),
        scores=tuple(round(d.score, 6) for d in found),
        labels=tuple(d.label for d in found),
        reasoning=found[0].reasoning if found else "",
        unread=unread[0] if unread and not answered else "",
        gsd_m=raster.gsd_m,
        size_src=size_src,
    )


def probe_boxes(sample: Sample, size_src: tuple[int, int], seed: int) -> tuple[list[Xyxy], list[Xyxy]]:
    """True boxes of a sample, and as many places of the same size that are none; a few each.

    Where nothing is true, two places of a sixth of the picture's shorter side.

    Args:
        sample: the question.
        size_src: width and height of the picture.
        seed: of the draw, which depends on the sample's key besides.
    """
    rng = np.random.default_rng([seed, zlib.crc32(sample.key.encode())])
    most = PROBES_OF_RASTER if sample.block_src else PROBES
    truth = [sample.truth_src[i] for i in rng.permutation(len(sample.truth_src))[:most]]
    shapes = [(x2 - x1, y2 - y1) for x1, y1, x2, y2 in truth] or [(min(size_src) / 6,) * 2] * PROBES
    near = (*sample.truth_src, *sample.ignored_src)
    wrong: list[Xyxy] = []
    for width, height in shapes:
        for _ in range(TRIES):
            x = float(rng.uniform(0, max(size_src[0] - width, 1e-6)))
            y = float(rng.uniform(0, max(size_src[1] - height, 1e-6)))
            box = (x, y, x + width, y + height)
            if all(box_iou(box, other) < APART and not _inside(box, other) for other in near):
                wrong.append(box)
                break
    return truth, wrong


def _inside(box: Xyxy, other: Xyxy) -> bool:
    """Whether the middle of the other box lies in the box, or the other way round: one shows what the other does."""

    def holds(a: Xyxy, b: Xyxy) -> bool:
        x, y = (b[0] + b[2]) / 2, (b[1] + b[3]) / 2
        return a[0] <= x <= a[2] and a[1] <= y <= a[3]

    return holds(box, other) or holds(other, box)
