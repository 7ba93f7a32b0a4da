"""The few names that differ between QGIS 3.22 and 4.x (and between Qt 5 and Qt 6)."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsField,
    QgsMapLayerProxyModel,
    QgsRasterFileWriter,
    QgsRasterRenderer,
    QgsTask,
    QgsWkbTypes,
)

try:
    from qgis.PyQt.QtGui import QAction, QShortcut, QUndoCommand, QUndoStack
except ImportError:  # Qt 5
    from qgis.PyQt.QtWidgets import QAction, QShortcut, QUndoCommand, QUndoStack

__all__ = [
    "MULTI_POLYGON",
    "NO_GEOMETRY",
    "POINT",
    "POINT_GEOMETRY",
    "POLYGON_GEOMETRY",
    "QGIS_VERSION",
    "RASTER_FILTER",
    "RASTER_LAYER",
    "RASTER_WRITTEN",
    "TASK_FLAGS",
    "VECTOR_LAYER",
    "WATCHING_FLAGS",
    "QAction",
    "QShortcut",
    "QUndoCommand",
    "QUndoStack",
    "flag_value",
    "input_band",
    "integer_field",
    "real_field",
    "text_field",
]

QGIS_VERSION = Qgis.QGIS_VERSION_INT

if QGIS_VERSION >= 33000:
    _LAYER = Qgis.LayerType
    RASTER_LAYER, VECTOR_LAYER = _LAYER.Raster, _LAYER.Vector
    POLYGON_GEOMETRY = Qgis.GeometryType.Polygon
    POINT_GEOMETRY = Qgis.GeometryType.Point
    MULTI_POLYGON, POINT, NO_GEOMETRY = Qgis.WkbType.MultiPolygon, Qgis.WkbType.Point, Qgis.WkbType.NoGeometry
else:
    from qgis.core import QgsMapLayerType

    RASTER_LAYER, VECTOR_LAYER = QgsMapLayerType.RasterLayer, QgsMapLayerType.VectorLayer
    POLYGON_GEOMETRY = QgsWkbTypes.GeometryType.PolygonGeometry
    POINT_GEOMETRY = QgsWkbTypes.GeometryType.PointGeometry
    MULTI_POLYGON, POINT = QgsWkbTypes.Type.MultiPolygon, QgsWkbTypes.Type.Point
    NO_GEOMETRY = QgsWkbTypes.Type.NoGeometry

if QGIS_VERSION >= 33400:
    RASTER_FILTER = Qgis.LayerFilter.RasterLayer
else:
    RASTER_FILTER = QgsMapLayerProxyModel.Filter.RasterLayer

if QGIS_VERSION >= 33800:
    from qgis.PyQt.QtCore import QMetaType

    _TEXT, _INTEGER, _REAL = QMetaType.Type.QString, QMetaType.Type.Int, QMetaType.Type.Double
else:
    from qgis.PyQt.QtCore import QVariant

    _TEXT, _INTEGER, _REAL = QVariant.Type.String, QVariant.Type.Int, QVariant.Type.Double

if hasattr(Qgis, "RasterFileWriterResult"):
    RASTER_WRITTEN = Qgis.RasterFileWriterResult.Success
else:
    RASTER_WRITTEN = QgsRasterFileWriter.WriterError.NoError

# The panel tells how a run ends; later versions can keep QGIS from telling it a second time.
TASK_FLAGS = QgsTask.Flag.CanCancel
if hasattr(QgsTask.Flag, "Silent"):
    TASK_FLAGS = TASK_FLAGS | QgsTask.Flag.Silent

# A task that only watches: closing QGIS need not ask about it, because what it watches goes on.
WATCHING_FLAGS = TASK_FLAGS
if hasattr(QgsTask.Flag, "Hidden"):
    # Not in place: PyQt 5 would change TASK_FLAGS as well, and hide what the user started.
    WATCHING_FLAGS = TASK_FLAGS | QgsTask.Flag.Hidden


def text_field(name: str) -> QgsField:
    """Return a text column."""
    return QgsField(name, _TEXT, "text")


def integer_field(name: str) -> QgsField:
    """Return a whole-number column."""
    return QgsField(name, _INTEGER, "integer")


def real_field(name: str) -> QgsField:
    """Return a floating-point column."""
    return QgsField(name, _REAL, "double")


def flag_value(flags: object) -> int:
    """Return Qt flags as the number that item models and painters want: PyQt 6's have it in ``value``."""
    return flags.value if hasattr(flags, "value") else int(flags)


def input_band(renderer: QgsRasterRenderer) -> int:
    """Return the band of a one-band renderer; each class had a name of its own for it before 3.38."""
    if hasattr(renderer, "inputBand"):
        return renderer.inputBand()
    return renderer.grayBand() if hasattr(renderer, "grayBand") else renderer.band()
