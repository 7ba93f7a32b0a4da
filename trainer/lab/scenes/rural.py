"""Open country: farmland, desert and parkland."""

from __future__ import annotations

from trainer.lab.scenes.landscape import Landscape
from trainer.lab.scenes.outlines import bend, blob, half_plane, lots, pick
from trainer.lab.scenes.palette import blend, shade


def woods(ground: Landscape, most: int, share: float = 0.22) -> None:
    """Up to ``most`` copses, each at most ``share`` of the scene in radius."""
    for _ in range(int(ground.rng.integers(0, most + 1))):
        radius = ground.rng.uniform(0.06, share) * ground.size_px
        ground.patch("woods", blob(ground, ground.anywhere(-0.1), radius))


def lane(ground: Landscape, chance: float) -> None:
    """Perhaps a road right across, along the grain of the land."""
    rng = ground.rng
    if rng.random() < chance:
        angle = ground.angle_deg + rng.choice([0, 90]) + rng.normal() * 6
        width = min(22.0, ground.metres(rng.uniform(6, 14), 2.0))
        ground.road(ground.across(ground.anywhere(), angle), width)


def blotches(ground: Landscape, most: int) -> None:
    """Soft patches where the ground is wetter, drier or worn."""
    rng = ground.rng
    for _ in range(int(rng.integers(0, most + 1))):
        tone = ground.region.colour_of(pick(ground, soil=2, grass=1, sand=1, dry_grass=2))
        outline = blob(ground, ground.anywhere(-0.1), rng.uniform(0.04, 0.3) * ground.size_px)
        ground.tint(outline, shade(tone, rng.uniform(0.75, 1.15)), rng.uniform(0.1, 0.4))


def farmland(ground: Landscape) -> None:
    """A patchwork of ploughed, green and ripe fields, hedges, a lane, a copse."""
    rng = ground.rng
    ground.cover("grass")
    base, soil = ground.region.colour_of("field"), ground.region.colour_of("soil")
    grass = ground.region.colour_of("grass")
    tints = (
        base,
        blend(base, grass, 0.8),
        blend(base, soil, 0.7),
        shade(soil, 1.1),
        blend(base, (196, 178, 110), 0.6),
    )
    least, gap = ground.size_px * rng.uniform(0.22, 0.5), rng.uniform(0.5, 2.0)
    for polygon, (_, y0, _, y1) in lots(ground, least, gap):
        tint = tints[int(rng.integers(len(tints)))]
        ground.patch("field", polygon, tint)
        if rng.random() < 0.65:
            (ax, ay), (bx, by), (cx, cy), (dx, dy) = polygon
            count = max(2, int(min(60, (y1 - y0) / rng.uniform(2.5, 7.0))))
            rows = [
                [(ax + (dx - ax) * t, ay + (dy - ay) * t), (bx + (cx - bx) * t, by + (cy - by) * t)]
                for t in (i / count for i in range(1, count))
            ]
            ground.lines(rows, 0.7, shade(tint, rng.choice([0.75, 1.2])), rng.uniform(0.15, 0.5))
        if rng.random() < 0.25:
            hedge = ground.region.colour_of("woods")
            ground.lines([polygon[:2]], rng.uniform(1.5, 4.0), hedge, 0.85)
    blotches(ground, 4)
    woods(ground, 2, 0.16)
    lane(ground, 0.6)


def desert(ground: Landscape) -> None:
    """Bare sand and soil with patches, dry beds and wheel tracks."""
    rng = ground.rng
    ground.cover(pick(ground, sand=2, soil=2))
    for _ in range(int(rng.integers(1, 4))):
        outline = blob(ground, ground.anywhere(-0.1), rng.uniform(0.1, 0.4) * ground.size_px)
        ground.patch(pick(ground, soil=2, sand=2, dry_grass=1), outline)
    blotches(ground, 8)
    sand = ground.region.colour_of("sand")
    for _ in range(int(rng.integers(0, 4))):
        bed = bend(ground, ground.anywhere(), rng.uniform(0, 360), rng.normal() * 0.5)
        ground.lines([bed], rng.uniform(1.5, 9.0), shade(sand, rng.choice([0.8, 1.12])), 0.4)
    for _ in range(int(rng.integers(0, 3))):
        track = bend(ground, ground.anywhere(), rng.uniform(0, 360), rng.normal() * 0.4)
        ground.lines([track], ground.metres(3), shade(sand, 1.1), 0.5)
    lane(ground, 0.4)


def park(ground: Landscape) -> None:
    """Mown and dry grass, woods, paths and a paved corner."""
    rng, size = ground.rng, ground.size_px
    ground.cover(pick(ground, grass=3, dry_grass=1))
    for _ in range(int(rng.integers(0, 3))):
        outline = blob(ground, ground.anywhere(), rng.uniform(0.15, 0.4) * size)
        ground.patch(pick(ground, grass=2, dry_grass=1, soil=1), outline)
    blotches(ground, 8)
    if rng.random() < 0.7:
        paved = half_plane(ground, ground.angle_deg, size * rng.uniform(-0.1, 0.4))
        ground.patch(pick(ground, concrete=1, asphalt=2, gravel=1), paved)
    woods(ground, 3)
    for _ in range(int(rng.integers(0, 4))):
        path = bend(ground, ground.anywhere(), rng.uniform(0, 360), rng.normal() * 0.5)
        ground.lines([path], ground.metres(rng.uniform(1.5, 4), 0.8), ground.region.colour_of("gravel"), 0.8)
    lane(ground, 0.5)
