"""A scan of an archive on Ray: the rows of ``locate``, whatever is killed on the way, and no window asked twice."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyarrow.parquet
import pytest

from engine.errors import InputError, JobCancelledError, ModelError
from engine.imagery.rfc7946 import in_wgs84
from engine.model.serving import load_served
from engine.scan import run
from engine.scan.cluster import on_ray
from engine.scan.ledger import Ledger
from engine.scan.request import ScanRequest
from engine.scan.run import found, scan
from tests.engine.model_servers import never
from tests.engine.rasters import write_raster
from tests.engine.scans import SlowLedger, Watched, watched

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed (extra scan)"),
]

QUERY = "all roofs"
SIDE = 600


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """One Ray for all tests of this file."""
    with on_ray(None, slots=5, store_bytes=2**27, stop=lambda: False):
        yield


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six scenes side by side with bright roofs, one that is no raster, and one without coordinates."""
    folder = tmp_path_factory.mktemp("archive")
    for number in range(6):
        draw = np.random.default_rng(number)
        bands = np.full((3, SIDE, SIDE), 90, np.uint8)
        for top, left in draw.integers(0, SIDE - 40, (12, 2)):
            bands[:, top : top + 30, left : left + 34] = 240
        write_raster(folder / f"scene{number}.tif", list(bands))
    (folder / "torn.tif").write_bytes(b"II*\0 and nothing more")
    write_raster(folder / "nowhere.tif", [np.full((300, 300), 90, np.uint8)], crs=None, transform=None)
    return folder


def asking(archive: Path, out: Path, model: str, **more: Any) -> ScanRequest:
    values = {
        "source": str(archive),
        "queries": [QUERY],
        "output": str(out),
        "model": model,
        "workers": 2,
        **more,
    }
    return ScanRequest.model_validate(values)


def boxes_of(out: Path) -> dict[str, list[dict[str, Any]]]:
    """The written boxes by scene, best first, without the moment at which each was found."""
    found = {}
    for path in sorted(out.glob("detections/*/*.parquet")):
        rows = pyarrow.parquet.read_table(path, partitioning=None).to_pylist()
        found[rows[0]["scene"]] = [{k: v for k, v in row.items() if k != "time"} for row in rows]
    return found


def failures_of(out: Path) -> dict[str, str]:
    rows = pyarrow.parquet.read_table(out / "failed.parquet").to_pylist()
    return {row["scene"]: row["reason"] for row in rows}


def quiet(kind: str, data: dict[str, Any]) -> None:
    """Hears nothing."""


@dataclass
class Whole:
    """A scan that nothing disturbed: what was asked, what its server saw, and its result."""

    request: ScanRequest
    server: Watched
    asked: Counter[str]
    result: dict[str, Any]

    @property
    def out(self) -> Path:
        return Path(self.request.output)


