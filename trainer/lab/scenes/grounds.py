"""Things marked on the ground: courts, pitches, pads, pools, crops. Each function draws one on a brush."""

from __future__ import annotations

from math import cos, pi, sin

from trainer.lab.scenes.brush import Brush, Point
from trainer.lab.scenes.palette import Rgb, blend, sample_colour, shade
from trainer.lab.scenes.structures import ASPHALT, CONCRETE, MARK

TURF: Rgb = (78, 116, 62)
CLAY: Rgb = (160, 112, 78)


def _frame(b: Brush, x0: float, y0: float, x1: float, y1: float, width: float, paint: Rgb) -> None:
    """Stroke a rectangle's outline."""
    b.line(((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)), width, paint)


def draw_tennis_court(b: Brush, body: Rgb) -> None:
    """Playing surface with its lines on a wider surround; one court or two side by side."""
    rng = b.rng
    h = b.aspect / 2
    surround = shade(body, 0.78) if rng.random() < 0.5 else blend(sample_colour(rng, "green"), body, 0.25)
    b.rect(-0.5, -h, 0.5, h, surround)
    courts = 1 if b.aspect < 0.62 else 2
    width = b.px(0.8)
    for i in range(courts):
        y = 0.0 if courts == 1 else (i - 0.5) * h
        q = h * (0.62 if courts == 1 else 0.36)
        b.rect(-0.36, y - q, 0.36, y + q, body)
        _frame(b, -0.36, y - q, 0.36, y + q, width, MARK)
        for side in (-1, 1):
            b.line(((-0.36, y + side * q * 0.75), (0.36, y + side * q * 0.75)), width, MARK)
            b.line(((side * 0.19, y - q * 0.75), (side * 0.19, y + q * 0.75)), width, MARK)
        b.line(((-0.19, y), (0.19, y)), width, MARK)
        b.line(((0, y - q * 1.08), (0, y + q * 1.08)), width, shade(body, 0.5))


def draw_basketball_court(b: Brush, body: Rgb) -> None:
    """Centre circle, keys and three-point arcs."""
    h = b.aspect / 2
    key = shade(body, 0.68) if b.rng.random() < 0.6 else blend(body, (60, 90, 150), 0.6)
    width = b.px(0.8)
    b.rect(-0.5, -h, 0.5, h, shade(body, 0.86))
    b.rect(-0.46, -h * 0.88, 0.46, h * 0.88, body)
    _frame(b, -0.46, -h * 0.88, 0.46, h * 0.88, width, MARK)
    b.line(((0, -h * 0.88), (0, h * 0.88)), width, MARK)
    b.disc(0, 0, h * 0.27, key)
    b.ring(0, 0, h * 0.27, width, MARK)
    for side in (-1, 1):
        arc = [(side * (0.46 - h * 0.95 * sin(pi * i / 10)), h * 0.76 * cos(pi * i / 10)) for i in range(11)]
        b.line(arc, width, MARK)
        b.rect(side * 0.46, -h * 0.26, side * 0.27, h * 0.26, key)


def draw_football_field(b: Brush, body: Rgb) -> None:
    """Mown stripes, touchlines, centre circle and penalty areas."""
    h = b.aspect / 2
    turf = shade(TURF, b.rng.uniform(0.85, 1.15))
    stripes = int(b.rng.choice([1, 8, 10, 12]))
    for i in range(stripes):
        x = -0.5 + i / stripes
        b.rect(x, -h, x + 1 / stripes, h, shade(turf, 1.06 if i % 2 else 0.95))
    width = b.px(0.85)
    _frame(b, -0.46, -h * 0.9, 0.46, h * 0.9, width, MARK)
    b.line(((0, -h * 0.9), (0, h * 0.9)), width, MARK)
    b.ring(0, 0, h * 0.28, width, MARK)
    for side in (-1, 1):
        b.line(
            (
                (side * 0.46, -h * 0.5),
                (side * 0.31, -h * 0.5),
                (side * 0.31, h * 0.5),
                (side * 0.46, h * 0.5),
            ),
            width,
            MARK,
        )


