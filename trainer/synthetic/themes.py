"""Landscapes: each function lays out the ground of one kind of place."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from trainer.synthetic.brush import Point
from trainer.synthetic.landscape import Landscape
from trainer.synthetic.palette import Rgb, blend, shade

Quad = tuple[float, float, float, float]
YELLOW: Rgb = (206, 178, 92)


def _half(ground: Landscape, angle_deg: float, offset_px: float, wobble_px: float = 0.0) -> list[Point]:
    """Polygon of everything beyond a line at ``offset_px`` from the middle, in direction ``angle_deg``."""
    rng, mid, far = ground.rng, ground.size_px / 2, ground.size_px * 1.6
    ux, uy = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    edge: list[Point] = []
    phase, waves = rng.uniform(0, 6.28, 2), rng.uniform(2.0, 5.0, 2)
    steps = 28 if wobble_px else 1
    for i in range(steps + 1):
        t = (2 * i / steps - 1) * far
        swing = sum(math.sin(p + w * t / mid) for p, w in zip(phase, waves, strict=True))
        d = offset_px + wobble_px * (0.6 * swing + rng.normal() * 0.15)
        edge.append((mid + ux * d - uy * t, mid + uy * d + ux * t))
    return [
        *edge,
        (mid + ux * far - uy * far, mid + uy * far + ux * far),
        (mid + ux * far + uy * far, mid + uy * far - ux * far),
    ]


def _split(ground: Landscape, box: Quad, least: float) -> Iterator[Quad]:
    """Cut a rectangle into uneven lots no longer than about twice ``least``."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    if max(width, height) < least * 1.9 or (max(width, height) < least * 3 and ground.rng.random() < 0.15):
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


def _lots(ground: Landscape, least: float, gap: float) -> Iterator[tuple[list[Point], Quad]]:
    """Lots of a turned grid over the canvas: corners in pixels, and the rectangle in the grid's frame."""
    mid, reach = ground.size_px / 2, ground.size_px * 0.75
    c, s = math.cos(math.radians(ground.angle_deg)), math.sin(math.radians(ground.angle_deg))
    for x0, y0, x1, y1 in _split(ground, (-reach, -reach, reach, reach), least):
        quad = (x0 + gap, y0 + gap, x1 - gap, y1 - gap)
        corners = ((quad[0], quad[1]), (quad[2], quad[1]), (quad[2], quad[3]), (quad[0], quad[3]))
        pixels = [(mid + x * c - y * s, mid + x * s + y * c) for x, y in corners]
        xs, ys = [p[0] for p in pixels], [p[1] for p in pixels]
        if max(xs) > 0 and max(ys) > 0 and min(xs) < ground.size_px and min(ys) < ground.size_px:
            yield pixels, quad


def _pick(ground: Landscape, **weights: float) -> str:
    """Choose a material; underscores in names stand for spaces."""
    names = list(weights)
    total = sum(weights.values())
    return str(ground.rng.choice(names, p=[weights[n] / total for n in names])).replace("_", " ")


def _blob(ground: Landscape, centre: Point, radius: float) -> list[Point]:
    """An irregular closed outline."""
    rng = ground.rng
    phase = rng.uniform(0, 6.28, 3)
    out: list[Point] = []
    for i in range(24):
        a = 6.2832 * i / 24
        r = radius * (
            1
            + 0.22 * math.sin(2 * a + phase[0])
            + 0.14 * math.sin(3 * a + phase[1])
            + 0.08 * math.sin(7 * a + phase[2])
        )
        out.append((centre[0] + r * math.cos(a), centre[1] + r * math.sin(a)))
    return out


def _woods(ground: Landscape, most: int, share: float = 0.22) -> None:
    for _ in range(int(ground.rng.integers(0, most + 1))):
        radius = ground.rng.uniform(0.06, share) * ground.size_px
        ground.patch("woods", _blob(ground, ground.anywhere(-0.1), radius))


def _lane(ground: Landscape, chance: float, width_m: tuple[float, float] = (6, 14)) -> None:
    if ground.rng.random() < chance:
        angle = ground.angle_deg + ground.rng.choice([0, 90]) + ground.rng.normal() * 6
        width = min(22.0, ground.metres(ground.rng.uniform(*width_m), 2.0))
        ground.road(ground.across(ground.anywhere(), angle), width)


