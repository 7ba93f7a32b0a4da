"""Makes the pictures in docs/manual/pictures: the panel in each state, in the real QGIS, over a sample raster.

Run it on a display: ``xvfb-run -a -s "-screen 0 1600x1200x24" /usr/bin/python3 -m tools.screenshots``.
The engine is the real one, with its default model, in the environment ``.venv`` of this checkout;
``--scripted`` puts the scripted model of the tests in the model's place, to look at the panel without one.
``--learn MINUTES`` first lets the model learn for so long, which the pictures of the Self-improve tab need;
with ``--learned FOLDER`` a data folder whose engine has done so is looked at instead.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from remotezero_qgis.connection.process import Launch, ensure_engine
from tools.session import ROOT, drive

PYTHON = ROOT / ".venv" / "bin" / "python"
TARGET = ROOT / "docs" / "manual" / "pictures"
RASTER = ROOT / "resources" / "sample" / "harbour.tif"
NAMES = (
    "first-run", "running", "results", "empty", "error", "window",
    "models", "another-computer", "self-improve-plan", "self-improve", "self-improve-places",
)  # fmt: skip
PATIENCE_S = 1200
QUESTIONS = ("the largest ship", "all ships", "the storage tank", "the building")


def main(arguments: argparse.Namespace) -> int:
    """Take the pictures and print what the sessions reported."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rz-shots-") as name:
        folder = Path(name)
        raster = folder / RASTER.name
        shutil.copy(RASTER, raster)
        home = folder / "RemoteZero"
        if not arguments.learned:
            tell(drive(folder / "first", home, raster))
            home.mkdir(exist_ok=True)
            lay_engine(home, arguments.scripted)
            settings = {"DRIVE_QUESTION": " ".join(arguments.question) or "the largest ship"}
            settings |= {
                "REMOTEZERO_PYTHON": str(PYTHON),
                "DRIVE_TIMEOUT": str(PATIENCE_S),
                "SCRIPTED_SECONDS": "0.4",
                "DRIVE_FINE": "0.25",
            }
            try:
                tell(drive(folder / "second", home, raster, **settings))
            finally:
                stop_engine(home)
        if arguments.learn:
            arguments.learned = folder / "learned"
            teach(arguments.learned, raster, arguments.learn)
        if arguments.learned:
            lay_engine(arguments.learned, scripted=False)
            settings = {"REMOTEZERO_PYTHON": str(PYTHON), "DRIVE_LEARN": "|".join(QUESTIONS)}
            tell(
                drive(folder / "third", arguments.learned, raster, DRIVE_TIMEOUT=str(PATIENCE_S), **settings)
            )
            stop_engine(arguments.learned)
        for made in sorted(folder.glob("*/out/*.png")):
            if made.stem in NAMES:
                shutil.copy(made, TARGET / made.name)
    return 0


def tell(report: dict) -> None:
    """Print what a session reported."""
    print(json.dumps(report, indent=1))


def teach(home: Path, raster: Path, minutes: float) -> None:
    """Let the model learn from the raster, with an engine and a data folder of its own."""
    home.mkdir(parents=True)
    client = ensure_engine(Launch(home, str(PYTHON), folder=ROOT), lambda: False)
    request = {"rasters": [str(raster)], "queries": list(QUESTIONS), "minutes": minutes, "rounds": 2}
    job = client.create_job("improve", request)
    while not client.job(job.id).ended:
        client.register("screenshots")
        time.sleep(5)


def lay_engine(home: Path, scripted: bool) -> None:
    """Make ``python -m engine serve``, started in the data folder, the engine of this checkout."""
    if not scripted:
        for name in ("engine", "trainer", "resources"):
            if not (home / name).exists():
                (home / name).symlink_to(ROOT / name)
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
    parser = argparse.ArgumentParser(description="Make the pictures in docs/manual/pictures.")
    parser.add_argument("question", nargs="*")
    parser.add_argument("--scripted", action="store_true")
    parser.add_argument("--learn", type=float, metavar="MINUTES")
    parser.add_argument("--learned", type=Path, metavar="FOLDER")
    sys.exit(main(parser.parse_args()))
