"""Result layers in the project: added, found again, filtered and judged. Main thread only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsDataProvider,
    QgsLayerTreeGroup,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer

from ..i18n import tr
from .detections import Detection, fields, to_features
from .look import draw
from .sought import Sought, keep_sought, minimums_of, sought_of, subset_of

RASTERS = "remotezero/rasters"
JOB, RASTER, MIN_SCORE = "remotezero/job", "remotezero/raster", "remotezero/min_score"
FINISHED = "remotezero/finished"
EMPTIED = 5000
"""How many boxes of a layer that is not needed any more are deleted at a time."""


@dataclass(frozen=True)
class Origin:
    """What a result layer came from, kept in its custom properties.

    Attributes:
        job_id: the engine's job.
        query: the question or questions, as the layer's name.
        raster_id: id of the raster's map layer, "" when it is not in the project.
        raster_name: names the group.
        min_score: boxes below it are hidden while the run goes on.
        sought: the questions with their colours; () for one question, which is ``query``.
    """

    job_id: str
    query: str
    raster_id: str
    raster_name: str
    min_score: float = 0.0
    sought: tuple[Sought, ...] = ()


class ProvisionalLayer:
    """A layer in memory that fills while a run goes on; it may be removed under our hands at any time."""

    def __init__(self, origin: Origin, crs: QgsCoordinateReferenceSystem) -> None:
        layer = QgsVectorLayer("MultiPolygon", tr("{query} (running)").format(query=origin.query), "memory")
        layer.setCrs(crs)
        layer.dataProvider().addAttributes(fields().toList())
        layer.updateFields()
        layer.setCustomProperty("skipMemoryLayersCheck", 1)
        draw(layer, origin.sought or (Sought(origin.query),))
        set_min_score(layer, origin.min_score, minimums_of(sought_of(layer), origin.min_score))
        self._id = layer.id()
        _insert(layer, origin)

    @property
    def layer(self) -> QgsVectorLayer | None:
        """The layer, or None once the user removed it or closed the project."""
        return QgsProject.instance().mapLayer(self._id)

    def add(self, detections: Iterable[Detection]) -> None:
        """Append boxes and draw them."""
        layer = self.layer
        if layer is not None:
            layer.dataProvider().addFeatures(to_features(detections))
            layer.updateExtents()
            layer.triggerRepaint()

    def remove(self) -> bool:
        """Take the layer out of the project; False when it was gone already."""
        layer = self.layer
        if layer is None:
            return False
        _Emptying(QgsProject.instance().takeMapLayer(layer))
        return True


class _Emptying(QObject):
    """Deletes a layer in memory that is in no project any more, so many boxes at a time: all at once take long."""

    def __init__(self, layer: QgsVectorLayer) -> None:
        super().__init__(QCoreApplication.instance())
        self._layer: QgsVectorLayer | None = layer
        self._count, self._next_id = layer.dataProvider().featureCount(), 1
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(0)

    def _go_on(self) -> None:
        # The provider numbers features from 1; where the user changed that, the rest goes with the layer.
        first, self._next_id = self._next_id, self._next_id + EMPTIED
        if self._next_id <= self._count:
            self._layer.dataProvider().deleteFeatures(list(range(first, self._next_id)))
            return
        self._timer.stop()
        self._layer = None
        self.deleteLater()


def add_result_layer(path: Path, table: str, origin: Origin) -> tuple[QgsVectorLayer, str]:
    """Add a written run to the project, styled, in its raster's group.

    A layer of the same job that is in the project already shows the new table from now on, and keeps
    its name, style and place; so do copies that the user made of it.

    Returns:
        The layer, and the table that it showed before, "" for a new layer.
    """
    uri = f"{path}|layername={table}"
    of_job = [layer for layer in result_layers() if layer.customProperty(JOB) == origin.job_id]
    same = [layer for layer in of_job if layer.source().startswith(f"{path}|")]
    if same:
        parts = QgsProviderRegistry.instance().decodeUri("ogr", same[-1].source())
        for layer in same:
            layer.setSubsetString("")
            layer.setDataSource(uri, layer.name(), "ogr", QgsDataProvider.ProviderOptions())
            layer.triggerRepaint()
        return same[-1], str(parts.get("layerName", ""))
    layer = QgsVectorLayer(uri, origin.query, "ogr")
    draw(layer, origin.sought or (Sought(origin.query),))
    layer.setCustomProperty(JOB, origin.job_id)
    _insert(layer, origin)
    return layer, ""


def add_rasters_table(path: Path, table: str, origin: Origin) -> QgsVectorLayer:
    """Add what became of each raster of a run to the project, in place of what an earlier part of the run said."""
    uri = f"{path}|layername={table}"
    for layer in QgsProject.instance().mapLayers().values():
        if layer.customProperty(RASTERS) == origin.job_id and isinstance(layer, QgsVectorLayer):
            layer.setDataSource(uri, layer.name(), "ogr", QgsDataProvider.ProviderOptions())
            return layer
    layer = QgsVectorLayer(uri, tr("{query} – rasters").format(query=origin.query), "ogr")
    layer.setCustomProperty(RASTERS, origin.job_id)
    _insert(layer, origin, at_end=True)
    return layer


def result_layers() -> list[QgsVectorLayer]:
    """Return the project's result layers in the order of the layer tree, whatever they are called now."""
    found = QgsProject.instance().layerTreeRoot().layerOrder()
    return [layer for layer in found if layer.customProperty(JOB) and layer.isValid()]


