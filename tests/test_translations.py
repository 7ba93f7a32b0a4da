"""Every word of the plugin is there in every language, and keeps its placeholders."""

from __future__ import annotations

import ast
import re

import pytest

from tools.translations import FOLDER, LANGUAGES, missing, read_translations, source_texts, texts_in

PLACEHOLDER = re.compile(r"{\w*}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_is_complete(language: str) -> None:
    assert missing(language, source_texts()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive(language: str) -> None:
    for source, text in read_translations(language).items():
        assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(text)), source


@pytest.mark.parametrize("language", LANGUAGES)
def test_paragraphs_survive(language: str) -> None:
    for source, text in read_translations(language).items():
        assert source.count("\n") == text.count("\n"), source


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_left_over_that_the_code_no_longer_says(language: str) -> None:
    assert set(read_translations(language)) - set(source_texts()) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_sentences_are_translated_and_not_copied(language: str) -> None:
    copied = [
        s
        for s, text in read_translations(language).items()
        if s == text and len(re.findall(r"[a-z]{3}", PLACEHOLDER.sub("", s))) > 3
    ]
    assert copied == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_file_is_there_and_not_older_than_its_words(language: str) -> None:
    compiled = (FOLDER / f"remotezero_{language}.qm").read_bytes()
    for text in list(read_translations(language).values())[::25]:
        assert text.encode("utf-16-be") in compiled, text


def test_a_text_no_translator_could_see_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1"):
        list(texts_in(ast.parse("tr(f'{a} boxes')")))
