"""The data path with scripted models: what is asked, what is skipped, what is counted, what comes out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import InputError, JobCancelledError
from engine.imagery.frames import rectangle_xyxy_src
from engine.imagery.raster import open_raster
from engine.imagery.windows import pieces, quarters
from engine.search.pipeline import (
    Search,
    SearchOptions,
    batch_windows,
    conclude,
    locate,
    plan,
)
from engine.search.tally import Clock, Tally
from engine.search.verifying import plan_boxes, verify
from engine.types import Chip, Completion, Query, Stop, Window, WindowResult
from tests.engine.conftest import ROOF_PX, ROOFS_PX
from tests.engine.fakes import SPEC, FakePolicy, FakeVerifier, box_text
from tests.engine.rasters import write_raster
from tests.engine.scripted import ScriptedModel

ROOF = Query("a roof")


def never() -> bool:
    return False


def run(
    path: Path,
    policy: FakePolicy | ScriptedModel,
    verifier: FakeVerifier | ScriptedModel,
    options: SearchOptions | None = None,
    queries: tuple[Query, ...] = (ROOF,),
    done: Collection[int] = (),
) -> list[list[WindowResult]]:
    with open_raster(path) as raster:
        search = Search(raster, policy, verifier, options or SearchOptions(batch_size=4), never)
        return list(locate(search, queries, plan(search), done=done))


def level(chip: Chip) -> str:
    """Which level of the plan a chip was read for."""
    assert isinstance(chip.rectangle, Window)
    return chip.rectangle.level


def flat(batches: list[list[WindowResult]]) -> list[WindowResult]:
    return [window for batch in batches for window in batch]


def test_every_window_is_finished_once_the_overview_first(town_tif: Path) -> None:
    windows = flat(run(town_tif, FakePolicy(), FakeVerifier()))
    with open_raster(town_tif) as raster:
        planned = plan(Search(raster, FakePolicy(), FakeVerifier(), SearchOptions(), never))
    assert sorted(w.window.index for w in windows) == [w.index for w in planned]
    assert windows[0].window.level == "overview"


def planned_sides(path: Path, question: str, **options: Any) -> set[int]:
    """Sides of the detail windows, in source pixels, planned for a question about small and large things."""
    policy = FakePolicy()
    policy.spec = replace(policy.spec, words=("tree", "shed"), best_gsd_m={"tree": 0.1, "shed": 0.4})
    with open_raster(path, gsd_m=0.5) as raster:
        search = Search(raster, policy, FakeVerifier(), SearchOptions(**options), never)
        return {w.width_src for w in plan(search, [Query(question)]) if w.level == "detail"}


def test_the_automatic_zoom_enlarges_for_what_is_small_at_most_three_times(town_tif: Path) -> None:
    chip = FakePolicy().spec.chip_px
    assert planned_sides(town_tif, "a roof") == {chip}
    assert planned_sides(town_tif, "the tree") == {round(chip / 3)}
    assert planned_sides(town_tif, "the shed") == {round(chip * 0.8)}
    assert planned_sides(town_tif, "the tree", gsd_m=0.5) == {chip}
    assert planned_sides(town_tif, "the tree", zoom="detail") == {chip}
    assert planned_sides(town_tif, "the tree", zoom="overview") == set()


def test_batches_grow_so_that_something_is_seen_soon(town_tif: Path) -> None:
    sizes = [len(batch) for batch in run(town_tif, FakePolicy(), FakeVerifier())]
    assert sizes[:3] == [1, 1, 2]
    assert max(sizes) >= 4
    assert [batch_windows(finished, 16, 1) for finished in (0, 1, 5, 21)] == [1, 4, 16, 16]
    assert batch_windows(100, 16, 3) == 5
    assert batch_windows(100, 4, 9) == 1


def test_a_run_that_was_broken_off_goes_on_in_the_same_batches(town_tif: Path) -> None:
    whole = run(town_tif, FakePolicy(), FakeVerifier())
    for cut in range(1, len(whole)):
        done = [window.window.index for window in flat(whole[:cut])]
        assert run(town_tif, FakePolicy(), FakeVerifier(), done=done) == whole[cut:]


def test_the_model_is_never_asked_about_windows_without_data(tmp_path: Path) -> None:
    bands = [np.zeros((256, 1024), np.uint8)] * 3
    path = write_raster(tmp_path / "empty.tif", bands, nodata=0)
    policy, verifier = FakePolicy(), FakeVerifier()
    windows = flat(run(path, policy, verifier))
    assert policy.asked == []
    assert verifier.looked_at == []
    assert [window.report for window in windows] == [{"blank": True}] * len(windows)


def test_vetoed_windows_are_counted_and_not_asked(town_tif: Path) -> None:
    policy, verifier = FakePolicy(), FakeVerifier(presence=0.01)
    tally = Tally(window.report for window in flat(run(town_tif, policy, verifier)))
    assert [level(chip) for chip, _ in policy.asked] == ["overview"]
    assert tally.counts["asked"] == 1
    assert tally.counts["vetoed"] == tally.windows - tally.blank - 1 == len(verifier.looked_at)
    assert tally.summary()["veto_saved_share"] == round(
        tally.counts["vetoed"] / (tally.windows - tally.blank), 4
    )


def test_without_veto_the_verifier_is_not_asked_for_presence(town_tif: Path) -> None:
    verifier = FakeVerifier(presence=0.0)
    policy = FakePolicy()
    run(town_tif, policy, verifier, SearchOptions(veto=False))
    assert verifier.looked_at == []
    assert len(policy.asked) > 1


def test_each_query_is_asked_of_each_window_and_kept_apart(town_tif: Path) -> None:
    queries = (Query("a roof"), Query("a pond"))

    def presence(chip: Chip, query: Query) -> float:
        return 1.0 if query.text == "a pond" else 0.0

    policy = FakePolicy(default=box_text((100, 100, 500, 500)))
    windows = flat(run(town_tif, policy, FakeVerifier(presence=presence), queries=queries))
    asked = [query.text for chip, query in policy.asked if level(chip) == "detail"]
    assert set(asked) == {"a pond"}
    overview = windows[0].detections
    assert [d.query for d in overview] == ["a roof", "a pond"]


def test_an_answer_that_cannot_be_read_is_not_an_empty_one(town_tif: Path) -> None:
    policy = FakePolicy(default="[]").enqueue("I am sorry, Dave.", "[]")
    windows = flat(run(town_tif, policy, FakeVerifier()))
    tally = Tally(window.report for window in windows)
    assert tally.counts["unparsed"] == 1
    assert "sorry, Dave" in tally.unread[0]
    assert not tally.all_unread()
    assert windows[0].report["unparsed"] == 1
    assert windows[1].report["unparsed"] == 0


def test_that_there_is_nothing_of_another_kind_is_no_answer(town_tif: Path) -> None:
    policy = FakePolicy(default="There are no ships.").enqueue("There are no clouds.")
    windows = flat(run(town_tif, policy, FakeVerifier(), queries=(Query("all ships"),)))
    tally = Tally(window.report for window in windows)
    assert tally.counts["unparsed"] == 1
    assert "no clouds" in tally.unread[0]


def test_boxes_land_where_they_are_on_the_raster(town_tif: Path) -> None:
    model = ScriptedModel()
    with open_raster(town_tif) as raster:
        options = SearchOptions(zoom="detail", overlap=0.25, batch_size=4)
        search = Search(raster, model, model, options, never)
        windows = plan(search)
        found = [d for window in flat(list(locate(search, [ROOF], windows))) for d in window.detections]
        final = conclude(search, found, windows)
    roofs = {(left, top, left + ROOF_PX, top + ROOF_PX) for top, left in ROOFS_PX}
    exact = {tuple(round(value, 2) for value in d.xyxy_src) for d in final}
    assert exact == roofs
    assert [d.score for d in final] == sorted((d.score for d in final), reverse=True)
    assert all(d.crop is not None and d.crop.shape == (128, 128, 3) for d in found)


def test_a_box_joined_across_a_seam_is_scored_anew(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "wide.tif", [np.full((256, 512), 90, np.uint8)] * 3)
    policy = FakePolicy().enqueue(box_text((600, 400, 1000, 600)), box_text((0, 400, 400, 600)))
    verifier = FakeVerifier([0.4, 0.5, 0.95])
    with open_raster(path) as raster:
        options = SearchOptions(zoom="detail", overlap=0.0, batch_size=2)
        search = Search(raster, policy, verifier, options, never)
        windows = plan(search)
        found = [d for window in flat(list(locate(search, [ROOF], windows))) for d in window.detections]
        final = conclude(search, found, windows)
    assert [d.score for d in found] == [0.4, 0.5]
    assert [(round(d.xyxy_src[0]), round(d.xyxy_src[2]), d.score) for d in final] == [(154, 358, 0.95)]
    assert final[0].crop is not None


def test_only_what_touches_the_area_is_looked_at_and_kept(town_tif: Path) -> None:
    x, y = 500_000.0, 5_000_000.0
    corner = [[x, y], [x + 200, y], [x, y - 200], [x, y]]
    options = SearchOptions(zoom="detail", area_crs={"type": "Polygon", "coordinates": [corner]})
    policy = FakePolicy(default=box_text((0, 0, 100, 100), (900, 900, 1000, 1000)))
    windows = flat(run(town_tif, policy, FakeVerifier(), options))
    boxes = [d.xyxy_src for window in windows for d in window.detections]
    assert boxes
    assert all(box[0] + box[1] <= 101 for box in boxes)
    assert all(
        box[2] <= 101 and box[3] <= 101 for box in map(rectangle_xyxy_src, [w.window for w in windows])
    )
    far = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    with pytest.raises(InputError, match="outside the raster"):
        run(town_tif, policy, FakeVerifier(), replace(options, area_crs=far))


def test_cancelling_unwinds(town_tif: Path) -> None:
    asked: list[str] = []
    policy = FakePolicy()
    policy.before_answer = lambda chip, query: asked.append(query.text)
    with open_raster(town_tif) as raster:
        search = Search(raster, policy, FakeVerifier(), SearchOptions(), lambda: len(asked) >= 3)
        batches = locate(search, [ROOF], plan(search))
        with pytest.raises(JobCancelledError):
            list(batches)
    assert len(policy.asked) == 2


def test_verify_scores_boxes_from_elsewhere(town_tif: Path) -> None:
    boxes = [(30.0, 40.0, 66.0, 76.0), (-900.0, -900.0, -800.0, -800.0), (420.0, 420.0, 600.0, 600.0)]
    verifier = FakeVerifier([0.8])
    with open_raster(town_tif) as raster:
        search = Search(raster, FakePolicy(), verifier, SearchOptions(margin=0.1, batch_size=2), never)
        windows = flat(list(verify(search, ROOF, boxes, plan_boxes(search, boxes))))
    assert [window.report for window in windows] == [{"detections": 1}, {"blank": True}, {"blank": True}]
    (detection,) = windows[0].detections
    assert (detection.xyxy_src, detection.score, detection.query) == (boxes[0], 0.8, "a roof")
    assert len(verifier.crops) == 1


def test_a_score_is_told_as_what_the_verifier_s_yes_is_worth(town_tif: Path) -> None:
    spec = replace(SPEC, score_map=(0.5, -2.0))
    with open_raster(town_tif) as raster:
        search = Search(raster, FakePolicy(), FakeVerifier([0.8], spec=spec), SearchOptions(), never)
        boxes = [(30.0, 40.0, 66.0, 76.0)]
        windows = flat(list(verify(search, ROOF, boxes, plan_boxes(search, boxes))))
    assert windows[0].detections[0].score == pytest.approx(1 / (1 + np.exp(2.0) * 4**-0.5))


def test_the_clock_tells_model_from_the_rest(town_tif: Path) -> None:
    clock = Clock()
    with clock.stage("load"):
        pass
    with open_raster(town_tif) as raster:
        search = Search(raster, ScriptedModel(), ScriptedModel(), SearchOptions(), never, clock)
        list(locate(search, [ROOF], plan(search)))
    summary = clock.summary()
    assert {"read", "presence", "generate", "parse", "crop", "score"} <= summary.keys()
    assert 0 < summary["outside_share"] <= 1


class FullPolicy(FakePolicy):
    """Has room for one box: windows wider than ``until`` source pixels are answered with a list that is cut off."""

    def __init__(self, until: int, looped: bool = False) -> None:
        super().__init__()
        self.until, self.looped = until, looped

    def generate(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[Completion]:
        answers = super().generate(chips, queries, stop)
        for place, chip in enumerate(chips):
            if chip.rectangle.width_src > self.until:
                cut = box_text((100, 100, 500, 500))[:-1] + ', {"bbox_2d": [1, 2'
                tokens = self.spec.max_new_tokens - self.looped
                answers[place] = Completion(cut, tokens)
            else:
                answers[place] = Completion(box_text((300, 300, 600, 600)), 20)
        return answers


def test_a_window_whose_answer_ran_out_is_asked_again_in_quarters(town_tif: Path) -> None:
    options = SearchOptions(zoom="overview", batch_size=4)
    policy = FullPolicy(until=500)
    (window,) = flat(run(town_tif, policy, FakeVerifier(), options))
    whole = window.window
    seen = [chip.rectangle for chip, _ in policy.asked]
    assert seen == [whole, *quarters(whole)] == pieces(whole)[:5]
    assert (window.report["asked"], window.report["quartered"], window.report["truncated"]) == (5, 1, 0)
    assert [d.window for d in window.detections] == seen
    assert {d.window.index for d in window.detections} == {whole.index}
    assert not any(d.truncated for d in window.detections)


def test_what_ran_out_for_good_is_told_with_each_detection(town_tif: Path) -> None:
    policy = FullPolicy(until=0)
    (window,) = flat(run(town_tif, policy, FakeVerifier(), SearchOptions(zoom="overview", batch_size=4)))
    tally = Tally([window.report])
    assert tally.counts["truncated"] == sum(d.truncated for d in window.detections) > 0
    assert not window.detections[0].truncated
    assert any("ended before all was written" in note for note in tally.notes())


def test_an_answer_that_ended_by_itself_is_not_asked_again(town_tif: Path) -> None:
    policy = FullPolicy(until=0, looped=True)
    (window,) = flat(run(town_tif, policy, FakeVerifier(), SearchOptions(zoom="overview", batch_size=4)))
    assert len(policy.asked) == 1
    assert window.report["quartered"] == 0
    assert window.detections[0].truncated


def test_a_run_with_quarters_goes_on_as_if_it_had_not_been_broken_off(town_tif: Path) -> None:
    options = SearchOptions(batch_size=4, zoom="detail")
    whole = run(town_tif, FullPolicy(until=200), FakeVerifier(), options)
    done = [window.window.index for window in flat(whole[:1])]
    assert run(town_tif, FullPolicy(until=200), FakeVerifier(), options, done=done) == whole[1:]
    assert sum(window.report.get("quartered", 0) for window in flat(whole)) > 0
