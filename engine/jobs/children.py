"""The jobs whose work is a process of its own that needs all the memory there is: learning, evaluations, scans.

A child ends with the engine, and is asked to end by a word; see :mod:`engine.jobs.child`. What it keeps on the way lies
in files, so that a job that is resumed goes on from them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.jobs.child import (
    Tell,
    evaluating_command,
    run_child,
    scanning_command,
    trainer_command,
    write_request,
)
from engine.remote.keys import KEYS
from engine.scan.request import KEPT, ScanRequest
from engine.types import Stop
from engine.wire import EvaluateRequest, checked

ANSWERS = "Its answers so far are kept."
"""What is said of an evaluation that ended early."""


def improve(request: dict[str, Any], folder: Path, tell: Tell, stop: Stop) -> dict[str, Any]:
    """Hand a request to the trainer; ``folder`` is the job's own, where it keeps its rounds."""
    command = trainer_command(write_request(folder, request), request.get("gpus"))
    return run_child(command, tell, stop, log_file=folder / "trainer.log", opening=KEYS.as_line())


def evaluate(request: dict[str, Any], folder: Path, tell: Tell, stop: Stop) -> dict[str, Any]:
    """Measure a model against known boxes; its page is the job's report."""
    values = checked(EvaluateRequest, request).model_dump(mode="json")
    output = str(folder / (values["output"] or ""))  # a whole path stays what it is
    command = evaluating_command(write_request(folder, {**values, "output": output}))
    return run_child(
        command,
        tell,
        stop,
        log_file=folder / "evaluation.log",
        opening=KEYS.as_line(),
        work="evaluation",
        kept=ANSWERS,
    )


def scan(request: dict[str, Any], folder: Path, tell: Tell, stop: Stop) -> dict[str, Any]:
    """Search an archive of scenes; what is found lies in the request's folder, and a resumed job goes on with that."""
    values = checked(ScanRequest, request).model_dump(mode="json")
    command = scanning_command(write_request(folder, {**values, "output": str(folder / values["output"])}))
    return run_child(
        command, tell, stop, log_file=folder / "scan.log", opening=KEYS.as_line(), work="scan", kept=KEPT
    )


CHILDREN = {"improve": improve, "evaluate": evaluate, "scan": scan}
"""The jobs that are done so, by kind."""