def airfield(ground: Landscape) -> None:
    """An apron with slab joints and taxi lines, or taxiways between mown grass."""
    rng, size = ground.rng, ground.size_px
    ground.cover(_pick(ground, grass=3, dry_grass=2, soil=1))
    pave = _pick(ground, concrete=3, asphalt=2)
    if rng.random() < 0.7:
        ground.patch(pave, _half(ground, ground.angle_deg, -size * rng.uniform(0.1, 0.75)))
        if rng.random() < 0.5:
            other = "asphalt" if pave == "concrete" else "concrete"
            band = ground.strip(
                ground.anywhere(), ground.angle_deg + 90, size * 3, rng.uniform(0.15, 0.35) * size
            )
            ground.patch(other, band)
    else:
        for turn in (0, 90)[: int(rng.integers(1, 3))]:
            width = min(size * 0.55, max(size * 0.3, ground.metres(45)))
            ground.patch(pave, ground.strip(ground.anywhere(0.25), ground.angle_deg + turn, size * 3, width))
    _slabs(ground, pave)
    if rng.random() < 0.4:
        island = ground.strip(
            ground.anywhere(), ground.angle_deg, size * rng.uniform(0.2, 0.5), size * rng.uniform(0.08, 0.2)
        )
        ground.lines([[*island, island[0]]], 3.0, shade(ground.region.colour_of("asphalt"), 0.75))
        ground.patch(_pick(ground, grass=2, dry_grass=1), island)
    marks: list[list[Point]] = []
    for _ in range(int(rng.integers(1, 5))):
        start, angle = ground.anywhere(), ground.angle_deg + rng.choice([0, 90, 45])
        marks.append(_curve(ground, start, angle, rng.normal() * 0.6))
    ground.lines(
        marks,
        max(0.6, ground.metres(0.6, 0.6)),
        YELLOW if rng.random() < 0.7 else (216, 214, 206),
        rng.uniform(0.35, 0.9),
    )


def _curve(ground: Landscape, start: Point, angle_deg: float, bend: float) -> list[Point]:
    """A line that runs straight, then turns."""
    x, y = start
    a, step = math.radians(angle_deg), ground.size_px / 14
    points = [(x - 30 * step * math.cos(a), y - 30 * step * math.sin(a))]
    for i in range(24):
        points.append((x, y))
        a += bend * 0.25 if 4 < i < 14 else 0.0
        x, y = x + step * math.cos(a), y + step * math.sin(a)
    return points


def _slabs(ground: Landscape, material: str) -> None:
    """Expansion joints and oil stains of a paved surface."""
    rng, size = ground.rng, ground.size_px
    step = ground.metres(rng.uniform(6, 16), 7.0)
    tone = shade(ground.region.colour_of(material), rng.choice([0.72, 1.18]))
    joints: list[list[Point]] = []
    mid = size / 2
    for turn in (0, 90):
        a = math.radians(ground.angle_deg + turn)
        for i in range(int(-size * 0.75 / step), int(size * 0.75 / step) + 1):
            centre = (mid - math.sin(a) * i * step, mid + math.cos(a) * i * step)
            joints.append(ground.across(centre, ground.angle_deg + turn))
    ground.lines(joints, 0.5, tone, rng.uniform(0.1, 0.4))
    for _ in range(int(rng.integers(0, 5))):
        dark = shade(ground.region.colour_of("asphalt"), 0.6)
        ground.lines(
            [_curve(ground, ground.anywhere(), rng.uniform(0, 360), rng.normal() * 0.3)],
            ground.metres(2.5),
            dark,
            0.12,
        )


def farmland(ground: Landscape) -> None:
    """A patchwork of ploughed, green and ripe fields, hedges, a lane, a copse."""
    rng = ground.rng
    ground.cover("grass")
    base, soil = ground.region.colour_of("field"), ground.region.colour_of("soil")
    tints = (
        base,
        blend(base, ground.region.colour_of("grass"), 0.8),
        blend(base, soil, 0.7),
        shade(soil, 1.1),
        blend(base, (196, 178, 110), 0.6),
    )
    for polygon, (x0, y0, x1, y1) in _lots(
        ground, ground.size_px * rng.uniform(0.22, 0.5), rng.uniform(0.5, 2.0)
    ):
        tint = tints[int(rng.integers(len(tints)))]
        ground.patch("field", polygon, tint)
        if rng.random() < 0.6:
            (ax, ay), (bx, by), (cx, cy), (dx, dy) = polygon
            count = max(2, int(min(60, (y1 - y0) / rng.uniform(2.5, 6.0))))
            rows = [
                [(ax + (dx - ax) * t, ay + (dy - ay) * t), (bx + (cx - bx) * t, by + (cy - by) * t)]
                for t in (i / count for i in range(1, count))
            ]
            ground.lines(rows, 0.6, shade(tint, rng.choice([0.8, 1.2])), rng.uniform(0.15, 0.5))
    _woods(ground, 2, 0.16)
    _lane(ground, 0.6)


