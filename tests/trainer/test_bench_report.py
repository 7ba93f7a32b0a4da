"""The headline figures of the bench, from runs that are written down here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trainer.lab.bench.report import headline, write_bench_report
from trainer.lab.real import REAL


def side(acc50: float) -> dict[str, float]:
    same = ("auroc", "absent_recall", "shown_acc50", "shown_absent_recall")
    return {"acc50": acc50, "miou": acc50 - 0.05, **dict.fromkeys(same, 0.9)}


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


def test_real_pictures_stand_in_the_table_alone(tmp_path: Path) -> None:
    for number, result in enumerate(
        [run("self", [0.5, 0.6], [True, True]), run("self", [0.6, 0.9], [True, True], region=REAL)]
    ):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "result.json").write_text(json.dumps(result))
    data = write_bench_report(tmp_path, tmp_path / "report.json")
    assert data["mean_gain_acc50"] == pytest.approx(0.1)
    assert {row["region"] for row in data["methods"]} == {"winter", REAL}
    assert REAL in (tmp_path / "report.md").read_text()
    assert json.loads((tmp_path / "report.json").read_text()) == data
