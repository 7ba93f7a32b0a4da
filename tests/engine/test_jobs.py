"""The job loop in this process, with a scripted model over a real raster."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio.shutil
from rasterio.crs import CRS

from engine.errors import JobCancelledError, JobStateError, ModelError
from engine.imagery.outputs import write_features
from engine.imagery.raster import open_raster
from engine.jobs.database import Database
from engine.jobs.findings import Provenance
from engine.jobs.host import ModelHost
from engine.jobs.loop import Jobs
from engine.jobs.runs import run_job
from engine.jobs.store import Job, Store
from engine.paths import job_dir
from engine.types import CURRENT_ADAPTER, Chip, Completion, Detection, Query, Served, Stop, Window
from tests.engine.rasters import write_raster
from tests.engine.scripted import ScriptedModel

PATIENCE_S = 20.0


@dataclass
class Engine:
    """A job loop, its model, and how often that was loaded."""

    jobs: Jobs
    model: ScriptedModel
    loads: list[str | None]

    def run(self, kind: str, request: dict[str, Any]) -> Job:
        return self.ended(self.jobs.submit(kind, request).id)

    def ended(self, job_id: str) -> Job:
        wait_for(lambda: self.jobs.store.state(job_id) not in ("queued", "running"))
        return self.jobs.store.job(job_id)


def wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.01)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    model, loads = ScriptedModel(), []

    def load(name: str | None) -> Served:
        loads.append(name)
        if name == "broken":
            raise ModelError("The model 'broken' can't be loaded. Choose another.")
        return model

    database = Database(tmp_path / "jobs.sqlite")
    jobs = Jobs(Store(database), ModelHost(load), run_job)
    jobs.start()
    yield Engine(jobs, model, loads)
    jobs.close()
    database.close()


def test_a_locate_job_goes_from_request_to_ranked_features(engine: Engine, town_tif: Path) -> None:
    job = engine.run("locate", {"raster": str(town_tif), "queries": ["roof"], "zoom": "detail"})
    assert job.state == "done", job.error
    assert job.result is not None
    collection = engine.jobs.results.features(job.id)
    ranks = [feature["properties"]["rank"] for feature in collection["features"]]
    assert ranks == list(range(1, 9))
    assert job.result["features"] == 8
    assert job.result["windows"] == job.done == job.total
    assert collection["crs_wkt"].startswith("PROJCS")
    first = collection["features"][0]["properties"]
    assert first["model"] == "scripted"
    assert first["source"] == str(town_tif)
    assert first["reasoning"] == "Bright roofs stand out."
    assert engine.jobs.results.crop(job.id, collection["features"][0]["id"]).startswith(b"\x89PNG")


def test_words_that_the_model_lacks_are_told_with_the_result_or_refused(
    engine: Engine, town_tif: Path
) -> None:
    engine.model.spec = replace(engine.model.spec, words=("roof", "car park"))
    request = {"raster": str(town_tif), "queries": ["the roof of the car"], "zoom": "overview"}
    job = engine.run("locate", request)
    assert job.state == "done", job.error
    assert job.result is not None
    assert "“car”" in job.result["warnings"][-1]
    job = engine.run("locate", {**request, "queries": ["the car"]})
    assert job.state == "failed"
    assert job.error is not None
    assert job.error["type"] == "InputError"
    assert "car park" in job.error["message"]


def test_the_model_is_loaded_once_for_many_jobs(engine: Engine, town_tif: Path) -> None:
    request = {"raster": str(town_tif), "queries": ["roof"], "zoom": "overview"}
    assert [engine.run("locate", request).state for _ in range(3)] == ["done"] * 3
    assert engine.loads == [None]
    engine.run("locate", {**request, "model": "other"})
    assert engine.loads == [None, "other"]


def test_a_job_keeps_the_adapter_it_began_with(engine: Engine, town_tif: Path) -> None:
    request = {"raster": str(town_tif), "queries": ["roof"], "zoom": "overview"}
    named = engine.run("locate", {**request, "adapter": "harbour-2"})
    assert named.request["adapter"] == "harbour-2"
    feature = engine.jobs.results.features(named.id)["features"][0]
    assert feature["properties"]["adapter"] == "harbour-2"
    bare = engine.run("locate", request)
    assert bare.request["adapter"] == "none"
    assert bare.result is not None
    assert bare.result["adapter"] is None


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ({"raster": "/nowhere.tif"}, "RasterReadError", "/nowhere.tif"),
        ({"model": "broken"}, "ModelError", "Choose another"),
        ({"adapter": "missing"}, "RegistryError", "missing"),
        ({"queries": [""]}, "InputError", "queries"),
        ({"bands": [9, 9, 9]}, "InputError", "9"),
    ],
)
def test_a_job_that_fails_says_why(
    engine: Engine, town_tif: Path, change: dict[str, Any], kind: str, words: str
) -> None:
    job = engine.run("locate", {"raster": str(town_tif), "queries": ["roof"], **change})
    assert job.state == "failed"
    assert job.error is not None
    assert job.error["type"] == kind
    assert words in job.error["message"]
    assert engine.run("locate", {"raster": str(town_tif), "queries": ["roof"]}).state == "done"


def test_the_loop_outlives_what_nobody_foresaw(
    engine: Engine, town_tif: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(chips: list[Chip], queries: list[Query], stop: Stop) -> list[Completion]:
        raise ZeroDivisionError("by the model")

    request = {"raster": str(town_tif), "queries": ["roof"]}
    with monkeypatch.context() as patch:
        patch.setattr(engine.model, "generate", explode)
        job = engine.run("locate", request)
    assert job.state == "failed"
    assert job.error is not None
    assert job.error["type"] == "InternalError"
    assert "ZeroDivisionError: by the model" in job.error["message"]
    engine.jobs.resume(job.id)
    assert engine.ended(job.id).state == "done"


def test_a_raster_of_which_nothing_could_be_said_is_no_empty_result(engine: Engine, tmp_path: Path) -> None:
    red = [np.full((256, 256), value, np.uint8) for value in (255, 10, 10)]
    job = engine.run("locate", {"raster": str(write_raster(tmp_path / "red.tif", red)), "queries": ["roof"]})
    assert job.state == "failed"
    assert job.error is not None
    assert job.error["type"] == "CompletionParseError"
    assert "I would rather not say" in job.error["message"]


def test_cancel_reaches_into_generation(
    engine: Engine, town_tif: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, unwound = threading.Event(), threading.Event()

    def generate(chips: list[Chip], queries: list[Query], stop: Stop) -> list[Completion]:
        inside.set()
        try:
            return ScriptedModel(seconds=PATIENCE_S).generate(chips, queries, stop)
        finally:
            unwound.set()

    monkeypatch.setattr(engine.model, "generate", generate)
    job = engine.jobs.submit("locate", {"raster": str(town_tif), "queries": ["roof"]})
    assert inside.wait(PATIENCE_S)
    assert engine.jobs.cancel(job.id).state == "cancelled"
    assert unwound.wait(PATIENCE_S / 2)
    wait_for(engine.jobs.idle)
    assert engine.jobs.store.events(job.id)[-1]["data"]["state"] == "cancelled"
    with pytest.raises(JobStateError):
        engine.jobs.cancel(job.id)


def test_jobs_wait_for_each_other_and_their_events_stay_apart(engine: Engine, town_tif: Path) -> None:
    ids = [
        engine.jobs.submit("locate", {"raster": str(town_tif), "queries": [query], "zoom": "overview"}).id
        for query in ("north", "south", "west")
    ]
    jobs = [engine.ended(job_id) for job_id in ids]
    assert [job.state for job in jobs] == ["done"] * 3
    assert [job.started for job in jobs] == sorted(job.started or "" for job in jobs)
    for job, query in zip(jobs, ("north", "south", "west"), strict=True):
        events = engine.jobs.store.events(job.id)
        told = {event["data"]["properties"]["query"] for event in events if event["type"] == "detection"}
        assert told == {query}
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))


def test_verify_scores_the_polygons_of_a_layer(engine: Engine, town_tif: Path, tmp_path: Path) -> None:
    window = Window(0, 0, 800, 720, 256, 230, 0, "detail")
    boxes = [(200.0, 100.0, 240.0, 140.0), (470.0, 300.0, 506.0, 336.0), (420.0, 420.0, 640.0, 640.0)]
    layer = tmp_path / "guesses.gpkg"
    with open_raster(town_tif) as raster:
        provenance = Provenance(raster.transform, "", "", None, "")
        features = [
            provenance.feature(Detection(box, 0.0, "", "", "", window, None), "", None, "") for box in boxes
        ]
        write_features(layer, features, raster.crs_wkt)
    job = engine.run(
        "verify", {"raster": str(town_tif), "vector": str(layer), "query": "a roof", "margin": 0.0}
    )
    assert job.state == "done", job.error
    assert job.result is not None
    assert (job.result["polygons"], job.result["blank"], job.result["features"]) == (3, 1, 2)
    best, other = engine.jobs.results.features(job.id)["features"]
    assert best["properties"]["score"] > 0.9 > other["properties"]["score"]
    assert best["geometry"]["coordinates"][0][0] == pytest.approx(features[1].geometry["coordinates"][0][0])
    assert [best["properties"]["rank"], other["properties"]["rank"]] == [1, 2]


def test_verify_tells_what_has_no_score_and_names_features_by_their_own_place(
    engine: Engine, town_tif: Path, tmp_path: Path
) -> None:
    with open_raster(town_tif) as raster:
        place = Provenance(raster.transform, "", "", None, "")
        corners = [(470.0, 300.0, 506.0, 336.0), (-900.0, 0.0, -800.0, 90.0), (200.0, 100.0, 240.0, 140.0)]
        window = Window(0, 0, 8, 8, 8, 8, 0, "detail")
        shapes = [
            place.feature(Detection(box, 0.0, "", "", "", window, None), "", None, "").geometry
            for box in corners
        ]
        crs = {"type": "name", "properties": {"name": f"EPSG:{CRS.from_wkt(raster.crs_wkt or '').to_epsg()}"}}
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    items = [
        {"type": "Feature", "id": 100 + n, "properties": {}, "geometry": geometry}
        for n, geometry in enumerate([None, shapes[0], line, shapes[1], shapes[2]])
    ]
    layer = tmp_path / "mixed.geojson"
    layer.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": items}))
    request = {"raster": str(town_tif), "vector": str(layer), "query": "a roof", "margin": 0.0}
    job = engine.run("verify", request)
    assert job.result is not None, job.error
    found = {f["id"]: f["properties"] for f in engine.jobs.results.features(job.id)["features"]}
    assert {name: f["source_id"] for name, f in found.items()} == {"w1-0": 101, "w4-0": 104}
    assert found["w1-0"]["score"] > 0.9
    assert (job.result["polygons"], job.result["outside"], job.result["features"]) == (3, 1, 2)
    assert job.result["skipped"] == {"LineString": 1, "without geometry": 1}
    said = " ".join(job.result["warnings"])
    assert "1 polygon lies outside the raster and has no score, of 3 in all" in said
    assert "1 LineString, 1 without geometry" in said

    layer.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": items[3:4]}))
    job = engine.run("verify", request)
    assert job.state == "done"
    assert job.result is not None
    assert job.result["features"] == 0
    assert "None of the layer's 1 polygon meets the raster" in job.result["warnings"][-1]


def test_an_idle_model_is_freed(town_tif: Path, tmp_path: Path) -> None:
    now = [0.0]
    models: list[ScriptedModel] = []

    def load(name: str | None) -> Served:
        models.append(ScriptedModel())
        return models[-1]

    host = ModelHost(load, idle_s=60.0, monotonic=lambda: now[0])
    host.acquire(None, CURRENT_ADAPTER)
    now[0] = 59.0
    host.free_when_idle()
    assert host.describe() == {"state": "ready", "model": "scripted", "device": "cpu"}
    now[0] = 61.0
    host.free_when_idle()
    assert models[0].closed
    assert host.describe() == {"state": "idle", "model": None, "device": None}
    host.acquire(None, CURRENT_ADAPTER)
    assert len(models) == 2


def test_a_stopped_engine_marks_its_job_so_that_it_can_be_resumed(town_tif: Path, tmp_path: Path) -> None:
    database = Database(tmp_path / "jobs.sqlite")
    store = Store(database)
    jobs = Jobs(store, ModelHost(lambda name: ScriptedModel(seconds=0.2)), run_job)
    jobs.start()
    job = jobs.submit("locate", {"raster": str(town_tif), "queries": ["roof"]})
    wait_for(lambda: store.job(job.id).done > 0)
    jobs.close()
    left = store.job(job.id)
    assert left.state == "failed"
    assert left.error is not None
    assert left.error["type"] == "JobInterruptedError"
    again = Jobs(store, ModelHost(lambda name: ScriptedModel()), run_job)
    again.start()
    again.resume(job.id)
    wait_for(lambda: store.state(job.id) == "done")
    again.close()


def test_a_job_deleted_while_it_ends_leaves_no_folder(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, leave = threading.Event(), threading.Event()

    def lingering(job: Job, *_: Any) -> dict[str, Any]:
        job_dir(job.id).mkdir(parents=True)
        begun.set()
        leave.wait(PATIENCE_S)
        (job_dir(job.id) / "late.txt").write_text("written after the end")
        raise JobCancelledError("The job was cancelled.")

    monkeypatch.setattr(engine.jobs, "_run_job", lingering)
    job = engine.jobs.submit("improve", {})
    assert begun.wait(PATIENCE_S)
    engine.jobs.cancel(job.id)
    engine.jobs.delete(job.id)
    leave.set()
    wait_for(lambda: not engine.jobs.busy())
    assert not job_dir(job.id).exists()


def test_windows_that_could_not_be_read_are_looked_at_again_on_resume(
    engine: Engine, town_tif: Path, tmp_path: Path
) -> None:
    part, away = tmp_path / "part.tif", tmp_path / "away.tif"
    part.write_bytes(town_tif.read_bytes())
    mosaic = tmp_path / "mosaic.vrt"
    rasterio.shutil.copy(part, mosaic, driver="VRT")
    stretch = [[0, 255]] * 3
    request = {"raster": str(mosaic), "queries": ["roof"], "zoom": "detail", "stretch": stretch}
    part.rename(away)
    failed = engine.run("locate", request)
    assert (failed.state, failed.error and failed.error["type"]) == ("failed", "RasterReadError")
    away.rename(part)
    engine.jobs.resume(failed.id)
    again = engine.ended(failed.id)
    assert again.state == "done", again.error
    assert again.result is not None
    assert (again.result["unreadable"], again.result["features"]) == (0, 8)
