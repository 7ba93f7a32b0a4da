"""What the command line shows: progress, tables, errors in a sentence, JSON for machines."""

from __future__ import annotations

import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from engine.counting import count
from engine.errors import InputError, JobError, ModelError, RegistryError, RemoteZeroError
from engine.jobs.store import Job, now
from engine.jsontext import json_text
from engine.paths import data_dir
from engine.shortage import shortage

EXIT_CODES: tuple[tuple[type[RemoteZeroError], int], ...] = (
    (InputError, 2),
    (ModelError, 3),
    (RegistryError, 3),
    (JobError, 4),
)
EXIT_HELP = (
    "Exit codes: 0 done; 1 unexpected (please report it); 2 wrong usage or input; "
    "3 the model or adapter can't be used; 4 cancelled, or the job can't be run."
)
ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
BAR_CELLS = 10
TABLE_ROWS = 25


def exit_code(error: RemoteZeroError) -> int:
    """Return the exit code of an error's class."""
    return next((code for cls, code in EXIT_CODES if isinstance(error, cls)), 1)


def error_json(error: RemoteZeroError) -> dict[str, Any]:
    """An error as machines are told of it."""
    return {"error": {"type": type(error).__name__, "message": str(error)}}


@contextmanager
def errors_as_sentences(as_json: bool) -> Iterator[None]:
    """Turn an error inside the block into one sentence and an exit code."""
    try:
        yield
    except RemoteZeroError as error:
        _say(error, as_json)
        raise typer.Exit(exit_code(error)) from error
    except (OSError, MemoryError, ImportError, RuntimeError) as error:
        place = Path(error.filename) if isinstance(error, OSError) and error.filename else data_dir()
        sentence = shortage(error, place)
        if sentence is None:
            raise
        refused = InputError(sentence)
        _say(refused, as_json)
        raise typer.Exit(exit_code(refused)) from error
    except KeyboardInterrupt as error:
        console(stderr=True).print("[bold]Interrupted.[/]")
        raise typer.Exit(4) from error


def _say(error: RemoteZeroError, as_json: bool) -> None:
    if as_json:
        print_json(error_json(error))
    else:
        console(stderr=True).print(f"[bold red]Error:[/] {escape(str(error))}", highlight=False)


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Turn Ctrl-C, and the wish of the system that this ends, into a question that long work asks.

    A second one interrupts at once. A terminal that is closed (SIGHUP) asks the same, unless the shell was told
    that it need not (``nohup``).
    """
    asked = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = {
        number: signal.signal(number, note) for number in ENDING if signal.getsignal(number) != signal.SIG_IGN
    }
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Stand in for Python's traceback: one sentence, and the details in a file (a ``sys.excepthook``)."""
    place = "nowhere: the data folder can't be written"
    try:
        log = data_dir() / "errors.log"
        with log.open("a", encoding="utf-8") as stream:
            stream.write(f"{now()}\n{''.join(traceback.format_exception(kind, error, trace))}\n")
        place = str(log)
    except (OSError, RemoteZeroError) as problem:
        place += f" ({problem})"
    sys.stderr.write(
        f"Something unexpected went wrong: {kind.__name__}: {error}. The details are in {place}. "
        "Please report it together with the output of `remotezero doctor`.\n"
    )


class Unbroken(Console):
    """A console that breaks lines between words alone: a path over two lines can't be copied."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print as the library does; a word longer than a line is written whole."""
        super().print(*objects, **{"overflow": "ignore", "crop": False, **options})


def console(*, stderr: bool = False) -> Console:
    """Return a console for standard output or standard error."""
    return Unbroken(stderr=stderr)


def print_json(document: Any) -> None:
    """Write one JSON document to standard output."""
    sys.stdout.write(json_text(document, indent=2) + "\n")


@contextmanager
def progress_bar(unit: str) -> Iterator[Callable[[Job], None]]:
    """Show a job's progress on standard error; yields what is to be told of the job's state."""
    with progress_bar_of(unit, "Looking", "Loading the model") as count:

        def watch(job: Job) -> None:
            if job.total:
                count(job.done, job.total)

        yield watch


