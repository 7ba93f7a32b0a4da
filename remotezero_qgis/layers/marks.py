"""What the panel puts on the map canvas: the drawn rectangle, the searched area, and the view of a chosen box."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas, QgsMapTool, QgsMapToolExtent, QgsRubberBand
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent

from ..compat import POLYGON_GEOMETRY
from ..look import ACCENT, FLASH

SURROUNDINGS, ROUND_ALL = 5.0, 1.1
SAME_PLACE = 1e-6
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
        self._tool = _RectangleTool(canvas)
        self._tool.extentChanged.connect(self._take)
        self._tool.left.connect(self.leave)
        self._before: QgsMapTool | None = None
        self._band = _outline(canvas, Qt.PenStyle.DashLine)

    def draw(self) -> None:
        """Let the user draw; the map tool used before comes back afterwards."""
        if not self.drawing:
            self._before = self._canvas.mapTool()
        self._canvas.setMapTool(self._tool)

    @property
    def drawing(self) -> bool:
        """True while the user's clicks on the map draw a rectangle."""
        return self._canvas.mapTool() is self._tool

    def leave(self) -> None:
        """Draw no more: the map tool used before is back."""
        if not self.drawing:
            return
        self._tool.clearRubberBand()
        if self._before is None or sip.isdeleted(self._before):
            self._canvas.unsetMapTool(self._tool)
        else:
            self._canvas.setMapTool(self._before)
        self._before = None

    def forget(self) -> None:
        """Have no rectangle, as before the first."""
        self.rectangle, self.crs = QgsRectangle(), QgsCoordinateReferenceSystem()
        self._band.reset(POLYGON_GEOMETRY)

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
        self.leave()
        self._tool.deleteLater()
        self._canvas.scene().removeItem(self._band)

    def _take(self, rectangle: QgsRectangle) -> None:
        if rectangle.isEmpty():
            return
        self._tool.clearRubberBand()
        self.set_rectangle(rectangle, self._canvas.mapSettings().destinationCrs())
        self.leave()


class _RectangleTool(QgsMapToolExtent):
    """QGIS's own tool, which Esc leaves."""

    left = pyqtSignal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.left.emit()
            return
        super().keyPressEvent(event)


class AreaMark:
    """The outline of what a run searched."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._band = _outline(canvas, Qt.PenStyle.DotLine)

    @property
    def geometry(self) -> QgsGeometry:
        """What is outlined, in the map's CRS; empty when nothing is."""
        return self._band.asGeometry() if self._band.size() else QgsGeometry()

    def show(self, area: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> None:
        """Outline an area given in ``crs``; an empty one takes the outline away."""
        self._band.reset(POLYGON_GEOMETRY)
        if not area.isEmpty():
            self._band.setToGeometry(area, crs)

    def close(self) -> None:
        """Take it off the canvas."""
        self._canvas.scene().removeItem(self._band)


class MapView:
    """The map's view as the user chose it: where the panel has zoomed to a box, it is the one from before."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self.canvas = canvas
        self._users = QgsRectangle()
        self._panels = QgsRectangle()
        self._size = QSize()
        self._zooming = False

    @property
    def zoomed(self) -> bool:
        """True while the map shows what the panel zoomed to, and the user has not moved it since."""
        now = self.canvas.extent()
        if self._zooming:
            return True
        if self._panels.isEmpty() or now.isEmpty():
            return False
        step = max(self._panels.width(), self._panels.height()) * SAME_PLACE
        if self._panels.center().distance(now.center()) > step:
            return False
        # A window that changes its size changes the extent, and the user has not moved the map.
        return abs(now.width() - self._panels.width()) <= step or self._size != self.canvas.size()

    def settings(self) -> QgsMapSettings:
        """Return the map's settings with the user's view."""
        settings = QgsMapSettings(self.canvas.mapSettings())
        if self.zoomed:
            settings.setExtent(self._users)
        return settings

    def zoom(self, extent: QgsRectangle) -> None:
        """Show an extent, in the map's CRS, without taking it for the user's view."""
        if not self.zoomed:
            self._users = self.canvas.extent()
        # Who hears of the new extent while it is being set asks whose it is.
        self._zooming = True
        self.canvas.setExtent(extent)
        self._zooming = False
        self._panels, self._size = self.canvas.extent(), self.canvas.size()
        self.canvas.refresh()

    def show_box(self, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> None:
        """Show a box with its surroundings and flash it; without a way to the map's CRS only flash."""
        extent = self._on_map(geometry.boundingBox(), crs)
        if not extent.isEmpty():
            extent.scale(SURROUNDINGS)
            self.zoom(extent)
        self.flash(geometry, crs)

    def flash(self, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> None:
        """Flash a box where the map shows it, and leave the map where it is."""
        start, end = QColor(FLASH), QColor(FLASH)
        end.setAlpha(0)
        self.canvas.flashGeometries([geometry], crs, start, end, FLASHES, FLASH_MS)

    def show_boxes(self, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
        """Show all of an extent."""
        whole = self._on_map(extent, crs)
        if not whole.isEmpty():
            whole.scale(ROUND_ALL)
            self.zoom(whole)

    def _on_map(self, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
        settings = self.canvas.mapSettings()
        transform = QgsCoordinateTransform(crs, settings.destinationCrs(), QgsProject.instance())
        try:
            return transform.transformBoundingBox(extent)
        except QgsCsException:
            return QgsRectangle()


def _outline(canvas: QgsMapCanvas, style: Qt.PenStyle) -> QgsRubberBand:
    band = QgsRubberBand(canvas, POLYGON_GEOMETRY)
    band.setStrokeColor(QColor(ACCENT))
    band.setFillColor(QColor(0, 0, 0, 0))
    band.setWidth(2)
    band.setLineStyle(style)
    return band
