"""Figures equal to what others compute of the same boxes, or to their definition written down a second time."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.evaluate.figures import compared, drawn_scenes, figures_of
from engine.evaluate.overlap import box_iou, generalised_iou
from engine.evaluate.precision import reliability
from engine.model import torchvision_ops  # noqa: F401  (declares what torchvision needs, before it is imported)
from tests.engine.test_evaluate_figures import BOX, answer, cases, sample, values

EXACT = 1e-6
FOUND = st.lists(st.tuples(BOX, st.sampled_from([0.2, 0.4, 0.6, 0.8])), max_size=4)
QUESTION = st.tuples(st.lists(BOX, max_size=3), FOUND, st.sampled_from([0.3, 1.0, 10.0]))


def set_of(questions, *, scenes: int = 0, **chosen):
    """Cases of drawn questions; every so many of them lie in one scene."""
    return cases(
        *(
            (
                sample(str(n), *truth, gsd_m=gsd_m, scene=str(n % scenes) if scenes else str(n)),
                answer(str(n), *sorted(found, key=lambda pair: -pair[1])),
            )
            for n, (truth, found, gsd_m) in enumerate(questions)
        ),
        **chosen,
    )


@given(st.lists(BOX, min_size=1, max_size=4), st.lists(BOX, min_size=1, max_size=4))
@settings(max_examples=30)
def test_generalised_iou_is_that_of_torchvision(ours, theirs) -> None:
    from torchvision.ops import box_iou as their_iou
    from torchvision.ops import generalized_box_iou

    one, other = torch.tensor(ours, dtype=torch.float64), torch.tensor(theirs, dtype=torch.float64)
    mine = [[generalised_iou(a, b) for b in theirs] for a in ours]
    assert np.array(mine) == pytest.approx(generalized_box_iou(one, other).numpy(), abs=EXACT)
    plain = [[box_iou(a, b) for b in theirs] for a in ours]
    assert np.array(plain) == pytest.approx(their_iou(one, other).numpy(), abs=EXACT)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_calibration_error_is_the_weighted_gap_of_ten_bins(pairs) -> None:
    gaps = 0.0
    for low in range(10):
        inside = [(s, hit) for s, hit in pairs if min(int(s * 10), 9) == low]
        if inside:
            gap = np.mean([s for s, _ in inside]) - np.mean([float(hit) for _, hit in inside])
            gaps += len(inside) * abs(float(gap))
    scores = np.array([s for s, _ in pairs])
    assert reliability(scores, [hit for _, hit in pairs]).error == pytest.approx(gaps / len(pairs), abs=EXACT)


def matched(shown, truth) -> list[tuple[int, int, float]]:
    """Pairs of boxes, the best first, each box once."""
    left = [(box_iou(a, b), i, j) for i, a in enumerate(shown) for j, b in enumerate(truth)]
    pairs: list[tuple[int, int, float]] = []
    for iou, i, j in sorted(left, key=lambda item: (-item[0], item[1], item[2])):
        if iou > 0 and all(i != a and j != b for a, b, _ in pairs):
            pairs.append((i, j, iou))
    return pairs


@given(st.lists(QUESTION, min_size=1, max_size=6))
@settings(max_examples=40)
def test_f1_and_boundaries_are_counted_over_the_shown_boxes(questions) -> None:
    right = shown_in_all = true_in_all = 0
    metres = []
    for truth, found, gsd_m in questions:
        shown = [box for box, score in sorted(found, key=lambda pair: -pair[1]) if score >= 0.5]
        hits = [(i, j) for i, j, iou in matched(shown, truth) if iou >= 0.5]
        right, shown_in_all, true_in_all = (
            right + len(hits),
            shown_in_all + len(shown),
            true_in_all + len(truth),
        )
        sides = [abs(a - b) for i, j in hits for a, b in zip(shown[i], truth[j], strict=True)]
        metres += [gsd_m * float(np.mean(sides))] if sides else []
    got = values(set_of(questions, shown_from=0.5, strict=False))
    if shown_in_all:
        assert got["precision"] == pytest.approx(right / shown_in_all, abs=EXACT)
    if true_in_all:
        assert got["recall"] == pytest.approx(right / true_in_all, abs=EXACT)
    if shown_in_all + true_in_all:
        assert got["f1"] == pytest.approx(2 * right / (shown_in_all + true_in_all), abs=EXACT)
    assert ("boundary_m" in got) == bool(metres)
    if metres:
        assert got["boundary_m"] == pytest.approx(float(np.mean(metres)), abs=EXACT)


@given(st.lists(QUESTION, min_size=4, max_size=12))
@settings(max_examples=12)
def test_intervals_are_percentiles_of_sets_that_were_drawn_scene_by_scene(questions) -> None:
    found = set_of(questions, scenes=3)
    names = list(dict.fromkeys(str(n % 3) for n in range(len(questions))))
    ious, hits = found.iou, found.hits(0.5)
    drawn = {"mean_iou": [], "acc@0.5": []}
    for row in drawn_scenes(len(names), 5, 40).astype(int):
        again = [
            n
            for name, times in zip(names, row, strict=True)
            for _ in range(times)
            for n in range(len(questions))
            if str(n % 3) == name
        ]
        drawn["mean_iou"].append(np.nanmean(ious[again]))
        drawn["acc@0.5"].append(np.nanmean(hits[again]))
    got = figures_of(found, seed=5, draws=40).all
    for name, each in drawn.items():
        low, high = np.quantile(each, [0.025, 0.975])
        assert (got[name].low, got[name].high) == pytest.approx((low, high), abs=EXACT)


@given(st.lists(st.tuples(QUESTION, FOUND), min_size=4, max_size=10))
@settings(max_examples=12)
def test_a_paired_comparison_is_the_mean_of_differences_over_the_same_draws(pairs) -> None:
    one = set_of([question for question, _ in pairs])
    other = set_of([(truth, found, gsd_m) for (truth, _, gsd_m), found in pairs])
    gains = one.iou - other.iou
    weights = drawn_scenes(len(pairs), 7, 60)
    low, high = np.quantile(weights @ gains / weights.sum(axis=1), [0.025, 0.975])
    got = compared(one, other, seed=7, draws=60)["mean_iou"]
    assert (got.value, got.low, got.high) == pytest.approx((gains.mean(), low, high), abs=EXACT)
