"""Each family from its folder to an adapter that was learned, kept, loaded and switched."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from affine import Affine
from bitsandbytes.nn import Linear4bit

from engine.catalogue.specs import read_spec
from engine.language.families import FAMILIES
from engine.model.loaded import load_model
from engine.types import Chip, Query, Window
from tests.engine.tiny_models import KINDS, build_checkpoint
from trainer.config import RoundConfig
from trainer.queries import Pair
from trainer.rollout.callbacks import Budget
from trainer.rollout.grpo import BatchSize, train
from trainer.rollout.student import TRAINED, Student

PAIRS = [Pair(0, "the ship", 0.9), Pair(0, "a dam", 0.9), Pair(1, "the ship", 0.9), Pair(2, "a pier", 0.9)]
QUERIES = [Query(pair.query) for pair in PAIRS]


def reward_of(numbers: Sequence[int], texts: Sequence[str], cut: Sequence[bool]) -> list[float]:
    return [hashlib.sha256(text.encode()).digest()[0] / 255 for text in texts]


def chip_of(pixels: np.ndarray) -> Chip:
    height, width = pixels.shape[:2]
    window = Window(0, 0, width, height, width, height, 0, "detail")
    return Chip(pixels, np.ones((height, width), dtype=bool), window, Affine.identity(), None, None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_family_from_its_folder_to_an_adapter_that_is_switched(kind: str, tmp_path: Path) -> None:
    spec = read_spec(build_checkpoint(tmp_path / kind, kind))
    rng = np.random.default_rng(0)
    pictures = [rng.integers(0, 255, (96, side, 3)).astype(np.uint8) for side in (96, 64, 96)]
    chips = [chip_of(pictures[pair.chip]) for pair in PAIRS]

    loaded = load_model(spec, device="cpu", load_in_4bit=True)
    assert loaded.model.is_loaded_in_4bit
    packed = [name for name, module in loaded.model.named_modules() if isinstance(module, Linear4bit)]
    assert packed
    assert all(name.startswith("model.language_model.") for name in packed)
    before = loaded.policy.generate(chips, QUERIES, lambda: False)
    scores = loaded.verifier.score([chip.pixels for chip in chips], QUERIES, lambda: False)
    assert all(answer.tokens for answer in before)
    assert all(0 < score < 1 for score in scores)

    torch.manual_seed(0)
    student = Student(loaded, 4, pictures.__getitem__, None)
    seen: list[dict[str, float]] = []
    train(
        student,
        PAIRS,
        reward_of,
        RoundConfig(group_size=4, learning_rate=1e-2),
        BatchSize(prompts=4, prompts_at_once=2, max_new_tokens=6),
        Budget(1e6, 1),
        tmp_path / "checkpoints",
        stop=lambda: False,
        on_step=seen.append,
        evaluate=dict,
    )
    moved = [
        name
        for name, weight in student.loaded.model.named_parameters()
        if f"lora_B.{TRAINED}" in name and float(weight.abs().max()) > 0
    ]
    assert [step["step"] for step in seen] == [1.0]
    parts = FAMILIES[spec.family].learns
    assert all(any(f".{part}." in name for name in moved) for part in parts)
    assert all(any(f".{part}." in name for part in parts) for name in moved)
    adapter = student.save(tmp_path / "learned")

    again = load_model(spec, device="cpu", load_in_4bit=True)
    again.add_adapter("learned", adapter)
    crops = [chip.pixels for chip in chips]
    assert again.verifier.score(crops, QUERIES, lambda: False) == scores
    again.use(policy="learned", verifier="learned")
    assert again.vision_key("learned") == ("learned" if "visual" in parts else "")
    learned = again.verifier.score(crops, QUERIES, lambda: False)
    assert learned != scores
    again.use()
    assert again.verifier.score(crops, QUERIES, lambda: False) == scores
    assert again.policy.generate(chips, QUERIES, lambda: False) == before
