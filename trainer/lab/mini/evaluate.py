"""Measures the shipped model on held-out scenes, in every region and on real pictures.

``python -m trainer.lab.mini.evaluate`` prints the figures, writes ``build/reports/eval-model.json`` and the
model card. Everything goes through the engine's own policy, parser, crops and verifier.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch
from affine import Affine
from PIL import Image

from engine.catalogue.specs import read_spec
from engine.evaluate.overlap import box_iou, matched_iou
from engine.evaluate.precision import auroc
from engine.imagery.crops import cut_crop
from engine.language.understanding import scores_on_the_whole
from engine.model.loaded import LoadedModel, load_model
from engine.types import Chip, Pixels, Query, Rectangle, Xyxy
from trainer.lab.mini.data import QUERY_MIX
from trainer.lab.mini.measure_drawn import measure_drawn
from trainer.lab.mini.measure_photos import NINE, OTHERS, measure_kind, over_kinds
from trainer.lab.photos.kinds import TOLD_KINDS
from trainer.lab.real import records
from trainer.lab.scenes import REGIONS, DrawnScene, QuerySample, make_queries, render_scene, scene_rng
from trainer.rewarder import read_answer

BATCH = 32
SHOWN_FROM = 0.5
"""Score from which a box counts as shown: where an analyst would set the slider."""
QUERIES_PER_SCENE = 4


@dataclass(frozen=True)
class QueryResult:
    """One query over one chip, and what came of it.

    Attributes:
        type: of the query.
        truth_px: its true boxes.
        boxes_px: of the answer; None where it can't be parsed.
        scores: the verifier's, of each box.
    """

    type: str
    truth_px: tuple[Xyxy, ...]
    boxes_px: list[Xyxy] | None
    scores: list[float]

    @cached_property
    def overlap(self) -> float:
        """Matched IoU of all boxes with the truth."""
        return matched_iou(self.boxes_px or [], self.truth_px)

    @property
    def empty(self) -> bool:
        """Whether the answer is "none"."""
        return self.boxes_px == []

    @property
    def shown_px(self) -> list[Xyxy]:
        """Boxes that score at least :data:`SHOWN_FROM`."""
        scored = zip(self.boxes_px or [], self.scores, strict=True)
        return [box for box, score in scored if score >= SHOWN_FROM]


def never() -> bool:
    """The stop function of a measurement."""
    return False


def as_chip(pixels: Pixels, gsd_m: float | None = None) -> Chip:
    """A picture as a chip without a place on Earth."""
    height, width = pixels.shape[:2]
    whole = Rectangle(0, 0, width, height, width, height)
    return Chip(pixels, np.ones((height, width), bool), whole, Affine.identity(), None, gsd_m)


def held_out(region: str, count: int) -> list[tuple[DrawnScene, list[QuerySample]]]:
    """The first ``count`` test scenes of a region with their queries; no training draws from this sequence."""
    scenes = []
    for index in range(count):
        rng = scene_rng(region, "test", index)
        scene = render_scene(rng, region=region)
        scenes.append((scene, make_queries(scene, rng, n=QUERIES_PER_SCENE, types=QUERY_MIX)))
    return scenes


def answer(model: LoadedModel, chips: Sequence[Chip], queries: Sequence[str]) -> list[list[Xyxy] | None]:
    """Boxes in chip pixels for each chip and query; None where the completion can't be parsed."""
    results: list[list[Xyxy] | None] = []
    for start in range(0, len(chips), BATCH):
        part = chips[start : start + BATCH]
        asked = [Query(q) for q in queries[start : start + BATCH]]
        written = model.policy.generate(part, asked, never)
        for chip, query, completion in zip(part, asked, written, strict=True):
            full = completion.tokens >= model.spec.max_new_tokens
            boxes = read_answer(completion.text, model.spec, chip.pixels, query.text, full=full).boxes_px
            results.append(None if boxes is None else list(boxes))
    return results


