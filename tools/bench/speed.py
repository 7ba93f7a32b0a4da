"""The engine's search against the naive loop, on the demo raster, in one process."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from engine.evaluate.overlap import box_iou
from engine.imagery.raster import open_raster
from engine.model.loaded import LoadedModel
from engine.search.pipeline import Search, SearchOptions, conclude, locate, plan
from engine.types import Detection, Query, Window, Xyxy
from tools.bench.figure import Figure
from tools.bench.naive import NaiveModel, naive_locate
from tools.bench.places import DEMO, QUERY

SAME_IOU = 0.9


def engine_locate(
    loaded: LoadedModel, raster_path: Path, options: SearchOptions, query: Query
) -> tuple[list[Detection], float]:
    """Search as a job does; returns the detections of all windows and the seconds, merging included."""
    begun = time.perf_counter()
    with open_raster(raster_path) as raster:
        search = Search(raster, loaded.policy, loaded.verifier, options, stop=lambda: False)
        windows = plan(search)
        batches = locate(search, [query], windows)
        found = [detection for batch in batches for done in batch for detection in done.detections]
        conclude(search, found, windows)
    return found, time.perf_counter() - begun


def speedup_vs_naive(loaded: LoadedModel, batch_size: int) -> Figure:
    """Detections per second of both: the naive loop once, the engine before and after it.

    Both have the same NF4 weights; that the naive loop is no faster in float32 was measured once (LOG.md).
    """
    query = Query(QUERY)
    options = SearchOptions(batch_size=batch_size)
    with open_raster(DEMO) as raster:
        windows = plan(Search(raster, loaded.policy, loaded.verifier, options, stop=lambda: False))
    naive = NaiveModel(loaded.spec, four_bit=loaded.spec.load_in_4bit)
    engine_locate(loaded, DEMO, options, query)
    _, before_s = engine_locate(loaded, DEMO, options, query)
    theirs, naive_s = naive_locate(naive, DEMO, windows, query, options.margin)
    ours, after_s = engine_locate(loaded, DEMO, options, query)
    engine_s = (before_s + after_s) / 2
    detail = {
        "windows": len(windows),
        "engine_s": round(engine_s, 2),
        "naive_s": round(naive_s, 2),
        "engine_boxes": len(ours),
        "naive_boxes": len(theirs),
        "naive_boxes_found_too": round(share_found(theirs, ours), 3),
        "engine_boxes_found_too": round(share_found(ours, theirs), 3),
    }
    value = (len(ours) / engine_s) / (len(theirs) / naive_s) if ours and theirs else 0.0
    return Figure("speedup_vs_naive", value, 4.0, at_least=True, unit="x", detail=detail)


def share_found(wanted: Sequence[Detection], among: Sequence[Detection]) -> float:
    """Share of ``wanted`` that has the same box, from the same window, in ``among``; 1 for none."""
    by_window: dict[Window, list[Xyxy]] = {}
    for detection in among:
        by_window.setdefault(detection.window, []).append(detection.xyxy_src)
    same = [
        any(box_iou(detection.xyxy_src, box) >= SAME_IOU for box in by_window.get(detection.window, ()))
        for detection in wanted
    ]
    return sum(same) / len(same) if same else 1.0
