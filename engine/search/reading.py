"""Windows of a plan read from the raster, batch by batch, and the quarters of those that hold much."""

from __future__ import annotations

from collections import deque
from typing import Any, Protocol

from engine.errors import RasterReadError
from engine.imagery.windows import quarters
from engine.search.tally import blank_window, unreadable_window
from engine.types import Chip, Window, WindowResult

READ_AT_MOST = 64


class Reading(Protocol):
    """What of a search is needed here; see :class:`engine.search.pipeline.Search`."""

    raster: Any
    clock: Any
    area: Any


def read_batch(
    search: Reading, todo: deque[Window], room: int
) -> tuple[list[tuple[Window, Chip]], list[WindowResult]]:
    """Take windows off ``todo`` until ``room`` chips with data are read; also returns the blank and unreadable ones."""
    chips: list[tuple[Window, Chip]] = []
    without: list[WindowResult] = []
    with search.clock.stage("read"):
        while todo and len(chips) < room and len(chips) + len(without) < READ_AT_MOST:
            window = todo.popleft()
            try:
                chip = search.raster.read_chip(window)
            except RasterReadError as error:
                without.append(unreadable_window(window, error))
                continue
            if chip.valid.any():
                chips.append((window, chip))
            else:
                without.append(blank_window(window))
    return chips, without


def read_quarters(search: Reading, window: Window) -> list[tuple[Window, Chip]] | None:
    """The quarters of a window that hold data and lie in the area; None where it is too small, or unreadable."""
    parts = [part for part in quarters(window) if search.area.touches_rectangle(part)]
    try:
        read = [(part, search.raster.read_chip(part)) for part in parts]
    except RasterReadError:
        return None
    return [(part, chip) for part, chip in read if chip.valid.any()] if parts else None
