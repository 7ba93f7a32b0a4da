"""Memory that is held beside the work, and advice on what would fit: for every family, task and device."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.catalogue.fitting import LIBRARIES_BYTES, Costs, make_plan
from engine.catalogue.offers import finders, read_offers
from engine.catalogue.specs import read_spec
from engine.errors import ModelMemoryError
from engine.model import loading
from engine.model.loaded import LoadedModel, load_model
from engine.types import Query
from tests.engine.test_models import make_chip, make_pixels
from tests.engine.test_out_of_memory import SHORT, never, short_of_memory
from tests.engine.tiny_models import KINDS, build_adapter, build_checkpoint
from tests.engine.tiny_outliners import build_outliner

OFFERS = {offer.name: offer for offer in read_offers()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_checkpoint(tmp_path_factory.mktemp("held") / "tiny")


@pytest.fixture
def model(folder: Path) -> LoadedModel:
    return load_model(read_spec(folder), device="cpu", load_in_4bit=False)


def room_for(model: LoadedModel, most: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let the memory end where features of more than so many pictures are alive; tells what was alive then."""
    alive: weakref.WeakSet[torch.Tensor] = weakref.WeakSet()
    failed: list[int] = []
    plain = model.encoder.see

    def see(looks: Sequence[Any]) -> Any:
        if len(alive) + len(looks) > most:
            failed.append(len(alive))
            raise torch.OutOfMemoryError("CUDA out of memory")
        found = plain(looks)
        for features in found:
            alive.add(features.embeds)
        return found

    monkeypatch.setattr(model.encoder, "see", see)
    return failed


