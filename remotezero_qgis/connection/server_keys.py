"""Keys of model servers for as long as QGIS runs: read on the main thread, given to the engine from a worker."""

from __future__ import annotations

from urllib.parse import urlsplit

_KEYS: dict[str, str] = {}


def origin_of(address: str) -> str:
    """Scheme, host and port of an address: what a key belongs to."""
    parts = urlsplit(address)
    return "{}://{}".format(parts.scheme, parts.netloc).lower()


def is_server(model: object) -> bool:
    """Say whether a model's name is the address of a server."""
    return isinstance(model, str) and model.strip().lower().startswith(("http://", "https://"))


def keep_key(address: str, key: str) -> None:
    """Keep a key in memory; "" forgets it."""
    if key:
        _KEYS[origin_of(address)] = key
    else:
        _KEYS.pop(origin_of(address), None)


def known_key(address: str) -> str:
    """Return the key of a server, "" where none is known."""
    return _KEYS.get(origin_of(address), "")
