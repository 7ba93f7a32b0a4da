"""The job table and the event log: states, limits, and what a cancelled job may no longer write."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.errors import JobCancelledError, JobLimitError, JobNotFoundError, JobStateError, StoreError
from engine.jobs.database import Database
from engine.jobs.results import Finding, Progress, Results, WindowRecord
from engine.jobs.store import Store
from engine.types import Detection, Feature, Window

WINDOW = Window(10, 20, 256, 256, 256, 256, 3, "detail")


def found(name: str = "w3-0", score: float = 0.75) -> Finding:
    crop = np.arange(8 * 8 * 3, dtype=np.uint8).reshape(8, 8, 3)
    detection = Detection(
        (0.1, 0.2, 30.3, 40.4), score, "ship", "it floats", "a ship", WINDOW, 0.5, crop=crop
    )
    geometry = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}
    return Finding(name, detection, Feature(geometry, {"id": name, "rank": None, "score": score}))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Database(tmp_path / "jobs.sqlite"), max_queued=2)


def begun(store: Store) -> str:
    store.submit("locate", {"raster": "a.tif"})
    job = store.begin_next()
    assert job is not None
    return job.id


def test_jobs_are_begun_in_the_order_they_came(store: Store) -> None:
    first, second = store.submit("locate", {}), store.submit("verify", {"query": "é"})
    assert [job.id for job in store.jobs()] == [second.id, first.id]
    assert store.begin_next() == store.job(first.id)
    assert store.job(second.id).request == {"query": "é"}
    assert store.begin_next() == store.job(second.id)
    assert store.begin_next() is None


def test_the_queue_has_an_end(store: Store) -> None:
    store.submit("locate", {})
    store.submit("locate", {})
    with pytest.raises(JobLimitError, match="2 jobs are waiting and 2 is the limit"):
        store.submit("locate", {})
    store.begin_next()
    assert store.submit("locate", {}).state == "queued"


def test_unknown_jobs_are_named(store: Store) -> None:
    with pytest.raises(JobNotFoundError, match="'nobody'"):
        store.job("nobody")
    assert store.state("nobody") is None


def test_a_batch_is_told_after_it_is_written(store: Store) -> None:
    job_id, results = begun(store), Results(store)
    told: list[list[str]] = []
    store.on_change = lambda: told.append(
        [row["id"] for row in store.database.rows("SELECT id FROM detections")]
    )
    results.commit(job_id, [WindowRecord(3, {"asked": 1}, (found(),))], Progress(1, 4, 6.0))
    assert told == [["w3-0"]]
    events = store.events(job_id, after=2)
    assert [event["type"] for event in events] == ["detection", "progress"]
    assert events[0]["data"]["id"] == events[0]["data"]["properties"]["id"] == "w3-0"
    assert store.job(job_id).as_json()["progress"] == {"done": 1, "total": 4, "seconds_left": 6.0}


def test_what_was_found_is_read_back_equal(store: Store) -> None:
    job_id, results = begun(store), Results(store)
    results.commit(job_id, [WindowRecord(3, {"asked": 1, "unread": []}, (found(),))], Progress(1, 1, 0.0))
    assert results.findings(job_id) == [found()]
    assert results.finished_windows(job_id) == {3: {"asked": 1, "unread": []}}


def test_a_cancelled_job_writes_nothing_more(store: Store) -> None:
    job_id, results = begun(store), Results(store)
    assert store.cancel(job_id).state == "cancelled"
    before = store.events(job_id)
    with pytest.raises(JobCancelledError):
        results.commit(job_id, [WindowRecord(3, {}, (found(),))], Progress(1, 1, 0.0))
    with pytest.raises(JobCancelledError):
        store.report(job_id, "log", {"message": "still here"})
    assert not store.finish(job_id, "done", result={})
    assert results.findings(job_id) == []
    assert results.finished_windows(job_id) == {}
    assert store.events(job_id) == before


def test_a_window_is_finished_once(store: Store) -> None:
    job_id, results = begun(store), Results(store)
    results.commit(job_id, [WindowRecord(3, {}, (found(),))], Progress(1, 2, None))
    with pytest.raises(Exception, match="UNIQUE"):
        results.commit(
            job_id, [WindowRecord(4, {}, (found("w4-0"),)), WindowRecord(3, {}, ())], Progress(2, 2, None)
        )
    assert [f.id for f in results.findings(job_id)] == ["w3-0"]


def test_finished_jobs_can_be_neither_cancelled_nor_resumed_when_done(store: Store) -> None:
    job_id = begun(store)
    store.finish(job_id, "done", result={"features": 0})
    with pytest.raises(JobStateError, match="is done already"):
        store.cancel(job_id)
    with pytest.raises(JobStateError, match="is done"):
        store.resume(job_id)


@pytest.mark.parametrize("how", ["cancelled", "failed"])
def test_resuming_keeps_what_was_found(store: Store, how: str) -> None:
    job_id, results = begun(store), Results(store)
    results.commit(job_id, [WindowRecord(3, {}, (found(),))], Progress(1, 2, None))
    store.finish(job_id, how, error={"type": "X", "message": "y"})  # type: ignore[arg-type]
    job = store.resume(job_id)
    assert (job.state, job.error, job.finished) == ("queued", None, None)
    assert store.resume(job_id).state == "queued"
    assert len(results.findings(job_id)) == 1
    seqs = [event["seq"] for event in store.events(job_id)]
    assert seqs == list(range(1, len(seqs) + 1))


def test_resumed_jobs_go_to_the_end_of_the_queue(store: Store) -> None:
    first = begun(store)
    second = store.submit("locate", {})
    store.cancel(first)
    store.resume(first)
    begun_next = store.begin_next()
    assert begun_next is not None
    assert begun_next.id == second.id


def test_what_a_killed_engine_left_is_marked(tmp_path: Path) -> None:
    before = Store(Database(tmp_path / "jobs.sqlite"))
    job_id = begun(before)
    Results(before).commit(job_id, [WindowRecord(3, {}, ())], Progress(1, 5, None))
    after = Store(Database(tmp_path / "jobs.sqlite"))
    after.interrupt_running()
    job = after.job(job_id)
    assert job.state == "failed"
    assert job.error is not None
    assert "1 of 5 windows done" in job.error["message"]


def test_running_jobs_are_not_deleted(store: Store) -> None:
    job_id = begun(store)
    with pytest.raises(JobStateError, match="Cancel it first"):
        store.delete(job_id)
    store.cancel(job_id)
    store.delete(job_id)
    with pytest.raises(JobNotFoundError):
        store.job(job_id)
    assert store.database.rows("SELECT * FROM events") == []


def test_crops_are_found_by_id_before_and_after_merging(store: Store) -> None:
    job_id, results = begun(store), Results(store)
    results.commit(job_id, [WindowRecord(3, {}, (found(),))], Progress(1, 1, None))
    png = results.crop(job_id, "w3-0")
    assert png.startswith(b"\x89PNG")
    results.save_features(job_id, [found("j1")])
    assert results.crop(job_id, "j1") == png
    with pytest.raises(JobNotFoundError, match="no detection 'w9-9'"):
        results.crop(job_id, "w9-9")


def test_features_are_provisional_until_the_job_is_done(store: Store) -> None:
    job_id, results = begun(store), Results(store)
    results.describe(job_id, "LOCAL_CS[]", {"adapter": "none"})
    results.commit(job_id, [WindowRecord(3, {}, (found(), found("w3-1")))], Progress(1, 1, None))
    results.save_features(job_id, [found()])
    collection = results.features(job_id)
    assert collection["provisional"]
    assert collection["crs_wkt"] == "LOCAL_CS[]"
    assert len(collection["features"]) == 2
    store.finish(job_id, "done", result={})
    collection = results.features(job_id)
    assert not collection["provisional"]
    assert [feature["id"] for feature in collection["features"]] == ["w3-0"]


def test_a_newer_database_is_refused_in_a_sentence(tmp_path: Path) -> None:
    newer = Database(tmp_path / "newer.sqlite")
    with newer.transaction() as rows:
        rows.execute("PRAGMA user_version=99")
    newer.close()
    with pytest.raises(StoreError, match="format 99"):
        Database(tmp_path / "newer.sqlite")


def test_what_is_no_database_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    assert Store(Database(path)).jobs() == []
    (aside,) = tmp_path.glob("jobs-damaged-*.sqlite")
    assert aside.read_bytes() == b"not a database at all" * 100
