"""Layers that GDAL can't open, rendered to a temporary GeoTIFF for the engine.

:func:`plan_snapshot` looks at the layer on the main thread; :func:`write_snapshot` does the work in a task's thread.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsDataProvider,
    QgsDistanceArea,
    QgsPointXY,
    QgsProviderRegistry,
    QgsRasterBlockFeedback,
    QgsRasterFileWriter,
    QgsRasterLayer,
    QgsRasterPipe,
    QgsRectangle,
)

from ..compat import RASTER_WRITTEN
from ..errors import RunCancelledError, SnapshotError
from ..i18n import tr

MAX_PIXELS = 16384 * 16384
DEFAULT_PIXELS = 2048
BYTES_PER_PIXEL = 4
# The last of a rendering's bands says how opaque each pixel is; a blank one is seen at this many pixels a side.
RGBA, LOOK_PX = 4, 512
KEPT_S = 14 * 24 * 3600.0
GDAL_PROVIDER = "gdal"
# Files that GDAL keeps in this process's memory, where the engine can't reach them.
MEMORY_PREFIXES = ("/vsimem/", "MEM:", "<")


@dataclass(frozen=True)
class Snapshot:
    """A rendering still to be made.

    Attributes:
        pipe: the layer's provider, renderer and colour filters, cloned for another thread.
        extent: in the layer's CRS.
        width_px, height_px: size of the picture.
        path: where it goes.
    """

    pipe: QgsRasterPipe
    extent: QgsRectangle
    crs: QgsCoordinateReferenceSystem
    context: QgsCoordinateTransformContext
    width_px: int
    height_px: int
    path: Path


def needs_snapshot(layer: QgsRasterLayer) -> bool:
    """Say whether the engine can't open what the layer shows."""
    return layer.providerType() != GDAL_PROVIDER or source_of(layer).startswith(MEMORY_PREFIXES)


def source_of(layer: QgsRasterLayer) -> str:
    """Return the path or GDAL name that the engine opens, without the options QGIS adds behind ``|``."""
    return layer.dataProvider().dataSourceUri().split("|", 1)[0]


