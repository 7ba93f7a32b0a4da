"""Each row of the published comparison runs end to end: on a miniature, with a tiny model of the true architecture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from engine.catalogue.adapters import Manifest, open_registry
from engine.catalogue.specs import read_spec
from engine.cli.improving import improve_request
from engine.evaluate.sweeps import evaluate_all
from engine.model.serving import load_served
from tests.engine.miniatures import MAKERS, SQUARES
from tests.engine.model_servers import Reply, speaking
from tests.engine.tiny_models import build_adapter, build_checkpoint
from tools.benchmark import PAGE, QUESTIONS, RECIPES, page, recipes
from trainer.config import parse_request

ROWS = dict(recipes())
TINY = ("qwen3-vl", "qwen2.5-vl")


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A tiny checkpoint of each architecture that the rows name."""
    return {name: build_checkpoint(tmp_path_factory.mktemp("tiny") / name, name) for name in TINY}


def test_there_is_a_recipe_for_every_row() -> None:
    assert set(ROWS) == {
        "qwen2.5-vl-zero-shot", "deepseek-vl2", "geochat", "segearth-r1", "remotereasoner", "remotezero-external",
        "remotezero-self-evolved", "remotezero-with-area-penalty", "remotezero-without-area-penalty", "consensus",
    }  # fmt: skip
    assert all(row["row"]["dataset"] in QUESTIONS for row in ROWS.values())


def test_the_page_is_what_the_recipes_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.benchmark"


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if "train" in row])
def test_the_part_that_trains_is_a_request_of_the_trainer(name: str, tmp_path: Path) -> None:
    raster = tmp_path / "a.tif"
    raster.touch()
    request = parse_request(improve_request([str(raster)], None, RECIPES / f"{name}.toml"))
    assert request.config.reward == ROWS[name]["train"]["reward"]
    assert request.adapter == "none"
    assert request.model == ROWS[name]["evaluate"]["model"]


@contextmanager
def deepseek() -> Iterator[str]:
    """A server that writes boxes as DeepSeek-VL2 does, and says yes to every crop."""

    def speak(path: str, body: dict[str, Any]) -> Reply:
        if path.endswith("/models"):
            return Reply({"data": [{"id": "deepseek-ai/deepseek-vl2"}]})
        text = json.dumps(body)
        if "yes or no" in text:
            top = [{"token": "Yes", "logprob": -0.1}, {"token": "No", "logprob": -2.3}]
            choice = {
                "message": {"content": "Yes"}, "finish_reason": "stop",
                "logprobs": {"content": [{"token": "Yes", "logprob": -0.1, "top_logprobs": top}]},
            }  # fmt: skip
            return Reply({"choices": [choice], "usage": {"completion_tokens": 1}})
        said = "<|ref|>the place<|/ref|><|det|>[[156, 156, 312, 364]]<|/det|>"
        choice = {"message": {"content": said}, "finish_reason": "stop"}
        return Reply({"choices": [choice], "usage": {"completion_tokens": 24}})

    with speaking(speak) as asked:
        yield f"{asked.url}?family=deepseek-vl2#deepseek-ai/deepseek-vl2"


def answers(folder: Path, kind: str, dataset: Path) -> Path:
    """What another program left on disk: raw texts, or masks."""
    if kind == "predictions-masks":
        labels = dataset / "RSReasonSeg" / "test" / "labels"
        lines = [{"id": f"p{n}", "mask": str(labels / f"p{n}.png")} for n in range(len(SQUARES))]
    else:
        boxes = ((10, 20, 30, 60), (50, 10, 75, 50), (20, 60, 40, 90))
        lines = [
            {"id": 100 + n, "text": "{" + "".join(f"<{v}>" for v in box) + "}"} for n, box in enumerate(boxes)
        ]
        lines[2]["text"] = "{<20><60><40><90>|<45>}"
    file = folder / "answers.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


@pytest.mark.slow
@pytest.mark.parametrize("name", ROWS)
def test_a_row_runs_end_to_end(name: str, tmp_path: Path, checkpoints: dict[str, Path]) -> None:
    recipe = ROWS[name]
    kind, values = recipe["row"]["architecture"], dict(recipe["evaluate"])
    dataset = MAKERS[values["layout"]](tmp_path / "set")
    values |= {"dataset": str(dataset), "output": str(tmp_path / "out"), "draws": 10}
    if kind in TINY:
        values |= tiny(checkpoints[kind], tmp_path, trained="train" in recipe, swept="sweep" in values)
    elif kind.startswith("predictions"):
        values["predictions"] = str(answers(tmp_path, kind, dataset))
    with deepseek() as address:
        values |= {"model": address} if kind == "server" else {}
        report = evaluate_all(values, load_served, lambda kind, data: None, lambda: False)
    assert (tmp_path / "out" / "report.md").is_file()
    check(report, kind, "train" in recipe)


def tiny(folder: Path, place: Path, *, trained: bool, swept: bool) -> dict[str, str]:
    """A tiny model in the row's stead, with an adapter where the row trains one."""
    if not trained:
        return {"model": str(folder)}
    spec = read_spec(folder)
    registry = open_registry(spec)
    made = build_adapter(folder, place / "lora", vision=False)
    about = Manifest("run-r1", spec.name, registry.base_sha256, None, 1, "1", "0" * 64, 0.0)
    registry.publish(made, about)
    return {"model": str(folder), **({"sweep": "adapter=none,run-r1"} if swept else {"adapter": "run-r1"})}


def check(report: dict[str, Any], kind: str, trained: bool) -> None:
    """What is known of a row's figures on its miniature."""
    if "rows" in report:
        assert [row["value"] for row in report["rows"]] == ["none", "run-r1"]
        return
    known = {figure: value["value"] for figure, value in report["figures"].items()}
    about = report["about"]
    assert about["questions"] == (3 if kind == "predictions-text" else len(SQUARES))
    if kind == "predictions-masks":
        assert known["acc@0.5"] == 1.0
    elif kind == "predictions-text":
        # The third answer has an angle: its upright rectangle would be another box, so it counts as unread.
        assert (known["acc@0.5"], known["unread"]) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    elif kind == "server":
        # One box for every question: right for the first picture, wrong for the one without a target.
        assert known["acc@0.5"] == 0.25
        assert known["empty_accuracy"] == 0.0
    if trained:
        assert about["model"]["adapter"] == "run-r1"
