"""What the panel puts on the map canvas: the drawn rectangle, and the flash of a chosen box."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas, QgsMapToolExtent, QgsRubberBand
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

from ..compat import POLYGON_GEOMETRY
from ..look import ACCENT, FLASH

SURROUNDINGS = 5.0
FLASHES, FLASH_MS = 3, 250


class RectangleMark(QObject):
    """A rectangle that the user draws and that stays visible.

    Signals:
        drawn(): a rectangle was drawn.
    """

    drawn = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.rectangle = QgsRectangle()
        self.crs = QgsCoordinateReferenceSystem()
        self._tool = QgsMapToolExtent(canvas)
        self._tool.extentChanged.connect(self._take)
        self._before = None
        self._band = QgsRubberBand(canvas, POLYGON_GEOMETRY)
        self._band.setStrokeColor(QColor(ACCENT))
        self._band.setFillColor(QColor(0, 0, 0, 0))
        self._band.setWidth(2)
        self._band.setLineStyle(Qt.PenStyle.DashLine)

    def draw(self) -> None:
        """Let the user draw; the map tool used before comes back afterwards."""
        if self._canvas.mapTool() is not self._tool:
            self._before = self._canvas.mapTool()
        self._canvas.setMapTool(self._tool)

    def set_visible(self, visible: bool) -> None:
        """Show or hide the drawn rectangle."""
        self._band.setVisible(visible)

    def set_rectangle(self, rectangle: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
        """Take a rectangle in ``crs`` as if it were drawn."""
        self.rectangle, self.crs = QgsRectangle(rectangle), crs
        self._band.setToGeometry(QgsGeometry.fromRect(rectangle), crs)
        self.drawn.emit()

    def close(self) -> None:
        """Take everything off the canvas."""
        self._tool.extentChanged.disconnect(self._take)
        if self._canvas.mapTool() is self._tool:
            self._canvas.unsetMapTool(self._tool)
        self._tool.deleteLater()
        self._canvas.scene().removeItem(self._band)

    def _take(self, rectangle: QgsRectangle) -> None:
        if rectangle.isEmpty():
            return
        self._tool.clearRubberBand()
        self.set_rectangle(rectangle, self._canvas.mapSettings().destinationCrs())
        if self._before is not None:
            self._canvas.setMapTool(self._before)


def zoom_and_flash(canvas: QgsMapCanvas, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> None:
    """Show a box with its surroundings and flash it; without a way to the map's CRS only flash."""
    transform = QgsCoordinateTransform(crs, canvas.mapSettings().destinationCrs(), QgsProject.instance())
    try:
        extent = transform.transformBoundingBox(geometry.boundingBox())
    except QgsCsException:
        extent = QgsRectangle()
    if not extent.isEmpty():
        extent.scale(SURROUNDINGS)
        canvas.setExtent(extent)
        canvas.refresh()
    flash(canvas, geometry, crs)


def flash(canvas: QgsMapCanvas, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> None:
    """Flash a box where the map shows it, and leave the map where it is."""
    start, end = QColor(FLASH), QColor(FLASH)
    end.setAlpha(0)
    canvas.flashGeometries([geometry], crs, start, end, FLASHES, FLASH_MS)
