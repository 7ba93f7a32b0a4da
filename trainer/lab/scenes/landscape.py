"""The ground under the objects: what it looks like, and which zone lies where."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from trainer.lab.scenes.brush import Point
from trainer.lab.scenes.palette import Rgb, blend, clip_rgb
from trainer.lab.scenes.regions import Region
from trainer.lab.scenes.textures import VARIANTS, cut, material_tile

ZONES: tuple[str, ...] = ("grass", "field", "soil", "sand", "paved", "water", "woods", "houses")
_ZONE_OF = {"dry grass": "grass", "asphalt": "paved", "concrete": "paved", "gravel": "paved"}
CELL_PX = 4
Box = tuple[int, int, int, int]
_RAMP = [min(255, max(0, v)) for v in range(-256, 512)]


class Landscape:
    """A canvas that remembers its zones.

    Attributes:
        image: RGB, ``size_px`` square, no objects yet.
        gsd_m: metres per pixel.
        angle_deg: direction along which streets, fields and quays run.
        grain: cosine and sine of it.
        sun_deg: direction towards the sun, image frame (x right, y down).
        shade: opacity of cast shadows.
        shore: a point on the shoreline and the unit vector into the water, where there is one.
        river: a point in midstream, the unit vector along the stream and its width, where there is one.
        clutter_kinds: kinds that the ground itself may seem to show, never to be asked for.
    """

    def __init__(self, rng: np.random.Generator, region: Region, size_px: int, gsd_m: float) -> None:
        self.rng, self.region, self.size_px, self.gsd_m = rng, region, size_px, gsd_m
        self.image = Image.new("RGB", (size_px, size_px))
        self._zones = Image.new("L", (size_px // CELL_PX, size_px // CELL_PX))
        self.angle_deg = float(rng.uniform(0, 180))
        self.grain = (math.cos(math.radians(self.angle_deg)), math.sin(math.radians(self.angle_deg)))
        self.sun_deg = float(rng.uniform(0, 360))
        self.shade = float(rng.uniform(0.5, 0.78))
        self.shore: tuple[Point, Point] | None = None
        self.river: tuple[Point, Point, float] | None = None
        self.clutter_kinds: tuple[str, ...] = ()

    def texture(self, material: str, width_px: int, height_px: int, tint: Rgb | None = None) -> Image.Image:
        """A piece of ground in this region's colours, a little different each time."""
        base = self.region.colour_of(material)
        piece = cut(
            material_tile(material, base, int(self.rng.integers(VARIANTS))), self.rng, width_px, height_px
        )
        want = base if tint is None else tint
        light, warmth = self.rng.uniform(0.86, 1.14), self.rng.uniform(-0.03, 0.03)
        lut: list[int] = []
        for channel in range(3):
            offset = int(want[channel] * light * (1 + warmth * (1 - channel))) - base[channel]
            lut += _RAMP[256 + offset : 512 + offset]
        return piece.point(lut)

    def cover(self, material: str, tint: Rgb | None = None) -> None:
        """Cover the whole ground."""
        self.image.paste(self.texture(material, self.size_px, self.size_px, tint), (0, 0))
        self._zones.paste(self._zone_id(material), (0, 0, *self._zones.size))

    def patch(
        self, material: str, polygon: Sequence[Point], tint: Rgb | None = None, zone: str | None = None
    ) -> None:
        """Cover a polygon given in pixels."""
        frame = self._frame([polygon], 0.0)
        if not frame:
            return
        x0, y0, x1, y1 = frame
        mask = Image.new("L", (2 * (x1 - x0), 2 * (y1 - y0)))
        ImageDraw.Draw(mask).polygon([(2 * (x - x0), 2 * (y - y0)) for x, y in polygon], fill=255)
        self.image.paste(self.texture(material, x1 - x0, y1 - y0, tint), (x0, y0), mask.reduce(2))
        cells = [(x / CELL_PX, y / CELL_PX) for x, y in polygon]
        ImageDraw.Draw(self._zones).polygon(
            cells, fill=ZONES.index(zone) if zone else self._zone_id(material)
        )

    def tint(self, polygon: Sequence[Point], colour: Rgb, opacity: float, zone: str | None = None) -> None:
        """Wash a polygon with a colour, keeping texture and zones; ``zone`` confines it."""
        frame = self._frame([polygon], 1.0)
        if frame:
            mask = Image.new("L", (frame[2] - frame[0], frame[3] - frame[1]))
            corners = [(x - frame[0], y - frame[1]) for x, y in polygon]
            ImageDraw.Draw(mask).polygon(corners, fill=int(255 * opacity))
            self._wash(mask, frame, colour, zone)

    def lines(
        self,
        polylines: Sequence[Sequence[Point]],
        width_px: float,
        colour: Rgb,
        opacity: float = 1.0,
        zone: str | None = None,
    ) -> None:
        """Stroke polylines of pixels, smooth at the edge, keeping zones; ``zone`` confines them."""
        frame = self._frame(polylines, width_px)
        if not frame:
            return
        x0, y0, x1, y1 = frame
        mask = Image.new("L", (2 * (x1 - x0), 2 * (y1 - y0)))
        draw = ImageDraw.Draw(mask)
        stroke = max(1, round(2 * width_px))
        for line in polylines:
            joint = "curve" if stroke > 3 and len(line) > 2 else None
            points = [(2 * (x - x0), 2 * (y - y0)) for x, y in line]
            draw.line(points, fill=int(255 * opacity), width=stroke, joint=joint)
        self._wash(mask.reduce(2), frame, colour, zone)

    def _frame(self, polylines: Sequence[Sequence[Point]], pad_px: float) -> Box | None:
        """The part of the canvas that lines reach, None when they miss it."""
        xs = [x for line in polylines for x, _ in line]
        ys = [y for line in polylines for _, y in line]
        if not xs:
            return None
        x0, y0 = max(0, int(min(xs) - pad_px)), max(0, int(min(ys) - pad_px))
        x1 = min(self.size_px, int(max(xs) + pad_px) + 2)
        y1 = min(self.size_px, int(max(ys) + pad_px) + 2)
        return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None

    def _wash(self, mask: Image.Image, frame: Box, colour: Rgb, zone: str | None) -> None:
        if zone:
            only = self._zones.point([255 if v == ZONES.index(zone) else 0 for v in range(256)])
            x0, y0, x1, y1 = (v / CELL_PX for v in frame)
            only = only.resize(mask.size, Image.Resampling.NEAREST, (x0, y0, x1, y1))
            mask = ImageChops.multiply(mask, only)
        self.image.paste(colour, frame, mask)

    def zone_at(self, x_px: float, y_px: float) -> str | None:
        """The zone at a pixel, None outside the canvas."""
        if not (0 <= x_px < self.size_px and 0 <= y_px < self.size_px):
            return None
        return ZONES[int(self.zone_map()[int(y_px) // CELL_PX, int(x_px) // CELL_PX])]

    def road(self, points: Sequence[Point], width_px: float, marked: bool = True) -> None:
        """An asphalt road with a verge; wide ones get a centre line."""
        tone = self.region.colour_of("asphalt")
        lift = float(self.rng.uniform(0.9, 1.3))
        colour = clip_rgb(*(c * lift for c in tone))
        self.lines([points], width_px * 1.35, blend(colour, self.region.colour_of("soil"), 0.6), 0.6)
        self.lines([points], width_px, colour)
        if marked and width_px > 5:
            self.lines([points], 0.6, (208, 206, 196), 0.7)
        cells = [(x / CELL_PX, y / CELL_PX) for x, y in points]
        width = max(1, round(width_px / CELL_PX))
        ImageDraw.Draw(self._zones).line(cells, fill=ZONES.index("paved"), width=width)

    def zone_map(self) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
        """Zone numbers (index into ``ZONES``), one per ``CELL_PX`` square cell."""
        return np.asarray(self._zones)

    def metres(self, length_m: float, least_px: float = 1.0) -> float:
        """Pixels of a length on the ground, at least ``least_px``."""
        return max(least_px, length_m / self.gsd_m)

    def anywhere(self, margin: float = 0.0) -> Point:
        """A random point of the canvas."""
        x, y = self.rng.uniform(margin, 1 - margin, 2) * self.size_px
        return float(x), float(y)

    def strip(self, centre: Point, angle_deg: float, length_px: float, width_px: float) -> list[Point]:
        """Corners of a rectangle lying along ``angle_deg``."""
        c, s = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
        a, b = length_px / 2, width_px / 2
        corners = ((-a, -b), (a, -b), (a, b), (-a, b))
        return [(centre[0] + x * c - y * s, centre[1] + x * s + y * c) for x, y in corners]

    def across(self, centre: Point, angle_deg: float) -> list[Point]:
        """Both ends of a straight line that crosses the whole canvas through ``centre``."""
        c, s, r = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg)), self.size_px * 1.5
        return [(centre[0] - r * c, centre[1] - r * s), (centre[0] + r * c, centre[1] + r * s)]

    def _zone_id(self, material: str) -> int:
        return ZONES.index(_ZONE_OF.get(material, material))
