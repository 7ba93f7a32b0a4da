"""The data path, top to bottom: from a question and a raster to scored boxes.

``locate`` is the arrows of DESIGN.md in order. Windows are finished in batches; a batch is all or
nothing, and which windows share one depends only on how many were finished before it, so a run that
was broken off between two batches goes on exactly as if it had not been.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.errors import CompletionParseError
from engine.imagery.area import Area
from engine.imagery.crops import crop_square, cut_crop, cut_crop_src
from engine.imagery.display import NEUTRAL
from engine.imagery.frames import clip_xyxy, px_to_src, whole_pixels
from engine.imagery.raster import Raster
from engine.imagery.windows import plan_windows
from engine.language.parser import ParsedAnswer, parse_boxes
from engine.search.merge import merge_detections
from engine.search.tally import Clock
from engine.types import Chip, Detection, Pixels, Policy, Query, Stop, Verifier, Window, Xyxy, Zoom


@dataclass(frozen=True)
class LocateOptions:
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
    margin: float = 0.25
    batch_size: int = 16


def locate(
    raster: Raster,
    queries: Sequence[Query],
    policy: Policy,
    verifier: Verifier,
    *,
    options: LocateOptions,
    stop: Stop,
    done_windows: Collection[int] = (),
    clock: Clock | None = None,
) -> Iterator[list[WindowDone]]:
    """Answer ``queries`` over ``raster``, yielding finished windows batch by batch, the overview first.

    Args:
        raster: an open raster.
        queries: what to look for.
        policy: proposes boxes.
        verifier: scores them, and vetoes empty windows.
        options: how to look.
        stop: asked often; once it is true, JobCancelledError is raised soon.
        done_windows: indices of windows that an earlier, broken-off run finished.
        clock: where the seconds by stage are added up.

    Raises:
        InputError: the area lies outside the raster, or the zoom can't be had.
        ModelError: the model failed.
        JobCancelledError: ``stop`` became true.
    """
    clock = clock or Clock()
    area = Area.of(raster, options.area_crs)
    finished = len(done_windows)
    todo = deque(w for w in plan(raster, policy.spec.chip_px, options) if w.index not in done_windows)
    while todo:
        room = batch_windows(finished, options.batch_size, len(queries))
        with clock.stage("read"):
            chips, blank = read_batch(raster, todo, room)
        asks = [Ask(chip, query) for chip in chips for query in queries]
        if options.veto:
            veto(asks, verifier, options.veto_below, clock, stop)
        propose(asks, policy, options.batch_size, clock, stop)
        score(asks, verifier, policy.spec.crop_px, options.margin, clock, stop)
        batch = [blank_window(window) for window in blank]
        batch += [window_done(chip, [ask for ask in asks if ask.chip is chip], area) for chip in chips]
        finished += len(batch)
        yield batch


def plan(raster: Raster, chip_px: int, options: LocateOptions) -> list[Window]:
    """Cut the raster, or the part of it inside the area, into windows; raises InputError."""
    area = Area.of(raster, options.area_crs)
    windows = plan_windows(
        raster.width_src,
        raster.height_src,
        chip_px=chip_px,
        zoom=options.zoom,
        gsd_src_m=raster.gsd_m,
        gsd_m=options.gsd_m,
        overlap=options.overlap,
        extent_src=area.extent_src,
    )
    return [window for window in windows if area.touches_window(window)]


def conclude(
    raster: Raster,
    detections: Sequence[Detection],
    windows: Sequence[Window],
    verifier: Verifier,
    *,
    crop_px: int,
    margin: float,
    stop: Stop,
    clock: Clock | None = None,
) -> list[Detection]:
    """Merge the detections of all windows and rank them, best score first.

    A box joined across a seam is one that no verifier has seen: it is cut from the raster and scored.
    """
    clock = clock or Clock()
    seen = set(detections)
    with clock.stage("merge"):
        merged = merge_detections(detections, windows)
    joined = [detection for detection in merged if detection not in seen]
    with clock.stage("crop"):
        crops = [cut_crop_src(raster, d.xyxy_src, margin=margin, crop_px=crop_px) for d in joined]
    with clock.stage("score"):
        scores = verifier.score(crops, [Query(d.query) for d in joined], stop) if joined else []
    fresh = [replace(d, score=float(s), crop=c) for d, s, c in zip(joined, scores, crops, strict=True)]
    whole = [detection for detection in merged if detection in seen] + fresh
    return sorted(whole, key=lambda d: (-d.score, d.query, d.xyxy_src))


def verify(
    raster: Raster,
    boxes_src: Sequence[Xyxy],
    query: Query,
    verifier: Verifier,
    *,
    crop_px: int,
    margin: float,
    batch_size: int,
    stop: Stop,
    done_windows: Collection[int] = (),
    clock: Clock | None = None,
) -> Iterator[list[WindowDone]]:
    """Score boxes that came from elsewhere against one query, batch by batch.

    Each box counts as a window whose index is the box's place in ``boxes_src``; one beside the raster,
    or where the raster has no data, is blank.

    Raises:
        RasterReadError: GDAL can't read the raster there.
        ModelError: the verifier failed.
        JobCancelledError: ``stop`` became true.
    """
    clock = clock or Clock()
    todo = [index for index in range(len(boxes_src)) if index not in done_windows]
    for start in range(0, len(todo), batch_size):
        part = todo[start : start + batch_size]
        with clock.stage("read"):
            looks = [look_at(raster, boxes_src[index], index, crop_px, margin) for index in part]
        crops = [crop for _, crop in looks if crop is not None]
        with clock.stage("score"):
            scores = iter(verifier.score(crops, [query] * len(crops), stop) if crops else [])
        yield [
            window_verified(raster, window, boxes_src[window.index], query, next(scores), crop)
            if crop is not None
            else blank_window(window)
            for window, crop in looks
        ]


READ_AT_MOST = 64


@dataclass
class Ask:
    """One chip under one query, and what came of it on its way through the stages."""

    chip: Chip
    query: Query
    vetoed: bool = False
    answer: ParsedAnswer | None = None
    unread: str = ""
    detections: list[Detection] = field(default_factory=list)


@dataclass(frozen=True)
class WindowDone:
    """A finished window: its detections, and its counts as :class:`engine.search.tally.Tally` adds them up."""

    window: Window
    detections: tuple[Detection, ...]
    report: dict[str, Any]


def batch_windows(finished: int, batch_size: int, n_queries: int) -> int:
    """Return how many windows the next batch takes: few at first, so that something is seen soon.

    One, then up to a quarter of what fits, then as many as fit.
    """
    return max(1, min(batch_size, finished * batch_size // 4) // n_queries)


def read_batch(raster: Raster, todo: deque[Window], room: int) -> tuple[list[Chip], list[Window]]:
    """Take windows off ``todo`` until ``room`` chips with data are read; also returns the blank ones."""
    chips: list[Chip] = []
    blank: list[Window] = []
    while todo and len(chips) < room and len(chips) + len(blank) < READ_AT_MOST:
        window = todo.popleft()
        chip = raster.read_chip(window)
        if chip.valid.any():
            chips.append(chip)
        else:
            blank.append(window)
    return chips, blank


def veto(asks: Sequence[Ask], verifier: Verifier, below: float, clock: Clock, stop: Stop) -> None:
    """Mark detail windows in which the verifier sees nothing of the kind; the overview is always asked."""
    small = [ask for ask in asks if ask.chip.window.level == "detail"]
    if not small:
        return
    with clock.stage("presence"):
        present = verifier.presence([ask.chip for ask in small], [ask.query for ask in small], stop)
    for ask, probability in zip(small, present, strict=True):
        ask.vetoed = probability < below


def propose(asks: Sequence[Ask], policy: Policy, batch_size: int, clock: Clock, stop: Stop) -> None:
    """Let the policy answer what was not vetoed; an answer that can't be read is kept as such."""
    open_asks = [ask for ask in asks if not ask.vetoed]
    for start in range(0, len(open_asks), batch_size):
        part = open_asks[start : start + batch_size]
        with clock.stage("generate"):
            completions = policy.generate([ask.chip for ask in part], [ask.query for ask in part], stop)
        with clock.stage("parse"):
            for ask, completion in zip(part, completions, strict=True):
                window = ask.chip.window
                try:
                    ask.answer = parse_boxes(
                        completion.text, policy.spec.family, window.width_px, window.height_px
                    )
                except CompletionParseError as error:
                    ask.unread = str(error)


