"""The stages of a scan on Ray Data: scenes are read to piles of windows, and actors with a model take these.

Where the model is on cores, each actor takes scenes and reads them itself, a batch ahead (:mod:`engine.scan.ahead`):
one stage. Where it is on a GPU, which would wait for one process that reads and asks, and for scenes that are large
beside what is left, readers are a stage of their own. A row between the two is a parcel, a few piles of one or several
scenes, so that scenes of a single window cost no more than large ones; it is made where it is read and gone where it
is answered. Ray holds readers back. Either way what was read and not yet asked is bounded by the number of workers,
however large the archive is.
"""

from __future__ import annotations

import math
import os
import pickle
import queue
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from engine.errors import JobCancelledError, JobError, ModelError, RemoteZeroError
from engine.files import take_lock
from engine.remote.address import is_server
from engine.remote.keys import KEYS
from engine.scan.ahead import Ahead, Reader
from engine.scan.asking import Asker, Told
from engine.scan.cluster import Attempt, Paced, unpacked
from engine.scan.ledger import Ledger
from engine.scan.reading import Look, Pile, Unread, read_scene
from engine.scan.request import KEPT
from engine.scan.scenes import Scene
from engine.types import AdapterChoice, Loader, Served, Stop

PARCEL_BYTES = 4 * 2**20
PARCEL_WINDOWS = 32
PARCEL_PILES = 32
"""A parcel is sent once it has so much: enough that its way through Ray costs little beside its answers."""

READER_CORES = 0.99
"""What Ray counts for a reader: another number than for a worker, since it would make one process of both."""

SCENES_AT_ONCE = 16
"""At most so many scenes are handed to a reader at once."""

AHEAD = 2
"""Parcels that wait for one worker, the one it works on included."""

WAITING = 64
"""Rows that wait for whoever watches a scan."""

TELL_S = 2.0
"""A worker that reads by itself tells what it has finished so often. Each telling takes Ray's time, and where Ray Data
comes round less often than a worker tells, the worker waits for it (``PACE_S``)."""

POLL_S = 0.2

REST_SHARE, REST_S = 0.75, 2.0
"""Of the time between two blocks of rows, how much passes before the next is asked for, and at most: for one that it
was asked for Ray looks a hundred times a second, which takes a hundredth of a slow core."""

PUMP_S = 2.0
"""How long a scan that ends early waits for the thread that takes rows from Ray."""

LOOK_S = 60.0
"""After so long without a row the ledger is looked at, where a machine is gone: rows of a task that Ray does again are
not given once more, so that silence alone says nothing. If it stands still until the next look, nobody works."""

LOST = (
    "A machine of the cluster is gone, and for two minutes nothing was finished: what it had in its hands may wait for "
    "it for ever. What is finished is kept: start the same scan again, and it goes on with the machines that are there."
)


@dataclass(frozen=True)
class Hands:
    """Who works on a scan.

    Attributes:
        workers: actors that hold the model.
        readers: tasks that read at once, where windows are read apart.
        cores: cores of one worker.
        gpus: GPUs of one worker, 0 or 1.
        pinned: workers keep to cores of their own.
        apart: windows are read by others than the worker that asks them.
    """

    workers: int
    readers: int
    cores: int = 1
    gpus: int = 0
    pinned: bool = True
    apart: bool = True


@dataclass(frozen=True)
class Work:
    """What readers and workers are told, once.

    Attributes:
        look: how to search.
        load: loads the model.
        ledger: what is finished.
        hands: who works.
        keys: keys of model servers, as :meth:`engine.remote.keys.ServerKeys.as_line` gives them.
    """

    look: Look
    load: Loader
    ledger: Ledger
    hands: Hands
    keys: str = field(default="{}", repr=False)

    @classmethod
    def of(cls, look: Look, load: Loader, ledger: Ledger, hands: Hands) -> Work:
        """The same with the keys of this process."""
        return cls(look, load, ledger, hands, KEYS.as_line())


def stream(work: Work, scenes: Sequence[Scene], stop: Stop) -> Iterator[Told]:
    """Search scenes; yields what became of their piles, in the order in which they are finished.

    Raises:
        JobCancelledError: ``stop`` became true.
        RemoteZeroError: the model failed, as the class that says so.
        JobError: Ray failed.
    """
    rows: queue.Queue[list[Told] | RemoteZeroError | None] = queue.Queue(maxsize=WAITING)
    left, attempt = threading.Event(), Attempt()
    silence = Silence(work.ledger)
    pump = threading.Thread(target=_pump, args=(work, scenes, rows, left, attempt), daemon=True, name="scan")
    pump.start()
    try:
        while True:
            if stop():
                raise JobCancelledError(f"The scan was cancelled. {KEPT}")
            try:
                row = rows.get(timeout=POLL_S)
            except queue.Empty:
                if silence.is_of_the_lost():
                    raise JobError(LOST) from None
                continue
            silence.end()
            if isinstance(row, RemoteZeroError):
                raise row
            if row is not None:
                yield from row
            elif attempt.error is None:
                return
            else:
                raise JobError(
                    f"The scan broke down on Ray ({type(attempt.error).__name__}: {_last_line(attempt.error)}). "
                    "What is finished is kept: start the same scan again."
                ) from attempt.error
    finally:
        left.set()
        _see_off(pump, rows)


