"""Boxes that came from elsewhere, scored: the polygons of a layer that ``verify`` is asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Protocol

from engine.errors import RasterReadError
from engine.imagery.crops import crop_square
from engine.imagery.display import NEUTRAL
from engine.imagery.frames import clip_xyxy, whole_pixels
from engine.search.scoring import require_understood
from engine.search.tally import blank_window, unreadable_window
from engine.types import Detection, Pixels, Query, Stop, Window, WindowResult, Xyxy


class Looking(Protocol):
    """What of a search is needed here; see :class:`engine.search.pipeline.Search`."""

    raster: Any
    options: Any
    clock: Any
    not_understood: dict[str, str]

    @property
    def stop(self) -> Stop:
        """Asked often; true once the search is to end."""
        ...

    @property
    def crop_px(self) -> int:
        """Side of the square that the verifier looks at."""
        ...

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query]) -> list[float | None]:
        """P(yes) for each crop under its query; None under one that the verifier does not understand."""
        ...


def plan_boxes(search: Looking, boxes_src: Sequence[Xyxy]) -> list[Window]:
    """The windows round boxes that came from elsewhere: each has its box's place as its index."""
    windows = []
    for index, box_src in enumerate(boxes_src):
        left, top, right, bottom = whole_pixels(crop_square(box_src, search.options.margin))
        side = search.crop_px
        windows.append(Window(left, top, right - left, bottom - top, side, side, index, "detail"))
    return windows


def verify(
    search: Looking,
    query: Query,
    boxes_src: Sequence[Xyxy],
    windows: Sequence[Window],
    *,
    done: Collection[int] = (),
) -> Iterator[list[WindowResult]]:
    """Score boxes that came from elsewhere against one query, batch by batch.

    Args:
        search: what to work with; its policy is not asked.
        query: what each box should show.
        boxes_src: the boxes, in source pixels.
        windows: what :func:`plan_boxes` returned for them; one beside the raster, or where the raster
            has no data, is blank; one that GDAL can't read is unreadable.
        done: indices of windows that an earlier, broken-off run finished.

    Raises:
        ModelError: the verifier failed, or does not understand the query (NotUnderstoodError).
        JobCancelledError: the search was stopped.
    """
    todo = [window for window in windows if window.index not in done]
    size = search.options.batch_size
    for start in range(0, len(todo), size):
        part = todo[start : start + size]
        with search.clock.stage("read"):
            looks = [look_at(search, window, boxes_src[window.index]) for window in part]
        seen = [look for look in looks if not isinstance(look, WindowResult)]
        told = search.score(seen, [query] * len(seen))
        require_understood(search.not_understood, [query.text])
        scores = (score for score in told if score is not None)
        yield [
            look
            if isinstance(look, WindowResult)
            else verified(search, window, boxes_src[window.index], query, next(scores), look)
            for window, look in zip(part, looks, strict=True)
        ]


def look_at(search: Looking, window: Window, box_src: Xyxy) -> Pixels | WindowResult:
    """The crop of a box from elsewhere; its window's end where the raster shows nothing of it, or can't be read."""
    if clip_xyxy(box_src, (0, 0, search.raster.width_src, search.raster.height_src)) is None:
        return blank_window(window)
    try:
        crop = read_crop(search, box_src)
    except RasterReadError as error:
        return unreadable_window(window, error)
    return blank_window(window) if (crop == NEUTRAL).all() else crop


def verified(
    search: Looking, window: Window, box_src: Xyxy, query: Query, probability: float, crop: Pixels
) -> WindowResult:
    """Report a box from elsewhere as a window with one detection: the verifier's word alone."""
    detection = Detection(
        xyxy_src=box_src,
        score=probability,
        label="",
        reasoning="",
        query=query.text,
        window=window,
        gsd_m=search.raster.gsd_m,
        crop=crop,
    )
    return WindowResult(window, (detection,), {"detections": 1})


def read_crop(search: Looking, box_src: Xyxy) -> Pixels:
    """The verifier's crop of a box, straight from the raster."""
    crop: Pixels = search.raster.read_crop(box_src, margin=search.options.margin, crop_px=search.crop_px)
    return crop
