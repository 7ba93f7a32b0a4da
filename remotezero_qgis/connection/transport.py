"""How bytes reach the engine: plain HTTP from the standard library."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ..errors import EngineRefusedError, EngineUnreachableError
from ..i18n import tr
from .wire import Endpoint


@dataclass(frozen=True)
class Reply:
    """A whole answer: status and body."""

    status: int
    body: bytes


class Lines(Protocol):
    """An open answer, read line by line in one thread and closed from any other."""

    def __iter__(self) -> Iterator[bytes]: ...

    def close(self) -> None:
        """Wake the reader up and end the stream; safe in any thread, and more than once."""
        ...


class Transport(Protocol):
    """Sends a request and brings the answer back, or raises EngineUnreachableError."""

    endpoint: Endpoint

    def send(self, method: str, path: str, body: bytes | None, timeout_s: float) -> Reply:
        """Send one request and bring the whole answer back."""
        ...

    def open_lines(self, path: str, timeout_s: float) -> Lines:
        """Prepare an answer that is read line by line."""
        ...


class HttpTransport:
    """HTTP to one endpoint, one connection per request.

    Loopback is never sent through a proxy; ``https`` checks the certificate against the system's store.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    def send(self, method: str, path: str, body: bytes | None, timeout_s: float) -> Reply:
        """Send one request and read the whole answer."""
        connection = self._connect(timeout_s)
        try:
            connection.request(method, path, body, self._headers(body))
            response = connection.getresponse()
            return Reply(response.status, response.read())
        except (OSError, http.client.HTTPException) as error:
            raise unreachable(self.endpoint, error) from error
        finally:
            connection.close()

    def open_lines(self, path: str, timeout_s: float) -> Lines:
        """Prepare a stream; ``timeout_s`` is the longest silence between two lines.

        The request goes out with the first read, so that it, too, can be interrupted.
        """
        return HttpLines(self.endpoint, self._connect(timeout_s), path, self._headers(None))

    def _connect(self, timeout_s: float) -> http.client.HTTPConnection:
        end = self.endpoint
        if end.scheme == "https":
            return http.client.HTTPSConnection(
                end.host, end.port, timeout=timeout_s, context=ssl.create_default_context()
            )
        return http.client.HTTPConnection(end.host, end.port, timeout=timeout_s)

    def _headers(self, body: bytes | None) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self.endpoint.token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        return headers


class HttpLines:
    """An answer that comes in line by line; reading raises EngineRefusedError when it is an error."""

    def __init__(
        self, endpoint: Endpoint, connection: http.client.HTTPConnection, path: str, headers: dict[str, str]
    ) -> None:
        self._endpoint = endpoint
        self._connection = connection
        self._path = path
        self._headers = headers
        self._socket: socket.socket | None = None
        self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        try:
            response = self._open()
            if response.status >= 400:
                raise EngineRefusedError.from_body(response.status, response.read())
            while True:
                line = response.readline()
                if not line:
                    return
                if not line.endswith(b"\n"):
                    raise http.client.IncompleteRead(line)
                yield line
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise unreachable(self._endpoint, error) from error
        finally:
            self._connection.close()

    def close(self) -> None:
        """Shut the socket down, so that a reader waiting on it wakes at once."""
        self._closed = True
        if self._socket is None:
            return
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            self._connection.close()

    def _open(self) -> http.client.HTTPResponse:
        self._connection.connect()
        self._socket = self._connection.sock
        if self._closed:
            raise ConnectionAbortedError(tr("closed before it was read"))
        self._connection.request("GET", self._path, None, self._headers)
        return self._connection.getresponse()


def unreachable(endpoint: Endpoint, error: Exception) -> EngineUnreachableError:
    """Say where nobody answered, and why in plain words; what the system said stays the cause."""
    text = tr(
        "The engine at {host}:{port} does not answer ({reason}). Start it again from the panel; "
        "if it is on another machine, check the address in the settings.",
    )
    return EngineUnreachableError(text.format(host=endpoint.host, port=endpoint.port, reason=_reason(error)))


def _reason(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return tr("nothing listens there")
    if isinstance(error, socket.timeout):
        return tr("no answer in time")
    if isinstance(error, socket.gaierror):
        return tr("there is no computer of this name")
    if isinstance(error, ssl.SSLError):
        return tr("its certificate is not trusted here")
    return tr("the connection broke off")
