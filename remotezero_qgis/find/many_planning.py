"""From many rasters and what the form says to a plan that a task can carry out. Main thread only."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qgis.core import QgsCoordinateReferenceSystem, QgsLayerTreeGroup, QgsProject, QgsRasterLayer

from ..connection.process import Launch
from ..connection.wire import LocateRequest
from ..errors import SnapshotError
from ..i18n import tr
from ..layers.place import LAYER, BesideError, PlaceError, outline_of
from ..layers.result_layers import Origin
from ..layers.results_file import results_path
from ..layers.sought import coloured, name_of
from ..settings import load_settings
from .many_task import ManyPlan, RasterAsk
from .planning import PLUGIN_START, FindChoices, plan_run
from .rasters import leads_away
from .searched import Searched

WGS84 = "EPSG:4326"


@dataclass(frozen=True)
class ManyRasters:
    """Many rasters that were chosen together.

    Attributes:
        title: what they are called together.
        sources: as the engine opens them.
        layer_ids: map layers, which are searched as they are shown; one or the other is empty.
    """

    title: str
    sources: tuple[str, ...] = ()
    layer_ids: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.sources) + len(self.layer_ids)


def groups() -> list[tuple[str, ManyRasters]]:
    """Return the groups of the layer tree that hold several rasters, with their names."""
    found = []
    for group in QgsProject.instance().layerTreeRoot().findGroups(True):
        ids = rasters_of(group)
        if len(ids) > 1:
            found.append((group.name(), ManyRasters(group.name(), layer_ids=ids)))
    return found


def rasters_of(group: QgsLayerTreeGroup) -> tuple[str, ...]:
    """Return the ids of a group's raster layers, from top to bottom, each once."""
    layers = [node.layer() for node in group.findLayers()]
    return tuple(dict.fromkeys(layer.id() for layer in layers if isinstance(layer, QgsRasterLayer)))


def plan_many(
    rasters: ManyRasters, choices: FindChoices, launch: Launch, beside: bool = False, again: bool = False
) -> tuple[ManyPlan, Origin]:
    """Return the plan of a run over many rasters, and where its result belongs.

    Args:
        rasters: of each is searched what lies in the place.
        choices: what to look for, where and how; the raster in it does not count.
        launch: how to come by an engine.
        beside: also write the boxes of each raster into a file beside it.
        again: ask also what was finished before.

    Raises:
        PlaceError: nothing is drawn or selected.
    """
    project = QgsProject.instance()
    choices, where = replace(choices, sought=coloured(choices.sought), before=None), outline_of(choices.place)
    asks = [_ask_file(source, choices) for source in rasters.sources]
    asks += [_ask_layer(layer_id, choices, launch) for layer_id in rasters.layer_ids]
    questions = [one.question for one in choices.sought]
    query = name_of(questions)
    crs = project.crs() if project.crs().isValid() else QgsCoordinateReferenceSystem(WGS84)
    plan = ManyPlan(
        launch=launch,
        gpkg=results_path(project.fileName(), launch.home, PLUGIN_START),
        query=query,
        crs=crs,
        context=project.transformContext(),
        ellipsoid=project.ellipsoid(),
        sought=choices.sought,
        searched=Searched(
            "" if choices.place.kind == LAYER else choices.place.kind,
            "\n".join(questions),
            raster_name=rasters.title,
            rasters=len(asks),
        ),
        asks=tuple(asks),
        where=where,
        beside=beside,
        again=again,
    )
    return plan, Origin("", query, "", rasters.title, sought=choices.sought)


def _ask_file(source: str, choices: FindChoices) -> RasterAsk:
    allowed = load_settings().allow_network
    if leads_away(source) and not allowed:
        return RasterAsk(source, reason=tr("It lies on the network, which the settings do not allow."))
    request = LocateRequest(
        raster=source,
        queries=tuple(one.question for one in choices.sought),
        model=choices.model or None,
        adapter=choices.adapter,
        verifier=choices.verifier or None,
        zoom=choices.zoom,
        gsd_m=choices.place.gsd_m or None,
        allow_network=allowed,
        outline=choices.outline,
        by_camera=choices.by_camera,
        camera_height_m=choices.camera_height_m or None,
    )
    return RasterAsk(source, request, is_file=True)


def _ask_layer(layer_id: str, choices: FindChoices, launch: Launch) -> RasterAsk:
    """Return what to ask of a map layer, as it is shown; one that can't be asked is a reason, not an error."""
    layer = QgsProject.instance().mapLayer(layer_id)
    if not isinstance(layer, QgsRasterLayer) or not layer.isValid():
        return RasterAsk(layer_id, reason=tr("The layer is gone from the project, or can't be read."))
    try:
        plan, _ = plan_run(replace(choices, raster=layer), launch)
    except BesideError as error:
        return RasterAsk(layer.name(), reason=str(error), is_beside=True)
    except (PlaceError, SnapshotError) as error:
        return RasterAsk(layer.name(), reason=str(error))
    return RasterAsk(plan.request.raster, plan.request, "", plan.snapshot, plan.crs, plan.crs_is_users)
