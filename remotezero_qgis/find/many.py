"""Choosing many rasters in the panel: a folder, files, a layer group, a STAC item collection."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from qgis.core import QgsProviderRegistry
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QInputDialog

from ..connection.session import Session
from ..dock import Dock
from ..i18n import tr
from ..layers.place import LAYER
from ..panel.banner import WARNING
from .many_planning import ManyRasters, groups
from .rasters import AssetError, in_folder, of_items


class ManyChooser(QObject):
    """Holds the rasters that were chosen together, None while the run is over one.

    Signals:
        changed(): others were chosen, or one raster is searched again.
    """

    changed = pyqtSignal()

    def __init__(self, dock: Dock, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._dock, self._session = dock, session
        self.rasters: ManyRasters | None = None
        self._place = LAYER
        button = dock.scope.many_button
        button.folder.triggered.connect(lambda _: self.ask_folder())
        button.files.triggered.connect(lambda _: self.ask_files())
        button.items.triggered.connect(lambda _: self.ask_items())
        button.group.aboutToShow.connect(self._list_groups)
        dock.scope.many.dropped.connect(lambda: self.choose(None))

    def choose(self, rasters: ManyRasters | None) -> None:
        """Search many rasters from now on, each as a whole unless another place is chosen then; or one."""
        scope = self._dock.scope
        if self.rasters is None and rasters is not None:
            self._place = scope.place
            scope.set_place(LAYER)
        elif rasters is None and self.rasters is not None:
            scope.set_place(self._place, draw=False)
        self.rasters = rasters
        self._dock.scope.show_many(rasters.title if rasters else "", len(rasters) if rasters else 0)
        self.changed.emit()

    def ask_folder(self) -> None:
        """Ask for a folder and take its rasters, those of the folders in it as well."""
        name = QFileDialog.getExistingDirectory(self._dock, tr("All rasters of a folder"), str(Path.home()))
        if name:
            folder = Path(name)
            self._look(folder.name, lambda: in_folder(folder, stop=lambda: self._session.closed))

    def ask_files(self) -> None:
        """Ask for files."""
        kinds = QgsProviderRegistry.instance().fileRasterFilters()
        names, _ = QFileDialog.getOpenFileNames(self._dock, tr("Several rasters"), str(Path.home()), kinds)
        if names:
            self.choose(ManyRasters(Path(names[0]).parent.name, tuple(names)))

    def ask_items(self) -> None:
        """Ask for a STAC item collection."""
        name, _ = QFileDialog.getOpenFileName(
            self._dock, tr("A STAC item collection"), str(Path.home()), tr("STAC items (*.json *.geojson)")
        )
        if name:
            self.take_items(Path(name))

    def take_items(self, path: Path, asset: str = "") -> None:
        """Take the rasters of a STAC item collection; which of several pictures is meant is asked."""
        self._look(path.stem, partial(of_items, path, asset), partial(self._items_refused, path))

    def _look(
        self, title: str, look: Callable[[], list[str]], refused: Callable[[Exception], None] | None = None
    ) -> None:
        """Have rasters listed in the background: a folder may lie on a slow disk."""
        self._session.call(look, partial(self._listed, title), refused or self._refused)

    def _listed(self, title: str, sources: list[str]) -> None:
        self._dock.banner.hide()
        self.choose(ManyRasters(title, tuple(sources)))

    def _refused(self, error: Exception) -> None:
        self._dock.banner.say(WARNING, str(error))

    def _items_refused(self, path: Path, error: Exception) -> None:
        if not isinstance(error, AssetError):
            self._refused(error)
            return
        asset, chosen = QInputDialog.getItem(
            self._dock, tr("A STAC item collection"), tr("Which picture of an item?"), error.names, 0, False
        )
        if chosen and asset:
            self.take_items(path, asset)

    def _list_groups(self) -> None:
        menu = self._dock.scope.many_button.group
        menu.clear()
        found = groups()
        for name, rasters in found:
            action = menu.addAction(tr("{name} (%n raster(s))", n=len(rasters)).format(name=name))
            action.triggered.connect(partial(self._choose_group, rasters))
        if not found:
            menu.addAction(tr("No group has several rasters.")).setEnabled(False)

    def _choose_group(self, rasters: ManyRasters, _checked: bool = False) -> None:
        self.choose(rasters)
