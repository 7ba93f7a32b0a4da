"""How many metres on the ground one pixel covers, whatever the CRS, the body and the place.

Distances are measured between points on the CRS's own ellipsoid in space, not between longitudes and
latitudes: so neither a pole nor the date line is special, and Mars has the size of Mars.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.warp import transform as transform_points

from engine.imagery.frames import Point, point_src_to_crs
from engine.imagery.gdal_errors import GDAL_ERRORS

TRUSTED_SCALE = 0.002
"""The map unit is taken as it is unless the projection's scale is off by more than this share (UTM's is not)."""

STEP_M = 100.0
"""Points are so far apart: inverse projections are exact to a millimetre, not to a share of a pixel."""

PLACES = ((0.5, 0.5), (0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
"""Where to measure, as shares of width and height: the centre, else where the projection is defined."""

METRE_NAMES = ("metre", "meter", "m", "metres", "meters")
Definition = Mapping[str, Any]


@dataclass(frozen=True)
class Ellipsoid:
    """A body's surface.

    Attributes:
        radius_m: semi-major axis.
        eccentricity2: square of the first eccentricity; 0 for a sphere.
    """

    radius_m: float
    eccentricity2: float

    @classmethod
    def of(cls, definition: Definition) -> Ellipsoid:
        """Read PROJJSON's ``ellipsoid``: a radius, or a semi-major axis and the flattening or the other axis."""
        if "radius" in definition:
            return cls(_number(definition["radius"]), 0.0)
        radius = _number(definition["semi_major_axis"])
        if "semi_minor_axis" in definition:
            return cls(radius, 1 - (_number(definition["semi_minor_axis"]) / radius) ** 2)
        inverse = _number(definition["inverse_flattening"])
        flattening = 1 / inverse if inverse else 0.0
        return cls(radius, flattening * (2 - flattening))

    def in_space(self, lon: NDArray[Any], lat: NDArray[Any]) -> NDArray[np.float64]:
        """Points x 3 in metres from the body's centre, of longitudes and geodetic latitudes in radians."""
        across = self.radius_m / np.sqrt(1 - self.eccentricity2 * np.sin(lat) ** 2)
        level = across * np.cos(lat)
        up = across * (1 - self.eccentricity2) * np.sin(lat)
        return np.stack([level * np.cos(lon), level * np.sin(lon), up], axis=-1)


def metres_per_pixel(crs: CRS, transform: Affine, width_src: int, height_src: int) -> float | None:
    """The square root of the ground area of a pixel at the raster's centre.

    Args:
        crs: of the raster.
        transform: source pixel corner -> map units; finite, with an inverse.
        width_src: width of the raster in source pixels.
        height_src: height of the raster in source pixels.

    Returns:
        Metres; None where the CRS does not tell them (units with no size, geocentric and vertical axes).
    """
    try:
        plane = _horizontal(crs.to_dict(projjson=True))
    except GDAL_ERRORS:
        return None
    kind, axes = plane.get("type", ""), plane.get("coordinate_system", {})
    unit = _unit_size(axes)
    if unit is None:
        return None
    if axes.get("subtype") == "Cartesian":
        if len(axes.get("axis", ())) != 2:
            return None
        on_map = math.sqrt(abs(transform.determinant)) * unit
        if kind == "EngineeringCRS":
            return on_map
        return _trusted(on_map, _on_ground(crs, plane, transform, unit, (width_src, height_src)))
    if "axis" not in axes or axes.get("subtype") not in ("ellipsoidal", "spherical"):
        return None
    return _on_ground(crs, plane, transform, None, (width_src, height_src))


def _trusted(on_map: float, on_ground: float | None) -> float:
    near = on_ground is None or abs(on_ground / on_map - 1) <= TRUSTED_SCALE
    return on_map if on_ground is None or near else on_ground


