"""The door before the token: who has not shown it yet may wait for a short while, and only few may.

A connection is a stranger until a request on it has brought the token. A stranger has a few seconds
for the head of a request, however it trickles in. Where there are too many of them, the one that
has waited longest leaves, of that address which has the most: a newcomer always gets in.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import Counter
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S = 10.0
STRANGERS = 96
STRANGERS_A_PEER = 64


class Door:
    """All connections that have not shown the token, the one that has waited longest first."""

    def __init__(
        self,
        token: str,
        *,
        head_s: float = HEAD_S,
        strangers: int = STRANGERS,
        strangers_a_peer: int = STRANGERS_A_PEER,
    ) -> None:
        """Say how long and how many.

        Args:
            token: what is to be shown, as ``Authorization: Bearer``.
            head_s: seconds for the head of a request.
            strangers: at most so many connections without the token.
            strangers_a_peer: at most so many of one address.
        """
        self.head_s = head_s
        self._expected = f"Bearer {token}".encode()
        self._most, self._most_a_peer = strangers, strangers_a_peer
        self._waiting: dict[Guarded, str] = {}

    def knows(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """Tell whether a request's headers bring the token."""
        shown = [value for name, value in headers if name == b"authorization"]
        return len(shown) == 1 and secrets.compare_digest(shown[0], self._expected)

    def enter(self, stranger: Guarded, peer: str) -> None:
        """Let a connection wait; another one leaves where there are too many."""
        self._waiting[stranger] = peer
        by_peer = Counter(self._waiting.values())
        crowd = peer if by_peer[peer] > self._most_a_peer else None
        if crowd is None and len(self._waiting) > self._most:
            crowd = by_peer.most_common(1)[0][0]
        if crowd is not None:
            next(other for other, address in self._waiting.items() if address == crowd).leave()

    def forget(self, stranger: Guarded) -> None:
        """Count a connection no more: it has shown the token, or is gone."""
        self._waiting.pop(stranger, None)

    def protocol(self) -> type[asyncio.Protocol]:
        """The class by which uvicorn serves a connection, each of which goes through this door."""
        return type("GuardedByDoor", (Guarded,), {"door": self})


class Guarded(H11Protocol):
    """One connection: a stranger until a request on it has brought the token."""

    door: Door

    def __init__(
        self,
        config: uvicorn.Config,
        server_state: Any,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Take what uvicorn gives to a connection."""
        super().__init__(config, server_state, app_state, _loop)
        self._known = False
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the head of a request."""
        super().connection_made(transport)
        self.door.enter(self, self.client[0] if self.client else "")
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self.door.forget(self)
        self._stop_waiting()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Go on with what has come; look whether it brings the token."""
        before = self.scope
        super().handle_events()
        if self.scope is before:
            return
        self._stop_waiting()
        if not self._known and self.door.knows(self.headers):
            self._known = True
            self.door.forget(self)

    def on_response_complete(self) -> None:
        """Wait for the head of the next request."""
        before = self.scope
        super().on_response_complete()
        if (
            self.scope is before and not self.transport.is_closing()
        ):  # else one had come already, and is answered
            self._await_head()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP in the shape of all errors, and end the connection."""
        message = "This is no request in HTTP/1.1. Correct it and send it again."
        body = json.dumps({"error": {"type": "InputError", "message": message}}).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        for event in (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def leave(self) -> None:
        """End the connection at once."""
        self.door.forget(self)
        self._stop_waiting()
        self.transport.abort()

    def _await_head(self) -> None:
        self._deadline = self.loop.call_later(self.door.head_s, self.leave)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
