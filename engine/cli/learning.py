"""Learning from the command line: what a run is asked for, from files and options, its process, and what it tells."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from engine.cli.options import whole_path
from engine.cli.terminal import console, interruptible, show_pairs
from engine.errors import InputError
from engine.jobs.child import run_child, trainer_command, write_request
from engine.paths import data_dir
from engine.remote.keys import KEYS
from engine.scan.rasters import learned_from
from engine.wrong_fields import unreadable

STAGES = {
    "model": "Loading the model",
    "chips": "Reading the rasters",
    "queries": "Looking for what is asked",
    "calibrate": "Choosing settings",
    "search": "Searching",
    "train": "Learning",
    "gate": "Checking",
}


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
        request["dataset"] = whole_path(dataset)
    if verdicts:
        request["verdicts"] = [whole_path(name) for name in verdicts]
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
    begun = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z").replace(":", "-")
    folder = Path(request.get("run_dir") or data_dir() / "runs" / begun)
    request_file = write_request(folder, request)
    with interruptible() as stop, _shown(quiet) as tell:
        command, log_file = trainer_command(request_file, request.get("gpus")), folder / "trainer.log"
        return run_child(command, tell, stop, log_file=log_file, opening=KEYS.as_line())


@contextmanager
def _shown(quiet: bool) -> Iterator[Callable[[str, dict[str, Any]], None]]:
    """Show what a trainer tells on standard error: its sentences in full, and how much of the time is used."""
    if quiet:
        yield lambda kind, data: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("[bold]{task.description}"),
        BarColumn(bar_width=32),
        TextColumn("{task.fields[used]}"),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None, used="")

        def tell(kind: str, data: dict[str, Any]) -> None:
            if kind == "progress":
                bar.update(
                    task,
                    description=_doing(data),
                    completed=data["done"],
                    total=data["total"],
                    used=f"{_minutes(data['done'])} of {_minutes(data['total'])}",
                )
            elif kind == "round":
                bar.console.print(f"Round {data['round']}: {escape(data['reason'])}", highlight=False)
            elif "message" in data:
                bar.console.print(escape(data["message"]), highlight=False)

        yield tell


def _doing(data: dict[str, Any]) -> str:
    """What is being done, in words."""
    stage = STAGES.get(data["stage"], "Preparing")
    number = f", round {data['round']}" if data.get("round") else ""
    step = f", step {data['step']:.0f}: mean reward {data['reward']:.3f}" if "step" in data else ""
    return f"{stage}{number}{step}"


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def show_improved(result: dict[str, Any]) -> None:
    """Print a plan, questions, or what came of a run, each round in a sentence."""
    if "rounds" not in result or isinstance(result["rounds"], int):
        show_pairs("Plan" if "places" in result else "Questions", result)
        return
    out = console()
    for entry in result["rounds"]:
        out.print(f"Round {entry['round']}: {escape(entry['reason'])}", highlight=False)
    if not result["rounds"] or result["reason"] != result["rounds"][-1]["reason"]:
        out.print(escape(result["reason"]), highlight=False)
    adapter = result["adapter"]
    kept = f"The adapter {adapter} is kept." if adapter else "Nothing was changed."
    out.print(f"[bold]{escape(kept)}[/] {_minutes(result['seconds'])} minutes in all.", highlight=False)
    out.print(f"Report: {escape(str(result['report']))}", highlight=False)
    for warning in result.get("warnings", ()):
        out.print(f"[yellow]Note:[/] {escape(warning)}", highlight=False)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The file {path} can't be read ({error}). Give a text file in UTF-8.") from error