def test_crops_whose_features_do_not_fit_together_are_scored_in_parts(
    model: LoadedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    crops, queries = [make_pixels(seed, 64, 64) for seed in range(9)], [Query("the ship")] * 9
    whole = model.verifier.score(crops, queries, never)
    failed = room_for(model, 3, monkeypatch)
    assert model.verifier.score(crops, queries, never) == pytest.approx(whole, abs=1e-5)
    assert failed


def test_chips_whose_features_do_not_fit_together_are_answered_in_parts(
    model: LoadedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    chips, queries = [make_chip(seed) for seed in range(6)], [Query("the ship")] * 6
    whole = model.policy.generate(chips, queries, never)
    model.encoder.cache.clear()
    failed = room_for(model, 2, monkeypatch)
    assert model.policy.generate(chips, queries, never) == whole
    assert failed
    monkeypatch.undo()
    model.encoder.cache.clear()
    sizes: list[int] = []
    plain = model.encoder.see
    monkeypatch.setattr(model.encoder, "see", lambda looks: sizes.append(len(looks)) or plain(looks))
    with model.running(None):
        model.encoder.encode([chip.pixels for chip in chips], adapter="", keep=False)
    assert sizes == [6], "batches are as large as before: it was not they that were too much"


def test_no_more_pictures_are_held_than_the_memory_has_room_for(
    model: LoadedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    crops, queries = [make_pixels(seed, 64, 64) for seed in range(8)], [Query("the ship")] * 8
    monkeypatch.setattr(model, "room", lambda: 8 * model.costs.features(64))
    failed = room_for(model, 4, monkeypatch)
    assert len(model.verifier.score(crops, queries, never)) == 8
    assert not failed


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_family_is_halved_wherever_memory_ends(kind: str, tmp_path: Path) -> None:
    model = load_model(read_spec(build_checkpoint(tmp_path / kind, kind)), device="cpu", load_in_4bit=False)
    chips, queries = [make_chip(seed) for seed in range(3)], [Query("the ship")] * 3
    pictures = [chip.pixels for chip in chips]
    answers = model.policy.generate(chips, queries, never)
    scores = model.verifier.score(pictures, queries, never)
    model.encoder.cache.clear()
    layer = model.model.model.language_model.layers[-1]
    with short_of_memory(layer, lambda hidden, *_, **__: len(hidden) > 1, SHORT[0]) as failed:
        assert model.policy.generate(chips, queries, never) == answers
        assert model.verifier.score(pictures, queries, never) == pytest.approx(scores, abs=1e-5)
    assert failed


def test_an_adapter_that_does_not_fit_is_not_called_damaged(
    model: LoadedModel, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter = build_adapter(folder, tmp_path / "adapter")

    def short(*_: Any, **__: Any) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(model.model, "load_adapter", short)
    with pytest.raises(ModelMemoryError, match="doesn't fit into the memory"):
        model.add_adapter("adapter", adapter)


@pytest.mark.parametrize(
    ("task", "card_gb", "would"),
    [
        ("learn", 8, "Qwen3-VL-4B-Instruct"),
        ("locate", 8, "Qwen2.5-VL-7B-Instruct"),
        ("learn", 5, "Qwen3-VL-2B"),
    ],
)
def test_what_would_fit_does_the_same_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch, task: Any, card_gb: int, would: str
) -> None:
    spec = replace(read_spec(folder), name="Qwen3-VL-8B-Instruct", chip_px=1024)
    monkeypatch.setattr(loading, "read_shapes", lambda _: OFFERS[spec.name].shapes)
    monkeypatch.setattr(loading, "available_bytes", lambda _: card_gb * 2**30 - LIBRARIES_BYTES)
    monkeypatch.setattr(loading, "working_dtype", lambda _: torch.float16)
    sentence = str(loading.out_of_memory(spec, torch.device("cuda", 0), task))
    assert f"{would}" in sentence.partition("would fit")[0]
    assert ("to learn" in sentence) == (task == "learn")


@pytest.mark.parametrize("free_gb", [5, 8, 12, 20])
def test_on_a_processor_what_would_fit_does_so_in_float32(
    folder: Path, monkeypatch: pytest.MonkeyPatch, free_gb: int
) -> None:
    spec = replace(read_spec(folder), name="a large one", chip_px=1024)
    large = replace(OFFERS["Qwen3-VL-8B-Instruct"].shapes, language=70 * 10**9)  # type: ignore[type-var]
    monkeypatch.setattr(loading, "read_shapes", lambda _: large)
    monkeypatch.setattr(loading, "available_bytes", lambda _: free_gb * 2**30)
    sentence = str(loading.out_of_memory(spec, torch.device("cpu")))
    fitting = [
        name for name, shapes, px in finders() if make_plan(Costs(shapes, 4), "locate", px, free_gb * 2**30)
    ]
    assert any(f"{name} would fit" in sentence for name in fitting) == bool(fitting)
    assert fitting or "None of the catalogue's models would fit." in sentence


def test_a_model_that_takes_more_is_no_advice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory that other programs took while it worked: what is free with it gone says nothing of larger ones."""
    spec = replace(read_spec(folder), name="Qwen3-VL-2B-Instruct", chip_px=1024)
    monkeypatch.setattr(loading, "read_shapes", lambda _: OFFERS[spec.name].shapes)
    monkeypatch.setattr(loading, "available_bytes", lambda _: 2**36)
    assert "None of the catalogue's models would fit." in str(
        loading.out_of_memory(spec, torch.device("cpu"))
    )


def test_an_outline_model_is_told_which_outline_model_would_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = read_spec(build_outliner(tmp_path / "sam", "sam2"))
    (tmp_path / "sam" / "more.safetensors").write_bytes(b"")
    monkeypatch.setattr(loading, "outliners", lambda: [("small one", 1), ("other one", 2**40)])
    monkeypatch.setattr(loading, "available_bytes", lambda _: 2**30)
    sentence = str(loading.out_of_memory(spec, torch.device("cpu")))
    assert "small one would fit." in sentence
    assert "Qwen" not in sentence
    assert "4 bit" not in sentence
    assert "chip_px" not in sentence
