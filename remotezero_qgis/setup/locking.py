"""One installation into a data folder at a time, whatever windows are open."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..i18n import tr
from .problems import RETRY, SetupError


@contextmanager
def install_lock(home: Path) -> Iterator[None]:
    """Hold the data folder's install lock; the system lets go of it when this process ends.

    Raises:
        SetupError: ``locked``, another QGIS window is installing.
    """
    with (home / "install.lock").open("a+b") as stream:
        try:
            _take(stream.fileno())
        except OSError as error:
            text = tr(
                "Another QGIS window is installing into this folder. Wait until it has finished, then try "
                "again."
            )
            raise SetupError("locked", text, RETRY) from error
        yield


def _take(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
