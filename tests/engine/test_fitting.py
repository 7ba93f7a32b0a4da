"""What is planned fits, what is planned is what is measured, and what does not fit is halved."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from typer.testing import CliRunner

from engine.catalogue.fitting import LIBRARIES_BYTES, Costs, make_plan, smallest_plan, what_would_fit
from engine.catalogue.models import offered_memory
from engine.catalogue.offers import finders, read_offers
from engine.catalogue.plans import cards_table
from engine.cli.main import app
from engine.errors import JobCancelledError, ModelError
from engine.model.devices import working_dtype
from engine.model.halving import Halving, is_out_of_memory
from engine.model.loading import NOT_QUANTISED
from engine.model.steps import BLOCK
from engine.paths import resources_dir

OFFERS = {offer.name: offer for offer in read_offers() if offer.shapes is not None}
SIDES = {name: side_px for name, _, side_px in finders()}
CPU_SHORT = (
    "[enforce fail at alloc_cpu.cpp:121] err == 0. DefaultCPUAllocator: can't allocate memory: you tried"
)
SHORT = [torch.OutOfMemoryError("CUDA out of memory"), RuntimeError(CPU_SHORT), MemoryError()]


def free_of(card_gb: float) -> float:
    return card_gb * 2**30 - LIBRARIES_BYTES


@pytest.mark.parametrize(
    ("name", "task", "card_gb"),
    [
        ("Qwen3-VL-8B-Instruct", "locate", 8),
        ("Qwen2.5-VL-7B-Instruct", "locate", 8),
        ("Qwen3-VL-2B-Instruct", "learn", 8),
        ("Qwen3-VL-4B-Instruct", "learn", 12),
        ("Qwen3-VL-8B-Instruct", "learn", 24),
    ],
)
def test_the_cards_that_people_have_are_enough(name: str, task: str, card_gb: int) -> None:
    offer = OFFERS[name]
    plan = make_plan(Costs(offer.shapes), task, SIDES[offer.name], free_of(card_gb))
    assert plan is not None
    assert plan.needed_bytes <= free_of(card_gb)
    assert plan.chip_px == SIDES[offer.name]
    memory = offered_memory(offer)
    least = memory.learn_bytes if task == "learn" else memory.find_bytes
    assert least <= card_gb * 2**30


@pytest.mark.parametrize("offer", OFFERS.values(), ids=OFFERS.keys())
@pytest.mark.parametrize("task", ["locate", "verify", "learn"])
def test_more_memory_never_gives_less(offer, task: str) -> None:
    costs = Costs(offer.shapes)
    least = smallest_plan(costs, task, SIDES[offer.name]).needed_bytes
    assert make_plan(costs, task, SIDES[offer.name], least - 1) is None
    plans = [make_plan(costs, task, SIDES[offer.name], least + step * 2**29) for step in range(60)]
    worth = [(p.chip_px, p.group_size, not p.checkpointing, p.rows, p.chips) for p in plans if p]
    assert len(worth) == len(plans)
    assert worth == sorted(worth)


def test_what_would_fit_is_the_largest_that_does() -> None:
    models = finders()
    assert what_would_fit(models, "learn", free_of(8)) == "Qwen3-VL-4B-Instruct would fit."
    assert what_would_fit(models, "locate", 2**30) == "None of the catalogue's models would fit."


def test_the_table_of_cards_is_the_planners() -> None:
    text = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- cards -->\n(.*?)\n<!-- end -->", text, re.S)
    assert found is not None
    assert found.group(1) == cards_table()


def test_a_plan_is_printed_for_a_card_and_for_this_machine() -> None:
    done = CliRunner().invoke(app, ["models", "plan", "Qwen3-VL-8B-Instruct", "--memory", "8", "--json"])
    find, _, learn = json.loads(done.stdout)["plans"]
    assert (find["fits"], find["chip_px"], find["rows"]) == (True, 1024, 1)
    assert learn["fits"] is False
    assert "Qwen3-VL-4B-Instruct would fit" in learn["sentence"]
    here = CliRunner().invoke(app, ["models", "plan", "mini"])
    assert here.exit_code == 0
    assert "Plan for finding" in here.stdout
    assert CliRunner().invoke(app, ["models", "plan", "nothing"]).exit_code == 2
    folder = CliRunner().invoke(app, ["models", "plan", str(resources_dir() / "models" / "mini")])
    assert "Plan for finding" in folder.stdout


@pytest.mark.parametrize("error", SHORT, ids=["cuda", "cpu", "python"])
def test_what_does_not_fit_is_halved_and_remembered(error: Exception) -> None:
    sizes: list[int] = []

    def run(batch):
        sizes.append(len(batch))
        if len(batch) > 2:
            raise error
        return [row * 10 for row in batch]

    in_runs = Halving(lambda: ModelError("not even one"))
    assert in_runs(run, range(5), 8, cost_each=10) == [0, 10, 20, 30, 40]
    assert sizes == [5, 2, 2, 1]
    sizes.clear()
    assert in_runs(run, range(4), 8, cost_each=20) == [0, 10, 20, 30]
    assert sizes == [1, 1, 1, 1], "rows twice as long, so half as many"
    with pytest.raises(ModelError, match="not even one"):
        in_runs(lambda batch: run([0] * 3), range(1), 1)


def test_other_errors_are_not_taken_for_memory() -> None:
    assert not is_out_of_memory(RuntimeError("shape mismatch"))

    def run(batch):
        raise RuntimeError("shape mismatch")

    with pytest.raises(RuntimeError, match="shape"):
        Halving(lambda: ModelError(""))(run, [1], 1)
    with pytest.raises(JobCancelledError):
        Halving(lambda: ModelError(""))(list, [1], 1, stop=lambda: True)


@pytest.mark.parametrize(
    ("capability", "dtype"), [((7, 5), torch.float16), ((8, 0), torch.bfloat16), ((9, 0), torch.bfloat16)]
)
def test_cards_before_ampere_compute_in_float16(monkeypatch, capability, dtype) -> None:
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device: capability)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: True)
    assert working_dtype(torch.device("cuda")) is dtype
    assert working_dtype(torch.device("cpu")) is torch.float32


@pytest.mark.parametrize(
    ("module", "quantised"),
    [
        ("model.visual.blocks.0.attn.qkv", False),
        ("model.visual.merger.linear_fc1", False),
        ("model.vision_tower.encoder.layer.0.attention.q_proj", False),
        ("model.multi_modal_projector.linear_1", False),
        ("lm_head", False),
        ("model.language_model.layers.0.mlp.gate_proj", True),
        ("model.language_model.layers.11.self_attn.q_proj", True),
    ],
)
def test_only_the_language_model_is_quantised(module: str, quantised: bool) -> None:
    from transformers.quantizers.quantizers_utils import should_convert_module

    assert should_convert_module(module, [*NOT_QUANTISED]) is quantised


MEASURED = json.loads(
    (Path(__file__).parents[2] / "docs" / "bench-gpu-2026-11-26.json").read_text(encoding="utf-8")
)
PARTS = [
    pytest.param(model, name, id=f"{model}, {name}")
    for model, parts in MEASURED["models"].items()
    for name, found in parts.items()
    if name.startswith(("locate", "learn")) and found["plan"] and "earlier" not in found
]


@pytest.mark.parametrize(("model", "name"), PARTS)
def test_what_is_planned_is_what_a_card_was_seen_to_take(model: str, name: str) -> None:
    costs, found = Costs(OFFERS[model].shapes), MEASURED["models"][model][name]
    px = found["plan"]["chip_px"]
    planned, measured = list[float](), list[int]()
    if name.startswith("learn"):
        step = found["step"]
        answers = step["group"] * step["answer"]
        gradients = costs.step(
            px, step["prompt"], answers, step["prompts"], checkpointing=found["plan"]["checkpointing"]
        )
        planned.append(costs.weights() + costs.adapter() + gradients)
        measured.append(step["peak"])
    else:
        looking, writing = found["looking"], found["writing"]
        most = max(looking["runs"])
        kept = (looking["pictures"] - most) * costs.features(px)
        rows = writing["rows"] * costs.row(writing["prompt"], writing["tokens"] + BLOCK)
        planned += [costs.weights() + most * costs.looking(px) + kept, costs.weights() + rows]
        measured += [part["held"] + part["peak"] for part in (looking, writing)]
    for one, other in zip(planned, measured, strict=True):
        assert 0.85 * other <= one <= 1.15 * other


@pytest.mark.parametrize(("model", "card"), [("Qwen3-VL-2B-Instruct", 8), ("Qwen3-VL-4B-Instruct", 12)])
def test_a_step_is_not_divided_into_single_prompts_to_keep_layers(model: str, card: int) -> None:
    """As measured: four prompts whose layers are computed again are faster than one whose layers are kept."""
    for gigabytes in (card, 24, 40):
        plan = make_plan(Costs(OFFERS[model].shapes), "learn", 1024, free_of(gigabytes))
        assert plan is not None
        assert plan.checkpointing or plan.rows == 16


def test_without_a_gpu_the_bench_says_so_and_is_content() -> None:
    hidden = {**os.environ, "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.gpu"],
        capture_output=True, text=True, check=False, env=hidden, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0
    assert "There is no GPU here" in done.stdout
