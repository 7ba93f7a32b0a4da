"""The built zip in a clean profile, driven from the shell by ``qgis_process``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from qgis.core import QgsVectorLayer

from remotezero_qgis.connection.process import ensure_engine
from tools.package_plugin import build_plugin

PROFILE = ".local/share/QGIS/QGIS3/profiles/default/python/plugins"


@pytest.fixture
def shell(tmp_path: Path, home: Path):
    """Run ``qgis_process`` as a user who has nothing but the plugin; returns exit code and what it said."""
    # Debian's wrapper hands on an option that the program itself does not know.
    program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    if program is None:
        pytest.skip("qgis_process is not installed")
    wheel = tmp_path / "remotezero_engine-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"")
    user = tmp_path / "user"
    with zipfile.ZipFile(build_plugin(tmp_path / "plugin.zip", wheel)) as archive:
        archive.extractall(user / PROFILE)
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("QGIS_CUSTOM_CONFIG_PATH", "PYTHONPATH")},
        "HOME": str(user), "REMOTEZERO_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8",
    }  # fmt: skip

    def run(*arguments: str, **more: str) -> tuple[int, str]:
        done = subprocess.run(
            [program, *arguments],
            env={**environment, **more},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        return done.returncode, done.stdout + done.stderr

    code, said = run("plugins", "enable", "remotezero_qgis")
    assert code == 0, said
    return run


def test_algorithms_are_listed_and_explained(shell) -> None:
    _, said = shell("list")
    for name in ("remotezero:locate", "remotezero:locatemany", "remotezero:verify", "remotezero:improve"):
        assert name in said
    code, said = shell("help", "remotezero:locate")
    assert code == 0
    assert "QUERY" in said
    assert "Finds what a sentence describes" in said


def test_locate_writes_a_geopackage(shell, launch, raster, tmp_path: Path) -> None:
    ensure_engine(launch(windows=6, delay_s=0.02), lambda: False)
    box, target = raster.extent(), tmp_path / "boxes.gpkg"
    extent = f"{box.xMinimum()},{box.xMaximum()},{box.yMinimum()},{box.yMaximum()}"
    code, said = shell(
        "run", "remotezero:locate", "--", f"INPUT={raster.source()}", "QUERY=ships", f"EXTENT={extent}",
        f"OUTPUT={target}", REMOTEZERO_PYTHON=sys.executable,
    )  # fmt: skip
    assert code == 0, said
    assert "6 boxes" in said
    layer = QgsVectorLayer(str(target), "boxes", "ogr")
    assert layer.featureCount() == 6
    assert layer.crs().authid() == "EPSG:32633"


def test_without_an_engine_the_shell_says_why(shell, raster, tmp_path: Path) -> None:
    code, said = shell(
        "run",
        "remotezero:locate",
        "--",
        f"INPUT={raster.source()}",
        "QUERY=ships",
        f"OUTPUT={tmp_path / 'x.gpkg'}",
    )
    assert code != 0
    assert "not installed" in said
