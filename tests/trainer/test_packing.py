"""Packed answers have the log-probabilities and gradients that each has alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch

from engine.catalogue.specs import read_spec
from engine.errors import JobCancelledError
from engine.language.families import FAMILIES, Family
from engine.model.batches import TYPES, backbone_of
from engine.model.loaded import load_model
from engine.types import Query
from tests.engine.tiny_models import KINDS, build_checkpoint
from tests.engine.yardsticks import plain_inputs
from trainer.queries import Pair
from trainer.rollout.packing import HANDLE_BASE, handles_understood, shares_rows
from trainer.rollout.prompts import Prompts
from trainer.rollout.sampling import sample
from trainer.rollout.student import Student

OWNERS = [0, 2, 1, 0, 3, 2, 1, 3]
PAIRS = [
    Pair(0, "the ship", 0.9),
    Pair(0, "all white airplanes", 0.9),
    Pair(1, "a dam", 0.9),
    Pair(2, "x", 0.9),
]


@dataclass
class PreparedRun:
    student: Student
    chips: list[np.ndarray]

    @property
    def model(self) -> Any:
        return self.student.loaded.model

    @property
    def prompts(self) -> Prompts:
        return self.student.prompts

    @property
    def family(self) -> Family:
        return FAMILIES[self.student.loaded.spec.family]

    def inputs(self, pair: Pair) -> Any:
        """The prompt by the checkpoint's own processor, nothing of ours in between."""
        loaded = self.student.loaded
        return plain_inputs(loaded.spec, loaded.processor, [self.chips[pair.chip]], [Query(pair.query)])

    def sampled(self, **changes: Any) -> list[list[int]]:
        arguments: dict[str, Any] = {
            "group_size": 1,
            "temperature": 0,
            "max_new_tokens": 10,
            "eos_ids": self.student.loaded.end_ids,
            "banned_ids": self.student.loaded.silent_ids,
            "stop": lambda: False,
        }
        prefixes = [self.prompts.prefix(pair) for pair in PAIRS]
        arguments |= changes
        return sample(self.model, prefixes, self.prompts.see, self.student.loaded.prompts, **arguments)


@pytest.fixture(scope="module", params=KINDS)
def setting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PreparedRun:
    folder = build_checkpoint(tmp_path_factory.mktemp("tiny"), request.param)
    rng = np.random.default_rng(0)
    chips = [rng.integers(0, 255, (128, side, 3)).astype(np.uint8) for side in (128, 96, 128)]
    loaded = load_model(read_spec(folder), device="cpu", load_in_4bit=False)
    student = Student(loaded, 4, chips.__getitem__, None)
    torch.manual_seed(0)
    for name, parameter in loaded.model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.1)
    return PreparedRun(student, chips)


def logits_of(model: Any, hidden: torch.Tensor) -> torch.Tensor:
    """As TRL makes them: by the head, and bounded where the family bounds them."""
    logits: torch.Tensor = model.get_output_embeddings()(hidden)
    most = getattr(model.config.get_text_config(), "final_logit_softcapping", None)
    return logits if most is None else most * torch.tanh(logits / most)