def units_per_metre(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> float:
    """Return map units per metre on the ground along the row through the extent's centre."""
    ruler = QgsDistanceArea()
    ruler.setSourceCrs(crs, QgsCoordinateTransformContext())
    ruler.setEllipsoid("EPSG:7030")
    centre = extent.center()
    step = max(extent.width() / 100, 1e-9)
    metres = ruler.measureLine(centre, QgsPointXY(centre.x() + step, centre.y()))
    return step / metres if metres > 0 else 1.0


def size_px(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem, gsd_m: float) -> tuple[int, int]:
    """Return width and height of a rendering at ``gsd_m``; 0 makes its longer side ``DEFAULT_PIXELS``."""
    if gsd_m > 0:
        unit = gsd_m * units_per_metre(extent, crs)
    else:
        unit = max(extent.width(), extent.height()) / DEFAULT_PIXELS
    return max(1, math.ceil(extent.width() / unit)), max(1, math.ceil(extent.height() / unit))


def measure_snapshot(
    layer: QgsRasterLayer, extent: QgsRectangle, gsd_m: float
) -> tuple[QgsRectangle, int, int]:
    """Return what a rendering of ``extent`` (layer CRS) would cover, and its width and height in pixels.

    Raises:
        SnapshotError: the picture would be larger than ``MAX_PIXELS``, or the extent is empty.
    """
    extent = extent.intersect(layer.extent()) if not layer.extent().isEmpty() else extent
    if extent.isEmpty() or not extent.isFinite():
        raise SnapshotError(
            tr("{layer} has nothing to render in the chosen area. Zoom in on the area first.").format(
                layer=layer.name()
            )
        )
    width_px, height_px = size_px(extent, layer.crs(), gsd_m)
    if width_px * height_px > MAX_PIXELS:
        raise SnapshotError(
            tr(
                "Rendering {layer} here at {gsd} m per pixel would take {width} × {height} pixels ({size} GB). "
                "Choose a smaller area or a coarser resolution."
            ).format(
                layer=layer.name(),
                gsd=f"{gsd_m:g}",
                width=width_px,
                height=height_px,
                size=f"{width_px * height_px * BYTES_PER_PIXEL / 1e9:.1f}",
            )
        )
    return extent, width_px, height_px


def plan_snapshot(
    layer: QgsRasterLayer,
    extent: QgsRectangle,
    gsd_m: float,
    folder: Path,
    name: str,
    context: QgsCoordinateTransformContext,
) -> Snapshot:
    """Copy what rendering ``extent`` (layer CRS) to ``folder/name.tif`` needs; main thread.

    Raises:
        SnapshotError: as :func:`measure_snapshot` does.
    """
    extent, width_px, height_px = measure_snapshot(layer, extent, gsd_m)
    pipe = QgsRasterPipe()
    parts = (layer.dataProvider(), layer.renderer(), layer.brightnessFilter(), layer.hueSaturationFilter())
    for part in parts:
        pipe.set(part.clone())
    return Snapshot(pipe, extent, layer.crs(), context, width_px, height_px, folder / f"{name}.tif")


def write_snapshot(snapshot: Snapshot, stop: Callable[[], bool], progress: Callable[[float], None]) -> Path:
    """Render to the GeoTIFF and return its path; for a worker thread.

    Raises:
        SnapshotError: the source or the disk refused.
        RunCancelledError: ``stop()`` became true.
    """
    snapshot.path.parent.mkdir(parents=True, exist_ok=True)
    _forget_old(snapshot.path.parent)
    feedback = QgsRasterBlockFeedback()

    def watch(percent: float) -> None:
        progress(percent)
        if stop():
            feedback.cancel()

    feedback.progressChanged.connect(watch)
    writer = QgsRasterFileWriter(str(snapshot.path))
    writer.setOutputFormat("GTiff")
    writer.setCreateOptions(["COMPRESS=DEFLATE", "TILED=YES", "BIGTIFF=IF_SAFER"])
    status = writer.writeRaster(
        snapshot.pipe,
        snapshot.width_px,
        snapshot.height_px,
        snapshot.extent,
        snapshot.crs,
        snapshot.context,
        feedback,
    )
    if stop():
        snapshot.path.unlink(missing_ok=True)
        raise RunCancelledError(tr("Cancelled."))
    problems = "; ".join(feedback.errors())
    if not problems and status == RASTER_WRITTEN and is_blank(snapshot.path):
        problems = tr("it came out empty: the service sent no picture of this area")
    if status != RASTER_WRITTEN or problems:
        snapshot.path.unlink(missing_ok=True)
        raise SnapshotError(
            tr(
                "The layer could not be rendered ({reason}). Check that it draws on the map, then try again."
            ).format(reason=problems or tr("error {status}").format(status=status))
        )
    return snapshot.path


def is_blank(path: Path) -> bool:
    """Say whether a rendering is transparent everywhere, which is all that QGIS tells of a service's failure."""
    provider = QgsProviderRegistry.instance().createProvider(
        GDAL_PROVIDER, str(path), QgsDataProvider.ProviderOptions()
    )
    if provider is None or provider.bandCount() != RGBA:
        return False
    side_px = (min(provider.xSize(), LOOK_PX), min(provider.ySize(), LOOK_PX))
    # Named, because its data are gone as soon as the block itself is.
    block = provider.block(RGBA, provider.extent(), *side_px)
    return not any(bytes(block.data()))


def _forget_old(folder: Path) -> None:
    """Delete renderings that no run is likely to need again."""
    for path in folder.glob("*.tif*"):
        if time.time() - path.stat().st_mtime > KEPT_S:
            path.unlink(missing_ok=True)
