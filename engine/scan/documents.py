"""Reads the documents of a catalogue, each bounded in size and time, from this computer or from where the user let it.

What a document says is hostile until shown otherwise: a link may lead to a pipe, to a server that never ends, or from
the network back to files of this computer. Each of these ends in a sentence.
"""

from __future__ import annotations

import json
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import pyarrow as pa
import pyarrow.fs
import requests
from pystac import Link
from pystac.utils import make_absolute_href
from pystac_client.stac_api_io import StacApiIO
from requests.adapters import HTTPAdapter
from urllib3 import Retry
from urllib3.exceptions import HTTPError

from engine.errors import InputError
from engine.imagery.network import without_secrets
from engine.imagery.sources import ALLOW

MOST_LOCAL_BYTES = 200_000_000
MOST_FAR_BYTES = 64_000_000
MOST_TABLE_BYTES = 512_000_000
CONNECT_S, SILENT_S = 10.0, 15.0
DOCUMENT_S = 45.0
TABLE_S = 80.0
WEB = ("http", "https")
FAR = (*WEB, "s3", "gs")
_SYSTEM = ("/proc/", "/sys/", "/dev/")
_PIECE = 2**16
_DECODE = json.JSONDecoder().raw_decode
_BLANK = re.compile(r"[ \t\n\r]*")


class _Web(StacApiIO):
    """HTTP for pystac-client and for documents: GET and POST alone, no file, no answer without bounds."""

    def __init__(self) -> None:
        super().__init__(max_retries=None)
        again = Retry(
            total=2, backoff_factor=0.5, status_forcelist=(429, 500, 502, 503, 504), allowed_methods=None,
            respect_retry_after_header=False, raise_on_status=False,
        )  # fmt: skip
        for scheme in WEB:
            self.session.mount(f"{scheme}://", HTTPAdapter(max_retries=again, pool_maxsize=32))
        self.session.max_redirects = 5

    def read_text(self, source: Any, *args: Any, **kwargs: Any) -> str:
        """As pystac-client asks for it; a name that is no address is refused, where the library opens a file."""
        if not isinstance(source, Link) and _scheme(str(source)) not in WEB:
            raise _inward(str(source))
        return super().read_text(source, *args, **kwargs)

    def request(
        self,
        href: str,
        method: str | None = None,
        headers: dict[str, str] | None = None,
        parameters: dict[str, Any] | None = None,
    ) -> str:
        """The text of an answer; raises InputError."""
        asked: dict[str, Any] = {"json": parameters} if method == "POST" else {"params": parameters}
        return b"".join(self.pieces(href, MOST_FAR_BYTES, DOCUMENT_S, headers=headers, **asked)).decode(
            "utf-8", "replace"
        )

    def pieces(self, href: str, most_bytes: int, most_s: float, **asked: Any) -> Iterator[bytes]:
        """An answer in pieces as they come; raises InputError where it is too long or does not come."""
        name, latest, size = without_secrets(href), time.monotonic() + most_s, 0
        if _scheme(href) not in WEB:
            raise _inward(href)
        method = "POST" if "json" in asked else "GET"
        try:
            with self.session.request(
                method, href, stream=True, timeout=(CONNECT_S, SILENT_S), **asked
            ) as reply:
                if not reply.ok:
                    raise InputError(
                        f"{name} answers with {reply.status_code}. See that the address is right."
                    )
                while piece := reply.raw.read1(_PIECE, decode_content=True):
                    size += len(piece)
                    if size > most_bytes:
                        raise _too_long(name, most_bytes)
                    if time.monotonic() > latest:
                        raise InputError(f"{name} is still sending after {most_s:.0f} s. Try again later.")
                    yield piece
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                f"{name} can't be reached, or broke off ({type(error).__name__}): see that it answers, and try again."
            ) from error


class Documents:
    """Reads JSON documents and tables of items.

    Attributes:
        web: HTTP, for pystac-client.
    """

    def __init__(self, allow_network: bool) -> None:
        self._allow_network = allow_network
        self.web = _Web()

    def json(self, href: str) -> Any:
        """A document as JSON; raises InputError."""
        self.check(href)
        scheme = _scheme(href)
        if scheme in WEB:
            text: str | bytes = self.web.request(href)
        elif scheme in FAR:
            text = _of_store(href)
        else:
            require_file(href, MOST_LOCAL_BYTES)
            try:
                text = Path(href).read_bytes()
            except OSError as error:
                raise InputError(f"{href} can't be read ({error.strerror}). Give another file.") from error
        return parsed(text, href)

    def check(self, href: str) -> None:
        """Refuse the network where it was not allowed."""
        if far(href) and not self._allow_network:
            host = urlsplit(href).hostname or urlsplit(href).scheme
            raise InputError(
                f"{without_secrets(href)} leads to {host} on the network, and nothing is read from there unasked: "
                f"allow it ({ALLOW}), or use a copy on this computer."
            )

    @contextmanager
    def table(self, href: str) -> Iterator[Any]:
        """A Parquet file as what pyarrow opens: read where it lies, or, from a web server, from a copy."""
        self.check(href)
        scheme = _scheme(href)
        if scheme in WEB:
            with tempfile.TemporaryFile() as copy:
                for piece in self.web.pieces(href, MOST_TABLE_BYTES, TABLE_S):
                    copy.write(piece)
                copy.seek(0)
                yield copy
        elif scheme in FAR:
            with _store_errors(href):
                store, path = _in_store(href)
                with store.open_input_file(path) as stream:
                    yield stream
        else:
            require_file(href, None)
            yield href


