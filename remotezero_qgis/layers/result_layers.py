"""Result layers in the project: added, found again, filtered and judged. Main thread only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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

from ..files import resource_path
from ..i18n import tr
from .detections import Detection, fields, to_features

JOB, RASTER, MIN_SCORE = "remotezero/job", "remotezero/raster", "remotezero/min_score"
FINISHED = "remotezero/finished"
STYLE = "styles/detections.qml"


@dataclass(frozen=True)
class Origin:
    """What a result layer came from, kept in its custom properties.

    Attributes:
        job_id: the engine's job.
        query: the question, which names the layer.
        raster_id: id of the raster's map layer, "" when it is not in the project.
        raster_name: names the group.
    """

    job_id: str
    query: str
    raster_id: str
    raster_name: str


class ProvisionalLayer:
    """A layer in memory that fills while a run goes on; it may be removed under our hands at any time."""

    def __init__(self, origin: Origin, crs: QgsCoordinateReferenceSystem) -> None:
        layer = QgsVectorLayer("MultiPolygon", tr("{query} (running)").format(query=origin.query), "memory")
        layer.setCrs(crs)
        layer.dataProvider().addAttributes(fields().toList())
        layer.updateFields()
        layer.setCustomProperty("skipMemoryLayersCheck", 1)
        layer.loadNamedStyle(str(resource_path(STYLE)))
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
        if self.layer is None:
            return False
        QgsProject.instance().removeMapLayer(self._id)
        return True


def add_result_layer(path: Path, table: str, origin: Origin) -> tuple[QgsVectorLayer, str]:
    """Add a written run to the project, styled, in its raster's group.

    A layer of the same job that is in the project already shows the new table from now on, and keeps
    its name, style and place.

    Returns:
        The layer, and the table that it showed before, "" for a new layer.
    """
    uri = f"{path}|layername={table}"
    for layer in result_layers():
        if layer.customProperty(JOB) == origin.job_id and layer.source().startswith(f"{path}|"):
            parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
            layer.setSubsetString("")
            layer.setDataSource(uri, layer.name(), "ogr", QgsDataProvider.ProviderOptions())
            layer.triggerRepaint()
            return layer, str(parts.get("layerName", ""))
    layer = QgsVectorLayer(uri, origin.query, "ogr")
    layer.loadNamedStyle(str(resource_path(STYLE)))
    layer.setCustomProperty(JOB, origin.job_id)
    _insert(layer, origin)
    return layer, ""


def result_layers() -> list[QgsVectorLayer]:
    """Return the project's result layers in the order of the layer tree, whatever they are called now."""
    found = QgsProject.instance().layerTreeRoot().layerOrder()
    return [layer for layer in found if layer.customProperty(JOB) and layer.isValid()]


def finished_layer(job_id: str) -> QgsVectorLayer | None:
    """Return the layer that shows all of a job's results, with what the user has done to it since."""
    found = (layer for layer in result_layers() if layer.customProperty(JOB) == job_id)
    return next((layer for layer in found if layer.customProperty(FINISHED)), None)


def set_min_score(layer: QgsVectorLayer, score: float) -> bool:
    """Show boxes of at least ``score`` only; False when the layer can't be filtered (it is being edited)."""
    layer.setCustomProperty(MIN_SCORE, score)
    subset = f'"score" >= {score:.4f}' if score > 0 else ""
    return layer.subsetString() == subset or bool(layer.setSubsetString(subset))


def min_score(layer: QgsVectorLayer) -> float:
    """Return the score below which the layer's boxes are hidden."""
    return float(layer.customProperty(MIN_SCORE) or 0.0) if layer.subsetString() else 0.0


def table_of(layer: QgsVectorLayer) -> tuple[Path, str]:
    """Return the file and the table that a result layer shows."""
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    return Path(parts.get("path") or ""), str(parts.get("layerName") or "")


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


def _insert(layer: QgsVectorLayer, origin: Origin) -> None:
    group = _group(origin)
    QgsProject.instance().addMapLayer(layer, False)
    group.insertLayer(0, layer)
    # The tree collapsed the group while it was empty; only a change of state reaches the view.
    group.setExpanded(False)
    group.setExpanded(True)


def _group(origin: Origin) -> QgsLayerTreeGroup:
    """Return the raster's group of results; made right above the raster the first time."""
    root = QgsProject.instance().layerTreeRoot()
    key = origin.raster_id or origin.raster_name
    for group in root.findGroups(True):
        if group.customProperty(RASTER) == key:
            return group
    name = tr("{raster} – found").format(raster=origin.raster_name)
    node = root.findLayer(origin.raster_id) if origin.raster_id else None
    parent = node.parent() if node is not None else root
    position = parent.children().index(node) if node is not None else 0
    group = parent.insertGroup(position, name)
    group.setCustomProperty(RASTER, key)
    return group
