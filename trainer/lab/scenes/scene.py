"""Scenes: a landscape, objects placed where they belong, shadows, and the sensor's view of it all."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from engine.errors import InputError
from engine.types import Pixels, Xyxy
from trainer.lab.scenes.airfield import airfield
from trainer.lab.scenes.clutter import scatter_clutter, scatter_trees
from trainer.lab.scenes.kinds import BY_NAME, KINDS, Kind, fitting_m
from trainer.lab.scenes.landscape import Landscape
from trainer.lab.scenes.placing import Placed, place
from trainer.lab.scenes.regions import REGIONS, Region
from trainer.lab.scenes.rural import desert, farmland, park
from trainer.lab.scenes.sensor import expose
from trainer.lab.scenes.stamping import stamp, underlay
from trainer.lab.scenes.urban import industry, town
from trainer.lab.scenes.waterside import coast, harbour, river, sea

Split = Literal["train", "test"]
_COUNTS = (0.07, 0.15, 0.16, 0.17, 0.15, 0.12, 0.09, 0.05, 0.04)


@dataclass(frozen=True)
class SceneObject:
    """One drawn object.

    Attributes:
        kind: one of ``KINDS``.
        colour: one of ``COLOURS``, or None where the kind's colour is not free.
        xyxy_px: tight upright box of what is drawn of it inside the scene, without its shadow.
        angle_deg: heading, clockwise on the image from its x axis.
        size_px: its length before the scene's border cuts it.
    """

    kind: str
    colour: str | None
    xyxy_px: Xyxy
    angle_deg: float
    size_px: float


@dataclass(frozen=True)
class DrawnScene:
    """A drawn picture and everything that can be asked about it.

    Attributes:
        pixels: uint8, ``size_px`` x ``size_px`` x 3.
        gsd_m: metres per pixel.
        objects: what can be asked for, with exact boxes.
        region: key in ``REGIONS``.
        clutter_kinds: kinds of which unlisted ones may stand about (houses of a town); never ask for them.
        theme: key in ``THEMES``: what kind of ground it shows.
    """

    pixels: Pixels
    gsd_m: float
    objects: tuple[SceneObject, ...]
    region: str
    clutter_kinds: tuple[str, ...] = ()
    theme: str = ""


def scene_rng(region: str, split: Split, index: int) -> np.random.Generator:
    """Random numbers of one scene: the same for the same arguments, apart for any others.

    "train" and "test" are disjoint by construction, so nothing evaluated was ever trained on.
    """
    if region not in REGIONS or split not in ("train", "test"):
        raise InputError(
            f"No scenes for region {region!r}, split {split!r}: "
            f"use one of {', '.join(REGIONS)}, and train or test."
        )
    return np.random.default_rng([zlib.crc32(region.encode()), 1 if split == "test" else 0, index])


def render_scene(
    rng: np.random.Generator,
    *,
    region: str = "home",
    size_px: int = 256,
    n_objects: int | None = None,
    kinds: Sequence[str] | None = None,
) -> DrawnScene:
    """Draw one scene.

    Args:
        rng: source of all randomness; equal generators give equal scenes.
        region: key in ``REGIONS``.
        size_px: side of the square scene, a multiple of 4 and at least 128.
        n_objects: how many objects to place (crowded ground may take fewer); None: 0 to 8.
        kinds: place only these; None: any.

    Raises:
        InputError: an unknown region or kind, or an impossible size.
    """
    look, names = _checked(region, size_px, kinds)
    focus, gsd_m = _focus(rng, names, look)
    theme = str(rng.choice(focus.themes))
    ground = Landscape(rng, look, size_px, gsd_m)
    THEMES[theme](ground)
    count = int(rng.choice(len(_COUNTS), p=_COUNTS)) if n_objects is None else n_objects
    return replace(finish_scene(ground, populate(ground, focus, theme, names, count)), theme=theme)


def finish_scene(ground: Landscape, placed: Sequence[Placed]) -> DrawnScene:
    """Draw clutter, shadows and objects on a laid-out ground, and expose it."""
    rng, look = ground.rng, ground.region
    for item in placed:
        underlay(ground, item)
    scatter_clutter(ground, [p.reach_px for p in placed])
    reach = rng.uniform(*look.sun_length)
    scatter_trees(ground, [p.reach_px for p in placed], reach)
    objects = []
    for item in placed:
        box = stamp(ground, item, reach)
        # One of a kind that the ground shows unlisted copies of can't be listed: it would not be the only one.
        if box is not None and item.kind.name not in ground.clutter_kinds:
            objects.append(SceneObject(item.kind.name, item.colour, box, item.angle_deg, item.size_px))
    pixels = expose(ground.image, look, rng)
    return DrawnScene(pixels, ground.gsd_m, tuple(objects), look.name, ground.clutter_kinds)


def _checked(region: str, size_px: int, kinds: Sequence[str] | None) -> tuple[Region, tuple[str, ...]]:
    if region not in REGIONS:
        raise InputError(f"There is no region {region!r}: use one of {', '.join(REGIONS)}.")
    if size_px < 128 or size_px % 4:
        raise InputError(f"A scene can't be {size_px} px wide: use a multiple of 4 from 128 up.")
    unknown = [name for name in kinds or () if name not in BY_NAME]
    if unknown or (kinds is not None and not kinds):
        raise InputError(f"There are no kinds {unknown!r}: use some of {', '.join(KINDS)}.")
    return REGIONS[region], tuple(kinds) if kinds else KINDS


def _focus(rng: np.random.Generator, names: tuple[str, ...], look: Region) -> tuple[Kind, float]:
    """Choose the kind that the scene is about, and a gsd at which it can be seen."""
    for _ in range(20):
        kind = BY_NAME[str(rng.choice(names))]
        low = max(look.gsd_m[0], kind.size_m[0] / 118)
        high = min(look.gsd_m[1], kind.size_m[1] / (kind.min_px * 1.1))
        if low < high:
            return kind, float(math.exp(rng.uniform(math.log(low), math.log(high))))
    low, high = kind.size_m[0] / 118, kind.size_m[1] / (kind.min_px * 1.1)
    return kind, float(math.exp(rng.uniform(math.log(low), math.log(high))))


def populate(ground: Landscape, focus: Kind, theme: str, names: Sequence[str], count: int) -> list[Placed]:
    """Place up to ``count`` objects: the focus, often more of its kind, and neighbours that fit."""
    rng = ground.rng
    max_px = 150.0 if count <= 3 and rng.random() < 0.25 else 112.0
    pool = [
        k
        for k in (BY_NAME[n] for n in names)
        if theme in k.themes and fitting_m(k, ground.gsd_m, max_px) and k.name not in ground.clutter_kinds
    ]
    placed: list[Placed] = []
    repeat = rng.uniform(0.1, 0.75)
    for i in range(count * 2):
        if len(placed) >= count:
            break
        kind = focus if i == 0 or not pool or rng.random() < repeat else pool[int(rng.integers(len(pool)))]
        item = place(ground, kind, placed, max_px)
        if item is not None:
            placed.append(item)
    return placed


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
