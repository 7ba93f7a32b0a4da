"""The plan is told without loading a model."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from engine.errors import InputError
from trainer.config import parse_request
from trainer.dataset import plan_run
from trainer.home import FOLDER, HomePair, write_home


def raster(path: Path, side: int) -> Path:
    pixels = np.random.default_rng(0).integers(0, 255, (3, side, side)).astype(np.uint8)
    profile = {"driver": "GTiff", "width": side, "height": side, "count": 3, "dtype": "uint8"}
    with rasterio.open(path, "w", crs="EPSG:32632", transform=from_origin(5e5, 5e6, 2, 2), **profile) as file:
        file.write(pixels)
    return path


def test_a_plan_counts_places_and_windows(tmp_path: Path, tiny_folder: Path) -> None:
    request = parse_request({"rasters": [str(raster(tmp_path / "a.tif", 512))], "model": str(tiny_folder)})
    plan = plan_run(request)
    assert plan["places"] == 16
    assert plan["windows"] >= 16
    assert plan["minutes"] == 60.0
    assert plan["pairs_at_most"]["home"] == 0
    assert "can't be measured" in plan["warnings"][0]


def test_a_plan_counts_the_stored_questions(tmp_path: Path, tiny_folder: Path) -> None:
    folder = shutil.copytree(tiny_folder, tmp_path / "at-home")
    write_home(folder / FOLDER, [np.zeros((8, 8, 3), np.uint8)], [HomePair(0, "the ship", ())] * 3)
    plan = plan_run(parse_request({"rasters": [str(raster(tmp_path / "a.tif", 512))], "model": str(folder)}))
    assert plan["pairs_at_most"]["home"] == 3
    assert plan["warnings"] == []


def test_one_small_raster_is_not_enough(tmp_path: Path, tiny_folder: Path) -> None:
    request = parse_request({"rasters": [str(raster(tmp_path / "a.tif", 100))], "model": str(tiny_folder)})
    with pytest.raises(InputError, match="1 separate place"):
        plan_run(request)


def test_planning_needs_no_torch() -> None:
    import subprocess

    code = "import sys, trainer.__main__; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
