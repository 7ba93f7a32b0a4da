"""From what the user chose to a plan that a task can carry out. Main thread only."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsMapSettings,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from ..compat import POLYGON_GEOMETRY, VECTOR_LAYER
from ..connection.process import Launch
from ..connection.wire import CURRENT_ADAPTER, AdapterChoice, Job, LocateRequest
from ..i18n import tr
from ..layers.detections import polygon
from ..layers.place import PlaceError, area_of_rectangle, area_of_selection
from ..layers.renderer import Look, look_of
from ..layers.result_layers import Origin
from ..layers.results_file import results_path
from ..layers.snapshot import Snapshot, measure, needs_snapshot, plan, source_of, units_per_metre
from .task import FindPlan

SESSION = time.strftime("%Y%m%d_%H%M%S")
RENDERED = Look((1, 2, 3), ((0.0, 255.0),) * 3)


@dataclass(frozen=True)
class Choices:
    """What the user chose in the panel.

    Attributes:
        place: ``canvas``, ``layer``, ``rectangle`` or ``selection``.
        view: the map's settings at this moment.
        rectangle, rectangle_crs: the drawn rectangle.
        model: a name, "" for the engine's default one.
    """

    query: str
    raster: QgsRasterLayer
    place: str
    zoom: str
    gsd_m: float
    view: QgsMapSettings
    rectangle: QgsRectangle
    rectangle_crs: QgsCoordinateReferenceSystem
    active: QgsMapLayer | None = None
    model: str = ""
    adapter: AdapterChoice = CURRENT_ADAPTER


def plan_run(choices: Choices, launch: Launch) -> tuple[FindPlan, Origin]:
    """Return the plan and where its result belongs.

    Raises:
        PlaceError: the chosen place does not go with the raster.
        SnapshotError: the layer has to be rendered, and the rendering would be too large.
    """
    layer, project = choices.raster, QgsProject.instance()
    area = area_of(choices)
    snapshot = snapshot_of(choices, area, launch.home)
    look = RENDERED if snapshot else look_of(layer)
    request = LocateRequest(
        raster=str(snapshot.path) if snapshot else source_of(layer),
        queries=(choices.query,),
        model=choices.model or None,
        adapter=choices.adapter,
        zoom=choices.zoom,
        gsd_m=choices.gsd_m or None,
        bands=look.bands,
        stretch=look.stretch,
        area_crs=area,
    )
    run_plan = FindPlan(
        launch=launch,
        gpkg=results_path(project.fileName(), launch.home, SESSION),
        query=choices.query,
        crs=layer.crs(),
        context=project.transformContext(),
        ellipsoid=project.ellipsoid(),
        request=request,
        snapshot=snapshot,
        crs_is_users=snapshot is None and layer.crs() != layer.dataProvider().crs(),
    )
    return run_plan, Origin("", choices.query, layer.id(), layer.name())


def plan_loading(job: Job, launch: Launch, resume: bool = False) -> tuple[FindPlan, Origin]:
    """Return the plan that loads an earlier job, and where its result belongs."""
    project = QgsProject.instance()
    source = str(job.request.get("raster", ""))
    query = ", ".join(job.request.get("queries") or [job.request.get("query") or tr("Result")])
    rasters = [layer for layer in project.mapLayers().values() if isinstance(layer, QgsRasterLayer)]
    same = [layer for layer in rasters if source_of(layer) == source]
    run_plan = FindPlan(
        launch=launch,
        gpkg=results_path(project.fileName(), launch.home, SESSION),
        query=query,
        crs=same[0].crs() if same else QgsCoordinateReferenceSystem(),
        context=project.transformContext(),
        ellipsoid=project.ellipsoid(),
        job_id=job.id,
        resume=resume,
        crs_is_users=bool(same) and same[0].crs() != same[0].dataProvider().crs(),
    )
    name = same[0].name() if same else Path(source).stem
    return run_plan, Origin(job.id, query, same[0].id() if same else "", name)


def area_of(choices: Choices) -> dict[str, Any] | None:
    """Return the chosen area in the raster's CRS; None for the whole layer."""
    if choices.place == "canvas":
        view = choices.view
        return area_of_rectangle(view.visibleExtent(), view.destinationCrs(), choices.raster)
    if choices.place == "rectangle":
        if choices.rectangle.isEmpty():
            raise PlaceError(tr("No rectangle is drawn yet. Draw one on the map, or choose another place."))
        return area_of_rectangle(choices.rectangle, choices.rectangle_crs, choices.raster)
    if choices.place == "selection":
        polygons = polygons_with_selection(choices.active)
        if polygons is None:
            raise PlaceError(
                tr("No polygon is selected in any layer. Select one or more, or choose another place.")
            )
        return area_of_selection(polygons, choices.raster)
    return None


def snapshot_of(choices: Choices, area: dict[str, Any] | None, home: Path) -> Snapshot | None:
    """Return the rendering that the engine needs of this layer, None when it can open the layer itself."""
    if not needs_snapshot(choices.raster):
        return None
    name = "{}_{}".format(time.strftime("%Y%m%d_%H%M%S"), uuid.uuid4().hex[:6])
    context = QgsProject.instance().transformContext()
    return plan(choices.raster, *_frame(choices, area), home / "snapshots", name, context)


def snapshot_size(choices: Choices) -> tuple[int, int] | None:
    """Return width and height in pixels of the rendering that a run would make, None when it makes none.

    Raises:
        PlaceError, SnapshotError: as :func:`plan_run` does.
    """
    if not needs_snapshot(choices.raster):
        return None
    _, width_px, height_px = measure(choices.raster, *_frame(choices, area_of(choices)))
    return width_px, height_px


def _frame(choices: Choices, area: dict[str, Any] | None) -> tuple[QgsRectangle, float]:
    """Return extent (layer CRS) and metres per pixel of a rendering: as chosen, else as the map shows it."""
    layer = choices.raster
    extent = polygon(area).boundingBox() if area else layer.extent()
    if choices.gsd_m or choices.place != "canvas":
        return extent, choices.gsd_m
    unit = extent.width() / max(1, choices.view.outputSize().width())
    return extent, unit / units_per_metre(extent, layer.crs())


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
