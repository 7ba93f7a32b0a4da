"""From measured questions to figures: each with its interval over scenes, in all and by group, alone or compared.

A figure is a function of how often every scene counts. Its value is that for once each; its interval is that of the
values under scenes drawn with replacement, from the 2.5th to the 97.5th percentile; a comparison draws the same
scenes for both sides. Figures that nothing can be said of are left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.evaluate.cases import Cases
from engine.evaluate.precision import (
    Precision,
    average_precision,
    reliability,
    weighted,
    weighted_auroc,
)

Floats = NDArray[np.float64]
ACC_AT = (0.5, 0.6, 0.7, 0.8, 0.9)
SMALL_PX, LARGE_PX = 32.0, 96.0
FEW_SCENES = 12
"""An interval over fewer scenes than this is too narrow: said with the figures."""
DRAWS = 1000

TITLES: Mapping[str, str] = {
    **{f"acc@{t:g}": f"Acc@{t:g}" for t in ACC_AT},
    "acc@0.5_targets": "Acc@0.5, questions with a target only",
    "mean_iou": "mean IoU (the field's gIoU)",
    "generalised_iou": "Generalised IoU",
    "ciou": "cIoU (all intersections by all unions)",
    "ap50": "AP50",
    "ap50_95": "AP50-95",
    "f1": "F1 at the lowest shown score, IoU 0.5",
    "precision": "precision, IoU 0.5",
    "recall": "recall, IoU 0.5",
    "empty_accuracy": "no-target questions where nothing is shown",
    "false_empty": "questions with a target where nothing is shown",
    "unread": "answers that can't be read",
    "verifier_auroc": "verifier AUROC, true boxes against other places",
    "own_boxes_auroc": "AUROC of the scores of found boxes, right against wrong",
    "ece": "expected calibration error of scores",
    "boundary_m": "boundary error, metres (mean over sides of hits)",
    "boundary_px": "boundary error, pixels",
}
UNNAMED = "unnamed"
"""The group of what a set does not say of a question."""
SMALLER_IS_BETTER = frozenset({"false_empty", "unread", "ece", "boundary_m", "boundary_px"})


@dataclass(frozen=True)
class Figure:
    """One figure: its value, its 95 % interval over scenes (None where there is none), and over how many it is."""

    value: float
    low: float | None
    high: float | None
    count: int

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"value": self.value, "low": self.low, "high": self.high, "count": self.count}


@dataclass(frozen=True)
class Measure:
    """How one figure follows from how often each scene counts, and over how many questions or boxes it is."""

    of: Callable[[Floats], float]
    count: int
    spread: bool = True
    """Whether it rests on at least two scenes, so that drawing them says something."""


@dataclass
class Figures:
    """All figures of a run.

    Attributes:
        all: name -> figure.
        groups: grouping -> group -> name -> figure.
        curves: name -> points (x, y).
        bins: of the reliability plot: (weight, mean score, share of hits).
        scenes: how many were drawn from.
        by_kind: kind -> (AP50, AP50-95).
        by_size: size -> (AP50, AP50-95), by pycocotools' sizes.
    """

    all: dict[str, Figure]
    groups: dict[str, dict[str, dict[str, Figure]]] = field(default_factory=dict)
    curves: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    bins: list[tuple[float, float, float]] = field(default_factory=list)
    scenes: int = 0
    by_kind: dict[str, tuple[float, float]] = field(default_factory=dict)
    by_size: dict[str, tuple[float, float]] = field(default_factory=dict)


def figures_of(cases: Cases, seed: int, draws: int = DRAWS, by: Sequence[str] | None = None) -> Figures:
    """Every figure of measured questions.

    Args:
        cases: the questions.
        seed: of the scenes that are drawn.
        draws: how often.
        by: groupings to make tables of; None for all that the samples have.

    Raises:
        InputError: a grouping was asked for that no sample has.
    """
    precision = average_precision(cases.asked(), cases.conventions.max_boxes)
    weights = drawn_scenes(len(cases.scenes), seed, draws)
    found = Figures(intervals(measures(cases, precision), weights), scenes=len(cases.scenes))
    found.groups = {name: _table(cases, name, seed, draws) for name in _groupings(cases, by)}
    found.by_kind, found.by_size = precision.by_kind, precision.by_size
    found.curves = {
        "Acc by IoU": [
            (t, _nanmean(cases.hits(t))) for t in np.round(np.linspace(0.05, 0.95, 19), 2).tolist()
        ],
        "precision by recall, IoU 0.5": [(i / 100, float(p)) for i, p in enumerate(precision.curve)],
        "F1 by lowest score": _f1_curve(precision),
    }
    scores, hits, _ = _own(precision)
    bins = reliability(scores, hits)
    found.bins = [
        (float(w), float(s), float(h))
        for w, s, h in zip(bins.weight, bins.score, bins.hits, strict=True)
        if w
    ]
    return found


def compared(one: Cases, other: Cases, seed: int, draws: int = DRAWS) -> dict[str, Figure]:
    """This run less the other, for every figure that both have; the same scenes are drawn for both.

    Raises:
        InputError: the runs are of other questions or conventions.
    """
    if [i.sample.key for i in one.items] != [i.sample.key for i in other.items]:
        raise InputError(
            "The two evaluations are of different questions, so their difference says nothing. Evaluate both on the "
            "same set, split, limit and seed."
        )
    weights = drawn_scenes(len(one.scenes), seed, draws)
    left, right = (
        measures(cases, average_precision(cases.asked(), cases.conventions.max_boxes))
        for cases in (one, other)
    )
    pairs = {
        name: Measure(_difference(left[name], right[name]), left[name].count, left[name].spread)
        for name in left
        if name in right
    }
    return intervals(pairs, weights)


def _difference(left: Measure, right: Measure) -> Callable[[Floats], float]:
    return lambda weights: left.of(weights) - right.of(weights)


def drawn_scenes(count: int, seed: int, draws: int) -> Floats:
    """How often each scene is drawn, draws x scenes: as many as there are, with replacement."""
    rng = np.random.default_rng(seed)
    return np.asarray(rng.multinomial(count, np.full(count, 1 / count), size=draws), float)


def intervals(asked: Mapping[str, Measure], weights: Floats) -> dict[str, Figure]:
    """Values and intervals of measures; one that has no value is left out."""
    found = {}
    once = np.ones(weights.shape[1])
    for name, measure in asked.items():
        value = measure.of(once)
        if not math.isfinite(value):
            continue
        low = high = None
        if measure.spread and weights.shape[1] > 1:
            values = np.array([measure.of(row) for row in weights])
            values = values[np.isfinite(values)]
            if len(values):
                low, high = (float(v) for v in np.quantile(values, [0.025, 0.975]))
        found[name] = Figure(float(value), low, high, measure.count)
    return found


def measures(cases: Cases, precision: Precision) -> dict[str, Measure]:
    """Every figure as a function of how often each scene counts."""
    hit_50 = cases.hits(0.5)
    target = cases.has_target
    right, wrong, missed = cases.counts()
    union = np.array([item.union for item in cases.items])
    giou = np.array([np.nan if item.giou is None else item.giou for item in cases.items], float)
    found = {f"acc@{t:g}": _mean(cases, cases.hits(t)) for t in ACC_AT}
    found["acc@0.5_targets"] = _mean(cases, np.where(target, hit_50, np.nan))
    found["mean_iou"] = _mean(cases, cases.iou)
    found["generalised_iou"] = _mean(cases, giou)
    found["ciou"] = _ratio(cases, np.array([item.inter for item in cases.items]), union)
    found["f1"] = _ratio(cases, 2 * right, 2 * right + wrong + missed)
    found["precision"] = _ratio(cases, right, right + wrong)
    found["recall"] = _ratio(cases, right, right + missed)
    # An answer that can't be read is never the same as "nothing there".
    quiet = (~cases.shows & ~cases.unread).astype(float)
    found["empty_accuracy"] = _mean(cases, np.where(target, np.nan, quiet))
    found["false_empty"] = _mean(cases, np.where(target, quiet, np.nan))
    found["unread"] = _mean(cases, cases.unread.astype(float))
    return {**found, **_ranked(cases, precision), **_boundaries(cases)}


def _mean(cases: Cases, values: Floats) -> Measure:
    known = ~np.isnan(values)
    return _ratio(cases, np.where(known, values, 0.0), known.astype(float))


def _ratio(cases: Cases, above: Floats, below: Floats) -> Measure:
    """Sum by sum, each of them by scene."""
    size = len(cases.scenes)
    top, bottom = np.bincount(cases.scene, above, size), np.bincount(cases.scene, below, size)

    def of(weights: Floats) -> float:
        total = float(weights @ bottom)
        return float(weights @ top) / total if total else float("nan")

    return Measure(of, round(float(below.sum())) if below.max(initial=0.0) <= 1 else len(cases.items))


def _ranked(cases: Cases, precision: Precision) -> dict[str, Measure]:
    """Figures of rankings: average precision, AUROC, calibration."""
    kinds = list(precision.ranked.values())
    truths = int(sum(kind.truths.sum() for kind in kinds))
    scene = cases.scene

    known: dict[bytes, tuple[float, float]] = {}

    def ap(place: int) -> Callable[[Floats], float]:
        def of(weights: Floats) -> float:
            """Both are one calculation, and asked for the same draws one after the other."""
            key = weights.tobytes()
            if key not in known:
                known[key] = weighted(kinds, weights[scene])
            return known[key][place]

        return of

    scores, hits, asked = _own(precision)
    own_scene = scene[asked] if len(asked) else np.zeros(0, np.intp)

    def own_auroc(weights: Floats) -> float:
        each = weights[own_scene]
        return weighted_auroc(scores[hits], each[hits], scores[~hits], each[~hits])

    def ece(weights: Floats) -> float:
        return reliability(scores, hits, weights[own_scene]).error if len(scores) else float("nan")

    said = [
        (np.array([s for i in cases.items for s in getattr(i.answer, side)], float),
         np.array([p for p, i in zip(scene, cases.items, strict=True) for _ in getattr(i.answer, side)], np.intp))
        for side in ("right", "wrong")
    ]  # fmt: skip
    (pos, pos_scene), (neg, neg_scene) = said

    def verifier(weights: Floats) -> float:
        return weighted_auroc(pos, weights[pos_scene], neg, weights[neg_scene])

    spread = len({*pos_scene.tolist(), *neg_scene.tolist()}) > 1
    return {
        "ap50": Measure(ap(0), truths),
        "ap50_95": Measure(ap(1), truths),
        "verifier_auroc": Measure(verifier, len(pos) + len(neg), spread),
        "own_boxes_auroc": Measure(own_auroc, len(scores)),
        "ece": Measure(ece, len(scores)),
    }


def _own(precision: Precision) -> tuple[Floats, NDArray[np.bool_], NDArray[np.intp]]:
    """Scores of all found boxes that count, whether each is right at an IoU of 0.5, and for which question."""
    kinds = list(precision.ranked.values())
    kept = [~kind.ignored[0] for kind in kinds]
    scores = np.concatenate([np.zeros(0), *(k.scores[m] for k, m in zip(kinds, kept, strict=True))])
    hits = np.concatenate([np.zeros(0, bool), *(k.hit[0][m] for k, m in zip(kinds, kept, strict=True))])
    asked = np.concatenate([np.zeros(0, np.intp), *(k.asked[m] for k, m in zip(kinds, kept, strict=True))])
    return np.clip(scores, 0.0, 1.0), hits, asked


def _boundaries(cases: Cases) -> dict[str, Measure]:
    """How far the sides of hits are off, in pixels, and in metres where these are known."""
    off_px, off_m = np.full(len(cases.items), np.nan), np.full(len(cases.items), np.nan)
    for place, item in enumerate(cases.items):
        sides = [
            abs(a - b)
            for shown, true, iou in item.pairs
            if iou >= 0.5
            for a, b in zip(item.shown[shown], item.sample.truth_src[true], strict=True)
        ]
        if sides:
            off_px[place] = float(np.mean(sides))
            gsd_m = item.answer.gsd_m or item.sample.gsd_m
            off_m[place] = off_px[place] * gsd_m if gsd_m else np.nan
    found = {"boundary_px": off_px, "boundary_m": off_m}
    return {name: _mean(cases, values) for name, values in found.items()}


def size_group(boxes: Sequence[tuple[float, float, float, float]]) -> str:
    """COCO's size of the largest box: small below 32 x 32 pixels, large above 96 x 96."""
    if not boxes:
        return "no target"
    side = max(math.sqrt(max(0.0, (x2 - x1) * (y2 - y1))) for x1, y1, x2, y2 in boxes)
    return "small" if side < SMALL_PX else "large" if side > LARGE_PX else "medium"


