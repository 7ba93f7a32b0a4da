"""All that the OpenAPI document describes, with the token and without, on a running engine."""

from __future__ import annotations

import atexit
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import positive_data_acceptance

from engine import errors
from engine.errors import RemoteZeroError
from engine.service.address import EngineAddress, read_address

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = 20
PATIENCE_S = 20.0
"""An answer that takes longer hangs."""

SAID_OTHERWISE = [positive_data_acceptance, not_a_server_error]
"""That one number must be below another is a rule which a schema can't put into words, and a 5XX that says what is
missing is no failing server: see :func:`is_told`."""


def called(draw: random.Random, folder: Path) -> str:
    """One operation, called as its schema says and as it does not, with the token or without.

    With it the engine answers as described. Without it every call gets the same refusal, and nothing of the engine
    is learned from it.
    """
    address = _engine()
    schema = _schema()
    operations = [operation.ok() for operation in schema.get_all_operations()]
    operation = draw.choice(operations)
    known = draw.random() < 0.5
    refusable = operation.body or operation.query
    mode = draw.choice(list(GenerationMode)) if refusable else GenerationMode.POSITIVE
    token = {"Authorization": f"Bearer {address.token}"} if known else {}

    @seed(draw.randrange(2**32))
    @settings(max_examples=EXAMPLES, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: schemathesis.Case) -> None:
        if known:
            answer = case.call(headers=token, timeout=PATIENCE_S)
            assert answer.status_code < 500 or is_told(answer.status_code, answer.content), (
                f"{operation.label}: {answer.status_code} {answer.content[:300]!r}"
            )
            case.validate_response(answer, excluded_checks=SAID_OTHERWISE)
            return
        answer = case.call(headers={"Authorization": ""}, timeout=PATIENCE_S)
        told = (answer.status_code, answer.content, sorted(set(answer.headers) - {"date"}))
        assert told == _refusal(), f"{operation.label}: {told}"

    check()
    with httpx.Client(base_url=address.url, headers={"Authorization": f"Bearer {address.token}"}) as client:
        assert client.get("/v1/health", timeout=PATIENCE_S).status_code == 200
    return "read" if known else "refused"


def is_told(status: int, body: bytes) -> bool:
    """Whether an answer of 500 or more is one that the engine means: a class with this status, and a sentence.

    A model that is not there, or a database that can't be written, is the fault of no request: that is a 503. Errors
    that nobody thought of are told as a 500.
    """
    try:
        error = json.loads(body)["error"]
        told = getattr(errors, error["type"], None)
    except (ValueError, KeyError, TypeError):
        return False
    if not (isinstance(told, type) and issubclass(told, RemoteZeroError)):
        return False
    return status == 503 == next(
        errors.HTTP_STATUS[c] for c in told.__mro__ if c in errors.HTTP_STATUS
    ) and str(error["message"]).endswith(".")


@cache
def _refusal() -> tuple[int, bytes, list[str]]:
    """What a call to nowhere gets without a token: status, body and names of headers."""
    answer = httpx.get(f"{_engine().url}/nowhere", timeout=PATIENCE_S)
    assert answer.status_code == 401
    assert json.loads(answer.content)["error"]["type"] == "TokenError"
    return answer.status_code, answer.content, sorted(set(answer.headers) - {"date"})


@cache
def _schema() -> Any:
    address = _engine()
    headers = {"Authorization": f"Bearer {address.token}"}
    document = httpx.get(f"{address.url}/v1/openapi.json", headers=headers, timeout=PATIENCE_S).json()
    schema = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=address.url)
    return schema


@cache
def _engine() -> EngineAddress:
    """The engine as users have it, in a home of its own; one for all trials of this process."""
    home = Path(tempfile.mkdtemp(prefix="torture-engine-"))
    environment = {**os.environ, "REMOTEZERO_HOME": str(home / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "engine", "serve", "--stay", "--json"]
    with (home / "log").open("wb") as log:
        engine = subprocess.Popen(
            command, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    atexit.register(engine.kill)
    until = time.monotonic() + 120.0
    while (address := read_address(home / "home" / "engine.json")) is None:
        assert engine.poll() is None, (home / "log").read_text()[-500:]
        assert time.monotonic() < until, "the engine does not start"
        time.sleep(0.2)
    return address
