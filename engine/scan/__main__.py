"""``python -m engine.scan REQUEST.json``: one scan as a child process, see :mod:`engine.jobs.child`.

The first line of standard input holds the keys of model servers, which so are in no file and on no command line.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from engine.errors import InputError, JobCancelledError, RemoteZeroError
from engine.remote.keys import KEYS
from engine.scan.request import ScanRequest
from engine.scan.run import scan
from engine.telling import take_stdout, watch_stdin
from engine.wire import checked
from engine.wrong_fields import unreadable

EXIT_OK, EXIT_REFUSED, EXIT_CANCELLED = 0, 2, 4


def main(arguments: list[str]) -> int:
    """Scan, and return the exit code."""
    events, cancelled = take_stdout(), threading.Event()
    try:
        KEYS.take_line(sys.stdin.readline())
        watch_stdin(cancelled)
        try:
            values = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(
                f"The request can't be read ({unreadable(error)}). Start the scan again."
            ) from error
        values.pop("run_dir", None)  # the request's own folder, which holds its log alone
        events.emit("result", scan(checked(ScanRequest, values), events.emit, cancelled.is_set))
    except JobCancelledError as error:
        events.fail(error)
        return EXIT_CANCELLED
    except RemoteZeroError as error:
        events.fail(error)
        return EXIT_REFUSED
    return EXIT_OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
