"""Something to search in: the two ways to a raster that stand on the first pages."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ..i18n import tr
from ..look import icon, unit


class FirstSteps(QWidget):
    """Two buttons.

    Signals:
        sample_wanted(): the sample should be loaded and asked about.
        raster_wanted(): the user wants to choose a raster file.
    """

    sample_wanted = pyqtSignal()
    raster_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sample = QPushButton(icon("locate"), tr("Load the sample"))
        self.sample.setToolTip(tr("A drawn harbour, with a question that is asked at once"))
        self.sample.clicked.connect(self.sample_wanted)
        self.raster = QPushButton(icon("/mActionAddRasterLayer.svg"), tr("Add a raster…"))
        self.raster.setToolTip(tr("Choose an aerial or satellite image on this computer"))
        self.raster.clicked.connect(self.raster_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(unit(self) // 3)
        for button in (self.sample, self.raster):
            layout.addWidget(button)
