"""An engine whose model is scripted: what it answers depends on the pixels of the chip alone.

Run as a program it is a whole engine process, ``python -m tests.engine.scripted``, so that tests can
kill it and start it again. ``SCRIPTED_SECONDS`` makes each answer take that long, and
``SCRIPTED_DIE_AFTER`` ends the process, as a crash would, at that many answers.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Sequence

import numpy as np

from engine.errors import JobCancelledError, RegistryError
from engine.host import Served
from engine.runtime import Runtime, ServeOptions, serve
from engine.types import Chip, Completion, Pixels, Query, Stop
from tests.engine.fakes import SPEC, box_text

BRIGHT = 200


def answer(chip: Chip) -> str:
    """The box round all bright pixels, in 0..1000; an answer that can't be read where a chip is all red."""
    red, green, blue = (chip.pixels[..., band].astype(int) for band in range(3))
    if (red > green + 100).mean() > 0.5:
        return "I would rather not say."
    rows, columns = np.nonzero((red > BRIGHT) & (green > BRIGHT) & (blue > BRIGHT))
    if not len(rows):
        return "[]"
    width, height = chip.window.width_px, chip.window.height_px
    box = (
        1000 * columns.min() / width,
        1000 * rows.min() / height,
        1000 * (columns.max() + 1) / width,
        1000 * (rows.max() + 1) / height,
    )
    return box_text(box, label="roof", reasoning="The bright roof stands out.")


class ScriptedModel:
    """Policy, verifier and loaded model in one."""

    def __init__(self, seconds: float = 0.0, die_after: int = 0) -> None:
        self.name, self.device, self.batch_size = "scripted", "cpu", 4
        self.spec = SPEC
        self.policy = self.verifier = self
        self.adapter: str | None = None
        self.answers = 0
        self.closed = False
        self._seconds = seconds
        self._die_after = die_after

    def generate(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[Completion]:
        texts = []
        for chip, _ in zip(chips, queries, strict=True):
            self._wait(stop)
            self.answers += 1
            if self.answers == self._die_after:
                os.kill(os.getpid(), signal.SIGKILL)
            texts.append(Completion(answer(chip), 8))
        return texts

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        return [round(float(crop.mean()) / 255, 6) for crop in crops]

    def presence(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[float]:
        return [float((chip.pixels > BRIGHT).any()) for chip in chips]

    def use_adapter(self, name: str | None) -> None:
        if name == "missing":
            raise RegistryError("There is no adapter 'missing'. Choose another.")
        self.adapter = name

    def close(self) -> None:
        self.closed = True

    def _wait(self, stop: Stop) -> None:
        until = time.monotonic() + self._seconds
        while True:
            if stop():
                raise JobCancelledError("The job was cancelled while the scripted model was thinking.")
            if time.monotonic() >= until:
                return
            time.sleep(0.01)


def load(model: str | None) -> Served:
    """Load the scripted model with the manners that the environment asks for."""
    return ScriptedModel(
        float(os.environ.get("SCRIPTED_SECONDS", "0")), int(os.environ.get("SCRIPTED_DIE_AFTER", "0"))
    )


def announce(runtime: Runtime, here: bool) -> None:
    """Tell the parent process where the engine is."""
    sys.stdout.write(json.dumps({"url": runtime.url, "pid": runtime.pid, "here": here}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(load, ServeOptions(**json.loads(os.environ.get("SCRIPTED_OPTIONS", "{}"))), announce=announce)
