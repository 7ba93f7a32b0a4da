"""What the name of a raster or a vector leads to, found out before GDAL opens it: local files, or the network.

Nothing here knows a list of network drivers. Local is what is shown to be local: a regular file, a folder, an
archive that is one, and all that they name in turn. A pipe or a device is refused before anything
waits for it, and all else is the network, which is asked only where the user said so.
"""

from __future__ import annotations

import os
import re
import stat
import time
from bisect import bisect_left
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from engine.errors import InputError, RasterReadError
from engine.imagery.network import bar_network, without_secrets
from engine.imagery.pointers import MOST_MEMBERS, Reference, pointer_in, pointers_in_archive, references

SETTLED_S = 2.0
"""Seconds after which a folder's time of change tells every later change apart, however coarse a disk's clock is."""
ALLOW = (
    "--allow-network, in QGIS “Allow rasters from the network” on the set-up page, allow_network in requests"
)

_ARCHIVES = ("zip", "tar", "gzip")
_NEVER = {
    "stdin": "standard input",
    "stdout": "standard output",
    "stdout_redirect": "standard output",
    "subfile": "a part of another file",
    "sparse": "pieces of other files",
    "mem": "the memory of a program",
    "crypt": "an encrypted file",
}
_HANDLER = re.compile(r"(?:^|(?<=[/{\"'=,|\s:]))/vsi(\w+)(?=[/?]|$)")
_NESTED = re.compile(r"(/vsi\w+/)(?=vsi\w+/)")
_SCHEME = re.compile(r"^https?:/|[A-Za-z][A-Za-z0-9+.-]+://")
_STARTS_REMOTE = re.compile(r"(?:\w+:)*[\"']?(?:/vsi\w+[/?]|[A-Za-z][A-Za-z0-9+.-]+://|https?:/)")
_LOCAL_SCHEMES = {"file", "zip", "tar", "gzip", "vrt"}
_PREFIX = re.compile(r"((?:[A-Za-z][A-Za-z0-9_]+:)(?:\w+:)*)([\"']?)(.+)", re.S)
_SERVER = re.compile(r"(?:host|server|url|uri|port|user|dsn)\s*=", re.I)
_SIDECARS = (".ovr", ".msk", ".aux.xml")
_SYSTEM = ("/proc/", "/sys/", "/dev/")
_DEPTH = 32


@dataclass(frozen=True)
class Sources:
    """What a name leads to.

    Attributes:
        files: local ones, its own first.
        hosts: computers, buckets and services on the network, without passwords.
    """

    files: tuple[Path, ...]
    hosts: tuple[str, ...]


def permitted(name: str | Path, *, allow_network: bool, vector: bool = False) -> Sources:
    """What a name leads to, where that may be read; GDAL is kept off the network from here on.

    Args:
        name: of a raster or a vector, in any spelling that GDAL takes. It need not exist.
        allow_network: the user has said that the network may be asked.
        vector: it is to be opened as a vector.

    Raises:
        InputError: it leads to the network and that was not allowed, or to something that is no file.
    """
    bar_network()
    trail = _Trail(vector)
    text = str(name)
    trail.follow(text, None)
    if trail.hosts and not allow_network:
        hosts = ", ".join(list(trail.hosts)[:3]) + (" and others" if len(trail.hosts) > 3 else "")
        raise InputError(
            f"The {trail.what} {without_secrets(text)} leads to {hosts} on the network, and nothing is read from there "
            f"unasked: allow it ({ALLOW}), or save it as a local file and use that."
        )
    return Sources(tuple(trail.files), tuple(trail.hosts))


def leads_away(name: str) -> bool:
    """Whether a name, by its spelling alone, is more than the path of a file."""
    return _STARTS_REMOTE.match(name) is not None


