"""A step with room writes what a growing one writes, whatever is dropped and however long it gets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from engine.catalogue.specs import read_spec
from engine.model import steps
from engine.model.loaded import LoadedModel, load_model
from engine.model.policy import decode
from tests.engine.test_models import make_chip
from tests.engine.tiny_models import build_checkpoint

WRITTEN = 40
WORDS = ("x", "a much longer question about ships", "two words", "y")


@pytest.fixture(scope="module", params=["qwen3-vl", "qwen2.5-vl"])
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    folder = build_checkpoint(tmp_path_factory.mktemp("steps") / request.param, request.param)
    return load_model(read_spec(folder), device="cpu", load_in_4bit=False)


class Ahead(steps.FixedStep):
    """A step that is begun before the last token is known, as one that is played."""

    ahead = True


def write(
    loaded: LoadedModel, kind: Any, ends: list[int], monkeypatch: pytest.MonkeyPatch
) -> list[list[int]]:
    monkeypatch.setattr("engine.model.policy.open_step", kind)
    luck = torch.rand(len(WORDS), WRITTEN, generator=torch.Generator().manual_seed(1))
    with loaded.running(None):
        pixels = [make_chip(seed).pixels for seed in range(len(WORDS))]
        features = loaded.encoder.encode(pixels, adapter="", keep=False)
        prompts = [loaded.prompts.ids("locate", w, f.shown) for w, f in zip(WORDS, features, strict=True)]
        return decode(
            loaded.model,
            loaded.policy._read(prompts, features),
            max_new_tokens=WRITTEN,
            temperature=1.0,
            luck=luck,
            end_ids=ends,
            banned_ids=loaded.silent_ids,
            stop=lambda: False,
        )


@pytest.mark.parametrize("kind", [steps.FixedStep, Ahead])
def test_a_step_with_room_writes_the_same(
    loaded: LoadedModel, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "ROOM", 16)
    monkeypatch.setattr(steps, "BLOCK", 8)
    whole = write(loaded, steps.GrowingStep, [], monkeypatch)
    assert {len(answer) for answer in whole} == {WRITTEN}
    assert write(loaded, kind, [], monkeypatch) == whole
    ends = [whole[0][3], whole[2][9], whole[3][20]]
    cut = write(loaded, steps.GrowingStep, ends, monkeypatch)
    assert len({len(answer) for answer in cut}) > 2
    assert write(loaded, kind, ends, monkeypatch) == cut


def test_a_fused_norm_is_the_norm(loaded: LoadedModel) -> None:
    norms = [module for module in loaded.model.modules() if type(module).__name__.endswith("RMSNorm")]
    assert norms
    inputs = [torch.randn(3, len(norm.weight), generator=torch.Generator().manual_seed(2)) for norm in norms]
    with torch.no_grad():
        before = [norm(value) for norm, value in zip(norms, inputs, strict=True)]
        steps.fuse_norms(loaded.model)
        after = [norm(value) for norm, value in zip(norms, inputs, strict=True)]
    for norm in norms:
        del norm.forward
    for one, other in zip(before, after, strict=True):
        assert torch.allclose(one, other, atol=1e-6)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device here")
@pytest.mark.parametrize("family", ["qwen3-vl", "qwen2.5-vl"])
def test_a_played_step_is_the_step(family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_card = load_model(read_spec(build_checkpoint(tmp_path, family)), device="cuda", load_in_4bit=False)
    whole = write(on_card, steps.GrowingStep, [], monkeypatch)
    made: list[Any] = []

    def opened(*parts: Any) -> Any:
        made.append(steps.FixedStep(*parts))
        return made[-1]

    assert write(on_card, opened, [], monkeypatch) == whole
    assert made[0].ahead
