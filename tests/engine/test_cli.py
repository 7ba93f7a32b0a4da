"""The command line with a scripted model: outputs, exit codes, and no traceback for anybody."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

import engine.model.serving
from engine.catalogue.adapters import ADAPTER_FILES, Manifest, Registry, open_registry
from engine.catalogue.models import find_model
from engine.cli.main import app
from engine.cli.options import area_geometry, numbers, pairs
from engine.errors import ModelError
from engine.types import Chip, Completion, Query, Served, Stop
from tests.engine.rasters import write_raster
from tests.engine.scripted import ScriptedModel

ROOT = Path(__file__).resolve().parents[2]


def invoke(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(model: str | None) -> Served:
        if model is not None:
            raise ModelError(f"There is no model {model!r}. Name one that is there.")
        return ScriptedModel()

    monkeypatch.setattr(engine.model.serving, "load_served", load)


def test_locate_writes_boxes_a_picture_and_a_table(town_tif: Path, tmp_path: Path) -> None:
    output, preview = tmp_path / "roofs.gpkg", tmp_path / "roofs.png"
    result = invoke("locate", town_tif, "roof", "--zoom", "detail", "-o", output, "--preview", preview)
    assert result.exit_code == 0, result.output
    assert "Bright roofs" in result.stdout
    assert "spared by the veto" in result.stdout
    meta, _, geometry, fields = pyogrio.raw.read(output)
    assert len(geometry) == 8
    columns = dict(zip(meta["fields"], fields, strict=True))
    assert sorted(columns["rank"].tolist()) == list(range(1, 9))
    assert set(columns["model"].tolist()) == {"scripted"}
    picture = Image.open(preview)
    assert picture.size[0] == 800
    assert picture.size[1] > 720


def test_geojson_can_be_had_in_wgs84_and_says_what_it_can_not_keep(town_tif: Path, tmp_path: Path) -> None:
    path = tmp_path / "boxes.geojson"
    result = invoke("locate", town_tif, "roof", "--rfc7946", "-o", path, "--json")
    assert result.exit_code == 0, result.output
    document = json.loads(path.read_text())
    assert "crs" not in document
    assert all(-180 <= lon <= 180 for f in document["features"] for lon, _ in f["geometry"]["coordinates"][0])
    bare = write_raster(tmp_path / "bare.tif", [np.full((64, 64), 250, np.uint8)] * 3, crs=None)
    result = invoke("locate", bare, "roof", "-o", tmp_path / "bare.geojson", "--json")
    assert result.exit_code == 0, result.output
    assert "degrees" in json.loads(result.stdout)["result"]["warnings"][-1]


def test_locate_prints_one_json_document(town_tif: Path) -> None:
    result = invoke("locate", town_tif, "roof", "--json", "--no-veto")
    document = json.loads(result.stdout)
    assert document["result"]["vetoed"] == 0
    assert document["features"]["type"] == "FeatureCollection"
    assert len(document["features"]["features"]) == document["result"]["features"] > 0
    assert document["output"] is None


def test_locate_looks_where_it_is_told(town_tif: Path) -> None:
    area = "500000,4999600,500400,5000000"
    document = json.loads(
        invoke("locate", town_tif, "roof", "--json", "--zoom", "detail", "--area", area).stdout
    )
    assert len(document["features"]["features"]) == 1


def test_verify_scores_what_locate_found(town_tif: Path, tmp_path: Path) -> None:
    boxes = tmp_path / "roofs.geojson"
    assert invoke("locate", town_tif, "roof", "--zoom", "detail", "-o", boxes).exit_code == 0
    result = invoke("verify", town_tif, boxes, "a roof", "--json")
    document = json.loads(result.stdout)
    assert document["result"]["polygons"] == document["result"]["features"] == 8
    scores = [feature["properties"]["score"] for feature in document["features"]["features"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["locate"], 2, "raster"),
        (["nonsense"], 2, "No such command"),
        (["locate", "/nowhere.tif", "roof"], 2, "/nowhere.tif"),
        (["locate", "TOWN", "roof", "--zoom", "closer"], 2, "closer"),
        (["locate", "TOWN", " "], 2, "queries"),
        (["locate", "TOWN", "roof", "--bands", "1;2"], 2, "--bands"),
        (["locate", "TOWN", "roof", "--stretch", "1,2,3"], 2, "--stretch"),
        (["locate", "TOWN", "roof", "--area", "1,2,3"], 2, "--area"),
        (["locate", "TOWN", "roof", "-o", "boxes.shp"], 2, ".gpkg"),
        (["locate", "TOWN", "roof", "-o", "TOWN.gpkg"], 2, "exists"),
        (["locate", "TOWN", "roof", "--preview", "/no/such/folder/a.png"], 2, "/no/such/folder"),
        (["locate", "TOWN", "roof", "--preview", "boxes"], 2, "is no picture"),
        (["locate", "TOWN", "roof", "--model", "giant"], 3, "giant"),
        (["locate", "TOWN", "roof", "--adapter", "missing"], 3, "missing"),
        (["verify", "TOWN", "/nowhere.gpkg", "roof"], 2, "/nowhere.gpkg"),
        (["locate", "TOWN", "hvor er skipene"], 2, "skipene"),
        (["locate", "TOWN", "roof", "--rfc7946", "-o", "a.gpkg"], 2, ".geojson"),
        (["locate", "TOWN", "roof", "--rfc7946"], 2, "not given"),
        (["improve", "TOWN", "--queries", "/nowhere.txt"], 2, "/nowhere.txt"),
        (["improve", "TOWN", "--queries", "NORSK"], 2, "skipene"),
        (["serve", "--port", "99999"], 2, "99999"),
    ],
)
def test_errors_are_one_sentence_and_an_exit_code(
    town_tif: Path, tmp_path: Path, words: Sequence[str], code: int, says: str
) -> None:
    taken = tmp_path / "taken.gpkg"
    taken.touch()
    (tmp_path / "norsk.txt").write_text("all ships\nhvor er skipene\n", encoding="utf-8")
    places = {"TOWN": str(town_tif), "TOWN.gpkg": str(taken), "NORSK": str(tmp_path / "norsk.txt")}
    result = invoke(*(places.get(word, word) for word in words))
    assert result.exit_code == code, result.output
    assert says in result.output.replace("\n", "")
    assert "Traceback" not in result.output


def test_errors_are_json_for_machines(town_tif: Path) -> None:
    result = invoke("locate", town_tif, "roof", "--model", "giant", "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["error"]["type"] == "ModelError"


def test_unreadable_answers_are_a_failure_of_the_model(tmp_path: Path) -> None:
    red = [np.full((256, 256), value, np.uint8) for value in (255, 10, 10)]
    result = invoke("locate", write_raster(tmp_path / "red.tif", red), "roof")
    assert result.exit_code == 3
    assert "rather not say" in result.output.replace("\n", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGINT)])
def test_whoever_ends_a_run_gets_what_it_had_found(
    town_tif: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: signal.Signals
) -> None:
    """Ctrl-C, the system's wish, and a terminal that is closed, after the first batch of windows."""
    monkeypatch.setenv("REMOTEZERO_HOME", str(tmp_path / "home"))
    # What starts the tests in the background may have told them to ignore it, as nohup does, and then so do runs.
    before = signal.signal(number, signal.default_int_handler)
    batches = 0

    def interrupted(self: Any, chips: list[Chip], queries: list[Query], stop: Stop) -> list[Completion]:
        nonlocal batches
        batches += 1
        if batches > 1:
            os.kill(os.getpid(), number)
            return ScriptedModel(seconds=60.0).generate(chips, queries, stop)
        return ScriptedModel().generate(chips, queries, stop)

    patched = type("Interrupted", (ScriptedModel,), {"generate": interrupted})
    monkeypatch.setattr(engine.model.serving, "load_served", lambda model: patched())
    try:
        result = invoke(
            "locate", town_tif, "roof", "--zoom", "detail", "--overlap", "0.4", "-o", tmp_path / "a.gpkg"
        )
    finally:
        signal.signal(number, before)
    assert result.exit_code == 4, result.output
    assert "cancelled" in result.output
    (kept,) = (tmp_path / "home").glob("kept-*.geojson")
    assert kept.name in result.output.replace("\n", "")
    assert json.loads(kept.read_text())["features"]


