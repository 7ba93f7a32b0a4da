"""``remotezero``: the command line. Anything slow to import is imported by the command that needs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from engine import __version__
from engine.cli.adapters import adapters
from engine.cli.evaluate import evaluate
from engine.cli.export import export
from engine.cli.models import models
from engine.cli.options import (
    Adapter,
    Json,
    Model,
    Network,
)
from engine.cli.searching import compare, locate, verify
from engine.cli.terminal import (
    EXIT_HELP,
    errors_as_sentences,
    print_json,
    show_pairs,
    unexpected,
)
from engine.errors import InputError
from engine.limits import check_limits

app = typer.Typer(
    help="Find what a sentence describes in remote sensing imagery, with a score for every box.",
    epilog=EXIT_HELP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(adapters, name="adapters")
app.command(epilog=EXIT_HELP)(locate)
app.command(epilog=EXIT_HELP)(verify)
app.command(epilog=EXIT_HELP)(compare)
app.command(epilog=EXIT_HELP)(export)
app.command(epilog=EXIT_HELP)(evaluate)
app.add_typer(models, name="models")


def main() -> None:
    """Run the command line; an error nobody foresaw ends in one sentence, too."""
    sys.excepthook = unexpected
    typer.main.get_command(app)(prog_name="remotezero")


@app.callback(invoke_without_command=True)
def _about(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        sys.stdout.write(f"remotezero {__version__}\n")
        raise typer.Exit


@app.command(epilog=EXIT_HELP)
def improve(
    rasters: Annotated[list[str], typer.Argument(metavar="RASTER...", help="Rasters to learn from.")],
    queries: Annotated[
        Path | None, typer.Option(help="Text file, one query a line; proposed if left out.")
    ] = None,
    rounds: Annotated[int, typer.Option(help="At most so many rounds.")] = 3,
    minutes: Annotated[float, typer.Option(help="At most so many minutes of training.")] = 60.0,
    gsd: Annotated[float | None, typer.Option(help="Metres per pixel to train at.")] = None,
    recipe: Annotated[
        str, typer.Option(help="ours, or paper: the authors' own setting as far as it is published.")
    ] = "ours",
    model: Model = None,
    adapter: Adapter = None,
    verdicts: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="Result whose accepted and rejected boxes may be used; several times for several.",
        ),
    ] = None,
    settings: Annotated[
        Path | None,
        typer.Option(help="JSON file with more settings of the trainer (knobs, boxes...), or a recipe."),
    ] = None,
    allow_network: Network = False,
    as_json: Json = False,
) -> None:
    """Train an adapter on RASTER without labels; it is kept only if it proves better."""
    with errors_as_sentences(as_json):
        check_limits()
        from engine.cli.local import improve_here, improve_request
        from engine.jobs.precheck import half_known, precheck

        chosen = {"rounds": rounds, "minutes": minutes, "gsd_m": gsd, "model": model, "adapter": adapter}
        chosen["allow_network"] = allow_network or None
        chosen["recipe"] = None if recipe == "ours" else recipe
        named = {name: value for name, value in chosen.items() if value is not None}
        request = {**named, **improve_request(rasters, queries, settings, verdicts or [])}
        precheck("improve", request)
        result = improve_here(request, quiet=as_json)
        result["warnings"] = [*result.get("warnings", ()), *half_known(request)]
        print_json(result) if as_json else show_pairs("Result", result)


@app.command(epilog=EXIT_HELP)
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 for a free one.")] = 0,
    name: Annotated[list[str] | None, typer.Option(help="A further host name that clients use.")] = None,
    stay: Annotated[bool, typer.Option("--stay", help="Keep serving when no client is left.")] = False,
    idle_minutes: Annotated[
        float, typer.Option(min=0.0, help="Free the model after this long without a job.")
    ] = 10,
    as_json: Json = False,
) -> None:
    """Be the engine for QGIS and other clients; when one runs already, say where."""
    with errors_as_sentences(as_json):
        if not 0 <= port <= 65535:
            raise InputError(f"--port is {port}: give a number from 0 (any free port) to 65535.")
        check_limits()
        from engine.catalogue.models import models_json
        from engine.jobs.precheck import precheck
        from engine.jobs.runs import run_job
        from engine.model.serving import load_outliner, load_served
        from engine.service.address import EngineAddress
        from engine.service.runtime import ServeOptions
        from engine.service.runtime import serve as be_engine

        def announce(address: EngineAddress, here: bool) -> None:
            from engine.paths import runtime_file

            about = {
                "url": address.url,
                "pid": address.pid,
                "runtime_file": str(runtime_file()),
                "started": here,
            }
            if as_json:
                print_json(about)
            else:
                what = "The engine listens" if here else "An engine is there already"
                sys.stdout.write(
                    f"{what}: {address.url} (process {address.pid}), token in {runtime_file()}\n"
                )
            sys.stdout.flush()

        os.umask(0o077)  # requests, crops and adapters are nobody else's business, whoever made the folder
        options = ServeOptions(
            host=host, port=port, names=tuple(name or ()), stay=stay, idle_s=60.0 * idle_minutes
        )
        be_engine(
            load_served,
            run_job,
            options,
            models=models_json,
            check=precheck,
            load_outliner=load_outliner,
            announce=announce,
        )


@app.command(epilog=EXIT_HELP)
def doctor(as_json: Json = False) -> None:
    """Report versions, GPU, memory, disk and models, with nothing in it that says whose machine it is."""
    with errors_as_sentences(as_json):
        from engine.cli.doctor import diagnose

        report = diagnose()
        print_json(report) if as_json else show_pairs("RemoteZero doctor", report)