class _Trail:
    """Follows names to their ends, each once."""

    def __init__(self, vector: bool) -> None:
        self.what = "vector" if vector else "raster"
        self.files: dict[Path, None] = {}
        self.hosts: dict[str, None] = {}
        self._raster = not vector
        self._depth = 0

    def follow(self, name: str, folder: Path | None, *, sure: bool = True) -> None:
        """Note where ``name`` leads; ``sure`` where it is a name and not perhaps other words."""
        name = name.strip()
        if name[:1] in ("<", "{"):
            self._read(name, folder)
            return
        name = _NESTED.sub(r"\1/", name)
        handlers = [handler.lower().removesuffix("_streaming") for handler in _HANDLER.findall(name)]
        if any(handler in _NEVER for handler in handlers):
            used = next(handler for handler in handlers if handler in _NEVER)
            raise self._refused(name, f"is {_NEVER[used]}")
        if any(handler not in _ARCHIVES for handler in handlers):
            self.hosts[_host(name)] = None
        elif handlers:
            self._archive(name.partition(f"/vsi{handlers[-1]}/")[2], handlers[-1])
        elif not self._local(name, folder):
            self._elsewhere(name, sure)

    def _local(self, name: str, folder: Path | None) -> bool:
        """Follow a name that is, or holds, the path of something on this computer."""
        scheme = _SCHEME.match(name)
        if scheme and set(scheme[0].lower().rstrip(":/").split("+")) <= _LOCAL_SCHEMES:
            name = name[scheme.end() :].partition("?")[0]
            handler = next((part for part in _ARCHIVES if part in scheme[0].lower()), None)
            if handler:
                self._archive(name.replace("!", "/"), handler)
                return True
        found = _existing(name, folder)
        if found is not None:
            self._path(found)
            return True
        before, bang, _ = name.partition("!")
        if bang and _existing(before, folder) is not None:
            self._archive(before, "zip")
            return True
        return self._subdataset(name, folder)

    def _subdataset(self, name: str, folder: Path | None) -> bool:
        """Follow ``DRIVER:path``, ``DRIVER:"path":part`` and the like, where there is such a path."""
        parts = _PREFIX.fullmatch(name)
        if parts is None:
            return False
        prefix, quote, rest = parts.groups()
        ends = (
            [rest.find(quote)] if quote else [*(m.start() for m in re.finditer(r"[:,?|]", rest)), len(rest)]
        )
        for end in sorted(ends, reverse=True):
            found = _existing(rest[:end], folder) if end > 0 else None
            if found is None:
                continue
            self._path(found, index=prefix.upper().startswith("GTI:"))
            if _SCHEME.search(rest[end:]) or _SERVER.search(rest[end:]):
                self.hosts[_host(name)] = None
            return True
        return False

    def _elsewhere(self, name: str, sure: bool) -> None:
        """Note a name that is nothing on this computer: an address, a service, or simply a missing file."""
        if _SCHEME.search(name) if sure else _STARTS_REMOTE.match(name):
            self.hosts[_host(name)] = None
            return
        prefix = _PREFIX.fullmatch(name) if sure else None
        if prefix and not prefix[2] and not prefix[3].startswith(("/", ".", "\\")):
            self.hosts[_host(name)] = None

    def _path(self, path: Path, *, index: bool = False) -> None:
        if path in self.files:
            return
        first = not self.files
        self.files[path] = None
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            self._folder(path)
            return
        self._require_file(path, mode)
        if first:
            self._look_beside(path)
        if index or ".gti." in path.name.lower():
            self._index(path)
        for ending in _SIDECARS:
            beside = path.with_name(path.name + ending)
            if beside.exists():
                self._path(beside)
        text = pointer_in(path, raster=self._raster)
        if text is not None:
            self._read(text, path.parent)
        elif path.suffix.lower() in (".zip", ".kmz", ".shz"):
            self._archive(str(path), "zip")

    def _require_file(self, path: Path, mode: int) -> None:
        """Refuse what is no regular file, since opening it can wait for ever, and what the system makes up."""
        if not stat.S_ISREG(mode):
            kinds = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
            raise self._refused(str(path), f"is {kinds.get(stat.S_IFMT(mode), 'a device')}")
        real = os.path.realpath(path)
        if real.startswith(_SYSTEM) and not real.startswith("/dev/shm/"):
            raise self._refused(str(path), "is made up by the operating system")

    def _look_beside(self, path: Path) -> None:
        """Refuse pipes that bear the file's name: GDAL opens its overviews, masks and world files unasked."""
        prefix = f"{path.stem}."
        with suppress(FileNotFoundError, PermissionError):
            names = _names(path.parent)
            for name in names[bisect_left(names, prefix) :]:
                if not name.startswith(prefix):
                    break
                mode = _mode(os.path.join(path.parent, name))
                if mode is not None and not stat.S_ISDIR(mode):
                    self._require_file(path.parent / name, mode)

    def _folder(self, path: Path) -> None:
        """Refuse a folder that holds a pipe or a device; formats that are folders are files in one."""
        looked_at = 0
        for parent, _, names in os.walk(path):
            for name in names:
                mode = _mode(os.path.join(parent, name))
                if mode is not None and not stat.S_ISDIR(mode):
                    self._require_file(Path(parent, name), mode)
            looked_at += len(names)
            if looked_at > MOST_MEMBERS:
                return

    def _archive(self, rest: str, handler: str) -> None:
        """Follow the archive that a name begins with, and what its own members point to."""
        rest = rest.lstrip("{").replace("}", "")
        parts = rest.split("/")
        for length in range(len(parts), 0, -1):
            path = _existing("/".join(parts[:length]), None)
            if path is None:
                continue
            if path.is_dir():
                return
            self._require_file(path, path.stat().st_mode)
            self.files[path] = None
            for text in pointers_in_archive(path, handler, raster=self._raster):
                self._read(text, None)
            return
        if leads_away(rest):
            self.hosts[_host(rest)] = None

    def _index(self, path: Path) -> None:
        """Follow every text in a tile index's attributes that may be a name."""
        import pyogrio.raw
        from pyogrio.errors import DataLayerError, DataSourceError

        with suppress(DataSourceError, DataLayerError):
            _, _, _, columns = pyogrio.raw.read(path, read_geometry=False)
            for column in columns:
                for value in column if column.dtype == object else ():
                    if isinstance(value, str):
                        self._refer(Reference(value), path.parent)

    def _read(self, text: str, folder: Path | None) -> None:
        """Follow all that a pointer names."""
        self._depth += 1
        if self._depth > _DEPTH:
            raise self._refused(text[:60] if folder is None else str(folder), "names itself over and over")
        for reference in references(text):
            self._refer(reference, folder)
        self._depth -= 1

    def _refer(self, reference: Reference, folder: Path | None) -> None:
        if "\n" in reference.text and reference.text[:1] not in ("<", "{"):
            return
        before = len(self.hosts)
        self.follow(reference.text, folder, sure=reference.sure)
        if reference.raw and len(self.hosts) == before:
            self._require_own(reference.text, folder)
        if reference.index:
            found = _existing(reference.text, folder)
            if found is not None and found.is_file():
                self._index(found)

    def _require_own(self, name: str, folder: Path | None) -> None:
        """Refuse bytes of a file elsewhere as pixels: any file could be shown that way."""
        found = _existing(name, folder)
        home = None if folder is None else folder.resolve()
        if found is None or home is None or home not in found.resolve().parents:
            raise self._refused(name, "is taken for raw pixels and lies outside the folder of what names it")

    def _refused(self, name: str, why: str) -> InputError:
        sentence = (
            f"The {self.what} can't be read from {without_secrets(name)}, which {why}: give a file of its own, "
            "for instance a copy."
        )
        return RasterReadError(sentence) if self._raster else InputError(sentence)


