"""From the first page to the first box: the sample with its question, or a raster of the user's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsProject, QgsProviderRegistry, QgsRasterLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QFileDialog

from ..dock import Dock
from ..files import resource_path
from ..i18n import tr
from ..layers.place import LAYER
from ..panel.banner import ERROR
from ..panel.first_steps import FirstSteps
from ..panel.question_box import EXAMPLES
from ..settings import load_settings

SAMPLE = "sample/harbour.tif"


class Beginning(QObject):
    """Carries out what the first pages offer.

    Args:
        iface: QGIS's interface.
        dock: the panel.
        run: starts a run with what the form says.
        parent: owns this.
    """

    def __init__(self, iface: QgisInterface, dock: Dock, run: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._iface, self._dock, self._run = iface, dock, run
        self._waiting = False
        self.serve(dock.blank.steps)

    def serve(self, steps: FirstSteps) -> None:
        """Do what the buttons of ``steps`` say."""
        steps.sample_wanted.connect(self.load_sample)
        steps.raster_wanted.connect(lambda: self.add_raster())

    def load_sample(self) -> None:
        """Load the sample and ask about it, now or as soon as there is an engine."""
        try:
            layer = add_sample(load_settings().home)
        except OSError as error:
            message = tr("The sample can't be copied into the data folder ({reason}). Choose another folder.")
            self._dock.banner.say(ERROR, message.format(reason=error.strerror))
            return
        self._show(layer)
        self._dock.scope.set_place(LAYER)
        self._dock.questions.show_all(())
        self._dock.question.setEditText(EXAMPLES[0])
        self._waiting = True
        self.engine_changed()

    def add_raster(self, path: str = "") -> None:
        """Add a raster to the project and show it; asks for the file when none is given."""
        if not path:
            kinds = QgsProviderRegistry.instance().fileRasterFilters()
            path, _ = QFileDialog.getOpenFileName(self._dock, tr("Add a raster"), str(Path.home()), kinds)
        if not path:
            return
        layer = QgsRasterLayer(path, Path(path).stem)
        if not layer.isValid():
            message = tr("{name} can't be opened as a raster. Choose another file.")
            self._dock.banner.say(ERROR, message.format(name=Path(path).name))
            return
        QgsProject.instance().addMapLayer(layer)
        self._show(layer)
        self._dock.question.setFocus()

    def engine_changed(self) -> None:
        """Ask the question that waited for an engine."""
        if self._waiting and not self._dock.in_setup:
            self._waiting = False
            self._run()

    def _show(self, layer: QgsRasterLayer) -> None:
        self._iface.setActiveLayer(layer)
        self._iface.zoomToActiveLayer()


def add_sample(home: Path) -> QgsRasterLayer:
    """Add the sample to the project and return its layer; one that is there already is used again.

    It is opened from the data folder: QGIS could not replace the plugin's own file while it is open.

    Raises:
        OSError: it can't be copied there.
    """
    path = home / SAMPLE
    shipped = resource_path(SAMPLE)
    if not path.is_file() or path.stat().st_size != shipped.stat().st_size:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped, path)
    for layer in QgsProject.instance().mapLayers().values():
        if isinstance(layer, QgsRasterLayer) and layer.isValid() and layer.source() == str(path):
            return layer
    layer = QgsRasterLayer(str(path), tr("Sample harbour"))
    QgsProject.instance().addMapLayer(layer)
    return layer
