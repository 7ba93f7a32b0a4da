"""The door before the token: who has not shown it yet may wait for a short while, and only few may.

A connection is a stranger until a request on it has brought the token. A stranger has a few seconds
for the head of a request, however it trickles in. Where there are too many of them, the one that
has waited longest leaves, of that address which has the most: a newcomer always gets in. Many who come
at once are no crowd yet: each has a moment to show the token, unless there are several times too many.
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
GRACE_S = 1.0
"""A stranger that came so shortly ago stays: two hundred clients that call at once all have the token to show."""
AT_ONCE = 4
"""So many times too many strangers: then the oldest leaves at once, whenever it came."""


class Door:
    """All connections that have not shown the token, the one that has waited longest first."""

    def __init__(
        self,
        token: str,
        *,
        head_s: float = HEAD_S,
        strangers: int = STRANGERS,
        strangers_a_peer: int = STRANGERS_A_PEER,
        grace_s: float = GRACE_S,
    ) -> None:
        """Say how long and how many.

        Args:
            token: what is to be shown, as ``Authorization: Bearer``.
            head_s: seconds for the head of a request.
            strangers: at most so many connections without the token.
            strangers_a_peer: at most so many of one address.
            grace_s: seconds for which a newcomer may stay where there are more of them.
        """
        self.head_s, self._grace_s = head_s, grace_s
        self._expected = f"Bearer {token}".encode()
        self._most, self._most_a_peer = strangers, strangers_a_peer
        self._waiting: dict[Guarded, tuple[str, float]] = {}
        self._peers: Counter[str] = Counter()
        self._thinning: asyncio.TimerHandle | None = None

    def knows(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """Tell whether a request's headers bring the token."""
        shown = [value for name, value in headers if name == b"authorization"]
        return len(shown) == 1 and secrets.compare_digest(shown[0], self._expected)

    def enter(self, stranger: Guarded, peer: str) -> None:
        """Let a connection wait; where there are too many another one leaves, at once or after its moment."""
        self._waiting[stranger] = (peer, stranger.loop.time())
        self._peers[peer] += 1
        if (crowd := self._crowd(AT_ONCE)) is not None:
            self._oldest(crowd)[0].leave()
        if self._thinning is None and self._crowd() is not None:
            self._thin_later(stranger.loop)

    def forget(self, stranger: Guarded) -> None:
        """Count a connection no more: it has shown the token, or is gone."""
        peer, _ = self._waiting.pop(stranger, (None, 0.0))
        if peer is not None:
            self._peers[peer] -= 1
            if not self._peers[peer]:
                del self._peers[peer]

    def _crowd(self, times: int = 1) -> str | None:
        """The address with the most strangers, if these are ``times`` too many, or all together are."""
        peer, most = max(self._peers.items(), key=lambda item: item[1], default=("", 0))
        crowded = most > times * self._most_a_peer or len(self._waiting) > times * self._most
        return peer if crowded else None

    def _oldest(self, peer: str) -> tuple[Guarded, float]:
        return next((one, since) for one, (address, since) in self._waiting.items() if address == peer)

    def _thin_later(self, loop: asyncio.AbstractEventLoop) -> None:
        peer = self._crowd()
        since = self._oldest(peer)[1] if peer is not None else loop.time()
        self._thinning = loop.call_at(since + self._grace_s, self._thin, loop)

    def _thin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Those that had their moment leave until there are few enough; the others are looked at when they had."""
        self._thinning = None
        while (peer := self._crowd()) is not None:
            stranger, since = self._oldest(peer)
            if loop.time() < since + self._grace_s:
                self._thin_later(loop)
                return
            stranger.leave()

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
