"""``remotezero scan`` in a terminal: Ctrl-C ends it with a sentence, and started again it goes on."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil
import pytest

from engine.scan.ledger import Ledger
from tests.engine.rasters import write_raster
from tests.engine.scans import watched

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed (extra scan)"),
    pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are those of Unix"),
]

# A shell that starts something in the background has it ignore Ctrl-C; a terminal does not.
PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from engine.cli.main import main
sys.argv = ["remotezero", *sys.argv[1:]]
main()
"""


@contextmanager
def in_a_terminal(*words: str) -> Iterator[subprocess.Popen[str]]:
    """The command line in a process group of its own, as a shell starts it; gone afterwards, however that ends."""
    command = [sys.executable, "-c", PROGRAM, *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as run:
        try:
            yield run
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)


def test_ctrl_c_ends_a_scan_with_a_sentence_and_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMOTEZERO_HOME", str(tmp_path / "home"))
    (tmp_path / "scenes").mkdir()
    for number in range(3):
        bands = np.random.default_rng(number).integers(60, 120, (3, 600, 600), np.uint8)
        bands[:, 40 + number : 90, 100:150] = 240
        write_raster(tmp_path / "scenes" / f"s{number}.tif", list(bands))
    out = tmp_path / "out"
    with watched(slow_s=0.5) as (server, model):
        asked = ["scan", str(tmp_path / "scenes"), "all roofs", "-o", str(out), "--model", model]
        with in_a_terminal(*asked, "--workers", "1") as run:
            while not Ledger(out).windows() and run.poll() is None:
                time.sleep(0.05)
            assert run.poll() is None, run.communicate()[0]
            below = psutil.Process(run.pid).children(recursive=True)
            os.killpg(run.pid, signal.SIGINT)
            said, _ = run.communicate()
        assert run.returncode == 4, said
        assert "goes on from there" in " ".join(said.split())
        assert "Traceback" not in said
        assert psutil.wait_procs(below, timeout=120)[1] == [], "something of it is left"
        assert not [path for path in out.rglob(".*") if path.is_file()], "something half-written is left"
        kept = Ledger(out).windows()
        before = server.pictures.copy()
        assert kept
        server.slow_s = 0.0
        with in_a_terminal(*asked, "--workers", "1") as run:
            said, _ = run.communicate()
        assert run.returncode == 0, said
    assert "3 scenes searched, 0 failed" in " ".join(said.split())
    assert Ledger(out).windows() > kept
    twice = sum(server.pictures.values()) - len(server.pictures)
    assert twice <= sum(before.values()) - kept, "a finished window was asked again"
