"""From what the user chose in the tab to a plan that a task can carry out. Main thread only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import QgsFeatureRequest, QgsMapLayer, QgsMapSettings, QgsRasterLayer

from ..connection.process import Launch
from ..connection.server_keys import recall
from ..connection.wire import network_json
from ..i18n import tr
from ..layers.marks import RectangleMark
from ..layers.place import LAYER, RENDERED, ChosenPlace, PlaceError, area_of, snapshot_of, united
from ..layers.renderer import band_stretch_of, shared_band_stretch
from ..layers.result_layers import result_layers
from ..layers.results_file import table_of
from ..layers.snapshot import source_of
from ..settings import load_settings
from .false_alarms import NONE_LOSS
from .form import ImproveForm
from .task import ImprovePlan


@dataclass(frozen=True)
class ImproveChoices:
    """What the user chose in the Self-improve tab.

    Attributes:
        rasters: at least one layer.
        queries: empty lets the model propose them.
        minutes: of training, at most.
        rounds: at most.
        model: a name, "" for the engine's default one.
        verdicts: boxes that were accepted or rejected in the project's results may be used.
        none_loss: share of right "none", where nothing is, that a round may lose; None leaves it to the gate.
        verifier: address of the server whose model scores the boxes, "" for the model that learns.
    """

    rasters: tuple[QgsRasterLayer, ...]
    queries: tuple[str, ...]
    minutes: int
    rounds: int
    place: ChosenPlace
    model: str = ""
    verdicts: bool = False
    none_loss: float | None = None
    verifier: str = ""


def choices_of(
    form: ImproveForm, view: QgsMapSettings, drawn: RectangleMark, active: QgsMapLayer | None
) -> ImproveChoices:
    """Read the form, and what its place refers to: the map's view, the drawn rectangle, the active layer.

    The key of a server that is to score is taken from QGIS's authentication database, beside what is returned.
    """
    place = ChosenPlace(form.place.place, view, drawn.rectangle, drawn.crs, active)
    minutes, rounds = form.minutes.value(), form.rounds.value()
    model, verdicts = form.model.currentData() or "", form.verdicts.isChecked()
    none_loss, verifier = NONE_LOSS[form.false_alarms.choice], form.verifier.currentData() or ""
    recall(verifier)
    return ImproveChoices(
        form.rasters, form.queries, minutes, rounds, place, model, verdicts, none_loss, verifier
    )


def plan_improve(choices: ImproveChoices, launch: Launch) -> ImprovePlan:
    """Return the plan; web layers come with the renderings that it needs.

    The request names no adapter: learning starts from the one in use.

    Raises:
        PlaceError: no raster, a place that does not go with every raster, rasters of several CRSs in it, or no box
            that was judged where such may be used.
        SnapshotError: a layer has to be rendered, and the rendering would be too large.
    """
    if not choices.rasters:
        raise PlaceError(tr("No raster is ticked. Tick at least one to learn from."))
    first = choices.rasters[0]
    if choices.place.kind != LAYER and any(layer.crs() != first.crs() for layer in choices.rasters):
        raise PlaceError(
            tr("An area needs rasters of one CRS. Tick only such rasters, or choose “The whole raster”.")
        )
    snapshots, sources, looks = [], [], []
    areas = []
    for layer in choices.rasters:
        area = area_of(choices.place, layer)
        areas += [area] if area is not None else []
        snapshot = snapshot_of(choices.place, layer, area, launch.home)
        if snapshot is not None:
            snapshots.append(snapshot)
        sources.append(str(snapshot.path) if snapshot else source_of(layer))
        looks.append(RENDERED if snapshot else band_stretch_of(layer))
    request: dict[str, Any] = {
        "rasters": sources,
        "queries": list(choices.queries),
        "minutes": choices.minutes,
        "rounds": choices.rounds,
        **shared_band_stretch(looks).to_json(),
        **network_json(load_settings().allow_network),
    }
    if areas:
        request["area_crs"] = united(areas)
    if choices.model:
        request["model"] = choices.model
    if choices.verifier:
        request["external_verifier"] = choices.verifier
    if choices.none_loss is not None:
        request["none_loss"] = choices.none_loss
    if choices.verdicts:
        request["verdicts"] = judged_layers()
    return ImprovePlan(launch, request, tuple(snapshots))


def judged_layers() -> list[str]:
    """The project's result layers in which a box was accepted or rejected, as GDAL names them.

    Raises:
        PlaceError: there is none.
    """
    one = QgsFeatureRequest().setFilterExpression("\"verdict\" <> ''").setLimit(1)
    layers = [layer for layer in result_layers() if any(True for _ in layer.getFeatures(one))]
    tables = dict.fromkeys(filter(None, map(table_of, layers)))
    judged = ["{}|layername={}".format(*table) for table in tables]
    if not judged:
        raise PlaceError(
            tr(
                "No box of this project's results was accepted or rejected yet. Judge some in the Find tab, or untick "
                "“Use my verdicts”."
            )
        )
    return judged
