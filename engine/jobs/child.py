"""Runs long work in a child process and hands on what it says, line by line.

The child is ``python -m trainer REQUEST.json``, an evaluation, a scan, or what gets models from the hub. It writes one
JSON object a line to its standard output: ``{"type": …, "data": {…}}``, of the types ``progress``, ``round``, ``log``,
``result`` and ``error``. A line ``cancel`` on its standard input, or the end of that input, asks it to keep the best
it has and to end. It is out of reach of the terminal's Ctrl-C, which reaches it as that line.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from engine import errors
from engine.errors import JobCancelledError, JobError, RemoteZeroError
from engine.jsontext import json_text
from engine.types import Stop

GRACE_S = 60.0
POLL_S = 0.2
LAST_CHARS = 300
MOST_GPUS = 64

Tell = Callable[[str, dict[str, Any]], None]


def trainer_command(request_file: Path, gpus: Any = 1) -> list[str]:
    """Return the command line of the trainer: this Python, its own process; its opening line holds keys of servers.

    Args:
        request_file: what it is to do.
        gpus: as the request says it: for more than one it is started once for each, and they share the learning. What
            is no such number is left for the trainer to refuse.
    """
    trainer = ["-m", "trainer", "--keys", str(request_file)]
    if not (isinstance(gpus, int) and 1 < gpus <= MOST_GPUS):
        return [sys.executable, "-u", *trainer]
    launch = ["-m", "accelerate.commands.launch", "--multi_gpu", "--num_processes", str(gpus)]
    # All that a user's own settings of the launcher might say otherwise; port 0 takes a free one.
    launch += ["--num_machines", "1", "--mixed_precision", "no", "--dynamo_backend", "no"]
    return [sys.executable, "-u", *launch, "--main_process_port", "0", *trainer]


def evaluating_command(request_file: Path) -> list[str]:
    """Return the command line of an evaluation: its own process, as the trainer's; its opening line holds keys."""
    return [sys.executable, "-u", "-m", "engine.evaluate", str(request_file)]


def scanning_command(request_file: Path) -> list[str]:
    """Return the command line of a scan: its own process, as the trainer's; its opening line holds keys."""
    return [sys.executable, "-u", "-m", "engine.scan.run", str(request_file)]


def write_request(folder: Path, request: dict[str, Any]) -> Path:
    """Write a request where the child will read it; the folder is made, for the child to keep things in."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "request.json"
    path.write_text(json_text({**request, "run_dir": str(folder)}, indent=2), encoding="utf-8")
    return path


def run_child(
    command: Sequence[str],
    tell: Tell,
    stop: Stop,
    *,
    log_file: Path,
    opening: str = "",
    work: str = "training",
    kept: str = "",
    grace_s: float = GRACE_S,
) -> dict[str, Any]:
    """Run a child process to its end, handing each of its events to ``tell(type, data)``.

    Args:
        command: the command line.
        tell: called for every event but ``result`` and ``error``, those of a child that was asked to end
            included; what it raises ends the child.
        stop: asked several times a second; once true, the child is asked to end.
        log_file: receives the child's standard error.
        opening: the first line of the child's standard input, for what belongs in no file and on no command line.
        work: what it does, for messages.
        kept: what a child leaves that has to be ended, for the message of a stop that it did not answer itself.
        grace_s: how long a child that was asked to end may take, before it is made to.

    Returns:
        The data of its ``result`` event.

    Raises:
        JobCancelledError: ``stop`` became true.
        RemoteZeroError: what the child's ``error`` event says, as the class it names.
        JobError: the child ended without a result.
    """
    with (
        log_file.open("ab") as log,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        ) as child,
    ):
        grace = _Grace(grace_s)
        try:
            if opening:
                _write(child, opening)
            result = _relay(child, tell, stop, grace, f"The {work} was cancelled. {kept}".rstrip())
            code = child.wait(timeout=grace_s)
        finally:
            _end(child, grace)
    if result is None:
        raise JobError(
            f"The {work} process {_how(code, log_file)} Resume the job to go on from its last step."
        )
    return result


class _Grace:
    """The time that a child has left once it was asked to end; it is asked once."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._deadline = seconds, float("inf")

    @property
    def begun(self) -> bool:
        return self._deadline < float("inf")

    @property
    def over(self) -> bool:
        return time.monotonic() > self._deadline

    def begin(self, child: subprocess.Popen[bytes]) -> None:
        """Ask the child to end, unless that has been done."""
        if self.begun:
            return
        self._deadline = time.monotonic() + self._seconds
        with suppress(BrokenPipeError):
            _write(child, "cancel")
        with suppress(BrokenPipeError):  # closed even so, or it would be flushed once more by whoever waits
            _pipe(child.stdin).close()


