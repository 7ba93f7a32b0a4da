"""Things that move: aircraft, ships, lorries, trains. Each function draws one on a brush."""

from __future__ import annotations

from math import cos, pi, sin

from trainer.lab.scenes.brush import Brush
from trainer.lab.scenes.palette import Rgb, blend, sample_colour, shade

PALE: Rgb = (222, 222, 218)
DARK: Rgb = (54, 56, 60)


def _wings(b: Brush, root: float, tip: float, chord: float, taper: float, span: float, paint: Rgb) -> None:
    """Two wings or tailplanes: leading edge at ``root`` on the body and at ``tip`` outboard."""
    for side in (-1, 1):
        wing = (
            (root, 0.0),
            (tip, side * span),
            (tip - chord * taper, side * span),
            (root - chord * 1.05, side * 0.03),
            (root - chord, 0.0),
        )
        b.poly(wing, b.lit(paint, 0.0, side * 1.0, 0.07))


def _fuselage(b: Brush, half: float, body: Rgb) -> None:
    """A tube with a round nose and a tapering tail, lit along its upper side."""
    outline = [(0.5, 0.0), (0.49, half * 0.5), (0.46, half * 0.85), (0.41, half), (-0.18, half)]
    outline += [(-0.36, half * 0.62), (-0.5, half * 0.16)]
    for side in (-1, 1):
        b.poly([(x, side * y) for x, y in outline] + [(-0.5, 0.0)], b.lit(body, 0.0, side * 1.0, 0.16))
    b.line(((0.45, 0.0), (-0.4, 0.0)), half * 0.7, shade(body, 1.05))


def draw_airplane(b: Brush, body: Rgb) -> None:
    """An airliner, a propeller plane, or a swept jet; wings bare or in the body's colour."""
    rng = b.rng
    span = b.aspect / 2
    style = rng.uniform(0.0, 1.04) if b.size_m < 26 else 0.0
    wing = body if rng.random() < 0.45 else blend(body, (196, 198, 200), rng.uniform(0.55, 0.95))
    tail = body if rng.random() < 0.6 else sample_colour(rng, str(rng.choice(["red", "blue", "white"])))
    if style < 0.74:
        half, sweep = rng.uniform(0.046, 0.062), rng.uniform(0.2, 0.32)
        root = rng.uniform(0.1, 0.17)
        _wings(b, root, root - sweep, rng.uniform(0.15, 0.21), 0.25, span, wing)
        _wings(b, -0.35, -0.45, 0.12, 0.4, span * 0.4, wing)
        engines = (0.34,) if rng.random() < 0.75 else (0.3, 0.62)
        for share in engines:
            for side in (-1, 1):
                x, y = root - sweep * share, side * span * share
                b.ellipse(x + 0.02, y, 0.05, 0.024, shade(wing, 0.62), 0.7)
        _fuselage(b, half, body)
    elif style < 0.9:
        chord = rng.uniform(0.14, 0.19)
        _wings(b, 0.2, 0.2 - rng.uniform(0.0, 0.03), chord, 0.75, span, wing)
        _wings(b, -0.36, -0.38, 0.1, 0.7, span * 0.36, wing)
        _fuselage(b, rng.uniform(0.05, 0.065), body)
        b.line(((0.485, -0.07), (0.485, 0.07)), 0.012, DARK)
    else:
        _wings(b, 0.16, -0.2, 0.44, 0.12, span * 0.72, wing)
        _wings(b, -0.3, -0.44, 0.13, 0.3, span * 0.4, wing)
        _fuselage(b, 0.06, body)
        b.ellipse(0.26, 0.0, 0.08, 0.03, DARK)
    b.poly(((-0.33, 0.0), (-0.46, 0.012), (-0.5, 0.012), (-0.5, -0.012), (-0.46, -0.012)), shade(tail, 0.85))
    if rng.random() < 0.6:
        b.rect(0.455, -0.022, 0.47, 0.022, DARK)


