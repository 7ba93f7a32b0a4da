"""Results are written without destroying anything: inputs, other layers, what others have open, what was found."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from pathlib import Path

import pyogrio
import pyogrio.raw
import pytest
import rasterio.shutil
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import engine.model.serving
from engine.cli.main import app
from engine.errors import InputError, OutputExistsError
from engine.imagery import outputs
from engine.imagery.attributes import FIELDS
from engine.imagery.outputs import check_output, layer_name, write_features
from engine.paths import data_dir
from engine.types import Feature
from tests.engine.rasters import ramp, write_raster
from tests.engine.scripted import ScriptedModel

WKT = rasterio.crs.CRS.from_epsg(32632).to_wkt()
HARD_NAMES = [
    "gpkg_ships",
    "GPKG_Ships",
    "sqlite_x",
    "-a",
    "a;b",
    "a!b",
    "a b",
    " ",
    "a'b",
    'a"b',
    "a%20b",
    "a?b=c",
    "#a",
    "[a]",
    "schiffe-ä-船",
    "a.b.c",
    "s" * 225,
]


def feature(name: str = "f1") -> Feature:
    ring = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]
    values = dict.fromkeys(FIELDS) | {"id": name, "score": 0.5, "query": "a ship"}
    return Feature({"type": "Polygon", "coordinates": [ring]}, values)


def ids(path: Path, layer: str | None = None) -> list[str]:
    meta, _, _, columns = pyogrio.raw.read(safe(path), layer=layer)
    return list(columns[list(meta["fields"]).index("id")])


def safe(path: Path) -> Path:
    """A link to a file under a name that no GDAL wrapper takes apart."""
    link = data_dir() / f"read{path.suffix}"
    link.unlink(missing_ok=True)
    link.symlink_to(path.absolute())
    return link


def prints(folder: Path) -> dict[str, str]:
    """Hash of each file in a folder, SQLite's shared memory left out: it changes when a file is looked at."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-shm") and "home" not in path.parts
    }


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A GeoPackage with two layers, a style and a table of the user's own."""
    path = tmp_path / "mine.gpkg"
    for layer in ("parcels", "roads"):
        write_features(tmp_path / f"{layer}.gpkg", [feature(layer)], WKT)
        meta, _, geometry, columns = pyogrio.raw.read(tmp_path / f"{layer}.gpkg")
        pyogrio.raw.write(
            path,
            geometry=geometry,
            field_data=columns,
            fields=meta["fields"],
            driver="GPKG",
            layer=layer,
            geometry_type="Polygon",
            crs=WKT,
        )
        (tmp_path / f"{layer}.gpkg").unlink()
    with sqlite3.connect(path) as mine:
        mine.execute("CREATE TABLE layer_styles (f_table_name TEXT, styleQML TEXT)")
        mine.execute("INSERT INTO layer_styles VALUES ('parcels', '<qgis/>')")
        mine.execute("CREATE TABLE notes (text TEXT)")
        mine.execute("INSERT INTO notes VALUES ('do not lose me')")
    mine.close()
    return path


def own_tables(path: Path) -> tuple[list[str], list[str]]:
    with sqlite3.connect(path) as mine:
        notes = [row[0] for row in mine.execute("SELECT text FROM notes")]
        styles = [row[0] for row in mine.execute("SELECT f_table_name FROM layer_styles")]
    mine.close()
    return notes, styles


@pytest.mark.parametrize("reach", ["itself", "hard link", "symbolic link", "other spelling"])
def test_the_raster_is_never_replaced(tmp_path: Path, reach: str) -> None:
    raster = write_raster(tmp_path / "a.tif", [ramp(60, 80)] * 3)
    read = tmp_path / "raster.gpkg"
    rasterio.shutil.copy(raster, read, driver="GPKG")
    target = tmp_path / "link.gpkg"
    if reach == "itself":
        target = read
    elif reach == "hard link":
        os.link(read, target)
    elif reach == "symbolic link":
        target.symlink_to(read)
    else:
        (tmp_path / "sub").mkdir()
        target = tmp_path / "sub" / ".." / "raster.gpkg"
    before = prints(tmp_path)
    with pytest.raises(InputError, match="take the place of"):
        check_output(target, overwrite=True, inputs=[read])
    assert prints(tmp_path) == before


def test_what_a_mosaic_is_made_of_is_never_replaced(tmp_path: Path) -> None:
    raster = write_raster(tmp_path / "a.tif", [ramp(60, 80)] * 3)
    part = tmp_path / "part.gpkg"
    rasterio.shutil.copy(raster, part, driver="GPKG")
    mosaic = tmp_path / "mosaic.vrt"
    rasterio.shutil.copy(part, mosaic, driver="VRT")
    with pytest.raises(InputError, match="take the place of"):
        check_output(part, overwrite=True, inputs=[mosaic])


