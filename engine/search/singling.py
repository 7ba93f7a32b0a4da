"""Of all that could be meant, the one that is: the largest ship of a raster is one ship.

What a question seeks at all is looked for and scored like anything else; what singles one out is measured on the
boxes of all windows together. North is where the raster's own map has it, and sizes are those on the ground.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from affine import Affine
from numpy.typing import NDArray

from engine.counting import count
from engine.imagery.frames import point_src_to_crs
from engine.imagery.ground_plane import Ground
from engine.language.comparing import Measure, comparison_of, every
from engine.types import Detection, ModelSpec, Query, Xyxy

UP = Affine.scale(1, -1)
"""The map of pixels that lie nowhere: up is north."""
NOWHERE = Ground.of(UP, None, None, 1, 1)


def sought(query: Query) -> Query:
    """What a crop can be asked about: the question without what only a comparison tells."""
    comparison = comparison_of(query.text)
    return query if comparison is None else Query(comparison.plain)


def left_unasked(not_understood: Mapping[str, str], queries: Sequence[str]) -> list[str]:
    """A sentence for each question of which no boxes are kept, since the verifier does not understand it.

    Args:
        not_understood: what the verifier was asked and does not understand, each with a sentence.
        queries: the questions as they were typed.
    """
    asked = {text: sought(Query(text)).text for text in queries}
    return [
        f"No boxes of “{text[:80]}” are kept. {not_understood[seen]}"
        for text, seen in asked.items()
        if seen in not_understood
    ]


def sayings(query: Query, spec: ModelSpec) -> list[Query]:
    """How a window is asked: the question, and where one of several is meant also the question for all of them.

    Models count and compare badly; what a window's largest is, measuring tells better than its policy (LOG.md).
    """
    comparison = comparison_of(query.text)
    if comparison is None or comparison.measure is None:
        return [query]
    return [query, every(comparison.plain, spec)]


def measured(boxes_src: Sequence[Xyxy], measure: Measure, ground: Ground) -> NDArray[np.float64]:
    """How much each box has of what singles one out: the highest is meant.

    Args:
        boxes_src: in source pixels.
        measure: square metres on the ground, or how far the centre lies in one direction in map units.
        ground: of the raster.
    """
    if measure in ("largest", "smallest"):
        sizes = [(box[2] - box[0]) * (box[3] - box[1]) * ground.plane(box).pixel ** 2 for box in boxes_src]
        return np.array(sizes) * (1 if measure == "largest" else -1)
    transform = UP if ground.transform == Affine.identity() else ground.transform
    centres = [
        point_src_to_crs(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), transform) for box in boxes_src
    ]
    axis = 0 if measure in ("east", "west") else 1
    return np.array([centre[axis] for centre in centres]) * (1 if measure in ("east", "north") else -1)


def singled_out(
    boxes_src: Sequence[Xyxy], scores: Sequence[float], measure: Measure, ground: Ground, min_score: float
) -> int:
    """Index of the box that is meant, at least one being given.

    Only boxes that are believed are compared: one that is hardly a ship is not the largest ship. Where none is,
    the best one is taken.

    Args:
        boxes_src: all that could be meant, in source pixels.
        scores: how far each is believed to be what is sought at all.
        measure: what singles one out.
        ground: of the raster.
        min_score: from which a box is believed.
    """
    believed = [index for index, score in enumerate(scores) if score >= min_score]
    if not believed:
        return int(np.argmax(scores))
    values = measured([boxes_src[index] for index in believed], measure, ground)
    return believed[int(np.argmax(values))]


def one_each(
    detections: Sequence[Detection], ground: Ground, min_score: float
) -> tuple[list[Detection], list[str]]:
    """The detections, of each question that singles one out only that one.

    Args:
        detections: of all questions and windows, merged and scored.
        ground: of the raster.
        min_score: from which a box is believed.

    Returns:
        What is left, and a sentence for each such question on how many were compared.
    """
    kept, notes = list(detections), []
    for text in dict.fromkeys(detection.query for detection in detections):
        comparison = comparison_of(text)
        if comparison is None or comparison.measure is None:
            continue
        mine = [detection for detection in detections if detection.query == text]
        boxes, scores = [d.xyxy_src for d in mine], [d.score for d in mine]
        meant = mine[singled_out(boxes, scores, comparison.measure, ground, min_score)]
        kept = [d for d in kept if d.query != text or d is meant]
        compared = sum(score >= min_score for score in scores)
        notes.append(
            f"“{text}” is one of {count(max(compared, 1), 'box', 'boxes')} for “{comparison.plain}” in the searched "
            "area, told from the others by measuring. Ask for all of them to see them."
        )
    return kept, notes
