"""Scenes that are plain rasters: those of a folder, of a pattern, of a list, of a mosaic, or a single one."""

from __future__ import annotations

import csv
import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from engine.errors import InputError, JobCancelledError
from engine.imagery.network import without_secrets
from engine.imagery.sources import leads_away, permitted
from engine.scan.scenes import Scene
from engine.scan.wanted import time_of, written
from engine.types import Stop

ENDINGS = (
    ".tif", ".tiff", ".jp2", ".j2k", ".jpg", ".jpeg", ".png", ".img", ".ecw", ".sid", ".ntf", ".nitf", ".bil",
    ".bip", ".bsq", ".bmp", ".webp", ".vrt",
)  # fmt: skip
"""What a raster's name ends in where a folder is searched; a list may name anything that GDAL opens."""
MOSAIC = ".vrt"
LISTS = (".txt", ".lst", ".list", ".csv")
WITH_ITEMS = (".json", ".geojson", ".ndjson", ".jsonl", ".parquet", ".geoparquet")
FAR = ("http", "https", "s3", "gs")
MOST_LIST_BYTES = 200_000_000
_LAID = {
    "SourceFilename",
    "SourceBand",
    "SourceProperties",
    "SrcRect",
    "DstRect",
    "NODATA",
    "UseMaskBand",
    "OpenOptions",
}
"""What a mosaic may say of a raster that it lays down as it is."""


@dataclass(frozen=True)
class Failed:
    """A scene that can't be taken.

    Attributes:
        id: what it is called, as far as that is known.
        raster: its raster, or the document that should have said more; without passwords and keys.
        reason: why, in a sentence or two.
    """

    id: str
    raster: str
    reason: str


@dataclass(frozen=True)
class Candidate:
    """A scene before anybody asked whether it is wanted; ``start`` and ``end`` are the span in which it was taken."""

    scene: Scene
    start: datetime | None = None
    end: datetime | None = None


def rasters_of(source: str, allow_network: bool, stop: Stop) -> Iterator[Candidate | Failed]:
    """The scenes of a source of plain rasters.

    Raises:
        InputError: it can't be used, or holds none.
    """
    path = Path(source)
    if path.is_dir():
        return _in_folder(path, stop)
    if path.is_file():
        if path.suffix.lower() in LISTS:
            return _listed(path)
        whole = str(path.absolute())
        if path.suffix.lower() == MOSAIC:
            permitted(whole, allow_network=allow_network)
            return iter(_members(path) or [Candidate(Scene(path.name, whole))])
        return iter([Candidate(Scene(path.name, whole))])
    if leads_away(source):
        permitted(source, allow_network=allow_network)
        return iter([Candidate(Scene(_last(source), source))])
    if glob.has_magic(source):
        return _matching(source)
    raise InputError(
        f"There is nothing at {source}: give a folder with rasters, a list of them, a pattern, a raster or a catalogue."
    )


def has_items(source: str) -> bool:
    """Whether a source is one of STAC items: by its ending on this computer, on the network by not being a raster's."""
    if leads_away(source):
        parts = urlsplit(source)
        return parts.scheme.lower() in FAR and not parts.path.lower().endswith(ENDINGS)
    return source.lower().endswith(WITH_ITEMS) and os.path.isfile(source)


def learned_from(names: Sequence[str]) -> dict[str, Any]:
    """What a request to learn says of the names on a command line: rasters, or the source that is an archive."""
    whole = [os.path.abspath(name) if os.path.exists(name) else name for name in names]
    if len(whole) == 1:
        (name,) = whole
        listed = os.path.isdir(name) or (os.path.isfile(name) and name.lower().endswith(LISTS))
        matching = not os.path.exists(name) and not leads_away(name) and glob.has_magic(name)
        if listed or matching or has_items(name):
            return {"source": os.path.abspath(name) if matching else name}
    return {"rasters": whole}


def _in_folder(folder: Path, stop: Stop) -> Iterator[Candidate]:
    """The rasters of a folder and of those in it; mosaics only where there is nothing else, as in QGIS."""
    found: list[str] = []
    for place, folders, files in os.walk(folder):
        if stop():
            raise JobCancelledError("Cancelled while the folder was looked through.")
        # Hidden folders are those of programs; an order makes a run the same each time.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [os.path.join(place, name) for name in sorted(files) if name.lower().endswith(ENDINGS)]
    plain = [name for name in found if not name.lower().endswith(MOSAIC)]
    if not found:
        raise InputError(
            f"There is no raster in {folder} ({', '.join(ENDINGS)}). Choose another folder, or give a list."
        )
    for name in plain or found:
        yield Candidate(Scene(os.path.relpath(name, folder).replace(os.sep, "/"), os.path.abspath(name)))


