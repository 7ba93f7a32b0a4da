"""The external verifier over real HTTP, with a server that answers like vLLM does."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from engine.errors import InputError, JobCancelledError, ModelError
from engine.types import Query
from tests.engine.fakes import SPEC
from trainer.external import TOKEN_VARIABLE, EndpointVerifier

CROP = np.zeros((32, 32, 3), dtype=np.uint8)


class Server(ThreadingHTTPServer):
    tokens: dict[str, float]
    asked: list[dict[str, Any]]
    heads: list[str | None]
    status: int = 200
    raw: bytes | None = None


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({**body, "path": self.path})
        self.server.heads.append(self.headers.get("Authorization"))
        top = [{"token": token, "logprob": math.log(p)} for token, p in self.server.tokens.items()]
        answer = {"choices": [{"logprobs": {"content": [{"top_logprobs": top}]}}]}
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.raw or json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.tokens, server.asked, server.heads = {"Yes": 0.5, " yes": 0.1, "No": 0.2, "Maybe": 0.1}, [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def verifier(server: Server) -> EndpointVerifier:
    return EndpointVerifier(f"http://127.0.0.1:{server.server_address[1]}/v1", "big", SPEC)


def never() -> bool:
    return False


def test_spellings_are_summed_and_other_words_ignored(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "abc")
    scores = verifier(server).score([CROP] * 11, [Query("the ship")] * 11, never)
    assert scores == pytest.approx([0.75] * 11)
    asked = server.asked[0]
    assert asked["path"] == "/v1/chat/completions"
    assert asked["max_tokens"] == 1
    assert "the ship" in asked["messages"][0]["content"][1]["text"]
    assert set(server.heads) == {"Bearer abc"}


def test_order_is_kept(server: Server) -> None:
    verifier(server).score([CROP] * 3, [Query(f"q{i}") for i in range(3)], never)
    assert len({json.dumps(asked["messages"]) for asked in server.asked}) == 3


def test_refusals_say_what_happened(server: Server) -> None:
    server.status = 500
    with pytest.raises(ModelError, match="answered 500"):
        verifier(server).score([CROP], [Query("x")], never)
    server.status, server.raw = 200, b'{"choices": [{}]}'
    with pytest.raises(ModelError, match="no log-probabilities"):
        verifier(server).score([CROP], [Query("x")], never)
    server.raw, server.tokens = None, {"Perhaps": 0.9}
    with pytest.raises(ModelError, match="neither yes nor no"):
        verifier(server).score([CROP], [Query("x")], never)


def test_an_address_that_nobody_serves() -> None:
    with pytest.raises(ModelError, match="can't be reached"):
        EndpointVerifier("http://127.0.0.1:9", "big", SPEC).score([CROP], [Query("x")], never)
    with pytest.raises(InputError, match="http"):
        EndpointVerifier("file:///etc/passwd", "big", SPEC)


def test_cancel(server: Server) -> None:
    with pytest.raises(JobCancelledError):
        verifier(server).score([CROP], [Query("x")], lambda: True)
