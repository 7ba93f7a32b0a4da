"""Downloading one file: https only, resumed where it broke off, and taken only when its sha256 is right."""

from __future__ import annotations

import hashlib
import http.client
import os
import ssl
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, urljoin, urlsplit

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtNetwork import QNetworkProxy

from ..connection.environment import Proxy
from ..i18n import tr
from .plan import BLOCK
from .problems import NETWORK_SETTINGS, RETRY, SetupCancelledError, SetupError, failure

TIMEOUT_S = 30.0
MAX_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
Progress = Callable[[int], None]


def download(
    url: str, target: Path, size: int, sha256: str, *, progress: Progress, cancelled: Callable[[], bool],
    proxy: Proxy | None = None, context: ssl.SSLContext | None = None,
) -> Path:  # fmt: skip
    """Bring ``url`` to ``target`` and return it; ``target`` appears only once it is whole.

    Args:
        url: must be https, and every redirect, too.
        target: where the file goes; ``<target>.part`` holds what has come so far and is gone on with.
        size: of the whole file in bytes.
        sha256: of the whole file.
        progress: is told the bytes on disk.
        cancelled: asked after each block.
        proxy: an HTTP proxy to tunnel through.
        context: TLS settings; None checks against the system's certificates.

    Raises:
        SetupError: classified; what has come so far is kept unless it is wrong.
    """
    part = target.with_name(target.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    have = part.stat().st_size if part.is_file() else 0
    if have > size:
        part.unlink()
        have = 0
    try:
        if have < size:
            _fetch(url, part, have, size, progress, cancelled, proxy, context or ssl.create_default_context())
    except (OSError, http.client.HTTPException) as error:
        raise failure(tr("The download"), "{}: {}".format(type(error).__name__, error)) from error
    if part.stat().st_size < size:
        raise SetupError(
            "refused", tr("The download broke off. Try again: what is already there is kept."), RETRY
        )
    _take_if_right(part, target, sha256)
    return target


def _fetch(
    url: str, part: Path, have: int, size: int, progress: Progress, cancelled: Callable[[], bool],
    proxy: Proxy | None, context: ssl.SSLContext,
) -> None:  # fmt: skip
    for _ in range(MAX_REDIRECTS):
        place = _https(url)
        connection = _connect(place, proxy, context)
        try:
            path = place.path or "/"
            headers = (
                {"User-Agent": "RemoteZero", "Range": "bytes={}-".format(have)}
                if have
                else {"User-Agent": "RemoteZero"}
            )
            connection.request("GET", path + ("?" + place.query if place.query else ""), headers=headers)
            response = connection.getresponse()
            if response.status in REDIRECTS:
                url = urljoin(url, response.getheader("Location", ""))
                continue
            _check_status(response, url)
            # A server that ignores Range starts again from the first byte.
            resumed = response.status == 206 and _starts_at(response, have)
            with part.open("ab" if resumed else "wb") as sink:
                _copy(response, sink, have if resumed else 0, size, progress, cancelled)
            return
        finally:
            connection.close()
    message = tr("{url} was redirected too often. Try again later.")
    raise SetupError("redirects", message.format(url=url), RETRY)


def _copy(
    response: http.client.HTTPResponse,
    sink: object,
    have: int,
    size: int,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> None:
    while have < size:
        block = response.read(min(BLOCK, size - have))
        if not block:
            return
        sink.write(block)
        have += len(block)
        progress(have)
        if cancelled():
            raise SetupCancelledError()


def _take_if_right(part: Path, target: Path, sha256: str) -> None:
    digest = hashlib.sha256()
    with part.open("rb") as stream:
        for block in iter(lambda: stream.read(BLOCK), b""):
            digest.update(block)
    if digest.hexdigest() != sha256:
        part.unlink()
        message = tr(
            "{name} arrived damaged (sha256 {got} instead of {want}) and was thrown away. Try again."
        )
        text = message.format(name=target.name, got=digest.hexdigest()[:12], want=sha256[:12])
        raise SetupError("hash_mismatch", text, RETRY)
    os.replace(part, target)


def _https(url: str) -> SplitResult:
    place = urlsplit(url)
    if place.scheme != "https" or not place.hostname:
        message = tr("{url} is not an https address, and nothing is downloaded from another kind.")
        raise SetupError("not_https", message.format(url=url))
    return place


def _connect(place: SplitResult, proxy: Proxy | None, context: ssl.SSLContext) -> http.client.HTTPSConnection:
    host, port = str(place.hostname), place.port or 443
    if proxy is None or host in proxy.exceptions:
        return http.client.HTTPSConnection(host, port, timeout=TIMEOUT_S, context=context)
    if proxy.scheme != "http":
        message = tr(
            "Models can't be downloaded through a {scheme} proxy. Import the model's folder instead."
        )
        raise SetupError("proxy", message.format(scheme=proxy.scheme), NETWORK_SETTINGS)
    connection = http.client.HTTPSConnection(proxy.host, proxy.port, timeout=TIMEOUT_S, context=context)
    headers = {}
    if proxy.user:
        login = b64encode("{}:{}".format(proxy.user, proxy.password).encode("utf-8")).decode("ascii")
        headers["Proxy-Authorization"] = "Basic " + login
    connection.set_tunnel(host, port, headers)
    return connection


def _check_status(response: http.client.HTTPResponse, url: str) -> None:
    if response.status in (200, 206):
        return
    if response.status in (401, 403):
        message = tr(
            "{url} may not be downloaded without an account (status {status}). Import the model's folder "
            "instead."
        )
    else:
        message = tr("{url} answered with status {status}. Try again later, or import the model's folder.")
    raise SetupError("http_status", message.format(url=url, status=response.status), RETRY)


def _starts_at(response: http.client.HTTPResponse, have: int) -> bool:
    return response.getheader("Content-Range", "").startswith("bytes {}-".format(have))


SCHEMES = {
    QNetworkProxy.ProxyType.HttpProxy: "http",
    QNetworkProxy.ProxyType.HttpCachingProxy: "http",
    QNetworkProxy.ProxyType.Socks5Proxy: "socks5h",
}


def qgis_proxy() -> Proxy | None:
    """Return the proxy of QGIS's network options (or of the system, where they say so); None for none."""
    manager = QgsNetworkAccessManager.instance()
    proxy = manager.fallbackProxy()
    scheme = SCHEMES.get(proxy.type())
    if scheme is None or not proxy.hostName():
        return None
    exceptions = tuple(filter(None, (_host(url) for url in (*manager.excludeList(), *manager.noProxyList()))))
    return Proxy(scheme, proxy.hostName(), proxy.port(), proxy.user(), proxy.password(), exceptions)


def _host(url: str) -> str:
    return urlsplit(url if "//" in url else f"//{url}").hostname or ""
