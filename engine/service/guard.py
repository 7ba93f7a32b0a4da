"""What stands before every route: the token, the names in Host and Origin, the size of the body.

The token is asked for first, and one answer serves every request without it, so that a stranger
can't tell a route that exists from one that does not.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.service.clients import Clients

MAX_BODY_BYTES = 2**20
MAX_DEPTH = 64
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BRACKETS = re.compile(rb"[\[{]|[\]}]")
LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


class Guard:
    """ASGI middleware; refuses with 401, 403 or 413 before the application sees anything."""

    def __init__(self, app: ASGIApp, *, token: str, clients: Clients, hosts: Iterable[str] = ()) -> None:
        """Guard ``app`` by ``token``.

        Args:
            app: sees what is let in.
            token: what every request must carry.
            clients: told of every call that is let in.
            hosts: besides the loopback names, those by which the engine may be called.
        """
        self.app = app
        self._clients = clients
        self._expected = f"Bearer {token}".encode()
        self._names = LOOPBACK_NAMES | {name.lower() for name in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request and pass it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = scope["headers"]
        if not secrets.compare_digest(_single(headers, b"authorization") or b"", self._expected):
            await _refuse(send, 401, "TokenError", "The token is missing or wrong. Take it from engine.json.")
        elif problem := _stranger(headers, self._names):
            await _refuse(send, 403, "HostError", problem)
        elif (body := await _whole_body(headers, receive)) is None:
            message = (
                f"The request body has more than {MAX_BODY_BYTES} bytes, the limit. Send a smaller request."
            )
            await _refuse(send, 413, "InputError", message)
        elif _depth(body) > MAX_DEPTH:
            message = f"The body of the request can't be read: it is nested more than {MAX_DEPTH} deep."
            await _refuse(send, 400, "InputError", f"{message} Make it flatter.")
        else:
            with self._clients.calling():
                await self.app(scope, _replay(body, receive), send)


def _single(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    """Return a header's value; None where it is missing or there twice."""
    values = [value for key, value in headers if key == name]
    return values[0] if len(values) == 1 else None


def _stranger(headers: Collection[tuple[bytes, bytes]], names: Collection[str]) -> str | None:
    """Return why the request's Host or Origin is not welcome, or None."""
    host = (_single(headers, b"host") or b"").decode("latin-1")
    if _name("//" + host) not in names:
        return f"The engine is not known by the host name {host[:80]!r}. Call it by its loopback address."
    origins = [value.decode("latin-1") for key, value in headers if key == b"origin"]
    for origin in origins:
        if _name(origin) not in names:
            return f"Requests from the web origin {origin[:80]!r} are refused. Call from this machine."
    return None


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


async def _whole_body(headers: Iterable[tuple[bytes, bytes]], receive: Receive) -> bytes | None:
    """Return the body; None when it is over the limit, as soon as that is known."""
    announced = _single(headers, b"content-length")
    if announced and announced.isdigit() and int(announced) > MAX_BODY_BYTES:
        return None
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MAX_BODY_BYTES:
            return None
    return bytes(body)


def _depth(body: bytes) -> int:
    """How deep the lists and objects of a body are nested, as far as that matters; what is in a text counts not."""
    deepest = depth = 0
    for bracket in _BRACKETS.finditer(_STRINGS.sub(b"", body)):
        depth += 1 if bracket[0] in b"[{" else -1
        deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            break
    return deepest


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


async def _refuse(send: Send, status: int, kind: str, message: str) -> None:
    body = json.dumps({"error": {"type": kind, "message": message}}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    if status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
