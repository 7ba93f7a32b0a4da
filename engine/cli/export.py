"""``remotezero export``: a result as other programs want it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.cli.options import numbers, pairs
from engine.cli.terminal import console, errors_as_sentences, interruptible, print_json, progress_bar_of
from engine.errors import InputError

if TYPE_CHECKING:
    from engine.jobs.results import Results

HELP = "For coco and yolo: "


def export(
    result: Annotated[str, typer.Argument(metavar="RESULT", help="A written result, or the id of a job.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The file to write, or for coco and yolo the new folder.")
    ],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="gpkg, geojson (RFC 7946), fgb, parquet, csv, coco or yolo; by the ending if left out.",
        ),
    ] = None,
    layer: Annotated[str | None, typer.Option(help="Layer in the written result.")] = None,
    undecided: Annotated[
        bool, typer.Option("--all", help="Take boxes without a verdict, too; rejected ones are never taken.")
    ] = False,
    min_score: Annotated[float | None, typer.Option(help="The lowest score taken, 0 to 1.")] = None,
    raster: Annotated[
        str | None, typer.Option(help=f"{HELP}the raster to cut; those named in the result if left out.")
    ] = None,
    classes: Annotated[
        str, typer.Option(help=f"{HELP}what a class is: a box's label, or the query that found it.")
    ] = "label",
    bands: Annotated[str | None, typer.Option(help=f"{HELP}bands to show as red,green,blue.")] = None,
    stretch: Annotated[str | None, typer.Option(help=f"{HELP}min,max of the picture's values.")] = None,
    gsd_of_raster: Annotated[
        float | None, typer.Option(metavar="M", help=f"{HELP}metres per pixel, where the CRS can't tell.")
    ] = None,
    chips: Annotated[bool, typer.Option(help=f"{HELP}cut pictures.")] = True,
    chip: Annotated[int, typer.Option(metavar="PX", help=f"{HELP}side of a picture.")] = 640,
    gsd: Annotated[float | None, typer.Option(help=f"{HELP}metres per pixel of the pictures.")] = None,
    empty: Annotated[bool, typer.Option("--empty", help=f"{HELP}also cut where no box is.")] = False,
    picture: Annotated[str, typer.Option(help=f"{HELP}jpg or png.")] = "jpg",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file when it exists.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")] = False,
) -> None:
    """Write RESULT for other programs: accepted boxes only, where some were judged.

    Beside the output comes NAME.provenance.json: which model found the boxes in which raster, and hashes.
    """
    with errors_as_sentences(as_json):
        values = {
            **_source(result, layer),
            "output": str(output),
            "format": format_,
            "undecided": undecided,
            "min_score": min_score,
            "raster": raster,
            "classes": classes,
            "bands": numbers(bands, "--bands", int),
            "stretch": pairs(stretch),
            "gsd_src_m": gsd_of_raster,
            "chips": chips,
            "chip_px": chip,
            "gsd_m": gsd,
            "empty": empty,
            "picture": picture,
            "overwrite": overwrite,
        }
        done = _export_here(values)
        if as_json:
            print_json(done)
            return
        _show(done)


def _source(result: str, layer: str | None) -> dict[str, Any]:
    from engine.paths import store_file

    if Path(result).exists():
        return {"vector": result, "layer": layer}
    if not (store_file().exists() and result.isalnum()):
        raise InputError(
            f"There is no file {result}, and it is no job's id either: give a written result, or a job that QGIS lists "
            "among the earlier runs."
        )
    return {"job": result}


def _export_here(values: dict[str, Any]) -> dict[str, Any]:
    from engine.export.run import export as export_boxes
    from engine.jobs.exports import from_job
    from engine.wire import ExportRequest, checked

    asked = checked(ExportRequest, values)
    known = None
    if asked.job is not None:
        with _kept_results() as results:
            known = from_job(results, asked)
    with interruptible() as stop, progress_bar_of("pictures", "Cutting", "Reading") as watch:
        return export_boxes(asked, known, watch, stop)


@contextmanager
def _kept_results() -> Iterator[Results]:
    """The results that the engine of this user keeps, whether it runs or not."""
    from engine.jobs.database import Database
    from engine.jobs.results import Results
    from engine.jobs.store import Store
    from engine.paths import store_file

    database = Database(store_file())
    try:
        yield Results(Store(database))
    finally:
        database.close()


def _show(done: dict[str, Any]) -> None:
    out = console()
    left = {
        "rejected": done["rejected"],
        "without a verdict": done["undecided"],
        "below the lowest score": done["below"],
    }
    said = ", ".join(f"{count} {why}" for why, count in left.items() if count)
    out.print(f"{done['features']} boxes exported{f'; left out: {said}' if said else ''}.", highlight=False)
    if "annotations" in done:
        out.print(f"{done['pictures']} pictures with {done['annotations']} boxes.", highlight=False)
    for note in done["warnings"]:
        out.print(f"Note: {note}", highlight=False, markup=False)
    out.print(f"Written: {done['output']} and {done['provenance']}", highlight=False, markup=False)
