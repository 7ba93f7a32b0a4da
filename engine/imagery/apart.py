"""Reading in a process of its own, for what may keep its reader waiting: it can be left at any moment.

A thread that waits inside GDAL can't be ended, and may hold what all other threads need. A process can. The child
makes one object and answers calls to its methods; a silent one is ended, and so is one whose caller has no more use
for it. When the caller dies, its end of the pipe closes and the child ends by itself.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from engine.errors import JobCancelledError, RasterReadError, RemoteZeroError
from engine.imagery.network import exceptions_from_proxies, open_network
from engine.types import Stop

POLL_S = 0.1
SILENT_S = 90.0
"""Longer than GDAL's own patience for one answer: more than this is several answers that did not come."""


def never() -> bool:
    """A stop that nobody asks for."""
    return False


class Apart:
    """One object in a child process, with the network open to it."""

    def __init__(
        self, where: str, stop: Stop, make: Callable[..., Any], *args: Any, silent_s: float | None = None
    ) -> None:
        """Start the child, which calls ``make(*args)``; its result, or its error, comes with the first call.

        Args:
            where: whom it reads from, for messages.
            stop: asked several times a second while the child is waited for.
            make: a function at the top of a module.
            args: what it is called with; ``make`` and ``args`` are pickled.
            silent_s: how long the child may take for one answer.
        """
        self._where, self._stop = where, stop
        self._silent_s = SILENT_S if silent_s is None else silent_s
        self._gone: RemoteZeroError | None = None
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(
            target=_serve, args=(theirs, exceptions_from_proxies(), make, args), daemon=True, name="reader"
        )
        self._child.start()
        theirs.close()

    def call(self, method: str, *args: Any) -> Any:
        """Call a method of the object, and wait for its answer.

        Raises:
            JobCancelledError: ``stop`` became true; the child is ended.
            RasterReadError: the child was silent for too long, or died; every later call says the same at once.
            RemoteZeroError: what the method raised.
        """
        if self._gone is not None:
            raise self._gone
        try:
            self._pipe.send((method, args))
            answer = self._given_up() or self._pipe.recv()
        except (EOFError, OSError):
            answer = self._leave(
                RasterReadError(
                    f"The process that reads from {self._where} has died. Try again, or save what it reads as a "
                    "local file."
                )
            )
        if isinstance(answer, RasterReadError) and answer is not self._gone:
            raise RasterReadError(
                f"{answer} It reads from {self._where}: see that this answers, and try again."
            )
        if isinstance(answer, RemoteZeroError):
            raise answer
        return answer

    def close(self) -> None:
        """End the child, whatever it does."""
        if self._gone is None:
            self._leave(RasterReadError(f"What was read from {self._where} is closed. Open it again."))

    def _given_up(self) -> RemoteZeroError | None:
        """Wait for the answer; why the child was left, where none came."""
        latest = time.monotonic() + self._silent_s
        while not self._pipe.poll(POLL_S):
            if self._stop():
                return self._leave(JobCancelledError(f"Cancelled while {self._where} was waited for."))
            if time.monotonic() > latest:
                return self._leave(
                    RasterReadError(
                        f"Nothing has come from {self._where} for {self._silent_s:.0f} s: check that it is there and "
                        "answers, try again later, or save what it offers as a local file."
                    )
                )
        return None

    def _leave(self, why: RemoteZeroError) -> RemoteZeroError:
        self._gone = why
        self._pipe.close()
        self._child.kill()
        self._child.join()
        return why


def read_apart(where: str, stop: Stop, function: Callable[..., Any], *args: Any) -> Any:
    """What ``function(*args)`` returns in a process of its own; raises as :meth:`Apart.call` does."""
    reader = Apart(where, stop, partial, function, *args)
    try:
        return reader.call("__call__")
    finally:
        reader.close()


def _serve(
    pipe: Connection, exceptions: dict[str, str], make: Callable[..., Any], args: tuple[Any, ...]
) -> None:
    """The child: make the object, then answer until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's to hear
    open_network(exceptions)
    made: Any = None
    while True:
        try:
            method, arguments = pipe.recv()
        except EOFError:
            return
        try:
            made = make(*args) if made is None else made
            pipe.send(getattr(made, method)(*arguments))
        except RemoteZeroError as error:
            pipe.send(error)
