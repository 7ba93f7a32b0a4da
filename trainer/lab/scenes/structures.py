"""Things that are built: tanks, roofs, towers, bridges, yards. Each function draws one on a brush."""

from __future__ import annotations

from math import cos, pi, sin

from trainer.lab.scenes.brush import Brush
from trainer.lab.scenes.palette import Rgb, blend, sample_colour, shade

CONCRETE: Rgb = (172, 168, 158)
ASPHALT: Rgb = (98, 98, 98)
MARK: Rgb = (214, 213, 206)


def draw_storage_tank(b: Brush, body: Rgb) -> None:
    """A round tank, cone or floating roof, with a rim and stairs."""
    rng = b.rng
    b.disc(0, 0, 0.5, shade(body, 0.68))
    b.disc(0, 0, 0.47, b.lit(body, 0.7, 0.7, 0.03))
    if rng.random() < 0.5:
        for i in range(12):
            a, c = 2 * pi * i / 12, 2 * pi * (i + 1) / 12
            wedge = ((0.0, 0.0), (0.45 * cos(a), 0.45 * sin(a)), (0.45 * cos(c), 0.45 * sin(c)))
            b.poly(wedge, b.lit(body, cos((a + c) / 2), sin((a + c) / 2), 0.12))
        b.disc(0, 0, 0.05, shade(body, 0.8))
    else:
        b.disc(0, 0, 0.41, shade(body, 0.74))
        b.disc(b.sun[0] * -0.03, b.sun[1] * -0.03, 0.385, shade(body, 0.95))
    turn = rng.uniform(0, 2 * pi)
    b.line(((0.3 * cos(turn), 0.3 * sin(turn)), (0.48 * cos(turn), 0.48 * sin(turn))), 0.03, shade(body, 0.6))


def draw_cooling_tower(b: Brush, body: Rgb) -> None:
    """A wide shell seen from above: bright lip, dark throat lit on its far side."""
    b.disc(0, 0, 0.5, shade(body, 0.8))
    for i in range(16):
        a, c = 2 * pi * i / 16, 2 * pi * (i + 1.05) / 16
        wedge = ((0.0, 0.0), (0.49 * cos(a), 0.49 * sin(a)), (0.49 * cos(c), 0.49 * sin(c)))
        b.poly(wedge, b.lit(body, cos(a), sin(a), 0.28))
    b.disc(0, 0, 0.36, shade(body, 1.15))
    b.disc(0, 0, 0.32, (46, 48, 50))
    b.disc(-0.07 * b.sun[0], -0.07 * b.sun[1], 0.22, (88, 88, 86))
    b.disc(0.05 * b.sun[0], 0.05 * b.sun[1], 0.2, (50, 52, 54))


