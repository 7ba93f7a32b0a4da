"""A scan of an archive on Ray: the rows of ``locate``, whatever is killed on the way, and no window asked twice."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyarrow.parquet
import pytest

from engine.errors import InputError, JobCancelledError, ModelError
from engine.imagery.rfc7946 import in_wgs84
from engine.jobs.results import SCORE_DIGITS
from engine.model.serving import load_served
from engine.scan.cluster import on_ray
from engine.scan.ledger import Ledger
from engine.scan.reading import Unread, read_scene
from engine.scan.request import ScanRequest
from engine.scan.run import found, scan
from engine.types import Chip
from tests.engine.model_servers import Asked, Body, Reply, chat_answer, likely, never, speaking
from tests.engine.rasters import write_raster
from tests.engine.scripted import answer

ray = pytest.importorskip("ray")
pytestmark = pytest.mark.slow

QUERY = "all roofs"
SIDE = 600


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """One Ray for all tests of this file."""
    with on_ray(None, slots=5, store_bytes=2**27):
        yield


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six scenes side by side with bright roofs, one that is no raster, and one without coordinates."""
    folder = tmp_path_factory.mktemp("archive")
    for number in range(6):
        draw = np.random.default_rng(number)
        bands = np.full((3, SIDE, SIDE), 90, np.uint8)
        for top, left in draw.integers(0, SIDE - 40, (12, 2)):
            bands[:, top : top + 30, left : left + 34] = 240
        write_raster(folder / f"scene{number}.tif", list(bands))
    (folder / "torn.tif").write_bytes(b"II*\0 and nothing more")
    write_raster(folder / "nowhere.tif", [np.full((300, 300), 90, np.uint8)], crs=None, transform=None)
    return folder


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
            return Reply({"error": {"message": "out of memory"}}, 500)
        time.sleep(self.slow_s)
        if body.get("logprobs"):
            rows = [{"token": "Yes", "top_logprobs": likely(body)}]
            return chat_answer("Yes", "length", logprobs={"content": rows})
        pixels = pixels_of(body)
        self.pictures[sha256(pixels.tobytes()).hexdigest()] += 1
        return chat_answer(answer(Chip(pixels, pixels[..., 0] >= 0, None, None, None, None)))


def pixels_of(body: Body) -> Any:
    import base64
    import io

    from PIL import Image

    url = body["messages"][0]["content"][0]["image_url"]["url"]
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(url.split(",", 1)[1]))).convert("RGB"))


@contextmanager
def watched(**settings: Any) -> Iterator[tuple[Watched, str]]:
    server = Watched(**settings)
    with speaking(server) as asked:
        yield server, f"{asked.url}?chip=256&crop=128#Qwen3-VL-8B-Instruct"


def asking(archive: Path, out: Path, model: str, **more: Any) -> ScanRequest:
    values = {"source": str(archive), "queries": [QUERY], "output": str(out), "model": model, "workers": 2, **more}
    return ScanRequest.model_validate(values)
