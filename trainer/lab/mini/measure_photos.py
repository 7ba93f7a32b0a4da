"""Measures a model on real pictures of places that were never trained on, kind by kind, as it is served.

Every picture is searched under the question "all …s" and measured as :mod:`engine.evaluate` measures: average
precision by pycocotools over all boxes of a kind, in its pictures with and without it; recall, precision and silence
of what is shown from a score of 0.5 on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from engine.evaluate.asking import Looking, answer_all
from engine.evaluate.cases import Cases, cases_of
from engine.evaluate.figures import measures
from engine.evaluate.overlap import matches
from engine.evaluate.precision import average_precision
from engine.evaluate.samples import Answer, Conventions, Sample
from engine.language.vocabulary import hear
from engine.model.loaded import LoadedModel
from engine.model.serving import ServedModel
from engine.search.pipeline import SearchOptions
from trainer.calibrate import platt_line
from trainer.lab.photos import PLURALS, Photo, load_photos
from trainer.lab.photos.kinds import TRIED

T = TypeVar("T")
SHOWN = Conventions(shown_from=0.5)
NINE = (
    "airplane", "storage tank", "tennis court", "baseball diamond", "swimming pool", "tree", "car", "ship", "water",
)  # fmt: skip
"""The kinds that a default model is judged by."""
OTHERS = ("building", "bridge", "car park", "bus", "boat", "boat lift", "jet ski", "pier")
PLACES_APART = frozenset({"urban_trees_naip", "sen2ships"})
"""Sets whose test pictures are of several places; of the others they are of one, or follow each other."""


def measure_kind(model: LoadedModel, folder: Path, kind: str, most: int = 40) -> tuple[dict[str, Any], Cases]:
    """Figures of one kind, and the cases behind them.

    Args:
        model: policy and verifier as they are set.
        folder: of the sets.
        kind: one of :data:`NINE` or :data:`OTHERS`.
        most: pictures with, and as many without, that are searched.
    """
    if kind not in TRIED and hear(model.spec, _question(kind)).unknown:
        return {"ap50": 0.0, "unknown": True}, Cases((), SHOWN)
    chosen = chosen_photos(load_photos(folder, "test"), kind, most)
    cases = ask_about(model, chosen, kind)
    there = [p for p in chosen if any(o.kind == kind for o in p.objects)]
    places = {f"{p.source} {p.place if p.source in PLACES_APART else ''}" for p in there}
    return {**figures(cases), "places": len(places)}, cases


def over_kinds(measured: Mapping[str, tuple[dict[str, Any], Cases]]) -> dict[str, Any]:
    """The figures of every kind, and their means over :data:`NINE`."""
    kinds = {kind: found for kind, (found, _) in measured.items()}
    nine = [kinds[kind] for kind in NINE]
    known = [k["ap50"] for k in nine if k["ap50"] is not None]
    quiet = [k["quiet"] for k in nine if k.get("quiet") is not None]
    together = Cases(tuple(item for _, cases in measured.values() for item in cases.items), SHOWN)
    return {
        "kinds": kinds,
        "ap50": round(float(np.mean(known)), 4) if known else None,
        "quiet": round(float(np.mean(quiet)), 4) if quiet else None,
        "ece": figures(together)["ece"] if together.items else None,
    }


def chosen_photos(photos: Sequence[Photo], kind: str, most: int) -> list[Photo]:
    """Pictures with a kind, and as many at most that are sure to be without it."""
    there = [p for p in photos if any(o.kind == kind for o in p.objects)]
    without = [p for p in photos if kind in p.complete - {o.kind for o in p.objects}]
    return evenly(there, most) + evenly(without, most)


def _question(kind: str) -> str:
    return f"all {PLURALS[kind]}"


def sample_of(photo: Photo, kind: str, question: str = "") -> Sample:
    """The question about a kind over a picture, with its true boxes; left out, for all of the kind."""
    place = f"{photo.source} {photo.place}"
    return Sample(
        key=f"{photo.source}/{photo.path.name}#{kind}",
        picture=str(photo.path),
        question=question or _question(kind),
        truth_src=tuple(o.xyxy_px for o in photo.objects if o.kind == kind),
        kind=kind,
        scene=place,
        groups={"kind": kind, "source": photo.source, **({"scene-type": photo.scene} if photo.scene else {})},
        gsd_m=photo.gsd_m,
    )


def ask_about(model: LoadedModel, photos: Sequence[Photo], kind: str, question: str = "") -> Cases:
    """One question over each picture, searched as a job would, and measured."""
    return cases_about(model, [sample_of(photo, kind, question) for photo in photos])


def cases_about(model: LoadedModel, samples: Sequence[Sample]) -> Cases:
    """Questions about pictures, searched as a job would, and measured."""
    served = ServedModel(model.spec, model)
    batches = answer_all(served, samples, SearchOptions(), Looking(probe=False), lambda: False)
    answers: dict[str, Answer] = {answer.key: answer for batch in batches for answer in batch}
    return cases_of(samples, answers, SHOWN)


def figures(cases: Cases) -> dict[str, Any]:
    """Average precision and calibration of all boxes, and what is shown from a score of 0.5 on.

    None is what was not measured: precision and recall where no picture shows the kind, calibration where nothing was
    found.
    """
    precision = average_precision(cases.asked(), SHOWN.max_boxes)
    once = np.ones(len(cases.scenes))
    every = {name: measure.of(once) for name, measure in measures(cases, precision).items()}

    def known(name: str) -> float | None:
        return round(every[name], 4) if np.isfinite(every[name]) else None

    truths = [len(item.sample.truth_src) for item in cases.items]
    return {
        "ap50": known("ap50"),
        "recall": known("recall"),
        "precision": known("precision"),
        "quiet": known("empty_accuracy"),
        "ece": known("ece"),
        "pictures": sum(bool(n) for n in truths),
        "without": sum(not n for n in truths),
        "boxes": sum(truths),
    }


def fitted_line(cases: Cases) -> tuple[float, float]:
    """Slope and offset in log-odds that turn scores into shares of hits (Platt): the likeliest line.

    Fit it on raw scores, those of a model whose ``score_map`` is (1, 0).
    """
    scores = np.array([score for item in cases.items for score in item.answer.scores], float)
    hits = np.zeros(len(scores))
    first = 0
    for item in cases.items:
        for found, _, overlap in matches(item.answer.boxes_src, item.sample.truth_src):
            hits[first + found] = overlap >= 0.5
        first += len(item.answer.scores)
    return platt_line(scores, hits, pull_back=1e-6, edge=1e-6)


def evenly(items: Sequence[T], most: int) -> list[T]:
    """At most so many of them, evenly from first to last."""
    if len(items) <= most:
        return list(items)
    return [items[int(i)] for i in np.linspace(0, len(items) - 1, most)]


def table(report: Mapping[str, Any]) -> str:
    """The kinds as lines of a Markdown table; those that the model does not promise are marked."""

    def share(value: float | None) -> str:
        return "-" if value is None else f"{value:.0%}"

    return "\n".join(
        f"| {kind}{', tried' if kind in TRIED else ''} "
        f"| {'not measured' if k['ap50'] is None else format(k['ap50'], '.2f')} "
        f"| {share(k.get('recall'))} | {share(k.get('precision'))} "
        f"| {share(k.get('quiet'))} | {k.get('boxes', 0)} in {k.get('pictures', 0)} | {k.get('without', 0)} "
        f"| {k.get('places', 0)} |"
        for kind, k in report["kinds"].items()
    )
