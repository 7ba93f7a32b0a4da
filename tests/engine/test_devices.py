"""Which device is taken, and how much memory it has, with a card that is only described."""

from __future__ import annotations

import pytest
import torch
from torch._utils import _get_device_index

from engine.errors import ModelError
from engine.model.devices import available_bytes, choose_device

GIB = 2**30


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of two cards of 24 GiB, of which 20 are free and this process may take half; 2 held, 1 in use."""

    def told(value):
        # As torch does: "cuda" without a number is refused.
        return lambda device: (_get_device_index(device), value)[1]

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 1)
    monkeypatch.setattr(torch.cuda, "mem_get_info", told((20 * GIB, 24 * GIB)))
    monkeypatch.setattr(torch.cuda, "get_per_process_memory_fraction", told(0.5))
    monkeypatch.setattr(torch.cuda, "memory_reserved", told(2 * GIB))
    monkeypatch.setattr(torch.cuda, "memory_allocated", told(1 * GIB))


@pytest.mark.parametrize(
    ("asked", "taken"), [(None, "cuda:1"), ("cuda", "cuda:1"), ("cuda:0", "cuda:0"), ("cpu", "cpu")]
)
def test_a_card_comes_with_its_number(card, asked, taken):
    assert str(choose_device(asked)) == taken


@pytest.mark.parametrize("asked", [None, "cuda", "cuda:0"])
def test_the_memory_of_a_chosen_card_can_be_told(card, asked):
    assert available_bytes(choose_device(asked)) == 11 * GIB


def test_without_a_card_the_processor_is_taken_and_cuda_refused(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_device(None).type == "cpu"
    with pytest.raises(ModelError, match="finds no CUDA device"):
        choose_device("cuda")
