"""Figures against hand counts, pycocotools, and the field's own way of summing masks."""

from __future__ import annotations

import contextlib
import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from engine.errors import InputError
from engine.evaluate.cases import Cases, case_of, cases_of, in_blocks
from engine.evaluate.figures import (
    TITLES,
    compared,
    drawn_scenes,
    figures_of,
    intervals,
    measures,
    size_group,
)
from engine.evaluate.overlap import covered, generalised_iou, matched_iou
from engine.evaluate.precision import Asked, auroc, average_precision, reliability, weighted
from engine.evaluate.samples import Answer, Conventions, Sample

A, B = (0.0, 0.0, 10.0, 10.0), (20.0, 20.0, 40.0, 40.0)


def sample(key: str, *truth: tuple[float, ...], **fields) -> Sample:
    return Sample(key, f"{key}.png", "all ships", tuple(truth), scene=fields.pop("scene", key), **fields)


def answer(key: str, *found: tuple[tuple[float, ...], float], **fields) -> Answer:
    return Answer(
        key,
        tuple(b for b, _ in found),
        tuple(s for _, s in found),
        ("",) * len(found),
        size_src=(100, 100),
        **fields,
    )


def cases(*pairs, **chosen) -> Cases:
    conventions = Conventions(**chosen)
    return Cases(tuple(case_of(s, a, conventions) for s, a in pairs), conventions)


def values(found: Cases) -> dict[str, float]:
    once = np.zeros((0, len(found.scenes)))
    every = measures(found, average_precision(found.asked(), found.conventions.max_boxes))
    return {name: figure.value for name, figure in intervals(every, once).items()}


@pytest.mark.parametrize(("strict", "acc"), [(True, 0.0), (False, 1.0)])
def test_an_overlap_of_exactly_a_half_is_a_hit_only_where_that_is_chosen(strict: bool, acc: float) -> None:
    found = cases(
        (sample("a", (0.0, 0.0, 10.0, 10.0)), answer("a", ((0.0, 0.0, 10.0, 5.0), 0.9))), strict=strict
    )
    assert values(found)["acc@0.5"] == acc
    assert values(found)["f1"] == acc


@pytest.mark.parametrize(("empty", "mean"), [("one", (1 + 0 + 1) / 3), ("zero", 1 / 3), ("skip", 1.0)])
def test_empty_targets_count_as_chosen(empty: str, mean: float) -> None:
    pairs = [
        (sample("quiet"), answer("quiet")),
        (sample("loud"), answer("loud", (A, 0.9))),
        (sample("ship", A), answer("ship", (A, 0.9))),
    ]
    found = values(cases(*pairs, empty=empty))
    assert found["mean_iou"] == pytest.approx(mean)
    assert found["empty_accuracy"] == 0.5
    assert found["acc@0.5_targets"] == 1.0


def test_an_answer_that_cannot_be_read_is_never_nothing() -> None:
    found = values(cases((sample("a"), answer("a", unread="I would rather not say.")), empty="one"))
    assert (found["mean_iou"], found["empty_accuracy"], found["unread"]) == (0.0, 0.0, 1.0)


def test_several_parts_are_measured_whole_or_each_as_chosen() -> None:
    pair = (sample("a", A, B), answer("a", (A, 0.9)))
    whole, each = values(cases(pair, boxes="whole")), values(cases(pair, boxes="each"))
    assert whole["mean_iou"] == pytest.approx(100 / 1600)
    assert each["mean_iou"] == pytest.approx(0.5)


def test_the_best_or_all_boxes_count_as_chosen() -> None:
    pair = (sample("a", A), answer("a", (A, 0.9), (B, 0.8)))
    assert values(cases(pair, taken="best"))["mean_iou"] == 1.0
    assert values(cases(pair, taken="all"))["mean_iou"] == 0.5
    assert values(cases(pair, taken="all", shown_from=0.85))["mean_iou"] == 1.0


def test_the_price_of_area_picks_the_smaller_of_two_boxes() -> None:
    wide = (0.0, 0.0, 80.0, 80.0)
    pair = (sample("a", A), answer("a", (wide, 0.9), (A, 0.8)))
    assert values(cases(pair, taken="best"))["acc@0.5"] == 0.0
    assert values(cases(pair, taken="best", area_weight=0.5, area_allowed=0.1))["acc@0.5"] == 1.0


def test_generalised_iou_is_below_iou_and_known_for_boxes_apart() -> None:
    assert generalised_iou(A, A) == 1.0
    assert generalised_iou(A, (20.0, 0.0, 30.0, 10.0)) == pytest.approx(-1 / 3)
    found = values(cases((sample("a", A), answer("a", ((20.0, 0.0, 30.0, 10.0), 0.9)))))
    assert (found["mean_iou"], found["generalised_iou"]) == (0.0, pytest.approx(-1 / 3))


