"""Titles and labels of a preview: letters of any script are written or stand for their plain ones, never as boxes."""

from __future__ import annotations

import pytest
from PIL import ImageFont

from engine.cli import lettering as module
from engine.cli.lettering import NO_LETTER, lettering


def boxes(text: str, font: ImageFont.FreeTypeFont) -> int:
    """How many letters of a text the font draws its box for."""
    return sum(
        bytes(font.getmask(letter)) == bytes(font.getmask(NO_LETTER)) for letter in text if letter != " "
    )


@pytest.mark.parametrize(
    "text", ["all ships", "Gebäude auf Dächern", "Árvores à beira d’água", "水塔 near Кремль", "…°"]
)
def test_nothing_is_drawn_as_a_box(text: str) -> None:
    written, font = lettering(text, 20.0)
    assert isinstance(font, ImageFont.FreeTypeFont)
    assert boxes(written, font) == 0


def test_without_a_font_of_the_system_accents_are_left_out_and_the_rest_is_asked_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "FONTS", ())
    written, font = lettering("Gebäude, água, 水塔", 20.0)
    assert written == "Gebaude, agua, ??"
    assert isinstance(font, ImageFont.FreeTypeFont)
    assert boxes(written, font) == 0


def test_a_font_that_has_all_letters_leaves_the_text_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FONTS", ("no such font.ttf",))
    assert lettering("all ships", 20.0)[0] == "all ships"
