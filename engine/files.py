"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

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


def write_atomic(path: Path, text: str) -> None:
    """Write beside ``path`` and rename: readers see the old text or the new one, never a part."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    temporary.write_text(text, encoding="utf-8")
    sync(temporary)
    temporary.replace(path)


def sync(path: Path) -> None:
    """Flush a file or folder to disk (Windows has no handle for folders)."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def take_lock(path: Path) -> IO[bytes] | None:
    """Return the locked file, None when another process holds it; the lock ends with its holder."""
    stream = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    try:
        _lock(stream)
    except OSError:
        stream.close()
        return None
    return stream


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def subfolders(folder: Path) -> Iterator[Path]:
    """The folders in ``folder`` by name, hidden ones left out; none where there is no such folder."""
    if folder.is_dir():
        yield from sorted(
            path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")
        )
