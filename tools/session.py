"""A session of the QGIS application in a clean profile, with the plugin laid out as in the zip."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from tools.package_plugin import RESOURCES

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
QGIS = shutil.which("qgis")
TIMEOUT_S = 540
SETTINGS = """[PythonPlugins]
remotezero_qgis=true
[qgis]
checkVersion=false
showTips=false
"""


def install(profiles: Path) -> None:
    """Put the plugin into a clean profile."""
    target = profiles / "profiles" / "default" / "python" / "plugins" / "remotezero_qgis"
    shutil.copytree(ROOT / "remotezero_qgis", target, ignore=shutil.ignore_patterns("__pycache__"))
    for pattern in RESOURCES:
        for path in (ROOT / "resources").glob(pattern):
            copy = target / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    shutil.copytree(ROOT / "docs" / "manual", target / "manual")
    ini = profiles / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    ini.parent.mkdir(parents=True)
    ini.write_text(SETTINGS)


def drive(folder: Path, home: Path, raster: Path, **environment: str) -> dict:
    """Start QGIS, let ``drive.py`` do its steps, and return its report; pictures are in ``folder/out``.

    Args:
        folder: for the profile and what comes out.
        home: the data folder of the engine.
        raster: the raster to ask about; it goes away for a moment.
        environment: further variables, those of ``drive.py`` among them.

    Raises:
        RuntimeError: QGIS ended without a report.
    """
    out = folder / "out"
    out.mkdir(parents=True)
    install(folder / "profile ü")
    variables = {
        **os.environ,
        "DRIVE_OUT": str(out),
        "DRIVE_RASTER": str(raster),
        "DRIVE_QUESTION": "round storage tanks",
        "REMOTEZERO_HOME": str(home),
        **environment,
    }
    command = [
        str(QGIS), "--nologo", "--noversioncheck", "--profiles-path", str(folder / "profile ü"),
        "--code", str(HERE / "drive.py"),
    ]  # fmt: skip
    timeout_s = max(TIMEOUT_S, 3 * float(environment.get("DRIVE_TIMEOUT", 0)))
    process = subprocess.run(command, env=variables, timeout=timeout_s, capture_output=True, text=True)
    report = out / "report.json"
    if not report.is_file():
        raise RuntimeError(f"QGIS ended with {process.returncode} and no report: {process.stderr[-3000:]}")
    return json.loads(report.read_text())
