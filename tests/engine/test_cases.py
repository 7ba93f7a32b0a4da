"""Every shared case through the command line that it names; docs/rasters.md is the table of what comes of it.

Run with ``REMOTEZERO_WRITE_DOCS=1`` to write the table anew; otherwise it is compared.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import rasterio.shutil
import shapely
from typer.testing import CliRunner

import engine.model.serving
from engine.cli.main import app
from engine.types import Served
from tests.engine.test_real_rasters import CASES, compare

BEGIN = "<!-- commands, made by tests/engine/test_cases.py -->\n"
HEAD = "| case | command | what comes of it | what is said |\n|---|---|---|---|\n"
SHIPS = "all ships"
LONG, LATIN = f"{'s' * 225}.gpkg", os.fsdecode(b"caf\xe9.gpkg")
SHOWN = {LONG: "s… (225 letters).gpkg", LATIN: r"caf\xe9.gpkg (Latin-1)"}

Words = tuple[str, ...]
COMMANDS: list[tuple[str, Words]] = [
    ("alpha-and-nodata", ("locate", "alpha.tif", SHIPS, "-o", "o.gpkg")),
    ("alpha-and-nodata", ("locate", "alpha_nodata.tif", SHIPS, "-o", "o.gpkg")),
    ("degenerate-transform", ("locate", "zero.vrt", SHIPS, "-o", "o.gpkg")),
    ("degenerate-transform", ("locate", "nan.vrt", SHIPS, "-o", "o.gpkg")),
    *[
        ("geojson-crs", ("locate", f"{n}.tif", SHIPS, "-o", f"{n}.geojson"))
        for n in ("utm", "custom", "nocrs")
    ],
    ("geojson-crs", ("locate", "dateline.tif", SHIPS, "-o", "dateline.geojson")),
    ("geojson-crs", ("locate", "dateline.tif", SHIPS, "-o", "dateline.geojson", "--rfc7946")),
    ("local-crs", ("locate", "local.tif", SHIPS, "-o", "o.gpkg")),
    *[
        ("output-names", ("locate", "base.tif", SHIPS, "-o", name))
        for name in (
            *(
                "gpkg_ships.gpkg",
                "sqlite_x.gpkg",
                "./-a.gpkg",
                "a;b.gpkg",
                "a;b.fgb",
                "a!b.gpkg",
                "Job!1/out.gpkg",
            ),
            *(LONG, LATIN, "/proc/o.gpkg"),
        )
    ],
    ("overwrite-open-gpkg", ("locate", "base.tif", SHIPS, "-o", "out.gpkg", "--overwrite")),
    ("overwrite-own-input", ("locate", "rg.gpkg", SHIPS, "-o", "rg.gpkg", "--overwrite")),
    (
        "overwrite-own-input",
        *[
            (
                "verify",
                "base.tif",
                "cand.gpkg",
                "a ship",
                "--layer",
                "parcels_other",
                "-o",
                "cand.gpkg",
                "--overwrite",
            )
        ],
    ),
    (
        "overwrite-own-input",
        *[("verify", "base.tif", "cand.gpkg", "a ship", "--layer", "cand", "-o", "cand.gpkg", "--overwrite")],
    ),
    ("palette-no-table", ("locate", "palette.vrt", SHIPS, "-o", "o.gpkg")),
    ("pole-gsd", ("locate", "pole.tif", SHIPS, "--zoom", "detail", "--gsd", "2", "-o", "o.gpkg")),
    *[
        ("special", ("locate", f"{name}.tif", SHIPS, "-o", "o.gpkg"))
        for name in ("gcp2", "gcpline", "gcpsame")
    ],
    ("u8-scale", ("locate", "u8_scale.tif", SHIPS, "-o", "o.gpkg")),
    ("verify-dateline", ("verify", "dateline.tif", "west.geojson", "a ship", "-o", "o.gpkg")),
    ("vrt-missing-tile", ("locate", "miss.vrt", SHIPS, "--zoom", "detail", "-o", "o.gpkg")),
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CASES.is_dir(), reason="needs the shared cases, ../shared/cases"),
]


class Kept:
    """A loaded model that stays in memory from one command to the next."""

    def __init__(self, model: Served) -> None:
        self._model = model

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def close(self) -> None:
        """Stay."""


@pytest.fixture(scope="module")
def model() -> Iterator[Kept]:
    loaded = engine.model.serving.load_served(None)
    yield Kept(loaded)
    loaded.close()


def prepared(case: str, folder: Path) -> sqlite3.Connection | None:
    """A copy of a case's files in ``folder``, with what its README says beside; a connection that holds one open."""
    shutil.copytree(CASES / case, folder, copy_function=shutil.copyfile)
    if case == "output-names":
        (folder / "Job!1").mkdir()
    if case == "overwrite-own-input":
        rasterio.shutil.copy(folder / "base.tif", folder / "rg.gpkg", driver="GPKG")
        with rasterio.open(folder / "base.tif") as raster:
            left, bottom, right, top = raster.bounds
            wkt = raster.crs.to_wkt()
        for layer in ("cand", "parcels_other"):
            pyogrio.raw.write(
                folder / "cand.gpkg",
                geometry=np.array([shapely.box(left + 20, bottom + 20, right - 20, top - 20).wkb], object),
                field_data=[np.array(["mine"], object)],
                fields=np.array(["owner"], object),
                driver="GPKG",
                layer=layer,
                geometry_type="Polygon",
                crs=wkt,
            )
    if case != "overwrite-open-gpkg":
        return None
    other = sqlite3.connect(folder / "out.gpkg", isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("CREATE TABLE edits (text TEXT)")
    return other


def prints(folder: Path) -> dict[str, str]:
    """Hash of each file but SQLite's shared memory, which changes when a file is looked at."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }


def row(case: str, words: Words, folder: Path) -> str:
    """Run one command in a case's folder; returns its row, after a look at all files but the output."""
    other = prepared(case, folder)
    before, layers = prints(folder), other_layers(folder, words)
    os.chdir(folder)
    done = CliRunner().invoke(app, [*words, "--json"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    document = json.loads(done.stdout)
    after, output = prints(folder), os.path.normpath(words[words.index("-o") + 1])
    written = done.exit_code == 0
    assert {name: after[name] for name in before if name != output or not written} == {
        name: text for name, text in before.items() if name != output or not written
    }
    assert set(after) - set(before) <= ({output} if written else set())
    assert other_layers(folder, words) == layers
    if other is not None:
        other.close()
    said = document["error"]["message"] if not written else " ".join(document["result"]["warnings"])
    count = len(document["features"]["features"]) if written else 0
    found = f"{count} box{'' if count == 1 else 'es'}" if written else f"refused ({done.exit_code})"
    assert said or written
    command = " ".join(f'"{word}"' if " " in word else SHOWN.get(word, word) for word in words)
    for name, short in SHOWN.items():
        said = said.replace(ascii(name)[1:-1], short.split(" ")[0])
    return f"| {case} | `{command}` | {found} | {said.replace('|', '/')} |\n"


def other_layers(folder: Path, words: Words) -> dict[str, int]:
    """Rows of the layers of a package that are not the output's own."""
    path = folder / words[words.index("-o") + 1]
    if not path.name.startswith("cand"):
        return {}
    with closing(sqlite3.connect(path)) as package:
        return {"parcels_other": package.execute("SELECT count(*) FROM parcels_other").fetchone()[0]}


def test_every_case_has_a_command() -> None:
    assert {case for case, _ in COMMANDS} == {path.name for path in CASES.iterdir() if path.is_dir()}


def test_the_table_of_commands_in_the_docs_is_what_comes_of_them(
    model: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.model.serving, "load_served", lambda name: model)
    monkeypatch.chdir(tmp_path)
    rows = [row(case, words, tmp_path / f"case-{number}") for number, (case, words) in enumerate(COMMANDS)]
    compare(BEGIN, HEAD + "".join(rows))
