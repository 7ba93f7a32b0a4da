"""The earlier raster that a search is compared with: a button that asks for it, and a row that is there only then."""

from __future__ import annotations

from qgis.core import QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QHBoxLayout, QToolButton, QWidget

from ..compat import RASTER_FILTER
from ..i18n import tr
from ..look import icon, let_shrink


class CompareChoice(QWidget):
    """Which raster is the earlier one, and how far apart one object may lie on the two.

    Attributes:
        button: shows and hides the choice; it stands beside the raster.

    Signals:
        changed(): another raster, or none, is to be compared with.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton()
        self.button.setIcon(icon("compare"))
        self.button.setCheckable(True)
        self.button.setToolTip(tr("Compare with an earlier raster: what is new, what is gone, what stayed"))
        self.button.setAccessibleName(tr("Compare with an earlier raster"))
        self._rasters = QgsMapLayerComboBox()
        self._rasters.setFilters(RASTER_FILTER)
        self._rasters.setAllowEmptyLayer(True, tr("the earlier raster"))
        self._rasters.setAccessibleName(tr("The earlier raster"))
        self._rasters.setToolTip(tr("The raster of the earlier date, of the same place"))
        let_shrink(self._rasters)
        self._tolerance = QDoubleSpinBox()
        self._tolerance.setRange(0.0, 10000.0)
        self._tolerance.setDecimals(1)
        self._tolerance.setSpecialValueText(tr("± automatic"))
        self._tolerance.setPrefix("± ")
        self._tolerance.setSuffix(tr(" m"))
        self._tolerance.setToolTip(
            tr("How far apart one object may lie on the two rasters. Automatic: 5 m, or two pixels.")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._rasters, 3)
        row.addWidget(self._tolerance, 2)
        self._rasters.setCurrentIndex(0)
        self.button.toggled.connect(lambda _: self.changed.emit())
        self._rasters.layerChanged.connect(lambda _: self.changed.emit())

    @property
    def wanted(self) -> bool:
        """Whether two dates are to be compared."""
        return self.button.isChecked()

    @property
    def raster(self) -> QgsRasterLayer | None:
        """The earlier raster, None while none is chosen."""
        return self._rasters.currentLayer() if self.wanted else None

    @property
    def tolerance_m(self) -> float:
        """How far apart one object may lie, 0 for the engine's choice."""
        return self._tolerance.value()

    def choose(self, raster: QgsRasterLayer | None, tolerance_m: float = 0.0) -> None:
        """Compare with a raster; None compares with none."""
        self._rasters.setLayer(raster)
        self._tolerance.setValue(tolerance_m)
        self.button.setChecked(raster is not None)

    def leave_out(self, raster: QgsRasterLayer | None) -> None:
        """Offer all rasters but one, which is the later one."""
        self._rasters.setExceptedLayerList([raster] if raster is not None else [])
