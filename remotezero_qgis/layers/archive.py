"""A layer of what was found in an archive: its boxes by scene and date, filtered with a click. Main thread only."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import Qgis, QgsAction, QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt

from ..i18n import tr
from .look import draw
from .sought import Sought

SCENE, TAKEN = "scene", "taken"
WHERE = {"Canvas", "Feature", "Layer"}
# What an action runs: it names a layer and a row, and no text of the data is ever run.
_CALL = (
    "from remotezero_qgis.layers.archive import {name}; {name}('[% @layer_id %]', [% coalesce($id, -1) %])"
)


def show_archive(layer: QgsVectorLayer, questions: Sequence[str]) -> None:
    """Give a scan's layer the look of results, a place in time, and actions that filter it.

    Args:
        layer: with the columns ``scene`` and ``taken``.
        questions: what was asked.
    """
    draw(layer, [Sought(question) for question in questions])
    place_in_time(layer)
    add_filters(layer)
    layer.triggerRepaint()


def place_in_time(layer: QgsVectorLayer) -> None:
    """Have the temporal controller show a box when its scene was taken; while it is off, all are shown."""
    times = layer.temporalProperties()
    times.setMode(Qgis.VectorTemporalMode.FeatureDateTimeInstantFromField)
    times.setStartField(TAKEN)
    times.setIsActive(True)


def add_filters(layer: QgsVectorLayer) -> None:
    """Offer to show one scene, one day, or all, where QGIS offers actions; what was offered before is replaced."""
    offered = layer.actions()
    offered.clearActions()
    for title, function in (
        (tr("Only this scene"), only_scene),
        (tr("Only scenes of this day"), only_day),
        (tr("All scenes"), all_scenes),
    ):
        call = _CALL.format(name=function.__name__)
        action = QgsAction(QgsAction.ActionType.GenericPython, title, call, False)
        action.setActionScopes(WHERE)
        offered.addAction(action)


def only_scene(layer_id: str, row: int) -> None:
    """Show the boxes of one scene: that of a box."""
    _filter(layer_id, row, SCENE, "\"scene\" = '{}'")


def only_day(layer_id: str, row: int) -> None:
    """Show the boxes of all scenes that were taken on the day of a box's own, in UTC."""
    _filter(layer_id, row, TAKEN, "date(\"taken\") = '{}'")


def all_scenes(layer_id: str, row: int = -1) -> None:
    """Show all boxes again."""
    layer = _layer(layer_id)
    if layer is not None:
        layer.setSubsetString("")


def _filter(layer_id: str, row: int, column: str, form: str) -> None:
    layer = _layer(layer_id)
    if layer is None:
        return
    value = layer.getFeature(row)[column] if layer.getFeature(row).isValid() else None
    if not value:
        return
    text = value.toUTC().date().toString(Qt.DateFormat.ISODate) if column == TAKEN else str(value)
    layer.setSubsetString(form.format(text.replace("'", "''")))


def _layer(layer_id: str) -> QgsVectorLayer | None:
    layer: QgsMapLayer | None = QgsProject.instance().mapLayer(layer_id)
    return layer if isinstance(layer, QgsVectorLayer) else None
