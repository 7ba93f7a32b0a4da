"""Where to look: canvas view, whole layer, a drawn rectangle or selected polygons, in the raster's CRS."""

from __future__ import annotations

import json
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from ..i18n import tr

DENSIFY = 15


class PlaceError(ValueError):
    """The chosen place can't be used with the chosen raster."""


def area_of_rectangle(
    rectangle: QgsRectangle, crs: QgsCoordinateReferenceSystem, raster: QgsRasterLayer
) -> dict[str, Any]:
    """Return a map rectangle, given in ``crs``, as a GeoJSON geometry in the raster's CRS.

    Its sides are densified first, so that a bent side stays where it was.

    Raises:
        PlaceError: the rectangle is empty, can't be projected, or does not touch the raster.
    """
    return _area(QgsGeometry.fromRect(rectangle), crs, raster)


def area_of_selection(polygons: QgsVectorLayer, raster: QgsRasterLayer) -> dict[str, Any]:
    """Return the selected polygons of a layer, united, as a GeoJSON geometry in the raster's CRS.

    Raises:
        PlaceError: nothing is selected, it can't be projected, or it does not touch the raster.
    """
    if not polygons.selectedFeatureCount():
        raise PlaceError(
            tr("No polygon is selected in {layer}. Select one or more, or choose another place.").format(
                layer=polygons.name()
            )
        )
    united = QgsGeometry.unaryUnion([feature.geometry() for feature in polygons.getSelectedFeatures()])
    return _area(united, polygons.crs(), raster)


def _area(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, raster: QgsRasterLayer) -> dict[str, Any]:
    if geometry.isEmpty():
        raise PlaceError(tr("The chosen area is empty. Draw it again, or choose another place."))
    if crs.isValid() and raster.crs().isValid() and crs != raster.crs():
        geometry = geometry.densifyByCount(DENSIFY)
        transform = QgsCoordinateTransform(crs, raster.crs(), QgsProject.instance())
        try:
            geometry.transform(transform)
        except QgsCsException as error:
            raise PlaceError(
                tr(
                    "The chosen area can't be projected from {area} to the raster's {raster}: {reason} "
                    "Zoom in, or choose the whole layer."
                ).format(area=crs.authid(), raster=raster.crs().authid(), reason=str(error))
            ) from error
    if not geometry.intersects(QgsGeometry.fromRect(raster.extent())):
        raise PlaceError(
            tr("The chosen area does not touch {raster}. Zoom to the layer, or choose another place.").format(
                raster=raster.name()
            )
        )
    return json.loads(geometry.asJson(12))
