"""A port of loopback for a server that is started later, by another process."""

from __future__ import annotations

import os
import socket

FIRST, EACH = 20000, 1000
"""Below the ports that systems give to whoever names none, so that nobody takes one in between; a slice a worker."""


def free_port() -> int:
    """A port on which nobody listens, and which no other worker of these tests is given."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for port in range(FIRST + EACH * worker, FIRST + EACH * (worker + 1)):
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise AssertionError(f"None of the ports from {FIRST + EACH * worker} on is free.")
