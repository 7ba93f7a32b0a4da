"""``python -m trainer [--keys] REQUEST.json``: one run as a child process.

Events are lines of JSON on standard output, ``{"type": …, "data": {…}}`` with the types ``progress``,
``log``, ``round``, ``result`` and ``error``. A line ``cancel`` on standard input, or its end where it is a
pipe, asks the run to keep the best it has and to end. A second run over the same ``run_dir`` goes on where
the first one stopped. With ``--keys`` the first line of standard input holds the keys of model servers, which so are
in no file and on no command line.

``accelerate launch -m trainer REQUEST.json`` starts it once for every GPU: the training of each round is shared. The
first process does all the rest, and is the only one that reads standard input and tells anything.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from engine.errors import InputError, JobCancelledError, RemoteZeroError
from engine.paths import data_dir
from engine.remote.keys import KEYS
from engine.telling import Events, take_stdout, watch_stdin
from engine.wrong_fields import unreadable
from trainer.archive import sampled
from trainer.config import TrainingRequest, parse_request
from trainer.dataset import plan_run

EXIT_OK, EXIT_REFUSED, EXIT_CANCELLED = 0, 2, 4
ASK_AGAIN_S = 0.5


def read_request(path: Path) -> TrainingRequest:
    """Read the request file.

    Raises:
        InputError: it can't be read, or asks for something impossible.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"The request {path} can't be read ({unreadable(error)}). Give a JSON file."
        ) from error
    if not isinstance(data, dict):
        raise InputError(f"The request {path} holds a {type(data).__name__}. Give a JSON object.")
    return parse_request(data)


def main(arguments: list[str]) -> int:
    """Run, and return the exit code."""
    events, cancelled, (number, size) = take_stdout(), threading.Event(), place()
    try:
        with_keys = arguments[:1] == ["--keys"]
        arguments = arguments[1:] if with_keys else arguments
        if number == 0:
            if with_keys:
                KEYS.take_line(sys.stdin.readline())
            watch_stdin(cancelled)
        if len(arguments) != 1:
            raise InputError(
                f"One request file is expected, but {len(arguments)} arguments came: {arguments}."
            )
        request = read_request(Path(arguments[0]))
        if size > 1 and request.only is None:
            result = improve_together(request, events, cancelled, size)
        else:
            result = improve(request, events, cancelled) if number == 0 else {}
        if number == 0:
            events.emit("result", result)
    except RemoteZeroError as error:
        if number == 0:
            events.fail(error)
        return EXIT_CANCELLED if isinstance(error, JobCancelledError) else EXIT_REFUSED
    return EXIT_OK


def place() -> tuple[int, int]:
    """Number of this process and how many share the run, as a launcher says it; (0, 1) without one."""
    return int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))


def improve(request: TrainingRequest, events: Events, cancelled: threading.Event) -> dict[str, Any]:
    """Plan, or prepare and run the rounds; torch is imported only after the request was found good."""
    if request.only == "plan":
        return plan_run(request, cancelled.is_set)
    if request.gpus > 1 and request.only is None:
        raise InputError(
            f"The request asks for {request.gpus} GPUs, but one process was started. Start it by "
            f"accelerate launch --num_processes {request.gpus} -m trainer, or leave `gpus` out."
        )
    from trainer.preparation import prepare_run, propose_questions
    from trainer.rounds import Rounds

    with alone_in(run_folder(request), events, cancelled) as folder:
        request = _sampled(request, folder, events, cancelled)
        if request.only == "questions":
            return {"queries": propose_questions(request, folder, events.emit, cancelled.is_set)}
        prepared = prepare_run(request, folder, events.emit, cancelled.is_set)
        return Rounds(prepared, events.emit, cancelled.is_set).run()


def improve_together(
    request: TrainingRequest, events: Events, cancelled: threading.Event, size: int
) -> dict[str, Any]:
    """The same as one of several processes; one that follows ends with nothing to tell."""
    from trainer.preparation import prepare_run
    from trainer.rollout.crew import Crew, ending_together
    from trainer.rounds import Rounds
    from trainer.shares import Opening, follow

    with ending_together(size, events), Crew.joined() as crew:
        if not crew.leads:
            follow(crew)
            return {}
        crew.share_of(request.prompts)
        with alone_in(run_folder(request), events, cancelled) as folder:
            request = _sampled(request, folder, events, cancelled)
            prepared = prepare_run(request, folder, events.emit, cancelled.is_set)
            crew.order(Opening(prepared.request, folder, KEYS.as_line()), answered=False)
            return Rounds(prepared, events.emit, cancelled.is_set, crew).run()


def _sampled(
    request: TrainingRequest, folder: Path, events: Events, cancelled: threading.Event
) -> TrainingRequest:
    """The request with the rasters that are learned from, where it names an archive."""
    request, sample = sampled(request, folder, cancelled.is_set)
    if sample is not None:
        events.emit("log", {"stage": "chips", "message": sample.sentence()})
    return request


def run_folder(request: TrainingRequest) -> Path:
    """Where the run is kept."""
    from trainer.state import new_stamp

    return request.run_dir or data_dir() / "runs" / f"improve-{new_stamp()}"


@contextmanager
def alone_in(folder: Path, events: Events, cancelled: threading.Event) -> Iterator[Path]:
    """Hold the run's folder; an earlier trainer that is still judging its round there is waited for.

    Raises:
        JobCancelledError: cancelled while waiting.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "run.lock", poll_interval=ASK_AGAIN_S)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        events.emit("log", {"message": "Waiting for the earlier trainer of this run to end."})
        try:
            lock.acquire(cancel_check=cancelled.is_set)
        except Timeout as error:
            raise JobCancelledError(
                "The run was cancelled while it waited for an earlier trainer to end."
            ) from error
    try:
        yield folder
    finally:
        lock.release()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
