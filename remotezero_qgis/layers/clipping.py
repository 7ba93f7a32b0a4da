"""An area of the map, cut to a raster and put into the raster's CRS, however much of the world it covers.

A projection is right in its own part of the world. Beyond that it gives infinities, or numbers that look right
and are not, so every point that is carried over is carried back and compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)

STEPS = 64
"""Points along a side, so that a bent side stays where it was; and rows of the grid that is the last resort."""
TOLERANCE = 1e-3
"""How far off a point may come back, as a share of the area's size."""
MARGIN = 1.05


def clip_to_raster(
    geometry: QgsGeometry,
    crs: QgsCoordinateReferenceSystem,
    raster: QgsRasterLayer,
    context: QgsCoordinateTransformContext | None = None,
) -> QgsGeometry:
    """Return the part of a polygon, given in ``crs``, that lies on the raster, in the raster's CRS.

    ``context`` is the project's, for a worker thread, which must not ask the project itself.

    It is empty where the two don't touch. Where neither of the two can be carried over whole, as between a
    globe seen from space and a raster of all the world, it is the rectangle round all that can.
    """
    extent = raster.extent()
    if not crs.isValid() or not raster.crs().isValid() or crs == raster.crs():
        return _on(extent, geometry)
    context = context or QgsProject.instance().transformContext()
    to_raster = QgsCoordinateTransform(crs, raster.crs(), context)
    carried = _carry(geometry, to_raster)
    if carried is not None:
        return _on(extent, carried)
    to_area = QgsCoordinateTransform(raster.crs(), crs, context)
    for margin in (MARGIN, 1.0):
        wider = QgsRectangle(extent)
        wider.scale(margin)
        outline = _carry(QgsGeometry.fromRect(wider), to_area)
        carried = None if outline is None else _carry(geometry.intersection(outline), to_raster)
        if carried is not None:
            return _on(extent, carried)
    return _seen(geometry, to_area, extent)


def _on(extent: QgsRectangle, geometry: QgsGeometry) -> QgsGeometry:
    if extent.isEmpty():
        return geometry
    valid = geometry if geometry.isGeosValid() else geometry.makeValid()
    return _polygons(valid.intersection(QgsGeometry.fromRect(extent)))


def _polygons(geometry: QgsGeometry) -> QgsGeometry:
    """Return the polygons among the parts: two areas that touch share a line or a point as well."""
    parts = [part for part in geometry.asGeometryCollection() if part.area() > 0]
    return QgsGeometry.unaryUnion(parts) if parts else QgsGeometry()


def _carry(geometry: QgsGeometry, transform: QgsCoordinateTransform) -> QgsGeometry | None:
    """Return the geometry in the transform's target, None when a point of it does not come back."""
    box = geometry.boundingBox()
    size = max(box.width(), box.height())
    if geometry.isEmpty():
        return geometry
    dense = geometry.densifyByDistance(size / STEPS)
    if not all(_point(QgsPointXY(vertex), transform, size * TOLERANCE) for vertex in dense.vertices()):
        return None
    try:
        dense.transform(transform)
    except QgsCsException:
        return None
    return dense


def _point(point: QgsPointXY, transform: QgsCoordinateTransform, tolerance: float) -> QgsPointXY | None:
    """Return the point in the transform's target, None when it does not come back to where it was."""
    try:
        there = transform.transform(point)
        back = transform.transform(there, Qgis.TransformDirection.Reverse)
    except QgsCsException:
        return None
    finite = all(math.isfinite(number) for number in (there.x(), there.y(), back.x(), back.y()))
    return there if finite and math.hypot(back.x() - point.x(), back.y() - point.y()) <= tolerance else None


def _seen(geometry: QgsGeometry, to_area: QgsCoordinateTransform, extent: QgsRectangle) -> QgsGeometry:
    """Return the rectangle round those cells of the raster whose middle lies in the area."""
    width, height = extent.width() / STEPS, extent.height() / STEPS
    tolerance = max(width, height) / 2
    seen = QgsRectangle()
    for point in _middles(extent, width, height):
        there = _point(point, to_area, tolerance)
        if there is not None and geometry.contains(there):
            seen.combineExtentWith(QgsRectangle.fromCenterAndSize(point, width, height))
    return QgsGeometry() if seen.isEmpty() else QgsGeometry.fromRect(seen.intersect(extent))


def _middles(extent: QgsRectangle, width: float, height: float) -> Iterable[QgsPointXY]:
    for row in range(STEPS):
        for column in range(STEPS):
            yield QgsPointXY(
                extent.xMinimum() + (column + 0.5) * width, extent.yMinimum() + (row + 0.5) * height
            )
