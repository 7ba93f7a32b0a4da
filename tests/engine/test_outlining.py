"""Outlines of a job's boxes: from the request to the written file, through kills, cancels and full memory."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from engine.catalogue.adding import add_model
from engine.catalogue.models import find_model, find_outliner, list_models
from engine.errors import InputError, JobCancelledError, ModelError, ModelMemoryError
from engine.imagery.outputs import write_features
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.precheck import precheck
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import Job, Store
from engine.model.serving import load_outliner
from engine.types import Feature, Outliner, Pixels, Stop, Xyxy
from tests.engine.scripted import BRIGHT, ScriptedModel
from tests.engine.tiny_outliners import SIDE_PX, build_outliner

GOES_ON: Stop = lambda: False  # noqa: E731


class ScriptedOutliner:
    """Draws what is bright; ``fails`` is raised at the boxes' number that it names."""

    name, picture_px, batch_size = "scripted-outliner", 128, 2

    def __init__(self, fails: dict[int, BaseException] | None = None, blind: bool = False) -> None:
        self.asked, self.closed, self.fails, self.blind = 0, False, fails or {}, blind

    def masks(
        self, pictures: Sequence[Pixels], boxes_px: Sequence[Xyxy], stop: Stop
    ) -> list[NDArray[np.bool_]]:
        for _ in pictures:
            self.asked += 1
            if self.asked in self.fails:
                raise self.fails.pop(self.asked)
        return [(picture.min(axis=2) > BRIGHT) & (not self.blind) for picture in pictures]

    def close(self) -> None:
        self.closed = True


