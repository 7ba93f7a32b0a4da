"""Property tests draw the same examples every time: on every machine, in every order, whatever is imported."""

from __future__ import annotations

import os
import sys
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

NUMBER = 48_151_623


def drawn() -> list[tuple[float, str]]:
    """What one property test is given."""
    examples: list[tuple[float, str]] = []

    @given(st.integers(), st.text())
    def note(number: float, text: str) -> None:
        examples.append((number, text))

    note()
    return examples


@pytest.fixture(scope="module", autouse=True)
def _as_in_make_test() -> None:
    if not settings().derandomize:
        pytest.skip("other examples are being explored")


def test_the_same_examples_are_drawn_again() -> None:
    first = drawn()
    assert len(first) == settings().max_examples
    assert drawn() == first


def test_a_module_with_numbers_of_its_own_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drawn()
    file = tmp_path_factory.mktemp("local") / "numbers_of_its_own.py"
    file.write_text(f"A, B = {NUMBER}, 'never drawn {os.sep}'\n" + "C = [" + f"{NUMBER + 1}, " * 50 + "]\n")
    module = ModuleType("numbers_of_its_own")
    module.__file__ = str(file)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    assert drawn() == before


def test_nothing_is_remembered_from_one_run_to_the_next() -> None:
    assert settings().database is None
