"""Where to look: canvas view, whole layer, a drawn rectangle or selected polygons, in the raster's CRS.

With it goes the rendering of that place, for layers that the engine can't open. Main thread only, but for
:func:`area_on_file`.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsMapLayer,
    QgsMapSettings,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from ..compat import POLYGON_GEOMETRY, VECTOR_LAYER
from ..i18n import tr
from .clipping import clip_to_raster
from .detections import polygon
from .renderer import BandStretch
from .snapshot import (
    Snapshot,
    measure_snapshot,
    needs_snapshot,
    plan_snapshot,
    source_of,
    units_per_metre,
)

CANVAS, LAYER, RECTANGLE, SELECTION = "canvas", "layer", "rectangle", "selection"
DIGITS = 12
PHOTOGRAPHS = (".jpg", ".jpeg", ".tif", ".tiff", ".png", ".webp")
RENDERED = BandStretch((1, 2, 3), ((0.0, 255.0),) * 3)
"""The look of a rendering: it is a picture already."""


WHOLE_SHARE = 0.999
"""An area that covers more of a raster than this is the whole raster."""


class PlaceError(ValueError):
    """The chosen place can't be used with the chosen raster."""


class BesideError(PlaceError):
    """The chosen place does not touch the chosen raster."""


@dataclass(frozen=True)
class Outline:
    """A place on the map, whatever raster is there: a polygon in its CRS."""

    geometry: QgsGeometry
    crs: QgsCoordinateReferenceSystem


@dataclass(frozen=True)
class ChosenPlace:
    """Where to look, as the user said it.

    Attributes:
        kind: ``canvas``, ``layer``, ``rectangle`` or ``selection``.
        view: the map's settings at this moment.
        rectangle, rectangle_crs: the drawn rectangle.
        active: the active layer; its selected polygons come before those of other layers.
        gsd_m: metres per pixel of a rendering, 0 for as the map shows it.
    """

    kind: str
    view: QgsMapSettings
    rectangle: QgsRectangle
    rectangle_crs: QgsCoordinateReferenceSystem
    active: QgsMapLayer | None = None
    gsd_m: float = 0.0


def area_of(place: ChosenPlace, raster: QgsRasterLayer) -> dict[str, Any] | None:
    """Return the place as a GeoJSON geometry in the raster's CRS; None for the whole layer.

    Raises:
        PlaceError: nothing is drawn or selected, or it does not go with the raster.
    """
    outline = outline_of(place)
    return None if outline is None else _area(outline.geometry, outline.crs, raster)


def outline_of(place: ChosenPlace) -> Outline | None:
    """Return the place as it lies on the map; None for the whole layer.

    Raises:
        PlaceError: nothing is drawn or selected.
    """
    if place.kind == CANVAS:
        return Outline(QgsGeometry.fromRect(place.view.visibleExtent()), place.view.destinationCrs())
    if place.kind == RECTANGLE:
        if place.rectangle.isEmpty():
            raise PlaceError(tr("No rectangle is drawn yet. Draw one on the map, or choose another place."))
        return Outline(QgsGeometry.fromRect(place.rectangle), place.rectangle_crs)
    if place.kind == SELECTION:
        polygons = polygons_with_selection(place.active)
        if polygons is None:
            raise PlaceError(
                tr("No polygon is selected in any layer. Select one or more, or choose another place.")
            )
        return Outline(_selected(polygons), polygons.crs())
    return None


def area_on_file(
    source: str, outline: Outline, context: QgsCoordinateTransformContext
) -> dict[str, Any] | None:
    """Return what an outline covers of a raster that is no layer, as :func:`area_of` does; None for all of it.

    For a worker thread.

    Raises:
        BesideError: it does not touch the raster.
        PlaceError: the raster can't be opened, so that nobody knows.
    """
    options = QgsRasterLayer.LayerOptions(False, context)
    raster = QgsRasterLayer(source, Path(source).name, "gdal", options)
    if not raster.isValid():
        raise PlaceError(tr("It can't be read. Check that the file is there, is whole, and is a raster."))
    area = _area(outline.geometry, outline.crs, raster, context)
    return None if polygon(area).area() > WHOLE_SHARE * raster.extent().area() else area


def snapshot_of(
    place: ChosenPlace, raster: QgsRasterLayer, area: dict[str, Any] | None, home: Path
) -> Snapshot | None:
    """Return the rendering that the engine needs of this layer, None when it can open the layer itself.

    Args:
        place: where to look.
        raster: any raster layer.
        area: of the place, from :func:`area_of`.
        home: the data folder, in which renderings are kept for a while.

    Raises:
        SnapshotError: the rendering would be too large.
    """
    if not needs_snapshot(raster):
        return None
    name = "{}_{}".format(time.strftime("%Y%m%d_%H%M%S"), uuid.uuid4().hex[:6])
    context = QgsProject.instance().transformContext()
    return plan_snapshot(raster, *_frame(place, raster, area), home / "snapshots", name, context)


