"""Every file of the shared data ends in chips or in one clear sentence; docs/rasters.md is the table.

Run with ``REMOTEZERO_WRITE_DOCS=1`` to write the table anew; otherwise it is compared.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from engine.imagery.raster import Raster, open_raster
from engine.imagery.windows import plan_windows

ROOT = Path(__file__).parents[2]
RASTERS = ROOT.parent / "shared" / "data" / "rasters"
DOCUMENT = ROOT / "docs" / "rasters.md"
BEGIN, END = "<!-- made by tests/engine/test_real_rasters.py -->\n", "<!-- end -->\n"
READ_AT_MOST = 40

FILES = sorted(path for path in RASTERS.glob("*") if path.suffix in (".tif", ".vrt", ".jp2", ".jpg"))

pytestmark = pytest.mark.skipif(not FILES, reason="needs the shared data, ../shared/data/rasters")


def outcome(path: Path) -> str:
    """One row of the table."""
    try:
        with open_raster(path) as raster:
            return row(path, *described(raster))
    except InputError as error:
        message = str(error).replace(str(path.parent) + os.sep, "")
        assert "\n" not in message
        assert message.endswith(".")
        return row(path, "refused", "", "", "", message)


def described(raster: Raster) -> tuple[str, str, str, str, str]:
    windows = plan_windows(
        raster.width_src, raster.height_src, chip_px=256, zoom="auto", gsd_src_m=raster.gsd_m, gsd_m=None
    )
    overview = raster.read_chip(windows[0])
    step = max(1, len(windows) // READ_AT_MOST)
    for window in windows[::step]:
        chip = raster.read_chip(window)
        assert chip.pixels.shape == (window.height_px, window.width_px, 3)
        assert chip.pixels.dtype == np.uint8
        assert chip.valid.shape == chip.pixels.shape[:2]
    shown = "band " + ", ".join(map(str, raster.bands))
    stretch = " ".join(f"{low:.6g}…{high:.6g}" for low, high in dict.fromkeys(raster.stretch))
    gsd = "unknown" if raster.gsd_m is None else f"{raster.gsd_m:.4g} m"
    valid = f"{100 * overview.valid.mean():.0f} % data"
    notes = " ".join([f"{raster.width_src} × {raster.height_src} px, {valid}.", *raster.warnings])
    return shown, stretch, gsd, str(len(windows)), notes


def row(path: Path, shown: str, stretch: str, gsd: str, windows: str, notes: str) -> str:
    return f"| {path.name} | {shown} | {stretch} | {gsd} | {windows} | {notes} |\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_raster_ends_in_chips_or_in_one_sentence(path):
    assert outcome(path).startswith(f"| {path.name} |")


def test_the_table_in_the_docs_is_what_happens():
    head = (
        "Windows are those of the automatic zoom with chips of 256 pixels.\n\n"
        "| file | shown | stretch | pixel | windows | what there is to know |\n"
        "|---|---|---|---|---|---|\n"
    )
    table = BEGIN + head + "".join(outcome(path) for path in FILES) + END
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    if os.environ.get("REMOTEZERO_WRITE_DOCS"):
        DOCUMENT.write_text(before + table + after, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == before + table + after
