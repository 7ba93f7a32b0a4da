"""Where the engine keeps its data, and where the shipped resources lie.

The data folder is ``REMOTEZERO_HOME`` where that is set, else the platform's own place for
application data. Everything in it belongs to one user and is made readable by that user alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from engine.errors import InputError, ModelError
from engine.shortage import HOME_VARIABLE


def data_dir() -> Path:
    """Return the data folder, made (mode 0700) when it isn't there; raises InputError when it can't be."""
    folder = _chosen_data_dir()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"The data folder {folder} can't be made ({error.strerror}). "
            f"Set {HOME_VARIABLE} to a folder that you can write to."
        ) from error
    return folder


def _chosen_data_dir() -> Path:
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "RemoteZero"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "RemoteZero"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "remotezero"


def resources_dir() -> Path:
    """Return the shipped ``resources`` folder, in an installed wheel or beside the packages of a checkout.

    Raises:
        ModelError: neither place has it.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "resources", here.parent / "resources"):
        if folder.is_dir():
            return folder
    raise ModelError(
        f"The shipped resources are missing: neither {here / 'resources'} nor {here.parent / 'resources'} "
        "is a folder. Install the engine again."
    )


def runtime_file() -> Path:
    """Return the path of ``engine.json``, by which clients find a running engine."""
    return data_dir() / "engine.json"


def store_file() -> Path:
    """Return the path of the job database."""
    return data_dir() / "jobs.sqlite"


def models_dir() -> Path:
    """Return the folder of imported and downloaded models (it may not exist yet)."""
    return data_dir() / "models"


def adapters_dir() -> Path:
    """Return the folder of trained adapters, ``<base>/<name>/`` (it may not exist yet)."""
    return data_dir() / "adapters"


def job_dir(job_id: str) -> Path:
    """Return the working folder of one job (it may not exist yet)."""
    return data_dir() / "jobs" / job_id
