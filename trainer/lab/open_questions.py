"""The questions that the paper leaves open, as tables: one command draws the sets, evaluates, and writes a document.

``python -m trainer.lab.open_questions`` asks a model, through the switches of ``remotezero evaluate``, about drawn
scenes and, where their folder is there, real pictures of places that were never trained on. Limits are small: the
tables say which way things go, and their intervals how sure that is.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.catalogue.models import find_model
from engine.evaluate.answers import ANSWERS_FILE
from engine.evaluate.overlap import AreaRule, area_penalty
from engine.evaluate.report import GROUP_HEAD, figure_rows, group_rows
from engine.evaluate.sweeps import evaluate_all
from engine.files import write_atomic
from engine.imagery.crops import MARGIN
from engine.model.loaded import LoadedModel, load_model
from engine.model.serving import ServedModel
from engine.types import Pixels, Query, Served
from trainer.calibrate import Calibration, blow_up, calibrate
from trainer.config import RoundConfig
from trainer.lab.mini.evaluate import as_chip, never
from trainer.lab.open_sets import draw_languages, draw_radar, draw_set, real_set
from trainer.lab.photos import PLURALS
from trainer.lab.scenes import DrawnScene
from trainer.queries import Pair
from trainer.rewarder import Rewarder
from trainer.rewards import covered_share

DEGRADED = (0.0, 0.1, 0.2, 0.4)
MARGINS = (0.0, 0.25, 0.5, 1.0)
CROPS_PX = (32, 64, 128)
WEIGHTS, ALLOWED = (0.0, 0.25, 0.5, 1.0, 2.0), (0.0, 0.05, 0.1, 0.25, 0.5)
RENDERED = ("as-is", "amplitude", "db", "speckle", "grey")
COLUMNS = ("acc@0.5", "mean_iou", "ap50", "f1", "empty_accuracy", "verifier_auroc", "ece")
FEW_COLUMNS = ("acc@0.5", "mean_iou")
LATENCY_CROPS = 64
SIDES = (0.5, 1.0, 2.0, 4.0)
"""A true box, and the same one with other sides."""

Evaluated = Callable[..., dict[str, Any]]


def box_free_choice(model: LoadedModel, scenes: Sequence[DrawnScene]) -> Calibration:
    """alpha, lambda and tau as the trainer would choose them over these pictures, without a true box."""
    pairs, chips = [], [as_chip(scene.pixels, scene.gsd_m) for scene in scenes]
    for index, scene in enumerate(scenes):
        kinds = dict.fromkeys(item.kind for item in scene.objects)
        pairs += [Pair(index, f"all {PLURALS[kind]}", 1.0) for kind in list(kinds)[:1]]
    asked = [Query(pair.query) for pair in pairs]
    texts = [c.text for c in model.policy.generate([chips[p.chip] for p in pairs], asked, never)]
    return calibrate(_rewarder(model, scenes, MARGIN), pairs, texts, RoundConfig())


def _rewarder(model: LoadedModel, scenes: Sequence[DrawnScene], margin: float) -> Rewarder:
    def pixels(chip: int) -> Pixels:
        return scenes[chip].pixels

    return Rewarder(model.spec, model.verifier, "paper", margin, AreaRule(0.5, 0.25), pixels, never)


@dataclass(frozen=True)
class Sized:
    """True boxes at several sizes, and what the verifier says of each; arrays are boxes x :data:`SIDES`.

    Attributes:
        scores: of the crops.
        shares: of the picture that is covered.
    """

    scores: NDArray[np.float64]
    shares: NDArray[np.float64]

    @classmethod
    def of(cls, model: LoadedModel, scenes: Sequence[DrawnScene], margin: float) -> Sized:
        """Look at each object of the scenes at every size."""
        asked = [(i, item) for i, scene in enumerate(scenes) for item in scene.objects]
        chips, texts = [i for i, _ in asked], [f"the {item.kind}" for _, item in asked]
        rewarder = _rewarder(model, scenes, margin)
        scores, shares = [], []
        for factor in SIDES:
            sizes = [scenes[i].pixels.shape[1::-1] for i in chips]
            boxes = [blow_up(o.xyxy_px, factor, *size) for (_, o), size in zip(asked, sizes, strict=True)]
            scores.append(rewarder.score_crops(chips, boxes, texts))
            shares.append([covered_share([box], *size) for box, size in zip(boxes, sizes, strict=True)])
        return cls(np.array(scores).T, np.array(shares).T)

    def tight(self, rule: AreaRule) -> float:
        """How often the true box earns more than each of the others."""
        price = np.vectorize(lambda share: area_penalty(share, rule))(self.shares)
        earned, own = self.scores - price, SIDES.index(1.0)
        return float((earned[:, [own]] > np.delete(earned, own, axis=1)).all(axis=1).mean())


def latency_ms(model: LoadedModel, crop_px: int) -> float:
    """Milliseconds of processor time for one crop in a batch of them, the better of two tries."""
    rng = np.random.default_rng(0)
    crops = list(rng.integers(0, 255, (LATENCY_CROPS, crop_px, crop_px, 3), dtype=np.uint8))
    times = []
    for _ in range(2):
        begun = time.process_time()
        model.verifier.score(crops, [Query("all ships")] * len(crops), never)
        times.append(time.process_time() - begun)
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

    yield from _by_scene_type(ask, work, real)
    _hand_on(work / "scene-types", work / "degraded" / "degrade-verifier=0.0")
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
    choice = box_free_choice(model, scenes)
    yield from _settings(ask, work, choice, Sized.of(model, scenes, choice.margin), few)
    yield from _verifiers(ask, work, model, few)
    spoken = ask("languages", "languages", by=["language"])
    yield "Languages", _groups(spoken, "language"), (
        "The same pictures and kinds. A model with a closed vocabulary is asked in its own words, by a table: where "
        "the table has the word, the question is the same."
    )  # fmt: skip
    _hand_on(work / "alpha" / f"alpha={MARGIN}", work / "grey" / "rendering=as-is")
    yield (
        "Single bands",
        *_sweep(
            ask("grey", "drawn", sweep="rendering=as-is,grey", conventions={"taken": "best"}, limit=few),
            "The drawn scenes as they are, and as one band of the brightness of all three. Colours that are asked for "
            "are then not to be seen.",
        ),
    )
    yield (
        "Radar",
        *_sweep(
            ask("radar", "radar", sweep=f"rendering={','.join(RENDERED)}"),
            "Drawn scenes as complex values with the speckle of one look; `as-is` shows decibels, `speckle` decibels "
            "after a Lee filter. No labelled radar picture was at hand.",
        ),
    )


def _by_scene_type(ask: Evaluated, work: Path, real: bool) -> Iterator[tuple[str, str, str]]:
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
        _hand_on(work / "scene-types-real", work / "degraded-real" / "degrade-verifier=0.0")
        spoilt = ask("degraded-real", "real", sweep=f"degrade-verifier={_listed(DEGRADED[::2])}")
        yield "Sensitivity to the verifier, real pictures", *_sweep(spoilt, "")


def _settings(
    ask: Evaluated, work: Path, chosen: Calibration, sized: Sized, few: int
) -> Iterator[tuple[str, str, str]]:
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
    told = (
        "The last column says how often a true box earns more under the reward `paper` than the same box with half, "
        "twice and four times its sides."
    )
    title = "the true box earns most"
    weights = sorted({*WEIGHTS, rule.weight})
    free = {**best, "area_allowed": rule.allowed}
    yield (
        "lambda, the price of area",
        *_sweep(
            ask("lambda", "drawn", sweep=f"lambda={_listed(weights)}", conventions=free, limit=few),
            "Of the boxes found, the one with the highest reward `paper` counts, at the chosen tau. Where most answers "
            "are one box there is nothing to choose: lambda and tau act while a model learns. "
            f"{told} Chosen without boxes: **{rule.weight:g}**.",
            rule.weight,
            FEW_COLUMNS,
            (title, {value: sized.tight(AreaRule(value, rule.allowed)) for value in weights}),
        ),
    )
    weight, allowed = rule.weight or 0.5, round(rule.allowed, 3)
    priced = {**best, "area_weight": weight}
    shares = sorted({*ALLOWED, allowed})
    yield (
        "tau, the area that is free",
        *_sweep(
            ask("tau", "drawn", sweep=f"tau={_listed(shares)}", conventions=priced, limit=few),
            f"At a lambda of {weight:g}. {told} Chosen without boxes: **{allowed:g}**.",
            allowed,
            FEW_COLUMNS,
            (title, {value: sized.tight(AreaRule(weight, value)) for value in shares}),
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
        f"{LATENCY_CROPS} took of one core's time: {times}. Other verifiers are one option away: "
        "`--verifier`.",
    )


def _hand_on(asked: Path, *others: Path) -> None:
    """What was asked once is not asked again where nothing but measuring, or the name of a sweep, differs."""
    for folder in others:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / ANSWERS_FILE).exists():
            shutil.copy(asked / ANSWERS_FILE, folder / ANSWERS_FILE)


def _sweep(
    found: Mapping[str, Any],
    remark: str,
    marked: float | None = None,
    columns: Sequence[str] = COLUMNS,
    more: tuple[str, Mapping[float, float]] | None = None,
) -> tuple[str, str]:
    """A sweep as a table, one row a value, and its remark; ``more`` is a further column, a share by value."""
    titles = [row[0] for row in figure_rows({key: {"value": 0, "low": None, "count": 0} for key in columns})]
    heads = [found["sweep"], *titles, *([more[0]] if more else [])]
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for row in found["rows"]:
        rows = figure_rows({name: row["figures"][name] for name in columns if name in row["figures"]})
        cells = {cell[0]: f"{cell[1]} ({cell[2]})" if cell[2] else cell[1] for cell in rows}
        name = f"**{row['value']}**" if row["value"] == marked else str(row["value"])
        last = [f"{100 * more[1][row['value']]:.1f} %"] if more else []
        lines.append(f"| {' | '.join([name, *(cells.get(title, '') for title in titles), *last])} |")
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
