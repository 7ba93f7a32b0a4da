"""The documents tell the truth: their lists are those of the code, and every file they name is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.loop import Jobs
from engine.jobs.runs import run_job
from engine.jobs.store import Store
from engine.service.app import create_app
from tests.engine.scripted import ScriptedModel
from tools import rooms

ROOT = rooms.ROOT
MOST_LINES = {"README.md": 110}
DOCUMENTS = [
    "README.md",
    "DESIGN.md",
    "CONTRIBUTING.md",
    *sorted(f"docs/{p.name}" for p in ROOT.glob("docs/*.md")),
]
IN_CODE = re.compile(
    r"(?<![\w/.-])((?:engine|trainer|remotezero_qgis|tools|tests)/[\w/-]+\.(?:py|md|json))\b"
)
NAMED = re.compile(r"`((?:engine|trainer|remotezero_qgis|tools|tests|docs|resources|\.ci)/[\w./-]*)`")


def test_the_lists_of_rooms_are_those_of_the_code() -> None:
    stale = [path.name for path, text in rooms.documents().items() if path.read_text("utf-8") != text]
    assert not stale, "run: python3 -m tools.rooms"


@pytest.mark.parametrize("folder", rooms.folders(), ids=rooms.folder_name)
def test_every_room_and_every_file_says_what_it_is_for(folder: Path) -> None:
    silent = [path.name for path in folder.glob("*.py") if not rooms.first_sentence(path)]
    assert not silent


def test_the_readme_is_short() -> None:
    lines = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in MOST_LINES}
    assert not {name: count for name, count in lines.items() if count > MOST_LINES[name]}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(document: str) -> None:
    named = set(NAMED.findall((ROOT / document).read_text(encoding="utf-8")))
    assert not {name for name in named if not (ROOT / name).exists()}


def test_every_file_that_the_code_names_is_there() -> None:
    """In comments and docstrings; a name with a space or a placeholder in it is not taken for one."""
    code = [path for folder in (*rooms.PACKAGES, "tests") for path in (ROOT / folder).rglob("*.py")]
    code += [ROOT / "Makefile", ROOT / "pyproject.toml", *(ROOT / ".ci").iterdir()]
    named = {(path, name) for path in code for name in IN_CODE.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 10
    assert not {(str(path), name) for path, name in named if not (ROOT / name).exists()}


def defined(path: Path) -> Iterator[str]:
    """Functions, classes and methods (as ``Class.method``) of a file."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (
                f"{node.name}.{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)
            )


def test_the_data_path_is_where_the_design_says() -> None:
    arrows = [(name.strip("`"), file.strip("`")) for name, file in rooms.marked_rows("data path")]
    assert len(arrows) == 9
    assert not [(name, file) for name, file in arrows if name not in defined(ROOT / file)]
    drawn = (ROOT / "DESIGN.md").read_text(encoding="utf-8").split("## The data path")[1].split("```")[1]
    steps = [step.split(".")[-1].strip() for step in drawn.split("─▶")]
    assert [name.split(".")[-1] for name, _ in arrows] == [step for step in steps if step[0].islower()]


def test_the_wire_is_what_the_service_serves(tmp_path: Path) -> None:
    database = Database(tmp_path / "jobs.sqlite")
    store = Store(database)
    app = create_app(store, Jobs(store, ModelHost(lambda name: ScriptedModel()), run_job), "token")
    database.close()
    served = {
        f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods
    }
    calls = [row[0].strip("`") for row in rooms.marked_rows("wire")]
    assert len(calls) == len(set(calls))
    assert set(calls) == served
