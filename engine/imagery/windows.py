"""Plans which rectangles of a raster the model looks at. Pure arithmetic in source pixels."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import count

from engine.errors import InputError
from engine.imagery.frames import clip_xyxy, whole_pixels
from engine.types import Level, Window, Xyxy, Zoom

AUTO_DETAIL_FROM = 1.5
"""``auto`` adds detail where one overview pixel covers more than this many detail pixels (per side)."""

OVERVIEW_MAX_ASPECT = 4.0
"""Longer strips than this are looked at in several overview windows: one chip would be a thread."""

MAX_OVERLAP = 0.9

COARSEST_M = 1e7
FINEST = 1 / 16
"""A chip's pixel may be so much of a source pixel: finer ones show nothing new."""

MOST_WINDOWS = 1_000_000

MOST_OVERVIEWS = 10_000
"""A strip that needs more windows than this for its overview has no overview that anybody waits for."""

LEAST_PX = 4
"""A picture whose longer side has fewer pixels than this shows nothing, unless the raster is that small."""

Span = tuple[int, int]
"""First source pixel and length, along one axis."""


QUARTER_OVERLAP = 0.2
"""Share of a window's side that its quarters see in common."""

QUARTERED_TIMES = 2
"""A window is asked again in quarters, and these in theirs: sixteen times the room for an answer."""

LEAST_QUARTER_PX = 64
"""A window whose quarters would be smaller than this is not divided."""


def plan_windows(
    width_src: int,
    height_src: int,
    *,
    chip_px: int,
    zoom: Zoom,
    gsd_src_m: float | None,
    gsd_m: float | None,
    overlap: float = 0.2,
    extent_src: Xyxy | None = None,
) -> list[Window]:
    """Plan the windows, overview first, then detail row by row.

    *overview*: the whole extent in one window, its longer side ``chip_px``, the aspect ratio kept
    (strips longer than ``OVERVIEW_MAX_ASPECT`` are split, but never finer than the source: a thin
    strip becomes pieces of ``chip_px`` source pixels). *detail*: squares of ``chip_px`` at
    ``gsd_m``, or at the source's own resolution when that is None; the last of each row and
    column is moved back inside instead of reaching over the edge. *auto*: the overview, and
    detail too where the overview's pixels are more than ``AUTO_DETAIL_FROM`` times coarser.

    Args:
        width_src: width of the raster in source pixels.
        height_src: height of the raster in source pixels.
        chip_px: side of the square chip the model works best on.
        zoom: which of the three.
        gsd_src_m: ground size of a source pixel in metres, None when unknown.
        gsd_m: ground size of a detail pixel in metres, None for the source's own.
        overlap: share of a window's side that it has in common with the next, 0..0.9.
        extent_src: the part of the raster to search; all of it when None.

    Raises:
        InputError: a parameter is out of range, the extent misses the raster, ``gsd_m`` is asked of a
            raster whose ground sample distance is unknown or makes nearly nothing of it, or there
            would be more windows than anybody can wait for.
    """
    _check(width_src, height_src, chip_px, overlap)
    left, top, right, bottom = _whole_extent(width_src, height_src, extent_src)
    column, row = (left, right - left), (top, bottom - top)
    scale = _detail_scale(gsd_src_m, gsd_m)
    pieces = [] if zoom == "detail" else _overview_spans(column, row, overlap, chip_px)
    overview_side = max((max(col_span[1], row_span[1]) for col_span, row_span in pieces), default=0)
    windows: list[Window] = []
    index = count()
    for col_span, row_span in pieces:
        side = max(col_span[1], row_span[1])
        windows.append(_window(next(index), col_span, row_span, side / chip_px, "overview"))
    if zoom == "detail" or (zoom == "auto" and overview_side > chip_px * scale * AUTO_DETAIL_FROM):
        _check_not_tiny(max(column[1], row[1]), scale, gsd_m)
        side = max(1, round(chip_px * scale))
        row_spans, col_spans = _spans(row, side, overlap), _spans(column, side, overlap)
        _check_count(len(row_spans) * len(col_spans), side, scale)
        for row_span in row_spans:
            for col_span in col_spans:
                windows.append(_window(next(index), col_span, row_span, scale, "detail"))
    return windows


def _check_count(number: int, side: int, scale: float) -> None:
    """Refuse a resolution that makes more windows than anybody can wait for, before they are made."""
    if scale < FINEST or number > MOST_WINDOWS:
        raise InputError(
            f"At this resolution {number:,} windows of {side} x {side} source pixels would be looked at: choose a "
            "coarser ground sample distance or a smaller area."
        )


def _check_not_tiny(longer_src: int, scale: float, gsd_m: float | None) -> None:
    """Refuse a resolution at which all there is to see would be a dot."""
    if scale > 1 and longer_src >= LEAST_PX and longer_src / scale < LEAST_PX:
        raise InputError(
            f"At {gsd_m:g} m per pixel the {longer_src:,} source pixels of the longer side would be "
            f"{longer_src / scale:.2g} pixels: choose a finer ground sample distance, or check the raster's CRS."
        )


