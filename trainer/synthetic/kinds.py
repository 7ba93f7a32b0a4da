"""The kinds of object: real size, colours, where they belong, and how they are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trainer.synthetic import grounds, structures, vehicles
from trainer.synthetic.brush import Brush
from trainer.synthetic.palette import COLOURS, Rgb

LAND = ("grass", "field", "soil", "paved", "sand")
OPEN = ("grass", "field", "soil", "sand")


@dataclass(frozen=True)
class Kind:
    """One kind of object.

    Attributes:
        name: what an analyst calls one of it; ``plural``: several.
        size_m: shortest and longest length in metres.
        aspect: narrowest and widest width over length.
        height_m: height above ground that throws the shadow.
        colours: names it can have; empty when its colour is not free.
        themes: landscapes it belongs to.
        zones: ground it may stand on.
        draw: draws it on a brush in the given body colour.
        min_px: shortest length at which it is still itself.
    """

    name: str
    plural: str
    size_m: tuple[float, float]
    aspect: tuple[float, float]
    height_m: float
    colours: tuple[str, ...]
    themes: tuple[str, ...]
    zones: tuple[str, ...]
    draw: Callable[[Brush, Rgb], None]
    min_px: float = 20.0


_TOWN = ("town", "park", "industry")
_OPEN_LAND = ("farmland", "desert", "park")
_ALL: tuple[Kind, ...] = (
    Kind("airplane", "airplanes", (14, 74), (0.82, 1.08), 5,
         ("white", "white", "white", "white", "grey", "grey", "blue", "red", "green", "orange", "yellow", "black"),
         ("airfield",), ("paved",), vehicles.draw_airplane),
    Kind("helicopter", "helicopters", (9, 20), (0.76, 0.76), 3,
         ("white", "grey", "black", "red", "orange", "yellow", "green", "blue", "brown"),
         ("airfield", "park", "industry"), ("paved", "grass"), vehicles.draw_helicopter),
    Kind("ship", "ships", (12, 320), (0.14, 0.3), 8, COLOURS,
         ("harbour", "coast", "sea"), ("water",), vehicles.draw_ship),
    Kind("storage tank", "storage tanks", (10, 90), (1, 1), 12,
         ("white", "white", "grey", "brown", "green", "red", "blue", "black", "yellow"),
         ("industry", "harbour", "desert"), ("paved", "soil", "grass", "sand"), structures.draw_storage_tank),
    Kind("stadium", "stadiums", (120, 320), (0.68, 0.92), 20, ("white", "grey", "red", "orange", "blue", "green"),
         ("town", "park", "farmland"), LAND, grounds.draw_stadium, 36),
    Kind("tennis court", "tennis courts", (34, 40), (0.48, 0.9), 0, ("green", "blue", "red", "orange", "brown"),
         ("town", "park"), LAND, grounds.draw_tennis_court, 24),
    Kind("basketball court", "basketball courts", (24, 32), (0.5, 0.62), 0,
         ("red", "blue", "green", "grey", "orange", "brown"), ("town", "park"), LAND, grounds.draw_basketball_court, 26),
    Kind("swimming pool", "swimming pools", (8, 54), (0.4, 0.7), 0, (),
         ("town", "park", "coast"), LAND, grounds.draw_swimming_pool),
    Kind("solar farm", "solar farms", (30, 500), (0.5, 1), 1, (),
         ("farmland", "desert", "industry"), OPEN, structures.draw_solar_farm, 30),
    Kind("roundabout", "roundabouts", (28, 90), (1, 1), 0, (), ("town", "park", "farmland"), LAND,
         grounds.draw_roundabout, 26),
    Kind("bridge", "bridges", (30, 600), (0.1, 0.24), 6, ("grey", "white", "red", "brown"),
         ("river",), ("water",), structures.draw_bridge, 34),
    Kind("container yard", "container yards", (60, 400), (0.4, 0.85), 6, (),
         ("harbour", "industry"), ("paved", "soil"), structures.draw_container_yard, 36),
    Kind("greenhouse", "greenhouses", (24, 260), (0.4, 0.9), 4, (), ("farmland", "park"), OPEN,
         structures.draw_greenhouse, 24),
    Kind("crop circle", "crop circles", (120, 900), (1, 1), 0, ("green", "green", "brown", "yellow", "orange"),
         ("farmland", "desert"), ("field", "soil", "sand", "grass"), grounds.draw_crop_circle, 26),
    Kind("pond", "ponds", (16, 300), (0.5, 0.95), 0, (), _OPEN_LAND, OPEN, grounds.draw_pond),
    Kind("car park", "car parks", (36, 240), (0.4, 0.9), 0, (), _TOWN, ("paved", "grass", "soil"),
         grounds.draw_car_park, 34),
    Kind("building", "buildings", (12, 180), (0.4, 0.9), 9,
         ("white", "grey", "grey", "black", "red", "brown", "blue", "green", "orange"),
         ("park", "industry", "farmland", "harbour", "desert", "airfield", "coast"), LAND, structures.draw_building),
    Kind("helipad", "helipads", (12, 34), (1, 1), 0, ("grey", "black", "green", "red", "blue", "white"),
         (*_TOWN, "airfield", "coast"), LAND, grounds.draw_helipad),
    Kind("wind turbine", "wind turbines", (50, 150), (1, 1), 60, (), ("farmland", "desert", "coast", "sea"),
         (*OPEN, "water"), structures.draw_wind_turbine, 34),
    Kind("baseball field", "baseball fields", (80, 140), (1, 1), 0, (), ("town", "park"), LAND,
         grounds.draw_baseball_field, 34),
    Kind("pier", "piers", (25, 320), (0.2, 0.5), 1, ("grey", "white", "brown"), ("coast", "harbour"), ("water",),
         structures.draw_pier, 32),
    Kind("truck", "trucks", (9, 19), (0.22, 0.32), 3,
         ("white", "grey", "black", "red", "orange", "yellow", "green", "blue", "brown"),
         ("industry", "airfield", "harbour", "desert"), ("paved", "soil"), vehicles.draw_truck, 22),
    Kind("train", "trains", (60, 320), (0.05, 0.09), 4, ("white", "grey", "red", "orange", "yellow", "green", "blue", "brown"),
         ("industry", "farmland", "park", "desert"), LAND, vehicles.draw_train, 60),
    Kind("football field", "football fields", (92, 116), (0.62, 0.72), 0, (), ("town", "park"), LAND,
         grounds.draw_football_field, 34),
    Kind("cooling tower", "cooling towers", (45, 120), (1, 1), 60, (), ("industry", "river"),
         ("paved", "soil", "grass"), structures.draw_cooling_tower, 22),
    Kind("tent", "tents", (8, 70), (0.3, 1), 4, ("white", "white", "red", "orange", "yellow", "green", "blue", "brown"),
         ("park", "desert", "farmland"), OPEN, structures.draw_tent),
    Kind("orchard", "orchards", (50, 300), (0.5, 1), 3, (), ("farmland", "desert", "river"), OPEN,
         grounds.draw_orchard, 36),
)  # fmt: skip
BY_NAME: dict[str, Kind] = {kind.name: kind for kind in _ALL}
KINDS: tuple[str, ...] = tuple(BY_NAME)


def fitting_m(kind: Kind, gsd_m: float, max_px: float) -> tuple[float, float] | None:
    """Range of lengths in metres at which the kind is ``min_px``..``max_px`` long, or None."""
    low, high = max(kind.size_m[0], kind.min_px * gsd_m), min(kind.size_m[1], max_px * gsd_m)
    return (low, high) if low <= high else None
