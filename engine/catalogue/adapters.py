"""The adapter registry: a folder in which nothing half-written is ever visible.

    <root>/<base name>/<adapter name>/manifest.json            written last inside a hidden folder,
                                     adapter_config.json        which is then renamed into place
                                     adapter_model.safetensors
    <root>/<base name>/current       name of the adapter in use, moved last; empty: the base weights

Two writers may race: the rename decides, the loser gets a :class:`RegistryError`.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.errors import ModelError, RegistryError
from engine.files import staging, subfolders, sync, write_atomic
from engine.paths import adapters_dir
from engine.types import ModelSpec

ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")
MANIFEST = "manifest.json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


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
        figures: the gate's figures and the run's settings, plain JSON.
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
            digest.update(f"{path.name} {file_sha256(path)}\n".encode())
    except OSError as error:
        raise ModelError(f"The model in {folder} can't be read ({error}). Download it again.") from error
    return digest.hexdigest()


def checked_name(name: str) -> str:
    """``name`` when it is safe as a folder name.

    Raises:
        RegistryError: it holds other characters, or starts with a dot.
    """
    if not _NAME.fullmatch(name):
        raise RegistryError(f"{name!r} can't be a name. Use up to 100 letters, digits and the signs . - _")
    return name


def read_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Raises:
        RegistryError: it is not JSON, or lacks a field.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return manifest_from_json(data)
    except (OSError, ValueError) as error:
        raise RegistryError(f"{path} can't be read ({error}). Import this adapter again.") from error


def manifest_from_json(data: Mapping[str, Any]) -> Manifest:
    """A manifest from its JSON object; unknown keys of newer versions are ignored.

    Raises:
        RegistryError: a field is missing.
    """
    try:
        return Manifest(**{key: data[key] for key in Manifest.__dataclass_fields__})
    except (KeyError, TypeError) as error:
        raise RegistryError(f"The manifest lacks {error}. It was not written by this program.") from error


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compare the files with the manifest's hashes.

    Raises:
        RegistryError: a file is missing, or changed.
    """
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


CURRENT = "current"


class Registry:
    """Adapters of one base model.

    Args:
        root: the registry's folder, shared by all bases.
        base_name: the base model's name.
        base_sha256: its fingerprint; adapters with another one are refused.
    """

    def __init__(self, root: Path, base_name: str, base_sha256: str) -> None:
        self.base_name = checked_name(base_name)
        self.base_sha256 = base_sha256
        self.folder = root / self.base_name

    def list(self) -> list[Manifest]:
        """All complete adapters, oldest first; unreadable folders are left out."""
        return sorted(self._complete(), key=lambda manifest: (manifest.created, manifest.name))

    def get(self, name: str) -> Manifest:
        """One adapter's manifest.

        Raises:
            RegistryError: there is none of this name, or its manifest is damaged.
        """
        path = self.folder / checked_name(name) / MANIFEST
        if not path.is_file():
            known = ", ".join(manifest.name for manifest in self.list()) or "none"
            raise RegistryError(f"There is no adapter {name!r} for {self.base_name}. There are: {known}.")
        return read_manifest(path)

    def path(self, name: str) -> Path:
        """Folder of an adapter whose files and base were checked.

        Raises:
            RegistryError: missing, damaged, or trained on another base.
        """
        manifest = self.get(name)
        self._check_base(manifest)
        folder = self.folder / name
        check_files(folder, manifest)
        return folder

    def current(self) -> str | None:
        """Name of the adapter in use, None for the base weights."""
        try:
            return (self.folder / CURRENT).read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None

    def choose(self, name: str | None) -> None:
        """Use ``name`` from now on; None goes back to the base weights.

        Raises:
            RegistryError: the adapter is missing, damaged, or belongs to another base.
        """
        if name is not None:
            self.path(name)
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomic(self.folder / CURRENT, f"{name or ''}\n")

    def publish(self, source: Path, manifest: Manifest) -> Manifest:
        """Copy an adapter's files from ``source`` into the registry; it appears all at once or not at all.

        Returns:
            The manifest as stored, with the files' hashes.

        Raises:
            RegistryError: a file is missing, the base is another one, or the name is taken.
        """
        self._check_base(manifest)
        target = self.folder / checked_name(manifest.name)
        with staging(self.folder) as hidden:
            for name in ADAPTER_FILES:
                if not (source / name).is_file():
                    raise RegistryError(f"{source} has no {name}: the training did not finish. Run it again.")
                shutil.copyfile(source / name, hidden / name)
                sync(hidden / name)
            hashes = {name: file_sha256(hidden / name) for name in ADAPTER_FILES}
            stored = replace(manifest, files=hashes)
            write_atomic(hidden / MANIFEST, json.dumps(asdict(stored), indent=2, sort_keys=True))
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
        for path in sorted(self.folder.glob(f"*/{MANIFEST}")):
            if path.parent.name.startswith("."):
                continue
            try:
                yield read_manifest(path)
            except RegistryError:
                continue

    def _check_base(self, manifest: Manifest) -> None:
        if manifest.base_sha256 != self.base_sha256:
            raise RegistryError(
                f"The adapter {manifest.name!r} was trained on {manifest.base_name} "
                f"({manifest.base_sha256[:12]}), but the model here is {self.base_name} "
                f"({self.base_sha256[:12]}). Use it with its own base model."
            )


