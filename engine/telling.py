"""What a child process says to its parent: events as lines of JSON, on a standard output that holds nothing else.

The other side is :mod:`engine.jobs.child`. Standard input is the parent's word: a line ``cancel``, or its end where
it is a pipe, asks the child to end; before that comes a line with the keys of model servers, which so are in no file
and on no command line.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from engine.errors import InputError, JobCancelledError, RemoteZeroError
from engine.remote.keys import KEYS
from engine.types import Stop
from engine.wrong_fields import unreadable

EXIT_OK, EXIT_REFUSED, EXIT_CANCELLED = 0, 2, 4

Tell = Callable[[str, dict[str, Any]], None]


class Events:
    """Writes events to a stream of its own; what libraries print goes to standard error."""

    def __init__(self, stream: IO[str]) -> None:
        """Write to ``stream``."""
        self._stream, self._lock = stream, threading.Lock()

    def emit(self, kind: str, data: dict[str, Any]) -> None:
        """Write one event as one line."""
        with self._lock:
            self._stream.write(json.dumps({"type": kind, "data": data}) + "\n")
            self._stream.flush()

    def fail(self, error: BaseException) -> None:
        """Write an error of this program as an event: its class, and what it says."""
        self.emit("error", {"type": type(error).__name__, "message": str(error)})


def take_stdout() -> Events:
    """Keep standard output for events alone: from now on file descriptor 1 is standard error."""
    kept = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", newline="\n")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    return Events(kept)


def watch_stdin(cancelled: threading.Event) -> None:
    """Set ``cancelled`` on a line ``cancel`` or at the end of a piped standard input."""
    piped = stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode) or os.name == "nt"

    def listen() -> None:
        for line in sys.stdin:
            if line.strip() == "cancel":
                cancelled.set()
                return
        if piped:
            cancelled.set()

    threading.Thread(target=listen, name="stdin", daemon=True).start()


def do_request(
    arguments: list[str], work: str, do: Callable[[dict[str, Any], Tell, Stop], dict[str, Any]]
) -> int:
    """A child's whole life: take keys and request from the parent, do it, and tell its result or its error.

    Args:
        arguments: of the command line; the first names the request's file.
        work: what it does, for messages.
        do: given the request's values, told where to tell and when to stop; returns the result.

    Returns:
        The exit code.
    """
    events, cancelled = take_stdout(), threading.Event()
    try:
        KEYS.take_line(sys.stdin.readline())
        watch_stdin(cancelled)
        try:
            values = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(
                f"The request can't be read ({unreadable(error)}). Start the {work} again."
            ) from error
        values.pop("run_dir", None)  # the request's own folder, which may be a temporary one
        events.emit("result", do(values, events.emit, cancelled.is_set))
    except JobCancelledError as error:
        events.fail(error)
        return EXIT_CANCELLED
    except RemoteZeroError as error:
        events.fail(error)
        return EXIT_REFUSED
    return EXIT_OK
