"""Strangers at the door of a running engine, and clumsy friends: nobody gets in, nobody is kept out, no token leaks."""

from __future__ import annotations

import contextlib
import json
import random
import socket
import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from engine.paths import runtime_file
from engine.service.address import EngineAddress, read_address
from tests.engine.rasters import write_raster
from tools.torture.processes import PATIENCE_S, start

STREAMS = 200
PATHS = (
    "/v1/health",
    "/v1/jobs",
    "/v1/jobs/1/features",
    "/v1/models",
    "/v1/openapi.json",
    "/",
    "/v2",
    "/docs",
)
METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "PATCH", "get", "BREW")
HOSTS = (
    "example.com", "127.0.0.1.example.com", "localhost.example.com", "[::1", "127.0.0.1:80@example.com", "", "0",
    "169.254.169.254", "localhost\t.example.com", "127.0.0.1, example.com",
)  # fmt: skip
ORIGINS = ("http://example.com", "null", "file://", "http://127.0.0.1.example.com", "x")
LENGTHS = (
    b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
    b"Content-Length: 4\r\nContent-Length: 5\r\n",
    b"Content-Length: 4, 5\r\n",
    b"Content-Length: -1\r\n",
    b"Content-Length: 0x4\r\n",
    b"Transfer-Encoding: chunked, identity\r\n",
    b"Transfer-Encoding:\x0bchunked\r\n",
    b"Transfer-Encoding : chunked\r\n",
    b"X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
)


def visited(draw: random.Random, folder: Path) -> str:
    """One visit of a kind that is drawn; afterwards the engine answers, and its token is in nobody's hands."""
    engine = start(stderr=folder / "log")
    try:
        address = read_address(runtime_file())
        assert address is not None
        visit = draw.choice(VISITS)
        answers = visit(draw, folder, address)
        assert healthy(address), f"after {visit.__name__} the engine does not answer"
        token = address.token.encode()
        assert not [answer for answer in answers if token in answer], "the token is in an answer"
        assert token not in (folder / "log").read_bytes(), "the token is in the log"
        assert not [line for line in command_lines() if token in line], "the token is in a list of processes"
    finally:
        engine.end()
    return "read" if visit in FRIENDS else "refused"