class Features:
    """The list ``features`` of a document: its items are made from the text one by one, and let go of.

    A collection as Python's objects takes seven times the room of its text.
    """

    def __init__(self, text: str, start: int) -> None:
        """Stand for the list that begins at ``start``; raises ValueError where it is none that can be read."""
        self._text, self._start, self.end = text, start, start
        for _ in self:
            pass

    def __iter__(self) -> Iterator[Any]:
        """Each item, in the order of the list."""
        at = _gap(self._text, self._start + 1)
        more = self._text[at : at + 1] != "]"
        while more:
            item, at = _DECODE(self._text, at)
            yield item
            at = _gap(self._text, at)
            more = _one_of(self._text, at, ",]") == ","
            at = _gap(self._text, at + 1) if more else at
        self.end = at + 1


def light(text: str) -> Any:
    """JSON as :func:`json.loads` reads it, but for a list ``features`` of the outermost object: see ``Features``.

    Raises:
        ValueError: it is no JSON.
    """
    at = _gap(text, 0)
    if text[at : at + 1] != "{":
        return json.loads(text)
    found: dict[str, Any] = {}
    at = _gap(text, at + 1)
    more = text[at : at + 1] != "}"
    while more:
        _one_of(text, at, '"')
        name, at = _DECODE(text, at)
        at = _gap(text, at)
        _one_of(text, at, ":")
        at = _gap(text, at + 1)
        if name == "features" and text[at : at + 1] == "[":
            found[name] = Features(text, at)
            at = found[name].end
        else:
            found[name], at = _DECODE(text, at)
        at = _gap(text, at)
        more = _one_of(text, at, ",}") == ","
        at = _gap(text, at + 1) if more else at
    if _gap(text, at + 1) != len(text):
        raise ValueError("something follows the document")
    return found


def _gap(text: str, at: int) -> int:
    """Where what comes next begins."""
    gap = _BLANK.match(text, at)
    return gap.end() if gap else at


def _one_of(text: str, at: int, signs: str) -> str:
    sign = text[at : at + 1]
    if not sign or sign not in signs:
        raise ValueError(f"one of {signs} is lacking")
    return sign


def parsed(text: str | bytes, href: str) -> Any:
    """JSON from text, as ``light`` reads it; raises InputError, which never quotes what it read."""
    try:
        return light(text.decode("utf-8-sig") if isinstance(text, bytes) else text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{without_secrets(href)} is no JSON that can be read. Give another one.") from error


def far(name: str) -> bool:
    """Whether a document or a raster lies on the network, by its scheme."""
    return len(_scheme(name)) > 1 and _scheme(name) != "file"


def local_path(href: str) -> str:
    """The path that a ``file:`` address stands for; any other name as it is."""
    return url2pathname(urlsplit(href).path) if _scheme(href) == "file" else href


def resolved(href: str, base: str) -> str:
    """Where a link leads that stands in the document ``base``: an absolute path or address.

    Raises:
        InputError: a document from the network names a file of this computer, or what can't be resolved.
    """
    try:
        if far(base) and (_scheme(href) == "file" or href.startswith("/vsi")):
            raise _inward(href)
        if far(href) or href.startswith("/vsi"):
            return href
        path = local_path(href)
        if far(base):
            return make_absolute_href(path, base)
        found = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(base)), path))
        if "%" in found and not os.path.exists(found) and os.path.exists(unquote(found)):
            return unquote(found)
        return found
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"The link {without_secrets(href)[:200]!r} leads nowhere.") from error


def require_file(path: str, most_bytes: int | None) -> None:
    """Refuse what is no regular file, what the system makes up, and what is too long; raises InputError."""
    try:
        about = os.stat(path)
    except (OSError, ValueError) as error:
        raise InputError(f"There is no file {path}.") from error
    made_up = os.path.realpath(path).startswith(_SYSTEM) and not os.path.realpath(path).startswith(
        "/dev/shm/"
    )
    if not stat.S_ISREG(about.st_mode) or made_up:
        raise InputError(f"{path} is no file of its own. Give one, for instance a copy.")
    if most_bytes is not None and about.st_size > most_bytes:
        raise _too_long(path, most_bytes)


def _in_store(href: str) -> tuple[Any, str]:
    """The store of a document and its path there; which server that is, only the user's environment says."""
    store, path = pa.fs.FileSystem.from_uri(href.partition("?")[0])
    return store, path


def _of_store(href: str) -> bytes:
    """A document of an object store, with the credentials of the user's environment."""
    with _store_errors(href):
        store, path = _in_store(href)
        with store.open_input_stream(path) as stream:
            text: bytes = stream.read(MOST_FAR_BYTES + 1)
    if len(text) > MOST_FAR_BYTES:
        raise _too_long(without_secrets(href), MOST_FAR_BYTES)
    return text


@contextmanager
def _store_errors(href: str) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{without_secrets(href)} can't be read from its store ({type(error).__name__}): see that it is there, "
            "and that the credentials of this computer may read it."
        ) from error


def _scheme(name: str) -> str:
    try:
        scheme = urlsplit(name).scheme.lower()
    except ValueError:
        return ""
    return "" if len(scheme) == 1 else scheme


def _inward(href: str) -> InputError:
    return InputError(
        f"A document from the network names {without_secrets(href)[:200]!r}, which is no address on the network. "
        "Nothing of this computer is read for it."
    )


def _too_long(name: str, most_bytes: int) -> InputError:
    return InputError(
        f"{name} is longer than {most_bytes / 1e6:.0f} MB. Give a table of items (GeoParquet) instead, or parts of it."
    )
