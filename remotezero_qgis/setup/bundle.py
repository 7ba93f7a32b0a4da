"""The offline bundle: one archive with wheels, lock and model weights, checked while it is unpacked.

Layout of the zip, whose members are stored uncompressed where they are compressed already::

    bundle.json   {"format": 1, "version", "platform", "python", "accelerator",
                   "files": {path: {"sha256", "size"}}}
    wheels/*.whl  every package, the engine's own wheel, and pip
    lock/*        the requirement files
    models/NAME/* model folders
    plugin/*      the plugin zip, to be installed in QGIS first
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..i18n import tr
from .plan import InstallPlan, Sources, check_folder, human_size, machine_tag, make_plan
from .problems import IMPORT_BUNDLE, SetupCancelledError, SetupError

FORMAT = 1
MANIFEST = "bundle.json"
NAMES = "remotezero-*.zip"
ROOMS = ("wheels", "lock", "models", "plugin")
BLOCK = 1 << 20
INSTALL_ROOM = 2.2  # unpacked wheels over their files, measured on the CPU set for Linux (1,590 / 735 MiB)


@dataclass(frozen=True)
class Bundle:
    """What a bundle says about itself.

    Attributes:
        path: the archive.
        version: of the engine in it.
        platform: such as ``linux-x86_64``.
        python: such as ``3.11``, the Python the wheels are for.
        accelerator: ``cpu`` or ``cuda``.
        files: size and sha256 of every member.
    """

    path: Path
    version: str
    platform: str
    python: str
    accelerator: str
    files: dict[str, tuple[int, str]]

    @property
    def size_bytes(self) -> int:
        """Size of everything in it, unpacked."""
        return sum(size for size, _ in self.files.values())

    @property
    def wheel_bytes(self) -> int:
        """Size of the wheels alone."""
        return sum(size for name, (size, _) in self.files.items() if name.startswith("wheels/"))

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the models in it."""
        names = {PurePosixPath(name).parts[1] for name in self.files if name.startswith("models/")}
        return tuple(sorted(names))