@pytest.fixture(scope="module")
def whole(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    out = tmp_path_factory.mktemp("whole") / "out"
    with watched() as (server, model):
        request = asking(archive, out, model)
        result = scan(request, quiet, never, load_served)
        yield Whole(request, server, server.pictures.copy(), result)


def test_every_scene_has_the_rows_of_locate(archive: Path, whole: Whole) -> None:
    from engine.cli.local import run_here

    out, asked, result = whole.out, whole.asked, whole.result
    boxes, expected = boxes_of(out), {}
    with watched() as (server, model):
        for path in sorted(archive.glob("scene*.tif")):
            request = {"raster": str(path), "queries": [QUERY], "model": model}
            alone = run_here("locate", request, load_served, lambda job: None)
            features = in_wgs84(alone.features, alone.collection["crs_wkt"])
            expected[path.name] = [feature.properties | {"time": None} for feature in features]
            got = [{**row, "time": None} for row in boxes[path.name]]
            names = expected[path.name][0].keys() - {"model"}
            assert [{n: row[n] for n in names} for row in got] == [
                {n: row[n] for n in names} for row in expected[path.name]
            ]
        assert server.pictures == asked, "other pictures reached the server than those of `locate`"
    assert boxes.keys() == expected.keys()
    assert result["detections"] == sum(map(len, expected.values())) > 30
    assert all(row["scene"] == name for name, rows in boxes.items() for row in rows)


@pytest.mark.usefixtures("whole")
def test_no_process_keeps_figures_that_nobody_sees() -> None:
    import ray.util

    kept = {actor["name"] for actor in ray.util.list_named_actors(all_namespaces=True)}
    assert "ActorLocationTracker" in kept
    assert "datasets_stats_actor" not in kept


def test_what_cannot_be_searched_is_a_row_with_its_reason(
    whole: Whole,
) -> None:
    out, result = whole.out, whole.result
    reasons = failures_of(out)
    assert reasons.keys() == {"torn.tif", "nowhere.tif"}
    assert "torn.tif" in reasons["torn.tif"]
    assert result["failed"] == 2
    assert result["scenes"] == 6


def test_scenes_and_request_are_told(whole: Whole, archive: Path) -> None:
    out = whole.out
    rows = pyarrow.parquet.read_table(out / "scenes.parquet").to_pylist()
    assert [row["id"] for row in rows] == [f"scene{number}.tif" for number in range(6)]
    assert all(row["windows"] > 4 and row["asked"] for row in rows)
    about = json.loads((out / "scan.json").read_text())
    assert about["request"]["queries"] == [QUERY]
    assert about["model"]["prompt_version"]


def kill_a_worker() -> int:
    """Kill one process that holds the model; how many were killed."""
    for process in psutil.Process().children(recursive=True):
        try:
            if "MapWorker" in " ".join(process.cmdline()):
                process.kill()
                return 1
        except psutil.Error:  # another of Ray's processes, which has just ended
            continue
    return 0


def test_broken_off_and_killed_it_ends_with_the_same_rows_and_asks_nothing_twice(
    archive: Path, tmp_path: Path, whole: Whole
) -> None:
    out = tmp_path / "out"
    with watched(slow_s=0.05) as (server, model):
        request = asking(archive, out, model)
        with pytest.raises(JobCancelledError):
            scan(request, quiet, lambda: Ledger(out).windows() >= 12, load_served)
        kept = Ledger(out).windows()
        assert 0 < kept < whole.result["windows"], "it was not broken off in the middle"
        server.pictures.clear()
        server.slow_s = 0.5  # so that there is something left to do once a worker is found
        ended = threading.Event()

        def kill_once() -> int:
            while not ended.wait(0.02):
                if Ledger(out).windows() > kept and kill_a_worker():
                    server.slow_s = 0.0
                    return 1
            return 0

        with ThreadPoolExecutor(1) as pool:
            killing = pool.submit(kill_once)
            try:
                result = scan(request, quiet, never, load_served)
            finally:
                ended.set()
    assert killing.result() == 1, "no worker was killed"
    assert result["windows"] == whole.result["windows"]
    assert result["asked_now"] <= whole.result["asked_now"] - kept, "a finished window was asked again"
    assert boxes_of(out) == same_model(boxes_of(whole.out), boxes_of(out))
    assert failures_of(out) == failures_of(whole.out)


def same_model(boxes: dict[str, Any], as_in: dict[str, Any]) -> dict[str, Any]:
    """Boxes with the name of the model of another scan: two servers have two addresses."""
    (name,) = {row["model"] for rows in as_in.values() for row in rows}
    return {scene: [{**row, "model": name} for row in rows] for scene, rows in boxes.items()}


def test_done_again_it_asks_nothing_and_another_request_is_refused(whole: Whole) -> None:
    before, asked = boxes_of(whole.out), whole.server.pictures.copy()
    again = scan(
        whole.request.model_copy(update={"workers": 1, "price_per_hour": 1.0}), quiet, never, load_served
    )
    assert boxes_of(whole.out) == before
    assert whole.server.pictures == asked
    assert again["asked_now"] == 0
    with pytest.raises(InputError, match="queries was"):
        scan(whole.request.model_copy(update={"queries": ["all ships"]}), quiet, never, load_served)


def test_a_raster_replaced_under_its_old_name_is_asked_anew_and_no_other(
    archive: Path, tmp_path: Path
) -> None:
    scenes = tmp_path / "scenes"
    scenes.mkdir()
    for name in ("scene0.tif", "scene1.tif"):
        shutil.copy2(archive / name, scenes / name)
    with watched() as (server, model):
        request = asking(scenes, tmp_path / "out", model)
        first = scan(request, quiet, never, load_served)
        before = boxes_of(tmp_path / "out")
        server.pictures.clear()
        shutil.copy2(archive / "scene2.tif", scenes / "scene1.tif")
        os.utime(scenes / "scene1.tif", ns=(10**18, 10**18))
        second = scan(request, quiet, never, load_served)
        fresh = scan(
            request.model_copy(update={"output": str(tmp_path / "fresh")}), quiet, never, load_served
        )
    assert not [said for said in first["warnings"] if "changed" in said]
    assert any("1 raster changed since being searched (scene1.tif)" in said for said in second["warnings"])
    assert second["asked_now"] == first["asked_now"] / 2 == fresh["asked_now"] / 2
    after = boxes_of(tmp_path / "out")
    assert after == boxes_of(tmp_path / "fresh")
    assert after["scene0.tif"] == before["scene0.tif"]
    assert after["scene1.tif"] != before["scene1.tif"]


def test_a_folder_with_other_things_or_with_another_scan_at_work_is_refused(
    archive: Path, tmp_path: Path
) -> None:
    request = asking(archive, tmp_path / "out", "http://127.0.0.1:9/v1#any")
    lock = Ledger(tmp_path / "out").lock()
    with pytest.raises(InputError, match="Another scan"):
        scan(request, quiet, never, load_served)
    lock.release()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match=r"thesis\.txt"):
        scan(request.model_copy(update={"output": str(tmp_path / "mine")}), quiet, never, load_served)


