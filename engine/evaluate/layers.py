"""Reference boxes of a vector layer over a raster, read as a labelled set of one picture."""

from __future__ import annotations

import math
from pathlib import Path

import pyogrio.raw

from engine.errors import InputError
from engine.evaluate.samples import Conventions, Dataset, Sample
from engine.imagery.dateline import extent_of
from engine.imagery.frames import clip_xyxy, crs_to_src
from engine.imagery.raster import open_raster
from engine.imagery.shapes import VECTOR_ERRORS, corners, unreadable_layer
from engine.imagery.sources import leads_away
from engine.imagery.vectors import Outlines, read_outlines
from engine.types import Xyxy

BLOCKS, LEAST_BLOCK_SRC = 400, 128
"""A raster is measured in about so many squares, none smaller than this many pixels."""
OF_LAYERS = Conventions(boxes="each", taken="all", shown_from=0.5)


def read_layer_set(
    raster: str,
    vector: str,
    layer: str | None,
    *,
    query: str | None,
    column: str | None,
    gsd_src_m: float | None,
) -> Dataset:
    """The polygons of a layer as true boxes of one question, or of one a value of a column.

    Args:
        raster: what is searched.
        vector: the file of the layer: any that GDAL reads.
        layer: its name; None for the only one.
        query: the question, where there is one for all polygons.
        column: the column that holds each polygon's question.
        gsd_src_m: metres per pixel, where the raster can't tell.

    Raises:
        InputError: nothing can be read, nothing lies on the raster, or it is not said what the polygons show.
    """
    if (query is None or not query.strip()) == (column is None or not column.strip()):
        raise InputError(
            "Say what the reference boxes show: one question for all (--query), or the column that holds each one's "
            "(--query-column), and not both."
        )
    with open_raster(raster, gsd_m=gsd_src_m) as opened:
        width, height, gsd_m = opened.width_src, opened.height_src, opened.gsd_m
        extent = extent_of(opened.transform, width, height)
        outlines = read_outlines(vector, layer, crs_wkt=opened.crs_wkt, extent_crs=extent)
        boxes = [crs_to_src(corners(o.geometry), opened.transform) for o in outlines.found]
    asked = (
        [str(query).strip()] * len(boxes) if column is None else _questions(vector, layer, column, outlines)
    )
    whole = (0.0, 0.0, float(width), float(height))
    by_question: dict[str, list[Xyxy]] = {}
    outside = 0
    for box, question in zip(boxes, asked, strict=True):
        inside = clip_xyxy(box, whole)
        if inside is None:
            outside += 1
        elif question:
            by_question.setdefault(question, []).append(inside)
    if not by_question:
        raise InputError(
            f"Not one of the {len(boxes)} polygons of {vector} lies on the raster {raster} and has a question. Check "
            "the CRS of both."
        )
    side = max(LEAST_BLOCK_SRC, math.ceil(math.sqrt(width * height / BLOCKS)))
    name = Path(raster).name
    samples = tuple(
        Sample(
            key=f"{name}#{question}", picture=raster, question=question, truth_src=tuple(found), kind=question,
            scene=name, groups={"kind": question}, gsd_m=gsd_m, block_src=side,
        )
        for question, found in sorted(by_question.items())
    )  # fmt: skip
    notes = [
        f"The raster is measured in squares of {side} pixels; a found box belongs to the square of the true box that "
        "it overlaps most.",
        "The layer is taken to be complete: what is found and not in it is wrong.",
    ]
    if outside:
        notes.append(f"{outside} of the {len(boxes)} polygons lie beside the raster and were left out.")
    if outlines.skipped:
        told = ", ".join(f"{number} {kind}" for kind, number in outlines.skipped.items())
        notes.append(f"Features that are no polygons were left out: {told}.")
    return Dataset(Path(vector).stem, "layer", "all", samples, OF_LAYERS, "auto", tuple(notes))


def _questions(vector: str, layer: str | None, column: str, outlines: Outlines) -> list[str]:
    """The question of each polygon; "" where its column is empty."""
    try:
        path = vector if leads_away(vector) else Path(vector)
        meta, _, _, columns = pyogrio.raw.read(path, layer=layer, read_geometry=False)
    except VECTOR_ERRORS as error:
        raise unreadable_layer(vector, layer, error) from error
    names = [str(name) for name in meta["fields"]]
    if column not in names:
        raise InputError(f"{vector} has no column {column!r}. It has: {', '.join(names) or 'none'}.")
    values = columns[names.index(column)]
    return ["" if (value := values[o.place]) is None else str(value).strip() for o in outlines.found]
