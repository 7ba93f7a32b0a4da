"""GDAL and the network: shut in every process, but for the one that reads what the user allowed.

Rasterio and pyogrio bring a GDAL each, so each is told. Vector files are all that pyogrio is for: what reads none, like
a comparison on drawn scenes, runs where it is missing.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Mapping

from rasterio.env import set_gdal_config

NOWHERE = "http://127.0.0.1:9"
"""A proxy that nobody runs: what escapes the look at names and references ends there."""

SHUT = {
    "CPL_VSIL_CURL_ALLOWED_FILENAME": "none",
    "GDAL_HTTP_PROXY": NOWHERE,
    "GDAL_HTTPS_PROXY": NOWHERE,
    "GDAL_VRT_ENABLE_PYTHON": "NO",
}
PATIENCE = {
    "GDAL_HTTP_CONNECTTIMEOUT": "10",
    "GDAL_HTTP_LOW_SPEED_TIME": "15",
    "GDAL_HTTP_LOW_SPEED_LIMIT": "100",
    "GDAL_HTTP_TIMEOUT": "60",
    "GDAL_HTTP_MAX_RETRY": "2",
    "GDAL_HTTP_RETRY_DELAY": "1",
    "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
    "GDAL_VRT_ENABLE_PYTHON": "NO",
}
"""Seconds to connect, seconds below so many bytes a second, seconds for one answer, and how often to try again."""

_USER = re.compile(r"(?<=//)[^/@\s\"']*@")
_QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>]*")
_PASSWORD = re.compile(
    r"((?:password|passwd|pwd|token|secret|key|user)\s*=\s*)('[^']*'|\"[^\"]*\"|[^\s,;&\"']+)", re.I
)

_EXCEPTIONS = ("no_proxy", "NO_PROXY")
_let_out = threading.Event()
_laid_aside: dict[str, str] = {}


def bar_network() -> None:
    """Keep both GDALs of this process off the network, unless it is the one that was let out.

    The user's exceptions from proxies are laid aside, since they would be exceptions here, too. Nothing else in
    the engine asks the network.
    """
    if _let_out.is_set():
        return
    for name in _EXCEPTIONS:
        if name in os.environ:
            _laid_aside[name] = os.environ.pop(name)
    _tell(SHUT)


def exceptions_from_proxies() -> dict[str, str]:
    """The user's, by the name of their variable; for :func:`open_network` in another process."""
    return {**_laid_aside, **{name: os.environ[name] for name in _EXCEPTIONS if name in os.environ}}


def open_network(exceptions: Mapping[str, str]) -> None:
    """Let both GDALs of this process out, with bounds on how long they wait; what the user set otherwise stays."""
    _let_out.set()
    os.environ.update(exceptions)
    _tell({name: os.environ.get(name, value) for name, value in PATIENCE.items()})


def is_open() -> bool:
    """Whether this process was let out, and so reads from the network."""
    return _let_out.is_set()


def without_secrets(text: str) -> str:
    """A name or a message without users, passwords, and the queries of addresses, which often are keys."""
    if "//" in text or "/vsi" in text:
        text = _QUERY.sub("", _USER.sub("", text))
    return _PASSWORD.sub(r"\1…", text)


def _tell(options: Mapping[str, str]) -> None:
    for name, value in options.items():
        set_gdal_config(name, value)
    try:
        import pyogrio
    except ModuleNotFoundError:
        return
    pyogrio.set_gdal_config_options(dict(options))
