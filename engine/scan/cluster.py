"""Ray for one scan: started small, on loopback, with a token, silent, and gone afterwards; or a cluster that runs.

Nothing is asked of the network unasked: Ray's statistics of usage are off, its ports are those of loopback, and only
who has this run's token is served. Its dashboard is started where the user wants it.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import pickle
import secrets
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

import psutil

from engine.errors import InputError, JobCancelledError, JobError
from engine.types import Stop

EXTRA = "scan"
SHORT = "/tmp"
LONGEST_PLACE = 30
"""Ray puts sockets below its folder, whose paths may be a hundred characters long at most."""

TRIES = 4
"""Ray gives each of its parts a fixed time to start, which a busy machine may need more often than once."""

MARK = "REMOTEZERO_RAY"
"""Names the folder of the try that started a process, in its environment."""

END_S = 10.0
"""The longest wait for processes that were killed."""

LEAST_STORE_BYTES = 128 * 2**20

QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_BACKEND_LOG_LEVEL": "error",
    "RAY_DEDUP_LOGS": "0",
    "RAY_ENABLE_AUTO_CONNECT": "0",  # or a thread that outlives a cancelled scan would start another Ray
}

SPARING = {
    "RAY_enable_metrics_collection": "0",
    "RAY_task_events_report_interval_ms": "0",
    "REPORTER_UPDATE_INTERVAL_MS": "60000",
    "RAY_memory_monitor_refresh_ms": "1000",
    "RAY_prestart_worker_first_driver": "0",
    "RAY_num_workers_soft_limit": "0",
}
"""What Ray's own processes need not do where nobody watches them through its dashboard: measure, report, and hold
processes ready that no one asked for, each of which takes a hundredth of a slow core by waiting."""

UNUSED = ("start_monitor", "start_log_monitor", "start_api_server")
"""Ray's processes that a scan has no use for where it starts Ray for itself and shows no dashboard: what looks for more
machines, what carries lines of logs to a driver that does not want them, and what would serve the dashboard. Each takes
a hundredth of a slow core and seconds of the start, whose time is limited. ``ray start`` has switches for the first
two, ``ray.init`` for none; a name that a later Ray does not know is passed over, and then that process is there."""


def _nothing(*args: Any, **kwargs: Any) -> None:
    """Do nothing."""


UNWATCHED = {
    "register_dataset_to_stats_actor": staticmethod(_nothing),
    "update_execution_metrics": staticmethod(_nothing),
    "update_iteration_metrics": staticmethod(_nothing),
    "gen_dataset_id_from_stats_actor": staticmethod(lambda: uuid4().hex),
}
"""What Ray Data tells a process that it keeps for its dashboard's figures, where there is none, and what it asks of it:
a name, which it makes up itself where that process does not answer. The process is not started then, and does not wake
a hundred times a second beside the model. It has no switch."""

PACE_SHARE, PACE_S, PACE_GROWS = 0.003, 0.5, 0.05
"""Of a core, what Ray Data's scheduling may take; the longest that it rests for that; and by which share of the time
since it began that grows, so that a scan starts and a short one ends without waiting. A worker has the next of its
scenes in hand by then."""


@dataclass(frozen=True)
class Cluster:
    """What there is to work with.

    Attributes:
        gpus: GPUs of all machines.
        cores: cores of all machines that the scan may use.
        dashboard: its address; None where it was not started.
        token_file: holds the token that the dashboard asks for, until the scan ends; None where it is another's.
    """

    gpus: int
    cores: int
    dashboard: str | None = None
    token_file: Path | None = None

    def about_dashboard(self) -> str:
        """Where it is and how one gets in, in a sentence; nothing where there is none."""
        if self.dashboard is None:
            return ""
        asks = (
            f" It asks for a token: that in {self.token_file}, until the scan ends."
            if self.token_file
            else ""
        )
        return f"Ray's dashboard is at {self.dashboard}.{asks}"


class Paced:
    """Slows Ray Data's scheduling down to a small share of a core: an ``ExecutionCallback``, asked at its every step.

    Ray looks at what is finished ten times a second, which takes a thirtieth of a slow core, and that core is a
    model's. For workers on cores, which take longer for a parcel than it rests; what a GPU or a server finishes has to
    be seen at once.
    """

    def __init__(self) -> None:
        """Begin to count; made by the thread that schedules or by another."""
        self._before = (0.0, 0.0)
        self._began_s = time.monotonic()

    def before_execution_starts(self, executor: Any) -> None:
        """Nothing to do yet."""

    def on_execution_step(self, executor: Any) -> None:
        """Rest for as long as the step's processor time asks for."""
        cpu_s, now_s = time.thread_time(), time.monotonic()
        before_cpu_s, before_s = self._before
        if before_s:
            wanted_s = (cpu_s - before_cpu_s) / PACE_SHARE
            longest_s = min(PACE_S, PACE_GROWS * (now_s - self._began_s))
            time.sleep(max(0.0, min(longest_s, wanted_s - (now_s - before_s))))
        self._before = (time.thread_time(), time.monotonic())

    def after_execution_succeeds(self, executor: Any) -> None:
        """Nothing is left to do."""

    def after_execution_fails(self, executor: Any, error: Exception) -> None:
        """Nothing is left to do."""


