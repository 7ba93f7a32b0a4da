"""Adapters as one file: a plain zip of the manifest and the files it lists."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

from engine.catalogue.adapters import (
    ADAPTER_FILES,
    MANIFEST,
    Manifest,
    Registry,
    check_files,
    manifest_from_json,
)
from engine.errors import OutputExistsError, RegistryError
from engine.files import staging

MAX_BYTES = 4 * 2**30


def export_adapter(registry: Registry, name: str, target: Path, *, overwrite: bool = False) -> Path:
    """Write one adapter to ``target``, under a hidden name until it is whole.

    Raises:
        RegistryError: the adapter is missing or damaged.
        OutputExistsError: ``target`` is there and ``overwrite`` is false.
    """
    if target.exists() and not overwrite:
        raise OutputExistsError(f"{target} is there already. Choose another name, or ask to overwrite it.")
    folder = registry.path(name)
    temporary = target.with_name(f".{target.name}.part")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
        for file in (MANIFEST, *ADAPTER_FILES):
            archive.write(folder / file, file)
    temporary.replace(target)
    return target


def import_adapter(registry: Registry, source: Path, *, name: str | None = None) -> Manifest:
    """Add an exported adapter to the registry; ``current`` stays where it is.

    The parent is kept only when it is here too, so that going back always leads somewhere.

    Args:
        registry: the registry of the base model it must fit.
        source: a file that :func:`export_adapter` wrote.
        name: another name for it, None for its own.

    Raises:
        RegistryError: not such a file, damaged, of another base, or the name is taken.
    """
    try:
        with zipfile.ZipFile(source) as archive, staging(registry.folder) as hidden:
            manifest = _unpack(archive, hidden, source)
            check_files(hidden, manifest)
            known = {item.name for item in registry.list()}
            parent = manifest.parent if manifest.parent in known else None
            chosen = replace(manifest, name=name or manifest.name, parent=parent)
            return registry.publish(hidden, chosen)
    except (OSError, zipfile.BadZipFile) as error:
        raise RegistryError(f"{source} can't be read as an adapter ({error}). Export it again.") from error


def _unpack(archive: zipfile.ZipFile, folder: Path, source: Path) -> Manifest:
    entries = {entry.filename: entry for entry in archive.infolist()}
    if set(entries) != {MANIFEST, *ADAPTER_FILES}:
        raise RegistryError(
            f"{source} holds {sorted(entries)[:6]} where {sorted((MANIFEST, *ADAPTER_FILES))} were expected. "
            "It is no exported adapter."
        )
    if (total := sum(entry.file_size for entry in entries.values())) > MAX_BYTES:
        raise RegistryError(
            f"{source} unpacks to {total} bytes, more than the {MAX_BYTES} that an adapter may have."
        )
    for name in ADAPTER_FILES:
        with archive.open(name) as packed, (folder / name).open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
    try:
        return manifest_from_json(json.loads(archive.read(MANIFEST)))
    except ValueError as error:
        raise RegistryError(
            f"The manifest in {source} is no JSON ({error}). Export the adapter again."
        ) from error