def without_the_token(draw: random.Random, folder: Path, address: EngineAddress) -> list[bytes]:
    """Any method on any path with a wrong token, a half one, or none."""
    half = address.token[: len(address.token) // 2]
    wrong = ("", "Bearer", "Bearer ", f"Bearer {half}", f"Basic {half}", "Bearer \xe9", "x" * 9000)
    answers = []
    for _ in range(40):
        body = draw.choice((b"", b"{}", draw.randbytes(200)))
        headers = [f"Authorization: {draw.choice(wrong)}"] if draw.random() < 0.8 else []
        answer = asked(address, draw.choice(METHODS), draw.choice(PATHS), headers, body)
        assert refused(answer), f"{headers}: {answer[:200]!r}"
        answers.append(answer)
    return answers


def from_elsewhere(draw: random.Random, folder: Path, address: EngineAddress) -> list[bytes]:
    """A web page that has guessed the port: a name bound anew, or another origin; even with the token."""
    answers = []
    for _ in range(20):
        host, headers = "127.0.0.1", [f"Authorization: Bearer {address.token}"]
        if draw.random() < 0.5:
            host = draw.choice(HOSTS)
        else:
            headers.append(f"Origin: {draw.choice(ORIGINS)}")
        answer = asked(address, "GET", "/v1/health", headers, host=host)
        assert refused(answer), f"{host} {headers[1:]}: {answer[:200]!r}"
        answers.append(answer)
    return answers


def smuggled(draw: random.Random, folder: Path, address: EngineAddress) -> list[bytes]:
    """Two lengths of one body: the request that hides inside another is never answered."""
    inner = f"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {address.token}\r\n\r\n".encode()
    answers = []
    for _ in range(8):
        connection = connected(address)
        head = b"POST /v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n" + draw.choice(LENGTHS)
        connection.sendall(head + b"\r\n0\r\n\r\n" + inner)
        connection.shutdown(socket.SHUT_WR)
        answer = read(connection)
        assert b" 200 " not in answer, "a request inside another was answered"
        answers.append(answer)
    return answers


def no_http(draw: random.Random, folder: Path, address: EngineAddress) -> list[bytes]:
    """Bytes that are no request, whole or cut anywhere."""
    answers = []
    for _ in range(20):
        request = b"POST /v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50\r\n\r\n{}"
        sent = draw.choice((draw.randbytes(draw.randrange(1, 4000)), request[: draw.randrange(len(request))]))
        connection = connected(address)
        connection.sendall(sent)
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
        answer = read(connection)
        assert b" 200 " not in answer[:20], answer[:100]
        answers.append(answer)
    return answers


def cut(draw: random.Random, folder: Path, address: EngineAddress) -> list[bytes]:
    """Connections that end in the middle of a body or an answer: what was not told in full was not handed in."""
    with client(address) as http:
        before = len(http.get("/v1/jobs").json())
    for _ in range(30):
        connection = connected(address)
        head = f"Host: 127.0.0.1\r\nAuthorization: Bearer {address.token}\r\n"
        if draw.random() < 0.5:
            head = f"POST /v1/jobs HTTP/1.1\r\n{head}Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{{"
        else:
            head = f"GET /v1/openapi.json HTTP/1.1\r\n{head}\r\n"
        connection.sendall(head.encode())
        if draw.random() < 0.5:  # reset instead of an orderly end
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    with client(address) as http:
        assert len(http.get("/v1/jobs").json()) == before, "half a request became a job"
    return []


def slow(draw: random.Random, folder: Path, address: EngineAddress) -> list[bytes]:
    """Three hundred connections that send a byte now and then, while others are served."""
    connections = []
    for _ in range(300):
        with contextlib.suppress(OSError):
            connections.append(connected(address))
    for _ in range(5):
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.sendall(draw.choice((b"G", b"GET / HTTP/1.1\r\nX", b"\r")))
        assert healthy(address), "slow clients keep others out"
    for connection in connections:
        connection.close()
    return []


def many_streams(draw: random.Random, folder: Path, address: EngineAddress) -> list[bytes]:
    """Two hundred clients follow one job to its end, some of them leaving early."""
    town = write_raster(folder / "town.tif", [_bright(), _bright(), _bright()])
    with client(address) as http:
        body = {"kind": "locate", "request": {"raster": str(town), "queries": ["roof"], "overlap": 0.3}}
        job = http.post("/v1/jobs", json=body).json()["id"]
    early = {draw.randrange(STREAMS) for _ in range(20)}

    def follow(number: int) -> Any:
        last: Any = None
        with client(address) as http, http.stream("GET", f"/v1/jobs/{job}/events") as stream:
            for line in stream.iter_lines():
                if number in early:
                    return None
                last = json.loads(line) if line.strip() else last
        return last

    with ThreadPoolExecutor(STREAMS) as pool:
        lasts = [last for last in pool.map(follow, range(STREAMS)) if last is not None]
    assert len(lasts) >= STREAMS - len(early)
    assert all(last["data"].get("state") == "done" for last in lasts), lasts[:2]
    return []


VISITS: tuple[Callable[[random.Random, Path, EngineAddress], list[bytes]], ...] = (
    without_the_token, from_elsewhere, smuggled, no_http, cut, slow, many_streams,
)  # fmt: skip
FRIENDS = (cut, slow, many_streams)


def client(address: EngineAddress) -> httpx.Client:
    """A client with the token."""
    headers = {"Authorization": f"Bearer {address.token}"}
    return httpx.Client(base_url=address.url, headers=headers, timeout=PATIENCE_S)


def healthy(address: EngineAddress) -> bool:
    """Whether who has the token is answered."""
    with client(address) as http:
        return http.get("/v1/health").status_code == 200


def connected(address: EngineAddress) -> socket.socket:
    """A plain connection to the engine."""
    host, _, port = address.url.removeprefix("http://").rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE_S)


def read(connection: socket.socket) -> bytes:
    """All that comes until the other side ends the connection."""
    answer = b""
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(4096):
            answer += part
    connection.close()
    return answer


def asked(
    address: EngineAddress,
    method: str,
    path: str,
    headers: list[str],
    body: bytes = b"",
    host: str = "127.0.0.1",
) -> bytes:
    """What the engine answers to a request that no well-meant client would send."""
    length = [f"Content-Length: {len(body)}"] if body else []
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers, *length]
    connection = connected(address)
    with contextlib.suppress(ConnectionError):
        connection.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
    return read(connection)


def refused(answer: bytes) -> bool:
    """Whether an answer is a refusal, or the connection was ended without one."""
    return answer[:10] in (b"", b"HTTP/1.1 4")


def command_lines() -> list[bytes]:
    """The command lines of all processes that can be seen."""
    lines = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            lines.append((process / "cmdline").read_bytes())
    return lines


def _bright() -> Any:
    band = np.full((500, 640), 90, np.uint8)
    band[100:140, 100:160] = 240
    return band
