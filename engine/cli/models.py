"""``remotezero models``: which models there are and can be had; getting, adding and removing them."""

from __future__ import annotations

import http.client
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer
from rich import box
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table

from engine.cli.terminal import EXIT_HELP, console, errors_as_sentences, interruptible, print_json
from engine.counting import count
from engine.errors import InputError, JobCancelledError, LicenceError
from engine.paths import data_dir

models = typer.Typer(
    help="List, get, add and remove models.",
    epilog=EXIT_HELP,
    invoke_without_command=True,
    no_args_is_help=False,
)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Name = Annotated[str | None, typer.Option("--name", help="Another name for it here.")]
Accept = Annotated[
    bool, typer.Option("--accept-licence", help="I have read its licence and accept it, whatever it forbids.")
]
Token = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="File with an access token, '-' for standard input; HF_TOKEN is used where this is left out. "
        "A token itself is not taken: everybody on this machine can read command lines.",
    ),
]
STATES = {"offered": "can be got", "missing": "its disk is not there"}
TITLES = ("model", "state", "size", "licence", "to find", "to learn", "from")
WIDE = 130
"""From so many characters a line on, repository and commit are shown as well."""


@models.callback()
def _list_without_command(context: typer.Context, as_json: Json = False) -> None:
    if context.invoked_subcommand is None:
        show_models(as_json)


@models.command("list", epilog=EXIT_HELP)
def list_models(as_json: Json = False) -> None:
    """List the models there are and those that can be had: size, licence, memory for finding and for learning."""
    show_models(as_json)


def show_models(as_json: bool) -> None:
    """Print all models, those that are here first."""
    with errors_as_sentences(as_json):
        from engine.catalogue.models import catalogue_json, models_json

        here = models_json()
        if as_json:
            print_json(here + [row for row in catalogue_json() if row["state"] != "here"])
            return
        rows = [_row(model, _state(model)) for model in here]
        rows += [_row(row, _state(row)) for row in catalogue_json() if row["state"] != "here"]
        console().print(_table(rows, console().width))
        console().print(
            "Memory is an estimate, for a GPU. `remotezero models get NAME` gets one.", highlight=False
        )


def _table(rows: list[list[str]], width: int) -> Table:
    """The table in so many columns of text: names are whole, for they are typed; what is wanted least is left out."""
    wide = width >= WIDE
    table = Table(
        header_style="bold", box=box.HEAVY_HEAD if wide else box.SIMPLE_HEAD, padding=(0, 1 if wide else 0)
    )
    for title in TITLES[: None if wide else -1]:
        right = title in ("size", "to find", "to learn")
        table.add_column(
            title, justify="right" if right else "left", no_wrap=right or title == "model", overflow="fold"
        )
    for row in rows:
        table.add_row(*row[: len(table.columns)])
    return table


def _state(model: dict[str, Any]) -> str:
    if model.get("state") == "unfinished":
        return f"{model['have_bytes'] / max(model['size_bytes'], 1):.0%} has come"
    if "state" in model:
        return STATES[model["state"]]
    return "default" if model["default"] else "in place" if model["in_place"] else "here"


def _row(model: dict[str, Any], state: str) -> list[str]:
    licence = model["licence"] + (" (non-commercial)" if model.get("commercial") is False else "")
    whence = "@".join(part for part in (model["repository"], (model["commit"] or "")[:12]) if part)
    memory = (model["memory_bytes"], model["memory_learning_bytes"])
    sizes = [_size(number) for number in (model["size_bytes"], *memory)]
    return [escape(text) for text in (model["name"], state, sizes[0], licence, sizes[1], sizes[2], whence)]


def _size(number: int | None) -> str:
    if not number:
        return ""
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{number / 1e6:.0f} MB"


