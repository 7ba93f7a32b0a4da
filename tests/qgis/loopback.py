"""A small HTTP server on a free port of loopback, for as long as a test needs it."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator


class Answering(http.server.BaseHTTPRequestHandler):
    """Quiet, with answers in one call."""

    def log_message(self, *_):
        """Stay quiet."""

    def answer(self, status: int, kind: str, body: bytes) -> None:
        """Send a whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):  # QGIS hangs up on what it no longer wants to draw
            self.wfile.write(body)


@contextlib.contextmanager
def listening(handler: type[Answering]) -> Iterator[int]:
    """Serve until the context ends; yields the port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
