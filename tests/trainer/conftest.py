"""A tiny random model for everything that needs real tensors."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def tiny_model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random Qwen3-VL checkpoint with its own tokenizer and processor."""
    from tests.engine.tiny_models import build_checkpoint

    return build_checkpoint(tmp_path_factory.mktemp("tiny"))
