"""The questions that the paper leaves open, as tables: one command draws the sets, evaluates, and writes a document.

``python -m trainer.lab.open_questions`` asks a model, through the switches of ``remotezero evaluate``, about drawn
scenes and, where their folder is there, real pictures of places that were never trained on. Limits are small: the
tables say which way things go, and their intervals how sure that is.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from PIL import Image

from engine.catalogue.models import find_model
from engine.evaluate.answers import ANSWERS_FILE
from engine.evaluate.overlap import AreaRule
from engine.evaluate.report import GROUP_HEAD, figure_rows, group_rows
from engine.evaluate.sweeps import evaluate_all
from engine.files import write_atomic
from engine.imagery.crops import MARGIN
from engine.model.loaded import LoadedModel, load_model
from engine.model.serving import ServedModel
from engine.types import Query, Served, Xyxy
from trainer.calibrate import Calibration, calibrate
from trainer.config import RoundConfig
from trainer.lab.mini.data import QUERY_MIX
from trainer.lab.mini.evaluate import as_chip, never
from trainer.lab.mini.synonyms import asked_in
from trainer.lab.photos import PLURALS, Photo, load_photos
from trainer.lab.scenes import DrawnScene, make_queries, render_scene, scene_rng
from trainer.queries import Pair
from trainer.rewarder import Rewarder

SCENE_TYPES: Mapping[str, str] = {
    "town": "urban", "industry": "urban", "airfield": "urban", "park": "forest", "farmland": "fields",
    "desert": "desert", "harbour": "coast", "coast": "coast", "sea": "coast", "river": "coast",
    "forest": "forest", "chaparral": "desert", "beach": "coast", "harbor": "coast", "agricultural": "fields",
    "golfcourse": "forest", "airplane": "urban", "runway": "urban", "storagetanks": "urban", "tenniscourt": "urban",
    "baseballdiamond": "urban", "freeway": "urban", "parkinglot": "urban",
}  # fmt: skip
"""Grounds of the drawn world, and scene classes of real tiles, as the four of the question and fields."""
DEGRADED = (0.0, 0.1, 0.2, 0.4)
MARGINS = (0.0, 0.25, 0.5, 1.0)
CROPS_PX = (32, 64, 128)
WEIGHTS, ALLOWED = (0.0, 0.25, 0.5, 1.0, 2.0), (0.0, 0.05, 0.1, 0.25, 0.5)
LANGUAGE_KINDS = ("ship", "airplane", "building", "storage tank", "swimming pool")
RENDERED = ("as-is", "amplitude", "db", "speckle", "grey")
COLUMNS = ("acc@0.5", "mean_iou", "ap50", "f1", "empty_accuracy", "verifier_auroc", "ece")
LATENCY_CROPS = 64

Evaluated = Callable[..., dict[str, Any]]


def draw_set(folder: Path, count: int) -> list[DrawnScene]:
    """Held-out scenes of home as a set of questions on disk; two questions a scene."""
    scenes, lines = [], []
    for index in range(count):
        rng = scene_rng("home", "test", index)
        scene = render_scene(rng)
        samples = make_queries(scene, rng, n=2, types=QUERY_MIX)
        lines += [line_of(f"{index}.png", s.text, s.boxes_px, s.type, scene) for s in samples]
        save(folder / f"{index}.png", scene)
        scenes.append(scene)
    write_lines(folder, lines)
    return scenes


def line_of(
    image: str, text: str, boxes: Sequence[Xyxy], type_: str, scene: DrawnScene, language: str = "English"
) -> dict[str, Any]:
    """A question about a drawn scene as one line of the set."""
    return {
        "image": image, "query": text, "boxes": [list(box) for box in boxes], "type": type_, "language": language,
        "class": SCENE_TYPES.get(scene.theme, scene.theme), "gsd_m": scene.gsd_m, "place": image,
    }  # fmt: skip


def draw_languages(folder: Path, count: int) -> None:
    """The question about all of a kind, over scenes that show the kind, in every language that has a word for it."""
    lines = []
    for number in range(count):
        kind = LANGUAGE_KINDS[number % len(LANGUAGE_KINDS)]
        scene = render_scene(scene_rng("home", "test", 5_000 + number), kinds=[kind], n_objects=2)
        boxes = [item.xyxy_px for item in scene.objects if item.kind == kind]
        save(folder / f"{number}.png", scene)
        for language, text in {"English": f"all {PLURALS[kind]}", **asked_in(kind)}.items():
            lines.append(line_of(f"{number}.png", text, boxes, "plural", scene, language))
    write_lines(folder, lines)


def draw_radar(folder: Path, count: int) -> None:
    """Scenes as a radar with one look would record brightness: complex values whose magnitude is speckled.

    Brightness squared is the mean power, each pixel a circular Gaussian number of that power; nothing else of a radar
    (layover, double bounce) is drawn.
    """
    lines = []
    folder.mkdir(parents=True, exist_ok=True)
    for index in range(count):
        rng = scene_rng("home", "test", 7_000 + index)
        scene = render_scene(rng)
        samples = make_queries(scene, rng, n=2, types=("kind", "plural", "absent"))
        grey = scene.pixels.mean(axis=2) / 255
        noise = rng.normal(size=(2, *grey.shape)) / np.sqrt(2)
        values = (grey * (noise[0] + 1j * noise[1]) * 1000).astype(np.complex64)
        about = {"driver": "GTiff", "width": grey.shape[1], "height": grey.shape[0], "count": 1}
        with rasterio.open(folder / f"{index}.tif", "w", dtype="complex64", **about) as file:
            file.write(values, 1)
        lines += [line_of(f"{index}.tif", s.text, s.boxes_px, s.type, scene) for s in samples]
    write_lines(folder, lines)


def real_set(folder: Path, photos: Path, most: int) -> bool:
    """Real pictures of held-out places, as many of each set, that say where they lie; False where there are none."""
    if not photos.is_dir():
        return False
    by_set: dict[str, list[Photo]] = {}
    for photo in load_photos(photos, "test"):
        if photo.complete:
            by_set.setdefault(photo.source, []).append(photo)
    share = max(1, most // max(len(by_set), 1))
    kept = [
        every[int(i)]
        for every in by_set.values()
        for i in np.linspace(0, len(every) - 1, min(share, len(every)))
    ]
    write_lines(folder, [photo_line(photo) for photo in dict.fromkeys(kept)])
    return True


def photo_line(photo: Photo) -> dict[str, Any]:
    """A labelled picture as one line of the set."""
    boxes = [{"xyxy": list(o.xyxy_px), "label": o.kind} for o in photo.objects]
    return {
        "image": str(photo.path.resolve()), "boxes": boxes, "gsd_m": photo.gsd_m,
        "class": SCENE_TYPES.get(photo.scene, ""),
        "place": f"{photo.source} {photo.place}", "complete_for": sorted(photo.complete),
    }  # fmt: skip


def save(path: Path, scene: DrawnScene) -> None:
    """The picture of a scene."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(scene.pixels).save(path)


