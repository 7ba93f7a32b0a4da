"""Regions: named parameter sets of the drawn world. "home" is trained on, the others are shifts of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from trainer.lab.scenes.palette import Rgb

Matrix = tuple[float, float, float, float, float, float, float, float, float]
Range = tuple[float, float]

MATERIALS: dict[str, Rgb] = {
    "grass": (92, 106, 66),
    "dry grass": (142, 130, 94),
    "field": (116, 118, 76),
    "soil": (138, 114, 88),
    "sand": (192, 174, 140),
    "asphalt": (98, 96, 92),
    "concrete": (170, 163, 146),
    "gravel": (150, 142, 130),
    "water": (46, 66, 78),
    "woods": (50, 64, 42),
}
ROOFS: tuple[Rgb, ...] = (
    (148, 92, 72),
    (126, 122, 120),
    (168, 150, 132),
    (96, 92, 92),
    (188, 184, 178),
    (134, 78, 62),
)


@dataclass(frozen=True)
class Region:
    """How one part of the drawn world looks and how its sensor sees it.

    Attributes:
        name: key in ``REGIONS``.
        gsd_m: range of ground sample distances in metres per pixel.
        matrix: colour matrix of the sensor, row by row.
        gain: per-channel cast.
        gamma, contrast, saturation, haze, noise, blur_px: ranges drawn per scene; haze is the share
            of airlight, noise a standard deviation in grey levels, blur a Gaussian radius in pixels.
        haze_bank: share of scenes under heavy haze whatever the range says.
        airlight: colour of the haze.
        shrink: range of factors by which resolution is lost (1: none).
        stripes: strength of detector striping in grey levels.
        sun_length: range of shadow length over height.
        materials: ground colours that differ from ``MATERIALS``.
        crowns: colour of tree crowns.
        roofs: roof colours of clutter houses.
        house_m: range of house sizes in metres; ``density``: share of town blocks with houses.
        snow: 0..1, how much of every object lies under snow.
        fade: 0..1, how far paint has faded towards grey.
    """

    name: str
    gsd_m: Range = (0.3, 10.0)
    matrix: Matrix = (1, 0, 0, 0, 1, 0, 0, 0, 1)
    gain: tuple[float, float, float] = (1.0, 1.0, 1.0)
    gamma: Range = (0.8, 1.25)
    contrast: Range = (0.9, 1.35)
    saturation: Range = (0.6, 1.1)
    haze: Range = (0.0, 0.22)
    noise: Range = (0.5, 4.0)
    blur_px: Range = (0.3, 0.8)
    haze_bank: float = 0.0
    airlight: Rgb = (196, 202, 208)
    shrink: Range = (1.0, 1.0)
    stripes: float = 0.0
    sun_length: Range = (0.4, 1.6)
    materials: Mapping[str, Rgb] = field(default_factory=dict)
    crowns: Rgb = (56, 74, 44)
    roofs: tuple[Rgb, ...] = ROOFS
    house_m: Range = (8.0, 16.0)
    density: float = 0.4
    snow: float = 0.0
    fade: float = 0.0

    def colour_of(self, material: str) -> Rgb:
        """Return the mean ground colour of a material in this region."""
        return self.materials.get(material, MATERIALS[material])


def _milder(region: Region, strength: float) -> Region:
    """The region with every number moved towards home's: 1 leaves it, 0 is home by another name."""

    def blend(value: Any, home: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(blend(v, h) for v, h in zip(value, home, strict=True))
        blended = home + (value - home) * strength
        return round(blended) if isinstance(value, int) and isinstance(home, int) else blended

    home = Region("home")
    numbers = {f.name: getattr(region, f.name) for f in fields(Region) if f.name not in _WORDS_AND_ROOFS}
    shifted = {name: blend(value, getattr(home, name)) for name, value in numbers.items()}
    materials = {name: blend(colour, MATERIALS[name]) for name, colour in region.materials.items()}
    return replace(region, materials=materials, **shifted)


_WORDS_AND_ROOFS = ("name", "materials", "roofs")
_REGIONS: tuple[Region, ...] = (
    Region("home", haze_bank=0.08),
    Region(
        "coastal-haze",
        haze=(0.45, 0.68),
        airlight=(206, 210, 206),
        blur_px=(0.7, 1.1),
        noise=(3.0, 6.0),
        materials={"water": (74, 104, 110), "sand": (206, 196, 168), "grass": (104, 116, 84)},
    ),
    Region(
        "arid-sensor",
        matrix=(0.8, 0.24, 0.04, 0.16, 0.7, 0.12, 0.06, 0.26, 0.6),
        gain=(1.1, 0.96, 0.8),
        gamma=(0.65, 0.95),
        contrast=(0.9, 1.3),
        noise=(6.0, 10.0),
        stripes=5.0,
        fade=0.15,
        materials={
            "grass": (156, 138, 100),
            "dry grass": (178, 154, 110),
            "field": (160, 140, 98),
            "soil": (176, 138, 98),
            "sand": (214, 186, 138),
            "woods": (98, 92, 62),
            "gravel": (182, 164, 136),
        },
        crowns=(92, 92, 60),
        roofs=((206, 190, 164), (188, 170, 142), (220, 212, 196)),
    ),
    Region(
        "winter",
        gain=(0.93, 0.99, 1.1),
        gamma=(0.9, 1.4),
        saturation=(0.35, 0.7),
        sun_length=(2.0, 3.6),
        snow=0.32,
        materials={
            "grass": (214, 218, 224),
            "dry grass": (206, 208, 210),
            "field": (220, 223, 228),
            "soil": (190, 186, 182),
            "sand": (208, 206, 204),
            "asphalt": (128, 130, 134),
            "concrete": (188, 190, 194),
            "gravel": (184, 184, 186),
            "water": (50, 60, 72),
            "woods": (112, 108, 104),
        },
        crowns=(84, 78, 72),
        roofs=((222, 224, 228), (206, 206, 210), (150, 140, 136)),
    ),
    Region(
        "tropics-season",
        gain=(0.93, 1.06, 0.88),
        saturation=(0.9, 1.3),
        haze=(0.1, 0.36),
        airlight=(214, 214, 196),
        contrast=(0.75, 1.05),
        blur_px=(0.6, 1.2),
        noise=(3.0, 8.0),
        materials={
            "grass": (66, 106, 54),
            "dry grass": (98, 124, 58),
            "field": (84, 120, 62),
            "soil": (164, 92, 58),
            "sand": (214, 194, 150),
            "water": (48, 122, 122),
            "woods": (26, 70, 34),
            "asphalt": (112, 104, 98),
        },
        crowns=(34, 88, 40),
        roofs=((126, 104, 88), (170, 164, 156), (90, 110, 136), (158, 84, 60)),
    ),
    Region(
        "dense-city",
        matrix=(0.86, 0.1, 0.0, 0.06, 0.86, 0.08, 0.0, 0.14, 0.94),
        gain=(0.92, 0.97, 1.12),
        gamma=(1.0, 1.4),
        contrast=(1.05, 1.4),
        saturation=(0.45, 0.8),
        noise=(4.0, 8.0),
        sun_length=(1.6, 3.2),
        roofs=((112, 116, 122), (150, 152, 156), (84, 88, 96), (186, 190, 196)),
        house_m=(14.0, 34.0),
        density=0.7,
        fade=0.2,
        materials={"asphalt": (74, 76, 82), "concrete": (138, 140, 144), "grass": (70, 86, 62)},
    ),
    Region(
        "coarse",
        gsd_m=(1.0, 10.0),
        shrink=(2.0, 2.9),
        blur_px=(0.8, 1.4),
        noise=(4.0, 8.0),
        saturation=(0.45, 0.85),
        contrast=(0.7, 0.95),
        gain=(1.05, 0.98, 0.95),
    ),
)
# How far each region goes from home towards the full shift above: far enough that boxes suffer, not so
# far that a verifier trained at home no longer recognises what it is shown.
_STRENGTH = {
    "coastal-haze": 1.2,
    "arid-sensor": 0.95,
    "winter": 0.62,
    "tropics-season": 0.68,
    "dense-city": 0.75,
    "coarse": 1.5,
}
REGIONS: dict[str, Region] = {r.name: _milder(r, _STRENGTH.get(r.name, 1.0)) for r in _REGIONS}
