"""What this process may have: open files and memory, asked before anything is begun; and shortages as errors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import InputError, RemoteZeroError
from engine.shortage import LEAST_FILES, WANTED_FILES, shortage

LEAST_ADDRESS_BYTES = 4 * 2**30
"""What torch maps, of which it uses a small part."""


@contextmanager
def lacking_told(place: Path) -> Iterator[None]:
    """Raise InputError for what the machine lacks inside the block; ``place`` is what is worked on there."""
    try:
        yield
    except RemoteZeroError:
        raise
    except (OSError, MemoryError, RuntimeError) as error:
        sentence = shortage(error, place)
        if sentence is None:
            raise
        raise InputError(sentence) from error


def check_limits() -> int:
    """Raise this process's limit of open files to what it may have; returns how many that are.

    Raises:
        InputError: it may open too few files, or have too little memory, to work at all.
    """
    if os.name == "nt":
        return WANTED_FILES
    import resource

    endless = resource.RLIM_INFINITY
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_FILES if hard == endless else min(hard, WANTED_FILES)
    if soft != endless and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    files = WANTED_FILES if soft == endless else min(soft, WANTED_FILES)
    if files < LEAST_FILES:
        raise InputError(
            f"This process may open {files} files at once, and {LEAST_FILES} are needed. Allow it more "
            f"(`ulimit -n {WANTED_FILES}`), and start again."
        )
    room = resource.getrlimit(resource.RLIMIT_AS)[0]
    if room != endless and room < LEAST_ADDRESS_BYTES:
        raise InputError(
            f"This process may have {room / 2**30:.1f} GiB of memory (`ulimit -v`), and needs "
            f"{LEAST_ADDRESS_BYTES // 2**30} GiB even for a small model. Raise that limit, and start again."
        )
    return files
