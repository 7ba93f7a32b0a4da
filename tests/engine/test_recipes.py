"""Each row of the published comparison runs end to end: on a miniature, with a tiny model of the true architecture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.catalogue.adapters import open_registry
from engine.catalogue.models import find_model
from engine.cli.learning import improve_request
from engine.cli.main import app
from engine.evaluate.sweeps import evaluate_all
from engine.model.serving import load_served
from tests.engine.fakes import FakeVerifier
from tests.engine.miniatures import MAKERS, SQUARES, paint_mask, write
from tests.engine.model_servers import Asked, Reply, speaking
from tests.engine.tiny_models import build_checkpoint
from tools.benchmark import PAGE, QUESTIONS, RECIPES, page, recipes
from trainer.config import parse_request
from trainer.lab.scenes import render_scene, scene_rng
from trainer.preparation import prepare_run
from trainer.rollout.student import Student
from trainer.rounds import Rounds

ROWS = dict(recipes())
TINY = ("qwen3-vl", "qwen2.5-vl")
REWARDS = {
    "consensus": "consensus", "remotereasoner": "iou", "remotezero-external": "paper",
    "remotezero-self-evolved": "paper", "remotezero-with-area-penalty": "paper",
    "remotezero-without-area-penalty": "paper",
}  # fmt: skip
SEEING = ("consensus", "remotezero-external")
"""Rows that learn from what a verifier sees: they get the shipped model, a small Qwen3-VL that finds things."""
DEEPSEEK = "?family=deepseek-vl2#deepseek-ai/deepseek-vl2"
SHORT = {"steps": 1, "prompts": 2, "group_size": 2}
LEARNED_FROM, ASKED_ABOUT = 30, 4


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A tiny checkpoint of each architecture that the rows name; they may write few tokens."""
    made = {name: build_checkpoint(tmp_path_factory.mktemp("tiny") / name, name) for name in TINY}
    for folder in made.values():
        spec = json.loads((folder / "remotezero.json").read_text())
        (folder / "remotezero.json").write_text(json.dumps({**spec, "max_new_tokens": 8}))
    return made


@pytest.fixture(scope="module")
def seeing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped model in short: without its stored questions, of which a gate asks hundreds, and long answers."""
    shipped, folder = find_model("mini").path, tmp_path_factory.mktemp("seeing") / "mini"
    folder.mkdir()
    for file in shipped.iterdir():
        if file.is_file() and file.name != "remotezero.json":
            (folder / file.name).symlink_to(file)
    spec = json.loads((shipped / "remotezero.json").read_text())
    write(folder / "remotezero.json", {**spec, "max_new_tokens": 40})
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """EarthReason in miniature with a split to learn from: drawn scenes of one thing each, which a question names."""
    folder = tmp_path_factory.mktemp("published")
    for split, count in (("train", LEARNED_FROM), ("test", ASKED_ABOUT)):
        root = folder / "RSReasonSeg" / split
        for number in range(count):
            kind = ("ship", "airplane", "building", "storage tank")[number % 4]
            scene = render_scene(scene_rng("home", "test", 9_000 + number), kinds=[kind], n_objects=1)
            boxes = [tuple(map(int, item.xyxy_px)) for item in scene.objects if item.kind == kind]
            (root / "images").mkdir(parents=True, exist_ok=True)
            Image.fromarray(scene.pixels).save(root / "images" / f"p{number:02d}.png")
            paint_mask(root / "labels" / f"p{number:02d}.png", boxes, scene.pixels.shape[1::-1])
            said = {"questions": [f"the {kind}"], "answer": ["here"] * bool(boxes)}
            write(root / "QAs" / f"p{number:02d}.json", said)
    return folder


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
    request = parse_request(improve_request((), None, RECIPES / f"{name}.toml", (), str(tmp_path)))
    assert request.dataset == tmp_path
    assert request.split == "train"
    assert request.config.reward == REWARDS[name]
    assert request.adapter == "none"
    assert request.model == ROWS[name]["evaluate"]["model"]
    assert request.gated == (name == "consensus"), "the published methods have no gate"
    assert request.minutes > 24 * 60, "the clock is not what ends a row"


@contextmanager
def deepseek() -> Iterator[Asked]:
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
        yield asked


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
@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if "train" not in row])
def test_a_row_runs_end_to_end(name: str, tmp_path: Path, checkpoints: dict[str, Path]) -> None:
    recipe = ROWS[name]
    kind, values = recipe["row"]["architecture"], dict(recipe["evaluate"])
    dataset = MAKERS[values["layout"]](tmp_path / "set")
    values |= {"dataset": str(dataset), "output": str(tmp_path / "out"), "draws": 10}
    if kind in TINY:
        values |= {"model": str(checkpoints[kind])}
    elif kind.startswith("predictions"):
        values["predictions"] = str(answers(tmp_path, kind, dataset))
    with deepseek() as asked:
        values |= {"model": f"{asked.url}{DEEPSEEK}"} if kind == "server" else {}
        report = evaluate_all(values, load_served, lambda kind, data: None, lambda: False)
    assert (tmp_path / "out" / "report.md").is_file()
    check(report, kind)


def check(report: dict[str, Any], kind: str) -> None:
    """What is known of a row's figures on its miniature."""
    known = {figure: value["value"] for figure, value in report["figures"].items()}
    assert report["about"]["questions"] == (3 if kind == "predictions-text" else len(SQUARES))
    if kind == "predictions-masks":
        assert known["acc@0.5"] == 1.0
    elif kind == "predictions-text":
        # The third answer has an angle: its upright rectangle would be another box, so it counts as unread.
        assert (known["acc@0.5"], known["unread"]) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    elif kind == "server":
        # One box for every question: right for the first picture, wrong for the one without a target.
        assert known["acc@0.5"] == 0.25
        assert known["empty_accuracy"] == 0.0


