"""Where a model in the data folder came from: repository, commit, licence, and what each of its files must be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.catalogue.licences import Licence
from engine.errors import ModelError

ORIGIN_FILE = "remotezero-origin.json"
BLOCK = 2**20

Advance = Callable[[int], None]
"""Told the bytes that were worked through since it was last called; what it raises ends the work."""


@dataclass(frozen=True)
class PublishedFile:
    """A file as the hub publishes it for one commit.

    Attributes:
        name: in the repository.
        size_bytes: its size.
        sha256: of a large file, None for one that git keeps itself.
        blob_id: git's own name of a small file: sha1 of ``blob SIZE``, a zero byte, and its content.
    """

    name: str
    size_bytes: int
    sha256: str | None
    blob_id: str | None

    def check(self, path: Path, advance: Advance = lambda _: None) -> None:
        """Raise ModelError unless the file at ``path`` is this one, by size and hash."""
        size = path.stat().st_size
        if size != self.size_bytes:
            raise ModelError(
                f"{self.name} has {size} bytes, and {self.size_bytes} were published. Get the model again."
            )
        digest = hashlib.sha256() if self.sha256 else hashlib.sha1(usedforsecurity=False)
        if not self.sha256:
            digest.update(b"blob %d\0" % size)
        with path.open("rb") as stream:
            for block in iter(lambda: stream.read(BLOCK), b""):
                digest.update(block)
                advance(len(block))
        if digest.hexdigest() != (self.sha256 or self.blob_id):
            raise ModelError(
                f"{self.name} is damaged: its content is not the published one. Get the model again."
            )


@dataclass(frozen=True)
class Origin:
    """Where a model came from.

    Attributes:
        repository: owner and name on the hub.
        asked: the branch, tag or commit that was asked for; None for the repository's own branch.
        commit: the commit that this was, when it was first asked; all files are of this one.
        licence: as it stands in the repository.
        files: all files that are taken of it.
        accepted: the user has accepted a licence that does not allow every use.
    """

    repository: str
    asked: str | None
    commit: str
    licence: Licence
    files: tuple[PublishedFile, ...]
    accepted: bool = False

    @property
    def size_bytes(self) -> int:
        """Bytes of all files."""
        return sum(file.size_bytes for file in self.files)


def read_origin(folder: Path) -> Origin | None:
    """Where the model in a folder came from, None where nothing readable in it says so."""
    try:
        values: dict[str, Any] = json.loads((folder / ORIGIN_FILE).read_text(encoding="utf-8"))
        files = tuple(PublishedFile(**file) for file in values.pop("files"))
        origin = Origin(**{**values, "files": files, "licence": Licence(**values["licence"])})
        texts = (origin.repository, origin.commit, origin.licence.name, *(file.name for file in files))
        sizes = (file.size_bytes for file in files)
        right = all(isinstance(text, str) for text in texts) and all(isinstance(size, int) for size in sizes)
        return origin if right else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
