"""Sabotaged verifiers: one that can't tell right from wrong is not learned from, however it errs."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.errors import InputError
from engine.types import ModelSpec, Pixels
from tests.trainer.test_trust import KINDS, World, colour

Look = Callable[[Pixels, str], float]


def _chance(crop: Pixels, text: str) -> float:
    return hashlib.sha256(crop.tobytes() + text.encode()).digest()[0] / 255


def _centre(crop: Pixels, text: str) -> float:
    side = crop.shape[0]
    return float(crop[side // 3 : 2 * side // 3, side // 3 : 2 * side // 3].mean()) / 255


SABOTAGED: dict[str, Look] = {
    "always yes": lambda crop, text: 0.99,
    "always no": lambda crop, text: 0.01,
    "random": _chance,
    "inverted": lambda crop, text: 1 - colour(crop, text),
    "big boxes": lambda crop, text: float(np.std(crop.astype(float))) / 128,
    "centre": _centre,
    "one kind": lambda crop, text: 0.95 if text == next(iter(KINDS)) else 0.05,
}


def sabotaged(draw: random.Random, folder: Path) -> str:
    """One sabotaged verifier on one drawn region of coloured squares: its trial must refuse it."""
    spec = ModelSpec(name="any", path=folder, family="qwen3-vl", chip_px=128, crop_px=64, max_new_tokens=32)
    name = draw.choice(list(SABOTAGED))
    trial = World(seed=draw.randrange(2**16)).trial(spec, SABOTAGED[name])
    try:
        trial.check()
    except InputError:
        return "refused"
    raise AssertionError(f"the verifier '{name}' was taken: {trial}")
