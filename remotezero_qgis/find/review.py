"""Result layers behind the results box: which one is shown, its filter, verdicts, crops and the map."""

from __future__ import annotations

from functools import partial

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..connection.session import Session
from ..i18n import tr
from ..layers.detections import Detection, from_feature
from ..layers.marks import AreaMark, MapView
from ..layers.result_layers import JOB, min_score, result_layers, set_min_score, set_verdict
from ..layers.results_file import table_of
from ..panel.results_box import ResultsBox
from .searched import SEARCHED, Searched


class Review(QObject):
    """Connects one results box with the project's result layers.

    Signals:
        layers_changed(): result layers came or went.
        shown(): another run's boxes are in the box now, or none.
        forgotten(): what was shown is gone from the project.
        refused(str): something could not be done, and why.
    """

    layers_changed = pyqtSignal()
    shown = pyqtSignal()
    forgotten = pyqtSignal()
    refused = pyqtSignal(str)

    def __init__(
        self, box: ResultsBox, view: MapView, mark: AreaMark, session: Session, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._box = box
        self._view, self._mark = view, mark
        self._session = session
        self._layer_id = self._wanted_id = ""
        self._job_id = ""
        self._crs = QgsCoordinateReferenceSystem()
        self._crops: dict[tuple[str, str], bytes] = {}
        self.searched = Searched()
        box.picked.connect(self._pick)
        box.judged.connect(self._judge)
        box.minimum_changed.connect(self._filter)
        project = QgsProject.instance()
        project.layersAdded.connect(self._layers_changed)
        project.layersRemoved.connect(self._layers_changed)

    @property
    def layer(self) -> QgsVectorLayer | None:
        """The result layer whose boxes are shown."""
        return QgsProject.instance().mapLayer(self._layer_id) if self._layer_id else None

    @property
    def layers(self) -> list[QgsVectorLayer]:
        """All result layers of the project."""
        return result_layers()

    def follow(self, job_id: str, crs: QgsCoordinateReferenceSystem, searched: Searched) -> None:
        """Show a run that has just begun; its boxes come through :meth:`add`."""
        self._layer_id = self._wanted_id = ""
        self._job_id, self._crs = job_id, crs
        self._box.show_detections((), self._box.minimum, judgeable=False)
        self._show_searched(searched)
        self.shown.emit()

    def forget(self) -> None:
        """Show nothing: the project, or the layer that was shown, is gone."""
        self._layer_id = self._wanted_id = ""
        self._job_id, self._crs = "", QgsCoordinateReferenceSystem()
        self._crops.clear()
        self._box.show_detections((), self._box.minimum, judgeable=False)
        self._show_searched(Searched())
        self.shown.emit()
        self.forgotten.emit()

    def _show_searched(self, searched: Searched) -> None:
        self.searched = searched
        raster = QgsProject.instance().mapLayer(searched.raster_id) if searched.wkt else None
        self._mark.show(searched.area if raster is not None else QgsGeometry(), self._crs_of(raster))

    def _crs_of(self, raster: QgsMapLayer | None) -> QgsCoordinateReferenceSystem:
        return raster.crs() if raster is not None else self._crs

    def set_job(self, job_id: str) -> None:
        """Say which job the boxes belong to, once the engine has given it an id."""
        self._job_id = job_id

    def add(self, detections: list[Detection]) -> None:
        """Append boxes of the run that goes on."""
        self._box.add(detections)

    def show_run(self, layer: QgsVectorLayer | None, job_id: str, detections, crs) -> None:
        """Show a run's final boxes; without a layer they can be looked at but not judged."""
        self._layer_id = self._wanted_id = layer.id() if layer is not None else ""
        self._job_id, self._crs = job_id, crs
        minimum = self._box.minimum
        self._box.show_detections(detections, minimum, judgeable=layer is not None)
        if layer is not None and minimum > 0:
            self._filter(minimum)
        self.shown.emit()

    def show_layer(self, layer: QgsVectorLayer) -> None:
        """Read a result layer in the background and show its boxes."""
        table = table_of(layer)
        if table is None:
            return
        self._wanted_id = layer.id()
        uri = "{}|layername={}".format(*table)
        self._session.call(partial(_read, uri), partial(self._show_read, layer.id()))

    def close(self) -> None:
        """Let go of the project."""
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._layers_changed)
        project.layersRemoved.disconnect(self._layers_changed)

    def _show_read(self, layer_id: str, detections: list[Detection]) -> None:
        layer = QgsProject.instance().mapLayer(layer_id)
        if layer is None or layer_id != self._wanted_id:
            return
        self._layer_id = layer_id
        self._job_id, self._crs = str(layer.customProperty(JOB)), layer.crs()
        self._box.show_detections(detections, min_score(layer), judgeable=True)
        self._show_searched(Searched.read(layer.customProperty(SEARCHED)))
        self.shown.emit()

    def _pick(self, detection: Detection) -> None:
        layer = self.layer
        self._view.show_box(detection.geometry, layer.crs() if layer is not None else self._crs)
        key = (self._job_id, detection.id)
        if key in self._crops:
            self._box.card.show_crop(detection.id, self._crops[key])
        elif self._job_id:
            done, failed = partial(self._crop_came, key), partial(self._crop_failed, detection.id)
            self._session.ask(lambda client: client.crop(*key), done, failed)

    def _crop_came(self, key: tuple[str, str], png: bytes) -> None:
        self._crops[key] = png
        self._box.card.show_crop(key[1], png)

    def _crop_failed(self, detection_id: str, error: Exception) -> None:
        self._box.card.show_no_crop(detection_id, str(error))

    def _judge(self, detection_id: str, verdict: str) -> None:
        layer = self.layer
        if layer is not None and set_verdict(layer, detection_id, verdict):
            self._box.set_verdict(detection_id, verdict)
            return
        self.refused.emit(
            tr(
                "The verdict could not be written: the result layer is missing, read-only or locked. "
                "Load the run again."
            )
        )

    def _filter(self, score: float) -> None:
        layer = self.layer
        if layer is not None and not set_min_score(layer, score):
            self.refused.emit(
                tr(
                    "The map still shows all boxes, because {layer} is being edited. Save the edits first."
                ).format(layer=layer.name())
            )

    def _layers_changed(self, *_: object) -> None:
        if self._layer_id and self.layer is None:
            self.forget()
        self.layers_changed.emit()


def _read(uri: str) -> list[Detection]:
    layer = QgsVectorLayer(uri, "reader", "ogr")
    found = [from_feature(feature) for feature in layer.getFeatures()]
    return sorted(found, key=lambda item: (item.rank, item.id))
