"""Outlines of what was found: made after the boxes are final, each kept as soon as it is there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from engine.counting import count
from engine.errors import InputError, ModelMemoryError, RasterReadError
from engine.imagery.frames import src_to_square_px
from engine.imagery.ground_plane import Ground
from engine.imagery.outline import OutlineStyle, draw_outline, square_round
from engine.imagery.raster import Raster
from engine.imagery.shapes import shape_of
from engine.jobs.host import ModelHost
from engine.jobs.results import Finding, Results
from engine.search.tally import Clock
from engine.types import Outliner, Pixels, Stop, Xyxy
from engine.wire import RasterRequest

MASK, BOX = "mask", "box"
"""What the attribute ``outline`` says: the polygon is that of a mask, or still the box."""

Tell = Callable[[str, dict[str, Any]], None]
Masks = list[NDArray[np.bool_]]


@dataclass
class Drawing:
    """What outlines are drawn with.

    Attributes:
        job_id, results: where they are kept.
        host: has the models.
        raster: an open raster.
        request: says how.
        stop: asked often.
        clock: stage ``outline`` is the time spent here.
        tell: told how many are done.
        windows: of the job, all done, which its progress counts as well.
    """

    job_id: str
    results: Results
    host: ModelHost
    raster: Raster
    request: RasterRequest
    stop: Stop
    clock: Clock
    tell: Tell
    windows: int


def outlined(drawing: Drawing, findings: Sequence[Finding]) -> tuple[list[Finding], list[str]]:
    """Give each finding the outline of what is in its box, where the request asks for that.

    Those that an earlier, broken-off run made are taken from the store. A box in which nothing stands out, or
    where the raster can't be read, stays.

    Returns:
        The findings, with the attributes ``outline``, ``outline_model`` and ``box``; and sentences about them.

    Raises:
        ModelError: the model can't be had, or fails.
        JobCancelledError: the job was stopped.
    """
    if not drawing.request.outline or not findings:
        return list(findings), []
    check_tolerance(drawing.raster, drawing.request)
    with drawing.clock.stage("outline"):
        known = drawing.results.outlines(drawing.job_id)
        due = list(dict.fromkeys(f.detection.xyxy_src for f in findings if f.detection.xyxy_src not in known))
        unread = _draw(drawing, due, len({f.detection.xyxy_src for f in findings})) if due else 0
        known = drawing.results.outlines(drawing.job_id)
    made = [
        _with_outline(finding, *known.get(finding.detection.xyxy_src, (None, None))) for finding in findings
    ]
    boxes = sum(finding.feature.properties["outline"] == BOX for finding in made)
    notes = []
    if boxes:
        gap = f" ({count(unread, 'box')} could not be read)" if unread else ""
        notes.append(
            f"{boxes} of {count(len(made), 'outline')} could not be drawn{gap}: the box stays, and its attribute "
            "outline says so."
        )
    return made, notes


def check_tolerance(raster: Raster, request: RasterRequest) -> None:
    """Raise InputError for a tolerance in metres on a raster of which nobody knows how large its pixels are."""
    if request.outline and request.outline_tolerance_m is not None and raster.gsd_m is None:
        raise InputError(
            "The tolerance of outlines is given in metres, and nothing says how many metres a pixel of "
            f"{request.raster} has. Give that (--gsd-of-raster), or leave the tolerance out."
        )


def _draw(drawing: Drawing, due: Sequence[Xyxy], wanted: int) -> int:
    """Draw the outlines of boxes and keep them, batch by batch; returns how many boxes could not be read."""
    drawing.tell("log", {"message": f"Drawing {count(len(due), 'outline')}."})
    named = drawing.request.outline if isinstance(drawing.request.outline, str) else None
    ground = ground_of(drawing.raster)
    begun, unread = time.perf_counter(), 0
    with _outliner(drawing.host, named) as model:
        for start in range(0, len(due), model.batch_size):
            part = due[start : start + model.batch_size]
            seen = [(box, crop) for box in part if (crop := _look(drawing.raster, box, model)) is not None]
            unread += len(part) - len(seen)
            masks = _masks(drawing, model, seen)
            drawn = {}
            for (box, _), mask in zip(seen, masks, strict=True):
                style = OutlineStyle(drawing.request.outline_tolerance_m, drawing.request.outline_square)
                size = (drawing.raster.width_src, drawing.raster.height_src)
                square, _ = square_round(box, model.picture_px)
                drawn[box] = draw_outline(mask, square, box, ground, size, style)
            drawing.results.keep_outlines(drawing.job_id, model.name, drawn)
            done = min(start + len(part), len(due))
            left = (time.perf_counter() - begun) / done * (len(due) - done)
            total = drawing.windows + wanted
            drawing.tell(
                "progress",
                {"done": total - (len(due) - done), "total": total, "seconds_left": round(left, 1)},
            )
    return unread


@contextmanager
def _outliner(host: ModelHost, named: str | None) -> Iterator[Outliner]:
    """The model, beside the one that found the boxes, or in its place where memory has no room for both."""
    try:
        model = host.load_outliner(named)
    except ModelMemoryError:
        if host.describe()["model"] is None:
            raise
        host.free()
        model = host.load_outliner(named)
    try:
        yield model
    finally:
        model.close()


def _masks(drawing: Drawing, model: Outliner, seen: Sequence[tuple[Xyxy, Pixels]]) -> Masks:
    """Ask the model; where its work needs the memory of the one that found the boxes, that one is let go."""
    side = model.picture_px
    boxes = [src_to_square_px(box, square_round(box, side)[0], side) for box, _ in seen]
    pictures = [crop for _, crop in seen]
    try:
        return model.masks(pictures, boxes, drawing.stop)
    except ModelMemoryError:
        if drawing.host.describe()["model"] is None:
            raise
        drawing.host.free()
        return model.masks(pictures, boxes, drawing.stop)


def _look(raster: Raster, box_src: Xyxy, model: Outliner) -> Pixels | None:
    """The picture of a box; None where the raster can't be read."""
    _, margin = square_round(box_src, model.picture_px)
    try:
        return raster.read_crop(box_src, margin=margin, crop_px=model.picture_px)
    except RasterReadError:
        return None


def ground_of(raster: Raster) -> Ground:
    """Where a raster's pixels lie on the ground."""
    return Ground.of(raster.transform, raster.crs_wkt, raster.gsd_m, raster.width_src, raster.height_src)


def _with_outline(finding: Finding, model: str | None, geometry: dict[str, Any] | None) -> Finding:
    before = finding.feature
    shape = shape_of(before.geometry)
    own = {
        **before.properties,
        "outline": BOX if geometry is None else MASK,
        "outline_model": model,
        "box": shapely.to_wkt(shape, rounding_precision=-1),
    }
    feature = replace(before, geometry=geometry or before.geometry, properties=own)
    return replace(finding, feature=feature)
