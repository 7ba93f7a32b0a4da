"""Processes that die, race and run out of disk: what they told stays, and what was found is found again."""

from __future__ import annotations

import json
import os
import random
import shlex
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from engine.jobs.database import Database
from engine.jobs.store import Store
from engine.paths import data_dir, runtime_file, store_file
from engine.service.address import read_address
from tests.engine import scripted
from tests.engine.rasters import write_raster
from tools.torture.forked import Forked

QUERY = {"queries": ["roof"], "overlap": 0.3}
PATIENCE_S = 120.0
ROOT = Path(__file__).resolve().parents[2]
APART = ["unshare", "--map-root-user", "--mount"]
READ_ONLY = (
    'mount --bind "$REMOTEZERO_HOME" "$REMOTEZERO_HOME" && mount -o remount,ro,bind "$REMOTEZERO_HOME"'
)
"""Run apart, it makes the home read-only for root as well."""


def killed(draw: random.Random, folder: Path) -> str:
    """An engine is killed at a random moment of a search and the search resumed: the same features as without.

    In three of ten trials the clock is a day back when the engine starts again.
    """
    request = {"kind": "locate", "request": {"raster": str(_town(folder, draw)), **QUERY}}
    engine = start()
    whole = _features(_ended(_call("POST", "/v1/jobs", request)["id"]))
    engine.end()
    engine = start(SCRIPTED_SECONDS="0.01")
    job = _call("POST", "/v1/jobs", request)["id"]
    time.sleep(draw.uniform(0.0, 0.6))
    engine.end()
    engine = start(**({"SCRIPTED_CLOCK_BACK_S": "86400"} if draw.random() < 0.3 else {}))
    state = _call("GET", f"/v1/jobs/{job}")["state"]
    if state in ("failed", "cancelled"):
        _call("POST", f"/v1/jobs/{job}/resume")
    resumed = _features(_ended(job))
    engine.end()
    assert resumed == whole, f"{len(whole)} features before and {len(resumed)} after a kill"
    assert not list(data_dir().rglob(".staging-*")), "staging is left"
    return "read" if state == "done" else "resumed"


def pinched(draw: random.Random, folder: Path) -> str:
    """A command that may have little memory or few files, or may not write its home: it works, or says what to do."""
    town = str(_town(folder, draw))
    output = folder / "boxes.gpkg"
    command = draw.choice(
        (
            ["locate", town, "all ships", "-o", str(output)],
            ["doctor"],
            ["models", "list"],
            ["adapters", "list"],
        )
    )
    memory_kib, files = draw.randrange(2**18, 2**23), draw.randrange(8, 300)
    limits = [f"ulimit -v {memory_kib}", f"ulimit -n {files}"]
    limit = draw.choice([*limits, READ_ONLY] if _can_be_apart() else limits)
    line = f"{limit}; exec {shlex.join([sys.executable, '-m', 'engine', *command])}"
    home = Path(os.environ["REMOTEZERO_HOME"])
    home.mkdir()
    ended = subprocess.run(
        [*(APART if limit == READ_ONLY else []), "sh", "-c", line],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    said = f"{limit}; {command[0]}: {ended.returncode} {ended.stderr[-300:]}"
    assert "Traceback" not in ended.stderr, said
    if ended.returncode == 0:
        assert command[0] != "locate" or output.is_file(), said
        return "read"
    assert ended.returncode in (2, 3, 4), said
    assert 0 < len(ended.stderr) < 1500, said
    assert not output.exists(), said
    return "refused"


@cache
def _can_be_apart() -> bool:
    return subprocess.run([*APART, "true"], capture_output=True).returncode == 0


def raced(draw: random.Random, folder: Path) -> str:
    """Two engines start in one data folder at once: one serves, the other says where."""
    both = [_process(SCRIPTED_START_S=str(PATIENCE_S)) for _ in range(2)]
    told = [json.loads(engine.stdout.readline()) for engine in both]
    for engine in both:
        engine.end()
    assert sorted(one["here"] for one in told) == [False, True], told
    assert told[0]["url"] == told[1]["url"], told
    return "read"


def full(draw: random.Random, folder: Path) -> str:
    """The disk is full at a random write to the job database: all jobs that were told of are there afterwards."""
    code = (
        "import resource, signal, sys\n"
        "from engine.errors import StoreError\n"
        "from engine.jobs.database import Database\n"
        "from engine.jobs.store import Store\n"
        "from engine.paths import store_file\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)\n"
        "try:\n"
        "    store = Store(Database(store_file()), max_queued=10**6)\n"
        "    for n in range(400): print(store.submit('locate', {'text': 'x' * 900}).id, flush=True)\n"
        "except StoreError as error: print('refused:', error)\n"
    )
    limit = str(draw.randrange(0, 300_000))
    ended = subprocess.run([sys.executable, "-c", code, limit], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr[-500:]
    assert "Traceback" not in ended.stderr, ended.stderr[-500:]
    told = {line for line in ended.stdout.splitlines() if not line.startswith("refused:")}
    store = Store(Database(store_file()))
    assert told <= {job.id for job in store.jobs()}, "a job that was told of is lost"
    store.database.close()
    return "refused" if "refused:" in ended.stdout else "read"


def _town(folder: Path, draw: random.Random) -> Path:
    bands = np.full((3, 500, 640), 90, np.uint8)
    for _ in range(8):
        top, left = draw.randrange(0, 460), draw.randrange(0, 600)
        bands[:, top : top + 30, left : left + 30] = 240
    return write_raster(folder / "town.tif", list(bands))


def _process(stderr: Path | None = None, **words: str) -> Forked:
    return Forked(scripted.main, {"SCRIPTED_OPTIONS": json.dumps({"stay": True}), **words}, stderr)


def start(stderr: Path | None = None, **words: str) -> Forked:
    """An engine process with a scripted model, once it serves; what it says goes to the file ``stderr``."""
    engine = _process(stderr, **words)
    assert engine.stdout.readline(), "the engine did not start"
    return engine


def _call(method: str, path: str, body: Any = None) -> Any:
    address = read_address(runtime_file())
    assert address is not None
    headers = {"Authorization": f"Bearer {address.token}"}
    answer = httpx.request(method, address.url + path, json=body, headers=headers, timeout=PATIENCE_S)
    answer.raise_for_status()
    return answer.json()


def _ended(job: str) -> str:
    until = time.monotonic() + PATIENCE_S
    while (state := _call("GET", f"/v1/jobs/{job}")["state"]) in ("queued", "running"):
        assert time.monotonic() < until, "the job does not end"
        time.sleep(0.02)
    assert state == "done", _call("GET", f"/v1/jobs/{job}")["error"]
    return job


def _features(job: str) -> list[Any]:
    found: list[Any] = _call("GET", f"/v1/jobs/{job}/features")["features"]
    for feature in found:
        feature["properties"].pop("time")
    return found
