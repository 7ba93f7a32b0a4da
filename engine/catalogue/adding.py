"""Models that come without a network: from a folder, a removable disk, or the hub's cache."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.catalogue.checkpoints import (
    SPEC_FILE,
    check_whole,
    is_taken,
    repository_of_cache,
    why_no_model,
)
from engine.catalogue.licences import Licence
from engine.catalogue.models import check_name_is_free, licence_of
from engine.catalogue.offers import COMMIT, check_name
from engine.catalogue.origins import BLOCK, Advance, Origin, PublishedFile, read_origin
from engine.catalogue.progress import Progress, Tell
from engine.catalogue.shelf import (
    check_room,
    claimed,
    publish,
    require_licence,
    staging_folder,
    write_origin,
    write_place,
)
from engine.catalogue.specs import check_runs, read_spec
from engine.errors import InputError, JobCancelledError, ModelError
from engine.paths import models_dir
from engine.types import Stop


def add_model(
    folder: str | Path,
    *,
    name: str | None = None,
    in_place: bool = False,
    accept_licence: bool = False,
    tell: Tell,
    stop: Stop = lambda: False,
) -> dict[str, Any]:
    """Add the model in a folder, by copying it or where it lies.

    Args:
        folder: a model folder, or a repository or a snapshot in the hub's cache.
        name: another name for it here.
        in_place: leave it where it is; it can be used while that disk is there.
        accept_licence: the user has accepted its licence, whatever that is.
        tell: told what is going on, and how many bytes are copied.
        stop: asked often; once it is true, nothing of the copy is left.

    Returns:
        Its name, folder, licence and size, and whether it is used in place.

    Raises:
        LicenceError: its licence has to be accepted first.
        ModelError, InputError: it is no model, is not whole, or there is one of that name.
        JobCancelledError: ``stop()`` became true.
    """
    source = _snapshot(Path(folder).expanduser().absolute())
    _check_kind(source)
    spec = read_spec(source)
    check_runs(spec)
    check_whole(source)
    chosen = name or spec.name
    check_name(chosen)
    licence = licence_of(spec, read_origin(source))
    require_licence(chosen, licence, accept_licence)
    with claimed(chosen):
        check_name_is_free(chosen)
        size = sum(path.stat().st_size for path in _files(source))
        tell("log", {"message": f"{licence.sentence()} {size / 1e9:.2f} GB."})
        if in_place:
            write_place(chosen, source)
        else:
            _copy_all(source, chosen, licence, Progress(size, tell).advance, stop)
    return {
        "name": chosen,
        "folder": str(source if in_place else models_dir() / chosen),
        "licence": licence.name,
        "commercial": licence.commercial,
        "size_bytes": size,
        "in_place": in_place,
    }


def _snapshot(folder: Path) -> Path:
    """The folder itself; of a repository in the hub's cache, its snapshot."""
    snapshots = folder / "snapshots"
    if not snapshots.is_dir() or (folder / "config.json").exists():
        return folder
    found = sorted(path for path in snapshots.iterdir() if path.is_dir())
    head = folder / "refs" / "main"
    commit = head.read_text(encoding="ascii", errors="replace").strip() if head.is_file() else ""
    named = [path for path in found if path.name == commit]
    if len(named or found) != 1:
        raise InputError(f"{snapshots} holds {len(found)} snapshots. Name the folder of one of them.")
    return (named or found)[0]


def _check_kind(folder: Path) -> None:
    """Raise ModelError for what is no model folder, and say what it is instead."""
    if folder.is_file():
        raise ModelError(f"{folder} is a file, and a model is a folder. Add its folder: {folder.parent}")
    if not folder.is_dir() or (folder / "config.json").exists():
        return
    names = {path.name for path in folder.iterdir()}
    below = {f"{path.parent.name}/{path.name}" for path in folder.glob("*/*.safetensors")}
    raise ModelError(why_no_model(f"The folder {folder}", names | below))


def _files(folder: Path) -> list[Path]:
    names = {path.name for path in folder.iterdir() if path.is_file()}
    return sorted(folder / name for name in names if is_taken(name, names))


def _origin(folder: Path, licence: Licence) -> Origin | None:
    """What the files must be: as noted when they were got, or as the hub's cache names them."""
    origin = read_origin(folder)
    repository = repository_of_cache(folder)
    if origin is not None or repository is None or not COMMIT.fullmatch(folder.name):
        return origin
    files = []
    for path in _files(folder):
        blob = os.path.basename(os.readlink(path)) if path.is_symlink() else ""
        if len(blob) in (40, 64):
            sha256, blob_id = (blob, None) if len(blob) == 64 else (None, blob)
            files.append(PublishedFile(path.name, path.stat().st_size, sha256, blob_id))
    return Origin(repository, None, folder.name, licence, tuple(files))


def _copy_all(source: Path, name: str, licence: Licence, advance: Advance, stop: Stop) -> None:
    """Copy what belongs to the model, check it, and make it visible; nothing is left of what did not get so far."""
    staging = staging_folder(name)
    shutil.rmtree(staging, ignore_errors=True)
    origin = _origin(source, licence)
    known = {file.name: file for file in origin.files} if origin is not None else {}
    files = _files(source)
    check_room(models_dir(), sum(path.stat().st_size for path in files))
    staging.mkdir(mode=0o700)
    try:
        for path in files:
            _copy(path, staging / path.name, advance, stop)
            if path.name in known and path.name != SPEC_FILE:
                known[path.name].check(staging / path.name)
        check_whole(staging)
        if origin is not None:
            write_origin(staging, replace(origin, licence=licence))
        publish(staging, name, licence.name)
    except OSError as error:
        raise InputError(
            f"{source} can't be copied to {models_dir()} ({error.strerror}). Look at both disks, make room where "
            "it lacks, or use the folder where it is (--in-place, in QGIS “and leave it where it is”)."
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _copy(source: Path, target: Path, advance: Advance, stop: Stop) -> None:
    with source.open("rb") as reader, target.open("xb") as writer:
        for block in iter(lambda: reader.read(BLOCK), b""):
            if stop():
                raise JobCancelledError("The copying was cancelled, and nothing of it is left.")
            writer.write(block)
            advance(len(block))
