"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from engine.errors import InputError, OutputExistsError


def check_free(path: Path, *, overwrite: bool) -> None:
    """Check that a result can be put at ``path``, before the work is done.

    Raises:
        OutputExistsError: the file exists and ``overwrite`` is false.
        InputError: there is no such folder, or the path is one.
    """
    if not path.parent.is_dir():
        raise InputError(f"The folder {path.parent} does not exist: make it first, or choose another.")
    if path.is_dir():
        raise InputError(f"The output {path} is a folder: give a file name in it.")
    if path.exists() and not overwrite:
        raise OutputExistsError(
            f"The output {path} exists already: choose another name, or allow overwriting."
        )


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A hidden folder below ``folder``, removed at the end unless it was renamed away."""
    folder.mkdir(parents=True, exist_ok=True)
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
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
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