def write_lines(folder: Path, lines: Sequence[Mapping[str, Any]]) -> None:
    """The lines of a set."""
    folder.mkdir(parents=True, exist_ok=True)
    write_atomic(folder / "labels.jsonl", "".join(json.dumps(line) + "\n" for line in lines))


def box_free_choice(model: LoadedModel, scenes: Sequence[DrawnScene]) -> Calibration:
    """alpha, lambda and tau as the trainer would choose them over these pictures, without a true box."""
    pairs, chips = [], [as_chip(scene.pixels, scene.gsd_m) for scene in scenes]
    for index, scene in enumerate(scenes):
        kinds = dict.fromkeys(item.kind for item in scene.objects)
        pairs += [Pair(index, f"all {PLURALS[kind]}", 1.0) for kind in list(kinds)[:1]]
    asked = [Query(pair.query) for pair in pairs]
    texts = [c.text for c in model.policy.generate([chips[p.chip] for p in pairs], asked, never)]
    rewarder = Rewarder(
        model.spec,
        model.verifier,
        "paper",
        MARGIN,
        AreaRule(0.5, 0.25),
        lambda chip: chips[chip].pixels,
        never,
    )
    return calibrate(rewarder, pairs, texts, RoundConfig())


def latency_ms(model: LoadedModel, crop_px: int) -> float:
    """Milliseconds of one crop in a batch of them, the better of two tries."""
    rng = np.random.default_rng(0)
    crops = list(rng.integers(0, 255, (LATENCY_CROPS, crop_px, crop_px, 3), dtype=np.uint8))
    times = []
    for _ in range(2):
        begun = time.perf_counter()
        model.verifier.score(crops, [Query("all ships")] * len(crops), never)
        times.append(time.perf_counter() - begun)
    return 1000 * min(times) / LATENCY_CROPS


