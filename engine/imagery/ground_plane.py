"""A flat frame in metres round one place of a raster, in which lengths and right angles are those on the ground."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS

from engine.imagery.frames import point_src_to_crs, points_crs_to_src, points_src_to_crs
from engine.imagery.gdal_errors import GDAL_ERRORS
from engine.types import Xyxy

LEAST_SQUEEZE = 1e-3
"""Meridians are taken to be at least so far apart, as a share of their distance at the equator."""


@dataclass(frozen=True)
class Ground:
    """What of a raster decides where its pixels lie on the ground.

    Attributes:
        transform: source pixel corner -> map units.
        radians: radians in a map unit where x and y are longitude and latitude; None on maps.
        metres: metres in a map unit of y; where that is not known, what makes a pixel one unit wide.
        measured: ``metres`` are metres.
    """

    transform: Affine
    radians: float | None
    metres: float
    measured: bool

    @classmethod
    def of(
        cls, transform: Affine, crs_wkt: str | None, gsd_m: float | None, width_src: int, height_src: int
    ) -> Ground:
        """Read it off a raster's transform, CRS and size of pixels (at its centre)."""
        radians = _radians(crs_wkt)
        centre = point_src_to_crs((width_src / 2, height_src / 2), transform)
        area = abs(transform.determinant) * _squeeze(centre[1], radians)
        return cls(transform, radians, (gsd_m or 1.0) / math.sqrt(area), gsd_m is not None)

    def plane(self, box_src: Xyxy) -> Plane:
        """The flat frame round a box."""
        middle = ((box_src[0] + box_src[2]) / 2, (box_src[1] + box_src[3]) / 2)
        origin = point_src_to_crs(middle, self.transform)
        squeeze = _squeeze(origin[1], self.radians)
        return Plane(self.transform, origin, (self.metres * squeeze, self.metres))


@dataclass(frozen=True)
class Plane:
    """The flat frame round one place.

    Attributes:
        transform: of the raster.
        origin_crs: the place, in map units.
        scale: metres to a map unit in x and y.
    """

    transform: Affine
    origin_crs: tuple[float, float]
    scale: tuple[float, float]

    @property
    def pixel(self) -> float:
        """Metres across a source pixel: the square root of its area."""
        return math.sqrt(abs(self.transform.determinant) * self.scale[0] * self.scale[1])

    def from_src(self, points_src: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points in source pixels, N x 2, in metres from the origin."""
        return (points_src_to_crs(points_src, self.transform) - self.origin_crs) * self.scale

    def to_crs(self, points_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points in metres from the origin, N x 2, in map units."""
        return points_m / self.scale + self.origin_crs

    def to_src(self, points_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points in metres from the origin, N x 2, in source pixels."""
        return points_crs_to_src(self.to_crs(points_m), self.transform)


def _radians(crs_wkt: str | None) -> float | None:
    if crs_wkt is None:
        return None
    try:
        crs = CRS.from_user_input(crs_wkt)
        return float(crs.units_factor[1]) if crs.is_geographic else None
    except GDAL_ERRORS:
        return None


def _squeeze(y_crs: float, radians: float | None) -> float:
    """How near to each other the meridians are there, as a share of their distance at the equator."""
    return 1.0 if radians is None else max(math.cos(y_crs * radians), LEAST_SQUEEZE)