def _write(child: subprocess.Popen[bytes], line: str) -> None:
    stdin = _pipe(child.stdin)
    stdin.write(line.encode("utf-8") + b"\n")
    stdin.flush()


def _relay(
    child: subprocess.Popen[bytes], tell: Tell, stop: Stop, grace: _Grace, cancelled: str
) -> dict[str, Any] | None:
    """Read events until the child's output ends, or it has had its time after a stop; returns its result."""
    lines: queue.Queue[bytes | None] = queue.Queue(maxsize=1000)
    reader = threading.Thread(target=_read_lines, args=(_pipe(child.stdout), lines), daemon=True)
    reader.start()
    result: dict[str, Any] | None = None
    while True:
        if not grace.begun and stop():
            grace.begin(child)
        try:
            line = None if grace.over else lines.get(timeout=POLL_S)
        except queue.Empty:
            continue
        if line is None:
            if grace.begun:
                raise JobCancelledError(cancelled)
            return result
        kind, data = parse_line(line)
        if kind == "error":
            raise _error(data)
        if kind == "result":
            result = data
        else:
            tell(kind, data)


def parse_line(line: bytes) -> tuple[str, dict[str, Any]]:
    """Return the type and data of one line; a line that is no event becomes a ``log`` event."""
    text = line.decode("utf-8", errors="replace").rstrip()
    try:
        event = json.loads(text)
    except ValueError:
        event = None
    kind, data = (event.get("type"), event.get("data")) if isinstance(event, dict) else (None, None)
    if kind in ("progress", "round", "log", "result", "error") and isinstance(data, dict):
        return kind, data
    return "log", {"message": text[:2000]}


def _read_lines(stream: Iterable[bytes], lines: queue.Queue[bytes | None]) -> None:
    for line in stream:
        if line.strip():
            lines.put(line)
    lines.put(None)


def _error(data: dict[str, Any]) -> RemoteZeroError:
    cls = getattr(errors, str(data.get("type")), JobError)
    known = isinstance(cls, type) and issubclass(cls, RemoteZeroError)
    message = str(data.get("message") or "The work failed and nothing was said of it.")
    return cls(message) if known else JobError(message)


def _end(child: subprocess.Popen[bytes], grace: _Grace) -> None:
    """See the child off: a word, then the time to follow it, then less politely."""
    if child.poll() is None:
        grace.begin(child)
        while child.poll() is None and not grace.over:
            time.sleep(POLL_S / 4)
    for harder in (child.terminate, child.kill):
        if child.poll() is None:
            harder()
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=5)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise JobError("The child process has no pipe to talk through. Start the job again.")
    return pipe


def _how(code: int, log_file: Path) -> str:
    """How a child ended that told no result, in a sentence: by a signal, or with the last line of its log."""
    if code < 0:
        return f"was ended by signal {-code}; where memory is short, the system does that."
    with log_file.open("rb") as log:
        last = deque((line for line in log if line.strip()), maxlen=1)
    words = b"".join(last).decode("utf-8", errors="replace").strip()[:LAST_CHARS]
    told = f" Its last words were: {words.rstrip('.')}." if words else ""
    return f"ended unexpectedly, with code {code}.{told} All of them are in {log_file}."
