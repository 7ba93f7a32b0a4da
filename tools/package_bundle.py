"""Builds the offline bundle: all that a computer without internet needs, in one archive. Run ``make bundle``.

The archive is made for one system, one Python version and one build of torch. By default these are this
machine's; wheels for others are fetched with, for instance,
``make bundle BUNDLE="--platform windows-amd64 --python 3.12"``.
``--model FOLDER`` adds a model folder; it can be given more than once.
"""

from __future__ import annotations

import argparse
import ensurepip
import hashlib
import json
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from packaging.markers import Marker

from tools.package_plugin import (
    ENGINE_FILE,
    LOCK_FILES,
    TARGET,
    WHEELS,
    engine_requirement,
    engine_wheel,
    wheel_version,
)

ROOT = Path(__file__).resolve().parent.parent
FORMAT = 1
GLIBC = range(28, 4, -1)
# By platform: what its markers see, and the tags of the wheels it runs.
PLATFORMS = {
    "linux-x86_64": (
        {
            "sys_platform": "linux",
            "platform_system": "Linux",
            "platform_machine": "x86_64",
            "os_name": "posix",
        },
        (*(f"manylinux_2_{minor}_x86_64" for minor in GLIBC), "manylinux2014_x86_64", "linux_x86_64"),
    ),
    "linux-aarch64": (
        {
            "sys_platform": "linux",
            "platform_system": "Linux",
            "platform_machine": "aarch64",
            "os_name": "posix",
        },
        (*(f"manylinux_2_{minor}_aarch64" for minor in GLIBC), "manylinux2014_aarch64", "linux_aarch64"),
    ),
    "windows-amd64": (
        {"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64", "os_name": "nt"},
        ("win_amd64",),
    ),
    "macos-arm64": (
        {
            "sys_platform": "darwin",
            "platform_system": "Darwin",
            "platform_machine": "arm64",
            "os_name": "posix",
        },
        tuple(f"macosx_{major}_0_{arch}" for major in (14, 13, 12, 11) for arch in ("arm64", "universal2")),
    ),
}
REQUIREMENT = re.compile(r"^(?P<name>[A-Za-z0-9][^;\\]*?)\s*(?:;\s*(?P<marker>[^\\]+?))?\s*\\?$")
README = """RemoteZero, offline bundle

1. In QGIS, Plugins > Manage and Install Plugins > Install from ZIP: plugin/remotezero_qgis.zip.
2. Open the RemoteZero panel, choose "Import an offline bundle", and choose this archive as it is.
"""


def main() -> None:
    """Fetch the wheels, then write the archive."""
    chosen = arguments()
    folder = ROOT / "build" / "bundle"
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    fetch_wheels(wheels, chosen)
    wheel = engine_wheel(WHEELS)
    shutil.copy(wheel, wheels)
    shutil.copy(pip_wheel(), wheels)
    lay_out(folder, wheel, [Path(model) for model in chosen.model])
    version = wheel_version(wheel)
    description = {
        "format": FORMAT, "version": version, "platform": chosen.platform, "python": chosen.python,
        "accelerator": chosen.accelerator,
    }  # fmt: skip
    name = f"remotezero-{version}-{chosen.platform}-py{chosen.python}-{chosen.accelerator}.zip"
    built = write_bundle(folder, ROOT / "build" / name, description)
    shutil.rmtree(folder)
    sys.stdout.write(f"{built} {built.stat().st_size / 1e6:.0f} MB\n")


def arguments() -> argparse.Namespace:
    """Read the command line; the defaults describe this machine."""
    here = (
        {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux") + "-" + platform.machine().lower()
    )
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--platform", default=here, choices=sorted(PLATFORMS))
    parser.add_argument("--python", default="3.11", help="version the wheels are for")
    parser.add_argument("--accelerator", default="cpu", choices=["cpu", "cuda"])
    parser.add_argument("--model", action="append", default=[], metavar="FOLDER")
    return parser.parse_args()


def fetch_wheels(wheels: Path, chosen: argparse.Namespace) -> None:
    """Download every wheel of the lock, hashes checked, for the chosen system."""
    markers, tags = PLATFORMS[chosen.platform]
    markers = {**markers, "python_version": chosen.python, "python_full_version": f"{chosen.python}.0"}
    target = ["--python-version", chosen.python, "--implementation", "cp"]
    for tag in tags:
        target += ["--platform", tag]
    lines: list[str] = []
    for name in ("requirements.txt", f"requirements-{chosen.accelerator}.txt", "requirements-nodeps.txt"):
        lines += wanted_lines((ROOT / name).read_text(encoding="utf-8"), markers)
    wanted = wheels.parent / "wanted.txt"
    wanted.write_text("\n".join(lines), encoding="utf-8")
    # The lock is complete, so nothing is left to resolve.
    options = [
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--dest",
        str(wheels),
        *target,
    ]
    command = [sys.executable, "-m", "pip", "download", *options, "-r", str(wanted)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    wanted.unlink()


def wanted_lines(lock: str, markers: dict[str, str]) -> list[str]:
    """Return the lines of a requirement file that hold for the system of ``markers``, the markers left out.

    pip weighs markers by the machine it runs on, which may be another one.
    """
    lines: list[str] = []
    wanted = False
    for line in lock.splitlines():
        found = None if line.startswith((" ", "#")) else REQUIREMENT.match(line)
        if found is not None:
            wanted = found["marker"] is None or Marker(found["marker"]).evaluate(markers)
            line = f"{found['name']} \\"
        if wanted and line.strip():
            lines.append(line)
    return lines


def pip_wheel() -> Path:
    """Return the wheel of pip that Python itself carries; it serves a Python that has none."""
    places = [Path(ensurepip.__file__).parent / "_bundled", Path("/usr/share/python-wheels")]
    found = [path for place in places for path in sorted(place.glob("pip-*.whl"))]
    if not found:
        sys.exit("No wheel of pip was found beside ensurepip. Install python3-venv and run this again.")
    return found[0]


def lay_out(folder: Path, wheel: Path, models: list[Path]) -> None:
    """Add the lock, the plugin and the models to the folder of wheels."""
    lock = folder / "lock"
    lock.mkdir()
    for name in LOCK_FILES:
        shutil.copy(ROOT / name, lock)
    (lock / ENGINE_FILE).write_text(engine_requirement(wheel), encoding="utf-8")
    (folder / "plugin").mkdir()
    shutil.copy(TARGET, folder / "plugin")
    for model in models:
        if not (model / "config.json").is_file():
            sys.exit(f"{model} has no config.json, so it is not a model folder. Name the folder that has it.")
        shutil.copytree(model, folder / "models" / model.name)


def write_bundle(folder: Path, target: Path, description: dict[str, object]) -> Path:
    """Zip ``folder`` with its manifest and return ``target``, which appears only once it is whole."""
    files = {
        path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()
    }
    entries = {name: {"sha256": sha256(path), "size": path.stat().st_size} for name, path in files.items()}
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("README.txt", README)
        archive.writestr("bundle.json", json.dumps({**description, "files": entries}, indent=1))
        for name, path in files.items():
            archive.write(path, name)
    part.replace(target)
    return target


def sha256(path: Path) -> str:
    """Return the sha256 of a file of any size."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


if __name__ == "__main__":
    main()
