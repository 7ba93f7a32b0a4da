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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "remotezero_qgis"
FOLDER = ROOT / "resources" / "i18n"
CONTEXT = "RemoteZero"
LANGUAGES = ("de", "es", "fr", "pt", "zh")


def source_texts() -> list[str]:
    """Return every text the plugin translates, each once, in order of file and line."""
    texts: dict[str, None] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in texts_in(ast.parse(path.read_text(encoding="utf-8"), str(path))):
            texts[text] = None
    return list(texts)


def texts_in(tree: ast.AST) -> Iterator[str]:
    """Yield the literal arguments of ``tr(…)`` in one module.

    Raises:
        ValueError: ``tr`` is given something that is not a literal, which no translator could see.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
            argument = node.args[0] if node.args else None
            if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
                raise ValueError(f"tr() on line {node.lineno} needs a literal: {ast.dump(node)[:80]}")
            yield argument.value


def read_translations(language: str) -> dict[str, str]:
    """Return source -> translation of one language; {} when there is no file. Unfinished ones are ""."""
    path = FOLDER / f"remotezero_{language}.ts"
    if not path.is_file():
        return {}
    found = {}
    for message in ElementTree.parse(path).iter("message"):
        translation = message.find("translation")
        finished = translation is not None and translation.get("type") != "unfinished"
        found[message.findtext("source", "")] = (translation.text or "") if finished else ""
    return found


def write_translations(language: str, translations: dict[str, str]) -> Path:
    """Write one language's .ts file for exactly these sources and return its path."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for source, text in translations.items():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = source
        translation = ElementTree.SubElement(message, "translation")
        translation.text = text
        if not text:
            translation.set("type", "unfinished")
    ElementTree.indent(root, " ")
    path = FOLDER / f"remotezero_{language}.ts"
    body = ElementTree.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")
    return path


def missing(language: str, sources: list[str]) -> list[str]:
    """Return the sources that a language does not translate."""
    known = read_translations(language)
    return [source for source in sources if not known.get(source)]


def update() -> None:
    """Bring all files up to date and compile them."""
    lrelease = shutil.which("lrelease")
    if lrelease is None:
        sys.exit("lrelease is not installed. Install qttools5-dev-tools and run this again.")
    sources = source_texts()
    for language in LANGUAGES:
        known = read_translations(language)
        path = write_translations(language, {source: known.get(source, "") for source in sources})
        subprocess.run([lrelease, "-silent", str(path)], check=True)


if __name__ == "__main__":
    if "--check" not in sys.argv:
        update()
    words = source_texts()
    lacking = {language: missing(language, words) for language in LANGUAGES}
    for language, texts in lacking.items():
        sys.stdout.write(f"{language}: {len(words) - len(texts)} of {len(words)} translated\n")
        sys.stdout.writelines(f"  {text!r}\n" for text in texts)
    sys.exit(any(lacking.values()))
