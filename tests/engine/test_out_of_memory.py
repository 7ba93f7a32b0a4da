"""Memory runs out at each place where it can: the work is halved, and what comes out is the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.catalogue.specs import read_spec
from engine.errors import ModelError, ModelMemoryError
from engine.model.loaded import LoadedModel, load_model
from engine.model.outlining import read_outliner
from engine.types import Query
from tests.engine.test_models import make_chip, make_pixels
from tests.engine.tiny_models import build_checkpoint
from tests.engine.tiny_outliners import build_outliner

CPU_SHORT = (
    "[enforce fail at alloc_cpu.cpp:121] err == 0. DefaultCPUAllocator: can't allocate memory: you tried"
)
SHORT = [lambda: torch.OutOfMemoryError("CUDA out of memory"), lambda: RuntimeError(CPU_SHORT)]


def never() -> bool:
    return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_checkpoint(tmp_path_factory.mktemp("short") / "tiny")


@pytest.fixture
def model(folder: Path) -> LoadedModel:
    return load_model(read_spec(folder), device="cpu", load_in_4bit=False)


@contextmanager
def short_of_memory(module: Any, too_many: Any, error: Any) -> Iterator[list[int]]:
    """Let ``module`` fail wherever ``too_many`` says so; yields how often it did."""
    failed: list[int] = []

    def before(_: Any, args: Any, kwargs: Any) -> None:
        if too_many(*args, **kwargs):
            failed.append(1)
            raise error()

    hook = module.register_forward_pre_hook(before, with_kwargs=True)
    try:
        yield failed
    finally:
        hook.remove()


@pytest.mark.parametrize("error", SHORT, ids=["cuda", "cpu"])
def test_pictures_are_looked_at_in_smaller_runs(model: LoadedModel, error: Any) -> None:
    pictures = [make_pixels(seed) for seed in range(5)]
    with model.running(None):
        whole = model.encoder.encode(pictures, adapter="", keep=False)
        visual = model.model.model.visual
        with short_of_memory(visual, lambda *_, grid_thw, **__: len(grid_thw) > 1, error) as failed:
            parts = model.encoder.encode(pictures, adapter="", keep=False)
    assert failed
    for one, other in zip(whole, parts, strict=True):
        assert torch.allclose(one.embeds, other.embeds, atol=1e-5)


@pytest.mark.parametrize("error", SHORT, ids=["cuda", "cpu"])
@pytest.mark.parametrize("reading", [True, False], ids=["prompts", "answers"])
def test_answers_are_written_in_smaller_runs(model: LoadedModel, error: Any, reading: bool) -> None:
    chips, queries = [make_chip(seed) for seed in range(4)], [Query("the ship")] * 4
    whole = model.policy.generate(chips, queries, never)
    layers = model.model.model.language_model.layers[0]

    def too_many(hidden: torch.Tensor, *_: Any, **__: Any) -> bool:
        return len(hidden) > 2 and (hidden.shape[1] > 1) == reading

    with short_of_memory(layers, too_many, error) as failed:
        assert model.policy.generate(chips, queries, never) == whole
    assert failed


@pytest.mark.parametrize("error", SHORT, ids=["cuda", "cpu"])
def test_crops_are_scored_in_smaller_runs(model: LoadedModel, error: Any) -> None:
    crops, queries = [make_pixels(seed) for seed in range(6)], [Query("the ship")] * 6
    whole = model.verifier.score(crops, queries, never)
    layers = model.model.model.language_model.layers[0]
    with short_of_memory(layers, lambda hidden, *_, **__: len(hidden) > 2, error) as failed:
        assert np.allclose(model.verifier.score(crops, queries, never), whole, atol=1e-5)
    assert failed


@pytest.mark.parametrize("error", SHORT, ids=["cuda", "cpu"])
def test_outlines_are_drawn_in_smaller_runs(tmp_path: Path, error: Any) -> None:
    folder = build_outliner(tmp_path / "sam", "sam2")
    (folder / "remotezero.json").write_text('{"name": "sam"}')
    outliner = read_outliner(read_spec(folder), device="cpu")
    outliner.batch_size = 4
    side = outliner.picture_px
    pictures = [make_pixels(seed, side, side) for seed in range(5)]
    boxes = [(10.0, 10.0, 60.0 + seed, 70.0) for seed in range(5)]
    whole = outliner.masks(pictures, boxes, never)
    with short_of_memory(outliner._model, lambda pixel_values, **_: len(pixel_values) > 1, error) as failed:
        parts = outliner.masks(pictures, boxes, never)
    assert failed
    assert all(np.array_equal(one, other) for one, other in zip(whole, parts, strict=True))
    with (
        short_of_memory(outliner._model, lambda **_: True, error),
        pytest.raises(ModelMemoryError, match="doesn't fit into the memory"),
    ):
        outliner.masks(pictures, boxes, never)


def test_where_not_even_one_fits_one_sentence_says_what_would(model: LoadedModel) -> None:
    layers = model.model.model.language_model.layers[0]
    with short_of_memory(layers, lambda *_, **__: True, SHORT[1]), pytest.raises(ModelError) as caught:
        model.verifier.score([make_pixels(1)], [Query("the ship")], never)
    assert "doesn't fit into the memory" in str(caught.value)
    assert "would fit" in str(caught.value)
    assert "alloc_cpu" not in str(caught.value)


def test_features_of_a_whole_batch_are_kept(folder: Path) -> None:
    loaded = load_model(read_spec(folder), device="cpu", load_in_4bit=False)
    assert loaded.plan is not None
    assert loaded.encoder.cache.limit_bytes >= loaded.plan.rows * loaded.costs.features(loaded.spec.chip_px)
    chips, queries = [make_chip(seed) for seed in range(loaded.plan.chips)], [Query("x")] * loaded.plan.chips
    loaded.verifier.presence(chips, queries, never)
    before = loaded.encoder.cache.hits
    loaded.verifier.presence(chips, queries, never)
    assert loaded.encoder.cache.hits - before == len(chips)


def test_a_card_that_is_too_small_gets_smaller_chips(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import engine.model.loading as loading
    from engine.catalogue.fitting import Costs, make_plan
    from engine.catalogue.footprint import read_shapes

    spec = read_spec(folder)
    shapes = read_shapes(folder)
    assert shapes is not None
    costs = Costs(shapes, 4, load_in_4bit=False)
    smaller = next(
        free
        for free in range(10**6, 10**7, 10**4)
        if (plan := make_plan(costs, "locate", spec.chip_px, free)) and plan.chip_px < spec.chip_px
    )
    monkeypatch.setattr(loading, "available_bytes", lambda device: smaller)
    found, plan = loading.fitted(spec, torch.device("cpu"), "locate", load_in_4bit=False)
    assert plan is not None
    assert found.chip_px == plan.chip_px < spec.chip_px