def _see_off(pump: threading.Thread, rows: queue.Queue[Any]) -> None:
    """Let the pump come to its end, since Ray may take the whole process along where it is asked while it shuts down.

    One that waits for a row of a slow model is left to its waiting, in which nothing is asked.
    """
    deadline = time.monotonic() + PUMP_S
    while pump.is_alive() and time.monotonic() < deadline:
        with suppress(queue.Empty):
            rows.get(timeout=POLL_S / 4)


class Silence:
    """How long no row came, and whether that is since a machine was lost."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin, with the machines that are there."""
        self._ledger, self._machines = ledger, machines_alive()
        self.end()

    def end(self) -> None:
        """A row came."""
        self._since, self._finished = time.monotonic(), -1

    def is_of_the_lost(self) -> bool:
        """Whether a machine is gone and nothing was finished from one look to the next."""
        if time.monotonic() - self._since <= LOOK_S:
            return False
        self._since, before = time.monotonic(), self._finished
        if not self._machines - machines_alive():
            return False
        self._finished = self._ledger.windows()
        return self._finished == before


def machines_alive() -> set[str]:
    """The machines of the cluster, by their ids."""
    import ray

    return {str(node["NodeID"]) for node in ray.nodes() if node["Alive"]}


def _pump(
    work: Work, scenes: Sequence[Scene], rows: queue.Queue[Any], left: threading.Event, attempt: Attempt
) -> None:
    """Hand on what Ray gives, until it ends or nobody listens any more; None is the end, however it came.

    Blocks are taken as they come, since Ray Data's batches are made by threads that wait for the next at once.
    """
    with attempt:
        import ray
        from ray.data.block import BlockAccessor

        came_s = time.monotonic()
        for bundle in _dataset(work, scenes).iter_internal_ref_bundles():
            since_s = time.monotonic() - came_s
            came_s += since_s
            if left.is_set():
                return
            for block in ray.get(bundle.block_refs):
                batch = BlockAccessor.for_block(block).to_numpy()
                for told, error in zip(batch["told"], batch["error"], strict=True):
                    if left.is_set():
                        return
                    rows.put(unpacked(told))
                    if error:
                        rows.put(unpacked(error))
                        return
            if left.wait(min(REST_S, REST_SHARE * since_s)):
                return
    rows.put(None)


def _dataset(work: Work, scenes: Sequence[Scene]) -> Any:
    import ray.data
    from ray.data import ActorPoolStrategy, DataContext, ExecutionResources, TaskPoolStrategy

    hands = work.hands
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.target_max_block_size = 1  # each row is a block, so that nothing waits to be sent on
    context.execution_options.preserve_order = False
    context.execution_options.resource_limits = ExecutionResources.inf()
    if not (hands.gpus or is_server(work.look.request.model)):
        context.custom_execution_callback_classes = [Paced]
    items, blocks = _items(work, scenes)
    rows = ray.data.from_items(items, override_num_blocks=blocks)
    worker: type = Alone
    if hands.apart:
        worker = Worker
        rows = rows.map_batches(
            read_parcels,
            batch_size=None,
            fn_kwargs={"work": work},
            compute=TaskPoolStrategy(size=hands.readers),
            num_cpus=READER_CORES,
        )
    return rows.map_batches(
        worker,
        batch_size=1 if hands.apart else None,
        fn_constructor_kwargs={"work": work},
        compute=ActorPoolStrategy(size=hands.workers, max_tasks_in_flight_per_actor=AHEAD),
        num_cpus=hands.cores,
        num_gpus=hands.gpus or None,
    )