def _check(width_src: int, height_src: int, chip_px: int, overlap: float) -> None:
    if width_src < 1 or height_src < 1:
        raise InputError(f"The raster is {width_src} x {height_src} pixels: give one with at least 1 x 1.")
    if chip_px < 1:
        raise InputError(f"The chip size is {chip_px} pixels: give at least 1.")
    if not 0 <= overlap <= MAX_OVERLAP:
        raise InputError(f"The overlap is {overlap}: give a share between 0 and {MAX_OVERLAP}.")


def _whole_extent(width_src: int, height_src: int, extent_src: Xyxy | None) -> tuple[int, int, int, int]:
    raster = (0.0, 0.0, float(width_src), float(height_src))
    if extent_src is None:
        return (0, 0, width_src, height_src)
    inside = clip_xyxy(extent_src, raster)
    if inside is None:
        box = ", ".join(f"{value:.1f}" for value in extent_src)
        raise InputError(
            f"The search area (source pixels {box}) lies outside the raster, which is {width_src} x "
            f"{height_src} pixels: choose an area that overlaps it, and check the area's CRS."
        )
    x1, y1, x2, y2 = whole_pixels(inside)
    return (x1, y1, max(x2, x1 + 1), max(y2, y1 + 1))


def _detail_scale(gsd_src_m: float | None, gsd_m: float | None) -> float:
    """Source pixels per detail pixel."""
    if gsd_m is None:
        return 1.0
    if not 0 < gsd_m < COARSEST_M:
        raise InputError(
            f"The ground sample distance is {gsd_m} m: give a number above 0, below {COARSEST_M:.0e}, or none."
        )
    if gsd_src_m is None:
        raise InputError(
            f"{gsd_m} m per pixel was asked for, but the raster's own pixel size in metres is unknown: "
            "assign a CRS to the raster, give its pixel size (--gsd-of-raster, gsd_src_m), or leave the ground "
            "sample distance empty to search at full resolution."
        )
    return gsd_m / gsd_src_m


def _spans(axis: Span, side: int, overlap: float) -> list[Span]:
    """Spans of ``side`` pixels that cover ``axis``, the last one moved back inside."""
    start, length = axis
    if length <= side:
        return [axis]
    stride = max(1, math.floor(side * (1 - overlap)))
    steps = math.ceil((length - side) / stride)
    return [(start + min(step * stride, length - side), side) for step in range(steps + 1)]


def _overview_spans(column: Span, row: Span, overlap: float, chip_px: int) -> list[tuple[Span, Span]]:
    longer, shorter = max(column[1], row[1]), min(column[1], row[1])
    if longer <= shorter * OVERVIEW_MAX_ASPECT:
        return [(column, row)]
    side = max(math.floor(shorter * OVERVIEW_MAX_ASPECT), chip_px)
    number = math.ceil(longer / (side * (1 - overlap)))
    if number > MOST_OVERVIEWS:
        raise InputError(
            f"The strip of {column[1]:,} x {row[1]:,} source pixels would take {number:,} overview windows of "
            f"{side} pixels: choose a smaller area."
        )
    if column[1] > row[1]:
        return [(span, row) for span in _spans(column, side, overlap)]
    return [(column, span) for span in _spans(row, side, overlap)]


def _window(index: int, column: Span, row: Span, scale: float, level: Level) -> Window:
    return Window(
        index=index,
        col_src=column[0],
        row_src=row[0],
        width_src=column[1],
        height_src=row[1],
        width_px=max(1, round(column[1] / scale)),
        height_px=max(1, round(row[1] / scale)),
        level=level,
    )


def quarters(window: Window) -> list[Window]:
    """The four overlapping quarters of a window, by row and column; none where they would be too small.

    They keep the window's index and level. Their chips are as fine as the source, where that makes them no
    larger than the window's own chip; never coarser than that was.
    """
    share = (1 + QUARTER_OVERLAP) / 2
    width, height = math.ceil(window.width_src * share), math.ceil(window.height_src * share)
    finest = min(1.0, window.width_src / window.width_px)
    src_per_px = max(width / window.width_px, height / window.height_px, finest)
    width_px, height_px = round(width / src_per_px), round(height / src_per_px)
    if min(width_px, height_px) < LEAST_QUARTER_PX:
        return []
    return [
        replace(
            window,
            col_src=col,
            row_src=row,
            width_src=width,
            height_src=height,
            width_px=width_px,
            height_px=height_px,
        )
        for row in (window.row_src, window.row_src + window.height_src - height)
        for col in (window.col_src, window.col_src + window.width_src - width)
    ]


def pieces(window: Window) -> list[Window]:
    """A window and everything that it can be divided into, ``QUARTERED_TIMES`` deep."""
    found, last = [window], [window]
    for _ in range(QUARTERED_TIMES):
        last = [part for whole in last for part in quarters(whole)]
        found += last
    return found