def locate_all(
    model: LoadedModel, scenes: Sequence[tuple[DrawnScene, list[QuerySample]]]
) -> list[QueryResult]:
    """Ask every query of every scene, and score every box."""
    chips, samples = [], []
    for scene, queries in scenes:
        chip = as_chip(scene.pixels, scene.gsd_m)
        chips += [chip] * len(queries)
        samples += queries
    return ask(model, chips, samples)


def ask(model: LoadedModel, chips: Sequence[Chip], samples: Sequence[QuerySample]) -> list[QueryResult]:
    """Ask one query about each chip, and score every box."""
    answers = answer(model, chips, [s.text for s in samples])
    looked = [(row, box) for row, boxes in enumerate(answers) for box in boxes or []]
    crops = [cut_crop(chips[row], box, crop_px=model.spec.crop_px) for row, box in looked]
    scores: list[list[float]] = [[] for _ in samples]
    queries = [Query(samples[row].text) for row, _ in looked]
    found = scores_on_the_whole(lambda: model.verifier.score(crops, queries, never))
    for (row, _), score in zip(looked, found, strict=True):
        scores[row].append(model.spec.likely(score))
    return [
        QueryResult(sample.type, sample.boxes_px, boxes, of_boxes)
        for sample, boxes, of_boxes in zip(samples, answers, scores, strict=True)
    ]


def verifier_auroc(model: LoadedModel, scenes: Sequence[tuple[DrawnScene, list[QuerySample]]]) -> float:
    """How well scores separate crops of what was asked for from crops of anything else.

    Right: crops of the true boxes. Wrong, as many: another object of the scene that the words of the
    query exclude, or a place with no object. Crops that a query's words can't decide without the rest
    of the scene (the other ship, when the northern ship was asked for) are in neither.
    """
    crops: list[Pixels] = []
    texts: list[Query] = []
    is_right: list[bool] = []
    for index, (scene, queries) in enumerate(scenes):
        rng = np.random.default_rng([7, index])
        for s in queries:
            pairs = [(box, True) for box in s.boxes_px[:2]]
            pairs += [(box, False) for box in _wrong_boxes(scene, s, rng, max(len(pairs), 1))]
            for box, right in pairs:
                crops.append(cut_crop(scene.pixels, box, crop_px=model.spec.crop_px))
                texts.append(Query(s.text))
                is_right.append(right)
    scores = scores_on_the_whole(lambda: model.verifier.score(crops, texts, never))
    return auroc([s for s, r in zip(scores, is_right, strict=True) if r],
                 [s for s, r in zip(scores, is_right, strict=True) if not r])  # fmt: skip


def _wrong_boxes(scene: DrawnScene, sample: QuerySample, rng: np.random.Generator, count: int) -> list[Xyxy]:
    others = [
        o.xyxy_px
        for o in scene.objects
        if o.kind != sample.kind or (sample.colour is not None and o.colour != sample.colour)
    ]
    size = scene.pixels.shape[0]
    boxes: list[Xyxy] = []
    for _ in range(count):
        if others and rng.random() < 0.7:
            boxes.append(others[int(rng.integers(len(others)))])
            continue
        side = float(rng.uniform(24, 90))
        x, y = rng.uniform(0, size - side, 2)
        empty = (float(x), float(y), float(x + side), float(y + side))
        if all(box_iou(empty, o.xyxy_px) < 0.05 for o in scene.objects):
            boxes.append(empty)
    return boxes


