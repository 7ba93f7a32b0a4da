"""The GeoPackage that a project's runs are kept in: where it is, and how a run is written to it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PurePath

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsMapLayer,
    QgsMessageLog,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ..errors import EngineError
from ..i18n import tr
from .detections import Detection, columns_of, fields, geometry_type, to_features

# The main thread gets its turn between two steps.
ROWS_A_STEP = 500
UNSAVED = "unsaved_"


class ResultsFileError(EngineError, OSError):
    """The GeoPackage of the project can't be written."""


def results_path(project_file: str, home: Path, session: str) -> Path:
    """Return the project's GeoPackage: beside the project, else in the user's data folder.

    Args:
        project_file: ``QgsProject.fileName()``; "" for a project that was never saved.
        home: the data folder.
        session: names the file of an unsaved project, so that two of them don't share one.
    """
    project = Path(project_file)
    if not project_file:
        return home / "results" / f"{UNSAVED}{session}.gpkg"
    if project.is_file() and os.access(project.parent, os.W_OK):
        return project.with_name(f"{project.stem}_remotezero.gpkg")
    digest = hashlib.sha256(project_file.encode()).hexdigest()[:8]
    return home / "results" / f"{slug(project.stem)}_{digest}.gpkg"


def is_of_unsaved(path: Path, home: Path) -> bool:
    """Say whether a file was made for a project that had never been saved."""
    return path.parent == home / "results" and path.name.startswith(UNSAVED)


def table_name(query: str, job_id: str) -> str:
    """Return a table name that a person recognises and that no other job has."""
    return f"{slug(query)}_{slug(job_id)[-12:]}"


def free_table(path: Path, table: str) -> str:
    """Return ``table``, or with a number behind it where the file has one of that name already.

    A table that a map shows must not be replaced under its feet.
    """
    taken = _tables(path)
    names = (table, *(f"{table}_{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def verdicts(path: Path, table: str) -> dict[str, str]:
    """Return the user's verdicts, by detection id, of every earlier writing of a run; for a worker thread."""
    found: dict[str, str] = {}
    for name in sorted(_tables(path)):
        if re.fullmatch(re.escape(table) + r"(_\d+)?", name):
            with contextlib.closing(_open(path)) as database:
                # The name matches a slug, so it needs no quotes.
                rows = database.execute(" ".join(("SELECT id, verdict FROM", name, "WHERE verdict <> ''")))
                found.update(rows.fetchall())
    return found


def quoted(name: str) -> str:
    """Return a table's or column's name as SQL has it."""
    return '"{}"'.format(name.replace('"', '""'))


def table_of(layer: QgsMapLayer) -> tuple[Path, str] | None:
    """Return the file and the table that a layer shows, None when it is of another kind."""
    if layer.providerType() != "ogr":
        return None
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path, table = parts.get("path"), parts.get("layerName")
    return (Path(path), str(table)) if path and table else None


def shown_tables() -> set[tuple[Path, str]]:
    """Return file and table of every layer of the project; main thread."""
    found = map(table_of, QgsProject.instance().mapLayers().values())
    return {table for table in found if table is not None}


def copy_table(source: Path, table: str, target: Path, context: QgsCoordinateTransformContext) -> str:
    """Copy a table with all its columns into another GeoPackage and return its name there; worker thread.

    Raises:
        ResultsFileError: the table can't be read, or the file can't be written.
    """
    layer = QgsVectorLayer(f"{source}|layername={table}", table, "ogr")
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", free_table(target, table)
    options.actionOnExistingFile = action_on(target)
    code, message = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(target), context, options)[:2]
    if not layer.isValid() or code != QgsVectorFileWriter.WriterError.NoError:
        QgsMessageLog.logMessage(str(message), "RemoteZero", Qgis.MessageLevel.Warning)
        raise ResultsFileError(
            tr("The results can't be copied to {path}. They stay in {source}, and nothing is lost.").format(
                path=str(target), source=str(source)
            )
        )
    return options.layerName


def action_on(path: Path) -> QgsVectorFileWriter.ActionOnExistingFile:
    """Return how to add a table to a file, or make the file."""
    action = QgsVectorFileWriter.ActionOnExistingFile
    return action.CreateOrOverwriteLayer if path.exists() else action.CreateOrOverwriteFile


def drop_table(path: Path, table: str) -> None:
    """Delete a table that nothing shows any more; for a worker thread."""
    metadata = QgsProviderRegistry.instance().providerMetadata("ogr")
    metadata.createConnection(str(path), {}).dropVectorTable("", table)


def _tables(path: Path) -> set[str]:
    if not path.exists():
        return set()
    with contextlib.closing(_open(path)) as database:
        return {name for (name,) in database.execute("SELECT table_name FROM gpkg_contents")}


def _open(path: Path) -> sqlite3.Connection:
    """Open for reading; unlike QGIS's own classes, sqlite3 lets the main thread work meanwhile."""
    return sqlite3.connect(f"{sqlite_uri(path)}?mode=ro", uri=True, timeout=10.0)


def sqlite_uri(path: PurePath) -> str:
    """Return the path as SQLite reads it: a network share's host is no authority there."""
    return re.sub(r"^file://(?=[^/])", "file:////", path.as_uri())


def slug(text: str) -> str:
    """Return letters, digits and underscores only, at most 32 of them, never empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:32] or "run"


def write_table(
    path: Path,
    table: str,
    detections: Sequence[Detection],
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> None:
    """Write one run as one table, replacing the table of that name; for a worker thread.

    Raises:
        ResultsFileError: the file can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = table
    options.actionOnExistingFile = action_on(path)
    columns = columns_of(detections)
    writer = QgsVectorFileWriter.create(
        str(path), fields(columns), geometry_type(detections), crs, context, options
    )
    if writer.hasError() == QgsVectorFileWriter.WriterError.NoError:
        for first in range(0, len(detections), ROWS_A_STEP):
            writer.addFeatures(to_features(detections[first : first + ROWS_A_STEP], columns))
        writer.flushBuffer()
    failed, message = writer.hasError() != QgsVectorFileWriter.WriterError.NoError, writer.errorMessage()
    del writer
    if failed:
        QgsMessageLog.logMessage(message, "RemoteZero", Qgis.MessageLevel.Warning)
        raise ResultsFileError(
            tr(
                "The results can't be written to {path}. They are safe in the engine: free some space "
                "or save the project elsewhere, then load them from “Earlier runs”."
            ).format(path=str(path))
        )
