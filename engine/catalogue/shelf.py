"""The models folder: what lies in it, what is on the way into it, and models that stay where they are.

A model is a folder ``NAME``; one that is used where it lies is a file ``NAME.place.json`` with its path. What is
being got or copied is in ``.get-NAME`` until it is whole; then one rename makes it visible.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.catalogue.checkpoints import SPEC_FILE
from engine.catalogue.licences import Licence
from engine.catalogue.origins import ORIGIN_FILE, Origin, read_origin
from engine.errors import InputError, JobStateError, LicenceError
from engine.files import ROOM_BYTES, subfolders, sync, take_lock, write_atomic
from engine.paths import models_dir

PLACE = ".place.json"
STAGING = ".get-"


@dataclass(frozen=True)
class Shelved:
    """A model folder that the user has put here.

    Attributes:
        folder: where its files are.
        name: what it is called where the folder does not say so; None where it does.
    """

    folder: Path
    name: str | None = None

    @property
    def in_place(self) -> bool:
        """It was not copied: the files are the user's own, on whatever disk they are."""
        return self.name is not None


@dataclass(frozen=True)
class Unfinished:
    """A model of which a part has come.

    Attributes:
        name: what it will be called.
        origin: what it is.
        have_bytes: what has come so far.
    """

    name: str
    origin: Origin
    have_bytes: int


def shelved() -> list[Shelved]:
    """The models folder's models; those in place may not be there at the moment."""
    return [*(Shelved(folder) for folder in subfolders(models_dir())), *_placed()]


def _placed() -> Iterator[Shelved]:
    for path in sorted(models_dir().glob(f"[!.]*{PLACE}")):
        try:
            folder = json.loads(path.read_text(encoding="utf-8"))["folder"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if isinstance(folder, str) and "\0" not in folder:
            yield Shelved(Path(folder), path.name.removesuffix(PLACE))


def unfinished() -> list[Unfinished]:
    """The models that are being got, or were until something broke off."""
    found = []
    for folder in sorted(models_dir().glob(f"{STAGING}*")):
        origin = read_origin(folder) if folder.is_dir() else None
        if origin is not None:
            have = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
            found.append(Unfinished(folder.name.removeprefix(STAGING), origin, min(have, origin.size_bytes)))
    return found


def staging_folder(name: str) -> Path:
    """Where a model is put together before it is there (it may not exist yet)."""
    return models_dir() / f"{STAGING}{name}"


@contextmanager
def claimed(name: str) -> Iterator[None]:
    """Work on the model of a name alone; raises JobStateError while another process does."""
    models_dir().mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = take_lock(models_dir() / f".lock-{name}")
    if lock is None:
        raise JobStateError(f"{name} is being got, added or removed at this moment. Wait for that to end.")
    try:
        yield
    finally:
        lock.release()


def check_room(folder: Path, needed_bytes: int) -> None:
    """Raise InputError unless the disk of ``folder`` has room for so many more bytes."""
    free = shutil.disk_usage(folder).free
    if free < needed_bytes + ROOM_BYTES:
        raise InputError(
            f"{_size(needed_bytes)} and {_size(ROOM_BYTES)} to spare are needed in {models_dir()}, and "
            f"{_size(free)} are free. "
            "Make room, or choose another data folder (REMOTEZERO_HOME)."
        )


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 10**9 else f"{count / 1e6:.0f} MB"


def require_licence(name: str, licence: Licence, accepted: bool) -> None:
    """Raise LicenceError for a licence that does not allow every use, until the user has accepted it."""
    if not licence.is_free and not accepted:
        raise LicenceError(
            f"{name}: {licence.sentence()} Accept it to go on (--accept-licence, in QGIS the button)."
        )


def publish(staging: Path, name: str, licence: str) -> Path:
    """Give a whole model its name, and make it visible by one rename; returns its folder."""
    own = staging / SPEC_FILE
    fields = json.loads(own.read_text(encoding="utf-8")) if own.is_file() else {}
    write_atomic(own, json.dumps({"licence": licence, **fields, "name": name}, indent=1))
    sync(staging)
    return staging.rename(models_dir() / name)


def write_origin(folder: Path, origin: Origin) -> None:
    """Keep with a model where it came from."""
    write_atomic(folder / ORIGIN_FILE, json.dumps(asdict(origin), indent=1))


def write_place(name: str, folder: Path) -> None:
    """Use a model where it lies from now on."""
    write_atomic(models_dir() / f"{name}{PLACE}", json.dumps({"folder": str(folder)}))


def take_away(name: str) -> None:
    """Remove a model's files, and what has come of it; of one in place only the note where it is."""
    (models_dir() / f"{name}{PLACE}").unlink(missing_ok=True)
    shutil.rmtree(staging_folder(name), ignore_errors=True)
    folder = models_dir() / name
    if folder.is_dir():
        going = staging_folder(name)
        folder.rename(going)
        shutil.rmtree(going)
