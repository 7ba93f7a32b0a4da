"""``find your question`` in QGIS's locator bar: the same run as the panel's, over the active raster."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsFeedback, QgsLocatorContext, QgsLocatorFilter, QgsLocatorResult, QgsMapLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtGui import QIcon

from .compat import RASTER_LAYER, QAction
from .files import resource_path
from .i18n import tr
from .settings import load_settings

PREFIX = "find"
"""QGIS takes no prefix of fewer than three letters from a plugin."""
SHORTEST = 3
SHOWN_HISTORY = 5


class AskFilter(QgsLocatorFilter):
    """Offers to ask what was typed, and earlier questions that hold it.

    Args:
        ask: starts a run over the active raster; called on the main thread.
    """

    def __init__(self, ask: Callable[[str], None]) -> None:
        super().__init__()
        self._ask = ask
        self._history: tuple[str, ...] = ()

    def clone(self) -> AskFilter:
        """Return a copy for the search thread."""
        return AskFilter(self._ask)

    def name(self) -> str:
        """Internal name."""
        return "remotezero_ask"

    def displayName(self) -> str:
        """Name in the locator's options."""
        return tr("Ask RemoteZero")

    def prefix(self) -> str:
        """What is typed in front of a question."""
        return PREFIX

    def flags(self) -> QgsLocatorFilter.Flags:
        """Fast: nothing is looked up anywhere."""
        return QgsLocatorFilter.Flag.FlagFast

    def prepare(self, text: str, context: QgsLocatorContext) -> list[str]:
        """Read the history (main thread)."""
        self._history = load_settings().history
        return []

    def fetchResults(self, text: str, context: QgsLocatorContext, feedback: QgsFeedback) -> None:
        """Offer the question as typed, then earlier ones (search thread)."""
        typed = text.strip()
        if not context.usingPrefix and len(typed) < SHORTEST:
            return
        earlier = [query for query in self._history if typed.lower() in query.lower() and query != typed]
        for place, query in enumerate(([typed] if typed else []) + earlier[:SHOWN_HISTORY]):
            result = QgsLocatorResult(self, query, query)
            result.description = tr("Ask over the active raster")
            result.icon = QIcon(str(resource_path("icons/remotezero.svg")))
            result.score = 1.0 - place * 0.1
            self.resultFetched.emit(result)

    def triggerResult(self, result: QgsLocatorResult) -> None:
        """Start the run (main thread)."""
        self._ask(result.userData if isinstance(result.userData, str) else result.displayString)


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
