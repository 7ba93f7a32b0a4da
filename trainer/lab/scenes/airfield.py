"""An airfield: apron, taxiways, islands of grass, markings, patches, stands, a terminal at the edge."""

from __future__ import annotations

import math

from PIL import ImageDraw

from trainer.lab.scenes.brush import Point
from trainer.lab.scenes.landscape import Landscape
from trainer.lab.scenes.outlines import bend, half_plane, pick, rounded, turned
from trainer.lab.scenes.palette import Rgb, sample_colour, shade

YELLOW: Rgb = (206, 178, 92)
WHITE: Rgb = (216, 214, 206)


def airfield(ground: Landscape) -> None:
    """An apron before a terminal, or taxiways and a runway between mown grass."""
    rng, size = ground.rng, ground.size_px
    ground.cover(pick(ground, grass=3, dry_grass=2, soil=1))
    pave = pick(ground, concrete=3, asphalt=2)
    if rng.random() < 0.7:
        ground.patch(pave, half_plane(ground, ground.angle_deg + 90, -size * rng.uniform(0.1, 0.85)))
        if rng.random() < 0.6:
            _band(ground, "asphalt" if pave == "concrete" else "concrete")
    else:
        for turn in (0, 90)[: int(rng.integers(1, 3))]:
            width = min(size * 0.55, max(size * 0.3, ground.metres(45)))
            centre = ground.anywhere(0.25)
            ground.patch(pave, ground.strip(centre, ground.angle_deg + turn, size * 3, width))
    patchwork(ground, pave)
    slab_joints(ground, pave)
    for _ in range(int(rng.choice(3, p=(0.5, 0.3, 0.2)))):
        _island(ground)
    _taxi_lines(ground)
    if rng.random() < 0.35:
        _stand_lines(ground)
    if rng.random() < 0.45:
        _terminal(ground)
    if rng.random() < 0.6:
        _carts(ground)


def _band(ground: Landscape, material: str) -> None:
    """A runway or taxiway of other paving across everything, with its stripes."""
    rng, size = ground.rng, ground.size_px
    turn = ground.angle_deg + rng.choice([0, 90, 90, 30])
    centre, width = ground.anywhere(), rng.uniform(0.15, 0.35) * size
    ground.patch(material, ground.strip(centre, turn, size * 3, width))
    a = math.radians(turn)
    if rng.random() < 0.5:
        edges = [ground.strip(centre, turn, size * 3, width * s)[i : i + 2] for s in (0.88,) for i in (0, 2)]
        ground.lines(edges, ground.metres(0.8, 0.7), WHITE, 0.7)
    dash = ground.metres(rng.uniform(12, 30), 8.0)
    dashes: list[list[Point]] = []
    for i in range(-int(size / dash), int(size / dash)):
        x, y = centre[0] + math.cos(a) * i * dash * 1.8, centre[1] + math.sin(a) * i * dash * 1.8
        dashes.append([(x, y), (x + math.cos(a) * dash, y + math.sin(a) * dash)])
    ground.lines(dashes, ground.metres(0.9, 0.7), WHITE if rng.random() < 0.6 else YELLOW, 0.75)
    tone = shade(ground.region.colour_of("asphalt"), 0.55)
    ground.lines([ground.across(centre, turn)], width * 0.3, tone, rng.uniform(0.0, 0.25))


def patchwork(ground: Landscape, material: str) -> None:
    """Slabs and repairs of a slightly other age."""
    rng = ground.rng
    side = ground.metres(rng.uniform(7, 20), 9.0)
    base = ground.region.colour_of(material)
    for _ in range(int(rng.integers(3, 16))):
        centre = ground.anywhere()
        u, v = side * rng.integers(1, 5), side * rng.integers(1, 3)
        corners = ground.strip(centre, ground.angle_deg + rng.choice([0, 90]), u, v)
        if ground.zone_at(*centre) == "paved":
            ground.lines([[corners[0], corners[1]]], 0.6, shade(base, 0.7), 0.5)
            ground.tint(corners, shade(base, rng.choice([0.55, 0.75, 1.12, 1.25])), rng.uniform(0.15, 0.6))


