"""The engine's life as QGIS sees it: find the running one, start it, wait until it answers.

Everything here waits; use it off the main thread, except :func:`launch_from_settings`.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from qgis.PyQt.QtCore import QIODevice, QProcess, QProcessEnvironment

from ..errors import EngineError, EngineMissingError, EngineUnreachableError, RunCancelledError
from ..i18n import tr
from ..settings import Settings, remote_token
from .client import EngineClient
from .environment import Proxy, child_environment
from .proxy import qgis_proxy
from .runtime import find_runtime
from .transport import HttpTransport
from .wire import Endpoint

RUNTIME_FILE = "engine.json"
LOG_FILE = "engine.log"
START_TIMEOUT_S = 90.0
STUCK_TIMEOUT_S = 45.0
POLL_S = 0.1
NICENESS = 5
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Launch:
    """How to come by an engine.

    Attributes:
        home: the data folder that the engine works in.
        program: the interpreter; "" when no engine is installed.
        arguments: what it is started with.
        folder: working folder of the process.
        remote: an engine on another machine; then nothing is ever started here.
        environment: variables set for the child on top of the scrubbed environment.
        proxy: of QGIS's network options; the engine gets models through it.
    """

    home: Path
    program: str = ""
    arguments: tuple[str, ...] = ("-m", "engine", "serve")
    folder: Path | None = None
    remote: Endpoint | None = None
    environment: dict[str, str] = field(default_factory=dict)
    proxy: Proxy | None = None

    @property
    def possible(self) -> bool:
        """True when there is something to start or to connect to."""
        return self.remote is not None or bool(self.program)


def launch_from_settings(settings: Settings) -> Launch:
    """Gather what starting the engine needs; main thread, because the token may be in QgsAuthManager."""
    if settings.is_remote:
        return Launch(settings.home, remote=remote_endpoint(settings.engine_url, remote_token(settings)))
    runtime = find_runtime(settings.home, settings.runtime_python)
    checkout = Path(__file__).resolve().parents[2]
    folder = checkout if (checkout / "engine" / "__main__.py").is_file() else None
    program = runtime.python if runtime else ""
    return Launch(settings.home, program=program, folder=folder, proxy=qgis_proxy())


def remote_endpoint(url: str, token: str) -> Endpoint:
    """Read ``http(s)://host:port``; raises EngineMissingError when it is something else."""
    parts = urlsplit(url if "//" in url else f"http://{url}")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        port = 0
    if parts.scheme not in ("http", "https") or not parts.hostname or not port:
        raise EngineMissingError(
            tr(
                "The engine's address {url} can't be used. Enter it as http://host:port in the settings."
            ).format(url=repr(url))
        )
    return Endpoint(parts.hostname, port, token, parts.scheme)


