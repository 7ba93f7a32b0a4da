"""Runs the trainer from the command line, as a child process like the job loop does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.markup import escape

from engine.child import run_child, trainer_command, write_request
from engine.errors import InputError
from engine.local import interruptible
from engine.paths import data_dir
from engine.store import now
from engine.terminal import console


def improve_request(rasters: Sequence[str], queries: Path | None, settings: Path | None) -> dict[str, Any]:
    """Return a request for the trainer from rasters and the files that say more; raises InputError."""
    request: dict[str, Any] = {"rasters": [str(Path(raster).absolute()) for raster in rasters]}
    if queries is not None:
        lines = (line.strip() for line in _text(queries).splitlines())
        asked = dict.fromkeys(line for line in lines if line and not line.startswith("#"))
        if not asked:
            raise InputError(f"{queries} holds no query. Write one question a line.")
        request["queries"] = list(asked)
    if settings is not None:
        try:
            more = json.loads(_text(settings))
        except ValueError as error:
            raise InputError(f"The settings file {settings} is no JSON ({error}). Correct it.") from error
        if not isinstance(more, dict):
            raise InputError(
                f"The settings file {settings} holds a {type(more).__name__}. Give a JSON object."
            )
        request |= more
    return request


def improve_here(request: dict[str, Any], *, quiet: bool) -> dict[str, Any]:
    """Train until the trainer ends; returns its result.

    Args:
        request: what ``python -m trainer`` reads. With a ``run_dir`` of an earlier run it goes on from there.
        quiet: show nothing meanwhile.

    Raises:
        JobCancelledError: the user interrupted it.
        RemoteZeroError: what the trainer said went wrong.
    """
    out = console(stderr=True)
    folder = Path(request.get("run_dir") or data_dir() / "runs" / now().replace(":", "-"))
    request_file = write_request(folder, request)

    def tell(kind: str, data: dict[str, Any]) -> None:
        if not quiet:
            words = "  ".join(f"{name} {_short(value)}" for name, value in data.items())
            out.print(f"[bold]{kind}[/]  {escape(words)}", highlight=False)

    with interruptible() as stop:
        return run_child(trainer_command(request_file), tell, stop, log_file=folder / "trainer.log")


def _short(value: Any) -> str:
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The file {path} can't be read ({error}). Give a text file in UTF-8.") from error
