"""From what the user chose in the tab to a plan that a task can carry out. Main thread only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from qgis.core import QgsMapLayer, QgsMapSettings, QgsRasterLayer

from ..connection.process import Launch
from ..find.planning import RENDERED, Choices, area_of, snapshot_of
from ..i18n import tr
from ..layers.marks import RectangleMark
from ..layers.place import PlaceError
from ..layers.renderer import look_of, shared_look
from ..layers.snapshot import source_of
from .form import LearnForm
from .task import ImprovePlan


@dataclass(frozen=True)
class Wishes:
    """What the user chose.

    Attributes:
        rasters: at least one layer.
        queries: empty lets the model propose them.
        minutes: of training, at most.
        rounds: at most.
        place: everything else a place needs; its raster is not looked at.
    """

    rasters: tuple[QgsRasterLayer, ...]
    queries: tuple[str, ...]
    minutes: int
    rounds: int
    place: Choices


def wishes_of(
    form: LearnForm, view: QgsMapSettings, drawn: RectangleMark, active: QgsMapLayer | None
) -> Wishes:
    """Read the form, and what its place refers to: the map's view, the drawn rectangle, the active layer."""
    place = Choices(
        query="",
        raster=None,
        place=form.place.place,
        zoom="detail",
        gsd_m=0.0,
        view=view,
        rectangle=drawn.rectangle,
        rectangle_crs=drawn.crs,
        active=active,
        model=form.model.currentData() or "",
    )
    return Wishes(form.rasters, form.queries, form.minutes.value(), form.rounds.value(), place)


def plan_improve(wishes: Wishes, launch: Launch) -> ImprovePlan:
    """Return the plan; web layers come with the renderings that it needs.

    Raises:
        PlaceError: no raster, a place that does not go with every raster, or rasters of several CRSs in it.
        SnapshotError: a layer has to be rendered, and the rendering would be too large.
    """
    if not wishes.rasters:
        raise PlaceError(tr("No raster is ticked. Tick at least one to learn from."))
    first = wishes.rasters[0]
    if wishes.place.place != "layer" and any(layer.crs() != first.crs() for layer in wishes.rasters):
        raise PlaceError(
            tr("An area needs rasters of one CRS. Tick only such rasters, or choose “The whole raster”.")
        )
    snapshots, sources, looks = [], [], []
    area = None
    for layer in wishes.rasters:
        choices = replace(wishes.place, raster=layer)
        area = area_of(choices)
        snapshot = snapshot_of(choices, area, launch.home)
        if snapshot is not None:
            snapshots.append(snapshot)
        sources.append(str(snapshot.path) if snapshot else source_of(layer))
        looks.append(RENDERED if snapshot else look_of(layer))
    request: dict[str, Any] = {
        "rasters": sources,
        "queries": list(wishes.queries),
        "minutes": wishes.minutes,
        "rounds": wishes.rounds,
        **shared_look(looks).to_json(),
    }
    if area is not None:
        request["area_crs"] = area
    if wishes.place.model:
        request["model"] = wishes.place.model
    request.update(wishes.place.adapter.to_json())
    return ImprovePlan(launch, request, tuple(snapshots))
