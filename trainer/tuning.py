"""Runs the calibration of ``trainer.calibrate`` with a model: its own boxes, its own verifier, no truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.crops import cut_crop
from engine.types import ModelSpec, Pixels, Query, Stop, Verifier, Xyxy
from trainer.calibrate import BLOW_UPS, Calibration, blow_up, choose_area_rule, choose_margin, trusted_boxes
from trainer.config import RoundConfig
from trainer.queries import Pair, wrong_queries
from trainer.rewards import AreaRule, covered_share
from trainer.scoring import read_answer


def calibrate(
    spec: ModelSpec,
    verifier: Verifier,
    pairs: Sequence[Pair],
    texts: Sequence[str],
    pixels_of: Callable[[int], Pixels],
    config: RoundConfig,
    stop: Stop,
) -> Calibration:
    """Measure alpha, lambda and tau; those that the analyst set stay as they are.

    Args:
        spec: of the model.
        verifier: of round 0.
        pairs: training pairs.
        texts: the first policy's answers to them.
        pixels_of: chip -> pixels.
        config: the knobs that were set.
        stop: asked often.
    """
    chips = {pair.chip: pixels_of(pair.chip) for pair in pairs}
    asked: list[tuple[Pair, Xyxy]] = []
    for pair, text in zip(pairs, texts, strict=True):
        boxes = read_answer(text, spec, chips[pair.chip]).boxes_px or ()
        asked += [(pair, box) for box in boxes[:1]]
    wrong = wrong_queries([pair for pair, _ in asked], config.seed) if asked else []

    def scores(boxes: Sequence[Xyxy], queries: Sequence[str], margin: float) -> NDArray[np.float64]:
        crops = [
            cut_crop(chips[pair.chip], box, margin=margin, crop_px=spec.crop_px)
            for (pair, _), box in zip(asked, boxes, strict=True)
        ]
        return np.asarray(verifier.score(crops, [Query(text) for text in queries], stop), dtype=float)

    own, right = [box for _, box in asked], [pair.query for pair, _ in asked]
    margin, separation = choose_margin(lambda m: (scores(own, right, m), scores(own, wrong, m)))
    if config.margin is not None:
        margin = config.margin
    rule, price, trusted = _area_rule(lambda boxes: scores(boxes, right, margin), asked, chips)
    weight = rule.weight if config.area_weight is None else config.area_weight
    allowed = rule.allowed if config.area_allowed is None else config.area_allowed
    return Calibration(margin, AreaRule(weight, allowed), separation, price, trusted)


def _area_rule(
    score: Callable[[Sequence[Xyxy]], NDArray[np.float64]],
    asked: Sequence[tuple[Pair, Xyxy]],
    chips: dict[int, Pixels],
) -> tuple[AreaRule, dict[float, float], int]:
    sizes = [chips[pair.chip].shape[:2] for pair, _ in asked]
    own = [box for _, box in asked]
    plain = score(own)
    chosen = trusted_boxes(plain)
    shares = np.array([covered_share([b], w, h) for b, (h, w) in zip(own, sizes, strict=True)])
    blown_shares, blown_scores = np.zeros((len(own), len(BLOW_UPS))), np.zeros((len(own), len(BLOW_UPS)))
    for column, factor in enumerate(BLOW_UPS):
        boxes = [blow_up(b, factor, w, h) for b, (h, w) in zip(own, sizes, strict=True)]
        blown_scores[:, column] = score(boxes)
        blown_shares[:, column] = [covered_share([b], w, h) for b, (h, w) in zip(boxes, sizes, strict=True)]
    rule, price = choose_area_rule(shares[chosen], plain[chosen], blown_shares[chosen], blown_scores[chosen])
    return rule, price, int(chosen.sum())
