"""Answers with thousands of boxes: what is looked at grows with the length of the answer, not with its square."""

from __future__ import annotations

import re
from typing import Any

import pytest

from engine.language import nothing, sides
from engine.language.parser import parse_boxes


class Counted:
    """A pattern that adds up how many signs it is given to look at."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern, self.signs = pattern, 0

    def search(self, text: str, start: int = 0, end: int | None = None) -> Any:
        end = len(text) if end is None else end
        self.signs += end - start
        return self._pattern.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int | None = None) -> Any:
        end = len(text) if end is None else end
        self.signs += end - start
        return self._pattern.match(text, start, end)


class CountedText(str):
    """A text that adds up how many signs are counted in it."""

    signs = 0

    def count(self, sub: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        end = len(self) if end is None else end
        self.signs += end - start
        return super().count(sub, start, end)


def boxes_in_one_line(count: int) -> str:
    corners = [(10 + i % 40 * 20, 10 + i // 40 * 8) for i in range(count)]
    return " ".join(f"[{x}, {y}, {x + 15}, {y + 7}]" for x, y in corners)


def signs_looked_at(count: int, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    text = boxes_in_one_line(count)
    counted = [Counted(getattr(sides, name)) for name in ("_GROUND", "_MEASURED", "_UNIT")]
    for name, pattern in zip(("_GROUND", "_MEASURED", "_UNIT"), counted, strict=True):
        monkeypatch.setattr(sides, name, pattern)
    sides._names_the_ground.cache_clear()
    answer = parse_boxes(text, "qwen3-vl", 1000, 1000, asked="all ships")
    monkeypatch.undo()
    assert len(answer.proposals) == count
    return sum(pattern.signs for pattern in counted), len(text)


def test_boxes_in_one_line_are_each_looked_at_with_what_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    for count in (100, 400):
        signs, length = signs_looked_at(count, monkeypatch)
        assert signs <= length + count * 2 * sides._NEAR


def test_a_line_that_speaks_of_degrees_holds_no_boxes_however_far_the_word_is() -> None:
    text = "Latitudes and longitudes: " + boxes_in_one_line(60)
    assert sides.is_a_measure(text, text.rindex("["))
    assert not sides.is_a_measure("latitude\n" + boxes_in_one_line(60), len("latitude\n"))


def test_what_stands_apart_is_found_by_counting_each_sign_once_a_mark() -> None:
    text = CountedText("{'a': 1}\n" + "No ships here. " * 300 + "\n{'b': 2, c\nno ships\n")
    found = nothing._said_apart(text)
    assert len(found) == 300
    assert 0 < text.signs <= 2 * len(text)
