"""Which scenes of an archive a run learns from: some of them, spread over the ground, no two of the same place.

A run has room for a bounded number of chips, whatever the size of the archive, and what it learns from must share no
ground with what it is judged on. So scenes are taken one by one, each as far as can be from those taken before and
sharing no ground with them. They are opened one after the other, never together. Which ones they are is kept in the
run's folder: a run that goes on learns from the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon
from shapely.affinity import translate

from engine.errors import InputError, JobCancelledError
from engine.imagery.network import without_secrets
from engine.imagery.raster import open_raster
from engine.imagery.sources import leads_away
from engine.scan.judging import Judge, Seen
from engine.scan.scenes import Scene
from engine.scan.sources import Wanted, find_scenes
from engine.scan.wanted import Bounds, shared_part
from engine.types import Stop
from trainer.chips import MAX_CHIPS, CutChip, plan_blocks, spread, wanted_blocks
from trainer.config import TrainingRequest
from trainer.stored import read_stored, write_stored

FILE = "scenes.json"
MOST_SAMPLED = 120
"""Scenes that are learned from: each then gives ten chips at most, and an archive of small tiles gives enough."""
SAME_PLACE = 0.5
"""Of scenes whose boxes in degrees share more than this part of the smaller one only one is opened. Boxes that share
less may be those of neighbours in a grid of another projection, which share no ground: their corners tell."""
SAME_GROUND = 0.01
"""Scenes whose ground, as their corners tell it, shares more than this part of the smaller one are never both taken."""
MOST_LOOKED_AT = 1000
"""Scenes of unknown place that are opened to see where they lie; they are taken evenly over the list."""
MOST_OPENED = 2 * MOST_SAMPLED
"""A scene that can't be read is replaced by the next one, but not for ever."""


@dataclass(frozen=True)
class Sample:
    """The scenes of an archive that a run learns from.

    Attributes:
        rasters: those that could be opened when they were chosen, in the order of the choice.
        of: how many scenes of the archive are wanted.
        left_out: how many are not.
        unread: what can't be used, with its reason: a sentence each, the first ones.
        failed: how many can't be used.
    """

    rasters: tuple[str, ...]
    of: int
    left_out: int = 0
    unread: tuple[str, ...] = field(default=())
    failed: int = 0

    def about(self) -> dict[str, int]:
        """For plans and reports: how many scenes of how many."""
        return {"sampled": len(self.rasters), "of": self.of, "failed": self.failed, "left_out": self.left_out}

    def sentence(self) -> str:
        """The same for people."""
        failed = f"; {self.failed} can't be used, the first: {self.unread[0]}" if self.unread else "."
        many = f"{len(self.rasters):,} of {self.of:,} scenes" if self.of != 1 else "1 scene"
        return f"{many} are learned from, spread over the archive{failed}"


SHOWN_UNREAD = 20


def sampled(
    request: TrainingRequest, folder: Path | None, stop: Stop
) -> tuple[TrainingRequest, Sample | None]:
    """The request with rasters in the place of its archive, and which they are; as it is where it names rasters.

    Args:
        request: with a source, or without.
        folder: of the run, where the choice is kept; None where nothing is run yet.
        stop: asked often.

    Raises:
        InputError: the source can't be used, or none of its scenes can be opened.
        JobCancelledError: ``stop()`` became true.
    """
    if request.source is None:
        return request, None
    kept = folder / FILE if folder else None
    if kept and kept.is_file():
        sample = read_stored(Sample, kept)
    else:
        sample = _choose(request, stop)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_stored(kept, sample)
    rasters = tuple(name if leads_away(name) else Path(name) for name in sample.rasters)
    return request.model_copy(update={"rasters": rasters}), sample


def _choose(request: TrainingRequest, stop: Stop) -> Sample:
    wanted = Wanted.between(request.bbox, request.start, request.end, request.cloud)
    archive = find_scenes(str(request.source), wanted, request.allow_network, stop, asset=request.asset)
    unread = [f"{one.id}: {one.reason}" for one in archive.failed]
    opened: list[str] = []
    grounds: list[Polygon] = []
    with Judge(Wanted(), request.allow_network, stop) as judge:
        placed, silent = _placed(archive.scenes, judge, unread, stop)
        apart = far_apart([scene.bounds for scene in placed if scene.bounds], MOST_OPENED)
        chosen = [placed[number] for number in apart]
        for scene in [*chosen, *_evenly(silent, MOST_OPENED - len(chosen))]:
            if len(opened) == MOST_SAMPLED:
                break
            seen = _seen(scene, judge, unread, stop)
            ground = Polygon(seen.corners) if seen and seen.corners else None
            if seen and not any(ground and _share(ground, other) > SAME_GROUND for other in grounds):
                opened.append(scene.raster)
                grounds += [ground] if ground else []
    if not opened:
        raise InputError(
            f"No scene of {without_secrets(str(request.source))} can be learned from. The first says: {unread[0]}"
        )
    return Sample(
        tuple(opened), len(archive.scenes), archive.left_out, tuple(unread[:SHOWN_UNREAD]), len(unread)
    )


