"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from engine.errors import InputError, OutputExistsError

ROOM_BYTES = 16 * 2**20
"""What a folder must have free for a result to be put there: more than any has taken so far."""


STALE_S = 24 * 3600.0


def check_free(path: Path, *, overwrite: bool, inputs: Iterable[str | Path] = ()) -> None:
    """Check that a result can be put at ``path``, before the work is done.

    Args:
        path: where the result is to be.
        overwrite: a file that is there may be replaced.
        inputs: files that are read for it and may not be replaced, by whatever name or link they are reached.

    Raises:
        OutputExistsError: the file exists and ``overwrite`` is false.
        InputError: there is no such folder, the path is one or is an input, or nothing can be written there.
    """
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"The output {str(path)!a} has a name that is no valid text. Give it another one."
        ) from error
    try:
        _check_place(path, overwrite, inputs)
    except OSError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"The output {path} can't be written ({error.strerror}). Choose another name or folder."
        ) from error


def _check_place(path: Path, overwrite: bool, inputs: Iterable[str | Path]) -> None:
    if not path.parent.is_dir():
        raise InputError(f"The folder {path.parent} does not exist: make it first, or choose another.")
    if path.is_dir():
        raise InputError(f"The output {path} is a folder: give a file name in it.")
    if path.exists():
        check_not_read(path, inputs)
        if not overwrite:
            raise OutputExistsError(
                f"The output {path} exists already: choose another name, or allow overwriting."
            )
        if not path.is_file() or not os.access(path, os.W_OK):
            raise InputError(f"The output {path} is there and can't be replaced. Choose another name.")
    elif path.is_symlink():
        raise InputError(
            f"The output {path} is a link that leads nowhere. Choose another name, or remove it."
        )
    else:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        path.unlink()
    hidden = hidden_beside(path.resolve())
    hidden.touch()
    hidden.unlink()
    free = shutil.disk_usage(hidden.parent).free
    needed = ROOM_BYTES + (path.stat().st_size if path.exists() else 0)
    if free < needed:
        raise InputError(
            f"The folder {path.parent} has {free / 2**20:.0f} MB free, and the output may need "
            f"{needed / 2**20:.0f} MB. Make room, or choose another folder."
        )


def check_not_read(path: Path, inputs: Iterable[str | Path]) -> None:
    """Raise InputError where ``path`` is one of the files that are read."""
    for source in inputs:
        if os.path.exists(source) and path.samefile(source):
            raise InputError(
                f"The output {path} would take the place of {source}, which is being read. Choose another name."
            )


def hidden_beside(path: Path) -> Path:
    """A short hidden name in the same folder and with the same ending, for what becomes ``path`` once whole."""
    return path.with_name(f".rz-{uuid.uuid4().hex[:8]}{path.suffix}")


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A hidden folder below ``folder``, removed at the end unless it was renamed away.

    What a killed program left there a day ago or longer is swept first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(".staging-*"):
        if time.time() - left.stat().st_mtime > STALE_S:
            shutil.rmtree(left, ignore_errors=True)
    hidden = folder / f".staging-{uuid.uuid4().hex}"
    hidden.mkdir()
    try:
        yield hidden
    finally:
        shutil.rmtree(hidden, ignore_errors=True)


def write_atomic(path: Path, text: str, *, private: bool = False) -> None:
    """Write beside ``path`` and rename: readers see the old text or the new one, never a part.

    Args:
        path: the file, there already or not.
        text: its new content.
        private: nobody but its owner can read it, at any moment.
    """
    temporary = hidden_beside(path)
    flags, mode = os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666
    try:
        with os.fdopen(os.open(temporary, flags, mode), "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Flush a file or folder to disk (Windows has no handle for folders)."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def take_lock(path: Path) -> FileLock | None:
    """Take the lock of a file, None when another process holds it; it ends with its holder, however that ends."""
    lock = FileLock(path, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return lock


def subfolders(folder: Path) -> Iterator[Path]:
    """The folders in ``folder`` by name, hidden ones left out; none where there is no such folder."""
    if folder.is_dir():
        yield from sorted(
            path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")
        )
