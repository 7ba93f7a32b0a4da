"""What became of each raster of a run over many: rows of a table without geometry beside the boxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFields,
    QgsVectorFileWriter,
)

from ..compat import NO_GEOMETRY, integer_field, text_field
from ..i18n import tr
from ..layers.results_file import ResultsFileError, action_on


@dataclass(frozen=True)
class RasterRow:
    """One raster.

    Attributes:
        source: as the engine opens it.
        state: ``done``, ``failed``, ``beside`` the place that was searched, or that it was cancelled.
        boxes: found in it.
        reason: why it could not be searched, or what else should be known of it.
        job: the engine's job, "" where there is none.
    """

    source: str
    state: str
    boxes: int = 0
    reason: str = ""
    job: str = ""


def raster_fields() -> QgsFields:
    """Return the columns."""
    columns = QgsFields()
    for field in (text_field("raster"), text_field("state"), integer_field("boxes"), text_field("reason")):
        columns.append(field)
    columns.append(text_field("source"))
    columns.append(text_field("job"))
    return columns


def raster_feature(row: RasterRow) -> QgsFeature:
    """Return a row as a feature with those columns."""
    feature = QgsFeature(raster_fields())
    name = PurePath(row.source).name or row.source
    feature.setAttributes([name, row.state, row.boxes, row.reason, row.source, row.job])
    return feature


def write_rasters(
    path: Path, table: str, rows: Iterable[RasterRow], context: QgsCoordinateTransformContext
) -> None:
    """Write the rows as a table of a GeoPackage; for a worker thread.

    Raises:
        ResultsFileError: the file can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", table
    options.actionOnExistingFile = action_on(path)
    writer = QgsVectorFileWriter.create(
        str(path), raster_fields(), NO_GEOMETRY, QgsCoordinateReferenceSystem(), context, options
    )
    fine = QgsVectorFileWriter.WriterError.NoError
    if writer.hasError() == fine:
        writer.addFeatures([raster_feature(row) for row in rows])
        writer.flushBuffer()
    failed = writer.hasError() != fine
    del writer
    if failed:
        message = tr("The list of rasters can't be written to {path}. Free some space, then start again.")
        raise ResultsFileError(message.format(path=path))
