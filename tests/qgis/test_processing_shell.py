"""The built zip in a clean profile, driven from the shell by ``qgis_process``."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from qgis.core import Qgis, QgsVectorLayer

from remotezero_qgis.connection.process import ensure_engine
from remotezero_qgis.processing.provider import RemoteZeroProvider
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

    def run(*arguments: str, typed: str = "", **more: str) -> tuple[int, str]:
        done = subprocess.run(
            [program, *arguments], env={**environment, **more}, capture_output=True, text=True, input=typed
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


# From 3.24 on parameters are taken as JSON.
TAKES_JSON = Qgis.QGIS_VERSION_INT >= 32400
CALLS = re.findall(
    r"<!-- qgis_process: (\S+) -->\n```json\n(.*?)```",
    (ROOT / "docs" / "agents.md").read_text(encoding="utf-8"),
    re.DOTALL,
)


def parameters_of(call: str, folder: Path) -> dict:
    """The parameters of a documented call, its files in ``folder``."""

    def placed(value: object) -> object:
        if isinstance(value, list):
            return [placed(item) for item in value]
        is_file = isinstance(value, str) and Path(value).suffix in (".tif", ".gpkg", ".geojson", ".html")
        return str(folder / value) if is_file else value

    called = {name: placed(value) for name, value in json.loads(call)["inputs"].items()}
    if "FOLDER" in called:  # it has an output folder, too
        called |= {name: str(folder / called[name]) for name in ("FOLDER", "OUTPUT") if name in called}
    return called


def answer_of(said: str) -> dict:
    """The JSON that a call answers with; GDAL and Qt write lines of their own before it."""
    return json.loads(said[said.index("\n{") if not said.startswith("{") else 0 :].rpartition("}")[0] + "}")


def test_every_algorithm_has_a_documented_call(project) -> None:
    provider = RemoteZeroProvider()
    provider.refreshAlgorithms()
    assert {name for name, _ in CALLS} == {f"remotezero:{each.name()}" for each in provider.algorithms()}


def test_every_parameter_and_output_is_explained(project) -> None:
    provider = RemoteZeroProvider()
    provider.refreshAlgorithms()
    for algorithm in provider.algorithms():
        assert len(algorithm.shortHelpString()) > 100, algorithm.name()
        assert algorithm.shortDescription().endswith("."), algorithm.name()
        for parameter in algorithm.parameterDefinitions():
            assert parameter.description(), f"{algorithm.name()} {parameter.name()}"
            assert parameter.help().endswith("."), f"{algorithm.name()} {parameter.name()}"
        for output in algorithm.outputDefinitions():
            assert output.description(), f"{algorithm.name()} {output.name()}"


@pytest.mark.slow
def test_the_documented_calls_work_as_they_are_written(shell, launch, monkeypatch, tmp_path: Path) -> None:
    area = [[565000, 5932800], [566200, 5932800], [566200, 5934000], [565000, 5934000], [565000, 5932800]]
    monkeypatch.setenv("FAKE_AREA", json.dumps({"type": "Polygon", "coordinates": [area]}))
    ensure_engine(launch(windows=6, delay_s=0.02), lambda: False)
    for copy in ("harbour.tif", "before.tif"):
        shutil.copy(ROOT / "resources" / "sample" / "harbour.tif", tmp_path / copy)
    for name, call in CALLS:
        parameters = parameters_of(call, tmp_path)
        if name == "remotezero:verify":
            shutil.copy(tmp_path / "ships.gpkg", tmp_path / "old.gpkg")
        if TAKES_JSON:
            code, said = shell("run", name, "-", typed=json.dumps({"inputs": parameters}))
        else:
            pairs = [
                f"{key}={item}"
                for key, value in parameters.items()
                for item in (value if isinstance(value, list) else [value])
            ]
            code, said = shell("--json", "run", name, "--", *pairs)
        assert code == 0, said
        results = answer_of(said)["results"]
        assert results, said
        if name == "remotezero:export":
            assert results["OUTPUT"] == parameters["OUTPUT"]
            assert results["COUNT"] > 0, said
        if name == "remotezero:scan":
            assert (results["COUNT"], results["THINGS"], results["FAILED"]) == (3, 2, 1), said
            assert QgsVectorLayer(results["LAYER"], "found", "ogr").featureCount() == 3
        if name == "remotezero:evaluate":
            assert {"F1", "BOUNDARY_M"} <= set(results), said
            assert Path(results["OUTPUT"]).read_text(encoding="utf-8").startswith("<!")
    for written in ("ships.gpkg", "scored.gpkg"):
        assert QgsVectorLayer(str(tmp_path / written), written, "ogr").featureCount() == 6, written


def test_help_in_json_is_enough_to_make_a_tool_of(shell) -> None:
    code, said = shell("--json", "help", "remotezero:locate")
    assert code == 0
    about = answer_of(said)
    assert about["algorithm_details"]["help_url"].startswith("file://")
    assert about["algorithm_details"]["can_cancel"]
    for name, parameter in about["parameters"].items():
        assert parameter["help"].endswith("."), name
        assert parameter["type"]["acceptable_values"], name
    assert {"OUTPUT", "COUNT"} <= set(about["outputs"])
