"""What to search and how: raster, place, level of detail, model and adapter."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QSignalBlocker, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ..compat import RASTER_FILTER
from ..connection.server_keys import is_elsewhere, is_name, is_server
from ..connection.wire import CURRENT_ADAPTER, MIN_SCORE, NO_ADAPTER, AdapterChoice, Model
from ..i18n import tr
from ..layers.place import is_photograph
from ..look import SoftLabel, WrappingCheck, let_shrink
from .compare_choice import CompareChoice
from .many_choice import ManyButton, ManyChoice
from .model_choice import ModelChoice, ModelNote, shipped_model
from .place_choice import PlaceChoice
from .second_opinion import SecondOpinion

AUTO, OVERVIEW, DETAIL = "auto", "overview", "detail"


class ScopeBox(QWidget):
    """The form above the Run button.

    Signals:
        changed(): anything that the hint depends on.
        draw_wanted(): the user wants to draw a rectangle.
        models_wanted(): the model list was opened and should be fetched.
        model_changed(): another model was chosen.
        server_forgotten(str): the server of this address was forgotten.
    """

    changed = pyqtSignal()
    draw_wanted = pyqtSignal()
    models_wanted = pyqtSignal()
    model_changed = pyqtSignal()
    server_forgotten = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._active_id = ""
        self._follows = True
        self._models: tuple[Model, ...] = (shipped_model(),)
        self._asked = False
        self._rasters = QgsMapLayerComboBox()
        self._rasters.setFilters(RASTER_FILTER)
        let_shrink(self._rasters)
        self.many_button, self.many = ManyButton(), ManyChoice()
        self.compare = CompareChoice()
        self._places = PlaceChoice()
        self._zooms = _choices((
            (AUTO, tr("Automatic")),
            (OVERVIEW, tr("Whole view at once")),
            (DETAIL, tr("Search in detail")),
        ))  # fmt: skip
        self._gsd = QDoubleSpinBox()
        self._gsd.setRange(0.0, 10000.0)
        self._gsd.setDecimals(2)
        self._gsd.setSingleStep(0.1)
        self._gsd.setSpecialValueText(tr("as the raster"))
        self._gsd.setSuffix(tr(" m/px"))
        self._gsd.setToolTip(tr("Ground resolution the model looks at, in metres per pixel"))
        self._model = ModelChoice()
        self._adapter = _choices(
            ((CURRENT_ADAPTER.text, tr("current adapter")), (NO_ADAPTER.text, tr("no adapter")))
        )
        self._verifier = SecondOpinion()
        self._outline = WrappingCheck(tr("Draw outlines"))
        self._outline.setToolTip(
            tr("Polygons of what is in the boxes, drawn by a model of their own; get one on the Models page")
        )
        self._camera = WrappingCheck(tr("Place by the camera"))
        self._camera.setToolTip(
            tr(
                "Put boxes on the map by the photograph's EXIF: position, height, heading. Rough, and said how rough."
            )
        )
        self._height = QDoubleSpinBox()
        self._height.setRange(0.0, 10000.0)
        self._height.setDecimals(1)
        self._height.setSpecialValueText(tr("height: as the photograph"))
        self._height.setSuffix(tr(" m above the ground"))
        self._height.setToolTip(
            tr("How high the camera was above the ground, if you know it better than the photograph")
        )
        self._height.setAccessibleName(self._height.toolTip())
        self._height.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.model_note = ModelNote()
        self._hint = SoftLabel()
        self._lay_out()
        self._connect()
        self.set_active(None)
        self._show_parts()
        self._show_adapters()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._one = QWidget()
        row = QHBoxLayout(self._one)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._rasters, 1)
        row.addWidget(self.compare.button)
        row.addWidget(self.many_button)
        form.addRow(tr("Raster"), self._one)
        form.addRow(tr("Rasters"), self.many)
        form.addRow(tr("Before"), self.compare)
        self._before_label = form.labelForField(self.compare)
        form.addRow(tr("Where"), self._places)
        self._form = form
        self.show_many("", 0)
        form.addRow(tr("Zoom"), _stacked(self._zooms, self._gsd))
        form.addRow(tr("Model"), self._model)
        form.addRow("", _stacked(self._adapter, self._verifier, self._outline, self._camera, self._height))
        form.addRow(self.model_note)
        form.addRow("", self._hint)

    def _connect(self) -> None:
        self._rasters.activated.connect(self._raster_picked)
        self._rasters.layerChanged.connect(self._changed)
        self.compare.changed.connect(self._changed)
        self._camera.toggled.connect(self._changed)
        self._places.changed.connect(self._changed)
        self._zooms.currentIndexChanged.connect(self._changed)
        self._gsd.valueChanged.connect(self._changed)
        self._places.draw_wanted.connect(self.draw_wanted)
        self._model.opened.connect(self.models_wanted)
        self._model.forgotten.connect(self.server_forgotten)
        self._model.currentIndexChanged.connect(self._show_adapters)
        self._verifier.choice.opened.connect(self.models_wanted)
        self._verifier.choice.forgotten.connect(self.server_forgotten)
        for choice in (self._model, self._verifier.choice):
            choice.currentIndexChanged.connect(lambda _: self.model_changed.emit())

    @property
    def raster(self) -> QgsRasterLayer | None:
        """The chosen raster, else the active one."""
        chosen = None if self._follows else self._rasters.currentLayer()
        return chosen if chosen is not None else QgsProject.instance().mapLayer(self._active_id)

    def choose_raster(self, layer: QgsMapLayer | None) -> None:
        """Choose a raster; None follows the active layer."""
        self._follows = layer is None
        self._show_raster(layer)

    def set_active(self, layer: QgsRasterLayer | None, topmost: bool = False) -> None:
        """Say which raster is the active layer, or stands in for it as the ``topmost``."""
        self._active_id = layer.id() if layer is not None else ""
        chosen = self._rasters.currentLayer()
        name = layer.name() if layer is not None else tr("none")
        with QSignalBlocker(self._rasters):
            self._rasters.setAllowEmptyLayer(False)
            text = (
                tr("Topmost raster: {name}") if topmost and layer is not None else tr("Active layer: {name}")
            )
            self._rasters.setAllowEmptyLayer(True, text.format(name=name))
            self._show_raster(None if self._follows else chosen)
        self._changed()

    @property
    def place(self) -> str:
        """``canvas``, ``layer``, ``rectangle`` or ``selection``."""
        return self._places.place

    def set_place(self, place: str, draw: bool = True) -> None:
        """Choose a place; with ``draw`` a rectangle is to be drawn."""
        self._places.choose(place, draw)

    @property
    def zoom(self) -> str:
        """``auto``, ``overview`` or ``detail``."""
        return self._zooms.currentData()

    @property
    def gsd_m(self) -> float:
        """Metres per pixel, 0 for the engine's choice."""
        return self._gsd.value() if self._gsd.isEnabled() else 0.0

    def set_zoom(self, zoom: str, gsd_m: float) -> None:
        """Choose a zoom and a resolution."""
        self._zooms.setCurrentIndex(max(0, self._zooms.findData(zoom)))
        self._gsd.setValue(gsd_m)

    @property
    def model(self) -> str:
        """The chosen model's name, "" for the engine's default."""
        return self._model.currentData() or ""

    @property
    def adapter(self) -> AdapterChoice:
        """The chosen adapter."""
        return AdapterChoice.read(self._adapter.currentData())

    @property
    def verifier(self) -> str:
        """The name of another model that scores the boxes, "" for none."""
        return self._verifier.name

    @property
    def sends_pictures(self) -> bool:
        """Whether pictures go to a server on another computer."""
        return is_elsewhere(self.model) or is_elsewhere(self.verifier)

    @property
    def kept(self) -> dict[str, str | float]:
        """What is a setting from the first run with it on."""
        return {
            "zoom": self.zoom,
            "gsd_m": self.gsd_m,
            "model": self.model,
            "adapter": self.adapter.text,
            "second_opinion": self.verifier,
        }

    @property
    def outline(self) -> bool:
        """Whether outlines are to be drawn."""
        return self._outline.isChecked() and self._outline.isEnabled()

    @property
    def by_camera(self) -> bool:
        """Whether the boxes of a photograph are to be placed by its camera."""
        return self._camera.isChecked() and is_photograph(self.raster) and not self.compare.wanted

    @property
    def camera_height_m(self) -> float:
        """How high that camera was above the ground, 0 for what the photograph says."""
        return self._height.value() if self.by_camera else 0.0

    def set_outline(self, wanted: bool) -> None:
        """Choose whether outlines are to be drawn."""
        self._outline.setChecked(wanted)

    @property
    def min_score(self) -> float:
        """The score that the model that scores proposes as the lowest one shown."""
        model = self._model_of(self.verifier or self.model)
        return model.min_score if model is not None else MIN_SCORE

    def _model_of(self, name: str) -> Model | None:
        found = (model for model in self._models if model.name == name or (not name and model.default))
        return next(found, None)

    def set_models(self, models: Sequence[Model]) -> None:
        """Fill the model list, keeping the choice."""
        self._models = tuple(model for model in models if model.role == "find")
        self._asked = True
        self._model.fill(self._models)
        self._verifier.fill(self._models)
        self._show_adapters()

    def choose_model(self, model: str, adapter: AdapterChoice) -> None:
        """Choose a model by name and an adapter, known to the engine or not."""
        self._model.choose(model)
        if self._adapter.findData(adapter.text) < 0:
            self._adapter.addItem(adapter.text, adapter.text)
        self._adapter.setCurrentIndex(self._adapter.findData(adapter.text))

    def choose_verifier(self, name: str) -> None:
        """Choose another model that scores, "" for none."""
        self._verifier.choose(name)

    def drop_server(self, address: str) -> None:
        """List a server no more."""
        self._model.drop(address)
        self._verifier.drop(address)

    def tell_scoring(self) -> None:
        """Say anew how the scores of the chosen servers come about, after a run has shown it."""
        self._show_adapters()
        self._verifier.tell_scoring()

    def show_many(self, title: str, count: int) -> None:
        """Show many rasters in place of one; 0 shows the one again."""
        self.many.show_rasters(title, count)
        for widget, wanted in ((self._one, not count), (self.many, bool(count))):
            widget.setVisible(wanted)
            self._form.labelForField(widget).setVisible(wanted)
        self._show_parts()

    def set_hint(self, text: str) -> None:
        """Show a line under the form: what the choices above will lead to."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def _show_raster(self, layer: QgsMapLayer | None) -> None:
        if layer is None:
            self._rasters.setCurrentIndex(0)
        else:
            self._rasters.setLayer(layer)

    def _raster_picked(self, _place: int) -> None:
        self._follows = self._rasters.currentLayer() is None

    def _changed(self, *_: object) -> None:
        with QSignalBlocker(self.compare):
            self.compare.leave_out(self.raster)
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        self._gsd.setEnabled(self.zoom != OVERVIEW)
        self._gsd.setVisible(self.zoom == DETAIL)
        self._outline.setEnabled(not self.compare.wanted and not self.by_camera)
        self._camera.setVisible(is_photograph(self.raster) and not self.compare.wanted)
        self._height.setVisible(self.by_camera)
        for widget in (self.compare, self._before_label):
            widget.setVisible(self.compare.wanted and self._one.isVisibleTo(self))

    def _show_adapters(self, *_: object) -> None:
        chosen = self.adapter
        model = self._model_of(self.model)
        if self._asked and model is None and is_name(self.model):
            self.model_note.show_gone(self.model)
        elif is_server(self.model):
            self.model_note.show_server(self.model)
        else:
            self.model_note.show_model(model)
        while self._adapter.count() > 2:
            self._adapter.removeItem(2)
        for adapter in model.adapters if model is not None else ():
            text = tr("{name} (current)").format(name=adapter.name) if adapter.current else adapter.name
            self._adapter.addItem(text, adapter.name)
        self._adapter.setCurrentIndex(max(0, self._adapter.findData(chosen.text)))
        self._adapter.setVisible(self._adapter.count() > 2)


def _choices(items: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    let_shrink(box)
    for value, text in items:
        box.addItem(text, value)
    return box


def _stacked(*parts: QWidget) -> QWidget:
    """Return parts one below the other; unlike rows of a form, hidden ones leave no gap."""
    stack = QWidget()
    layout = QVBoxLayout(stack)
    layout.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        layout.addWidget(part)
    return stack