def test_a_model_that_fails_ends_the_scan_with_its_sentence(archive: Path, tmp_path: Path) -> None:
    with watched() as (server, model):

        def hear(kind: str, data: dict[str, Any]) -> None:
            server.broken = server.broken or kind == "progress"

        with pytest.raises(ModelError, match="out of memory"):
            scan(asking(archive, tmp_path / "out", model, workers=1), hear, never, load_served)


def test_with_readers_of_their_own_the_rows_are_the_same(
    archive: Path, tmp_path: Path, whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "SCENES_A_WORKER", 100)
    with watched() as (server, model):
        scan(asking(archive, tmp_path / "out", model), quiet, never, load_served)
    assert server.pictures == whole.asked
    assert boxes_of(tmp_path / "out") == same_model(boxes_of(whole.out), boxes_of(tmp_path / "out"))
    assert failures_of(tmp_path / "out") == failures_of(whole.out)


def test_ray_is_there_without_what_nobody_uses(whole: Whole) -> None:
    titles = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # a worker that has just ended
            titles.append(" ".join(process.cmdline()))
    assert any("raylet" in title for title in titles)
    assert not [
        title for title in titles if re.search(r"(log_monitor|/monitor|dashboard/dashboard)\.py", title)
    ]


@pytest.mark.parametrize(("apart", "bound"), [(True, 80), (False, 12)])
def test_reading_waits_for_a_slow_writer(archive: Path, tmp_path: Path, apart: bool, bound: int) -> None:
    from engine.scan.probing import probe
    from engine.scan.stream import Hands, Work, stream

    with watched() as (_, model):
        request = asking(archive, tmp_path / "out", model)
        ledger = SlowLedger(tmp_path / "out")
        ledger.begin()
        probed = probe(request, load_served, gpus=0, stop=never)
        scenes = [
            type(scene)(f"{scene.id}-{copy}", scene.raster)
            for scene in found(request, never).scenes
            for copy in range(12)
            if scene.id.startswith("scene")
        ]
        work = Work.of(
            probed.look, load_served, ledger, Hands(workers=2, readers=2, pinned=False, apart=apart)
        )
        told = [one for one in stream(work, scenes, never) if one.windows]
    moments = sorted([(one.read_at, 1) for one in told] + [(one.done_at, -1) for one in told])
    ahead = most = 0
    for _, change in moments:
        ahead += change
        most = max(most, ahead)
    assert len(told) > 200
    assert most < bound, "what is read ahead is to depend on the workers, not on the archive"
