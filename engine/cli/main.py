"""``remotezero``: the command line. Anything slow to import is imported by the command that needs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from engine import __version__
from engine.cli.adapters import adapters
from engine.cli.evaluate import evaluate
from engine.cli.export import export
from engine.cli.improve import improve
from engine.cli.models import models
from engine.cli.options import (
    Adapter,
    Bands,
    ByCamera,
    CameraHeight,
    Json,
    Margin,
    Model,
    Network,
    Outline,
    OutlineModel,
    Output,
    Overwrite,
    Preview,
    RasterPath,
    Rfc7946,
    Scorer,
    ScorerAdapter,
    Square,
    Stretch,
    Tolerance,
    area_geometry,
    numbers,
    pairs,
)
from engine.cli.scan import scan
from engine.cli.streams import standing
from engine.cli.terminal import (
    EXIT_HELP,
    errors_as_sentences,
    print_json,
    progress_bar,
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
app.add_typer(models, name="models")


def main() -> None:
    """Run the command line; an error nobody foresaw ends in one sentence, too."""
    sys.excepthook = unexpected
    with standing():
        typer.main.get_command(app)(prog_name="remotezero")


@app.callback(invoke_without_command=True)
def _about(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        sys.stdout.write(f"remotezero {__version__}\n")
        raise typer.Exit


@app.command(epilog=EXIT_HELP)
def locate(
    raster: RasterPath,
    queries: Annotated[
        list[str], typer.Argument(metavar="QUERY...", help="What to look for, in your words.")
    ],
    output: Output = None,
    zoom: Annotated[str, typer.Option(help="auto, overview (whole view at once) or detail.")] = "auto",
    gsd: Annotated[float | None, typer.Option(help="Metres per pixel to search at in detail.")] = None,
    gsd_of_raster: Annotated[
        float | None, typer.Option(metavar="M", help="Metres per pixel of RASTER, where its CRS can't tell.")
    ] = None,
    bands: Bands = None,
    stretch: Stretch = None,
    area: Annotated[
        str | None, typer.Option(help="xmin,ymin,xmax,ymax in the raster's CRS, or a file of polygons.")
    ] = None,
    model: Model = None,
    adapter: Adapter = None,
    verifier: Scorer = None,
    verifier_adapter: ScorerAdapter = None,
    by_camera: ByCamera = False,
    camera_height: CameraHeight = None,
    veto: Annotated[bool, typer.Option(help="Skip windows that look empty to the model.")] = True,
    overlap: Annotated[float, typer.Option(help="Share of a window that its neighbour repeats.")] = 0.2,
    margin: Margin = 0.25,
    outline: Outline = False,
    outline_model: OutlineModel = None,
    outline_tolerance: Tolerance = None,
    outline_square: Square = False,
    allow_network: Network = False,
    rfc7946: Rfc7946 = False,
    overwrite: Overwrite = False,
    as_json: Json = False,
    preview: Preview = None,
) -> None:
    """Find what QUERY describes in RASTER: boxes with scores, best first."""
    with errors_as_sentences(as_json):
        request = {
            "raster": raster,
            "queries": queries,
            "zoom": zoom,
            "gsd_m": gsd,
            "gsd_src_m": gsd_of_raster,
            "bands": numbers(bands, "--bands", int),
            "stretch": pairs(stretch),
            "area_crs": area_geometry(area, raster, allow_network=allow_network),
            "model": model,
            "adapter": adapter,
            "verifier": verifier,
            "verifier_adapter": verifier_adapter,
            "by_camera": by_camera or camera_height is not None,
            "camera_height_m": camera_height,
            "veto": veto,
            "overlap": overlap,
            "margin": margin,
            "outline": outline_model or outline or outline_square or outline_tolerance is not None,
            "outline_tolerance_m": outline_tolerance,
            "outline_square": outline_square,
            "allow_network": allow_network,
        }
        target = (output, preview, overwrite, rfc7946)
        _run("locate", request, target, as_json, [area] if area else [])


@app.command(epilog=EXIT_HELP)
def verify(
    raster: RasterPath,
    vector: Annotated[str, typer.Argument(help="A vector file with polygons.")],
    query: Annotated[str, typer.Argument(help="What each polygon should show.")],
    output: Output = None,
    layer: Annotated[str | None, typer.Option(help="Layer in the vector file.")] = None,
    bands: Bands = None,
    stretch: Stretch = None,
    model: Model = None,
    adapter: Adapter = None,
    margin: Margin = 0.25,
    outline: Outline = False,
    outline_model: OutlineModel = None,
    outline_tolerance: Tolerance = None,
    outline_square: Square = False,
    allow_network: Network = False,
    rfc7946: Rfc7946 = False,
    overwrite: Overwrite = False,
    as_json: Json = False,
    preview: Preview = None,
) -> None:
    """Score the polygons of VECTOR against QUERY, on the pixels of RASTER."""
    with errors_as_sentences(as_json):
        request = {
            "raster": raster,
            "vector": vector,
            "layer": layer,
            "query": query,
            "bands": numbers(bands, "--bands", int),
            "stretch": pairs(stretch),
            "model": model,
            "adapter": adapter,
            "margin": margin,
            "outline": outline_model or outline or outline_square or outline_tolerance is not None,
            "outline_tolerance_m": outline_tolerance,
            "outline_square": outline_square,
            "allow_network": allow_network,
        }
        _run("verify", request, (output, preview, overwrite, rfc7946), as_json, [])


@app.command(epilog=EXIT_HELP)
def compare(
    before: Annotated[str, typer.Argument(help="The raster of the earlier date.")],
    after: Annotated[str, typer.Argument(help="The raster of the later date; results are in its CRS.")],
    queries: Annotated[
        list[str], typer.Argument(metavar="QUERY...", help="What to look for, in your words.")
    ],
    output: Output = None,
    tolerance: Annotated[
        float | None,
        typer.Option(
            metavar="M",
            help="Metres that one object may be apart; 5, or two pixels of the coarser raster, if left out.",
        ),
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(help="The score that counts as yes, 0 to 1; the model's own if left out.")
    ] = None,
    zoom: Annotated[str, typer.Option(help="auto, overview (whole view at once) or detail.")] = "auto",
    gsd: Annotated[float | None, typer.Option(help="Metres per pixel to search both at in detail.")] = None,
    gsd_of_raster: Annotated[
        float | None, typer.Option(metavar="M", help="Metres per pixel of AFTER, where its CRS can't tell.")
    ] = None,
    gsd_of_before: Annotated[
        float | None, typer.Option(metavar="M", help="Metres per pixel of BEFORE, where its CRS can't tell.")
    ] = None,
    bands: Bands = None,
    stretch: Stretch = None,
    before_bands: Annotated[str | None, typer.Option(help="The same of BEFORE.")] = None,
    before_stretch: Annotated[str | None, typer.Option(help="The same of BEFORE.")] = None,
    area: Annotated[
        str | None, typer.Option(help="xmin,ymin,xmax,ymax in AFTER's CRS, or a file of polygons.")
    ] = None,
    model: Model = None,
    adapter: Adapter = None,
    verifier: Scorer = None,
    verifier_adapter: ScorerAdapter = None,
    veto: Annotated[bool, typer.Option(help="Skip windows that look empty to the model.")] = True,
    overlap: Annotated[float, typer.Option(help="Share of a window that its neighbour repeats.")] = 0.2,
    margin: Margin = 0.25,
    allow_network: Network = False,
    rfc7946: Rfc7946 = False,
    overwrite: Overwrite = False,
    as_json: Json = False,
    preview: Preview = None,
) -> None:
    """Find what is new, gone and unchanged of QUERY between two rasters of the same place."""
    with errors_as_sentences(as_json):
        request = {
            "before": before,
            "raster": after,
            "queries": queries,
            "tolerance_m": tolerance,
            "threshold": threshold,
            "zoom": zoom,
            "gsd_m": gsd,
            "gsd_src_m": gsd_of_raster,
            "before_gsd_src_m": gsd_of_before,
            "bands": numbers(bands, "--bands", int),
            "stretch": pairs(stretch),
            "before_bands": numbers(before_bands, "--before-bands", int),
            "before_stretch": pairs(before_stretch),
            "area_crs": area_geometry(area, after, allow_network=allow_network),
            "model": model,
            "adapter": adapter,
            "verifier": verifier,
            "verifier_adapter": verifier_adapter,
            "veto": veto,
            "overlap": overlap,
            "margin": margin,
            "allow_network": allow_network,
        }
        target = (output, preview, overwrite, rfc7946)
        _run("compare", request, target, as_json, [area] if area else [])


for command in (scan, export, improve, evaluate):
    app.command(epilog=EXIT_HELP)(command)


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
def doctor(
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Say as well how this model fits into the memory.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Report versions, GPU, memory, disk and models, with nothing in it that says whose machine it is."""
    with errors_as_sentences(as_json):
        from engine.cli.doctor import diagnose

        report = diagnose(model)
        print_json(report) if as_json else show_pairs("RemoteZero doctor", report)


Where = tuple[Path | None, Path | None, bool, bool]


def _run(kind: str, request: dict[str, Any], where: Where, as_json: bool, others: list[str]) -> None:
    """Check all there is to check before the model is loaded, run the job, write and show what it found.

    ``where`` is output, preview, and whether to overwrite and to follow RFC 7946. ``others`` are files that are
    read beside raster and vector, and may not be replaced either.
    """
    check_limits()
    from engine.cli.local import Target, run_here, tell
    from engine.jobs.precheck import precheck
    from engine.model.serving import load_outliner, load_served
    from engine.wire import SEARCHES, checked

    checked(SEARCHES[kind], request)
    target = Target(*where)
    precheck(kind, request)
    target.check(kind, request, others)
    work = {"locate": "windows", "verify": "polygons", "compare": "windows and looks"}[kind]
    with progress_bar(f"{work} and outlines" if request.get("outline") else work) as watch:
        outcome = run_here(kind, request, load_served, watch, load_outliner)
    tell(request, outcome, target, as_json=as_json)
