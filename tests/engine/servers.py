"""Servers on loopback for the tests of reading from the network: one that serves, and some that misbehave."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass
class Server:
    """Where it listens, and what it was asked."""

    url: str
    asked: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Name and port."""
        return self.url.removeprefix("http://")


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Serve a folder's files, whole and by ranges of bytes; ``asked`` counts every request."""
    server = Server("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self._answer(body=False)

        def do_GET(self) -> None:
            self._answer(body=True)

        def _answer(self, *, body: bool) -> None:
            server.asked.append(self.path)
            file = folder / self.path.partition("?")[0].lstrip("/")
            if not file.is_file():
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            data, wanted = file.read_bytes(), self.headers.get("Range")
            size = len(data)
            if wanted:
                first, _, last = wanted.removeprefix("bytes=").partition("-")
                begin, end = int(first), min(int(last or size - 1), size - 1)
                data = data[begin : end + 1]
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {begin}-{end}/{size}")
            else:
                self.send_response(200)
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if body:
                self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server.url = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()


@contextmanager
def misbehaving(how: str) -> Iterator[Server]:
    """Accept connections and then be ``silent``, ``trickle`` a byte at a time without end, or ``close``."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(50)
    server = Server(f"http://127.0.0.1:{listener.getsockname()[1]}")
    kept: list[socket.socket] = []
    ended = threading.Event()

    def trickle(caller: socket.socket) -> None:
        try:
            caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while not ended.wait(0.2):
                caller.sendall(b"I")
        except OSError:
            pass

    def accept() -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            server.asked.append(how)
            kept.append(caller)
            if how == "close":
                caller.close()
            elif how == "trickle":
                threading.Thread(target=trickle, args=(caller,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        ended.set()
        listener.close()
        for caller in kept:
            caller.close()