def _matching(pattern: str) -> Iterator[Candidate]:
    """The files that a pattern matches, by name; ``**`` stands for any folders."""
    found = sorted(name for name in glob.iglob(pattern, recursive=True) if os.path.isfile(name))
    if not found:
        raise InputError(f"Nothing matches {pattern}: write the pattern otherwise, or give a folder.")
    shared = os.path.commonpath([os.path.dirname(os.path.abspath(name)) for name in found])
    for name in found:
        whole = os.path.abspath(name)
        yield Candidate(Scene(os.path.relpath(whole, shared).replace(os.sep, "/"), whole))


def _listed(path: Path) -> Iterator[Candidate | Failed]:
    """The rasters of a list, a line each; a CSV has columns: ``raster``, and perhaps ``id``, ``time`` and ``cloud``."""
    if path.stat().st_size > MOST_LIST_BYTES:
        raise InputError(f"The list {path} is longer than {MOST_LIST_BYTES / 1e6:.0f} MB. Give it in parts.")
    rows = _rows(path) if path.suffix.lower() == ".csv" else ({"raster": line} for line in _lines(path))
    none = True
    for row in rows:
        none = False
        name = row.get("raster") or ""
        raster = name if leads_away(name) else os.path.abspath(path.parent / name)
        cloud, time = row.get("cloud"), time_of(row.get("time"))
        scene = Scene(row.get("id") or _last(name), raster, written(time) if time else None)
        try:
            scene = replace(scene, cloud=float(cloud) if cloud else None)
        except ValueError:
            yield Failed(
                scene.id, without_secrets(raster), f"Its cloud cover, {str(cloud)[:40]!r}, is no number."
            )
            continue
        yield Candidate(scene, time, time)
    if none:
        raise InputError(f"The list {path} names no raster. Write one a line.")


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for line in stream:
                if line.strip() and not line.lstrip().startswith("#"):
                    yield line.strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The list {path} can't be read. Give a text file in UTF-8.") from error


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if "raster" not in (reader.fieldnames or ()):
                raise InputError(f"The list {path} has no column raster. Name that column so.")
            for row in reader:
                yield {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"The list {path} can't be read. Give a CSV file in UTF-8.") from error


def _last(name: str) -> str:
    """The last part of a path or of an address, without its query."""
    return without_secrets(name).rstrip("/").rpartition("/")[2] or "scene"


def _members(path: Path) -> list[Candidate]:
    """The rasters of which a mosaic is put together; none where it does more than lay them side by side.

    Laid side by side are whole rasters, at their own size, with the same bands in the same order. Whatever else a
    mosaic does (stack bands, warp, scale, cut), its pixels are those of no other file, and it is one scene.
    """
    bands: dict[str, list[str]] = {}
    names: dict[str, None] = {}
    try:
        for _, element in ElementTree.iterparse(path, events=("end",)):
            if element.tag == "VRTRasterBand":
                if element.get("subClass") not in (None, "VRTSourcedRasterBand"):
                    return []
                sources = [one for one in element if one.tag.endswith("Source")]
                found = [_laid(one, element.get("band", "")) for one in sources]
                if not found or None in found:
                    return []
                bands[element.get("band", "")] = [name for name in found if name is not None]
                element.clear()
            elif element.tag == "VRTDataset" and element.get("subClass"):
                return []
    except (ElementTree.ParseError, OSError, ValueError):
        return []
    kinds = list(bands.values())
    if not kinds or any(kind != kinds[0] for kind in kinds[1:]) or len(set(kinds[0])) < 2:
        return []
    names = dict.fromkeys(
        name if leads_away(name) else os.path.normpath(path.absolute().parent / name) for name in kinds[0]
    )
    return [Candidate(Scene(_last(name), name)) for name in names]


def _laid(source: ElementTree.Element, band: str) -> str | None:
    """The name of a source that is a whole raster, as it is; None for any other."""
    parts = {part.tag: part for part in source}
    if source.tag not in ("SimpleSource", "ComplexSource") or parts.keys() - _LAID:
        return None
    whole, cut, put = (parts.get(name) for name in ("SourceProperties", "SrcRect", "DstRect"))
    name, number = source.findtext("SourceFilename"), source.findtext("SourceBand", "1")
    if whole is None or cut is None or put is None or not name or number != band:
        return None
    width, height = float(whole.get("RasterXSize", 0)), float(whole.get("RasterYSize", 0))
    sizes = [(float(one.get("xSize", 0)), float(one.get("ySize", 0))) for one in (cut, put)]
    at_origin = float(cut.get("xOff", 0)) == float(cut.get("yOff", 0)) == 0
    as_it_is = all(abs(size[0] - width) < 1 and abs(size[1] - height) < 1 for size in sizes)
    return name.strip() if at_origin and as_it_is else None