def snapshot_size(place: ChosenPlace, raster: QgsRasterLayer) -> tuple[int, int] | None:
    """Return width and height in pixels of the rendering that a run would make, None when it makes none.

    Raises:
        PlaceError, SnapshotError: as :func:`area_of` and :func:`snapshot_of` do.
    """
    if not needs_snapshot(raster):
        return None
    _, width_px, height_px = measure_snapshot(raster, *_frame(place, raster, area_of(place, raster)))
    return width_px, height_px


def polygons_with_selection(active: QgsMapLayer | None) -> QgsVectorLayer | None:
    """Return the active layer if polygons are selected in it, else the first layer in which some are."""
    layers = QgsProject.instance().layerTreeRoot().layerOrder()
    for layer in ([active] if active is not None else []) + layers:
        if (
            layer.type() == VECTOR_LAYER
            and layer.geometryType() == POLYGON_GEOMETRY
            and layer.selectedFeatureCount()
        ):
            return layer
    return None


def topmost_raster() -> QgsRasterLayer | None:
    """Return the project's topmost raster that is shown, else the topmost, else any."""
    project = QgsProject.instance()
    root = project.layerTreeRoot()
    ordered = [layer for layer in root.layerOrder() if isinstance(layer, QgsRasterLayer)]
    visible = [layer for layer in ordered if root.findLayer(layer.id()).isVisible()]
    # A layer that has just been added is in the project before it is in the tree.
    others = [layer for layer in project.mapLayers().values() if isinstance(layer, QgsRasterLayer)]
    return next(iter(visible + ordered + others), None)


def is_photograph(layer: QgsMapLayer | None) -> bool:
    """Say whether a raster is a picture file without georeference, which may say where its camera was."""
    if not isinstance(layer, QgsRasterLayer) or needs_snapshot(layer):
        return False
    extent = layer.dataProvider().extent()
    plain = extent.xMinimum() == 0 and extent.yMaximum() == 0 and not layer.dataProvider().crs().isValid()
    return plain and Path(source_of(layer)).suffix.lower() in PHOTOGRAPHS


def area_of_rectangle(
    rectangle: QgsRectangle, crs: QgsCoordinateReferenceSystem, raster: QgsRasterLayer
) -> dict[str, Any]:
    """Return what a map rectangle, given in ``crs``, covers of the raster, as GeoJSON in the raster's CRS.

    Raises:
        PlaceError: the rectangle is empty, or does not touch the raster.
    """
    return _area(QgsGeometry.fromRect(rectangle), crs, raster)


def area_of_selection(polygons: QgsVectorLayer, raster: QgsRasterLayer) -> dict[str, Any]:
    """Return what the selected polygons of a layer cover of the raster, as GeoJSON in the raster's CRS.

    Raises:
        PlaceError: nothing is selected, or it does not touch the raster.
    """
    if not polygons.selectedFeatureCount():
        raise PlaceError(
            tr("No polygon is selected in {layer}. Select one or more, or choose another place.").format(
                layer=polygons.name()
            )
        )
    return _area(_selected(polygons), polygons.crs(), raster)


def united(areas: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return several areas of one CRS as one GeoJSON geometry."""
    return json.loads(QgsGeometry.unaryUnion([polygon(area) for area in areas]).asJson(DIGITS))


def _selected(polygons: QgsVectorLayer) -> QgsGeometry:
    return QgsGeometry.unaryUnion([feature.geometry() for feature in polygons.getSelectedFeatures()])


def _area(
    geometry: QgsGeometry,
    crs: QgsCoordinateReferenceSystem,
    raster: QgsRasterLayer,
    context: QgsCoordinateTransformContext | None = None,
) -> dict[str, Any]:
    if geometry.isEmpty():
        raise PlaceError(tr("The chosen area is empty. Draw it again, or choose another place."))
    part = clip_to_raster(geometry, crs, raster, context)
    if part.isEmpty():
        raise BesideError(
            tr("The chosen area does not touch {raster}. Zoom to the layer, or choose another place.").format(
                raster=raster.name()
            )
        )
    return json.loads(part.asJson(DIGITS))


def _frame(
    place: ChosenPlace, raster: QgsRasterLayer, area: dict[str, Any] | None
) -> tuple[QgsRectangle, float]:
    """Return extent (layer CRS) and metres per pixel of a rendering: as chosen, else as the map shows it."""
    extent = polygon(area).boundingBox() if area else raster.extent()
    if place.gsd_m or place.kind != CANVAS:
        return extent, place.gsd_m
    unit = extent.width() / max(1, place.view.outputSize().width())
    return extent, unit / units_per_metre(extent, raster.crs())
