"""Makes the pictures in docs/screenshots: the panel in each state, in the real QGIS, over a sample raster.

Run it on a display: ``xvfb-run -a -s "-screen 0 1600x1200x24" /usr/bin/python3 tests/qgis/screenshots.py``.
The engine is the real one, with its default model, in the environment ``.venv`` of this checkout;
``--scripted`` puts the scripted model of the tests in the model's place, to look at the panel without one.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from session import ROOT, drive

PYTHON = ROOT / ".venv" / "bin" / "python"
TARGET = ROOT / "docs" / "screenshots"
RASTER = ROOT / "resources" / "sample" / "harbour.tif"
NAMES = ("first-run", "running", "results", "empty", "error", "window")


def main(question: str, scripted: bool) -> int:
    """Take the pictures and print what the sessions reported."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rz-shots-") as name:
        folder = Path(name)
        raster = folder / RASTER.name
        shutil.copy(RASTER, raster)
        home = folder / "RemoteZero"
        print(json.dumps(drive(folder / "first", home, raster), indent=1))
        home.mkdir(exist_ok=True)
        lay_engine(home, scripted)
        settings = {"REMOTEZERO_PYTHON": str(PYTHON), "DRIVE_QUESTION": question, "DRIVE_TIMEOUT": "480"}
        settings["SCRIPTED_SECONDS"] = "0.4"
        try:
            print(json.dumps(drive(folder / "second", home, raster, **settings), indent=1))
        finally:
            stop_engine(home)
        for picture in NAMES:
            for session in ("first", "second"):
                made = folder / session / "out" / f"{picture}.png"
                if made.is_file():
                    shutil.copy(made, TARGET / made.name)
    return 0


def lay_engine(home: Path, scripted: bool) -> None:
    """Make ``python -m engine serve``, started in the data folder, the engine of this checkout."""
    if not scripted:
        (home / "engine").symlink_to(ROOT / "engine")
        (home / "resources").symlink_to(ROOT / "resources")
        return
    (home / "engine").mkdir()
    (home / "engine" / "__init__.py").touch()
    start = f"import runpy, sys\nsys.path[0] = {str(ROOT)!r}\nsys.modules.pop('engine', None)\n"
    run = "runpy.run_module('tests.engine.scripted', run_name='__main__')\n"
    (home / "engine" / "__main__.py").write_text(start + run)


def stop_engine(home: Path) -> None:
    """End the engine of a data folder."""
    record = home / "engine.json"
    if record.is_file():
        os.kill(json.loads(record.read_text())["pid"], signal.SIGTERM)


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--scripted"]
    sys.exit(main(" ".join(words) or "the largest ship", "--scripted" in sys.argv))