def find_endpoint(home: Path) -> Endpoint | None:
    """Return where the data folder's runtime file says an engine listens; it may be dead."""
    try:
        data = json.loads((home / RUNTIME_FILE).read_text(encoding="utf-8"))
        return Endpoint(
            str(data.get("host", "127.0.0.1")), int(data["port"]), str(data["token"]), pid=data.get("pid")
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def find_engine(launch: Launch, timeout_s: float = 2.0) -> EngineClient | None:
    """Return a client of the engine that answers right now, or None; starts nothing."""
    endpoint = launch.remote or find_endpoint(launch.home)
    if endpoint is None:
        return None
    client = EngineClient(HttpTransport(endpoint))
    try:
        client.health(timeout_s)
    except EngineUnreachableError:
        return None
    except EngineError:
        if launch.remote is not None:
            raise
        return None  # something else listens where an engine once did
    return client


def ensure_engine(launch: Launch, stop: Stop) -> EngineClient:
    """Return a client of an engine that answers, starting one where needed.

    Args:
        launch: how to come by it.
        stop: asked many times a second; True gives up.

    Raises:
        EngineMissingError: nothing is installed, or its program can't be started.
        EngineUnreachableError: it was started, or is there, and does not answer in time.
        RunCancelledError: ``stop()`` became true.
    """
    endpoint = launch.remote or find_endpoint(launch.home)
    if endpoint is not None:
        client = _wait_while_stuck(endpoint, stop, ours=launch.remote is None)
        if client is not None:
            return client
    if launch.remote is not None:
        raise EngineUnreachableError(
            tr(
                "The engine at {host}:{port} does not answer. Ask whoever runs it, or check the address."
            ).format(host=launch.remote.host, port=launch.remote.port)
        )
    _raise_if(stop)
    return _wait_for_start(launch, _start(launch), stop)


def _variables(launch: Launch) -> dict[str, str]:
    return {**child_environment(os.environ, launch.home, launch.proxy), **launch.environment}


def _environment(launch: Launch) -> QProcessEnvironment:
    environment = QProcessEnvironment()
    for name, value in _variables(launch).items():
        environment.insert(name, value)
    return environment


def _wait_while_stuck(endpoint: Endpoint, stop: Stop, *, ours: bool) -> EngineClient | None:
    """Return a client once the engine answers, None when none listens there any more.

    After a power cut the runtime file may name a port that something else has by now.
    """
    client = EngineClient(HttpTransport(endpoint))
    deadline = time.monotonic() + STUCK_TIMEOUT_S
    while True:
        try:
            client.health(timeout_s=5.0)
            return client
        except EngineUnreachableError as error:
            if isinstance(error.__cause__, ConnectionRefusedError):
                return None
            if ours and endpoint.pid is not None and not _is_alive(endpoint.pid):
                return None
            if time.monotonic() > deadline:
                raise
        except EngineError:
            if ours:
                return None
            raise
        _pause(stop)


def _start(launch: Launch) -> int:
    if not launch.program:
        raise EngineMissingError(tr("The engine is not installed yet. Set it up from the RemoteZero panel."))
    (launch.home / "tmp").mkdir(mode=0o700, parents=True, exist_ok=True)
    process = QProcess()
    process.setProgram(launch.program)
    process.setArguments(list(launch.arguments))
    process.setWorkingDirectory(str(launch.folder or launch.home))
    process.setProcessEnvironment(_environment(launch))
    process.setStandardInputFile(QProcess.nullDevice())
    process.setStandardOutputFile(str(launch.home / LOG_FILE), QIODevice.OpenModeFlag.Append)
    process.setStandardErrorFile(str(launch.home / LOG_FILE), QIODevice.OpenModeFlag.Append)
    started, pid = process.startDetached()
    if not started:
        raise EngineMissingError(
            tr(
                "The engine's program {program} can't be started. Repair the installation in the settings."
            ).format(program=launch.program)
        )
    _give_way(int(pid))
    return int(pid)


def _give_way(pid: int) -> None:
    """Lower the engine's priority: on a processor it would otherwise starve QGIS's own threads."""
    if not hasattr(os, "setpriority"):
        return
    try:
        priority = os.getpriority(os.PRIO_PROCESS, pid)
        os.setpriority(os.PRIO_PROCESS, pid, min(19, priority + NICENESS))
    except ProcessLookupError:
        return


def _wait_for_start(launch: Launch, pid: int, stop: Stop) -> EngineClient:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        alive = _is_alive(pid)
        client = find_engine(launch)
        if client is not None:
            return client
        if not alive:
            break
        _pause(stop)
    raise EngineUnreachableError(
        tr("The engine was started but does not answer. Its log ends with: {log} (all of it: {path})").format(
            log=log_tail(launch.home), path=str(launch.home / LOG_FILE)
        )
    )


def _is_alive(pid: int) -> bool:
    """Say whether the process is there; Windows has no harmless way to ask, so there it always is."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def log_tail(home: Path, length: int = 300) -> str:
    """Return the end of the engine's log, for an error message."""
    try:
        return (home / LOG_FILE).read_text(encoding="utf-8", errors="replace")[-length:].strip() or tr(
            "nothing."
        )
    except OSError:
        return tr("nothing.")


def _pause(stop: Stop) -> None:
    _raise_if(stop)
    time.sleep(POLL_S)


def _raise_if(stop: Stop) -> None:
    if stop():
        raise RunCancelledError(tr("Cancelled."))