class Bench:
    """A store, and jobs run in it one by one."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / "jobs.sqlite")
        self.store = Store(self.database)
        self.results = Results(self.store)
        self.model = ScriptedModel()

    def submit(self, request: dict[str, Any], kind: str = "locate") -> Job:
        self.store.submit(kind, request)
        job = self.store.begin_next()
        assert job is not None
        return job

    def run(self, job: Job, outliner: Outliner) -> dict[str, Any]:
        host = ModelHost(lambda name: self.model, load_outliner=lambda name: outliner)
        return run_job(job, self.results, host, GOES_ON)

    def features(self, job: Job, result: dict[str, Any]) -> list[dict[str, Any]]:
        self.store.finish(job.id, "done", result=result)
        found: list[dict[str, Any]] = self.results.features(job.id)["features"]
        return found


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def asking(town_tif: Path, **more: Any) -> dict[str, Any]:
    return {"raster": str(town_tif), "queries": ["roof"], "zoom": "detail", "outline": True, **more}


def test_each_box_becomes_the_outline_of_what_is_in_it(bench: Bench, town_tif: Path, tmp_path: Path) -> None:
    job, outliner = bench.submit(asking(town_tif)), ScriptedOutliner()
    result = bench.run(job, outliner)
    assert outliner.closed
    progress = [e["data"] for e in bench.store.events(job.id) if e["type"] == "progress"]
    assert (progress[-1]["done"], progress[-1]["total"]) == (result["windows"] + 8,) * 2
    found = bench.features(job, result)
    assert len(found) == outliner.asked == 8
    for feature in found:
        own = feature["properties"]
        assert (own["outline"], own["outline_model"]) == ("mask", "scripted-outliner")
        assert shape(feature["geometry"]).area == pytest.approx(72 * 72, rel=0.05)
        assert shapely.from_wkt(own["box"]).intersects(shape(feature["geometry"]))
        assert own["model"] == "scripted"
        assert 0 < own["score"] <= 1
    path = tmp_path / "roofs.gpkg"
    features = [Feature(feature["geometry"], feature["properties"]) for feature in found]
    write_features(path, features, bench.results.features(job.id)["crs_wkt"])
    meta, _, _, columns = pyogrio.raw.read(path)
    assert list(columns[list(meta["fields"]).index("outline")]) == ["mask"] * 8


def test_where_nothing_stands_out_the_box_stays_and_says_so(bench: Bench, town_tif: Path) -> None:
    job = bench.submit(asking(town_tif))
    result = bench.run(job, ScriptedOutliner(blind=True))
    assert any("8 of 8 outlines could not be drawn" in warning for warning in result["warnings"])
    for feature in bench.features(job, result):
        assert feature["properties"]["outline"] == "box"
        assert shape(feature["geometry"]).equals(shapely.from_wkt(feature["properties"]["box"]))


@pytest.mark.parametrize("at", [1, 4, 8])
def test_a_broken_off_job_draws_no_outline_twice(bench: Bench, town_tif: Path, at: int) -> None:
    job, first = bench.submit(asking(town_tif)), ScriptedOutliner({at: RuntimeError("killed")})
    with pytest.raises(RuntimeError, match="killed"):
        bench.run(job, first)
    assert first.closed
    kept = len(bench.results.outlines(job.id))
    assert kept == (at - 1) // 2 * 2
    bench.store.finish(job.id, "failed")
    bench.store.resume(job.id)
    again = bench.store.begin_next()
    assert again is not None
    second = ScriptedOutliner()
    found = bench.features(job, bench.run(again, second))
    assert second.asked == 8 - kept
    assert [feature["properties"]["outline"] for feature in found] == ["mask"] * 8


def test_a_cancelled_job_draws_no_more(bench: Bench, town_tif: Path) -> None:
    job = bench.submit(asking(town_tif))
    with pytest.raises(JobCancelledError):
        bench.run(job, ScriptedOutliner({3: JobCancelledError("stopped")}))
    assert len(bench.results.outlines(job.id)) == 2


def test_without_room_for_both_models_the_first_one_is_let_go(bench: Bench, town_tif: Path) -> None:
    tries = [ModelMemoryError("no room")]

    def load(name: str | None) -> Outliner:
        if tries:
            raise tries.pop()
        return ScriptedOutliner({3: ModelMemoryError("no room for its work")})

    job = bench.submit(asking(town_tif))
    with pytest.raises(
        ModelMemoryError, match="for its work"
    ):  # the first model is gone: nothing more to let go
        run_job(job, bench.results, ModelHost(lambda name: bench.model, load_outliner=load), GOES_ON)
    assert bench.model.closed
    bench.model.closed = False
    other = ScriptedOutliner({3: ModelMemoryError("no room for its work")})
    bench.store.finish(job.id, "failed")
    second = bench.submit(asking(town_tif))
    assert len(bench.features(second, bench.run(second, other))) == 8
    assert bench.model.closed


def test_a_tolerance_in_metres_wants_a_raster_that_has_them(bench: Bench, tmp_path: Path) -> None:
    from tests.engine.rasters import write_raster

    bare = write_raster(tmp_path / "bare.tif", [np.zeros((64, 64), np.uint8)], crs=None, transform=None)
    job = bench.submit(asking(bare, outline_tolerance_m=1.0))
    with pytest.raises(InputError, match="gsd-of-raster"):
        bench.run(job, ScriptedOutliner())


@pytest.fixture(scope="module", params=["sam2", "edgetam", "sam3"])
def tiny(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    family: str = request.param
    return build_outliner(tmp_path_factory.mktemp("outliner") / f"tiny-{family}", family)


def test_a_real_architecture_from_its_folder_to_outlines(
    bench: Bench, tiny: Path, town_tif: Path, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="none is here"):
        precheck("locate", asking(town_tif))
    add_model(tiny, accept_licence=True, tell=lambda kind, data: None)
    entry = next(entry for entry in list_models() if entry.spec.name == tiny.name)
    assert (entry.role, entry.memory.learn_bytes) == ("outline", 0)
    assert find_outliner().path == entry.spec.path
    precheck("locate", asking(town_tif))
    with pytest.raises(ModelError, match="can't be asked"):
        find_model(tiny.name)
    with pytest.raises(ModelError, match="draws no outlines"):
        find_outliner("mini")
    model = load_outliner(None)
    assert model.picture_px == SIDE_PX
    job = bench.submit(asking(town_tif))
    found = bench.features(job, bench.run(job, model))
    assert len(found) == 8
    assert all(shape(feature["geometry"]).is_valid for feature in found)
    assert {feature["properties"]["outline_model"] for feature in found} == {tiny.name}
    with pytest.raises(TypeError):  # it was let go of
        model.masks([np.zeros((SIDE_PX, SIDE_PX, 3), np.uint8)], [(1.0, 1.0, 9.0, 9.0)], GOES_ON)


def test_masks_are_those_of_transformers(tiny: Path, tmp_path: Path) -> None:
    """A folder as it is published names the video model; its masks are the picture model's."""
    import torch
    from transformers import AutoModelForMaskGeneration, Sam2Processor, Sam3TrackerProcessor

    model = load_outliner(str(tiny))
    picture = np.random.default_rng(0).integers(0, 255, (SIDE_PX, SIDE_PX, 3), dtype=np.uint8)
    box = (20.0, 30.0, 90.0, 100.0)
    mask = model.masks([picture, picture], [box, box], GOES_ON)[1]
    kind = Sam3TrackerProcessor if tiny.name.endswith("sam3") else Sam2Processor
    own, processor = AutoModelForMaskGeneration.from_pretrained(tiny), kind.from_pretrained(tiny)
    asked = processor(
        images=picture,
        input_boxes=[[list(box)]],
        input_points=[[[[55.0, 65.0]]]],
        input_labels=[[[1]]],
        return_tensors="pt",
    )
    sizes = asked.pop("original_sizes")
    with torch.inference_mode():
        logits = own.eval()(**asked, multimask_output=False).pred_masks
    assert np.array_equal(mask, processor.post_process_masks(logits, sizes)[0][0, 0].numpy())
    with pytest.raises(JobCancelledError):
        model.masks([picture], [box], lambda: True)


def test_a_damaged_folder_is_told_in_a_sentence(tiny: Path, tmp_path: Path) -> None:
    import shutil

    broken = shutil.copytree(tiny, tmp_path / "broken")
    config = json.loads((broken / "config.json").read_text())
    (broken / "config.json").write_text(json.dumps(config))
    for name in ("preprocessor_config.json", "processor_config.json"):
        (broken / name).unlink(missing_ok=True)
    with pytest.raises(ModelError, match="image processor"):
        load_outliner(str(broken))