def log_probs(logits: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
    return torch.log_softmax(logits[:, :-1], -1).gather(-1, answers[..., None])[..., 0]


def gradients(model: Any) -> dict[str, torch.Tensor]:
    found = {n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None}
    model.zero_grad()
    return found


def test_packed_log_probs_and_gradients_equal_those_of_each_row_alone(setting: PreparedRun) -> None:
    backbone = backbone_of(setting.model)
    answers = torch.randint(300, 500, (len(OWNERS), 7), generator=torch.Generator().manual_seed(1))
    handles = torch.tensor(OWNERS)[:, None] + HANDLE_BASE
    with handles_understood(
        backbone,
        lambda n: setting.prompts.prefix(PAIRS[n]),
        setting.prompts.see,
        setting.student.loaded.prompts,
        packs=shares_rows(setting.student.loaded),
    ):
        hidden = backbone(input_ids=torch.cat([handles, answers], 1)).last_hidden_state
    packed = log_probs(logits_of(setting.model, hidden), answers)
    packed.sum().backward()
    packed_gradients = gradients(setting.model)
    alone = []
    for row, owner in enumerate(OWNERS):
        inputs = setting.inputs(PAIRS[owner])
        length = inputs["input_ids"].shape[1]
        inputs.pop("attention_mask")
        inputs["input_ids"] = torch.cat([inputs["input_ids"], answers[row : row + 1]], 1)
        for name in TYPES:
            if name in inputs:
                types = torch.zeros(1, answers.shape[1], dtype=torch.long)
                inputs[name] = torch.cat([inputs[name], types], 1)
        logits = setting.model(**inputs).logits[:, length - 1 :]
        alone.append(log_probs(logits, answers[row : row + 1]))
    rows = torch.cat(alone)
    rows.sum().backward()
    assert torch.allclose(packed, rows, atol=1e-5)
    expected = gradients(setting.model)
    for part in setting.family.learns:
        assert any(f".{part}." in name for name in expected)
    assert all(any(f".{part}." in name for part in setting.family.learns) for name in expected)
    assert set(expected) == set(packed_gradients)
    for name, gradient in expected.items():
        assert torch.allclose(
            packed_gradients[name], gradient, rtol=1e-3, atol=3e-5 * float(gradient.abs().max())
        )


def test_the_backbone_is_itself_again_afterwards(setting: PreparedRun) -> None:
    backbone = backbone_of(setting.model)
    with handles_understood(
        backbone,
        lambda n: setting.prompts.prefix(PAIRS[n]),
        setting.prompts.see,
        setting.student.loaded.prompts,
        packs=shares_rows(setting.student.loaded),
    ):
        assert "forward" in vars(backbone)
    assert "forward" not in vars(backbone)


def test_answers_share_a_row_only_where_every_layer_is_plain_attention(
    setting: PreparedRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = setting.student.loaded
    text = loaded.model.config.get_text_config()
    assert shares_rows(loaded) == (setting.family.name in ("qwen3-vl", "qwen2.5-vl", "internvl", "llava"))
    for name, value in (("layer_types", ["full_attention", "conv"]), ("sliding_window", 512)):
        monkeypatch.setattr(text, "layer_types", None, raising=False)
        monkeypatch.setattr(text, name, value, raising=False)
        assert not shares_rows(loaded)


def test_greedy_answers_equal_those_of_generate(setting: PreparedRun) -> None:
    banned = setting.student.loaded.silent_ids
    for pair, answer in zip(PAIRS, setting.sampled(), strict=True):
        inputs = setting.inputs(pair)
        out = setting.model.generate(**inputs, max_new_tokens=10, do_sample=False, suppress_tokens=banned)
        assert out[0, inputs["input_ids"].shape[1] :].tolist() == answer


def test_rows_that_end_leave_the_others_unchanged(setting: PreparedRun) -> None:
    whole = setting.sampled(max_new_tokens=12)
    ends = [whole[0][3], whole[1][6]]
    cut = setting.sampled(max_new_tokens=12, eos_ids=ends)
    for full, short in zip(whole, cut, strict=True):
        stops = [i for i, token in enumerate(full) if token in ends]
        assert short == full[: stops[0] + 1 if stops else len(full)]


def test_groups_stand_together_and_banned_tokens_are_never_drawn(setting: PreparedRun) -> None:
    torch.manual_seed(3)
    allowed = {400, 401, 402}
    banned = [token for token in range(len(setting.student.loaded.tokenizer)) if token not in allowed]
    answers = setting.sampled(group_size=6, temperature=1.0, banned_ids=banned, eos_ids=[1])
    assert len(answers) == 6 * len(PAIRS)
    assert {token for answer in answers for token in answer} <= allowed
    assert len({tuple(answer) for answer in answers[:6]}) > 1


def test_sampling_stops_when_asked(setting: PreparedRun) -> None:
    asked = iter([False, False, True])
    with pytest.raises(JobCancelledError):
        setting.sampled(stop=lambda: next(asked))
