"""Runs the QGIS tests in a real QGIS, on a display of their own.

``python3 tests/qgis/run.py [pytest arguments]`` starts an Xvfb and runs pytest with the Python QGIS uses.
With ``QGIS_ROOT=folder`` the same happens inside that system tree (a Debian made by debootstrap, with qgis,
python3-qgis, python3-pytest and xvfb in it): the checkout is mounted there, in a mount namespace that ends
with the run. That needs root.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
PYTHON = "/usr/bin/python3"
# A Python of the developer's own on PATH would be taken for the one that is embedded in QGIS, and crash it.
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
KEPT_VARIABLES = ("LANG", "CI", "TERM", "REMOTEZERO_TEST_ENGINE", "REMOTEZERO_TEST_INSTALL")
MOUNT_AND_GO = 'for d in "${@:2}"; do mkdir -p "$1$d" && mount --rbind "$d" "$1$d" || exit 1; done'


def main(arguments: list[str]) -> int:
    """Run pytest here or in ``QGIS_ROOT`` and return its exit code."""
    root = os.environ.get("QGIS_ROOT", "")
    if root:
        return run_in_tree(Path(root), arguments)
    with display() as name, tempfile.TemporaryDirectory(prefix="rz-qgis-") as home:
        return subprocess.run(
            pytest_command(arguments), cwd=CHECKOUT, env=environment(name, Path(home))
        ).returncode


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
    inner = [PYTHON, str(HERE / "run.py"), *arguments]
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
    targets = arguments or [str(HERE)]
    return [PYTHON, "-m", "pytest", "-p", "no:cacheprovider", *targets]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