def slab_joints(ground: Landscape, material: str) -> None:
    """Expansion joints, cracks and dark tracks of a paved surface."""
    rng, size = ground.rng, ground.size_px
    tone = shade(ground.region.colour_of(material), rng.choice([0.7, 0.7, 1.15]))
    step, reach = ground.metres(rng.uniform(6, 16), 9.0), size * 0.75
    joints: list[list[Point]] = []
    if rng.random() < 0.6:
        for i in range(int(-reach / step), int(reach / step) + 1):
            joints.append([turned(ground, -reach, i * step), turned(ground, reach, i * step)])
            joints.append([turned(ground, i * step, -reach), turned(ground, i * step, reach)])
        ground.lines(joints, 0.5, tone, rng.uniform(0.1, 0.35), zone="paved")
    cracks = [
        bend(ground, ground.anywhere(), rng.uniform(0, 360), rng.normal())
        for _ in range(int(rng.integers(0, 5)))
    ]
    ground.lines(cracks, 0.6, shade(tone, 0.7), 0.35, zone="paved")
    dark = shade(ground.region.colour_of("asphalt"), 0.6)
    for _ in range(int(rng.integers(0, 4))):
        track = bend(ground, ground.anywhere(), rng.uniform(0, 360), rng.normal() * 0.3)
        ground.lines([track], ground.metres(rng.uniform(1, 6)), dark, rng.uniform(0.06, 0.2), zone="paved")


def _island(ground: Landscape) -> None:
    """Grass inside the paving, round-ended, with a dark shoulder and a painted edge."""
    rng, size = ground.rng, ground.size_px
    centre, angle = ground.anywhere(), ground.angle_deg + rng.choice([0, 90])
    length, width = size * rng.uniform(0.25, 0.7), size * rng.uniform(0.1, 0.32)
    shoulder = ground.metres(rng.uniform(3, 8), 2.0)
    outer = rounded(ground, centre, length + 2 * shoulder, width + 2 * shoulder, angle)
    ground.patch("asphalt", outer, shade(ground.region.colour_of("asphalt"), rng.uniform(0.6, 0.9)))
    if rng.random() < 0.6:
        ground.lines([[*outer, outer[0]]], ground.metres(0.5, 0.7), YELLOW, 0.7)
    ground.patch(pick(ground, grass=3, dry_grass=2, soil=1), rounded(ground, centre, length, width, angle))


def _taxi_lines(ground: Landscape) -> None:
    """Painted lead-in lines, some doubled over a darker track."""
    rng = ground.rng
    paint = YELLOW if rng.random() < 0.75 else WHITE
    lines: list[list[Point]] = []
    for _ in range(int(rng.integers(1, 6))):
        angle = ground.angle_deg + rng.choice([0, 90, 45])
        lines.append(bend(ground, ground.anywhere(), angle, rng.choice([0.0, 0.3, -0.3, 0.7, -0.7])))
    width = ground.metres(rng.uniform(0.3, 0.9), 0.6)
    if rng.random() < 0.5:
        ground.lines(lines, width * 5, shade(ground.region.colour_of("asphalt"), 0.7), 0.3, zone="paved")
    ground.lines(lines, width, paint, rng.uniform(0.35, 0.95), zone="paved")


def _stand_lines(ground: Landscape) -> None:
    """A row of parallel stands: stop lines and lead-in lines at even spacing."""
    rng, size = ground.rng, ground.size_px
    pitch, depth = ground.metres(rng.uniform(30, 60), 16.0), ground.metres(rng.uniform(25, 60), 14.0)
    base = rng.uniform(-0.3, 0.3) * size
    lines: list[list[Point]] = []
    for i in range(int(-size / pitch), int(size / pitch) + 1):
        x = i * pitch
        lines.append([turned(ground, x, base), turned(ground, x, base + depth)])
        lines.append(
            [turned(ground, x + pitch * 0.3, base + depth), turned(ground, x + pitch * 0.7, base + depth)]
        )
    ground.lines(lines, ground.metres(0.5, 0.7), YELLOW if rng.random() < 0.5 else WHITE, 0.7, zone="paved")


