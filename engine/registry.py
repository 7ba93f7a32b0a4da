"""The adapter registry: a folder in which nothing half-written is ever visible.

    <root>/<base name>/<adapter name>/manifest.json            written last inside a hidden folder,
                                     adapter_config.json        which is then renamed into place
                                     adapter_model.safetensors
    <root>/<base name>/current       name of the adapter in use, moved last; empty: the base weights

Two writers may race: the rename decides, the loser gets a :class:`RegistryError`.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from engine.atomic import staging, sync, write_atomic
from engine.errors import RegistryError
from engine.manifest import (
    ADAPTER_FILES,
    MANIFEST,
    Manifest,
    base_sha256,
    check_files,
    checked_name,
    file_sha256,
    read_manifest,
)
from engine.paths import adapters_dir
from engine.types import ModelSpec

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

    def roll_back(self) -> str | None:
        """Go back to the parent of the current adapter and return its name, None for the base weights.

        Raises:
            RegistryError: the base weights are in use already, or the parent is gone.
        """
        name = self.current()
        if name is None:
            raise RegistryError(f"{self.base_name} runs without an adapter; there is nothing to go back to.")
        parent = self.get(name).parent
        self.choose(parent)
        return parent

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
