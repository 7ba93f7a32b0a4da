"""Average precision: matched and summed by pycocotools, and once more from its matches for resampled scenes."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from engine.evaluate.overlap import box_area
from engine.types import Xyxy

THRESHOLDS = np.round(np.linspace(0.5, 0.95, 10), 2)
RECALLS = np.linspace(0.0, 1.0, 101)
SIZES = ("all", "small", "medium", "large")
"""pycocotools' own: below 32 x 32 pixels, below 96 x 96, and above."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Asked:
    """One question of one picture, as average precision sees it.

    Attributes:
        kind: boxes of one kind are ranked together.
        truth: true boxes.
        ignored: boxes that count neither way.
        boxes: found ones.
        scores: of each.
    """

    kind: str
    truth: Sequence[Xyxy]
    ignored: Sequence[Xyxy]
    boxes: Sequence[Xyxy]
    scores: Sequence[float]


@dataclass(frozen=True)
class Ranked:
    """Found boxes of one kind, best first, as pycocotools matched them.

    Attributes:
        scores: N.
        asked: N, which question each was found for.
        hit: thresholds x N, on a true box.
        ignored: thresholds x N, counts neither way.
        truths: true boxes of each question, as many entries as there are questions.
    """

    scores: Floats
    asked: NDArray[np.intp]
    hit: Flags
    ignored: Flags
    truths: Floats


@dataclass(frozen=True)
class Precision:
    """Average precision of a set.

    Attributes:
        ap50: mean over kinds at an IoU of 0.5; NaN where nothing is true.
        ap: mean over kinds and the ten thresholds from 0.5 to 0.95.
        by_kind: kind -> (ap50, ap).
        by_size: size -> (ap50, ap); NaN where nothing is of that size.
        ranked: kind -> its boxes.
        curve: precision at the 101 recalls, at an IoU of 0.5, mean over kinds.
    """

    ap50: float
    ap: float
    by_kind: dict[str, tuple[float, float]]
    by_size: dict[str, tuple[float, float]]
    ranked: dict[str, Ranked]
    curve: Floats


def average_precision(asked: Sequence[Asked], max_boxes: int) -> Precision:
    """Match boxes with pycocotools, and sum up.

    Args:
        asked: every question; its place in this sequence is its number.
        max_boxes: of each question only so many boxes count, the best ones.
    """
    kinds = sorted({item.kind for item in asked})
    with contextlib.redirect_stdout(io.StringIO()):
        found = _evaluated(asked, kinds, max_boxes)
    precision = found.eval["precision"][..., -1] if asked else np.full((10, 101, 0, 4), -1.0)
    by_kind = {kind: _means(precision[:, :, k, 0]) for k, kind in enumerate(kinds)}
    by_size = {size: _means(precision[:, :, :, a]) for a, size in enumerate(SIZES)}
    first = precision[0, :, :, 0]
    curve = first[:, (first > -1).all(axis=0)]
    return Precision(
        ap50=by_size["all"][0],
        ap=by_size["all"][1],
        by_kind=by_kind,
        by_size=by_size,
        ranked=_ranked(found, kinds, len(asked)) if asked else {},
        curve=curve.mean(axis=1) if curve.size else np.zeros(0),
    )


def _evaluated(asked: Sequence[Asked], kinds: Sequence[str], max_boxes: int) -> COCOeval:
    truth = COCO()
    truth.dataset = {
        "images": [{"id": number} for number in range(1, len(asked) + 1)],
        "categories": [{"id": number} for number in range(1, len(kinds) + 1)],
        "annotations": [],
    }
    number_of = {kind: number for number, kind in enumerate(kinds, start=1)}
    rows = []
    for image, item in enumerate(asked, start=1):
        for crowd, boxes in ((0, item.truth), (1, item.ignored)):
            for box in boxes:
                truth.dataset["annotations"].append(
                    {
                        "id": len(truth.dataset["annotations"]) + 1,
                        "image_id": image,
                        "category_id": number_of[item.kind],
                        "bbox": _xywh(box),
                        "area": box_area(box),
                        "iscrowd": crowd,
                    }
                )
        rows += [
            {"image_id": image, "category_id": number_of[item.kind], "bbox": _xywh(box), "score": score}
            for box, score in zip(item.boxes, item.scores, strict=True)
        ]
    truth.createIndex()
    found = COCOeval(truth, truth.loadRes(rows) if rows else COCO(), "bbox")
    found.params.maxDets = [1, 10, max_boxes] if max_boxes > 10 else [max_boxes]
    if asked:
        found.evaluate()
        found.accumulate()
    return found


def _xywh(box: Xyxy) -> list[float]:
    return [box[0], box[1], max(0.0, box[2] - box[0]), max(0.0, box[3] - box[1])]


def _means(precision: NDArray[np.float64]) -> tuple[float, float]:
    """AP50 and AP of pycocotools' table; NaN where there is nothing true."""

    def mean(values: NDArray[np.float64]) -> float:
        known = values[values > -1]
        return float(known.mean()) if known.size else float("nan")

    return mean(precision[0]), mean(precision)


