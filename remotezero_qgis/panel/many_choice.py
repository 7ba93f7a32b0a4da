"""Many rasters in place of one: a button beside the list of rasters, and what was chosen with it."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from ..compat import QAction
from ..i18n import tr
from ..look import WrappingCheck, icon
from .class_sliders import ElidedLabel


class ManyButton(QToolButton):
    """Offers the ways to many rasters.

    Attributes:
        folder, files, items: actions.
        group: a menu, filled by whoever knows the project.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("…")
        self.setToolTip(tr("Search many rasters"))
        self.setAccessibleName(self.toolTip())
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.folder = QAction(icon("/mActionFileOpen.svg"), tr("All rasters of a folder…"), self)
        self.files = QAction(tr("Several files…"), self)
        self.items = QAction(tr("A STAC item collection…"), self)
        self.group = QMenu(tr("The rasters of a layer group"), menu)
        for action in (self.folder, self.files, self.items):
            menu.addAction(action)
        menu.addMenu(self.group)
        self.setMenu(menu)


class ManyChoice(QWidget):
    """Says which rasters were chosen, and has what is asked of them alone.

    Signals:
        dropped(): the user wants one raster again.
    """

    dropped = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ElidedLabel()
        drop = QToolButton()
        drop.setIcon(icon("/mIconClose.svg"))
        drop.setAutoRaise(True)
        drop.setToolTip(tr("Search one raster again"))
        drop.setAccessibleName(drop.toolTip())
        drop.clicked.connect(lambda _: self.dropped.emit())
        self.beside = WrappingCheck(tr("A file beside each raster, too"))
        self.beside.setToolTip(
            tr("Writes the boxes of each raster into NAME_remotezero.gpkg in the raster's own folder")
        )
        row = QHBoxLayout()
        row.addWidget(self._name, 1)
        row.addWidget(drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.beside)

    def show_rasters(self, title: str, count: int) -> None:
        """Show what was chosen."""
        self._name.show_text(tr("%n raster(s) of {title}", n=count).format(title=title))
