"""From finished windows to what is kept of them: ids, features with their provenance, and ranks."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.features import to_feature
from engine.raster import Raster
from engine.results import FinishedWindow, Found, Progress, Results
from engine.stages import WindowDone
from engine.store import now
from engine.tally import Clock, Tally
from engine.types import Detection, Feature

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