def test_boundaries_are_told_in_metres() -> None:
    found = values(cases((sample("a", A, gsd_m=2.0), answer("a", ((0.0, 0.0, 10.0, 8.0), 0.9)))))
    assert (found["boundary_px"], found["boundary_m"]) == (0.5, 1.0)


def test_ignored_objects_count_neither_way() -> None:
    asked = sample("a", A, ignored_src=(B,))
    found = values(cases((asked, answer("a", (A, 0.9), (B, 0.8)))))
    assert (found["precision"], found["recall"], found["ap50"], found["mean_iou"]) == (1.0, 1.0, 1.0, 1.0)


BOX = st.tuples(*[st.integers(0, 12)] * 4).map(
    lambda v: (
        float(min(v[0], v[2])), float(min(v[1], v[3])), float(max(v[0], v[2]) + 1), float(max(v[1], v[3]) + 1),
    )
)  # fmt: skip
SCORED = st.lists(st.tuples(BOX, st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9])), max_size=5)
PICTURE = st.tuples(
    st.lists(BOX, max_size=4), st.lists(BOX, max_size=1), SCORED, st.sampled_from(["ship", "roof"])
)


@given(st.lists(PICTURE, min_size=1, max_size=6))
@settings(max_examples=40)
@example([([(0.0, 0.0, 4.0, 4.0)], [], [((0.0, 0.0, 4.0, 4.0), 0.9)], "ship")])
def test_average_precision_is_that_of_pycocotools(pictures) -> None:
    asked = [
        Asked(kind, truth, hidden, [b for b, _ in found], [s for _, s in found])
        for truth, hidden, found, kind in pictures
    ]
    found = average_precision(asked, 100)
    wanted = coco_stats(asked)
    if any(item.truth for item in asked):
        assert found.ap == pytest.approx(wanted[0], abs=1e-6)
        assert found.ap50 == pytest.approx(wanted[1], abs=1e-6)
        if any(item.boxes for item in asked):
            sizes = [found.by_size[size][1] for size in ("small", "medium", "large")]
            assert [-1 if np.isnan(s) else s for s in sizes] == pytest.approx(list(wanted[3:6]), abs=1e-6)
        again = weighted(list(found.ranked.values()), np.ones(len(asked)))
        assert again == pytest.approx((wanted[1], wanted[0]), abs=1e-6)
    else:
        assert np.isnan(found.ap)


def coco_stats(asked: list[Asked]) -> np.ndarray:
    """pycocotools' own summary, over the same pictures written down independently."""
    kinds = sorted({item.kind for item in asked})
    truth, rows = [], []
    for image, item in enumerate(asked):
        for crowd, boxes in enumerate((item.truth, item.ignored)):
            for x1, y1, x2, y2 in boxes:
                truth.append(
                    {
                        "id": len(truth) + 1, "image_id": image, "category_id": kinds.index(item.kind),
                        "bbox": [x1, y1, x2 - x1, y2 - y1], "area": (x2 - x1) * (y2 - y1), "iscrowd": crowd,
                    }
                )  # fmt: skip
        for (x1, y1, x2, y2), score in zip(item.boxes, item.scores, strict=True):
            box = [x1, y1, x2 - x1, y2 - y1]
            rows.append(
                {"image_id": image, "category_id": kinds.index(item.kind), "bbox": box, "score": score}
            )
    with contextlib.redirect_stdout(io.StringIO()):
        known = COCO()
        known.dataset = {
            "images": [{"id": n} for n in range(len(asked))], "annotations": truth,
            "categories": [{"id": n} for n in range(len(kinds))],
        }  # fmt: skip
        known.createIndex()
        if not rows:
            return np.where([any(i.truth for i in asked)] * 6, 0.0, -1.0) if truth else np.full(6, -1.0)
        result = COCOeval(known, known.loadRes(rows), "bbox")
        result.evaluate()
        result.accumulate()
        result.summarize()
    return result.stats


@given(st.lists(PICTURE, min_size=1, max_size=5), st.lists(st.integers(0, 3), min_size=5, max_size=5))
@settings(max_examples=25)
def test_weights_are_repetitions(pictures, often) -> None:
    """A scene that is drawn twice counts as if its pictures were in the set twice."""
    asked = [
        Asked(kind, truth, (), [b for b, _ in found], [s for _, s in found])
        for truth, _, found, kind in pictures
    ]
    weights = np.array(often[: len(asked)], float)
    repeated = [item for item, n in zip(asked, often, strict=False) for _ in range(n)]
    mine = weighted(list(average_precision(asked, 100).ranked.values()), weights)
    if any(item.truth for item in repeated):
        # Equal scores of different pictures may be ranked in another order; without such ties both agree.
        scores = [s for item in asked for s in item.scores]
        if len(set(scores)) == len(scores):
            theirs = average_precision(repeated, 100)
            ties = [s for item in repeated for s in item.scores]
            if len(set(ties)) == len(ties):
                assert mine == pytest.approx((theirs.ap50, theirs.ap), abs=1e-9)
    else:
        assert np.isnan(mine[0])


