"""Models: what the catalogue offers, what is in the data folder, and how one gets there."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..connection.environment import Proxy
from ..files import resource_path
from ..i18n import tr
from .download import download
from .installer import SetupContext
from .plan import BLOCK, check_folder, human_size
from .problems import CHOOSE_FOLDER, RETRY, SetupCancelledError, SetupError

HUB = "https://huggingface.co"
HUB_VARIABLE = "HF_ENDPOINT"
BYTES_PER_PARAMETER = 2
# What a model folder needs; anything that could run code when it is loaded stays out.
SUFFIXES = frozenset({".json", ".safetensors", ".txt", ".jinja", ".model", ".md"})
PLAIN_NAMES = frozenset({"LICENSE", "LICENCE", "NOTICE"})


@dataclass(frozen=True)
class Offer:
    """A model of the catalogue.

    Attributes:
        name: what it is called, and its folder.
        repository: owner and name where it is published.
        revision: the pinned commit, "" where none was checked; then it can only be imported.
        licence: SPDX identifier.
        parameters: number of weights.
        memory_gb: GPU memory to plan for in 4 bit.
        files: file name -> (size in bytes, sha256).
    """

    name: str
    repository: str
    revision: str
    licence: str
    parameters: int
    memory_gb: float
    files: Mapping[str, tuple[int, str]]

    @property
    def size_bytes(self) -> int:
        """Size of the download; from the number of weights where the files are not listed."""
        return sum(size for size, _ in self.files.values()) or self.parameters * BYTES_PER_PARAMETER

    @property
    def can_download(self) -> bool:
        """Whether a revision was checked for it."""
        return bool(self.revision and self.files)


def read_catalogue() -> list[Offer]:
    """Return the models that the shipped catalogue offers."""
    data = json.loads(resource_path("catalogue.json").read_text(encoding="utf-8"))
    return [
        Offer(
            name=entry["name"],
            repository=entry["repository"],
            revision=entry["revision"] or "",
            licence=entry["licence"],
            parameters=entry["parameters"],
            memory_gb=entry["memory_gb"],
            files={name: (int(f["bytes"]), str(f["sha256"])) for name, f in entry["files"].items()},
        )
        for entry in data["models"]
    ]


def installed_models(home: Path) -> dict[str, int]:
    """Return the names of the models in the data folder with the size of their weights in bytes."""
    folders = sorted(path.parent for path in (home / "models").glob("[!.]*/config.json"))
    return {folder.name: sum(f.stat().st_size for f in folder.glob("*.safetensors")) for folder in folders}


def download_model(offer: Offer, home: Path, proxy: Proxy | None, context: SetupContext) -> str:
    """Download every file of ``offer``, publish the folder by one rename, and return its name.

    Raises:
        SetupError: no pinned revision, no room, or the download failed; whole files are kept for next time.
    """
    if not offer.can_download:
        message = tr(
            "{name} is not downloaded by this version, because no revision of it was checked. "
            "Get its folder in another way and import that."
        )
        raise SetupError("no_revision", message.format(name=offer.name), CHOOSE_FOLDER)
    part, target = home / "models" / f".{offer.name}.part", home / "models" / offer.name
    check_folder(home, offer.size_bytes)
    part.mkdir(parents=True, exist_ok=True)
    base = os.environ.get(HUB_VARIABLE, HUB).rstrip("/")
    done = 0
    for name, (size, sha256) in offer.files.items():
        step = tr("Downloading {name}").format(name=name)
        before = done

        def progress(bytes_here: int, before: int = before, step: str = step) -> None:
            context.progress((before + bytes_here) / offer.size_bytes, step)

        progress(0)
        if not (part / name).is_file():
            context.log(f"{name} ({human_size(size)})")
            url = f"{base}/{offer.repository}/resolve/{offer.revision}/{name}"
            download(
                url, part / name, size, sha256, progress=progress, cancelled=context.cancelled, proxy=proxy
            )
        done += size
    _publish(part, target)
    return offer.name


def import_model(source: Path, home: Path, context: SetupContext) -> str:
    """Copy a model folder into the data folder, publish it by one rename, and return its name.

    Only configuration and safetensors are taken: other weight formats can run code when they are loaded.

    Raises:
        SetupError: no model there, no room, or one of that name exists.
    """
    files = [path for path in sorted(source.iterdir()) if path.is_file() and _wanted(path)]
    names = {path.name for path in files}
    if "config.json" not in names or not any(name.endswith(".safetensors") for name in names):
        message = tr("{folder} is no model folder: config.json and *.safetensors are needed. Choose another.")
        raise SetupError("no_model", message.format(folder=source), CHOOSE_FOLDER)
    target = home / "models" / source.name
    if target.exists():
        message = tr("There is a model {name} already. Rename the folder, or delete the model first.")
        raise SetupError("model_exists", message.format(name=source.name), RETRY)
    size = sum(path.stat().st_size for path in files)
    check_folder(home, size)
    part = home / "models" / f".{source.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    done = 0
    try:
        for path in files:
            context.progress(done / max(size, 1), tr("Copying {name}").format(name=path.name))
            _copy(path, part / path.name, context)
            done += path.stat().st_size
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    _publish(part, target)
    return source.name


def _copy(source: Path, target: Path, context: SetupContext) -> None:
    with source.open("rb") as reader, target.open("wb") as writer:
        for block in iter(lambda: reader.read(BLOCK), b""):
            if context.cancelled():
                raise SetupCancelledError()
            writer.write(block)


def _publish(part: Path, target: Path) -> None:
    if target.exists():
        shutil.rmtree(target)
    os.replace(part, target)


def _wanted(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES or path.name.upper() in PLAIN_NAMES