def draw_stadium(b: Brush, body: Rgb) -> None:
    """An oval of stands in the seats' colour round a striped pitch, some with a track or a roof."""
    rng = b.rng
    h = b.aspect / 2
    b.ellipse(0, 0, 0.5, h, shade(CONCRETE, 1.08), 0.75)
    b.ellipse(0, 0, 0.47, h * 0.94, body, 0.75)
    b.ellipse(0, 0, 0.4, h * 0.79, shade(body, 0.8), 0.75)
    for i in range(20):
        a = 2 * pi * i / 20
        b.line(
            ((0.33 * cos(a), h * 0.62 * sin(a)), (0.47 * cos(a), h * 0.94 * sin(a))),
            b.px(0.5),
            shade(body, 1.2),
        )
    if rng.random() < 0.4:
        b.poly(((-0.42, -h * 0.7), (0.42, -h * 0.7), (0.36, -h * 0.98), (-0.36, -h * 0.98)), (212, 212, 208))
    b.ellipse(0, 0, 0.335, h * 0.62, CLAY if rng.random() < 0.5 else shade(TURF, 0.85), 0.7)
    for i in range(8):
        x = -0.25 + i * 0.0625
        b.rect(x, -h * 0.42, x + 0.0625, h * 0.42, shade(TURF, 1.15 if i % 2 else 1.0))
    _frame(b, -0.24, -h * 0.4, 0.24, h * 0.4, b.px(0.6), MARK)


def draw_baseball_field(b: Brush, body: Rgb) -> None:
    """A quarter of turf, the dirt diamond in its corner; home plate at the -x, -y corner."""

    def at(radius: float, angle: float) -> Point:
        return (-0.5 + radius * cos(angle), -0.5 + radius * sin(angle))

    turf = shade(TURF, b.rng.uniform(0.85, 1.15))
    fence = [at(1.0 - 0.08 * abs(i - 7) / 7, (pi / 2) * i / 14) for i in range(15)]
    b.poly([(-0.5, -0.5), *fence], CLAY)
    b.poly(
        [(-0.47, -0.47)]
        + [at(0.93 - 0.08 * abs(i - 7) / 7, (pi / 2) * (0.3 + i * 13.4 / 14) / 14) for i in range(15)],
        turf,
    )
    b.poly([(-0.5, -0.5)] + [at(0.46, (pi / 2) * i / 10) for i in range(11)], CLAY)
    b.poly(((-0.43, -0.43), (-0.18, -0.43), (-0.18, -0.18), (-0.43, -0.18)), turf)
    b.disc(-0.31, -0.31, 0.035, CLAY)
    b.line(((-0.5, -0.485), (0.42, -0.485)), b.px(0.7), MARK)
    b.line(((-0.485, -0.5), (-0.485, 0.42)), b.px(0.7), MARK)


def draw_helipad(b: Brush, body: Rgb) -> None:
    """A pad with an H inside a ring."""
    paint = MARK if max(body) < 200 else (186, 70, 58)
    if b.rng.random() < 0.5:
        b.disc(0, 0, 0.5, body)
    else:
        b.rect(-0.5, -0.5, 0.5, 0.5, body)
    b.ring(0, 0, 0.42, 0.06, paint)
    for side in (-1, 1):
        b.rect(side * 0.13, -0.22, side * 0.21, 0.22, paint)
    b.rect(-0.15, -0.04, 0.15, 0.04, paint)


def draw_swimming_pool(b: Brush, body: Rgb) -> None:
    """Clear blue water in a pale rim: a rectangle with lanes, or a rounded garden pool."""
    rng = b.rng
    h = b.aspect / 2
    water = (int(rng.integers(64, 104)), int(rng.integers(158, 190)), int(rng.integers(188, 212)))
    rim = (206, 198, 184)
    if rng.random() < 0.55:
        b.rect(-0.5, -h, 0.5, h, rim)
        b.rect(-0.45, -h + 0.05, 0.45, h - 0.05, water)
        for i in range(1, 5 if b.size_px > 34 else 1):
            y = -h + 0.05 + (2 * h - 0.1) * i / 5
            b.line(((-0.45, y), (0.45, y)), b.px(0.5), shade(water, 0.86))
    else:
        b.ellipse(0, 0, 0.5, h, rim, 0.8)
        b.ellipse(0, 0, 0.44, h - 0.06, water, 0.8)
        b.ellipse(0.15, 0, 0.22, h * 0.6, shade(water, 0.92), 0.9)


