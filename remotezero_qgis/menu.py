"""The entry in a raster layer's context menu: ask over this layer."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsMapLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtGui import QIcon

from .compat import RASTER_LAYER, QAction
from .files import resource_path
from .i18n import tr


class LayerMenuEntry:
    """Adds the entry to every raster layer, and takes it out again.

    Args:
        iface: QGIS's interface.
        ask: opens the panel with the given layer chosen; called on the main thread.
    """

    def __init__(self, iface: QgisInterface, ask: Callable[[QgsMapLayer], None]) -> None:
        self._iface = iface
        self._ask = ask
        icon = QIcon(str(resource_path("icons/remotezero.svg")))
        self.action = QAction(icon, tr("Ask RemoteZero about this layer…"), iface.mainWindow())
        self.action.triggered.connect(self._triggered)
        iface.addCustomActionForLayerType(self.action, "", RASTER_LAYER, True)

    def remove(self) -> None:
        """Undo everything the constructor did."""
        self._iface.removeCustomActionForLayerType(self.action)
        self.action.triggered.disconnect(self._triggered)
        self.action.deleteLater()

    def _triggered(self) -> None:
        layer = self._iface.activeLayer()
        if layer is not None:
            self._ask(layer)
