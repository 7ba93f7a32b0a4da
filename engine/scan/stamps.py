"""By what a raster is known again: the size and the time of each file that it is made of.

A scan that goes on holds these against what it noted when it read a scene, so that a raster which was replaced under
its old name is searched anew. Nothing is read for it but what names other files, such as a mosaic.
"""

from __future__ import annotations

import hashlib
import os

from engine.errors import InputError
from engine.imagery.sources import permitted

BESIDE = (".ovr", ".aux.xml")
"""Other programs write these beside a raster that they only look at."""


def stamp_of(raster: str, *, allow_network: bool) -> str | None:
    """Stands for a raster's files as they are now.

    Args:
        raster: a path, or another name that GDAL opens.
        allow_network: it may lead to the network, where nothing is asked for this.

    Returns:
        Sixteen characters; None where a part of it lies on the network, is not there, or can't be looked at.
    """
    try:
        made_of = permitted(raster, allow_network=allow_network)
        if made_of.hosts or not made_of.files:
            return None
        files = [os.fspath(path) for path in made_of.files if not path.name.lower().endswith(BESIDE)]
        about = [(name, os.stat(name)) for name in sorted(files)]
    except (InputError, OSError):
        return None
    words = "\n".join(f"{name} {one.st_size} {one.st_mtime_ns}" for name, one in about)
    return hashlib.sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:16]
