"""What an installation will do, worked out before anything is downloaded: build, size, disk, sources."""

from __future__ import annotations

import hashlib
import json
import platform as host
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..files import lock_folder
from ..i18n import tr
from .driver import Gpu
from .problems import CHOOSE_FOLDER, SetupError

SIZES = Path(__file__).resolve().parent / "sizes.json"
ENGINE_REQUIREMENT = "requirements-engine.txt"
ENGINE_LINE = re.compile(
    r"^remotezero-engine==(?P<version>\S+).*?--hash=sha256:(?P<sha256>[0-9a-f]{64})", re.S
)
MEBIBYTE = 1 << 20
BLOCK = 1 << 20


@dataclass(frozen=True)
class Sources:
    """Where packages come from.

    Attributes:
        lock: folder of the ``requirements*.txt`` files.
        index: further package index, "" for none.
        wheels: folder of wheels that replaces every index; None when online.
    """

    lock: Path
    index: str = ""
    wheels: Path | None = None


@dataclass(frozen=True)
class InstallPlan:
    """One installation.

    Attributes:
        home: the data folder.
        accelerator: ``cpu`` or ``cuda``.
        sources: where packages come from.
        download_bytes: what comes over the network, 0 when offline.
        installed_bytes: what it takes on disk in the end; both are rounded figures for the user.
    """

    home: Path
    accelerator: str
    sources: Sources
    download_bytes: int
    installed_bytes: int

    @property
    def disk_bytes(self) -> int:
        """Space needed while installing."""
        return self.download_bytes + self.installed_bytes

    @property
    def requirement_files(self) -> tuple[tuple[Path, bool], ...]:
        """The files to install in this order, each with whether dependencies are left out."""
        lock = self.sources.lock
        build = "requirements-{}.txt".format(self.accelerator)
        # One resolution for the whole set: torch must be seen together with what depends on it.
        return (
            (lock / "requirements.txt", False),
            (lock / build, False),
            (lock / "requirements-nodeps.txt", True),
        )


def machine_tag() -> str:
    """Return the platform as the size table and the bundles name it, ``linux-x86_64`` for instance."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    return "{}-{}".format(system, host.machine().lower())


def cuda_available(gpu: Gpu | None, tag: str) -> bool:
    """Whether the lock has a CUDA build for this platform and the driver runs it."""
    sizes = read_sizes().get(tag, {})
    return gpu is not None and "cuda" in sizes and gpu.cuda >= tuple(sizes["cuda"]["min_cuda"])


def make_plan(home: Path, accelerator: str, sources: Sources | None = None) -> InstallPlan:
    """Return the plan for ``accelerator``; sizes are 0 on a platform nobody measured."""
    sources = sources or Sources(lock_folder())
    size = read_sizes().get(machine_tag(), {}).get(accelerator, {})
    download = 0 if sources.wheels else size.get("download_mib", 0) * MEBIBYTE
    return InstallPlan(home, accelerator, sources, download, size.get("installed_mib", 0) * MEBIBYTE)


def read_sizes() -> dict[str, dict[str, dict[str, object]]]:
    """Return the table of sizes by platform and build, as measured when the lock was made."""
    return json.loads(SIZES.read_text(encoding="utf-8"))


def free_bytes(folder: Path) -> int:
    """Return the free space of the disk that holds ``folder``, which need not be there yet."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def check_folder(home: Path, need_bytes: int) -> None:
    """Make ``home`` and see that it can be written and is large enough.

    Raises:
        SetupError: ``permission`` or ``disk_full``.
    """
    probe = home / ".write-test"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
        (home / "tmp").mkdir(exist_ok=True)
    except OSError as error:
        message = tr("The data folder {folder} can't be written to ({reason}). Choose another one.")
        text = message.format(folder=home, reason=error.strerror)
        raise SetupError("permission", text, CHOOSE_FOLDER) from error
    free = free_bytes(home)
    if free < need_bytes:
        message = tr(
            "{need} are needed in {folder}, and {free} are free. Free some space, or choose another disk."
        )
        text = message.format(need=human_size(need_bytes), folder=home, free=human_size(free))
        raise SetupError("disk_full", text, CHOOSE_FOLDER)


@dataclass(frozen=True)
class EngineWheel:
    """The very wheel a plugin was built with."""

    version: str
    sha256: str

    @property
    def name(self) -> str:
        """Its file name."""
        return f"remotezero_engine-{self.version}-py3-none-any.whl"


def engine_wheel(lock: Path) -> EngineWheel | None:
    """Return the engine's wheel that ``lock`` asks for; None in a checkout, which needs none."""
    path = lock / ENGINE_REQUIREMENT
    match = ENGINE_LINE.search(path.read_text(encoding="utf-8")) if path.is_file() else None
    return EngineWheel(match["version"], match["sha256"]) if match else None


def check_engine_wheel(folder: Path, wanted: EngineWheel) -> None:
    """See that ``folder`` holds the wheel this plugin was built with.

    Raises:
        SetupError: it can't be read or is another one.
    """
    try:
        digest = sha256_file(folder / wanted.name)
    except OSError:
        digest = ""
    if digest != wanted.sha256:
        text = tr("A part of the plugin is missing or damaged. Install the plugin again from its zip file.")
        raise SetupError("damaged_plugin", text)


def lock_hash(files: Sequence[Path]) -> str:
    """Return one sha256 over the requirement files, to tell an outdated installation."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def sha256_file(path: Path) -> str:
    """Return the sha256 of a file of any size."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(BLOCK), b""):
            digest.update(block)
    return digest.hexdigest()


def human_size(size_bytes: float) -> str:
    """Return a size as people read it, two or three figures: ``450 MB``, ``3.0 GB``."""
    if size_bytes >= 9.995e8:
        return f"{size_bytes / 1e9:.1f} GB"
    megabytes = size_bytes / 1e6
    return f"{round(megabytes, -1) if megabytes >= 100 else max(megabytes, 1):.0f} MB"