def _placed(
    scenes: Sequence[Scene], judge: Judge, unread: list[str], stop: Stop
) -> tuple[list[Scene], list[Scene]]:
    """Scenes whose place is known, looked up in their rasters where nobody said; and those that have none."""
    placed = [scene for scene in scenes if scene.bounds is not None]
    silent: list[Scene] = []
    for scene in _evenly([scene for scene in scenes if scene.bounds is None], MOST_LOOKED_AT):
        seen = _seen(scene, judge, unread, stop)
        if seen:
            (placed if seen.bounds else silent).append(replace(scene, bounds=seen.bounds))
    return placed, silent


def _seen(scene: Scene, judge: Judge, unread: list[str], stop: Stop) -> Seen | None:
    """What a scene's raster says of itself; None, and a line in ``unread``, where it can't be opened."""
    if stop():
        raise JobCancelledError("Cancelled while scenes were chosen to learn from.")
    try:
        return judge.look_at(scene.raster)
    except InputError as error:
        unread.append(f"{scene.id}: {error}")
        return None


def _share(one: Polygon, other: Polygon) -> float:
    """Which part of the smaller of two grounds lies in the other one, 0..1."""
    turned = translate(other, 360 * round((one.centroid.x - other.centroid.x) / 360))
    smaller = min(one.area, other.area)
    return float(one.intersection(turned).area / smaller) if smaller else 0.0


def _evenly(scenes: Sequence[Scene], most: int) -> list[Scene]:
    """At most so many of them, evenly over their order."""
    if len(scenes) <= max(most, 0):
        return list(scenes)
    return [scenes[int(number)] for number in np.linspace(0, len(scenes) - 1, max(most, 0)).round()]


def far_apart(bounds: Sequence[Bounds], most: int) -> list[int]:
    """Places in the order in which each is the farthest from those before it; of a place there is one.

    Args:
        bounds: of scenes, in degrees.
        most: at most so many.

    Returns:
        Indices into ``bounds``, its first one first; the same ones for the same bounds.
    """
    points = _on_sphere(bounds)
    distance = np.full(len(bounds), np.inf)
    chosen: list[int] = []
    while len(chosen) < most and distance.size and distance.max() >= 0:
        one = int(distance.argmax())
        chosen.append(one)
        distance = np.minimum(distance, np.maximum(1 - points @ points[one], 0.0))
        distance[[shared_part(bounds[one], other) > SAME_PLACE for other in bounds]] = -1.0
        distance[one] = -1.0
    return chosen


def _on_sphere(bounds: Sequence[Bounds]) -> NDArray[np.float64]:
    """Centres of boxes as unit vectors, n x 3."""
    west, south, east, north = np.radians(np.asarray(bounds, dtype=float).reshape(-1, 4)).T
    longitude = west + np.mod(east - west, 2 * np.pi) / 2
    latitude = (south + north) / 2
    return np.stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], axis=1
    )


def chips_of_archive(request: TrainingRequest, chip_px: int, stop: Stop) -> Iterator[CutChip]:
    """Windows of one scene after the other, each scene's spread over its ground and of the same number.

    A scene that can no longer be read gives what it gave, and the next one follows.

    Args:
        request: of an archive, with the rasters that were sampled.
        chip_px: side of a chip.
        stop: asked before every window.

    Raises:
        JobCancelledError: ``stop()`` became true.
        InputError: no scene can be read, or the resolution can't be used.
    """
    share, failure, some = -(-MAX_CHIPS // len(request.rasters)), None, False
    for path in request.rasters:
        try:
            with open_raster(
                path,
                bands=request.bands,
                stretch=request.stretch,
                allow_network=request.allow_network,
                stop=stop,
            ) as raster:
                plans = plan_blocks(raster, chip_px, request.gsd_m, wanted_blocks(len(request.rasters)))
                for number, (block, window) in enumerate(spread(plans)):
                    if stop():
                        raise JobCancelledError("The run was cancelled while its scenes were read.")
                    if number >= share:
                        break
                    chip = raster.read_chip(window)
                    some = True
                    yield CutChip(str(path), block, chip)
        except InputError as error:
            failure = error
    if failure is not None and not some:
        raise failure