def _on_ground(
    crs: CRS, plane: Definition, transform: Affine, unit: float | None, size: tuple[int, int]
) -> float | None:
    """Measured on the ellipsoid; ``unit`` in metres for maps, None for degrees and other angles."""
    geodetic = _geodetic(plane)
    body = _body(geodetic)
    angle = _unit_size(geodetic.get("coordinate_system", {}))
    if body is None or angle is None:
        return None
    spherical = _planetocentric(geodetic["coordinate_system"])
    map_unit = body.radius_m * angle if unit is None else unit
    steps = tuple(
        STEP_M / (side * map_unit)
        for side in (math.hypot(transform.a, transform.d), math.hypot(transform.b, transform.e))
    )
    for points in _crosses(transform, size, (steps[0], steps[1])):
        degrees = points if geodetic is plane else _moved(crs, geodetic, points)
        if degrees is None or not np.isfinite(degrees).all():
            continue
        lon, lat = degrees[:, 0] * angle, degrees[:, 1] * angle
        if np.abs(lat).max() > math.pi / 2 + 1e-9:
            continue
        if spherical:
            lat = np.arctan2(np.sin(lat), np.cos(lat) * (1 - body.eccentricity2))
        left, right, above, below = body.in_space(lon, lat)
        area = float(np.linalg.norm(np.cross(right - left, below - above))) / (steps[0] * steps[1])
        if area > 0 and math.isfinite(area):
            return math.sqrt(area)
    return None


def _crosses(
    transform: Affine, size: tuple[int, int], steps: tuple[float, float]
) -> Iterator[NDArray[np.float64]]:
    """Four points (left, right, above, below) x 2 in map units round each of the places."""
    for share_x, share_y in PLACES:
        x, y = share_x * size[0], share_y * size[1]
        cross: Sequence[Point] = (
            (x - steps[0] / 2, y),
            (x + steps[0] / 2, y),
            (x, y - steps[1] / 2),
            (x, y + steps[1] / 2),
        )
        yield np.array([point_src_to_crs(point, transform) for point in cross])


def _moved(crs: CRS, geodetic: Definition, points: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Map units -> longitude and latitude of the CRS's own datum, in the datum's angular unit."""
    try:
        target = CRS.from_user_input(dict(geodetic))
        return np.array(transform_points(crs, target, points[:, 0].tolist(), points[:, 1].tolist())).T
    except GDAL_ERRORS:
        return None


def _horizontal(definition: Definition) -> Definition:
    """The part of a PROJJSON definition that x and y belong to."""
    while True:
        if definition.get("type") == "CompoundCRS":
            definition = definition["components"][0]
        elif definition.get("type") == "BoundCRS":
            definition = definition["source_crs"]
        else:
            return definition


def _geodetic(definition: Definition) -> Definition:
    """The CRS in longitude and latitude that a map's CRS is derived from; itself if it is one."""
    while "base_crs" in definition:
        definition = _horizontal(definition["base_crs"])
    return definition


def _body(geodetic: Definition) -> Ellipsoid | None:
    datum = geodetic.get("datum") or geodetic.get("datum_ensemble") or {}
    if "ellipsoid" not in datum:
        return None
    body = Ellipsoid.of(datum["ellipsoid"])
    return body if body.radius_m > 0 and math.isfinite(body.radius_m) else None


def _planetocentric(coordinate_system: Definition) -> bool:
    """Tell whether latitudes are angles at the body's centre, as some planetary CRSs have them."""
    named = any(str(axis.get("name", "")).startswith("Planetocentric") for axis in coordinate_system["axis"])
    return named or coordinate_system.get("subtype") == "spherical"


def _unit_size(coordinate_system: Definition) -> float | None:
    """Metres or radians in one unit of the first axis; None where it has no known size."""
    axes = coordinate_system.get("axis") or ()
    unit = axes[0].get("unit", coordinate_system.get("unit")) if axes else None
    if isinstance(unit, str):
        return {"metre": 1.0, "degree": math.radians(1.0)}.get(unit)
    if not isinstance(unit, Mapping) or unit.get("type") not in ("LinearUnit", "AngularUnit", "Unit"):
        return None
    size, name = unit.get("conversion_factor"), str(unit.get("name", "")).lower()
    if not isinstance(size, int | float) or not size > 0 or not math.isfinite(size):
        return None
    nameless = size == 1.0 and name not in (*METRE_NAMES, "radian")
    return None if nameless or name == "unknown" else float(size)


def _number(value: Any) -> float:
    """A PROJJSON length in metres: a number, or a number with its unit."""
    if isinstance(value, Mapping):
        unit = value.get("unit")
        factor = unit.get("conversion_factor", 1.0) if isinstance(unit, Mapping) else 1.0
        return float(value["value"]) * float(factor)
    return float(value)