def _terminal(ground: Landscape) -> None:
    """A long roof along one edge of the scene, with plant on top and passenger bridges to the apron."""
    rng, size = ground.rng, ground.size_px
    ground.clutter_kinds = (*ground.clutter_kinds, "building")
    draw = ImageDraw.Draw(ground.image)
    roof: Rgb = sample_colour(rng, str(rng.choice(["white", "grey", "grey", "brown", "black"])))
    inner, outer = size * rng.uniform(0.26, 0.42), size * 0.8
    sun, cast = math.radians(ground.sun_deg), ground.metres(14, 2.0)
    sx, sy = -cast * math.cos(sun), -cast * math.sin(sun)
    side = float(rng.choice([-1, 1]))
    x = -size * 0.8
    while x < size * 0.8:
        width = size * rng.uniform(0.15, 0.6)
        front = inner + size * rng.choice([0.0, 0.0, 0.05, 0.1])
        corners = [
            turned(ground, u, side * v)
            for u, v in ((x, front), (x + width, front), (x + width, outer), (x, outer))
        ]
        draw.polygon([(p + sx, q + sy) for p, q in corners], fill=(40, 42, 46))
        for _ in range(int(rng.integers(0, 4))):
            at = x + width * rng.uniform(0.1, 0.9)
            reach = front - ground.metres(rng.uniform(14, 34), 6.0)
            tip = turned(ground, at + rng.normal() * 8, side * reach)
            ground.lines(
                [[turned(ground, at, side * front), tip]], ground.metres(3.5, 1.6), shade(roof, 0.95)
            )
        ground.patch("concrete", corners, shade(roof, rng.uniform(0.8, 1.1)), zone="houses")
        _roof_plant(ground, (x, front, x + width, outer), side, roof)
        x += width + size * rng.choice([0.0, 0.0, 0.04])


def _roof_plant(ground: Landscape, quad: tuple[float, float, float, float], side: float, roof: Rgb) -> None:
    """Skylights, ducts and a parapet on a big roof."""
    rng = ground.rng
    x0, y0, x1, y1 = quad
    ribs: list[list[Point]] = []
    count = int(rng.integers(0, 9))
    for i in range(count):
        x = x0 + (x1 - x0) * (i + 0.5) / count
        ribs.append([turned(ground, x, side * y0), turned(ground, x, side * y1)])
    ground.lines(ribs, rng.uniform(0.6, 3.0), shade(roof, rng.choice([0.6, 1.2])), 0.7)
    draw = ImageDraw.Draw(ground.image)
    for _ in range(int(rng.integers(1, 8))):
        x, y, u, v = rng.uniform(x0, x1), rng.uniform(y0, y0 + ground.size_px * 0.2), *rng.uniform(2, 12, 2)
        box = [turned(ground, x + a, side * (y + b)) for a, b in ((0, 0), (u, 0), (u, v), (0, v))]
        draw.polygon([(p + 1.5, q + 1.5) for p, q in box], fill=shade(roof, 0.5))
        draw.polygon(box, fill=shade(roof, rng.choice([0.75, 1.15])))
    front = [turned(ground, x0, side * y0), turned(ground, x1, side * y0)]
    ground.lines([front], 1.0, shade(roof, 1.2))


def _carts(ground: Landscape) -> None:
    """Rows of small ground vehicles and trailers."""
    rng = ground.rng
    draw = ImageDraw.Draw(ground.image)
    for _ in range(int(rng.integers(1, 5))):
        x, y = (ground.anywhere(0.1)[i] - ground.size_px / 2 for i in (0, 1))
        u, v = ground.metres(rng.uniform(2.5, 5.0), 2.0), ground.metres(rng.uniform(1.6, 2.6), 1.4)
        paint = sample_colour(rng, str(rng.choice(["white", "grey", "yellow", "blue", "white"])))
        for i in range(int(rng.integers(2, 12))):
            left = x + i * u * 1.3
            corners = [turned(ground, left + a, y + b) for a, b in ((0, 0), (u, 0), (u, v), (0, v))]
            if ground.zone_at(*corners[0]) == "paved":
                draw.polygon([(p + 1, q + 1) for p, q in corners], fill=(52, 54, 56))
                draw.polygon(corners, fill=shade(paint, rng.uniform(0.85, 1.1)))
