"""What an algorithm's output may replace: never a file that it reads, a package of others, or one in use."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from qgis.core import QgsMapLayer, QgsProcessingOutputLayerDefinition, QgsProviderRegistry

from ..i18n import tr

PACKAGE = ".gpkg"
_TABLE = re.compile(r"^ogr:dbname='(?P<path>[^']*)'.*?\btable=\"(?P<table>[^\"]*)\"")
WAIT_S = 2.0


def check_destination(destination: Any, read: list[QgsMapLayer | None]) -> None:
    """Check that writing an output destroys nothing but an earlier output.

    Args:
        destination: the value of an algorithm's sink parameter.
        read: the layers that the algorithm reads.

    Raises:
        ValueError: it would take the place of what is read, of other layers, or of what a program has open.
    """
    if isinstance(destination, QgsProcessingOutputLayerDefinition):
        destination = destination.sink.staticValue()
    text = destination if isinstance(destination, str) else ""
    into_table = _TABLE.match(text)
    path = Path(into_table["path"] if into_table else text)
    if text and path.suffix and path.parent.is_dir() and not os.access(path.parent, os.W_OK):
        raise ValueError(
            tr("Nothing can be written to {path}. Choose another output.").format(path=path.parent)
        )
    if not text or not path.is_file():
        return
    for layer in read:
        source, table = _place_of(layer)
        if not source or not os.path.exists(source) or not path.samefile(source):
            continue
        if into_table is None or table.casefold() == into_table["table"].casefold():
            raise ValueError(
                tr("{path} is what is being read, and would be lost. Choose another output.").format(
                    path=path
                )
            )
    if path.suffix.lower() == PACKAGE and into_table is None:
        _check_package(path)


def _check_package(path: Path) -> None:
    try:
        with closing(sqlite3.connect(str(path), timeout=WAIT_S, isolation_level=None)) as package:
            tables = [row[0] for row in package.execute("SELECT table_name FROM gpkg_contents")]
            if any(path.with_name(path.name + ending).exists() for ending in ("-wal", "-shm")):
                package.execute("PRAGMA journal_mode=DELETE")
            package.execute("BEGIN EXCLUSIVE")
            package.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        if "locked" not in str(error):
            return  # no package, or a damaged one: there is nothing in it to lose
        raise ValueError(
            tr(
                "{path} is open in QGIS or in another program. Remove its layers from the project, "
                "or choose another output."
            ).format(path=path)
        ) from error
    others = [table for table in tables if table.casefold() != path.stem.casefold()]
    if others:
        raise ValueError(
            tr(
                "{path} holds other layers ({layers}), which would be lost. Choose another output, or "
                "save to a GeoPackage, which adds a layer."
            ).format(path=path, layers=", ".join(others[:4]))
        )


def _place_of(layer: QgsMapLayer | None) -> tuple[str, str]:
    """The file that a layer is read from, and its table in there; empty where it is no file."""
    if layer is None or not layer.providerType():
        return "", ""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    return str(parts.get("path") or ""), str(parts.get("layerName") or parts.get("tableName") or "")
