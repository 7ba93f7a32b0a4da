"""The processes that share a run's training: one leads, the others follow, and all of them fail or end together.

Under ``accelerate launch`` a run is started once for every GPU. The first process leads: it alone reads standard
input, writes events, state, gate and registry, and looks at the clock. The others wait for its orders, do their
share of every step, and hand over the gradients. What one of them can't do, none of them has done: each asks all
others whether it went well before the next step, so nobody waits for one that has given up.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

import torch
from torch import distributed

from engine import errors
from engine.errors import InputError, JobCancelledError, JobError, RemoteZeroError
from engine.telling import Events

S = TypeVar("S")
T = TypeVar("T")
PATIENCE = timedelta(days=7)
"""How long the others may wait for an order: a search or a check of the leader takes as long as it takes."""
Failure = tuple[str, str]


class Crew:
    """The processes of one run; a crew of one does everything itself.

    Attributes:
        number: of this process; 0 leads.
        size: how many there are.
    """

    def __init__(self) -> None:
        self.number, self.size = 0, 1
        self._talk: Any = None

    @classmethod
    @contextmanager
    def joined(cls) -> Iterator[Crew]:
        """Join the processes that the launcher started, each on a GPU of its own, or all on the CPU.

        When it ends in order, or by an error of this program, the leader lets the others go.

        Raises:
            InputError: there are more processes than GPUs on this machine.
        """
        crew = cls()
        crew.number, crew.size = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
        own = int(os.environ.get("LOCAL_RANK", "0"))
        gpus, here = torch.cuda.device_count(), int(os.environ.get("LOCAL_WORLD_SIZE", str(crew.size)))
        if 0 < gpus < here:
            raise InputError(
                f"{here} processes were started to share the learning, but this machine has {gpus} GPU(s). "
                f"Give at most {gpus}."
            )
        if gpus:
            torch.cuda.set_device(own)
        if here == crew.size and sys.platform == "linux":
            # Processes of one machine need not be heard outside of it.
            for library in ("GLOO", "NCCL"):
                os.environ.setdefault(f"{library}_SOCKET_IFNAME", "lo")
        if not distributed.is_initialized():
            distributed.init_process_group("nccl" if gpus else "gloo", timeout=PATIENCE)
        crew._talk = distributed.new_group(backend="gloo", timeout=PATIENCE)
        try:
            yield crew
        except RemoteZeroError:
            crew._part()
            raise
        crew._part()

    @property
    def leads(self) -> bool:
        """Whether this process leads."""
        return self.number == 0

    def share_of(self, prompts: int) -> int:
        """How many of a step's questions each process takes.

        Raises:
            InputError: they can't be shared evenly.
        """
        if prompts % self.size:
            raise InputError(
                f"{prompts} questions a step can't be shared evenly by {self.size} processes. "
                f"Start another number of them, or set `prompts` to a multiple of {self.size}."
            )
        return prompts // self.size

    def order(self, order: Any, *, answered: bool = True) -> None:
        """Tell the others what to do next, None to go, and wait until they are ready. Nothing for a crew of one.

        Args:
            order: what to do.
            answered: the others say whether they are ready for it.

        Raises:
            RemoteZeroError: one of them is not.
        """
        if self.size > 1:
            self._given(order)
            if answered:
                self.together(lambda: None)

    def heard(self) -> Any:
        """Wait for the leader's next order."""
        return self._given(None)

    def together(self, work: Callable[[], T]) -> T:
        """Do the own share of something; returns when all have done theirs.

        Raises:
            JobCancelledError: it was cancelled in one of the processes.
            RemoteZeroError: what went wrong in one of them, in every one of them.
        """
        if self.size == 1:
            return work()
        done: list[T] = []
        failure = _tried(lambda: done.append(work()))
        failures: list[Failure | None] = [None] * self.size
        distributed.all_gather_object(failures, failure, group=self._talk)
        self._raise(failures)
        return done[0]

    def spread(self, items: Sequence[S], work: Callable[[Sequence[S]], Sequence[T]]) -> list[T]:
        """Let every process work on a share of the items; returns all results in the order of the items.

        Args:
            items: the same in every process.
            work: some of the items -> one result for each.

        Raises:
            RemoteZeroError: what went wrong in one of them, in every one of them.
        """
        if self.size == 1:
            return list(work(items))
        own = self.together(lambda: list(work(items[self.number :: self.size])))
        shares: list[list[T]] = [[] for _ in range(self.size)]
        distributed.all_gather_object(shares, own, group=self._talk)
        results: list[Any] = [None] * len(items)
        for number, share in enumerate(shares):
            results[number :: self.size] = share
        return results

    def led(self, work: Callable[[], T]) -> T:
        """Let the leader do something; what came of it is returned everywhere, and what went wrong is raised so.

        Raises:
            RemoteZeroError: what went wrong.
        """
        if self.size == 1:
            return work()
        done: list[T] = []
        failure = _tried(lambda: done.append(work())) if self.leads else None
        failure, result = self._given((failure, done[0] if done else None))
        self._raise([failure])
        found: T = result
        return found

    def average(self, weights: Sequence[torch.Tensor]) -> None:
        """Replace the gradients of the weights by their means over all processes."""
        if self.size == 1:
            return
        gradients = [torch.zeros_like(w) if w.grad is None else w.grad for w in weights]
        flat = torch.cat([gradient.reshape(-1).float() for gradient in gradients])
        distributed.all_reduce(flat)
        means = (flat / self.size).split([gradient.numel() for gradient in gradients])
        for weight, gradient, mean in zip(weights, gradients, means, strict=True):
            weight.grad = mean.reshape(gradient.shape).to(gradient.dtype)

    def _part(self) -> None:
        if self.leads:
            self.order(None, answered=False)
        distributed.destroy_process_group()

    def _given(self, value: Any) -> Any:
        box = [value]
        distributed.broadcast_object_list(box, src=0, group=self._talk)
        return box[0]

    def _raise(self, failures: Sequence[Failure | None]) -> None:
        told = [(number, failure) for number, failure in enumerate(failures) if failure]
        if not told:
            return
        for _, (name, message) in told:
            if name == JobCancelledError.__name__:
                raise JobCancelledError(message)
        number, (name, message) = told[0]
        where = "" if number == 0 else f" (Told by process {number + 1} of {self.size}.)"
        raise getattr(errors, name)(message + where)