def finished_layer(job_id: str) -> QgsVectorLayer | None:
    """Return the layer that shows all of a job's results, with what the user has done to it since."""
    found = (layer for layer in result_layers() if layer.customProperty(JOB) == job_id)
    return next((layer for layer in found if layer.customProperty(FINISHED)), None)


def set_min_score(layer: QgsVectorLayer, score: float, minimums: Mapping[str, float] | None = None) -> bool:
    """Show boxes of at least a score only; False when the layer can't be filtered (it is being edited).

    Args:
        layer: a result layer.
        score: the lowest one shown.
        minimums: the lowest one by question, where questions have their own.
    """
    minimums = minimums or {}
    layer.setCustomProperty(MIN_SCORE, score)
    own = [replace(one, minimum=minimums.get(one.question, one.minimum)) for one in sought_of(layer)]
    keep_sought(layer, own)
    subset = subset_of(score, minimums)
    return layer.subsetString() == subset or bool(layer.setSubsetString(subset))


def min_score(layer: QgsVectorLayer) -> float:
    """Return the score below which the layer's boxes are hidden."""
    return float(layer.customProperty(MIN_SCORE) or 0.0) if layer.subsetString() else 0.0


def set_values(layer: QgsVectorLayer, values: Mapping[int, Mapping[str, Any]]) -> bool:
    """Write values of columns by feature id; False when the layer refuses or lacks a column.

    The map is not drawn again: who writes in parts has it done once. While the layer is being edited they are
    edits as well, and saved or dropped with the others.
    """
    columns = {name: layer.fields().indexOf(name) for row in values.values() for name in row}
    if min(columns.values(), default=-1) < 0:
        return False
    rows = {fid: {columns[name]: value for name, value in row.items()} for fid, row in values.items()}
    if not layer.isEditable():
        return bool(layer.dataProvider().changeAttributeValues(rows))
    layer.beginEditCommand(tr("Verdicts"))
    changed = [layer.changeAttributeValue(fid, *item) for fid, row in rows.items() for item in row.items()]
    layer.endEditCommand()
    return all(changed)


def _insert(layer: QgsVectorLayer, origin: Origin, at_end: bool = False) -> None:
    group = _group(origin)
    layer.setName(_free_name(layer.name()))
    QgsProject.instance().addMapLayer(layer, False)
    # Five classes of scores are for those who look for them; several questions are switched on and off there.
    group.insertLayer(-1 if at_end else 0, layer).setExpanded(len(origin.sought) > 1)
    # The tree collapsed the group while it was empty; only a change of state reaches the view.
    group.setExpanded(False)
    group.setExpanded(True)
    _draw_on_top(layer)


def _free_name(name: str) -> str:
    """Return ``name``, with a number behind it where a layer of the project is called so already."""
    taken = {layer.name() for layer in QgsProject.instance().mapLayers().values()}
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return next(free for free in (name, *numbered) if free not in taken)


def _draw_on_top(layer: QgsVectorLayer) -> None:
    """Put the layer over all others where the user's own order of drawing, and not the tree, decides."""
    root = QgsProject.instance().layerTreeRoot()
    if root.hasCustomLayerOrder():
        root.setCustomLayerOrder([layer, *(other for other in root.customLayerOrder() if other is not layer)])


def _group(origin: Origin) -> QgsLayerTreeGroup:
    """Return the raster's group of results; made over all layers the first time, so that none hides boxes."""
    root = QgsProject.instance().layerTreeRoot()
    key = origin.raster_id or origin.raster_name
    for group in root.findGroups(True):
        if group.customProperty(RASTER) == key:
            return group
    name = tr("{raster} – found").format(raster=origin.raster_name)
    group = root.insertGroup(0, name)
    group.setCustomProperty(RASTER, key)
    return group