def trained_here(request: dict[str, Any], *, quiet: bool) -> dict[str, Any]:
    """What the trainer's process does, in this one."""
    parsed = parse_request(request)
    assert parsed.run_dir is not None
    prepared = prepare_run(parsed, parsed.run_dir, lambda kind, data: None, lambda: False)
    return Rounds(prepared, lambda kind, data: None, lambda: False).run()


def measured_here(values: dict[str, Any], *, quiet: bool) -> dict[str, Any]:
    """What the process of an evaluation does, in this one."""
    return evaluate_all(dict(values), load_served, lambda kind, data: None, lambda: False)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if "train" in row])
def test_a_row_learns_and_is_measured_by_one_command(
    name: str,
    tmp_path: Path,
    checkpoints: dict[str, Path],
    seeing: Path,
    published: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.cli.learning.improve_here", trained_here)
    monkeypatch.setattr("engine.cli.evaluate._run", measured_here)
    recipe = ROWS[name]
    model = str(seeing if name in SEEING else checkpoints[recipe["row"]["architecture"]])
    if name not in SEEING:
        scripted = FakeVerifier(lambda crop, query: float(crop.mean()) / 255, presence=0.9)
        monkeypatch.setattr(Student, "verifier", lambda student, adapter: scripted)
    with deepseek() as asked:
        served = (
            {"external_verifier": f"{asked.url}{DEEPSEEK}"} if "external_verifier" in recipe["train"] else {}
        )
        short = write_recipe(
            tmp_path / "row.toml", {**recipe, "train": {**recipe["train"], **SHORT, **served}}
        )
        arguments = ["evaluate", str(published), "--recipe", str(short), "--train", "--model", model]
        arguments += ["-o", str(tmp_path / "out"), "--draws", "10", "--json"]
        done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    report = json.loads(done.output)
    learned = json.loads((tmp_path / "out" / "training" / "state.json").read_text())
    registry = open_registry(find_model(model))
    assert registry.current() is None, "nothing that was learned for a comparison is put to use"
    kept = [item.name for item in registry.list()]
    assert len(learned["train"]) + len(learned["held_asked"]) == LEARNED_FROM
    assert all(pair["truth_px"] for pair in learned["train"]) == (name == "remotereasoner")
    if name == "remotezero-self-evolved":
        assert [row["value"] for row in report["rows"]] == ["none", *sorted(kept)]
        assert len(kept) == recipe["train"]["rounds"] == 3
    elif name == "consensus":
        assert learned["trial"]["boxes"] >= ASKED_ABOUT
        assert report["about"]["model"]["adapter"] == (kept[-1] if kept else None)
        assert report["figures"]["acc@0.5"]["value"] >= 0.5
    else:
        assert report["about"]["model"]["adapter"] == learned["kept"][-1]
    if served:
        assert sum("yes or no" in json.dumps(body) for body in asked.bodies) > LEARNED_FROM


def write_recipe(path: Path, recipe: dict[str, Any]) -> Path:
    """A recipe as a file."""
    lines = []
    for part in ("train", "evaluate"):
        lines += [f"[{part}]", *(f"{name} = {json.dumps(value)}" for name, value in recipe[part].items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--train"], "--recipe"),
        (["--train", "--recipe", str(RECIPES / "geochat.toml")], "--recipe"),
        (["--train", "--recipe", str(RECIPES / "consensus.toml")], "--output"),
    ],
)
def test_learning_without_what_it_needs_is_told(arguments: list[str], word: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["evaluate", str(tmp_path), *arguments])
    assert done.exit_code == 2
    assert word in done.output