def desert(ground: Landscape) -> None:
    """Bare sand and soil with patches, scrub and wheel tracks."""
    rng = ground.rng
    ground.cover(_pick(ground, sand=2, soil=2))
    for _ in range(int(rng.integers(1, 5))):
        ground.patch(
            _pick(ground, soil=2, sand=2, dry_grass=1),
            _blob(ground, ground.anywhere(-0.1), rng.uniform(0.1, 0.4) * ground.size_px),
        )
    tracks = [
        _curve(ground, ground.anywhere(), rng.uniform(0, 360), rng.normal() * 0.4)
        for _ in range(int(rng.integers(0, 4)))
    ]
    if tracks:
        ground.lines(tracks, ground.metres(3), shade(ground.region.colour_of("sand"), 1.1), 0.4)
    _lane(ground, 0.4)


def park(ground: Landscape) -> None:
    """Mown and dry grass, woods, paths and a paved corner."""
    rng, size = ground.rng, ground.size_px
    ground.cover(_pick(ground, grass=3, dry_grass=1))
    for _ in range(int(rng.integers(0, 3))):
        ground.patch(
            _pick(ground, grass=2, dry_grass=1, soil=1),
            _blob(ground, ground.anywhere(), rng.uniform(0.15, 0.4) * size),
        )
    if rng.random() < 0.7:
        ground.patch(
            _pick(ground, concrete=1, asphalt=2, gravel=1),
            _half(ground, ground.angle_deg, size * rng.uniform(-0.1, 0.4)),
        )
    _woods(ground, 3)
    paths = [
        _curve(ground, ground.anywhere(), rng.uniform(0, 360), rng.normal() * 0.5)
        for _ in range(int(rng.integers(0, 3)))
    ]
    if paths:
        ground.lines(paths, ground.metres(3), ground.region.colour_of("gravel"), 0.8)
    _lane(ground, 0.5)


def industry(ground: Landscape) -> None:
    """Paved and gravelled lots between roads."""
    rng = ground.rng
    ground.cover(_pick(ground, asphalt=2, concrete=1))
    for polygon, _quad in _lots(ground, ground.size_px * rng.uniform(0.35, 0.7), rng.uniform(2, 6)):
        ground.patch(_pick(ground, concrete=3, asphalt=2, gravel=2, soil=1, dry_grass=1), polygon)
    _slabs(ground, "concrete")
    _lane(ground, 0.5)


def town(ground: Landscape) -> None:
    """A street grid: blocks of houses, lawns and yards."""
    rng, region = ground.rng, ground.region
    ground.clutter_kinds = ("building",)
    ground.cover("asphalt")
    street = min(9.0, ground.metres(rng.uniform(4, 7), 1.5))
    for polygon, quad in _lots(ground, ground.size_px * rng.uniform(0.28, 0.5), street):
        if rng.random() < region.density:
            ground.patch(_pick(ground, grass=2, concrete=1, soil=1), polygon, zone="houses")
            _houses(ground, quad)
        else:
            ground.patch(_pick(ground, grass=4, dry_grass=2, concrete=2, asphalt=1, soil=1), polygon)


def _houses(ground: Landscape, quad: Quad) -> None:
    """Rows of roofs inside one block, each with its shadow and its sunny side."""
    from PIL import ImageDraw

    rng, region, mid = ground.rng, ground.region, ground.size_px / 2
    draw = ImageDraw.Draw(ground.image)
    c, s = math.cos(math.radians(ground.angle_deg)), math.sin(math.radians(ground.angle_deg))
    sun = math.radians(ground.sun_deg)
    cast = ground.metres(5.0)
    sx, sy = -cast * math.cos(sun), -cast * math.sin(sun)
    step = ground.metres(rng.uniform(*region.house_m), 4.0) * 1.35
    y = quad[1] + step * 0.55
    while y < quad[3] - step * 0.4:
        x = quad[0] + step * 0.55
        while x < quad[2] - step * 0.4:
            w, h = step * rng.uniform(0.26, 0.42), step * rng.uniform(0.26, 0.4)
            if rng.random() < 0.85:
                corners = [
                    (mid + u * c - v * s, mid + u * s + v * c)
                    for u, v in ((x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h))
                ]
                roof = region.roofs[int(rng.integers(len(region.roofs)))]
                draw.polygon([(p + sx, q + sy) for p, q in corners], fill=(48, 50, 54))
                draw.polygon(corners, fill=shade(roof, 0.86))
                lit = (
                    (corners[0], corners[1])
                    if -s * math.cos(sun) + c * math.sin(sun) < 0
                    else (corners[3], corners[2])
                )
                ridge = (
                    (mid + (x + w) * c - y * s, mid + (x + w) * s + y * c),
                    (mid + (x - w) * c - y * s, mid + (x - w) * s + y * c),
                )
                draw.polygon([*lit, *ridge], fill=shade(roof, 1.14))
            x += step
        y += step


