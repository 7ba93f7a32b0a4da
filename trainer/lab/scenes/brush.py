"""A small supersampled patch on which one object is drawn in its own units."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from trainer.lab.scenes.palette import Rgb, shade

Point = tuple[float, float]
Fill = tuple[int, int, int]


class Brush:
    """Draws in object units: length 1 along x (nose at +0.5), y in the same unit, centre at 0, 0.

    Points are rotated before they are drawn, so nothing is resampled but by the final reduction.

    Attributes:
        rng: the scene's random numbers.
        aspect: width over length of the object.
        size_px: length of the object in scene pixels.
        size_m: length of the object on the ground in metres.
        sun: unit vector towards the sun, in object units.
        side_px: side of the finished square patch in scene pixels.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        size_px: float,
        aspect: float,
        angle_deg: float,
        sun_deg: float,
        base: Rgb,
        gsd_m: float = 1.0,
    ) -> None:
        self.rng = rng
        self.aspect = aspect
        self.size_px = size_px
        self.size_m = size_px * gsd_m
        self._ss = 4 if size_px < 34 else 3 if size_px < 80 else 2
        half_px = math.ceil(0.5 * size_px * math.hypot(1.0, aspect)) + 3
        self.side_px = 2 * half_px
        # Starting from the body's colour at alpha 0 keeps dark fringes off the reduced edges.
        self._image = Image.new("RGBA", (self.side_px * self._ss,) * 2, (*base, 0))
        self._draw = ImageDraw.Draw(self._image)
        angle = math.radians(angle_deg)
        self._scale = size_px * self._ss
        self._cos, self._sin = math.cos(angle) * self._scale, math.sin(angle) * self._scale
        self._mid = half_px * self._ss
        sun = math.radians(sun_deg) - angle
        self.sun = (math.cos(sun), math.sin(sun))

    def px(self, count: float) -> float:
        """Length in object units of ``count`` scene pixels."""
        return count / self.size_px

    def lit(self, colour: Rgb, nx: float, ny: float, strength: float = 0.22) -> Rgb:
        """Shade a surface that leans towards (nx, ny), a unit vector in object units, by the sun."""
        return shade(colour, 1.0 + strength * (nx * self.sun[0] + ny * self.sun[1]))

    def poly(self, points: Sequence[Point], fill: Fill) -> None:
        """Fill a polygon."""
        c, s, m = self._cos, self._sin, self._mid
        self._draw.polygon([(m + x * c - y * s, m + x * s + y * c) for x, y in points], fill=fill)

    def rect(self, x0: float, y0: float, x1: float, y1: float, fill: Fill) -> None:
        """Fill an upright rectangle of the object's frame."""
        self.poly(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), fill)

    def disc(self, x: float, y: float, radius: float, fill: Fill) -> None:
        """Fill a circle."""
        px, py = self._mid + x * self._cos - y * self._sin, self._mid + x * self._sin + y * self._cos
        r = radius * self._scale
        self._draw.ellipse((px - r, py - r, px + r, py + r), fill=fill)

    def ring(self, x: float, y: float, radius: float, width: float, fill: Fill) -> None:
        """Stroke a circle inward from ``radius``."""
        px, py = self._mid + x * self._cos - y * self._sin, self._mid + x * self._sin + y * self._cos
        r = radius * self._scale
        stroke = max(1, round(width * self._scale))
        self._draw.ellipse((px - r, py - r, px + r, py + r), outline=fill, width=stroke)

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: Fill, power: float = 1.0) -> None:
        """Fill an ellipse; ``power`` below 1 squares its corners (a superellipse)."""
        self.poly([(x + rx * c, y + ry * s) for c, s in _circle(power)], fill)

    def line(self, points: Sequence[Point], width: float, fill: Fill) -> None:
        """Stroke a polyline, at least one supersampled pixel wide."""
        c, s, m = self._cos, self._sin, self._mid
        stroke = max(1, round(width * self._scale))
        self._draw.line([(m + x * c - y * s, m + x * s + y * c) for x, y in points], fill=fill, width=stroke)

    def finish(self) -> Image.Image:
        """Return the RGBA patch at scene resolution."""
        return self._image.reduce(self._ss)


_CIRCLES: dict[float, list[Point]] = {}


def _circle(power: float) -> list[Point]:
    """Points of the unit superellipse, kept after first use."""
    if power not in _CIRCLES:
        angles = [2 * math.pi * i / 40 for i in range(40)]
        _CIRCLES[power] = [
            (
                math.copysign(abs(math.cos(a)) ** power, math.cos(a)),
                math.copysign(abs(math.sin(a)) ** power, math.sin(a)),
            )
            for a in angles
        ]
    return _CIRCLES[power]
