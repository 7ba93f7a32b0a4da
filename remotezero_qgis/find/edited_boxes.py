"""Boxes that were drawn anew with QGIS's own tools: marked when the edits are saved, and verified again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from qgis.core import QgsApplication, QgsGeometry, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..connection.session import Session
from ..i18n import tr
from ..layers.changes import UNSURE
from ..layers.detections import EDITED, VERIFIED, Ruler
from ..layers.result_layers import JOB, set_values
from ..layers.result_rows import ResultRows
from .verify_task import VerifyOutcome, VerifyTask


class EditedBoxes(QObject):
    """Watches the result layers of the project.

    Signals:
        changed(str): edits of the layer with this id were saved, or its boxes verified.
        verifying(bool): boxes are being verified, or no more.
        told(str): what the user should know, in a sentence.
    """

    changed = pyqtSignal(str)
    verifying = pyqtSignal(bool)
    told = pyqtSignal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._drawn: dict[str, dict[int, QgsGeometry]] = {}
        self._watched: dict[str, list[tuple[Any, Any]]] = {}
        self._task: VerifyTask | None = None

    def watch(self, layer: QgsVectorLayer) -> None:
        """Follow a layer's edits from now on."""
        if layer.id() in self._watched:
            return
        slots = [
            (layer.committedGeometriesChanges, self._note),
            (layer.afterCommitChanges, partial(self._saved, layer.id())),
        ]
        for signal, slot in slots:
            signal.connect(slot)
        self._watched[layer.id()] = slots

    def forget(self, layer_ids: Iterable[str]) -> None:
        """Layers are gone; one that comes back with its project is watched anew."""
        for layer_id in layer_ids:
            self._watched.pop(layer_id, None)
            self._drawn.pop(layer_id, None)

    def close(self) -> None:
        """Watch no more; a verification that goes on is dropped."""
        for layer_id, slots in self._watched.items():
            if QgsProject.instance().mapLayer(layer_id) is not None:
                for signal, slot in slots:
                    signal.disconnect(slot)
        self._watched.clear()
        if self._task is not None:
            self._task.ended.disconnect()
            self._task.cancel()
            self._task = None

    def verify(self, layer: QgsVectorLayer, rows: ResultRows) -> None:
        """Have the edited boxes of a layer scored again, those of one question and raster after the other."""
        if self._task is not None or not rows.edited:
            return
        if layer.isEditable():
            self.told.emit(
                tr("{layer} is being edited. Save the edits first, then verify again.").format(
                    layer=layer.name()
                )
            )
            return
        questions, rasters, first = rows.queries.codes, rows.sources.codes, min(rows.edited)
        same = (questions[first], rasters[first])
        places = sorted(place for place in rows.edited if (questions[place], rasters[place]) == same)
        self._task = VerifyTask(
            self._session.launch(),
            str(layer.customProperty(JOB)),
            rows,
            places,
            layer.crs(),
            QgsProject.instance().transformContext(),
        )
        rows.edited.difference_update(places)
        self._task.ended.connect(partial(self._verified, layer.id(), rows))
        self.verifying.emit(True)
        QgsApplication.taskManager().addTask(self._task)

    def _verified(self, layer_id: str, rows: ResultRows, outcome: VerifyOutcome) -> None:
        task, self._task = self._task, None
        self.verifying.emit(False)
        layer = QgsProject.instance().mapLayer(layer_id)
        if outcome.state != "done":
            rows.edited.update(task.places)
            self.told.emit(outcome.message or tr("Cancelled."))
        elif layer is not None:
            values = {fid: {"score": score, "edited": VERIFIED} for fid, score in outcome.scores.items()}
            if values and not set_values(layer, values):
                self.told.emit(
                    tr("The new scores could not be written: the result layer is read-only or locked.")
                )
            layer.triggerRepaint()
            self._tell_unscored(len(task.places) - len(values))
            if rows.edited:
                self.verify(layer, rows)
        self.changed.emit(layer_id)

    def _tell_unscored(self, count: int) -> None:
        if count:
            self.told.emit(
                tr("Edited boxes beside the raster or over missing data keep their old score: {n}.").format(
                    n=count
                )
            )

    def _note(self, layer_id: str, geometries: dict[int, QgsGeometry]) -> None:
        self._drawn.setdefault(layer_id, {}).update(geometries)

    def _saved(self, layer_id: str) -> None:
        """Mark what was drawn anew, past the edit buffer: it belongs to the edits just saved."""
        layer = QgsProject.instance().mapLayer(layer_id)
        drawn = self._drawn.pop(layer_id, {})
        if layer is None:
            return
        if drawn:
            project, columns = QgsProject.instance(), layer.fields()
            ruler = Ruler(layer.crs(), project.transformContext(), project.ellipsoid())
            values, note = {}, tr("Drawn anew since: both dates were not looked at again.")
            for fid, geometry in drawn.items():
                width_m, height_m = ruler.sides_m(geometry)
                row = {"edited": EDITED, "width_m": round(width_m, 2), "height_m": round(height_m, 2)}
                # Of two dates: the scores that its change was read from are those of the old outline.
                row |= {"change": UNSURE, "change_note": note}
                values[fid] = {
                    columns.indexOf(name): value for name, value in row.items() if columns.indexOf(name) >= 0
                }
            layer.dataProvider().changeAttributeValues(values)
        self.changed.emit(layer_id)