def _items(work: Work, scenes: Sequence[Scene]) -> tuple[list[dict[str, bytes]], int]:
    """The rows that go in, and in how many blocks.

    Each is a scene, for readers with its finished batches, so that a reader that is begun again gives the same parcels;
    for workers that read by themselves with how many scenes are left for every worker after it.
    """
    hands = work.hands
    takers = hands.readers if hands.apart else hands.workers
    about = (
        (work.ledger.batches(scene.id) if hands.apart else (len(scenes) - 1 - place) // takers)
        for place, scene in enumerate(scenes)
    )
    items = [{"item": pickle.dumps(pair)} for pair in zip(scenes, about, strict=True)]
    each = max(1, min(SCENES_AT_ONCE, len(items) // (4 * takers)))
    return items, -(-len(items) // each)


def read_parcels(batch: dict[str, Any], work: Work) -> Iterator[dict[str, list[bytes]]]:
    """Read scenes, and send their piles on in parcels."""
    KEYS.take_line(work.keys)
    parcel: list[Pile | Unread] = []
    for item in batch["item"]:
        scene, done = unpacked(item)
        for pile in read_scene(work.look, scene, done):
            parcel.append(pile)
            if _full(parcel):
                yield {"parcel": [pickle.dumps(parcel)]}
                parcel = []
    if parcel:
        yield {"parcel": [pickle.dumps(parcel)]}


def _full(parcel: list[Pile | Unread]) -> bool:
    piles = [pile for pile in parcel if isinstance(pile, Pile)]
    return (
        len(parcel) >= PARCEL_PILES
        or sum(pile.windows for pile in piles) >= PARCEL_WINDOWS
        or sum(pile.size_bytes for pile in piles) >= PARCEL_BYTES
    )


class Worker:
    """An actor that holds the model and takes parcels; the model is loaded with the first of them."""

    def __init__(self, work: Work) -> None:
        """Keep to cores of its own, before anything starts threads."""
        self._work, hands = work, work.hands
        os.environ["OMP_NUM_THREADS"] = str(hands.cores)
        self._slot = pinned(work.ledger, hands.cores) if hands.pinned and not hands.gpus else None
        self._asker: Asker | None = None

    def __call__(self, batch: dict[str, Any]) -> Iterator[dict[str, list[bytes]]]:
        """Finish the windows of a parcel; what the model can't do ends the scan, as an error in the row."""
        return self._tell(iter(unpacked(batch["parcel"][0])), math.inf)

    def _tell(self, piles: Iterator[Pile | Unread], every_s: float) -> Iterator[dict[str, list[bytes]]]:
        """Finish piles, and tell what became of them, every so many seconds and at their end."""
        told: list[Told] = []
        wrong, since = b"", time.monotonic()
        try:
            for pile in piles:
                if self._asker is None:
                    self._asker = self._loaded()
                told.append(self._asker.take(pile))
                if time.monotonic() - since >= every_s:
                    yield {"told": [pickle.dumps(told)], "error": [b""]}
                    told, since = [], time.monotonic()
        except RemoteZeroError as error:
            wrong = pickle.dumps(type(error)(str(error)))
        yield {"told": [pickle.dumps(told)], "error": [wrong]}

    def _loaded(self) -> Asker:
        KEYS.take_line(self._work.keys)
        look = self._work.look
        return Asker(look, loaded(look, self._work.load), self._work.ledger)


class Alone(Worker):
    """An actor that holds the model, takes scenes, and reads them itself."""

    def __init__(self, work: Work) -> None:
        """As any worker; it knows whether it is the only one."""
        super().__init__(work)
        self._reader = Reader(work.look, work.ledger, shared=work.hands.workers > 1)

    def __call__(self, batch: dict[str, Any]) -> Iterator[dict[str, list[bytes]]]:
        """Finish scenes, but those that are left for others to share."""
        KEYS.take_line(self._work.keys)
        with Ahead(self._reader.piles([unpacked(item) for item in batch["item"]])) as piles:
            yield from self._tell(piles, TELL_S)


def loaded(look: Look, load: Loader) -> Served:
    """The model that a scan began with, with its adapter and with chips of the size that was planned."""
    served = load(look.request.model)
    served.make_ready(lambda: False)
    adapter = served.use_adapter(AdapterChoice.read(look.adapter or "none"))
    if (served.name, adapter, served.scoring) != (look.model, look.adapter, look.scoring):
        raise ModelError(
            f"A worker got the model {served.name} with the adapter {adapter or 'none'} and scores by "
            f"{served.scoring}, and the scan began with {look.model}, {look.adapter or 'none'} and "
            f"{look.scoring}. See that all machines have the same models, and start the scan again."
        )
    return served


def pinned(ledger: Ledger, cores: int) -> Any:
    """Keep this process to cores that no other worker of the scan keeps to; what holds the claim, None where none is.

    The claim ends with the process, however that ends, and is for whoever takes its place.
    """
    if not hasattr(os, "sched_setaffinity"):
        return None
    mine = sorted(os.sched_getaffinity(0))
    claims = ledger.private / "cores"
    claims.mkdir(mode=0o700, exist_ok=True)
    for number in range(len(mine) // cores):
        claim = take_lock(claims / f"{socket.gethostname()}-{number}")
        if claim is not None:
            os.sched_setaffinity(0, mine[number * cores : (number + 1) * cores])
            return claim
    return None


def _last_line(error: BaseException) -> str:
    text = str(error).strip()
    return text.splitlines()[-1][:300] if text else "no more is known"
