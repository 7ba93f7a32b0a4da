"""A question that the verifier does not understand ends by itself: the others go on, and what ended is told."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.errors import JobCancelledError, ModelError, NotUnderstoodError
from engine.evaluate.asking import Looking, answer_all
from engine.evaluate.readers import read_dataset
from engine.evaluate.reading import ReadOptions
from engine.evaluate.samples import Answer
from engine.imagery.raster import open_raster
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import Job, Store
from engine.language.understanding import check_understood, scores_on_the_whole
from engine.scan.asking import Asker
from engine.scan.ledger import Ledger
from engine.scan.reading import Look, read_scene
from engine.scan.request import ScanRequest
from engine.scan.scenes import Scene
from engine.search.pipeline import Search, SearchOptions, conclude, locate, plan
from engine.search.tally import Tally
from engine.types import Chip, Completion, ModelSpec, Pixels, Query, Stop
from tests.engine.dates import town
from tests.engine.fakes import SPEC
from tests.engine.miniatures import MAKERS
from tests.engine.scripted import ScriptedModel

HALF = replace(SPEC, least_mass=0.5)
ADVICE = "Ask for something else than “{}”."


def never() -> bool:
    return False


class Halting(ScriptedModel):
    """A verifier that would say something else than yes or no when it is asked for some things."""

    def __init__(self, *silent: str, crops_only: bool = False, ends_at: int = 0) -> None:
        super().__init__()
        self.spec = HALF
        self.silent, self._crops_only, self._ends_at, self.calls = silent, crops_only, ends_at, 0
        self.asked: list[list[str]] = []

    def generate(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[Completion]:
        self.calls += 1
        if self.calls == self._ends_at:
            raise JobCancelledError("The job was cancelled while the scripted model was thinking.")
        self.asked.append([query.text for query in queries])
        return super().generate(chips, queries, stop)

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        return self._checked(super().score(crops, queries, stop), queries)

    def presence(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[float]:
        found = super().presence(chips, queries, stop)
        return found if self._crops_only else self._checked(found, queries)

    def _checked(self, scores: list[float], queries: Sequence[Query]) -> list[float]:
        masses = [0.01 if query.text in self.silent else 0.99 for query in queries]
        check_understood(HALF, queries, list(zip(scores, masses, strict=True)), ADVICE.format)
        return scores


def test_each_question_is_judged_by_its_own_pictures() -> None:
    queries = [Query("a"), Query("b"), Query("a"), Query("c")]
    readings = [(0.1, 0.9), (0.2, 0.3), (0.3, 0.3), (0.4, 0.2)]
    with pytest.raises(NotUnderstoodError) as caught:
        check_understood(HALF, queries, readings, ADVICE.format)
    error = caught.value
    assert list(error.questions) == ["b", "c"]
    assert "they have 30.0%" in error.questions["b"]
    assert "Ask for something else than “b”" in str(error)
    assert "The same is true of “c”" in str(error)
    assert error.scores == [0.1, 0.2, 0.3, 0.4]
    assert error.on_the_whole
    assert vars(pickle.loads(pickle.dumps(error))) == vars(error)
    check_understood(replace(HALF, least_mass=0.0), queries, readings, ADVICE.format)
    check_understood(HALF, [], [], ADVICE.format)


def test_who_asks_for_the_whole_gets_the_scores_unless_the_whole_is_not_understood() -> None:
    def look(masses: Sequence[float]) -> list[float]:
        queries = [Query(str(number)) for number in range(len(masses))]
        check_understood(HALF, queries, [(0.25, mass) for mass in masses], ADVICE.format)
        return [0.75] * len(masses)

    assert scores_on_the_whole(lambda: look([0.9, 0.9])) == [0.75, 0.75]
    assert scores_on_the_whole(lambda: look([0.9, 0.3])) == [0.25, 0.25]
    with pytest.raises(NotUnderstoodError):
        scores_on_the_whole(lambda: look([0.9, 0.01]))


@pytest.mark.parametrize("crops_only", [False, True])
def test_the_other_questions_are_answered_as_if_they_had_been_asked_alone(
    town_tif: Path, crops_only: bool
) -> None:
    roofs, pools = Query("roof"), Query("pool")

    def found(model: Halting, queries: list[Query]) -> tuple[Any, Tally, Search]:
        with open_raster(town_tif) as raster:
            search = Search(raster, model, model, SearchOptions(batch_size=4), never)
            windows = plan(search, queries)
            results = [one for batch in locate(search, queries, windows) for one in batch]
            boxes = conclude(search, [box for one in results for box in one.detections], windows)
            return boxes, Tally(one.report for one in results), search

    model = Halting("pool", crops_only=crops_only)
    both, tally, search = found(model, [roofs, pools])
    alone, *_ = found(Halting(), [roofs])
    assert [(box.xyxy_src, box.score) for box in both] == [(box.xyxy_src, box.score) for box in alone] != []
    assert {box.query for box in both} == {"roof"}
    assert list(search.not_understood) == list(tally.not_understood) == ["pool"]
    asked_in = [number for number, batch in enumerate(model.asked) if "pool" in batch]
    assert len(asked_in) <= 2 < len(model.asked)


class Runs:
    """A store, and jobs run in it."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(Database(folder / "jobs.sqlite"))
        self.results = Results(self.store)

    def run(self, kind: str, request: dict[str, Any], model: Halting) -> tuple[dict[str, Any], list[Any]]:
        self.store.submit(kind, request)
        return self.go_on(model)

    def go_on(self, model: Halting) -> tuple[dict[str, Any], list[Any]]:
        job: Job | None = self.store.begin_next()
        assert job is not None
        self.last = job.id
        result = run_job(job, self.results, ModelHost(lambda name: model), never)
        self.store.finish(job.id, "done", result=result)
        features = self.results.features(job.id)["features"]
        return result, [(f["geometry"], f["properties"]["query"], f["properties"]["score"]) for f in features]


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    made = Runs(tmp_path)
    yield made
    made.store.database.close()


