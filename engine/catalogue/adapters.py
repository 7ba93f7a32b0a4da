"""Adapters on disk: the one place where they are read, checked, written and chosen.

    <root>/<base name>/<adapter name>/manifest.json            written last inside a hidden folder,
                                     adapter_config.json        which is then renamed into place
                                     adapter_model.safetensors
    <root>/<base name>/current       name of the adapter in use, moved last; empty: the base weights

Nothing half-written is ever visible. Two writers may race: the rename decides, the loser gets a
:class:`RegistryError`. Files are used only after their hashes were compared with the manifest's.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from engine.errors import InputError, ModelError, RegistryError
from engine.files import staging, subfolders, sync, write_atomic
from engine.paths import adapters_dir
from engine.types import CURRENT_ADAPTER, NO_ADAPTER, RESERVED_NAMES, AdapterChoice, ModelSpec
from engine.wrong_fields import reason, unreadable

ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")
MANIFEST = "manifest.json"
CURRENT = "current"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LATEST = datetime(9999, 1, 1, tzinfo=UTC).timestamp()


@dataclass(frozen=True)
class Manifest:
    """What is known about an adapter.

    Attributes:
        name: folder name, unique below its base.
        base_name, base_sha256: the weights that it was trained on and fits.
        parent: adapter that it was trained from, None for the base weights.
        round: 1 for the first round of a run.
        prompt_version: ``engine.language.prompts.PROMPT_VERSION`` when it was trained.
        data_sha256: fingerprint of the chips and queries that it saw.
        created: seconds since 1970.
        figures: the gate's figures and the run's settings, plain JSON; ``gain`` is the rise of the
            held-out reward that let it pass the gate.
        files: file name -> SHA-256.
    """

    name: str
    base_name: str
    base_sha256: str
    parent: str | None
    round: int
    prompt_version: str
    data_sha256: str
    created: float
    figures: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def as_json(self, *, current: bool) -> dict[str, Any]:
        """The adapter as the service sends it; ``created`` in ISO 8601, UTC."""
        return {
            "name": self.name,
            "round": self.round,
            "current": current,
            "parent": self.parent,
            "created": datetime.fromtimestamp(self.created, UTC).isoformat("T", "seconds"),
            "gain": self.figures.get("gain"),
        }


_FIELDS = TypeAdapter(Manifest)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def base_sha256(folder: Path) -> str:
    """What ties an adapter to its base: SHA-256 over the names and contents of configuration and weights.

    Raises:
        ModelError: a file can't be read.
    """
    digest = hashlib.sha256()
    try:
        for path in [folder / "config.json", *sorted(folder.glob("*.safetensors"))]:
            about = path.stat()
            digest.update(f"{path.name} {_known_sha256(path, about.st_mtime_ns, about.st_size)}\n".encode())
    except OSError as error:
        raise ModelError(f"The model in {folder} can't be read ({error}). Download it again.") from error
    return digest.hexdigest()


@lru_cache(maxsize=256)
def _known_sha256(path: Path, changed_ns: int, size: int) -> str:
    """Hash a file once in the life of a process, as long as its time and size stay: base weights are large."""
    return file_sha256(path)


def checked_name(name: str) -> str:
    """``name`` when it can be a folder's and means nothing else.

    Raises:
        RegistryError: it holds other characters, starts with a dot, or is a word of :class:`AdapterChoice`.
    """
    if not _NAME.fullmatch(name) or name.lower() in RESERVED_NAMES:
        raise RegistryError(
            f"{name!r} can't be a name. Use up to 100 letters, digits and the signs . - _, "
            f"but not {' or '.join(RESERVED_NAMES)}."
        )
    return name


def read_manifest(text: str | bytes, where: Path) -> Manifest:
    """Read a manifest; unknown keys of newer versions are ignored.

    Args:
        text: its JSON.
        where: the file it comes from, for messages.

    Raises:
        RegistryError: it is not JSON, lacks a field, or a field can't be what it says.
    """
    try:
        manifest = _FIELDS.validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise RegistryError(
            f"The manifest {where} can't be used ({place + ': ' if place else ''}{reason(first)}). "
            "It was not written by this program, or is damaged: import the adapter again."
        ) from error
    gain = manifest.figures.get("gain")
    gain_is_right = gain is None or (isinstance(gain, int | float) and math.isfinite(gain))
    if not 0 <= manifest.created < _LATEST or not gain_is_right:
        raise RegistryError(
            f"The manifest {where} says created = {manifest.created!r} and gain = {gain!r}, which can't be. "
            "It was not written by this program, or is damaged: import the adapter again."
        )
    return manifest


def check_adapter(folder: Path, base: str) -> Manifest:
    """Check that an adapter is whole and fits its base.

    Args:
        folder: with a manifest.
        base: fingerprint of the model that it is to be put on.

    Returns:
        Its manifest.

    Raises:
        RegistryError: no manifest, a file that is missing or changed, or trained on another base.
    """
    try:
        text = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise RegistryError(
            f"{folder / MANIFEST} can't be read ({error.strerror}). Import this adapter again."
        ) from error
    manifest = read_manifest(text, folder / MANIFEST)
    if manifest.base_sha256 != base:
        raise RegistryError(
            f"The adapter {manifest.name!r} was trained on {manifest.base_name} ({manifest.base_sha256[:12]}), "
            f"another base model than the one here ({base[:12]}). "
            "Use it with its own base model, or choose an adapter of this one."
        )
    if set(manifest.files) != set(ADAPTER_FILES):
        raise RegistryError(
            f"{folder} lists {sorted(manifest.files)} where {sorted(ADAPTER_FILES)} were expected. "
            "It was not written by this program."
        )
    for name, expected in manifest.files.items():
        path = folder / name
        found = file_sha256(path) if path.is_file() else "missing"
        if found != expected:
            raise RegistryError(
                f"{path} has the hash {found[:12]}, but the manifest says {expected[:12]}. "
                "The adapter is damaged: import it again or choose another."
            )
    return manifest


class Registry:
    """Adapters of one base model.

    Args:
        root: the registry's folder, shared by all bases.
        base_name: the base model's name.
        base: its fingerprint, or its folder, whose fingerprint is then taken once it is needed.
    """

    def __init__(self, root: Path, base_name: str, base: str | Path) -> None:
        if Path(base_name).name != base_name or base_name in ("", ".", ".."):
            raise RegistryError(f"{base_name!r} can't be the name of a model. Give it one without slashes.")
        self.base_name = base_name
        self.folder = root / base_name
        self._base = base

    @cached_property
    def base_sha256(self) -> str:
        """Fingerprint of the base; adapters with another one are refused."""
        return base_sha256(self._base) if isinstance(self._base, Path) else self._base

    def list(self) -> list[Manifest]:
        """All complete adapters, oldest first; unreadable folders are left out."""
        return sorted(self._complete(), key=lambda manifest: (manifest.created, manifest.name))

    def get(self, name: str) -> Manifest:
        """One adapter's manifest; its files are not looked at.

        Raises:
            RegistryError: there is none of this name, or its manifest is damaged.
        """
        path = self.folder / checked_name(name) / MANIFEST
        if not path.is_file():
            known = ", ".join(manifest.name for manifest in self.list()) or "none"
            raise RegistryError(
                f"The model {self.base_name} has no adapter {name!r} (it has: {known}). Choose one of these."
            )
        manifest = read_manifest(path.read_bytes(), path)
        if manifest.name != name:
            raise RegistryError(
                f"The folder {path.parent} holds the adapter {manifest.name!r}: its folder was renamed. "
                "Give it its own name back, or import the adapter again."
            )
        return manifest

    def find(self, choice: AdapterChoice) -> Manifest | None:
        """The adapter that a choice stands for, None for the base weights.

        Raises:
            RegistryError: there is none of this name, or its manifest is damaged.
        """
        if choice != CURRENT_ADAPTER:
            return None if choice.name is None else self.get(choice.name)
        name = self.current()
        try:
            return None if name is None else self.get(name)
        except RegistryError as error:
            raise RegistryError(
                f"The adapter in use can't be used: {error} Or use none: "
                f"`remotezero adapters use {NO_ADAPTER.text}`."
            ) from error

    def path(self, name: str) -> Path:
        """Folder of an adapter whose files and base were checked.

        Raises:
            RegistryError: missing, damaged, or trained on another base.
        """
        self.get(name)
        check_adapter(self.folder / name, self.base_sha256)
        return self.folder / name

    def current(self) -> str | None:
        """Name of the adapter in use, None for the base weights."""
        try:
            return (self.folder / CURRENT).read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise RegistryError(
                f"{self.folder / CURRENT}, which says what adapter is in use, can't be read ({unreadable(error)}). "
                f"Choose an adapter anew, or none: `remotezero adapters use {NO_ADAPTER.text}`."
            ) from error

    def choose(self, choice: AdapterChoice) -> None:
        """Use an adapter from now on, or the base weights alone.

        Raises:
            RegistryError: the adapter is missing, damaged, or belongs to another base.
            InputError: the choice is the one in use already.
        """
        if choice == CURRENT_ADAPTER:
            raise InputError(f"Which adapter is to be used? Give a name, or {NO_ADAPTER.text!r} for none.")
        if choice.name is not None:
            self.path(choice.name)
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomic(self.folder / CURRENT, f"{choice.name or ''}\n")

    def publish(self, source: Path, manifest: Manifest) -> Manifest:
        """Copy an adapter's files from ``source`` into the registry; it appears all at once or not at all.

        Returns:
            The manifest as stored, with the files' hashes.

        Raises:
            RegistryError: a file is missing, the base is another one, or the name is taken.
        """
        target = self.folder / checked_name(manifest.name)
        with staging(self.folder) as hidden:
            for name in ADAPTER_FILES:
                if not (source / name).is_file():
                    raise RegistryError(f"{source} has no {name}: the training did not finish. Run it again.")
                shutil.copyfile(source / name, hidden / name)
                sync(hidden / name)
            stored = replace(manifest, files={name: file_sha256(hidden / name) for name in ADAPTER_FILES})
            write_atomic(hidden / MANIFEST, json.dumps(asdict(stored), indent=2, sort_keys=True))
            check_adapter(hidden, self.base_sha256)
            _rename_into_place(hidden, target)
        return stored

    def delete(self, name: str) -> None:
        """Remove an adapter; it vanishes at once.

        Raises:
            RegistryError: there is none of this name, it is in use, or another adapter goes back to it.
        """
        self.get(name)
        if name == self.current():
            raise RegistryError(f"The adapter {name!r} is in use. Choose another one or the base first.")
        children = [manifest.name for manifest in self.list() if manifest.parent == name]
        if children:
            raise RegistryError(f"{', '.join(children)} would go back to {name!r}. Delete them first.")
        hidden = self.folder / f".deleted-{uuid.uuid4().hex}"
        (self.folder / name).rename(hidden)
        shutil.rmtree(hidden)

    def _complete(self) -> Iterator[Manifest]:
        for folder in subfolders(self.folder):
            try:
                manifest = read_manifest((folder / MANIFEST).read_bytes(), folder / MANIFEST)
            except (RegistryError, OSError):
                continue
            if manifest.name == folder.name:
                yield manifest


def _rename_into_place(hidden: Path, target: Path) -> None:
    try:
        hidden.rename(target)
    except OSError as error:
        raise RegistryError(
            f"An adapter named {target.name!r} is there already. Choose another name."
        ) from error
    sync(target.parent)


def open_registry(spec: ModelSpec) -> Registry:
    """The registry of a model's adapters in the data folder."""
    return Registry(adapters_dir(), spec.name, spec.path)
