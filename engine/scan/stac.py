"""Lists the items of STAC documents: an item, a collection of items, a catalogue and all below it, a table, an API.

A listing is made here, or in a process of its own where the network may be asked (:mod:`engine.imagery.apart`): it
comes in portions, so that neither of the two waits long for the other and neither holds the whole.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet
import pystac_client
import requests
from pystac_client.exceptions import APIError
from stac_geoparquet.arrow import stac_table_to_items

from engine.errors import InputError
from engine.imagery.network import without_secrets
from engine.scan.documents import Documents, Features, far, parsed, require_file, resolved
from engine.scan.items import BROKEN, candidate_of
from engine.scan.rasters import Candidate, Failed
from engine.scan.wanted import Wanted, written

TABLES = (".parquet", ".geoparquet")
LINES = (".ndjson", ".jsonl")
PORTION = 500
PORTION_S = 5.0
PAGE = 250
ROWS = 500
COLUMNS = {
    "id", "type", "stac_version", "bbox", "geometry", "links", "assets", "collection", "datetime", "start_datetime",
    "end_datetime", "eo:cloud_cover", "proj:bbox", "proj:code", "proj:epsg",
}  # fmt: skip
"""What is read of a table's rows: the others may be many."""
MOST_DEEP = 32
MOST_CATALOGUES = 100_000
AT_ONCE = 16
MOST_LINE_CHARS = 16_000_000
SHOWN_COLLECTIONS = 8


@dataclass(frozen=True)
class _Place:
    """A catalogue that is still to be read, and how deep below the first it lies."""

    href: str
    depth: int


class Listing:
    """The items of one source, portion by portion."""

    def __init__(self, source: str, wanted: Wanted, asset: str | None, allow_network: bool) -> None:
        self._documents = Documents(allow_network)
        self._wanted, self._asset = wanted, asset
        self._found = self._of(source if far(source) else os.path.abspath(source))

    def more(self) -> list[Candidate | Failed]:
        """Some more; none when all were given.

        Raises:
            InputError: the source can't be read, or is nothing with items.
        """
        some: list[Candidate | Failed] = []
        latest = time.monotonic() + PORTION_S
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # what the libraries say of sloppy catalogues is meant for programmers
            for found in self._found:
                some.append(found)
                if len(some) >= PORTION or time.monotonic() > latest:
                    break
        return some

    def _of(self, source: str) -> Iterator[Candidate | Failed]:
        ending = os.path.splitext(urlsplit(source).path if far(source) else source)[1].lower()
        if ending in TABLES:
            return self._of_table(source)
        if ending in LINES and not far(source):
            return self._of_lines(source)
        return self._of_documents(source)

    def _of_documents(self, source: str) -> Iterator[Candidate | Failed]:
        content = self._documents.json(source)
        if far(source) and _is_api(content):
            yield from self._of_api(content, source)
        elif _links(content) is not None and _kind(content) not in ("Feature", "FeatureCollection"):
            yield from self._of_catalogue(content, source)
        else:
            yield from self._of_items(content, source)

    def _of_items(self, content: Any, document: str) -> Iterator[Candidate | Failed]:
        """An item, or each of a collection of items; raises InputError where it is neither."""
        if _kind(content) == "Feature":
            yield candidate_of(content, document, self._asset, alone=True)
            return
        items = content.get("features") if _kind(content) == "FeatureCollection" else None
        if not isinstance(items, list | Features):
            raise InputError(
                f"{without_secrets(document)} is neither a STAC item nor a collection of items nor a catalogue. Give "
                "one of these, a table of items (GeoParquet), a folder, or a list of rasters."
            )
        for item in items:
            yield candidate_of(item, document, self._asset, alone=False)

    def _of_catalogue(self, first: Any, source: str) -> Iterator[Candidate | Failed]:
        """All items below a catalogue: its own, then those of its children in their order, each place once."""
        waiting, seen = [_Place(source, 0)], {source}
        while waiting:
            place = waiting.pop()
            try:
                content = first if place.depth == 0 else self._documents.json(place.href)
                links = _links(content)
                if _kind(content) in ("Feature", "FeatureCollection") or links is None:
                    yield from self._of_items(content, place.href)
                    continue
            except InputError as error:
                yield _unread(place.href, str(error))
                continue
            leading = [(link, _led(link, place.href)) for link in links]
            yield from self._of_links([led for link, led in leading if link.get("rel") == "item"])
            children = [led for link, led in leading if link.get("rel") == "child"]
            yield from (led for led in children if isinstance(led, Failed))
            below = [led for led in dict.fromkeys(children) if isinstance(led, str) and led not in seen]
            if place.depth + 1 > MOST_DEEP and below:
                yield _unread(
                    place.href, f"It lies {MOST_DEEP} catalogues deep; what is below it is not read."
                )
                continue
            if len(seen) + len(below) > MOST_CATALOGUES:
                raise InputError(
                    f"{without_secrets(source)} has more than {MOST_CATALOGUES:,} catalogues in it. Give one of them."
                )
            seen.update(below)
            waiting += [_Place(href, place.depth + 1) for href in reversed(below)]

    def _of_links(self, led: list[str | Failed]) -> Iterator[Candidate | Failed]:
        """The items that a catalogue's links lead to, in their order; those of the network several at once."""
        if not any(isinstance(one, str) and far(one) for one in led):
            yield from map(self._linked, led)
            return
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for start in range(0, len(led), 4 * AT_ONCE):
                yield from pool.map(self._linked, led[start : start + 4 * AT_ONCE])

    def _linked(self, led: str | Failed) -> Candidate | Failed:
        if isinstance(led, Failed):
            return led
        try:
            return candidate_of(self._documents.json(led), led, self._asset, alone=True)
        except InputError as error:
            return _unread(led, str(error))

    def _of_lines(self, path: str) -> Iterator[Candidate | Failed]:
        """A file of items, one a line."""
        require_file(path, None)
        try:
            with open(path, encoding="utf-8-sig", errors="replace") as stream:
                for number, line in enumerate(iter(lambda: stream.readline(MOST_LINE_CHARS), ""), 1):
                    if not line.strip():
                        continue
                    try:
                        content = parsed(line, f"Line {number} of {path}")
                    except InputError as error:
                        yield Failed(f"line {number}", path, str(error))
                        continue
                    yield candidate_of(content, path, self._asset, alone=False)
        except OSError as error:
            raise InputError(f"{path} can't be read ({error.strerror}). Give another file.") from error

    def _of_table(self, source: str) -> Iterator[Candidate | Failed]:
        """The rows of a GeoParquet of items, some at a time."""
        try:
            with self._documents.table(source) as opened:
                table = pa.parquet.ParquetFile(opened)
                if not {"id", "assets"} <= set(table.schema_arrow.names):
                    raise InputError(
                        f"{without_secrets(source)} is no table of STAC items: it has no columns id and assets."
                    )
                columns = [name for name in table.schema_arrow.names if name in COLUMNS]
                for batch in table.iter_batches(batch_size=ROWS, columns=columns):
                    for item in stac_table_to_items(pa.Table.from_batches([batch])):
                        yield candidate_of(item, source, self._asset, alone=False)
        except (pa.ArrowException, OSError, *BROKEN) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                f"{without_secrets(source)} can't be read as a table of STAC items ({type(error).__name__}): make it "
                "anew with stac-geoparquet."
            ) from error

    def _of_api(self, content: Mapping[str, Any], address: str) -> Iterator[Candidate | Failed]:
        """What a search of an API finds; its own filters are used for place and time."""
        root, collections = address, None
        if _kind(content) == "Collection":
            root = next(
                (str(link["href"]) for link in _links(content) or [] if link.get("rel") == "root"), address
            )
            root = resolved(root, address)
            collections = [str(content.get("id"))]
        wanted = self._wanted
        edges = [".." if edge is None else written(edge) for edge in (wanted.start, wanted.end)]
        try:
            client = pystac_client.Client.open(root, stac_io=self._documents.web)
            if collections is None:
                _require_one_collection(client, root)
            search = client.search(
                collections=collections,
                bbox=wanted.bbox,
                datetime=None if edges == ["..", ".."] else "/".join(edges),
                limit=PAGE,
            )
            for page in _new_pages(search.pages_as_dicts(), root):
                yield from self._of_items({**page, "type": "FeatureCollection"}, address)
        except (APIError, requests.RequestException, NotImplementedError, *BROKEN) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                f"{without_secrets(root)} can't be searched as a STAC API ({type(error).__name__}). Give the address "
                "of a collection, of a static catalogue, or a saved answer."
            ) from error


