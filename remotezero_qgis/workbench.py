"""The panel with all that serves it, made and taken down as one."""

from __future__ import annotations

from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from .compat import QAction
from .connection.process import Launch, launch_from_settings
from .connection.server_keys import known_key
from .connection.session import Presence, Session
from .dock import Dock
from .find.beginning import Beginning
from .find.controller import FindController
from .find.earlier_runs import EarlierRuns
from .find.export import Exports
from .find.keeping import Keeping
from .find.preset_menu import PresetMenu
from .find.review import Review
from .find.runs import FindRuns
from .improve.catalogue import Catalogue
from .improve.controller import ImproveController
from .improve.page import ImprovePage
from .layers.marks import AreaMark, MapView
from .settings import load_settings
from .setup.widget import SetupWidget


class Panel(QObject):
    """The dock and all that serves it; lives from the first opening to the unloading of the plugin.

    Signals:
        engine_changed(): the set-up page installed or removed an engine.
        models_page_wanted(): the user wants another model.
    """

    engine_changed = pyqtSignal()
    models_page_wanted = pyqtSignal()

    def __init__(self, iface: QgisInterface, action: QAction) -> None:
        super().__init__(iface.mainWindow())
        self._iface = iface
        canvas = iface.mapCanvas()
        self.session = Session(self.launch, self)
        self.presence = Presence(self.session, self)
        self.runs = FindRuns(self.session, self)
        page = ImprovePage()
        self.dock = Dock(self._make_setup, page)
        self.view, self._mark = MapView(canvas), AreaMark(canvas)
        self.beginning = Beginning(iface, self.dock, lambda: self.find.run(), self)
        self.review = Review(self.dock.results, self.view, self._mark, self.session, self)
        self.find = FindController(self.dock, canvas, self.view, self.runs, self.review, self.session, self)
        self.earlier = EarlierRuns(iface, self.dock, self.find, self.review, self.view, self.session, self)
        self.presets = PresetMenu(self.dock, self.find, self.session, self)
        self.exports = Exports(self.dock, self.review, self.session, self)
        self.keeping = Keeping(self.dock, self.find, self.runs, self.review, self.session, self)
        self.improve = ImproveController(page, canvas, self.view, self.session, self)
        self.catalogue = Catalogue(page, self.improve, self.session, self)
        self._connect_improve()
        self.dock.scope.model_note.models_page_wanted.connect(self.models_page_wanted)
        self.dock.scope.server_forgotten.connect(self._forget_server)
        page.form.verifier.forgotten.connect(self._forget_server)
        iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.setToggleVisibilityAction(action)
        iface.currentLayerChanged.connect(self.find.set_active_layer)
        iface.currentLayerChanged.connect(self.improve.set_active_layer)
        for part in (self.find, self.improve):
            part.set_active_layer(iface.activeLayer())
        self.runs.began.connect(self.presence.register)
        self.presence.start()

    def _connect_improve(self) -> None:
        dock, improve, catalogue = self.dock, self.improve, self.catalogue
        dock.improve_shown.connect(improve.show_rectangle)
        dock.improve_shown.connect(self._improve_shown)
        dock.shown.connect(catalogue.refresh)
        catalogue.models_came.connect(dock.scope.set_models)
        improve.began.connect(self.presence.register)
        improve.began.connect(lambda: dock.show_learning(True))
        improve.ended.connect(lambda _: dock.show_learning(False))

    def _improve_shown(self, in_front: bool) -> None:
        if in_front and not self.dock.in_setup:
            self.catalogue.refresh(start=True)

    def _forget_server(self, address: str) -> None:
        """Take a server out of both lists, and its key out of the engine's memory."""
        self.dock.scope.drop_server(address)
        self.dock.improve.form.verifier.drop(address)
        if not known_key(address):
            self.session.ask(lambda client: client.forget_server_key(address), lambda _: None, start=False)

    def launch(self) -> Launch:
        """Return how to come by an engine, as the settings say now."""
        return launch_from_settings(load_settings())

    def close(self) -> None:
        """Take the panel out of QGIS; a run that goes on is left to the engine."""
        self._iface.currentLayerChanged.disconnect(self.find.set_active_layer)
        self._iface.currentLayerChanged.disconnect(self.improve.set_active_layer)
        self.runs.close()
        self.exports.close()
        self.improve.close()
        self.catalogue.close()
        self.keeping.close()
        self.review.close()
        self.find.close()
        self._mark.close()
        self.presence.stop()
        self.session.close()
        self._iface.removeDockWidget(self.dock)
        self.dock.deleteLater()
        self.deleteLater()

    def _make_setup(self, parent: QWidget) -> QWidget:
        setup = SetupWidget(parent, first_run=True)
        setup.changed.connect(self.engine_changed)
        self.beginning.serve(setup.steps)
        return setup
