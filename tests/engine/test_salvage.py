"""A job database that is damaged, or where nothing can be written: one sentence, and nothing readable is lost."""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.errors import StoreError
from engine.jobs.database import Database
from engine.jobs.results import Progress, Results, WindowRecord
from engine.jobs.store import Store
from tests.engine.test_store import found
from tools.torture.accidents import mutated

ROOT = Path(__file__).resolve().parents[2]


def filled(path: Path, jobs: int = 6) -> list[str]:
    """A database with finished jobs, each with one finding, and one job that waits; returns their ids."""
    store = Store(Database(path))
    results = Results(store)
    ids = []
    for _ in range(jobs):
        store.submit("locate", {"raster": "a.tif", "queries": ["a ship"]})
        job = store.begin_next()
        assert job is not None
        results.commit(job.id, [WindowRecord(3, {"asked": 1}, (found(),))], Progress(1, 1, None))
        results.save_features(job.id, [found("j1")])
        store.finish(job.id, "done", result={"features": 1, "warnings": []})
        ids.append(job.id)
    ids.append(store.submit("verify", {"raster": "b.tif"}).id)
    store.database.close()
    return ids


def works(path: Path) -> Store:
    """A store over the database, after all a service reads was read once, and a job was run."""
    store = Store(Database(path))
    results = Results(store)
    for job in store.jobs():
        json.dumps(job.as_json(), allow_nan=False)
        store.events(job.id)
        results.finished_windows(job.id)
        results.findings(job.id)
        shown = results.features(job.id)
        if job.state == "done" and job.kind == "locate":
            assert job.result is not None
            assert len(shown["features"]) == job.result["features"]
    store.finish(store.submit("locate", {"raster": "c.tif"}).id, "cancelled")
    return store


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ("UPDATE jobs SET request = 'no json' WHERE number = 1", 6),
        ("UPDATE jobs SET request = '[1]' WHERE number = 1", 6),
        ("UPDATE jobs SET state = 'asleep' WHERE number = 2", 6),
        ("UPDATE jobs SET kind = 'guess' WHERE number = 2", 6),
        ("UPDATE jobs SET done = 'many' WHERE number = 3", 6),
        ("UPDATE jobs SET total = -4 WHERE number = 3", 6),
        ("UPDATE jobs SET seconds_left = 9e999 WHERE number = 3", 6),
        ("UPDATE jobs SET result = NULL WHERE number = 4", 6),
        ("UPDATE jobs SET error = '{}' WHERE number = 4", 6),
        ("UPDATE jobs SET created = x'ff' WHERE number = 4", 6),
        ("UPDATE jobs SET id = '' WHERE number = 4", 6),
        ("UPDATE events SET data = '{\"score\": NaN}' WHERE seq = 2", 7),
        ("UPDATE events SET type = 'rumour' WHERE seq = 2", 7),
        ("UPDATE windows SET report = '3'", 7),
        ("UPDATE detections SET detection = '{}'", 7),
        ("UPDATE detections SET feature = ''", 7),
        ("UPDATE detections SET crop = 'text'", 7),
        ("UPDATE features SET feature = '{\"type\": 3}'", 7),
        ("DROP TABLE windows", 7),
        ("DROP TABLE features", 7),
        ("DROP TABLE jobs", 0),
        ("ALTER TABLE jobs DROP COLUMN queued_at", 0),
        ("PRAGMA user_version = -3", 7),
        ("PRAGMA user_version = 0", 7),
        ("DELETE FROM jobs", 0),
    ],
)
def test_rows_that_cannot_be_read_take_no_others_with_them(tmp_path: Path, change: str, kept: int) -> None:
    path = tmp_path / "jobs.sqlite"
    filled(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(change)
    connection.close()
    store = works(path)
    assert len(store.jobs()) == kept + 1
    store.database.close()
    again = works(path)
    assert len(again.jobs()) == kept + 2


def test_findings_that_are_gone_are_not_shown_as_none(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "jobs.sqlite"
    first = filled(path)[0]
    connection = sqlite3.connect(path)
    connection.execute("UPDATE features SET feature = 'gone' WHERE job_id = ?", (first,))
    connection.commit()
    connection.close()
    with caplog.at_level(logging.WARNING):
        store = Store(Database(path))
    job = store.job(first)
    assert job.state == "failed"
    assert job.error is not None
    assert "Resume" in job.error["message"]
    assert Results(store).findings(first) == []
    assert [other.state for other in store.jobs()].count("done") == 5
    (aside,) = tmp_path.glob("jobs-damaged-*.sqlite")
    assert str(aside) in caplog.text


@pytest.mark.parametrize("seed", range(40))
def test_a_file_damaged_anywhere_ends_in_a_store_that_works(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "jobs.sqlite"
    filled(path)
    path.write_bytes(mutated(path.read_bytes(), random.Random(seed)))
    works(path).database.close()


@pytest.mark.parametrize("lost", ["-wal", "-shm"])
def test_the_loss_of_the_log_loses_nothing_that_was_committed(tmp_path: Path, lost: str) -> None:
    path = tmp_path / "jobs.sqlite"
    code = (
        "import os, signal, sys; from pathlib import Path; from tests.engine.test_salvage import *\n"
        "store = Store(Database(Path(sys.argv[1])))\n"
        "for n in range(20): store.submit('locate', {'n': n})\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT)
    assert ended.returncode == -signal.SIGKILL
    (tmp_path / f"jobs.sqlite{lost}").unlink()
    store = Store(Database(path))
    assert [job.request["n"] for job in store.jobs()] == list(reversed(range(20)))


def limited(path: Path) -> subprocess.CompletedProcess[str]:
    """Open and fill a database in a process that may write no file longer than 64 kB: a disk that is full."""
    code = (
        "import resource, signal, sys; from pathlib import Path; from tests.engine.test_salvage import *\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)\n"
        "store = None\n"
        "try:\n"
        "    store = Store(Database(Path(sys.argv[1])), max_queued=500)\n"
        "    for n in range(200): print(store.submit('locate', {'n': n, 'text': 'x' * 900}).id, flush=True)\n"
        "except StoreError as error: print('refused:', error)"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(path), "131072"], cwd=ROOT, capture_output=True, text=True
    )


def test_a_full_disk_is_called_one_and_costs_no_job(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    ended = limited(path)
    *told, last = ended.stdout.splitlines()
    assert ended.stderr == ""
    assert last.startswith("refused: ")
    assert "Move it away" not in last
    assert "full" in last or "can't be read or written" in last
    assert {job.id for job in Store(Database(path)).jobs()} >= set(told)
    assert not list(tmp_path.glob("*damaged*"))


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    path.mkdir()
    with pytest.raises(StoreError, match="Move it away"):
        Database(path)


def test_a_full_disk_while_it_is_renewed_leaves_the_damaged_one_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "jobs.sqlite"
    filled(path)
    data = bytearray(path.read_bytes())
    data[4096:4160] = bytes(64)
    path.write_bytes(data)

    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.jobs.database.take_over", full)
    with pytest.raises(StoreError, match="is full"):
        Database(path)
    assert path.read_bytes() == bytes(data)
    assert os.listdir(tmp_path) == ["jobs.sqlite"]
    monkeypatch.undo()
    works(path)
