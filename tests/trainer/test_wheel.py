"""The wheel that users install holds the trainer whole, and nothing of the lab."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
IMPORT_ALL = """
import importlib, pkgutil, trainer
for module in pkgutil.walk_packages(trainer.__path__, "trainer."):
    importlib.import_module(module.name)
print(trainer.__file__)
import trainer.lab
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked as pip does it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def test_every_module_but_the_labs_is_in_the_wheel(unpacked: Path) -> None:
    inside = {path.relative_to(unpacked).as_posix() for path in (unpacked / "trainer").rglob("*.py")}
    outside = {path.relative_to(ROOT).as_posix() for path in (ROOT / "trainer").rglob("*.py")}
    assert inside == {name for name in outside if not name.startswith("trainer/lab/")}
    assert "trainer/rounds.py" in inside


def test_the_trainer_runs_from_the_wheel_alone(unpacked: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    command = [sys.executable, "-c", IMPORT_ALL]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == str(unpacked / "trainer" / "__init__.py"), done.stderr
    assert "No module named 'trainer.lab'" in done.stderr


def test_a_working_copy_still_has_the_lab() -> None:
    import trainer.lab.bench.report
    import trainer.lab.scenes

    assert Path(trainer.lab.scenes.__file__).is_relative_to(ROOT)
