"""Files that hold no pixels and no outlines but say where they are: what they name, read without GDAL.

GDAL opens such a file and, without a word, whatever it names: mosaics (VRT), descriptions of map services, indexes
of tiles, STAC items, pipelines. Their grammar is GDAL's own, which takes more than XML allows, so they are read
by patterns and not by a strict parser.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import shlex
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from engine.errors import InputError

HEAD_BYTES = 4096
MOST_BYTES = 256 * 2**20
"""A longer text of references is refused: a mosaic of a million tiles is shorter."""
MOST_MEMBERS = 10_000

_BLANK = b"\xef\xbb\xbf \t\r\n"
_ROOT = re.compile(rb"<(?:\w+:)?(?:VRT|GDAL|OGR|WMS|WMT|WCS|WFS|MRF|PAM|TileMap|Capabilities|OGC|NGW)", re.I)
_ANYWHERE = re.compile(rb"<(?:VRTDataset|OGRVRT|GDAL_WMS)", re.I)
_PIPELINE = re.compile(rb'"gdal_streamed_alg"')
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
_ELEMENT = re.compile(r"<([\w:.-]+)([^<>]*?)/?>([^<]*)")
_LINK = re.compile(r"""([\w:.-]*(?:href|url))\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_KEY = re.compile(r"""key\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_NAMES_A_SOURCE = re.compile(r"source|src|filename|dataset|path|url|index|file", re.I)
_WORDS = re.compile(r"(?:MDI|Description|Title|Abstract|Keyword|SRS|\w*Code|Expression)$", re.I)
_OPENED_BY_KEY = {"OVERVIEW_FILE", "X_DATASET", "Y_DATASET"}
_RAW = re.compile("VRTRawRasterBand", re.I)
_ARCHIVE_ERRORS = (OSError, EOFError, zipfile.BadZipFile, tarfile.TarError, zlib.error, RuntimeError)


class Readable(Protocol):
    """What bytes come from."""

    def read(self, size: int, /) -> bytes:
        """Up to ``size`` bytes."""


@dataclass(frozen=True)
class Reference:
    """Something that a pointer names.

    Attributes:
        text: as it stands there, or words that are perhaps no name at all.
        sure: it stands where only the name of a source can stand.
        raw: its bytes are taken for pixels as they are.
        index: it is a vector file whose attributes name rasters.
    """

    text: str
    sure: bool = False
    raw: bool = False
    index: bool = False


def pointer_in(path: Path, *, raster: bool) -> str | None:
    """The text of a file that is a pointer; None for any other.

    Args:
        path: a regular file.
        raster: it is opened as a raster, where every JSON names others; as a vector only pipelines do.

    Raises:
        InputError: it is too long to be looked through.
    """
    try:
        with path.open("rb") as stream:
            return _text_of(stream, str(path), raster)
    except OSError:
        return None  # GDAL can't read it either, and says so


def pointers_in_archive(path: Path, handler: str, *, raster: bool) -> list[str]:
    """The texts of all pointers in an archive; none where it is none.

    Args:
        path: a regular file.
        handler: ``zip``, ``tar`` or ``gzip``.
        raster: as in :func:`pointer_in`.

    Raises:
        InputError: one of them, or the list of them, is too long to be looked through.
    """
    found = []
    with suppress(*_ARCHIVE_ERRORS):
        for number, stream in enumerate(_members(path, handler)):
            if number >= MOST_MEMBERS:
                raise _too_long(f"The archive {path} has more than {MOST_MEMBERS} files and")
            text = _text_of(stream, str(path), raster)
            if text is not None:
                found.append(text)
    return found


def _members(path: Path, handler: str) -> Iterator[Readable]:
    if handler == "gzip":
        with gzip.open(path) as stream:
            yield stream
    elif handler == "tar":
        with tarfile.open(path) as tar:
            for member in tar:
                inside = tar.extractfile(member) if member.isfile() else None
                if inside is not None:
                    yield inside
    else:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                with archive.open(name) as stream:
                    yield stream


def _text_of(stream: Readable, name: str, raster: bool) -> str | None:
    head = stream.read(HEAD_BYTES)
    if not _is_pointer(head, raster):
        return None
    whole = head + stream.read(MOST_BYTES)
    if len(whole) > MOST_BYTES:
        raise _too_long(f"The file {name}")
    return whole.decode("utf-8", errors="replace")


def _is_pointer(head: bytes, raster: bool) -> bool:
    start = head.lstrip(_BLANK)
    if start[:1] in (b"{", b"["):
        return raster or _PIPELINE.search(head) is not None
    if start[:1] == b"<" and _ROOT.search(head):
        return True
    return _ANYWHERE.search(head) is not None


def _too_long(what: str) -> InputError:
    return InputError(f"{what} names more sources than can be looked through. Make a GeoTIFF of it first.")


def references(text: str) -> Iterator[Reference]:
    """What a pointer's text names: XML, JSON, or what stands in one of their values."""
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        yield from _of_json(text)
        return
    raw = _RAW.search(text) is not None
    text = _CDATA.sub(lambda found: html.escape(found[1]), _COMMENT.sub("", text))
    for name, attributes, value in _ELEMENT.findall(text):
        name = name.rpartition(":")[2]
        for _, double, single in _LINK.findall(attributes):
            yield Reference(html.unescape(double or single))
        value = html.unescape(value).strip()
        if not value or (_WORDS.match(name) and _key(attributes) not in _OPENED_BY_KEY):
            continue
        sure = _NAMES_A_SOURCE.search(name) is not None
        is_file = name.lower() == "sourcefilename"
        yield Reference(value, sure, raw=raw and is_file, index=name.lower() == "indexdataset")


def _key(attributes: str) -> str:
    found = _KEY.search(attributes)
    return (found[1] or found[2] or "").upper() if found else ""


def _of_json(text: str) -> Iterator[Reference]:
    try:
        content = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return
    for value in _strings(content):
        yield Reference(value)
        with suppress(ValueError):
            yield from (Reference(word) for word in shlex.split(value) if word != value)


def _strings(content: Any) -> Iterator[str]:
    waiting = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
