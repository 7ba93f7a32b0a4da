"""HTTP to the one server that the user named: bounded in time, size and number, left at any moment.

Requests run in an event loop of a thread of their own. The caller waits in steps of a tenth of a second and asks its
``stop`` in between; to leave is to cancel, which closes the connections, and that ends the work on most servers.
No redirect is followed, and neither proxies nor passwords of the environment are used: nobody else is contacted.
"""

from __future__ import annotations

import asyncio
import json
import random
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import CancelledError, wait
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx2

from engine.errors import JobCancelledError, ServerError
from engine.remote.address import ServerAddress
from engine.remote.keys import KEYS, VARIABLE, ServerKeys
from engine.remote.refusals import BUSY, refusal_of, unreachable
from engine.remote.replies import Secret, read_json, words
from engine.types import Stop

Body = dict[str, Any]
Ask = Callable[[], tuple[str, Body]]
"""Makes one request when its turn comes: what follows the address, and the JSON that is sent there."""
Result = TypeVar("Result")

POLL_S = 0.1
LONGEST_PAUSE_S = 30.0


@dataclass(frozen=True)
class Limits:
    """How patient a client is.

    Attributes:
        at_once: requests under way at the same time.
        connect_s: longest wait for a connection.
        total_s: longest wait for one answer, from its request to its last byte: a server may load its model first.
        tries: how often a request is sent that meets a busy server or a broken connection.
        pause_s: wait before the second try; doubled for each further one.
        answer_bytes: longest answer that is read.
        error_bytes: so much is read of an answer that is no success.
    """

    at_once: int = 8
    connect_s: float = 10.0
    total_s: float = 600.0
    tries: int = 5
    pause_s: float = 0.5
    answer_bytes: int = 4 * 2**20
    error_bytes: int = 2**16


USUAL = Limits()