def _tried(work: Callable[[], Any]) -> Failure | None:
    """Do the work; the name and the sentence of an error of this program, None where it went well."""
    try:
        work()
    except RemoteZeroError as error:
        return type(error).__name__, str(error)
    return None


@contextmanager
def ending_together(size: int, events: Events) -> Iterator[None]:
    """While it lasts, a process of several that dies or is ended from outside is told of in one sentence.

    The launcher ends all processes when one has died, be it the leader: whoever is left tells. A process may hang in a
    call that waits for the dead then, so a thread says the sentence and ends it. A failure of a library while several
    processes talk is told so as well; what it said goes to standard error.
    """
    said = (
        f"The run ended because one of its {size} processes failed or was ended from outside; what it said stands in "
        "the log. Nothing that was kept is lost: start the run again, and it goes on from its last step."
    )
    if size == 1:
        yield
        return
    read, write = os.pipe()
    os.set_blocking(write, False)

    def end() -> None:
        events.fail(JobError(said))
        sys.stderr.flush()
        os._exit(1)

    def watch() -> None:
        while got := os.read(read, 1):
            if got[0] in (signal.SIGTERM, signal.SIGINT):
                end()
        os.close(read)

    threading.Thread(target=watch, name="end", daemon=True).start()
    before = signal.signal(signal.SIGTERM, lambda number, frame: None)
    woken = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    try:
        yield
    except RemoteZeroError:
        raise
    except RuntimeError:
        traceback.print_exc()
        end()
    finally:
        signal.set_wakeup_fd(woken)
        signal.signal(signal.SIGTERM, before)
        os.close(write)
