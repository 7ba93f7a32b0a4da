"""From finished windows to what is kept of them: ids, features with their provenance, and ranks."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from affine import Affine

from engine.counting import count
from engine.imagery.frames import Point, src_to_crs
from engine.imagery.vectors import Outline
from engine.jobs.results import SCORE_DIGITS, Finding, Progress, Results, WindowRecord
from engine.jobs.store import now
from engine.search.tally import Clock, Tally
from engine.types import Detection, Feature, Scoring, Window, WindowResult


@dataclass(frozen=True)
class Provenance:
    """Where a job's features come from: the same for all of them.

    Attributes:
        transform: of the raster, source pixel corner -> map units.
        source: the raster's path as the user gave it.
        model, adapter: names of what found them, and scored them where no other model did.
        prompt_version: of the words they were asked with.
        scoring: where the scores come from.
        notes: what a user should know of how the model answers, in sentences.
        placed: from a ring in the raster's map units to a geometry in the CRS of the job's features, where that is
            another, and attributes that come of it.
        identity: where another model scored, what both are, by ``model`` and ``verifier``, with their files' hashes.
    """

    transform: Affine
    source: str
    model: str
    adapter: str | None
    prompt_version: str
    scoring: Scoring = "logits"
    notes: tuple[str, ...] = ()
    placed: Callable[[list[Point]], tuple[dict[str, Any], dict[str, Any]]] | None = None
    identity: Mapping[str, Any] = field(default_factory=dict)

    @property
    def second(self) -> dict[str, Any]:
        """The model that scored, where it is another one, as features and results name it."""
        if not self.identity:
            return {}
        judge = self.identity["verifier"]
        return {"verifier": judge["name"], "verifier_adapter": judge["adapter"]}

    def feature(self, detection: Detection, found_id: str, rank: int | None, found_at: str) -> Feature:
        """Give a detection its polygon in the raster's CRS and its attributes.

        Args:
            detection: box in source pixels.
            found_id: of the detection.
            rank: 1 for the best of the run; None while the run goes on.
            found_at: ISO 8601.

        Returns:
            A polygon (a rotated rectangle on rotated rasters), and the properties id, rank, score, label,
            reasoning, query, model, adapter, prompt_version, source, window, gsd_m, truncated, time; and verifier
            and verifier_adapter where another model scored.
        """
        gsd_m = detection.gsd_m
        corners = src_to_crs(detection.xyxy_src, self.transform)
        more: dict[str, Any] = {}
        if self.placed is None:
            geometry = polygon_json(corners)
        else:
            geometry, more = self.placed(corners)
        more = {**self.second, **more}
        return Feature(
            geometry=geometry,
            properties={
                "id": found_id,
                "rank": rank,
                "score": round(detection.score, SCORE_DIGITS),
                "label": detection.label,
                "reasoning": detection.reasoning,
                "query": detection.query,
                "model": self.model,
                "adapter": self.adapter,
                "prompt_version": self.prompt_version,
                "source": self.source,
                "window": window_name(detection.window),
                "gsd_m": None if gsd_m is None or not math.isfinite(gsd_m) else round(gsd_m, 6),
                "truncated": detection.truncated,
                "time": found_at,
                **more,
            },
        )


def polygon_json(ring: Sequence[Point]) -> dict[str, Any]:
    """A closed ring as a GeoJSON polygon."""
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring]]}


def keep(
    job_id: str,
    results: Results,
    batches: Iterable[Sequence[WindowResult]],
    provenance: Provenance,
    *,
    tally: Tally,
    total: int,
    clock: Clock,
    outlines: Sequence[Outline] | None = None,
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
        outlines: what windows stand for, by window index, where boxes came from elsewhere.

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
                WindowRecord(window.window.index, window.report, found_in(window, provenance, outlines))
                for window in batch
            ]
            results.commit(job_id, finished, progress)


def found_in(
    window: WindowResult, provenance: Provenance, outlines: Sequence[Outline] | None = None
) -> tuple[Finding, ...]:
    """Give each detection of a window an id that depends on nothing but the plan, and its feature.

    Where the box is that of an outline, the id holds the place of the outline's feature in its layer, and the
    feature has its geometry and, as ``source_id``, its own id there.
    """
    index = window.window.index
    outline = None if outlines is None else outlines[index]
    found = []
    for number, detection in enumerate(window.detections):
        found_id = f"w{index if outline is None else outline.place}-{number}"
        feature = provenance.feature(detection, found_id, None, now())
        if outline is not None:
            own = {**feature.properties, "source_id": outline.source_id}
            feature = replace(feature, geometry=dict(outline.geometry), properties=own)
        found.append(Finding(found_id, detection, feature))
    return tuple(found)


def ranked(final: Sequence[Detection], earlier: Sequence[Finding], provenance: Provenance) -> list[Finding]:
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
        result.append(Finding(found_id, detection, provenance.feature(detection, found_id, rank, found_at)))
    return result


def ranked_as_they_are(found: Sequence[Finding]) -> list[Finding]:
    """Rank findings by score and keep their geometry."""
    best_first = sorted(found, key=lambda f: (-f.detection.score, f.detection.window.index))
    return [
        replace(f, feature=replace(f.feature, properties={**f.feature.properties, "rank": rank}))
        for rank, f in enumerate(best_first, start=1)
    ]


def unscored(counts: Mapping[str, Any]) -> list[str]:
    """A sentence for each reason why features of a verified layer have no score.

    Args:
        counts: ``polygons``, those of them ``outside`` the raster, those ``blank`` (there, too, or over missing
            data), and ``skipped``: features that are no polygons, by kind.
    """
    polygons, outside, missing = counts["polygons"], counts["outside"], counts["blank"] - counts["outside"]
    said = []
    if outside == polygons:
        said.append(
            f"None of the layer's {count(polygons, 'polygon')} meets the raster, so there was nothing to look "
            "at: check that layer and raster show the same place, and the CRS of both."
        )
    elif outside:
        said.append(
            f"{count(outside, 'polygon lies', 'polygons lie')} outside the raster and "
            f"{'has' if outside == 1 else 'have'} no score, of {polygons} in all."
        )
    if missing:
        said.append(
            f"{count(missing, 'polygon lies', 'polygons lie')} where the raster has no data and "
            f"{'has' if missing == 1 else 'have'} no score, of {polygons} in all."
        )
    if counts["skipped"]:
        kinds = ", ".join(f"{count} {kind}" for kind, count in counts["skipped"].items())
        said.append(f"Features of the layer that are no polygons were left out: {kinds}.")
    return said


def window_name(window: Window) -> str:
    """The window as one attribute: level, then column, row, width and height in source pixels."""
    rectangle = f"{window.col_src} {window.row_src} {window.width_src} {window.height_src}"
    return f"{window.level} {rectangle}"
