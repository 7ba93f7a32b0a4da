"""Result layers behind the results box: which one is shown, its filter, verdicts, crops and the map."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ..connection.session import Session
from ..i18n import tr
from ..layers.detections import Detection, job_and_box
from ..layers.marks import AreaMark, MapView
from ..layers.pick_tool import PickTool
from ..layers.result_layers import JOB, min_score, result_layers, set_min_score
from ..layers.result_rows import ResultRows
from ..layers.results_file import table_of
from ..layers.sought import Sought, sought_of
from ..panel.results_box import ResultsBox
from .copying import copy_rows
from .edited_boxes import EditedBoxes
from .searched import SEARCHED, Searched
from .verdicts import Verdicts

CROPS_KEPT = 200
# More boxes than this are not marked on the map when rows are chosen, nor the other way round.
MOST_ON_MAP = 2000
# Who walks through the rows with the arrow keys does not want the picture of each.
CROP_PAUSE_MS = 120


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
        self._box, self._view, self._mark, self._session = box, view, mark, session
        self._layer_id = self._wanted_id = self._job_id = ""
        self._heard: QgsVectorLayer | None = None
        self._choosing = False
        self._sought: tuple[Sought, ...] = ()
        self._crs = QgsCoordinateReferenceSystem()
        self._crops: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self.searched = Searched()
        self.verdicts = Verdicts(box, self)
        self.edited = EditedBoxes(session, self)
        self._pick_tool = PickTool(view.canvas, lambda: self.layer, self._is_listed, self)
        self._crop = QTimer(self)
        self._crop.setSingleShot(True)
        self._crop.setInterval(CROP_PAUSE_MS)
        self._connect()

    def _connect(self) -> None:
        box, view, project = self._box, self._view, QgsProject.instance()
        box.picked.connect(self._pick)
        box.chosen.connect(self._choose_on_map)
        box.zoom_wanted.connect(lambda one: view.show_box(one.geometry, self._crs_now))
        box.judged.connect(self._judge)
        box.minimum_changed.connect(self._filter)
        box.copy_wanted.connect(lambda places: copy_rows(self._session, box.model.rows, places, self._failed))
        box.verify_wanted.connect(self._verify)
        box.pick_wanted.connect(self._pick_tool.set_active)
        self._pick_tool.active_changed.connect(box.set_picking)
        self._crop.timeout.connect(self._fetch_crop)
        self.verdicts.refused.connect(self._verdict_refused)
        self.verdicts.part_lost.connect(self._part_lost)
        self.edited.changed.connect(self._layer_edited)
        self.edited.verifying.connect(box.set_verifying)
        self.edited.told.connect(self.refused)
        project.layersAdded.connect(self._layers_added)
        project.layersRemoved.connect(self._layers_removed)
        self._layers_added(self.layers)

    @property
    def layer(self) -> QgsVectorLayer | None:
        """The result layer whose boxes are shown."""
        return QgsProject.instance().mapLayer(self._layer_id) if self._layer_id else None

    @property
    def layers(self) -> list[QgsVectorLayer]:
        """All result layers of the project."""
        return result_layers()

    @property
    def sought(self) -> tuple[Sought, ...]:
        """What the run shown looked for, with the scores that its sliders stand at."""
        minimums = self._box.minimums
        return tuple(replace(one, minimum=minimums.get(one.question, one.minimum)) for one in self._sought)

    def follow(
        self,
        job_id: str,
        crs: QgsCoordinateReferenceSystem,
        searched: Searched,
        sought: Sequence[Sought] = (),
    ) -> None:
        """Show a run that has just begun; its boxes come through :meth:`add`."""
        self._show(None, job_id, ResultRows(), crs, self._box.minimum, searched, sought)

    def forget(self) -> None:
        """Show nothing: the project, or the layer that was shown, is gone."""
        self._crops.clear()
        self._show(None, "", ResultRows(), QgsCoordinateReferenceSystem(), self._box.minimum, Searched())
        self.forgotten.emit()

    def set_job(self, job_id: str) -> None:
        """Say which job the boxes belong to, once the engine has given it an id."""
        self._job_id = job_id

    def add(self, detections: list[Detection]) -> None:
        """Append boxes of the run that goes on."""
        self._box.add(detections)

    def show_run(
        self, layer: QgsVectorLayer | None, job_id: str, rows: ResultRows, crs: QgsCoordinateReferenceSystem
    ) -> None:
        """Show a run's final boxes; without a layer they can be looked at but not judged."""
        minimum = self._box.minimum
        self._show(layer, job_id, rows, crs, minimum, self.searched, self.sought)
        if layer is not None:
            self._filter(minimum)

    def show_layer(self, layer: QgsVectorLayer) -> None:
        """Read a result layer in the background and show its boxes."""
        if table_of(layer) is not None:
            self._wanted_id = layer.id()
            self._read(layer, partial(self._show_read, layer.id()))

    def close(self) -> None:
        """Let go of the project and the map."""
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._layers_added)
        project.layersRemoved.disconnect(self._layers_removed)
        self._crop.stop()
        self._listen(None)
        self.verdicts.close()
        self.edited.close()
        self._pick_tool.close()

    @property
    def _crs_now(self) -> QgsCoordinateReferenceSystem:
        layer = self.layer
        return layer.crs() if layer is not None else self._crs

    def _show(
        self,
        layer: QgsVectorLayer | None,
        job_id: str,
        rows: ResultRows,
        crs: QgsCoordinateReferenceSystem,
        minimum: float,
        searched: Searched,
        sought: Sequence[Sought] = (),
    ) -> None:
        self._listen(layer)
        self._sought = tuple(sought)
        self._job_id, self._crs = job_id, crs
        self.verdicts.follow(self._layer_id)
        self._box.show_rows(rows, minimum, layer is not None, sought)
        self._show_searched(searched)
        self.shown.emit()

    def _show_searched(self, searched: Searched) -> None:
        self.searched = searched
        raster = QgsProject.instance().mapLayer(searched.raster_id) if searched.wkt else None
        area = searched.area if raster is not None else QgsGeometry()
        self._mark.show(area, raster.crs() if raster is not None else self._crs)

    def _listen(self, layer: QgsVectorLayer | None) -> None:
        """Follow what is chosen in one layer, and no more in the one before."""
        before, self._heard = self._heard, layer
        self._layer_id = self._wanted_id = layer.id() if layer is not None else ""
        for one, connected in ((before, False), (layer, True)):
            if one is not None and not sip.isdeleted(one):
                for signal, slot in (
                    (one.selectionChanged, self._chosen_on_map),
                    (one.afterRollBack, self._read_again),
                    (one.dataSourceChanged, self._read_again),
                ):
                    (signal.connect if connected else signal.disconnect)(slot)

    def _read(self, layer: QgsVectorLayer, done) -> None:
        self._session.call(partial(ResultRows.read, *table_of(layer)), done, self._failed)

    def _show_read(self, layer_id: str, rows: ResultRows) -> None:
        layer = QgsProject.instance().mapLayer(layer_id)
        if layer is not None and layer_id == self._wanted_id:
            searched = Searched.read(layer.customProperty(SEARCHED))
            about = (str(layer.customProperty(JOB)), rows, layer.crs(), min_score(layer))
            self._show(layer, *about, searched, sought_of(layer))

    def _read_again(self) -> None:
        """Show what is in the layer's file now."""
        layer = self.layer
        if layer is not None and table_of(layer) is not None:
            self._read(layer, partial(self._renew, layer.id()))

    def _renew(self, layer_id: str, rows: ResultRows) -> None:
        if layer_id == self._layer_id:
            self._box.renew(rows)

    def _layer_edited(self, layer_id: str) -> None:
        if layer_id == self._layer_id:
            self._read_again()

    def _pick(self, detection: Detection) -> None:
        self._view.flash(detection.geometry, self._crs_now)
        self._want_crop(detection)

    def _is_listed(self, fid: int) -> bool:
        """Say whether the table shows a feature, as its filters are now."""
        model = self._box.model
        return bool(model.rows_of(model.rows.places_of([fid])))

    def _choose_on_map(self, places: Sequence[int]) -> None:
        layer, fids = self.layer, self._box.model.rows.fids
        if layer is not None:
            self._choosing = True
            layer.selectByIds([fids[place] for place in places] if len(places) <= MOST_ON_MAP else [])
            self._choosing = False

    @pyqtSlot()
    def _chosen_on_map(self) -> None:
        """Follow the map; a slot without arguments, because making Python sets of ids takes long."""
        layer = self.layer
        if layer is None or self._choosing or layer.selectedFeatureCount() > MOST_ON_MAP:
            return
        self._box.choose_fids(layer.selectedFeatureIds())
        current = self._box.current
        if current is not None:
            self._want_crop(current)

    def _want_crop(self, detection: Detection) -> None:
        key = job_and_box(self._job_id, detection.id)
        if key in self._crops:
            self._box.card.show_crop(detection.id, self._crops[key])
        elif self._job_id:
            self._crop.start()

    def _fetch_crop(self) -> None:
        current = self._box.current
        if current is not None:
            key = job_and_box(self._job_id, current.id)
            done, failed = partial(self._crop_came, key), partial(self._crop_failed, current.id)
            self._session.ask(lambda client: client.crop(*key), done, failed)

    def _crop_came(self, key: tuple[str, str], png: bytes) -> None:
        self._crops[key] = png
        if len(self._crops) > CROPS_KEPT:
            self._crops.popitem(last=False)
        current = self._box.current
        if current is not None and job_and_box(self._job_id, current.id) == key:
            self._box.card.show_crop(current.id, png)

    def _crop_failed(self, detection_id: str, error: Exception) -> None:
        self._box.card.show_no_crop(detection_id, str(error))

    def _judge(self, places: Sequence[int], verdict: str) -> None:
        self.verdicts.judge(places, verdict)

    def _verdict_refused(self) -> None:
        self.refused.emit(
            tr(
                "The verdict could not be written: the result layer is missing, read-only or locked. "
                "Load the run again."
            )
        )

    def _part_lost(self) -> None:
        self._verdict_refused()
        self._read_again()

    def _verify(self) -> None:
        layer = self.layer
        if layer is not None:
            self.edited.verify(layer, self._box.model.rows)

    def _filter(self, score: float) -> None:
        layer = self.layer
        if layer is None:
            return
        self._choosing = True
        filtered = set_min_score(layer, score, self._box.minimums)
        self._choosing = False
        # A filter takes away what was chosen on the map.
        self._choose_on_map(self._box.table.chosen)
        if not filtered:
            self.refused.emit(
                tr(
                    "The map still shows all boxes, because {layer} is being edited. Save the edits first."
                ).format(layer=layer.name())
            )

    def _failed(self, error: Exception) -> None:
        self.refused.emit(str(error))

    def _layers_added(self, layers) -> None:
        for layer in layers:
            if layer.customProperty(JOB) and isinstance(layer, QgsVectorLayer):
                self.edited.watch(layer)
        self.layers_changed.emit()

    def _layers_removed(self, layer_ids: Sequence[str]) -> None:
        self.edited.forget(layer_ids)
        if self._layer_id and self.layer is None:
            self.forget()
        self.layers_changed.emit()