def summary(asked: Sequence[QueryResult]) -> dict[str, Any]:
    """Figures over queries; Acc@0.5 (IoU above 0.5, strict) and mean IoU over those that have a target.

    ``shown_…`` counts only boxes that the verifier scores at :data:`SHOWN_FROM` or more.
    """
    present = [a for a in asked if a.truth_px]
    absent = [a for a in asked if not a.truth_px]
    by_type = {}
    for kind in sorted({a.type for a in present}):
        overlaps = [a.overlap for a in present if a.type == kind]
        by_type[kind] = {"acc50": _share(o > 0.5 for o in overlaps), "queries": len(overlaps)}
    simple = [a.overlap for a in present if a.type in ("kind", "colour")]
    return {
        "acc50": _share(a.overlap > 0.5 for a in present),
        "miou": round(statistics.fmean(a.overlap for a in present), 4),
        "acc50_kind_colour": _share(o > 0.5 for o in simple),
        "acc50_with_absent": _share(a.overlap > 0.5 for a in asked),
        "absent_recall": _share(a.empty for a in absent),
        "false_absent": _share(a.empty for a in present),
        "shown_acc50": _share(matched_iou(a.shown_px, a.truth_px) > 0.5 for a in present),
        "shown_absent_recall": _share(not a.shown_px for a in absent),
        "unparsed": _share(a.boxes_px is None for a in asked),
        "queries": len(asked),
        "by_type": by_type,
    }


def _share(flags: Any) -> float:
    values = list(flags)
    return round(sum(values) / len(values), 4) if values else float("nan")


def measure_region(model: LoadedModel, region: str, count: int) -> dict[str, Any]:
    """All figures of one region."""
    scenes = held_out(region, count)
    figures = summary(locate_all(model, scenes))
    figures["auroc"] = round(verifier_auroc(model, scenes), 4)
    return figures


