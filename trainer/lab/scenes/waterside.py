"""Water: a harbour, a beach, the open sea, a river."""

from __future__ import annotations

import math

from trainer.lab.scenes.airfield import patchwork, slab_joints
from trainer.lab.scenes.brush import Point
from trainer.lab.scenes.landscape import Landscape
from trainer.lab.scenes.outlines import blob, half_plane, pick
from trainer.lab.scenes.palette import blend, shade
from trainer.lab.scenes.rural import blotches, farmland, lane, park, woods
from trainer.lab.scenes.urban import industry


def _remember_shore(ground: Landscape, offset_px: float, angle_deg: float) -> None:
    mid, ux, uy = ground.size_px / 2, math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    ground.shore = ((mid + ux * offset_px, mid + uy * offset_px), (ux, uy))


def _swell(ground: Landscape) -> None:
    """Faint currents and wind streaks on the water."""
    rng, water = ground.rng, ground.region.colour_of("water")
    for _ in range(int(rng.integers(0, 4))):
        outline = blob(ground, ground.anywhere(-0.2), rng.uniform(0.15, 0.6) * ground.size_px)
        ground.tint(outline, shade(water, rng.choice([0.7, 1.5])), rng.uniform(0.1, 0.35), zone="water")
    if rng.random() < 0.4:
        angle, foam = rng.uniform(0, 180), blend(water, (220, 226, 228), 0.5)
        streaks = [ground.strip(ground.anywhere(), angle, rng.uniform(6, 40), 0.1)[:2] for _ in range(20)]
        ground.lines(streaks, 0.6, foam, rng.uniform(0.15, 0.4), zone="water")


def harbour(ground: Landscape) -> None:
    """A straight quay, a basin of water, paved land behind."""
    rng, size = ground.rng, ground.size_px
    if rng.random() < 0.4:
        industry(ground)
    else:
        ground.cover(pick(ground, concrete=3, asphalt=2, gravel=1))
        patchwork(ground, "concrete")
        slab_joints(ground, "concrete")
    angle, offset = ground.angle_deg + float(rng.choice([90, -90])), size * rng.uniform(-0.32, 0.12)
    water = half_plane(ground, angle, offset)
    _remember_shore(ground, offset, angle)
    if rng.random() < 0.6:
        rails = [
            half_plane(ground, angle, offset - d)[:2] for d in (ground.metres(8, 5.0), ground.metres(16, 8.0))
        ]
        ground.lines(rails, 0.8, (112, 98, 86), 0.7)
    ground.lines([water[:2]], ground.metres(3, 1.5), (196, 192, 182))
    ground.patch("water", water)
    _swell(ground)


def coast(ground: Landscape) -> None:
    """Land, a beach, shallow and deep water along a wavering shore."""
    rng, size = ground.rng, ground.size_px
    ground.cover(pick(ground, grass=2, dry_grass=2, soil=1))
    blotches(ground, 5)
    woods(ground, 2)
    lane(ground, 0.4)
    angle, offset, wobble = rng.uniform(0, 360), size * rng.uniform(-0.34, 0.1), size * rng.uniform(0.0, 0.04)
    beach = ground.metres(rng.uniform(5, 40), 3.0)
    water = ground.region.colour_of("water")
    shallow = blend(water, ground.region.colour_of("sand"), rng.uniform(0.2, 0.5))
    state = rng.bit_generator.state
    layers = (("sand", -min(beach, 26.0), None), ("water", 0.0, shallow), ("water", min(beach, 18.0), water))
    for material, shift, tint in layers:
        rng.bit_generator.state = state
        ground.patch(material, half_plane(ground, angle, offset + shift, wobble), tint)
    _remember_shore(ground, offset, angle)
    _swell(ground)


def sea(ground: Landscape) -> None:
    """Open water with swell."""
    ground.cover("water")
    _swell(ground)


def river(ground: Landscape) -> None:
    """Fields or parkland cut by a river."""
    rng, size = ground.rng, ground.size_px
    (farmland if rng.random() < 0.5 else park)(ground)
    angle, centre = rng.uniform(0, 180), ground.anywhere(0.3)
    width = rng.uniform(0.1, 0.3) * size
    a = math.radians(angle)
    ux, uy, phase, swing = math.cos(a), math.sin(a), rng.uniform(0, 6.28), rng.uniform(0, 0.03) * size
    bank_tint = shade(ground.region.colour_of("grass"), 0.8)
    for grow, material, tint in ((width * 0.12 + 3, "grass", bank_tint), (0.0, "water", None)):
        left: list[Point] = []
        right: list[Point] = []
        for i in range(-14, 15):
            t = i * size / 9
            d = swing * math.sin(phase + t / size * 3.2)
            for side, bank in ((1, left), (-1, right)):
                w = d + side * (width / 2 + grow)
                bank.append((centre[0] + ux * t - uy * w, centre[1] + uy * t + ux * w))
        ground.patch(material, left + right[::-1], tint)
    ground.river = (centre, (ux, uy), width)
    _swell(ground)