def told(result: dict[str, Any]) -> list[str]:
    return [warning for warning in result["warnings"] if warning.startswith("No boxes of")]


@pytest.mark.parametrize("crops_only", [False, True])
def test_a_job_warns_of_the_one_question_and_keeps_the_boxes_of_the_other(
    runs: Runs, town_tif: Path, crops_only: bool
) -> None:
    request = {"raster": str(town_tif), "queries": ["the largest pool", "roof"], "zoom": "detail"}
    result, features = runs.run("locate", request, Halting("the pool", crops_only=crops_only))
    (warning,) = told(result)
    assert "“the largest pool”" in warning
    assert "does not answer with yes or no" in warning
    assert "Ask for something else" in warning
    alone, of_roofs = runs.run("locate", {**request, "queries": ["roof"]}, Halting())
    assert features == of_roofs != []
    assert told(alone) == []


@pytest.mark.parametrize("queries", [["pool"], ["pool", "tub"]])
def test_a_job_of_such_questions_alone_is_refused(runs: Runs, town_tif: Path, queries: list[str]) -> None:
    request = {"raster": str(town_tif), "queries": queries, "zoom": "detail"}
    for crops_only in (False, True):
        with pytest.raises(NotUnderstoodError, match="Ask for something else than “pool”"):
            runs.run("locate", request, Halting("pool", "tub", crops_only=crops_only))
        runs.store.finish(runs.last, "failed")


def test_a_resumed_job_knows_what_was_not_understood(runs: Runs, town_tif: Path) -> None:
    request = {"raster": str(town_tif), "queries": ["pool", "roof"], "zoom": "detail"}
    whole, features = runs.run("locate", request, first := Halting("pool"))
    for at in range(1, first.calls + 1):
        runs.store.submit("locate", request)
        with pytest.raises(JobCancelledError):
            runs.go_on(Halting("pool", ends_at=at))
        runs.store.cancel(runs.last)
        runs.store.resume(runs.last)
        again, same = runs.go_on(model := Halting("pool"))
        assert same == features
        assert (told(again), again["windows"]) == (told(whole), whole["windows"])
        assert not any("pool" in batch for batch in model.asked[1:] if at > 1)


def test_boxes_that_were_kept_before_it_was_known_are_left_out(runs: Runs, town_tif: Path) -> None:
    class Late(Halting):
        def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
            self.silent = ("pool",) if self.calls > 2 else ()
            return super().score(crops, queries, stop)

    request = {"raster": str(town_tif), "queries": ["pool", "roof"], "zoom": "detail", "veto": False}
    result, features = runs.run("locate", request, Late(crops_only=True))
    assert {query for _, query, _ in features} == {"roof"}
    assert len(told(result)) == 1
    (kept,) = {f.detection.query for f in runs.results.findings(runs.last)} - {"roof"}
    assert kept == "pool"