class Client:
    """Asks one server; used by one thread at a time.

    Args:
        address: the server.
        limits: how patient to be.
        keys: where its key is found, anew for each call.
    """

    def __init__(self, address: ServerAddress, limits: Limits = USUAL, keys: ServerKeys = KEYS) -> None:
        self.address = address
        self._limits, self._keys = limits, keys
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="server", daemon=True)
        self._thread.start()
        self._http: httpx2.AsyncClient | None = None

    def ask(self, asks: Sequence[Ask], stop: Stop) -> list[Any]:
        """Send requests, a few at a time; returns the JSON of the answers in the order of the requests.

        Raises:
            JobCancelledError: ``stop()`` became true; the connections are closed.
            ServerError: one of them has no answer, and why.
            InputError: the key can't be sent.
        """
        return self._run(self._ask_all(asks, Secret(self._keys.find(self.address))), stop)

    def models(self, stop: Stop) -> list[str]:
        """The names of the models that the server lists.

        Raises:
            JobCancelledError, ServerError, InputError: as for :meth:`ask`.
        """
        secret = Secret(self._keys.find(self.address))
        listed = self._run(self._with_retries("GET", "/models", None, secret), stop)
        rows = listed.get("data") if isinstance(listed, dict) else None
        names = [row.get("id") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        return [name for name in names if isinstance(name, str) and name]

    def close(self) -> None:
        """Close all connections, and end the thread."""
        if not self._loop.is_closed() and self._thread.is_alive():
            ended = asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop)
            wait([ended], timeout=1.0)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(1.0)
        if not self._thread.is_alive():
            self._loop.close()

    async def _hang_up(self) -> None:
        if self._http is not None:
            await self._http.aclose()

    def _run(self, work: Coroutine[Any, Any, Result], stop: Stop) -> Result:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        while not wait([future], timeout=0 if stop() else POLL_S).done:
            if stop():
                future.cancel()
                raise JobCancelledError(f"The job was cancelled while {self.address.host} was working on it.")
        try:
            return future.result()
        except CancelledError as error:
            raise JobCancelledError(f"The work of {self.address.host} was broken off.") from error

    async def _ask_all(self, asks: Sequence[Ask], secret: Secret) -> list[Any]:
        gate = asyncio.Semaphore(self._limits.at_once)

        async def one(ask: Ask) -> Any:
            async with gate:
                path, body = ask()
                return await self._with_retries("POST", path, body, secret)

        tasks = [asyncio.ensure_future(one(ask)) for ask in asks]
        try:
            return list(await asyncio.gather(*tasks))
        finally:
            for task in tasks:
                task.cancel()

    async def _with_retries(self, method: str, path: str, body: Body | None, secret: Secret) -> Any:
        content = None if body is None else json.dumps(body, allow_nan=False).encode("ascii")
        pause = self._limits.pause_s
        for tries_left in reversed(range(self._limits.tries)):
            try:
                async with asyncio.timeout(self._limits.total_s):
                    return await self._once(method, path, content, secret)
            except _TryAgain as again:
                if not tries_left:
                    raise again.error from None
                asked_for = again.after_s if again.after_s is not None else 0.0
                await asyncio.sleep(min(LONGEST_PAUSE_S, max(asked_for, pause * random.uniform(0.8, 1.2))))
                pause *= 2
            except TimeoutError as error:
                raise ServerError(
                    f"{self.address.host} has not answered within {self._limits.total_s:g} s. Look at what it is "
                    "doing; a smaller chip_px or max_new_tokens in the address makes its work shorter."
                ) from error
        raise ServerError(f"{self.address.host} was not asked.")

    async def _once(self, method: str, path: str, content: bytes | None, secret: Secret) -> Any:
        host, limits = self.address.host, self._limits
        http = self._http = self._http or self._connect()
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", **secret.headers()}
        if content is not None:
            headers["Content-Type"] = "application/json"
        try:
            async with http.stream(
                method, self.address.url + path, content=content, headers=headers
            ) as response:
                good = response.status_code == 200
                raw = await self._read(response, limits.answer_bytes if good else limits.error_bytes, good)
        except ServerError:  # said below, and a kind of OSError
            raise
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise _TryAgain(ServerError(unreachable(error, host))) from error
        except (httpx2.HTTPError, httpx2.StreamError, OSError) as error:
            raise _TryAgain(
                ServerError(
                    f"The connection to {host} broke off before the answer was whole. Look at the server's own log; "
                    "resume the job once it runs again."
                )
            ) from error
        answer = read_json(raw, secret, host) if good else None
        if good and not _is_refusal(answer):
            return answer
        refusal = ServerError(
            refusal_of(
                response.status_code, host, words(raw, secret), has_key=secret.there, variable=VARIABLE
            ),
            response.status_code,
        )
        if response.status_code in BUSY:
            raise _TryAgain(refusal, _seconds(response.headers.get("Retry-After")))
        raise refusal

    def _connect(self) -> httpx2.AsyncClient:
        limits = self._limits
        encrypted = self.address.url.startswith("https:")
        try:
            verify = httpx2.create_ssl_context(trust_env=True) if encrypted else False
        except OSError as error:  # a kind of which is that of the ssl module
            raise ServerError(
                "The file of certificates that the environment names (SSL_CERT_FILE or SSL_CERT_DIR) can't be read, "
                f"and {self.address.host} is asked over https. Correct it, or unset it."
            ) from error
        return httpx2.AsyncClient(
            verify=verify,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx2.Timeout(limits.total_s, connect=limits.connect_s),
            limits=httpx2.Limits(max_connections=limits.at_once),
            headers={"User-Agent": "remotezero"},
        )

    async def _read(self, response: httpx2.Response, most: int, good: bool) -> bytes:
        """The body, up to ``most`` bytes; a success that is longer, or packed, is refused."""
        host = self.address.host
        if good and response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            raise ServerError(
                f"{host} packs its answers though it was asked not to, and what unpacks to any size is not read. "
                "Turn compression off in the server or in what stands before it."
            )
        parts, size = [], 0
        async for part in response.aiter_raw():
            parts.append(part)
            size += len(part)
            if size > most and good:
                raise ServerError(
                    f"{host} answers with more than {most / 2**20:.0f} MiB, which no answer to a question is. "
                    "Is it a model server? Check the address."
                )
            if size > most:
                break
        return b"".join(parts)[:most]


class _TryAgain(Exception):
    """What may go better soon; ``error`` is said where it does not."""

    def __init__(self, error: ServerError, after_s: float | None = None) -> None:
        super().__init__(str(error))
        self.error, self.after_s = error, after_s


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else None


def _is_refusal(answer: Any) -> bool:
    """An error that is sent as a success; LM Studio does so."""
    return isinstance(answer, dict) and bool(answer.get("error")) and not answer.get("choices")
