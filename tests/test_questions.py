"""Questions that documents, manual, panel and help give as examples: whoever types one gets an answer to all of it."""

from __future__ import annotations

import ast
import json
import re
import shlex
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import typer

from engine.catalogue.models import find_model
from engine.cli.main import app
from engine.language.vocabulary import check_questions, hear, passed_over
from engine.service.examples import KINDS
from tests.engine.test_vocabulary import offered

ROOT = Path(__file__).resolve().parent.parent
MINI = find_model()
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
PAGES = sorted((ROOT / "docs" / "manual").glob("*.html"))
ASKING = {
    "locate": "queries",
    "verify": "query",
    "compare": "queries",
    "scan": "queries",
    "evaluate": "query",
}
"""Commands that ask, and the parameter that holds what."""
IN_JSON = re.compile(r'"(?:QUERY|query|queries)":\s*("[^"]*"|\[[^\]]*\])')
EXAMPLE = re.compile(r"(?:such as|for instance)[:,]? (?:“([^”]+)”|([^.“”\n]+ / [^.“”\n]+))")
"""In the plugin's own sentences: one in quotation marks, or several with strokes between them."""
NO_QUESTIONS = {"visual"}
"""What is named so and is something else: the key of an asset."""


def of_command(line: str) -> list[str]:
    """The questions of a command line that asks the default model; read by the program's own parser."""
    words = shlex.split(line, comments=True)
    name = words[1]
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    given = command.make_context(name, words[2:], resilient_parsing=True).params
    if given["model"] not in (None, "mini"):
        return []
    asked = given[ASKING[name]]
    return [asked] if isinstance(asked, str) else list(asked or ())


def of_document(path: Path) -> Iterator[str]:
    """The questions in the command lines and in the JSON of a document."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ").replace('\\"', '"')
    for line in re.findall(rf"^\s*(remotezero (?:{'|'.join(ASKING)}) .+)$", text, re.MULTILINE):
        yield from of_command(line)
    for found in IN_JSON.findall(text):
        asked = json.loads(found)
        yield from [asked] if isinstance(asked, str) else asked
    yield from re.findall(r'\bfind\([^"\n]+"[^"\n]+", "([^"]+)"', text)


class Marked(HTMLParser):
    """The questions that a page of the manual marks with the class ``question``."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, bool]] = []
        self._open: bool | None = None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        self._open = "larger" in classes if "question" in classes else None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self.found.append((data, self._open))
            self._open = None


def of_plugin() -> Iterator[str]:
    """The examples in the plugin's sentences."""
    for path in sorted((ROOT / "remotezero_qgis").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for one, several in EXAMPLE.findall(node.value):
                    yield from [one] if one else (part.strip() for part in several.split(" / "))


def every_example() -> list[tuple[str, str]]:
    """Where an example stands, and the question."""
    found = [(path.name, question) for path in DOCUMENTS for question in of_document(path)]
    found += [(path.name, text) for path in PAGES for text, larger in Marked(path).found if not larger]
    found += [("plugin", question) for question in of_plugin() if question not in NO_QUESTIONS]
    for request in KINDS.values():
        asked = request.get("queries") or [request.get("query")]
        found += [("examples of the API", question) for question in asked if question]
    return list(dict.fromkeys([*found, *(("README, Makefile or panel", question) for question in offered())]))


def test_examples_are_found_where_they_stand() -> None:
    where = {place for place, _ in every_example()}
    assert {"README.md", "outlines.md", "compare.md", "scale.md", "evaluate.md", "agents.md"} <= where
    assert {"find.html", "first-box.html", "plugin", "examples of the API"} <= where
    assert ("evaluate.md", "all ships") in every_example()
    assert len({question for _, question in every_example()}) >= 12


def test_what_is_asked_of_another_model_is_not_asked_of_the_default_one() -> None:
    assert of_command('remotezero locate a.tif "x" "y" -o b.gpkg  # both') == ["x", "y"]
    assert of_command('remotezero locate a.tif "x" --model Qwen3-VL-4B-Instruct') == []
    assert of_command("remotezero verify a.tif b.gpkg 'a ship' --model mini") == ["a ship"]


@pytest.mark.parametrize(("place", "question"), every_example())
def test_the_default_model_knows_a_word_of_each_example_and_passes_over_none(
    place: str, question: str
) -> None:
    check_questions(MINI, [question])
    assert passed_over(MINI, [question]) == [], place


def test_what_takes_a_larger_model_is_said_to() -> None:
    larger = [(path, text) for path in PAGES for text, is_larger in Marked(path).found if is_larger]
    assert larger
    for path, text in larger:
        (line,) = (line for line in path.read_text(encoding="utf-8").splitlines() if text in line)
        assert "larger model" in line
        assert hear(MINI, text).unknown
