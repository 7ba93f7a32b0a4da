"""Adapters as one file: a plain zip of the manifest and the files it lists."""

from __future__ import annotations

import lzma
import shutil
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

from engine.catalogue.adapters import (
    ADAPTER_FILES,
    MANIFEST,
    Manifest,
    Registry,
    check_adapter,
    read_manifest,
)
from engine.errors import RegistryError
from engine.files import check_free, hidden_beside, staging
from engine.shortage import shortage

MAX_BYTES = 4 * 2**30
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError)
"""What zipfile raises for files that are cut, changed, encrypted, or packed in a way it doesn't know."""


def export_adapter(registry: Registry, name: str, target: Path, *, overwrite: bool = False) -> Path:
    """Write one adapter to ``target``, under a hidden name until it is whole.

    Raises:
        RegistryError: the adapter is missing or damaged, or the file can't be written.
        OutputExistsError: ``target`` is there and ``overwrite`` is false.
        InputError: there is no such folder.
    """
    folder = registry.path(name)
    check_free(target, overwrite=overwrite, inputs=[folder / file for file in (MANIFEST, *ADAPTER_FILES)])
    temporary = hidden_beside(target.resolve())
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
            for file in (MANIFEST, *ADAPTER_FILES):
                archive.write(folder / file, file)
        temporary.replace(target.resolve())
    except OSError as error:
        raise RegistryError(
            f"The adapter can't be written to {target} ({error.strerror}). Choose another folder, or make room."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
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
            _unpack(archive, hidden, source)
            manifest = check_adapter(hidden, registry.base_sha256)
            known = {item.name for item in registry.list()}
            parent = manifest.parent if manifest.parent in known else None
            return registry.publish(hidden, replace(manifest, name=name or manifest.name, parent=parent))
    except UNREADABLE as error:
        if isinstance(error, RegistryError):
            raise
        if isinstance(error, OSError) and (
            lacking := shortage(error, Path(error.filename or registry.folder))
        ):
            raise RegistryError(f"{source} can't be imported. {lacking}") from error
        raise RegistryError(
            f"{source} can't be read as an adapter: {_fault(error)}. Export it again from where it came."
        ) from error


def _fault(error: Exception) -> str:
    """Why an archive can't be read, in a few words."""
    if isinstance(error, NotImplementedError):
        return "it is packed in a way that isn't known here"
    if isinstance(error, RuntimeError):
        return "it is encrypted"
    if isinstance(error, OSError):
        return error.strerror or "the file can't be read"
    return "it is no zip file, or damaged"


def _unpack(archive: zipfile.ZipFile, folder: Path, source: Path) -> None:
    entries = archive.infolist()
    names = sorted(entry.filename for entry in entries)
    if names != sorted((MANIFEST, *ADAPTER_FILES)):
        raise RegistryError(
            f"{source} holds {names[:6]} where {sorted((MANIFEST, *ADAPTER_FILES))} were expected. "
            "It is no exported adapter."
        )
    if (total := sum(entry.file_size for entry in entries)) > MAX_BYTES:
        raise RegistryError(
            f"{source} unpacks to {total} bytes, more than the {MAX_BYTES} that an adapter may have."
        )
    for name in (MANIFEST, *ADAPTER_FILES):
        with archive.open(name) as packed, (folder / name).open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
    read_manifest((folder / MANIFEST).read_bytes(), source / MANIFEST)
