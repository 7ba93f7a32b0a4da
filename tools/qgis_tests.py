"""Runs the QGIS tests in a real QGIS: a process and a display of its own for every file, two at a time.

``python3 tools/qgis_tests.py [--workers N]`` runs all; with pytest arguments it runs one pytest with these.
With ``QGIS_ROOT=folder`` the same happens inside that system tree (a Debian made by debootstrap, with qgis,
python3-qgis, python3-pytest and xvfb in it): the checkout is mounted there, in a mount namespace that ends
with the run. That needs root. The standard library is enough for this file: it runs with the system's Python.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
TESTS = CHECKOUT / "tests" / "qgis"
PYTHON = "/usr/bin/python3"
# A Python of the developer's own on PATH would be taken for the one that is embedded in QGIS, and crash it.
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
KEPT_VARIABLES = ("LANG", "CI", "TERM", "REMOTEZERO_TEST_ENGINE", "REMOTEZERO_TEST_INSTALL", "ROWS")
MOUNT_AND_GO = 'for d in "${@:2}"; do mkdir -p "$1$d" && mount --rbind "$d" "$1$d" || exit 1; done'
WORKERS, SLOWEST = 2, 10
# The files with such tests begin, so that no long one is left over for the end.
SLOW = "pytest.mark.slow"
# What pytest ends with when a file has no test that was asked for.
NO_TESTS = 5


@dataclass(frozen=True)
class Outcome:
    """How the tests of one file went: pytest's exit code, what it said, and the seconds of each test."""

    file: Path
    code: int
    said: str
    seconds: dict[str, float]


def main(arguments: list[str]) -> int:
    """Run the tests here or in ``QGIS_ROOT`` and return the exit code."""
    root = os.environ.get("QGIS_ROOT", "")
    if root:
        return run_in_tree(Path(root), arguments)
    parser = argparse.ArgumentParser(description="Run the QGIS tests.", add_help=False, allow_abbrev=False)
    parser.add_argument("--workers", type=int, default=WORKERS)
    own, for_pytest = parser.parse_known_args(arguments)
    if for_pytest:
        with place() as environment:
            return subprocess.run(pytest_command(for_pytest), cwd=CHECKOUT, env=environment).returncode
    return run_all(own.workers)


def run_all(workers: int) -> int:
    """Run every file, print what each said once it has ended, and last the slowest tests of all."""
    begun = time.monotonic()
    files = sorted(TESTS.glob("test_*.py"), key=lambda file: (SLOW not in file.read_text("utf-8"), file.name))
    outcomes = []
    with ThreadPoolExecutor(workers) as pool:
        for done in as_completed([pool.submit(run_file, file) for file in files]):
            outcomes.append(done.result())
            print(f"-- {outcomes[-1].file.relative_to(CHECKOUT)}\n{outcomes[-1].said}", flush=True)
    seconds = {name: taken for outcome in outcomes for name, taken in outcome.seconds.items()}
    print(f"-- the {SLOWEST} slowest of {len(seconds)} QGIS tests, {time.monotonic() - begun:.0f} s in all")
    for name in sorted(seconds, key=seconds.__getitem__, reverse=True)[:SLOWEST]:
        print(f"{seconds[name]:7.2f} s  {name}")
    failed = {outcome.file.name: outcome.code for outcome in outcomes if outcome.code not in (0, NO_TESTS)}
    print(f"-- failed: {', '.join(sorted(failed))}" if failed else "-- all QGIS tests passed", flush=True)
    return max(map(abs, failed.values()), default=0)


def run_file(file: Path) -> Outcome:
    """Run the tests of one file in a QGIS of its own."""
    with place() as environment:
        report = Path(environment["HOME"]) / "report.xml"
        command = pytest_command([str(file), f"--junitxml={report}"])
        done = subprocess.run(
            command,
            cwd=CHECKOUT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return Outcome(file, done.returncode, done.stdout, durations(report))


def durations(report: Path) -> dict[str, float]:
    """Seconds of each test, setting up included, from pytest's report; {} when it wrote none."""
    if not report.is_file():
        return {}
    cases = ElementTree.parse(report).iter("testcase")
    return {f"{case.get('classname')}::{case.get('name')}": float(case.get("time", 0)) for case in cases}


@contextlib.contextmanager
def place() -> Iterator[dict[str, str]]:
    """A display and a home of their own; yields the environment that names them."""
    with (
        display() as name,
        tempfile.TemporaryDirectory(prefix="rz-qgis-", ignore_cleanup_errors=True) as home,
    ):
        yield environment(name, Path(home))


def run_in_tree(root: Path, arguments: list[str]) -> int:
    """Run this script again inside the system tree ``root``."""
    if not (root / PYTHON.lstrip("/")).exists():
        sys.exit(
            f"QGIS_ROOT is {root}, and there is no {PYTHON} in it. Make the tree with debootstrap first."
        )
    if os.geteuid() != 0:
        sys.exit("QGIS_ROOT needs root, because it mounts the checkout inside that tree. Run it with sudo.")
    shared = CHECKOUT.parent / "shared"
    folders = ["/proc", "/dev", "/sys", str(CHECKOUT), *([str(shared)] if shared.is_dir() else [])]
    inner = [PYTHON, str(Path(__file__).resolve()), *arguments]
    script = MOUNT_AND_GO + '; exec chroot "$1" ' + " ".join(f"'{part}'" for part in inner)
    command = [
        "unshare",
        "--mount",
        "--propagation",
        "private",
        "bash",
        "-c",
        script,
        "run",
        str(root),
        *folders,
    ]
    variables = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return subprocess.run(command, env={**variables, "PATH": SYSTEM_PATH, "LC_ALL": "C.UTF-8"}).returncode


@contextlib.contextmanager
def display() -> Iterator[str]:
    """Start an X server on a free display and end it afterwards."""
    program = shutil.which("Xvfb")
    if program is None:
        raise SystemExit("Xvfb is not installed. Install the package xvfb and run this again.")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(writer), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as stream:
            number = stream.readline().strip()
        if not number:
            raise SystemExit("Xvfb ended before it had a display. Run it by hand to see why.")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def environment(display_name: str, home: Path) -> dict[str, str]:
    """Return a small environment: a home of its own, one thread, no QGIS settings of the developer."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    return {
        **kept,
        **pip,
        "PATH": SYSTEM_PATH,
        "DISPLAY": display_name,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "LC_ALL": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_LOGGING_RULES": "*.debug=false;qt.qpa.*=false",
    }


def pytest_command(arguments: list[str]) -> list[str]:
    """Return the pytest call; a cache folder would be written into a mounted checkout, so there is none."""
    return [PYTHON, "-m", "pytest", "-p", "no:cacheprovider", *arguments]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