def _existing(name: str, folder: Path | None) -> Path | None:
    """The path of that name, in ``folder`` or in the working folder, where there is something."""
    for path in (name, *([os.path.join(folder, name)] if folder is not None else [])):
        if name and _mode(path) is not None:
            return Path(path)
    return None


def _names(folder: Path) -> Sequence[str]:
    """What is in a folder, in order; kept for a folder that nobody has changed for a while, as sets of pictures are."""
    changed = folder.stat().st_mtime
    if time.time() - changed < SETTLED_S:
        return sorted(os.listdir(folder))
    return _settled(str(folder), changed)


@lru_cache(maxsize=8)
def _settled(folder: str, changed: float) -> Sequence[str]:
    return sorted(os.listdir(folder))


def _mode(path: str) -> int | None:
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError):
        return None


def _host(name: str) -> str:
    """Whom a name asks, without user, password and query."""
    name = unquote(name)
    for scheme in (r"(?:https?|ftp)", r"[a-z][a-z0-9+.-]+"):
        address = re.search(scheme + r":/+([^/\s\"'<>|?]+)", name, re.I)
        with suppress(ValueError):
            parts = urlsplit(f"//{address[1]}" if address else "")
            if parts.hostname:
                return parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
    server = re.search(r"(?:host|server)\s*=\s*['\"]?([^\s'\",;]+)", name, re.I)
    if server:
        return server[1]
    for handler, bucket in re.findall(r"/vsi(\w+?)(?:_streaming)?(?=/+([^/?\s]*))", name):
        if handler not in _ARCHIVES:
            return f"{bucket or 'a bucket'} ({handler})"
    prefix = re.match(r"(\w+):", name)
    return f"the service {prefix[1]}" if prefix else without_secrets(name)[:80]
