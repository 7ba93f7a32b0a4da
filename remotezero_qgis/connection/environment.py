"""The environment of every process the plugin starts: nothing of QGIS's Python and libraries reaches it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

# What points a Python, a linker or a library at somebody else's files.
DROPPED_PREFIXES = (
    "PYTHON", "PIP_", "UV_", "VIRTUAL_ENV", "CONDA_", "_CONDA", "PROJ_", "GDAL_", "OGR_", "GEOTIFF_",
    "QGIS", "QT_", "LD_", "DYLD_", "OSGEO4W", "O4W_", "GS_LIB", "SPATIALITE",
)  # fmt: skip
# How the user reaches packages is theirs to say, and is kept.
KEPT = (
    "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_CERT", "PIP_CLIENT_CERT", "PIP_PROXY",
    "PIP_TRUSTED_HOST", "PIP_CONFIG_FILE", "PIP_DEFAULT_TIMEOUT", "PIP_RETRIES", "PIP_KEYRING_PROVIDER",
    "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_CONFIG_FILE",
    "UV_NATIVE_TLS", "UV_SYSTEM_CERTS", "UV_PYTHON_INSTALL_MIRROR",
)  # fmt: skip
CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
SYSTEM_PREFIXES = ("/", "/usr", "/usr/local")


@dataclass(frozen=True)
class Proxy:
    """The proxy QGIS is set to use.

    Attributes:
        scheme: ``http`` or ``socks5h``.
        exceptions: hosts that are reached without it.
    """

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""
    exceptions: tuple[str, ...] = ()

    def url(self) -> str:
        """The address in the form tools expect, user name and password included."""
        login = ""
        if self.user:
            login = "{}:{}@".format(quote(self.user, safe=""), quote(self.password, safe=""))
        return "{}://{}{}:{}".format(self.scheme, login, self.host, self.port)


def child_environment(
    environ: Mapping[str, str], home: Path, proxy: Proxy | None = None, qgis_prefix: str = sys.prefix
) -> dict[str, str]:
    """Return the environment for a child process.

    Args:
        environ: QGIS's own environment.
        home: the data folder; caches and temporary files go there, so that one disk has to be big enough.
        proxy: used when the environment names none itself.
        qgis_prefix: where QGIS's Python lives; entries of PATH and certificate files in it are dropped,
            unless it is the system's own.
    """
    child = {name: value for name, value in environ.items() if not _dropped(name)}
    for name in CERTIFICATE_VARIABLES:
        if _inside(child.get(name, ""), qgis_prefix):
            del child[name]
    separator = ";" if sys.platform == "win32" else ":"
    path = child.get("PATH", "").split(separator)
    child["PATH"] = separator.join(part for part in path if part and not _inside(part, qgis_prefix))
    if proxy is not None:
        for name in ("HTTP_PROXY", "HTTPS_PROXY"):
            if name not in child and name.lower() not in child:
                child[name] = proxy.url()
        child.setdefault("NO_PROXY", ",".join(("127.0.0.1", "localhost", *proxy.exceptions)))
    child.update(_own(home))
    return child


def offline_environment(child: Mapping[str, str]) -> dict[str, str]:
    """Return ``child`` without any place to take packages from: pip adds its own places even to ``--no-index``."""
    kept = {name: value for name, value in child.items() if name.upper() not in KEPT}
    return {**kept, "PIP_CONFIG_FILE": os.devnull}


def _own(home: Path) -> dict[str, str]:
    temporary = str(home / "tmp")
    return {
        "PYTHONNOUSERSITE": "1",
        "PYTHONUTF8": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_CACHE_DIR": str(home / "cache" / "pip"),
        "UV_CACHE_DIR": str(home / "cache" / "uv"),
        "UV_PYTHON_INSTALL_DIR": str(home / "python"),
        "UV_NO_PROGRESS": "1",
        "TMPDIR": temporary,
        "TEMP": temporary,
        "TMP": temporary,
        "REMOTEZERO_HOME": str(home),
    }


def _dropped(name: str) -> bool:
    upper = name.upper()
    return upper not in KEPT and upper.startswith(DROPPED_PREFIXES)


def _inside(path: str, prefix: str) -> bool:
    if not path or prefix in SYSTEM_PREFIXES:
        return False
    folder, root = Path(path), Path(prefix)
    return folder == root or root in folder.parents
