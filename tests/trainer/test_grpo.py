"""TRL through its seams: the same update as plain TRL, checkpoints that are whole, and a true resume."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from engine.errors import JobCancelledError
from engine.language.prompts import prompt_text
from engine.model.batches import backbone_of
from engine.types import Query
from tests.trainer.conftest import MakeStudent
from trainer.config import RoundConfig
from trainer.lab.bench.speed import train_plainly
from trainer.queries import Pair
from trainer.rollout.callbacks import Budget, latest_checkpoint, seconds_spent
from trainer.rollout.grpo import BatchSize, read_asked, train
from trainer.rollout.student import TRAINED, Student

PAIRS = [Pair(0, "the ship", 0.9), Pair(0, "a dam", 0.9), Pair(1, "the ship", 0.9), Pair(2, "a pier", 0.9)]
CONFIG = RoundConfig(group_size=4, learning_rate=1e-2)
BATCH = BatchSize(prompts=4, prompts_at_once=4, max_new_tokens=6)


def reward_of(numbers: Sequence[int], texts: Sequence[str], cut: Sequence[bool]) -> list[float]:
    """A reward that depends on the text alone and differs between answers."""
    return [hashlib.sha256(text.encode()).digest()[0] / 255 for text in texts]


def learn(student: Student, folder: Path, steps: int, **changes: Any) -> list[dict[str, float]]:
    seen: list[dict[str, float]] = []
    arguments: dict[str, Any] = {"stop": lambda: False, "on_step": seen.append, "evaluate": dict}
    arguments |= changes
    batch = arguments.pop("batch", BATCH)
    train(student, PAIRS, reward_of, CONFIG, batch, Budget(1e6, steps), folder, **arguments)
    return seen


def weights(student: Student) -> dict[str, torch.Tensor]:
    named = student.loaded.model.named_parameters()
    return {name: p.detach().clone() for name, p in named if f".{TRAINED}." in name}


def test_a_run_that_was_broken_off_ends_where_an_unbroken_one_does(
    make_student: MakeStudent, tmp_path: Path
) -> None:
    whole = make_student()
    learn(whole, tmp_path / "whole", 5)
    first = make_student()
    answered: list[int] = []
    three_steps = 3 * len(PAIRS)
    learn(first, tmp_path / "broken", 5, replay=answered.append, stop=lambda: len(answered) >= three_steps)
    checkpoint = latest_checkpoint(tmp_path / "broken")
    assert checkpoint is not None
    assert checkpoint.name == "checkpoint-3"
    assert seconds_spent(checkpoint) > 0
    second = make_student()
    seen = learn(second, tmp_path / "broken", 5)
    assert [step["step"] for step in seen] == [4.0, 5.0]
    expected, found = weights(whole), weights(second)
    moved = max(float((expected[n] - p).abs().max()) for n, p in weights(make_student()).items())
    assert moved > 1e-3
    # Two unbroken runs differ by 2e-5 where a gradient is next to nothing: Adam makes steps of its rounding.
    for name, weight in expected.items():
        assert torch.allclose(found[name], weight, atol=1e-4), name


def test_a_checkpoint_without_its_mark_is_not_gone_on_from(make_student: MakeStudent, tmp_path: Path) -> None:
    learn(make_student(), tmp_path, 1)
    half = tmp_path / "checkpoint-7"
    half.mkdir()
    (half / "adapter_model.safetensors").write_bytes(b"half")
    found = latest_checkpoint(tmp_path)
    assert found is not None
    assert found.name == "checkpoint-1"


def test_every_picture_is_encoded_once_per_pass(make_student: MakeStudent, tmp_path: Path) -> None:
    """Four pairs of three chips and four answers each: three pictures per pass, not sixteen."""
    student = make_student()
    seen: list[int] = []
    visual = backbone_of(student.loaded.model).visual
    visual.register_forward_pre_hook(
        lambda module, args, kwargs: seen.append(len(kwargs["grid_thw"])), with_kwargs=True
    )
    learn(student, tmp_path, 2)
    assert seen == [3] * 4


def test_stop_ends_the_training_with_a_whole_checkpoint(make_student: MakeStudent, tmp_path: Path) -> None:
    seen: list[dict[str, float]] = []

    with pytest.raises(JobCancelledError):
        learn(make_student(), tmp_path, 50, on_step=seen.append, stop=lambda: len(seen) > 1)
    checkpoint = latest_checkpoint(tmp_path)
    assert len(seen) == 2
    assert checkpoint is None or checkpoint.name == "checkpoint-2"


def test_a_step_taken_in_parts_takes_every_prompt(make_student: MakeStudent, tmp_path: Path) -> None:
    asked: list[int] = []

    def counted(numbers: Sequence[int], texts: Sequence[str], cut: Sequence[bool]) -> list[float]:
        asked.append(len(numbers))
        return reward_of(numbers, texts, cut)

    train(
        make_student(),
        PAIRS,
        counted,
        CONFIG,
        BatchSize(4, 2, 6),
        Budget(1e6, 2),
        tmp_path,
        stop=lambda: False,
        on_step=lambda step: None,
        evaluate=dict,
    )
    assert asked == [16, 16]


def test_a_replayed_answer_stands_last_in_its_group(make_student: MakeStudent, tmp_path: Path) -> None:
    student, seen = make_student(), list[tuple[int, str]]()
    ended: list[bool] = []

    def remember(numbers: Sequence[int], texts: Sequence[str], cut: Sequence[bool]) -> list[float]:
        seen.extend(zip(numbers, texts, strict=True))
        ended.extend(cut)
        return reward_of(numbers, texts, cut)

    again = (400, 401, 402)
    replay = {2: again}.get
    train(
        student, PAIRS, remember, CONFIG, BATCH, Budget(1e6, 1), tmp_path,
        stop=lambda: False, on_step=lambda step: None, evaluate=dict, replay=replay,
    )  # fmt: skip
    text = student.loaded.tokenizer.decode(again, skip_special_tokens=True)
    assert [index % 4 for index, (_, found) in enumerate(seen) if found == text] == [3]
    assert [number for number, found in seen if found == text] == [2]
    assert ended[[found for _, found in seen].index(text)], "it has no end of the model's own"
    assert student.cut([[*again, student.loaded.end_ids[0]], again, ()]) == [False, True, True]


@pytest.mark.slow
def test_one_step_moves_the_weights_as_plain_trl_does(
    make_student: MakeStudent, tmp_path: Path, chips: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same answers to the same prompts: handles, packing and shared pictures change nothing."""
    ours, plain = make_student(), make_student()
    spec = ours.loaded.spec
    drawn: dict[int, list[list[int]]] = {}
    generator = torch.Generator().manual_seed(5)
    for number in range(len(PAIRS)):
        drawn[number] = torch.randint(300, 500, (CONFIG.group_size, 6), generator=generator).tolist()

    def scripted(self: Any, asked: Sequence[str], trainer: Any) -> dict[str, Any]:
        from trainer.rollout.packing import HANDLE_BASE

        numbers = [read_asked(text)[1] for text in asked]
        answers = [drawn[number][index % CONFIG.group_size] for index, number in enumerate(numbers)]
        handles = [[HANDLE_BASE + number] for number in numbers]
        return {"prompt_ids": handles, "completion_ids": answers, "logprobs": None}

    monkeypatch.setattr("trainer.rollout.grpo.Rollout.__call__", scripted)
    learn(ours, tmp_path / "ours", 3)

    prompts = [prompt_text(spec, Query(pair.query)) for pair in PAIRS]
    asked = [(Image.fromarray(chips[pair.chip]), text) for pair, text in zip(PAIRS, prompts, strict=True)]
    model = plain.loaded.model

    def generate(
        input_ids: torch.Tensor, image_grid_thw: torch.Tensor, pixel_values: torch.Tensor, **_: Any
    ) -> Any:
        texts = plain.loaded.tokenizer.batch_decode(input_ids, skip_special_tokens=False)
        values = pixel_values.split(image_grid_thw.prod(-1).tolist())
        rows = []
        count: dict[int, int] = {}
        for text, patches in zip(texts, values, strict=True):
            number = next(
                n
                for n, pair in enumerate(PAIRS)
                if prompts[n] in text and torch.equal(patches, own[pair.chip].to(patches.dtype))
            )
            rows.append(drawn[number][count.get(number, 0) % CONFIG.group_size])
            count[number] = count.get(number, 0) + 1
        return torch.cat([input_ids, torch.tensor(rows)], dim=1)

    own = [
        plain.loaded.processor.image_processor(images=[Image.fromarray(c)], return_tensors="pt")[
            "pixel_values"
        ]
        for c in chips
    ]
    monkeypatch.setattr(model, "generate", generate)
    train_plainly(
        model,
        plain.loaded.processor,
        asked,
        reward_of,
        CONFIG,
        BATCH,
        3,
        tmp_path / "plain",
        lambda step: None,
    )
    expected, found = weights(plain), weights(ours)
    start = weights(make_student())
    moved = max(float((expected[name] - start[name]).abs().max()) for name in start)
    assert moved > 1e-3
    for name, weight in expected.items():
        assert torch.allclose(found[name], weight, atol=0.02 * moved), name


def test_nothing_stays_wrapped_round_the_model(make_student: MakeStudent, tmp_path: Path) -> None:
    student = make_student()
    learn(student, tmp_path, 1)
    parts = [student.loaded.model, student.loaded.model.get_base_model(), backbone_of(student.loaded.model)]
    assert not any("forward" in vars(part) for part in parts)
