"""The kinds of object: real size, colours, where they belong, and how they are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trainer.lab.scenes import grounds, structures, vehicles
from trainer.lab.scenes.brush import Brush
from trainer.lab.scenes.palette import Rgb


@dataclass(frozen=True)
class Kind:
    """One kind of object.

    Attributes:
        name: what an analyst calls one of it; ``plural``: several.
        size_m: shortest and longest length in metres.
        aspect: narrowest and widest width over length.
        colours: names it can have, common ones repeated; empty when its colour is not free.
        themes: landscapes it belongs to.
        zones: ground it may stand on.
        draw: draws it on a brush in the given body colour.
        height_m: height above ground that throws the shadow.
        min_px: shortest length at which it is still itself.
        aligned: mostly lies along the streets and fields.
        wear: depth of dirt and uneven growth, 0..1.
        earthy: share of the region's field colour in its body.
    """

    name: str
    plural: str
    size_m: tuple[float, float]
    aspect: tuple[float, float]
    colours: tuple[str, ...]
    themes: tuple[str, ...]
    zones: tuple[str, ...]
    draw: Callable[[Brush, Rgb], None]
    height_m: float = 0.0
    min_px: float = 28.0
    aligned: bool = False
    wear: float = 0.12
    earthy: float = 0.0


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ANY = _words("white grey black red orange yellow green blue brown")
_NONE: tuple[str, ...] = ()
_PLANE = _words("white white white white white white white grey grey blue red green orange yellow black")
_TANK = _words("white white white grey brown green red blue black yellow")
_ROOF = _words("white grey grey grey black red brown brown blue green orange")
_LAND = _words("grass field soil paved sand")
_OPEN = _words("grass field soil sand")
_HARD = _words("paved soil grass sand")
_TOWN = _words("town park industry")

_ALL = (
    Kind("airplane", "airplanes", (14, 74), (0.82, 1.08), _PLANE, ("airfield",), ("paved",),
         vehicles.draw_airplane, height_m=6, wear=0.05),
    Kind("helicopter", "helicopters", (9, 20), (0.76, 0.76), _ANY, _words("airfield park industry"),
         ("paved", "grass"), vehicles.draw_helicopter, height_m=3),
    Kind("ship", "ships", (12, 320), (0.14, 0.3), _ANY, _words("harbour coast sea"), ("water",),
         vehicles.draw_ship, height_m=8, min_px=38),
    Kind("storage tank", "storage tanks", (10, 90), (1, 1), _TANK, _words("industry harbour desert"), _HARD,
         structures.draw_storage_tank, height_m=12, wear=0.16),
    Kind("stadium", "stadiums", (120, 320), (0.68, 0.92), _words("white grey red orange blue green"),
         _words("town park farmland"), _LAND, grounds.draw_stadium, height_m=20, min_px=36),
    Kind("tennis court", "tennis courts", (34, 40), (0.48, 0.9), _words("green blue red orange brown"),
         _words("town park"), _LAND, grounds.draw_tennis_court, min_px=30, aligned=True, wear=0.16),
    Kind("basketball court", "basketball courts", (24, 32), (0.5, 0.62),
         _words("red blue green grey orange brown"), _words("town park"), _LAND,
         grounds.draw_basketball_court, min_px=32, aligned=True, wear=0.16),
    Kind("swimming pool", "swimming pools", (8, 54), (0.4, 0.7), _NONE, _words("town park coast"), _LAND,
         grounds.draw_swimming_pool, aligned=True),
    Kind("solar farm", "solar farms", (30, 500), (0.5, 1), _NONE, _words("farmland desert industry"), _OPEN,
         structures.draw_solar_farm, height_m=1, min_px=30, aligned=True),
    Kind("roundabout", "roundabouts", (28, 90), (1, 1), _NONE, _words("town park farmland"), _LAND,
         grounds.draw_roundabout, min_px=32, wear=0.2),
    Kind("bridge", "bridges", (30, 600), (0.1, 0.24), _words("grey white red brown"), ("river",), ("water",),
         structures.draw_bridge, height_m=6, min_px=34, wear=0.16),
    Kind("container yard", "container yards", (60, 400), (0.4, 0.85), _NONE, _words("harbour industry"),
         ("paved", "soil"), structures.draw_container_yard, height_m=6, min_px=36, aligned=True, wear=0.2),
    Kind("greenhouse", "greenhouses", (24, 260), (0.4, 0.9), _NONE, _words("farmland park"), _OPEN,
         structures.draw_greenhouse, height_m=4, min_px=30, aligned=True, wear=0.2),
    Kind("crop circle", "crop circles", (120, 900), (1, 1), _words("green green brown yellow orange"),
         _words("farmland desert"), _OPEN, grounds.draw_crop_circle, min_px=32, wear=0.34, earthy=0.3),
    Kind("pond", "ponds", (16, 300), (0.5, 0.95), _NONE, _words("farmland desert park"), _OPEN,
         grounds.draw_pond, wear=0.14),
    Kind("car park", "car parks", (36, 240), (0.4, 0.9), _NONE, _TOWN, _words("paved grass soil"),
         grounds.draw_car_park, min_px=34, aligned=True, wear=0.2),
    Kind("building", "buildings", (12, 180), (0.4, 0.9), _ROOF,
         _words("park industry farmland harbour desert airfield coast"), _LAND, structures.draw_building,
         height_m=9, aligned=True, wear=0.2),
    Kind("helipad", "helipads", (12, 34), (1, 1), _words("grey black green red blue white"),
         _words("town park industry airfield coast"), _LAND, grounds.draw_helipad, aligned=True, wear=0.16),
    Kind("wind turbine", "wind turbines", (50, 150), (1, 1), _NONE, _words("farmland desert coast sea"),
         (*_OPEN, "water"), structures.draw_wind_turbine, height_m=60, min_px=34, wear=0.05),
    Kind("baseball field", "baseball fields", (80, 140), (1, 1), _NONE, _words("town park"), _LAND,
         grounds.draw_baseball_field, min_px=34, wear=0.24),
    Kind("pier", "piers", (25, 320), (0.2, 0.5), _words("grey white brown"), _words("coast harbour"),
         ("water",), structures.draw_pier, height_m=1, min_px=32, wear=0.2),
    Kind("truck", "trucks", (9, 19), (0.22, 0.32), _ANY, _words("industry airfield harbour desert"),
         ("paved", "soil"), vehicles.draw_truck, height_m=3, min_px=34, aligned=True),
    Kind("train", "trains", (60, 320), (0.05, 0.09), _words("white grey red orange yellow green blue brown"),
         _words("industry farmland park desert"), _LAND, vehicles.draw_train, height_m=4, min_px=60,
         aligned=True),
    Kind("football field", "football fields", (92, 116), (0.62, 0.72), _NONE, _words("town park"), _LAND,
         grounds.draw_football_field, min_px=34, aligned=True, wear=0.24),
    Kind("cooling tower", "cooling towers", (45, 120), (1, 1), _NONE, _words("industry river"),
         _words("paved soil grass"), structures.draw_cooling_tower, height_m=60, min_px=30),
    Kind("tent", "tents", (8, 70), (0.3, 1), _words("white white red orange yellow green blue brown"),
         _words("park desert farmland"), _OPEN, structures.draw_tent, height_m=4),
    Kind("orchard", "orchards", (50, 300), (0.5, 1), _NONE, _words("farmland desert river"), _OPEN,
         grounds.draw_orchard, height_m=3, min_px=36, aligned=True, wear=0.2),
)  # fmt: skip
BY_NAME: dict[str, Kind] = {kind.name: kind for kind in _ALL}
KINDS: tuple[str, ...] = tuple(BY_NAME)


def fitting_m(kind: Kind, gsd_m: float, max_px: float) -> tuple[float, float] | None:
    """Range of lengths in metres at which the kind is ``min_px``..``max_px`` long, or None."""
    low, high = max(kind.size_m[0], kind.min_px * gsd_m), min(kind.size_m[1], max_px * gsd_m)
    return (low, high) if low <= high else None