def score(
    asks: Sequence[Ask], verifier: Verifier, crop_px: int, margin: float, clock: Clock, stop: Stop
) -> None:
    """Cut a crop for each proposal, let the verifier look at all of them, and keep both with the score."""
    pairs = [(ask, ask.answer, box) for ask in asks if ask.answer for box in ask.answer.proposals]
    with clock.stage("crop"):
        crops = [cut_crop(ask.chip, box.xyxy_px, margin=margin, crop_px=crop_px) for ask, _, box in pairs]
    with clock.stage("score"):
        scores = verifier.score(crops, [ask.query for ask, _, _ in pairs], stop) if pairs else []
    for (ask, answer, box), crop, probability in zip(pairs, crops, scores, strict=True):
        ask.detections.append(
            Detection(
                xyxy_src=px_to_src(box.xyxy_px, ask.chip.window),
                score=float(probability),
                label=box.label,
                reasoning=answer.reasoning,
                query=ask.query.text,
                window=ask.chip.window,
                gsd_m=ask.chip.gsd_m,
                crop=crop,
            )
        )


def window_done(chip: Chip, asks: Sequence[Ask], area: Area) -> WindowDone:
    """Sum up what the queries found in one window; boxes outside the area are left out."""
    detections = tuple(d for ask in asks for d in ask.detections if area.touches_box(d.xyxy_src))
    answers = [ask.answer for ask in asks if ask.answer]
    unread = [ask.unread for ask in asks if ask.unread]
    report = {
        "asked": len(answers) + len(unread),
        "vetoed": sum(ask.vetoed for ask in asks),
        "unparsed": len(unread),
        "unread": unread[:1],
        "truncated": sum(answer.truncated for answer in answers),
        "dropped": sum(answer.dropped for answer in answers),
        "detections": len(detections),
    }
    return WindowDone(chip.window, detections, report)


