"""RemoteZero's page in QGIS's options: engine, models, another computer."""

from __future__ import annotations

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ..files import resource_path
from ..i18n import tr
from ..look import FittingTabs, scrolled
from ..manual import MODELS, SERVERS, SET_UP, Help
from .going import Going
from .models_box import ModelsBox
from .remote_box import RemoteBox
from .widget import SetupWidget

PAGE = "RemoteZero"
"""By this name QGIS opens the page."""


class SetupPageFactory(QgsOptionsWidgetFactory):
    """Makes the page when the options dialog opens.

    Attributes:
        models_first: the next page opens at its list of models.

    Signals:
        changed(): engine or models changed on a page.
    """

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(PAGE)
        self.models_first = False
        self._setting_up, self._bringing = Going(), Going()
        for going in (self._setting_up, self._bringing):
            going.over.connect(self.changed)

    def icon(self) -> QIcon:
        """The page's icon in the list."""
        return QIcon(str(resource_path("icons/remotezero.svg")))

    def createWidget(self, parent: QWidget | None) -> QgsOptionsPageWidget:
        """Return a new page."""
        page = SetupPage(parent, self._setting_up, self._bringing)
        page.setObjectName(PAGE)
        if self.models_first:
            page.show_models()
        for part in (page.setup, page.models, page.remote):
            part.changed.connect(self.changed)
        return page


class SetupPage(QgsOptionsPageWidget):
    """Three tabs; what is done on them counts at once, and goes on when the page is closed.

    Args:
        setting_up, bringing: what goes on with the engine and with models.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        setting_up: Going | None = None,
        bringing: Going | None = None,
    ) -> None:
        super().__init__(parent)
        self.setup, self.models = SetupWidget(going=setting_up), ModelsBox(going=bringing)
        self.remote = RemoteBox()
        self._tabs = tabs = FittingTabs()
        for widget, title in (
            (self.setup, tr("Engine")),
            (self.models, tr("Models")),
            (self.remote, tr("Another computer")),
        ):
            tabs.addTab(scrolled(widget), title)
        self.help = Help(self, lambda: (SET_UP, MODELS, SERVERS)[tabs.currentIndex()])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(tabs)
        layout.addWidget(self.help.button(), 0, Qt.AlignmentFlag.AlignRight)

    def show_models(self) -> None:
        """Turn to the list of models."""
        self._tabs.setCurrentIndex(1)

    def apply(self) -> None:
        """Nothing is left to do when the dialog is accepted: every change was stored when it was made."""

    def helpKey(self) -> str:
        """No page of QGIS's own manual belongs to this one."""
        return ""
