"""``remotezero scan``: one question asked of every scene of an archive, or what that would take."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from engine.cli.options import (
    Adapter,
    Asset,
    Bands,
    Box,
    Cloud,
    End,
    Json,
    Margin,
    Model,
    Start,
    Stretch,
    numbers,
    pairs,
    scenes_wanted,
    whole_path,
)
from engine.cli.terminal import (
    console,
    errors_as_sentences,
    interruptible,
    print_json,
    progress_bar_of,
    show_pairs,
)
from engine.counting import count
from engine.errors import InputError
from engine.limits import check_limits

Source = Annotated[
    str,
    typer.Argument(
        help="A folder, a pattern, a list, a .vrt, a GeoParquet of STAC items, or a STAC catalogue."
    ),
]
Asked = Annotated[list[str], typer.Argument(metavar="QUERY...", help="What to look for, in your words.")]
Folder = Annotated[
    Path,
    typer.Option("-o", "--output", help="Folder of the results; an unfinished scan in it is gone on with."),
]
Limit = Annotated[int | None, typer.Option(help="At most so many scenes, the first by id.")]
Engine = Annotated[
    str | None,
    typer.Option("--engine", metavar="URL", help="A model server does the work: http://host:8000/v1#model."),
]
Workers = Annotated[
    int | None, typer.Option(help="Processes with a model; one a GPU, or one for every --cores, if left out.")
]
Cores = Annotated[int, typer.Option(help="Cores of one worker, where there is no GPU.")]
Price = Annotated[float | None, typer.Option(metavar="SUM", help="What an hour of this hardware costs.")]
Ray = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help="A Ray cluster that runs already: auto, or host:port."),
]
Dashboard = Annotated[bool, typer.Option("--dashboard", help="Start Ray's dashboard on loopback.")]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Say what it would take: windows, bytes, hours, cost. Asks no model."),
]
Rate = Annotated[
    float | None,
    typer.Option(
        metavar="N", help="With --dry-run: questions a second of one worker, in place of what was measured."
    ),
]
Net = Annotated[
    bool,
    typer.Option("--allow-network", help="Let source and scenes lead to the network; refused otherwise."),
]


def scan(
    source: Source, queries: Asked, output: Folder, bbox: Box = None, start: Start = None, end: End = None,
    cloud: Cloud = None, asset: Asset = None, limit: Limit = None, model: Model = None, adapter: Adapter = None,
    engine: Engine = None, bands: Bands = None, stretch: Stretch = None, margin: Margin = 0.25,
    zoom: Annotated[str, typer.Option(help="auto, overview (whole view at once) or detail.")] = "auto",
    gsd: Annotated[float | None, typer.Option(help="Metres per pixel to search at in detail.")] = None,
    overlap: Annotated[float, typer.Option(help="Share of a window that its neighbour repeats.")] = 0.2,
    veto: Annotated[bool, typer.Option(help="Let the verifier skip windows that look empty.")] = True,
    workers: Workers = None, cores: Cores = 1, price_per_hour: Price = None, cluster: Ray = None,
    dashboard: Dashboard = False, dry_run: DryRun = False, rate: Rate = None, allow_network: Net = False,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Ask the same of every scene of an archive; started again, it goes on where it was broken off."""
    with errors_as_sentences(as_json):
        if engine is not None and model is not None:
            raise InputError("--engine and --model both say which model is asked. Give one of them.")
        values = {
            "source": whole_path(source), "queries": queries, "output": str(output.absolute()),
            **scenes_wanted(bbox, start, end, cloud, asset), "limit": limit, "model": engine or model,
            "adapter": adapter, "bands": numbers(bands, "--bands", int), "stretch": pairs(stretch),
            "margin": margin, "zoom": zoom, "gsd_m": gsd, "overlap": overlap, "veto": veto, "workers": workers,
            "cores": cores, "price_per_hour": price_per_hour, "cluster": cluster, "dashboard": dashboard,
            "allow_network": allow_network,
        }  # fmt: skip
        check_limits()
        result = _run({**values, "dry_run": dry_run, "rate": rate}, as_json)
        if as_json:
            print_json(result)
        elif dry_run:
            show_pairs("What it would take", result)
        else:
            _show(result)


def _run(values: dict[str, Any], as_json: bool) -> dict[str, Any]:
    from engine.jobs.child import run_child, scanning_command, write_request
    from engine.jobs.precheck import precheck
    from engine.remote.keys import KEYS
    from engine.scan.request import KEPT, ScanRequest
    from engine.wire import checked

    checked(ScanRequest, values)
    precheck("scan", values)
    with tempfile.TemporaryDirectory(prefix="remotezero-") as place, interruptible() as stop:
        folder = Path(place)
        command, log_file = scanning_command(write_request(folder, values)), folder / "scan.log"
        with progress_bar_of("windows", "Scanning", "Starting") as bar:

            def tell(kind: str, data: dict[str, Any]) -> None:
                if kind == "progress":
                    bar(data["done"], data["total"] or 0)
                    _say(progress_line(data), as_json)
                elif kind == "log":
                    _say(str(data.get("message", "")), as_json)

            opening = KEYS.as_line()
            return run_child(command, tell, stop, log_file=log_file, opening=opening, work="scan", kept=KEPT)


def progress_line(data: dict[str, Any]) -> str:
    """How far a scan is, as one line."""
    failed = f" ({data['scenes_failed']} failed)" if data["scenes_failed"] else ""
    parts = [
        f"{data['scenes_done']:,} of {count(data['scenes'], 'scene')}{failed}",
        f"{count(data['done'], 'window')}, {data['windows_per_second']:.2f} a second",
    ]
    if data["seconds_left"] is not None:
        parts.append(f"{duration(data['seconds_left'])} left")
    if data["cost"] is not None:
        more = "" if data["cost_left"] is None else f", {data['cost_left']:.2f} to come"
        parts.append(f"cost {data['cost']:.2f}{more}")
    if data["dashboard"]:
        parts.append(str(data["dashboard"]))
    return "; ".join(parts)


def duration(seconds: float) -> str:
    """Seconds as people say them."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _say(line: str, as_json: bool) -> None:
    if not as_json:
        console(stderr=True).print(line, highlight=False, markup=False)


def _show(result: dict[str, Any]) -> None:
    out = console()
    seconds = result["seconds"]
    out.print(
        f"{count(result['scenes'], 'scene')} searched, {result['failed']} failed; "
        f"{count(result['windows'], 'window')}; {count(result['sightings'], 'box', 'boxes')} "
        f"of {count(result['found'], 'thing')}.",
        highlight=False,
    )
    cost = "" if result["cost"] is None else f", cost {result['cost']:.2f}"
    out.print(
        f"{duration(seconds['total'])} now, of which {duration(seconds['model'])} in the model{cost}.",
        highlight=False,
    )
    for warning in result["warnings"]:
        out.print(f"[yellow]Note:[/] {escape(warning)}", highlight=False)
    for name in ("package", "map", "output"):
        out.print(f"Written: {result[name]}", highlight=False, markup=False)