def _ranked(found: COCOeval, kinds: Sequence[str], count: int) -> dict[str, Ranked]:
    """What :func:`weighted` needs of pycocotools' matches, for boxes of all sizes."""
    images, areas = len(found.params.imgIds), len(found.params.areaRng)
    ranked = {}
    for k, kind in enumerate(kinds):
        parts = found.evalImgs[k * areas * images : k * areas * images + images]
        rows = [(place, part) for place, part in enumerate(parts) if part is not None]
        truths = np.zeros(count)
        for place, part in rows:
            truths[place] = np.count_nonzero(part["gtIgnore"] == 0)
        empty = np.zeros((len(THRESHOLDS), 0), bool)
        scores = np.array([s for _, part in rows for s in part["dtScores"]], float)
        asked = np.array([place for place, part in rows for _ in part["dtScores"]], np.intp)
        order = np.argsort(-scores, kind="mergesort")
        ignored = np.concatenate([empty, *(part["dtIgnore"].astype(bool) for _, part in rows)], axis=1)
        matched = np.concatenate([empty, *(part["dtMatches"] > 0 for _, part in rows)], axis=1)
        ranked[kind] = Ranked(
            scores[order], asked[order], (matched & ~ignored)[:, order], ignored[:, order], truths
        )
    return ranked


def weighted(ranked: Sequence[Ranked], weights: Floats) -> tuple[float, float]:
    """AP50 and AP where each question counts as often as its weight says.

    With every weight 1 this is pycocotools' figure; with whole numbers that of a set in which questions are repeated.

    Args:
        ranked: one entry a kind.
        weights: of every question.
    """
    at_50, at_all = [], []
    for kind in ranked:
        total = float((weights * kind.truths).sum())
        if not total:
            continue
        each = weights[kind.asked]
        hits = np.cumsum(kind.hit * each, axis=1)
        misses = np.cumsum((~kind.hit & ~kind.ignored) * each, axis=1)
        precision = hits / np.maximum(hits + misses, np.spacing(1))
        highest = np.maximum.accumulate(precision[:, ::-1], axis=1)[:, ::-1]
        recalls = hits / total
        values = [_interpolated(recalls[t], highest[t]) for t in range(len(THRESHOLDS))]
        at_50.append(values[0])
        at_all.append(float(np.mean(values)))
    if not at_50:
        return float("nan"), float("nan")
    return float(np.mean(at_50)), float(np.mean(at_all))


def _interpolated(recalls: Floats, highest: Floats) -> float:
    places = np.searchsorted(recalls, RECALLS, side="left")
    reached = places < len(recalls)
    return float(highest[places[reached]].sum() / len(RECALLS)) if reached.any() else 0.0


def auroc(positive: ArrayLike, negative: ArrayLike) -> float:
    """Probability that a positive outranks a negative, ties counting half; 0.5 when either side is empty."""
    pos, neg = np.asarray(positive, dtype=float), np.asarray(negative, dtype=float)
    if not len(pos) or not len(neg):
        return 0.5
    return weighted_auroc(pos, np.ones(len(pos)), neg, np.ones(len(neg)))


def weighted_auroc(pos: Floats, pos_weights: Floats, neg: Floats, neg_weights: Floats) -> float:
    """The same where every score counts as often as its weight says; NaN where a side has no weight."""
    total = float(pos_weights.sum() * neg_weights.sum())
    if not total:
        return float("nan")
    order = np.argsort(neg, kind="stable")
    sorted_neg, up_to = neg[order], np.concatenate([[0.0], np.cumsum(neg_weights[order])])
    below = up_to[np.searchsorted(sorted_neg, pos, side="left")]
    upto = up_to[np.searchsorted(sorted_neg, pos, side="right")]
    return float((pos_weights * (below + upto)).sum() / 2 / total)


@dataclass(frozen=True)
class Reliability:
    """How well scores are probabilities, over equal bins of score: weight of each bin, mean score, share of hits."""

    weight: Floats
    score: Floats
    hits: Floats

    @property
    def error(self) -> float:
        """Expected calibration error: mean distance of score and share of hits, weighted by boxes; 0 without any."""
        total = float(self.weight.sum())
        gaps = np.abs(self.score - self.hits) * self.weight
        return float(gaps.sum() / total) if total else 0.0


def reliability(
    scores: Floats, hits: ArrayLike, weights: Floats | None = None, bins: int = 10
) -> Reliability:
    """Scores from 0 to 1 against whether each was right."""
    right, each = np.asarray(hits, float), np.ones(len(scores)) if weights is None else weights
    place = np.minimum((scores * bins).astype(int), bins - 1)

    def binned(values: Floats) -> Floats:
        return np.asarray(np.bincount(place, values, bins), float)

    weight = binned(each)
    held = np.maximum(weight, 1e-12)
    return Reliability(weight, binned(each * scores) / held, binned(each * right) / held)
