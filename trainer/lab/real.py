"""Real pictures for the benches: one half is learned from without its boxes, the other half measures.

The pictures are not the project's: a folder with ``index.jsonl``, one line a picture with ``image``,
``query`` and ``xyxy_px`` (null where nothing is to be found).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from affine import Affine
from PIL import Image

from engine.types import Chip, Rectangle, Xyxy
from trainer.chips import CutChip
from trainer.queries import Pair

REAL = "real-airplanes"
PHRASES = ("the airplane", "find an airplane", "show me the plane", "where are airplanes ?")
"""What an analyst might ask over such pictures."""


def records(folder: Path, *, test: bool) -> list[dict[str, Any]]:
    """Every second picture, in the order of the index: one half or the other; none where there is no index."""
    index = folder / "index.jsonl"
    if not index.is_file():
        return []
    lines = index.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[int(test) :: 2]]


def pictures(folder: Path, chip_px: int) -> Iterator[tuple[CutChip, list[Pair]]]:
    """The training half as chips, each a place of its own, with the same questions about all of them.

    Args:
        folder: of the pictures.
        chip_px: side that the pictures are brought to, as the engine does when it is asked about them.
    """
    for number, record in enumerate(records(folder, test=False)):
        with Image.open(folder / record["image"]) as image:
            small = image.convert("RGB").resize((chip_px, chip_px), Image.Resampling.BOX)
            scale = chip_px / image.width
        place = Rectangle(0, number * chip_px, chip_px, chip_px, chip_px, chip_px)
        valid = np.ones((chip_px, chip_px), dtype=bool)
        chip = Chip(np.asarray(small), valid, place, Affine.translation(0, -number * chip_px), None, None)
        box = record["xyxy_px"]
        truth = () if box is None else (_scaled(box, scale),)
        yield CutChip(record["image"], (0, 0), chip), [Pair(number, text, 0.0, truth) for text in PHRASES]


def _scaled(box: Sequence[float], scale: float) -> Xyxy:
    x0, y0, x1, y1 = box
    return x0 * scale, y0 * scale, x1 * scale, y1 * scale
