"""A mosaic with a missing tile: what can be read is searched, what can't is named, and nothing is lost of either."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

import engine.model.serving
from engine.cli.main import app
from engine.errors import RasterReadError
from engine.imagery.raster import open_raster
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import Store
from engine.search.pipeline import Search, SearchOptions, conclude, locate, plan
from engine.search.tally import Tally
from engine.types import Query, Rectangle
from tests.engine.rasters import write_raster
from tests.engine.scripted import ScriptedModel

TILE = 320
ROOF_PX = (160, 60, 200, 100)


def mosaic(folder: Path, *, missing: tuple[int, ...] = (1,), dtype: str = "uint8", n_tiles: int = 3) -> Path:
    """Tiles in a row, each with a bright roof, as a VRT; some of them are not there."""
    bands = []
    for number in range(n_tiles):
        tile = np.full((TILE, TILE), 60, dtype)
        tile[ROOF_PX[1] : ROOF_PX[3], ROOF_PX[0] : ROOF_PX[2]] = 250
        if number not in missing:
            write_raster(folder / f"t{number}.tif", [tile] * 3)
    kind = {"uint8": "Byte", "uint16": "UInt16"}[dtype]
    for band in (1, 2, 3):
        sources = "".join(
            f'<SimpleSource><SourceFilename relativeToVRT="1">t{number}.tif</SourceFilename>'
            f"<SourceBand>{band}</SourceBand>"
            f'<SourceProperties RasterXSize="{TILE}" RasterYSize="{TILE}" DataType="{kind}"/>'
            f'<SrcRect xOff="0" yOff="0" xSize="{TILE}" ySize="{TILE}"/>'
            f'<DstRect xOff="{number * TILE}" yOff="0" xSize="{TILE}" ySize="{TILE}"/></SimpleSource>'
            for number in range(n_tiles)
        )
        bands.append(
            f'<VRTRasterBand dataType="{kind}" band="{band}">'
            f"<ColorInterp>{('Red', 'Green', 'Blue')[band - 1]}</ColorInterp>{sources}</VRTRasterBand>"
        )
    path = folder / "mosaic.vrt"
    path.write_text(
        f'<VRTDataset rasterXSize="{TILE * n_tiles}" rasterYSize="{TILE}"><SRS>EPSG:32632</SRS>'
        f"<GeoTransform>500000, 2, 0, 5000000, 0, -2</GeoTransform>{''.join(bands)}</VRTDataset>"
    )
    return path


def run(path: Path, kind: str = "locate", stop: Callable[[], bool] = lambda: False, **more: object) -> dict:
    """One job from its request to its result, and the left edges of what it found, in source pixels."""
    request = {"raster": str(path), "queries": ["roof"], "zoom": "detail", **more}
    database = Database(path.parent / "jobs.sqlite")
    try:
        store = Store(database)
        job_id = store.submit(kind, request).id
        job = store.begin_next()
        assert job is not None
        results = Results(store)
        result = run_job(job, results, ModelHost(lambda name: ScriptedModel()), stop)
        features = results.findings(job_id)
        return {**result, "found": sorted({round(f.detection.xyxy_src[0]) for f in features})}
    finally:
        database.close()


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
@pytest.mark.parametrize("zoom", ["detail", "auto"])
def test_what_can_be_read_is_found_and_the_rest_is_named(tmp_path, dtype, zoom):
    result = run(mosaic(tmp_path, dtype=dtype), zoom=zoom)
    assert {160, 2 * TILE + 160} <= set(result["found"])
    assert not {x for x in result["found"] if TILE <= x < 2 * TILE}
    assert result["unreadable"] > 0
    assert result["windows"] > result["unreadable"] + result["blank"]
    (said,) = [note for note in result["warnings"] if "could not be read" in note]
    assert "t1.tif" in said
    assert f"{result['unreadable']} of {result['windows']} windows" in said
    assert "column " in said


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_a_missing_first_tile_is_no_black_one(tmp_path, dtype):
    result = run(mosaic(tmp_path, missing=(0,), dtype=dtype))
    assert {TILE + 160, 2 * TILE + 160} <= set(result["found"])
    assert result["unreadable"] == 4  # two columns of windows by two rows
    with open_raster(mosaic(tmp_path, missing=(0,), dtype=dtype)) as raster:
        for _ in range(3):
            with pytest.raises(RasterReadError, match=r"t0\.tif"):
                raster.read_chip(Rectangle(0, 0, 256, 256, 256, 256))


def test_where_not_one_window_can_be_read_it_is_an_error(tmp_path):
    with pytest.raises(RasterReadError, match=r"t0\.tif"):
        run(mosaic(tmp_path, missing=(0, 1, 2)))


def test_where_all_is_there_nothing_is_said(tmp_path):
    result = run(mosaic(tmp_path, missing=()))
    assert result["unreadable"] == 0
    assert result["warnings"] == []
    assert {n * TILE + 160 for n in range(3)} <= set(result["found"])


def test_a_run_that_goes_on_counts_what_was_unreadable_before(tmp_path):
    path = mosaic(tmp_path)
    model = ScriptedModel()
    with open_raster(path) as raster:
        search = Search(raster, model, model, SearchOptions(zoom="detail", batch_size=4), lambda: False)
        windows = plan(search)
        whole = [window for batch in locate(search, [Query("roof")], windows) for window in batch]
        reports = {window.window.index: window.report for window in whole}
        for cut in range(len(whole)):
            done = {index: json.loads(json.dumps(report)) for index, report in list(reports.items())[:cut]}
            rest = [w for batch in locate(search, [Query("roof")], windows, done=done) for w in batch]
            tally = Tally([*done.values(), *(window.report for window in rest)])
            assert tally.summary() == Tally(reports.values()).summary()
            assert tally.gap_notes() == Tally(reports.values()).gap_notes()
            assert not tally.nothing_read()
            assert not tally.all_unread()


def test_a_join_across_a_gap_keeps_the_best_score_of_its_parts(tmp_path, monkeypatch):
    model = ScriptedModel()
    with open_raster(mosaic(tmp_path, missing=())) as raster:
        search = Search(raster, model, model, SearchOptions(zoom="detail"), lambda: False)
        windows = plan(search)
        found = [d for batch in locate(search, [Query("roof")], windows) for w in batch for d in w.detections]
        monkeypatch.setattr(
            "engine.search.pipeline.merge_detections",
            lambda detections, _: [
                type(found[0])((10.0, 10.0, 200.0, 90.0), 0.6, "roof", "", "roof", windows[0], 2.0)
            ],
        )

        def fail(*args, **options):
            raise RasterReadError("gone")

        monkeypatch.setattr(raster, "read_crop", fail)
        (kept,) = conclude(search, found, windows)
    assert (kept.score, kept.crop) == (0.6, None)


def test_polygons_that_can_not_be_read_are_named_and_the_others_scored(tmp_path):
    path = mosaic(tmp_path)
    boxes = [[TILE * n + 160, 60, TILE * n + 200, 100] for n in range(3)]
    shapes = [
        {
            "type": "Polygon",
            "coordinates": [
                [[500000 + 2 * x, 5000000 - 2 * y] for x, y in ((a, b), (c, b), (c, d), (a, d), (a, b))]
            ],
        }
        for a, b, c, d in boxes
    ]
    layer = tmp_path / "boxes.geojson"
    features = [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32632"}}
    layer.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}))
    request = {"raster": str(path), "vector": str(layer), "query": "a roof"}
    database = Database(tmp_path / "jobs.sqlite")
    store = Store(database)
    store.submit("verify", request)
    result = run_job(
        store.begin_next(), Results(store), ModelHost(lambda name: ScriptedModel()), lambda: False
    )
    database.close()
    assert (result["polygons"], result["unreadable"], result["features"]) == (3, 1, 2)
    assert "t1.tif" in result["warnings"][0]


def test_the_command_line_writes_what_was_found_and_draws_what_can_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(engine.model.serving, "load_served", lambda name: ScriptedModel())
    output, preview = tmp_path / "o.geojson", tmp_path / "o.png"
    words = [
        "locate",
        str(mosaic(tmp_path)),
        "roof",
        "--zoom",
        "detail",
        "-o",
        str(output),
        "--preview",
        str(preview),
    ]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert "unreadable" in result.output
    assert "could not be read" in result.output.replace("\n", " ")
    assert len(json.loads(output.read_text())["features"]) == 2
    picture = np.asarray(Image.open(preview).convert("RGB"))
    assert picture[:200].std() > 10


def test_a_size_given_on_the_command_line_is_searched_at(tmp_path, monkeypatch):
    monkeypatch.setattr(engine.model.serving, "load_served", lambda name: ScriptedModel())
    path = write_raster(tmp_path / "a.tif", [np.full((600, 600), 60, np.uint8)] * 3, crs=None)
    asked = ["locate", str(path), "roof", "--zoom", "detail", "--gsd", "1", "--json"]
    refused = CliRunner().invoke(app, asked)
    assert refused.exit_code == 2
    assert "--gsd-of-raster" in refused.output
    result = json.loads(CliRunner().invoke(app, [*asked, "--gsd-of-raster", "0.5"]).stdout)
    assert result["result"]["windows"] == 4
    assert "red 60, green 60, blue 60" in " ".join(result["result"]["warnings"])
    bad = CliRunner().invoke(app, [*asked, "--gsd-of-raster", "0"])
    assert bad.exit_code == 2
    assert "gsd_src_m is 0" in bad.output.replace("\\n", " ")


def test_a_thread_is_searched_and_told(tmp_path):
    path = write_raster(tmp_path / "a.tif", [np.full((1, 20_000), 60, np.uint8)] * 3)
    result = run(path, zoom="auto")
    assert result["windows"] < 120
    assert any("thin strip" in note for note in result["warnings"])