def require_ray() -> None:
    """Raise InputError where Ray is not installed."""
    try:
        import ray.data  # noqa: F401
    except ImportError as error:
        raise InputError(
            "An archive is searched on Ray, which is not installed here. Install it beside the engine: "
            f"pip install 'remotezero-engine[{EXTRA}]'"
        ) from error


@contextmanager
def on_ray(
    address: str | None, *, slots: int, store_bytes: int, stop: Stop, dashboard: bool = False
) -> Iterator[Cluster]:
    """Be connected to Ray inside the ``with`` block; a cluster that the caller is connected to already is used.

    Args:
        address: of a cluster that runs; None to start one on this machine.
        slots: how many single cores the scan will ask for, on a cluster that is started.
        store_bytes: room for what lies between readers and workers, on a cluster that is started.
        stop: asked between two tries to start one.
        dashboard: start the dashboard as well.

    Raises:
        InputError: Ray is not installed, or there is no cluster at the address.
        JobError: Ray can't be started.
        JobCancelledError: ``stop`` became true.
    """
    settings = QUIET if address or dashboard else QUIET | SPARING
    os.environ.update({name: os.environ.get(name, value) for name, value in settings.items()})
    if address is None:
        _keep_to_itself()
    else:
        show_token(address)
    require_ray()
    import ray

    logging.getLogger("ray").setLevel(logging.ERROR)
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    if ray.is_initialized():
        yield _what_there_is(ray, None)
        return
    unwatched = {} if address or dashboard else UNWATCHED
    with _short_folder() as folder, _instead(_statistics(), unwatched):
        try:
            context = (
                _started(ray, folder, slots, max(store_bytes, LEAST_STORE_BYTES), dashboard, stop)
                if address is None
                else _joined(ray, address)
            )
            seen = context.dashboard_url if dashboard or address else None
            there_is = _what_there_is(ray, f"http://{seen}" if seen else None)
            yield replace(there_is, token_file=_token_in(folder)) if seen and address is None else there_is
        finally:
            with Attempt():
                ray.shutdown()


def _keep_to_itself() -> None:
    """Loopback and a token for what this process starts; has to be said before Ray is imported."""
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # this makes it take loopback as its address
    os.environ.setdefault(
        "RAY_AUTH_TOKEN", secrets.token_hex(32)
    )  # asked for, as long as nothing else is said
    os.environ.setdefault("RAY_worker_niceness", "0")  # Ray adds this to what its workers inherit from here


def show_token(address: str) -> None:
    """Have this user's token shown to a cluster on this machine; has to be said before Ray is imported.

    ``ray start`` asks for it, and Ray itself shows it only where no address is given. To another machine it is shown
    where the user says so (``RAY_AUTH_MODE=token``).
    """
    named = os.environ.get("RAY_AUTH_TOKEN_PATH")
    file = Path(named) if named else Path.home() / ".ray" / "auth_token"
    if is_here(address) and ("RAY_AUTH_TOKEN" in os.environ or file.is_file()):
        os.environ.setdefault("RAY_AUTH_MODE", "token")


def is_here(address: str) -> bool:
    """Whether an address of a cluster, with its port or without, is one of this machine's."""
    host = address.rpartition(":")[0] or address
    if host == "localhost":
        return True
    try:
        given = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == socket.gethostname()
    own = {one.address for some in psutil.net_if_addrs().values() for one in some}
    return given.is_loopback or str(given) in own


