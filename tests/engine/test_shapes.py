"""Shapes are read from whatever a family's files tell of them, and so a plan is made for each."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.catalogue.fitting import Costs, make_plan
from engine.catalogue.footprint import Shapes, read_shapes, shapes_of
from engine.catalogue.specs import read_spec
from engine.model.loaded import load_model
from tests.engine.tiny_models import KINDS, build_checkpoint

ONE_PART_PX = {"gemma3": 56, "gemma4": 96, "gemma4-unified": 96, "internvl": 56, "llava": 56}
"""Side of a picture that a tiny model is shown as it is, in one part; 64 pixels for the others."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("shapes")
    return {kind: build_checkpoint(root / kind, kind) for kind in KINDS}


def widths(shapes: Shapes) -> tuple[int, ...]:
    return (shapes.layers, shapes.hidden, shapes.intermediate, shapes.vocabulary)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_published_configuration_leaves_out_is_read_from_the_weights(
    kind: str, folders: dict[str, Path], tmp_path: Path
) -> None:
    """As LLaVA-1.5 and Gemma 3 are published: what is usual for the architecture is not in the file."""
    whole = read_shapes(folders[kind])
    assert whole is not None
    sparse = shutil.copytree(folders[kind], tmp_path / kind)
    config = json.loads((sparse / "config.json").read_text())
    config["text_config"] = {"model_type": config["text_config"]["model_type"]}
    (sparse / "config.json").write_text(json.dumps(config))
    found = read_shapes(sparse)
    assert found is not None
    assert widths(found) == widths(whole)
    assert found.heads * found.head_dim >= whole.heads * whole.head_dim
    assert found.kv_heads * found.head_dim >= whole.kv_heads * whole.head_dim
    assert make_plan(Costs(found), "locate", 128, 2**34) is not None


@pytest.mark.parametrize("kind", KINDS)
def test_tokens_of_a_chip_are_those_that_the_model_is_shown(kind: str, folders: dict[str, Path]) -> None:
    loaded = load_model(read_spec(folders[kind]), device="cpu", load_in_4bit=False)
    side_px = ONE_PART_PX.get(kind, 64 if kind != "qwen2.5-vl" else 56)
    picture = np.random.default_rng(0).integers(0, 255, (side_px, side_px, 3)).astype(np.uint8)
    with loaded.running(None):
        (seen,) = loaded.encoder.encode([picture], adapter="", keep=False)
    for shapes in (read_shapes(folders[kind]), shapes_of(loaded.model.config)):
        assert shapes is not None
        # Processors that keep the number of pixels round the sides to what they can merge.
        assert 0.7 * seen.tokens <= Costs(shapes).tokens(side_px) <= 1.5 * seen.tokens
