"""Keys of servers: kept in memory, else of the environment, else of the system's keyring; never in a message or job."""

from __future__ import annotations

import importlib
import json
import os
import threading
from typing import Any

from engine.errors import InputError
from engine.remote.address import ServerAddress

VARIABLE = "REMOTEZERO_SERVER_KEY"
KEYRING_SERVICE = "remotezero"
LONGEST = 4096


class ServerKeys:
    """The keys of this process. What is kept by address goes to that scheme, host and port alone."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[str, str] = {}
        self._from_keyring: dict[str, str | None] = {}
        self._lock = threading.Lock()

    def keep(self, address: ServerAddress, key: str | None) -> None:
        """Keep a key for the server of an address, in memory; None or "" forgets it.

        Raises:
            InputError: it is no key; the message does not show it.
        """
        with self._lock:
            if key:
                self._kept[address.origin] = checked_key(key)
            else:
                self._kept.pop(address.origin, None)

    def find(self, address: ServerAddress) -> str | None:
        """The key for the server of an address; None where there is none.

        Raises:
            InputError: what the environment or the keyring holds is no key.
        """
        with self._lock:
            kept = self._kept.get(address.origin)
            if kept is None and not os.environ.get(VARIABLE):
                if address.origin not in self._from_keyring:
                    self._from_keyring[address.origin] = _in_keyring(address.origin)
                kept = self._from_keyring[address.origin]
        found = kept or os.environ.get(VARIABLE)
        return checked_key(found) if found else None

    def as_line(self) -> str:
        """What is kept in memory, as one line for a child process's standard input."""
        with self._lock:
            return json.dumps(self._kept)

    def take_line(self, line: str) -> None:
        """Keep what another process's :meth:`as_line` says; raises InputError for anything else."""
        try:
            kept = json.loads(line)
        except ValueError:
            kept = None
        if not isinstance(kept, dict) or not all(isinstance(key, str) for key in kept.values()):
            raise InputError(
                "The first line of standard input holds no keys. Start the job through the engine."
            )
        with self._lock:
            self._kept |= {str(origin): checked_key(key) for origin, key in kept.items()}


KEYS = ServerKeys()
"""Those of this process."""


def checked_key(key: str, what: str = "The server's key") -> str:
    """A key, or ``what`` else is sent like one, without what surrounds it.

    Raises:
        InputError: it can't be sent; the message does not show it.
    """
    plain = key.strip()
    if not plain or len(plain) > LONGEST or not plain.isascii() or not plain.isprintable() or " " in plain:
        raise InputError(
            f"{what} has characters that none has (line breaks, spaces, accents), or is too long. Copy it anew."
        )
    return plain


def _in_keyring(origin: str) -> str | None:
    """What the system's keyring has for a server, where the library ``keyring`` is installed."""
    try:
        keyring: Any = importlib.import_module("keyring")
        errors: Any = importlib.import_module("keyring.errors")
    except ImportError:  # it is not there, or lacks something itself
        return None
    try:
        found = keyring.get_password(KEYRING_SERVICE, origin)
    except errors.KeyringError:  # locked, or there is none on this machine
        return None
    return str(found) if found else None
