"""Rows for the clipboard: tab-separated text that a spreadsheet takes apart again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from qgis.PyQt.QtWidgets import QApplication

from ..connection.background import Background
from ..layers.detections import Detection, attributes, columns_of
from ..layers.result_rows import ResultRows

WKT_DIGITS = 8
# What a spreadsheet would take for a formula, coming from a model that may have read anything.
FORMULA = ("=", "+", "-", "@")


def copy_rows(
    background: Background, rows: ResultRows, places: Sequence[int], failed: Callable[[Exception], Any]
) -> None:
    """Put rows with all their columns on the clipboard, once they have been read in a worker thread."""
    if places:
        background.call(partial(_text_of, rows, places), QApplication.clipboard().setText, failed)


def as_table(boxes: Iterable[Detection]) -> str:
    """Return boxes as tab-separated lines with a header; ``wkt`` is the outline in the raster's CRS."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter="\t", lineterminator="\n")
    boxes = list(boxes)
    columns = columns_of(boxes)
    writer.writerow([*columns, "wkt"])
    for box in boxes:
        writer.writerow([*map(_cell, attributes(box, columns)), box.geometry.asWkt(WKT_DIGITS)])
    return file.getvalue()


def _text_of(rows: ResultRows, places: Sequence[int]) -> str:
    return as_table(rows.all_of(places))


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    return f"'{text}" if text.startswith(FORMULA) else text
