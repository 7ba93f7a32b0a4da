"""``remotezero evaluate`` as it is typed, and the same as a job of the engine, each in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.cli.main import app
from engine.errors import InputError, JobCancelledError
from engine.jobs.child import evaluating_command, run_child, write_request
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import Store
from engine.paths import job_dir
from tests.engine.miniatures import MAKERS, SQUARES
from tests.engine.tiny_models import build_checkpoint


def said(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["evaluate", *arguments])
    return result.exit_code, result.output


def predictions(folder: Path) -> Path:
    lines = [{"id": f"p{n}", "boxes": squares} for n, squares in enumerate(SQUARES)]
    file = folder / "answers.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


@pytest.mark.slow
def test_predictions_are_measured_from_the_command_line(tmp_path: Path) -> None:
    folder = MAKERS["earthreason"](tmp_path / "set")
    out = tmp_path / "out"
    code, text = said(
        str(folder), "--predictions", str(predictions(tmp_path)), "-o", str(out), "--draws", "20", "--json",
        "--empty", "zero", "--boxes", "each", "--by", "targets",
    )  # fmt: skip
    report = json.loads(text)
    assert code == 0
    assert report["figures"]["mean_iou"]["value"] == pytest.approx(0.75)
    assert report["about"]["choices"]["boxes"] == "each"
    assert set(report["groups"]) == {"targets"}
    assert {path.name for path in out.iterdir()} >= {"report.json", "report.md", "report.html"}
    code, text = said(str(folder), "--predictions", str(predictions(tmp_path)), "--draws", "20")
    assert code == 0
    assert "mean IoU" in text
    assert "/evaluations/" in text


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["nowhere"], "no folder"),
        ([], "folder of a labelled set"),
        (["SET", "--zoom", "sideways"], "zoom"),
        (["SET", "--sweep", "beta=1"], "sweep"),
        (["SET", "--empty", "two"], "empty"),
        (["SET", "--recipe", "missing.toml"], "TOML"),
    ],
)
def test_what_cannot_be_is_a_sentence(arguments: list[str], word: str, tmp_path: Path) -> None:
    folder = MAKERS["earthreason"](tmp_path / "set")
    code, text = said(*[str(folder) if a == "SET" else a for a in arguments])
    assert code == 2, text
    assert word in text
    assert "Traceback" not in text


@pytest.mark.slow
def test_a_recipe_is_read_and_what_is_given_goes_before_it(tmp_path: Path) -> None:
    folder = MAKERS["earthreason"](tmp_path / "set")
    recipe = tmp_path / "row.toml"
    recipe.write_text(
        f'[row]\nname = "ours"\n[evaluate]\npredictions = "{predictions(tmp_path)}"\ndraws = 10\nseed = 3\n'
        '[evaluate.conventions]\nempty = "zero"\nboxes = "each"\n'
    )
    code, text = said(
        str(folder), "--recipe", str(recipe), "--empty", "skip", "--json", "-o", str(tmp_path / "o")
    )
    report = json.loads(text)
    assert code == 0
    assert report["about"]["seed"] == 3
    assert (report["about"]["choices"]["empty"], report["about"]["choices"]["boxes"]) == ("skip", "each")
    (tmp_path / "row.toml").write_text("[row]\n")
    code, text = said(str(folder), "--recipe", str(recipe))
    assert code == 2
    assert "part [evaluate]" in " ".join(text.split())


@pytest.mark.slow
def test_a_model_is_asked_in_a_process_of_its_own_and_a_second_run_asks_nothing(tmp_path: Path) -> None:
    folder = MAKERS["earthreason"](tmp_path / "set")
    model = build_checkpoint(tmp_path / "tiny")
    values = [str(folder), "--model", str(model), "-o", str(tmp_path / "out"), "--draws", "10", "--json"]
    code, text = said(*values)
    assert code == 0, text
    first = json.loads(text)
    assert first["about"]["model"]["weights"]
    code, text = said(*values)
    assert json.loads(text)["seconds"].get("generate", 0) == 0
    assert json.loads(text)["figures"] == first["figures"]


@pytest.mark.slow
def test_an_evaluation_is_a_job_whose_report_is_its_page(tmp_path: Path) -> None:
    folder = MAKERS["jsonl"](tmp_path / "set")
    store = Store(Database(tmp_path / "jobs.sqlite"))
    request = {"dataset": str(folder), "model": str(build_checkpoint(tmp_path / "tiny")), "draws": 10}
    job_id = store.submit("evaluate", request).id
    job = store.begin_next()
    assert job is not None
    result = run_job(job, Results(store), ModelHost(lambda name: pytest.fail("loaded here")), lambda: False)
    assert result["figures"]["unread"]["count"] == result["about"]["questions"]
    assert (job_dir(job_id) / "report.html").is_file()
    assert store.job(job_id).done == result["about"]["questions"]
    store.database.close()


@pytest.mark.slow
def test_a_child_that_is_told_to_end_says_so(tmp_path: Path) -> None:
    request = write_request(tmp_path / "run", {"dataset": str(MAKERS["coco"](tmp_path / "set"))})
    with pytest.raises(JobCancelledError):
        run_child(
            evaluating_command(request), lambda kind, data: None, lambda: True, log_file=tmp_path / "log",
            opening="{}", work="evaluation",
        )  # fmt: skip
    bad = write_request(tmp_path / "bad", {"dataset": str(tmp_path / "nowhere")})
    with pytest.raises(InputError, match="no folder"):
        run_child(
            evaluating_command(bad), lambda kind, data: None, lambda: False, log_file=tmp_path / "log",
            opening="{}", work="evaluation",
        )  # fmt: skip
