"""Where an object can stand: on ground that suits it, clear of the others, mostly inside the scene."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.types import Xyxy
from trainer.lab.scenes.kinds import Kind, fitting_m
from trainer.lab.scenes.landscape import CELL_PX, ZONES, Landscape

_GRID = np.array([(x, y) for x in (-0.48, -0.24, 0.0, 0.24, 0.48) for y in (-0.46, 0.0, 0.46)])
_TRIES = 30


@dataclass(frozen=True)
class Placed:
    """An object with its place, not yet drawn; ``reach_px`` is the upright box of its turned rectangle."""

    kind: Kind
    colour: str | None
    x_px: float
    y_px: float
    size_px: float
    aspect: float
    angle_deg: float
    reach_px: Xyxy


def place(ground: Landscape, kind: Kind, others: Sequence[Placed], max_px: float) -> Placed | None:
    """Find room for one more object; None when the ground has none."""
    rng = ground.rng
    span = fitting_m(kind, ground.gsd_m, max_px)
    if span is None:
        return None
    low, high = math.log(span[0] / ground.gsd_m), math.log(span[1] / ground.gsd_m)
    colour = _colour(rng, kind, others)
    zones = ground.zone_map()
    allowed = np.isin(zones, [ZONES.index(z) for z in kind.zones])
    cells = np.argwhere(allowed)
    if not len(cells):
        return None
    for attempt in range(_TRIES):
        size = math.exp(rng.uniform(low, high - (high - low) * 0.6 * attempt / _TRIES))
        aspect = float(rng.uniform(*kind.aspect))
        spot = _spot(ground, kind, size, cells)
        if spot is None:
            return None
        x, y, angle, size = spot
        reach = _reach(x, y, size, aspect, angle)
        if not _inside(reach, ground.size_px, rng.random() < 0.12):
            continue
        if any(_touch(reach, other.reach_px) for other in others):
            continue
        if kind.name in ("bridge", "pier") or _share(allowed, x, y, size, aspect, angle) > 0.93:
            return Placed(kind, colour, x, y, size, aspect, angle, reach)
    return None


def _colour(rng: np.random.Generator, kind: Kind, others: Sequence[Placed]) -> str | None:
    """A colour of the kind, mostly one that none of its fellows has."""
    if not kind.colours:
        return None
    used = {o.colour for o in others if o.kind is kind}
    free = [c for c in kind.colours if c not in used]
    return str(rng.choice(free if free and rng.random() < 0.5 else list(kind.colours)))


def _spot(
    ground: Landscape, kind: Kind, size: float, cells: np.ndarray
) -> tuple[float, float, float, float] | None:
    """Centre, heading and length of a candidate: bridges span the river, piers leave the shore."""
    rng = ground.rng
    if kind.name == "bridge":
        if ground.river is None:
            return None
        (cx, cy), (ux, uy), width = ground.river
        t = float(rng.uniform(-0.7, 0.7)) * ground.size_px
        angle = math.degrees(math.atan2(uy, ux)) + 90 + rng.normal() * 6
        return cx + ux * t, cy + uy * t, angle, min(width * rng.uniform(1.2, 1.5), 150)
    if kind.name == "pier":
        if ground.shore is None:
            return None
        (sx, sy), (nx, ny) = ground.shore
        t = float(rng.uniform(-0.6, 0.6)) * ground.size_px
        angle = math.degrees(math.atan2(ny, nx))
        return sx - ny * t + nx * size * 0.45, sy + nx * t + ny * size * 0.45, angle, size
    row, column = cells[int(rng.integers(len(cells)))]
    x, y = (float(v) * CELL_PX + float(rng.uniform(0, CELL_PX)) for v in (column, row))
    if kind.aligned and rng.random() < 0.7:
        angle = ground.angle_deg + float(rng.choice([0, 90, 180, 270])) + float(rng.normal()) * 2
    else:
        angle = float(rng.uniform(0, 360))
    return x, y, angle % 360, size


def _reach(x: float, y: float, size: float, aspect: float, angle_deg: float) -> Xyxy:
    c, s = abs(math.cos(math.radians(angle_deg))), abs(math.sin(math.radians(angle_deg)))
    half_w, half_h = size * (c + aspect * s) / 2, size * (s + aspect * c) / 2
    return (x - half_w, y - half_h, x + half_w, y + half_h)


def _inside(reach: Xyxy, size_px: int, may_be_cut: bool) -> bool:
    """Whether the box is inside, or at least three quarters of it where the border may cut it."""
    x0, y0, x1, y1 = reach
    if not may_be_cut:
        return x0 >= 1 and y0 >= 1 and x1 <= size_px - 1 and y1 <= size_px - 1
    width, height = min(x1, size_px) - max(x0, 0), min(y1, size_px) - max(y0, 0)
    return width > 0 and height > 0 and width * height >= 0.75 * (x1 - x0) * (y1 - y0)


def _touch(a: Xyxy, b: Xyxy) -> bool:
    """Whether two boxes come nearer than two pixels."""
    return a[0] - 2 < b[2] and b[0] - 2 < a[2] and a[1] - 2 < b[3] and b[1] - 2 < a[3]


def _share(allowed: np.ndarray, x: float, y: float, size: float, aspect: float, angle_deg: float) -> float:
    """Share of the turned rectangle's sample points on allowed ground; outside counts as allowed."""
    c, s = math.cos(math.radians(angle_deg)) * size, math.sin(math.radians(angle_deg)) * size
    columns = ((x + _GRID[:, 0] * c - _GRID[:, 1] * aspect * s) / CELL_PX).astype(int)
    rows = ((y + _GRID[:, 0] * s + _GRID[:, 1] * aspect * c) / CELL_PX).astype(int)
    limit = allowed.shape[0]
    inside = (columns >= 0) & (rows >= 0) & (columns < limit) & (rows < limit)
    ok = allowed[np.clip(rows, 0, limit - 1), np.clip(columns, 0, limit - 1)] | ~inside
    return float(ok.mean())
