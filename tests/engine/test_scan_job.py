"""A scan as a job: a process of its own that is followed, ended by a word, and gone on with."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import InputError, JobCancelledError
from engine.jobs import children
from engine.jobs.child import run_child, scanning_command, write_request
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.precheck import precheck
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import Job, Store
from engine.paths import job_dir
from engine.scan.request import ScanRequest
from tests.engine.rasters import write_raster
from tests.engine.tiny_models import build_checkpoint

SAYS = """
import json, sys
from pathlib import Path
keys, asked = sys.stdin.readline(), json.loads(Path(sys.argv[1]).read_text())
def tell(kind, **data):
    print(json.dumps({"type": kind, "data": data}), flush=True)
tell("progress", done=1, total=2, seconds_left=3.5)
tell("log", message="Loading the model.")
if asked["queries"] == ["wait"]:
    sys.stdin.readline()
    tell("error", type="JobCancelledError", message="The scan was cancelled.")
else:
    tell("progress", done=2, total=2, seconds_left=0)
    tell("result", scenes=1, sightings=3, found=2, failed=0, warnings=["One scene has no time."], asked=asked)
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    kept = Store(Database(tmp_path / "jobs.sqlite"))
    yield kept
    kept.database.close()


@pytest.fixture
def pretended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that says what a scan says, and searches nothing."""
    script = tmp_path / "says.py"
    script.write_text(SAYS)
    monkeypatch.setattr(children, "scanning_command", lambda file: [sys.executable, str(script), str(file)])


def begun(store: Store, **asked: Any) -> Job:
    store.submit("scan", {"source": "archive", "queries": ["all ships"], "output": "out", **asked})
    job = store.begin_next()
    assert job is not None
    return job


def run(store: Store, job: Job, stop: Any = lambda: False) -> dict[str, Any]:
    host = ModelHost(lambda name: pytest.fail("the model was loaded in the engine"))
    return run_job(job, Results(store), host, stop)


def test_what_the_process_says_is_the_jobs(store: Store, pretended: None) -> None:
    job = begun(store)
    result = run(store, job)
    assert (result["sightings"], result["found"]) == (3, 2)
    assert result["warnings"] == ["One scene has no time."]
    assert result["asked"]["workers"] is None
    assert (store.job(job.id).done, store.job(job.id).total) == (2, 2)
    events = [(event["type"], event["data"]) for event in store.events(job.id)]
    assert ("log", {"message": "Loading the model."}) in events
    assert (job_dir(job.id) / "request.json").is_file()


def test_words_that_the_model_does_not_know_are_told(store: Store, pretended: None) -> None:
    result = run(store, begun(store, queries=["all ships by the qwertzuiop"]))
    assert any("qwertzuiop" in sentence for sentence in result["warnings"])


def test_a_scan_is_ended_by_a_word(store: Store, pretended: None) -> None:
    job, looks = begun(store, queries=["wait"]), iter([False, False])
    with pytest.raises(JobCancelledError):
        run(store, job, lambda: next(looks, True))


@pytest.mark.parametrize("wrong", [{"source": None}, {"workers": 0}, {"bbox": [1, 2, 3]}, {"queries": []}])
def test_what_can_t_be_asked_is_named(store: Store, wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=next(iter(wrong))):
        run(store, begun(store, **wrong))


def test_an_archive_on_the_network_is_refused_before_it_is_queued() -> None:
    asked = {"source": "https://example.com/catalog.json", "queries": ["all ships"], "output": "out"}
    with pytest.raises(InputError, match="network"):
        precheck("scan", asked)
    precheck("scan", {**asked, "allow_network": True})


def test_a_question_of_which_the_model_knows_nothing_is_refused_before_it_is_queued() -> None:
    with pytest.raises(InputError):
        precheck("scan", {"source": "archive", "queries": ["qwertzuiop"], "output": "out"})


def archive(folder: Path, *names: str) -> None:
    """Scenes of one place."""
    (folder / "archive").mkdir()
    for name in names:
        bands = [np.full((96, 96), 40 * place, np.uint8) for place in range(3)]
        write_raster(folder / "archive" / f"{name}.tif", bands)


@pytest.mark.slow
def test_without_ray_a_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(tmp_path, "a")
    without = tmp_path / "without" / "ray"
    without.mkdir(parents=True)
    (without / "__init__.py").write_text("raise ImportError('not here')")
    monkeypatch.setenv("PYTHONPATH", f"{without.parent}:{Path(__file__).resolve().parents[2]}")
    asked = {"source": str(tmp_path / "archive"), "queries": ["all ships"], "output": str(tmp_path / "out")}
    command = scanning_command(write_request(tmp_path / "job", ScanRequest(**asked).model_dump(mode="json")))
    with pytest.raises(InputError, match=r"Install it .*pip install 'remotezero-engine\[scan\]'"):
        run_child(command, lambda kind, data: None, lambda: False, log_file=tmp_path / "log", opening="{}")


@pytest.mark.slow
def test_a_scan_is_a_job_and_one_that_could_search_nothing_has_failed(tmp_path: Path, store: Store) -> None:
    """On Ray. The model's weights are random, so its answers can't be read, and no scene counts as searched."""
    archive(tmp_path, "a")
    (tmp_path / "archive" / "c.tif").write_bytes(b"no raster")
    wanted = {
        "source": str(tmp_path / "archive"), "model": str(build_checkpoint(tmp_path / "tiny")), "workers": 1,
        "output": str(tmp_path / "out"), "zoom": "overview",
    }  # fmt: skip
    with pytest.raises(
        InputError, match=r"None of the 2 scenes could be searched; .*failed\.parquet says why"
    ):
        run(store, begun(store, **wanted))
    assert (tmp_path / "out" / "found.gpkg").is_file()
    page = (tmp_path / "out" / "map.html").read_text(encoding="utf-8")
    assert "c.tif" in page
    assert "answers could be read" in page
    asked = json.loads((tmp_path / "out" / "scan.json").read_text())["request"]
    assert asked["queries"] == ["all ships"]
