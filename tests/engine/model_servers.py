"""Model servers on loopback that speak as vLLM, llama.cpp, Ollama and LM Studio do; and what tests ask of them."""

from __future__ import annotations

import base64
import io
import json
import math
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
from PIL import Image

from engine.remote.address import read_address
from engine.remote.client import Limits
from engine.remote.served import RemoteModel
from engine.types import Stop

QUICK = Limits(at_once=4, connect_s=20.0, total_s=60.0, tries=3, pause_s=0.001)
BOXES = '[{"bbox_2d": [100, 200, 300, 400], "label": "ship"}]'


@dataclass
class Reply:
    """What a server sends back: a status, JSON or bytes, and more headers."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Body = dict[str, Any]
Speak = Callable[[str, Body], Reply]


@dataclass
class Asked:
    """Where it listens, and what came: path, body and headers of each request."""

    url: str
    paths: list[str] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Name and port."""
        return self.url.removeprefix("http://").removesuffix("/v1")


def never() -> bool:
    return False


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers that are killed in the middle of a request are no news; anything else is."""
        if not isinstance(sys.exception(), OSError | json.JSONDecodeError):
            super().handle_error(request, client_address)


@contextmanager
def speaking(speak: Speak) -> Iterator[Asked]:
    """Serve what ``speak`` answers to a path and a body."""
    asked = Asked("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, body: Body) -> None:
            asked.paths.append(self.path)
            asked.bodies.append(body)
            asked.heads.append(dict(self.headers))
            reply = speak(self.path, body)
            raw = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(raw)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # the caller may have heard enough
                self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            return

    server = _Server(("127.0.0.1", 0), Handler)
    asked.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def reached(address: str, stop: Stop = never, limits: Limits = QUICK) -> Iterator[RemoteModel]:
    """The model at an address, made ready."""
    model = RemoteModel(read_address(address), limits)
    try:
        model.make_ready(stop)
        yield model
    finally:
        model.close()


def brightness(body: Body) -> float:
    """Mean of the picture in a chat's request, 0..1."""
    url = body["messages"][0]["content"][0]["image_url"]["url"]
    picture = Image.open(io.BytesIO(base64.b64decode(url.removeprefix("data:image/png;base64,"))))
    return float(np.asarray(picture).mean()) / 255


def words_of(body: Body) -> str:
    """The words in a chat's request."""
    return str(body["messages"][0]["content"][1]["text"])


def chat_answer(text: str, finish: str = "stop", **choice: Any) -> Reply:
    """A chat's answer."""
    message = {"role": "assistant", "content": text}
    choices = [{"index": 0, "message": message, "finish_reason": finish, **choice}]
    return Reply({"object": "chat.completion", "choices": choices, "usage": {"completion_tokens": 7}})


def likely(body: Body, mark: str = "") -> list[dict[str, Any]]:
    """Likely first tokens: yes as probable as the picture is bright, in two spellings, and no."""
    yes = min(max(brightness(body), 0.01), 0.99)
    shares = {"Yes": yes * 0.7, f"{mark}yes": yes * 0.2, f"{mark}No": (1 - yes) * 0.9, "Maybe": 0.1}
    return [{"token": token, "logprob": math.log(share)} for token, share in shares.items()]


def vllm(path: str, body: Body) -> Reply:
    """Gives log-probabilities, up to twenty."""
    if path == "/v1/models":
        return Reply({"object": "list", "data": [{"id": "Qwen/Qwen3-VL-8B-Instruct", "object": "model"}]})
    if path != "/v1/chat/completions":
        return Reply({"detail": "Not Found"}, 404)
    if body.get("logprobs"):
        return chat_answer(
            "Yes", "length", logprobs={"content": [{"token": "Yes", "top_logprobs": likely(body, " ")}]}
        )
    return chat_answer(f"I see a ship.\n{BOXES}")


def llama_cpp(path: str, body: Body) -> Reply:
    """As vLLM, with bytes and the token's id beside each token, thoughts in a field of their own."""
    if body.get("logprobs"):
        rows = [{"id": place, "bytes": [89], **row} for place, row in enumerate(likely(body, "▁"))]
        return chat_answer(
            "Yes", "length", logprobs={"content": [{"id": 1, "token": "Yes", "top_logprobs": rows}]}
        )
    if path == "/v1/chat/completions":
        answer = chat_answer(BOXES)
        answer.body["choices"][0]["message"]["reasoning_content"] = "A ship lies at the pier."
        return answer
    return Reply({"error": {"code": 404, "message": "File Not Found", "type": "not_found_error"}}, 404)


def at_most_five(path: str, body: Body) -> Reply:
    """A server that allows five likely tokens."""
    if body.get("top_logprobs", 0) > 5:
        return Reply({"error": {"message": "top_logprobs must be at most 5"}}, 400)
    return vllm(path, body)


def ollama(path: str, body: Body) -> Reply:
    """One without log-probabilities: it passes over what it does not know. Says yes by the seed, as bright as it is."""
    if path != "/v1/chat/completions":
        return Reply(b"404 page not found", 404, {"Content-Type": "text/plain"})
    if body.get("temperature") == 1.0:
        return chat_answer("Yes." if body["seed"] < round(10 * brightness(body)) else "No, nothing.")
    return chat_answer("Yes" if body["max_tokens"] == 1 else BOXES)


def lm_studio(path: str, body: Body) -> Reply:
    """One without log-probabilities whose unknown addresses answer 200 with an error, and whose field is null."""
    if path == "/v1/models":
        return Reply({"data": [{"id": "qwen/qwen3-vl-4b"}, {"id": "text-embedding-nomic"}]})
    if path != "/v1/chat/completions":
        return Reply({"error": f"Unexpected endpoint or method. (POST {path})"})
    if body.get("temperature") == 1.0:
        return chat_answer("yes" if body["seed"] < round(10 * brightness(body)) else "no", logprobs=None)
    return chat_answer(BOXES, logprobs=None)