@models.command(epilog=EXIT_HELP)
def plan(
    name: Annotated[str, typer.Argument(help="A model that is here, its folder, or one of the catalogue.")],
    memory: Annotated[
        float | None,
        typer.Option(
            metavar="GB",
            help="Of a card; default: what is free on this machine.",
            min=0.1,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say how the model NAME would be used within so much memory: chips, rows, answers, checkpointing."""
    with errors_as_sentences(as_json):
        from engine.catalogue.plans import plans_json

        document = plans_json(name, memory)
        if as_json:
            print_json(document)
            return
        out = console()
        out.print(f"{name} in {document['memory']}:", highlight=False, markup=False)
        for row in document["plans"]:
            out.print(f"- {row['sentence']}", highlight=False, markup=False)


@models.command(epilog=EXIT_HELP)
def get(
    model: Annotated[
        str,
        typer.Argument(
            metavar="NAME|OWNER/REPOSITORY[@REVISION]", help="Of the catalogue, or any repository."
        ),
    ],
    token: Token = None,
    name: Name = None,
    accept_licence: Accept = False,
    as_json: Json = False,
) -> None:
    """Get a model from the hub: whole, checked, and resumed where an earlier try broke off."""
    with errors_as_sentences(as_json):
        wanted = {"model": model, "name": name, "token": _token(token)}

        def attempt(accepted: bool, tell: Callable[[str, dict[str, Any]], None]) -> dict[str, Any]:
            from engine.catalogue.getting import getting_command
            from engine.jobs.child import run_child

            opening = json.dumps({**wanted, "accept_licence": accepted})
            log_file = data_dir() / "download.log"
            log_file.write_bytes(b"")
            with interruptible() as stop:
                command = getting_command()
                try:
                    return run_child(command, tell, stop, log_file=log_file, opening=opening, work="download")
                except JobCancelledError as error:
                    raise JobCancelledError(
                        "The download was cancelled. What has come is kept, and the same command goes on with it; "
                        "`remotezero models remove NAME` throws it away."
                    ) from error

        result = _with_licence(attempt, accept_licence, as_json)
        fresh = "Ready" if result["new"] else "Here already"
        use = f'{fresh}: {result["name"]} at {result["commit"]}. `--model "{result["name"]}"` asks it.'
        _say(as_json, result, use)


@models.command(epilog=EXIT_HELP)
def add(
    folder: Annotated[Path, typer.Argument(help="A model folder, or one of the hub's cache.")],
    name: Name = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Use it where it is, and don't copy it: its disk has to stay.")
    ] = False,
    accept_licence: Accept = False,
    as_json: Json = False,
) -> None:
    """Add the model in FOLDER, without any network: copied and checked, or used where it is."""
    with errors_as_sentences(as_json):

        def attempt(accepted: bool, tell: Callable[[str, dict[str, Any]], None]) -> dict[str, Any]:
            from engine.catalogue.adding import add_model

            with interruptible() as stop:
                return add_model(
                    folder, name=name, in_place=in_place, accept_licence=accepted, tell=tell, stop=stop
                )

        result = _with_licence(attempt, accept_licence, as_json)
        how = "used where it is" if result["in_place"] else "copied"
        _say(as_json, result, f"Ready: {result['name']}, {how}: {result['folder']}")


@models.command(epilog=EXIT_HELP)
def remove(
    name: Annotated[str, typer.Argument(help="The model's name.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    as_json: Json = False,
) -> None:
    """Remove the model NAME, or what has come of it; one that is used in place keeps its files."""
    with errors_as_sentences(as_json):
        if not yes and as_json:
            raise InputError("Removing can't be undone, and --json can't ask. Give --yes.")
        if not yes and not typer.confirm(f"Remove the model {name}?"):
            raise typer.Exit
        learnt = _adapters_of(name)
        result = _remove(name)
        left = f" Its folder stays: {result['left']}" if result["left"] else ""
        if learnt:
            left += (
                f" What was learned on it stays ({count(learnt, 'adapter')}), and fits the same commit again."
            )
        _say(as_json, result, f"Removed: {name}.{left}")


def _adapters_of(name: str) -> int:
    from engine.catalogue.models import list_models

    return next((len(entry.adapters) for entry in list_models() if entry.spec.name == name), 0)


def _remove(name: str) -> dict[str, Any]:
    """Have the engine remove it where one runs, since only that knows what is in use."""
    from engine import errors
    from engine.catalogue.models import remove_model
    from engine.service.address import find_engine

    engine = find_engine()
    if engine is None:
        return remove_model(name)
    connection = http.client.HTTPConnection(engine.host, engine.port, timeout=60)
    try:
        connection.request(
            "DELETE",
            f"/v1/models/{quote(name, safe='')}",
            headers={"Authorization": f"Bearer {engine.token}"},
        )
        answer = connection.getresponse()
        document: dict[str, Any] = json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise InputError(
            f"The engine at {engine.url} runs and does not answer ({error}). Try again, or end it first."
        ) from error
    finally:
        connection.close()
    if answer.status >= 400:
        problem = document["error"]
        kind = getattr(errors, problem["type"], InputError)
        raise kind(problem["message"])
    return document


def _token(given: str | None) -> str | None:
    """The token in a file, on standard input or in HF_TOKEN; raises InputError for one on the command line."""
    from engine.remote.keys import checked_key

    if given is None:
        found = os.environ.get("HF_TOKEN", "")
    elif given == "-":
        found = sys.stdin.readline()
    else:
        found = _in_file(Path(given).expanduser())
    return checked_key(found, "The access token") if found.strip() else None


def _in_file(path: Path) -> str:
    if not path.is_file():
        raise InputError(
            "--token takes a file that holds the token, or - for standard input: everybody on this machine can "
            "read command lines. Or put the token into HF_TOKEN. If what you gave is a token, make a new one."
        )
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The token in {path} can't be read. Give a text file that you may read.") from error


Attempt = Callable[[bool, Callable[[str, dict[str, Any]], None]], dict[str, Any]]


def _with_licence(attempt: Attempt, accepted: bool, as_json: bool) -> dict[str, Any]:
    """Try; where a licence has to be accepted first, ask the user, who is there, and try again."""
    try:
        return _watched(attempt, accepted, as_json)
    except LicenceError as error:
        if as_json or not sys.stdin.isatty():
            raise
        console(stderr=True).print(f"[yellow]{escape(str(error))}[/]", highlight=False)
        if not typer.confirm("Do you accept it?"):
            raise
    return _watched(attempt, True, as_json)


def _watched(attempt: Attempt, accepted: bool, as_json: bool) -> dict[str, Any]:
    """Show what is told: sentences as lines, bytes as a bar."""
    out = console(stderr=True)
    columns = (
        TextColumn("[bold]{task.description}"), BarColumn(bar_width=32), DownloadColumn(), TransferSpeedColumn(),
        TimeRemainingColumn(compact=True),
    )  # fmt: skip
    with Progress(*columns, console=out, transient=True, disable=as_json) as bar:
        task = bar.add_task("Getting", total=None, visible=False)

        def tell(kind: str, data: dict[str, Any]) -> None:
            if kind == "progress":
                bar.update(task, completed=data["done"], total=data["total"], visible=True)
            elif kind == "log" and not as_json:
                out.print(escape(str(data.get("message", ""))), highlight=False)

        return attempt(accepted, tell)


def _say(as_json: bool, document: dict[str, Any], sentence: str) -> None:
    if as_json:
        print_json(document)
    else:
        console().print(sentence, highlight=False, markup=False)
