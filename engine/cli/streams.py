"""Standard output and error that may be closed, full or left: the work goes on, and what is missing is said at the end.

A reader that has seen enough (``| head``) and a terminal that is gone are no failures: what was asked for is done
and written. Where there is no room for what is printed, the printed text is not whole, and that is one.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

GONE = frozenset({errno.EPIPE, errno.EIO, errno.ECONNRESET, errno.ENXIO, errno.ESHUTDOWN})
"""Nobody is there to read."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Standing:
    """A text stream whose trouble is noted instead of raised; after it, what is written goes nowhere.

    Args:
        stream: standard output or standard error.

    Attributes:
        problem: what kept it from being written, None so far.
    """

    def __init__(self, stream: TextIO) -> None:
        """Stand before ``stream``."""
        self._stream = stream
        self.problem: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        """Everything else is the stream's own."""
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write; a sign that the stream's encoding lacks is written as its number."""
        if self.problem is None:
            try:
                return self._stream.write(text)
            except UnicodeEncodeError:
                coding = self._stream.encoding or "ascii"
                return self.write(text.encode(coding, "backslashreplace").decode(coding))
            except OSError as error:
                self._leave(error)
        return len(text)

    def flush(self) -> None:
        """Write what waits."""
        if self.problem is None:
            try:
                self._stream.flush()
            except OSError as error:
                self._leave(error)

    def failed(self) -> str:
        """Why what was printed is not whole, in a sentence; empty where it is, or where the reader left."""
        self.flush()
        if self.problem is None or self.problem.errno in GONE:
            return ""
        why = "there is no room for it" if self.problem.errno in FULL else self.problem.strerror
        return (
            f"What was printed is not whole: standard output can't be written ({why}). Send it elsewhere; "
            "files that were asked for are written."
        )

    def _leave(self, error: OSError) -> None:
        """Let what still waits in the stream go nowhere, so that the end of the program can't fail on it."""
        self.problem = error
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            return


def stand() -> Standing:
    """Make the standard streams of this process stand all that may become of them; returns standard output.

    One that was closed from the start leads nowhere. Otherwise the next file that is opened, a database for one,
    would take its number, and whatever a library prints would go into that file.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process
    output, errors = Standing(sys.stdout), Standing(sys.stderr)
    sys.stdout, sys.stderr = output, errors
    return output


@contextmanager
def standing() -> Iterator[None]:
    """Run a program on such streams; one that ends well, and whose output is not whole, says so and ends with 2."""
    output = stand()
    try:
        yield
    except SystemExit as end:
        if not end.code and (why := output.failed()):
            sys.stderr.write(f"Error: {why}\n")
            raise SystemExit(2) from end
        raise
