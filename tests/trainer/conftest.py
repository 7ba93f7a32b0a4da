"""A tiny random model, and drawn pictures for it to look at."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.catalogue.specs import read_spec
from engine.model.loaded import load_model
from tests.engine.tiny_models import build_checkpoint
from trainer.rollout.student import Student

MakeStudent = Callable[[], Student]


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random Qwen3-VL checkpoint that may write few tokens."""
    folder = build_checkpoint(tmp_path_factory.mktemp("tiny") / "tiny")
    spec = json.loads((folder / "remotezero.json").read_text())
    (folder / "remotezero.json").write_text(json.dumps({**spec, "max_new_tokens": 8}))
    return folder


@pytest.fixture(scope="session")
def chips() -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [rng.integers(0, 255, (128, 128, 3)).astype(np.uint8) for _ in range(4)]


@pytest.fixture
def make_student(tiny_folder: Path, chips: list[np.ndarray]) -> MakeStudent:
    """Students that start from equal weights."""

    def make() -> Student:
        import torch

        loaded = load_model(read_spec(tiny_folder), device="cpu", load_in_4bit=False)
        torch.manual_seed(0)
        return Student(loaded, 4, chips.__getitem__, None)

    return make