def test_help_imports_nothing_slow_and_names_the_exit_codes() -> None:
    program = (
        "import sys; from engine.cli.main import main; sys.argv = ['remotezero', 'locate', '--help']; main()"
    )
    child = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Exit codes" in child.stdout
    imported = {line.rsplit("|", 1)[-1].strip() for line in child.stderr.splitlines()}
    assert not imported & {
        "torch",
        "transformers",
        "rasterio",
        "pyogrio",
        "numpy",
        "fastapi",
        "uvicorn",
    }


def test_what_nobody_foresaw_ends_in_a_sentence_and_a_file(tmp_path: Path) -> None:
    program = (
        "import sys, engine.cli.main, engine.catalogue.models\n"
        "engine.catalogue.models.models_json = lambda: 1 / 0\n"
        "sys.argv = ['remotezero', 'models']\n"
        "engine.cli.main.main()\n"
    )
    child = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert child.returncode == 1
    assert "Traceback" not in child.stderr
    assert "ZeroDivisionError" in child.stderr
    log = Path(os.environ["REMOTEZERO_HOME"]) / "errors.log"
    assert "Traceback" in log.read_text(encoding="utf-8")


@pytest.fixture
def trained(tmp_path: Path) -> Registry:
    """The default model's registry, with one adapter in it."""
    registry, folder = open_registry(find_model()), tmp_path / "trained"
    folder.mkdir()
    for name in ADAPTER_FILES:
        (folder / name).write_bytes(b"{}")
    registry.publish(folder, Manifest("winter", "mini", registry.base_sha256, None, 1, "1", "", 1.0))
    return registry


