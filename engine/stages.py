"""The steps of the pipeline, each one function over what the step before it left."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.area import Area
from engine.crops import NEUTRAL, crop_square, cut_crop, cut_crop_src
from engine.errors import CompletionParseError
from engine.frames import clip_xyxy, px_to_src, whole_pixels
from engine.parser import ParsedAnswer, parse_boxes
from engine.raster import Raster
from engine.tally import Clock
from engine.types import Chip, Detection, Pixels, Policy, Query, Stop, Verifier, Window, Xyxy

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
    """A finished window: its detections, and its counts as :class:`engine.tally.Tally` adds them up."""

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
