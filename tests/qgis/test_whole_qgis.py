"""The plugin in the QGIS application itself, in a clean profile, driven from start to unloading."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DATA, HERE, ROOT, kill_engine, make_raster

QGIS = shutil.which("qgis")
SETTINGS = """[PythonPlugins]
remotezero_qgis=true
[qgis]
checkVersion=false
showTips=false
[Qgis]
newsFeed\\httpsfeedqgisorg\\disabled=true
"""


def install(profiles: Path) -> None:
    """Put the plugin into a clean profile, laid out as in the zip."""
    target = profiles / "profiles" / "default" / "python" / "plugins" / "remotezero_qgis"
    shutil.copytree(ROOT / "remotezero_qgis", target, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", target / "resources", ignore=shutil.ignore_patterns("models", "*.safetensors"))
    ini = profiles / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    ini.parent.mkdir(parents=True)
    ini.write_text(SETTINGS)


def scripted_engine(home: Path) -> None:
    """Make ``python -m engine serve`` in the data folder start the scripted engine."""
    package = home / "engine"
    package.mkdir(parents=True)
    package.joinpath("__main__.py").write_text(
        f"import runpy, sys\nsys.path.insert(0, {str(HERE)!r})\n"
        f"sys.argv = ['fake', '--windows', '24', '--delay', '0.15']\n"
        f"runpy.run_path({str(HERE / 'fake_engine.py')!r}, run_name='__main__')\n"
    )


def drive(tmp_path: Path, home: Path, raster: Path, **environment: str) -> dict:
    """Start QGIS, let ``drive.py`` do its steps, and return its report."""
    out = tmp_path / "out"
    out.mkdir()
    profiles = tmp_path / "profile ü"
    install(profiles)
    variables = {
        **os.environ,
        "DRIVE_OUT": str(out),
        "DRIVE_RASTER": str(raster),
        "DRIVE_QUESTION": "round storage tanks",
        "REMOTEZERO_HOME": str(home),
        "REMOTEZERO_PYTHON": sys.executable,
        **environment,
    }
    command = [
        QGIS, "--nologo", "--noversioncheck", "--profiles-path", str(profiles), "--code", str(HERE / "drive.py"),
    ]  # fmt: skip
    process = subprocess.run(command, env=variables, timeout=540, capture_output=True, text=True)
    found = out / "report.json"
    assert found.is_file(), process.stderr[-3000:]
    keep = os.environ.get("DRIVE_KEEP")
    if keep:
        shutil.copytree(out, keep, dirs_exist_ok=True)
    return json.loads(found.read_text())


@pytest.mark.skipif(QGIS is None, reason="the QGIS application is not installed, only its Python")
@pytest.mark.slow
def test_a_whole_session_with_a_crash_of_the_engine(tmp_path):
    home = tmp_path / "data ü"
    scripted_engine(home)
    raster = DATA / "naip_2020.tif"
    if not raster.is_file():
        raster = make_raster(tmp_path / "harbour.tif")
    try:
        report = drive(tmp_path, home, raster, DRIVE_KILL="1")
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
