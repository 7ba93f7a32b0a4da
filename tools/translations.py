"""Keeps the translation files in step with the words in the plugin's code.

``python3 -m tools.translations`` reads every ``tr("…")`` of the plugin, brings resources/i18n/*.ts up to date
(new words unfinished, words that are gone removed) and compiles them with lrelease. ``--check`` changes
nothing. Both tell what is missing.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "remotezero_qgis"
FOLDER = ROOT / "resources" / "i18n"
CONTEXT = "RemoteZero"
LANGUAGES = ("de", "es", "fr", "pt", "zh")
ENGLISH = "en"
"""Has a file for the texts with a number alone: the code's own words are its other ones."""
FORMS = {"de": 2, "en": 2, "es": 2, "fr": 2, "pt": 2, "zh": 1}
"""How many forms Qt asks of a language for a text with a number: one, and more than one."""


@dataclass(frozen=True)
class Text:
    """A text of the code; one with a ``%n`` in it has a form for each kind of number."""

    source: str
    numbered: bool = False


def source_texts() -> list[Text]:
    """Return every text the plugin translates, each once, in order of file and line."""
    texts: dict[str, Text] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in texts_in(ast.parse(path.read_text(encoding="utf-8"), str(path))):
            if texts.setdefault(text.source, text) != text:
                raise ValueError(f"{text.source!r} is asked for with a number and without one.")
    return list(texts.values())


def texts_in(tree: ast.AST) -> Iterator[Text]:
    """Yield the literal arguments of ``tr(…)`` in one module.

    Raises:
        ValueError: ``tr`` is given something that is not a literal, which no translator could see; or a
            number without a ``%n`` for it, or the other way round.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
            argument = node.args[0] if node.args else None
            if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
                raise ValueError(f"tr() on line {node.lineno} needs a literal: {ast.dump(node)[:80]}")
            numbered = any(keyword.arg == "n" for keyword in node.keywords)
            if numbered != ("%n" in argument.value):
                raise ValueError(f"tr() on line {node.lineno} needs both %n and n=, or neither.")
            yield Text(argument.value, numbered)


def read_translations(language: str) -> dict[str, tuple[str, ...]]:
    """Return source -> forms of one language; {} when there is no file. Unfinished ones have no form."""
    path = FOLDER / f"remotezero_{language}.ts"
    if not path.is_file():
        return {}
    found = {}
    for message in ElementTree.parse(path).iter("message"):
        translation = message.find("translation")
        forms: tuple[str, ...] = ()
        if translation is not None and translation.get("type") != "unfinished":
            numbered = [form.text or "" for form in translation.iter("numerusform")]
            forms = tuple(numbered or [translation.text or ""])
        found[message.findtext("source", "")] = forms
    return found


def write_translations(language: str, texts: list[Text], known: dict[str, tuple[str, ...]]) -> Path:
    """Write one language's .ts file for exactly these texts and return its path."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text in texts:
        forms = known.get(text.source, ())
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text.source
        translation = ElementTree.SubElement(message, "translation")
        if text.numbered:
            message.set("numerus", "yes")
            for form in forms or ("",) * FORMS[language]:
                ElementTree.SubElement(translation, "numerusform").text = form
        elif forms:
            translation.text = forms[0]
        if not all(forms) or not forms:
            translation.set("type", "unfinished")
    ElementTree.indent(root, " ")
    path = FOLDER / f"remotezero_{language}.ts"
    body = ElementTree.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")
    return path


def texts_of(language: str, texts: list[Text]) -> list[Text]:
    """Return the texts that a language's file holds."""
    return [text for text in texts if text.numbered or language != ENGLISH]


def missing(language: str, texts: list[Text]) -> list[str]:
    """Return the sources that a language does not translate, or not for every kind of number."""
    known = read_translations(language)
    lacking = []
    for text in texts_of(language, texts):
        forms = known.get(text.source, ())
        if len(forms) != (FORMS[language] if text.numbered else 1) or not all(forms):
            lacking.append(text.source)
    return lacking


def update() -> None:
    """Bring all files up to date and compile them."""
    lrelease = shutil.which("lrelease")
    if lrelease is None:
        sys.exit("lrelease is not installed. Install qttools5-dev-tools and run this again.")
    texts = source_texts()
    for language in (ENGLISH, *LANGUAGES):
        path = write_translations(language, texts_of(language, texts), read_translations(language))
        subprocess.run([lrelease, "-silent", str(path)], check=True)


if __name__ == "__main__":
    if "--check" not in sys.argv:
        update()
    words = source_texts()
    lacking = {language: missing(language, words) for language in (ENGLISH, *LANGUAGES)}
    for language, texts in lacking.items():
        every = len(texts_of(language, words))
        sys.stdout.write(f"{language}: {every - len(texts)} of {every} translated\n")
        sys.stdout.writelines(f"  {text!r}\n" for text in texts)
    sys.exit(any(lacking.values()))
