"""What docs/agents.md says to type is typed here, against an engine that is served."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docs" / "agents.md").read_text(encoding="utf-8")
HTTP = TEXT.partition("## HTTP")[2]
PATIENCE_S = 60.0


def block(language: str) -> str:
    """The one block of a language under HTTP."""
    (code,) = re.findall(rf"^```{language}\n(.*?)^```$", HTTP, re.DOTALL | re.MULTILINE)
    return str(code)


@pytest.fixture
def surroundings(tmp_path: Path, town_tif: Path) -> Iterator[dict[str, str]]:
    """A served engine with a scripted model, and a folder with a raster; the variables that name them."""
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    shutil.copy(town_tif, work / "harbour.tif")
    variables = {**os.environ, "REMOTEZERO_HOME": str(home), "WORK": str(work), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-m", "tests.engine.scripted"], env=variables, cwd=ROOT) as engine:
        deadline = time.monotonic() + PATIENCE_S
        while not (home / "engine.json").exists():
            assert engine.poll() is None, "the engine ended"
            assert time.monotonic() < deadline, "the engine has not begun to listen"
            time.sleep(0.05)
        yield variables
        engine.terminate()


def run(command: list[str], variables: dict[str, str]) -> str:
    done = subprocess.run(
        command, env=variables, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("jq")), reason="curl or jq is not installed")
def test_what_is_typed_with_curl_works(surroundings: dict[str, str]) -> None:
    said = run(["bash", "-euo", "pipefail", "-c", block("sh")], surroundings)
    work = Path(surroundings["WORK"])
    found = json.loads((work / "boxes.geojson").read_text())
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) > 0
    assert f"\n{len(found['features'])}\n" in said
    assert '"state": "done"' in said
    assert (work / "best.png").read_bytes().startswith(b"\x89PNG")
    assert said.rstrip().endswith(("queued", "running", "done"))


def test_what_is_written_in_python_works(surroundings: dict[str, str]) -> None:
    said = run([sys.executable, "-I", "-c", block("python")], surroundings)
    assert " of " in said
    assert re.search(r"^\d\.\d+ roof \[\[\[", said, re.MULTILINE)


def test_an_error_is_the_engines_own_sentence(surroundings: dict[str, str]) -> None:
    (Path(surroundings["WORK"]) / "harbour.tif").unlink()
    done = subprocess.run(
        [sys.executable, "-I", "-c", block("python")],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 1
    assert "harbour.tif" in done.stderr
    assert "Traceback" not in done.stderr
