"""From windows that were read to finished ones, and from the last of a scene to its file of boxes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from engine.errors import CompletionParseError, NotUnderstoodError, RasterReadError
from engine.export.tables import write_parquet
from engine.files import hidden_beside, sync
from engine.imagery.network import without_secrets
from engine.imagery.rfc7946 import in_wgs84
from engine.jobs.findings import Provenance, found_in, ranked
from engine.jobs.jobrun import require_readable, strip_note
from engine.jobs.outlining import ground_of
from engine.jobs.results import Finding, detection_from_record, detection_record
from engine.scan.ledger import Ledger
from engine.scan.reading import LateRaster, Look, Pile, Unread, planned
from engine.scan.request import part_of
from engine.scan.scenes import Scene
from engine.search.pipeline import Search, answer, conclude, said_of
from engine.search.scoring import require_understood
from engine.search.singling import left_unasked, one_each, sought
from engine.search.tally import MODEL_STAGES, Tally
from engine.types import Feature, Query, Served, Window

LONGITUDE_LATITUDE = "OGC:CRS84"

TRIES = 5
"""A batch on which so many workers died in one run is given up, and its scene with it."""

DEADLY = (
    "the worker died each time it was asked about the windows from number {} of {} on: they may need more memory than "
    "there is; start the scan again with fewer workers"
)


REPLACED = (
    "its raster was replaced while it was searched: start the same scan again, which searches the new one"
)


@dataclass(frozen=True)
class Told:
    """What became of one pile.

    Attributes:
        scene: its scene's id.
        windows: how many windows of it were finished now.
        planned: windows of the whole scene.
        questions: windows with data, times the questions.
        seconds: in the model.
        finished: the scene is finished by it.
        failed: the scene could not be searched.
        read_at, done_at: when it was read, and when what became of it was kept, in seconds since 1970.
    """

    scene: str
    windows: int = 0
    planned: int = 0
    questions: int = 0
    seconds: float = 0.0
    finished: bool = False
    failed: bool = False
    read_at: float = 0.0
    done_at: float = field(default_factory=time.time)


class Asker:
    """A model that takes piles, one after the other, and keeps what it found in them."""

    def __init__(self, look: Look, served: Served, ledger: Ledger) -> None:
        """Ask ``served`` as ``look`` says, and keep its answers in ``ledger``."""
        self._look, self._served, self._ledger = look, served, ledger
        self._raster: tuple[str, LateRaster] | None = None

    def take(self, pile: Pile | Unread) -> Told:
        """Finish the windows of a pile, unless they are finished, and the scene, where they were its last.

        Raises:
            ModelError: the model failed; the windows are not finished.
        """
        if isinstance(pile, Unread):
            return self._failed(pile.scene, pile.reason)
        scene, name = pile.scene, pile.scene.id
        told = Told(name, planned=pile.planned, read_at=pile.read_at)
        if self._ledger.is_finished(name):
            return told
        search = self._search(scene, pile)
        if pile.windows and pile.first not in self._ledger.batches(name):
            if self._ledger.try_once_more(name, pile.first) > TRIES:
                return self._failed(scene, DEADLY.format(pile.first + 1, pile.planned))
            both = said_of(self._look.queries, self._look.spec)
            results = answer(search, both, pile.chips, pile.without)
            seconds = round(sum(search.clock.seconds.get(stage, 0.0) for stage in MODEL_STAGES), 4)
            origin = self._origin(scene, search)
            kept = [
                {
                    "index": result.window.index,
                    "report": result.report,
                    "found": [_kept(found) for found in found_in(result, origin)],
                }
                for result in results
            ]
            self._ledger.commit(name, pile.first, kept, seconds, pile.stamp)
            told = replace(told, windows=pile.windows, questions=len(pile.chips) * len(both), seconds=seconds)
        if sum(self._ledger.batches(name).values()) < pile.planned:
            return told
        return self._finish(pile, told)

    def close(self) -> None:
        """Give the last raster back."""
        if self._raster is not None:
            self._raster[1].close()

    def _search(self, scene: Scene, pile: Pile) -> Search:
        if self._raster is None or self._raster[0] != scene.id:
            self.close()
            self._raster = (scene.id, LateRaster(self._look, scene, pile.about))
        return self._look.search(self._raster[1], self._served.policy, self._served.verifier)

    def _origin(self, scene: Scene, search: Search) -> Provenance:
        look = self._look
        return Provenance(
            search.raster.transform,
            without_secrets(scene.raster),
            look.model,
            look.adapter,
            look.prompt_version,
            look.scoring,
        )

    def _finish(self, pile: Pile, told: Told) -> Told:
        """Merge and write a scene whose windows are all finished, unless another worker does that now."""
        name = pile.scene.id
        lock = self._ledger.lock_scene(name)
        if lock is None:
            return told
        try:
            if self._ledger.is_finished(name):
                return told
            batches = self._ledger.read(name)
            if len({batch["stamp"] for batch in batches}) > 1:
                self._ledger.forget(name)
                return self._failed(pile.scene, REPLACED)
            reports = [window["report"] for batch in batches for window in batch["windows"]]
            tally = Tally(reports)
            try:
                require_readable(tally)
            except RasterReadError as error:
                self._ledger.forget(name)
                return self._failed(pile.scene, str(error))
            except CompletionParseError as error:
                return self._failed(pile.scene, str(error))
            search = self._search(pile.scene, pile)
            search.not_understood |= tally.not_understood
            windows = planned(self._look, search.raster)
            found = [
                _finding(kept) for batch in batches for window in batch["windows"] for kept in window["found"]
            ]
            features, notes = self._merged(pile.scene, search, found, windows)
            asked = self._look.request.queries
            try:
                require_understood(search.not_understood, [sought(Query(text)).text for text in asked])
            except NotUnderstoodError as error:
                return self._failed(pile.scene, str(error))
            notes += left_unasked(search.not_understood, asked)
            write_boxes(self._ledger.out, name, features, str(pile.about["crs_wkt"]))
            notes = [*pile.notes, *tally.notes(), *strip_note(windows), *notes]
            self._ledger.finish(name, _row(pile, tally, features, notes, batches))
            return replace(told, finished=True)
        finally:
            with suppress(OSError):
                lock.release()

    def _merged(
        self, scene: Scene, search: Search, found: Sequence[Finding], windows: Sequence[Window]
    ) -> tuple[list[Feature], list[str]]:
        """The features of a scene as ``locate`` gives them, with the scene's id and time."""
        merged = conclude(search, [finding.detection for finding in found], windows)
        final, notes = one_each(merged, ground_of(search.raster), self._look.spec.min_score)
        more = {"scene": scene.id, "taken": scene.time}
        return [
            replace(one.feature, properties={**one.feature.properties, **more})
            for one in ranked(final, found, self._origin(scene, search))
        ], notes

    def _failed(self, scene: Scene, reason: str) -> Told:
        self._ledger.fail(scene.id, without_secrets(scene.raster), reason)
        return Told(scene.id, failed=True)


