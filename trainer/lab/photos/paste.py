"""Objects of real pictures on other real ground: soft edges, and the light of the ground they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.evaluate.overlap import box_iou
from engine.types import Pixels, Xyxy

CONTEXT = 0.12
"""How much of its own surroundings an object brings along on each side, as a share of its box."""


@dataclass(frozen=True)
class Cutout:
    """A cut-out object.

    Attributes:
        pixels: float32 in 0..255, height x width x 3.
        alpha: how much of it is kept, 0 at the border, height x width x 1.
        xyxy_px: its box within ``pixels``.
    """

    pixels: NDArray[np.float32]
    alpha: NDArray[np.float32]
    xyxy_px: Xyxy


def cut_out(pixels: Pixels, box: Xyxy, scale: float, quarter_turns: int, mirrored: bool) -> Cutout:
    """Cut a box and a little round it, scaled, turned by quarter turns and perhaps mirrored."""
    height, width = pixels.shape[:2]
    dx, dy = (box[2] - box[0]) * CONTEXT + 2, (box[3] - box[1]) * CONTEXT + 2
    x1, y1 = max(box[0] - dx, 0.0), max(box[1] - dy, 0.0)
    x2, y2 = min(box[2] + dx, float(width)), min(box[3] + dy, float(height))
    w, h = max(round((x2 - x1) * scale), 4), max(round((y2 - y1) * scale), 4)
    image = Image.fromarray(pixels).resize((w, h), Image.Resampling.BILINEAR, box=(x1, y1, x2, y2))
    sx, sy = w / (x2 - x1), h / (y2 - y1)
    inner = [(box[0] - x1) * sx, (box[1] - y1) * sy, (box[2] - x1) * sx, (box[3] - y1) * sy]
    piece = np.asarray(image, np.float32)
    edge_x, edge_y = max(dx * scale * 0.8, 1.5), max(dy * scale * 0.8, 1.5)
    across = np.minimum(np.minimum(np.arange(w) + 0.5, w - np.arange(w) - 0.5) / edge_x, 1)
    down = np.minimum(np.minimum(np.arange(h) + 0.5, h - np.arange(h) - 0.5) / edge_y, 1)
    alpha = (down[:, None] * across[None]).astype(np.float32)[..., None]
    a1, b1, a2, b2 = inner
    for _ in range(quarter_turns % 4):
        piece, alpha = np.rot90(piece), np.rot90(alpha)
        a1, b1, a2, b2 = b1, piece.shape[0] - a2, b2, piece.shape[0] - a1
    if mirrored:
        piece, alpha = piece[:, ::-1], alpha[:, ::-1]
        a1, a2 = piece.shape[1] - a2, piece.shape[1] - a1
    return Cutout(np.ascontiguousarray(piece), np.ascontiguousarray(alpha), (a1, b1, a2, b2))


def paste(
    ground: Pixels, piece: Cutout, taken: Sequence[Xyxy], rng: np.random.Generator, tries: int = 8
) -> Xyxy | None:
    """Put a cut-out onto the ground, in place, where it covers nothing that is boxed.

    Returns:
        Its box on the ground, or None where no room was found.
    """
    height, width = ground.shape[:2]
    h, w = piece.pixels.shape[:2]
    if h >= height or w >= width:
        return None
    for _ in range(tries):
        left, top = int(rng.integers(0, width - w)), int(rng.integers(0, height - h))
        x1, y1, x2, y2 = piece.xyxy_px
        box = (left + x1, top + y1, left + x2, top + y2)
        if all(box_iou(box, other) == 0 for other in taken):
            under = ground[top : top + h, left : left + w].astype(np.float32)
            edge = (1 - piece.alpha) + 1e-3
            shift = ((under - piece.pixels) * edge).sum((0, 1)) / edge.sum((0, 1))
            light = np.clip(shift, -45, 45) * 0.7
            mixed = under * (1 - piece.alpha) + (piece.pixels + light) * piece.alpha
            ground[top : top + h, left : left + w] = np.clip(mixed, 0, 255).astype(np.uint8)
            return box
    return None
