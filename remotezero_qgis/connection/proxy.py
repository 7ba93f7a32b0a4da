"""The proxy of QGIS's network options, for the processes that the plugin starts."""

from __future__ import annotations

from urllib.parse import urlsplit

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtNetwork import QNetworkProxy

from .environment import Proxy

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