def measure_airplanes(
    model: LoadedModel, folder: Path, photographed: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Real pictures of 512 x 512 pixels with one airplane or none.

    Args:
        model: policy and verifier as they are set.
        folder: of the pictures.
        photographed: lines of their index.
    """
    pictures = [np.asarray(Image.open(folder / r["image"]).convert("RGB")) for r in photographed]
    chips = [as_chip(picture, 0.5) for picture in pictures]
    found = summary(ask(model, chips, [_photographed(record) for record in photographed]))
    right, wrong = [], []
    rng = np.random.default_rng(11)
    query = Query("the airplane")
    for record, picture in zip(photographed, pictures, strict=True):
        if record["xyxy_px"]:
            right.append(cut_crop(picture, record["xyxy_px"], crop_px=model.spec.crop_px))
        else:
            for side in rng.uniform(80, 200, 2):
                x, y = rng.uniform(0, 512 - side, 2)
                wrong.append(cut_crop(picture, (x, y, x + side, y + side), crop_px=model.spec.crop_px))
    scores = model.verifier.score([*right, *wrong], [query] * (len(right) + len(wrong)), never)
    return {**found, "auroc": round(auroc(scores[: len(right)], scores[len(right) :]), 4)}


def _photographed(record: Mapping[str, Any]) -> QuerySample:
    boxes = (tuple(record["xyxy_px"]),) if record["xyxy_px"] else ()
    return QuerySample(
        record["query"], boxes, "kind" if boxes else "absent", "airplane", "", (), "airplane", None
    )


def seconds_per_query(model: LoadedModel) -> float:
    """Median seconds of one query on one 512 x 512 chip: proposals and their scores."""
    rng = scene_rng("home", "test", 999_999)
    scene = render_scene(rng, size_px=512)
    queries = [q.text for q in make_queries(scene, rng, n=12)]
    times = []
    for text in [queries[0], *queries]:
        started = time.perf_counter()
        chip = as_chip(scene.pixels.copy())
        boxes = answer(model, [chip], [text])[0] or []
        crops = [cut_crop(chip, box, crop_px=model.spec.crop_px) for box in boxes]
        if crops:
            model.verifier.score(crops, [Query(text)] * len(crops), never)
        times.append(time.perf_counter() - started)
    return round(statistics.median(times[1:]), 3)


def _part(folder: Path, part: tuple[str, ...], real: Path, photos: Path, scenes: tuple[int, int]) -> Any:
    """One part of the report, in a process of its own; see :func:`evaluate`."""
    torch.set_num_threads(1)
    name, *of = part
    model = load_model(read_spec(folder), load_in_4bit=name != "full")
    match name:
        case "region":
            return measure_region(model, of[0], scenes[of[0] != "home"])
        case "airplanes":
            return measure_airplanes(model, real, records(real))
        case "kind":
            return measure_kind(model, photos, of[0])
        case "drawn":
            return measure_drawn(model)
    return summary(locate_all(model, held_out("home", scenes[0])))["acc50"]


def evaluate(
    folder: Path, real: Path, photos: Path, scenes: tuple[int, int], processes: int
) -> dict[str, Any]:
    """All figures of a model folder, in the order they are reported.

    Args:
        folder: of the model.
        real: pictures with one airplane or none.
        photos: sets of labelled pictures.
        scenes: how many of home and of each other region.
        processes: parts that are measured at the same time, each on one core.
    """
    parts: list[tuple[str, ...]] = [("kind", kind) for kind in (*NINE, *OTHERS) if photos.is_dir()]
    parts += [("region", name) for name in REGIONS]
    parts += [("full",), ("drawn",), *([("airplanes",)] if records(real) else [])]
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        waiting = {part: pool.submit(_part, folder, part, real, photos, scenes) for part in parts}
        done: dict[tuple[str, ...], Any] = {}
        for part, future in waiting.items():
            done[part] = future.result()
            print(*part, done[part][0] if part[0] == "kind" else done[part], flush=True)
    spec = read_spec(folder)
    model = load_model(spec, load_in_4bit=True)
    measured = {part[1]: done[part] for part in parts if part[0] == "kind"}
    home = done["region", "home"]
    return {
        "model": spec.name,
        "home": home,
        "regions": {name: done["region", name] for name in REGIONS if name != "home"},
        "real_airplanes": done.get(("airplanes",)),
        "photos": over_kinds(measured) if measured else None,
        "drawn": done["drawn",],
        "seconds_per_query": seconds_per_query(model),
        "full_precision_acc50": done["full",],
        "nf4_drop_acc50": round(done["full",] - home["acc50"], 4),
        "kinds": len(TOLD_KINDS),
    }


def main() -> None:
    """Measure, print, and write the report and the model card."""
    from trainer.lab.mini.card import write_card

    parser = argparse.ArgumentParser(
        description="Measure a small model on held-out scenes and real pictures."
    )
    parser.add_argument("--model", type=Path, default=Path("resources/models/mini"))
    parser.add_argument("--real", type=Path, default=Path("../shared/data/windows"))
    parser.add_argument(
        "--photos", type=Path, default=Path("../shared/data/real"), help="sets of labelled real pictures"
    )
    parser.add_argument("--report", type=Path, default=Path("build/reports/eval-model.json"))
    parser.add_argument("--scenes", type=int, default=400, help="home scenes; regions get half as many")
    parser.add_argument(
        "--processes", type=int, default=os.cpu_count() or 1, help="parts that are measured at the same time"
    )
    parser.add_argument(
        "--drawn-kinds",
        action="store_true",
        help="measure these alone, and put them into the report that is there",
    )
    parser.add_argument("--card", action="store_true", help="also rewrite the model card in the model folder")
    arguments = parser.parse_args()
    scenes = (arguments.scenes, arguments.scenes // 2)
    if arguments.drawn_kinds:
        report = json.loads(arguments.report.read_text(encoding="utf-8"))
        report["drawn"] = measure_drawn(load_model(read_spec(arguments.model), load_in_4bit=True))
    else:
        report = evaluate(arguments.model, arguments.real, arguments.photos, scenes, arguments.processes)
    arguments.report.parent.mkdir(parents=True, exist_ok=True)
    arguments.report.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if arguments.card:
        write_card(arguments.model, report)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