@contextmanager
def progress_bar_of(unit: str, doing: str, before: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on standard error; yields what is to be told how many are done, and of how many."""
    columns = (
        SpinnerColumn(),
        TextColumn("[bold]{task.description}"),
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(before, total=None)
        yield lambda done, total: bar.update(task, description=doing, completed=done, total=total)


def show_features(features: list[dict[str, Any]], result: dict[str, Any], limit: int = TABLE_ROWS) -> None:
    """Print the best findings as a table."""
    out = console()
    if not features:
        out.print("No polygon was scored." if "polygons" in result else "Nothing that fits was found.")
        return
    table = Table(title_justify="left", header_style="bold")
    table.add_column("rank", justify="right")
    table.add_column("score")
    names = [*(["change"] if "changes" in result else []), "label", "query", "reasoning"]
    for name in names:
        table.add_column(name, overflow="fold")
    for feature in features[:limit]:
        properties = feature["properties"]
        table.add_row(
            str(properties["rank"]),
            score_bar(properties["score"]),
            *(
                escape(properties[name].replace("_", " ") if name == "change" else properties[name])
                for name in names
            ),
        )
    out.print(table)
    if len(features) > limit:
        out.print(f"… and {len(features) - limit} more.")


def score_bar(score: float) -> str:
    """Return a score as digits and a bar of ten cells."""
    filled = round(min(max(score, 0.0), 1.0) * BAR_CELLS)
    colour = "green" if score >= 0.7 else "yellow" if score >= 0.3 else "bright_black"
    return f"{score:.3f} [{colour}]{'█' * filled}[/][bright_black]{'░' * (BAR_CELLS - filled)}[/]"


def show_summary(result: dict[str, Any]) -> None:
    """Print what a run over windows or polygons counted."""
    out = console()
    seconds = result["seconds"]
    if "polygons" in result:
        out.print(
            f"{count(result['polygons'], 'polygon')}, {result['features']} scored, "
            f"{result['outside']} outside the raster, {result['blank'] - result['outside']} without data."
        )
    if "changes" in result:
        words = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in result["changes"].items())
        out.print(
            f"{words}; matched within {result['tolerance_m']:g} m, yes from a score of {result['threshold']:g}.",
            highlight=False,
        )
    if "windows" in result:
        gaps = f", {result['unreadable']} unreadable" if result.get("unreadable") else ""
        dense = f", {result['quartered']} asked again in quarters" if result.get("quartered") else ""
        out.print(
            f"{count(result['windows'], 'window')} ({result['blank']} without data"
            f"{gaps}), {count(result['asked'], 'question')} asked, "
            f"{result['vetoed']} spared by the veto ({result['veto_saved_share']:.0%}), "
            f"{count(result['unparsed'], 'answer')} unreadable{dense}."
        )
    out.print(
        f"{seconds['total']:.1f} s in all, of which {seconds.get('load', 0.0):.1f} s loading, "
        f"{seconds['model']:.1f} s in the model.",
        highlight=False,
    )
    for unread in result.get("unparsed_examples", ()):
        out.print(f"[yellow]Unreadable:[/] {escape(unread)}", highlight=False)
    for warning in result["warnings"]:
        out.print(f"[yellow]Note:[/] {escape(warning)}", highlight=False)


def show_pairs(title: str, report: dict[str, Any]) -> None:
    """Print a nested report, one line a value."""
    table = Table(title=title, title_justify="left", show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for key, value in flat(report):
        table.add_row(key, escape(value))
    console().print(table)


def flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the leaves of nested values with their dotted names."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from flat(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value:
        for number, item in enumerate(value, start=1):
            yield from flat(item, f"{path}.{number}")
    elif path.endswith("_bytes") and isinstance(value, int):
        yield (
            path.removesuffix("_bytes"),
            f"{value / 2**30:.2f} GiB" if value >= 2**30 else f"{value / 2**20:.1f} MiB",
        )
    else:
        yield path, "-" if value is None or value in ([], {}) else str(value)
