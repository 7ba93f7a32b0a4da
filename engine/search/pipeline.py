"""The data path, top to bottom: from a question and a raster to scored boxes.

``locate`` is the arrows of DESIGN.md in order. Windows are finished in batches; a batch is all or
nothing, and which windows share one depends only on how many were finished before it, so a run that
was broken off between two batches goes on exactly as if it had not been.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from engine.errors import CompletionParseError, RasterReadError
from engine.imagery.area import Area
from engine.imagery.crops import MARGIN, cut_crop
from engine.imagery.frames import px_to_src
from engine.imagery.raster import Raster
from engine.imagery.windows import QUARTERED_TIMES, plan_windows
from engine.language.parser import ParsedAnswer, parse_boxes
from engine.language.vocabulary import best_gsd_m
from engine.search.merge import merge_detections
from engine.search.reading import read_batch, read_quarters
from engine.search.scoring import require_understood, scored
from engine.search.singling import sayings, sought
from engine.search.tally import Clock
from engine.search.verifying import read_crop
from engine.types import (
    Chip,
    Detection,
    ModelSpec,
    Pixels,
    Policy,
    Query,
    Stop,
    Verifier,
    Window,
    WindowResult,
    Zoom,
)

ENLARGED_AT_MOST = 3.0
"""A pixel of a detail window is no smaller than this part of a raster's: windows grow by its square."""


@dataclass(frozen=True)
class SearchOptions:
    """How to look.

    Attributes:
        zoom, gsd_m, overlap: how the raster is cut into windows.
        area_crs: GeoJSON geometry in the raster's CRS; None for everywhere.
        veto: let the verifier drop detail windows in which it sees nothing of the kind.
        veto_below: P(present) under which a window is dropped.
        margin: context round a box, as a share of its longer side, in the verifier's crop.
        batch_size: questions put to the policy at once, when the run is warm.
    """

    zoom: Zoom = "auto"
    gsd_m: float | None = None
    overlap: float = 0.2
    area_crs: dict[str, Any] | None = None
    veto: bool = True
    veto_below: float = 0.05
    margin: float = MARGIN
    batch_size: int = 16


@dataclass
class Search:
    """What one search works with, from its plan to its last score.

    Attributes:
        raster: an open raster.
        policy: proposes boxes.
        verifier: scores them, and vetoes empty windows.
        options: how to look.
        stop: asked often; once it is true, JobCancelledError is raised soon.
        clock: where the seconds by stage are added up.
        not_understood: what the verifier was asked and does not understand, each with a sentence; grows as it goes on.
        area: where to look, in source pixels; raises InputError where it misses the raster.
    """

    raster: Raster
    policy: Policy
    verifier: Verifier
    options: SearchOptions
    stop: Stop
    clock: Clock = field(default_factory=Clock)
    not_understood: dict[str, str] = field(default_factory=dict)
    area: Area = field(init=False)

    def __post_init__(self) -> None:
        self.area = Area.of(
            self.options.area_crs, self.raster.transform, self.raster.width_src, self.raster.height_src
        )

    @property
    def crop_px(self) -> int:
        """Side of the square that the verifier looks at."""
        return self.verifier.spec.crop_px

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query]) -> list[float | None]:
        """Let the verifier look at crops, each under its query.

        Returns:
            What its P(yes) is worth for each; None under a query that it does not understand.
        """
        if not crops:
            return []
        spec = self.verifier.spec
        with self.clock.stage("score"):
            scores = scored(
                lambda: self.verifier.score(crops, queries, self.stop),
                queries,
                self.not_understood,
                spec.name,
            )
            return [None if score is None else spec.likely(score) for score in scores]

    def understood(self, query: str) -> bool:
        """Whether the verifier is not known to fail to understand what it is asked for a question."""
        return sought(Query(query)).text not in self.not_understood


@dataclass
class Ask:
    """One chip under one query, and what came of it on its way through the steps.

    Attributes:
        planned: the window of the plan that it belongs to.
        window: what the chip shows: that window, or a quarter of it.
        query: what was asked.
        said: what the policy is asked.
        ran_out: the answer filled its room and has boxes: there may be more than it could write.
        quartered: it ran out, and was asked again in quarters.
    """

    planned: Window
    window: Window
    chip: Chip
    query: Query
    said: Query
    vetoed: bool = False
    answer: ParsedAnswer | None = None
    unread: str = ""
    ran_out: bool = False
    quartered: bool = False
    detections: list[Detection] = field(default_factory=list)


