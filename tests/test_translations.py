"""Every word of the plugin is there in every language, and keeps its placeholders and its kinds of number."""

from __future__ import annotations

import ast
import re

import pytest

from tools.translations import (
    ENGLISH,
    FOLDER,
    LANGUAGES,
    missing,
    read_translations,
    source_texts,
    texts_in,
    texts_of,
)

PLACEHOLDER = re.compile(r"{\w*}|%n")
ALL = (ENGLISH, *LANGUAGES)


def pairs(language: str) -> list[tuple[str, str]]:
    return [(source, form) for source, forms in read_translations(language).items() for form in forms]


@pytest.mark.parametrize("language", ALL)
def test_language_is_complete(language: str) -> None:
    assert missing(language, source_texts()) == []


@pytest.mark.parametrize("language", ALL)
def test_placeholders_survive(language: str) -> None:
    for source, text in pairs(language):
        assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(text)), source


@pytest.mark.parametrize("language", ALL)
def test_paragraphs_survive(language: str) -> None:
    for source, text in pairs(language):
        assert source.count("\n") == text.count("\n"), source


@pytest.mark.parametrize("language", ALL)
def test_no_word_is_left_over_that_the_code_no_longer_says(language: str) -> None:
    said = {text.source for text in texts_of(language, source_texts())}
    assert set(read_translations(language)) - said == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_sentences_are_translated_and_not_copied(language: str) -> None:
    copied = [
        s
        for s, text in pairs(language)
        if s == text and len(re.findall(r"[a-z]{3}", PLACEHOLDER.sub("", s))) > 3
    ]
    assert copied == []


@pytest.mark.parametrize("language", ALL)
def test_a_form_for_a_number_has_no_brackets(language: str) -> None:
    numbered = {text.source for text in source_texts() if text.numbered}
    assert [
        form for source, form in pairs(language) if source in numbered and re.search(r"\(\w+\)", form)
    ] == []


@pytest.mark.parametrize("language", ALL)
def test_compiled_file_is_there_and_not_older_than_its_words(language: str) -> None:
    compiled = (FOLDER / f"remotezero_{language}.qm").read_bytes()
    for _, text in pairs(language)[::25]:
        assert text.encode("utf-16-be") in compiled, text


@pytest.mark.parametrize("code", ["tr(f'{a} boxes')", "tr('%n boxes')", "tr('boxes', n=1)"])
def test_a_text_no_translator_could_see_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        list(texts_in(ast.parse(code)))
