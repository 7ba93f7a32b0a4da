"""Things nobody asks for: cars, trees, sheds, faint marks. They keep "none" from being guessed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.types import Xyxy
from trainer.lab.scenes.brush import Brush, Point
from trainer.lab.scenes.landscape import CELL_PX, ZONES, Landscape
from trainer.lab.scenes.palette import sample_colour, shade
from trainer.lab.scenes.textures import crown_stamp

_CAR_PAINTS = ("white", "white", "grey", "grey", "black", "red", "blue")


def _free(x: float, y: float, margin: float, taken: Sequence[Xyxy]) -> bool:
    return all(
        x < b[0] - margin or y < b[1] - margin or x > b[2] + margin or y > b[3] + margin for b in taken
    )


def _spots(
    ground: Landscape, zones: tuple[str, ...], count: int, margin: float, taken: Sequence[Xyxy]
) -> list[Point]:
    """Random free points on the given zones."""
    rng, cells = ground.rng, ground.zone_map()
    wanted = {ZONES.index(z) for z in zones}
    out: list[Point] = []
    for x, y in (rng.random((count, 2)) * (ground.size_px - 1)).tolist():
        if int(cells[int(y) // CELL_PX, int(x) // CELL_PX]) in wanted and _free(x, y, margin, taken):
            out.append((x, y))
    return out


def scatter_clutter(ground: Landscape, taken: Sequence[Xyxy]) -> None:
    """Cars on paved ground, sheds and stones elsewhere."""
    rng = ground.rng
    area = (ground.size_px / 256) ** 2
    length = 4.6 / ground.gsd_m
    if length > 2.2:
        for x, y in _spots(ground, ("paved",), int(rng.integers(0, 26) * area), length, taken):
            paint = sample_colour(rng, str(rng.choice(_CAR_PAINTS)))
            angle = ground.angle_deg + float(rng.choice([0, 90])) + float(rng.normal()) * 4
            brush = Brush(rng, length, 0.44, angle, ground.sun_deg, paint)
            brush.rect(-0.5, -0.21, 0.5, 0.21, shade(paint, 0.9))
            brush.rect(-0.3, -0.17, 0.2, 0.17, shade(paint, 0.5))
            brush.rect(-0.2, -0.16, 0.08, 0.16, paint)
            car = brush.finish()
            ground.image.paste(car, (int(x - car.width / 2), int(y - car.height / 2)), car)
    specks = _spots(ground, ("grass", "soil", "sand"), int(rng.integers(0, 24) * area), 2, taken)
    if specks:
        tone = shade(ground.region.colour_of("soil"), rng.choice([0.7, 1.3]))
        ground.lines([[(x, y), (x + 1.5, y + rng.normal())] for x, y in specks], 1.2, tone, 0.8)


def scatter_trees(ground: Landscape, taken: Sequence[Xyxy], shadow_reach: float) -> None:
    """Single trees on open ground and among houses, each with its shadow."""
    rng = ground.rng
    count = int(rng.integers(0, 40) * rng.random() * (ground.size_px / 256) ** 2)
    radius = min(12.0, max(1.6, 3.5 / ground.gsd_m))
    sun = math.radians(ground.sun_deg)
    cast = min(radius * 2.0, 6.0 / ground.gsd_m * shadow_reach)
    for x, y in _spots(ground, ("grass", "field", "houses"), count, radius * 1.5, taken):
        size = max(2, round(radius * rng.uniform(0.7, 1.3)))
        crown = crown_stamp(ground.region.crowns, size, int(rng.integers(4)))
        alpha = crown.getchannel("A")
        shadow = alpha.point([int(v * ground.shade) for v in range(256)])
        at = (int(x - size), int(y - size))
        offset = (int(at[0] - cast * math.cos(sun)), int(at[1] - cast * math.sin(sun)))
        ground.image.paste((26, 29, 30), (*offset, offset[0] + alpha.width, offset[1] + alpha.height), shadow)
        ground.image.paste(crown, at, alpha)