def plan(search: Search, queries: Sequence[Query] = ()) -> list[Window]:
    """Cut the raster, or the part of it inside the area, into windows, the overview first.

    Args:
        search: what to work with.
        queries: what will be asked; the automatic zoom enlarges the raster, at most ``ENLARGED_AT_MOST`` times,
            where the model sees what they name better at a finer resolution.

    Raises:
        InputError: the zoom can't be had, or makes too many windows.
    """
    raster, options = search.raster, search.options
    windows = plan_windows(
        raster.width_src,
        raster.height_src,
        chip_px=search.policy.spec.chip_px,
        zoom=options.zoom,
        gsd_src_m=raster.gsd_m,
        gsd_m=enlarged_m(search, queries),
        overlap=options.overlap,
        extent_src=search.area.extent_src,
    )
    return [window for window in windows if search.area.touches_rectangle(window)]


def enlarged_m(search: Search, queries: Sequence[Query]) -> float | None:
    """Metres per pixel of the detail windows: what was asked for, or finer than the raster for what is small."""
    own_m, options = search.raster.gsd_m, search.options
    if options.gsd_m is not None or options.zoom != "auto" or own_m is None:
        return options.gsd_m
    wanted = [best_gsd_m(search.policy.spec, query.text) for query in queries]
    finest = min((gsd for gsd in wanted if gsd is not None), default=own_m)
    return max(finest, own_m / ENLARGED_AT_MOST) if finest < own_m else None


def locate(
    search: Search, queries: Sequence[Query], windows: Sequence[Window], *, done: Collection[int] = ()
) -> Iterator[list[WindowResult]]:
    """Answer ``queries`` over the windows of a plan, yielding finished ones batch by batch.

    Args:
        search: what to work with.
        queries: what to look for.
        windows: what :func:`plan` returned.
        done: indices of windows that an earlier, broken-off run finished.

    A window that GDAL can't read is finished as ``unreadable``, with the reason, and the search goes on.

    A query that the verifier does not understand has no boxes from then on, and the others go on.

    Raises ModelError where the model failed, NotUnderstoodError where the verifier understands none of the queries,
    and JobCancelledError once the search was stopped.
    """
    finished = len(done)
    todo = deque(window for window in windows if window.index not in done)
    both = said_of(queries, search.policy.spec)
    while todo:
        room = batch_windows(finished, search.options.batch_size, len(both))
        batch = answer(search, both, *read_batch(search, todo, room))
        finished += len(batch)
        yield batch


def said_of(queries: Sequence[Query], spec: ModelSpec) -> list[tuple[Query, Query]]:
    """Each query with each thing that the policy is asked for it."""
    return [(query, said) for query in queries for said in sayings(query, spec)]


def answer(
    search: Search,
    both: Sequence[tuple[Query, Query]],
    chips: Sequence[tuple[Window, Chip]],
    without: list[WindowResult],
) -> list[WindowResult]:
    """Finish one batch: all that is asked of its chips, after those of its windows that have ended already.

    Which queries the verifier does not understand is kept with the first window that was asked about.

    Raises:
        NotUnderstoodError: it understands none of them.
    """
    asks = [Ask(window, window, chip, query, said) for window, chip in chips for query, said in both]
    ask_all(search, asks)
    asks += ask_in_quarters(search, asks)
    score(search, asks)
    asked = dict.fromkeys(sought(query).text for query, _ in both)
    require_understood(search.not_understood, list(asked))
    results = [sum_up(search, window, [a for a in asks if a.planned is window]) for window, _ in chips]
    silent = {text: search.not_understood[text] for text in asked if text in search.not_understood}
    if silent and results:
        results[0].report["not_understood"] = silent
    return without + results


def conclude(search: Search, detections: Sequence[Detection], windows: Sequence[Window]) -> list[Detection]:
    """Merge the detections of all windows and rank them, best score first.

    A box joined across a seam is one that no verifier has seen: it is cut from the raster and scored. Where
    the raster can't be read there, it keeps the best score of its parts. Boxes of a question that the verifier does
    not understand are left out.
    """
    detections = [detection for detection in detections if search.understood(detection.query)]
    seen = set(detections)
    with search.clock.stage("merge"):
        merged = merge_detections(detections, windows)
    joined = [detection for detection in merged if detection not in seen]
    crops: dict[int, Pixels] = {}
    with search.clock.stage("crop"):
        for place, detection in enumerate(joined):
            with suppress(RasterReadError):
                crops[place] = read_crop(search, detection.xyxy_src)
    scores = search.score(list(crops.values()), [sought(Query(joined[place].query)) for place in crops])
    for (place, crop), probability in zip(crops.items(), scores, strict=True):
        if probability is not None:
            joined[place] = replace(joined[place], score=probability, crop=crop)
    whole = [detection for detection in merged if detection in seen] + joined
    whole = [detection for detection in whole if search.understood(detection.query)]
    return sorted(whole, key=lambda d: (-d.score, d.query, d.xyxy_src))


