"""Keys of model servers for as long as QGIS runs: read on the main thread, given to the engine from a worker."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from qgis.core import QgsApplication, QgsAuthMethodConfig

from ..settings import load_settings

_KEYS: dict[str, str] = {}


def origin_of(address: str) -> str:
    """Scheme, host and port of an address: what a key belongs to."""
    parts = urlsplit(address)
    return "{}://{}".format(parts.scheme, parts.netloc).lower()


def is_server(model: object) -> bool:
    """Say whether a model's name is the address of a server."""
    return isinstance(model, str) and model.strip().lower().startswith(("http://", "https://"))


def is_name(model: str) -> bool:
    """Say whether a model is meant by its name: neither the default, nor a server's address, nor a folder."""
    return bool(model) and not is_server(model) and not any(mark in model for mark in "/\\")


def is_elsewhere(model: object) -> bool:
    """Say whether a model is on a server of another computer, to which pictures are sent."""
    if not is_server(model):
        return False
    host = urlsplit(model.strip()).hostname or ""
    return host not in ("localhost", "::1") and not re.fullmatch(r"127(\.\d+){3}", host)


def keep_key(address: str, key: str) -> None:
    """Keep a key in memory; "" forgets it."""
    if key:
        _KEYS[origin_of(address)] = key
    else:
        _KEYS.pop(origin_of(address), None)


def known_key(address: str) -> str:
    """Return the key of a server, "" where none is known."""
    return _KEYS.get(origin_of(address), "")


def recall(*models: object) -> None:
    """Take the keys of servers from the authentication database, for the engine; nothing for other models.

    Main thread only: QGIS may ask the user for the master password here, so it is called for a server that the user
    picks or is about to ask, and not because a list is filled.
    """
    for address in models:
        if is_server(address) and not known_key(address):
            _recall(address)


def _recall(address: str) -> None:
    for entry in load_settings().server_authcfgs:
        origin, _, entry_id = entry.partition(" ")
        if origin == origin_of(address):
            config = QgsAuthMethodConfig()
            found = QgsApplication.authManager().loadAuthenticationConfig(entry_id, config, True)
            keep_key(address, (found[1] if isinstance(found, tuple) else config).config("password"))