def answered(model: LoadedModel, work: Path, arguments: argparse.Namespace) -> Iterator[tuple[str, str, str]]:
    """Title, table and remark of each question; every evaluation is kept below ``work`` and goes on where it was."""
    folders = {name: work / "sets" / name for name in ("drawn", "languages", "radar", "real")}
    scenes = draw_set(folders["drawn"], arguments.scenes)
    draw_languages(folders["languages"], arguments.scenes // 5)
    draw_radar(folders["radar"], arguments.scenes // 3)
    real = real_set(folders["real"], arguments.photos, arguments.scenes)

    def ask(name: str, dataset: str, **values: Any) -> dict[str, Any]:
        request = {
            "dataset": str(folders[dataset]), "output": str(work / name), "draws": arguments.draws, "split": "all",
            "seed": 1, **values,
        }  # fmt: skip
        return evaluate_all(request, lambda _: _kept(model), _say, never)

    yield from _by_scene_type(ask, real)
    yield (
        "Sensitivity to the verifier",
        *_sweep(
            ask(
                "degraded",
                "drawn",
                sweep=f"degrade-verifier={_listed(DEGRADED)}",
                conventions={"taken": "best"},
            ),
            "Share of all scores replaced by chance; of several boxes the one with the highest score counts.",
        ),
    )
    few = arguments.scenes * 6 // 5
    yield from _settings(ask, work, box_free_choice(model, scenes), few)
    yield from _verifiers(ask, work, model, few)
    spoken = ask("languages", "languages", by=["language"])
    yield "Languages", _groups(spoken, "language"), (
        "The same pictures and kinds. A model with a closed vocabulary is asked in its own words, by a table: where "
        "the table has the word, the question is the same."
    )  # fmt: skip
    yield (
        "Radar and single bands",
        *_sweep(
            ask("radar", "radar", sweep=f"rendering={','.join(RENDERED)}"),
            "Drawn scenes as complex values with the speckle of one look; `as-is` shows decibels, `speckle` decibels "
            "after a Lee filter. No labelled radar picture was at hand.",
        ),
    )


def _by_scene_type(ask: Evaluated, real: bool) -> Iterator[tuple[str, str, str]]:
    drawn = ask("scene-types", "drawn", by=["scene-type", "type"])
    yield "Scene types, drawn world", _groups(drawn, "scene-type"), "Grounds of the drawn world."
    yield "Question types, drawn world", _groups(drawn, "type"), ""
    if real:
        found = ask("scene-types-real", "real", by=["scene-type", "kind"])
        remark = "Held-out places; pictures of sets that name no scene class are `unnamed`."
        yield "Scene types, real pictures", _groups(found, "scene-type"), remark
        yield (
            "Kinds, real pictures",
            _groups(found, "kind"),
            "Kinds that the model has no word for find nothing.",
        )
        spoilt = ask("degraded-real", "real", sweep=f"degrade-verifier={_listed(DEGRADED[::2])}")
        yield "Sensitivity to the verifier, real pictures", *_sweep(spoilt, "")


def _settings(ask: Evaluated, work: Path, chosen: Calibration, few: int) -> Iterator[tuple[str, str, str]]:
    best = {"taken": "best"}
    separation = ", ".join(f"{margin:g}: {value:.3f}" for margin, value in chosen.separation.items())
    found = ask("alpha", "drawn", sweep=f"alpha={_listed(MARGINS)}", conventions=best, limit=few)
    yield (
        "alpha, the context round a crop",
        *_sweep(
            found,
            f"Chosen without boxes: **{chosen.margin:g}** (right told from wrong questions by margin, {separation}).",
            chosen.margin,
        ),
    )
    _hand_on(work / "alpha" / f"alpha={MARGIN}", work / "lambda" / "answers", work / "tau" / "answers")
    rule = chosen.rule
    free = {**best, "area_allowed": rule.allowed}
    yield (
        "lambda, the price of area",
        *_sweep(
            ask("lambda", "drawn", sweep=f"lambda={_listed(WEIGHTS)}", conventions=free, limit=few),
            "Of the boxes found, the one with the highest reward `paper` counts, at the chosen tau. Chosen without "
            f"boxes: **{rule.weight:g}**.",
            rule.weight,
        ),
    )
    weight = rule.weight or 0.5
    priced = {**best, "area_weight": weight}
    yield (
        "tau, the area that is free",
        *_sweep(
            ask("tau", "drawn", sweep=f"tau={_listed(ALLOWED)}", conventions=priced, limit=few),
            f"At a lambda of {weight:g}. Chosen without boxes: **{rule.allowed:.3f}**.",
        ),
    )


def _verifiers(ask: Evaluated, work: Path, model: LoadedModel, few: int) -> Iterator[tuple[str, str, str]]:
    own = model.spec.crop_px
    _hand_on(work / "alpha" / f"alpha={MARGIN}", work / "crop-px" / f"crop-px={own}")
    sweep = f"crop-px={_listed(CROPS_PX)}"
    table, _ = _sweep(ask("crop-px", "drawn", sweep=sweep, conventions={"taken": "best"}, limit=few), "", own)
    times = ", ".join(f"{side} px {latency_ms(model, side):.1f} ms" for side in CROPS_PX)
    yield (
        "Light verifiers: resolution and latency",
        table,
        f"The model's own verifier on crops of other sizes ({own} px is its own). One crop in a batch of "
        f"{LATENCY_CROPS} took, on a machine shared with other work: {times}. Other verifiers are one option away: "
        "`--verifier`.",
    )


def _hand_on(asked: Path, *others: Path) -> None:
    """What was asked once is not asked again where nothing but measuring, or the name of a sweep, differs."""
    for folder in others:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / ANSWERS_FILE).exists():
            shutil.copy(asked / ANSWERS_FILE, folder / ANSWERS_FILE)


def _sweep(found: Mapping[str, Any], remark: str, marked: float | None = None) -> tuple[str, str]:
    titles = [row[0] for row in figure_rows({key: {"value": 0, "low": None, "count": 0} for key in COLUMNS})]
    lines = [f"| {found['sweep']} | {' | '.join(titles)} |", "|" + "---|" * (len(titles) + 1)]
    for row in found["rows"]:
        rows = figure_rows({name: row["figures"][name] for name in COLUMNS if name in row["figures"]})
        cells = {cell[0]: f"{cell[1]} ({cell[2]})" if cell[2] else cell[1] for cell in rows}
        name = f"**{row['value']}**" if row["value"] == marked else str(row["value"])
        lines.append(f"| {name} | {' | '.join(cells.get(title, '') for title in titles)} |")
    return "\n".join(lines), remark


def _groups(report: Mapping[str, Any], by: str) -> str:
    lines = [f"| {by} | {' | '.join(GROUP_HEAD)} |", "|" + "---|" * (len(GROUP_HEAD) + 1)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in group_rows(report["groups"][by]))])


