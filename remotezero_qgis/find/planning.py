"""From what the user chose to a plan that a task can carry out. Main thread only."""

from __future__ import annotations

import time
from dataclasses import dataclass, fields, replace
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer

from ..connection.process import Launch
from ..connection.wire import CURRENT_ADAPTER, AdapterChoice, CompareRequest, Job, LocateRequest
from ..i18n import tr
from ..layers.detections import polygon
from ..layers.place import RECTANGLE, RENDERED, ChosenPlace, area_of, area_of_rectangle, snapshot_of
from ..layers.renderer import band_stretch_of
from ..layers.result_layers import Origin
from ..layers.results_file import results_path
from ..layers.snapshot import needs_snapshot, source_of
from ..layers.sought import Sought, coloured, name_of
from ..settings import load_settings
from .searched import PART, Searched
from .task import FindPlan

PLUGIN_START = time.strftime("%Y%m%d_%H%M%S")


@dataclass(frozen=True)
class FindChoices:
    """What the user chose in the Find tab.

    Attributes:
        sought: the questions.
        zoom: ``auto``, ``overview`` or ``detail``.
        model: a name, "" for the engine's default one.
        outline: draw the outlines of what is found.
        before: the raster of an earlier date to compare with, None for a plain search.
        tolerance_m: how far apart one object may lie on both, 0 for the engine's choice.
        by_camera: place the boxes of a photograph by its camera, in WGS 84.
        camera_height_m: of that camera above the ground, 0 for what the photograph says.
        verifier: name of another model that scores the boxes, "" for none.
    """

    sought: tuple[Sought, ...]
    raster: QgsRasterLayer
    place: ChosenPlace
    zoom: str
    model: str = ""
    adapter: AdapterChoice = CURRENT_ADAPTER
    outline: bool = False
    before: QgsRasterLayer | None = None
    tolerance_m: float = 0.0
    by_camera: bool = False
    camera_height_m: float = 0.0
    verifier: str = ""


def plan_run(choices: FindChoices, launch: Launch) -> tuple[FindPlan, Origin]:
    """Return the plan and where its result belongs.

    Raises:
        PlaceError: the chosen place does not go with the raster.
        SnapshotError: the layer has to be rendered, and the rendering would be too large.
    """
    layer, project = choices.raster, QgsProject.instance()
    sought = coloured(choices.sought)
    questions = tuple(one.question for one in sought)
    query = name_of(questions)
    area = area_of(choices.place, layer)
    snapshot = snapshot_of(choices.place, layer, area, launch.home)
    look = RENDERED if snapshot else band_stretch_of(layer)
    request = LocateRequest(
        raster=str(snapshot.path) if snapshot else source_of(layer),
        queries=questions,
        model=choices.model or None,
        adapter=choices.adapter,
        verifier=choices.verifier or None,
        zoom=choices.zoom,
        gsd_m=choices.place.gsd_m or None,
        bands=look.bands,
        stretch=look.stretch,
        area_crs=area,
        allow_network=load_settings().allow_network,
        outline=choices.outline,
        by_camera=choices.by_camera,
        camera_height_m=choices.camera_height_m or None,
    )
    run_plan = FindPlan(
        launch=launch,
        gpkg=results_path(project.fileName(), launch.home, PLUGIN_START),
        query=query,
        sought=sought,
        crs=QgsCoordinateReferenceSystem("EPSG:4326") if choices.by_camera else layer.crs(),
        context=project.transformContext(),
        ellipsoid=project.ellipsoid(),
        request=request,
        snapshot=snapshot,
        crs_is_users=snapshot is None and not choices.by_camera and layer.crs() != layer.dataProvider().crs(),
        searched=Searched.of(choices.place.kind, "\n".join(questions), layer, area),
    )
    if choices.before is not None:
        run_plan = _with_date(run_plan, choices, area, launch)
    return run_plan, Origin("", query, layer.id(), layer.name(), sought=sought)


def _with_date(plan: FindPlan, choices: FindChoices, area: dict | None, launch: Launch) -> FindPlan:
    """Return the plan of the same search over two dates; a web layer of the earlier one is rendered as well."""
    before, snapshot = choices.before, None
    if needs_snapshot(before):
        extent = polygon(area).boundingBox() if area else choices.raster.extent()
        there = area_of_rectangle(extent, choices.raster.crs(), before)
        snapshot = snapshot_of(replace(choices.place, kind=RECTANGLE), before, there, launch.home)
    look = RENDERED if snapshot else band_stretch_of(before)
    asked = {one.name: getattr(plan.request, one.name) for one in fields(plan.request)}
    request = CompareRequest(
        **asked,
        before=str(snapshot.path) if snapshot else source_of(before),
        before_bands=look.bands,
        before_stretch=look.stretch,
        tolerance_m=choices.tolerance_m or None,
    )
    return replace(plan, request=request, snapshot_before=snapshot)


def plan_loading(job: Job, launch: Launch, resume: bool = False) -> tuple[FindPlan, Origin]:
    """Return the plan that loads an earlier job, and where its result belongs."""
    project = QgsProject.instance()
    source = str(job.request.get("raster", ""))
    questions = job.request.get("queries") or [job.request.get("query") or tr("Result")]
    sought = coloured(map(Sought, questions))
    query = name_of(questions)
    rasters = [layer for layer in project.mapLayers().values() if isinstance(layer, QgsRasterLayer)]
    same = [layer for layer in rasters if source_of(layer) == source]
    run_plan = FindPlan(
        launch=launch,
        gpkg=results_path(project.fileName(), launch.home, PLUGIN_START),
        query=query,
        sought=sought,
        crs=_crs_of(job, same),
        context=project.transformContext(),
        ellipsoid=project.ellipsoid(),
        job_id=job.id,
        resume=resume,
        crs_is_users=bool(same)
        and not job.request.get("by_camera")
        and same[0].crs() != same[0].dataProvider().crs(),
        searched=Searched.of(PART, "\n".join(questions), same[0], job.request.get("area_crs"))
        if same
        else Searched(),
    )
    name = same[0].name() if same else Path(source).stem
    return run_plan, Origin(job.id, query, same[0].id() if same else "", name, sought=sought)


def _crs_of(job: Job, same: list[QgsRasterLayer]) -> QgsCoordinateReferenceSystem:
    """Return the CRS of a job's boxes, for the case that the engine knows none."""
    if job.request.get("by_camera"):
        return QgsCoordinateReferenceSystem("EPSG:4326")
    return same[0].crs() if same else QgsCoordinateReferenceSystem()
