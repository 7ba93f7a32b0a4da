"""Drawn boxes for the supervised yardstick; nothing else in the trainer reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any


from engine.errors import InputError
from engine.imagery.frames import crs_to_src
from engine.imagery.shapes import corners
from engine.imagery.vectors import read_polygons
from engine.types import Xyxy
from trainer.chips import ChipSet
from trainer.queries import Pair

COLUMN = "query"
MIN_INSIDE = 0.5
"""A polygon counts for a chip when at least this share of its box lies inside it."""


def drawn_pairs(chips: ChipSet, indices: Sequence[int], path: Path) -> list[Pair]:
    """Every chip with every query that was drawn anywhere: its boxes, or none where nothing was drawn.

    Args:
        chips: the chip set.
        indices: chips to use.
        path: polygons with a column ``query``; they are taken to be complete for these queries.

    Raises:
        InputError: the file can't be read or has no such column.
    """
    pairs: list[Pair] = []
    by_crs: dict[str | None, list[tuple[str, dict[str, Any]]]] = {}
    for index in indices:
        record = chips.records[index]
        if record.crs_wkt not in by_crs:
            by_crs[record.crs_wkt] = _drawn(path, record.crs_wkt)
        drawn = by_crs[record.crs_wkt]
        texts = {text for text, _ in drawn}
        boxes = {text: _inside(chips, index, [s for t, s in drawn if t == text]) for text in texts}
        pairs += [Pair(index, text, float(bool(found)), found) for text, found in sorted(boxes.items())]
    return pairs


def _drawn(path: Path, crs_wkt: str | None) -> list[tuple[str, dict[str, Any]]]:
    """(query, polygon) of every feature, in the given CRS."""
    import pyogrio.raw

    shapes = read_polygons(path, crs_wkt=crs_wkt)
    info = pyogrio.read_info(path)
    if COLUMN not in info["fields"]:
        raise InputError(
            f"{path} has the columns {list(info['fields'])}. Add a column {COLUMN!r} with questions."
        )
    _, _, _, columns = pyogrio.raw.read(path, columns=[COLUMN], read_geometry=False)
    texts = [str(text) for text in columns[0]]
    if len(texts) != len(shapes):
        raise InputError(
            f"{path} has {len(texts)} rows but {len(shapes)} polygons. Delete the rows that have no polygon."
        )
    return list(zip(texts, shapes, strict=True))


def _inside(chips: ChipSet, index: int, shapes: Sequence[dict[str, Any]]) -> tuple[Xyxy, ...]:
    chip = chips.chip(index)
    height_px, width_px = chip.pixels.shape[:2]
    found = []
    for shape in shapes:
        x0, y0, x1, y1 = crs_to_src(corners(shape), chip.transform)
        cut = (max(x0, 0.0), max(y0, 0.0), min(x1, float(width_px)), min(y1, float(height_px)))
        if cut[2] <= cut[0] or cut[3] <= cut[1]:
            continue
        inside = (cut[2] - cut[0]) * (cut[3] - cut[1]) / max((x1 - x0) * (y1 - y0), 1e-9)
        if inside >= MIN_INSIDE:
            found.append(cut)
    return tuple(found)
