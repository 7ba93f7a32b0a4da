"""The jobs whose work is a process of its own: learning, evaluations, scans of archives, and getting a model.

A child has all the memory there is, ends with the engine, and is asked to end by a word; see :mod:`engine.jobs.child`.
"""

from __future__ import annotations

import json
from typing import Any

from engine.catalogue.getting import getting_command
from engine.jobs.child import (
    evaluating_command,
    run_child,
    scanning_command,
    trainer_command,
    write_request,
)
from engine.jobs.jobrun import JobRun
from engine.jobs.precheck import half_known
from engine.paths import job_dir
from engine.remote.keys import KEYS
from engine.scan.request import ScanRequest
from engine.wire import EvaluateRequest, GetRequest, checked


def run_improve(run: JobRun) -> dict[str, Any]:
    """Hand the request to the trainer, whose process gets all the memory there is."""
    run.host.free()
    folder = job_dir(run.job.id)
    request_file = write_request(folder, run.job.request)
    result = run_child(
        trainer_command(request_file),
        run.tell,
        run.stop,
        log_file=folder / "trainer.log",
        opening=KEYS.as_line(),
    )
    return {**result, "warnings": [*result.get("warnings", ()), *half_known(run.job.request)]}


def run_evaluate(run: JobRun) -> dict[str, Any]:
    """Measure a model against known boxes, in a process that gets all the memory there is; its page is the report."""
    request = checked(EvaluateRequest, run.job.request)
    run.host.free()
    folder = job_dir(run.job.id)
    values = {**request.model_dump(mode="json"), "output": request.output or str(folder)}
    command = evaluating_command(write_request(folder, values))
    log_file = folder / "evaluation.log"
    return run_child(
        command, run.tell, run.stop, log_file=log_file, opening=KEYS.as_line(), work="evaluation"
    )


def run_scan(run: JobRun) -> dict[str, Any]:
    """Search an archive of scenes, in a process that starts the others; what it finds lies in the request's folder.

    Resumed, it goes on with that folder: nothing of it is in the engine's own store.
    """
    request = checked(ScanRequest, run.job.request)
    run.host.free()
    folder = job_dir(run.job.id)
    command = scanning_command(write_request(folder, request.model_dump(mode="json")))
    result = run_child(
        command, run.tell, run.stop, log_file=folder / "scan.log", opening=KEYS.as_line(), work="scan"
    )
    return {**result, "warnings": [*result.get("warnings", ()), *half_known(run.job.request)]}


def run_get(run: JobRun) -> dict[str, Any]:
    """Get a model from the hub, in a process whose environment says how the hub is reached."""
    request = checked(GetRequest, run.job.request)
    folder = job_dir(run.job.id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = json.dumps({**request.model_dump(), "token": run.hub_token()})
    log_file = folder / "download.log"
    return run_child(
        getting_command(), run.tell, run.stop, log_file=log_file, opening=wanted, work="download"
    )
