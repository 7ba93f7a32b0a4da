"""The manifest of an adapter: what it is, where it comes from, and what its files must hash to."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import ModelError, RegistryError

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
        prompt_version: ``engine.prompts.PROMPT_VERSION`` when it was trained.
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
