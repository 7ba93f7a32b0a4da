"""From a scene to what a model is asked: its plan, and its windows in the batches in which ``locate`` would ask them.

How many windows a batch takes depends on those before it and on which of them have data, never on when it is asked
or by whom. So the batches of a scene can be read in one process and answered in several, in any order, and what is
found is what one process finds.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.errors import InputError, JobCancelledError, ModelError, RasterReadError
from engine.imagery.apart import never
from engine.imagery.raster import Raster, open_raster
from engine.imagery.tone import flat_tone
from engine.scan.request import ScanRequest
from engine.scan.scenes import Scene
from engine.scan.stamps import stamp_of
from engine.search.pipeline import Search, SearchOptions, batch_windows, plan, said_of
from engine.search.reading import read_batch
from engine.types import (
    Chip,
    Completion,
    ModelSpec,
    Pixels,
    Query,
    Rectangle,
    Scoring,
    Window,
    WindowResult,
)

NOWHERE = (
    "it has no coordinates, so its boxes have no place beside those of the other scenes: georeference it, or search "
    "it by itself with `remotezero locate`"
)


@dataclass(frozen=True)
class Look:
    """How all scenes are searched: the request, and what the model is that was loaded for it.

    Attributes:
        request: what was asked.
        spec: the model's, with the chips it has room for.
        model, adapter: names of what finds and scores.
        batch_size: questions put to the model at once.
        prompt_version: of the words that are asked.
        scoring: where scores come from.
    """

    request: ScanRequest
    spec: ModelSpec
    model: str
    adapter: str | None
    batch_size: int
    prompt_version: str
    scoring: Scoring

    @property
    def queries(self) -> list[Query]:
        """What is asked of every window."""
        return [Query(text) for text in self.request.queries]

    def search(self, raster: Raster, policy: Any, verifier: Any) -> Search:
        """A search of one scene."""
        asked = self.request
        options = SearchOptions(
            zoom=asked.zoom,
            gsd_m=asked.gsd_m,
            overlap=asked.overlap,
            veto=asked.veto,
            margin=asked.margin,
            batch_size=self.batch_size,
        )
        return Search(raster, policy, verifier, options, never)

    def open(self, scene: Scene, *, stretch: Sequence[tuple[float, float]] | None = None) -> Raster:
        """Open a scene's raster; raises as :func:`engine.imagery.raster.open_raster` does."""
        asked = self.request
        return open_raster(
            scene.raster,
            bands=asked.bands,
            stretch=stretch or asked.stretch,
            gsd_m=asked.gsd_src_m,
            allow_network=asked.allow_network,
        )


@dataclass(frozen=True)
class Pile:
    """The windows of one batch of a scene, read and not yet asked.

    Attributes:
        scene: which one.
        about: attributes of its open raster, by name.
        first: place of the first of its windows in the scene's plan.
        windows: how many it has.
        planned: windows of the whole scene.
        chips: windows with data, and what they show.
        without: windows that are blank or can't be read.
        notes: what a user should know of the raster.
        stamp: of the raster that was read, see :mod:`engine.scan.stamps`.
        read_at: when it was read, in seconds since 1970.
    """

    scene: Scene
    about: Mapping[str, Any]
    first: int
    windows: int
    planned: int
    chips: list[tuple[Window, Chip]]
    without: list[WindowResult]
    notes: tuple[str, ...] = ()
    stamp: str | None = None
    read_at: float = field(default_factory=time.time)

    @property
    def size_bytes(self) -> int:
        """What its pixels take."""
        return sum(chip.pixels.nbytes + chip.valid.nbytes for _, chip in self.chips)


@dataclass(frozen=True)
class Unread:
    """A scene that can't be searched, and why."""

    scene: Scene
    reason: str


class Unasked:
    """Stands for a model where windows are planned and read: it has a size and words, and answers nothing."""

    def __init__(self, spec: ModelSpec) -> None:
        """Stand for the model of ``spec``."""
        self.spec = spec

    def generate(self, chips: Any, queries: Any, stop: Any) -> list[Completion]:
        """Refuse."""
        raise ModelError(
            "Windows are read here, and nothing is asked. This is an error of the program: report it."
        )

    score = presence = generate


def planned(look: Look, raster: Raster) -> list[Window]:
    """The windows of a scene; raises InputError where the zoom can't be had, or makes too many."""
    nobody = Unasked(look.spec)
    return plan(look.search(raster, nobody, nobody), look.queries)


def read_scene(look: Look, scene: Scene, done: Mapping[int, int]) -> Generator[Pile | Unread, None, None]:
    """Read a scene batch by batch; batches that are finished already are passed over unread.

    Args:
        look: how to search.
        scene: which one.
        done: the finished batches, as :meth:`engine.scan.ledger.Ledger.batches` gives them.

    Yields:
        At least one pile, an empty one where all batches are finished; or that the scene can't be searched.
    """
    # Taken before anything is read: what is replaced while it is read is noticed by the next run.
    stamp = stamp_of(scene.raster, allow_network=look.request.allow_network)
    try:
        raster = look.open(scene)
    except JobCancelledError:
        raise
    except InputError as error:
        yield Unread(scene, str(error))
        return
    with raster:
        try:
            if raster.crs_wkt is None:
                raise InputError(NOWHERE)
            windows = planned(look, raster)
            about = raster.described()
            tone = flat_tone(raster)
        except InputError as error:
            yield Unread(scene, str(error))
            return
        notes = (*raster.warnings, *([tone] if tone else []))
        empty = Pile(scene, about, len(windows), 0, len(windows), [], [], notes, stamp)
        yield from _piles(look, raster, windows, done, empty)


def _piles(
    look: Look, raster: Raster, windows: Sequence[Window], done: Mapping[int, int], empty: Pile
) -> Generator[Pile, None, None]:
    """The batches that are not finished; where all are, ``empty``, with which the scene is finished."""
    nobody = Unasked(look.spec)
    search = look.search(raster, nobody, nobody)
    both = len(said_of(look.queries, look.spec))
    todo, total, nothing_read = deque(windows), len(windows), True
    while todo:
        first = total - len(todo)
        if first in done:
            for _ in range(done[first]):
                todo.popleft()
            continue
        chips, without = read_batch(search, todo, batch_windows(first, look.batch_size, both))
        nothing_read = False
        yield replace(
            empty,
            first=first,
            windows=len(chips) + len(without),
            chips=chips,
            without=without,
            read_at=time.time(),
        )
    if nothing_read:
        yield empty


class LateRaster(Raster):
    """A raster whose attributes are known, opened once somebody reads from it after all."""

    def __init__(self, look: Look, scene: Scene, about: Mapping[str, Any]) -> None:
        """Stand for a scene's raster, which looked like ``about`` when it was open."""
        vars(self).update(about)
        self._look, self._scene = look, scene
        self._open: Raster | None = None

    def close(self) -> None:
        """Give the file back, if it was opened."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def read_chip(self, rectangle: Rectangle) -> Chip:
        """As :meth:`engine.imagery.raster.Raster.read_chip`."""
        return self._opened().read_chip(rectangle)

    def read_crop(self, xyxy_src: Sequence[float], *, margin: float = 0.25, crop_px: int) -> Pixels:
        """As :meth:`engine.imagery.raster.Raster.read_crop`."""
        return self._opened().read_crop(xyxy_src, margin=margin, crop_px=crop_px)

    def _opened(self) -> Raster:
        if self._open is None:
            try:
                self._open = self._look.open(self._scene)
            except InputError as error:
                raise RasterReadError(str(error)) from error
        return self._open
