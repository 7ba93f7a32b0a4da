"""The menu of presets: kept, taken up, exported and imported; between the form and the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsRasterLayer,
    QgsRasterRenderer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QFileDialog, QInputDialog, QMenu

from ..connection.session import Session
from ..connection.wire import AdapterChoice
from ..dock import Dock
from ..i18n import tr
from ..layers.place import RECTANGLE
from ..layers.renderer import BandStretch, band_stretch_of, show_band_stretch
from ..layers.results_file import slug
from ..layers.snapshot import needs_snapshot
from ..panel.banner import INFO, WARNING
from .controller import FindController
from .presets import ENDING, Preset, PresetError, Presets, read_file, write_file


class PresetMenu(QObject):
    """Fills the menu when it is opened, and does what its entries say."""

    def __init__(self, dock: Dock, controller: FindController, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._dock, self._controller, self._session = dock, controller, session
        dock.presets.aboutToShow.connect(self.fill)

    @property
    def _kept(self) -> Presets:
        return Presets(self._session.launch().home)

    def fill(self) -> None:
        """List the presets."""
        menu, presets = self._dock.presets, self._kept.all()
        menu.clear()
        for preset in presets:
            menu.addAction(_plain(preset.name)).triggered.connect(partial(self._chosen, preset))
        if presets:
            menu.addSeparator()
        menu.addAction(tr("Keep as a preset…")).triggered.connect(lambda _: self.keep())
        menu.addAction(tr("Import a preset…")).triggered.connect(lambda _: self.bring())
        for title, do in ((tr("Export"), self.export), (tr("Delete"), self.forget)):
            below = QMenu(title, menu)
            below.setEnabled(bool(presets))
            for preset in presets:
                below.addAction(_plain(preset.name)).triggered.connect(partial(self._do, do, preset))
            menu.addMenu(below)

    def preset(self, name: str) -> Preset:
        """Return what the form says now, under a name."""
        scope, drawn = self._dock.scope, self._controller.rectangle
        corners: tuple[float, ...] = ()
        if scope.place == RECTANGLE and not drawn.rectangle.isEmpty():
            shape = drawn.rectangle
            corners = (shape.xMinimum(), shape.yMinimum(), shape.xMaximum(), shape.yMaximum())
        sought = self._controller.sought
        if len(sought) == 1:
            sought = (replace(sought[0], minimum=self._dock.results.minimum),)
        raster = scope.raster
        shown = raster is not None and not needs_snapshot(raster)
        return Preset(
            name,
            sought,
            scope.model,
            scope.adapter.text,
            scope.zoom,
            scope.gsd_m,
            scope.outline,
            scope.place,
            corners,
            (drawn.crs.authid() or drawn.crs.toWkt()) if corners else "",
            band_stretch_of(raster) if shown else BandStretch(),
            scope.verifier,
        )

    def keep(self) -> None:
        """Ask for a name, and keep what the form says."""
        sought = self._controller.sought
        if not sought:
            self._dock.banner.say(INFO, tr("Type what you are looking for, then keep it as a preset."))
            return
        name, wanted = QInputDialog.getText(
            self._dock,
            tr("Keep as a preset"),
            tr("Name (one of the same name is replaced)"),
            text=sought[0].question,
        )
        name = " ".join(name.split())
        if wanted and name:
            self._try(lambda: self._kept.keep(self.preset(name)), tr("The preset {name} is kept."), name)

    def take(self, preset: Preset) -> None:
        """Have the form say what a preset says, and the raster be shown as it was."""
        dock, scope = self._dock, self._dock.scope
        several = len(preset.sought) > 1
        dock.question.setEditText("" if several else preset.sought[0].question)
        dock.questions.show_all(preset.sought if several else ())
        if not several and preset.sought[0].minimum is not None:
            dock.results.slider.setValue(round(100 * preset.sought[0].minimum))
        scope.set_zoom(preset.zoom, preset.gsd_m)
        scope.choose_model(preset.model, AdapterChoice.read(preset.adapter))
        scope.choose_verifier(preset.verifier)
        scope.set_outline(preset.outline)
        self._take_place(preset)
        dock.banner.hide()
        self._take_look(preset)

    def bring(self) -> None:
        """Ask for a file and keep the preset in it."""
        path, _ = QFileDialog.getOpenFileName(
            self._dock, tr("Import a preset"), str(Path.home()), tr("Presets (*.json)")
        )
        if not path:
            return
        try:
            preset = read_file(Path(path))
            own = preset.shared
            self._kept.keep(own)
        except PresetError as error:
            self._dock.banner.say(WARNING, str(error))
            return
        self.take(own)
        text = tr("The preset {name} is here now.").format(name=own.name)
        if preset.names_server:
            text += " " + tr("It names a model on a server, which was left out: choose the model yourself.")
        self._dock.banner.say(INFO, text)

    def export(self, preset: Preset) -> None:
        """Ask for a file and write a preset to it."""
        proposed = str(Path.home() / (slug(preset.name) + ENDING))
        path, _ = QFileDialog.getSaveFileName(
            self._dock,
            tr("Export the preset {name}").format(name=preset.name),
            proposed,
            tr("Presets (*.json)"),
        )
        if path:
            path += "" if path.lower().endswith(ENDING) else ENDING
            self._try(lambda: write_file(Path(path), preset.shared), tr("The preset is in {name}."), path)

    def forget(self, preset: Preset) -> None:
        """Delete a preset, with a way back."""
        self._kept.forget(preset.name)
        text = tr("The preset {name} is deleted.").format(name=preset.name)
        self._dock.banner.say(INFO, text, tr("Undo"), lambda: self._kept.keep(preset))

    def _chosen(self, preset: Preset, _checked: bool = False) -> None:
        self.take(preset)

    def _do(self, do: Callable[[Preset], None], preset: Preset, _checked: bool = False) -> None:
        do(preset)

    def _try(self, do: Callable[[], None], done: str, name: str) -> None:
        try:
            do()
        except PresetError as error:
            self._dock.banner.say(WARNING, str(error))
            return
        self._dock.banner.say(INFO, done.format(name=name))

    def _take_place(self, preset: Preset) -> None:
        if preset.rectangle:
            crs = QgsCoordinateReferenceSystem(preset.crs)
            crs = crs if crs.isValid() else QgsCoordinateReferenceSystem.fromWkt(preset.crs)
            self._controller.rectangle.set_rectangle(QgsRectangle(*preset.rectangle), crs)
        self._dock.scope.set_place(preset.place)
        if preset.rectangle:
            # It is drawn already.
            self._controller.rectangle.leave()

    def _take_look(self, preset: Preset) -> None:
        """Show the raster in the preset's bands and stretch: the model sees what the user sees."""
        raster, look = self._dock.scope.raster, preset.look
        if raster is None or needs_snapshot(raster) or not look.bands or look == band_stretch_of(raster):
            return
        if max(look.bands) > raster.bandCount():
            text = tr("{raster} has no band {band}, which the preset shows. It stays as it is.")
            self._dock.banner.say(WARNING, text.format(raster=raster.name(), band=max(look.bands)))
            return
        before = raster.renderer().clone()
        show_band_stretch(raster, look)
        text = tr("{raster} is shown with the bands {bands} now, as the preset says.")
        bands = ", ".join(map(str, look.bands))
        self._dock.banner.say(
            INFO,
            text.format(raster=raster.name(), bands=bands),
            tr("Undo"),
            partial(_give_back, raster.id(), before),
        )


def _give_back(raster_id: str, renderer: QgsRasterRenderer) -> None:
    raster = QgsProject.instance().mapLayer(raster_id)
    if isinstance(raster, QgsRasterLayer):
        raster.setRenderer(renderer)
        raster.triggerRepaint()


def _plain(name: str) -> str:
    """Return a name as a menu shows it letter by letter."""
    return name.replace("&", "&&")
