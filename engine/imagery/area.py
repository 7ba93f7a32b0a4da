"""Where to look: a GeoJSON polygon in map units, asked in source pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.imagery.frames import point_crs_to_src, window_xyxy_src
from engine.types import Window, Xyxy

if TYPE_CHECKING:
    from engine.imagery.raster import Raster

Rings = tuple[NDArray[np.float64], ...]


@dataclass(frozen=True)
class Area:
    """The part of a raster that is searched.

    Attributes:
        polygons_src: each polygon as closed rings of N x 2 source pixels, the outer one first;
            empty for the whole raster.
    """

    polygons_src: tuple[Rings, ...] = ()

    @classmethod
    def of(cls, raster: Raster, geometry_crs: dict[str, Any] | None) -> Area:
        """Bring a GeoJSON Polygon or MultiPolygon in the raster's CRS into its pixels; None is everywhere.

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
        area = cls(tuple(tuple(_ring_src(ring, raster) for ring in polygon) for polygon in polygons))
        if not area.touches_box((0.0, 0.0, float(raster.width_src), float(raster.height_src))):
            raise InputError(
                f"The search area {area.extent_src} (in source pixels) lies outside the raster of "
                f"{raster.width_src} x {raster.height_src} pixels: choose one that overlaps "
                "it, in the raster's CRS."
            )
        return area

    @property
    def extent_src(self) -> Xyxy | None:
        """The upright box round the area in source pixels; None for the whole raster."""
        if not self.polygons_src:
            return None
        corners = np.concatenate([rings[0] for rings in self.polygons_src])
        (x1, y1), (x2, y2) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
        return (x1, y1, x2, y2)

    def touches_window(self, window: Window) -> bool:
        """Tell whether a window has anything of the area in it."""
        return self.touches_box(window_xyxy_src(window))

    def touches_box(self, xyxy_src: Xyxy) -> bool:
        """Tell whether a box in source pixels has anything of the area in it."""
        return not self.polygons_src or any(_polygon_touches(rings, xyxy_src) for rings in self.polygons_src)


def _ring_src(ring: Sequence[Sequence[float]], raster: Raster) -> NDArray[np.float64]:
    points = np.array([point_crs_to_src((point[0], point[1]), raster.transform) for point in ring], float)
    if len(points) < 3 or not np.isfinite(points).all():
        raise InputError(
            f"A ring of the search area has {len(points)} points, of which some may not be finite: "
            "give closed rings of at least three finite points."
        )
    return points if np.array_equal(points[0], points[-1]) else np.vstack([points, points[:1]])


def _polygon_touches(rings: Rings, box: Xyxy) -> bool:
    """A box and a polygon meet when a border runs through the box, or the box lies inside."""
    if any(_border_crosses(ring, box) for ring in rings):
        return True
    corner = np.array(box[:2], float)
    return sum(_contains(ring, corner) for ring in rings) % 2 == 1


def _border_crosses(ring: NDArray[np.float64], box: Xyxy) -> bool:
    """Clip every edge by the box (Liang and Barsky, 1984); True when something of one is left."""
    start, step = ring[:-1], np.diff(ring, axis=0)
    enter, leave = np.zeros(len(start)), np.ones(len(start))
    for axis in (0, 1):
        low, high = box[axis] - start[:, axis], box[axis + 2] - start[:, axis]
        still = step[:, axis] == 0
        along = np.where(still, 1.0, step[:, axis])
        first, last = np.minimum(low / along, high / along), np.maximum(low / along, high / along)
        beside = still & ((low > 0) | (high < 0))
        enter = np.where(still, enter, np.maximum(enter, first))
        leave = np.where(beside, -1.0, np.where(still, leave, np.minimum(leave, last)))
    return bool((enter <= leave).any())


def _contains(ring: NDArray[np.float64], point: NDArray[np.float64]) -> bool:
    """Count the edges that a ray to the right of the point crosses."""
    (x, y), (x1, y1), (x2, y2) = point, ring[:-1].T, ring[1:].T
    spans = (y1 > y) != (y2 > y)
    height = np.where(spans, y2 - y1, 1.0)
    return bool(np.count_nonzero(spans & (x < x1 + (y - y1) * (x2 - x1) / height)) % 2)
