"""Where to look: a GeoJSON polygon in map units, asked in source pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from affine import Affine
from shapely.geometry.base import BaseGeometry

from engine.errors import InputError
from engine.imagery.frames import point_crs_to_src, rectangle_xyxy_src
from engine.types import Rectangle, Xyxy

Points = Sequence[Sequence[float]]


class Area:
    """The part of a raster that is searched.

    Args:
        shape_src: polygons in source pixels; None for the whole raster.
    """

    def __init__(self, shape_src: BaseGeometry | None = None) -> None:
        self._shape_src = shape_src
        if shape_src is not None:
            shapely.prepare(shape_src)

    @classmethod
    def of(
        cls, geometry_crs: dict[str, Any] | None, transform: Affine, width_src: int, height_src: int
    ) -> Area:
        """Bring a GeoJSON Polygon or MultiPolygon from map units into the pixels of a raster.

        Args:
            geometry_crs: in the raster's CRS; None is everywhere.
            transform: of the raster, source pixel corner -> map units.
            width_src: width of the raster in source pixels.
            height_src: height of the raster in source pixels.

        Raises:
            InputError: the geometry is of another type, is not finite, or misses the raster.
        """
        if geometry_crs is None:
            return cls()
        kind, coordinates = geometry_crs.get("type"), geometry_crs.get("coordinates")
        if kind not in ("Polygon", "MultiPolygon") or not coordinates:
            raise InputError(
                f"The search area is a GeoJSON {kind!r}: give a Polygon or a MultiPolygon with coordinates."
            )
        polygons = [coordinates] if kind == "Polygon" else coordinates
        parts = [_polygon_src([_ring_src(ring, transform) for ring in rings]) for rings in polygons]
        area = cls(shapely.union_all(parts))
        if not area.touches_box((0.0, 0.0, float(width_src), float(height_src))):
            raise InputError(
                f"The search area {area.extent_src} (in source pixels) lies outside the raster of "
                f"{width_src} x {height_src} pixels: choose one that overlaps it, in the raster's CRS."
            )
        return area

    @property
    def extent_src(self) -> Xyxy | None:
        """The upright box round the area in source pixels; None for the whole raster."""
        if self._shape_src is None:
            return None
        x1, y1, x2, y2 = self._shape_src.bounds
        return (x1, y1, x2, y2)

    def touches_rectangle(self, rectangle: Rectangle) -> bool:
        """Tell whether a rectangle, such as a window, has anything of the area in it."""
        return self.touches_box(rectangle_xyxy_src(rectangle))

    def touches_box(self, xyxy_src: Xyxy) -> bool:
        """Tell whether a box in source pixels has anything of the area in it; a common edge counts."""
        return self._shape_src is None or bool(self._shape_src.intersects(shapely.box(*xyxy_src)))


def _ring_src(ring: Points, transform: Affine) -> list[tuple[float, float]]:
    points = [point_crs_to_src((point[0], point[1]), transform) for point in ring]
    if len(points) < 3 or not np.isfinite(points).all():
        raise InputError(
            f"A ring of the search area has {len(points)} points, of which some may not be finite: "
            "give closed rings of at least three finite points."
        )
    return points


def _polygon_src(rings: Sequence[Points]) -> BaseGeometry:
    """A polygon whose borders may cross: what an odd number of them surrounds is inside."""
    return shapely.make_valid(shapely.Polygon(rings[0], rings[1:]))
