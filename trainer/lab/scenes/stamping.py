"""Putting one placed object on the ground: what lies under it, its shadow, itself, and its exact box."""

from __future__ import annotations

import math

from PIL import Image, ImageChops

from engine.types import Xyxy
from trainer.lab.scenes.brush import Brush, Point
from trainer.lab.scenes.landscape import Landscape
from trainer.lab.scenes.palette import Rgb, blend, sample_colour, shade
from trainer.lab.scenes.placing import Placed
from trainer.lab.scenes.textures import cut, dirt_tile

VISIBLE_ALPHA = 110
SHADOW: Rgb = (26, 29, 36)


def underlay(ground: Landscape, item: Placed) -> None:
    """Draw what an object implies around it: approach roads, rails, a wake."""
    rng, name = ground.rng, item.kind.name
    ux, uy = math.cos(math.radians(item.angle_deg)), math.sin(math.radians(item.angle_deg))
    if name == "roundabout":
        arms, turn = int(rng.integers(3, 5)), rng.uniform(0, 6.28)
        for i in range(arms):
            a = turn + 6.2832 * i / arms + rng.normal() * 0.12
            reach = item.size_px * rng.uniform(0.8, 2.2)
            end = (item.x_px + reach * math.cos(a), item.y_px + reach * math.sin(a))
            ground.road([(item.x_px, item.y_px), end], max(2.0, item.size_px * 0.16))
    elif name == "bridge":
        width = max(2.0, item.size_px * item.aspect * 0.7)
        for side in (-1, 1):
            start = (item.x_px + side * ux * item.size_px * 0.47, item.y_px + side * uy * item.size_px * 0.47)
            ground.road([start, (start[0] + side * ux * 400, start[1] + side * uy * 400)], width)
    elif name == "train":
        line = ground.across((item.x_px, item.y_px), item.angle_deg)
        wide = item.size_px * item.aspect
        ground.lines([line], wide * 1.3, shade(ground.region.colour_of("gravel"), 0.85))
        ground.lines([line], max(0.5, wide * 0.4), (92, 82, 74), 0.8)
    elif name == "airplane" and rng.random() < 0.5:
        _ground_service(ground, item, (ux, uy))
    elif name == "ship" and rng.random() < 0.4:
        x, y = item.x_px - ux * item.size_px * 0.45, item.y_px - uy * item.size_px * 0.45
        foam = blend(ground.region.colour_of("water"), (214, 222, 224), 0.6)
        spread, reach = item.size_px * item.aspect, item.size_px * rng.uniform(0.5, 1.6)
        tail = (x - ux * reach, y - uy * reach)
        ground.lines([[(x, y), tail]], spread * 0.5, foam, 0.3)
        for side in (-1, 1):
            ground.lines(
                [[(x, y), (tail[0] - side * uy * spread, tail[1] + side * ux * spread)]], 0.8, foam, 0.4
            )


def _ground_service(ground: Landscape, item: Placed, along: Point) -> None:
    """A parked aircraft's passenger bridge and the vehicles round it."""
    rng = ground.rng
    ux, uy = along
    side = float(rng.choice([-1, 1]))

    def at(x: float, y: float) -> Point:
        x, y = x * item.size_px, y * item.size_px
        return item.x_px + ux * x - uy * y, item.y_px + uy * x + ux * y

    if rng.random() < 0.6:
        door, knee = (
            at(rng.uniform(0.26, 0.4), side * 0.04),
            at(rng.uniform(0.4, 0.6), side * rng.uniform(0.25, 0.5)),
        )
        wide = max(1.6, 0.05 * item.size_px)
        roof = sample_colour(rng, str(rng.choice(["white", "grey"])))
        for shift, paint in ((wide * 0.6, SHADOW), (0.0, roof)):
            path = [(x + shift, y + shift) for x, y in (door, knee, at(0.75, side * 0.5))]
            ground.lines([path], wide, paint)
    for _ in range(int(rng.integers(0, 8))):
        spot = at(*rng.uniform(-0.5, 0.55, 2))
        paint = sample_colour(rng, str(rng.choice(["white", "grey", "yellow", "blue", "white"])))
        box = ground.strip(
            spot, item.angle_deg + float(rng.choice([0, 90])), *(ground.metres(v, 1.4) for v in (5, 2.2))
        )
        ground.tint([(x + 1, y + 1) for x, y in box], SHADOW, 0.7, zone="paved")
        ground.tint(box, paint, 1.0, zone="paved")


