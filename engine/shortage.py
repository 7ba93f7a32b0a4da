"""What the machine lacks, in a sentence: disk, memory, open files, leave to write. Each has an action of its own."""

from __future__ import annotations

import errno
import re
import shutil
import sqlite3
from pathlib import Path

HOME_VARIABLE = "REMOTEZERO_HOME"

FULL_BYTES = 2**20
"""A disk with less than this free is full: SQLite says of some writes only that they failed."""

LEAST_FILES = 256
WANTED_FILES = 4096

_SQLITE_ERRNO = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
_NO_MEMORY = re.compile(
    r"can't start new thread|cannot allocate|failed to map segment|not enough memory|alloc", re.I
)


def shortage(error: BaseException, place: Path) -> str | None:
    """Say what was lacking when ``error`` came up, and what to do; None where nothing of the machine was.

    Args:
        error: of the operating system, of SQLite, or of Python itself.
        place: the file or folder that was worked on; the sentence names its folder.
    """
    folder = place if place.is_dir() else place.parent
    number = _errno(error)
    if number == errno.EIO and _free_bytes(folder) < FULL_BYTES:
        number = errno.ENOSPC
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            f"The disk of {folder} is full. Make room on it and start again; nothing that was stored is lost."
        )
    if number in (errno.EROFS, errno.EACCES, errno.EPERM):
        return (
            f"Nothing can be written in {folder}. Give this user leave to write there, or set {HOME_VARIABLE} to "
            "another folder, and start again."
        )
    if number in (errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ELOOP):
        return (
            f"{getattr(error, 'filename', None) or place} stands where this program keeps something of another "
            "kind. Move it away and start again."
        )
    if number in (errno.EMFILE, errno.ENFILE):
        return (
            f"This process may not open more files. Allow it {LEAST_FILES} or more (`ulimit -n {WANTED_FILES}`) "
            "and start again."
        )
    if number == errno.EBUSY:
        return f"Another program holds {place}. End it, and start again."
    if number == errno.EIO:
        return f"The disk of {folder} can't be read or written. Check the disk, and start again."
    if number in (errno.ENOMEM, errno.EAGAIN):
        return (
            "There is not enough memory for this process. Close other programs, or raise its limit "
            "(`ulimit -v unlimited`), and start again."
        )
    return None


def _errno(error: BaseException) -> int | None:
    """The number of the operating system that stands for an error, None where there is none."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return None if code is None else _SQLITE_ERRNO.get(code & 0xFF)
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno
    if isinstance(error, MemoryError):
        return errno.ENOMEM
    if isinstance(error, ImportError | RuntimeError | OSError) and _NO_MEMORY.search(str(error)):
        return errno.ENOMEM
    return None


def _free_bytes(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return FULL_BYTES