def _token_in(folder: Path) -> Path:
    """A file with the run's token, in a folder that nobody else reads."""
    path = folder / "dashboard-token"
    path.write_text(os.environ["RAY_AUTH_TOKEN"] + "\n", encoding="utf-8")
    return path


def _started(ray: Any, folder: Path, slots: int, store_bytes: int, dashboard: bool, stop: Stop) -> Any:
    attempt = Attempt()
    for number in range(TRIES):
        os.environ[MARK] = str(folder / str(number))
        with attempt, _instead(ray._private.node.Node, {} if dashboard else dict.fromkeys(UNUSED, _nothing)):
            return ray.init(
                num_cpus=slots,
                include_dashboard=dashboard,
                dashboard_host="127.0.0.1",
                log_to_driver=False,
                configure_logging=False,
                logging_level=logging.CRITICAL,
                object_store_memory=store_bytes,
                _temp_dir=str(folder / str(number)),
                _node_ip_address="127.0.0.1",
            )
        with Attempt():
            ray.shutdown()
        end_left_over(folder / str(number))
        if stop():
            raise JobCancelledError("The scan was cancelled before it began.")
        time.sleep(1 + number)
    raise JobError(
        f"Ray can't be started on this machine ({_first_line(attempt.error)}). See that a few hundred MB of memory "
        "and of /dev/shm are free and the machine is not busy, and start the scan again."
    ) from attempt.error


def unpacked(data: Any) -> Any:
    """What another process of the same scan packed: Ray itself hands on pickles, and asks for the run's token."""
    return pickle.loads(bytes(data))  # nosec B301 - a process of this scan wrote it


@contextmanager
def _instead(owner: type, others: Mapping[str, Any]) -> Iterator[None]:
    """Have a class do other things inside the ``with`` block; names that it does not have are passed over."""
    given = {name: vars(owner)[name] for name in others if name in vars(owner)}
    try:
        for name in given:
            setattr(owner, name, others[name])
        yield
    finally:
        for name, method in given.items():
            setattr(owner, name, method)


def _statistics() -> type:
    """What of Ray Data keeps its figures; a class without any where a later Ray has none of that name."""
    from ray.data._internal import stats

    return getattr(stats, "_StatsManager", object)


def end_left_over(folder: Path) -> None:
    """End what a try to start Ray left running, wherever it hangs by now.

    Ray forgets its processes where one of them does not come up in time, and of some the parent is gone. They would
    take from the next try what it has too little of. The mark in their environment says whose they are.
    """
    left = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):  # it has just ended, or is another user's
            if process.pid != os.getpid() and process.environ().get(MARK) == str(folder):
                process.kill()
                left.append(process)
    psutil.wait_procs(left, timeout=END_S)


class Attempt:
    """Keeps what goes wrong inside a ``with`` block: Ray raises bare exceptions where it can't be started or ended."""

    error: Exception | None = None

    def __enter__(self) -> None:
        """Forget what went wrong before."""
        self.error = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Swallow an error, but no interruption."""
        self.error = error if isinstance(error, Exception) else None
        return self.error is not None


def _joined(ray: Any, address: str) -> Any:
    try:
        return ray.init(address=address, log_to_driver=False, configure_logging=False)
    except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        raise InputError(
            f"There is no Ray cluster at {address} that can be used ({_first_line(error)}). Start one with "
            "`ray start --head`, or leave the address out. Where it is there and asks for a token, set "
            "RAY_AUTH_MODE=token, and give the token in RAY_AUTH_TOKEN or ~/.ray/auth_token."
        ) from error


def _what_there_is(ray: Any, dashboard: str | None) -> Cluster:
    has = ray.cluster_resources()
    return Cluster(int(has.get("GPU", 0)), int(has.get("CPU", 1)), dashboard)


@contextmanager
def _short_folder() -> Iterator[Path]:
    """A folder with a short name that nobody else reads; those of processes that were killed are swept."""
    place = tempfile.gettempdir()
    place = place if len(place) <= LONGEST_PLACE or not os.path.isdir(SHORT) else SHORT
    for left in Path(place).glob("rz-*-*"):
        pid = left.name.split("-")[1]
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"rz-{os.getpid()}-", dir=place))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _first_line(error: BaseException | None) -> str:
    text = str(error).strip()
    return text.splitlines()[0][:200] if text else type(error).__name__