def look_at(
    raster: Raster, box_src: Xyxy, index: int, crop_px: int, margin: float
) -> tuple[Window, Pixels | None]:
    """Return the window round a box, and its crop; None where the raster shows nothing."""
    square = crop_square(box_src, margin)
    left, top, right, bottom = whole_pixels(square)
    window = Window(index, left, top, right - left, bottom - top, crop_px, crop_px, "detail")
    if clip_xyxy(box_src, (0, 0, raster.width_src, raster.height_src)) is None:
        return window, None
    crop = cut_crop_src(raster, box_src, margin=margin, crop_px=crop_px)
    return window, None if (crop == NEUTRAL).all() else crop


def window_verified(
    raster: Raster, window: Window, box_src: Xyxy, query: Query, probability: float, crop: Pixels
) -> WindowDone:
    """Report a box from elsewhere as a window with one detection: the verifier's word alone."""
    detection = Detection(
        xyxy_src=box_src,
        score=float(probability),
        label="",
        reasoning="",
        query=query.text,
        window=window,
        gsd_m=raster.gsd_m,
        crop=crop,
    )
    return WindowDone(window, (detection,), {"detections": 1})


def blank_window(window: Window) -> WindowDone:
    """Report a window in which the raster has no data."""
    return WindowDone(window, (), {"blank": True})