def _rename_into_place(hidden: Path, target: Path) -> None:
    try:
        hidden.rename(target)
    except OSError as error:
        raise RegistryError(
            f"An adapter named {target.name!r} is there already. Choose another name."
        ) from error
    sync(target.parent)


def open_registry(spec: ModelSpec) -> Registry:
    """The registry of a model's adapters in the data folder.

    Raises:
        ModelError: the model's files can't be read.
    """
    return Registry(adapters_dir(), spec.name, base_sha256(spec.path))


@dataclass(frozen=True)
class AdapterEntry:
    """One trained adapter of a model.

    Attributes:
        name, folder: what it is called and where it is.
        round: of the run that trained it, from 1.
        current: it is the one in use.
        parent: the adapter it was trained from, None for the base weights.
        created: when, ISO 8601 in UTC; None where the manifest doesn't say.
        gain: rise of the held-out reward that let it pass the gate, None where the manifest doesn't say.
    """

    name: str
    folder: Path
    round: int
    current: bool
    parent: str | None = None
    created: str | None = None
    gain: float | None = None

    def as_json(self) -> dict[str, Any]:
        """The entry as the service sends it."""
        return {
            "name": self.name,
            "round": self.round,
            "current": self.current,
            "parent": self.parent,
            "created": self.created,
            "gain": self.gain,
        }


def list_adapters(spec: ModelSpec) -> list[AdapterEntry]:
    """The complete adapters that were trained on a model, by round and name."""
    base = adapters_dir() / spec.name
    pointer = base / "current"
    current = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    entries = []
    for folder in subfolders(base):
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            entries.append(_adapter(folder, manifest, folder.name == current))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
            continue
    return sorted(entries, key=lambda entry: (entry.round, entry.name))


def find_adapter(spec: ModelSpec, name: str | None) -> AdapterEntry | None:
    """The adapter of a name; for None the one in use, which may be none.

    Raises:
        RegistryError: there is no adapter of this name.
    """
    entries = list_adapters(spec)
    if name is None:
        return next((entry for entry in entries if entry.current), None)
    for entry in entries:
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in entries) or "none"
    raise RegistryError(
        f"The model {spec.name} has no adapter {name!r} (it has: {known}). Choose one of these."
    )


def _adapter(folder: Path, manifest: dict[str, Any], current: bool) -> AdapterEntry:
    created, gain = manifest.get("created"), (manifest.get("figures") or {}).get("gain")
    when = None if created is None else datetime.fromtimestamp(created, UTC).isoformat("T", "seconds")
    return AdapterEntry(
        name=folder.name,
        folder=folder,
        round=int(manifest["round"]),
        current=current,
        parent=manifest.get("parent"),
        created=when,
        gain=None if gain is None else float(gain),
    )
