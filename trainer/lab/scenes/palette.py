"""Named colours as an analyst says them, and the small colour arithmetic the drawing needs."""

from __future__ import annotations

import numpy as np

Rgb = tuple[int, int, int]

# Per name: mean and half-range of R, G, B as they reach an overhead sensor, muted by air and dust.
_NAMED: dict[str, tuple[Rgb, Rgb]] = {
    "white": ((234, 233, 228), (18, 18, 20)),
    "grey": ((138, 139, 140), (18, 17, 17)),
    "black": ((44, 45, 48), (12, 12, 12)),
    "red": ((172, 58, 50), (24, 16, 16)),
    "orange": ((212, 128, 54), (18, 16, 18)),
    "yellow": ((216, 194, 76), (16, 14, 22)),
    "green": ((62, 122, 72), (18, 20, 18)),
    "blue": ((56, 96, 164), (18, 20, 24)),
    "brown": ((122, 86, 60), (16, 12, 12)),
}
COLOURS: tuple[str, ...] = tuple(_NAMED)


def sample_colour(rng: np.random.Generator, name: str) -> Rgb:
    """Draw one shade of the named colour, 0..255 per channel."""
    mean, spread = _NAMED[name]
    together = rng.uniform(-0.7, 0.7)
    own = rng.uniform(-0.4, 0.4, 3)
    return clip_rgb(*(m + s * (together + o) for m, s, o in zip(mean, spread, own, strict=True)))


def clip_rgb(red: float, green: float, blue: float) -> Rgb:
    """Round to whole numbers inside 0..255."""
    return (
        min(255, max(0, int(red))),
        min(255, max(0, int(green))),
        min(255, max(0, int(blue))),
    )


def shade(colour: Rgb, factor: float) -> Rgb:
    """Make a colour darker (factor < 1) or lighter (factor > 1)."""
    return clip_rgb(colour[0] * factor, colour[1] * factor, colour[2] * factor)


def blend(first: Rgb, second: Rgb, share: float) -> Rgb:
    """Mix two colours; ``share`` is that of the second one, 0..1."""
    return clip_rgb(*(a + (b - a) * share for a, b in zip(first, second, strict=True)))