def write_boxes(out: Path, scene: str, features: Sequence[Feature], crs_wkt: str) -> None:
    """Write the boxes of a scene in WGS 84, whole or not at all; where there are none, no file is left."""
    path = part_of(out, scene)
    if not features:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    hidden = hidden_beside(path)
    try:
        write_parquet(hidden, in_wgs84(features, crs_wkt), LONGITUDE_LATITUDE)
        sync(hidden)
        hidden.replace(path)
    finally:
        hidden.unlink(missing_ok=True)


def _kept(found: Finding) -> dict[str, Any]:
    return {
        "id": found.id,
        "detection": detection_record(found.detection),
        "geometry": found.feature.geometry,
        "properties": found.feature.properties,
    }


def _finding(kept: dict[str, Any]) -> Finding:
    feature = Feature(kept["geometry"], kept["properties"])
    return Finding(kept["id"], detection_from_record(kept["detection"]), feature)


def _row(
    pile: Pile,
    tally: Tally,
    features: Sequence[Feature],
    notes: Sequence[str],
    batches: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """What the table of scenes says of a finished one."""
    scene = pile.scene
    counts = {name: tally.counts[name] for name in Tally.COUNTS if name != "detections"}
    return {
        "id": scene.id,
        "raster": without_secrets(scene.raster),
        "taken": scene.time,
        "bounds": scene.bounds,
        "cloud": scene.cloud,
        "windows": tally.windows,
        "blank": tally.blank,
        "unreadable": tally.unreadable,
        **counts,
        "detections": len(features),
        "gsd_m": pile.about["gsd_m"],
        "seconds": round(sum(batch["seconds"] for batch in batches), 3),
        "notes": list(notes),
        "stamp": pile.stamp,
    }
