"""Boxes near objects and anywhere, for crops: what a verifier must be able to tell apart."""

from __future__ import annotations

import numpy as np

from engine.types import Xyxy


def tightness(overlap: float) -> float:
    """Probability of "yes" that a crop deserves whose box overlaps the object's by this IoU.

    A verifier that only says whether the object is somewhere in the crop rewards loose boxes; one
    that was shown where IoU rises from 0.25 to 0.75 rewards what the analyst wants.
    """
    return float(np.clip((overlap - 0.25) / 0.5, 0.0, 1.0))


def jittered(box: Xyxy, size: int, rng: np.random.Generator) -> Xyxy:
    """The box moved and resized: mostly a little, sometimes a lot."""
    spread = float(rng.choice([0.04, 0.12, 0.3]))
    w, h = box[2] - box[0], box[3] - box[1]
    dx, dy = rng.normal(0, spread, 2)
    sx, sy = np.exp(rng.normal(0, spread, 2))
    cx, cy = (box[0] + box[2]) / 2 + dx * w, (box[1] + box[3]) / 2 + dy * h
    w, h = w * sx, h * sy
    return _inside((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2), size)


def random_box(size: int, rng: np.random.Generator) -> Xyxy:
    """A box of 16 to 110 pixels anywhere."""
    w, h = np.exp(rng.uniform(np.log(16), np.log(110), 2))
    cx, cy = rng.uniform(0, size, 2)
    return _inside((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2), size)


def _inside(box: Xyxy, size: int) -> Xyxy:
    x1, y1 = (float(np.clip(v, 0, size - 4)) for v in box[:2])
    return x1, y1, float(np.clip(box[2], x1 + 4, size)), float(np.clip(box[3], y1 + 4, size))