def draw_building(b: Brush, body: Rgb) -> None:
    """A flat or pitched roof on a rectangle, L or U."""
    rng = b.rng
    h = b.aspect / 2
    if rng.random() < 0.45:
        ridge = rng.choice([0.0, 0.22])
        inner = max(0.02, 0.5 - h * 0.95) if ridge else 0.5
        b.poly(((-0.5, -h), (0.5, -h), (inner, 0), (-inner, 0)), b.lit(body, 0, -1, 0.24))
        b.poly(((-0.5, h), (0.5, h), (inner, 0), (-inner, 0)), b.lit(body, 0, 1, 0.24))
        if ridge:
            b.poly(((0.5, -h), (0.5, h), (inner, 0)), b.lit(body, 1, 0, 0.24))
            b.poly(((-0.5, -h), (-0.5, h), (-inner, 0)), b.lit(body, -1, 0, 0.24))
        b.line(((-inner, 0), (inner, 0)), b.px(0.7), shade(body, 1.12))
        return
    wings: list[tuple[float, float, float, float]] = [(-0.5, -h, 0.5, h)]
    plan = rng.random()
    if plan < 0.3:
        wings = [(-0.5, -h, 0.5, -h * 0.1), (-0.5, -h, -0.12, h)]
    elif plan < 0.45:
        wings = [(-0.5, -h, 0.5, -h * 0.25), (-0.5, -h, -0.2, h), (0.2, -h, 0.5, h)]
    edge = b.px(1.2)
    for x0, y0, x1, y1 in wings:
        b.rect(x0, y0, x1, y1, shade(body, rng.uniform(0.74, 1.14)))
    for x0, y0, x1, y1 in wings:
        b.rect(x0 + edge, y0 + edge, x1 - edge, y1 - edge, body)
    for _ in range(int(rng.integers(1, 7))):
        x0, y0, x1, y1 = wings[int(rng.integers(len(wings)))]
        w, d = rng.uniform(0.04, 0.12), rng.uniform(0.03, 0.08)
        x, y = (
            rng.uniform(x0 + edge, max(x0 + edge, x1 - w - edge)),
            rng.uniform(y0 + edge, max(y0 + edge, y1 - d - edge)),
        )
        b.rect(
            x - 0.02 * b.sun[0],
            y - 0.02 * b.sun[1],
            x + w - 0.02 * b.sun[0],
            y + d - 0.02 * b.sun[1],
            shade(body, 0.6),
        )
        b.rect(x, y, x + w, y + d, blend(body, (200, 200, 200), 0.5))


def draw_greenhouse(b: Brush, body: Rgb) -> None:
    """Parallel glazed bays with thin bright ridges and a hint of the green below."""
    rng = b.rng
    h = b.aspect / 2
    bays = max(3, min(14, int(b.size_px * b.aspect / 5)))
    step = 2 * h / bays
    for i in range(bays):
        y = -h + i * step
        tone = blend((206, 214, 212), (146, 176, 146), rng.uniform(0.0, 0.35))
        b.rect(-0.5, y, 0.5, y + step * 0.52, b.lit(tone, 0, -1, 0.14))
        b.rect(-0.5, y + step * 0.48, 0.5, y + step * 0.9, b.lit(tone, 0, 1, 0.14))
        b.rect(-0.5, y + step * 0.88, 0.5, y + step, (116, 122, 114))


def draw_tent(b: Brush, body: Rgb) -> None:
    """A marquee: one or more peaked squares of cloth."""
    h = b.aspect / 2
    count = max(1, round(1 / max(b.aspect, 0.2)))
    step = 1.0 / count
    for i in range(count):
        x0, x1 = -0.5 + i * step, -0.5 + (i + 1) * step
        xm = (x0 + x1) / 2
        for nx, ny, p, q in (
            (0, -1, (x0, -h), (x1, -h)),
            (1, 0, (x1, -h), (x1, h)),
            (0, 1, (x1, h), (x0, h)),
            (-1, 0, (x0, h), (x0, -h)),
        ):
            b.poly((p, q, (xm, 0)), b.lit(body, nx, ny, 0.26))
        b.disc(xm, 0, 0.02, shade(body, 0.8))


def draw_bridge(b: Brush, body: Rgb) -> None:
    """A deck with parapets and lane marks; some carry towers or a truss."""
    rng = b.rng
    h = b.aspect / 2
    b.rect(-0.5, -h, 0.5, h, shade(body, 1.12))
    b.rect(-0.5, -h * 0.76, 0.5, h * 0.76, blend(ASPHALT, body, 0.3))
    b.line(((-0.5, 0), (0.5, 0)), b.px(0.5), MARK)
    style = rng.random()
    if style < 0.4:
        for i in range(9):
            x = -0.48 + i * 0.12
            b.line(((x, -h), (x + 0.06, h)), b.px(0.7), shade(body, 0.9))
            b.line(((x + 0.06, h), (x + 0.12, -h)), b.px(0.7), shade(body, 0.9))
    elif style < 0.65:
        for x in (-0.25, 0.25):
            b.rect(x - 0.015, -h, x + 0.015, h, shade(body, 1.25))


