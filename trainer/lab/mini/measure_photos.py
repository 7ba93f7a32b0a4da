"""Measures a model on real pictures of places that were never trained on, kind by kind, as it is served.

Every picture is searched by the engine's own pipeline under the question "all …s". Average precision is that of
all boxes of a kind over its pictures with and without it, ranked by score (IoU of at least 0.5, each true box
found once, area under the monotone precision curve).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.imagery.raster import open_raster
from engine.language.vocabulary import hear
from engine.model.loaded import LoadedModel
from engine.search.pipeline import Search, SearchOptions, conclude, locate, plan
from engine.types import Query, Xyxy
from trainer.lab.photos import PLURALS, Photo, load_photos
from trainer.lab.photos.kinds import TRIED
from trainer.rewards import box_iou

SHOWN_FROM = 0.5
NINE = (
    "airplane", "storage tank", "tennis court", "baseball diamond", "swimming pool", "tree", "car", "ship", "water",
)  # fmt: skip
"""The kinds that a default model is judged by."""
OTHERS = ("bus", "boat", "boat lift", "jet ski", "pier")
PLACES_APART = frozenset({"urban_trees_naip", "sen2ships"})
"""Sets whose test pictures are of several places; of the others they are of one, or follow each other."""


@dataclass(frozen=True)
class Found:
    """What one question over one picture found.

    Attributes:
        truth_px: boxes of the kind.
        boxes_px: found, best first.
        scores: of each.
    """

    truth_px: tuple[Xyxy, ...]
    boxes_px: tuple[Xyxy, ...]
    scores: tuple[float, ...]

    def hits(self) -> list[bool]:
        """For each found box, best first, whether it is the first on a true one at an IoU of 0.5 or more."""
        left = list(self.truth_px)
        right = []
        for box in self.boxes_px:
            best = max(left, key=lambda truth: box_iou(box, truth), default=None)
            hit = best is not None and box_iou(box, best) >= 0.5
            if hit and best is not None:
                left.remove(best)
            right.append(hit)
        return right


def measure_photos(model: LoadedModel, folder: Path, most: int = 40) -> dict[str, Any]:
    """Figures of every kind, and their means over :data:`NINE`.

    Args:
        model: policy and verifier as they are set.
        folder: of the sets.
        most: pictures with, and as many without, that are searched for each kind.
    """
    photos = load_photos(folder, "test")
    found: dict[str, list[Found]] = {}
    report: dict[str, Any] = {"kinds": {}}
    for kind in (*NINE, *OTHERS):
        if kind not in TRIED and hear(model.spec, _question(kind)).unknown:
            report["kinds"][kind] = {"ap50": 0.0, "unknown": True}
            continue
        chosen = chosen_photos(photos, kind, most)
        found[kind] = [search_photo(model, photo, kind) for photo in chosen]
        there = [p for p in chosen if any(o.kind == kind for o in p.objects)]
        places = {f"{p.source} {p.place if p.source in PLACES_APART else ''}" for p in there}
        report["kinds"][kind] = {**figures(found[kind]), "places": len(places)}
    nine = [report["kinds"][kind] for kind in NINE]
    report["ap50"] = round(float(np.mean([k["ap50"] for k in nine])), 4)
    quiet = [k["quiet"] for k in nine if k.get("quiet") is not None]
    report["quiet"] = round(float(np.mean(quiet)), 4) if quiet else None
    report["ece"] = round(expected_calibration_error([f for every in found.values() for f in every]), 4)
    return report


def chosen_photos(photos: Sequence[Photo], kind: str, most: int) -> list[Photo]:
    """Pictures with a kind, and as many at most that are sure to be without it."""
    there = [p for p in photos if any(o.kind == kind for o in p.objects)]
    without = [p for p in photos if kind in p.complete - {o.kind for o in p.objects}]
    return _evenly(there, most) + _evenly(without, most)


def _question(kind: str) -> str:
    return f"all {PLURALS[kind]}"


def search_photo(model: LoadedModel, photo: Photo, kind: str, question: str | None = None) -> Found:
    """One question over one picture, searched as a job would; without one, for all of the kind."""
    queries = [Query(question or _question(kind))]
    truth = tuple(o.xyxy_px for o in photo.objects if o.kind == kind)
    with open_raster(str(photo.path), gsd_m=photo.gsd_m) as raster:
        search = Search(raster, model.policy, model.verifier, SearchOptions(), stop=lambda: False)
        windows = plan(search, queries)
        results = [r for batch in locate(search, queries, windows) for r in batch]
        detections = conclude(search, [d for r in results for d in r.detections], windows)
    return Found(truth, tuple(d.xyxy_src for d in detections), tuple(d.score for d in detections))


def figures(found: Sequence[Found]) -> dict[str, Any]:
    """Average precision, and what is shown from a score of 0.5 on."""
    hits, scores = _ranked(found)
    total = sum(len(f.truth_px) for f in found)
    shown = scores >= SHOWN_FROM
    empty = [f for f in found if not f.truth_px]
    quiet = [all(score < SHOWN_FROM for score in f.scores) for f in empty]
    return {
        "ap50": round(average_precision(hits, total), 4),
        "recall": round(float(hits[shown].sum() / total), 4) if total else None,
        "precision": round(float(hits[shown].mean()), 4) if shown.any() else None,
        "quiet": round(float(np.mean(quiet)), 4) if quiet else None,
        "ece": round(expected_calibration_error(found), 4),
        "pictures": len(found) - len(empty),
        "without": len(empty),
        "boxes": total,
    }


def average_precision(hits: NDArray[np.bool_], total: int) -> float:
    """Area under the monotone precision curve of ranked hits; ``total`` is how many there are to find."""
    if not total or not len(hits):
        return 0.0
    right = np.cumsum(hits)
    precision = right / np.arange(1, len(hits) + 1)
    highest_after = np.maximum.accumulate(precision[::-1])[::-1]
    return float((highest_after * hits).sum() / total)


def expected_calibration_error(found: Sequence[Found], bins: int = 10) -> float:
    """Mean distance of score and share of hits over equal bins of score, weighted by their boxes."""
    hits, scores = _ranked(found)
    if not len(scores):
        return 0.0
    place = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [
        abs(scores[place == b].mean() - hits[place == b].mean()) * (place == b).sum()
        for b in np.unique(place)
    ]
    return float(np.sum(gaps) / len(scores))


def fitted_line(found: Sequence[Found], rounds: int = 200) -> tuple[float, float]:
    """Slope and offset in log-odds that turn scores into shares of hits (Platt): the likeliest line, by Newton's steps.

    Fit it on raw scores, those of a model whose ``score_map`` is (1, 0).
    """
    hits, scores = _ranked(found)
    inside = np.clip(scores, 1e-6, 1 - 1e-6)
    inputs = np.stack([np.log(inside / (1 - inside)), np.ones(len(inside))], axis=1)
    line = np.array([1.0, 0.0])
    for _ in range(rounds):
        share = 1 / (1 + np.exp(-inputs @ line))
        curve = (inputs * (share * (1 - share))[:, None]).T @ inputs + 1e-6 * np.eye(2)
        line -= 0.3 * np.linalg.solve(curve, inputs.T @ (share - hits))
    return float(line[0]), float(line[1])


def _ranked(found: Sequence[Found]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    hits = np.array([hit for f in found for hit in f.hits()], bool)
    scores = np.array([score for f in found for score in f.scores], np.float64)
    order = np.argsort(-scores, kind="stable")
    return hits[order], scores[order]


def _evenly(photos: Sequence[Photo], most: int) -> list[Photo]:
    """At most so many of them, evenly from first to last."""
    if len(photos) <= most:
        return list(photos)
    return [photos[int(i)] for i in np.linspace(0, len(photos) - 1, most)]


def table(report: Mapping[str, Any]) -> str:
    """The kinds as lines of a Markdown table; those that the model does not promise are marked."""

    def share(value: float | None) -> str:
        return "-" if value is None else f"{value:.0%}"

    return "\n".join(
        f"| {kind}{', tried' if kind in TRIED else ''} | {k['ap50']:.2f} "
        f"| {share(k.get('recall'))} | {share(k.get('precision'))} "
        f"| {share(k.get('quiet'))} | {k.get('boxes', 0)} in {k.get('pictures', 0)} | {k.get('without', 0)} "
        f"| {k.get('places', 0)} |"
        for kind, k in report["kinds"].items()
    )