def stamp(ground: Landscape, item: Placed, shadow_reach: float) -> Xyxy | None:
    """Draw the object and its shadow.

    Returns:
        The tight box of its visible pixels in scene pixels, or None when nothing of it is inside.
    """
    body = _body(ground, item)
    brush = Brush(ground.rng, item.size_px, item.aspect, item.angle_deg, ground.sun_deg, body, ground.gsd_m)
    item.kind.draw(brush, body)
    patch = _weathered(ground, brush.finish(), item.kind.wear)
    left, top = round(item.x_px - patch.width / 2), round(item.y_px - patch.height / 2)
    alpha = patch.getchannel("A")
    if item.kind.height_m:
        _cast(ground, item, alpha, left, top, shadow_reach)
    ground.image.paste(patch, (left, top), alpha)
    return _visible_box(alpha, left, top, ground.size_px)


def _weathered(ground: Landscape, patch: Image.Image, wear: float) -> Image.Image:
    """Dapple a clean drawing with dirt, growth or worn paint; ``wear`` is the depth of it, 0..1."""
    dirt = cut(dirt_tile(round(wear * 100)), ground.rng, patch.width, patch.height)
    bands = patch.split()
    return Image.merge("RGBA", [*(ImageChops.multiply(band, dirt) for band in bands[:3]), bands[3]])


def _body(ground: Landscape, item: Placed) -> Rgb:
    """The paint of this one object after the region's weather."""
    name = item.colour or "white"
    body = sample_colour(ground.rng, name)
    if item.kind.earthy:
        body = blend(body, ground.region.colour_of("field"), item.kind.earthy)
    if ground.region.fade:
        body = blend(body, (150, 148, 144), ground.region.fade)
    return blend(body, (226, 228, 232), ground.region.snow) if ground.region.snow else body


def _cast(ground: Landscape, item: Placed, alpha: Image.Image, left: int, top: int, reach: float) -> None:
    """Darken the ground where the object keeps the sun off."""
    height = 0.22 * item.size_px if item.kind.name == "wind turbine" else item.kind.height_m / ground.gsd_m
    length = min(height * reach, 0.6 * item.size_px, 30.0)
    if length < 0.8:
        return
    sun = math.radians(ground.sun_deg)
    dx, dy = -length * math.cos(sun), -length * math.sin(sun)
    pad = math.ceil(length) + 1
    wide = Image.new("L", (alpha.width + 2 * pad, alpha.height + 2 * pad))
    steps = max(1, min(5, int(length / 4)))
    raised = item.kind.name in ("airplane", "helicopter", "wind turbine", "bridge")
    for i in range(steps if raised else 0, steps + 1):
        layer = Image.new("L", wide.size)
        layer.paste(alpha, (pad + round(dx * i / steps), pad + round(dy * i / steps)))
        wide = ImageChops.lighter(wide, layer)
    box = (left - pad, top - pad, left - pad + wide.width, top - pad + wide.height)
    ground.image.paste(SHADOW, box, wide.point([int(v * ground.shade) for v in range(256)]))


def _visible_box(alpha: Image.Image, left: int, top: int, size_px: int) -> Xyxy | None:
    """Upright box of the visible mask, cut at the scene's border."""
    solid = alpha.point([255 if v >= VISIBLE_ALPHA else 0 for v in range(256)])
    window = (max(0, -left), max(0, -top), min(alpha.width, size_px - left), min(alpha.height, size_px - top))
    if window[2] <= window[0] or window[3] <= window[1]:
        return None
    box = solid.crop(window).getbbox()
    if box is None:
        return None
    x, y = left + window[0], top + window[1]
    return (float(box[0] + x), float(box[1] + y), float(box[2] + x), float(box[3] + y))
