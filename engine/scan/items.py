"""One STAC item as a scene: which of its assets has the pixels, where that lies, when it was taken and where it is."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import pystac
from rasterio.crs import CRS
from rasterio.warp import transform_bounds
from shapely.errors import ShapelyError
from shapely.geometry import shape

from engine.errors import InputError
from engine.imagery.gdal_errors import GDAL_ERRORS
from engine.imagery.network import without_secrets
from engine.scan.documents import far, resolved
from engine.scan.rasters import ENDINGS, Candidate, Failed
from engine.scan.scenes import Scene
from engine.scan.wanted import Bounds, bounds_of, time_of, written

COGS = {str(pystac.MediaType.COG), "image/vnd.stac.geotiff; cloud-optimized=true"}
PICTURES = {
    str(kind).partition(";")[0]
    for kind in (
        pystac.MediaType.COG, pystac.MediaType.GEOTIFF, pystac.MediaType.TIFF, pystac.MediaType.JPEG2000,
        pystac.MediaType.PNG, pystac.MediaType.JPEG,
    )
} | {"image/vnd.stac.geotiff"}  # fmt: skip
NO_PIXELS = {"thumbnail", "overview", "metadata"}
SHOWN_NAMES = 8
BROKEN = (
    pystac.STACError,
    pystac.STACTypeError,
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    RecursionError,
)
"""What pystac raises on items that are none."""
UNPLACED: tuple[type[Exception], ...] = (*GDAL_ERRORS, *BROKEN)
BROKEN_SHAPES: tuple[type[Exception], ...] = (ShapelyError, *BROKEN)


class AssetError(InputError):
    """An item's picture can't be told from its others."""


def candidate_of(data: Any, document: str, asset: str | None, *, alone: bool) -> Candidate | Failed:
    """An item as it stands in a document.

    Args:
        data: the item, as read from JSON; it may be changed.
        document: path or address of what it stands in.
        asset: which of its assets to take; None for the one with the pixels.
        alone: the document is the item. In one of several items, what an item says of its own address counts:
            addresses of an answer of a server are relative to it, even once the answer is saved.
    """
    name = str(data.get("id", "")) if isinstance(data, Mapping) else ""
    name = name or os.path.basename(urlsplit(document).path) or "item"
    try:
        # To bring items of before 1.0 up to date costs more than all else.
        old = not str(data.get("stac_version")).startswith("1.")
        item = pystac.Item.from_dict(data, preserve_dict=False, migrate=old)
        raster = _raster_of(item, document, asset, alone)
        start, end = _span(item.properties)
        scene = Scene(
            name, raster, None if start is None else written(start), _bounds(item), _cloud(item.properties)
        )
    except InputError as error:
        return Failed(name, without_secrets(document), str(error))
    except BROKEN:
        return Failed(name, without_secrets(document), "This is no STAC item, or one that is not complete.")
    return Candidate(scene, start, end)


def _raster_of(item: pystac.Item, document: str, asset: str | None, alone: bool) -> str:
    href = _picture(item.assets, asset).href
    if not isinstance(href, str) or not href.strip() or "\n" in href or href.lstrip()[:1] in ("<", "{"):
        raise InputError("Its picture has no address.")
    beside, own = resolved(href, document), item.get_self_href()
    # What was saved from a server still means its own place, unless the pictures were saved as well.
    saved = not far(document) and os.path.exists(beside)
    return beside if alone or own is None or not far(own) or saved else resolved(href, own)


def _picture(assets: Mapping[str, pystac.Asset], asset: str | None) -> pystac.Asset:
    """The asset that is meant.

    The one asked for; else the only picture; else the one for looking at (``visual``); else the only one of data.
    Of several of a kind the only cloud-optimised GeoTIFF is taken: the others are copies of it in other formats.

    Raises:
        InputError: there is no such asset, or no picture.
        AssetError: there are several.
    """
    if asset is not None:
        if asset not in assets:
            raise AssetError(f"It has no asset {asset!r}; it has {_names(assets)}.")
        return assets[asset]
    pictures = {name: one for name, one in assets.items() if _has_pixels(one)}
    if not pictures:
        raise InputError(f"None of its assets is a picture ({_names(assets) or 'it has none'}).")
    shown = {name: one for name, one in pictures.items() if name == "visual" or "visual" in _roles(one)}
    data = {name: one for name, one in pictures.items() if "data" in _roles(one)}
    for group in (shown, pictures, data):
        for some in (group, {name: one for name, one in group.items() if _is_cog(one)}):
            if len(some) == 1:
                return next(iter(some.values()))
        if "visual" in group:
            return group["visual"]
    raise AssetError(
        f"It has several pictures ({_names(pictures)}): say which one is meant, by --asset NAME (asset in requests)."
    )


def _names(assets: Mapping[str, Any]) -> str:
    names = sorted(map(str, assets))
    return ", ".join(name[:60] for name in names[:SHOWN_NAMES]) + (" …" if len(names) > SHOWN_NAMES else "")


def _has_pixels(asset: pystac.Asset) -> bool:
    if not isinstance(asset.href, str) or NO_PIXELS & set(_roles(asset)):
        return False
    kind = str(asset.media_type or "").partition(";")[0].strip().lower()
    return kind in PICTURES or (not kind and urlsplit(asset.href).path.lower().endswith(ENDINGS))


def _is_cog(asset: pystac.Asset) -> bool:
    return "profile=cloud-optimized" in str(asset.media_type or "").lower() or asset.media_type in COGS


def _roles(asset: pystac.Asset) -> Sequence[str]:
    return [role for role in asset.roles if isinstance(role, str)] if isinstance(asset.roles, list) else []


def _span(properties: Mapping[str, Any]) -> tuple[Any, Any]:
    """When the taking began and ended; None twice where nothing is said."""
    moment = time_of(properties.get("datetime"))
    start = time_of(properties.get("start_datetime")) or moment
    end = time_of(properties.get("end_datetime")) or moment
    return start or end, end or start


def _cloud(properties: Mapping[str, Any]) -> float | None:
    cloud = properties.get("eo:cloud_cover")
    if isinstance(cloud, bool) or not isinstance(cloud, int | float):
        return None
    return float(cloud) if math.isfinite(cloud) and 0 <= cloud <= 100 else None


def _bounds(item: pystac.Item) -> Bounds | None:
    """The item's box; else its outline's, else that of its projected box; None where none is one of the Earth."""
    return bounds_of(item.bbox) or _of_outline(item.geometry) or _of_projection(item.properties)


def _of_outline(geometry: Any) -> Bounds | None:
    if not isinstance(geometry, Mapping):
        return None
    try:
        return bounds_of(shape(geometry).bounds)
    except BROKEN_SHAPES:
        return None


def _of_projection(properties: Mapping[str, Any]) -> Bounds | None:
    box, code = properties.get("proj:bbox"), properties.get("proj:code") or properties.get("proj:epsg")
    if not isinstance(box, list) or len(box) != 4 or not isinstance(code, str | int):
        return None
    try:
        crs = CRS.from_epsg(code) if isinstance(code, int) else CRS.from_user_input(code)
        return bounds_of(transform_bounds(crs, "EPSG:4326", *map(float, box), densify_pts=21))
    except UNPLACED:
        return None
