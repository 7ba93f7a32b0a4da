"""From finished windows to what is kept of them: ids, features with their provenance, and ranks."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.imagery.frames import src_to_crs
from engine.imagery.raster import Raster
from engine.jobs.results import FinishedWindow, Found, Progress, Results
from engine.jobs.store import now
from engine.search.pipeline import WindowDone
from engine.search.tally import Clock, Tally
from engine.types import Detection, Feature, Window

Geometry = Mapping[str, Any]


@dataclass(frozen=True)
class Provenance:
    """Where a job's features come from: the same for all of them.

    Attributes:
        raster: the open raster.
        source: its path as the user gave it.
        model, adapter: names of what found and scored them.
        prompt_version: of the words they were asked with.
    """

    raster: Raster
    source: str
    model: str
    adapter: str | None
    prompt_version: str

    def feature(self, detection: Detection, found_id: str, rank: int | None, found_at: str) -> Feature:
        """Return a detection as a feature in the raster's CRS."""
        return to_feature(
            detection,
            raster=self.raster,
            rank=rank,
            model=self.model,
            adapter=self.adapter,
            prompt_version=self.prompt_version,
            source=self.source,
            time=found_at,
            id=found_id,
        )


def keep(
    job_id: str,
    results: Results,
    batches: Iterable[Sequence[WindowDone]],
    provenance: Provenance,
    *,
    tally: Tally,
    total: int,
    clock: Clock,
    shapes: Sequence[Geometry] | None = None,
) -> None:
    """Commit batch after batch, each before the next one is begun.

    Args:
        job_id: whose findings they are.
        results: where they are committed.
        batches: finished windows, as the pipeline yields them.
        provenance: what the features say of their origin.
        tally: holds the windows finished earlier, and is added to.
        total: windows in all.
        clock: stage ``store`` is the time spent here.
        shapes: outlines that windows stand for, by window index, where boxes came from elsewhere.

    Raises:
        JobCancelledError: the job no longer runs.
    """
    begun, already = time.perf_counter(), tally.windows
    for batch in batches:
        with clock.stage("store"):
            for window in batch:
                tally.add(window.report)
            pace = (time.perf_counter() - begun) / (tally.windows - already)
            progress = Progress(tally.windows, total, round(pace * (total - tally.windows), 1))
            finished = [
                FinishedWindow(window.window.index, window.report, found_in(window, provenance, shapes))
                for window in batch
            ]
            results.commit(job_id, finished, progress)


def found_in(
    window: WindowDone, provenance: Provenance, shapes: Sequence[Geometry] | None = None
) -> tuple[Found, ...]:
    """Give each detection of a window an id that depends on nothing but the plan, and its feature."""
    found = []
    for number, detection in enumerate(window.detections):
        found_id = f"w{window.window.index}-{number}"
        feature = provenance.feature(detection, found_id, None, now())
        if shapes is not None:
            feature = replace(feature, geometry=dict(shapes[window.window.index]))
        found.append(Found(found_id, detection, feature))
    return tuple(found)


def ranked(final: Sequence[Detection], earlier: Sequence[Found], provenance: Provenance) -> list[Found]:
    """Turn merged detections, best first, into the final features; unchanged ones keep id and time."""
    by_detection = {found.detection: found for found in reversed(earlier)}
    result, joined = [], 0
    for rank, detection in enumerate(final, start=1):
        known = by_detection.get(detection)
        if known is None:
            joined += 1
            found_at, found_id = now(), f"j{joined}"
        else:
            found_at, found_id = known.feature.properties["time"], known.id
        result.append(Found(found_id, detection, provenance.feature(detection, found_id, rank, found_at)))
    return result


def ranked_as_they_are(found: Sequence[Found]) -> list[Found]:
    """Rank findings by score and keep their geometry."""
    best_first = sorted(found, key=lambda f: (-f.detection.score, f.detection.window.index))
    return [
        replace(f, feature=replace(f.feature, properties={**f.feature.properties, "rank": rank}))
        for rank, f in enumerate(best_first, start=1)
    ]


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
