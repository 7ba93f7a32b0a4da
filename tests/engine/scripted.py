"""An engine whose model is scripted: what it answers depends on the pixels of the chip alone.

Run as a program it is a whole engine process, ``python -m tests.engine.scripted``, so that tests can
kill it and start it again. ``SCRIPTED_SECONDS`` makes each answer take that long, and
``SCRIPTED_DIE_AFTER`` ends the process, as a crash would, at that many answers,
``SCRIPTED_CLOCK_BACK_S`` sets its clock back, and ``SCRIPTED_START_S`` is how long it waits for another engine.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from engine.errors import JobCancelledError, RegistryError
from engine.jobs import store
from engine.jobs.runs import run_job
from engine.service import runtime
from engine.service.address import EngineAddress
from engine.service.runtime import ServeOptions, serve
from engine.types import AdapterChoice, Chip, Completion, Pixels, Query, Served, Stop
from tests.engine.fakes import SPEC, box_text

BRIGHT = 200


def answer(chip: Chip) -> str:
    """A box for each bright rectangle, in 0..1000; no readable answer where a chip is mostly red."""
    red, green, blue = (chip.pixels[..., band].astype(int) for band in range(3))
    if (red > green + 100).mean() > 0.5:
        return "I would rather not say."
    bright = (red > BRIGHT) & (green > BRIGHT) & (blue > BRIGHT)
    height, width = bright.shape
    boxes = []
    while bright.any():
        top, left = (int(value) for value in np.argwhere(bright)[0])
        right = left + int(np.argmin(np.append(bright[top, left:], False)))
        bottom = top + int(np.argmin(np.append(bright[top:, left], False)))
        bright[top:bottom, left:right] = False
        boxes.append((1000 * left / width, 1000 * top / height, 1000 * right / width, 1000 * bottom / height))
    return box_text(*boxes, label="roof", reasoning="Bright roofs stand out.") if boxes else "[]"


class ScriptedModel:
    """Policy, verifier and loaded model in one."""

    def __init__(self, seconds: float = 0.0, die_after: int = 0) -> None:
        self.name, self.device, self.batch_size, self.plan = "scripted", "cpu", 4, ""
        self.scoring, self.notes = "logits", ()
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

    def make_ready(self, stop: Stop) -> None:
        self.made_ready = True

    def use_adapter(self, choice: AdapterChoice) -> str | None:
        if choice.name == "missing":
            raise RegistryError("There is no adapter 'missing'. Choose another.")
        self.adapter = choice.name
        return self.adapter

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


def announce(address: EngineAddress, here: bool) -> None:
    """Tell the parent process where the engine is."""
    sys.stdout.write(json.dumps({"url": address.url, "pid": address.pid, "here": here}) + "\n")
    sys.stdout.flush()


def set_clock_back(seconds: float) -> None:
    """Let this process believe that it is earlier."""
    told = time.time
    time.time = lambda: told() - seconds
    store.now = lambda: (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat(timespec="milliseconds")


def main() -> None:
    """Be an engine, with the manners that the environment asks for."""
    set_clock_back(float(os.environ.get("SCRIPTED_CLOCK_BACK_S", "0")))
    runtime.START_S = float(os.environ.get("SCRIPTED_START_S", runtime.START_S))
    serve(
        load, run_job, ServeOptions(**json.loads(os.environ.get("SCRIPTED_OPTIONS", "{}"))), announce=announce
    )


if __name__ == "__main__":
    main()