def draw_pier(b: Brush, body: Rgb) -> None:
    """A long jetty with fingers or a head; rooted at x = -0.5."""
    rng = b.rng
    h = b.aspect / 2
    deck = max(h * 0.22, b.px(1.6))
    b.rect(-0.5, -deck, 0.5, deck, body)
    b.line(((-0.5, -deck), (0.5, -deck)), b.px(0.6), shade(body, 0.75))
    if rng.random() < 0.7:
        count = int(rng.integers(3, 6))
        for i in range(count):
            x = -0.25 + 0.72 * i / (count - 1)
            b.rect(x - 0.02, -h, x + 0.02, h, shade(body, 0.95))
    else:
        b.rect(0.36, -h, 0.5, h, shade(body, 0.97))


def draw_container_yard(b: Brush, body: Rgb) -> None:
    """Stacks of boxes in many colours, in rows with lanes between them."""
    rng = b.rng
    h = b.aspect / 2
    b.rect(-0.5, -h, 0.5, h, shade(CONCRETE, 0.82))
    rows = max(2, min(7, int(b.size_px * b.aspect / 9)))
    columns = max(4, min(12, int(b.size_px / 8)))
    paints = [
        sample_colour(rng, n) for n in ("red", "blue", "orange", "green", "white", "brown", "grey", "blue")
    ]
    picks = rng.integers(0, len(paints), (rows, columns, 2))
    sy, sx = 2 * h / rows, 1.0 / columns
    for i in range(rows):
        for j in range(columns):
            if (i * 7 + j * 3 + int(picks[0, 0, 0])) % 11 == 0:
                continue
            x, y = -0.5 + j * sx, -h + i * sy
            for k in range(2):
                y0 = y + sy * (0.06 + 0.36 * k)
                b.rect(
                    x + sx * 0.05, y0, x + sx * 0.93, y0 + sy * 0.36, shade(paints[int(picks[i, j, k])], 0.94)
                )


def draw_solar_farm(b: Brush, body: Rgb) -> None:
    """Rows of dark glass with bare ground between them."""
    rng = b.rng
    h = b.aspect / 2
    b.rect(-0.5, -h, 0.5, h, blend((150, 136, 108), (112, 118, 82), rng.random()))
    rows = max(3, min(16, int(b.size_px * b.aspect / rng.uniform(3.6, 6.5))))
    step = 2 * h / rows
    panel = (int(rng.integers(34, 52)), int(rng.integers(44, 64)), int(rng.integers(74, 104)))
    gap = rng.uniform(-0.2, 0.2)
    for i in range(rows):
        y = -h + i * step
        tone = shade(panel, rng.uniform(0.92, 1.1))
        b.rect(-0.49, y + step * 0.1, gap - 0.012, y + step * 0.72, tone)
        b.rect(gap + 0.012, y + step * 0.1, 0.49, y + step * 0.72, tone)


def draw_wind_turbine(b: Brush, body: Rgb) -> None:
    """Three slim blades round a hub, the tower's foot beside it."""
    turn = b.rng.uniform(0, 2 * pi)
    b.line(((0, 0), (-0.09 * b.sun[0], -0.09 * b.sun[1])), 0.04, shade(body, 0.86))
    for i in range(3):
        a = turn + 2 * pi * i / 3
        ux, uy = cos(a), sin(a)
        blade = (
            (0.0, 0.0),
            (0.12 * ux - 0.032 * uy, 0.12 * uy + 0.032 * ux),
            (0.5 * ux - 0.006 * uy, 0.5 * uy + 0.006 * ux),
            (0.5 * ux + 0.006 * uy, 0.5 * uy - 0.006 * ux),
            (0.1 * ux + 0.018 * uy, 0.1 * uy - 0.018 * ux),
        )
        b.poly(blade, body)
    b.disc(0, 0, 0.045, shade(body, 0.92))