def test_adapters_are_listed_used_exported_imported_and_deleted(trained: Registry, tmp_path: Path) -> None:
    file = tmp_path / "winter.zip"
    assert invoke("adapters", "use", "winter").exit_code == 0
    assert trained.current() == "winter"
    (listed,) = json.loads(invoke("adapters", "list", "--json").stdout)
    assert (listed["name"], listed["current"]) == ("winter", True)
    assert "winter" in invoke("adapters", "list").stdout
    assert invoke("adapters", "export", "winter", file).exit_code == 0
    assert invoke("adapters", "export", "winter", file).exit_code == 2
    assert invoke("adapters", "import", file).exit_code == 3
    assert invoke("adapters", "import", file, "--name", "copy").exit_code == 0
    assert [manifest.name for manifest in trained.list()] == ["copy", "winter"]
    assert invoke("adapters", "delete", "winter", "--yes").exit_code == 3
    assert invoke("adapters", "use", "none").exit_code == 0
    assert trained.current() is None
    assert invoke("adapters", "delete", "winter", "--json").exit_code == 2
    assert invoke("adapters", "delete", "winter").exit_code == 1
    assert invoke("adapters", "delete", "winter", "--yes").exit_code == 0
    assert [manifest.name for manifest in trained.list()] == ["copy"]


def test_what_is_no_adapter_is_told(tmp_path: Path) -> None:
    for words in (("use", "winter"), ("use", "current"), ("delete", "winter", "-y"), ("import", tmp_path)):
        result = invoke("adapters", *words)
        assert result.exit_code in (2, 3), words
        assert "Traceback" not in result.output


def test_models_and_version_are_told() -> None:
    assert isinstance(json.loads(invoke("models", "--json").stdout), list)
    assert invoke("--version").stdout.startswith("remotezero ")


def test_compact_spellings_are_read(town_tif: Path) -> None:
    assert numbers("4,3,2", "--bands", int) == [4, 3, 2]
    assert pairs("0,3000,-1.5,2") == [(0.0, 3000.0), (-1.5, 2.0)]
    assert numbers(None, "--bands", int) is pairs(None) is area_geometry(None, str(town_tif)) is None
    box = area_geometry("1,2,3,4", str(town_tif))
    assert box == {"type": "Polygon", "coordinates": [[[1, 2], [3, 2], [3, 4], [1, 4], [1, 2]]]}


def test_an_area_can_come_from_a_file(town_tif: Path, tmp_path: Path) -> None:
    found = tmp_path / "roofs.gpkg"
    assert invoke("locate", town_tif, "roof", "--zoom", "detail", "-o", found).exit_code == 0
    area = area_geometry(str(found), str(town_tif))
    assert area is not None
    assert area["type"] == "MultiPolygon"
    assert len(area["coordinates"]) == 8
