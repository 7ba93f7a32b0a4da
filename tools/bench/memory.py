"""Peak memory of a whole search, on a small raster and on one three hundred times as large."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.bench.figure import Figure
from tools.bench.places import LARGE_PX, QUERY, ROOT, SMALL_PX, filled_raster

# A process of its own in between: the kernel counts the memory of whoever started a program as the program's.
WATCH = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def peak_mb(raster: Path, model: str | None) -> float:
    """Peak resident memory of ``remotezero locate`` over the whole raster in its own process, in MiB."""
    with tempfile.TemporaryDirectory() as home:
        output = Path(home) / "boxes.gpkg"
        command = [sys.executable, "-m", "engine", "locate", str(raster), QUERY, "-o", str(output), "--json"]
        done = subprocess.run(
            [sys.executable, "-c", WATCH, *command, *(["--model", model] if model else [])],
            cwd=ROOT,
            env={**os.environ, "REMOTEZERO_HOME": home},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"The search of {raster} ended with exit code {done.returncode}.")
        return int(done.stdout) / 1024


def memory_ratio(model: str | None) -> Figure:
    """Peak memory at 36,000 x 18,000 pixels against that at 2,000 x 2,000."""
    small = peak_mb(filled_raster(*SMALL_PX), model)
    large = peak_mb(filled_raster(*LARGE_PX), model)
    detail = {"small_mb": round(small), "large_mb": round(large)}
    return Figure("memory_ratio", large / small, 1.15, at_least=False, detail=detail)
