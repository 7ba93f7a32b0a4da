"""RemoteZero for QGIS: find things in imagery by describing them."""

from __future__ import annotations


def classFactory(iface):
    """Return the plugin; called by QGIS."""
    from .plugin import Plugin

    return Plugin(iface)
