"""The life of the engine: one per user, found through ``engine.json``, gone when nobody needs it.

A lock file, held by the operating system for as long as the process lives, decides who is the
engine; ``engine.json`` tells the others where it is. Whoever holds the lock may sweep away what an
engine that was killed left behind.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI

from engine import __version__
from engine.errors import InputError, JobError
from engine.files import take_lock
from engine.jobs.database import Database
from engine.jobs.host import IDLE_S, ModelHost
from engine.jobs.loop import Jobs
from engine.jobs.store import Store, now
from engine.paths import data_dir, runtime_file, store_file
from engine.service.app import create_app
from engine.service.clients import Clients
from engine.types import Loader

LOOPBACK = "127.0.0.1"
WATCH_S = 0.5
START_S = 20.0


@dataclass(frozen=True)
class Runtime:
    """What ``engine.json`` holds: where the engine is, and the token that opens it."""

    host: str
    port: int
    token: str
    pid: int
    version: str
    started: str

    @property
    def url(self) -> str:
        """The engine's address."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


@dataclass(frozen=True)
class ServeOptions:
    """How an engine is served.

    Attributes:
        host, port: where it listens; port 0 takes a free one.
        names: further host names by which clients may call it.
        stay: keep serving when no client is left.
        idle_s: seconds without a job after which the model is freed.
        first_client_s, gone_after_s: see :class:`engine.service.clients.Clients`.
    """

    host: str = LOOPBACK
    port: int = 0
    names: tuple[str, ...] = ()
    stay: bool = False
    idle_s: float = IDLE_S
    first_client_s: float = 120.0
    gone_after_s: float = 120.0


def find_engine() -> Runtime | None:
    """Return the engine that runs now, None when there is none; what it does not answer to is not it."""
    runtime = read_runtime(runtime_file())
    return runtime if runtime and answers(runtime) else None


def serve(
    load: Loader,
    options: ServeOptions,
    *,
    models: Callable[[], list[dict[str, Any]]] = list,
    announce: Callable[[Runtime, bool], None],
) -> None:
    """Be the engine until nobody needs it; or, when there is one already, only announce it.

    Args:
        load: loads models.
        options: how to serve.
        models: lists the models there are.
        announce: told where the engine is, and whether it is this process.

    Raises:
        JobError: another engine holds the lock and does not answer, or the job database can't be used.
        InputError: the address can't be listened on.
    """
    lock = take_lock(data_dir() / "engine.lock")
    if lock is None:
        announce(_await_other(), False)
        return
    with lock:
        runtime_file().unlink(missing_ok=True)
        listener = _listen(options)
        runtime = Runtime(
            _callable(options.host),
            listener.getsockname()[1],
            secrets.token_urlsafe(32),
            os.getpid(),
            __version__,
            now(),
        )
        database = Database(store_file())
        jobs = Jobs(Store(database), ModelHost(load, idle_s=options.idle_s))
        clients = Clients(gone_after_s=options.gone_after_s, first_client_s=options.first_client_s)
        names = (options.host, *options.names)
        server = _server(
            create_app(jobs.store, jobs, runtime.token, clients=clients, models=models, hosts=names)
        )
        done = threading.Event()
        try:
            jobs.start()
            write_private(runtime_file(), json.dumps(asdict(runtime)))
            announce(runtime, True)
            if not options.stay:
                threading.Thread(target=_watch, args=(clients, jobs, server, done), daemon=True).start()
            server.run(sockets=[listener])
        finally:
            done.set()
            runtime_file().unlink(missing_ok=True)
            jobs.close()
            jobs.host.free()
            database.close()


def _server(app: FastAPI) -> uvicorn.Server:
    """Make a server that a signal asks to leave, from this moment on and not only while it runs."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        limit_concurrency=200,
        ws="none",
    )
    server = uvicorn.Server(config)

    def leave(number: int, frame: FrameType | None) -> None:
        server.should_exit = True

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, leave)
    return server


def _watch(clients: Clients, jobs: Jobs, server: uvicorn.Server, done: threading.Event) -> None:
    """Tell the server to leave once no client is there and no job runs or waits."""
    while not done.wait(WATCH_S):
        if not clients.anybody() and jobs.idle():
            server.should_exit = True


def read_runtime(path: Path) -> Runtime | None:
    """Return what a runtime file says, None when it is missing or damaged."""
    try:
        return Runtime(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def answers(runtime: Runtime, timeout_s: float = 5.0) -> bool:
    """Tell whether an engine is there that takes the file's token and has its process id."""
    connection = http.client.HTTPConnection(runtime.host, runtime.port, timeout=timeout_s)
    try:
        connection.request("GET", "/v1/health", headers={"Authorization": f"Bearer {runtime.token}"})
        answer = connection.getresponse()
        return answer.status == 200 and json.loads(answer.read()).get("pid") == runtime.pid
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def _await_other() -> Runtime:
    """Wait for the engine that holds the lock to be there for its callers."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        runtime = find_engine()
        if runtime:
            return runtime
        time.sleep(0.1)
    raise JobError(
        f"Another engine holds {data_dir() / 'engine.lock'} and has not answered for {START_S:.0f} s. "
        "End that process, or choose another data folder, and start again."
    )


def _listen(options: ServeOptions) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((options.host, options.port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise InputError(
            f"The engine can't listen on {options.host} port {options.port} ({error.strerror}). "
            "Choose another address, or port 0 for any free one."
        ) from error
    return listener


def _callable(host: str) -> str:
    """Return the address under which this machine reaches a listener on ``host``."""
    return {"0.0.0.0": LOOPBACK, "::": "::1"}.get(host, host)
