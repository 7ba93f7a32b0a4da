"""The map tool that chooses result boxes by a click, whichever layer is the active one."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsVectorLayer
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapToolIdentify
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent


class PickTool(QObject):
    """Chooses features of one layer: a click takes the smallest box there, with Ctrl it is added or taken away.

    Args:
        canvas: the map.
        layer: returns the layer whose boxes are chosen, or None.
        wanted: says of a feature's id whether it comes before others at the same place.

    Signals:
        active_changed(bool): the tool was taken up or put away.
    """

    active_changed = pyqtSignal(bool)

    def __init__(
        self,
        canvas: QgsMapCanvas,
        layer: Callable[[], QgsVectorLayer | None],
        wanted: Callable[[int], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._canvas, self._layer, self._wanted = canvas, layer, wanted
        self._tool = _Clicks(canvas, self._clicked, lambda: self.set_active(False))
        self._before = None
        self._tool.activated.connect(lambda: self.active_changed.emit(True))
        self._tool.deactivated.connect(lambda: self.active_changed.emit(False))

    def set_active(self, active: bool) -> None:
        """Take the tool up, or put it away and give back the one before."""
        if active and self._canvas.mapTool() is not self._tool:
            self._before = self._canvas.mapTool()
            self._canvas.setMapTool(self._tool)
        elif not active and self._canvas.mapTool() is self._tool:
            if self._before is None or sip.isdeleted(self._before):
                self._canvas.unsetMapTool(self._tool)
            else:
                self._canvas.setMapTool(self._before)
            self._before = None

    def close(self) -> None:
        """Leave nothing of it on the canvas."""
        self._tool.activated.disconnect()
        self._tool.deactivated.disconnect()
        self.set_active(False)
        self._tool.deleteLater()

    def _clicked(self, event: QgsMapMouseEvent) -> None:
        layer = self._layer()
        if layer is None or event.button() != Qt.MouseButton.LeftButton:
            return
        position, mode = event.pos(), QgsMapToolIdentify.IdentifyMode.TopDownAll
        found = [hit.mFeature for hit in self._tool.identify(position.x(), position.y(), [layer], mode)]
        smallest = min(
            found,
            key=lambda feature: (not self._wanted(feature.id()), feature.geometry().area()),
            default=None,
        )
        adding = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if smallest is None:
            if not adding:
                layer.removeSelection()
        elif not adding:
            layer.selectByIds([smallest.id()])
        elif smallest.id() in layer.selectedFeatureIds():
            layer.deselect(smallest.id())
        else:
            layer.select(smallest.id())


class _Clicks(QgsMapToolIdentify):
    """Hands clicks on the map over; Esc leaves."""

    def __init__(
        self, canvas: QgsMapCanvas, clicked: Callable[[QgsMapMouseEvent], None], leave: Callable[[], None]
    ) -> None:
        super().__init__(canvas)
        self._do, self._leave = clicked, leave

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self._leave()
            return
        super().keyPressEvent(event)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Hand a click over."""
        self._do(event)
