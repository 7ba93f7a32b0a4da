"""The recipe of the default model: its batches, its steps, and going on after a stop."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from engine.catalogue.models import find_model
from trainer.lab.mini import train
from trainer.lab.mini.architecture import build_model
from trainer.lab.mini.data import TrainingBatch
from trainer.lab.mini.dialogue import over_tensors
from trainer.lab.mini.losses import encode, patchify
from trainer.lab.mini.stages import GPU_STAGES, STAGES, BatchSource, Stage
from trainer.lab.mini.train import Trainer
from trainer.lab.mini.vocabulary import build_tokenizer

DENSE = Stage("dense", 3, 3, 0, 0, 2, 1, 0, 1.0, 1e-3, 1e-3, 0)
DIALOGUE = Stage("dialogue", 2, 3, 2, 1, 0, 2, 0, 0.5, 1e-3, 1e-3, 2)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One set: tiles of a beach, and boxed storage tanks."""
    folder = tmp_path_factory.mktemp("photos")
    pixels = np.random.default_rng(0).integers(0, 255, (256, 256, 3), np.uint8)
    for name, scene, boxes in (
        ("ucmerced", "beach", []),
        ("ucmerced", "parkinglot", []),
        ("ucm_boxes", "storagetanks", [{"xyxy": [60, 80, 120, 140], "label": "storage tank"}]),
    ):
        lines = []
        (folder / name / "images").mkdir(parents=True, exist_ok=True)
        for number in (1, 2):
            image = f"images/{scene}{number:02}.png"
            Image.fromarray(pixels).save(folder / name / image)
            lines.append(
                {
                    "image": image,
                    "width": 256,
                    "height": 256,
                    "gsd_m": 0.3,
                    "class": scene,
                    "boxes": boxes,
                    "complete_for": ["storage tank"],
                }
            )
        with (folder / name / "labels.jsonl").open("a", encoding="utf-8") as f:
            f.write("".join(json.dumps(line) + "\n" for line in lines))
    return folder


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scenes")


def tensors(batch: TrainingBatch) -> list[Tensor]:
    found: list[Tensor] = []

    def keep(tensor: Tensor) -> Tensor:
        found.append(tensor)
        return tensor

    over_tensors(batch, keep)
    return found


@pytest.mark.parametrize("stage", [DENSE, DIALOGUE])
def test_batches_do_not_depend_on_how_many_processes_make_them(photos, scenes, stage):
    source = BatchSource(scenes, (3, 2), photos)
    alone = list(source.batches(1, stage, 0, workers=0))
    shared = list(source.batches(1, stage, 0, workers=2))
    assert len(alone) == len(shared) == stage.steps
    for one, other in zip(alone, shared, strict=True):
        assert len(tensors(one)) == (23 + 1 if stage.turns else 3)
        assert all(torch.equal(a, b) for a, b in zip(tensors(one), tensors(other), strict=True))
    assert not torch.equal(alone[0].chips, alone[1].chips)


def test_a_stage_that_was_stopped_goes_on_with_the_batches_it_had_not_seen(photos, scenes):
    source = BatchSource(scenes, (3, 2), photos)
    whole = list(source.batches(1, DENSE, 0, workers=0))
    rest = list(source.batches(1, DENSE, 2, workers=0))
    assert len(rest) == 1
    assert torch.equal(rest[0].chips, whole[2].chips)


def test_the_tower_sees_what_it_would_see_with_places_of_its_own_making():
    model = build_model(build_tokenizer(), 3)
    pixels = torch.randint(0, 255, (2, 128, 128, 3), dtype=torch.uint8)
    with torch.no_grad():
        quick = encode(model, pixels)
        own = model.model.visual(patchify(pixels), grid_thw=torch.tensor([[1, 8, 8], [1, 8, 8]]))
    assert torch.allclose(quick.tokens, own.pooler_output, atol=1e-5)
    assert torch.allclose(quick.deepstack[0], own.deepstack_features[0], atol=1e-5)


def test_a_run_in_pieces_ends_where_a_run_in_one_does(photos, tmp_path, scenes):
    ends = []
    for name, pieces in (("one", (None,)), ("pieces", (0.0, 0.0, None))):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "scenes").symlink_to(scenes)
        for minutes in pieces:
            torch.manual_seed(0)
            trainer = Trainer(folder, (DENSE, DIALOGUE), (3, 2), photos)
            trainer.resume()
            done = trainer.run(minutes)
            assert done == (minutes is None)
        ends.append(trainer)
        lines = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
        assert [(line["stage"], line["step"]) for line in lines] == [("dense", 3), ("dialogue", 2)]
        assert all(np.isfinite(line["loss"]) for line in lines)
    one, other = (trainer.model.state_dict() for trainer in ends)
    assert all(torch.allclose(one[key], other[key], atol=1e-5) for key in one)
    average = ends[0].average.module.state_dict()
    moved = "model.visual.patch_embed.proj.weight"
    assert not torch.equal(average[moved], one[moved])


def test_a_seconded_stage_begins_with_boxes_of_the_weights_so_far(photos, tmp_path, scenes, monkeypatch):
    monkeypatch.setattr(train, "HEAD_STEPS", 1)
    (tmp_path / "scenes").symlink_to(scenes)
    for minutes in (0.0, 0.0, None):
        trainer = Trainer(tmp_path, (replace(DIALOGUE, seconded=True),), (3, 2), photos)
        if not trainer.resume():
            trainer.start_from(find_model("mini").path, 0)
        assert trainer.run(minutes) == (minutes is None)
        if minutes == 0.0 and trainer.step == 0:
            assert not trainer.source.pseudo.exists()
            trainer.second(lambda: False)
    lines = [json.loads(line) for line in trainer.source.pseudo.read_text(encoding="utf-8").splitlines()]
    assert [line["image"] for line in lines] == ["parkinglot01.png", "parkinglot02.png"]
    steps = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert steps[-1]["step"] == DIALOGUE.steps


def test_a_gpu_gets_the_same_stages_with_more_of_everything():
    on_gpu = {stage.name: stage for stage in GPU_STAGES}
    shared = [stage for stage in STAGES if stage.name in on_gpu]
    assert [name for name in on_gpu if name in {stage.name for stage in STAGES}] == [s.name for s in shared]
    assert [stage.name for stage in STAGES if stage not in shared] == [
        "dialogue, real, lists again",
        "dialogue, real, lists, third",
    ]
    for small in shared:
        large = on_gpu[small.name]
        assert large.turns == small.turns
        assert large.crops_per_chip >= small.crops_per_chip
        assert bool(large.photos) == bool(small.photos)
        assert large.steps * large.chips > small.steps * small.chips
    for stage in (*STAGES, *GPU_STAGES):
        assert max(stage.photos, stage.taught) <= stage.chips
        assert stage.decay_steps <= stage.steps
