"""``remotezero evaluate``: a model measured against known boxes, in a process of its own."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from engine.cli.options import Adapter, Bands, Json, Model, Scorer, ScorerAdapter, Stretch, numbers, pairs
from engine.cli.terminal import console, errors_as_sentences, interruptible, print_json, progress_bar_of
from engine.errors import InputError, JobCancelledError

ROWS = 40

Set = Annotated[str | None, typer.Argument(metavar="[DATASET]", help="Folder of a labelled set.")]
Layout = Annotated[
    str | None,
    typer.Option(
        help="earthreason, vrsbench, dior-rsvg, rrsis-d, geobench-vlm, coco, dota, yolo or jsonl; told by its files "
        "if left out."
    ),
]
Split = Annotated[str | None, typer.Option(help="The part of it; the field's usual one if left out.")]
OfRaster = Annotated[str | None, typer.Option(help="Instead of a set: a raster with reference boxes.")]
Vector = Annotated[str | None, typer.Option(help="The layer of its reference boxes.")]
Layer = Annotated[str | None, typer.Option(help="Layer in the vector file.")]
Asked = Annotated[str | None, typer.Option(help="What the reference boxes show.")]
Column = Annotated[str | None, typer.Option(help="The column that says what each one shows.")]
Predictions = Annotated[
    str | None,
    typer.Option(help="Answers of another program: COCO results (.json), or lines of JSON (.jsonl)."),
]
Family = Annotated[str | None, typer.Option(help="The model family in whose space raw answers of it are.")]
Folder = Annotated[
    str | None, typer.Option("-o", "--output", help="Folder of the reports; an unfinished run goes on.")
]
Against = Annotated[str | None, typer.Option(help="Folder of an earlier run to compare with.")]
Limit = Annotated[int | None, typer.Option(help="At most so many questions, drawn by the seed.")]
Seed = Annotated[int | None, typer.Option(help="Of everything that is drawn.")]
By = Annotated[
    list[str] | None, typer.Option(help="A table by this: kind, size, type, language, scene-type…")
]
Zooming = Annotated[str | None, typer.Option(help="overview (the whole picture at once), detail, auto.")]
Around = Annotated[
    float | None, typer.Option(help="Context round a box that the verifier sees, in box sides.")
]
Veto = Annotated[bool | None, typer.Option(help="Let the verifier skip windows that look empty.")]
Wording = Annotated[str | None, typer.Option(help="How a kind is asked for, with {kind} or {kinds} in it.")]
Wordings = Annotated[
    Path | None, typer.Option(help='TOML file: kind = "its question", where the wording is not right.')
]
Absent = Annotated[int | None, typer.Option(help="Ask of each picture so many kinds that it lacks.")]
Metres = Annotated[
    float | None, typer.Option(metavar="M", help="Metres per pixel of the raster, where its CRS can't tell.")
]
Rendered = Annotated[str | None, typer.Option(help="as-is, amplitude, db, speckle (filtered) or grey.")]
CropPx = Annotated[int | None, typer.Option(help="Side of the verifier's crops.")]
Degrade = Annotated[
    float | None, typer.Option(metavar="SHARE", help="Replace this share of the scores by chance.")
]
Sweep = Annotated[
    str | None,
    typer.Option(metavar="NAME=V,V…", help="One run a value: alpha, lambda, tau, crop-px, zoom, question…"),
]
Empty = Annotated[str | None, typer.Option(help="No target, nothing shown: IoU one, zero, or skip it.")]
WhichBoxes = Annotated[str | None, typer.Option(help="whole (one rectangle round all) or each.")]
Taken = Annotated[str | None, typer.Option(help="best (one box) or all.")]
Strict = Annotated[bool | None, typer.Option(help="A hit is above the threshold, not equal.")]
ShownFrom = Annotated[float | None, typer.Option(help="The lowest score of a shown box.")]
MaxBoxes = Annotated[int | None, typer.Option(help="Boxes of a picture that average precision counts.")]
Probe = Annotated[bool | None, typer.Option(help="Ask the verifier about true boxes, for its AUROC.")]
Draws = Annotated[int | None, typer.Option(help="How often scenes are drawn for the intervals.")]
Recipe = Annotated[
    Path | None, typer.Option(help="TOML file with these options; what is given here goes before it.")
]
Train = Annotated[
    bool,
    typer.Option(
        "--train", help="First learn as the recipe's part [train] says, from the set's training split."
    ),
]


def evaluate(
    dataset: Set = None, layout: Layout = None, split: Split = None, raster: OfRaster = None, vector: Vector = None,
    layer: Layer = None, query: Asked = None, query_column: Column = None, model: Model = None,
    adapter: Adapter = None, verifier: Scorer = None, verifier_adapter: ScorerAdapter = None,
    predictions: Predictions = None, family: Family = None, output: Folder = None, against: Against = None,
    limit: Limit = None, seed: Seed = None, by: By = None, zoom: Zooming = None, margin: Around = None,
    veto: Veto = None, question: Wording = None, questions: Wordings = None, absent: Absent = None,
    bands: Bands = None, stretch: Stretch = None, gsd_of_raster: Metres = None, rendering: Rendered = None,
    crop_px: CropPx = None, degrade_verifier: Degrade = None, sweep: Sweep = None, empty: Empty = None,
    boxes: WhichBoxes = None, taken: Taken = None, strict: Strict = None, shown_from: ShownFrom = None,
    max_boxes: MaxBoxes = None, probe: Probe = None, draws: Draws = None, recipe: Recipe = None,
    train: Train = False, as_json: Json = False,
) -> None:  # fmt: skip
    """Measure a model on DATASET, or on the reference boxes of a raster: figures, intervals, pictures."""
    with errors_as_sentences(as_json):
        given = {
            "dataset": dataset, "layout": layout, "split": split, "raster": raster, "vector": vector, "layer": layer,
            "query": query, "query_column": query_column, "model": model, "adapter": adapter, "verifier": verifier,
            "verifier_adapter": verifier_adapter, "predictions": predictions, "family": family, "output": output,
            "against": against, "limit": limit, "seed": seed, "by": by or None, "zoom": zoom, "margin": margin,
            "veto": veto, "question": question, "questions": _toml(questions) if questions else None,
            "absent": absent, "bands": numbers(bands, "--bands", int), "stretch": pairs(stretch),
            "gsd_src_m": gsd_of_raster, "rendering": rendering, "crop_px": crop_px,
            "degrade_verifier": degrade_verifier, "sweep": sweep, "probe": probe, "draws": draws,
        }  # fmt: skip
        chosen = {
            "empty": empty, "boxes": boxes, "taken": taken, "strict": strict, "shown_from": shown_from,
            "max_boxes": max_boxes,
        }  # fmt: skip
        values = _request(given, chosen, recipe)
        if train:
            values |= _trained(values, recipe, quiet=as_json)
        report = _run(values, quiet=as_json)
        if as_json:
            print_json(report)
            return
        _show(report)


def _request(given: dict[str, Any], chosen: dict[str, Any], recipe: Path | None) -> dict[str, Any]:
    """What was given, over what the recipe says."""
    said = _recipe(recipe) if recipe else {}
    conventions = {**said.pop("conventions", {}), **{n: v for n, v in chosen.items() if v is not None}}
    values = {**said, **{name: value for name, value in given.items() if value is not None}}
    return {**values, **({"conventions": conventions} if conventions else {})}


def _recipe(path: Path) -> dict[str, Any]:
    """The part ``evaluate`` of a recipe; the rest of it is for people."""
    document = _toml(path)
    said = document.get("evaluate")
    if not isinstance(said, dict):
        raise InputError(f"The recipe {path} has no part [evaluate]. See docs/benchmark.md.")
    return dict(said)


def _trained(values: dict[str, Any], recipe: Path | None, *, quiet: bool) -> dict[str, Any]:
    """Learn as a recipe says, and return the options by which its adapters are measured.

    What was learned before in the same folder is not learned again. ``current`` stays where it is.

    Raises:
        InputError: there is nothing that says how to learn, or no folder to keep it in.
        JobCancelledError: the user interrupted it; it goes on where it stopped.
    """
    from engine.cli.learning import improve_here, improve_request, read_settings
    from engine.types import NO_ADAPTER

    if recipe is None or "train" not in _toml(recipe):
        raise InputError("--train learns as a recipe's part [train] says. Give one that has it: --recipe.")
    if values.get("output") is None:
        raise InputError("--train keeps what it learns in the folder of the reports. Name one: --output.")
    said = read_settings(recipe)
    dataset = None if said.get("rasters") else values.get("dataset")
    request = {**improve_request((), None, None, (), dataset), **said}
    request |= {name: values[name] for name in ("model", "layout") if values.get(name) is not None}
    if dataset is None:
        request.pop("layout", None)
    folder = Path(values["output"]) / "training"
    result = improve_here({**request, "run_dir": str(folder), "promote": False}, quiet=quiet)
    if result["cancelled"]:
        raise JobCancelledError("Learning was cancelled. The same command goes on where it stopped.")
    learned = [one["adapter"] for one in result["rounds"] if one["adapter"] is not None]
    if not learned and not quiet:
        told = f"No round was kept, so the model is measured as it came. {result['reason']}"
        console(stderr=True).print(told, highlight=False, markup=False)
    if str(values.get("sweep", "")).startswith("adapter="):
        return {"sweep": f"adapter={','.join([NO_ADAPTER.text, *learned])}"}
    return {"adapter": learned[-1] if learned else NO_ADAPTER.text}


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} can't be read as TOML ({error}). Correct it.") from error


def _run(values: dict[str, Any], *, quiet: bool) -> dict[str, Any]:
    from engine.jobs.child import evaluating_command, run_child, write_request
    from engine.jobs.children import ANSWERS
    from engine.paths import data_dir
    from engine.remote.keys import KEYS
    from engine.wire import EvaluateRequest, checked

    checked(EvaluateRequest, {name: value for name, value in values.items() if name != "sweep"})
    with tempfile.TemporaryDirectory(prefix="remotezero-") as place, interruptible() as stop:
        folder = Path(place)
        request_file = write_request(folder, values)
        command, log_file = evaluating_command(request_file), data_dir() / "evaluation.log"
        log_file.unlink(missing_ok=True)
        with progress_bar_of("questions", "Asking", "Reading") as count:

            def tell(kind: str, data: dict[str, Any]) -> None:
                if kind == "progress":
                    count(data["done"], data["total"])
                elif kind == "log" and not quiet:
                    console(stderr=True).print(str(data.get("message", "")), highlight=False, markup=False)

            opening = KEYS.as_line()
            return run_child(
                command, tell, stop, log_file=log_file, opening=opening, work="evaluation", kept=ANSWERS
            )


def _show(report: dict[str, Any]) -> None:
    from engine.evaluate.report import difference_rows, figure_rows, group_rows, sweep_table

    out = console()
    if "sweep" in report:
        out.print(sweep_table(report), markup=False, highlight=False)
        out.print(f"Written: {report['output']}", highlight=False, markup=False)
        return
    about = report["about"]
    for line in (*about["lines"], *about["conventions"], *about["notes"]):
        out.print(line, highlight=False, markup=False)
    _table(out, ("figure", "value", "95 % interval", "over"), figure_rows(report["figures"]))
    if report["difference"]:
        _table(out, ("against", "difference", "95 % interval", ""), difference_rows(report["difference"]))
    for name, table in report["groups"].items():
        head = (name, "Acc@0.5", "mean IoU", "AP50", "F1", "quiet", "boundary m", "questions")
        _table(out, head, group_rows(table)[:ROWS])
    out.print(f"Written: {report['page']}", highlight=False, markup=False)


def _table(out: Any, head: tuple[str, ...], rows: list[list[str]]) -> None:
    table = Table(*head, header_style="bold")
    for row in rows:
        table.add_row(*row)
    out.print(table)
