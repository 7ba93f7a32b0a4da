"""Scenes that a worker reads itself, in a thread that is a batch ahead of the model, and which of them it leaves alone.

A model on cores has them to itself: a process that reads for it would take from the same cores, and pixels would go
through Ray's store on their way. Where a scene is so large that other workers would have nothing left to do meanwhile,
it is left for a turn in which windows are read apart and shared out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Generic, TypeVar

from engine.scan.ledger import Ledger
from engine.scan.reading import Look, Pile, Unread, read_scene
from engine.scan.scenes import Scene

AHEAD_PILES = 1
"""Batches that are read and wait, besides the one that is asked and the one that is being read."""

ALONE_WINDOWS = 128
"""A scene with no more windows to ask is never left for others to share: its end is not worth the wait."""

TRIES = 15
"""A batch whose reading so many workers began and none ended in one run is given up, and its scene with it. More than
a batch that is asked gets, since what is read ahead is read again where the batch before it is deadly."""

DEADLY = (
    "the worker died each time it was about to read on after {} of its windows: the raster may be damaged; see whether "
    "`gdalinfo -checksum` gets through it"
)

Item = TypeVar("Item")


class Ahead(Generic[Item]):
    """What an iterator gives, taken by a thread of its own that is a few items ahead; iterate inside ``with``."""

    def __init__(self, items: Generator[Item, None, None], most: int = AHEAD_PILES) -> None:
        """Take from ``items``; ``most`` may wait."""
        self._items, self._most = items, most
        self._thread = ThreadPoolExecutor(1, "ahead")

    def __enter__(self) -> Generator[Item, None, None]:
        """Begin; the items, in their order, and what was raised in the place where it was."""
        taken = deque(self._next() for _ in range(self._most + 1))

        def given() -> Generator[Item, None, None]:
            while (item := taken.popleft().result()) is not None:
                taken.append(self._next())
                yield item

        return given()

    def __exit__(self, *exception: object) -> None:
        """Wait until the thread has put down what it has in hand; it takes nothing more."""
        self._thread.shutdown(cancel_futures=True)
        self._items.close()

    def _next(self) -> Future[Item | None]:
        return self._thread.submit(next, self._items, None)


@dataclass
class Reader:
    """Reads whole scenes for the worker that asks them.

    Attributes:
        look: how to search.
        ledger: what is finished; what was begun is noted there.
        shared: other workers are there, too.
    """

    look: Look
    ledger: Ledger
    shared: bool
    _scenes: int = 0
    _windows: int = 0

    def piles(self, scenes: Sequence[tuple[Scene, int]]) -> Generator[Pile | Unread, None, None]:
        """The batches of scenes that are not finished, scene by scene.

        Args:
            scenes: each with how many scenes every worker still has to search after it.
        """
        for scene, rest in scenes:
            if not self.ledger.is_finished(scene.id) and not self.ledger.has_failed(scene.id):
                yield from self._of(scene, rest)

    def _of(self, scene: Scene, rest: int) -> Generator[Pile | Unread, None, None]:
        done = self.ledger.batches(scene.id)
        read, planned = sum(done.values()), None
        with closing(read_scene(self.look, scene, done)) as piles:
            while (
                planned is None or read < planned
            ):  # not once more after the last: its folder may go at any time
                if self.ledger.try_once_more(scene.id, read, "reading") > TRIES:
                    yield Unread(scene, DEADLY.format(read))
                    return
                pile = next(piles)
                if isinstance(pile, Unread):
                    yield pile
                    return
                if planned is None and not self._mine(pile.planned, pile.planned - read, rest):
                    return
                read, planned = read + pile.windows, pile.planned
                yield pile

    def _mine(self, windows: int, left: int, rest: int) -> bool:
        """Whether a scene is to be asked by this worker alone, as far as the scenes so far tell of those to come."""
        self._scenes, self._windows = self._scenes + 1, self._windows + windows
        return not self.shared or left <= max(ALONE_WINDOWS, rest * self._windows / self._scenes)
