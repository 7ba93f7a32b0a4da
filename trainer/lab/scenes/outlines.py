"""Shapes that landscapes are laid out with: half planes, lots of a turned grid, blobs, bends."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from trainer.lab.scenes.brush import Point
from trainer.lab.scenes.landscape import Landscape

Quad = tuple[float, float, float, float]


def half_plane(ground: Landscape, angle_deg: float, offset_px: float, wobble_px: float = 0.0) -> list[Point]:
    """Polygon of everything beyond a line at ``offset_px`` from the middle, in direction ``angle_deg``."""
    rng, mid, far = ground.rng, ground.size_px / 2, ground.size_px * 1.6
    ux, uy = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    edge: list[Point] = []
    phase, waves = rng.uniform(0, 6.28, 2), rng.uniform(2.0, 5.0, 2)
    steps = 48 if wobble_px else 1
    for i in range(steps + 1):
        t = (2 * i / steps - 1) * far
        swing = sum(math.sin(p + w * t / mid) for p, w in zip(phase, waves, strict=True))
        d = offset_px + wobble_px * (0.6 * swing + rng.normal() * 0.15)
        edge.append((mid + ux * d - uy * t, mid + uy * d + ux * t))
    corners = [(mid + ux * far - uy * t, mid + uy * far + ux * t) for t in (far, -far)]
    return [*edge, *corners]


def lots(ground: Landscape, least_px: float, gap_px: float) -> Iterator[tuple[list[Point], Quad]]:
    """Lots of a turned grid over the canvas: corners in pixels, and the rectangle in the grid's frame."""
    reach = ground.size_px * 0.75
    for x0, y0, x1, y1 in _split(ground, (-reach, -reach, reach, reach), least_px):
        quad = (x0 + gap_px, y0 + gap_px, x1 - gap_px, y1 - gap_px)
        corners = ((quad[0], quad[1]), (quad[2], quad[1]), (quad[2], quad[3]), (quad[0], quad[3]))
        pixels = [turned(ground, x, y) for x, y in corners]
        xs, ys = [p[0] for p in pixels], [p[1] for p in pixels]
        if max(xs) > 0 and max(ys) > 0 and min(xs) < ground.size_px and min(ys) < ground.size_px:
            yield pixels, quad


def turned(ground: Landscape, x: float, y: float) -> Point:
    """From the frame of the ground's grid (origin in the middle) to pixels."""
    (c, s), mid = ground.grain, ground.size_px / 2
    return mid + x * c - y * s, mid + x * s + y * c


def _split(ground: Landscape, box: Quad, least: float) -> Iterator[Quad]:
    """Cut a rectangle into uneven lots no longer than about twice ``least``."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    longest = max(width, height)
    if longest < least * 1.9 or (longest < least * 3 and ground.rng.random() < 0.15):
        yield box
        return
    share = ground.rng.uniform(0.36, 0.64)
    if width > height:
        xm = x0 + share * width
        yield from _split(ground, (x0, y0, xm, y1), least)
        yield from _split(ground, (xm, y0, x1, y1), least)
    else:
        ym = y0 + share * height
        yield from _split(ground, (x0, y0, x1, ym), least)
        yield from _split(ground, (x0, ym, x1, y1), least)


_TURN = np.linspace(0, 2 * math.pi, 40, endpoint=False)
_WAVES = np.array([2, 3, 7, 13])
_HEIGHTS = np.array([0.22, 0.14, 0.08, 0.04])


def blob(ground: Landscape, centre: Point, radius_px: float) -> list[Point]:
    """An irregular closed outline."""
    phase = ground.rng.uniform(0, 6.28, 4)
    r = radius_px * (1 + _HEIGHTS @ np.sin(_WAVES[:, None] * _TURN + phase[:, None]))
    xs, ys = centre[0] + r * np.cos(_TURN), centre[1] + r * np.sin(_TURN)
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


def rounded(
    ground: Landscape, centre: Point, length_px: float, width_px: float, angle_deg: float
) -> list[Point]:
    """A stadium-shaped outline: a rectangle with half-round ends."""
    r, a = width_px / 2, math.radians(angle_deg)
    straight = max(0.0, length_px / 2 - r)
    out: list[Point] = []
    for i in range(24):
        t = 6.2832 * (i + 0.5) / 24
        x, y = r * math.cos(t) + math.copysign(straight, math.cos(t)), r * math.sin(t)
        out.append(
            (centre[0] + x * math.cos(a) - y * math.sin(a), centre[1] + x * math.sin(a) + y * math.cos(a))
        )
    return out


def bend(ground: Landscape, start: Point, angle_deg: float, turn: float) -> list[Point]:
    """A line that comes from outside, passes ``start``, and turns."""
    x, y = start
    a, step = math.radians(angle_deg), ground.size_px / 14
    points = [(x - 30 * step * math.cos(a), y - 30 * step * math.sin(a))]
    for i in range(24):
        points.append((x, y))
        a += turn * 0.25 if 4 < i < 14 else 0.0
        x, y = x + step * math.cos(a), y + step * math.sin(a)
    return points


def pick(ground: Landscape, **weights: float) -> str:
    """Choose a material by weight; underscores in names stand for spaces."""
    names = list(weights)
    total = sum(weights.values())
    return str(ground.rng.choice(names, p=[weights[n] / total for n in names])).replace("_", " ")
