"""The plugin: what it adds to QGIS, and takes away again."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsMapLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtWidgets import QAction, QWidget

from .asking import Asking
from .background import Background
from .dock import Dock
from .earlier_runs import EarlierRuns
from .engine_process import Launch, launch_from_settings
from .i18n import install_translator, remove_translator, tr
from .judging import Judging
from .locator import AskFilter
from .menu import LayerMenuEntry
from .panel.look import icon
from .presence import Presence
from .processing.provider import RemoteZeroProvider
from .runs import Runs
from .settings import load_settings
from .setup.page import SetupPageFactory
from .setup.widget import SetupWidget

MENU = "RemoteZero"


class Plugin:
    """Registered by QGIS; the panel is made when it is first opened."""

    def __init__(self, iface: QgisInterface) -> None:
        self._iface = iface
        self.panel: Panel | None = None

    def initGui(self) -> None:
        """Add the action, the Processing provider, the locator filter, the layer menu and the options page."""
        self._translator = install_translator()
        self.action = QAction(icon("remotezero"), tr("RemoteZero panel"), self._iface.mainWindow())
        self.action.setObjectName("RemoteZeroPanel")
        self.action.setCheckable(True)
        self.action.setToolTip(tr("Find things in imagery by describing them"))
        self.action.triggered.connect(self._toggle)
        self._iface.addToolBarIcon(self.action)
        self._iface.addPluginToMenu(MENU, self.action)
        self._iface.addPluginToRasterMenu(MENU, self.action)
        self._provider = RemoteZeroProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)
        self._locator = AskFilter(self.ask)
        self._iface.registerLocatorFilter(self._locator)
        self._entry = LayerMenuEntry(self._iface, self.open_for)
        self._page = SetupPageFactory()
        self._iface.registerOptionsWidgetFactory(self._page)

    def initProcessing(self) -> None:
        """Add the provider alone, as ``qgis_process`` wants it."""
        self._provider = RemoteZeroProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def unload(self) -> None:
        """Undo everything :meth:`initGui` did."""
        if self.panel is not None:
            self.panel.close()
            self.panel = None
        self._iface.unregisterOptionsWidgetFactory(self._page)
        self._entry.remove()
        self._iface.deregisterLocatorFilter(self._locator)
        QgsApplication.processingRegistry().removeProvider(self._provider)
        self._iface.removePluginRasterMenu(MENU, self.action)
        self._iface.removePluginMenu(MENU, self.action)
        self._iface.removeToolBarIcon(self.action)
        self.action.deleteLater()
        remove_translator(self._translator)

    def open(self) -> Panel:
        """Show the panel, making it first if need be."""
        if self.panel is None:
            self.panel = Panel(self._iface, self._provider, self.action)
        self.panel.dock.setUserVisible(True)
        return self.panel

    def ask(self, question: str) -> None:
        """Open the panel and ask a question over the active raster."""
        panel = self.open()
        panel.dock.question.setEditText(question)
        panel.asking.run()

    def open_for(self, layer: QgsMapLayer) -> None:
        """Open the panel with a raster chosen."""
        panel = self.open()
        panel.dock.scope.choose_raster(layer)
        panel.dock.question.setFocus()

    def _toggle(self, wanted: bool) -> None:
        if wanted:
            self.open()
        elif self.panel is not None:
            self.panel.dock.setUserVisible(False)


class Panel(QObject):
    """The dock and all that serves it; lives from the first opening to the unloading of the plugin."""

    def __init__(self, iface: QgisInterface, provider: RemoteZeroProvider, action: QAction) -> None:
        super().__init__(iface.mainWindow())
        self._iface = iface
        self._provider = provider
        canvas = iface.mapCanvas()
        self.background = Background(self)
        self.presence = Presence(self.background, self.launch, self)
        self.runs = Runs(self)
        self.dock = Dock(self._make_setup)
        self.judging = Judging(self.dock.results, canvas, self.background, self.launch, self)
        self.asking = Asking(self.dock, canvas, self.runs, self.judging, self.background, self.launch, self)
        self.earlier = EarlierRuns(
            iface, self.dock, self.asking, self.judging, self.background, self.launch, self
        )
        iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.setToggleVisibilityAction(action)
        iface.currentLayerChanged.connect(self.asking.set_active_layer)
        self.asking.set_active_layer(iface.activeLayer())
        self.runs.began.connect(self.presence.tell)
        self.presence.start()

    def launch(self) -> Launch:
        """Return how to come by an engine, as the settings say now."""
        return launch_from_settings(load_settings())

    def close(self) -> None:
        """Take the panel out of QGIS; a run that goes on is left to the engine."""
        self._iface.currentLayerChanged.disconnect(self.asking.set_active_layer)
        self.runs.close()
        self.judging.close()
        self.asking.close()
        self.presence.stop()
        self.background.close()
        self._iface.removeDockWidget(self.dock)
        self.dock.deleteLater()
        self.deleteLater()

    def _make_setup(self, parent: QWidget) -> QWidget:
        setup = SetupWidget(parent)
        setup.changed.connect(self._engine_changed)
        return setup

    def _engine_changed(self) -> None:
        self._provider.engine_changed()
        self.asking.refresh_setup()