def _listed(values: Sequence[float]) -> str:
    return ",".join(f"{value:g}" for value in values)


def _say(kind: str, data: Mapping[str, Any]) -> None:
    if kind == "log":
        print(data["message"], flush=True)


def _kept(model: LoadedModel) -> Served:
    """The model, which whoever borrows it does not close."""
    served = ServedModel(model.spec, model)
    served.close = lambda: None  # type: ignore[method-assign]
    return served


def main() -> None:
    """Ask, and write docs/open-questions-DATE.md."""
    parser = argparse.ArgumentParser(description="Tables on the questions that the paper leaves open.")
    parser.add_argument("--model", help="name or folder; the default one if left out")
    parser.add_argument("--photos", type=Path, default=Path("../shared/data/real"))
    parser.add_argument(
        "--scenes", type=int, default=50, help="drawn scenes, and real pictures; two questions each"
    )
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--work", type=Path, default=Path("build/open-questions"))
    parser.add_argument("--output", type=Path, help="the document; docs/open-questions-DATE.md if left out")
    arguments = parser.parse_args()
    model = load_model(find_model(arguments.model))
    date = time.strftime("%Y-%m-%d")
    parts = [
        f"# Open questions: {model.spec.name}, {date}",
        "Made by `make open-questions`. Values with their 95 % intervals over pictures or places; with so few pictures "
        "only large differences mean something. Conventions: docs/evaluate.md.",
    ]
    for title, table, remark in answered(model, arguments.work, arguments):
        parts += [f"## {title}", *([remark] if remark else []), table]
    output = arguments.output or Path(f"docs/open-questions-{date}.md")
    write_atomic(output, "\n\n".join(parts) + "\n")
    model.close()


if __name__ == "__main__":
    main()
