"""Builds ``build/remotezero_qgis.zip``, the file QGIS installs. Run it as ``make package``.

The zip has one folder: the package, its metadata, the resources and the manual it shows, the hashed lock of
what the engine needs, and the engine itself: ``lock`` holds its wheel, the default model inside, beside the
``requirements-engine.txt`` that names this very wheel. What the plugin site accepts, ``MAX_BYTES``, bounds it.
"""

from __future__ import annotations

import configparser
import hashlib
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "remotezero_qgis"
TARGET = ROOT / "build" / f"{PACKAGE}.zip"
WHEELS = ROOT / "build" / "wheels"
LOCK_FILES = ("requirements.txt", "requirements-cpu.txt", "requirements-cuda.txt", "requirements-nodeps.txt")
ENGINE_FILE = "requirements-engine.txt"
SOURCE_SUFFIXES = frozenset({".py", ".json", ".txt"})
RESOURCES = (
    "icons/*.svg",
    "styles/*.qml",
    "i18n/*.qm",
    "sample/harbour.tif",
    "models/mini/remotezero.json",
)
MANUAL = ("*.html", "*.css", "pictures/*.png")
# The plugin site takes nothing larger.
MAX_BYTES = 25_000_000
# The oldest date a zip can hold: the same input gives the same bytes, whenever it is built.
DATE = (1980, 1, 1, 0, 0, 0)


def build_plugin(target: Path, wheel: Path) -> Path:
    """Write the zip and return its path; it appears only once it is whole.

    Args:
        target: where the zip goes.
        wheel: the engine's wheel that this plugin installs.

    Raises:
        SystemExit: the zip would be larger than the plugin site takes.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(members(wheel)):
            entry = zipfile.ZipInfo(f"{PACKAGE}/{name}", DATE)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    size = part.stat().st_size
    if size >= MAX_BYTES:
        part.unlink()
        sys.exit(
            f"The zip has {size / 1e6:.1f} MB, and the plugin site takes less than {MAX_BYTES / 1e6:.0f} MB. "
            "Make the default model or the samples smaller."
        )
    part.replace(target)
    return target


def members(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the zip: its name inside the package's folder, and its bytes."""
    for path in (ROOT / PACKAGE).rglob("*"):
        plain = path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts
        if plain and path.suffix in SOURCE_SUFFIXES:
            yield path.relative_to(ROOT / PACKAGE).as_posix(), path.read_bytes()
    for name in ("metadata.txt", "LICENSE"):
        yield name, (ROOT / name).read_bytes()
    for pattern in RESOURCES:
        for path in (ROOT / "resources").glob(pattern):
            yield path.relative_to(ROOT).as_posix(), path.read_bytes()
    yield from manual()
    for name in LOCK_FILES:
        yield f"lock/{name}", (ROOT / name).read_bytes()
    yield f"lock/{ENGINE_FILE}", engine_requirement(wheel).encode()
    yield f"lock/{wheel.name}", wheel.read_bytes()


def manual() -> Iterator[tuple[str, bytes]]:
    """Yield every file of the manual: its name inside the package's folder, and its bytes."""
    folder = ROOT / "docs" / "manual"
    for pattern in MANUAL:
        for path in folder.glob(pattern):
            yield f"manual/{path.relative_to(folder).as_posix()}", path.read_bytes()


def engine_requirement(wheel: Path) -> str:
    """Return the hashed requirement by which the plugin installs this very wheel."""
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"remotezero-engine=={wheel_version(wheel)} \\\n    --hash=sha256:{digest}\n"


def wheel_version(wheel: Path) -> str:
    """Return the version in a wheel's name."""
    return wheel.name.split("-")[1]


def engine_wheel(folder: Path = WHEELS) -> Path:
    """Return the engine's wheel of the plugin's own version.

    Raises:
        SystemExit: it has not been built.
    """
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    version = metadata["general"]["version"]
    wheel = folder / f"remotezero_engine-{version}-py3-none-any.whl"
    if not wheel.is_file():
        sys.exit(f"{wheel} is not there, and the zip has to hold it. Run `make wheel` first.")
    return wheel


if __name__ == "__main__":
    built = build_plugin(TARGET, engine_wheel())
    sys.stdout.write(f"{built} {built.stat().st_size / 1e6:.2f} MB\n")
