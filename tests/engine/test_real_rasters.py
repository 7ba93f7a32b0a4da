"""Every file of the shared data ends in chips or in one clear sentence; docs/rasters.md is the table.

Run with ``REMOTEZERO_WRITE_DOCS=1`` to write the table anew; otherwise it is compared.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError, RasterReadError
from engine.imagery.dateline import extent_of
from engine.imagery.raster import Raster, open_raster
from engine.imagery.shapes import shape_of
from engine.imagery.tone import flat_tone
from engine.imagery.vectors import read_polygons
from engine.imagery.windows import plan_windows
from engine.types import Chip, Window

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
RASTERS, CASES = SHARED / "data" / "rasters", SHARED / "cases"
DOCUMENT = ROOT / "docs" / "rasters.md"
BEGIN, END = "<!-- made by tests/engine/test_real_rasters.py -->\n", "<!-- end -->\n"
CASES_BEGIN = "<!-- cases, made by tests/engine/test_real_rasters.py -->\n"
HEAD = "| file | shown | stretch | pixel | windows | what there is to know |\n|---|---|---|---|---|---|\n"
READ_AT_MOST = 40

FILES = sorted(path for path in RASTERS.glob("*") if path.suffix in (".tif", ".vrt", ".jp2", ".jpg"))
CASE_NAMES = (
    "alpha-and-nodata",
    "degenerate-transform",
    "geojson-crs",
    "local-crs",
    "palette-no-table",
    "pole-gsd",
    "special",
    "u8-scale",
    "verify-dateline",
    "vrt-missing-tile",
)
CASE_FILES = sorted(
    path for name in CASE_NAMES for path in (CASES / name).glob("*") if path.suffix in (".tif", ".vrt")
)

needs_rasters = pytest.mark.skipif(not FILES, reason="needs the shared data, ../shared/data/rasters")
needs_cases = pytest.mark.skipif(not CASE_FILES, reason="needs the shared cases, ../shared/cases")


def outcome(path: Path, named: str) -> str:
    """One row of a table."""
    try:
        with open_raster(path) as raster:
            return row(named, *described(raster))
    except InputError as error:
        message = said(str(error), path)
        assert "\n" not in message
        assert message.endswith(".")
        return row(named, "refused", "", "", "", message)


def described(raster: Raster) -> tuple[str, str, str, str, str]:
    path = Path(raster.path)
    windows = plan_windows(
        raster.width_src, raster.height_src, chip_px=256, zoom="auto", gsd_src_m=raster.gsd_m, gsd_m=None
    )
    step = max(1, len(windows) // READ_AT_MOST)
    chips, failures = looked_at(raster, [windows[0], *windows[1::step]])
    if not chips:
        raise failures[0]
    shown = "band " + ", ".join(map(str, raster.bands))
    stretch = " ".join(f"{low:.6g}…{high:.6g}" for low, high in dict.fromkeys(raster.stretch))
    gsd = "unknown" if raster.gsd_m is None else f"{raster.gsd_m:.4g} m"
    notes = [f"{raster.width_src} × {raster.height_src} px, {100 * chips[0].valid.mean():.0f} % data."]
    notes += raster.warnings
    notes += [note] if (note := flat_tone(raster)) else []
    if failures:
        looked = len(chips) + len(failures)
        notes.append(
            f"{len(failures)} of {looked} windows looked at are unreadable: {said(str(failures[0]), path)}"
        )
    notes += [polygons(layer, raster) for layer in sorted(path.parent.glob("*.geojson"))]
    return shown, stretch, gsd, str(len(windows)), " ".join(notes)


def looked_at(raster: Raster, windows: list[Window]) -> tuple[list[Chip], list[RasterReadError]]:
    """The chips of the windows that can be read, and what was said of the others."""
    chips, failures = [], []
    for window in windows:
        try:
            chip = raster.read_chip(window)
        except RasterReadError as error:
            failures.append(error)
            continue
        assert chip.pixels.shape == (window.height_px, window.width_px, 3)
        assert chip.pixels.dtype == np.uint8
        assert chip.valid.shape == chip.pixels.shape[:2]
        chips.append(chip)
    return chips, failures


def polygons(layer: Path, raster: Raster) -> str:
    """How many polygons of a layer beside the raster lie on it."""
    extent = extent_of(raster.transform, raster.width_src, raster.height_src)
    shapes = read_polygons(layer, crs_wkt=raster.crs_wkt, extent_crs=extent)
    inverse = ~raster.transform
    on_it = 0
    for shape in shapes:
        column, row_ = inverse @ (shape_of(shape).centroid.x, shape_of(shape).centroid.y)
        on_it += 0 <= column <= raster.width_src and 0 <= row_ <= raster.height_src
    return f"{on_it} of {len(shapes)} polygons of {layer.name} lie on it."


def said(message: str, path: Path) -> str:
    return message.replace(str(path.parent) + os.sep, "")


def row(named: str, shown: str, stretch: str, gsd: str, windows: str, notes: str) -> str:
    return f"| {named} | {shown} | {stretch} | {gsd} | {windows} | {notes} |\n"


def compare(begin: str, table: str) -> None:
    """The block after ``begin`` in the docs, written anew where that was asked for."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(END)
    if os.environ.get("REMOTEZERO_WRITE_DOCS"):
        DOCUMENT.write_text(before + begin + table + END + after, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == before + begin + table + END + after


@needs_rasters
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_raster_ends_in_chips_or_in_one_sentence(path):
    assert outcome(path, path.name).startswith(f"| {path.name} |")


@needs_rasters
def test_the_table_in_the_docs_is_what_happens():
    head = "Windows are those of the automatic zoom with chips of 256 pixels.\n\n"
    compare(BEGIN, head + HEAD + "".join(outcome(path, path.name) for path in FILES))


@needs_cases
def test_the_table_of_cases_in_the_docs_is_what_happens():
    rows = [outcome(path, f"{path.parent.name}/{path.name}") for path in CASE_FILES]
    compare(CASES_BEGIN, HEAD + "".join(rows))
