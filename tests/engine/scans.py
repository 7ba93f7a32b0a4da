"""What tests of scans and their bench share: a slow disk, and a model server that remembers what it was asked."""

from __future__ import annotations

import base64
import io
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np
from PIL import Image

from engine.remote.scoring import PLAIN_PICTURE
from engine.scan.ledger import Ledger
from engine.types import Chip
from tests.engine.model_servers import Body, Reply, chat_answer, likely, speaking
from tests.engine.scripted import answer


class SlowLedger(Ledger):
    """A ledger on a slow disk."""

    def commit(self, *args: Any, **kwargs: Any) -> None:
        time.sleep(0.05)
        super().commit(*args, **kwargs)


@dataclass
class Watched:
    """A model server that answers by the pixels it gets, and remembers them.

    Attributes:
        pictures: how often each was asked about in which words.
        slow_s: how long each answer takes.
    """

    pictures: Counter[str] = field(default_factory=Counter)
    slow_s: float = 0.0
    broken: bool = False

    def __call__(self, path: str, body: Body) -> Reply:
        if path == "/v1/models":
            return Reply({"object": "list", "data": [{"id": "Qwen3-VL-8B-Instruct"}]})
        if self.broken:
            return Reply({"error": {"message": "out of memory"}}, 400)
        time.sleep(self.slow_s)
        if body.get("logprobs"):
            rows = [{"token": "Yes", "top_logprobs": likely(body)}]
            return chat_answer("Yes", "length", logprobs={"content": rows})
        pixels = pixels_of(body)
        if not np.array_equal(pixels, PLAIN_PICTURE):  # that is asked once by each process that begins
            self.pictures[sha256(pixels.tobytes()).hexdigest()] += 1
        return chat_answer(answer(Chip(pixels, pixels[..., 0] >= 0, None, None, None, None)))


def pixels_of(body: Body) -> Any:
    url = body["messages"][0]["content"][0]["image_url"]["url"]
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(url.split(",", 1)[1]))).convert("RGB"))


@contextmanager
def watched(**settings: Any) -> Iterator[tuple[Watched, str]]:
    server = Watched(**settings)
    with speaking(server) as asked:
        yield server, f"{asked.url}?chip_px=256&crop_px=128#Qwen3-VL-8B-Instruct"