def batch_windows(finished: int, batch_size: int, n_queries: int) -> int:
    """Return how many windows the next batch takes: few at first, so that something is seen soon.

    One, then up to a quarter of what fits, then as many as fit.
    """
    return max(1, min(batch_size, finished * batch_size // 4) // n_queries)


def ask_all(search: Search, asks: Sequence[Ask]) -> None:
    """Have each ask answered, or vetoed."""
    if search.options.veto:
        veto(search, asks)
    propose(search, asks)


def ask_in_quarters(search: Search, asks: Sequence[Ask]) -> list[Ask]:
    """Ask again, in quarters, about windows with more in them than an answer has room for.

    What the first answers say is kept: an object larger than a quarter is seen whole there only. Quarters
    belong to the batch of their window, so a run that was broken off asks the same ones again.

    Returns:
        The further asks. A quarter that shows nothing, or can't be read, is left out; where one can't be
        read, its window stays one whose answer ran out.
    """
    further: list[Ask] = []
    full = [ask for ask in asks if ask.ran_out]
    for _ in range(QUARTERED_TIMES):
        parts: list[Ask] = []
        for ask in full:
            with search.clock.stage("read"):
                chips = read_quarters(search, ask.window)
            ask.quartered = chips is not None
            for window, chip in chips or ():
                parts.append(Ask(ask.planned, window, chip, ask.query, ask.said))
        ask_all(search, parts)
        further += parts
        full = [ask for ask in parts if ask.ran_out]
    return further


def veto(search: Search, asks: Sequence[Ask]) -> None:
    """Mark detail windows in which the verifier sees nothing of the kind; the overview is always asked."""
    small = [ask for ask in asks if ask.window.level == "detail" and search.understood(ask.query.text)]
    if not small:
        return
    chips, queries = [ask.chip for ask in small], [sought(ask.query) for ask in small]
    with search.clock.stage("presence"):
        present = scored(
            lambda: search.verifier.presence(chips, queries, search.stop),
            queries,
            search.not_understood,
            search.policy.spec.name,
        )
    for ask, probability in zip(small, present, strict=True):
        ask.vetoed = probability is not None and probability < search.options.veto_below


def propose(search: Search, asks: Sequence[Ask]) -> None:
    """Let the policy answer what the verifier neither vetoed nor fails to understand.

    An answer that can't be read is kept as such.
    """
    policy, spec, clock, size = search.policy, search.policy.spec, search.clock, search.options.batch_size
    open_asks = [ask for ask in asks if not ask.vetoed and search.understood(ask.query.text)]
    for start in range(0, len(open_asks), size):
        part = open_asks[start : start + size]
        chips, queries = [ask.chip for ask in part], [ask.said for ask in part]
        with clock.stage("generate"):
            completions = policy.generate(chips, queries, search.stop)
        with clock.stage("parse"):
            for ask, completion in zip(part, completions, strict=True):
                text, said, window = completion.text, ask.said.text, ask.window
                chip_px, full = (window.width_px, window.height_px), completion.tokens >= spec.max_new_tokens
                try:
                    ask.answer = parse_boxes(text, spec.family, *chip_px, asked=said, full=full)
                except CompletionParseError as error:
                    ask.unread = str(error)
                    continue
                ask.ran_out = full and ask.answer.truncated and bool(ask.answer.proposals)


def score(search: Search, asks: Sequence[Ask]) -> None:
    """Cut a crop for each proposal, let the verifier look at all of them, and keep both with the score."""
    pairs = [(ask, ask.answer, box) for ask in asks if ask.answer for box in ask.answer.proposals]
    margin, side = search.options.margin, search.crop_px
    with search.clock.stage("crop"):
        crops = [cut_crop(ask.chip, box.xyxy_px, margin=margin, crop_px=side) for ask, _, box in pairs]
    scores = search.score(crops, [sought(ask.query) for ask, _, _ in pairs])
    for (ask, answer, box), crop, probability in zip(pairs, crops, scores, strict=True):
        if probability is None:
            continue
        ask.detections.append(
            Detection(
                xyxy_src=px_to_src(box.xyxy_px, ask.window),
                score=probability,
                label=box.label,
                reasoning=answer.reasoning,
                query=ask.query.text,
                window=ask.window,
                gsd_m=ask.chip.gsd_m,
                truncated=answer.truncated and not ask.quartered,
                crop=crop,
            )
        )


def sum_up(search: Search, window: Window, asks: Sequence[Ask]) -> WindowResult:
    """Sum up what the queries found in one window; boxes outside the area are left out."""
    detections = tuple(d for ask in asks for d in ask.detections if search.area.touches_box(d.xyxy_src))
    answers = [ask.answer for ask in asks if ask.answer]
    unread = [ask.unread for ask in asks if ask.unread]
    report = {
        "asked": len(answers) + len(unread),
        "vetoed": sum(ask.vetoed for ask in asks),
        "unparsed": len(unread),
        "unread": unread[:1],
        "truncated": sum(ask.answer.truncated and not ask.quartered for ask in asks if ask.answer),
        "quartered": sum(ask.quartered for ask in asks),
        "dropped": sum(answer.dropped for answer in answers),
        "detections": len(detections),
    }
    return WindowResult(window, detections, report)
