"""The plugin: what it adds to QGIS, and takes away again."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsMapLayer
from qgis.gui import QgisInterface

from .compat import QAction
from .entries import AskFilter, LayerMenuEntry
from .i18n import install_translator, remove_translator, tr
from .layers.sought import Sought
from .look import icon
from .processing.provider import RemoteZeroProvider
from .setup.page import PAGE, SetupPageFactory
from .workbench import Panel

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
        self.action.setObjectName("RemoteZeroPanelAction")
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
        self._page.changed.connect(self._engine_changed)
        self._iface.registerOptionsWidgetFactory(self._page)

    def initProcessing(self) -> None:
        """Add the provider alone, as ``qgis_process`` wants it; sentences with a number need their catalogue."""
        self._translator = install_translator()
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
            self.panel = Panel(self._iface, self.action)
            self.panel.engine_changed.connect(self._engine_changed)
            self.panel.models_page_wanted.connect(self._open_models)
        self.panel.dock.setUserVisible(True)
        return self.panel

    def ask(self, question: str) -> None:
        """Open the panel and ask a question over the active raster."""
        panel = self.open()
        panel.dock.question.setEditText(question)
        panel.find.run((Sought(" ".join(question.split())),) if question.strip() else ())

    def open_for(self, layer: QgsMapLayer) -> None:
        """Open the panel for a raster, the active one; it goes on following the active layer."""
        panel = self.open()
        panel.dock.scope.choose_raster(None)
        panel.find.set_active_layer(layer)
        panel.dock.question.setFocus()

    def _toggle(self, wanted: bool) -> None:
        if wanted:
            self.open()
        elif self.panel is not None:
            self.panel.dock.setUserVisible(False)

    def _engine_changed(self) -> None:
        """Take note that an engine was installed, removed, or is somewhere else now."""
        self._provider.engine_changed()
        if self.panel is not None:
            self.panel.find.refresh_setup()
            self.panel.catalogue.refresh()
            self.panel.beginning.engine_changed()

    def _open_models(self) -> None:
        """Open the options at the list of models."""
        self._page.models_first = True
        self._iface.showOptionsDialog(self._iface.mainWindow(), PAGE)
        self._page.models_first = False