def test_the_vector_layer_that_is_read_is_never_replaced(package: Path, tmp_path: Path) -> None:
    parcels = tmp_path / "parcels.gpkg"
    package.rename(parcels)
    for read in ((parcels, "parcels"), (parcels, "PARCELS"), (parcels, None)):
        with pytest.raises(InputError, match="take the place of"):
            check_output(parcels, overwrite=True, read_layer=read)
    check_output(parcels, overwrite=True, read_layer=(parcels, "roads"))
    lines = tmp_path / "a.geojson"
    write_features(lines, [feature()], WKT)
    with pytest.raises(InputError, match="take the place of"):
        check_output(lines, overwrite=True, read_layer=(lines, None))


def test_in_a_package_only_the_layer_of_that_name_is_replaced(package: Path) -> None:
    write_features(package, [feature("one"), feature("two")], WKT, overwrite=True)
    write_features(package, [feature("three")], WKT, overwrite=True)
    assert sorted(name for name, _ in pyogrio.list_layers(package)) == [
        "layer_styles",
        "mine",
        "notes",
        "parcels",
        "roads",
    ]
    assert (ids(package, "mine"), ids(package, "parcels")) == (["three"], ["parcels"])
    assert own_tables(package) == (["do not lose me"], ["parcels"])
    with pytest.raises(OutputExistsError):
        write_features(package, [feature()], WKT)


def test_a_package_that_is_open_elsewhere_is_left_alone(package: Path) -> None:
    other = sqlite3.connect(package, isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("INSERT INTO notes VALUES ('not in the file yet')")
    before = prints(package.parent)
    for attempt in (
        check_output,
        lambda path, overwrite: write_features(path, [feature()], WKT, overwrite=True),
    ):
        with pytest.raises(InputError, match="open in another program"):
            attempt(package, overwrite=True)
    assert prints(package.parent) == before
    other.close()
    write_features(package, [feature("late")], WKT, overwrite=True)
    assert own_tables(package)[0] == ["do not lose me", "not in the file yet"]


def test_edits_that_another_program_is_about_to_save_are_not_lost(package: Path) -> None:
    other = sqlite3.connect(package, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO notes VALUES ('about to be saved')")
    with pytest.raises(InputError, match="open in another program"):
        check_output(package, overwrite=True)
    with pytest.raises(InputError, match="open in another program"):
        write_features(package, [feature()], WKT, overwrite=True)
    other.execute("COMMIT")
    other.close()
    assert own_tables(package)[0] == ["do not lose me", "about to be saved"]


def test_what_a_program_that_died_left_in_the_log_is_not_lost(package: Path, tmp_path: Path) -> None:
    if os.fork() == 0:
        mine = sqlite3.connect(package, isolation_level=None)
        mine.execute("PRAGMA journal_mode=WAL")
        mine.execute("INSERT INTO notes VALUES ('written before the crash')")
        os._exit(1)
    os.wait()
    assert package.with_name("mine.gpkg-wal").stat().st_size > 0
    write_features(package, [feature("new")], WKT, overwrite=True)
    assert own_tables(package)[0] == ["do not lose me", "written before the crash"]
    assert not package.with_name("mine.gpkg-wal").exists()


@pytest.mark.parametrize("name", HARD_NAMES)
@pytest.mark.parametrize("ending", ["gpkg", "geojson", "fgb"])
def test_hard_names_are_written_as_they_are(tmp_path: Path, name: str, ending: str) -> None:
    path = tmp_path / f"{name}.{ending}"
    for overwrite in (False, True):
        check_output(path, overwrite=overwrite)
        write_features(path, [feature(name)], WKT, overwrite=overwrite)
        assert ids(path) == [name]
        assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == [path.name]


@pytest.mark.parametrize("folder", ["Job!1", "a;b", "a!b", "gpkg_", "http:", "%41"])
def test_hard_folders_are_written_into(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / "out.gpkg"
    path.parent.mkdir()
    write_features(path, [feature()], WKT)
    assert ids(path) == ["f1"]
    assert [entry.name for entry in path.parent.iterdir()] == ["out.gpkg"]


@pytest.mark.slow
@given(
    st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=40),
    st.sampled_from(["gpkg", "geojson", "fgb"]),
)
@settings(max_examples=500)
def test_any_file_name_is_written_and_read_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, ending: str
) -> None:
    folder = tmp_path_factory.mktemp("names")
    (folder / "bystander.txt").write_text("here before")
    before = prints(folder)
    path = folder / f"{name}.{ending}"
    if path.name in (".gpkg", "..gpkg") or path.suffix != f".{ending}":
        return
    if len(os.fsencode(path.name)) > 255:
        with pytest.raises(InputError):
            check_output(path)
        return
    check_output(path)
    write_features(path, [feature("x")], WKT)
    assert ids(path) == ["x"]
    after = prints(folder)
    assert after.pop(path.name)
    assert after == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("s" * 300 + ".gpkg", "File name too long"),
        (os.fsdecode(b"caf\xe9.gpkg"), "no valid text"),
        ("no-such-folder/a.gpkg", "does not exist"),
        ("a.shp", "end it in"),
        ("file.txt/a.gpkg", "does not exist"),
        ("folder.gpkg", "is a folder"),
        ("dangling.gpkg", "leads nowhere"),
        ("text.gpkg", "can't be used as a GeoPackage"),
        ("pipe.geojson", "can't be replaced"),
    ],
)
def test_what_cannot_be_written_is_told_before_the_work(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "file.txt").write_text("x")
    (tmp_path / "folder.gpkg").mkdir()
    (tmp_path / "dangling.gpkg").symlink_to(tmp_path / "nowhere" / "x.gpkg")
    (tmp_path / "text.gpkg").write_text("hello, I am no database, and long enough to be taken for one" * 20)
    os.mkfifo(tmp_path / "pipe.geojson")
    with pytest.raises(InputError, match=words):
        check_output(tmp_path / name, overwrite=True)