def _groupings(cases: Cases, by: Sequence[str] | None) -> list[str]:
    there = sorted({name for item in cases.items for name in item.sample.groups} | {"size"})
    unknown = [name for name in by or () if name not in there]
    if unknown:
        raise InputError(
            f"No question of this set says its {unknown[0]}. Tables can be made by {', '.join(there)} (--by)."
        )
    told = {name for item in cases.items for name, of in item.sample.groups.items() if of != UNNAMED}
    return list(by) if by else [name for name in there if name == "size" or name in told]


def _table(cases: Cases, name: str, seed: int, draws: int) -> dict[str, dict[str, Figure]]:
    """The figures of each group that are ratios, and average precision, without an interval, of its boxes."""

    def group(place: int) -> str:
        item = cases.items[place].sample
        return size_group(item.truth_src) if name == "size" else item.groups.get(name, UNNAMED)

    of = np.array([group(place) for place in range(len(cases.items))])
    table = {}
    for value in sorted(set(of.tolist())):
        part = cases.where((of == value).tolist())
        precision = average_precision(part.asked(), part.conventions.max_boxes)
        every = measures(part, precision)
        weights = drawn_scenes(len(part.scenes), seed, draws)
        ranked = ("ap50", "ap50_95", "verifier_auroc", "own_boxes_auroc", "ece")
        quick = intervals({key: m for key, m in every.items() if key not in ranked}, weights)
        slow = intervals({key: every[key] for key in ranked}, weights[:0])
        table[value] = {**quick, **slow}
    return table


def _f1_curve(precision: Precision) -> list[tuple[float, float]]:
    scores, hits, _ = _own(precision)
    total = sum(float(kind.truths.sum()) for kind in precision.ranked.values())
    points = []
    for low in np.round(np.linspace(0.0, 0.95, 20), 2).tolist():
        shown = scores >= low
        right = float(hits[shown].sum())
        below = float(shown.sum()) + total
        points.append((low, 2 * right / below if below else 0.0))
    return points


def _nanmean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else 0.0
