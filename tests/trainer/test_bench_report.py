"""The headline figures of the bench, from runs that are written down here."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from trainer.lab.bench.improve import Measuring
from trainer.lab.bench.report import harmful, headline, missing, write_bench_report
from trainer.lab.bench.tables import as_table

REAL = "real-cars"


def side(acc50: float) -> dict[str, float]:
    same = ("auroc", "absent_recall", "shown_acc50", "shown_absent_recall")
    by_type = {"plural": {"acc50": acc50 / 2, "queries": 10}}
    return {"acc50": acc50, "miou": acc50 - 0.05, "by_type": by_type, **dict.fromkeys(same, 0.9)}


def real_side(ap50: float) -> dict[str, Any]:
    return {
        "questions": 20,
        "ap50": ap50,
        "recall": 0.5,
        "gain": {"ap50": [ap50 - 0.6, ap50 - 0.7, ap50 - 0.5]},
    }


def run(method: str, accs: list[float], kept: list[bool], region: str = "winter", seed: int = 0) -> Any:
    rounds = [
        {"round": n, "promoted": k, "region": side(a), "home": side(0.8 - n / 100)}
        for n, (a, k) in enumerate(zip(accs, kept, strict=True))
    ]
    return {"region": region, "method": method, "seed": seed, "rounds": rounds}


def test_gains_are_those_of_the_last_kept_round() -> None:
    found = headline([run("self", [0.5, 0.6, 0.4], [True, True, False])])
    assert found["mean_gain_acc50"] == pytest.approx(0.1)
    assert found["mean_gain_miou"] == pytest.approx(0.1)
    assert found["home_drop"] == pytest.approx(0.01)
    assert found["share_of_supervised"] is None


def test_the_share_compares_equal_steps() -> None:
    results = [
        run("self", [0.5, 0.6, 0.7], [True, True, True]),
        run("supervised", [0.5, 0.625], [True, True]),
        run("self", [0.5, 0.9], [True, True], region="coarse"),
    ]
    found = headline(results)
    assert found["share_of_supervised"] == pytest.approx(0.8)
    assert found["mean_gain_acc50"] == pytest.approx(0.3)
    assert found["gain_acc50_error"] == pytest.approx(0.1)


def test_real_sets_stand_in_a_table_of_their_own(tmp_path: Path) -> None:
    real = run("self", [0.6, 0.9], [True, True], region=REAL)
    for entry, ap50 in zip(real["rounds"], (0.6, 0.8), strict=True):
        entry["region"] = real_side(ap50)
    real["rounds"][1]["kept"] = {
        "share": 0.5,
        "before": {"right": 0.91, "none": 0.98},
        "tried": [{"share": 1.0, "right": 0.88, "none": 0.97}, {"share": 0.5, "right": 0.9, "none": 0.98}],
    }
    for number, result in enumerate([run("self", [0.5, 0.6], [True, True]), real]):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "result.json").write_text(json.dumps(result))
    (tmp_path / "levels.json").write_text(json.dumps({"noise": {"2": 0.0, "16": 0.008}}))
    data = write_bench_report(tmp_path, tmp_path / "report.json")
    assert data["mean_gain_acc50"] == pytest.approx(0.1)
    assert data["mean_gain_plural"] == pytest.approx(0.05)
    assert data["mean_gain_real_ap50"] == pytest.approx(0.2)
    assert {row["region"] for row in data["methods"]} == {"winter"}
    table = (tmp_path / "report.md").read_text()
    assert "| real-cars | self | 0 | 20 | 1, 0 | 0.600 → 0.800 | +0.200 (+0.100 to +0.300) |" in table
    assert "100%: 0.880, 0.970; 50%: 0.900, 0.980 | 50% |" in table
    assert "| noise | 0.0% | 0.8% |" in table
    assert "real sets: 1 of 4" in table
    assert table == as_table(json.loads((tmp_path / "report.json").read_text()))


def test_what_was_not_run_is_said() -> None:
    assert missing([run("self", [0.5], [True])]) == [
        "self: 1 of 18 runs on drawn regions",
        "supervised: 0 of 18 runs on drawn regions",
        "real sets: 0 of 4",
    ]


def test_a_kept_round_that_is_worse_by_the_truth_is_counted() -> None:
    assert harmful(run("self", [0.5, 0.6, 0.55], [True, True, True])) == 1
    assert harmful(run("self", [0.5, 0.6, 0.55], [True, True, False])) == 0
    lost = run("self", [0.5, 0.6], [True, True])
    lost["rounds"][1]["home"] = side(0.7)
    assert harmful(lost) == 1


def test_runs_side_by_side_measure_the_base_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []

    def measure(model: Any, region: str, scenes: int) -> dict[str, Any]:
        measured.append(region)
        return side(0.5)

    monkeypatch.setattr("trainer.lab.mini.evaluate.measure_region", measure)
    model = type("Model", (), {"use": lambda self, **_: None})()
    arguments = Namespace(folder=tmp_path, test_scenes=5)
    found: list[dict[str, Any]] = []
    runs = [
        threading.Thread(target=lambda: found.append(Measuring(arguments, model, "winter")(None)))
        for _ in range(4)
    ]
    for run_ in runs:
        run_.start()
    for run_ in runs:
        run_.join()
    assert sorted(measured) == ["home", "winter"]
    assert found == [{"region": side(0.5), "home": side(0.5)}] * 4
    Measuring(arguments, model, "winter")("r1")
    assert sorted(measured) == ["home", "home", "winter", "winter"], "an adapter is always measured"


WITHOUT = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "pyogrio":
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, Blocked())
import trainer.lab.bench.improve, trainer.__main__, trainer.verdicts
from engine.imagery.network import bar_network

bar_network()
"""


def test_drawn_scenes_need_no_reader_of_vector_files() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
