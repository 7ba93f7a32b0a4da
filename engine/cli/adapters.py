"""``remotezero adapters``: what was trained for a model, which of it is in use, and adapters as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from engine.cli.terminal import EXIT_HELP, console, errors_as_sentences, print_json
from engine.errors import InputError

if TYPE_CHECKING:
    from engine.catalogue.adapters import Registry

adapters = typer.Typer(
    help="List, use, export, import and delete what self-improvement has trained.",
    epilog=EXIT_HELP,
    no_args_is_help=True,
)

Model = Annotated[str | None, typer.Option(help="Name or folder of the model; the default one if left out.")]
Name = Annotated[str, typer.Argument(help="The adapter's name.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]


@adapters.command("list", epilog=EXIT_HELP)
def list_adapters(model: Model = None, as_json: Json = False) -> None:
    """List the adapters of a model, oldest first."""
    with errors_as_sentences(as_json):
        registry = _registry(model)
        current = registry.current()
        found = [manifest.as_json(current=manifest.name == current) for manifest in registry.list()]
        if as_json:
            print_json(found)
            return
        if not found:
            console().print(f"{registry.base_name} has no adapters yet: `remotezero improve` trains them.")
            return
        table = Table("adapter", "in use", "round", "trained from", "gain", "created", header_style="bold")
        for item in found:
            gain = "" if item["gain"] is None else f"{item['gain']:+.3f}"
            in_use = "yes" if item["current"] else ""
            parent = item["parent"] or registry.base_name
            table.add_row(item["name"], in_use, str(item["round"]), parent, gain, item["created"])
        console().print(table)


@adapters.command(epilog=EXIT_HELP)
def use(
    name: Annotated[str, typer.Argument(help="The adapter's name; 'none' for the model as it came.")],
    model: Model = None,
    as_json: Json = False,
) -> None:
    """Use NAME from now on, here and in QGIS; jobs that run keep the one they began with."""
    with errors_as_sentences(as_json):
        from engine.types import AdapterChoice

        registry, choice = _registry(model), AdapterChoice(name)
        registry.choose(choice)
        what = f"the adapter {choice.name}" if choice.name else "no adapter"
        _say(as_json, {"current": registry.current()}, f"{registry.base_name} runs with {what} from now on.")


@adapters.command(epilog=EXIT_HELP)
def export(
    name: Name,
    file: Annotated[Path, typer.Argument(help="The file to write, for instance winter.zip.")],
    model: Model = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file when it exists.")] = False,
    as_json: Json = False,
) -> None:
    """Write the adapter NAME to one FILE, to be imported elsewhere."""
    with errors_as_sentences(as_json):
        from engine.catalogue.archive import export_adapter

        written = export_adapter(_registry(model), name, file, overwrite=overwrite)
        _say(as_json, {"file": str(written)}, f"Written: {written}")


@adapters.command("import", epilog=EXIT_HELP)
def import_file(
    file: Annotated[Path, typer.Argument(help="A file that `remotezero adapters export` wrote.")],
    name: Annotated[str | None, typer.Option(help="Another name for it.")] = None,
    model: Model = None,
    as_json: Json = False,
) -> None:
    """Add the adapter in FILE to the model it was trained on; the one in use stays in use."""
    with errors_as_sentences(as_json):
        from engine.catalogue.archive import import_adapter

        added = import_adapter(_registry(model), file, name=name)
        sentence = f"Added: {added.name}. `remotezero adapters use {added.name}` puts it to use."
        _say(as_json, added.as_json(current=False), sentence)


@adapters.command(epilog=EXIT_HELP)
def delete(
    name: Name,
    model: Model = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    as_json: Json = False,
) -> None:
    """Remove the adapter NAME for good."""
    with errors_as_sentences(as_json):
        registry = _registry(model)
        registry.get(name)
        if not yes and as_json:
            raise InputError("Deleting can't be undone, and --json can't ask. Give --yes.")
        if not yes and not typer.confirm(f"Delete the adapter {name} of {registry.base_name} for good?"):
            raise typer.Exit
        registry.delete(name)
        _say(as_json, {"deleted": name}, f"Deleted: {name}")


def _registry(model: str | None) -> Registry:
    from engine.catalogue.adapters import open_registry
    from engine.catalogue.models import find_model

    return open_registry(find_model(model))


def _say(as_json: bool, document: dict[str, object], sentence: str) -> None:
    if as_json:
        print_json(document)
    else:
        console().print(sentence, highlight=False, markup=False)
