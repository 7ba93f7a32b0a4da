"""Getting a model from the hub: resolved once, resumed where it broke off, checked file by file, then made visible.

Run as a program, ``python -m engine.catalogue.getting``, it reads one line of JSON (what is wanted, and the
token, which so is on no command line and in no file), and speaks as :mod:`engine.jobs.child` reads it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.catalogue.checkpoints import check_whole, missing_shards, named
from engine.catalogue.hub import OTHER_WAY, endpoint, fetch, look
from engine.catalogue.models import check_name_is_free
from engine.catalogue.offers import COMMIT, Source, find_source
from engine.catalogue.origins import Origin, read_origin
from engine.catalogue.progress import Progress, Tell
from engine.catalogue.shelf import (
    check_room,
    claimed,
    publish,
    require_licence,
    staging_folder,
    write_origin,
)
from engine.catalogue.specs import check_runs, read_spec
from engine.errors import HubError, InputError, ModelError, RemoteZeroError
from engine.paths import models_dir


def get_model(
    model: str, *, name: str | None = None, accept_licence: bool = False, token: str | None = None, tell: Tell
) -> dict[str, Any]:
    """Get a model into the data folder; one that is there already is left as it is.

    Args:
        model: a name of the catalogue, or ``owner/repository`` with or without ``@revision``.
        name: another name for it here.
        accept_licence: the user has accepted its licence, whatever that is.
        token: access token; None for huggingface_hub's own settings.
        tell: told what is going on, and how many bytes have come.

    Returns:
        Its name, repository, commit, licence and size, and whether it is new.

    Raises:
        LicenceError: its licence has to be accepted first.
        HubError, ModelError, InputError: it can't be had, and why; what has come so far is kept.
    """
    source = find_source(model, name)
    with claimed(source.name):
        there = _there_already(source)
        if there is not None:
            tell("log", {"message": f"{source.name} is here already, at {there.commit}."})
            return _about(source, there, new=False)
        staging = staging_folder(source.name)
        origin = _settled(source, staging, token, tell)
        if accept_licence and not origin.accepted:
            origin = replace(origin, accepted=True)
            write_origin(staging, origin)
        tell("log", {"message": f"{origin.licence.sentence()} {origin.size_bytes / 1e9:.2f} GB."})
        require_licence(source.name, origin.licence, accept_licence or origin.accepted)
        _fetch_all(origin, staging, token, Progress(origin.size_bytes, tell))
        check_whole(staging)
        publish(staging, source.name, origin.licence.name)
        tell("log", {"message": f"{source.name} is whole, checked, and ready."})
        return _about(source, origin, new=True)


def _there_already(source: Source) -> Origin | None:
    """Where the model of this name came from, if it is the one that is wanted; raises InputError for another."""
    origin = read_origin(models_dir() / source.name)
    if origin is not None and _same(origin, source):
        return origin
    check_name_is_free(source.name)
    return None


def _same(origin: Origin, source: Source) -> bool:
    return origin.repository == source.repository and source.revision in (origin.asked, origin.commit)


def _settled(source: Source, staging: Path, token: str | None, tell: Tell) -> Origin:
    """The commit and its files: as they were resolved when this was first asked for, else resolved now."""
    earlier = read_origin(staging)
    if earlier is not None and _same(earlier, source):
        tell("log", {"message": f"Going on with {source.repository} at {earlier.commit}."})
        return earlier
    shutil.rmtree(staging, ignore_errors=True)
    tell("log", {"message": f"Asking {endpoint()} for {source.repository}."})
    origin = look(source, token)
    if source.revision and COMMIT.fullmatch(source.revision) and origin.commit != source.revision:
        raise HubError(
            f"{endpoint()} gives {origin.commit} of {source.repository} where {source.revision} was asked for. "
            "Use another mirror."
        )
    asked = source.revision or "its own branch"
    tell("log", {"message": f"{source.repository} ({asked}) is at {origin.commit}."})
    staging.mkdir(mode=0o700)
    write_origin(staging, origin)
    return origin


def _fetch_all(origin: Origin, staging: Path, token: str | None, progress: Progress) -> None:
    """Bring what is not there yet: small files first, so that a model that can't be used costs little."""
    waiting = []
    for file in origin.files:
        path = staging / file.name
        if path.is_file() and path.stat().st_size == file.size_bytes:  # checked when it came
            progress.advance(file.size_bytes)
        else:
            waiting.append(file)
    parts = sum(path.stat().st_size for path in staging.glob(".*.part"))
    check_room(staging, sum(file.size_bytes for file in waiting) - parts)
    waiting.sort(key=lambda file: (file.name.endswith(".safetensors"), file.name))
    looked_at = False
    for file in waiting:
        if file.name.endswith(".safetensors") and not looked_at:
            _check_use(origin, staging)
            looked_at = True
        fetch(origin, file, staging, token, progress.advance)


def _check_use(origin: Origin, staging: Path) -> None:
    """Look at the small files before the weights come; of a model that can't be used here, nothing is kept.

    Raises:
        ModelError: it is of no family that runs here, or its repository lacks some of its weights.
    """
    try:
        check_runs(read_spec(staging))
        lost = missing_shards(staging, {file.name for file in origin.files})
    except ModelError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise ModelError(str(error).replace(str(staging), origin.repository)) from error
    if lost:
        shutil.rmtree(staging, ignore_errors=True)
        raise ModelError(
            f"{origin.repository} lacks {named(lost)} at {origin.commit[:12]}, which its own index names. "
            f"Choose another revision (owner/repository@REVISION) or repository, {OTHER_WAY}."
        )


def _about(source: Source, origin: Origin, *, new: bool) -> dict[str, Any]:
    return {
        "name": source.name,
        "repository": origin.repository,
        "commit": origin.commit,
        "licence": origin.licence.name,
        "commercial": origin.licence.commercial,
        "size_bytes": origin.size_bytes,
        "new": new,
    }


def getting_command() -> list[str]:
    """The command line of this program; what is wanted follows on its standard input."""
    return [sys.executable, "-u", "-m", "engine.catalogue.getting"]


def _say(kind: str, data: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps({"type": kind, "data": data}) + "\n")
    sys.stdout.flush()


def _leave_when_asked() -> None:
    """End at once when the parent says ``cancel`` or is gone: what has come so far is on disk already."""
    sys.stdin.readline()
    os._exit(4)


def main() -> None:
    """Get what the first line of standard input asks for."""
    wanted = json.loads(sys.stdin.readline())
    threading.Thread(target=_leave_when_asked, daemon=True).start()
    try:
        _say("result", get_model(**wanted, tell=_say))
    except RemoteZeroError as error:
        _say("error", {"type": type(error).__name__, "message": str(error)})
    except OSError as error:
        problem = InputError(f"The data folder can't be used ({error.strerror}: {error.filename}).")
        _say("error", {"type": "InputError", "message": f"{problem} Choose another, or make room."})


if __name__ == "__main__":
    main()
