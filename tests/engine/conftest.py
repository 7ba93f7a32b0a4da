"""Fixtures that the engine's tests share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.engine.rasters import write_raster

ROOFS_PX = ((40, 30), (300, 470), (220, 500), (620, 80), (640, 700), (90, 640), (470, 240), (248, 248))
"""Top and left of the bright roofs on the town raster; the last two pairs of windows share one each."""
ROOF_PX = 36


@pytest.fixture(scope="session")
def town_tif(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """800 x 720 pixels of 2 m with eight bright roofs, and a corner without data."""
    bands = np.full((3, 720, 800), 90, np.uint8)
    for top, left in ROOFS_PX:
        bands[:, top : top + ROOF_PX, left : left + ROOF_PX] = 240
    bands[:, 400:720, 400:660] = 0
    return write_raster(tmp_path_factory.mktemp("town") / "town.tif", list(bands), nodata=0)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test out of the user's own data folder."""
    monkeypatch.setenv("REMOTEZERO_HOME", str(tmp_path / "home"))
