"""Which interpreter runs the engine: one the user named, or the one installed into the data folder."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

RECORD = "runtime.json"


@dataclass(frozen=True)
class EngineRuntime:
    """A Python that has the engine.

    Attributes:
        python: the interpreter; the engine starts as ``python -m engine serve``.
        version: the engine's version.
        accelerator: ``cpu`` or ``cuda``.
        lock_sha256: hash of the requirements it was installed from, "" for one the user brought.
    """

    python: str
    version: str = ""
    accelerator: str = ""
    lock_sha256: str = ""


def find_runtime(home: Path, chosen_python: str = "") -> EngineRuntime | None:
    """Return the runtime in force, or None when the engine is not installed.

    Args:
        home: the data folder.
        chosen_python: the user's own interpreter; wins when it exists.
    """
    if chosen_python:
        return EngineRuntime(chosen_python) if Path(chosen_python).is_file() else None
    try:
        record = json.loads((home / RECORD).read_text(encoding="utf-8"))
        runtime = EngineRuntime(
            **{name: str(record.get(name, "")) for name in EngineRuntime.__dataclass_fields__}
        )
    except (OSError, ValueError, AttributeError):
        return None
    return runtime if Path(runtime.python).is_file() else None


def write_runtime(home: Path, runtime: EngineRuntime) -> None:
    """Publish ``runtime``: the last step of an installation, one rename."""
    part = home / (RECORD + ".part")
    part.write_text(json.dumps(asdict(runtime), indent=1), encoding="utf-8")
    os.replace(part, home / RECORD)


def forget_runtime(home: Path) -> None:
    """Take the record away, so that a half-removed environment is never used."""
    (home / RECORD).unlink(missing_ok=True)
