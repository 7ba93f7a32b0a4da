"""A detection with its place on Earth and its provenance."""

from __future__ import annotations

import math

from engine.frames import src_to_crs
from engine.raster import Raster
from engine.types import Detection, Feature, Window

SCORE_DIGITS = 6


def to_feature(
    detection: Detection,
    *,
    raster: Raster,
    rank: int | None,
    model: str,
    adapter: str | None,
    prompt_version: str,
    source: str,
    time: str,
    id: str | None = None,
) -> Feature:
    """Give a detection its polygon and its attributes.

    Args:
        detection: box in source pixels of ``raster``.
        raster: the open raster it was found in.
        rank: 1 for the best of the run; None while the run goes on.
        model: name of the model.
        adapter: name of the adapter, None for the bare model.
        prompt_version: of the prompts that were used.
        source: the raster as the user gave it.
        time: ISO 8601.
        id: of the detection, None when it has none yet.

    Returns:
        A polygon in the raster's CRS (a rotated rectangle on rotated rasters), and the properties
        id, rank, score, label, reasoning, query, model, adapter, prompt_version, source, window,
        gsd_m, time.
    """
    gsd_m = detection.gsd_m
    return Feature(
        geometry={
            "type": "Polygon",
            "coordinates": [[[x, y] for x, y in src_to_crs(detection.xyxy_src, raster.transform)]],
        },
        properties={
            "id": id,
            "rank": rank,
            "score": round(detection.score, SCORE_DIGITS),
            "label": detection.label,
            "reasoning": detection.reasoning,
            "query": detection.query,
            "model": model,
            "adapter": adapter,
            "prompt_version": prompt_version,
            "source": source,
            "window": window_name(detection.window),
            "gsd_m": None if gsd_m is None or not math.isfinite(gsd_m) else round(gsd_m, 6),
            "time": time,
        },
    )


def window_name(window: Window) -> str:
    """The window as one attribute: level, then column, row, width and height in source pixels."""
    rectangle = f"{window.col_src} {window.row_src} {window.width_src} {window.height_src}"
    return f"{window.level} {rectangle}"
