"""What a child process says to its parent: events as lines of JSON, on a standard output that holds nothing else.

The other side is :mod:`engine.jobs.child`. Standard input is the parent's word: a line ``cancel``, or its end where
it is a pipe, asks the child to end.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import threading
from typing import IO, Any


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