def read_bundle(path: Path) -> Bundle:
    """Read the manifest and see that the bundle is for this machine; nothing is unpacked.

    Raises:
        SetupError: ``bundle_damaged`` or ``bundle_platform``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            data = json.loads(archive.read(MANIFEST))
        files = {
            str(name): (int(entry["size"]), str(entry["sha256"])) for name, entry in data["files"].items()
        }
        described = [str(data[key]) for key in ("version", "platform", "python", "accelerator")]
    except (OSError, KeyError, TypeError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise _damaged(path, str(error)) from error
    if data.get("format") != FORMAT:
        raise _damaged(path, tr("format {number} is not known here").format(number=data.get("format")))
    bad = [name for name in files if not _safe(name)]
    if bad:
        raise _damaged(path, tr("it holds the file name {name}").format(name=repr(bad[0])))
    bundle = Bundle(path, *described, files)
    if bundle.platform != machine_tag():
        message = tr(
            "{path} is made for {theirs}, and this computer is {ours}. Choose the bundle for {ours}."
        )
        text = message.format(path=path.name, theirs=bundle.platform, ours=machine_tag())
        raise SetupError("bundle_platform", text, IMPORT_BUNDLE)
    return bundle


def bundle_places(home: Path, last_zip: str) -> tuple[Path, ...]:
    """Return the folders where a bundle may lie ready: the plugin's zip came from one, or is usual for it.

    Args:
        home: the data folder.
        last_zip: the folder from which QGIS installed a plugin last, "" when it never did.
    """
    beside = (Path(last_zip), Path(last_zip).parent) if last_zip else ()
    return (*beside, home, Path.home() / "Downloads", Path.home() / "Desktop")


def find_bundle(places: Sequence[Path], version: str) -> Bundle | None:
    """Return the first bundle in ``places`` that is for this machine and of this version; None for none.

    Reads disks that may be slow, so keep it off the main thread.
    """
    for folder in places:
        for path in sorted(_listed(folder)):
            try:
                bundle = read_bundle(path)
            except SetupError:
                continue
            if bundle.version == version:
                return bundle
    return None


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.glob(NAMES))
    except OSError:
        return []


@contextmanager
def unpacked(
    bundle: Bundle, home: Path, progress: Callable[[float, str], None], cancelled: Callable[[], bool]
) -> Iterator[Path]:
    """Unpack ``bundle`` inside ``home``, checking every file, and remove it again at the end.

    Raises:
        SetupError: ``disk_full``, ``permission``, ``bundle_damaged`` or ``cancelled``.
    """
    check_folder(home, int(bundle.size_bytes + bundle.wheel_bytes * INSTALL_ROOM))
    folder = home / "bundle.part"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        _unpack(bundle, folder, progress, cancelled)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def bundle_plan(bundle: Bundle, folder: Path, home: Path) -> InstallPlan:
    """Return the plan that installs from the unpacked ``folder`` and from nowhere else."""
    plan = make_plan(home, bundle.accelerator, Sources(folder / "lock", wheels=folder / "wheels"))
    installed = plan.installed_bytes or int(bundle.wheel_bytes * INSTALL_ROOM)
    return InstallPlan(home, plan.accelerator, plan.sources, 0, installed)


def move_models(folder: Path, home: Path) -> list[str]:
    """Move the unpacked models into the data folder, one rename each; models that are there already stay.

    Returns:
        Names of the models that are new.
    """
    moved = []
    for source in sorted((folder / "models").glob("*")):
        target = home / "models" / source.name
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, target)
        moved.append(source.name)
    return moved


def _unpack(
    bundle: Bundle, folder: Path, progress: Callable[[float, str], None], cancelled: Callable[[], bool]
) -> None:
    done = 0
    try:
        with zipfile.ZipFile(bundle.path) as archive:
            for name, (size, sha256) in bundle.files.items():
                progress(done / max(bundle.size_bytes, 1), tr("Checking and unpacking the bundle"))
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, target.open("wb") as sink:
                    digest = _copy(source, sink, cancelled)
                if digest != sha256 or target.stat().st_size != size:
                    raise _damaged(bundle.path, tr("{name} is not what it was").format(name=name))
                done += size
    except (KeyError, zipfile.BadZipFile, EOFError) as error:
        raise _damaged(bundle.path, str(error)) from error
    except OSError as error:
        message = tr("The bundle can't be unpacked into {folder} ({reason}). Choose another data folder.")
        text = message.format(folder=folder, reason=error.strerror or error)
        raise SetupError("disk_full" if error.errno == 28 else "permission", text, "choose_folder") from error


def _copy(source: object, sink: object, cancelled: Callable[[], bool]) -> str:
    digest = hashlib.sha256()
    for block in iter(lambda: source.read(BLOCK), b""):
        if cancelled():
            raise SetupCancelledError()
        digest.update(block)
        sink.write(block)
    return digest.hexdigest()


def _safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    plain = not any(part in ("..", "", ".") or ":" in part or "\\" in part for part in parts)
    return plain and len(parts) >= 2 and parts[0] in ROOMS and not name.startswith("/")


def _damaged(path: Path, reason: str) -> SetupError:
    message = tr("{path} is not a whole RemoteZero bundle: {reason}. Copy it again from where it was made.")
    return SetupError("bundle_damaged", message.format(path=path.name, reason=reason), IMPORT_BUNDLE)


def describe(bundle: Bundle) -> str:
    """Return one line about the bundle for the user."""
    models = ", ".join(bundle.models) or tr("no models")
    text = tr("Engine {version} for {platform}, Python {python}, {accelerator}; {models}; {size}")
    return text.format(
        version=bundle.version, platform=bundle.platform, python=bundle.python,
        accelerator=bundle.accelerator.upper(), models=models, size=human_size(bundle.size_bytes),
    )  # fmt: skip
