"""Learning from the command line: what a run is asked for, from files and options, and the trainer's process."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.markup import escape

from engine.cli.terminal import console, interruptible
from engine.errors import InputError
from engine.jobs.child import run_child, trainer_command, write_request
from engine.paths import data_dir
from engine.remote.keys import KEYS
from engine.scan.rasters import learned_from
from engine.wrong_fields import unreadable


def improve_request(
    rasters: Sequence[str],
    queries: Path | None,
    settings: Path | None,
    verdicts: Sequence[str] = (),
    dataset: str | None = None,
) -> dict[str, Any]:
    """Return a request for the trainer from rasters or a set, and the files that say more; raises InputError."""
    request = learned_from(rasters)
    if dataset is not None:
        request["dataset"] = _absolute(dataset)
    if verdicts:
        request["verdicts"] = [_absolute(name) for name in verdicts]
    if queries is not None:
        lines = (line.strip() for line in _text(queries).splitlines())
        asked = dict.fromkeys(line for line in lines if line and not line.startswith("#"))
        if not asked:
            raise InputError(f"{queries} holds no query. Write one question a line.")
        request["queries"] = list(asked)
    if settings is not None:
        request |= read_settings(settings)
    return request


def read_settings(path: Path) -> dict[str, Any]:
    """Settings of the trainer from a JSON or TOML file; of a recipe its part ``train``.

    Raises:
        InputError: it can't be read, or holds no object.
    """
    try:
        more = tomllib.loads(_text(path)) if path.suffix == ".toml" else json.loads(_text(path))
    except ValueError as error:
        raise InputError(
            f"The settings file {path} can't be used ({unreadable(error)}). Correct it."
        ) from error
    if not isinstance(more, dict):
        raise InputError(f"The settings file {path} holds a {type(more).__name__}. Give a JSON object.")
    return dict(more.get("train", more))


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
    begun = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z").replace(":", "-")
    folder = Path(request.get("run_dir") or data_dir() / "runs" / begun)
    request_file = write_request(folder, request)

    def tell(kind: str, data: dict[str, Any]) -> None:
        if not quiet:
            words = "  ".join(f"{name} {_short(value)}" for name, value in data.items())
            out.print(f"[bold]{kind}[/]  {escape(words)}", highlight=False)

    with interruptible() as stop:
        command, log_file = trainer_command(request_file), folder / "trainer.log"
        return run_child(command, tell, stop, log_file=log_file, opening=KEYS.as_line())


def _absolute(name: str) -> str:
    """The whole path of a file that is there; other names as they are."""
    return str(path.absolute()) if (path := Path(name)).exists() else name


def _short(value: Any) -> str:
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The file {path} can't be read ({error}). Give a text file in UTF-8.") from error