@given(st.lists(st.tuples(st.lists(BOX, max_size=3), st.lists(BOX, max_size=3)), min_size=1, max_size=6))
def test_sums_are_those_of_masks(pairs) -> None:
    """The field paints masks and counts pixels: mean of ratios, and ratio of sums; 1 where both are empty."""

    def painted(boxes) -> np.ndarray:
        mask = np.zeros((20, 20), bool)
        for x1, y1, x2, y2 in boxes:
            mask[int(y1) : int(y2), int(x1) : int(x2)] = True
        return mask

    inter = [(painted(p) & painted(t)).sum() for p, t in pairs]
    union = [(painted(p) | painted(t)).sum() for p, t in pairs]
    for (p, t), i in zip(pairs, inter, strict=True):
        assert covered(p, t) == i
    found = cases(
        *((sample(str(n), *t), answer(str(n), *((b, 0.5) for b in p))) for n, (p, t) in enumerate(pairs)),
        boxes="each",
    )
    got = values(found)
    if sum(union):
        assert got["ciou"] == pytest.approx(sum(inter) / sum(union), abs=1e-6)
    whole = cases(
        *(
            (sample(str(n), *t[:1]), answer(str(n), *((b, 0.5) for b in p[:1])))
            for n, (p, t) in enumerate(pairs)
        ),
        boxes="whole",
    )
    ratios = []
    for p, t in pairs:
        above, below = (painted(p[:1]) & painted(t[:1])).sum(), (painted(p[:1]) | painted(t[:1])).sum()
        ratios.append(above / below if below else 1.0)
    assert values(whole)["mean_iou"] == pytest.approx(float(np.mean(ratios)), abs=1e-6)


@given(st.lists(st.floats(0, 1), max_size=8), st.lists(st.floats(0, 1), max_size=8))
def test_auroc_is_the_share_of_pairs_in_order(pos, neg) -> None:
    pairs = [(p > n) + 0.5 * (p == n) for p in pos for n in neg]
    assert auroc(pos, neg) == pytest.approx(float(np.mean(pairs)) if pairs else 0.5)


def test_calibration_is_the_distance_of_score_and_hits() -> None:
    assert reliability(np.array([0.9, 0.9]), [1.0, 0.0]).error == pytest.approx(0.4)
    assert reliability(np.array([0.25, 0.75]), [0.0, 1.0]).error == pytest.approx(0.25)
    assert reliability(np.zeros(0), []).error == 0.0


def test_figures_have_their_intervals_over_scenes() -> None:
    rng = np.random.default_rng(0)
    pairs = []
    for n in range(40):
        hit = bool(rng.random() < 0.5)
        pairs.append((sample(str(n), A, scene=f"place {n // 2}"), answer(str(n), (A if hit else B, 0.9))))
    found = figures_of(cases(*pairs), seed=3, draws=400)
    acc = found.all["acc@0.5"]
    assert (found.scenes, acc.count) == (20, 40)
    assert acc.low < acc.value < acc.high
    # Twenty places of two questions: about 1.96 standard errors of a mean of forty coins on either side.
    assert 0.2 < acc.high - acc.low < 0.45
    assert figures_of(cases(*pairs), seed=3, draws=400).all == found.all


