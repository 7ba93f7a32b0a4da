"""The plugin in the QGIS application itself, in a clean profile, driven from start to unloading."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from conftest import DATA, HERE, kill_engine, make_raster

from tools.session import QGIS, drive


def scripted_engine(home: Path) -> None:
    """Make ``python -m engine serve`` in the data folder start the scripted engine."""
    package = home / "engine"
    package.mkdir(parents=True)
    package.joinpath("__main__.py").write_text(
        f"import runpy, sys\nsys.path.insert(0, {str(HERE)!r})\n"
        f"sys.argv = ['fake', '--windows', '24', '--delay', '0.15']\n"
        f"runpy.run_path({str(HERE / 'fake_engine.py')!r}, run_name='__main__')\n"
    )


@pytest.mark.skipif(QGIS is None, reason="the QGIS application is not installed, only its Python")
@pytest.mark.slow
def test_a_whole_session_with_a_crash_of_the_engine(qgis_app, tmp_path):
    home = tmp_path / "data ü"
    scripted_engine(home)
    raster = tmp_path / "view.tif"
    if (DATA / "naip_2020.tif").is_file():
        shutil.copy(DATA / "naip_2020.tif", raster)
    else:
        make_raster(raster)
    try:
        report = drive(
            tmp_path,
            home,
            raster,
            REMOTEZERO_PYTHON=sys.executable,
            DRIVE_KILL="1",
            DRIVE_FAILING="fail tanks",
        )
    finally:
        kill_engine(home)
    assert report["error"] == ""
    steps = {step.pop("step"): step for step in report["steps"]}
    assert steps["started"] == {"loaded": True, "opened_by_itself": False}
    assert steps["opened"] == {"visible": True, "set_up": False}
    asked = steps["asked"]
    print(
        f"\nmain thread of QGIS during a run: longest gap {asked['longest_gap_ms']} ms, "
        f"of its own work {asked['longest_own_work_ms']} ms"
    )
    assert (asked["features"], asked["rows"]) == ([24], 24)
    assert "stopped unexpectedly" in asked["banner"]
    assert "window 2" in steps["failed"]["banner"]
    assert steps["unloaded"] == {"left": [], "provider": False}
    assert steps["loaded again"] == {"done": True}


@pytest.mark.skipif(QGIS is None, reason="the QGIS application is not installed, only its Python")
@pytest.mark.slow
def test_the_first_run_is_the_set_up_page_in_the_panel(qgis_app, tmp_path):
    report = drive(tmp_path, tmp_path / "home", make_raster(tmp_path / "harbour.tif"))
    assert report["error"] == ""
    steps = {step.pop("step"): step for step in report["steps"]}
    assert steps["opened"] == {"visible": True, "set_up": True}
    assert "asked" not in steps