def test_verifying_polygons_with_such_a_sentence_is_refused(
    runs: Runs, town_tif: Path, tmp_path: Path
) -> None:
    with open_raster(town_tif) as raster:
        left, top = raster.transform @ (10, 10)
        right, bottom = raster.transform @ (60, 60)
    layer = tmp_path / "layer.geojson"
    ring = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]
    layer.write_text(
        '{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:32632"}}, "features": '
        f'[{{"type": "Feature", "properties": {{}}, "geometry": {{"type": "Polygon", "coordinates": [{ring}]}}}}]}}'
    )
    request = {"raster": str(town_tif), "vector": str(layer), "query": "pool"}
    with pytest.raises(NotUnderstoodError, match="“pool”"):
        runs.run("verify", request, Halting("pool"))


def test_a_comparison_goes_on_without_the_question(runs: Runs, tmp_path: Path) -> None:
    before = town(tmp_path / "before.tif", [(100.0, 100.0), (1000.0, 160.0)])
    after = town(tmp_path / "after.tif", [(100.0, 100.0), (440.0, 500.0)])
    request = {"before": str(before), "raster": str(after), "queries": ["roof", "pool"], "zoom": "detail"}
    alone, of_roofs = runs.run("compare", {**request, "queries": ["roof"]}, Halting())

    class Later(Halting):
        """Understands it until the later date, or until places are looked at again."""

        def __init__(self, after: int) -> None:
            super().__init__("pool")
            self.scored, self._after = 0, after

        def presence(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[float]:
            return ScriptedModel.presence(self, chips, queries, stop)

        def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
            self.scored += 1
            self.silent = ("pool",) if self.scored > self._after else ()
            return super().score(crops, queries, stop)

    understood = Later(10**6)
    _, everything = runs.run("compare", request, understood)
    assert {query for _, query, _ in everything} == {"roof", "pool"}
    for after_calls in (0, understood.scored // 2, understood.scored - 1):
        result, features = runs.run("compare", request, Later(after_calls))
        assert features == of_roofs != []
        assert len(told(result)) == 1
        assert result["changes"] == alone["changes"]
    with pytest.raises(ModelError, match="“pool”"):
        runs.run("compare", {**request, "queries": ["pool"]}, Later(understood.scored // 2 - 1))


def test_the_spec_says_what_is_enough() -> None:
    assert ModelSpec("m", Path("m"), "qwen3-vl", 256, 128).least_mass == 0.5


def scanned(folder: Path, raster: Path, model: Halting, queries: list[str]) -> tuple[dict[str, Any], Any]:
    """What a scan of one scene keeps of it, and what became of its last pile."""
    request = ScanRequest(source=str(raster), queries=queries, output=str(folder), zoom="detail")
    look = Look(request, model.spec, "scripted", None, 4, "1", "logits")
    ledger = Ledger(folder)
    ledger.begin()
    asker = Asker(look, model, ledger)
    told = [asker.take(pile) for pile in read_scene(look, Scene("town", str(raster)), {})]
    asker.close()
    (kept,) = (folder / ".scan").rglob("town.json")
    return json.loads(kept.read_text()), told[-1]


def test_a_scan_notes_it_with_the_scene_and_fails_where_nothing_is_understood(
    town_tif: Path, tmp_path: Path
) -> None:
    both, told = scanned(tmp_path / "both", town_tif, Halting("pool", crops_only=True), ["roof", "pool"])
    alone, _ = scanned(tmp_path / "alone", town_tif, Halting(), ["roof"])
    assert told.finished
    assert both["detections"] == alone["detections"] > 0
    assert sum("No boxes of “pool” are kept" in note for note in both["notes"]) == 1
    with pytest.raises(NotUnderstoodError, match="“pool”"):
        scanned(tmp_path / "none", town_tif, Halting("pool"), ["pool"])


def test_an_evaluation_counts_such_a_question_as_answered_with_nothing(tmp_path: Path) -> None:
    folder = MAKERS["coco"](tmp_path / "set")
    dataset = read_dataset(folder, None, ReadOptions(absent=2))
    texts = sorted({sample.question for sample in dataset.samples})
    assert len(texts) > 1

    def answers(model: Halting) -> list[Answer]:
        batches = answer_all(model, dataset.samples, SearchOptions(zoom="overview"), Looking(), never)
        return [answer for batch in batches for answer in batch]

    plain, model = answers(Halting()), Halting(texts[0])
    model.batch_size = 100
    for answer, whole, sample in zip(answers(model), plain, dataset.samples, strict=True):
        if sample.question == texts[0]:
            assert (answer.unheard, answer.boxes_src) == (True, ())
        else:
            assert answer == whole
    with pytest.raises(NotUnderstoodError):
        answers(Halting(*texts))
    silent = Halting(*texts)
    silent.spec = replace(HALF, words=tuple(texts))
    assert {answer.unheard for answer in answers(silent)} == {True}
