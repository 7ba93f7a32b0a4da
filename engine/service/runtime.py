"""The life of the engine: one per user, found through ``engine.json``, gone when nobody needs it.

A lock file, held by the operating system for as long as the process lives, decides who is the
engine; ``engine.json`` tells the others where it is. Whoever holds the lock may sweep away what an
engine that was killed left behind.
"""

from __future__ import annotations

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
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI

from engine import __version__
from engine.errors import InputError, JobError
from engine.files import take_lock, write_atomic
from engine.jobs.database import Database
from engine.jobs.host import IDLE_S, ModelHost
from engine.jobs.loop import Check, Jobs
from engine.jobs.results import Results
from engine.jobs.store import Job, Store, now
from engine.paths import data_dir, runtime_file, store_file
from engine.service.address import EngineAddress, find_engine
from engine.service.app import create_app
from engine.service.clients import Clients
from engine.service.models import HubTokenKeeper
from engine.types import Loader, OutlinerLoader, Stop

RunWithToken = Callable[[Job, Results, ModelHost, Stop, HubTokenKeeper], dict[str, Any]]
"""Runs one job to its result; see :func:`engine.jobs.runs.run_job`."""

LOOPBACK = "127.0.0.1"
WATCH_S = 0.5
START_S = 20.0


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


def serve(
    load: Loader,
    run_job: RunWithToken,
    options: ServeOptions,
    *,
    models: Callable[[], list[dict[str, Any]]] = list,
    check: Check | None = None,
    load_outliner: OutlinerLoader | None = None,
    announce: Callable[[EngineAddress, bool], None],
) -> None:
    """Be the engine until nobody needs it; or, when there is one already, only announce it.

    Args:
        load: loads models.
        run_job: runs one job to its result.
        options: how to serve.
        models: lists the models there are.
        check: refuses jobs that would be run in vain, before they are queued.
        load_outliner: loads models that draw outlines.
        announce: told where the engine is, and whether it is this process.

    Raises:
        JobError: another engine holds the lock and does not answer, or the job database can't be used.
        InputError: the address can't be listened on.
    """
    lock = take_lock(data_dir() / "engine.lock")
    if lock is None:
        announce(_await_other(), False)
        return
    try:
        _be_engine(
            lambda: ModelHost(load, idle_s=options.idle_s, load_outliner=load_outliner),
            run_job,
            options,
            models,
            check,
            announce,
        )
    finally:
        lock.release()


def _be_engine(
    make_host: Callable[[], ModelHost],
    run_job: RunWithToken,
    options: ServeOptions,
    models: Callable[[], list[dict[str, Any]]],
    check: Check | None,
    announce: Callable[[EngineAddress, bool], None],
) -> None:
    runtime_file().unlink(missing_ok=True)
    listener = _listen(options)
    address = EngineAddress(
        _callable(options.host),
        listener.getsockname()[1],
        secrets.token_urlsafe(32),
        os.getpid(),
        __version__,
        now(),
    )
    database = Database(store_file())
    token = HubTokenKeeper()

    def run(job: Job, results: Results, host: ModelHost, stop: Stop) -> dict[str, Any]:
        return run_job(job, results, host, stop, token)

    jobs = Jobs(Store(database), make_host(), run, check)
    clients = Clients(gone_after_s=options.gone_after_s, first_client_s=options.first_client_s)
    names = (options.host, *options.names)
    app = create_app(
        jobs.store, jobs, address.token, clients=clients, models=models, hub_token=token, hosts=names
    )
    server = _server(app)
    done = threading.Event()
    try:
        jobs.start()
        write_atomic(runtime_file(), json.dumps(asdict(address)), private=True)
        announce(address, True)
        if not options.stay:
            threading.Thread(target=_watch, args=(clients, jobs, server, done), daemon=True).start()
        server.run(sockets=[listener])
    finally:
        done.set()
        runtime_file().unlink(missing_ok=True)
        if jobs.close():  # else the thread may hold the model, whose memory goes with the process
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


def _await_other() -> EngineAddress:
    """Wait for the engine that holds the lock to be there for its callers."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        address = find_engine()
        if address:
            return address
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