def draw_pond(b: Brush, body: Rgb) -> None:
    """A still, dark, irregular water with a muddy or reedy bank."""
    rng = b.rng
    h = b.aspect / 2
    wobble = [rng.uniform(0.0, 0.1) for _ in range(3)]
    phase = rng.uniform(0, 2 * pi, 3)
    outline: list[Point] = []
    for i in range(36):
        a = 2 * pi * i / 36
        r = 1 - sum(
            w * (1 + cos((k + 2) * a + p)) / 2 for k, (w, p) in enumerate(zip(wobble, phase, strict=True))
        )
        outline.append((0.5 * r * cos(a), h * r * sin(a)))
    water = blend((44, 60, 64), (78, 92, 72), rng.random())
    b.poly(outline, blend((120, 112, 82), (70, 84, 52), rng.random()))
    b.poly([(x * 0.92, y * 0.92) for x, y in outline], shade(water, 1.15))
    b.poly([(x * 0.78, y * 0.78) for x, y in outline], water)


def draw_crop_circle(b: Brush, body: Rgb) -> None:
    """A field under a centre pivot: rings, sectors of other growth and the arm's track."""
    rng = b.rng
    b.disc(0, 0, 0.5, body)
    if rng.random() < 0.6:
        start, sweep = rng.uniform(0, 2 * pi), rng.uniform(0.5, 2.4)
        sector = [(0.49 * cos(start + sweep * i / 14), 0.49 * sin(start + sweep * i / 14)) for i in range(15)]
        b.poly([(0.0, 0.0), *sector], shade(body, rng.choice([0.84, 1.16])))
    for radius in (0.16, 0.27, 0.38, 0.48):
        b.ring(0, 0, radius, b.px(0.5), shade(body, 0.88))
    a = rng.uniform(0, 2 * pi)
    b.line(((0, 0), (0.49 * cos(a), 0.49 * sin(a))), b.px(0.8), shade(body, 1.3))


def draw_car_park(b: Brush, body: Rgb) -> None:
    """Bays in rows on asphalt, most of them taken."""
    rng = b.rng
    h = b.aspect / 2
    b.rect(-0.5, -h, 0.5, h, shade(ASPHALT, rng.uniform(0.85, 1.2)))
    rows = max(2, min(8, int(b.size_px * b.aspect / 9)))
    columns = max(5, min(22, int(b.size_px / 4)))
    paints = [
        sample_colour(rng, n) for n in ("white", "grey", "black", "white", "red", "blue", "grey", "black")
    ]
    picks, fill = rng.integers(0, len(paints), (rows, columns)), rng.uniform(0.4, 0.9)
    taken = rng.random((rows, columns)) < fill
    sy, sx = 2 * h * 0.94 / rows, 0.94 / columns
    for i in range(rows):
        y = -h * 0.94 + i * sy + sy * (0.05 if i % 2 else 0.4)
        b.line(((-0.47, y), (0.47, y)), b.px(0.4), MARK)
        for j in range(columns):
            if taken[i, j]:
                x = -0.47 + j * sx
                b.rect(x + sx * 0.2, y + sy * 0.04, x + sx * 0.8, y + sy * 0.52, paints[int(picks[i, j])])


def draw_roundabout(b: Brush, body: Rgb) -> None:
    """A ring of road round a planted island."""
    rng = b.rng
    b.disc(0, 0, 0.5, shade(ASPHALT, 1.25))
    b.disc(0, 0, 0.485, ASPHALT)
    island = blend(TURF, CLAY, rng.random() * 0.5)
    b.disc(0, 0, rng.uniform(0.26, 0.31), shade(CONCRETE, 1.1))
    b.disc(0, 0, 0.255, island)
    b.disc(0, 0, rng.uniform(0.08, 0.14), shade(island, rng.choice([0.7, 1.3])))


def draw_orchard(b: Brush, body: Rgb) -> None:
    """Crowns in a regular grid on bare or mown ground."""
    rng = b.rng
    h = b.aspect / 2
    b.rect(-0.5, -h, 0.5, h, blend((142, 122, 92), (112, 122, 76), rng.random()))
    columns = max(5, min(14, int(b.size_px / 6.5)))
    step = 1.0 / columns
    rows = max(3, round(2 * h / step))
    radius = step * rng.uniform(0.3, 0.4)
    crown = (int(rng.integers(44, 66)), int(rng.integers(66, 88)), int(rng.integers(38, 50)))
    for i in range(rows):
        for j in range(columns):
            x, y = -0.5 + (j + 0.5) * step, -h + (i + 0.5) * 2 * h / rows
            b.disc(x, y, radius, crown)
            b.disc(
                x + radius * 0.25 * b.sun[0], y + radius * 0.25 * b.sun[1], radius * 0.55, shade(crown, 1.3)
            )