def draw_helicopter(b: Brush, body: Rgb) -> None:
    """Cabin, boom and tail rotor under two to five still blades."""
    rng = b.rng
    b.line(((0.1, 0.0), (-0.46, 0.0)), 0.055, shade(body, 0.9))
    b.line(((-0.43, -0.09), (-0.43, 0.09)), 0.05, shade(body, 0.8))
    b.line(((-0.46, 0.0), (-0.5, 0.0)), 0.03, shade(body, 0.8))
    b.ellipse(0.16, 0.0, 0.24, 0.105, b.lit(body, 0.0, 1.0, 0.1), 0.85)
    b.ellipse(0.14, -0.02, 0.2, 0.06, shade(body, 1.08), 0.9)
    b.ellipse(0.32, 0.0, 0.06, 0.07, DARK)

    blades = int(rng.integers(2, 6))
    turn, paint = rng.uniform(0, pi), (74, 75, 76) if rng.random() < 0.7 else (200, 200, 196)
    for i in range(blades):
        a = turn + 2 * pi * i / blades
        b.line(((0.12, 0.0), (0.12 + 0.38 * cos(a), 0.38 * sin(a))), 0.028, paint)
    b.disc(0.12, 0.0, 0.035, DARK)


def draw_ship(b: Brush, body: Rgb) -> None:
    """A cargo ship, a tanker or a small boat: hull in the body's colour, pale deckhouse."""
    rng = b.rng
    half = b.aspect / 2
    bow = rng.uniform(0.16, 0.28)
    hull = [
        (0.5, 0.0),
        (0.5 - bow * 0.45, half * 0.62),
        (0.5 - bow, half),
        (-0.44, half),
        (-0.5, half * 0.78),
    ]
    outline = hull + [(x, -y) for x, y in reversed(hull)]
    b.poly(outline, shade(body, 0.72))
    b.poly([(x * 0.965, y * 0.84) for x, y in outline], body)
    house = PALE if max(body) < 205 else (176, 178, 180)
    style = rng.random()
    if b.size_px < 26 or style < 0.3:
        b.ellipse(-0.08, 0.0, 0.2, half * 0.6, house, 0.6)
        b.rect(0.02, -half * 0.45, 0.08, half * 0.45, DARK)
        return
    count = int(rng.integers(3, 8))
    step = 0.56 / count
    if style < 0.72:
        for i in range(count):
            x = -0.24 + i * step
            hatch = shade(body, rng.uniform(0.78, 1.22))
            b.rect(x, -half * 0.66, x + step * 0.82, half * 0.66, hatch)
            b.line(((x, half * 0.66), (x + step * 0.82, half * 0.66)), b.px(0.6), shade(body, 0.6))
    else:
        b.line(((-0.26, 0.0), (0.36, 0.0)), half * 0.18, shade(body, 0.7))
        for i in range(count):
            x = -0.22 + i * step
            b.line(((x, -half * 0.7), (x, half * 0.7)), b.px(0.8), shade(body, 0.78))
    b.rect(-0.42, -half * 0.8, -0.3, half * 0.8, house)
    b.rect(-0.395, -half * 0.35, -0.345, half * 0.35, shade(house, 0.75))


def draw_truck(b: Brush, body: Rgb) -> None:
    """A lorry: cab in front of a long box whose colour names it."""
    rng = b.rng
    half = b.aspect / 2
    cab = sample_colour(rng, str(rng.choice(["white", "grey", "red", "blue"])))
    b.rect(0.3, -half * 0.3, 0.36, half * 0.3, DARK)
    b.poly(
        ((0.35, -half * 0.95), (0.48, -half * 0.9), (0.5, 0), (0.48, half * 0.9), (0.35, half * 0.95)), cab
    )
    b.rect(0.42, -half * 0.75, 0.46, half * 0.75, DARK)
    b.rect(-0.5, -half, 0.32, half, shade(body, 0.86))
    b.rect(-0.49, -half * 0.88, 0.31, half * 0.88, body)
    for i in range(int(rng.integers(0, 4))):
        x = -0.3 + i * 0.17
        b.line(((x, -half * 0.88), (x, half * 0.88)), b.px(0.5), shade(body, 0.88))


def draw_train(b: Brush, body: Rgb) -> None:
    """Coupled wagons in a straight line behind a rounded engine."""
    rng = b.rng
    half = b.aspect / 2
    count = int(rng.integers(3, 7))
    step = 1.0 / count
    b.line(((-0.49, 0.0), (0.49, 0.0)), half * 0.5, DARK)
    for i in range(count):
        x0, x1 = -0.5 + i * step, -0.5 + (i + 1) * step - min(0.02, step * 0.12)
        paint = shade(body, rng.uniform(0.92, 1.08))
        b.rect(x0, -half, x1, half, shade(paint, 0.8))
        b.rect(x0, -half * 0.7, x1, half * 0.7, paint)
        for j in range(2):
            x = x0 + step * (0.25 + 0.35 * j)
            b.rect(x, -half * 0.3, x + step * 0.12, half * 0.3, shade(paint, 0.7))
