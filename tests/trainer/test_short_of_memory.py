"""Memory runs out while answers are drawn and while gradients are computed: the work is halved, the result the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from engine.errors import ModelError, ModelMemoryError
from engine.model.batches import backbone_of
from tests.engine.test_out_of_memory import SHORT, short_of_memory
from tests.trainer.conftest import MakeStudent
from tests.trainer.test_grpo import PAIRS, learn, weights


def never() -> bool:
    return False


@pytest.mark.parametrize("error", SHORT, ids=["cuda", "cpu"])
@pytest.mark.parametrize("most", [5, 1])
@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_answers_are_drawn_in_smaller_runs(
    make_student: MakeStudent, error: Any, most: int, temperature: float
) -> None:
    student = make_student()
    torch.manual_seed(3)
    whole = student.draw(PAIRS, None, never, group_size=4, temperature=temperature)
    layer = backbone_of(student.loaded.model).language_model.layers[0]
    torch.manual_seed(3)
    with short_of_memory(layer, lambda hidden, *_, **__: len(hidden) > most, error) as failed:
        assert student.draw(PAIRS, None, never, group_size=4, temperature=temperature) == whole
    assert failed


@pytest.mark.parametrize("error", SHORT, ids=["cuda", "cpu"])
@pytest.mark.parametrize("where", ["forward", "backward"])
def test_a_step_in_parts_is_the_same_step(
    make_student: MakeStudent, tmp_path: Path, error: Any, where: str
) -> None:
    whole, parts = make_student(), make_student()
    learn(whole, tmp_path / "whole", 2)
    layer = backbone_of(parts.loaded.model).language_model.layers[0]

    def too_many(hidden: torch.Tensor, *_: Any, **__: Any) -> bool:
        if not torch.is_grad_enabled() or len(hidden) < 2:
            return False
        if where == "backward":
            hidden.register_hook(lambda _: (_ for _ in ()).throw(error()))
            return False
        return True

    with short_of_memory(layer, too_many, error) as failed:
        learn(parts, tmp_path / "parts", 2)
    assert failed or where == "backward"
    moved = max(float((weights(whole)[n] - p).abs().max()) for n, p in weights(make_student()).items())
    assert moved > 1e-3
    for name, weight in weights(whole).items():
        assert torch.allclose(weights(parts)[name], weight, atol=1e-4), name


def test_layers_are_computed_again_before_the_step_is_given_up(
    make_student: MakeStudent, tmp_path: Path
) -> None:
    whole, parts = make_student(), make_student()
    learn(whole, tmp_path / "whole", 1)
    model = parts.loaded.model
    layer = backbone_of(model).language_model.layers[0]

    def too_many(*_: Any, **__: Any) -> bool:
        return model.training and not model.is_gradient_checkpointing

    with short_of_memory(layer.mlp, too_many, SHORT[0]) as failed:
        learn(parts, tmp_path / "parts", 1)
    assert failed
    for name, weight in weights(whole).items():
        assert torch.allclose(weights(parts)[name], weight, atol=1e-4), name


def test_questions_are_divided_before_layers_are_computed_again_and_answers_last(
    make_student: MakeStudent, tmp_path: Path
) -> None:
    student = make_student()
    model = student.loaded.model
    layer = backbone_of(model).language_model.layers[0]
    tried: list[tuple[int, bool]] = []

    def too_many(hidden: torch.Tensor, *_: Any, **__: Any) -> bool:
        if not (model.training and torch.is_grad_enabled()):
            return False
        tried.append((len(hidden), model.is_gradient_checkpointing))
        return not model.is_gradient_checkpointing

    with short_of_memory(layer, too_many, SHORT[0]):
        learn(student, tmp_path, 1)
    assert tried[:4] == [(4, False), (2, False), (1, False), (1, True)]
    # Each of the four questions is read once, with all of its answers.
    assert tried[3:] == [(1, True)] * len(PAIRS)


def test_a_step_that_can_not_be_taken_is_one_sentence(make_student: MakeStudent, tmp_path: Path) -> None:
    student = make_student()
    layer = backbone_of(student.loaded.model).language_model.layers[0]
    training = short_of_memory(layer, lambda *_, **__: student.loaded.model.training, SHORT[1])
    with training, pytest.raises(ModelError, match=r"to learn .* would fit"):
        learn(student, tmp_path, 1)


def test_memory_that_ends_in_the_optimiser_is_one_sentence_too(
    make_student: MakeStudent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def short(*_: Any, **__: Any) -> None:
        raise SHORT[0]()

    monkeypatch.setattr(torch.optim.AdamW, "step", short)
    with pytest.raises(ModelMemoryError, match=r"to learn .* would fit"):
        learn(make_student(), tmp_path, 1)
