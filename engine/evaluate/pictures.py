"""Questions as pictures: what is true and what was found, small enough to lie inside a page."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from engine.errors import InputError
from engine.evaluate.cases import Case
from engine.imagery.frames import src_to_px
from engine.imagery.raster import open_raster
from engine.types import Rectangle, Xyxy

SIDE_PX = 340
MOST = 8
"""So many of the best and as many of the worst are shown."""
TRUE, FOUND, HIDDEN = "#35c46a", "#ff8a3d", "#9aa0a6"


@dataclass(frozen=True)
class Shown:
    """One question as a picture: JPEG as base64, and what is to be said of it."""

    picture: str
    question: str
    said: str


def best_and_worst(cases: Sequence[Case], most: int = MOST) -> tuple[list[Shown], list[Shown]]:
    """The best and the worst questions, each picture once, none in both.

    The worst are those with the lowest IoU, and of these the ones that scored highest: the surest mistakes. A question
    without a target where nothing is shown is right, and shows nothing.
    """
    told = [case for case in cases if case.iou is not None and (case.sample.truth_src or case.shown)]

    def score(case: Case) -> float:
        return max(case.answer.scores, default=0.0)

    ranked = sorted(told, key=lambda case: (-(case.iou or 0.0), -score(case), case.sample.key))
    worst = sorted(told, key=lambda case: (case.iou or 0.0, -score(case), case.sample.key))
    first = _each_picture_once(ranked, most, set())
    taken = {case.sample.picture for case in first} if len(told) > most else set()
    last = _each_picture_once([case for case in worst if case not in first], most, taken)
    return [_shown(case) for case in first], [_shown(case) for case in last]


def _each_picture_once(cases: Sequence[Case], most: int, taken: set[str]) -> list[Case]:
    found: list[Case] = []
    for case in cases:
        if len(found) < most and case.sample.picture not in taken:
            found.append(case)
            taken = taken | {case.sample.picture} if not case.sample.key.count("@") else taken
    return found


def _shown(case: Case) -> Shown:
    scores = ", ".join(f"{score:.2f}" for score in case.answer.scores[:3]) or "none"
    state = case.answer.unread or (
        "the model does not understand the question" if case.answer.unheard else f"scores {scores}"
    )
    said = f"IoU {case.iou or 0.0:.2f}; {len(case.sample.truth_src)} true, {len(case.shown)} shown; {state}"
    return Shown(_drawn(case), case.sample.question, said)


def _drawn(case: Case) -> str:
    """The picture, or the part of a large one that the question's boxes lie in."""
    try:
        with open_raster(Path(case.sample.picture), gsd_m=case.sample.gsd_m) as raster:
            window = _part(case, raster.width_src, raster.height_src)
            pixels = raster.read_chip(window).pixels
    except InputError:
        # The answers may be looked at on a machine that has no pictures.
        window = Rectangle(
            0, 0, max(case.answer.size_src[0], 1), max(case.answer.size_src[1], 1), SIDE_PX, SIDE_PX
        )
        image = Image.new("RGB", (SIDE_PX, SIDE_PX), "#888888")
    else:
        image = Image.fromarray(pixels)
    draw = ImageDraw.Draw(image)
    counted = set(case.shown)
    for box in case.answer.boxes_src:
        if box not in counted:
            _box(draw, box, window, HIDDEN, 1)
    for box in case.sample.truth_src:
        _box(draw, box, window, TRUE, 3)
    for box in case.shown:
        _box(draw, box, window, FOUND, 2)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=82)
    return base64.b64encode(stream.getvalue()).decode("ascii")


def _part(case: Case, width: int, height: int) -> Rectangle:
    """The whole of a small picture; of a large one the surroundings of the question's boxes."""
    left, top, right, bottom = 0, 0, width, height
    boxes = [*case.sample.truth_src, *case.shown]
    if max(width, height) > 6 * SIDE_PX and boxes:
        xs = [x for box in boxes for x in (box[0], box[2])]
        ys = [y for box in boxes for y in (box[1], box[3])]
        room = max(max(xs) - min(xs), max(ys) - min(ys), SIDE_PX) / 2
        left, right = max(0, int(min(xs) - room)), min(width, int(max(xs) + room) + 1)
        top, bottom = max(0, int(min(ys) - room)), min(height, int(max(ys) + room) + 1)
    scale = SIDE_PX / max(right - left, bottom - top)
    size = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    return Rectangle(left, top, right - left, bottom - top, *size)


def _box(draw: ImageDraw.ImageDraw, box: Xyxy, window: Rectangle, colour: str, line: int) -> None:
    x1, y1, x2, y2 = src_to_px(box, window)
    draw.rectangle((x1, y1, max(x1, x2), max(y1, y2)), outline=colour, width=line)
