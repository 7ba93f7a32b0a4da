"""The data path, top to bottom: from a question and a raster to scored boxes.

``locate`` is the arrows of DESIGN.md in order. Windows are finished in batches; a batch is all or
nothing, and which windows share one depends only on how many were finished before it, so a run that
was broken off between two batches goes on exactly as if it had not been.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.area import Area
from engine.crops import cut_crop_src
from engine.merge import merge_detections
from engine.raster import Raster
from engine.stages import (
    Ask,
    WindowDone,
    batch_windows,
    blank_window,
    look_at,
    propose,
    read_batch,
    score,
    veto,
    window_done,
    window_verified,
)
from engine.tally import Clock
from engine.types import Detection, Policy, Query, Stop, Verifier, Window, Xyxy, Zoom
from engine.windows import plan_windows


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
