"""Rasters to chips: blocks of ground, windows inside each block, one chip at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from engine.area import Area
from engine.errors import InputError, JobCancelledError
from engine.raster import Raster, open_raster
from engine.types import Stop, Window
from engine.windows import plan_windows
from trainer.data import Found

BLOCK_CHIPS = 3
OVERLAP = 0.25

Block = tuple[int, int]
Turn = tuple[Path, Raster, Block, Window]


def chips_of(
    rasters: Sequence[Path],
    *,
    chip_px: int,
    gsd_m: float | None,
    area_crs: dict[str, Any] | None,
    bands: Sequence[int] | None,
    stretch: Sequence[tuple[float, float]] | None,
    stop: Stop,
) -> Iterator[Found]:
    """Read the windows of all rasters in turn, each spread over its blocks.

    The first window of every block comes first, then every block's second: however early the caller stops,
    every raster is represented, and the whole of it.

    Args:
        rasters: files that GDAL opens.
        chip_px: side of a chip.
        gsd_m: metres per chip pixel, None for each raster's own.
        area_crs: GeoJSON geometry in the rasters' CRS, or None.
        bands: as the analyst sees the layer.
        stretch: as the analyst sees the layer.
        stop: asked before every window.

    Raises:
        JobCancelledError: ``stop()`` became true.
        RasterReadError: a raster can't be opened or read.
        InputError: the area misses a raster, or the resolution can't be used.
    """
    with ExitStack() as opened:
        turns = []
        for path in rasters:
            raster = opened.enter_context(open_raster(path, bands=bands, stretch=stretch))
            turns.append(
                _inside(path, raster, Area.of(raster, area_crs), plan_blocks(raster, chip_px, gsd_m))
            )
        for turn in filter(None, chain.from_iterable(zip_longest(*turns))):
            if stop():
                raise JobCancelledError("The run was cancelled while its rasters were read.")
            path, raster, block, window = turn
            yield Found(str(path), block, raster.read_chip(window))


def _inside(path: Path, raster: Raster, area: Area, plans: dict[Block, list[Window]]) -> Iterator[Turn]:
    return ((path, raster, block, window) for block, window in spread(plans) if area.touches_window(window))


def plan_blocks(raster: Raster, chip_px: int, gsd_m: float | None) -> dict[Block, list[Window]]:
    """Windows of each block of a raster; windows of different blocks share no pixel.

    A block is three windows wide, or two where that gives fewer than four blocks; a raster too small for
    four blocks is one block as a whole.
    """
    width_src, height_src = raster.width_src, raster.height_src
    scale = gsd_m / raster.gsd_m if gsd_m and raster.gsd_m else 1.0
    side = block_side(width_src, height_src, max(1, round(chip_px * scale)))
    plans = {}
    for column in range(max(1, round(width_src / side))):
        for row in range(max(1, round(height_src / side))):
            right = width_src if column == max(1, round(width_src / side)) - 1 else (column + 1) * side
            bottom = height_src if row == max(1, round(height_src / side)) - 1 else (row + 1) * side
            plans[column, row] = plan_windows(
                width_src,
                height_src,
                chip_px=chip_px,
                zoom="detail",
                gsd_src_m=raster.gsd_m,
                gsd_m=gsd_m,
                overlap=OVERLAP,
                extent_src=(column * side, row * side, right, bottom),
            )
    return plans


def block_side(width_src: int, height_src: int, window_src: int) -> int:
    """Side of the blocks of a raster in source pixels."""
    for chips in range(BLOCK_CHIPS, 1, -1):
        side = window_src * chips
        if max(1, round(width_src / side)) * max(1, round(height_src / side)) >= 4:
            return side
    return max(width_src, height_src, window_src)


def spread(plans: dict[Block, list[Window]]) -> Iterator[tuple[Block, Window]]:
    """First windows of all blocks, then the second ones, and so on."""
    for layer in zip_longest(*plans.values()):
        for block, window in zip(plans, layer, strict=True):
            if window is not None:
                yield block, window


def check_rasters(rasters: Sequence[Path]) -> None:
    """Refuse a list that names the same file twice: it would be learned and checked on at once.

    Raises:
        InputError: names the file.
    """
    seen: set[Path] = set()
    for path in rasters:
        if path.resolve() in seen:
            raise InputError(f"{path} is listed twice. Name every raster once.")
        seen.add(path.resolve())
