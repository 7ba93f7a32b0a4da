"""``remotezero improve``: learning from rasters that nobody labelled, or what a run of it would take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.cli.options import (
    Adapter,
    Asset,
    Box,
    Cloud,
    End,
    Json,
    Model,
    Network,
    Rasters,
    Start,
    TrainingSet,
    scenes_wanted,
)
from engine.cli.terminal import errors_as_sentences, print_json
from engine.limits import check_limits


def improve(
    rasters: Rasters = None,
    bbox: Box = None,
    start: Start = None,
    end: End = None,
    cloud: Cloud = None,
    asset: Asset = None,
    dataset: TrainingSet = None,
    queries: Annotated[
        Path | None, typer.Option(help="Text file, one query a line; proposed if left out.")
    ] = None,
    rounds: Annotated[int, typer.Option(help="At most so many rounds.")] = 3,
    minutes: Annotated[float, typer.Option(help="At most so many minutes, checks included.")] = 60.0,
    plan: Annotated[bool, typer.Option("--plan", help="Only say what the run would take.")] = False,
    gsd: Annotated[float | None, typer.Option(help="Metres per pixel to train at.")] = None,
    recipe: Annotated[
        str, typer.Option(help="ours, or paper: the authors' own setting as far as it is published.")
    ] = "ours",
    none_loss: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="Share of right “none” answers, where nothing is, that a round may lose: 0.03 is three points, 0 is "
            "none. Left out: what the gate usually allows.",
        ),
    ] = None,
    model: Model = None,
    adapter: Adapter = None,
    verifier: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="A second model that scores in place of the learning one: on a server, or in a folder.",
        ),
    ] = None,
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
    gpus: Annotated[int, typer.Option(help="So many GPUs share the learning.")] = 1,
    allow_network: Network = False,
    as_json: Json = False,
) -> None:
    """Train an adapter on RASTER, or on a labelled set, without labels; it is kept only if it proves better."""
    with errors_as_sentences(as_json):
        check_limits()
        from engine.cli.learning import improve_here, improve_request, show_improved
        from engine.jobs.precheck import half_known, precheck

        chosen = {"rounds": rounds, "minutes": minutes, "gsd_m": gsd, "model": model, "adapter": adapter}
        chosen |= scenes_wanted(bbox, start, end, cloud, asset)
        chosen["allow_network"] = allow_network or None
        chosen |= {"recipe": None if recipe == "ours" else recipe, "gpus": None if gpus == 1 else gpus}
        chosen |= {"only": "plan" if plan else None, "none_loss": none_loss, "external_verifier": verifier}
        named = {name: value for name, value in chosen.items() if value is not None}
        request = {**named, **improve_request(rasters or [], queries, settings, verdicts or [], dataset)}
        precheck("improve", request)
        result = improve_here(request, quiet=as_json)
        result["warnings"] = [*result.get("warnings", ()), *half_known(request)]
        print_json(result) if as_json else show_improved(result)