def _new_pages(pages: Iterator[dict[str, Any]], root: str) -> Iterator[dict[str, Any]]:
    """Pages as long as each brings something new; raises InputError where a server goes round in circles."""
    seen: set[int] = set()
    for page in pages:
        features = page.get("features")
        names = [str(item.get("id")) for item in features or [] if isinstance(item, dict)]
        mark = hash(tuple(names))
        if names and mark in seen:
            raise InputError(
                f"{without_secrets(root)} gives the same items over and over. Ask it for less, or save what it gives."
            )
        seen.add(mark)
        yield page


def _require_one_collection(client: pystac_client.Client, root: str) -> None:
    """Refuse to search everything that a server has; raises InputError."""
    names = [str(one.id) for one in islice(client.get_collections(), SHOWN_COLLECTIONS + 1)]
    if len(names) > 1:
        shown = ", ".join(names[:SHOWN_COLLECTIONS]) + (
            " and others" if len(names) > SHOWN_COLLECTIONS else ""
        )
        raise InputError(
            f"{without_secrets(root)} has several collections ({shown}). Give the address of one, such as "
            f"{without_secrets(root).rstrip('/')}/collections/{names[0]}."
        )


def _kind(content: Any) -> str | None:
    kind = content.get("type") if isinstance(content, dict) else None
    return kind if isinstance(kind, str) else None


def _links(content: Any) -> list[dict[str, Any]] | None:
    """The links of a document that lead somewhere; None where it has no list of them."""
    links = content.get("links") if isinstance(content, dict) else None
    if not isinstance(links, list):
        return None
    return [link for link in links if isinstance(link, dict) and isinstance(link.get("href"), str)]


def _is_api(content: Any) -> bool:
    """Whether a document is the entrance of an API, or a collection of one."""
    names = {link.get("rel") for link in _links(content) or [] if isinstance(link.get("rel"), str)}
    if _kind(content) == "Collection":
        return {"items", "root"} <= names and "item" not in names
    return "search" in names and _kind(content) in ("Catalog", None)


def _led(link: Mapping[str, Any], base: str) -> str | Failed:
    try:
        return resolved(str(link["href"]), base)
    except InputError as error:
        return Failed(os.path.basename(str(link["href"]))[:80] or "link", without_secrets(base), str(error))


def _unread(href: str, reason: str) -> Failed:
    """A document that gives no scene."""
    name = os.path.basename(urlsplit(href).path.rstrip("/")) or "document"
    return Failed(name, without_secrets(href), reason)