def test_a_full_folder_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1_000_000})
    monkeypatch.setattr("engine.files.shutil.disk_usage", lambda folder: usage)
    with pytest.raises(InputError, match="1 MB free"):
        check_output(tmp_path / "a.gpkg")


@pytest.mark.parametrize("fault", ["the disk is full", "changed meanwhile"])
def test_what_was_found_is_kept_when_writing_fails_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    path = tmp_path / "a.gpkg"
    write_features(path, [feature("before")], WKT)

    def broken(*_: object) -> None:
        if fault == "the disk is full":
            raise OSError(28, "No space left on device")
        path.write_bytes(path.read_bytes() + b"\0")

    write = outputs._write
    monkeypatch.setattr(outputs, "_write", lambda *words: (write(*words), broken()))
    with pytest.raises(InputError, match="it is kept in") as caught:
        write_features(path, [feature("new")], WKT, overwrite=True)
    (kept,) = data_dir().glob("kept-*.geojson")
    assert str(kept) in str(caught.value)
    assert json.loads(kept.read_text())["features"][0]["properties"]["id"] == "new"
    assert ids(path) == ["before"]
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["a.gpkg"]


def test_where_nothing_can_be_kept_the_reason_is_still_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outputs, "_write", full)
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(InputError, match=r"No space left.*could not be kept"):
        write_features(tmp_path / "a.gpkg", [feature()], WKT)


@pytest.mark.usefixtures("_scripted")
def test_what_was_found_is_shown_though_it_cannot_be_written(
    town_tif: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outputs, "_write", full)
    words = ["locate", town_tif, "roof", "--zoom", "detail", "-o", tmp_path / "a.gpkg"]
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 2
    assert "Bright roofs" in result.stdout
    as_json = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert as_json.exit_code == 2
    document = json.loads(as_json.stdout)
    assert document["error"]["type"] == "InputError"
    assert len(document["features"]["features"]) == 8


@pytest.fixture
def _scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.model.serving, "load_served", lambda model: ScriptedModel())


@pytest.mark.usefixtures("_scripted")
def test_the_command_line_spares_what_it_reads(town_tif: Path, tmp_path: Path, package: Path) -> None:
    raster = tmp_path / "town.gpkg"
    rasterio.shutil.copy(town_tif, raster, driver="GPKG")
    before = prints(tmp_path)
    for words in (
        ["locate", raster, "roof", "-o", raster, "--overwrite"],
        ["verify", town_tif, package, "roof", "--layer", "parcels", "-o", package.with_name("parcels.gpkg")],
        ["locate", town_tif, "roof", "--area", package, "-o", package, "--overwrite"],
    ):
        if "verify" in words:
            os.link(package, package.with_name("parcels.gpkg"))
            words.append("--overwrite")
        result = CliRunner().invoke(app, [str(word) for word in words])
        assert result.exit_code == 2, result.output
        assert "being read" in " ".join(result.output.split())
        package.with_name("parcels.gpkg").unlink(missing_ok=True)
        assert prints(tmp_path) == before


def test_a_layer_has_the_name_of_its_file_where_a_package_allows_that() -> None:
    assert layer_name(Path("ships.gpkg")) == "ships"
    assert layer_name(Path("gpkg_ships.gpkg")) == "boxes_gpkg_ships"
    assert layer_name(Path("-a.gpkg")) == "boxes_-a"
