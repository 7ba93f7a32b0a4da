"""Data folders that the first version left: read as what they are, never misread."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from engine.catalogue.adapters import Registry, file_sha256
from engine.errors import JobError, JobStateError, RegistryError
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import Job, Store
from engine.types import CURRENT_ADAPTER
from tests.engine.scripted import ScriptedModel

BEFORE = Path(__file__).parent / "before"
BASE = "ab" * 32


def run(store: Store, job: Job) -> list[dict[str, Any]]:
    results = Results(store)
    outcome = run_job(job, results, ModelHost(lambda name: ScriptedModel()), lambda: False)
    store.finish(job.id, "done", result=outcome)
    found: list[dict[str, Any]] = results.features(job.id)["features"]
    for feature in found:
        feature["properties"].pop("time")
    return found


def test_a_job_broken_off_by_the_first_version_ends_like_a_whole_one(town_tif: Path, tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    old = sqlite3.connect(path)
    old.executescript((BEFORE / "jobs.sql").read_text(encoding="utf-8").replace("@RASTER@", str(town_tif)))
    old.close()
    database = Database(path)
    store = Store(database)
    (left,) = store.jobs()
    assert (left.state, left.done, left.total, left.request["adapter"]) == ("failed", 4, 16, "none")
    store.resume(left.id)
    resumed = store.begin_next()
    assert resumed is not None
    found = run(store, resumed)
    store.submit("locate", {"raster": str(town_tif), "queries": ["roof"], "zoom": "detail", "adapter": None})
    fresh = store.begin_next()
    assert fresh is not None
    assert found == run(store, fresh)
    assert len(found) == 8
    database.close()


def test_a_job_whose_windows_are_others_now_is_not_gone_on_with(town_tif: Path, tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    old = sqlite3.connect(path)
    old.executescript((BEFORE / "jobs.sql").read_text(encoding="utf-8").replace("@RASTER@", str(town_tif)))
    old.execute("UPDATE jobs SET request = json_set(request, '$.overlap', 0.5)")
    old.commit()
    old.close()
    database = Database(path)
    store = Store(database)
    (left,) = store.jobs()
    store.resume(left.id)
    resumed = store.begin_next()
    assert resumed is not None
    with pytest.raises(JobStateError, match="4 of 16 windows"):
        run(store, resumed)
    assert len(Results(store).features(left.id)["features"]) == 6
    database.close()


def test_a_database_of_a_newer_engine_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version=99")
    newer.close()
    with pytest.raises(JobError, match="format 99"):
        Database(path)


def adapter_of_before(folder: Path, **changed: Any) -> None:
    """An adapter as the first version wrote it."""
    folder.mkdir(parents=True)
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        (folder / name).write_bytes(name.encode())
    manifest = {
        "base_name": "mini",
        "base_sha256": BASE,
        "created": 1763800000.25,
        "data_sha256": "cd" * 32,
        "figures": {"gain": 0.031, "rounds": 2},
        "files": {path.name: file_sha256(path) for path in sorted(folder.iterdir())},
        "name": folder.name,
        "parent": None,
        "prompt_version": "1",
        "round": 1,
    }
    (folder / "manifest.json").write_text(json.dumps({**manifest, **changed}, indent=2, sort_keys=True))


def test_adapters_of_the_first_version_are_read(tmp_path: Path) -> None:
    registry = Registry(tmp_path, "mini", BASE)
    adapter_of_before(tmp_path / "mini" / "first")
    (tmp_path / "mini" / "current").write_text("first\n", encoding="utf-8")
    found = registry.find(CURRENT_ADAPTER)
    assert found is not None
    assert (found.name, found.figures["gain"], registry.path("first").name) == ("first", 0.031, "first")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"created": "yesterday"}, "created"),
        ({"created": float("nan")}, "created = nan"),
        ({"created": 1e300}, "created = 1e"),
        ({"figures": {"gain": float("nan")}}, "gain = nan"),
        ({"figures": {"gain": "much"}}, "gain = 'much'"),
        ({"round": "one"}, "round"),
        ({"files": {"adapter_model.safetensors": 3}}, "files"),
    ],
)
def test_a_manifest_that_cannot_be_so_is_refused_and_hides_no_other(
    tmp_path: Path, changed: dict[str, Any], words: str
) -> None:
    registry = Registry(tmp_path, "mini", BASE)
    adapter_of_before(tmp_path / "mini" / "good")
    adapter_of_before(tmp_path / "mini" / "bad", **changed)
    assert [manifest.name for manifest in registry.list()] == ["good"]
    with pytest.raises(RegistryError, match=words):
        registry.get("bad")