def _shoreline(ground: Landscape, offset: float, wobble: float, angle: float) -> list[Point]:
    """Water beyond a line; remembers the shore for piers."""
    mid = ground.size_px / 2
    ux, uy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    ground.shore = ((mid + ux * offset, mid + uy * offset), (ux, uy))
    return _half(ground, angle, offset, wobble)


def harbour(ground: Landscape) -> None:
    """A straight quay, basins of water, paved land behind."""
    rng, size = ground.rng, ground.size_px
    ground.cover(_pick(ground, concrete=3, asphalt=2, gravel=1))
    _slabs(ground, "concrete")
    water = _shoreline(ground, size * rng.uniform(-0.32, 0.12), 0.0, ground.angle_deg + rng.choice([90, -90]))
    ground.lines([water[:2]], ground.metres(3, 1.5), (196, 192, 182))
    ground.patch("water", water)
    if rng.random() < 0.5:
        _lane(ground, 0.0)


def coast(ground: Landscape) -> None:
    """Land, a beach, shallow and deep water along a wavering shore."""
    rng, size = ground.rng, ground.size_px
    ground.cover(_pick(ground, grass=2, dry_grass=2, soil=1))
    _woods(ground, 2)
    _lane(ground, 0.4)
    angle, offset, wobble = rng.uniform(0, 360), size * rng.uniform(-0.34, 0.1), size * rng.uniform(0.0, 0.04)
    state = rng.bit_generator.state
    beach = ground.metres(rng.uniform(5, 40), 3.0)
    water = ground.region.colour_of("water")
    shallow = blend(water, ground.region.colour_of("sand"), 0.4)
    for material, shift, tint in (
        ("sand", -min(beach, 26.0), None),
        ("water", 0.0, shallow),
        ("water", min(beach, 18.0), water),
    ):
        rng.bit_generator.state = state
        polygon = _shoreline(ground, offset + shift, wobble, angle)
        ground.patch(material, polygon, tint)
    ground.shore = _shore_at(ground, offset, angle)


def _shore_at(ground: Landscape, offset: float, angle: float) -> tuple[Point, Point]:
    mid, ux, uy = ground.size_px / 2, math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return (mid + ux * offset, mid + uy * offset), (ux, uy)


def sea(ground: Landscape) -> None:
    """Open water with swell."""
    rng = ground.rng
    ground.cover("water")
    for _ in range(int(rng.integers(0, 3))):
        tint = shade(ground.region.colour_of("water"), rng.uniform(0.85, 1.25))
        ground.patch(
            "water", _blob(ground, ground.anywhere(-0.2), rng.uniform(0.2, 0.6) * ground.size_px), tint
        )


def river(ground: Landscape) -> None:
    """Fields or parkland cut by a river."""
    rng, size = ground.rng, ground.size_px
    (farmland if rng.random() < 0.5 else park)(ground)
    angle, centre = rng.uniform(0, 180), ground.anywhere(0.3)
    width = rng.uniform(0.1, 0.3) * size
    a = math.radians(angle)
    ux, uy, phase, swing = math.cos(a), math.sin(a), rng.uniform(0, 6.28), rng.uniform(0, 0.03) * size
    for grow, material, tint in (
        (width * 0.12 + 3, "grass", shade(ground.region.colour_of("grass"), 0.8)),
        (0.0, "water", None),
    ):
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


THEMES: dict[str, Callable[[Landscape], None]] = {
    "airfield": airfield,
    "farmland": farmland,
    "desert": desert,
    "park": park,
    "industry": industry,
    "town": town,
    "harbour": harbour,
    "coast": coast,
    "sea": sea,
    "river": river,
}
