"""One model proposes and another one scores: over real HTTP, in records, in memory, and where a job goes on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from engine.cli.main import app
from engine.errors import InputError, JobCancelledError, JobStateError, ModelError, ModelMemoryError
from engine.export.provenance import distinct
from engine.imagery.attributes import fields_of
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.loop import Jobs
from engine.jobs.precheck import precheck
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import Job, Store
from engine.language.understanding import check_understood
from engine.model.serving import load_served
from engine.paths import models_dir, resources_dir
from engine.remote.address import is_server
from engine.scan.request import ScanRequest
from engine.types import CURRENT_ADAPTER, AdapterChoice, Feature, Pixels, Query, Served, Stop
from engine.wire import VerifyRequest, checked
from tests.engine.dates import town
from tests.engine.fakes import SPEC
from tests.engine.model_servers import Body, Reply, speaking, vllm
from tests.engine.scans import pixels_of, watched
from tests.engine.scripted import ScriptedModel

GOES_ON: Stop = lambda: False  # noqa: E731
MARKS = {"score_map": (0.5, -2.0), "crop_px": 96}


class Named(ScriptedModel):
    """A scripted model of a name of its own, whose score is one and the same for all crops."""

    def __init__(self, name: str, score: float | None = None, **spec: Any) -> None:
        super().__init__()
        self.name, self.spec = name, replace(SPEC, name=name, **spec)
        self.sides: list[int] = []
        self.looks = 0
        self._score = score

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        self.sides += [crop.shape[0] for crop in crops]
        return super().score(crops, queries, stop) if self._score is None else [self._score] * len(crops)

    def presence(self, chips: Any, queries: Any, stop: Stop) -> list[float]:
        self.looks += len(chips)
        return super().presence(chips, queries, stop)


class Bench:
    """A store, and jobs run in it by models that a test names."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(Database(folder / "jobs.sqlite"))
        self.results = Results(self.store)
        self.models: dict[str | None, Served] = {None: ScriptedModel()}

    def load(self, name: str | None) -> Served:
        return load_served(name) if is_server(name) else self.models[name]

    def submit(self, kind: str = "locate", **request: Any) -> Job:
        self.store.submit(kind, {"queries": ["roof"], "zoom": "detail", **request})
        return self.begin()

    def begin(self) -> Job:
        job = self.store.begin_next()
        assert job is not None
        return job

    def run(self, job: Job, stop: Stop = GOES_ON) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        host = ModelHost(self.load)
        try:
            result = run_job(job, self.results, host, stop)
        finally:
            host.free()
        self.store.finish(job.id, "done", result=result)
        return result, self.results.features(job.id)["features"]

    def locate(self, raster: Path, **request: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        return self.run(self.submit(raster=str(raster), **request))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def boxes(features: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Score by place."""
    return {json.dumps(one["geometry"]["coordinates"]): one["properties"]["score"] for one in features}


def test_a_server_scores_what_a_model_here_proposes_and_sees_crops_alone(
    bench: Bench, town_tif: Path
) -> None:
    _, alone = bench.locate(town_tif)
    sides: set[tuple[int, ...]] = set()

    def speak(path: str, body: Body) -> Reply:
        if body.get("messages"):
            assert body.get("max_tokens") == 1, "it is asked for yes or no alone"
            sides.add(pixels_of(body).shape)
        return vllm(path, body)

    with speaking(speak) as asked:
        result, judged = bench.locate(town_tif, verifier=f"{asked.url}?crop_px=96#qwen3-vl")
    assert boxes(judged).keys() == boxes(alone).keys()
    assert boxes(judged) != boxes(alone)
    assert sides == {(64, 64, 3), (448, 448, 3), (96, 96, 3)}  # two trials, and crops
    assert (result["model"], result["verifier"]) == ("scripted", f"{asked.url}#qwen3-vl")
    assert result["scoring"] == "log-probabilities"
    one, other = result["models"]["model"], result["models"]["verifier"]
    assert (one["name"], one["scoring"], one["sha256"]) == ("scripted", "logits", None)
    assert (other["name"], other["crop_px"], other["score_map"]) == (f"{asked.url}#qwen3-vl", 96, [1.0, 0.0])
    own = judged[0]["properties"]
    assert (own["model"], own["verifier"], own["verifier_adapter"]) == ("scripted", result["verifier"], None)
    assert own["prompt_version"] == "1/1"
    features = [Feature(one["geometry"], one["properties"]) for one in judged]
    assert fields_of(features)["verifier"] is str
    assert distinct(features, "verifier") == [result["verifier"]]


def test_a_model_here_scores_what_a_server_proposes(bench: Bench, town_tif: Path) -> None:
    bench.models["judge"] = judge = Named("judge", 0.8, **MARKS)
    with watched() as (server, model):
        result, alone = bench.locate(town_tif, model=model)
        result, judged = bench.locate(town_tif, model=model, verifier="judge")
    assert server.pictures
    assert boxes(judged).keys() == boxes(alone).keys()
    assert set(judge.sides) == {96}
    assert judge.looks == 0
    expected = 1 / (1 + np.exp(2.0) * 4**-0.5)  # what its yes is worth by its own line
    assert list(boxes(judged).values()) == pytest.approx([expected] * len(judged), abs=1e-6)
    assert judged[0]["properties"]["model"].startswith("http://127.0.0.1:")
    assert (result["verifier"], result["scoring"]) == ("judge", "logits")


def test_where_no_verifier_is_named_nothing_is_different(bench: Bench, town_tif: Path) -> None:
    result, features = bench.locate(town_tif)
    named, same = bench.locate(town_tif, verifier=None, verifier_adapter=None)
    assert boxes(same) == boxes(features)
    assert not {"verifier", "verifier_adapter", "models"} & (result.keys() | named.keys())
    assert not any("verifier" in name for one in features for name in one["properties"])
    assert features[0]["properties"]["prompt_version"] == "1"
    assert bench.store.database.rows("SELECT * FROM models") == []


def test_what_a_comparison_looks_at_again_is_scored_by_the_verifier_too(bench: Bench, tmp_path: Path) -> None:
    bench.models["judge"] = judge = Named("judge", 0.1, min_score=0.05)
    before, after = town(tmp_path / "b.tif", [(100.0, 100.0)]), town(tmp_path / "a.tif", [(600.0, 900.0)])
    job = bench.submit("compare", before=str(before), raster=str(after), verifier="judge")
    result, features = bench.run(job)
    assert (result["threshold"], result["looks"]) == (0.05, 2)
    assert {one["properties"]["score_before"] for one in features} == {0.1}
    assert {one["properties"]["verifier"] for one in features} == {"judge"}
    assert len(judge.sides) > 2


class Ending(Named):
    """Ends the run at its second batch of crops."""

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        if self.sides:
            raise JobCancelledError("broken off")
        return super().score(crops, queries, stop)


def broken_off(bench: Bench, **request: Any) -> str:
    """A job that ended after its first windows, and waits to go on."""
    job = bench.submit(**request)
    with pytest.raises(JobCancelledError):
        bench.run(job)
    assert bench.results.finished_windows(job.id)
    bench.store.cancel(job.id)
    bench.store.resume(job.id)
    return job.id


def test_a_job_goes_on_with_both_models_and_ends_with_the_same_boxes(bench: Bench, town_tif: Path) -> None:
    request = {"raster": str(town_tif), "verifier": "judge", "verifier_adapter": "harbour"}
    bench.models["judge"] = first = Named("judge", 0.8, **MARKS)
    _, whole = bench.locate(**request)
    bench.models["judge"] = Ending("judge", 0.8, **MARKS)
    job_id = broken_off(bench, **request)
    bench.models["judge"] = judge = Named("judge", 0.8, **MARKS)
    again = bench.begin()
    assert (again.request["adapter"], again.request["verifier_adapter"]) == ("none", "harbour")
    result, features = bench.run(again)
    assert boxes(features) == boxes(whole)
    assert 0 < len(judge.sides) < len(first.sides)
    assert result["verifier_adapter"] == judge.adapter == "harbour"
    assert bench.store.job(job_id).state == "done"


@pytest.mark.parametrize(
    ("role", "change", "words"),
    [
        (
            "judge",
            {"score_map": (0.9, 0.0)},
            r"the verifier judge has another score map \(\[0\.5, -2\.0\], now",
        ),
        ("judge", {"prompts": {"verify": "Is it {query}?"}}, "the verifier judge has another prompt version"),
        (None, {"prompts": {"locate": "Find {query}"}}, "the model scripted has another prompt version"),
    ],
)
def test_a_job_does_not_go_on_where_one_of_its_models_is_another_by_now(
    bench: Bench, town_tif: Path, role: str | None, change: dict[str, Any], words: str
) -> None:
    bench.models["judge"] = Ending("judge", 0.8, **MARKS)
    broken_off(bench, raster=str(town_tif), verifier="judge")
    bench.models["judge"] = Named("judge", 0.8, **MARKS)
    changed: Any = bench.models[role]
    changed.spec = replace(changed.spec, **change)
    with pytest.raises(JobStateError, match=words):
        bench.run(bench.begin())


def test_a_job_does_not_go_on_with_other_files_of_its_verifier(
    bench: Bench, town_tif: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "judge"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"weights")
    bench.models["judge"] = Ending("judge", 0.8, path=folder)
    broken_off(bench, raster=str(town_tif), verifier="judge")
    bench.models["judge"] = Named("judge", 0.8, path=folder)
    (folder / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(JobStateError, match="the verifier judge has other files"):
        bench.run(bench.begin())


def test_a_server_that_serves_another_model_by_now_is_no_verifier_of_the_job(
    bench: Bench, town_tif: Path
) -> None:
    served = ["Qwen3-VL-8B-Instruct"]
    left: list[Body] = []

    def speak(path: str, body: Body) -> Reply:
        if path == "/v1/models":
            return Reply({"data": [{"id": served[0]}]})
        left.append(body)
        return vllm(path, body)

    with speaking(speak) as asked:
        job = bench.submit(raster=str(town_tif), verifier=asked.url)
        with pytest.raises(JobCancelledError):
            bench.run(job, lambda: len(bench.results.finished_windows(job.id)) > 0)
        bench.store.cancel(job.id)
        bench.store.resume(job.id)
        served[0] = "Qwen3-VL-4B-Instruct"
        with pytest.raises(JobStateError, match=r"another name \(http.*8B-Instruct, now http.*4B-Instruct\)"):
            bench.run(bench.begin())


def test_a_verifier_whose_scores_are_none_is_named(bench: Bench, town_tif: Path) -> None:
    bench.models["judge"] = Named("judge", float("nan"))
    with pytest.raises(ModelError, match="The model judge gave the score nan"):
        bench.locate(town_tif, verifier="judge")


def test_a_verifier_that_says_neither_yes_nor_no_is_named(bench: Bench, town_tif: Path) -> None:
    def speak(path: str, body: Body) -> Reply:
        rows = [{"token": "<think>", "logprob": -0.01}, {"token": "Yes", "logprob": -6.0}]
        answer = vllm(path, body)
        if body.get("logprobs"):
            answer.body["choices"][0]["logprobs"] = {"content": [{"top_logprobs": rows}]}
        return answer

    with speaking(speak) as asked, pytest.raises(ModelError, match=r"#m does not answer with yes or no"):
        bench.locate(town_tif, verifier=f"{asked.url}#m")


def test_words_are_looked_up_for_both_models(bench: Bench, town_tif: Path) -> None:
    bench.models["judge"] = Named("judge", 0.8, words=("ship", "roof"))
    with pytest.raises(InputError, match="The model judge knows none of the words"):
        bench.locate(town_tif, verifier="judge", queries=["chimney"])
    result, _ = bench.locate(town_tif, verifier="judge", queries=["the roof with a chimney"])
    assert any("judge" in said and "chimney" in said for said in result["warnings"])


class Shelf:
    """Loads scripted models, and remembers what was loaded; those of ``large`` find no room beside another."""

    def __init__(self, large: Sequence[str] = ()) -> None:
        self.loads: list[str | None] = []
        self.made: list[ScriptedModel] = []
        self._large = large

    def __call__(self, name: str | None) -> Served:
        self.loads.append(name)
        if name in self._large and any(not one.closed and not is_server(one.name) for one in self.made):
            raise ModelMemoryError(f"The model {name} doesn't fit into the memory of cpu (1.0 GiB are free).")
        self.made.append(Named(str(name)))
        return self.made[-1]


def both(host: ModelHost, model: str | None, verifier: str) -> tuple[Served, Served]:
    (one, _), (other, _) = host.acquire_both(model, CURRENT_ADAPTER, verifier, AdapterChoice("none"))
    return one, other


def test_the_verifier_is_loaded_first_and_both_stay_until_others_are_asked() -> None:
    shelf = Shelf()
    host = ModelHost(shelf)
    one, other = both(host, "a", "b")
    assert (one.name, other.name) == ("a", "b")
    assert shelf.loads == ["b", "a"]
    assert both(host, "a", "b") == (one, other)
    assert host.describe() == {"state": "ready", "model": "a", "device": "cpu"}
    assert host.holds("b")
    alone, _ = host.acquire("a", CURRENT_ADAPTER)
    assert [model.closed for model in shelf.made] == [
        True,
        True,
        False,
    ]  # planned anew, with all of the memory
    assert (alone.name, host.holds("b")) == ("a", False)
    both(host, "b", "a")
    assert shelf.loads == ["b", "a", "a", "a", "b"]
    host.free()
    assert all(model.closed for model in shelf.made)
    assert host.describe()["state"] == "idle"


def test_a_server_takes_no_memory_and_leaves_the_other_model_where_it_is() -> None:
    shelf = Shelf()
    host = ModelHost(shelf)
    first, _ = host.acquire("a", CURRENT_ADAPTER)
    one, other = both(host, "a", "http://h:1/v1#b")
    assert one is first
    _, another = both(host, "a", "http://h:1/v1#c")
    assert (other.closed, first.closed) == (True, False)
    assert host.acquire("a", CURRENT_ADAPTER)[0] is first
    assert another.closed
    assert shelf.loads == ["a", "http://h:1/v1#b", "http://h:1/v1#c"]


def test_without_room_for_both_it_is_said_and_nothing_stays() -> None:
    shelf = Shelf(large=["a"])
    host = ModelHost(shelf)
    with pytest.raises(
        ModelMemoryError, match=r"1\.0 GiB.*beside the verifier b, and there is no room for both"
    ):
        both(host, "a", "b")
    assert all(model.closed for model in shelf.made)
    assert host.describe()["state"] == "idle"
    both(host, "a", "http://h:1/v1#b")


def test_a_verifier_in_memory_is_let_go_before_it_is_removed(bench: Bench) -> None:
    shelf = Shelf()
    jobs = Jobs(bench.store, ModelHost(shelf), run_job)
    both(jobs.host, "a", "b")
    assert not jobs.let_go("b")
    assert all(model.closed for model in shelf.made)
    bench.store.submit("locate", {"raster": "r.tif", "queries": ["roof"], "verifier": "b"})
    assert jobs.let_go("b")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"verifier": "mini"}, "is the model that proposes"),
        ({"verifier": "http://h:1/v1#m", "model": "http://h:1/v1#m"}, "is the model that proposes"),
        ({"verifier_adapter": "harbour"}, "no verifier is named"),
        ({"verifier": "http://user:secret@h:1/v1#m"}, "holds a name or a password"),
        ({"verifier": "mini", "model": "http://h:1/v1#m", "queries": ["zebras"]}, "knows none of the words"),
    ],
)
def test_what_can_t_be_meant_is_refused_before_it_is_queued(
    town_tif: Path, more: dict[str, Any], words: str
) -> None:
    request = {"raster": str(town_tif), "queries": ["the ship"], **more}
    with pytest.raises(InputError, match=words):
        precheck("locate", request)


def test_a_verifier_on_a_server_and_the_bare_model_as_verifier_may_be_asked(town_tif: Path) -> None:
    request = {"raster": str(town_tif), "queries": ["the ship"]}
    precheck("locate", {**request, "verifier": "http://h:1/v1#m"})
    precheck("compare", {**request, "before": str(town_tif), "verifier": "mini", "verifier_adapter": "none"})


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (VerifyRequest, {"raster": "r.tif", "vector": "v.gpkg", "query": "roof"}),
        (ScanRequest, {"source": "folder", "queries": ["roof"], "output": "out"}),
    ],
)
def test_where_one_model_does_it_all_there_is_no_such_field(kind: Any, values: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="verifier"):
        checked(kind, {**values, "verifier": "mini"})


@pytest.mark.slow
def test_two_real_models_are_planned_one_beside_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.model import loading

    shutil.copytree(resources_dir() / "models" / "mini", models_dir() / "judge")
    own = json.loads((models_dir() / "judge" / "remotezero.json").read_text(encoding="utf-8"))
    (models_dir() / "judge" / "remotezero.json").write_text(json.dumps({**own, "name": "judge"}))
    free = [4 * 2**30]
    monkeypatch.setattr(loading, "available_bytes", lambda device: free[0])
    host = ModelHost(load_served)
    one, other = both(host, "mini", "judge")
    assert (one.name, other.name) == ("mini", "judge")
    crops = [np.full((128, 128, 3), 90, np.uint8)] * 2
    asked = [Query("a ship")] * 2
    assert one.verifier.score(crops, asked, GOES_ON) == other.verifier.score(crops, asked, GOES_ON)
    host.free()

    def less(name: str | None) -> Served:
        served = load_served(name)
        free[0] = 2**20
        return served

    host = ModelHost(less)
    with pytest.raises(ModelMemoryError, match=r"The model mini doesn't fit .* beside the verifier judge"):
        both(host, "mini", "judge")
    assert host.describe()["state"] == "idle"


@pytest.mark.slow
def test_the_command_line_asks_mini_and_a_server_in_either_role(town_tif: Path, tmp_path: Path) -> None:
    def run(*more: str) -> dict[str, Any]:
        command = ["locate", str(town_tif), "all buildings", "--zoom", "overview", "--json", *more]
        ran = CliRunner().invoke(app, command)
        assert ran.exit_code == 0, ran.output
        found: dict[str, Any] = json.loads(ran.stdout)
        return found

    layer = tmp_path / "boxes.gpkg"
    alone = run("--model", "mini")
    with watched() as (_, address):
        plain = run("--model", address)
        judged = run("--model", "mini", "--verifier", address)
        proposed = run("--model", address, "--verifier", "mini", "-o", str(layer))
    assert boxes(judged["features"]["features"]).keys() == boxes(alone["features"]["features"]).keys()
    assert judged["result"]["models"]["model"]["sha256"] == proposed["result"]["models"]["verifier"]["sha256"]
    assert proposed["result"]["models"]["verifier"]["crop_px"] == 128
    assert boxes(proposed["features"]["features"]).keys() == boxes(plain["features"]["features"]).keys()
    assert layer.is_file()


def test_a_model_that_proposes_need_not_say_yes_or_no_where_another_one_scores(
    bench: Bench, town_tif: Path
) -> None:
    class Unsure(Named):
        def presence(self, chips: Any, queries: Any, stop: Stop) -> list[float]:
            readings = [(0.0, 0.01)] * len(queries)
            check_understood(self.spec, queries, readings, "Take another model than for “{}”.".format)
            raise AssertionError("it was understood")

    bench.models |= {None: Unsure("proposer"), "judge": Named("judge", 0.75)}
    result, found = bench.locate(town_tif, verifier="judge")
    assert found
    assert {one["properties"]["score"] for one in found} == {0.75}
    assert result["vetoed"] == 0
    assert not any("Take another model" in said for said in result["warnings"])
    with pytest.raises(ModelError, match="Take another model than for “roof”"):
        bench.locate(town_tif)
