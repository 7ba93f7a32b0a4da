"""Which rasters a run over many takes: those of a folder, of a list of files, or of a STAC item collection."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from qgis.PyQt.QtCore import QUrl

from ..errors import EngineError
from ..i18n import tr

ENDINGS = (
    ".tif", ".tiff", ".jp2", ".j2k", ".jpg", ".jpeg", ".png", ".img", ".ecw", ".sid", ".ntf", ".nitf", ".bil",
    ".bip", ".bsq", ".bmp", ".webp", ".vrt",
)  # fmt: skip
MOSAIC = ".vrt"
MOST_BYTES = 200_000_000
"""A larger list of items is no list that a person made."""
SHOWN_KEYS = 8
NETWORK = ("http", "https", "s3", "gs", "az", "ftp")
PICTURES = ("image/tiff", "image/jp2", "image/png", "image/jpeg", "image/vnd.stac.geotiff")
NO_DATA = ("thumbnail", "overview", "metadata")


class RastersError(EngineError, ValueError):
    """A folder or a list gives no rasters."""


class AssetError(RastersError):
    """The items have several pictures, and which is meant was not said.

    Attributes:
        names: what the pictures are called.
    """

    def __init__(self, message: str, names: list[str]) -> None:
        super().__init__(message)
        self.names = names


def in_folder(folder: Path, below: bool = True, stop: Callable[[], bool] = lambda: False) -> list[str]:
    """Return the rasters of a folder, in the order of their names; for a worker thread.

    Mosaics (VRT) are left out where the folder has other rasters: they show the same ground again.

    Args:
        folder: where to look.
        below: also in the folders in it.
        stop: asked often; once it is true, what was found so far is returned.

    Raises:
        RastersError: it can't be read, or has none.
    """
    if not folder.is_dir():
        raise RastersError(tr("{folder} is no folder. Choose one with rasters in it.").format(folder=folder))
    found: list[Path] = []
    for place, folders, files in os.walk(folder):
        # Hidden folders are those of programs; an order makes a run the same each time.
        folders[:] = sorted(name for name in folders if below and not name.startswith("."))
        found += [Path(place, name) for name in sorted(files) if name.lower().endswith(ENDINGS)]
        if stop():
            break
    plain = [path for path in found if path.suffix.lower() != MOSAIC]
    if not found:
        raise RastersError(
            tr("There is no raster in {folder} ({endings}). Choose another folder, or choose files.").format(
                folder=folder, endings=", ".join(ENDINGS)
            )
        )
    return [str(path) for path in plain or found]


def of_items(path: Path, asset: str = "") -> list[str]:
    """Return the pictures of a STAC item collection, or of one item; for a worker thread.

    Args:
        path: a JSON file. References in it may be relative to it.
        asset: which of an item's pictures to take; "" takes the only one, or the one for looking at (``visual``).

    Raises:
        AssetError: items have several pictures, and none is the one for looking at.
        RastersError: the file is something else, can't be read, or has no picture.
    """
    items = _items(path)
    found: list[str] = []
    for item in items:
        assets = {str(name): one for name, one in item["assets"].items() if isinstance(one, dict)}
        pictures = {name: one for name, one in assets.items() if _is_picture(one)}
        if asset:
            chosen = assets.get(asset)
        elif len(pictures) == 1:
            (chosen,) = pictures.values()
        else:
            chosen = next((one for name, one in pictures.items() if _is_visual(name, one)), None)
            if chosen is None and pictures:
                names = list(pictures)
                message = tr("The items in {file} have several pictures ({names}). Say which one is meant.")
                shown = ", ".join(names[:SHOWN_KEYS]) + ("…" if len(names) > SHOWN_KEYS else "")
                raise AssetError(message.format(file=path.name, names=shown), names)
        if chosen is not None:
            found.append(_reference(str(chosen["href"]), path.parent))
    if not found:
        message = (
            tr("No item in {file} has a picture “{asset}”. Choose another one.")
            if asset
            else tr("No item in {file} has a picture that can be searched.")
        )
        raise RastersError(message.format(file=path.name, asset=asset))
    return list(dict.fromkeys(found))


def leads_away(source: str) -> bool:
    """Say whether a raster lies on the network, by its name alone."""
    return urlparse(source).scheme.lower() in NETWORK or source.startswith(
        ("/vsicurl", "/vsis3", "/vsigs", "/vsiaz")
    )


def _items(path: Path) -> list[dict[str, Any]]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RastersError(
                tr("{file} is too large for a list of rasters. Choose a STAC item collection.").format(
                    file=path.name
                )
            )
        read = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = tr("{file} can't be read ({reason}). Choose another file.")
        raise RastersError(message.format(file=path.name, reason=error.strerror or "")) from error
    except (ValueError, RecursionError) as error:
        message = tr("{file} is no JSON. Choose a STAC item collection.")
        raise RastersError(message.format(file=path.name)) from error
    kind = read.get("type") if isinstance(read, dict) else None
    items = read.get("features") if kind == "FeatureCollection" else [read] if kind == "Feature" else None
    if not isinstance(items, list):
        message = tr("{file} is no STAC item collection: it has no list of items. Choose another file.")
        raise RastersError(message.format(file=path.name))
    items = [item for item in items if isinstance(item, dict) and isinstance(item.get("assets"), dict)]
    if not items:
        message = tr("{file} is no STAC item collection: none of its items has assets. Choose another file.")
        raise RastersError(message.format(file=path.name))
    return items


def _is_picture(asset: dict[str, Any]) -> bool:
    href, kind = asset.get("href"), str(asset.get("type") or "").split(";")[0].strip().lower()
    roles = asset.get("roles") if isinstance(asset.get("roles"), list) else []
    if not isinstance(href, str) or not href or any(role in NO_DATA for role in roles):
        return False
    return kind in PICTURES or (not kind and urlparse(href).path.lower().endswith(ENDINGS))


def _is_visual(name: str, asset: dict[str, Any]) -> bool:
    return name == "visual" or "visual" in (asset.get("roles") or [])


def _reference(href: str, folder: Path) -> str:
    if urlparse(href).scheme == "file":
        return QUrl(href).toLocalFile()
    if leads_away(href) or href.startswith("/vsi") or Path(href).is_absolute():
        return href
    return os.path.normpath(folder / href)