def test_the_bootstrap_draws_whole_scenes() -> None:
    """Questions of one scene that agree with each other are one witness, not many."""
    alone = cases(*((sample(str(n), A), answer(str(n), (A if n < 10 else B, 0.9))) for n in range(20)))
    together = cases(
        *(
            (sample(str(n), A, scene=str(n // 5)), answer(str(n), (A if n < 10 else B, 0.9)))
            for n in range(20)
        )
    )
    spread = [
        (f := figures_of(found, 1, draws=500).all["acc@0.5"]).high - f.low for found in (alone, together)
    ]
    assert spread[1] > 1.5 * spread[0]


def test_a_comparison_draws_the_same_scenes_for_both() -> None:
    """Two runs that differ by one question each in twenty are told apart, though each has a wide interval."""
    asked = [sample(str(n), A) for n in range(20)]
    one = cases(*((s, answer(s.key, (A if int(s.key) % 2 else B, 0.9))) for s in asked))
    other = cases(*((s, answer(s.key, (A if int(s.key) % 2 and s.key != "1" else B, 0.9))) for s in asked))
    same = compared(one, one, seed=0, draws=200)["acc@0.5"]
    assert (same.value, same.low, same.high) == (0.0, 0.0, 0.0)
    less = compared(other, one, seed=0, draws=200)["acc@0.5"]
    assert less.value == pytest.approx(-0.05)
    assert less.high <= 0.0
    with pytest.raises(InputError, match="different questions"):
        compared(one, cases(*((s, answer(s.key)) for s in asked[:5])), seed=0)


def test_tables_are_made_by_every_grouping_and_only_by_those() -> None:
    pairs = [
        (
            sample(str(n), A, kind=k, groups={"kind": k, "language": "de"}),
            answer(str(n), (A if k == "x" else B, 0.9)),
        )
        for n, k in enumerate(["x", "x", "y"])
    ]
    found = figures_of(cases(*pairs), 0, draws=10)
    assert set(found.groups) == {"kind", "language", "size"}
    assert found.groups["kind"]["x"]["acc@0.5"].value == 1.0
    assert found.groups["kind"]["y"]["ap50"].value == 0.0
    assert found.groups["language"]["de"]["acc@0.5"].value == pytest.approx(2 / 3)
    assert set(figures_of(cases(*pairs), 0, draws=10, by=["language"]).groups) == {"language"}
    with pytest.raises(InputError, match="kind, language, size"):
        figures_of(cases(*pairs), 0, draws=10, by=["season"])


def test_every_figure_has_a_title() -> None:
    found = cases(
        (sample("a", A, gsd_m=1.0), answer("a", (A, 0.9), right=(0.9,), wrong=(0.1,))),
        (sample("b"), answer("b")),
    )
    assert set(measures(found, average_precision(found.asked(), 100))) == set(TITLES)


def test_what_rests_on_one_scene_has_no_interval() -> None:
    found = cases(
        (sample("a", A), answer("a", (A, 0.9), right=(0.9,), wrong=(0.1,))), (sample("b", A), answer("b"))
    )
    figures = figures_of(found, 0, draws=50).all
    assert figures["verifier_auroc"].value == 1.0
    assert figures["verifier_auroc"].low is None
    assert intervals({}, drawn_scenes(1, 0, 5)) == {}


def test_a_question_without_an_answer_is_no_figure() -> None:
    with pytest.raises(InputError, match="1 of the 2 questions have no answer"):
        cases_of([sample("a"), sample("b")], {"a": answer("a")}, Conventions())


def test_conventions_are_checked_and_named() -> None:
    chosen = Conventions().changed(empty="skip", strict=False, shown_from=0.25, boxes=None)
    assert (chosen.empty, chosen.strict, chosen.boxes) == ("skip", False, "each")
    said = " ".join(chosen.sentences())
    for word in ("in no mean of IoU", "at least", "0.25", "matched best first", "100 boxes"):
        assert word in said
    for wrong in ({"empty": "two"}, {"strict": 1}, {"shown_from": 2}, {"max_boxes": 0.5}, {"nothing": 1}):
        with pytest.raises(InputError):
            Conventions().changed(**wrong)


def test_a_large_raster_is_measured_in_squares() -> None:
    near, far = (90.0, 10.0, 108.0, 30.0), (250.0, 150.0, 270.0, 170.0)
    whole = sample("r", near, far, block_src=100)
    found = replace(
        answer("r", ((92.0, 10.0, 112.0, 30.0), 0.9), ((10.0, 110.0, 20.0, 120.0), 0.8)), size_src=(300, 200)
    )
    parts = in_blocks(whole, found)
    assert len(parts) == 6
    # The first found box has its middle in the next square, and belongs to that of the true box it lies on.
    assert [len(s.truth_src) for s, _ in parts] == [1, 0, 0, 0, 0, 1]
    assert [len(a.boxes_src) for _, a in parts] == [1, 0, 0, 1, 0, 0]
    assert len({s.scene for s, _ in parts}) == 6


def test_sizes_are_those_of_coco() -> None:
    sizes = [size_group(boxes) for boxes in ([], [(0, 0, 31, 31)], [A, (0, 0, 50, 50)], [(0, 0, 97, 97)])]
    assert sizes == ["no target", "small", "medium", "large"]


def test_the_reward_and_the_figure_are_one_function() -> None:
    pair = (sample("a", A, B), answer("a", (A, 0.9), (B, 0.5)))
    assert cases(pair, boxes="each").items[0].iou == matched_iou([A, B], [A, B]) == 1.0
