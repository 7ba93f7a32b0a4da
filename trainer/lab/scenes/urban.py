"""Built-up ground: industrial lots and a town's blocks."""

from __future__ import annotations

import math

import numpy as np
from PIL import ImageDraw

from trainer.lab.scenes.airfield import patchwork, slab_joints
from trainer.lab.scenes.landscape import Landscape
from trainer.lab.scenes.outlines import Quad, lots, pick, turned
from trainer.lab.scenes.palette import shade
from trainer.lab.scenes.rural import lane


def industry(ground: Landscape) -> None:
    """Paved and gravelled lots between roads, with pipes and fences."""
    rng = ground.rng
    ground.cover(pick(ground, asphalt=2, concrete=1))
    fences = []
    for polygon, _ in lots(ground, ground.size_px * rng.uniform(0.35, 0.7), rng.uniform(2, 6)):
        ground.patch(pick(ground, concrete=3, asphalt=2, gravel=2, soil=1, dry_grass=1), polygon)
        if rng.random() < 0.4:
            fences.append([*polygon, polygon[0]])
    patchwork(ground, "concrete")
    slab_joints(ground, "concrete")
    if fences:
        ground.lines(fences, 0.7, (206, 204, 198), 0.6)
    if rng.random() < 0.35:
        run = ground.across(ground.anywhere(), ground.angle_deg + rng.choice([0, 90]))
        ground.lines([run], ground.metres(rng.uniform(3, 8), 2.0), (92, 92, 90), 0.7)
        ground.lines([run], ground.metres(1.0, 0.8), (196, 196, 190), 0.8)
    lane(ground, 0.5)


def town(ground: Landscape) -> None:
    """A street grid: blocks of houses, lawns and yards."""
    rng, region = ground.rng, ground.region
    ground.clutter_kinds = ("building",)
    ground.cover("asphalt")
    street = min(9.0, ground.metres(rng.uniform(4, 7), 1.5))
    edges = []
    for polygon, quad in lots(ground, ground.size_px * rng.uniform(0.28, 0.5), street):
        edges.append([*polygon, polygon[0]])
        if rng.random() < region.density:
            ground.patch(pick(ground, grass=2, concrete=1, soil=1), polygon, zone="houses")
            _houses(ground, quad)
        else:
            ground.patch(pick(ground, grass=4, dry_grass=2, concrete=2, asphalt=1, soil=1), polygon)
    if street > 3:
        ground.lines(edges, 1.2, shade(region.colour_of("concrete"), 1.05), 0.8)


def _houses(ground: Landscape, quad: Quad) -> None:
    """Rows of roofs inside one block, each with its shadow and its sunny side."""
    rng, region = ground.rng, ground.region
    draw = ImageDraw.Draw(ground.image)
    sun, cast = math.radians(ground.sun_deg), ground.metres(5.0)
    sx, sy = -cast * math.cos(sun), -cast * math.sin(sun)
    upper_lit = ground.grain[0] * math.sin(sun) - ground.grain[1] * math.cos(sun) < 0
    side = math.sqrt((quad[2] - quad[0]) * (quad[3] - quad[1]) / 90)
    step = max(side, ground.metres(rng.uniform(*region.house_m), 6.0) * 1.35)
    columns, rows = (max(0, int((quad[i + 2] - quad[i]) / step - 0.2)) for i in (0, 1))
    sizes = rng.uniform(0.26, 0.42, (rows * columns, 2)) * step
    tones = rng.uniform(0.85, 1.1, rows * columns)
    picks = rng.integers(0, len(region.roofs), rows * columns)
    for i in np.flatnonzero(rng.random(rows * columns) < 0.85).tolist():
        x, y = quad[0] + step * (i % columns + 0.6), quad[1] + step * (i // columns + 0.6)
        w, h = sizes[i].tolist()
        corners = [turned(ground, x + u, y + v) for u, v in ((-w, -h), (w, -h), (w, h), (-w, h))]
        roof = shade(region.roofs[int(picks[i])], float(tones[i]))
        draw.polygon([(p + sx, q + sy) for p, q in corners], fill=(48, 50, 54))
        draw.polygon(corners, fill=shade(roof, 0.84))
        lit = corners[:2] if upper_lit else [corners[3], corners[2]]
        draw.polygon([*lit, turned(ground, x + w, y), turned(ground, x - w, y)], fill=shade(roof, 1.14))
